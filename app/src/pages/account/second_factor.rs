//! The second factor of one's own account.

use leptos::prelude::*;

use super::{CHANGE, present_password};
use crate::components::icon::Icon;
use crate::components::qr_code::qr_code;
use crate::components::symbol::small_symbol;
use crate::keeping::KeptSecondFactor;
use crate::text::account as text;

/// Where forms are sent that answer with recovery codes. The client leaves them alone: the answer is a page.
const SHOWN_ONCE: &str = "/account/second-factor";

/// What it is, and what can be done with it.
pub fn section(factor: KeptSecondFactor) -> AnyView {
    let content = match factor {
        KeptSecondFactor::Off => off(),
        KeptSecondFactor::Begun {
            secret,
            app_address,
        } => begun(&secret, &app_address),
        KeptSecondFactor::On { recovery_codes } => on(recovery_codes),
    };
    view! {
        <section class="panel mt" id="second-factor">
            <header><h2>{text::SECOND_FACTOR}</h2></header>
            {content}
        </section>
    }
    .into_any()
}

fn off() -> AnyView {
    view! {
        <p>{text::FACTOR_OFF}</p>
        <p class="hint">{text::SECOND_FACTOR_HELP}</p>
        <form class="mt-s" method="post" action=CHANGE data-posts="true">
            <button class="btn" name="do" value="second_factor_begin">{text::FACTOR_BEGIN}</button>
        </form>
    }
    .into_any()
}

fn begun(secret: &str, app_address: &str) -> AnyView {
    let letters: Vec<char> = secret.chars().collect();
    let groups = letters
        .chunks(4)
        .map(|group| group.iter().collect::<String>());
    let key = groups.collect::<Vec<_>>().join(" ");
    view! {
        <p class="ink2">{text::FACTOR_SCAN}</p>
        {qr_code(app_address, text::FACTOR_PICTURE)}
        <dl class="factkey">
            <dt class="label">{text::FACTOR_KEY}</dt>
            <dd><code id="second-factor-key">{key}</code></dd>
        </dl>
        <form class="stack mt" method="post" action=SHOWN_ONCE>
            <div class="field">
                <label for="factor-code">{text::FACTOR_CODE}</label>
                <input class="input" id="factor-code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" required/>
            </div>
            {present_password("on-present")}
            <div class="row"><button class="btn primary" name="do" value="on">{text::FACTOR_CONFIRM}</button></div>
        </form>
        <form class="mt-s" method="post" action=CHANGE data-posts="true">
            <button class="btn" name="do" value="second_factor_off">{text::FACTOR_CANCEL}</button>
        </form>
    }
    .into_any()
}

fn on(recovery_codes: usize) -> AnyView {
    view! {
        <p>{text::FACTOR_ON}" "{text::recovery_codes_left(recovery_codes)}</p>
        <details class="fold mt-s">
            <summary>{small_symbol(Icon::Right)}{text::FACTOR_NEW_CODES}</summary>
            <form class="stack" method="post" action=SHOWN_ONCE>
                <p class="hint">{text::FACTOR_NEW_CODES_HELP}</p>
                {present_password("codes-present")}
                <div class="row"><button class="btn" name="do" value="codes">{text::FACTOR_NEW_CODES_NOW}</button></div>
            </form>
        </details>
        <details class="fold mt-s">
            <summary>{small_symbol(Icon::Right)}{text::FACTOR_TURN_OFF}</summary>
            <form class="stack" method="post" action=CHANGE data-posts="true">
                <p class="hint">{text::FACTOR_TURN_OFF_HELP}</p>
                {present_password("off-present")}
                <div class="row"><button class="btn danger" name="do" value="second_factor_off">{text::FACTOR_TURN_OFF_NOW}</button></div>
            </form>
        </details>
    }
    .into_any()
}
