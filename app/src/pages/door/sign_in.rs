//! Where people sign in.

use leptos::prelude::*;

use super::{Field, document, problem};
use crate::context::PageFacts;
use crate::text::{door as text, provider as provider_text};

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
    /// What the button says that leads to the provider, where there is one.
    pub provider: Option<String>,
    /// Whether nobody signs in with a password.
    pub is_without_passwords: bool,
}

/// The document.
pub fn sign_in(page: SignIn) -> String {
    let note = page
        .note
        .map(|words| view! { <p class="banner inset" role="status"><span>{words}</span></p> });
    let provider = page.provider.as_ref().map(|label| {
        view! {
            <form method="post" action="/sign-in/provider">
                <input type="hidden" name="to" value=page.to.clone()/>
                <div class="row"><button class="btn primary large grow">{label.clone()}</button></div>
            </form>
        }
    });
    let has_provider = provider.is_some();
    let passwords = match page.is_without_passwords {
        true => problem(page.problem),
        false => Some(passwords(page, has_provider)),
    };
    let content = view! {
        <div class="form">
            <div>
                <h1>{text::SIGN_IN}</h1>
                <p class="ink2">{text::lede(&PageFacts::current().tenant)}</p>
            </div>
            {note}
            {provider}
            {passwords}
            <p class="hint">{text::LOGGED}</p>
        </div>
    };
    document(text::SIGN_IN, content.into_any())
}

/// The form with user name and password, under the button of the provider where there is one.
fn passwords(page: SignIn, has_provider: bool) -> AnyView {
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
        // Most people use the button where there is one.
        has_focus: !is_known && !has_provider,
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
    let (or, button) = match has_provider {
        true => (
            Some(view! { <p class="or">{provider_text::OR}</p> }),
            "btn large grow",
        ),
        false => (None, "btn primary large grow"),
    };
    view! {
        {or}
        <form method="post" action="/sign-in">
            <input type="hidden" name="to" value=page.to/>
            {username.shown()}
            {password.shown()}
            {problem(page.problem)}
            <div class="row"><button class=button>{text::SIGN_IN}</button></div>
        </form>
    }
    .into_any()
}
