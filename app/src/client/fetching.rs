//! Asking the server for markup.

use std::cell::{Cell, RefCell};

use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{
    AbortController, Headers, Request, RequestInit, Response, UrlSearchParams,
    js_sys::{self, JsString, Promise},
};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::dom;
use crate::sheet::{ADDRESS_HEADER, PART_PATH, SHEET_PATH};

/// What came.
pub struct Fetched {
    /// The markup. It stays a text of the browser: pages are long, and copying one into the client and back again takes
    /// longer than reading it.
    pub markup: JsString,
    /// Another address that says the same.
    pub address: Option<String>,
}

/// Why nothing came.
pub enum FetchError {
    /// Somebody did not want it any more.
    Abandoned,
    /// The server did not answer, or said what is wrong.
    Failed(String),
}

/// A request for a sheet that is on its way.
pub struct Begun {
    path: String,
    /// Abandons it.
    pub controller: AbortController,
    /// Gives a `Response`, or the error why there is none.
    answer: Promise,
    /// Whether it was asked for ahead.
    is_ahead: bool,
}

impl Begun {
    /// What comes.
    ///
    /// # Errors
    /// See [`FetchError`].
    pub async fn fetched(self) -> Result<Fetched, FetchError> {
        match read(self.answer).await {
            // What failed before somebody wanted it is asked for once more.
            Err(FetchError::Failed(_)) if self.is_ahead => {
                fetched(&self.path, Some(&self.controller)).await
            }
            answer => answer,
        }
    }
}

thread_local! {
    /// A sheet that somebody seems about to ask for.
    static AHEAD: RefCell<Option<Begun>> = const { RefCell::new(None) };
    /// How often something was asked for ahead.
    static TIMES: Cell<u32> = const { Cell::new(0) };
}

/// Status of answers to those whose session has ended.
const SIGNED_OUT: u16 = 401;
/// How long a sheet is of use that was asked for ahead, in milliseconds.
const AHEAD_MS: i32 = 2_000;

/// Asks for the sheet of an address, or some of its places. `None` where the browser cannot.
pub fn sheet(address: &str, only: Option<&str>) -> Option<Begun> {
    let only = only.map_or_else(String::new, |only| format!("&only={only}"));
    let path = format!("{SHEET_PATH}?address={}{only}", escaped(address));
    match AHEAD.take() {
        Some(begun) if begun.path == path => return Some(begun),
        Some(other) => other.controller.abort(),
        None => {}
    }
    let controller = AbortController::new().ok()?;
    let options = RequestInit::new();
    options.set_signal(Some(&controller.signal()));
    Some(Begun {
        answer: begin(&path, &options),
        path,
        controller,
        is_ahead: false,
    })
}

/// Asks for a sheet that somebody seems about to ask for, who gets its answer then. One that is asked for already is
/// not asked for again.
pub fn ahead(address: &str, only: Option<&str>) {
    let Some(begun) = sheet(address, only) else {
        return;
    };
    AHEAD.set(Some(Begun {
        is_ahead: true,
        ..begun
    }));
    TIMES.set(TIMES.get().wrapping_add(1));
    forget_ahead_after(AHEAD_MS);
}

/// Forgets what is asked for ahead now if nobody wants it, or asks for it again, until then.
pub fn forget_ahead_after(delay_ms: i32) {
    let asked = TIMES.get();
    dom::later(delay_ms, move || {
        if TIMES.get() == asked {
            forget_ahead();
        }
    });
}

/// What was asked for ahead is not wanted, or no longer true.
pub fn forget_ahead() {
    if let Some(begun) = AHEAD.take() {
        begun.controller.abort();
    }
}

/// A part of the page at an address, by its name, with parameters in their escaped text.
///
/// # Errors
/// See [`FetchError`].
pub async fn part(
    name: &str,
    address: &str,
    parameters: &str,
    controller: Option<&AbortController>,
) -> Result<Fetched, FetchError> {
    let parameters = match parameters {
        "" => String::new(),
        parameters => format!("&{parameters}"),
    };
    let path = format!(
        "{PART_PATH}/{name}?address={}{parameters}",
        escaped(address)
    );
    fetched(&path, controller).await
}

/// The text at a path of the server.
///
/// # Errors
/// See [`FetchError`].
pub async fn text(path: &str) -> Result<String, FetchError> {
    Ok(fetched(path, None).await?.markup.into())
}

/// Sends fields to an address that changes something. What is fetched is where the server goes on to.
///
/// # Errors
/// See [`FetchError`].
pub async fn posted(to: &str, fields: &UrlSearchParams) -> Result<Fetched, FetchError> {
    forget_ahead();
    let options = RequestInit::new();
    options.set_method("POST");
    options.set_body(fields);
    let headers = Headers::new().and_then(|headers| {
        headers.append("x-vestibule-client", "1")?;
        Ok(headers)
    });
    if let Ok(headers) = headers {
        options.set_headers(&headers);
    }
    with_options(to, &options).await
}

/// A text as a part of an address.
pub fn escaped(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

async fn fetched(path: &str, controller: Option<&AbortController>) -> Result<Fetched, FetchError> {
    let options = RequestInit::new();
    if let Some(controller) = controller {
        options.set_signal(Some(&controller.signal()));
    }
    with_options(path, &options).await
}

async fn with_options(path: &str, options: &RequestInit) -> Result<Fetched, FetchError> {
    read(begin(path, options)).await
}

/// Sends a request. The promise gives a `Response`, or the error why there is none: nobody may be left to be told.
fn begin(path: &str, options: &RequestInit) -> Promise {
    let request = Request::new_with_str_and_init(path, options);
    let sent = request.map(|request| leptos::prelude::window().fetch_with_request(&request));
    future_to_promise(async move {
        Ok(match sent {
            Ok(sent) => JsFuture::from(sent).await.unwrap_or_else(|error| error),
            Err(error) => error,
        })
    })
}

async fn read(answer: Promise) -> Result<Fetched, FetchError> {
    let answer = text_of(answer).await.map_err(|error| {
        let is_abandoned = js_sys::Reflect::get(&error, &"name".into())
            .is_ok_and(|name| name.as_string().as_deref() == Some("AbortError"));
        if is_abandoned {
            FetchError::Abandoned
        } else {
            FetchError::Failed(crate::text::frame::SERVER_SILENT.to_owned())
        }
    })?;
    let (is_ok, fetched) = answer;
    match is_ok {
        true => Ok(fetched),
        // What is wrong is said in plain text.
        false => Err(FetchError::Failed(fetched.markup.into())),
    }
}

async fn text_of(answer: Promise) -> Result<(bool, Fetched), JsValue> {
    let response: Response = JsFuture::from(answer).await?.dyn_into()?;
    let address = response.headers().get(ADDRESS_HEADER)?;
    let markup = JsFuture::from(response.text()?).await?;
    let markup: JsString = markup.dyn_into()?;
    // A page that says that there is nothing, or nothing for whoever asks, is a page.
    let kind = response.headers().get("content-type")?;
    let is_page = kind.is_some_and(|kind| kind.starts_with("text/html"));
    let is_ok = response.ok() || (is_page && matches!(response.status(), 403 | 404));
    if response.status() == SIGNED_OUT {
        // The server leads on to where people sign in, and back.
        drop(leptos::prelude::window().location().reload());
    }
    Ok((is_ok, Fetched { markup, address }))
}
