//! A pointer that is pressed: what stands under it stays until it is let go. A click is about what was pressed and what
//! it was let go over; exchanged between the two, it would be about neither.

use std::cell::{Cell, RefCell};

use leptos::wasm_bindgen::JsValue;
use leptos::web_sys::PointerEvent;
use leptos::web_sys::js_sys::{Function, Promise};
use wasm_bindgen_futures::JsFuture;

use super::dom;

/// How long somebody is waited for, in milliseconds: who holds a pointer down for longer drags something.
const LONGEST_MS: i32 = 1_000;

thread_local! {
    static IS_PRESSED: Cell<bool> = const { Cell::new(false) };
    /// Whoever waits until it is let go.
    static WAITING: RefCell<Vec<Function>> = const { RefCell::new(Vec::new()) };
}

/// Listens for pointers.
pub fn install() {
    dom::on("pointerdown", |_: PointerEvent| IS_PRESSED.set(true));
    for name in ["pointerup", "pointercancel"] {
        dom::on(name, |_: PointerEvent| {
            IS_PRESSED.set(false);
            // The click comes first.
            dom::later(0, release);
        });
    }
}

/// Waits until no pointer is pressed.
pub async fn released() {
    if !IS_PRESSED.get() {
        return;
    }
    let promise = Promise::new(&mut |resolve, _| WAITING.with_borrow_mut(|all| all.push(resolve)));
    dom::later(LONGEST_MS, release);
    // Nothing rejects it.
    drop(JsFuture::from(promise).await);
}

fn release() {
    for resolve in WAITING.take() {
        // It fails for what is no function only.
        drop(resolve.call0(&JsValue::NULL));
    }
}
