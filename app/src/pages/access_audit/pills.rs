//! What narrows the record: a stretch of time, and a pill each for person, action, address and subject.

use leptos::prelude::*;

use crate::assemble::access_audit::{AuditPlace, FILTERS, PATH};
use crate::assemble::moments::Clock;
use crate::components::date_range::DateRange;
use crate::components::icon::Icon;
use crate::components::popover::{editor_footer, hidden_fields};
use crate::components::symbol::{small_symbol, symbol};
use crate::text::access_audit as text;
use crate::text::filters as filter_text;
use crate::view::safe_text::shown;

/// Most characters of a value in a pill.
const LONGEST: usize = 60;

/// The bar.
pub fn pills(place: &AuditPlace, clock: &Clock) -> AnyView {
    let pills = (0..FILTERS.len()).map(|index| pill(index, place));
    let is_narrowed = place.filters.iter().any(|value| !value.is_empty());
    let reset = is_narrowed.then(|| {
        let all = AuditPlace {
            filters: Default::default(),
            ..place.from_the_newest()
        };
        view! { <a class="linkbtn" href=all.address()>{filter_text::RESET}</a> }
    });
    view! {
        <div class="filters" role="search" aria-label=filter_text::FILTERS>
            <DateRange pill=place.date_pill(clock) target=PATH/>
            {pills.collect_view()}
            {reset}
        </div>
    }
    .into_any()
}

fn pill(index: usize, place: &AuditPlace) -> AnyView {
    let name = FILTERS.get(index).copied().unwrap_or_default();
    let (label, help) = text::FILTERS.get(index).copied().unwrap_or_default();
    let words = place.words(index);
    let class = if words.is_some() {
        "pill"
    } else {
        "pill unset"
    };
    let remove = words.is_some().then(|| {
        let address = place.with_filter(index, "").address();
        view! { <a class="x" href=address aria-label=filter_text::remove_filter(label)>{small_symbol(Icon::Close)}</a> }
    });
    let value = words.map_or_else(
        || filter_text::UNSET.to_owned(),
        |words| shown(&words, LONGEST),
    );
    let (button_id, editor_id) = (format!("pill-{name}"), format!("edit-{name}"));
    let title_id = format!("edit-{name}-title");
    let typed = place.filters.get(index).cloned().unwrap_or_default();
    let input = match name {
        "what" => choice(&typed, &title_id),
        name => view! {
            <input class="input" name=name type="text" value=typed autocomplete="off" aria-labelledby=title_id.clone()/>
        }
        .into_any(),
    };
    let named_by = title_id.clone();
    let form = view! {
        <form method="get" action=PATH>
            {hidden_fields(place.hidden(Some(index)))}
            <header><h3 id=title_id>{label}</h3></header>
            <div class="in">{input}</div>
            {editor_footer(editor_id.clone(), help)}
        </form>
    };
    view! {
        <div class="anchor">
            <span class=class>
                <button type="button" id=button_id popovertarget=editor_id.clone() aria-haspopup="dialog">
                    {label}": "<b>{value}</b>
                </button>
                {remove}
            </span>
            <div class="popover" id=editor_id popover="auto" role="dialog" aria-labelledby=named_by>{form}</div>
        </div>
    }
    .into_any()
}

/// The choice of what was done.
fn choice(chosen: &str, title_id: &str) -> AnyView {
    let is_known = text::ACTIONS.iter().any(|(action, _)| *action == chosen);
    // One that has no words of its own, such as something that was refused.
    let other = (!is_known && !chosen.is_empty()).then(|| {
        view! { <option value=chosen.to_owned() selected=true>{text::action(chosen)}</option> }
    });
    let actions = text::ACTIONS.map(|(action, words)| {
        view! { <option value=action selected={action == chosen}>{words}</option> }
    });
    view! {
        <span class="select">
            <select name="what" aria-labelledby=title_id.to_owned()>
                <option value="">{text::EVERYTHING}</option>
                {other}
                {actions.into_iter().collect_view()}
            </select>
            {symbol(Icon::Down)}
        </span>
    }
    .into_any()
}
