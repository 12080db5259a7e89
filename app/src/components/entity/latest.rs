//! The newest sign-ins of something.

use leptos::prelude::*;

use crate::components::outcome::{status, time};
use crate::text::entity as text;
use crate::view::entity::{Kind, LatestLine};

/// What names something, as a link to the page about it where there is one.
fn named((words, page): (String, Option<String>)) -> AnyView {
    match page {
        Some(page) => view! { <a href=page>{words}</a> }.into_any(),
        None => words.into_any(),
    }
}

/// A panel with a line for each; the moment leads to the sign-in in the blade.
pub fn latest(lines: Vec<LatestLine>, kind: Kind) -> AnyView {
    let (who, what) = match kind {
        Kind::User => (text::ADDRESS, text::APPLICATION),
        Kind::Address => (text::USER, text::APPLICATION),
        Kind::Application => (text::USER, text::ADDRESS),
    };
    let rows = lines.into_iter().map(|line| {
        let reason = line.reason.map(|(words, code)| {
            let code = code.map(|code| view! { " "<code>{code}</code> });
            view! { <span dir="auto">{words}</span>{code} }
        });
        view! {
            <tr>
                <th scope="row"><a href=line.address>{time(line.date)}</a></th>
                <td dir="auto">{named(line.who)}</td>
                <td dir="auto">{named(line.what)}</td>
                <td>{status(line.tone, line.status)}</td>
                <td>{reason}</td>
                <td dir="auto" class="ink2">{line.location}</td>
            </tr>
        }
    });
    let heads = [
        text::DATE,
        who,
        what,
        text::STATUS,
        text::REASON,
        text::LOCATION,
    ];
    view! {
        <section class="panel flush">
            <header><h2 id="latest">{text::LATEST}</h2></header>
            <div class="scroll-x" tabindex="0" role="region" aria-labelledby="latest">
                <table class="table">
                    <thead><tr>{heads.map(|head| view! { <th scope="col">{head}</th> }).into_iter().collect_view()}</tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
