//! Forms that change something: with `data-posts` they are sent without leaving the page, which goes on to the
//! address that the server answers with.

use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, FormData, HtmlFormElement, SubmitEvent, UrlSearchParams};

use super::fetching::{self, FetchError};
use super::{dom, navigation, saying};

/// Listens for such forms.
pub fn install() {
    dom::on("submit", |event: SubmitEvent| {
        let form = dom::target(&event).and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        let Some(form) = form.filter(|form| form.has_attribute("data-posts")) else {
            return;
        };
        // A button may send the form elsewhere.
        let button = event.submitter().map(Element::from);
        if button
            .as_ref()
            .is_some_and(|button| button.has_attribute("formaction"))
        {
            return;
        }
        let Some(fields) = fields_of(&form, button.as_ref()) else {
            return;
        };
        event.prevent_default();
        let to = form.get_attribute("action").unwrap_or_default();
        spawn_local(async move {
            if let Some(address) = send(&to, &fields).await {
                close(&form);
                go_on(&address);
            }
        });
    });
}

/// Sends fields, and gives the address that the server goes on to. What goes wrong is said.
pub async fn send(to: &str, fields: &UrlSearchParams) -> Option<String> {
    match fetching::posted(to, fields).await {
        Ok(fetched) => fetched.address,
        Err(FetchError::Failed(words)) => {
            saying::problem(words.trim());
            None
        }
        Err(FetchError::Abandoned) => None,
    }
}

/// Goes to an address, or asks again for what it shows where the page is there already.
pub fn go_on(address: &str) {
    if navigation::present() == address {
        navigation::refresh();
    } else {
        navigation::go(address);
    }
}

fn fields_of(form: &HtmlFormElement, button: Option<&Element>) -> Option<UrlSearchParams> {
    let fields = FormData::new_with_form(form).ok()?;
    let fields = UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
    if let Some(button) = button
        && let Some(name) = button.get_attribute("name")
    {
        fields.append(&name, &button.get_attribute("value").unwrap_or_default());
    }
    Some(fields)
}

/// Closes what the form stands in.
fn close(form: &HtmlFormElement) {
    let popover = form.closest("[popover]").ok().flatten();
    if let Some(popover) = popover.and_then(dom::html) {
        // It fails only when the popover is closed already.
        drop(popover.hide_popover());
    }
    super::columns::close(form.closest(".pane").is_ok_and(|pane| pane.is_some()));
}
