//! The lists that are here, what came of bringing some in, and the form that brings in more.

use leptos::prelude::*;
use model::access::Right;
use model::present::count;

use super::bring_lists_in::BringListsIn;
use super::brought_in::brought_in;
use super::entity::heading::breadcrumb;
use super::failure::Failure;
use super::outcome::time;
use crate::assemble::insights::registration::path_of;
use crate::context::page_facts;
use crate::text::{frame, imported_lists as text, insights, registration};
use crate::view::registration::{ImportedFile, InsightsTab, ListsPage};

/// The page.
pub fn lists_page(page: ListsPage) -> AnyView {
    let may_import = page_facts().may(Right::Import);
    let failure = page.failure.clone().map(|(error, retry)| {
        view! { <Failure title=registration::FAILED_TITLE error=error retry=retry/> }
    });
    let brought_in = brought_in(page.brought_in);
    let content = match page.files.is_empty() {
        true => view! { <p class="pad ink2">{text::NONE}</p> }.into_any(),
        false => table(page.files, may_import),
    };
    let bring_in = may_import.then(|| view! { <BringListsIn has_link=false/> });
    view! {
        {breadcrumb(Some(("", frame::GROUP_INSIGHTS)), text::TITLE.to_owned())}
        <div class="page entity">
            <p class="lede">{text::LEDE}</p>
            <p class="row wrap mb">{reports()}</p>
            {brought_in}
            {failure}
            <section class="panel flush mb" id="lines">{content}</section>
            <p class="hint mb">{text::COUNTED}</p>
            {bring_in}
        </div>
    }
    .into_any()
}

/// The reports that the lists are for.
fn reports() -> AnyView {
    let tabs = [
        InsightsTab::Registration,
        InsightsTab::Details,
        InsightsTab::Events,
    ];
    let tabs = tabs.map(|tab| (path_of(tab), registration::tab(tab)));
    let adfs = ("/insights/adfs-applications".to_owned(), insights::ADFS);
    let links = tabs.into_iter().chain([adfs]);
    let links = links.map(|(address, words)| view! { <a class="linkbtn" href=address>{words}</a> });
    links.collect_view().into_any()
}

fn table(files: Vec<ImportedFile>, may_remove: bool) -> AnyView {
    let heads = text::COLUMNS.into_iter().enumerate().map(|(place, label)| {
        let class = (place > 0).then_some("num");
        view! { <th scope="col" class=class>{label}</th> }
    });
    let lines = files.into_iter().map(|file| line(file, may_remove));
    view! {
        <div class="scroll-x" tabindex="0" role="region" aria-label=text::TITLE>
            <table class="table directory">
                <thead><tr>{heads.collect_view()}</tr></thead>
                <tbody>{lines.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn line(file: ImportedFile, may_remove: bool) -> AnyView {
    let name = match file.origin.as_str() {
        "" => text::NAMELESS.to_owned(),
        origin => origin.to_owned(),
    };
    let removing = may_remove.then(|| {
        view! {
            <details class="removing">
                <summary>{text::REMOVE}<span class="sr">" "{name.clone()}</span></summary>
                <form method="post" action="/api/registrations/remove">
                    <p class="hint">{text::REMOVE_HELP}</p>
                    <input type="hidden" name="id" value=file.id/>
                    <button class="btn small">{text::REMOVE_NOW}</button>
                </form>
            </details>
        }
    });
    let numbers = file.facts.into_iter();
    let numbers = numbers.map(|facts| view! { <td class="num">{count(facts)}</td> });
    view! {
        <tr>
            <th scope="row"><span dir="auto">{name.clone()}</span>{removing}</th>
            <td class="num">{time(file.imported)}</td>
            {numbers.collect_view()}
        </tr>
    }
    .into_any()
}
