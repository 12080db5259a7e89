//! One writer at a time: commits of several processes would conflict, and two importers would each
//! take the same sign-in for new.

use std::fs::{File, TryLockError};
use std::path::Path;

use crate::error::{LakeError, Result};

/// The right to write. It ends when this is dropped, or when the process ends in any way.
pub(crate) struct WriteLock {
    _file: File,
}

const NAME: &str = ".writer-lock";

impl WriteLock {
    /// Waits for the right to write.
    pub async fn wait(folder: &Path) -> Result<WriteLock> {
        let file = open(folder)?;
        let folder = folder.to_owned();
        tokio::task::spawn_blocking(move || {
            file.lock()
                .map_err(|source| LakeError::folder(&folder, source))?;
            Ok(WriteLock { _file: file })
        })
        .await?
    }

    /// Takes the right to write, unless somebody has it.
    ///
    /// # Errors
    /// [`LakeError::Busy`] when another writer is at work.
    pub fn try_take(folder: &Path) -> Result<WriteLock> {
        let file = open(folder)?;
        match file.try_lock() {
            Ok(()) => Ok(WriteLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(LakeError::Busy(folder.to_owned())),
            Err(TryLockError::Error(source)) => Err(LakeError::folder(folder, source)),
        }
    }
}

fn open(folder: &Path) -> Result<File> {
    File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.join(NAME))
        .map_err(|source| LakeError::folder(folder, source))
}
