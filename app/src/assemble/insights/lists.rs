//! The imported lists: which files they came from, and what came of bringing some in.

use crate::assemble::moments::Clock;
use crate::backend::Backend;
use crate::error::UiError;
use crate::registrations::FileOfRegistrations;
use crate::text::imported_lists as text;
use crate::view::entity::BroughtIn;
use crate::view::registration::{ImportedFile, ListsPage};
use crate::view::safe_text::{MOST_IN_CELL, shown};

/// Where they are listed.
pub const PATH: &str = "/insights/lists";

/// The page; `import` is the number of an import whose outcome is said.
pub async fn page(backend: &dyn Backend, import: Option<u64>, clock: &Clock) -> ListsPage {
    let import = import.and_then(|number| backend.registration_import(number));
    let mut page = ListsPage {
        brought_in: import
            .map(|import| import.files.iter().map(brought_in).collect())
            .unwrap_or_default(),
        ..ListsPage::default()
    };
    match backend.registrations().await {
        Ok(kept) => {
            page.files = kept
                .lists
                .iter()
                .map(|list| ImportedFile {
                    id: list.id.clone(),
                    origin: shown(&list.origin, MOST_IN_CELL),
                    imported: clock.in_grid(list.imported),
                    facts: list.facts,
                })
                .collect();
        }
        Err(error) => page.failure = Some((UiError::from(error), PATH.to_owned())),
    }
    page
}

fn brought_in(file: &FileOfRegistrations) -> BroughtIn {
    let name = shown(&file.name, MOST_IN_CELL);
    let mut notes = Vec::new();
    if file.skipped > 0 {
        notes.push(text::skipped(file.skipped, &file.first_skipped));
    }
    if file.has_more && file.problem.is_none() {
        notes.push(text::HAS_MORE.to_owned());
    }
    match &file.problem {
        Some(problem) => BroughtIn {
            words: text::refused(&name, &shown(problem, MOST_IN_CELL)),
            notes,
            is_refused: true,
        },
        None => BroughtIn {
            words: text::imported(&name, file),
            notes,
            is_refused: false,
        },
    }
}
