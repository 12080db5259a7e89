//! The download menu.

/// What the menu offers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DownloadMenu {
    /// How many sign-ins are in most files: "4,812 sign-ins".
    pub number: String,
    /// Files of the columns of the grid.
    pub of_columns: Vec<DownloadLink>,
    /// Files of whole records.
    pub of_records: Vec<DownloadLink>,
    /// All files of the portal's CSV download.
    pub portal: Vec<DownloadLink>,
    /// Each of them.
    pub portal_files: Vec<DownloadLink>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DownloadLink {
    /// What its format is called.
    pub name: &'static str,
    /// What it is good for; empty where the name says it.
    pub help: &'static str,
    /// Number of sign-ins in it, where that is not that of the menu.
    pub number: Option<String>,
    /// Name of the file.
    pub file: String,
    /// Its address.
    pub address: String,
}
