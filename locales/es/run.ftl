## The card

card-handle = Pulse para plegar o desplegar, arrastre o use las flechas para mover
card-copy = Copiar
card-copied = Copiado
card-back = Atrás
card-back-to-step = Llevarme allí
card-next = Ya lo hice
card-done = Hecho
card-it-is-so = Así es
card-leave-it = Dejarlo como está
card-nobody-has-it = Ya no lo tiene nadie
card-go-on = Continuar
card-directory = En { $directory }
card-not-found = Busque: { $called }. El camino: { $menu }.
card-way = El camino: { $menu }.
card-left = La página se cerró o se volvió a cargar, así que se repite desde aquí.
card-fell = Handrail falló en esta página y se retiró. La página está como estaba y no se ha perdido nada del recorrido: siga con este texto o vuelva a cargar la página para recuperar el marco y la tarjeta.
card-folded = No cabe en esta ventana: abra primero esto, está dentro de este menú.
card-beyond = Una lista larga solo muestra las filas visibles: desplácese o busque en ella. El marco aparece cuando la fila está.
card-several = Varias cosas en la página se le parecen, por eso no se marca ninguna. Lea con atención.
card-other-directory = Otro directorio
card-other-directory-text = Esta guía se empezó en **{ $was }**. La pestaña muestra ahora **{ $now }**. No se hace nada en otro directorio. Vuelva con el menú de directorios, arriba a la derecha, y pulse **{ card-go-on }**.
card-back-in-directory = La pestaña muestra de nuevo el directorio correcto. Pulse **{ card-go-on }**.

## Why a step is over

mark-already-so = Ya estaba así.
mark-left-out = Se omitió, como usted decidió.
mark-you-chose = Usted decidió hacerlo de todos modos.
mark-you-went-on = Usted siguió adelante.
mark-by-a-colleague = Lo hizo un compañero.

## What was found in a value

this-directory = este directorio
command-says-no = La respuesta del comando dice que no está activado.
command-unclear = No parece la respuesta del comando.
no-server-name = No es el simple nombre de un servidor.
copy-the-right-one = Cópielo de nuevo, de la línea con la etiqueta correcta.
look-alike = Esto es lo que muestra { $called }; se necesita: { $label }.
looks-like-a-secret = Parece un secreto; se necesita: { $label }. No se ha guardado.
page-shows = La página muestra otra cosa en { $label }: { $own }.
secret-length = { $n ->
    [one] { $n } carácter
   *[other] { $n } caracteres
}

## What the colleague is sent: everything in it may be read by anybody

for-colleague =
    Continúe, por favor, con «{ $title }»{ $directory ->
        [none] { "" }
       *[other] { " " }en { $directory }
    }. Está en: { $step }.

    Roles necesarios:
    { $roles }

    Abra el portal, pulse el botón de Handrail y pegue todo este texto en «{ take-over }». No contiene ningún secreto.

    { $code }

proved = Probado el { MOMENT($time) }: { $what }

## What cannot be done, and what to do instead

refusal-hand-over-blocked = { $missing ->
    [none] La última comprobación no se superó, así que aún no se entrega nada.
   *[other] Aún no se entrega nada. Falta o no está bien: { $missing }.
}
    .next = Corrija lo que indica la comprobación, compruebe de nuevo y entregue después.
refusal-link-other-origin = El vínculo es de { $link }, pero quiere que los valores se comprueben en { $named }, y eso no se ha aprobado.
    .next = No siga con este vínculo. Pregunte al remitente, por otra vía, adónde deben ir los valores.
refusal-guide-unfit = La guía propia del proveedor pide algo que Handrail no conoce, o que no permite pedir a una guía así.
    .next = No la siga a mano. Actualice Handrail o pida otro vínculo al proveedor.
refusal-link-unknown-guide = El vínculo pide una guía que no está en esta versión: { $guide }.
    .next = Actualice Handrail o pida otro vínculo al remitente.
refusal-link-broken = El servicio de comprobación que nombra el vínculo no es una dirección web.
    .next = Pida un vínculo nuevo al remitente.
refusal-handed-broken = Esto no es un recorrido entregado por un compañero, o falta una parte.
    .next = Pegue todo el texto que le enviaron, también la última línea.
refusal-still-accepted = Microsoft sigue aceptando este secreto.
    .next = Asegúrese de que está eliminado y de que es el de esta aplicación, e inténtelo de nuevo: tarda un minuto en llegar a todos los servidores.
refusal-not-proved = No hubo una respuesta clara, así que no hay nada demostrado.
    .next = Inténtelo de nuevo dentro de un minuto.
refusal-proves-nothing = Esto no se probó: { $what }
    .next = Pegue el valor antiguo completo. Si ya no lo tiene nadie, dígalo.
refusal-plan-broken = No se ha podido leer esta guía.
    .next = Instale Handrail de nuevo; si sigue igual, avise a quien se lo dio.
refusal-check-unreachable = No se ha podido llegar a { $origin }.
    .next = No se ha perdido nada. Revise su conexión y pulse de nuevo.
refusal-check-no-answer = { $origin } no dio una respuesta útil (HTTP { $status }).
    .next = No se ha perdido nada. Inténtelo dentro de un minuto; si sigue igual, avise a quien lleva el servicio.
refusal-origin-not-approved = No se han aprobado los valores para { $origin }.
    .next = Apruebe primero la dirección por su nombre o elija otra.
refusal-policy-sending = La directiva de su organización no deja que Handrail envíe nada: ni comprobaciones ni entregas.
    .next = Las guías y lo que se comprueba aquí siguen funcionando. Quien administra este navegador puede cambiarlo.
refusal-policy-worker = La directiva de su organización no permite el servicio de comprobación { $origin }.
    .next = No se envía nada allí. Pida a quien administra este navegador que lo permita o use un servicio permitido.
refusal-policy-vendor = La directiva de su organización no permite vínculos de { $vendor }.
    .next = No siga con este vínculo. Si lo esperaba, pida a quien administra este navegador que permita al proveedor.
refusal-host-blocked = La directiva de su organización mantiene a Handrail fuera de { $host }, por eso no hay anillo en la página.
    .next = Quien administra este navegador puede permitirlo. Hasta entonces siga las palabras de aquí: cada paso dice el camino y los valores se pueden pegar.
refusal-host-withheld = El navegador no da a Handrail las páginas del portal ({ $host } y sus marcos), todas o algunas.
    .next = Dé acceso abajo; si el navegador se niega, pregunte a quien lo administra. Hasta entonces siga las palabras de aquí: cada paso dice el camino y los valores se pueden pegar.
refusal-host-closed = El navegador no deja entrar a Handrail en { $host } y no dice por qué.
    .next = Si la página no se cargó, vuelva a cargarla. Si no, es una directiva, que puede cambiar quien administra este navegador. Hasta entonces siga las palabras de aquí: cada paso dice el camino y los valores se pueden pegar.
refusal-values-missing = Falta o no está bien: { $values }.
    .next = Revise los valores: pegue lo que falta, corrija lo que no está bien o úselo de todos modos.
refusal-no-tab = No hay ninguna pestaña en la que guiarle.
    .next = Abra el portal en una pestaña y pulse allí el botón de Handrail.
refusal-tab-busy = En esta pestaña ya hay otra guía en curso: { $title }.
    .next = Termínela o cancélela primero, o use otra pestaña.
refusal-own-fault = Handrail falló y ha vuelto a empezar con lo guardado. Puede que se haya perdido lo último que hizo.
    .next = Compruebe que el paso es el correcto y continúe. Si vuelve a ocurrir, avise a quien le dio Handrail.
refusal-idle-wiped = El secreto se borró de la memoria porque pasó mucho tiempo sin actividad.
    .next = Péguelo de nuevo si aún lo tiene. Si no, cree un secreto de cliente nuevo.
refusal-check-again = Los valores no se han comprobado con este vínculo desde su último cambio.
    .next = Compruébelos una vez más y entregue después.
