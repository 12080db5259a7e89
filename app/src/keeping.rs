//! What the pages need of the things that people keep: see [`Keeping`].

use std::sync::Arc;

use crate::backend::Answer;

/// Name of the cookie that says who a reader is, as long as there are no accounts: a random text.
pub const READER_COOKIE: &str = "vestibule_reader";

/// Who keeps saved views. The server puts one into the context of every render.
pub trait Keeping: Send + Sync + 'static {
    /// The views that a reader sees, by the text of [`READER_COOKIE`].
    fn views(&self, reader: Option<String>) -> Answer<'_, KeptViews>;
}

/// One as it lies in the context.
pub type SharedKeeping = Arc<dyn Keeping>;

/// The views that a reader sees.
#[derive(Debug, Clone, Default)]
pub struct KeptViews {
    /// In the order of their names.
    pub views: Vec<KeptView>,
    /// The one that the reader deleted within the last minute.
    pub deleted: Option<KeptView>,
}

/// A view.
#[derive(Debug, Clone)]
pub struct KeptView {
    /// Its id: letters and digits.
    pub id: String,
    /// Its name: any text.
    pub name: String,
    /// Whether it belongs to the reader.
    pub is_own: bool,
    /// Whether everybody sees it.
    pub is_shared: bool,
    /// The query string.
    pub query: String,
}
