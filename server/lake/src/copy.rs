//! Copying the tables while others read and wait to write: all of them as they are at one moment.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use crate::Lake;
use crate::error::{LakeError, Result};
use crate::lock::WriteLock;

/// What was copied.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Copied {
    /// Sign-ins in the copy.
    pub rows: u64,
    /// Files, those of the tables' logs among them.
    pub files: u64,
    /// Their size.
    pub bytes: u64,
}

impl Lake {
    /// Copies the tables into a folder that is not there yet, as of their last commits. Nobody writes meanwhile, and
    /// who wants to waits; reading goes on. The copy is on the disk when this returns.
    ///
    /// # Errors
    /// When a file cannot be read or written. What was copied until then stays.
    pub async fn copy_to(&self, folder: &Path) -> Result<Copied> {
        let _lock = WriteLock::wait(&self.folder).await?;
        self.settle().await?;
        let mut copied = Copied {
            rows: self.row_count().await?,
            ..Copied::default()
        };
        for table in [&self.sign_ins, &self.versions, &self.rejects] {
            // What crashed imports left behind, and what was merged away, is in no table.
            let files = table.files().await?.into_iter();
            let files = files.map(|file| PathBuf::from(file.object_store_path().as_ref()));
            let files = files.collect();
            let (from, to) = (table.folder().to_owned(), folder.join(table.name()));
            let of_table = tokio::task::spawn_blocking(move || copy_table(&from, &to, files));
            let (files, bytes) = of_table.await??;
            copied.files += files;
            copied.bytes += bytes;
        }
        sync(folder)?;
        Ok(copied)
    }
}

fn copy_table(from: &Path, to: &Path, mut files: Vec<PathBuf>) -> Result<(u64, u64)> {
    let log = Path::new("_delta_log");
    let commits = std::fs::read_dir(from.join(log)).map_err(|source| failed(from, source))?;
    for commit in commits {
        let commit = commit.map_err(|source| failed(from, source))?;
        if commit.file_type().is_ok_and(|kind| kind.is_file()) {
            files.push(log.join(commit.file_name()));
        }
    }
    files.sort_unstable();
    let mut bytes = 0;
    let mut folders = std::collections::BTreeSet::from([to.to_owned()]);
    for file in &files {
        let copy = to.join(file);
        if let Some(folder) = copy.parent()
            && folders.insert(folder.to_owned())
        {
            std::fs::create_dir_all(folder).map_err(|source| failed(folder, source))?;
        }
        bytes += std::fs::copy(from.join(file), &copy).map_err(|source| failed(&copy, source))?;
        sync(&copy)?;
    }
    for folder in folders {
        sync(&folder)?;
    }
    Ok((files.len() as u64, bytes))
}

fn sync(path: &Path) -> Result<()> {
    let synced = File::open(path).and_then(|file| file.sync_all());
    synced.map_err(|source| failed(path, source))
}

fn failed(path: &Path, source: io::Error) -> LakeError {
    LakeError::File {
        path: path.to_owned(),
        source,
    }
}
