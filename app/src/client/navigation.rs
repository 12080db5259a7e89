//! From one address to another without loading the page.

use std::cell::{Cell, RefCell};

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::{AbortController, Element, MouseEvent, PointerEvent};
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::fetching::{self, FetchError, Fetched};
use super::{dom, places, pressing, saying};
use crate::components::failure::Failure;
use crate::error::UiError;
use crate::sheet::{ADDRESS_ATTRIBUTE, Sheet};
use crate::text::{frame, grid};
use crate::view::carried::carried_over;

type Go = Box<dyn Fn(&str, NavigateOptions)>;

/// A sheet that is on its way.
struct UnderWay {
    controller: AbortController,
    /// Whether it is the whole sheet, not only what stands beside the rows.
    is_whole: bool,
    /// The element that says so.
    busy: Element,
    /// The timer after which the page shows it.
    timer: i32,
}

thread_local! {
    static GO: RefCell<Option<Go>> = const { RefCell::new(None) };
    /// What is on its way; it is abandoned when something else is wanted.
    static UNDER_WAY: RefCell<Option<UnderWay>> = const { RefCell::new(None) };
    /// The address of what is painted, while the whole page of another one is on its way.
    static PAINTED: RefCell<Option<String>> = const { RefCell::new(None) };
    /// An address that says what the page shows already.
    static SHOWN: RefCell<Option<String>> = const { RefCell::new(None) };
    /// Whether the sheet that is put into the document next was fetched, not there from the beginning.
    static IS_FETCHED: Cell<bool> = const { Cell::new(false) };
    /// The title of the document.
    static TITLE: RefCell<Option<ArcRwSignal<String>>> = const { RefCell::new(None) };
}

/// Parts of an address that say what stands beside the rows, not which rows there are.
const BESIDE: [&str; 3] = ["row=", "pane=", "compare="];
/// The places that they are about.
const PLACES_BESIDE: &str = "flyout";
/// After how long it shows that something is on its way, in milliseconds; what comes sooner needs no notice.
const WAIT_MS: i32 = 300;
/// Attribute of what is waited for so long.
const WAITS: &str = "data-waits";
/// The place of what the page lists, and those that say something of it.
const LIST: &str = "grid";
const OF_LIST: [&str; 4] = ["chart", "rail", "otherfields", PLACES_BESIDE];
const FOOTER: &str = "footer";

/// Links within a page that lead to another one. Behaviours take the clicks on some.
const LINK: &str = "#main a[href^=\"/\"]:not([download], [rel~=external], [target], [data-expands], [data-more-members], \
    [data-opens-columns], [data-closes-columns], [data-default-columns], [data-steps], [data-refreshes], [data-plot] *)";
/// How long after something was let go its click comes at the latest, in milliseconds.
const CLICK_MS: i32 = 100;

/// Lends the router's way of navigating to those who are no components, and listens for links that are pressed.
pub fn install() {
    dom::on("pointerdown", |event: PointerEvent| {
        let link = dom::around(&event, LINK).filter(|_| is_press(&event));
        if let Some(address) = link.and_then(|link| link.get_attribute("href")) {
            soon(&meant(&address));
        }
    });
    // The router follows links as they are.
    dom::on("click", |event: MouseEvent| {
        let is_plain = !(event.ctrl_key() || event.meta_key() || event.shift_key());
        let is_ours = is_plain && event.button() == 0 && !event.default_prevented();
        let link = dom::around(&event, LINK).filter(|_| is_ours);
        if let Some(address) = link.and_then(|link| link.get_attribute("href")) {
            let meant = meant(&address);
            if meant != address {
                event.prevent_default();
                go(&meant);
            }
        }
    });
    // No click follows where the pointer was moved away before.
    dom::on("pointerup", |_: PointerEvent| {
        fetching::forget_ahead_after(CLICK_MS);
    });
    dom::on("pointercancel", |_: PointerEvent| fetching::forget_ahead());
    let navigate = use_navigate();
    GO.set(Some(Box::new(move |address, options| {
        navigate(address, options)
    })));
}

/// Goes to an address of the portal.
pub fn go(address: &str) {
    navigate(address, false);
}

/// Goes to an address in the place of the present one, so that Back passes over that.
pub fn go_instead(address: &str) {
    navigate(address, true);
}

fn navigate(address: &str, replace: bool) {
    let options = NavigateOptions {
        replace,
        scroll: false,
        ..NavigateOptions::default()
    };
    GO.with_borrow(|go| {
        if let Some(go) = go {
            go(address, options);
        }
    });
}

/// Says an address that stands for what the page shows already, in the place of the present one.
pub fn say(address: &str) {
    if present() != address {
        SHOWN.set(Some(address.to_owned()));
        go_instead(address);
    }
}

/// An address with one part of its query string changed, or left out where the value is empty. The value is
/// harmless in addresses.
pub fn with_part(address: &str, name: &str, value: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let is_other = |part: &&str| part.split('=').next() != Some(name) && !part.is_empty();
    let mut parts: Vec<String> = query
        .split('&')
        .filter(is_other)
        .map(str::to_owned)
        .collect();
    if !value.is_empty() {
        parts.push(format!("{name}={value}"));
    }
    match parts.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", parts.join("&")),
    }
}

/// Path and query string of the page.
pub fn present() -> String {
    let location = window().location();
    let read = |part: Result<String, _>| part.unwrap_or_default();
    format!("{}{}", read(location.pathname()), read(location.search()))
}

/// Asks again for what the page shows.
pub fn refresh() {
    if let Some(main) = dom::find("#main") {
        load(present(), None, main, false);
    }
}

/// Shows the sheet of each address that comes after the first.
pub fn follow(address: Memo<String>, main: NodeRef<html::Main>, title: ArcRwSignal<String>) {
    TITLE.set(Some(title));
    let asked = address.get_untracked();
    Effect::new(move |_| {
        if let Some(main) = main.get() {
            let asked = asked.clone();
            // The element may be made before it stands in the document.
            dom::later(0, move || begin(&asked, main.into()));
        }
    });
    // What is on its way has no place on the page that comes instead of this one.
    on_cleanup(|| {
        if let Some(before) = UNDER_WAY.take() {
            before.abandon();
        }
    });
    Effect::new(move |before: Option<String>| {
        let now = address.get();
        let is_shown = SHOWN.take().is_some_and(|shown| shown == now);
        let is_ours = !crate::app::lives_in_browser(&now);
        if let Some(before) = before.filter(|before| *before != now && !is_shown && is_ours)
            && let Some(main) = main.get_untracked()
        {
            let only = is_beside(&before, &now).then_some(PLACES_BESIDE);
            if only.is_none() {
                PAINTED.with_borrow_mut(|painted| painted.get_or_insert(before).clone());
            }
            load(now.clone(), only, main.into(), true);
        }
        now
    });
}

/// Whether a pointer pressed on something as somebody does who wants to follow it. A finger may begin to scroll.
pub fn is_press(event: &PointerEvent) -> bool {
    let is_plain = !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
    is_plain && event.button() == 0 && event.pointer_type() != "touch"
}

/// What a link means that stands on the page while another one is on its way.
fn meant(link: &str) -> String {
    PAINTED.with_borrow(|painted| match painted {
        Some(painted) => carried_over(painted, &present(), link),
        None => link.to_owned(),
    })
}

/// Somebody is about to go to an address, who pressed on what leads there: when that is let go, the page may have come.
pub fn soon(address: &str) {
    let present = present();
    if present != address && !crate::app::lives_in_browser(address) {
        fetching::ahead(
            address,
            is_beside(&present, address).then_some(PLACES_BESIDE),
        );
    }
}

/// Takes over the first sheet, which was asked for at an address.
fn begin(asked: &str, main: Element) {
    if !main.is_connected() {
        return;
    }
    let is_fetched = IS_FETCHED.take();
    if is_fetched {
        super::refreshed();
    }
    let is_still_wanted = present() == asked;
    if is_still_wanted && let Some(address) = main.get_attribute(ADDRESS_ATTRIBUTE) {
        say(&address);
    } else if is_fetched && !is_still_wanted {
        // Another one was asked for when there was nothing yet to put it into.
        load(present(), None, main, true);
    }
}

/// The sheet of an address, for a page that shows none yet.
pub async fn first(address: &str) -> Sheet {
    let Some(begun) = fetching::sheet(address, None) else {
        return Sheet::default();
    };
    match begun.fetched().await {
        Ok(fetched) => {
            IS_FETCHED.set(true);
            places::read(&fetched.markup)
                .map(|came| Sheet {
                    title: title_of(&came),
                    class: came.class_name(),
                    address: fetched.address,
                    markup: came.inner_html(),
                })
                .unwrap_or_default()
        }
        Err(FetchError::Failed(words)) => {
            // The sheet has to be there first.
            dom::later(0, move || {
                if let Some(main) = dom::find("#main") {
                    failed(words, &main);
                }
            });
            Sheet::default()
        }
        Err(FetchError::Abandoned) => Sheet::default(),
    }
}

/// Fetches the sheet of an address, or a place of it alone, and shows it. Where the page shows another address until
/// then, nothing of that may stay when there is no answer.
fn load(address: String, only: Option<&'static str>, main: Element, is_other: bool) {
    places::settle();
    let before = UNDER_WAY.take();
    // The rows that are on their way are still wanted when something else is to stand beside them.
    let only = only.filter(|_| !before.as_ref().is_some_and(|before| before.is_whole));
    if let Some(before) = before {
        before.abandon();
    }
    let Some(begun) = fetching::sheet(&address, only) else {
        return;
    };
    // What stands beside the rows is busy alone.
    let beside = only.and_then(|only| dom::find(&format!("[data-place=\"{only}\"]")));
    let busy = beside.unwrap_or_else(|| main.clone());
    // It fails for names of attributes that are no names only.
    drop(busy.set_attribute("aria-busy", "true"));
    let waits = busy.clone();
    let timer = dom::later(WAIT_MS, move || {
        drop(waits.set_attribute(WAITS, ""));
        saying::aloud(grid::READING);
    });
    UNDER_WAY.set(Some(UnderWay {
        controller: begun.controller.clone(),
        is_whole: only.is_none(),
        busy,
        timer,
    }));
    spawn_local(async move {
        let signal = begun.controller.signal();
        let answer = begun.fetched().await;
        pressing::released().await;
        // What has come whole cannot be abandoned any more. Whoever abandons it tidies up.
        if signal.aborted() {
            return;
        }
        let under_way = UNDER_WAY.take();
        if let Some(under_way) = &under_way {
            under_way.has_come();
        }
        let end = move || {
            if let Some(under_way) = under_way {
                under_way.end();
            }
        };
        if only.is_none() {
            PAINTED.set(None);
        }
        match answer {
            Ok(fetched) => arrived(fetched, &main, only.is_none(), end),
            Err(FetchError::Abandoned) => end(),
            Err(FetchError::Failed(words)) => {
                end();
                match is_other && only.is_none() {
                    true => failed(words, &main),
                    false => saying::problem(&words),
                }
            }
        }
    });
}

impl UnderWay {
    fn abandon(self) {
        self.controller.abort();
        self.end();
    }

    /// Nobody has to wait any more for what is put now.
    fn has_come(&self) {
        dom::cancel(self.timer);
        drop(self.busy.remove_attribute(WAITS));
    }

    fn end(self) {
        self.has_come();
        // It fails for names of attributes that are no names only.
        drop(self.busy.remove_attribute("aria-busy"));
    }
}

/// Shows in the place of the list, or of the whole page, that the server gave no answer, with a link that asks again.
fn failed(words: String, main: &Element) {
    let place = places::cleared(main, LIST).unwrap_or_else(|| {
        main.set_text_content(None);
        main.clone()
    });
    for name in OF_LIST {
        places::cleared(main, name);
    }
    if let Some(footer) = places::forgotten(main, FOOTER) {
        for (index, said) in dom::all_in(&footer, ".gridfoot > :is(span, a)")
            .iter()
            .enumerate()
        {
            said.set_text_content((index == 0).then_some(grid::NOT_READ));
        }
    }
    let Some(place) = dom::html(place) else {
        return;
    };
    let shown = place.clone();
    let error = UiError {
        message: words,
        trace: String::new(),
    };
    leptos::mount::mount_to(place, move || {
        view! { <Failure title=frame::NOT_READ_TITLE error=error retry=present()/> }
    })
    .forget();
    if let Some(link) = dom::find_in(&shown, "[role=alert] a") {
        // Loading the document anew would leave the portal where the server is away.
        drop(link.set_attribute("data-refreshes", "true"));
        if places::is_focus_lost() {
            dom::focus(&link);
        }
    }
    super::refreshed();
}

fn arrived(fetched: Fetched, main: &Element, is_whole: bool, end: impl FnOnce() + 'static) {
    let Some(came) = places::cut(&fetched.markup) else {
        end();
        return;
    };
    if let Some(title) = TITLE.with_borrow(Clone::clone) {
        title.set(title_of(&came.page));
    }
    // Behaviours look at the address when they take over what is put.
    if let Some(address) = fetched.address {
        say(&address);
    }
    places::put(main, came, end);
    if is_whole {
        for element in dom::all_in(main, "[data-scrolls=top]") {
            element.set_scroll_top(0);
        }
    }
}

fn title_of(came: &Element) -> String {
    came.get_attribute("data-title").unwrap_or_default()
}

/// Whether two addresses show the same rows. The client widens columns by itself: links that the server wrote
/// before know nothing of it.
fn is_beside(before: &str, now: &str) -> bool {
    let before = match now.contains("widths=") {
        true => before.to_owned(),
        false => with_part(before, "widths", ""),
    };
    without_beside(&before) == without_beside(now)
}

/// The address without what stands beside the rows.
pub fn without_beside(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let parts = query.split('&').filter(|part| !is_part_beside(part));
    joined(path, parts)
}

/// The address of the rows alone: whatever stands beside them, and however wide their columns are.
pub fn rows_of(address: &str) -> String {
    without_beside(&with_part(address, "widths", ""))
}

/// The address of rows with what stands beside those of another one.
pub fn with_beside_of(rows: &str, other: &str) -> String {
    let rows = without_beside(rows);
    let (path, query) = rows.split_once('?').unwrap_or((rows.as_str(), ""));
    let (_, beside) = other.split_once('?').unwrap_or((other, ""));
    // They stand behind all others in an address.
    let beside = beside.split('&').filter(|part| is_part_beside(part));
    joined(path, query.split('&').chain(beside))
}

fn is_part_beside(part: &str) -> bool {
    BESIDE.iter().any(|beside| part.starts_with(beside))
}

fn joined<'a>(path: &str, parts: impl Iterator<Item = &'a str>) -> String {
    let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
    match parts.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", parts.join("&")),
    }
}
