//! The fields beside the rows. A field that is opened is counted then; its content comes by itself.

use leptos::prelude::*;

use super::icon::Icon;
use super::keeping::{TARGET, keep, keep_pressed};
use super::symbol::{small_symbol, symbol};
use super::value_verbs::value_verbs;
use crate::text::explore as text;
use crate::view::rail::{Field, FieldValue, FieldValues, Rail};

/// Name of the cookie's choice with the open fields.
const OPEN: &str = "fields";

/// What stands over the fields, whichever they are.
#[component]
pub fn FieldRailHead() -> AnyView {
    view! {
        <div class="head">
            // Fields have many values, and each is a stop of the Tab key.
            <a class="skip" href="#rows" rel="external">{text::SKIP_FIELDS}</a>
            <h2>{text::FIELDS}{keep("rail", "hidden", "iconbtn s", symbol(Icon::Panel), Some(text::HIDE_FIELDS))}</h2>
            <label class="input script-only">
                <span class="sr">{text::FIND_FIELD}</span>
                {symbol(Icon::Search)}
                <input type="search" placeholder=text::FIND_FIELD autocomplete="off" data-finds=".railfields"/>
            </label>
        </div>
    }
    .into_any()
}

/// The command that closes and opens the fields.
pub fn fields_command(is_closed: bool) -> AnyView {
    let (value, pressed) = match is_closed {
        true => ("shown", "false"),
        false => ("hidden", "true"),
    };
    let content = view! { {symbol(Icon::Panel)}{text::FIELDS} }.into_any();
    view! { <div class="fieldscmd">{keep_pressed("rail", value, content, pressed)}</div> }
        .into_any()
}

/// The fields: those that matter first, and the others.
#[component]
pub fn FieldRail(
    /// What [`first_fields`] wrote.
    first: AnyView,
    /// What [`other_fields`] wrote.
    others: AnyView,
) -> AnyView {
    view! {
        // One form for all their buttons, whose value says which fields are open then.
        <form class="railfields" method="post" action=TARGET data-keeps="true">
            <input type="hidden" name="name" value=OPEN/>
            {first}
            {others}
        </form>
    }
    .into_any()
}

/// The fields that matter first, with what their values were counted over.
pub fn first_fields(rail: &Rail) -> AnyView {
    view! {
        <h3 data-open-elsewhere=rail.elsewhere.clone()>{rail.counted_over.clone()}</h3>
        {fields(&rail.fields)}
    }
    .into_any()
}

/// The others, which are the same under any filter as long as none of them is open.
pub fn other_fields(rail: &Rail) -> AnyView {
    // Closed, they are one stop on the way to the rows.
    let is_any_open = rail.others.iter().any(|field| field.values.is_some());
    let number = view! { <span class="n">{rail.others.len()}</span> };
    view! {
        <details class="otherfields" open=is_any_open data-opens-when-finding="true">
            <summary>{small_symbol(Icon::Right)}<span class="t">{text::OTHER_FIELDS}</span>{number}</summary>
            {fields(&rail.others)}
        </details>
    }
    .into_any()
}

fn fields(fields: &[Field]) -> AnyView {
    fields.iter().cloned().map(field).collect_view().into_any()
}

fn field(field: Field) -> AnyView {
    let is_open = field.values.is_some();
    let content = match field.values {
        Some(values) => field_values(values),
        None => counting(field.opening),
    };
    view! {
        <details open=is_open data-field=field.column data-is-long=field.is_long.then_some("true") data-found-by=field.label>
            <summary>
                {small_symbol(Icon::Right)}
                <span class="t">{field.label}</span>
                {field.distinct.map(|number| view! { <span class="n">{number}</span> })}
            </summary>
            <div data-field-values="true">{content}</div>
        </details>
    }
    .into_any()
}

/// In the place of values that were not counted yet: without scripts a button, else they come by themselves.
fn counting(opening: String) -> AnyView {
    view! {
        <button class="linkbtn no-script-only" name="value" value=opening data-not-counted="true">{text::COUNT_FIELD}</button>
    }
    .into_any()
}

/// The values of a field.
pub fn field_values(values: FieldValues) -> AnyView {
    if values.values.is_empty() {
        return view! { <p class="hint">{text::NOTHING_RECORDED}</p> }.into_any();
    }
    let more = values.showing_more.map(|open| {
        view! {
            <button class="linkbtn" name="value" value=open data-more-values="true">{text::MORE_VALUES}</button>
        }
    });
    let others = (values.others > 0).then(|| {
        view! { <div class="others"><span>{text::other_values(values.others)}</span>{more}</div> }
    });
    view! {
        {values.note.map(|note| view! { <p class="hint">{note}</p> })}
        <ul class="topvals">{values.values.into_iter().map(value).collect_view()}</ul>
        {others}
    }
    .into_any()
}

fn value(value: FieldValue) -> AnyView {
    let title = text::value_with_rows(&value.words, value.rows);
    let code = value.code.map(|code| view! { " "<code>{code}</code> });
    let words = view! { {value.words.clone()}{code} };
    let name = match value.verbs.only.clone() {
        Some(address) => view! { <a class="t" href=address title=title>{words}</a> }.into_any(),
        None => view! { <span class="t" title=title>{words}</span> }.into_any(),
    };
    let width = text::share(value.permille);
    view! {
        <li>
            {name}
            <span class="pc">{width.clone()}</span>
            <svg class="bar" height="3" aria-hidden="true">
                <rect class="track" width="100%" height="3" rx="1.5"></rect>
                <rect width=width height="3" rx="1.5"></rect>
            </svg>
            {value_verbs(&value.words, value.verbs)}
        </li>
    }
    .into_any()
}
