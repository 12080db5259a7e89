//! The wall around the page: top bar and side navigation.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

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
                <a class="brand" href="/sign-ins">
                    <svg viewBox="0 0 24 24" fill="none" stroke="var(--accent)" stroke-width="1.75" stroke-linecap="round" aria-hidden="true">
                        <path d="M4 20.5V11a8 8 0 0 1 16 0v9.5"></path>
                        <path d="M8.5 20.5V11.5a3.5 3.5 0 0 1 7 0v9"></path>
                        <path d="M2 20.5h20"></path>
                    </svg>
                    <span>{text::PRODUCT}</span>
                </a>
                <span class="tenant"><span class="sr">{text::TENANT}" "</span><b>{page_facts().tenant}</b></span>
                <span class="spacer"></span>
                <FindField/>
                <span class="spacer"></span>
                <ThemeMenu/>
                <a class="iconbtn" href="/shortcuts" aria-label=text::HELP data-opens-shortcuts="true">{large_symbol(Icon::Help)}</a>
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

/// Links to the pages there are.
#[component]
fn SideNavigation() -> AnyView {
    view! {
        <nav class="sidenav" id="navigation" popover="auto" aria-label=text::NAVIGATION>
            <h2>{text::GROUP_MONITORING}</h2>
            <NavigationLink address="/sign-ins" icon=Icon::SignIns words=text::SIGN_INS/>
            <NavigationLink address="/map" icon=Icon::Globe words=text::MAP/>
            <h2>{text::GROUP_PEOPLE}</h2>
            <NavigationLink address="/users" icon=Icon::Users words=text::USERS/>
            <NavigationLink address="/groups" icon=Icon::Group words=text::GROUPS/>
            <NavigationLink address="/applications" icon=Icon::Apps words=text::APPLICATIONS/>
            <h2>{text::GROUP_DATA}</h2>
            <NavigationLink address="/import" icon=Icon::Import words=text::IMPORT/>
        </nav>
    }
    .into_any()
}

#[component]
fn NavigationLink(address: &'static str, icon: Icon, words: &'static str) -> AnyView {
    let path = use_location().pathname;
    let is_current = move || {
        path.with(|path| path.starts_with(address) || (path == "/" && address == "/sign-ins"))
            .then_some("page")
    };
    view! {
        <a href=address aria-current=is_current title=words>
            {large_symbol(icon)}
            <span class="t">{words}</span>
        </a>
    }
    .into_any()
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
