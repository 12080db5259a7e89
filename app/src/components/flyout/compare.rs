//! Two sign-ins beside each other.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::components::outcome::{status, time};
use crate::components::symbol::small_symbol;
use crate::text::flyout as text;
use crate::view::flyout::compare::{Compared, Difference, Side};

/// Width of the column of names, in pixels.
const NAME_WIDTH_PX: &str = "184";

/// The comparison.
pub(super) fn compared(compared: Compared) -> AnyView {
    let is_last = compared.title == text::LAST_SUCCESS;
    let other_name = if is_last { text::LAST } else { text::OTHER_ONE };
    let columns = [text::FIELD, text::THIS, other_name];
    let content = match compared.other {
        Err(why) => view! { <p class="mt-s">{why}</p> }.into_any(),
        Ok(other) => {
            let number = compared.different.len();
            let table = match number {
                0 => view! { <p class="mt-s">{text::NOTHING_DIFFERS}</p> }.into_any(),
                _ => difference_table(
                    Some(text::differences(number)),
                    &columns,
                    compared.different,
                ),
            };
            let always = compared.always_different;
            let always = (!always.is_empty()).then(|| {
                view! {
                    <details class="fold section">
                        <summary>{small_symbol(Icon::Right)}{text::always_different(always.len())}</summary>
                        {difference_table(None, &columns, always)}
                    </details>
                }
            });
            view! {
                <dl class="sides">
                    {side(text::THIS, compared.this, None)}
                    {side(other_name, other.clone(), Some(other.address))}
                </dl>
                {table}
                {always}
                {same_fold(compared.same)}
            }
            .into_any()
        }
    };
    view! {
        <h3 class="mt-s">{compared.title}</h3>
        <p><a href=compared.back data-noscroll="true">{text::BACK_TO_DETAILS}</a></p>
        {content}
    }
    .into_any()
}

/// One of the two, above the table.
fn side(name: &'static str, side: Side, address: Option<String>) -> AnyView {
    let moment = time(side.date);
    let moment = match address {
        Some(address) => view! { <a href=address data-noscroll="true">{moment}</a> }.into_any(),
        None => moment,
    };
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{status(side.tone, side.status)}</dd>
            <dd>{moment}</dd>
            <dd class="ink3">{side.kind}</dd>
        </div>
    }
    .into_any()
}

/// What differs, under a heading where it has one.
pub(super) fn difference_table(
    title: Option<String>,
    columns: &[&'static str; 3],
    rows: Vec<Difference>,
) -> AnyView {
    let caption = title.map(|title| view! { <caption>{title}</caption> });
    let headers = columns.map(|column| view! { <th scope="col">{column}</th> });
    let rows = rows.into_iter().map(row).collect_view();
    view! {
        <table class="catable compared">
            {caption}
            <colgroup><col {..custom_attribute("width", NAME_WIDTH_PX)}/><col/><col/></colgroup>
            <thead><tr>{headers.into_iter().collect_view()}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(difference: Difference) -> AnyView {
    let value = |words: String| match words.is_empty() {
        true => view! { <td class="ink3">{text::NONE}</td> }.into_any(),
        false => view! { <td>{words}</td> }.into_any(),
    };
    view! {
        <tr class="differs">
            <th scope="row">{small_symbol(Icon::Compare)}<span class="sr">{text::DIFFERS}" "</span>{difference.label}</th>
            {value(difference.first)}
            {value(difference.second)}
        </tr>
    }
    .into_any()
}

/// What is the same, folded.
pub(super) fn same_fold(same: Vec<(String, String)>) -> AnyView {
    if same.is_empty() {
        return ().into_any();
    }
    let number = same.len();
    let lines = same.into_iter().map(|(label, words)| {
        view! { <dt>{label}</dt><dd>{words}</dd> }
    });
    view! {
        <details class="fold section">
            <summary>{small_symbol(Icon::Right)}{text::same(number)}</summary>
            <div class="deflist"><dl>{lines.collect_view()}</dl></div>
        </details>
    }
    .into_any()
}
