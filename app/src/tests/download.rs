//! The download menu, and downloads under way.

use super::fake::Fake;
use super::{in_request, markup, page, page_markup, words};
use crate::backend::Download;
use crate::components::download_menu::DownloadProgress;
use leptos::prelude::*;

#[test]
fn the_menu_offers_every_file_as_a_plain_link() {
    let query = "from=2026-11-23T00:00:00Z&to=2026-11-25T00:00:00Z&f=user:contains:a&sort=user";
    let page = page(
        Fake::morning(),
        &format!("{query}&row=x&pane=location&widths=user:200"),
    );
    let menu = page.downloads;
    assert_eq!(menu.number, "4 sign-ins");
    let links = [
        menu.of_columns,
        menu.of_records,
        menu.portal,
        menu.portal_files,
    ]
    .concat();
    let files: Vec<_> = links.iter().map(|link| link.file.as_str()).collect();
    insta::assert_snapshot!(files.join("\n"));
    for link in links {
        let asked = link.address.split_once('&').expect("a query").1;
        assert_eq!(asked, query, "{}", link.address);
    }
}

#[test]
fn a_link_is_left_to_the_browser() {
    let markup = page_markup(Fake::morning(), "tz=utc", None);
    let links = markup
        .lines()
        .filter(|line| line.contains("/api/v1/signins/download"));
    let links: Vec<_> = links.collect();
    assert_eq!(links.len(), 13);
    for link in links {
        for part in ["rel=\"external\"", "download=\"", "data-downloads=\"/api"] {
            assert!(link.contains(part), "{link}");
        }
    }
}

#[test]
fn progress_says_what_is_so() {
    let said = |download: Option<Download>| {
        in_request(Fake::default(), |_| {
            markup(view! { <DownloadProgress download/> })
        })
    };
    let at = |written, rows, is_done, is_broken| {
        Some(Download {
            name: "SignIns_<b>.csv".to_owned(),
            written,
            rows,
            is_done,
            is_broken,
        })
    };
    assert_eq!(words(&said(None)), "Preparing\n");
    let preparing = said(at(0, None, false, false));
    assert!(words(&preparing).ends_with("Preparing\n") && !preparing.contains("data-ended"));
    let running = said(at(1_200, Some(4_812), false, false));
    assert!(words(&running).contains("1,200 of 4,812 rows") && !running.contains("data-ended"));
    assert!(!running.contains("<b>.csv"), "{running}");
    let done = said(at(4_812, Some(4_812), true, false));
    assert!(words(&done).contains("Done: 4,812 rows") && done.contains("data-ended"));
    let broken = said(at(3, Some(4_812), false, true));
    assert!(words(&broken).contains("only a part") && broken.contains("data-ended"));
}
