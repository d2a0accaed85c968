//! What JavaScript answers later. Awaiting a promise costs two functions of the platform with a finalizer each, and a call
//! more over the border for each part of what came; here one function takes every answer, by the number of its question.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use worker::wasm_bindgen::JsValue;
use worker::wasm_bindgen::prelude::Closure;

enum Place {
    Open(Option<Waker>),
    Come(Vec<u8>),
}

thread_local! {
    /// As many as requests are in flight.
    static WAITING: RefCell<Vec<(u32, Place)>> = const { RefCell::new(Vec::new()) };
    static LAST: Cell<u32> = const { Cell::new(0) };
    /// Made once in the life of an instance.
    static ANSWERED: JsValue = Closure::<dyn Fn(u32, Vec<u8>)>::new(answered).into_js_value();
}

/// An answer that nobody waits for any more is dropped.
fn answered(number: u32, answer: Vec<u8>) {
    let before = WAITING.with_borrow_mut(|all| {
        let (_, waiting) = all.iter_mut().find(|(one, _)| *one == number)?;
        Some(std::mem::replace(waiting, Place::Come(answer)))
    });
    if let Some(Place::Open(Some(waker))) = before {
        waker.wake();
    }
}

/// What a question is given along.
pub(crate) struct Number<'a> {
    pub(crate) number: u32,
    /// To be called with the number and the answer.
    pub(crate) answered: &'a JsValue,
}

/// An answer that will come.
pub(crate) struct Later(u32);

impl Later {
    /// Asks, by a function of JavaScript.
    pub(crate) fn begin(ask: impl FnOnce(Number<'_>)) -> Self {
        let number = LAST.get().wrapping_add(1);
        LAST.set(number);
        WAITING.with_borrow_mut(|all| all.push((number, Place::Open(None))));
        ANSWERED.with(|answered| ask(Number { number, answered }));
        Self(number)
    }
}

impl Future for Later {
    type Output = Vec<u8>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Vec<u8>> {
        WAITING.with_borrow_mut(|all| {
            let Some((_, place)) = all.iter_mut().find(|(one, _)| *one == self.0) else {
                return Poll::Pending;
            };
            match std::mem::replace(place, Place::Open(None)) {
                Place::Come(answer) => Poll::Ready(answer),
                Place::Open(_) => {
                    *place = Place::Open(Some(context.waker().clone()));
                    Poll::Pending
                }
            }
        })
    }
}

impl Drop for Later {
    fn drop(&mut self) {
        WAITING.with_borrow_mut(|all| {
            if let Some(at) = all.iter().position(|(one, _)| *one == self.0) {
                drop(all.swap_remove(at));
            }
        });
    }
}
