//! `/accounts[?find=…&page=…&id=…]`: who may come in, and with which roles.

mod change;
mod list;

use leptos::prelude::*;
use model::Query;
use model::access::{Right, Role, Roles};

use super::Written;
use crate::asked::Asked;
use crate::assemble::moments::Clock;
use crate::components::plain_page::{PlainPage, plain_page};
use crate::keeping::{AccountsAsk, KeptAccounts, SharedKeeping};
use crate::text::{access, accounts as text, frame};

/// The page itself.
const PATH: &str = "/accounts";
/// Where the forms are sent.
const CHANGE: &str = "/accounts/change";
/// Accounts of one page.
const LINES: usize = 50;

const PAGE: PlainPage = PlainPage {
    group: frame::GROUP_ACCESS,
    title: frame::ACCOUNTS,
    lede: Some(text::LEDE),
    is_narrow: true,
};

/// What the address says: what is looked for, which page of it, and which account is open.
struct Place {
    find: String,
    page: usize,
    id: Option<String>,
}

impl Place {
    fn of(query: &str) -> Place {
        let (own, _) = model::query::take_parts(query, &["find", "page", "id"]);
        let part = |name: &str| {
            let mut parts = own.iter();
            let found = parts.find(|(part, _)| part == name);
            found.map(|(_, value)| value.clone())
        };
        let page = part("page").and_then(|page| page.parse().ok());
        Place {
            find: part("find").unwrap_or_default(),
            page: page.unwrap_or(1).max(1),
            id: part("id"),
        }
    }

    /// The address of another page of the same, with an account open.
    fn address(&self, page: usize, id: Option<&str>) -> String {
        let escape = leptos_router::location::Url::escape;
        let mut parts = Vec::new();
        if !self.find.is_empty() {
            parts.push(format!("find={}", escape(&self.find)));
        }
        if page > 1 {
            parts.push(format!("page={page}"));
        }
        if let Some(id) = id {
            parts.push(format!("id={}", escape(id)));
        }
        match parts.is_empty() {
            true => PATH.to_owned(),
            false => format!("{PATH}?{}", parts.join("&")),
        }
    }
}

/// The page.
pub async fn written(asked: &Asked) -> Written {
    let clock = Clock::of_request(&Query::default());
    let place = Place::of(&asked.query);
    let ask = AccountsAsk {
        find: place.find.clone(),
        skip: (place.page - 1).saturating_mul(LINES),
        limit: LINES,
        id: place.id.clone(),
    };
    let accounts = match use_context::<SharedKeeping>() {
        Some(keeping) => keeping.accounts(ask).await,
        None => Ok(KeptAccounts::default()),
    };
    let content = accounts.map(|accounts| {
        view! {
            {accounts.one.as_ref().map(|account| change::change(account, &place))}
            {list::list(&accounts, &place, &clock)}
            {add()}
            {table()}
        }
        .into_any()
    });
    plain_page(PAGE, content)
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
    let lines = Right::ALL.map(|right| {
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
