//! The members of a zip.

use std::borrow::Cow;
use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;

use zip::read::{Config, ZipReadOptions};

use zip::result::ZipError;
// Outside the stable part of the zip crate (Cargo.lock pins it), and worth it: the stable
// `ZipArchive` holds the whole table of contents in memory and drops entries of equal names.
use zip::unstable::read::ZipIterable;

use super::ContainerError;
use super::guard::Guarded;
use super::source::{Depth, Unpacking, clean, member};

/// Whether the bytes are the start of a zip, empty ones included.
pub(super) fn is_zip(start: &[u8]) -> bool {
    start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06")
}

/// Unpacks the zip member by member. `zips` counts this one and those around it. Entries are
/// read from the table of contents one at a time, so that its length costs no memory, and
/// entries of the same name are all kept.
pub(super) fn unpack(
    unpacking: &mut Unpacking<'_, '_>,
    name: &str,
    file: &File,
    zips: usize,
) -> ControlFlow<()> {
    let mut contents = match ZipIterable::try_new(BufReader::new(file), Config::default()) {
        Ok(contents) => contents,
        Err(error) => return unpacking.fail(name, None, damaged(name, &error)),
    };
    let limits = unpacking.limits;
    if contents.len() as u64 > limits.members {
        let limit = format!("it has more than {} members", limits.members);
        return unpacking.fail(
            name,
            None,
            ContainerError::TooLarge {
                name: name.to_owned(),
                limit,
            },
        );
    }
    if let Some(what) = office_document(&mut contents) {
        return unpacking.fail(
            name,
            None,
            ContainerError::NotALog {
                name: name.to_owned(),
                what,
            },
        );
    }
    let mut body = BufReader::with_capacity(1 << 16, file);
    let entries = match contents.files() {
        Ok(entries) => entries,
        Err(error) => return unpacking.fail(name, None, damaged(name, &error)),
    };
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return unpacking.fail(name, None, damaged(name, &error)),
        };
        let inner = entry.name().map_or_else(
            |_| String::from_utf8_lossy(entry.name_raw()).into_owned(),
            Cow::into_owned,
        );
        if entry.is_dir() {
            continue;
        }
        let path = format!("{name}/{}", clean(&inner));
        let size_bytes = entry.size();
        match entry.with_reader(&mut body, ZipReadOptions::new()) {
            Ok(unpacked) => {
                let mut guarded = Guarded::new(unpacked, &path, limits, unpacking.budget.clone());
                let member = member(path, Some(size_bytes));
                unpacking.unpack(member, &mut guarded, Depth { zips, gzips: 0 })?;
            }
            Err(error) => {
                let error = damaged(&path, &error);
                unpacking.fail(&path, Some(size_bytes), error)?;
            }
        }
    }
    ControlFlow::Continue(())
}

/// What kind of Office document the zip is, if it is one.
fn office_document(contents: &mut ZipIterable<BufReader<&File>>) -> Option<&'static str> {
    let mut typed = false;
    let mut what = "an Office document";
    for entry in contents.files().ok()?.flatten() {
        let raw = entry.name_raw();
        typed |= raw == b"[Content_Types].xml";
        if raw.starts_with(b"xl/") {
            what = "an Excel workbook; save the sheet as CSV and import that";
        } else if raw.starts_with(b"word/") {
            what = "a Word document";
        } else if raw.starts_with(b"ppt/") {
            what = "a PowerPoint presentation";
        }
    }
    typed.then_some(what)
}

fn damaged(name: &str, error: &ZipError) -> ContainerError {
    ContainerError::Damaged {
        name: name.to_owned(),
        cause: error.to_string(),
    }
}
