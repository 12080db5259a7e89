//! Reports that are more than one list: tiles, charts and small tables.

use leptos::prelude::*;

use super::chart::donut::donut;
use super::chart::heat_map::heat_map;
use super::chart::time::time_chart;
use super::entity::bar_list::bar_list;
use super::entity::directory::header;
use super::entity::heading::{breadcrumb, clock, ranges};
use super::failure::Failure;
use super::icon::Icon;
use super::insights::line;
use super::symbol::symbol;
use crate::text::insights as text;
use crate::view::summary::{Block, SmallTable, SummaryPage, Tile};

/// The page; `list` is what it belongs to, `tabs` what stands beside it.
pub fn summary_page(
    page: SummaryPage,
    list: Option<(&'static str, &'static str)>,
    tabs: Option<AnyView>,
) -> AnyView {
    let failure = page.failure.clone().map(
        |(error, retry)| view! { <Failure title=text::FAILED_TITLE error=error retry=retry/> },
    );
    let has_files = !page.files.is_empty();
    let files = page.files.into_iter().map(|(words, address)| {
        view! { <a class="btn small" href=address download="" rel="external">{symbol(Icon::Download)}{words}</a> }
    });
    let files = files.collect_view();
    let notes = page
        .notes
        .into_iter()
        .map(|note| view! { <p class="note">{note}</p> });
    view! {
        {breadcrumb(list, page.title.to_owned())}
        {tabs}
        <div class="page entity summary">
            <p class="lede">{page.lede}</p>
            <div class="row wrap mb">
                {ranges(&page.window)}
                <span class="spacer"></span>
                {has_files.then(|| view! { <span class="row" role="group" aria-label=text::DOWNLOAD>{files}</span> })}
            </div>
            {failure}
            <ul class="tiles">{page.tiles.into_iter().map(tile).collect_view()}</ul>
            <div class="blocks">{page.blocks.into_iter().map(block).collect_view()}</div>
            {notes.collect_view()}
            {clock(&page.window, page.is_from_lake)}
        </div>
    }
    .into_any()
}

/// A number, which leads to its sign-ins.
pub fn tile(tile: Tile) -> AnyView {
    let value = view! { {tile.value}{tile.of.map(|of| view! { <small>{of}</small> })} };
    let value = match tile.address.is_empty() {
        true => view! { <span class="v">{value}</span> }.into_any(),
        false => view! { <a class="v" href=tile.address>{value}</a> }.into_any(),
    };
    let detail = tile.detail.map(|detail| {
        view! { <span class="d"><span class=tile.tone>{detail}</span></span> }
    });
    view! {
        <li class="tile">
            <span class="k">{symbol(tile.icon)}{tile.words}</span>
            {value}
            {detail}
        </li>
    }
    .into_any()
}

fn block(block: Block) -> AnyView {
    match block {
        Block::Time(chart) => time_chart(*chart),
        Block::Heat(chart) => heat_map(*chart),
        Block::Donut(chart) => donut(chart),
        Block::Bars(list) => bar_list(list),
        Block::Table(table) => small_table(table),
    }
}

fn small_table(table: SmallTable) -> AnyView {
    let SmallTable {
        id,
        title,
        headers,
        lines,
        empty,
        note,
    } = table;
    let content = match lines.is_empty() {
        true => view! { <p class="ink2">{empty}</p> }.into_any(),
        false => {
            let heads = headers.into_iter().map(header).collect_view();
            let lines = lines.into_iter().map(line).collect_view();
            view! {
                <div class="scroll-x" tabindex="0" role="region" aria-label=title>
                    <table class="table directory" id=id>
                        <thead><tr>{heads}</tr></thead>
                        <tbody>{lines}</tbody>
                    </table>
                </div>
            }
            .into_any()
        }
    };
    view! {
        <section class="panel">
            <header><h2>{title}</h2></header>
            {content}
            {note.map(|note| view! { <p class="note">{note}</p> })}
        </section>
    }
    .into_any()
}
