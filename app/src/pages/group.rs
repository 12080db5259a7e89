//! `/groups/<name or object ID>`: the people of a group.

use leptos::prelude::*;

use super::Written;
use super::entity::{listed_sheet, sheet};
use crate::asked::Asked;
use crate::assemble::entity::address::name_of;
use crate::assemble::entity::groups::{self, page_of};
use crate::assemble::entity::window::Window;
use crate::assemble::moments::Clock;
use crate::components::entity::group::unknown_page;
use crate::components::failure::Failure;
use crate::error::UiError;
use crate::text::{entity, frame, groups as text};
use crate::view::safe_text::{MOST_IN_CELL, shown};

/// The page.
pub async fn written(asked: &Asked, segment: &str) -> Written {
    let word = name_of(segment);
    let window = Window::of(&asked.query);
    let clock = Clock::of_request(&window.query());
    match groups::one(&*asked.backend, &word, &asked.query, &clock).await {
        Ok(Some(directory)) => Written::Sheet(listed_sheet(directory)),
        Ok(None) => {
            let page = unknown_page(&shown(&word, MOST_IN_CELL));
            Written::NotFound(sheet(text::UNKNOWN_TITLE.to_owned(), page))
        }
        Err(error) => {
            let retry = window.address(&page_of(&word).unwrap_or_default(), "");
            let error = UiError::from(error);
            let failure = view! { <Failure title=entity::FAILED_TITLE error=error retry=retry/> };
            Written::Sheet(sheet(frame::GROUPS.to_owned(), failure.into_any()))
        }
    }
}
