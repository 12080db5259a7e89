//! What the pages about one user, one address and one application have in common.

use leptos::prelude::*;

use super::Written;
use crate::asked::Asked;
use crate::assemble::entity::address::{name_of, page_of};
use crate::assemble::entity::directory::{DirectoryAsk, directory};
use crate::assemble::entity::page;
use crate::assemble::entity::window::Window;
use crate::assemble::moments::Clock;
use crate::components::entity::directory::directory_page;
use crate::components::entity::page::{entity_page, namesakes_page, unknown_page};
use crate::components::failure::Failure;
use crate::error::UiError;
use crate::sheet::Sheet;
use crate::text::entity as text;
use crate::view::entity::{Directory, Found, Kind, Listed};
use crate::view::safe_text::{MOST_IN_CELL, shown};

/// The page about what has this name; `segment` is the part of the path, unescaped.
pub async fn one(asked: &Asked, kind: Kind, segment: &str) -> Written {
    let name = name_of(segment);
    let window = Window::of(&asked.query);
    let clock = Clock::of_request(&window.query());
    match page::found(&*asked.backend, kind, &name, window, &clock).await {
        Ok(Found::Entity(entity)) => {
            let title = format!("{} · {}", entity.name, text::list(kind));
            Written::Sheet(sheet(title, entity_page(*entity)))
        }
        Ok(Found::Namesakes(namesakes)) => {
            let title = text::namesakes(namesakes.all, &namesakes.name);
            Written::Sheet(sheet(title, namesakes_page(namesakes)))
        }
        Ok(Found::Nothing) => {
            let page = unknown_page(kind, &shown(&name, MOST_IN_CELL));
            Written::NotFound(sheet(text::UNKNOWN_TITLE.to_owned(), page))
        }
        Err(error) => {
            let path = page_of(kind, &name).unwrap_or_default();
            let retry = window.address(&path, "");
            let error = UiError::from(error);
            let failure = view! { <Failure title=text::FAILED_TITLE error=error retry=retry/> };
            Written::Sheet(sheet(text::list(kind).to_owned(), failure.into_any()))
        }
    }
}

/// The list of all there are.
pub async fn all(asked: &Asked, listed: Listed) -> Directory {
    let ask = DirectoryAsk::of(listed, &asked.query);
    let clock = Clock::of_request(&Window::of(&asked.query).query());
    directory(&*asked.backend, &ask, &clock).await
}

/// The page with a list.
pub fn listed_sheet(directory: Directory) -> Sheet {
    let list = text::listed(&directory.listed);
    let title = match &directory.group {
        Some(group) => format!("{} · {}", group.name, crate::text::frame::GROUPS),
        None => list.to_owned(),
    };
    sheet(title, directory_page(directory))
}

/// A page that scrolls.
pub fn sheet(title: String, content: AnyView) -> Sheet {
    Sheet {
        title,
        address: None,
        class: "sheet scroll".to_owned(),
        markup: content.to_html(),
    }
}
