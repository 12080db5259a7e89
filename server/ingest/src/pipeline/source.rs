//! What is imported: files, or a stream.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::ImportError;

/// One thing to import.
pub enum Source {
    /// A file, with the name to call it by.
    File {
        /// Where it lies.
        path: PathBuf,
        /// What it is called; for an upload, the name it had at the sender's.
        name: String,
    },
    /// A stream such as standard input, read once.
    Stream {
        /// What it is called.
        name: String,
        /// The bytes; taken when it is read.
        reader: Mutex<Option<Box<dyn Read + Send>>>,
    },
}

impl Source {
    /// A file under its own name.
    pub fn file(path: impl Into<PathBuf>) -> Source {
        let path = path.into();
        let name = path.file_name().map_or_else(
            || path.display().to_string(),
            |name| name.to_string_lossy().into_owned(),
        );
        Source::File { path, name }
    }

    /// A stream.
    pub fn stream(name: &str, reader: impl Read + Send + 'static) -> Source {
        Source::Stream {
            name: name.to_owned(),
            reader: Mutex::new(Some(Box::new(reader))),
        }
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        match self {
            Source::File { name, .. } | Source::Stream { name, .. } => name,
        }
    }

    /// Size on the disk; 0 for a stream.
    pub fn size_bytes(&self) -> u64 {
        match self {
            Source::File { path, .. } => std::fs::metadata(path)
                .map(|data| data.len())
                .unwrap_or_default(),
            Source::Stream { .. } => 0,
        }
    }

    /// Whether it is a zip, which has to be read from its end. Only regular files are looked into: of a
    /// pipe the bytes would be gone.
    pub(super) fn is_zip(&self) -> bool {
        let Source::File { path, .. } = self else {
            return false;
        };
        if !std::fs::metadata(path).is_ok_and(|data| data.is_file()) {
            return false;
        }
        let mut start = [0; 4];
        File::open(path)
            .and_then(|mut file| file.read_exact(&mut start))
            .is_ok()
            && (start == *b"PK\x03\x04" || start == *b"PK\x05\x06")
    }
}

/// The files that paths name: a folder stands for all files below it, `-` for standard input.
/// Sorted by name within a folder; hidden files are left out.
///
/// # Errors
/// When a path does not exist or a folder cannot be listed.
pub fn collect(paths: &[PathBuf]) -> Result<Vec<Source>, ImportError> {
    let mut sources = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            sources.push(Source::stream("standard input", io::stdin()));
            continue;
        }
        let fail = |source| ImportError::Path {
            path: path.display().to_string(),
            source,
        };
        if std::fs::metadata(path).map_err(fail)?.is_dir() {
            let mut files = Vec::new();
            below(path, &mut files, 0).map_err(fail)?;
            files.sort();
            for file in files {
                let name = file
                    .strip_prefix(path)
                    .unwrap_or(&file)
                    .display()
                    .to_string();
                sources.push(Source::File { path: file, name });
            }
        } else if std::fs::metadata(path).map_err(fail)?.is_file() {
            sources.push(Source::file(path));
        } else {
            // A pipe can be read once only.
            let pipe = File::open(path).map_err(fail)?;
            sources.push(Source::stream(&path.display().to_string(), pipe));
        }
    }
    Ok(sources)
}

/// Folders deeper than this are a loop of links.
const DEEPEST_FOLDER: usize = 64;

fn below(folder: &Path, files: &mut Vec<PathBuf>, depth: usize) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let path = entry.path();
        let kind = entry.file_type()?;
        if kind.is_dir() && depth < DEEPEST_FOLDER {
            below(&path, files, depth + 1)?;
        } else if kind.is_file() {
            files.push(path);
        } else if kind.is_symlink() {
            // A link to a folder may lead round in a circle. One that leads nowhere is kept, to be
            // reported by its name.
            let leads_to_file = std::fs::metadata(&path).map_or(true, |data| data.is_file());
            if leads_to_file {
                files.push(path);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn links_neither_loop_nor_stop_the_rest() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("a.json"), "{}").expect("written");
        std::fs::write(folder.path().join(".hidden"), "{}").expect("written");
        std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).expect("linked");
        std::os::unix::fs::symlink("nowhere", folder.path().join("z")).expect("linked");
        let sources = collect(&[folder.path().to_owned()]).expect("collected");
        let names: Vec<_> = sources.iter().map(Source::name).collect();
        assert_eq!(names, ["a.json", "z"]);
    }
}
