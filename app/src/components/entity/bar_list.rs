//! The most frequent values of something, as bars.

use leptos::prelude::*;
use model::present::count;

use crate::components::icon::Icon;
use crate::components::symbol::symbol;
use crate::text::entity as text;
use crate::view::entity::{BarLine, BarList};

/// A panel with the list.
pub fn bar_list(list: BarList) -> AnyView {
    let fill = list.fill;
    let lines = list
        .lines
        .into_iter()
        .map(|line| bar_line(line, fill))
        .collect_view();
    let more = list.more.map(|(number, address)| {
        view! { <a class="linkbtn bare" href=address>{text::more(number)}</a> }
    });
    let empty = list.empty.map(|number| {
        let words = format!("{}: {}", text::NOT_RECORDED, count(number.count));
        view! { <a class="linkbtn bare" href=number.address>{words}</a> }
    });
    let has_foot = more.is_some() || empty.is_some();
    let foot = has_foot.then(|| view! { <p class="row wrap foot">{more}{empty}</p> });
    let note = list.note.map(|note| view! { <p class="note">{note}</p> });
    view! {
        <section class="panel">
            <header><h2>{list.title}</h2></header>
            <ul class="barlist">{lines}</ul>
            {foot}
            {note}
        </section>
    }
    .into_any()
}

/// The name leads to the page about it where there is one, else to its sign-ins, as the number does.
fn bar_line(line: BarLine, fill: &'static str) -> AnyView {
    let width = format!("{}.{:02}%", line.length / 100, line.length % 100);
    let number = count(line.number.count);
    let name = line
        .page
        .clone()
        .unwrap_or_else(|| line.number.address.clone());
    let mark = line.mark.map(|mark| {
        view! { <span class="tag warn">{symbol(Icon::Warn)}{mark}</span> }
    });
    let beside = line.beside.map(|beside| view! { <code>{beside}</code> });
    let failures = line
        .failures
        .filter(|failures| *failures > 0)
        .map(text::failed);
    let number = match line.page.is_some() {
        true => {
            let label = text::number_of(line.number.count, &line.words);
            view! { <a href=line.number.address aria-label=label>{number}</a> }.into_any()
        }
        false => number.into_any(),
    };
    view! {
        <li>
            <span class="what">
                <a class="trunc" dir="auto" href=name title=line.words.clone()>{line.words.clone()}</a>
                {beside}{mark}
            </span>
            <svg class="hb" width="100%" height="12" aria-hidden="true">
                <rect class="track" width="100%" height="12" rx="2"></rect>
                <rect class=fill width=width height="12" rx="2"></rect>
            </svg>
            <span class="n">
                {failures.map(|words| view! { <span class="failed">{words}</span> })}
                {number}<small>{line.share}</small>
            </span>
        </li>
    }
    .into_any()
}
