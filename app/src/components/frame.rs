//! The wall around the page: top bar and side navigation.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::access::Right;

use super::icon::Icon;
use super::symbol::{large_symbol, symbol};
use crate::context::{DEFAULT_DENSITY, page_facts};
use crate::text::frame as text;

/// Top bar, side navigation, and the page between them.
#[component]
pub fn Frame(children: Children) -> AnyView {
    let density = page_facts()
        .density
        .unwrap_or_else(|| DEFAULT_DENSITY.to_owned());
    view! {
        <div class="app" data-density=density>
            <a class="skip" href="#main" rel="external">{text::SKIP}</a>
            <header class="topbar">
                <button class="iconbtn navbtn" type="button" popovertarget="navigation" aria-label=text::MENU>
                    {large_symbol(Icon::Menu)}
                </button>
                <a class="brand" href="/sign-ins" aria-label=text::PRODUCT>
                    <svg viewBox="0 0 24 24" fill="none" stroke="var(--accent)" stroke-width="1.75" stroke-linecap="round" aria-hidden="true">
                        <path d="M4 20.5V11a8 8 0 0 1 16 0v9.5"></path>
                        <path d="M8.5 20.5V11.5a3.5 3.5 0 0 1 7 0v9"></path>
                        <path d="M2 20.5h20"></path>
                    </svg>
                    <span>{text::PRODUCT}</span>
                </a>
                <span class="tenant"><span class="sr">{text::TENANT}" "</span><b>{page_facts().tenant}</b></span>
                <span class="spacer"></span>
                {page_facts().may(Right::SignIns).then(|| view! { <FindField/> })}
                <span class="spacer"></span>
                <ThemeMenu/>
                <a class="iconbtn" href="/shortcuts" aria-label=text::HELP data-opens-shortcuts="true">{large_symbol(Icon::Help)}</a>
                {page_facts().account.map(|account| view! { <AccountMenu account=account/> })}
            </header>
            <SideNavigation/>
            {children()}
            <p class="sr" id="said" role="status"></p>
            <div class="toasts" id="toasts" aria-live="polite"></div>
        </div>
    }
    .into_any()
}

/// The field that looks for anything in all kinds of sign-in of the last month. It never changes, so that the
/// client need not know what is in it.
#[component]
fn FindField() -> AnyView {
    view! {
        <form class="find" method="get" action="/sign-ins" role="search" aria-label=text::FIND inner_html=find_markup()></form>
    }
    .into_any()
}

#[cfg(feature = "ssr")]
fn find_markup() -> String {
    let fields = view! {
        {symbol(Icon::Search)}
        <input type="hidden" name="tab" value="all"/>
        <input type="hidden" name="noise" value="workloads"/>
        <input type="hidden" name="range" value="1mo"/>
        <input type="search" id="find" name="q" placeholder=text::FIND aria-label=text::FIND autocomplete="off"/>
        <kbd class="script-only" aria-hidden="true">{text::FIND_KEYS}</kbd>
    };
    fields.to_html()
}

#[cfg(not(feature = "ssr"))]
fn find_markup() -> String {
    String::new()
}

/// The choice of theme: a form that the server answers with a cookie and the same page.
#[component]
fn ThemeMenu() -> AnyView {
    let chosen = page_facts().theme.unwrap_or_else(|| "system".to_owned());
    let choices = text::THEMES.map(|(value, words)| {
        let is_chosen = (value == chosen).then_some("true");
        view! {
            <button name="theme" value=value aria-current=is_chosen>{words}</button>
        }
    });
    view! {
        <div class="anchor">
            <button class="iconbtn" type="button" popovertarget="theme-menu" aria-haspopup="menu" aria-label=text::THEME>
                {large_symbol(Icon::Theme)}
            </button>
            <form class="popover menu" id="theme-menu" popover="auto" method="post" action="/preferences/theme">
                {choices.into_iter().collect_view()}
            </form>
        </div>
    }
    .into_any()
}

/// Whose account it is, and the way out.
#[component]
fn AccountMenu(
    /// What the account is called.
    account: String,
) -> AnyView {
    let initials = initials(&account);
    view! {
        <div class="anchor">
            <button class="iconbtn" type="button" popovertarget="account-menu" aria-haspopup="menu" aria-label=text::account(&account)>
                <span class="avatar">{initials}</span>
            </button>
            <form class="popover menu" id="account-menu" popover="auto" method="post" action="/sign-out">
                <a href="/account">{text::ACCOUNT}</a>
                <button>{text::SIGN_OUT}</button>
            </form>
        </div>
    }
    .into_any()
}

/// The first letters of the first and the last word of a name.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().map(|word| word.chars().next());
    let first = words.next().flatten();
    let last = words.next_back().flatten();
    let letters = first.into_iter().chain(last);
    letters.flat_map(char::to_uppercase).collect()
}

/// Links to the pages there are for whoever asks.
#[component]
fn SideNavigation() -> AnyView {
    let facts = page_facts();
    let policies = facts.may(Right::ConditionalAccess);
    let reports = facts.may(Right::PersonReports) && facts.account.is_some();
    let monitoring = facts.may(Right::SignIns).then(|| {
        view! {
            <h2>{text::GROUP_MONITORING}</h2>
            <NavigationLink address="/overview" icon=Icon::Overview words=text::OVERVIEW/>
            <NavigationLink address="/sign-ins" icon=Icon::SignIns words=text::SIGN_INS/>
            <NavigationLink address="/map" icon=Icon::Globe words=text::MAP/>
            {reports.then(|| view! { <NavigationLink address="/person-reports" icon=Icon::Bell words=text::PERSON_REPORTS/> })}
            <h2>{text::GROUP_INSIGHTS}</h2>
            <NavigationLink address="/insights/applications" icon=Icon::Chart words=text::APPLICATION_ACTIVITY/>
            <NavigationLink address="/insights/authentication-methods" icon=Icon::Key words=text::AUTHENTICATION_METHODS/>
            {policies.then(|| view! { <NavigationLink address="/insights/policies" icon=Icon::Shield words=text::POLICY_RESULTS/> })}
            <NavigationLink address="/insights/adfs-applications" icon=Icon::Window words=text::ADFS_ACTIVITY/>
            <NavigationLink address="/insights/service-principals" icon=Icon::Workload words=text::SERVICE_ACTIVITY/>
            <NavigationLink address="/insights/credentials" icon=Icon::Lock words=text::CREDENTIAL_ACTIVITY/>
            <h2>{text::GROUP_PEOPLE}</h2>
            <NavigationLink address="/users" icon=Icon::Users words=text::USERS/>
            <NavigationLink address="/groups" icon=Icon::Group words=text::GROUPS/>
            <NavigationLink address="/applications" icon=Icon::Apps words=text::APPLICATIONS/>
            <h2>{text::GROUP_REFERENCE}</h2>
            <NavigationLink address="/errors" icon=Icon::Book words=text::ERRORS/>
        }
    });
    let import = facts.may(Right::Import).then(|| {
        view! {
            <h2>{text::GROUP_DATA}</h2>
            <NavigationLink address="/import" icon=Icon::Import words=text::IMPORT/>
        }
    });
    let has_account = facts.account.is_some();
    let (manages, audits) = (facts.may(Right::Accounts), facts.may(Right::AccessAudit));
    let access = (has_account && (manages || audits)).then(|| {
        view! {
            <h2>{text::GROUP_ACCESS}</h2>
            {manages.then(|| view! { <NavigationLink address="/accounts" icon=Icon::Key words=text::ACCOUNTS/> })}
            {audits.then(|| view! { <NavigationLink address="/access-audit" icon=Icon::Eye words=text::ACCESS_AUDIT/> })}
        }
    });
    let own = has_account.then(|| {
        let sign_ins = facts.may(Right::OwnSignIns);
        view! {
            <h2>{text::GROUP_YOU}</h2>
            {sign_ins.then(|| view! { <NavigationLink address="/my-sign-ins" icon=Icon::SignIns words=text::MY_SIGN_INS/> })}
            <NavigationLink address="/account" icon=Icon::User words=text::ACCOUNT/>
        }
    });
    view! {
        <nav class="sidenav" id="navigation" popover="auto" aria-label=text::NAVIGATION>
            {monitoring}
            {import}
            {access}
            {own}
        </nav>
    }
    .into_any()
}

#[component]
fn NavigationLink(address: &'static str, icon: Icon, words: &'static str) -> AnyView {
    let path = use_location().pathname;
    let is_current = move || path.with(|path| is_of(path, address)).then_some("page");
    view! {
        <a href=address aria-current=is_current title=words>
            {large_symbol(icon)}
            <span class="t">{words}</span>
        </a>
    }
    .into_any()
}

/// Whether a path is of the page with this address, or of one below it.
fn is_of(path: &str, address: &str) -> bool {
    let below = path.strip_prefix(address);
    below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
        || (path == "/" && address == "/sign-ins")
}

/// The line with the names of the group and of the page.
#[component]
pub fn Breadcrumb(
    /// Group of the navigation.
    group: &'static str,
    /// Title of the page.
    page: &'static str,
    /// What stands beside the title.
    #[prop(optional_no_strip)]
    beside: Option<AnyView>,
    /// What stands at the end of the line.
    #[prop(optional_no_strip)]
    end: Option<AnyView>,
) -> AnyView {
    let end = end.map(|end| view! { <span class="spacer"></span>{end} });
    view! {
        <div class="crumbs">
            <nav aria-label=text::BREADCRUMB>
                <ol>
                    <li>{group}</li>
                    <li><h1>{page}</h1></li>
                </ol>
            </nav>
            {beside}
            {end}
        </div>
    }
    .into_any()
}

/// One command of a command bar, as a link.
pub fn command_link(address: String, icon: Icon, words: &'static str) -> AnyView {
    view! { <a class="cmd" href=address>{symbol(icon)}{words}</a> }.into_any()
}
