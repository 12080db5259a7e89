//! The files of an import, with what came of each.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

use super::icon::Icon;
use super::symbol::{small_symbol, symbol};
use crate::text::import as text;
use crate::view::import::{FileResult, FileView, ImportView, RejectView, Stage};

/// One import: how far it is, its files, its refused records.
#[component]
pub fn ImportPanel(
    /// The import.
    import: ImportView,
    /// Heading.
    #[prop(into)]
    title: String,
) -> AnyView {
    let has_rejects = import.files.iter().any(|file| !file.rejects.is_empty());
    let under_way = import.is_under_way();
    let stage = match &import.stage {
        Stage::Waiting => text::WAITING.to_owned(),
        Stage::Running => import.progress.clone(),
        Stage::Done => text::DONE.to_owned(),
        Stage::Failed(_) => text::FAILED.to_owned(),
    };
    let failure = match &import.stage {
        Stage::Failed(message) => Some(
            view! { <p class="banner bad inset" role="alert">{symbol(Icon::Fail)}<span>{message.clone()}</span></p> },
        ),
        _ => None,
    };
    let show = import
        .show
        .map(|address| view! { <a class="btn small" href=address>{text::SHOW}</a> });
    let bar = under_way.then(|| progress_bar(import.percent, import.current));
    let download = has_rejects
        .then(|| view! { <div class="counts"><a href="/api/rejects.ndjson" download="" rel="external">{text::DOWNLOAD_ALL}</a></div> });
    let rejects_failure = import.rejects_failure.map(
        |error| view! { <p class="banner bad inset" role="alert"><span>{error.message}</span></p> },
    );
    let notes = import
        .notes
        .into_iter()
        .map(|note| view! { <li>{note}</li> })
        .collect_view();
    view! {
        <section class="panel flush mt" aria-busy=under_way.then_some("true")>
            <header><h2>{title}</h2><span class="spacer"></span><span class="hint" role="status">{stage}</span>{show}</header>
            {failure}
            <ul class="files mt-s">
                {bar}
                {import.files.into_iter().map(file_line).collect_view()}
                    {notes}
            </ul>
            {download}
            {rejects_failure}
        </section>
    }
    .into_any()
}

fn progress_bar(percent: u8, current: Option<String>) -> AnyView {
    // Before the first file is opened there is no name to call it by.
    let name = current.unwrap_or_else(|| text::THIS_IMPORT.to_owned());
    let label = name.clone();
    view! {
        <li>
            <div class="h">
                <span class="status nfo">{symbol(Icon::Import)}</span>
                <span class="trunc"><b>{name}</b></span>
                <span class="meta">{format!("{percent}%")}</span>
            </div>
            <div class="pl">
                <progress class="prog mt-s" max="100" value=percent.to_string() aria-label=label>{format!("{percent}%")}</progress>
            </div>
        </li>
    }
    .into_any()
}

fn file_line(file: FileView) -> AnyView {
    let (class, icon) = match file.result {
        FileResult::Whole => ("status s", Icon::Ok),
        FileResult::Partly => ("status i-r", Icon::Warn),
        FileResult::None => ("status f", Icon::Fail),
    };
    let counts = file.counts.into_iter().map(|(number, words, is_refusal)| {
        view! { <span {..custom_attribute("class", is_refusal.then_some("rejn"))}><b>{number}</b>" "{words}</span> }
    });
    let span = file.span.map(|span| view! { <span>{span}</span> });
    let show = file
        .show
        .map(|address| view! { <a href=address>{text::SHOW}</a> });
    let problem = file.problem.map(|problem| view! { <span>{problem}</span> });
    let number = file.rejects.len() as u64;
    let rejects = (number > 0).then(|| {
        view! {
            <details class="fold" open=true>
                <summary>{small_symbol(Icon::Right)}{text::refused_records(number)}</summary>
                {reject_table(file.rejects)}
            </details>
        }
    });
    let title = file.name.clone();
    view! {
        <li>
            <div class="h">
                <span class=class>{symbol(icon)}</span>
                <span class="trunc" title=title><b>{file.name}</b></span>
                <span class="meta">{file.meta}</span>
            </div>
            <div class="counts">{counts.collect_view()}{span}{problem}{show}</div>
            {rejects}
        </li>
    }
    .into_any()
}

fn reject_table(rejects: Vec<RejectView>) -> AnyView {
    let lines = rejects.into_iter().map(|reject| {
        view! {
            <tr>
                <td>{reject.place}</td>
                <td>{reject.why}</td>
                <td><code>{reject.excerpt}</code></td>
                <td><a href=reject.download download="" rel="external">{text::DOWNLOAD}</a></td>
            </tr>
        }
    });
    view! {
        <div class="rejects">
            <table>
                <thead>
                    <tr>
                        <th scope="col">{text::WHERE}</th>
                        <th scope="col">{text::WHY}</th>
                        <th scope="col">{text::SAID}</th>
                        <th><span class="sr">{text::DOWNLOAD}</span></th>
                    </tr>
                </thead>
                <tbody>{lines.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
