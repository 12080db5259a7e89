//! What can go wrong with the lake.

use std::error::Error;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use datafusion::error::DataFusionError;
use deltalake::DeltaTableError;

/// Result of a lake operation.
pub type Result<T> = std::result::Result<T, LakeError>;

/// A failure of the lake. Messages name the folder or table and what to do.
#[derive(Debug, thiserror::Error)]
pub enum LakeError {
    /// The data folder cannot be used.
    #[error(
        "cannot use the data folder {folder}: {source}; check that it exists and may be written"
    )]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// There is no lake.
    #[error(
        "there are no sign-ins in {0}; check the name of the folder, or import something first"
    )]
    Missing(PathBuf),
    /// A Delta table did not open, commit or load.
    #[error("table {table}: {}", first_line(source))]
    Table {
        /// Name of the table.
        table: String,
        /// Why.
        source: Box<DeltaTableError>,
    },
    /// A table was made by another version of the program.
    #[error(
        "table {table} has no column `{column}`; it was made by another version, import into a new folder"
    )]
    Schema {
        /// Name of the table.
        table: String,
        /// The first missing column.
        column: String,
    },
    /// A query failed.
    #[error("query: {0}")]
    Query(Box<DataFusionError>),
    /// A query would have taken more memory than all of them may.
    #[error(
        "the question takes more memory than there is for it; narrow the time range or the filters"
    )]
    TooLarge,
    /// A data file could not be written or read.
    #[error("data file: {0}")]
    Parquet(#[from] deltalake::parquet::errors::ParquetError),
    /// Rows do not fit together.
    #[error("rows: {0}")]
    Arrow(#[from] deltalake::arrow::error::ArrowError),
    /// The storage failed.
    #[error("storage: {0}")]
    Storage(#[from] deltalake::ObjectStoreError),
    /// A file below the folder could not be made durable.
    #[error("file {path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A background task was ended.
    #[error("a background task ended before its time: {0}")]
    Task(#[from] tokio::task::JoinError),
    /// The sign-in after which a page begins is gone.
    #[error("the sign-in that `after` names is not here any more; start again from the first page")]
    NoPlace,
    /// Another process is writing.
    #[error("another process is writing to {0}; wait until it is done")]
    Busy(PathBuf),
}

impl LakeError {
    /// Whether there is no room on the disk, or none for us.
    pub fn is_disk_full(&self) -> bool {
        let mut cause: Option<&(dyn Error + 'static)> = Some(self);
        while let Some(error) = cause {
            let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
            if let Some(
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge,
            ) = kind
            {
                return true;
            }
            cause = error.source();
        }
        false
    }

    /// What kind of failure it is, in a word that holds nothing of the log's contents.
    pub fn kind(&self) -> &'static str {
        match self {
            _ if self.is_disk_full() => "disk full",
            LakeError::Folder { .. } => "folder",
            LakeError::Missing(_) => "missing",
            LakeError::Table { .. } => "table",
            LakeError::Schema { .. } => "schema",
            LakeError::Query(_) => "query",
            LakeError::TooLarge => "too large a query",
            LakeError::Parquet(_) => "data file",
            LakeError::Arrow(_) => "rows",
            LakeError::Storage(_) => "storage",
            LakeError::File { .. } => "file",
            LakeError::Task(_) => "task",
            LakeError::NoPlace => "place of a page",
            LakeError::Busy(_) => "busy",
        }
    }

    pub(crate) fn folder(folder: &Path, source: io::Error) -> LakeError {
        LakeError::Folder {
            folder: folder.to_owned(),
            source,
        }
    }

    pub(crate) fn table(table: &str, source: DeltaTableError) -> LakeError {
        LakeError::Table {
            table: table.to_owned(),
            source: Box::new(source),
        }
    }
}

/// The library's messages may have a trace of its calls below them.
fn first_line(error: &DeltaTableError) -> String {
    let text = error.to_string();
    text.lines().next().unwrap_or_default().to_owned()
}

impl From<DataFusionError> for LakeError {
    fn from(source: DataFusionError) -> LakeError {
        match source.find_root() {
            DataFusionError::ResourcesExhausted(_) => LakeError::TooLarge,
            _ => LakeError::Query(Box::new(source)),
        }
    }
}
