//! What somebody has open, or writes in, while a page comes: it stays open, with what was written and chosen.
//!
//! The markup of a place is exchanged as a whole, so an editor in it closes. It is opened again in what came, which is
//! about the new question: applying it adds to that.

use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::js_sys::Reflect;
use leptos::web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement};

use super::dom;

/// Marks a form that was sent, and the editor that it stands in: what comes closes it.
pub const SENT: &str = "data-sent";
/// Popovers that somebody opened, the outermost first.
const OPEN: &str = "[popover=auto]:popover-open[id]:not([data-sent])";
/// Fields that are written in.
const FIELDS: &str = "input[type=text], input[type=search], textarea";
const TICKED: &str = "input[type=checkbox]:checked";
const CHOICES: &str = "select";

/// What is in use in a place.
pub struct InUse {
    place: Element,
    popovers: Vec<Popover>,
    /// The field outside of popovers that is written in.
    line: Option<Written>,
}

struct Popover {
    id: String,
    written: Vec<Written>,
    /// Values that are ticked.
    ticked: Vec<String>,
    /// What is chosen of each list, in their order.
    chosen: Vec<JsValue>,
}

struct Written {
    /// Number among the fields.
    index: usize,
    value: JsValue,
    /// Where the text cursor is; `None` where the field has not the focus.
    cursor: Option<JsValue>,
}

impl InUse {
    /// What is in use in a place; `None` when nothing is.
    pub fn of(place: &Element) -> Option<InUse> {
        let popovers: Vec<Popover> = dom::all_in(place, OPEN).iter().map(popover).collect();
        // One that belongs to a popover is found with that.
        let fields = dom::all_in(place, FIELDS);
        let line = written(place)
            .into_iter()
            .find(|field| field.cursor.is_some() && !is_elsewhere(&fields, field.index));
        (!popovers.is_empty() || line.is_some()).then(|| InUse {
            place: place.clone(),
            popovers,
            line,
        })
    }

    /// Opens it again in what has come, as far as that has it.
    pub fn give_back(self) {
        for popover in &self.popovers {
            popover.give_back(&self.place);
        }
        if let Some(line) = self.line {
            line.give_back(&self.place);
        }
    }
}

impl Popover {
    fn give_back(&self, place: &Element) {
        let Some(element) = dom::find_in(place, &format!("[id=\"{}\"]", self.id)) else {
            return;
        };
        if let Some(popover) = element.dyn_ref::<HtmlElement>() {
            // It fails only when it is open already.
            drop(popover.show_popover());
        }
        for (list, chosen) in dom::all_in(&element, CHOICES).iter().zip(&self.chosen) {
            set(list, "value", chosen);
        }
        for tick in dom::all_in(&element, "input[type=checkbox]") {
            if let Some(tick) = tick.dyn_ref::<HtmlInputElement>() {
                tick.set_checked(self.ticked.contains(&tick.value()));
            }
        }
        for written in &self.written {
            written.give_back(&element);
        }
    }
}

impl Written {
    fn give_back(&self, within: &Element) {
        let fields = dom::all_in(within, FIELDS);
        let Some(field) = fields.get(self.index) else {
            return;
        };
        set(field, "value", &self.value);
        if let Some(cursor) = &self.cursor {
            dom::focus(field);
            set(field, "selectionStart", cursor);
            set(field, "selectionEnd", cursor);
            // Lists that follow what is written follow it again.
            let options = EventInit::new();
            options.set_bubbles(true);
            if let Ok(event) = Event::new_with_event_init_dict("input", &options) {
                drop(field.dispatch_event(&event));
            }
        }
    }
}

fn popover(element: &Element) -> Popover {
    let ticked = dom::all_in(element, TICKED);
    let chosen = dom::all_in(element, CHOICES);
    Popover {
        id: element.id(),
        written: written(element),
        ticked: ticked.iter().map(dom::value).collect(),
        chosen: chosen.iter().map(|list| get(list, "value")).collect(),
    }
}

/// The fields of which somebody changed the text, or has the focus on.
fn written(within: &Element) -> Vec<Written> {
    let fields = dom::all_in(within, FIELDS);
    let fields = fields.iter().enumerate();
    fields
        .filter_map(|(index, field)| {
            let value = get(field, "value");
            let is_changed = value != get(field, "defaultValue");
            let cursor = dom::has_focus(field).then(|| get(field, "selectionStart"));
            (is_changed || cursor.is_some()).then_some(Written {
                index,
                value,
                cursor,
            })
        })
        .collect()
}

/// Whether a field stands in a popover, or was sent.
fn is_elsewhere(fields: &[Element], index: usize) -> bool {
    let field = fields.get(index);
    field.is_some_and(|field| {
        field
            .closest("[popover], [data-sent]")
            .is_ok_and(|found| found.is_some())
    })
}

/// Inputs and text areas alike.
fn get(field: &Element, name: &str) -> JsValue {
    Reflect::get(field, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn set(field: &Element, name: &str, value: &JsValue) {
    // It fails for what is no field only.
    drop(Reflect::set(field, &name.into(), value));
}
