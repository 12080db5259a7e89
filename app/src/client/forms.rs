//! Forms that ask for a page: their address is gone to without loading the page.

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{
    Event, FormData, HtmlElement, HtmlFormElement, PointerEvent, SubmitEvent, UrlSearchParams,
};

use super::{dom, in_use, navigation};

/// Buttons that send a form.
const SUBMITS: &str = "form button:not([type=button], [type=reset], [name=edit])";
/// How long an editor stays open that was sent, in milliseconds.
const CLOSED_AFTER_MS: i32 = 100;

/// Listens for forms with `method=get`, unless they say `data-loads`.
pub fn install() {
    dom::on("submit", |event: SubmitEvent| {
        let form = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        let Some(form) = form.filter(is_ours) else {
            return;
        };
        let Some(address) = address_of(&form, event.submitter()) else {
            return;
        };
        event.prevent_default();
        // What was sent is not being written any more, unless somebody goes on.
        drop(form.set_attribute(in_use::SENT, ""));
        close_editor(&form);
        navigation::go(&address);
    });
    dom::on("pointerdown", |event: PointerEvent| {
        let button = dom::around(&event, SUBMITS).filter(|_| navigation::is_press(&event));
        let form = button
            .as_ref()
            .and_then(|button| button.closest("form").ok()?);
        let form = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        if let Some(form) = form {
            ask_ahead(&form, button.and_then(dom::html));
        }
    });
    dom::on("input", |event: Event| {
        if let Some(form) = dom::around(&event, "form[data-sent]") {
            drop(form.remove_attribute(in_use::SENT));
        }
    });
    // An editor that is opened again shows what the page says, not what was given up.
    dom::on("toggle", |event: Event| {
        let Some(editor) = dom::target(&event).filter(|editor| editor.has_attribute("popover"))
        else {
            return;
        };
        if editor
            .matches(":popover-open")
            .is_ok_and(|is_open| !is_open)
        {
            for form in dom::all_in(&editor, "form") {
                if let Ok(form) = form.dyn_into::<HtmlFormElement>() {
                    form.reset();
                }
            }
        }
    });
}

/// A form is filled in that may be sent as it is, perhaps by a button.
pub fn ask_ahead(form: &HtmlFormElement, button: Option<HtmlElement>) {
    if is_ours(form)
        && let Some(address) = address_of(form, button)
    {
        navigation::soon(&address);
    }
}

fn is_ours(form: &HtmlFormElement) -> bool {
    // Not the property: a field called so would stand in its place.
    let method = form.get_attribute("method");
    let is_get = method.is_none_or(|method| method.eq_ignore_ascii_case("get"));
    is_get && !form.has_attribute("data-loads")
}

/// What the browser would ask for: fields, and the button when it has a name.
fn address_of(form: &HtmlFormElement, button: Option<HtmlElement>) -> Option<String> {
    let fields = FormData::new_with_form(form).ok()?;
    if let Some(button) = button
        && let Some(name) = button.get_attribute("name")
    {
        let value = button.get_attribute("value").unwrap_or_default();
        fields.append_with_str(&name, &value).ok()?;
    }
    let fields = UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
    let path = form.get_attribute("action")?;
    Some(format!("{path}?{}", fields.to_string().as_string()?))
}

/// Closes the popover that a form stands in, unless the page that comes does so soon: drawing what is below it twice
/// would keep that waiting.
fn close_editor(form: &HtmlFormElement) {
    let editor = form.closest("[popover]").ok().flatten();
    if let Some(editor) = editor.and_then(dom::html) {
        drop(editor.set_attribute(in_use::SENT, ""));
        dom::later(CLOSED_AFTER_MS, move || {
            // It fails only when the popover is closed already.
            drop(editor.hide_popover());
            drop(editor.remove_attribute(in_use::SENT));
        });
    }
}
