//! The pages in front of the portal. They are whole documents without the client: forms are all they need.

mod code;
mod provider;
mod set_up;
mod shown_once;
mod sign_in;

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

use crate::assets::ClientAssets;
use crate::components::icon::Icon;
use crate::components::symbol::symbol;
use crate::context::PageFacts;
use crate::text::{door as text, frame};

pub use code::{Code, code};
pub use provider::{fault, leading};
pub use set_up::{SetUp, set_up};
pub use shown_once::{ShownOnce, shown_once};
pub use sign_in::{SignIn, sign_in};

/// The arches on the left: the way in, seen from the street.
const ARCHES: &str = "M10 900V211a290 290 0 0 1 580 0V900M62 878V320a238 238 0 0 1 476 0V878M108 859V417a192 192 0 0 1 \
    384 0V859M148 842V501a152 152 0 0 1 304 0V842M182 828V572a118 118 0 0 1 236 0V828M210 816V631a90 90 0 0 1 180 \
    0V816M234 806V681a66 66 0 0 1 132 0V806M254 798V723a46 46 0 0 1 92 0V798M10 900 254 798M590 900 346 798M254 \
    798h92";

/// The document around a form.
fn document(title: &'static str, form: AnyView) -> String {
    document_with(title, None, form)
}

/// The same, with more in its head.
fn document_with(title: &'static str, head: Option<AnyView>, form: AnyView) -> String {
    let assets = use_context::<ClientAssets>().unwrap_or_default();
    let facts = PageFacts::current();
    let title = format!("{title} · {}", frame::PRODUCT);
    let arches = view! {
        <svg class="arches" viewBox="0 0 600 900" {..custom_attribute("preserveAspectRatio", "xMidYMax slice")} aria-hidden="true">
            <path d=ARCHES></path>
        </svg>
    };
    let brand = view! {
        <div class="brand">
            <svg viewBox="0 0 24 24" fill="none" stroke="var(--accent)" stroke-width="1.75" stroke-linecap="round" aria-hidden="true">
                <path d="M4 20.5V11a8 8 0 0 1 16 0v9.5"></path>
                <path d="M8.5 20.5V11.5a3.5 3.5 0 0 1 7 0v9"></path>
                <path d="M2 20.5h20"></path>
            </svg>
            <span>{frame::PRODUCT}</span>
        </div>
    };
    let document = view! {
        <html lang="en" data-theme=facts.theme>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <title>{title}</title>
                <link rel="icon" type="image/svg+xml" href=assets.favicon/>
                <link rel="stylesheet" href=assets.stylesheet/>
                {head}
            </head>
            <body>
                <div class="door">
                    <div class="art">{arches}<p><b>{text::PROMISE}</b>{text::PROMISE_MORE}</p></div>
                    <main class="box" id="main">{brand}{form}</main>
                </div>
            </body>
        </html>
    };
    format!("<!DOCTYPE html>{}", document.to_html())
}

/// What is wrong with what was sent, beside the last field.
fn problem(words: Option<String>) -> Option<AnyView> {
    let words = words?;
    let said = view! {
        <p class="hint bad" id="problem" role="alert">{symbol(Icon::Warn)}<span>{words}</span></p>
    };
    Some(said.into_any())
}

/// A field of a form with its label.
struct Field {
    name: &'static str,
    label: &'static str,
    kind: &'static str,
    autocomplete: &'static str,
    value: String,
    help: Option<&'static str>,
    is_wrong: bool,
    has_focus: bool,
}

impl Field {
    fn shown(self) -> AnyView {
        let help_id = format!("{}-help", self.name);
        let help = self
            .help
            .map(|words| view! { <p class="hint" id=help_id.clone()>{words}</p> });
        let described = match (self.is_wrong, self.help.is_some()) {
            (true, true) => Some(format!("{help_id} problem")),
            (true, false) => Some("problem".to_owned()),
            (false, true) => Some(help_id),
            (false, false) => None,
        };
        view! {
            <div class="field">
                <label for=self.name>{self.label}</label>
                <input
                    class="input large"
                    id=self.name
                    name=self.name
                    type=self.kind
                    autocomplete=self.autocomplete
                    value=self.value
                    required
                    aria-invalid=self.is_wrong.then_some("true")
                    aria-describedby=described
                    autofocus=self.has_focus
                />
                {help}
            </div>
        }
        .into_any()
    }
}
