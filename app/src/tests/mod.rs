//! Pages as the server renders them, from a backend in memory.

mod download;
mod entity;
mod errors;
mod explore;
mod fake;
mod fake_answers;
mod fake_import;
mod fake_sign_in;
mod filters;
mod flyout;
mod folding;
mod grid;
mod groups;
mod hostile;
mod import;
mod insights;
mod map;
mod registration;
mod rich;
mod sign_ins;

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;
use leptos_router::location::RequestUrl;
use model::Query;
use model::access::Right;

use crate::assemble::moments::Clock;
use crate::backend::SharedBackend;
use crate::context::PageFacts;
use crate::pages::sign_ins::page_content;
use crate::view::sign_ins::SignIns;
use crate::viewer::Viewer;
use fake::Fake;

/// Result of a future that never waits, as those of the backend in memory.
fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => panic!("the backend in memory never waits"),
    }
}

/// Runs something with the context of a request.
fn in_request<T>(fake: Fake, run: impl FnOnce(&SharedBackend) -> T) -> T {
    Owner::new().with(|| {
        let backend: SharedBackend = Arc::new(fake);
        provide_context(SharedBackend::clone(&backend));
        provide_context(RequestUrl::new("/sign-ins"));
        provide_context(PageFacts {
            tenant: backend.tenant_name(),
            icons: "/icons.svg".to_owned(),
            theme: None,
            density: None,
            has_shortcuts: true,
            rights: Right::ALL.to_vec(),
            account: None,
        });
        provide_context(Viewer::of_this_machine());
        run(&backend)
    })
}

/// What the page shows for a query string.
fn page(fake: Fake, query: &str) -> SignIns {
    in_request(fake, |backend| {
        let (query, problems) = Query::parse(query);
        let clock = Clock::of_request(&query);
        ready(crate::assemble::sign_ins::page(
            &**backend, &query, &problems, &clock,
        ))
    })
}

/// The page as markup, with the row of this request ID open.
fn page_markup(fake: Fake, query: &str, open: Option<&str>) -> String {
    let page = page(fake.clone(), query);
    in_request(fake, |_| markup(page_content(page, open)))
}

/// Markup without chart, fields and the list of columns to group by, which have tests of their own.
fn without_exploring(markup: &str) -> String {
    let parts = [
        ("<div data-place=\"chart\"", "<div class=\"gridwrap\">"),
        ("<div id=\"group-menu\"", "</ul>"),
    ];
    parts.iter().fold(markup.to_owned(), |markup, (from, to)| {
        let (before, rest) = markup.split_once(from).expect("the part");
        let (_, after) = rest.split_once(to).expect("its end");
        format!("{before}{to}{after}")
    })
}

/// Markup with a line for each element and without the comments that Leptos needs.
fn markup(view: impl IntoView) -> String {
    let html = view.into_view().to_html().replace("<!>", "");
    let mut pieces = html.split(" data-told-by=\"");
    // What tells contents apart says no more than they do.
    let first = pieces.next().unwrap_or_default().to_owned();
    let html = pieces.fold(first, |html, piece| {
        let (_, rest) = piece.split_once('"').expect("the end of an attribute");
        html + rest
    });
    html.replace("><", ">\n<")
}

/// The words of some markup.
fn words(markup: &str) -> String {
    let mut words = String::new();
    for part in markup.split('<') {
        let text = part.split_once('>').map_or("", |(_, text)| text).trim();
        if !text.is_empty() {
            words.push_str(text);
            words.push('\n');
        }
    }
    words
}
