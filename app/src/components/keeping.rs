//! Buttons that keep a choice of the reader in a cookie: forms, so that they work without scripts; with them,
//! the client keeps it and asks for the page again.

use leptos::prelude::*;

/// Where the forms are sent.
pub const TARGET: &str = "/preferences/explore";

/// A button that keeps `value` under `name`. Without words of its own it has a label.
pub fn keep(
    name: &'static str,
    value: impl Into<String>,
    class: &'static str,
    content: AnyView,
    label: Option<&'static str>,
) -> AnyView {
    let button =
        view! { <button class=class aria-label=label title=label>{content}</button> }.into_any();
    form(name, value.into(), button)
}

/// A command that keeps `value` under `name`, and says whether what it is about is there.
pub fn keep_pressed(
    name: &'static str,
    value: &'static str,
    content: AnyView,
    pressed: &'static str,
) -> AnyView {
    let id = format!("keep-{name}");
    let button =
        view! { <button class="cmd" id=id aria-pressed=pressed>{content}</button> }.into_any();
    form(name, value.to_owned(), button)
}

fn form(name: &'static str, value: String, button: AnyView) -> AnyView {
    view! {
        <form class="keep" method="post" action=TARGET data-keeps="true">
            <input type="hidden" name="name" value=name/>
            <input type="hidden" name="value" value=value/>
            {button}
        </form>
    }
    .into_any()
}
