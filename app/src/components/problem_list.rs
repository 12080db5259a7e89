//! Parts of an address that were not understood.

use leptos::prelude::*;

use super::icon::Icon;
use super::symbol::symbol;
use crate::text::sign_ins as text;
use crate::view::sign_ins::ProblemLine;

/// Each by name; nothing when there is none.
pub fn problem_list(problems: Vec<ProblemLine>) -> AnyView {
    if problems.is_empty() {
        return ().into_any();
    }
    let title = text::problems(problems.len());
    let lines = problems.into_iter().map(|problem| {
        view! { <li><code>{problem.part}</code>": "{problem.message}</li> }
    });
    view! {
        <section class="errors warn" role="alert" aria-labelledby="errors-title">
            {symbol(Icon::Warn)}
            <h2 id="errors-title">{title}</h2>
            <ul>{lines.collect_view()}</ul>
        </section>
    }
    .into_any()
}
