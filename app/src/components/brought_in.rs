//! What came of files that were brought in beside the log.

use leptos::prelude::*;

use crate::view::entity::BroughtIn;

/// A banner for each file.
pub fn brought_in(files: Vec<BroughtIn>) -> AnyView {
    let files = files.into_iter().map(|file| {
        let class = match file.is_refused {
            true => "banner bad inset mt",
            false => "banner inset mt",
        };
        let notes = file.notes.into_iter();
        let notes = notes.map(|note| view! { <p class="hint" dir="auto">{note}</p> });
        view! {
            <div class=class role="status">
                <div><p dir="auto">{file.words}</p>{notes.collect_view()}</div>
            </div>
        }
    });
    files.collect_view().into_any()
}
