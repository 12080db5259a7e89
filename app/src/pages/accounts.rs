//! `/accounts[?id=…]`: who may come in, and with which roles.

use leptos::prelude::*;
use model::Query;
use model::access::{Right, Role, Roles};

use super::Written;
use crate::asked::Asked;
use crate::assemble::moments::Clock;
use crate::components::frame::Breadcrumb;
use crate::components::outcome::time;
use crate::keeping::{KeptAccount, SharedKeeping};
use crate::sheet::Sheet;
use crate::text::{access, accounts as text, frame, provider};

/// The page itself.
const PATH: &str = "/accounts";
/// Where the forms are sent.
const CHANGE: &str = "/accounts/change";

/// The page.
pub async fn written(asked: &Asked) -> Written {
    let clock = Clock::of_request(&Query::default());
    let accounts = match use_context::<SharedKeeping>() {
        Some(keeping) => keeping.accounts().await,
        None => Ok(Vec::new()),
    };
    let (own, _) = model::query::take_parts(&asked.query, &["id"]);
    let id = own.first().map(|(_, id)| id.clone());
    let content = match accounts {
        Ok(accounts) => {
            let one = accounts
                .iter()
                .find(|account| Some(&account.id) == id.as_ref());
            view! {
                {one.map(change)}
                {list(&accounts, &clock)}
                {add()}
                {table()}
            }
            .into_any()
        }
        Err(error) => {
            view! { <p class="banner bad inset" role="alert"><span>{error.message}</span></p> }
                .into_any()
        }
    };
    let markup = view! {
        <Breadcrumb group=frame::GROUP_ACCESS page=frame::ACCOUNTS/>
        <div class="page narrow"><p class="lede">{text::LEDE}</p>{content}</div>
    };
    Written::Sheet(Sheet {
        title: frame::ACCOUNTS.to_owned(),
        address: None,
        class: "sheet scroll".to_owned(),
        markup: markup.to_html(),
    })
}

fn labels(roles: &Roles) -> String {
    let labels: Vec<&str> = roles.each().map(Role::label).collect();
    labels.join(", ")
}

fn list(accounts: &[KeptAccount], clock: &Clock) -> AnyView {
    let lines = accounts.iter().map(|account| {
        let name = account.display_name.clone();
        let address = format!("{PATH}?id={}", account.id);
        let disabled = account
            .is_disabled
            .then(|| view! { " "<span class="tag">{text::DISABLED}</span> });
        let of_provider = account
            .issuer
            .is_some()
            .then(|| view! { " "<span class="tag">{provider::TAG}</span> });
        let person = account.user_principal_name.clone();
        let person = person.or_else(|| account.object_id.clone()).unwrap_or_default();
        let signed_in = match account.signed_in {
            Some(moment) => time(clock.in_pane(moment)),
            None => text::NEVER.into_any(),
        };
        view! {
            <tr>
                <th scope="row"><a href=address aria-label=text::change(&name) dir="auto">{name.clone()}</a>{of_provider}{disabled}</th>
                <td dir="auto">{account.username.clone()}</td>
                <td>{labels(&account.roles)}</td>
                <td class="ink2" dir="auto">{person}</td>
                <td>{signed_in}</td>
            </tr>
        }
    });
    view! {
        <section class="panel flush mt">
            <div class="scroll-x" tabindex="0" role="region" aria-label=frame::ACCOUNTS>
                <table class="table" id="accounts">
                    <thead>
                        <tr>
                            <th scope="col">{text::NAME}</th>
                            <th scope="col">{text::USERNAME}</th>
                            <th scope="col">{text::ROLES}</th>
                            <th scope="col">{text::PERSON}</th>
                            <th scope="col">{text::SIGNED_IN}</th>
                        </tr>
                    </thead>
                    <tbody>{lines.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// A check box for each role.
fn role_choice(chosen: &Roles, prefix: &'static str) -> AnyView {
    let boxes = Role::ALL.map(|role| {
        let id = format!("{prefix}-{}", role.id());
        let is_chosen = chosen.each().any(|has| has == role);
        view! {
            <label class="check">
                <input type="checkbox" class="cb" id=id name="role" value=role.id() checked=is_chosen/>
                <span>{role.label()}</span>
            </label>
        }
    });
    view! {
        <fieldset class="field">
            <legend class="label">{text::ROLES}</legend>
            {boxes.into_iter().collect_view()}
        </fieldset>
    }
    .into_any()
}

/// The account that the address names.
fn change(account: &KeptAccount) -> AnyView {
    let id = || view! { <input type="hidden" name="id" value=account.id.clone()/> };
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
                <a class="btn small" href=PATH>{text::CLOSE}</a>
            </header>
            {by_hand}
            <form class="row mt" method="post" action=CHANGE data-posts="true">
                {id()}
                <button class="btn" name="do" value=other>{words}</button>
            </form>
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

/// What administrators change of an account by hand: its roles and its password.
fn by_hand(account: &KeptAccount) -> AnyView {
    let id = || view! { <input type="hidden" name="id" value=account.id.clone()/> };
    view! {
        <form class="stack mt-s" method="post" action=CHANGE data-posts="true">
            {id()}
            {role_choice(&account.roles, "has")}
            <div class="row"><button class="btn primary" name="do" value="roles">{text::SAVE_ROLES}</button></div>
        </form>
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

fn add() -> AnyView {
    let field = |name: &'static str, label: &'static str, kind: &'static str, is_needed: bool| {
        view! {
            <div class="field">
                <label for=format!("add-{name}")>{label}</label>
                <input class="input" id=format!("add-{name}") name=name type=kind autocomplete="off" required=is_needed/>
            </div>
        }
    };
    view! {
        <section class="panel mt">
            <header><h2>{text::ADD}</h2></header>
            <form class="stack" method="post" action=CHANGE data-posts="true">
                {field("display_name", text::NAME, "text", true)}
                {field("username", text::USERNAME, "text", true)}
                <div class="field">
                    <label for="add-password">{text::PASSWORD}</label>
                    <input class="input" id="add-password" name="password" type="password" autocomplete="new-password" required aria-describedby="add-help"/>
                    <p class="hint" id="add-help">{text::PASSWORD_HELP}</p>
                </div>
                {role_choice(&Roles::of([Role::User]), "add")}
                {field("user_principal_name", text::USER_PRINCIPAL_NAME, "text", false)}
                {field("object_id", text::OBJECT_ID, "text", false)}
                <p class="hint">{text::PERSON_HELP}</p>
                <div class="row"><button class="btn primary" name="do" value="add">{text::ADD_BUTTON}</button></div>
            </form>
        </section>
    }
    .into_any()
}

/// Which role may what, as the program has it.
fn table() -> AnyView {
    let heads = Role::ALL.map(|role| view! { <th scope="col">{role.label()}</th> });
    let lines = Right::IN_FORCE.map(|right| {
        let cells = Role::ALL.map(|role| {
            let words = match Roles::of([role]).may(right) {
                true => text::YES,
                false => text::NO,
            };
            view! { <td>{words}</td> }
        });
        view! {
            <tr>
                <th scope="row">{text::heading(access::purpose(right))}</th>
                {cells.into_iter().collect_view()}
            </tr>
        }
    });
    view! {
        <section class="panel flush mt">
            <header><h2>{text::TABLE}</h2></header>
            <div class="scroll-x" tabindex="0" role="region" aria-label=text::TABLE>
                <table class="table" id="rights">
                    <thead><tr><td></td>{heads.into_iter().collect_view()}</tr></thead>
                    <tbody>{lines.into_iter().collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
