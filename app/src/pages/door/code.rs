//! Where people with a second factor type its code, after their password.

use leptos::prelude::*;

use super::{Field, document, problem};
use crate::text::door as text;

/// What the page shows.
#[derive(Debug, Clone, Default)]
pub struct Code {
    /// What is wrong with what was typed.
    pub problem: Option<String>,
}

/// The document.
pub fn code(page: Code) -> String {
    let code = Field {
        name: "code",
        label: text::SECOND_FACTOR,
        kind: "text",
        autocomplete: "one-time-code",
        value: String::new(),
        help: Some(text::SECOND_FACTOR_HELP),
        is_wrong: page.problem.is_some(),
        has_focus: true,
    };
    let form = view! {
        <form method="post" action="/sign-in/code">
            <div>
                <h1>{text::SECOND_FACTOR_TITLE}</h1>
                <p class="ink2">{text::SECOND_FACTOR_LEDE}</p>
            </div>
            {code.shown()}
            {problem(page.problem)}
            <div class="row"><button class="btn primary large grow">{text::SIGN_IN}</button></div>
            <p class="hint"><a href="/sign-in">{text::OTHER_ACCOUNT}</a></p>
        </form>
    };
    document(text::SECOND_FACTOR_TITLE, form.into_any())
}
