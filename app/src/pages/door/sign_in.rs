//! Where people sign in.

use leptos::prelude::*;

use super::{Field, document, problem};
use crate::context::PageFacts;
use crate::text::door as text;

/// What the page shows.
#[derive(Debug, Clone, Default)]
pub struct SignIn {
    /// Path to go on to.
    pub to: String,
    /// What was typed as the user name.
    pub username: String,
    /// What is wrong with it.
    pub problem: Option<String>,
    /// Something else to know.
    pub note: Option<&'static str>,
}

/// The document.
pub fn sign_in(page: SignIn) -> String {
    let is_wrong = page.problem.is_some();
    let is_known = !page.username.is_empty();
    let username = Field {
        name: "username",
        label: text::USERNAME,
        kind: "text",
        autocomplete: "username",
        value: page.username,
        help: None,
        is_wrong,
        has_focus: !is_known,
    };
    let password = Field {
        name: "password",
        label: text::PASSWORD,
        kind: "password",
        autocomplete: "current-password",
        value: String::new(),
        help: None,
        is_wrong,
        has_focus: is_known,
    };
    let note = page
        .note
        .map(|words| view! { <p class="banner inset" role="status"><span>{words}</span></p> });
    let form = view! {
        <form method="post" action="/sign-in">
            <div>
                <h1>{text::SIGN_IN}</h1>
                <p class="ink2">{text::lede(&PageFacts::current().tenant)}</p>
            </div>
            {note}
            <input type="hidden" name="to" value=page.to/>
            {username.shown()}
            {password.shown()}
            {problem(page.problem)}
            <div class="row"><button class="btn primary large grow">{text::SIGN_IN}</button></div>
            <p class="hint">{text::LOGGED}</p>
        </form>
    };
    document(text::SIGN_IN, form.into_any())
}
