//! Groups of fields, with the verbs of each value.

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::components::outcome::{status, time};
use crate::components::symbol::{small_symbol, symbol};
use crate::text::{errors, flyout as text};
use crate::view::flyout::Fields;
use crate::view::flyout::fields::{ErrorMeaning, Field, FieldGroup, FieldValue, Verbs, Written};

/// A tab of groups.
pub(super) fn fields(fields: Fields) -> AnyView {
    let nothing = fields
        .groups
        .is_empty()
        .then(|| view! { <p class="ink2 mt-s">{fields.nothing}</p> });
    let empty = (!fields.empty.is_empty()).then(|| {
        let number = fields.empty.len();
        let lines = fields.empty.into_iter().map(|label| {
            view! { <dt>{label}</dt><dd class="none">{text::NONE}</dd> }
        });
        view! {
            <details class="fold section">
                <summary>{small_symbol(Icon::Right)}{text::empty_fields(number)}</summary>
                <div class="deflist"><dl>{lines.collect_view()}</dl></div>
            </details>
        }
    });
    view! {
        {fields.meaning.map(meaning)}
        {nothing}
        {groups(fields.groups)}
        {empty}
    }
    .into_any()
}

/// Groups one under the other.
pub(super) fn groups(groups: Vec<FieldGroup>) -> AnyView {
    groups.into_iter().map(group).collect_view().into_any()
}

fn group(group: FieldGroup) -> AnyView {
    let fields = group.fields.into_iter().map(field).collect_view();
    view! { <section class="deflist"><h3>{group.label}</h3><dl>{fields}</dl></section> }.into_any()
}

fn field(field: Field) -> AnyView {
    let values = match field.values.is_empty() {
        true => view! { <dd class="none">{text::NONE}</dd> }.into_any(),
        false => field
            .values
            .into_iter()
            .map(value)
            .collect_view()
            .into_any(),
    };
    view! { <dt>{field.label}</dt>{values} }.into_any()
}

fn value(value: FieldValue) -> AnyView {
    let written = match value.written {
        Written::Text(words) => words.into_any(),
        Written::Code(code) => view! { <code>{code}</code> }.into_any(),
        Written::Moment(moment) => time(moment),
        Written::Status(tone, words) => status(tone, words),
    };
    let written = match value.address {
        Some(address) => view! { <a href=address>{written}</a> }.into_any(),
        None => written,
    };
    view! { <dd><span class="grow">{written}</span>{verbs(value.verbs)}</dd> }.into_any()
}

/// The verbs of a value; nothing where there is none.
pub(super) fn verbs(verbs: Verbs) -> AnyView {
    if verbs == Verbs::default() {
        return ().into_any();
    }
    let link = |address: Option<String>, verb: &str, icon: Icon| {
        address.map(|address| {
            let name = text::verb(verb, &verbs.named);
            view! {
                <a class="iconbtn s" href=address aria-label=name.clone() title=name data-noscroll="true">{symbol(icon)}</a>
            }
        })
    };
    let only = link(verbs.only.clone(), text::ONLY, Icon::Filter);
    let without = link(verbs.without.clone(), text::WITHOUT, Icon::Minus);
    let copy = verbs.copy.clone().map(|whole| {
        let name = text::verb(text::COPY, &verbs.named);
        view! {
            <button class="iconbtn s script-only" type="button" aria-label=name.clone() title=name data-copies=whole>
                {symbol(Icon::Copy)}
            </button>
        }
    });
    view! { <span class="verbs">{only}{without}{copy}</span> }.into_any()
}

/// What the error book says, in place.
fn meaning(meaning: ErrorMeaning) -> AnyView {
    let name = meaning
        .name
        .map(|name| view! { <p><code>{name}</code></p> });
    let guide = meaning.guide;
    let tell = guide
        .tell
        .map(|tell| view! { <dt>{errors::TELL}</dt><dd>"“"{tell}"”"</dd> });
    let doubt = guide
        .doubt
        .map(|doubt| view! { <p class="hint">{doubt}</p> });
    let checks = guide
        .check
        .into_iter()
        .map(|check| view! { <li>{check}</li> });
    view! {
        <details class="fold section" id="error-meaning">
            <summary>{small_symbol(Icon::Right)}{text::meaning_of(&meaning.code)}</summary>
            <div class="deflist in">
                {name}
                <p>{guide.means}</p>
                <dl>
                    <dt>{errors::WHO_ACTS}</dt><dd>{guide.acts}</dd>
                    {tell}
                    <dt>{errors::CHECK}</dt><dd><ul class="checks">{checks.collect_view()}</ul></dd>
                </dl>
                {doubt}
                <p class="mt-s"><a href=meaning.page>{text::MEANING_PAGE}</a></p>
            </div>
        </details>
    }
    .into_any()
}
