//! On the way to a provider and back.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

use super::document_with;
use crate::components::icon::Icon;
use crate::components::symbol::symbol;
use crate::text::provider as text;

/// Leads somebody on to an address of another site.
///
/// It is a page that goes on by itself: an answer to a form that redirects there would be held back by browsers, whose
/// `form-action` also counts where a form is redirected to, by us and by whoever comes after.
pub fn leading(title: &'static str, help: &'static str, address: &str) -> String {
    let refresh = format!("0; url={address}");
    let head = view! { <meta {..custom_attribute("http-equiv", "refresh")} content=refresh/> };
    let content = view! {
        <div class="form">
            <div>
                <h1>{title}</h1>
                <p class="ink2">{help}</p>
            </div>
            <div class="row"><a class="btn primary large grow" href=address.to_owned()>{text::LEADING_LINK}</a></div>
        </div>
    };
    document_with(title, Some(head.into_any()), content.into_any())
}

/// Says why somebody did not come in, and what to do next.
pub fn fault(cause: &'static str, to: &str, sign_in_path: &str) -> String {
    let words = text::fault(cause).unwrap_or(text::Fault {
        title: text::LEADING,
        help: "",
        as_another: false,
    });
    let another = words.as_another.then(|| {
        view! {
            <button class="btn large grow" name="as_another" value="yes">{text::ANOTHER}</button>
        }
    });
    let content = view! {
        <form method="post" action="/sign-in/provider">
            <div>
                <h1>{words.title}</h1>
                <p class="hint bad" role="alert">{symbol(Icon::Warn)}<span>{words.help}</span></p>
            </div>
            <input type="hidden" name="to" value=to.to_owned()/>
            <div class="row">
                <button class="btn primary large grow">{text::AGAIN}</button>
                {another}
            </div>
            <p class="hint">{text::cause(cause)}</p>
            <p class="hint"><a href=sign_in_path.to_owned()>{text::BACK}</a></p>
        </form>
    };
    document_with(words.title, None, content.into_any())
}
