//! The application: its pages and their addresses.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::SsrMode;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

use crate::components::frame::Frame;
use crate::components::server_sheet::ServerSheet;
use crate::context::PageFacts;
use crate::pages::import::ImportPage;
use crate::text;

/// The frame with the page that the address names. Pages come whole, not in pieces, so that they work
/// without scripts.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(PageFacts::current());
    view! {
        <Title formatter=text::frame::document_title/>
        <Router>
            <Frame>
                <Client/>
                <FlatRoutes fallback=ServerSheet>
                    <Route path=path!("/import") view=ImportPage ssr=SsrMode::Async/>
                    <Route path=path!("/import/:id") view=ImportPage ssr=SsrMode::Async/>
                    <Route path=path!("/*any") view=ServerSheet ssr=SsrMode::Async/>
                </FlatRoutes>
            </Frame>
        </Router>
    }
}

/// Whether the page of an address is one of those that run in the browser too; the server alone writes the others.
pub fn lives_in_browser(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path == "/import" || path.starts_with("/import/")
}

/// Starts what the client does with pages that the server wrote, once it has taken over.
#[component]
fn Client() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    {
        crate::client::navigation::install();
        Effect::new(|_| crate::client::install());
    }
}

#[cfg(test)]
mod tests {
    use super::lives_in_browser;

    #[test]
    fn a_place_on_a_page_is_that_page() {
        for address in ["/import", "/import?x=1", "/import#lists", "/import/7#end"] {
            assert!(lives_in_browser(address), "{address}");
        }
        for address in ["/imports", "/sign-ins?f=/import", "/sign-ins#/import"] {
            assert!(!lives_in_browser(address), "{address}");
        }
    }
}
