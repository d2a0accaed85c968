opening = Abriendo…
panel-fell = El panel de Handrail ha fallado. No se ha perdido nada del recorrido: vuelva a abrir el panel.
panel-fell-again = Volver a abrir

## The list of guides

sheet-title = Antes de empezar
settings = Configuración
settings-close = Cerrar configuración
home-lead = Elija qué quiere configurar. Primero verá todo lo que se va a cambiar; antes no ocurre nada.
home-runs = En curso
run-continue = Continuar
run-continue-here = Continuar en esta pestaña
run-progress = { $done } de { $total } pasos
home-guides = Guías
guide-steps = { $vendor } · { $steps ->
    [one] { $steps } paso
   *[other] { $steps } pasos
}
guide-see = Ver qué hace

## Settings

settings-language = Idioma de Handrail
settings-language-browser = El del navegador
settings-origins = Dónde se pueden comprobar los valores
origin-by-policy = aprobado por su organización
origin-take-back = Retirar la aprobación
origin-not-approved = no aprobado
vendors = Proveedores cuyas claves se recuerdan
vendors-lead = Un vínculo posterior tiene que estar firmado con estas claves o con claves de las que ellas respondan. Solo se guardan dominios y claves públicas, en este equipo.
vendors-since = desde el { $day }
vendors-forget = Olvidar { $vendor }
labels = Etiquetas de los elementos del portal
labels-packaged = Vinieron con la extensión.
labels-number = Número { $n }, firmado, llegado después.
labels-look = Buscar más recientes en { $origin }
labels-back = Volver a las de la extensión
labels-looking = Buscando…
labels-taken = Las etiquetas más recientes se usan desde la próxima guía que empiece.
labels-unreachable = No se pudo obtener nada allí. Las etiquetas actuales siguen en uso.
labels-not-newer = Allí no hay nada más reciente, o fue retirado. Nada ha cambiado.
labels-other-version = Lo que hay allí es para otra versión de Handrail. Actualice primero la extensión.
labels-refused = Lo que hay allí no lo firmó nadie de confianza, o dice más que etiquetas. No se usa nada de ello.
settings-health = Cómo se han orientado las guías
settings-health-lead = Qué forma de encontrar un elemento funcionó o falló, dónde y en qué idioma. Sin datos personales; todo queda en este equipo hasta que usted lo guarde y lo entregue.
health-records = { $n ->
    [one] { $n } registro
   *[other] { $n } registros
}
health-found = encontrado por la vía { $n }
health-hidden = está, pero oculto
health-several = está más de una vez
health-page = encontrado, pero quizá en otra página
health-none = no encontrado
health-keep = Conservar
health-stop = Dejar de conservar
health-save = Guardar como archivo
health-forget = Borrar

## The sheet to be approved

sheet-from-link = { $vendor } · el vínculo es de { $link }
sheet-from-you = { $vendor } · iniciado por usted, sin vínculo
questions = Preguntas: { $support }
sheet-changes = Qué se va a cambiar
sheet-permissions = Permisos
sheet-leaves = Qué sale de su directorio
sheet-roles = Quién puede hacerlo
sheet-prerequisites = Requisitos previos
sheet-undo = Cómo se deshace
sheet-not-checked = Qué no se comprueba
sheet-steps = { $n ->
    [one] El único paso
   *[other] Los { $n } pasos
}
sheet-corrections = Diferencias con el documento del proveedor
correction-said = El documento: { $said }
correction-today = Hoy: { $today }
permission-application = aplicación
permission-delegated = delegado
danger-high = riesgo alto
danger-tier-0 = nivel 0: quien lo tiene puede hacerse con el directorio
known-page = La página lo muestra: { $how }.
known-command = El resultado de este comando lo dice: `{ $how }`.
known-document = Un documento público lo dice: { $how }.
known-nobody = Nada lo muestra, tiene que saberlo usted. { $how }.
known-page-alone = La página lo muestra.
known-command-alone = El resultado de un comando lo dice.
known-document-alone = Un documento público lo dice.
known-nobody-alone = Nada lo muestra, tiene que saberlo usted.
prerequisite-otherwise = Si no: { $consequence }
sheet-origin = Los valores se pueden comprobar en { $origin }. No se envía nada sin que usted pulse.
sheet-origin-practice = Los valores se pueden comprobar en el servicio de prácticas { $origin }. No se envía nada sin que usted pulse.
sheet-origin-none = No hay ningún servicio de comprobación; no se envía nada.
sheet-live-none = Ninguna página de esta guía se ha confirmado aún en el portal real. Si un botón se ve distinto, el texto de la tarjeta le guía igualmente.
sheet-live = { $n } de { $all } páginas de esta guía se han confirmado en el portal real.
sheet-digest = Guía
sheet-portal = Guiarme en
portal-azure = Azure Portal
portal-entra = el Centro de administración de Microsoft Entra
sheet-not-now = Ahora no
sheet-print = Imprimir para su aprobación
sheet-begin = Empezar
go-on = Continuar

## What for, with which credential, by whom

mode-run = Configurar
mode-check = Comprobar valores
mode-adopt = Usar una aplicación que ya existe
mode-renew = Renovar la credencial
mode-remove = Quitar
credential-with = Con:
credential-secret = secreto de cliente
credential-certificate = certificado
credential-federated = credencial federada, nada secreto
handed-at = Un compañero le entrega esto en el paso **{ $step }**.
handed-in = Se empezó en **{ $directory }** y solo continúa allí.
take-over = Continuar por un compañero
take-over-paste = Pegue lo que le envió su compañero
colleague = ¿Un botón está atenuado o falta un rol?
colleague-lead = Un rol que solo es **apto** (Privileged Identity Management) debe activarse primero; después, cierre la sesión y vuelva a iniciarla. La cuenta de un asociado necesita el rol en su relación (GDAP) con este directorio. Si no, entregue el recorrido a quien tenga el rol: continúa en este paso en su navegador, y ningún secreto viaja.
colleague-hand = Entregar a un compañero
copied = Copiado
copy-text = Copiar el texto
copy-link = Copiar como vínculo
refused = El portal no me deja
refused-ask = Puede que una directiva del directorio prohíba secretos nuevos o limite su duración. A menudo basta con **menos tiempo**: elija un fin más cercano. Si está prohibido del todo, pida a { $vendor } un certificado o una credencial federada, o a quien fijó la directiva una excepción para esta aplicación.
refused-other = Puede que una directiva del directorio prohíba secretos nuevos o limite su duración. A menudo basta con **menos tiempo**: elija un fin más cercano. { $vendor } acepta también otra credencial, a la que esa directiva no afecta; lo que ya ha hecho se conserva.
refused-secret = Continuar con un secreto de cliente
refused-certificate = Continuar con un certificado
refused-federated = Continuar con una credencial federada, nada secreto

## A run

directory = Directorio
directory-unknown = se leerá de la página
stopped = La guía se ha detenido. Se empezó en **{ $was }**; la pestaña muestra ahora **{ $now }**. Vuelva con el menú de directorios, arriba a la derecha en el portal.
stopped-back = La pestaña muestra de nuevo **{ $was }**.
paused = En pausa. No se muestra nada en la página.
step-of = Paso { $n } de { $total }
why = Por qué
save-as = Guardar como { $name }
back = Atrás
back-to-step = Llevarme allí
looking = Buscando en la página…
not-found = Aún no se encuentra en la página. Busque: { $called }.
not-found-it = Aún no se encuentra en la página.
several = Varias cosas en la página se parecen a { $called }, por eso no se marca ninguna.
several-it = Varias cosas en la página se le parecen, por eso no se marca ninguna.
ask-for-access = Dar acceso a Handrail
open-page = Abrir la página
skip = Omitir
all-done = Todos los pasos están hechos.
all-done-next = Entregue los valores si aún no lo ha hecho y cierre la guía: con ello se borran aquí.
renew-by = La credencial termina el **{ $day }**, según el portal. Renuévela antes: esta guía tiene un recorrido para ello.
steps-done = Pasos · { $over } de { $total } hechos
step-todo = por hacer
step-current = ahora
step-done = hecho
step-already = ya estaba así
step-skipped = omitido
go-to-step = Ir a este paso
undo-how = Cómo deshacerlo
cancel-lead = Se olvida el recorrido y se borran aquí los valores. Lo que se cambió en el portal se queda.
cancel-no = Conservar
restart = Empezar de nuevo
cancel-yes = Olvidar y borrar
pause = Pausa
cancel = Cancelar
close = Cerrar y borrar

## Said aloud

aloud-other-directory = La guía se ha detenido: la pestaña muestra otro directorio.
aloud-paused = En pausa.
aloud-step = Paso { $n }: { $title }
aloud-passed = Comprobación superada.
aloud-failed = Comprobación no superada.
aloud-pending = Espere; la comprobación se repite sola.
aloud-could-not-tell = La comprobación no ha podido concluir.

## Values and the check

values = Valores
reads-itself = Se leen en cuanto la página los muestra.
reads-itself-not = Leer solo cuando yo lo diga
reads-on-press = Se leen de la página solo cuando usted lo diga.
reads-on-press-not = Leer automáticamente
read-now = Leer de la página
value-missing = falta todavía
value-good = comprobado
value-overruled = conservado por usted
value-bad = algo no está bien
value-vendor-label = el proveedor dice «{ $label }»
value-wiped = Se borró de la memoria. Péguelo de nuevo.
value-from-page = leído de la página
value-pasted = pegado
value-hide = Ocultar
value-show = Mostrar
value-remove = Quitar
value-remove-this = Quitar { $label }
did-you-mean = ¿Quería decir { $words }?
use-it = Usar
paste-another = Pegar otro
paste-here = Péguelo aquí o cópielo en la página
check = Comprobación
check-with = Comprobar con { $origin }
values-missing = Falta o no está bien: { $values }.
approve-lead = Los valores, también el secreto, se enviarían a **{ $origin }** para probarlos ante Microsoft. ¿Es la dirección que espera?
approve-lead-practice = Los valores, también el secreto, se enviarían a **{ $origin }** para probarlos ante Microsoft. Es un servicio de prácticas. ¿Es la dirección que espera?
approve = Aprobar { $origin }
prove = Demostrarlo
prove-paste = Pegue el secreto antiguo: { $origin } lo hace probar y no lo guarda en ninguna parte.

## Handing over

hand-over-lead = Así llama el proveedor a los valores, en su orden. Un secreto en un correo se puede leer por el camino: envíelo por la vía que indique el proveedor, nunca por correo normal.
hand-over-hide = Ocultar de nuevo
hand-over-show = Mostrar sin ocultar
hand-over-copy = Copiar como texto

## Records of changes

record = Registro de cambios
records = Registros de cambios ({ $n })
records-due = Queda por deshacer
record-forget = Borrar este registro
record-by = Por { $who }
record-save-text = Guardar como texto
record-save-json = Guardar como JSON
record-when = { MOMENT($when) }
made-done = hecho
made-was-so = ya estaba así
made-not-done = no hecho
undone-when = deshecho { MOMENT($when) }
undone-not = Al final no se deshizo
undone-it-is = Está deshecho
undo-due = por deshacer
undo-in-place = sigue en su sitio
link-share = Decir a { $vendor } en qué paso estoy
link-share-not = Dejar de decir a { $vendor } en qué paso estoy
link-no-secret = El proveedor no pide ningún secreto con este vínculo, y este camino crearía uno.
    .next = Cierre este panel y vuelva a abrirlo en la página del vínculo, o entregue en esa página.
link-sealed = Se sella aquí, de modo que solo { $vendor } pueda abrirlo, y se envía a { $origin }.
link-handed-over = Entregado a { $vendor }. Aquí no queda ningún secreto.
