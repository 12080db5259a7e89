//! Exchanging parts of the page.
//!
//! An element that the server marks with `data-place="<name>"` is exchanged when what tells its content from others
//! (`data-told-by`) differs, and left alone otherwise, with its focus, scroll and open editors. A place never stands
//! within another one, and all that changes between two addresses of a page stands within places.
//!
//! Rows in view come first: what stands around them, rows further down and what stands in closed popovers are put once
//! they are painted.

use std::cell::RefCell;

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::js_sys::{self, JsString};
use leptos::web_sys::{Element, HtmlTemplateElement};

use super::dom;
use super::in_use::InUse;
use crate::sheet::{CLOSED_CUT, PLACE_CUT, ROWS_CUT};

const INNER: &str = "innerHTML";
const NAME: &str = "data-place";
const TOLD_BY: &str = "data-told-by";
const FLYOUT: &str = ".flyout";
const GRID: &str = "grid";
/// Popovers whose content waits for the rows.
const CLOSED: &str = "[data-closed]:empty";
/// Places that say nothing of which rows there are. They have more elements than the rows.
const AROUND: [&str; 4] = ["commands", "chart", "rail", "otherfields"];
/// How deep popovers stand in one another at most.
const MOST_NESTED: usize = 4;
/// What can have the focus, outside of popovers.
const STOPS: &str = ":is(a[href], button, input, select, summary, [tabindex]):not([popover] *)";

/// A page that came.
pub struct Came {
    /// Its `<main>`, with places that are empty.
    pub page: Element,
    /// What stands in each, in their order: texts that stay the browser's until it is their turn.
    contents: Vec<JsString>,
}

/// A place that is there, what came for it, and what stands in that.
type Exchange = (Element, Element, JsString);

/// What is put once the rows in view are painted, and what follows then.
struct Rest {
    main: Element,
    /// The place of the grid, and the rows of each of its bodies that are hardly in view.
    rows: Option<(Element, Vec<JsString>)>,
    /// Places, and what stands in each of their closed popovers.
    popovers: Vec<(Element, Vec<JsString>)>,
    /// What stands around the rows.
    exchanges: Vec<Exchange>,
    then: Box<dyn FnOnce()>,
}

thread_local! {
    static WAITING: RefCell<Option<Rest>> = const { RefCell::new(None) };
}

/// Cuts the markup of a page into its `<main>` and what stands in its places.
pub fn cut(markup: &JsString) -> Option<Came> {
    let (page, contents) = parted(markup, PLACE_CUT);
    Some(Came {
        page: read(&page)?,
        contents,
    })
}

/// The element that markup begins with.
pub fn read(markup: &JsString) -> Option<Element> {
    let template = document().create_element("template").ok()?;
    let template: HtmlTemplateElement = template.dyn_into().ok()?;
    set_markup(&template, markup);
    template.content().first_element_child()
}

/// Makes markup the content of an element.
pub fn set_markup(element: &Element, markup: &JsString) {
    // It fails for what is no element only.
    drop(js_sys::Reflect::set(element, &INNER.into(), markup));
}

/// Gives an element the content of another one, which loses it.
pub fn fill(element: &Element, from: &Element) {
    let content = document().create_document_fragment();
    while let Some(child) = from.first_child() {
        drop(content.append_child(&child));
    }
    element.set_text_content(None);
    drop(element.append_child(&content));
}

/// Puts a page that came into the page's `<main>`: place by place where that has them all, else as a whole. `then`
/// runs when all of it is there, which may be a little later.
pub fn put(main: &Element, came: Came, then: impl FnOnce() + 'static) {
    let places = dom::all_in(&came.page, "[data-place]");
    let known: Option<Vec<Element>> = places
        .iter()
        .map(|place| element_of(main, &name_of(place)))
        .collect();
    let Some(known) = known.filter(|known| !known.is_empty()) else {
        for (place, content) in places.iter().zip(&came.contents) {
            set_markup(place, content);
        }
        keeping_focus(main, |_| {
            fill(main, &came.page);
            main.set_class_name(&came.page.class_name());
            main.set_scroll_top(0);
        });
        then();
        super::settled();
        // Another page is read from its beginning.
        if is_focus_lost() {
            dom::focus_unmoved(main);
        }
        return;
    };
    let exchanges = known.into_iter().zip(places).zip(came.contents);
    let exchanges = exchanges.map(|((present, place), content)| (present, place, content));
    let (around, first): (Vec<Exchange>, Vec<Exchange>) = exchanges
        .filter(|(present, place, _)| {
            present.get_attribute(TOLD_BY) != place.get_attribute(TOLD_BY)
        })
        .partition(|(_, place, _)| AROUND.contains(&name_of(place).as_str()));
    let mut rows = None;
    let mut popovers = Vec::new();
    // The focus may have been, or go back to, a row further down.
    let is_open = dom::find_in(main, FLYOUT).is_some();
    let cut_short = |(present, place, content): Exchange| {
        let name = name_of(&place);
        if name != GRID {
            let (content, closed) = parted(&content, CLOSED_CUT);
            popovers.push((present.clone(), closed));
            return (present, place, content);
        }
        if is_open || dom::find_in(&present, "tbody :focus").is_some() {
            return (present, place, content);
        }
        let (content, later) = parted(&content, ROWS_CUT);
        if !later.is_empty() {
            rows = Some((present.clone(), later));
        }
        (present, place, content)
    };
    let first: Vec<Exchange> = first.into_iter().map(cut_short).collect();
    WAITING.set(Some(Rest {
        main: main.clone(),
        rows,
        popovers,
        exchanges: around,
        then: Box::new(then),
    }));
    dom::after_paint(settle);
    let in_use = in_use(&first);
    keeping_focus(main, |focus| {
        // Which row takes it is said when the rows have been looked at; elsewhere it is given at once, while little has
        // to be laid out for it.
        exchange(first, focus, |place| {
            if name_of(place) != GRID {
                focus.give_back(main);
            }
        });
    });
    in_use.into_iter().for_each(InUse::give_back);
}

/// What somebody has open or writes in where something else is to stand.
fn in_use(exchanges: &[Exchange]) -> Vec<InUse> {
    let present = exchanges.iter().map(|(present, ..)| present);
    present.filter_map(InUse::of).collect()
}

/// A popover is to be opened: what stands in it is needed now.
pub fn opens(popover: &Element) {
    if popover.matches(CLOSED).unwrap_or(false) {
        settle();
    }
}

/// Whether all of the page is there that came.
pub fn is_settled() -> bool {
    WAITING.with_borrow(Option::is_none)
}

/// Puts what waits for the rows in view to be painted.
pub fn settle() {
    let Some(rest) = WAITING.take() else {
        return;
    };
    for (place, contents) in &rest.popovers {
        for (popover, content) in dom::all_in(place, CLOSED).iter().zip(contents) {
            set_markup(popover, content);
        }
    }
    // Rows first: behaviours that look at what was exchanged find them all.
    if let Some((place, rows)) = rest.rows {
        for (page, rows) in (0..).zip(rows) {
            // Who scrolled away meanwhile has other pages there.
            let body = format!("tbody[data-page=\"{page}\"]:not([data-empty])");
            if let Some(body) = dom::find_in(&place, &body) {
                // It fails for elements that are in no document only.
                drop(body.insert_adjacent_html("beforeend", &String::from(rows)));
                super::rows_came(&body);
            }
        }
    }
    if !rest.exchanges.is_empty() {
        let main = &rest.main;
        // Commands move into their menu, and fields are hidden by what is looked for, before one takes it.
        let in_use = in_use(&rest.exchanges);
        keeping_focus(main, |focus| exchange(rest.exchanges, focus, |_| {}));
        in_use.into_iter().for_each(InUse::give_back);
    }
    (rest.then)();
    super::settled();
}

/// Parts a text along marks: what stands outside of them as one text, and what stands between two in turn.
fn parted(text: &JsString, mark: &str) -> (JsString, Vec<JsString>) {
    let pieces = text.split(mark);
    let pieces: Vec<JsString> = pieces
        .iter()
        .filter_map(|piece| piece.dyn_into().ok())
        .collect();
    let outside = pieces.iter().step_by(2);
    let outside = outside.fold(JsString::from(""), |outside, piece| outside.concat(piece));
    (outside, pieces.into_iter().skip(1).step_by(2).collect())
}

/// Exchanges what stands in places, first in the one that has the focus.
fn exchange(mut exchanges: Vec<Exchange>, focus: &Focus, then: impl Fn(&Element)) {
    // Taking the focus away and giving it works the layout out, which is cheaper the less has changed.
    exchanges.sort_by_key(|(present, ..)| !focus.is_in(present));
    for (present, place, content) in exchanges {
        set_markup(&present, &content);
        let told_by = place.get_attribute(TOLD_BY).unwrap_or_default();
        // It fails for names of attributes that are no names only.
        drop(present.set_attribute(TOLD_BY, &told_by));
        if focus.is_in(&present) {
            then(&present);
        }
    }
}

/// Changes the page; the focus goes to what stands where that was that had it.
fn keeping_focus(main: &Element, change: impl FnOnce(&Focus)) {
    let focus = Focus::now();
    change(&focus);
    super::refreshed();
    focus.give_back(main);
}

/// Where the focus is.
struct Focus {
    id: Option<String>,
    position: Option<Position>,
}

/// What tells an element with the focus from others.
struct Position {
    /// The place that it is in.
    place: String,
    /// Its number among what can have the focus there.
    index: usize,
    /// What it says, for what has no number of its own: in what comes there may be more or fewer before it. Cells say
    /// the same as others.
    label: Option<String>,
}

impl Focus {
    fn now() -> Self {
        let active = document().active_element();
        // Who leaves a popover goes back to what opened it, which may stand in a popover itself.
        let active = active.and_then(|active| {
            std::iter::successors(Some(active), opener_of)
                .take(MOST_NESTED)
                .last()
        });
        Self {
            position: active.as_ref().and_then(position_of),
            id: active.map(|element| element.id()),
        }
    }

    fn is_in(&self, place: &Element) -> bool {
        let position = self.position.as_ref();
        position.is_some_and(|position| position.place == name_of(place))
    }

    /// Gives it to what stands there now, if what was replaced took it away.
    fn give_back(&self, main: &Element) {
        if let Some(id) = self
            .id
            .as_ref()
            .filter(|id| is_focus_lost() && !id.is_empty())
            && let Some(element) = document().get_element_by_id(id)
        {
            dom::focus(&element);
        }
        if let Some(position) = self.position.as_ref().filter(|_| is_focus_lost())
            && let Some(place) = element_of(main, &position.place)
        {
            let stops = dom::all_in(&place, STOPS);
            let same = stops
                .iter()
                .enumerate()
                .filter(|(_, stop)| position.label.is_some() && label_of(stop) == position.label)
                .min_by_key(|(index, _)| index.abs_diff(position.index));
            if let Some((_, stop)) = same {
                dom::focus(stop);
            }
            // What is shown for the pointer or the focus alone takes none: then the one before it does.
            for stop in stops.iter().take(position.index + 1).rev() {
                if is_focus_lost() {
                    dom::focus(stop);
                }
            }
        }
    }
}

/// Takes all that stands in a place out of it; whatever comes for it next is put there.
pub fn cleared(main: &Element, name: &str) -> Option<Element> {
    let place = forgotten(main, name)?;
    place.set_text_content(None);
    Some(place)
}

/// A place that is changed by hand: whatever comes for it next is put there.
pub fn forgotten(main: &Element, name: &str) -> Option<Element> {
    let place = element_of(main, name)?;
    drop(place.remove_attribute(TOLD_BY));
    Some(place)
}

/// The place around an element is changed by hand: see [`forgotten`].
pub fn changed_around(element: &Element) {
    if let Ok(Some(place)) = element.closest("[data-place]") {
        drop(place.remove_attribute(TOLD_BY));
    }
}

/// Whether nothing has the focus.
pub fn is_focus_lost() -> bool {
    document()
        .active_element()
        .is_none_or(|element| element.tag_name() == "BODY")
}

/// What opened the popover that an element stands in.
fn opener_of(element: &Element) -> Option<Element> {
    let popover = element.closest("[popover]").ok()??;
    dom::find(&format!("[popovertarget=\"{}\"]", popover.id()))
}

fn position_of(element: &Element) -> Option<Position> {
    let place = element.closest("[data-place]").ok()??;
    let stops = dom::all_in(&place, STOPS);
    Some(Position {
        place: name_of(&place),
        index: stops.iter().position(|stop| stop == element)?,
        label: label_of(element),
    })
}

/// What a link, a button or a field is called, outside of the rows.
fn label_of(element: &Element) -> Option<String> {
    let is_cell = element.closest("tbody, [role=gridcell]").ok()?.is_some();
    if is_cell || matches!(element.tag_name().as_str(), "TH" | "TD") {
        return None;
    }
    let named = element.get_attribute("aria-label");
    let label = named.or_else(|| element.text_content());
    label.filter(|label| !label.trim().is_empty())
}

fn element_of(within: &Element, name: &str) -> Option<Element> {
    dom::find_in(within, &format!("[data-place=\"{name}\"]"))
}

fn name_of(place: &Element) -> String {
    place.get_attribute(NAME).unwrap_or_default()
}
