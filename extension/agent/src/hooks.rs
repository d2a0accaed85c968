//! Everything of the agent that hangs on the page or the browser, in one place: dropped, and nothing hangs any more.
//!
//! Listeners share one abort signal; observers, timers and the extension's own events are undone one by one.

use std::cell::{Cell, RefCell};

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use web_sys::{
    AbortController, Document, Element, IntersectionObserver, MessageChannel, ResizeObserver, Window,
};

use crate::agent::Agent;
use crate::js::{self, Message, Port};
use crate::with;

#[wasm_bindgen]
extern "C" {
    /// From `js/guard.js`.
    #[wasm_bindgen(js_namespace = __handrail)]
    fn guarded(call: &Function, fell: &Function) -> Function;
}

/// A function the browser calls, by way of the guard.
pub(crate) struct Hook {
    function: Function,
    /// Held for the function.
    _call: Closure<dyn Fn(JsValue)>,
}

impl Hook {
    /// A hook that lets the agent do this. What to do when that ends in a fault: `fell`.
    pub(crate) fn new(call: Call, fell: &Function) -> Self {
        let closure: Closure<dyn Fn(JsValue)> = Closure::new(move |value: JsValue| with(call, &value));
        Self { function: guarded(closure.as_ref().unchecked_ref(), fell), _call: closure }
    }
}

/// What the agent does when it is called.
pub(crate) type Call = fn(&mut Agent, &JsValue);

/// The functions the browser calls, by occasion.
pub(crate) struct Calls {
    pub(crate) event: Call,
    pub(crate) visible: Call,
    pub(crate) moved: Call,
    pub(crate) sized: Call,
    pub(crate) frame: Call,
    pub(crate) task: Call,
    pub(crate) timer: Call,
    pub(crate) message: Call,
    pub(crate) gone: Call,
    pub(crate) changed: Call,
}

/// Events that are only looked at.
const WATCHED: [&str; 14] = [
    "change",
    "input",
    "load",
    "scroll",
    "resize",
    "pageshow",
    "visibilitychange",
    "hashchange",
    "popstate",
    "transitionrun",
    "transitionend",
    "animationstart",
    "animationend",
    "fullscreenchange",
];

/// Events that also happen on the card, which the page must not hear of: its fly-outs would close.
const OWN: [&str; 19] = [
    "pointerdown",
    "pointerup",
    "mousedown",
    "mouseup",
    "click",
    "dblclick",
    "auxclick",
    "contextmenu",
    "touchstart",
    "touchend",
    "keydown",
    "keyup",
    "keypress",
    "focus",
    "blur",
    "focusin",
    "focusout",
    "beforetoggle",
    "toggle",
];

/// The one guard.
pub(crate) struct Hooks {
    window: Window,
    stop: AbortController,
    visible: IntersectionObserver,
    place: RefCell<Option<IntersectionObserver>>,
    sized: ResizeObserver,
    channel: MessageChannel,
    timer: Cell<Option<(i32, f64)>>,
    frame: Cell<Option<i32>>,
    posted: Cell<bool>,
    event: Hook,
    on_frame: Hook,
    on_timer: Hook,
    on_moved: Hook,
    pub(crate) message: Hook,
    pub(crate) gone: Hook,
    changed: Hook,
    /// Held for the observers and the channel.
    _others: [Hook; 3],
}

impl Hooks {
    /// Hangs the agent into the page.
    pub(crate) fn hang(window: Window, calls: &Calls, fell: &Function) -> Self {
        let hook = |call: Call| Hook::new(call, fell);
        let (visible, moved) = (hook(calls.visible), hook(calls.moved));
        let (sized, task) = (hook(calls.sized), hook(calls.task));
        let channel: MessageChannel = js::construct("MessageChannel", &Array::new()).unchecked_into();
        channel.port1().set_onmessage(Some(function(&task)));
        let sights = Message::bare().with("trackVisibility", true).with("delay", 100);
        let hooks = Self {
            stop: js::construct("AbortController", &Array::new()).unchecked_into(),
            visible: observer(function(&visible), sights),
            place: RefCell::new(None),
            sized: js::construct("ResizeObserver", &Array::of1(function(&sized))).unchecked_into(),
            channel,
            timer: Cell::new(None),
            frame: Cell::new(None),
            posted: Cell::new(false),
            event: hook(calls.event),
            on_frame: hook(calls.frame),
            on_timer: hook(calls.timer),
            message: hook(calls.message),
            gone: hook(calls.gone),
            changed: hook(calls.changed),
            on_moved: moved,
            _others: [visible, sized, task],
            window,
        };
        hooks.listen(&WATCHED, true);
        hooks.listen(&OWN, false);
        js::hear(function(&hooks.message));
        hooks
    }

    fn listen(&self, names: &[&str], passive: bool) {
        let options = Message::bare()
            .with("capture", true)
            .with("passive", passive)
            .with("signal", self.stop.signal())
            .into();
        for name in names {
            js::listen(&self.window, name, function(&self.event), &options);
        }
    }

    /// The function that hears of changes of the page.
    pub(crate) fn changed(&self) -> &Function {
        function(&self.changed)
    }

    /// The function that takes events.
    pub(crate) fn event(&self) -> &Function {
        function(&self.event)
    }

    /// Watches whether this element leaves this place: by an observer whose window is the place itself. `margins` are
    /// the place's distances from the window's top, right, bottom and left. Nothing to watch: `None`.
    pub(crate) fn watch_place(&self, of: Option<(&Document, &Element, [f64; 4])>) {
        if let Some(old) = self.place.take() {
            old.disconnect();
        }
        let Some((document, element, margins)) = of else { return };
        let mut text = String::new();
        for margin in margins {
            text.push_str(&js::figure(-margin.floor()));
            text.push_str("px ");
        }
        let options =
            Message::bare().with("root", document).with("rootMargin", text.as_str()).with("threshold", 1);
        let place = observer(function(&self.on_moved), options);
        place.observe(element);
        self.place.replace(Some(place));
    }

    /// Watches whether this element can be seen, or no longer.
    pub(crate) fn watch_visibility(&self, element: &Element, on: bool) {
        if on {
            self.visible.observe(element);
        } else {
            self.visible.unobserve(element);
        }
    }

    /// Watches the sizes of these elements, and of no others.
    pub(crate) fn watch_size<'a>(&self, elements: impl Iterator<Item = &'a Element>) {
        self.sized.disconnect();
        for element in elements {
            self.sized.observe(element);
        }
    }

    /// Calls `task` in a task of its own, at once.
    pub(crate) fn soon(&self) {
        // Our own channel: unlike a message to the window, no page script can see it.
        if !self.posted.replace(true) && self.channel.port2().post_message(&JsValue::NULL).is_err() {
            self.posted.set(false);
        }
    }

    /// The posted task came.
    pub(crate) fn posted_came(&self) {
        self.posted.set(false);
    }

    /// Calls `timer` in `delay` milliseconds or earlier.
    pub(crate) fn later(&self, now: f64, delay: f64) {
        let due = now + delay;
        if let Some((id, earlier)) = self.timer.get() {
            if earlier <= due {
                return;
            }
            self.window.clear_timeout_with_handle(id);
        }
        let set = self
            .window
            .set_timeout_with_callback_and_timeout_and_arguments_0(function(&self.on_timer), delay as i32);
        self.timer.set(set.ok().map(|id| (id, due)));
    }

    /// The timer came.
    pub(crate) fn timer_came(&self) {
        self.timer.set(None);
    }

    /// Calls `frame` before the next picture.
    pub(crate) fn next_frame(&self) {
        if self.frame.get().is_none() {
            self.frame.set(self.window.request_animation_frame(function(&self.on_frame)).ok());
        }
    }

    /// The frame came.
    pub(crate) fn frame_came(&self) {
        self.frame.set(None);
    }

    /// Listens to a connection.
    pub(crate) fn attend(&self, port: &Port) -> Result<(), JsValue> {
        port.on_message().add(function(&self.message))?;
        port.on_disconnect().add(function(&self.gone))
    }

    /// Milliseconds since the page began.
    pub(crate) fn now(&self) -> f64 {
        self.window.performance().map_or(0.0, |clock| clock.now())
    }
}

impl Drop for Hooks {
    fn drop(&mut self) {
        self.stop.abort();
        self.visible.disconnect();
        self.watch_place(None);
        self.sized.disconnect();
        self.channel.port1().set_onmessage(None);
        self.channel.port1().close();
        if let Some((id, _)) = self.timer.get() {
            self.window.clear_timeout_with_handle(id);
        }
        if let Some(id) = self.frame.get() {
            // An id of our own window; there is nothing that could fail.
            drop(self.window.cancel_animation_frame(id));
        }
        js::unhear(function(&self.message));
    }
}

/// The function of a hook.
pub(crate) fn function(hook: &Hook) -> &Function {
    &hook.function
}

/// An observer with options that `web-sys` does not know yet.
fn observer(call: &Function, options: Message) -> IntersectionObserver {
    js::construct("IntersectionObserver", &Array::of2(call, &options.into())).unchecked_into()
}
