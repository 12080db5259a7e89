//! Saved views and links of a query.

use leptos::prelude::use_context;
use model::Query;
use model::query::{Range, TimeZone};

use super::moments::Clock;
use crate::context::cookie;
use crate::keeping::{KeptView, KeptViews, READER_COOKIE, SharedKeeping};
use crate::view::safe_text::shown;
use crate::view::saved::{PresentView, Saved, ShareLinks, ViewLink};
use crate::viewer::viewer;

/// Most characters of a name that a page shows.
const MOST_OF_NAME: usize = 80;

/// The saved views that this request's reader sees on the page of a query at `path`. Without them the page
/// works as well, so that a failure is shown in their place only.
pub async fn saved(query: &Query, path: &str) -> Saved {
    let Some(keeping) = use_context::<SharedKeeping>() else {
        return Saved {
            is_unreadable: true,
            ..of_query(query)
        };
    };
    match keeping.views(reader()).await {
        Ok(kept) => listed(query, path, kept),
        Err(_) => Saved {
            is_unreadable: true,
            ..of_query(query)
        },
    }
}

/// Whose views they are: those of the account, or, where there are none, of a cookie.
fn reader() -> Option<String> {
    let account_id = viewer().and_then(|viewer| viewer.account_id);
    account_id.or_else(|| cookie(READER_COOKIE))
}

fn of_query(query: &Query) -> Saved {
    let here = Query {
        after: None,
        ..query.without_row()
    };
    Saved {
        query: query.as_view().to_text(),
        here: here.to_text(),
        ..Saved::default()
    }
}

fn listed(query: &Query, path: &str, kept: KeptViews) -> Saved {
    let is_present = |view: &KeptView| query.view.as_ref() == Some(&view.id);
    let present = kept.views.iter().find(|view| is_present(view));
    let present = present.map(|view| PresentView {
        id: view.id.clone(),
        name: shown(&view.name, MOST_OF_NAME),
        is_own: view.is_own,
        is_edited: Query::parse(&view.query).0.as_view() != query.as_view(),
    });
    let (own, shared): (Vec<_>, Vec<_>) = kept.views.iter().partition(|view| view.is_own);
    let link = |view: &KeptView| ViewLink {
        id: view.id.clone(),
        name: shown(&view.name, MOST_OF_NAME),
        address: address_of(&view.query, &view.id, path),
        is_present: is_present(view),
        is_shared: view.is_shared,
    };
    Saved {
        present,
        own: own.into_iter().map(link).collect(),
        shared: shared.into_iter().map(link).collect(),
        deleted: kept
            .deleted
            .map(|view| (view.id, shown(&view.name, MOST_OF_NAME))),
        ..of_query(query)
    }
}

/// Address of a view. What was kept is read anew, so that it is canonical and names no other page.
pub fn address_of(query: &str, id: &str, path: &str) -> String {
    let (query, _) = Query::parse(query);
    Query {
        view: Some(id.to_owned()),
        ..query.as_view()
    }
    .to_address(path)
}

/// The links that restore the page of a query at `path`. They say what the reader's own choice of columns
/// would else say, and the reader's own time zone.
pub fn share_links(query: &Query, clock: &Clock, origin: &str, path: &str) -> ShareLinks {
    let mut query = Query {
        view: None,
        after: None,
        ..query.clone()
    };
    if query.time_zone == TimeZone::Local {
        query.time_zone = clock.own_zone_named();
    }
    let columns = query.shown_columns();
    if query.widths_px.is_empty() {
        // One width said keeps away those that the other reader's browser remembers.
        let first = columns.first();
        query.widths_px = first
            .map(|column| (*column, column.width_px))
            .into_iter()
            .collect();
    }
    query.columns = Some(columns);
    let exact = match query.range {
        Range::Between { .. } => None,
        moving => {
            let (from, to) = moving.bounds(clock.now);
            let to = to.or(Some(clock.now));
            Some(query.with_range(Range::Between { from, to }))
        }
    };
    ShareLinks {
        query: query.to_text(),
        link: format!("{origin}{}", query.to_address(path)),
        exact: exact.map(|query| format!("{origin}{}", query.to_address(path))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(id: &str, name: &str, is_own: bool, query: &str) -> KeptView {
        KeptView {
            id: id.to_owned(),
            name: name.to_owned(),
            is_own,
            is_shared: !is_own,
            query: query.to_owned(),
        }
    }

    #[test]
    fn a_view_is_edited_as_soon_as_the_page_differs() {
        let views = KeptViews {
            views: vec![
                kept("a1", "Morning", true, "q=x"),
                kept(
                    "b2",
                    "<b>\u{202e}Evil",
                    false,
                    "f=status:eq:failure&row=r&view=zz",
                ),
            ],
            deleted: None,
        };
        let of = |text: &str| listed(&Query::parse(text).0, "/sign-ins", views.clone());
        let unchanged = of("q=x&view=a1&row=abc&pane=location").present;
        assert_eq!(unchanged.map(|view| view.is_edited), Some(false));
        let changed = of("q=xy&view=a1");
        assert_eq!(changed.present.map(|view| view.is_edited), Some(true));
        assert_eq!(changed.query, "q=xy");
        assert_eq!(of("q=x&view=b3").present, None);
        let shared = &changed.shared[0];
        assert_eq!(shared.address, "/sign-ins?f=status:eq:failure&view=b2");
        assert_eq!(shared.name, "<b>\u{fffd}Evil");
    }

    #[test]
    fn a_link_says_what_the_reader_of_it_would_choose_else() {
        let now = model::time::read("2026-11-24T10:42:00Z").expect("a moment");
        let clock = Clock {
            now,
            zone: chrono_tz::Tz::UTC,
            own_zone: chrono_tz::Tz::UTC,
        };
        let (query, _) = Query::parse("q=x&cols=user,date&row=abc&pane=location&view=a1");
        let links = share_links(&query, &clock, "http://127.0.0.1:3000", "/sign-ins");
        let rest = "tz=utc&q=x&cols=user,date&widths=user:";
        assert!(
            links
                .link
                .starts_with(&format!("http://127.0.0.1:3000/sign-ins?{rest}"))
        );
        assert!(
            links.link.ends_with("&row=abc&pane=location"),
            "{}",
            links.link
        );
        let exact = links.exact.expect("an exact link");
        let fixed =
            "/sign-ins?from=2026-11-23T10:42:00Z&to=2026-11-24T10:42:00Z&tz=utc&q=x&cols=user,date";
        assert!(exact.contains(fixed), "{exact}");
        let (fixed, _) = Query::parse("from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z");
        assert_eq!(share_links(&fixed, &clock, "", "/sign-ins").exact, None);
        let abroad = Clock {
            own_zone: chrono_tz::Tz::Europe__Oslo,
            ..clock
        };
        for (asked, said) in [
            ("", "tz=Europe/Oslo"),
            ("tz=utc", "tz=utc"),
            ("tz=Asia/Tokyo", "tz=Asia/Tokyo"),
        ] {
            let (query, _) = Query::parse(asked);
            let links = share_links(&query, &abroad, "", "/sign-ins");
            assert!(
                links.link.starts_with(&format!("/sign-ins?{said}&cols=")),
                "{}",
                links.link
            );
            assert!(links.query.starts_with(said), "{}", links.query);
        }
    }
}
