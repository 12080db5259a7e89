//! The error book: codes at one side, the page of one at the other.

use leptos::prelude::*;
use model::present::count;

use super::entity::bar_list::bar_list;
use super::entity::heading::{breadcrumb, choices, clock, ranges};
use super::failure::Failure;
use super::icon::Icon;
use super::outcome::{status, time};
use super::popover::hidden_fields;
use super::symbol::{small_symbol, symbol};
use crate::components::chart::time::time_chart;
use crate::text::errors as text;
use crate::text::frame;
use crate::view::entity::Choice;
use crate::view::errors::{Article, Book, BookLine, Guidance, Seen};

/// The page.
pub fn book_page(book: Book) -> AnyView {
    let (all, seen) = book.numbers;
    let failure = book.failure.clone().map(
        |(error, retry)| view! { <Failure title=text::FAILED_TITLE error=error retry=retry/> },
    );
    let reset = (!book.find.is_empty())
        .then(|| view! { <a class="linkbtn" href=crate::assemble::errors::PATH>{text::RESET}</a> });
    let is_open = book.article.is_some();
    let back = is_open
        .then(|| view! { <a class="linkbtn booklist" href=book.list.clone()>{text::TO_LIST}</a> });
    view! {
        {breadcrumb(Some(("", frame::GROUP_REFERENCE)), text::TITLE.to_owned())}
        <div class="filters">
            <form class="row" method="get" action=crate::assemble::errors::PATH role="search">
                {hidden_fields(book.hidden.clone())}
                <label class="input q">
                    {symbol(Icon::Search)}
                    <input type="search" id="find-error" name="find" value=book.find.clone() placeholder=text::FIND aria-label=text::FIND autocomplete="off"/>
                </label>
                <button class="btn small">{text::FIND_BUTTON}</button>
            </form>
            {reset}
            {choices(text::SEEN_LABEL, "codes", book.seen.clone())}
            {ranges(&book.window)}
            {one_of("class", text::CLASS, book.classes.clone())}
            {one_of("acts", text::ACTS, book.acts.clone())}
            <span class="spacer"></span>
            <span class="hint">{text::numbers(all, seen)}</span>
        </div>
        {failure}
        <div class=if is_open { "book open" } else { "book" }>
            {list(&book)}
            {back}
            {match book.article.clone() {
                Some(open) => article(open),
                None => view! { <article><p>{text::CHOOSE}</p></article> }.into_any(),
            }}
        </div>
        <div class="bookfoot">{clock(&book.window, book.is_from_lake)}</div>
    }
    .into_any()
}

/// One of several, as a menu of links.
fn one_of(id: &'static str, label: &'static str, choices: Vec<Choice>) -> AnyView {
    let present = choices.iter().find(|choice| choice.is_present);
    let words = present.map_or_else(String::new, |choice| choice.words.clone());
    let is_set = choices.first().is_some_and(|first| !first.is_present);
    let menu = format!("{id}-menu");
    let links = choices.into_iter().map(|choice| {
        let is_present = choice.is_present.then_some("true");
        view! { <a href=choice.address aria-current=is_present>{choice.words}</a> }
    });
    view! {
        <div class="anchor">
            <span class=if is_set { "pill" } else { "pill unset" }>
                <button id=format!("pick-{id}") type="button" popovertarget=menu.clone() aria-haspopup="menu">
                    {label}": "<b>{words}</b>
                </button>
            </span>
            <div class="popover menu" id=menu popover="auto">{links.collect_view()}</div>
        </div>
    }
    .into_any()
}

fn list(book: &Book) -> AnyView {
    if book.lines.is_empty() {
        let is_narrowed = !book.find.is_empty()
            || [&book.classes, &book.acts]
                .into_iter()
                .any(|choices| choices.first().is_some_and(|any| !any.is_present));
        let help = if is_narrowed {
            text::NONE_HELP
        } else {
            text::NONE_SEEN_HELP
        };
        return view! { <nav class="list" id="codes" aria-label=text::LIST><p class="pad"><b>{text::NONE_TITLE}</b>" "{help}</p></nav> }
            .into_any();
    }
    let lines = book.lines.iter().cloned().map(line);
    view! { <nav class="list" id="codes" aria-label=text::LIST>{lines.collect_view()}</nav> }
        .into_any()
}

fn line(line: BookLine) -> AnyView {
    let is_present = line.is_present.then_some("true");
    let number = (line.count > 0).then(|| count(line.count));
    view! {
        <a href=line.address aria-current=is_present>
            <code>{line.code.to_string()}</code>
            <span>{line.title}</span>
            <span class="n">{number}</span>
            <span class="m">{line.about}</span>
        </a>
    }
    .into_any()
}

fn article(article: Article) -> AnyView {
    let seen = article.seen.clone();
    let number = seen
        .as_ref()
        .map(|seen| seen.number.clone())
        .filter(|number| number.count > 0);
    let open = number.map(|number| {
        view! { <a class="btn small" id="open-sign-ins" href=number.address>{text::open_sign_ins(number.count)}</a> }
    });
    let copy = article.guide.as_ref().map(|guide| {
        view! {
            <button class="btn small script-only" type="button" data-copies=guide.ticket.clone()>
                {symbol(Icon::Copy)}{text::COPY}
            </button>
        }
    });
    let name = article
        .name
        .map(|name| view! { <code class="name">{name}</code> });
    let guide = article.guide.clone();
    let means = match &guide {
        Some(guide) => guide.means.clone(),
        None => text::UNKNOWN_HELP.to_owned(),
    };
    view! {
        <article aria-labelledby="code-title" tabindex="0">
            <header class="row wrap">
                <code>{format!("AADSTS{}", article.code)}</code>
                {status(article.tone, article.outcome.to_owned())}
                {name}
                <span class="spacer"></span>
                {copy}
                {open}
            </header>
            <h2 id="code-title">{article.title.clone()}</h2>
            <p class="means">{means}</p>
            {facts(guide.as_ref(), seen.as_ref())}
            {guide.map(after_facts)}
            {seen.map(occurrences)}
            <p class="mt"><a href=article.lookup rel="external noreferrer">{text::LOOKUP}" "{small_symbol(Icon::External)}</a></p>
        </article>
    }
    .into_any()
}

/// Who acts, how worrying, how often.
fn facts(guide: Option<&Guidance>, seen: Option<&Seen>) -> AnyView {
    let guide = guide.map(|guide| {
        let note = guide
            .worry_note
            .as_deref()
            .map(|note| view! { <p>{text::look_twice(note)}</p> });
        view! {
            <div><span class="k">{text::WHO_ACTS}</span><p><b>{guide.acts}</b></p></div>
            <div><span class="k">{text::WORRY}</span><p><b>{guide.worry}</b></p>{note}</div>
        }
    });
    let seen = seen.map(|seen| {
        let words = match seen.number.count {
            0 => view! { <span>{text::NOT_SEEN}</span> }.into_any(),
            number => {
                let people =
                    (seen.people > 0).then(|| format!(", {}", text::of_people(seen.people)));
                view! { <b>{count(number)}</b>{people} }.into_any()
            }
        };
        view! { <div><span class="k">{text::SEEN}</span><p>{words}</p></div> }
    });
    view! { <div class="who">{guide}{seen}</div> }.into_any()
}

fn after_facts(guide: Guidance) -> AnyView {
    let tell = guide
        .tell
        .map(|tell| view! { <h3>{text::TELL}</h3><p class="tell">"“"{tell}"”"</p> });
    let checks = guide
        .check
        .into_iter()
        .map(|check| view! { <li>{check}</li> });
    let confused = (!guide.confused_with.is_empty()).then(|| {
        let others = guide
            .confused_with
            .into_iter()
            .map(|(code, title, address)| {
                view! { <li><a href=address><code>{code.to_string()}</code>" "{title}</a></li> }
            });
        view! { <h3>{text::CONFUSED}</h3><ul class="plain">{others.collect_view()}</ul> }
    });
    let doubt = guide
        .doubt
        .map(|doubt| view! { <p class="hint">{doubt}</p> });
    view! {
        {tell}
        <h3>{text::CHECK}</h3>
        <ul class="checks">{checks.collect_view()}</ul>
        {confused}
        {doubt}
    }
    .into_any()
}

fn occurrences(seen: Seen) -> AnyView {
    let ever = seen.ever.map(|(first, last)| {
        view! { <p class="hint mt">{text::EVER}": "{time(first)}" – "{time(last)}</p> }
    });
    let lists = seen.lists.into_iter().map(bar_list).collect_view();
    view! {
        {ever}
        {seen.timeline.map(time_chart)}
        <div class="cols">{lists}</div>
    }
    .into_any()
}
