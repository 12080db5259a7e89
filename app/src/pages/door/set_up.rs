//! Where the first account is made.

use leptos::prelude::*;

use super::{Field, document, problem};
use crate::text::door as text;

/// What the page shows.
#[derive(Debug, Clone, Default)]
pub struct SetUp {
    /// The one-time code, as far as it is known.
    pub code: String,
    /// What was typed as the user name.
    pub username: String,
    /// What was typed as the name.
    pub display_name: String,
    /// What is wrong with it.
    pub problem: Option<String>,
}

/// The document.
pub fn set_up(page: SetUp) -> String {
    let is_wrong = page.problem.is_some();
    let field = |name, label, value, autocomplete| Field {
        name,
        label,
        kind: "text",
        autocomplete,
        value,
        help: None,
        is_wrong,
        has_focus: false,
    };
    let has_code = !page.code.is_empty();
    let code = Field {
        help: Some(text::CODE_HELP),
        has_focus: !has_code,
        ..field("code", text::CODE, page.code, "off")
    };
    let display_name = Field {
        has_focus: has_code,
        ..field(
            "display_name",
            text::DISPLAY_NAME,
            page.display_name,
            "name",
        )
    };
    let username = field("username", text::USERNAME, page.username, "username");
    let password = Field {
        kind: "password",
        help: Some(text::PASSWORD_HELP),
        ..field("password", text::PASSWORD, String::new(), "new-password")
    };
    let form = view! {
        <form method="post" action="/set-up">
            <div>
                <h1>{text::SET_UP}</h1>
                <p class="ink2">{text::SET_UP_LEDE}</p>
            </div>
            {code.shown()}
            {display_name.shown()}
            {username.shown()}
            {password.shown()}
            {problem(page.problem)}
            <div class="row"><button class="btn primary large grow">{text::MAKE_ACCOUNT}</button></div>
        </form>
    };
    document(text::SET_UP, form.into_any())
}
