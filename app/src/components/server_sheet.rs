//! The sheet of a page that the server writes. The client puts later ones into the same place.

use leptos::html;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

use crate::sheet::Sheet;

/// The page that the address names.
#[component]
pub fn ServerSheet() -> AnyView {
    // The URL of a route's own does not follow from one path of the same route to another.
    let location = use_location();
    let address = Memo::new(move |_| {
        let (path, search) = (location.pathname.get(), location.search.get());
        match search.trim_start_matches('?') {
            "" => path,
            search => format!("{path}?{search}"),
        }
    });
    // The head of the document reads it after the page was written and its signals are gone.
    let title = ArcRwSignal::new(String::new());
    let shown_title = title.clone();
    let main = NodeRef::<html::Main>::new();
    let first = OnceResource::new(first_sheet(address.get_untracked()));
    #[cfg(feature = "hydrate")]
    crate::client::navigation::follow(address, main, title.clone());
    let shown = move || {
        let title = title.clone();
        Suspend::new(async move {
            let sheet = first.await;
            title.set(sheet.title);
            view! {
                <main
                    class=sheet.class
                    id="main"
                    tabindex="-1"
                    data-address=sheet.address
                    node_ref=main
                    inner_html=sheet.markup
                ></main>
            }
        })
    };
    view! {
        <Title text=move || shown_title.get()/>
        <Suspense>{shown}</Suspense>
    }
    .into_any()
}

/// The sheet of the first address, written here and now.
#[cfg(feature = "ssr")]
async fn first_sheet(address: String) -> Sheet {
    use crate::pages::Written;

    let response = use_context::<leptos_axum::ResponseOptions>();
    let Ok(asked) = crate::asked::Asked::of(&address) else {
        return Sheet::default();
    };
    match crate::pages::written(&asked).await {
        Written::Sheet(sheet) => sheet,
        Written::NotFound(sheet) => {
            if let Some(response) = response {
                response.set_status(http::StatusCode::NOT_FOUND);
            }
            sheet
        }
        Written::Forbidden(sheet) => {
            if let Some(response) = response {
                response.set_status(http::StatusCode::FORBIDDEN);
            }
            sheet
        }
        Written::Elsewhere(address) => {
            leptos_axum::redirect(&address);
            Sheet::default()
        }
    }
}

/// The sheet of an address to which the client came from a page that it had made itself.
#[cfg(not(feature = "ssr"))]
async fn first_sheet(address: String) -> Sheet {
    // There is one thread in the browser, and a future of its own need not be sent to another.
    #[cfg(feature = "hydrate")]
    return send_wrapper::SendWrapper::new(crate::client::navigation::first(&address)).await;
    #[cfg(not(feature = "hydrate"))]
    return {
        drop(address);
        Sheet::default()
    };
}
