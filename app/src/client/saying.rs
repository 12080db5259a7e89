//! Words for the reader that belong to no place of the page: aloud, and as a note that goes by.

use leptos::prelude::document;

use super::dom;

/// Id of the element that is read aloud when its text changes.
pub const STATUS_ID: &str = "said";
/// Id of the element with notes.
pub const TOASTS_ID: &str = "toasts";
/// How long a note stays, in milliseconds.
const SHOWN_MS: i32 = 6_000;

/// Says something aloud, unseen.
pub fn aloud(words: &str) {
    if let Some(status) = document().get_element_by_id(STATUS_ID) {
        status.set_text_content(Some(words));
    }
}

/// Shows a note for a while and says it aloud.
pub fn note(words: &str) {
    show(words, "toast", "status");
}

/// Shows that something did not work.
pub fn problem(words: &str) {
    show(words, "toast problem", "alert");
}

fn show(words: &str, class: &str, role: &str) {
    let Some(toasts) = document().get_element_by_id(TOASTS_ID) else {
        return;
    };
    let Ok(toast) = document().create_element("p") else {
        return;
    };
    toast.set_class_name(class);
    // It fails for names of attributes that are no names only.
    drop(toast.set_attribute("role", role));
    toast.set_text_content(Some(words));
    // It fails only for an element that holds what is put into it.
    drop(toasts.append_child(&toast));
    dismiss_later(toast);
}

/// Takes the note away, once nobody points at it.
fn dismiss_later(toast: leptos::web_sys::Element) {
    dom::later(SHOWN_MS, move || {
        if toast.matches(":hover, :focus-within").unwrap_or(false) {
            dismiss_later(toast);
        } else {
            toast.remove();
        }
    });
}
