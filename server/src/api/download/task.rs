//! What there is to write.

use std::sync::Arc;

use super::block::Field;
use super::outlet::Reception;
use super::progress::Progress;
use super::source::Part;

/// One file: its rows and columns, and who is told how far it is.
pub struct Task {
    /// The rows.
    pub part: Part,
    /// The columns, where the format leaves a choice.
    pub fields: Vec<Field>,
    /// Whether values are as they are stored, and nothing is guarded.
    pub raw: bool,
    /// Counts what was written.
    pub progress: Arc<Progress>,
    /// Who receives it.
    pub reception: Reception,
}
