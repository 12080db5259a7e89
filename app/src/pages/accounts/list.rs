//! The list of accounts, a page at a time.

use leptos::prelude::*;
use model::access::{Role, Roles};

use super::{LINES, PATH, Place};
use crate::assemble::moments::Clock;
use crate::components::icon::Icon;
use crate::components::outcome::time;
use crate::components::symbol::symbol;
use crate::keeping::{KeptAccount, KeptAccounts};
use crate::text::{accounts as text, frame, provider};

/// The search box, the lines, and the way to other pages.
pub fn list(accounts: &KeptAccounts, place: &Place, clock: &Clock) -> AnyView {
    let table = match accounts.accounts.is_empty() {
        true => view! { <p class="pad ink2">{text::NONE_FOUND}</p> }.into_any(),
        false => table(&accounts.accounts, place, clock),
    };
    view! {
        {search(place)}
        <section class="panel flush">{table}</section>
        {pages(accounts, place)}
    }
    .into_any()
}

fn search(place: &Place) -> AnyView {
    let reset = (!place.find.is_empty())
        .then(|| view! { <a class="linkbtn" href=PATH>{text::RESET_FIND}</a> });
    view! {
        <form class="row wrap mt mb" method="get" action=PATH role="search">
            <label class="input narrowin">
                {symbol(Icon::Search)}
                <input type="search" id="find-account" name="find" value=place.find.clone() placeholder=text::FIND_HINT aria-label=text::FIND_HINT/>
            </label>
            <button class="btn small">{text::FIND}</button>
            {reset}
        </form>
    }
    .into_any()
}

fn pages(accounts: &KeptAccounts, place: &Place) -> AnyView {
    let shown = accounts.accounts.len();
    let skipped = (place.page - 1).saturating_mul(LINES);
    let id = place.id.as_deref();
    let turn = |is_there: bool, page: usize, words: &'static str, id_of: &'static str| {
        is_there.then(|| {
            view! { <a class="btn small" id=id_of href=place.address(page, id)>{words}</a> }
        })
    };
    let has_more = skipped.saturating_add(shown) < accounts.matching;
    view! {
        <nav class="row wrap mt-s" aria-label=text::PAGES>
            {turn(place.page > 1, place.page - 1, text::BEFORE, "before")}
            {turn(has_more && shown > 0, place.page + 1, text::AFTER, "after")}
            <span class="hint">{text::lines(skipped, shown, accounts.matching, accounts.all)}</span>
        </nav>
    }
    .into_any()
}

fn table(accounts: &[KeptAccount], place: &Place, clock: &Clock) -> AnyView {
    let lines = accounts.iter().map(|account| line(account, place, clock));
    let heads = text::COLUMNS.map(|label| view! { <th scope="col">{label}</th> });
    view! {
        <div class="scroll-x" tabindex="0" role="region" aria-label=frame::ACCOUNTS>
            <table class="table" id="accounts">
                <thead><tr>{heads.into_iter().collect_view()}</tr></thead>
                <tbody>{lines.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn line(account: &KeptAccount, place: &Place, clock: &Clock) -> AnyView {
    let name = account.display_name.clone();
    let address = place.address(place.page, Some(&account.id));
    let disabled = account
        .is_disabled
        .then(|| view! { " "<span class="tag">{text::DISABLED}</span> });
    let of_provider = account
        .issuer
        .is_some()
        .then(|| view! { " "<span class="tag">{provider::TAG}</span> });
    let person = account.user_principal_name.clone();
    let person = person
        .or_else(|| account.object_id.clone())
        .unwrap_or_default();
    let factor = if account.has_second_factor {
        text::YES
    } else {
        text::NO
    };
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
            <td>{factor}</td>
            <td>{account.tokens}</td>
            <td>{signed_in}</td>
        </tr>
    }
    .into_any()
}

/// The roles in words.
pub fn labels(roles: &Roles) -> String {
    let labels: Vec<&str> = roles.each().map(Role::label).collect();
    labels.join(", ")
}
