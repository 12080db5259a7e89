//! The lake: Delta tables that hold every sign-in ever imported. They are the truth; everything
//! faster is made from them.
//!
//! - [`Lake`] opens the folder and hands out the rest.
//! - [`Importer`] takes rows, tells new from known, and commits.
//! - [`read`] answers queries through DataFusion.
//! - [`upkeep`] compacts, forgets what is past its retention, and checks.
//!
//! Three tables: `sign_ins` (one row per sign-in, partitioned by day), `sign_in_versions` (what rows
//! said before they were replaced), `rejects` (what could not be read).

mod copy;
mod error;
mod group;
mod import;
mod known;
mod lock;
mod parquet_file;
pub mod read;
pub mod rejects;
mod replace;
mod row;
pub mod schema;
mod table;
pub mod upkeep;

pub use copy::Copied;
pub use error::{LakeError, Result};
pub use import::{Committed, GROUP_ROWS, Importer};
pub use known::{Fullness, RowKey};
pub use rejects::{Reject, StoredReject};
pub use row::{CellValue, RowMeta, SignInBatch, SignInBatchBuilder};

use std::path::{Path, PathBuf};
use std::sync::Arc;

use table::Table;

/// The tables of one tenant portal, in one folder.
#[derive(Clone)]
pub struct Lake {
    folder: Arc<PathBuf>,
    sign_ins: Table,
    versions: Table,
    rejects: Table,
}

impl Lake {
    /// Opens the lake in `folder`, creating folder and tables where they are missing.
    ///
    /// # Errors
    /// When the folder cannot be written or holds something else under the tables' names.
    pub async fn open(folder: &Path) -> Result<Lake> {
        std::fs::create_dir_all(folder).map_err(|source| LakeError::folder(folder, source))?;
        let folder = folder
            .canonicalize()
            .map_err(|source| LakeError::folder(folder, source))?;
        let sign_ins =
            Table::open(&folder, "sign_ins", &schema::sign_ins(), &[schema::DAY]).await?;
        let versions = Table::open(
            &folder,
            "sign_in_versions",
            &schema::sign_ins(),
            &[schema::DAY],
        )
        .await?;
        let rejects = Table::open(&folder, "rejects", &schema::rejects(), &[]).await?;
        Ok(Lake {
            folder: Arc::new(folder),
            sign_ins,
            versions,
            rejects,
        })
    }

    /// Opens the lake in `folder` for those who only look after what is there.
    ///
    /// # Errors
    /// [`LakeError::Missing`] when nothing was ever stored there.
    pub async fn open_existing(folder: &Path) -> Result<Lake> {
        if !folder.join("sign_ins").is_dir() {
            return Err(LakeError::Missing(folder.to_owned()));
        }
        Lake::open(folder).await
    }

    /// The folder that holds the tables.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Takes up what other processes committed since the tables were last looked at.
    pub async fn refresh(&self) -> Result<()> {
        self.sign_ins.refresh().await?;
        self.versions.refresh().await?;
        self.rejects.refresh().await
    }

    /// Takes up what others committed, and makes sure that it stays: done by every writer first.
    pub(crate) async fn settle(&self) -> Result<()> {
        self.refresh().await?;
        for table in [&self.sign_ins, &self.versions, &self.rejects] {
            table.settle().await?;
        }
        Ok(())
    }

    /// Version of the sign-ins table: it changes with every commit.
    pub async fn version(&self) -> u64 {
        self.sign_ins.version().await
    }

    /// Number of sign-ins stored, from the table's own statistics: exact, and without reading rows.
    pub async fn row_count(&self) -> Result<u64> {
        self.sign_ins.row_count().await
    }
}
