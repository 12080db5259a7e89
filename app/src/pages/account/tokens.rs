//! The API tokens of one's own account.

use leptos::prelude::*;
use model::access::Right;

use super::{CHANGE, present_password};
use crate::assemble::moments::Clock;
use crate::components::icon::Icon;
use crate::components::outcome::time;
use crate::components::symbol::{small_symbol, symbol};
use crate::keeping::KeptToken;
use crate::text::{access, account as text, provider};
use crate::viewer::Viewer;

/// Where the form is sent that answers with a token. The client leaves it alone: the answer is a page.
const SHOWN_ONCE: &str = "/account/tokens";

/// The list of tokens, and the form that makes one.
pub fn section(tokens: Vec<KeptToken>, viewer: &Viewer, clock: &Clock) -> AnyView {
    let list = match tokens.is_empty() {
        true => view! { <p class="ink2 mt-s">{text::NO_TOKENS}</p> }.into_any(),
        false => list(tokens, clock),
    };
    view! {
        <section class="panel mt" id="tokens">
            <header><h2>{text::TOKENS}</h2></header>
            <p class="hint">{text::TOKENS_HELP}</p>
            {list}
            {add(viewer)}
        </section>
    }
    .into_any()
}

fn list(tokens: Vec<KeptToken>, clock: &Clock) -> AnyView {
    let lines = tokens.into_iter().map(|token| {
        let scopes: Vec<&str> = token.scopes.iter().map(|right| access::purpose(*right)).collect();
        let used = match token.used {
            Some(moment) => time(clock.in_grid(moment)),
            None => text::NEVER_USED.into_any(),
        };
        let label = text::remove_token(&token.name);
        view! {
            <tr>
                <th scope="row" dir="auto">{token.name}</th>
                <td>{scopes.join(", ")}</td>
                <td>{time(clock.in_grid(token.created))}</td>
                <td>{time(clock.in_grid(token.ends))}</td>
                <td>{used}</td>
                <td>
                    <form method="post" action=CHANGE data-posts="true">
                        <input type="hidden" name="id" value=token.id/>
                        <button class="btn small" name="do" value="token_remove" aria-label=label>{text::TOKEN_REMOVE}</button>
                    </form>
                </td>
            </tr>
        }
    });
    view! {
        <div class="scroll-x" tabindex="0" role="region" aria-label=text::TOKENS>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{text::TOKEN_NAME}</th>
                        <th scope="col">{text::TOKEN_SCOPES}</th>
                        <th scope="col">{text::TOKEN_MADE}</th>
                        <th scope="col">{text::TOKEN_ENDS}</th>
                        <th scope="col">{text::TOKEN_USED}</th>
                        <th scope="col"><span class="sr">{text::ACTIONS}</span></th>
                    </tr>
                </thead>
                <tbody>{lines.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn add(viewer: &Viewer) -> AnyView {
    let rights = Right::FOR_TOKENS.iter().filter(|right| viewer.may(**right));
    let boxes: Vec<AnyView> = rights
        .enumerate()
        .map(|(index, right)| {
            let id = format!("scope-{}", right.id());
            view! {
                <label class="check">
                    <input type="checkbox" class="cb" id=id name="scope" value=right.id() checked={index == 0}/>
                    <span>{access::purpose(*right)}</span>
                </label>
            }
            .into_any()
        })
        .collect();
    if boxes.is_empty() {
        return view! { <p class="hint mt-s">{text::NO_TOKEN_RIGHTS}</p> }.into_any();
    }
    let confirmed_by = match viewer.issuer {
        None => present_password("token-present"),
        Some(_) => view! { <p class="hint">{provider::FRESH_HELP}</p> }.into_any(),
    };
    let days = text::TOKEN_DAYS.map(|(days, words)| {
        view! { <option value=days.to_string() selected={days == text::USUAL_DAYS}>{words}</option> }
    });
    view! {
        <details class="fold mt-s">
            <summary>{small_symbol(Icon::Right)}{text::TOKEN_ADD}</summary>
            <form class="stack" method="post" action=SHOWN_ONCE>
                <div class="field">
                    <label for="token-name">{text::TOKEN_CALLED}</label>
                    <input class="input" id="token-name" name="name" type="text" autocomplete="off" maxlength="80" required/>
                </div>
                <fieldset class="field">
                    <legend class="label">{text::TOKEN_MAY}</legend>
                    {boxes}
                </fieldset>
                <div class="field">
                    <label for="token-days">{text::TOKEN_AFTER}</label>
                    <span class="select">
                        <select id="token-days" name="days">{days.into_iter().collect_view()}</select>
                        {symbol(Icon::Down)}
                    </span>
                </div>
                {confirmed_by}
                <div class="row"><button class="btn primary">{text::TOKEN_ADD_BUTTON}</button></div>
            </form>
        </details>
    }
    .into_any()
}
