//! Numbers as a CSV file: how reports and charts are taken along.

use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::api::download::csv::{BYTE_ORDER_MARK, push_cell};

/// A file that is being written. What a spreadsheet would run is guarded: values come from the log.
pub struct ReportFile {
    bytes: Vec<u8>,
}

impl ReportFile {
    /// An empty file.
    pub fn new() -> ReportFile {
        ReportFile {
            bytes: BYTE_ORDER_MARK.to_vec(),
        }
    }

    /// Adds a line.
    pub fn push(&mut self, cells: impl IntoIterator<Item = impl AsRef<str>>) {
        for (place, cell) in cells.into_iter().enumerate() {
            if place > 0 {
                self.bytes.push(b',');
            }
            push_cell(cell.as_ref(), true, &mut self.bytes);
        }
        self.bytes.extend_from_slice(b"\r\n");
    }

    /// The answer with the file, under a name without its ending.
    pub fn answer(self, name: &str) -> Response {
        let disposition = format!("attachment; filename=\"{name}.csv\"");
        let headers = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, disposition),
        ];
        (headers, self.bytes).into_response()
    }
}
