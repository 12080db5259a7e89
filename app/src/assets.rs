//! Where the files of the client lie. Their names hold hashes that only the server knows.

use serde::{Deserialize, Serialize};

/// Addresses of the client's files, such as `/assets/main.3f9c.css`. The server puts them into the
/// context of every render.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientAssets {
    /// The style sheet.
    pub stylesheet: String,
    /// The module that loads and starts the client.
    pub start_script: String,
    /// The module that wasm-bindgen made.
    pub script: String,
    /// The client itself.
    pub wasm: String,
    /// The sheet of icons.
    pub icons: String,
    /// The outlines of the world map.
    pub world: String,
    /// The icon of the browser's tab.
    pub favicon: String,
}
