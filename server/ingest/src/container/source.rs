//! Opens a path or a stream and finds the members in it, however they are packed.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;

use super::ContainerError;
use super::archive;
use super::encoding::{Encoding, LOOK_BYTES, Utf16Reader};
use super::guard::{Budget, Counted, Guarded, Limits};
use super::spool::Spool;

/// Gzip inside gzip is followed this deep.
const GZIP_DEPTH: usize = 2;

/// One piece of input after unpacking: a file, or a member of a zip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The name, with the archive's before it: `a.zip/InteractiveSignIns.json`. Control
    /// characters are replaced. The suffix `.gz` stays.
    pub name: String,
    /// Size as it lies on disk or is declared in the zip (there: unpacked), where known. A zip
    /// can declare anything: good for a progress bar only.
    pub size_bytes: Option<u64>,
    /// How its text is encoded.
    pub encoding: Encoding,
}

/// What [`open`] calls for every member: with a reader of its text in UTF-8, or with what kept it
/// from being read. `Break` ends the reading of the whole source.
pub type Each<'a> =
    dyn FnMut(&Member, Result<&mut dyn Read, ContainerError>) -> ControlFlow<()> + 'a;

/// Opens the file and calls `each` for every member, in the order of the archive. Gzip and zip
/// are recognised by content, whatever the name. Invalid UTF-8 is passed on unchanged.
/// Returns what the last call of `each` returned.
///
/// # Errors
/// When the file cannot be opened. What goes wrong later concerns a member and goes to `each`;
/// an error in the middle of a member's text comes from its reader, and [`super::split`] makes a
/// fault of it.
pub fn open(
    path: &Path,
    limits: &Limits,
    each: &mut Each<'_>,
) -> Result<ControlFlow<()>, ContainerError> {
    let name = path
        .file_name()
        .map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    let unreadable = |cause| ContainerError::Unreadable {
        name: path.display().to_string(),
        cause,
    };
    let mut file = File::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(unreadable(io::Error::from(io::ErrorKind::IsADirectory)));
    }
    let mut unpacking = Unpacking {
        limits: *limits,
        budget: Budget::default(),
        each,
    };
    let member = member(clean(&name), metadata.is_file().then_some(metadata.len()));
    let mut start = [0; 4];
    let is_zip = metadata.is_file() && {
        let length = read_start(&mut file, &mut start).map_err(unreadable)?;
        file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        archive::is_zip(&start[..length])
    };
    Ok(if is_zip {
        unpacking.budget.source_bytes.set(metadata.len());
        archive::unpack(&mut unpacking, &member.name, &file, 1)
    } else {
        let count = Rc::clone(&unpacking.budget.source_bytes);
        unpacking.unpack(
            member,
            &mut Counted { inner: file, count },
            Depth { zips: 0, gzips: 0 },
        )
    })
}

/// Like [`open`], for a stream such as standard input. A zip is copied to a temporary file first.
pub fn open_reader(
    name: &str,
    reader: &mut dyn Read,
    limits: &Limits,
    each: &mut Each<'_>,
) -> ControlFlow<()> {
    let mut unpacking = Unpacking {
        limits: *limits,
        budget: Budget::default(),
        each,
    };
    let count = Rc::clone(&unpacking.budget.source_bytes);
    let mut counted = Counted {
        inner: reader,
        count,
    };
    unpacking.unpack(
        member(clean(name), None),
        &mut counted,
        Depth { zips: 0, gzips: 0 },
    )
}

/// How many archives are around a member.
#[derive(Debug, Clone, Copy)]
pub(super) struct Depth {
    pub zips: usize,
    pub gzips: usize,
}

/// The state while a source is unpacked.
pub(super) struct Unpacking<'e, 'c> {
    pub limits: Limits,
    pub budget: Budget,
    pub each: &'e mut Each<'c>,
}

impl Unpacking<'_, '_> {
    /// Reports a member that cannot be read.
    pub(super) fn fail(
        &mut self,
        name: &str,
        size_bytes: Option<u64>,
        error: ContainerError,
    ) -> ControlFlow<()> {
        (self.each)(&member(name.to_owned(), size_bytes), Err(error))
    }

    /// Unpacks what `reader` holds, or calls `each` with its text.
    pub(super) fn unpack(
        &mut self,
        mut member: Member,
        reader: &mut dyn Read,
        depth: Depth,
    ) -> ControlFlow<()> {
        let mut start = [0; LOOK_BYTES];
        let length = match read_start(reader, &mut start) {
            Ok(length) => length,
            Err(error) => {
                let error = cannot_read(&member.name, error);
                return (self.each)(&member, Err(error));
            }
        };
        let start = &start[..length];
        if archive::is_zip(start) {
            return self.unpack_zip(&member, &mut Cursor::new(start).chain(reader), depth);
        }
        if start.starts_with(&[0x1F, 0x8B, 8]) {
            if depth.gzips >= GZIP_DEPTH {
                let error = ContainerError::TooDeep {
                    name: member.name.clone(),
                    depth: GZIP_DEPTH,
                };
                return (self.each)(&member, Err(error));
            }
            let packed = BufReader::with_capacity(1 << 16, Cursor::new(start).chain(reader));
            let mut guarded = Guarded::new(
                MultiGzDecoder::new(packed),
                &member.name,
                self.limits,
                self.budget.clone(),
            );
            // A frame for each of few levels; the limit above bounds it.
            return self.unpack(
                member,
                &mut guarded,
                Depth {
                    gzips: depth.gzips + 1,
                    ..depth
                },
            );
        }
        let (encoding, mark) = Encoding::of(start);
        member.encoding = encoding;
        let mut text = Cursor::new(&start[mark..]).chain(reader);
        match encoding {
            Encoding::Utf8 | Encoding::Utf8Bom => (self.each)(&member, Ok(&mut text)),
            Encoding::Utf16Le => (self.each)(&member, Ok(&mut Utf16Reader::new(text, false))),
            Encoding::Utf16Be => (self.each)(&member, Ok(&mut Utf16Reader::new(text, true))),
        }
    }

    fn unpack_zip(
        &mut self,
        member: &Member,
        reader: &mut dyn Read,
        depth: Depth,
    ) -> ControlFlow<()> {
        if depth.zips >= self.limits.nesting_depth {
            let error = ContainerError::TooDeep {
                name: member.name.clone(),
                depth: self.limits.nesting_depth,
            };
            return (self.each)(member, Err(error));
        }
        match Spool::fill(reader, &member.name, self.limits.spool_bytes) {
            Ok(spool) => archive::unpack(self, &member.name, &spool.file, depth.zips + 1),
            Err(error) => {
                let error = cannot_read(&member.name, error);
                (self.each)(member, Err(error))
            }
        }
    }
}

/// A member of which the encoding is not known yet.
pub(super) fn member(name: String, size_bytes: Option<u64>) -> Member {
    Member {
        name,
        size_bytes,
        encoding: Encoding::Utf8,
    }
}

/// The name without control characters.
pub(super) fn clean(name: &str) -> String {
    name.replace(char::is_control, "\u{FFFD}")
}

/// What a read error says about a member: a guard's word, or that it is damaged.
fn cannot_read(name: &str, error: io::Error) -> ContainerError {
    ContainerError::from_io(error).unwrap_or_else(|cause| ContainerError::Unreadable {
        name: name.to_owned(),
        cause,
    })
}

/// Reads until the buffer is full or the reader is at its end.
fn read_start(reader: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < buffer.len() {
        match reader.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(count) => length += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            // What came before the damage is kept; the error will come again behind it.
            Err(_) if length > 0 => break,
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}
