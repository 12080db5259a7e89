//! Opening a line: its sign-ins are put below it, and taken away when it is closed.

use leptos::task::spawn_local;
use leptos::web_sys::{Element, MouseEvent};

use super::fetching::{self, FetchError};
use super::{chosen, dom, grid_keys, navigation, places, saying};
use crate::text::folded as text;
use crate::view::folded::OF_EVENTS;

/// The link on the number of a line.
pub const EXPANDER: &str = "a[data-expands]";
/// The link to more sign-ins of a line; its value is how many are shown.
const MORE: &str = "data-more-members";
const EXPANDED: &str = "aria-expanded";
/// Where an open line keeps its id: its newest sign-in, which stands below it, has it meanwhile.
const KEPT_ID: &str = "data-id";

/// Listens for clicks on numbers.
pub fn install() {
    dom::on("click", |event: MouseEvent| {
        let is_plain = event.button() == 0
            && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        if !is_plain {
            return;
        }
        if let Some(link) = dom::around(&event, EXPANDER) {
            event.prevent_default();
            toggle(&link);
        } else if let Some(link) = dom::around(&event, &format!("a[{MORE}]")) {
            event.prevent_default();
            more(&link);
        }
    });
}

/// Opens a line or closes it by the link on its number; false when it is that already.
pub fn turn(link: &Element, wants_open: bool) -> bool {
    let is_other = row_of(link).is_some_and(|row| is_open(&row) != wants_open);
    if is_other {
        toggle(link);
    }
    is_other
}

/// Whether a line stands for the events of one sign-in.
fn is_of_events(link: &Element) -> bool {
    link.get_attribute("data-expands").as_deref() == Some(OF_EVENTS)
}

fn row_of(link: &Element) -> Option<Element> {
    link.closest("tr").ok()?
}

fn is_open(row: &Element) -> bool {
    row.get_attribute(EXPANDED).as_deref() == Some("true")
}

fn toggle(link: &Element) {
    let Some(row) = row_of(link).filter(|row| !row.has_attribute("aria-busy")) else {
        return;
    };
    if is_open(&row) {
        close(&row);
    } else {
        open(row, link);
    }
}

fn close(row: &Element) {
    let mut has_focus = false;
    while let Some(member) = row
        .next_element_sibling()
        .filter(|below| below.get_attribute("aria-level").as_deref() == Some("2"))
    {
        has_focus |= dom::has_focus(&member);
        member.remove();
    }
    // Names of attributes are right, and so nothing here fails.
    drop(row.set_attribute(EXPANDED, "false"));
    if let Some(id) = row.get_attribute(KEPT_ID) {
        drop(row.set_attribute("id", &id));
        drop(row.remove_attribute(KEPT_ID));
    }
    chosen::forget_anchor();
    if has_focus && let Some(cell) = dom::find_in(row, "td:not(.sel)") {
        grid_keys::focus_cell(&cell);
    }
    let link = dom::find_in(row, EXPANDER);
    saying::aloud(text::closed(link.is_some_and(|link| is_of_events(&link))));
    super::refreshed();
}

fn open(row: Element, link: &Element) {
    read(row, link, 0, |row, members| {
        drop(row.set_attribute(EXPANDED, "true"));
        let id = row.id();
        drop(row.set_attribute(KEPT_ID, &id));
        drop(row.remove_attribute("id"));
        drop(row.remove_attribute("aria-selected"));
        put_below(row, members);
    });
}

fn more(link: &Element) {
    let Some(row) = row_of(link).filter(|row| !row.has_attribute("aria-busy")) else {
        return;
    };
    let shown = link
        .get_attribute(MORE)
        .and_then(|shown| shown.parse().ok());
    read(row, link, shown.unwrap_or_default(), |row, members| {
        put_below(row, members);
        let first = members.first().and_then(|row| dom::find_in(row, "a"));
        row.remove();
        if let Some(first) = first {
            dom::focus(&first);
        }
    });
}

/// Reads the sign-ins of a link's address, for the row that it is in.
fn read(
    row: Element,
    link: &Element,
    shown: u32,
    put: impl FnOnce(&Element, &[Element]) + 'static,
) {
    let address = link.get_attribute("href").unwrap_or_default();
    let is_of_events = is_of_events(link);
    let page = navigation::present();
    let (_, page) = page.split_once('?').unwrap_or_default();
    let parameters = format!("of={}&shown={shown}", fetching::escaped(page));
    drop(row.set_attribute("aria-busy", "true"));
    saying::aloud(text::READING);
    spawn_local(async move {
        let answer = fetching::part("members", &address, &parameters, None).await;
        // The page may have been left meanwhile; then nobody waits for the rows.
        if !row.is_connected() {
            return;
        }
        drop(row.remove_attribute("aria-busy"));
        match answer {
            Ok(fetched) => {
                let came = places::read(&fetched.markup);
                let members = came.map(|came| dom::all_in(&came, "tbody > tr"));
                let members = members.unwrap_or_default();
                put(&row, &members);
                let number = members.iter().filter(|row| !row.id().is_empty()).count();
                saying::aloud(&text::opened(number, is_of_events));
                super::refreshed();
            }
            Err(FetchError::Failed(words)) => saying::problem(&words),
            Err(FetchError::Abandoned) => {}
        }
    });
}

fn put_below(row: &Element, members: &[Element]) {
    // Rows have other numbers from here on.
    chosen::forget_anchor();
    for member in members.iter().rev() {
        grid_keys::take_from_tab_order(member);
        // It fails only for elements that hold what is put below them.
        drop(row.after_with_node_1(member));
    }
}
