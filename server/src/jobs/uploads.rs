//! Files that browsers sent, from their first byte until they are imported.
//!
//! An upload is a folder: the files under numbers, a list of their names that is written last, and a
//! lock that lives as long as the process. What another process left behind is therefore told apart:
//! an upload with a list was received in whole and is imported by the next process; one without was
//! broken off, and its sender knows.

use std::fs::{File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// What was received, a [`List`]; written when all of it is on the disk.
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
    list: List,
    sealed: bool,
    /// Whether an import was begun that has not ended yet.
    under_way: bool,
    _lock: File,
}

/// What was received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct List {
    /// Number under which people know the import.
    number: u64,
    /// Names of the files, in the order of their own numbers.
    names: Vec<String>,
}

impl Upload {
    /// A new upload below `parent`, for the import of this number.
    ///
    /// # Errors
    /// When its folder cannot be made.
    pub fn new(parent: &Path, number: u64) -> io::Result<Upload> {
        let folder = parent.join(uuid::Uuid::new_v4().to_string());
        std::fs::create_dir_all(&folder)?;
        let lock = File::create(folder.join(LOCK))?;
        lock.lock()?;
        Ok(Upload {
            folder,
            list: List {
                number,
                names: Vec::new(),
            },
            sealed: false,
            under_way: false,
            _lock: lock,
        })
    }

    /// The uploads below `parent` that ended processes left unimported, in the order of their numbers.
    /// Those that were broken off are removed; those that were tried too often stay where they are.
    ///
    /// # Errors
    /// When `parent` cannot be read.
    pub fn left_behind(parent: &Path) -> io::Result<Vec<Upload>> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(parent)? {
            let entry = entry?;
            if !entry.file_type()?.is_dir() {
                continue;
            }
            match Upload::take_over(&entry.path()) {
                Ok(upload) => found.extend(upload),
                Err(error) => {
                    tracing::warn!(error = %error, "what is left of an upload cannot be read");
                }
            }
        }
        found.sort_by_key(Upload::number);
        Ok(found)
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
        let list = match std::fs::read(folder.join(LIST)) {
            Ok(list) => list,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                std::fs::remove_dir_all(folder)?;
                return Ok(None);
            }
            Err(error) => return Err(error),
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
            list: serde_json::from_slice(&list)?,
            sealed: true,
            under_way: false,
            _lock: lock,
        }))
    }

    /// Number of its import.
    pub fn number(&self) -> u64 {
        self.list.number
    }

    /// Adds a file under the name that its sender gave it, and returns where to store it. The name
    /// never becomes part of a path.
    pub fn add(&mut self, name: &str) -> PathBuf {
        let path = self.path(self.list.names.len());
        let last = name
            .rsplit(['/', '\\'])
            .find(|part| !part.trim().is_empty());
        let clean: String = last
            .unwrap_or("upload")
            .chars()
            .filter(|char| !char.is_control())
            .take(200)
            .collect();
        self.list.names.push(clean);
        path
    }

    /// Whether there is no file yet.
    pub fn is_empty(&self) -> bool {
        self.list.names.is_empty()
    }

    /// Says that all files are stored: from now on the upload outlives the process.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn seal(&mut self) -> io::Result<()> {
        for index in 0..self.list.names.len() {
            File::open(self.path(index))?.sync_all()?;
        }
        let unnamed = self.folder.join(format!("{LIST}.part"));
        let mut list = File::create(&unnamed)?;
        list.write_all(&serde_json::to_vec(&self.list)?)?;
        list.sync_all()?;
        std::fs::rename(unnamed, self.folder.join(LIST))?;
        File::open(&self.folder)?.sync_all()?;
        if let Some(parent) = self.folder.parent() {
            File::open(parent)?.sync_all()?;
        }
        self.sealed = true;
        Ok(())
    }

    /// Deletes the files: they are imported.
    pub fn done(mut self) {
        self.sealed = false;
    }

    /// Keeps the files for the next process: their import failed by what they are, which counts as an
    /// attempt.
    pub fn failed(mut self) {
        self.under_way = false;
    }

    /// Notes that its import begins. Should the process be killed before it ends, that counts.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn note_attempt(&mut self) -> io::Result<()> {
        let mut attempts = self.attempts()?;
        attempts.write_all(b".")?;
        self.under_way = true;
        attempts.sync_all()
    }

    /// The import ended in good order, or failed for want of a disk: it does not count.
    fn take_attempt_back(&self) -> io::Result<()> {
        let attempts = self.attempts()?;
        let length = attempts.metadata()?.len();
        attempts.set_len(length.saturating_sub(1))
    }

    fn attempts(&self) -> io::Result<File> {
        let mut options = File::options();
        options.create(true).append(true);
        options.open(self.folder.join(ATTEMPTS))
    }

    /// Where the files are, and their names.
    pub fn files(&self) -> impl Iterator<Item = (PathBuf, &str)> {
        let numbered = self.list.names.iter().enumerate();
        numbered.map(|(index, name)| (self.path(index), name.as_str()))
    }

    fn path(&self, index: usize) -> PathBuf {
        self.folder.join(index.to_string())
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if self.sealed {
            if self.under_way
                && !std::thread::panicking()
                && let Err(error) = self.take_attempt_back()
            {
                tracing::warn!(error = %error, "an upload's import could not be noted");
            }
            return;
        }
        let folder = std::mem::take(&mut self.folder);
        // Deleting gigabytes takes its time, and requests are answered on this thread.
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn_blocking(move || remove(&folder))),
            Err(_) => remove(&folder),
        }
    }
}

fn remove(folder: &Path) {
    if let Err(error) = std::fs::remove_dir_all(folder) {
        tracing::warn!(error = %error, "an upload's files could not be removed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_left_behind(parent: &Path) -> Vec<String> {
        let found = Upload::left_behind(parent).expect("readable");
        found
            .iter()
            .flat_map(|upload| upload.list.names.clone())
            .collect()
    }

    #[test]
    fn what_was_received_in_whole_is_found_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut upload = Upload::new(folder.path(), 7).expect("an upload");
        std::fs::write(upload.add("whole.json"), b"{}").expect("a file");
        upload.seal().expect("sealed");
        drop(upload);
        let broken_off = folder.path().join("broken-off");
        std::fs::create_dir(&broken_off).expect("a folder");
        std::fs::write(broken_off.join("0"), b"{").expect("a file");
        let living = Upload::new(folder.path(), 7).expect("an upload");

        let mut found = Upload::left_behind(folder.path()).expect("readable");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].list.names, ["whole.json"]);
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
        let mut upload = Upload::new(folder.path(), 7).expect("an upload");
        std::fs::write(upload.add("bad.json"), b"{}").expect("a file");
        upload.seal().expect("sealed");
        drop(upload);
        for _ in 0..MOST_ATTEMPTS + 1 {
            let mut found = Upload::left_behind(folder.path()).expect("readable");
            found[0].note_attempt().expect("noted");
            // Dropped in good order: it does not count.
        }
        for _ in 0..MOST_ATTEMPTS {
            let mut found = Upload::left_behind(folder.path()).expect("readable");
            assert_eq!(found.len(), 1);
            found[0].note_attempt().expect("noted");
            // A process that is killed drops nothing.
            found[0].under_way = false;
        }
        assert!(names_left_behind(folder.path()).is_empty());
        let kept = std::fs::read_dir(folder.path()).expect("readable").count();
        assert_eq!(kept, 1, "its files stay for whoever looks after the server");
    }

    #[test]
    fn a_list_that_cannot_be_read_costs_no_files() {
        let folder = tempfile::tempdir().expect("a folder");
        let upload = folder.path().join("some-upload");
        std::fs::create_dir_all(upload.join(LIST)).expect("a folder in the place of the list");
        std::fs::write(upload.join("0"), b"{}").expect("a file");
        assert!(names_left_behind(folder.path()).is_empty());
        assert!(upload.join("0").exists());
    }

    #[test]
    fn names_are_only_names() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut upload = Upload::new(folder.path(), 7).expect("an upload");
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
            upload.list.names,
            ["passwd", "a.csv", "upload", "ab.json", "upload"]
        );
    }
}
