//! `/import` and `/import/<number>`: bringing files in, and what came of them.

use std::time::Duration;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use crate::components::bring_lists_in::BringListsIn;
use crate::components::failure::Failure;
use crate::components::file_list::ImportPanel;
use crate::components::frame::Breadcrumb;
use crate::components::upload::DropZone;
use crate::error::UiError;
use crate::server_fns::import::{import_status, imports};
use crate::text;
use crate::view::import::ImportView;

/// Time between two looks at an import under way.
const LOOK_AGAIN: Duration = Duration::from_millis(300);

/// What without scripts looks again; a constant of ours, no text from a log.
const LOOK_AGAIN_WITHOUT_SCRIPTS: &str = r#"<meta http-equiv="refresh" content="1">"#;

/// The drop zone, the import of the address, and the others since the server started.
#[component]
pub fn ImportPage() -> AnyView {
    let parameters = use_params_map();
    let id = Memo::new(move |_| parameters.with(|parameters| parameters.get("id")));
    let answer = Resource::new(
        move || id.get(),
        async |id| match id {
            None => (None, imports().await),
            Some(id) => (Some(one(&id).await), Ok(Vec::new())),
        },
    );
    let content = move || {
        Suspend::new(async move {
            let (chosen, listed) = answer.await;
            view! {
                {chosen.map(|chosen| chosen_import(chosen, answer))}
                {list(listed)}
            }
        })
    };
    view! {
        <Title text=text::frame::IMPORT/>
        <main class="sheet scroll" id="main" tabindex="-1">
            <Breadcrumb group=text::frame::GROUP_DATA page=text::frame::IMPORT/>
            <div class="page narrow">
                <p class="lede">{text::import::LEDE}</p>
                <DropZone/>
                <Transition>{content}</Transition>
                <BringListsIn has_link=true/>
            </div>
        </main>
    }
    .into_any()
}

/// One import by the number in the address.
async fn one(id: &str) -> Result<Option<ImportView>, UiError> {
    match id.parse() {
        Ok(id) => import_status(id).await,
        Err(_) => Ok(None),
    }
}

/// What the address asks for, and what the page lists.
type Answer = (
    Option<Result<Option<ImportView>, UiError>>,
    Result<Vec<ImportView>, UiError>,
);

fn chosen_import(chosen: Result<Option<ImportView>, UiError>, answer: Resource<Answer>) -> AnyView {
    match chosen {
        Ok(Some(import)) => {
            let under_way = import.is_under_way();
            view! {
                {under_way.then(|| view! { <LookAgain answer=answer/> })}
                <ImportPanel import=import title=text::import::THIS_IMPORT/>
            }
            .into_any()
        }
        Ok(None) => {
            #[cfg(feature = "ssr")]
            if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
                response.set_status(http::StatusCode::NOT_FOUND);
            }
            view! { <p class="banner inset mt"><span>{text::import::UNKNOWN}</span></p> }.into_any()
        }
        Err(error) => {
            view! { <Failure title=text::import::LIST_FAILED error=error retry="/import"/> }
                .into_any()
        }
    }
}

/// Asks again after a while: by a timer of the client, or by the browser without scripts.
#[component]
fn LookAgain(answer: Resource<Answer>) -> AnyView {
    Effect::new(move || {
        let timer = set_timeout_with_handle(move || answer.refetch(), LOOK_AGAIN);
        on_cleanup(move || {
            if let Ok(timer) = timer {
                timer.clear();
            }
        });
    });
    view! { <noscript inner_html=LOOK_AGAIN_WITHOUT_SCRIPTS></noscript> }.into_any()
}

fn list(listed: Result<Vec<ImportView>, UiError>) -> AnyView {
    match listed {
        Ok(listed) => listed
            .into_iter()
            .map(|import| {
                let title = text::import::import_number(import.id);
                view! { <ImportPanel import=import title=title/> }
            })
            .collect_view()
            .into_any(),
        Err(error) => {
            view! { <Failure title=text::import::LIST_FAILED error=error retry="/import"/> }
                .into_any()
        }
    }
}
