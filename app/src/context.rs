//! Facts that every page needs, in the browser as on the server.
//!
//! The server writes them as data attributes of `<html>`, where the client reads them before it takes
//! over: both sides show the same from the first moment.

use leptos::prelude::*;
use model::access::Right;

/// Facts about the page's surroundings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageFacts {
    /// Name of the tenant, for the top bar.
    pub tenant: String,
    /// Address of the icon sheet.
    pub icons: String,
    /// Chosen theme: `light`, `dark` or `contrast`; `None` follows the system.
    pub theme: Option<String>,
    /// Chosen height of rows: `compact`, `standard` or `roomy`; `None` before anybody chose.
    pub density: Option<String>,
    /// Whether single letters are shortcuts.
    pub has_shortcuts: bool,
    /// What whoever asks may see and do.
    pub rights: Vec<Right>,
    /// What the account of whoever asks is called; `None` where there are no accounts.
    pub account: Option<String>,
}

/// Name of the cookie with the chosen theme, one of [`THEMES`].
pub const THEME_COOKIE: &str = "vestibule_theme";
/// Name of the cookie with the chosen height of rows: `compact`, `standard` or `roomy`.
pub const DENSITY_COOKIE: &str = "vestibule_density";
/// The height of rows before anybody chose.
pub const DEFAULT_DENSITY: &str = "compact";
/// The themes that can be chosen, beside that of the system.
pub const THEMES: [&str; 3] = ["light", "dark", "contrast"];
/// Name of the cookie that says `off` when letters are no shortcuts.
pub const SHORTCUTS_COOKIE: &str = "vestibule_shortcuts";
/// Name of the cookie with the reader's time zone, an IANA name such as `Europe/Oslo`.
pub const TIME_ZONE_COOKIE: &str = "vestibule_time_zone";

impl PageFacts {
    /// The facts of this request, from what the server put into the context.
    #[cfg(feature = "ssr")]
    pub fn current() -> PageFacts {
        let tenant = use_context::<crate::backend::SharedBackend>()
            .map(|backend| backend.tenant_name())
            .unwrap_or_default();
        let viewer = crate::viewer::viewer();
        PageFacts {
            tenant,
            icons: use_context::<crate::assets::ClientAssets>()
                .map(|assets| assets.icons)
                .unwrap_or_default(),
            theme: cookie(THEME_COOKIE).filter(|theme| THEMES.contains(&theme.as_str())),
            density: cookie(DENSITY_COOKIE).filter(|density| is_density(density)),
            has_shortcuts: cookie(SHORTCUTS_COOKIE).as_deref() != Some("off"),
            rights: rights_of(viewer.as_ref()),
            account: viewer
                .filter(|viewer| viewer.account_id.is_some())
                .map(|viewer| viewer.display_name),
        }
    }

    /// The facts that the server wrote into the page.
    #[cfg(not(feature = "ssr"))]
    pub fn current() -> PageFacts {
        let root = document().document_element();
        let read = |name: &str| root.as_ref().and_then(|root| root.get_attribute(name));
        PageFacts {
            tenant: read("data-tenant").unwrap_or_default(),
            icons: read("data-icons").unwrap_or_default(),
            theme: read("data-theme"),
            density: read("data-density"),
            has_shortcuts: read("data-shortcuts").as_deref() != Some("off"),
            rights: read("data-rights")
                .unwrap_or_default()
                .split_whitespace()
                .filter_map(Right::of_id)
                .collect(),
            account: read("data-account"),
        }
    }

    /// The rights as the page has them, for the client.
    pub fn rights_text(&self) -> String {
        let ids: Vec<&str> = self.rights.iter().map(|right| right.id()).collect();
        ids.join(" ")
    }

    /// Whether whoever asks has a right.
    pub fn may(&self, right: Right) -> bool {
        self.rights.contains(&right)
    }
}

#[cfg(feature = "ssr")]
fn rights_of(viewer: Option<&crate::viewer::Viewer>) -> Vec<Right> {
    let may = |right: &Right| viewer.is_some_and(|viewer| viewer.may(*right));
    Right::ALL.into_iter().filter(may).collect()
}

/// Whether a word names a height of rows.
pub fn is_density(word: &str) -> bool {
    let known = crate::text::grid::DENSITIES;
    known.iter().any(|(density, _)| *density == word)
}

/// The facts, from the context of the page.
pub fn page_facts() -> PageFacts {
    use_context::<PageFacts>().unwrap_or_default()
}

/// Scheme and host that a request was sent to, as its browser knows them. The server puts one into every request.
#[cfg(feature = "ssr")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(pub String);

/// Scheme and host of the request that is being answered, as in `http://127.0.0.1:3000`; empty where nobody says.
#[cfg(feature = "ssr")]
pub fn origin() -> String {
    let parts = use_context::<http::request::Parts>();
    let origin = parts.and_then(|parts| parts.extensions.get::<Origin>().cloned());
    origin.map(|Origin(origin)| origin).unwrap_or_default()
}

/// Whether the client asks, for something to put into the page that it shows.
#[cfg(feature = "ssr")]
pub fn is_for_client() -> bool {
    use_context::<http::request::Parts>()
        .is_some_and(|parts| parts.uri.path().starts_with(crate::sheet::CLIENT_PATH))
}

/// Value of a cookie of the request that is being answered.
#[cfg(feature = "ssr")]
pub fn cookie(name: &str) -> Option<String> {
    cookie_of(&use_context::<http::request::Parts>()?.headers, name)
}

/// Value of a cookie in the headers of a request.
#[cfg(feature = "ssr")]
pub fn cookie_of(headers: &http::HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(http::header::COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| leptos_router::location::Url::unescape(value))
}
