//! The document around every page.

use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::App;
use crate::assets::ClientAssets;
use crate::context::PageFacts;

/// The whole document: what `leptos_routes` renders for every page. It has no inline scripts and
/// styles of its own; those that Leptos adds carry the nonce of the response.
pub fn shell() -> impl IntoView {
    let assets = use_context::<ClientAssets>().unwrap_or_default();
    let facts = PageFacts::current();
    let rights = facts.rights_text();
    view! {
        <!DOCTYPE html>
        <html lang="en" data-tenant=facts.tenant data-icons=facts.icons data-theme=facts.theme data-density=facts.density data-shortcuts=(!facts.has_shortcuts).then_some("off") data-rights=rights data-account=facts.account>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" type="image/svg+xml" href=assets.favicon/>
                <link rel="stylesheet" href=assets.stylesheet/>
                <link rel="modulepreload" href=assets.script/>
                <link rel="preload" href=assets.wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
                <script type="module" src=assets.start_script></script>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
