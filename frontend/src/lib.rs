//! The client's entry: takes over the page that the server rendered.

use leptos::wasm_bindgen;
use leptos::wasm_bindgen::prelude::wasm_bindgen;

/// Called by the browser when the client has been loaded.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
}
