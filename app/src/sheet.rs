//! A page as the server wrote it: a title, and the markup of its sheet.
//!
//! Pages of the log are written by the server alone, see ADR 015. The client has the first one in the
//! document and fetches the others from [`SHEET_PATH`]; see `client::navigation`.

use serde::{Deserialize, Serialize};

/// Where the paths begin that the client alone asks for.
pub const CLIENT_PATH: &str = "/api/ui/";
/// Where the client fetches sheets: `?address=<escaped path and query>[&only=<place>,<place>]`. The answer is
/// the markup of the page's `<main>`, or of the places asked for.
pub const SHEET_PATH: &str = "/api/ui/sheet";
/// Where the client fetches parts of a page that are written when they are asked for:
/// `<name>?address=<escaped path and query>[&<parameter>=…]`.
pub const PART_PATH: &str = "/api/ui/part";
/// Header of the answer with the address that says the same in the canonical way, where it differs.
pub const ADDRESS_HEADER: &str = "x-vestibule-address";
/// Attribute of the first page's `<main>` with the same.
pub const ADDRESS_ATTRIBUTE: &str = "data-address";

/// Stands before and behind the content of each place. No text can look like it: each has been escaped.
pub const PLACE_CUT: &str = "<!--place-->";
/// Stands before and behind the rows of the grid that may come later than those before them.
pub const ROWS_CUT: &str = "<!--rows-->";
/// Stands before and behind what stands in a closed popover, which may come later as well.
pub const CLOSED_CUT: &str = "<!--closed-->";

/// A page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Title of the document.
    pub title: String,
    /// Classes of the page's `<main>`.
    pub class: String,
    /// The canonical address of what it shows, where the page has one.
    pub address: Option<String>,
    /// What stands in it. It is in the document already when the client takes over, and not sent twice.
    #[serde(skip)]
    pub markup: String,
}
