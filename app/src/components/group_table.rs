//! Groups of sign-ins, in the place of the rows. Written as text, as the rows are: there may be hundreds.

use leptos::prelude::*;
use model::present::count;

use super::grid_rows::push_attribute;
use super::icon::{Icon, push_drawn};
use super::symbol::small_symbol;
use crate::text::explore as text;
use crate::view::grid::{Moment, Sorted};
use crate::view::groups::{GroupHeader, GroupLine, GroupTable};
use crate::view::safe_text::push_escaped;

/// The table.
#[component]
pub fn Groups(table: GroupTable) -> AnyView {
    if table.is_too_many {
        return view! {
            <div class="empty">
                <h2>{text::TOO_MANY_GROUPS}</h2>
                <p>{text::TOO_MANY_GROUPS_HELP}</p>
                <a class="btn" href=table.ungrouped>{text::NO_GROUPS}</a>
            </div>
        }
        .into_any();
    }
    let mut rows = String::with_capacity(table.groups.len() * 640);
    for group in &table.groups {
        push_group(&mut rows, group);
    }
    view! {
        <table class="table groups" aria-label=text::GROUPS>
            <thead><tr>{table.headers.into_iter().map(header).collect_view()}</tr></thead>
            <tbody inner_html=rows></tbody>
        </table>
    }
    .into_any()
}

fn header(header: GroupHeader) -> AnyView {
    let sort = header.sorted.map(|sorted| match sorted {
        Sorted::Ascending => "ascending",
        Sorted::Descending => "descending",
    });
    let arrow = header.sorted.map(|sorted| {
        small_symbol(match sorted {
            Sorted::Ascending => Icon::Up,
            Sorted::Descending => Icon::SortDown,
        })
    });
    let class = header.is_number.then_some("num");
    view! { <th scope="col" class=class aria-sort=sort><a href=header.address>{header.label}{arrow}</a></th> }
        .into_any()
}

fn push_group(rows: &mut String, group: &GroupLine) {
    rows.push_str("<tr><th scope=\"row\">");
    if let Some(address) = &group.address {
        rows.push_str("<a href=\"");
        push_escaped(rows, address);
        rows.push_str("\">");
    }
    for (index, (words, code)) in group.keys.iter().enumerate() {
        if index > 0 {
            rows.push_str("<span class=\"ink3\">, </span>");
        }
        push_escaped(rows, words);
        if let Some(code) = code {
            rows.push_str(" <code>");
            push_escaped(rows, code);
            rows.push_str("</code>");
        }
    }
    if group.address.is_some() {
        rows.push_str("</a>");
    }
    for (words, address) in &group.about {
        push_about(rows, words, address);
    }
    rows.push_str("</th>");
    let totals = group.totals;
    for number in [
        totals.all,
        totals.success,
        totals.failure,
        totals.interrupted,
    ] {
        push_number(rows, &count(number));
    }
    push_rate(rows, &text::share(group.failed_permille));
    push_number(rows, &count(group.users));
    push_moment(rows, group.first.as_ref());
    push_moment(rows, group.last.as_ref());
    rows.push_str("</tr>");
}

/// A link to the page about something.
fn push_about(rows: &mut String, words: &str, address: &str) {
    let name = text::about(words);
    rows.push_str(" <a class=\"iconbtn s\"");
    for (attribute, value) in [("href", address), ("aria-label", &name), ("title", &name)] {
        push_attribute(rows, attribute, &[value]);
    }
    rows.push('>');
    push_drawn(rows, Icon::Info, "i");
    rows.push_str("</a>");
}

fn push_number(rows: &mut String, number: &str) {
    rows.push_str("<td class=\"num\">");
    push_escaped(rows, number);
    rows.push_str("</td>");
}

/// The share of failures, with a bar.
fn push_rate(rows: &mut String, share: &str) {
    rows.push_str("<td class=\"num\"><svg class=\"rbar\" height=\"6\" aria-hidden=\"true\">");
    rows.push_str(
        "<rect class=\"track\" width=\"100%\" height=\"6\" rx=\"3\"/><rect class=\"bad\" width=\"",
    );
    push_escaped(rows, share);
    rows.push_str("\" height=\"6\" rx=\"3\"/></svg><span class=\"share\">");
    push_escaped(rows, share);
    rows.push_str("</span></td>");
}

fn push_moment(rows: &mut String, moment: Option<&Moment>) {
    rows.push_str("<td>");
    if let Some(moment) = moment {
        rows.push_str("<time datetime=\"");
        push_escaped(rows, &moment.datetime);
        rows.push_str("\">");
        push_escaped(rows, &moment.text);
        rows.push_str("</time>");
    }
    rows.push_str("</td>");
}
