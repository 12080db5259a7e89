//! Parts of an address that were not understood.

use leptos::prelude::*;

use super::icon::Icon;
use super::symbol::symbol;
use crate::text::sign_ins as text;
use crate::view::sign_ins::ProblemLine;

/// Most parts that are named: more would bury what the page is about.
const MOST_NAMED: usize = 8;

/// Each by name, the first of them; nothing when there is none.
pub fn problem_list(problems: Vec<ProblemLine>) -> AnyView {
    if problems.is_empty() {
        return ().into_any();
    }
    let title = text::problems(problems.len());
    let more = problems.len().saturating_sub(MOST_NAMED);
    let more = (more > 0).then(|| view! { <li>{text::more_problems(more)}</li> });
    let lines = problems.into_iter().take(MOST_NAMED).map(|problem| {
        view! { <li><code>{problem.part}</code>": "{problem.message}</li> }
    });
    view! {
        <section class="errors warn" role="alert" aria-labelledby="errors-title">
            {symbol(Icon::Warn)}
            <h2 id="errors-title">{title}</h2>
            <ul>{lines.collect_view()}{more}</ul>
        </section>
    }
    .into_any()
}
