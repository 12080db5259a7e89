//! A temporary file for zips that cannot be read where they are: a zip has its table of contents
//! at its end, so it must be whole before it can be opened.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use super::ContainerError;

static SERIAL: AtomicU64 = AtomicU64::new(0);

/// A temporary file that is removed when it is dropped; on Unix it has no name from the start,
/// so that nothing of it stays behind when the program is killed.
pub(super) struct Spool {
    path: Option<PathBuf>,
    pub file: File,
}

impl Spool {
    /// Copies the reader into a new temporary file that only this user can read.
    ///
    /// # Errors
    /// When the reader or the disk fails, or more than `limit_bytes` come.
    pub(super) fn fill(reader: &mut dyn Read, name: &str, limit_bytes: u64) -> io::Result<Self> {
        let mut spool = Self::create()?;
        let mut buffer = vec![0; 1 << 16];
        let mut copied = 0;
        loop {
            let count = match reader.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            copied += count as u64;
            if copied > limit_bytes {
                let limit = format!(
                    "an archive inside an archive or a stream may have {limit_bytes} bytes"
                );
                return Err(ContainerError::TooLarge {
                    name: name.to_owned(),
                    limit,
                }
                .into_io());
            }
            spool.file.write_all(&buffer[..count])?;
        }
        spool.file.seek(SeekFrom::Start(0))?;
        Ok(spool)
    }

    fn create() -> io::Result<Self> {
        loop {
            let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
            let nanos = std::time::SystemTime::now()
                .duration_since(std::time::UNIX_EPOCH)
                .map_or(0, |since| since.subsec_nanos());
            let name = format!("vestibule-{}-{serial}-{nanos}.zip", std::process::id());
            let path = std::env::temp_dir().join(name);
            let mut options = OpenOptions::new();
            options.read(true).write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            match options.open(&path) {
                Ok(file) => {
                    let nameless = cfg!(unix) && fs::remove_file(&path).is_ok();
                    return Ok(Self {
                        path: (!nameless).then_some(path),
                        file,
                    });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }
}

impl Drop for Spool {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            // Nothing can be done about a temporary file that does not go away.
            fs::remove_file(path).unwrap_or_default();
        }
    }
}
