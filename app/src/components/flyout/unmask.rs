//! What is masked in a sign-in, and the way to see it for a reason.

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::components::symbol::small_symbol;
use crate::text::unmask as text;
use crate::view::flyout::Masked;

/// The note, with a form for each thing that can be seen; nothing where nothing is masked.
pub(super) fn unmask(masked: Masked, request_id: &str) -> AnyView {
    if !masked.person && !masked.address {
        return ().into_any();
    }
    let forms = masked.can_be_seen.then(|| {
        let person = masked
            .person
            .then(|| form("person", text::PERSON, request_id));
        let address = masked
            .address
            .then(|| form("address", text::ADDRESS, request_id));
        view! { {person}{address} }
    });
    view! {
        <div class="unmasking">
            <p class="hint">{text::MASKED}</p>
            {forms}
        </div>
    }
    .into_any()
}

fn form(what: &'static str, title: &'static str, request_id: &str) -> AnyView {
    let field = format!("unmask-{what}");
    view! {
        <details class="fold">
            <summary>{small_symbol(Icon::Right)}{title}</summary>
            <form class="stack" method="post" action="/unmask" data-posts="true">
                <input type="hidden" name="row" value=request_id.to_owned()/>
                <input type="hidden" name="what" value=what/>
                <label for=field.clone()>{text::REASON}</label>
                <span class="input">
                    <input
                        id=field
                        name="reason"
                        autocomplete="off"
                        required
                        minlength=text::SHORTEST_REASON_CHARS.to_string()
                        maxlength=text::LONGEST_REASON_CHARS.to_string()
                    />
                </span>
                <p class="hint">{text::RECORDED}</p>
                <div><button class="btn small">{text::SHOW}</button></div>
            </form>
        </details>
    }
    .into_any()
}
