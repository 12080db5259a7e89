//! Saved views and links.

/// The saved views, as the page of a query shows them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saved {
    /// What would be saved: the query string of the page.
    pub query: String,
    /// The query string to return to: the same with the view that it came from.
    pub here: String,
    /// The view that the page came from.
    pub present: Option<PresentView>,
    /// The reader's own views.
    pub own: Vec<ViewLink>,
    /// Those that others shared.
    pub shared: Vec<ViewLink>,
    /// The view that the reader deleted a moment ago: id and name.
    pub deleted: Option<(String, String)>,
    /// Whether they could not be read.
    pub is_unreadable: bool,
}

/// The view that a page came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresentView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is the reader's own.
    pub is_own: bool,
    /// Whether the page differs from it.
    pub is_edited: bool,
}

/// A view in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewLink {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it is shown.
    pub address: String,
    /// Whether the page came from it.
    pub is_present: bool,
    /// Whether everybody sees it.
    pub is_shared: bool,
}

/// The links of the share command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareLinks {
    /// The query string that a short link is made for.
    pub query: String,
    /// The address with scheme and host.
    pub link: String,
    /// The same with fixed moments, where the range moves.
    pub exact: Option<String>,
}
