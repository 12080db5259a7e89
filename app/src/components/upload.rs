//! The drop zone: a form that the browser sends by itself, or that the client sends with a bar that
//! shows how much has left.

use leptos::ev::{DragEvent, SubmitEvent};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::text::import as text;

/// Where files are sent.
const TARGET: &str = "/api/imports";

/// What the zone is doing.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sending {
    /// Waits for files.
    No,
    /// Files travel; how much has left in percent.
    Sent(u8),
    /// They did not arrive.
    Failed(String),
}

/// The drop zone.
#[component]
pub fn DropZone() -> AnyView {
    let sending = RwSignal::new(Sending::No);
    let is_over = RwSignal::new(false);
    let navigate = use_navigate();
    let on_submit = move |event: SubmitEvent| {
        let form = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok());
        let Some(form) = form else { return };
        let navigate = navigate.clone();
        let arrived = move |address: String| navigate(&address, NavigateOptions::default());
        if send(&form, sending, arrived).is_some() {
            event.prevent_default();
        }
    };
    let class = move || {
        if is_over.get() {
            "drop pick over"
        } else {
            "drop pick"
        }
    };
    view! {
        <form class=class method="post" action=TARGET enctype="multipart/form-data"
            on:submit=on_submit
            on:dragover=move |_: DragEvent| is_over.set(true)
            on:dragleave=move |_: DragEvent| is_over.set(false)
            on:drop=move |_: DragEvent| is_over.set(false)
        >
            <svg class="i-xl" viewBox="0 0 40 40" aria-hidden="true">
                <path d="M5 35V19a15 15 0 0 1 30 0v16M2 35h36"></path>
                <path d="M20 30V14m-6 6 6-6 6 6"></path>
            </svg>
            <h2 id="drop-title">{text::DROP}</h2>
            <p>{text::FORMATS}</p>
            <input class="filepick" type="file" name="file" multiple=true required=true aria-labelledby="drop-title"/>
            <div class="act"><button class="btn primary">{text::IMPORT}</button></div>
        </form>
        {move || match sending.get() {
            Sending::No => ().into_any(),
            Sending::Sent(percent) => view! {
                <p class="mt-s" role="status">{format!("{} {percent}%", text::SENDING)}</p>
                <progress class="prog" max="100" value=percent.to_string() aria-label=text::SENDING></progress>
            }.into_any(),
            Sending::Failed(message) => view! { <p class="banner bad inset mt-s" role="alert"><span>{message}</span></p> }.into_any(),
        }}
    }
    .into_any()
}

/// Sends the form and calls `arrived` with the address of the import. `None` when the browser cannot;
/// then the form is sent without us.
fn send(
    form: &web_sys::HtmlFormElement,
    sending: RwSignal<Sending>,
    arrived: impl Fn(String) + 'static,
) -> Option<()> {
    let fields = web_sys::FormData::new_with_form(form).ok()?;
    let request = web_sys::XmlHttpRequest::new().ok()?;
    request.open("POST", TARGET).ok()?;
    let upload = request.upload().ok()?;
    let on_progress =
        Closure::<dyn FnMut(web_sys::ProgressEvent)>::new(move |event: web_sys::ProgressEvent| {
            sending.try_set(Sending::Sent(percent(event.loaded(), event.total())));
        });
    upload.set_onprogress(Some(on_progress.as_ref().unchecked_ref()));
    let done = request.clone();
    let on_end = Closure::<dyn FnMut()>::new(move || {
        let status = done.status().unwrap_or_default();
        // The server answers with a redirect to the page of the import, which the browser has followed.
        let page = done.response_url();
        let path = page.find("/import/").and_then(|at| page.get(at..));
        match path.filter(|_| (200..300).contains(&status)) {
            Some(path) => {
                sending.try_set(Sending::No);
                arrived(path.to_owned());
            }
            None => {
                let said = done
                    .response_text()
                    .ok()
                    .flatten()
                    .filter(|said| status >= 400 && !said.is_empty() && said.len() < 1_000);
                sending.try_set(Sending::Failed(
                    said.unwrap_or_else(|| text::NOT_SENT.to_owned()),
                ));
            }
        }
    });
    request.set_onloadend(Some(on_end.as_ref().unchecked_ref()));
    sending.set(Sending::Sent(0));
    request.send_with_opt_form_data(Some(&fields)).ok()?;
    // They live as long as the page: an upload is not cancelled by leaving it.
    on_progress.forget();
    on_end.forget();
    Some(())
}

/// Whole percents of what has left.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the share lies between 0 and 100"
)]
fn percent(sent: f64, total: f64) -> u8 {
    if total > 0.0 {
        (sent / total * 100.0).clamp(0.0, 100.0) as u8
    } else {
        0
    }
}
