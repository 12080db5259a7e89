//! Files that browsers sent, from their first byte until they are imported.
//!
//! An upload is a folder: the files under numbers, a list of their names that is written last, and a
//! lock that lives as long as the process. What another process left behind is therefore told apart:
//! an upload with a list was received in whole and is imported by the next process; one without was
//! broken off, and its sender knows.

use std::fs::{File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Names of the files, one JSON list; written when all of them are on the disk.
const LIST: &str = "files.json";
/// Held by the process that receives or imports the upload.
const LOCK: &str = "lock";
/// One byte for every time an import of the upload was begun.
const ATTEMPTS: &str = "attempts";
/// An upload whose import ended the process so often is not tried again.
const MOST_ATTEMPTS: u64 = 3;

/// Files of one upload. Dropping it deletes them, unless they were received in whole: then they stay for
/// the next process until [`Upload::done`].
pub struct Upload {
    folder: PathBuf,
    names: Vec<String>,
    sealed: bool,
    _lock: File,
}

impl Upload {
    /// A new upload below `parent`.
    ///
    /// # Errors
    /// When its folder cannot be made.
    pub fn new(parent: &Path) -> io::Result<Upload> {
        let folder = parent.join(uuid::Uuid::new_v4().to_string());
        std::fs::create_dir_all(&folder)?;
        let lock = File::create(folder.join(LOCK))?;
        lock.lock()?;
        Ok(Upload {
            folder,
            names: Vec::new(),
            sealed: false,
            _lock: lock,
        })
    }

    /// The uploads below `parent` that ended processes left unimported, oldest first. Those that were
    /// broken off are removed; those that were tried too often stay where they are.
    ///
    /// # Errors
    /// When `parent` cannot be read.
    pub fn left_behind(parent: &Path) -> io::Result<Vec<Upload>> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(parent)? {
            let folder = entry?.path();
            match Upload::take_over(&folder) {
                Ok(Some(upload)) => {
                    let received = std::fs::metadata(folder.join(LIST))?.modified()?;
                    found.push((received, upload));
                }
                Ok(None) => {}
                Err(error) => {
                    tracing::warn!(error = %error, "what is left of an upload cannot be read");
                }
            }
        }
        found.sort_by_key(|(received, upload)| (*received, upload.folder.clone()));
        Ok(found.into_iter().map(|(_, upload)| upload).collect())
    }

    fn take_over(folder: &Path) -> io::Result<Option<Upload>> {
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join(LOCK))?;
        match lock.try_lock() {
            Ok(()) => {}
            // A living process works on it.
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        let Ok(list) = std::fs::read(folder.join(LIST)) else {
            std::fs::remove_dir_all(folder)?;
            return Ok(None);
        };
        let attempts = std::fs::metadata(folder.join(ATTEMPTS)).map_or(0, |file| file.len());
        if attempts >= MOST_ATTEMPTS {
            tracing::error!(
                folder = %folder.display(),
                attempts,
                "an upload is set aside: the process ended each time it was imported"
            );
            return Ok(None);
        }
        Ok(Some(Upload {
            folder: folder.to_owned(),
            names: serde_json::from_slice(&list)?,
            sealed: true,
            _lock: lock,
        }))
    }

    /// Adds a file under the name that its sender gave it, and returns where to store it. The name
    /// never becomes part of a path.
    pub fn add(&mut self, name: &str) -> PathBuf {
        let path = self.path(self.names.len());
        let last = name
            .rsplit(['/', '\\'])
            .find(|part| !part.trim().is_empty());
        let clean: String = last
            .unwrap_or("upload")
            .chars()
            .filter(|char| !char.is_control())
            .take(200)
            .collect();
        self.names.push(clean);
        path
    }

    /// Whether there is no file yet.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Says that all files are stored: from now on the upload outlives the process.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn seal(&mut self) -> io::Result<()> {
        for index in 0..self.names.len() {
            File::open(self.path(index))?.sync_all()?;
        }
        let mut list = File::create(self.folder.join(LIST))?;
        list.write_all(&serde_json::to_vec(&self.names)?)?;
        list.sync_all()?;
        File::open(&self.folder)?.sync_all()?;
        if let Some(parent) = self.folder.parent() {
            File::open(parent)?.sync_all()?;
        }
        self.sealed = true;
        Ok(())
    }

    /// Deletes the files: their import is over.
    pub fn done(mut self) {
        self.sealed = false;
    }

    /// Notes that its import begins.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn note_attempt(&self) -> io::Result<()> {
        let mut attempts = File::options()
            .create(true)
            .append(true)
            .open(self.folder.join(ATTEMPTS))?;
        attempts.write_all(b".")?;
        attempts.sync_all()
    }

    /// Where the files are, and their names.
    pub fn files(&self) -> impl Iterator<Item = (PathBuf, &str)> {
        let numbered = self.names.iter().enumerate();
        numbered.map(|(index, name)| (self.path(index), name.as_str()))
    }

    fn path(&self, index: usize) -> PathBuf {
        self.folder.join(index.to_string())
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if !self.sealed
            && let Err(error) = std::fs::remove_dir_all(&self.folder)
        {
            tracing::warn!(error = %error, "an upload's files could not be removed");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_left_behind(parent: &Path) -> Vec<String> {
        let found = Upload::left_behind(parent).expect("readable");
        found
            .iter()
            .flat_map(|upload| upload.names.clone())
            .collect()
    }

    #[test]
    fn what_was_received_in_whole_is_found_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut upload = Upload::new(folder.path()).expect("an upload");
        std::fs::write(upload.add("whole.json"), b"{}").expect("a file");
        upload.seal().expect("sealed");
        drop(upload);
        let broken_off = folder.path().join("broken-off");
        std::fs::create_dir(&broken_off).expect("a folder");
        std::fs::write(broken_off.join("0"), b"{").expect("a file");
        let living = Upload::new(folder.path()).expect("an upload");

        let mut found = Upload::left_behind(folder.path()).expect("readable");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].names, ["whole.json"]);
        assert!(living.folder.exists());
        assert!(!broken_off.exists());
        assert!(
            names_left_behind(folder.path()).is_empty(),
            "it has an owner"
        );
        found.pop().expect("one").done();
        drop(living);
        let left = std::fs::read_dir(folder.path()).expect("readable").count();
        assert_eq!(left, 0, "nothing stays behind");
    }

    #[test]
    fn an_upload_that_ends_the_process_is_not_tried_for_ever() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut upload = Upload::new(folder.path()).expect("an upload");
        std::fs::write(upload.add("bad.json"), b"{}").expect("a file");
        upload.seal().expect("sealed");
        drop(upload);
        for _ in 0..MOST_ATTEMPTS {
            let found = Upload::left_behind(folder.path()).expect("readable");
            assert_eq!(found.len(), 1);
            found[0].note_attempt().expect("noted");
        }
        assert!(names_left_behind(folder.path()).is_empty());
        let kept = std::fs::read_dir(folder.path()).expect("readable").count();
        assert_eq!(kept, 1, "its files stay for whoever looks after the server");
    }

    #[test]
    fn names_are_only_names() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut upload = Upload::new(folder.path()).expect("an upload");
        for name in [
            "../../etc/passwd",
            "C:\\logs\\a.csv",
            "/",
            "a\u{0}b\n.json",
            "",
        ] {
            let path = upload.add(name);
            assert_eq!(path.parent(), Some(upload.folder.as_path()));
        }
        assert_eq!(
            upload.names,
            ["passwd", "a.csv", "upload", "ab.json", "upload"]
        );
    }
}
