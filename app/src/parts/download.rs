//! `download`: how far the download is that the parameter `id` names.

use leptos::prelude::*;

use crate::asked::Asked;
use crate::components::download_menu::DownloadProgress;

/// The words and the bar; with `data-ended` when nothing more will come. While the server knows nothing of the
/// download, only the words that say so.
pub fn written(asked: &Asked) -> String {
    let id = asked.parameter("id").unwrap_or_default();
    let download = asked.backend.download(id);
    view! { <DownloadProgress download/> }.to_html()
}
