//! Secrets that are shown once, right after they were made: nothing of them is kept that could be shown again, and no
//! address leads to them.

use leptos::prelude::*;

use super::{document, problem};
use crate::text::door as text;

/// What the page shows.
#[derive(Debug, Clone, Default)]
pub struct ShownOnce {
    /// The title.
    pub title: &'static str,
    /// What to do with what is shown.
    pub lede: &'static str,
    /// What is shown.
    pub secrets: Vec<String>,
    /// Why nothing is.
    pub problem: Option<String>,
}

/// The document.
pub fn shown_once(page: ShownOnce) -> String {
    let lede = (!page.secrets.is_empty()).then(|| view! { <p class="ink2">{page.lede}</p> });
    let secrets = page
        .secrets
        .into_iter()
        .map(|secret| view! { <li><code>{secret}</code></li> });
    let secrets = secrets.collect::<Vec<_>>();
    let secrets = (!secrets.is_empty()).then(|| view! { <ul class="secrets">{secrets}</ul> });
    let content = view! {
        <div class="form">
            <div>
                <h1>{page.title}</h1>
                {lede}
            </div>
            {secrets}
            {problem(page.problem)}
            <div class="row"><a class="btn primary large grow" href="/account">{text::BACK_TO_ACCOUNT}</a></div>
        </div>
    };
    document(page.title, content.into_any())
}
