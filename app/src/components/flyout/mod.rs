//! The pane that reads one sign-in, beside the grid.

mod authentication;
mod compare;
mod fields;
mod header;
mod policies;
mod record;
mod timeline;
mod unmask;
mod verdict;
mod versions;

use leptos::prelude::*;

use self::record::record_fold;
use crate::error::UiError;
use crate::text::flyout as text;
use crate::view::flyout::{Body, Flyout, PaneTab};

/// Id of what is shown below the tabs.
const PANEL_ID: &str = "pane-panel";

/// The pane with a sign-in, or with why there is none.
#[component]
pub fn FlyoutPane(
    /// What was found.
    answer: Result<Option<Flyout>, UiError>,
    /// Address of the page without the pane.
    close: String,
    /// Request ID of the row.
    request_id: String,
) -> AnyView {
    let is_wide = matches!(&answer, Ok(Some(flyout)) if matches!(flyout.body, Body::Compared(_)));
    let keep_pane = match &answer {
        Ok(Some(flyout)) => flyout.keep_pane.clone(),
        _ => String::new(),
    };
    let close_address = close.clone();
    let content = match answer {
        Ok(Some(flyout)) => view! {
            {header::header(&flyout, close)}
            {unmask::unmask(flyout.masked, &request_id)}
            {sign_in(flyout)}
        }
        .into_any(),
        Ok(None) => view! {
            {header::bare(text::UNKNOWN_ROW, close)}
            <div class="in"><p>{text::UNKNOWN_ROW_HELP}</p></div>
        }
        .into_any(),
        Err(error) => view! { {header::bare(text::ROW_FAILED, close)} {failed(error)} }.into_any(),
    };
    view! {
        <div
            class=if is_wide { "flyout wide" } else { "flyout" }
            role="dialog"
            aria-modal="false"
            aria-labelledby="flyout-title"
            data-row=request_id
            data-close=close_address
            data-keep-pane=keep_pane
        >
            {content}
        </div>
    }
    .into_any()
}

fn failed(error: UiError) -> AnyView {
    let trace = (!error.trace.is_empty())
        .then(|| view! { " "{crate::text::frame::TRACE}" "<code>{error.trace.clone()}</code>"." });
    view! { <div class="in" role="alert"><p>{error.message}{trace}</p></div> }.into_any()
}

fn sign_in(flyout: Flyout) -> AnyView {
    let current = flyout.tabs.iter().find(|tab| tab.is_current);
    let labelled_by = current.map(|tab| tab_id(tab.name));
    let name = match &flyout.body {
        Body::Compared(compared) => Some(compared.title),
        _ => None,
    };
    let role = if labelled_by.is_some() {
        "tabpanel"
    } else {
        "region"
    };
    let body = match flyout.body {
        Body::Fields(fields) => fields::fields(fields),
        Body::Authentication(authentication) => authentication::authentication(authentication),
        Body::Policies(policies) => policies::policies(policies),
        Body::Timeline(timeline) => timeline::timeline(timeline),
        Body::Versions(versions) => versions::versions(*versions),
        Body::Compared(compared) => compare::compared(*compared),
    };
    view! {
        {tabs(flyout.tabs)}
        <div class="in" id=PANEL_ID tabindex="0" role=role aria-labelledby=labelled_by aria-label=name>
            {body}
            {record_fold("record", text::RECORD, flyout.record)}
        </div>
    }
    .into_any()
}

/// The tabs: links, which the client lets be walked with the arrows.
fn tabs(tabs: Vec<PaneTab>) -> AnyView {
    if tabs.is_empty() {
        return ().into_any();
    }
    let links = tabs.into_iter().map(|tab| {
        let is_selected = if tab.is_current { "true" } else { "false" };
        view! {
            <a
                role="tab"
                id=tab_id(tab.name)
                href=tab.address
                aria-selected=is_selected
                aria-controls=PANEL_ID
                data-noscroll="true"
            >
                {tab.label}
            </a>
        }
    });
    view! { <div class="tabs" role="tablist" aria-label=text::DETAILS>{links.collect_view()}</div> }
        .into_any()
}

fn tab_id(name: &str) -> String {
    format!("pane-tab-{name}")
}
