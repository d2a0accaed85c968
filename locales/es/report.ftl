report-passed = Todo está en su sitio
report-passed-lead = Microsoft aceptó los valores y los permisos están.
report-failed = Aún no es correcto
report-failed-lead = Primero hay que corregir algo. Cada línea dice qué y dónde.
report-pending = Esperando a Microsoft
report-pending-lead = Un cambio es tan reciente que aún no lo conocen todos los servidores. Se vuelve a preguntar automáticamente.
report-could-not-tell = No se pudo saber
report-could-not-tell-lead = No hubo una respuesta clara. Nada se da por probado.
report-again = Se vuelve a preguntar en { $n } s.
report-checks-passed = { $n ->
    [one] { $n } comprobación superada
   *[other] { $n } comprobaciones superadas
}
report-surplus = Más de lo pedido
report-not-checked = No comprobado
report-when = Comprobado el { MOMENT($when) }
report-mend = Ir al paso
report-mend-at = Ir al paso: { $title }
report-reference = Para sus registros de inicio de sesión y para soporte
report-ask = Buscar estos inicios de sesión en sus registros
report-ask-place = Log Analytics, o **Sign-in logs** > **Service principal sign-ins** en el Centro de administración de Microsoft Entra
report-ask-copy = Copiar la consulta
verdict-passed = Superado
verdict-failed = No superado
verdict-pending = En espera
slip-with = el valor con { $slip }
standing-handed-over = El proveedor aún no lo ha recogido.
standing-collected = El proveedor lo ha recogido.
standing-acknowledged = El proveedor lo tiene a salvo y este servicio lo ha eliminado.
standing-deleted = El proveedor no lo confirmó a tiempo y este servicio lo ha eliminado. Pregunte al proveedor qué hace falta todavía.
standing-first-data = El proveedor ve los primeros datos: funciona.
standing-proved = El proveedor ha probado que funciona.
standing-not-proved = El proveedor lo ha probado y no funciona.
proof-pending = El proveedor aún no lo ha probado.
    .next = Aquí no queda nada por hacer; mire más tarde.
proof-passed = El proveedor lo ha probado: Microsoft lo acepta.
    .next = No queda nada por hacer.
