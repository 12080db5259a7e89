//! What can be changed of an account.

use leptos::prelude::*;
use model::access::Roles;

use super::list::labels;
use super::{CHANGE, Place, role_choice};
use crate::keeping::KeptAccount;
use crate::text::{accounts as text, provider};

/// The account that the address names.
pub fn change(account: &KeptAccount, place: &Place) -> AnyView {
    let id = || view! { <input type="hidden" name="id" value=account.id.clone()/> };
    let close = place.address(place.page, None);
    let (other, words) = match account.is_disabled {
        true => ("enable", text::ENABLE),
        false => ("disable", text::DISABLE),
    };
    let by_hand = match &account.issuer {
        Some(issuer) => said_by(issuer, &account.roles),
        None => by_hand(account),
    };
    view! {
        <section class="panel" id="account" aria-label=text::change(&account.display_name)>
            <header class="row">
                <h2 dir="auto">{account.display_name.clone()}</h2>
                <span class="grow"></span>
                <a class="btn small" href=close>{text::CLOSE}</a>
            </header>
            {by_hand}
            <form class="row mt" method="post" action=CHANGE data-posts="true">
                {id()}
                <button class="btn" name="do" value=other>{words}</button>
            </form>
            {account.has_second_factor.then(|| view! {
                <details class="mt">
                    <summary>{text::FACTOR_OFF}</summary>
                    <form class="stack" method="post" action=CHANGE data-posts="true">
                        {id()}
                        <p class="hint">{text::FACTOR_OFF_HELP}</p>
                        <div class="row"><button class="btn danger" name="do" value="second_factor_off">{text::FACTOR_OFF_NOW}</button></div>
                    </form>
                </details>
            })}
            <details class="mt">
                <summary>{text::REMOVE}</summary>
                <form class="stack" method="post" action=CHANGE data-posts="true">
                    {id()}
                    <p class="hint">{text::REMOVE_HELP}</p>
                    <div class="row"><button class="btn danger" name="do" value="remove">{text::REMOVE_NOW}</button></div>
                </form>
            </details>
        </section>
    }
    .into_any()
}

/// What administrators change of an account by hand: its roles, its person and its password.
fn by_hand(account: &KeptAccount) -> AnyView {
    let id = || view! { <input type="hidden" name="id" value=account.id.clone()/> };
    view! {
        <form class="stack mt-s" method="post" action=CHANGE data-posts="true">
            {id()}
            {role_choice(&account.roles, "has")}
            <div class="row"><button class="btn primary" name="do" value="roles">{text::SAVE_ROLES}</button></div>
        </form>
        {person(account)}
        <form class="stack mt" method="post" action=CHANGE data-posts="true">
            {id()}
            <div class="field">
                <label for="other-password">{text::OTHER_PASSWORD}</label>
                <input class="input" id="other-password" name="password" type="password" autocomplete="new-password" required aria-describedby="other-help"/>
                <p class="hint" id="other-help">{text::SET_PASSWORD_HELP}</p>
            </div>
            <div class="row"><button class="btn" name="do" value="password">{text::SET_PASSWORD}</button></div>
        </form>
    }
    .into_any()
}

/// What the provider says of an account, and where.
fn said_by(issuer: &str, roles: &Roles) -> AnyView {
    view! {
        <div class="deflist mt-s"><dl>
            <dt>{provider::PROVIDER}</dt><dd dir="auto">{issuer.to_owned()}</dd>
            <dt>{text::ROLES}</dt><dd>{labels(roles)}</dd>
        </dl></div>
        <p class="hint">{provider::ROLES_FROM}</p>
    }
    .into_any()
}

/// What it is called, and whose sign-ins are its own.
fn person(account: &KeptAccount) -> AnyView {
    let field = |name: &'static str, label: &'static str, value: &str| {
        let id = format!("has-{name}");
        view! {
            <div class="field">
                <label for=id.clone()>{label}</label>
                <input class="input" id=id name=name type="text" autocomplete="off" value=value.to_owned()/>
            </div>
        }
    };
    let principal = account.user_principal_name.as_deref().unwrap_or_default();
    let object_id = account.object_id.as_deref().unwrap_or_default();
    view! {
        <form class="stack mt" method="post" action=CHANGE data-posts="true">
            <input type="hidden" name="id" value=account.id.clone()/>
            {field("display_name", text::NAME, &account.display_name)}
            {field("user_principal_name", text::USER_PRINCIPAL_NAME, principal)}
            {field("object_id", text::OBJECT_ID, object_id)}
            <p class="hint">{text::PERSON_HELP}</p>
            <div class="row"><button class="btn" name="do" value="person">{text::SAVE_PERSON}</button></div>
        </form>
    }
    .into_any()
}
