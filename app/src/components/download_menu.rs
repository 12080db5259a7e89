//! The menu of files to download, and a download under way.

use leptos::prelude::*;

use super::icon::Icon;
use super::symbol::{small_symbol, symbol};
use crate::backend::Download;
use crate::text::download as text;
use crate::view::download::{DownloadLink, DownloadMenu};
use crate::view::safe_text::shown;

/// Id of the menu.
const ID: &str = "download-menu";
/// Most characters of a file name.
const NAME_CHARACTERS: usize = 100;

/// The command and its menu. The files are plain links, so that the browser does the rest.
#[component]
pub fn DownloadCommand(menu: DownloadMenu) -> AnyView {
    let DownloadMenu {
        number,
        of_columns,
        of_records,
        portal,
        portal_files,
    } = menu;
    view! {
        <div class="anchor">
            <button class="cmd" type="button" popovertarget=ID>
                {symbol(Icon::Download)}{text::DOWNLOAD}{small_symbol(Icon::Down)}
            </button>
            <div class="popover downloads" id=ID popover="auto" role="dialog" aria-label=text::DOWNLOAD>
                <header>
                    <h3>{number}</h3>
                    <p>{text::WHICH}</p>
                </header>
                {group(text::OF_COLUMNS, Icon::Table, of_columns)}
                {group(text::OF_RECORDS, Icon::Json, of_records)}
                {group(text::OF_PORTAL, Icon::File, portal)}
                <details>
                    <summary>{text::ONE_OF_PORTAL}</summary>
                    <ul>{links(Icon::File, portal_files)}</ul>
                </details>
            </div>
        </div>
    }
    .into_any()
}

fn group(title: &'static str, icon: Icon, files: Vec<DownloadLink>) -> AnyView {
    if files.is_empty() {
        return ().into_any();
    }
    view! {
        <h4>{title}</h4>
        <ul>{links(icon, files)}</ul>
    }
    .into_any()
}

fn links(icon: Icon, files: Vec<DownloadLink>) -> AnyView {
    files
        .into_iter()
        .map(|link| {
            let help =
                (!link.help.is_empty()).then_some(view! { <span class="h">{link.help}</span> });
            let number = link
                .number
                .map(|number| view! { <span class="n">{number}</span> });
            view! {
                <li>
                    <a
                        href=link.address.clone()
                        rel="external"
                        download=link.file.clone()
                        title=link.file
                        data-downloads=link.address
                    >
                        {symbol(icon)}
                        <span class="t"><b>{link.name}</b>{help}</span>
                        {number}
                    </a>
                </li>
            }
        })
        .collect_view()
        .into_any()
}

/// How far a download is; `None` while the server knows nothing of it.
#[component]
pub fn DownloadProgress(download: Option<Download>) -> AnyView {
    let Some(download) = download else {
        return view! { <p>{text::PREPARING}</p> }.into_any();
    };
    let name = shown(&download.name, NAME_CHARACTERS);
    let (words, is_ended) = match (&download, download.rows) {
        (Download { is_done: true, .. }, rows) => (text::done(rows.unwrap_or_default()), true),
        (
            Download {
                is_broken: true, ..
            },
            _,
        ) => (text::BROKEN.to_owned(), true),
        (_, None) => (text::PREPARING.to_owned(), false),
        (_, Some(rows)) => (text::sent_of(download.written, rows), false),
    };
    let icon = match (download.is_done, download.is_broken) {
        (true, _) => Icon::Ok,
        (_, true) => Icon::Warn,
        _ => Icon::Download,
    };
    let most = download.rows.map(|rows| rows.max(1).to_string());
    let value = most.is_some().then(|| download.written.to_string());
    let bar = (!is_ended).then(|| {
        view! { <progress class="prog" aria-label=text::PROGRESS max=most value=value></progress> }
    });
    view! {
        {symbol(icon)}
        <div class="grow" data-ended=is_ended.then_some("true")>
            <b>{name}</b>
            <p>{words}</p>
            {bar}
        </div>
    }
    .into_any()
}
