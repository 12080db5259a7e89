//! `/account`: whose account it is, what it may, how it is signed in to and where it is, and its tokens.

mod second_factor;
mod sessions;
mod tokens;

use leptos::prelude::*;
use model::Query;
use model::access::{Right, Role};

use super::Written;
use crate::asked::Asked;
use crate::assemble::moments::Clock;
use crate::components::plain_page::{PlainPage, or_banner, plain_page};
use crate::keeping::SharedKeeping;
use crate::text::{access, account as text, frame, provider};
use crate::viewer::Viewer;

const PAGE: PlainPage = PlainPage {
    group: frame::GROUP_YOU,
    title: frame::ACCOUNT,
    lede: None,
    is_narrow: true,
};
/// Where the forms are sent.
const CHANGE: &str = "/account/change";

/// The page.
pub async fn written(asked: &Asked) -> Written {
    let clock = Clock::of_request(&Query::default());
    let content = match &asked.viewer.account_id {
        None => view! { <p class="banner inset"><span>{text::NO_ACCOUNTS}</span></p> }.into_any(),
        Some(id) => of_account(id, &asked.viewer, &clock).await,
    };
    plain_page(PAGE, Ok(content))
}

async fn of_account(id: &str, viewer: &Viewer, clock: &Clock) -> AnyView {
    let (sessions, factor, tokens) = match use_context::<SharedKeeping>() {
        Some(keeping) => (
            keeping.sessions(id.to_owned()).await,
            keeping.second_factor(id.to_owned()).await,
            keeping.tokens(id.to_owned()).await,
        ),
        None => (Ok(Vec::new()), Ok(None), Ok(Vec::new())),
    };
    let has_password = !matches!(factor, Ok(None));
    let factor = factor.map(|factor| factor.map(second_factor::section));
    let wanted = viewer
        .lacks_second_factor
        .then(|| view! { <p class="banner inset mb" role="status"><span>{text::FACTOR_WANTED}</span></p> });
    view! {
        {wanted}
        {who(viewer)}
        {or_banner(factor.map(|section| section.into_any()))}
        {or_banner(sessions.map(|sessions| sessions::listed(sessions, viewer, clock)))}
        {or_banner(tokens.map(|tokens| tokens::section(tokens, viewer, clock)))}
        {has_password.then(password)}
    }
    .into_any()
}

fn who(viewer: &Viewer) -> AnyView {
    let roles: Vec<&str> = viewer.roles.each().map(Role::label).collect();
    let roles = match roles.is_empty() {
        true => text::NO_ROLES.to_owned(),
        false => roles.join(", "),
    };
    let rights = Right::ALL.into_iter().filter(|right| viewer.may(*right));
    let rights = rights.map(|right| view! { <li>{access::purpose(right)}</li> });
    let person = viewer.user_principal_name.clone();
    let person = person.or_else(|| viewer.object_id.clone());
    let person = person.unwrap_or_else(|| text::NO_PERSON.to_owned());
    let issuer = viewer.issuer.clone().map(|issuer| {
        view! {
            <dt>{provider::OWN_PROVIDER}</dt>
            <dd dir="auto">{issuer}<p class="hint">{provider::OWN_ROLES_FROM}</p></dd>
        }
    });
    view! {
        <section class="panel">
            <header><h2>{text::WHO}</h2></header>
            <div class="deflist"><dl>
                <dt>{text::NAME}</dt><dd dir="auto">{viewer.display_name.clone()}</dd>
                <dt>{text::USERNAME}</dt><dd dir="auto">{viewer.username.clone()}</dd>
                <dt>{text::ROLES}</dt><dd>{roles}</dd>
                <dt>{text::MAY}</dt><dd><ul class="plain">{rights.collect_view()}</ul></dd>
                <dt>{text::PERSON}</dt><dd dir="auto">{person}</dd>
                {issuer}
            </dl></div>
        </section>
    }
    .into_any()
}

/// The field for the password that somebody has.
fn present_password(id: &'static str) -> AnyView {
    view! {
        <div class="field">
            <label for=id>{text::PRESENT_PASSWORD}</label>
            <input class="input" id=id name="present" type="password" autocomplete="current-password" required/>
        </div>
    }
    .into_any()
}

fn password() -> AnyView {
    view! {
        <section class="panel mt">
            <header><h2>{text::CHANGE_PASSWORD}</h2></header>
            <form class="stack" method="post" action=CHANGE data-posts="true">
                {present_password("present")}
                <div class="field">
                    <label for="new">{text::NEW_PASSWORD}</label>
                    <input class="input" id="new" name="new" type="password" autocomplete="new-password" required aria-describedby="new-help"/>
                    <p class="hint" id="new-help">{text::CHANGE_HELP}</p>
                </div>
                <div class="row"><button class="btn" name="do" value="password">{text::CHANGE_PASSWORD}</button></div>
            </form>
        </section>
    }
    .into_any()
}
