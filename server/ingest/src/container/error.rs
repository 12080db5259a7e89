//! What can go wrong with a source as a whole, as opposed to one record in it.

use std::io;

/// A source, or one member of it, that cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum ContainerError {
    /// The file cannot be opened or read.
    #[error("cannot read {name}: {cause}; check that the file exists and that you may read it")]
    Unreadable {
        /// The file or member.
        name: String,
        /// What the operating system said.
        cause: io::Error,
    },
    /// A guard against decompression bombs stopped the reading.
    #[error("{name} is too large: {limit}; unpack it yourself and import the files you trust")]
    TooLarge {
        /// The member at which the limit was passed.
        name: String,
        /// The limit in words, with its figure.
        limit: String,
    },
    /// Archives within archives, deeper than the limit.
    #[error(
        "{name} is an archive inside more than {depth} others; unpack the outer ones and import the inner one"
    )]
    TooDeep {
        /// The innermost archive that was reached.
        name: String,
        /// The number of archive levels that are followed.
        depth: usize,
    },
    /// A zip file or member that cannot be unpacked: damaged, encrypted, or an unusual method.
    #[error("cannot unpack {name}: {cause}; unpack it yourself and import the files inside")]
    Damaged {
        /// The archive or member.
        name: String,
        /// What the unpacker said.
        cause: String,
    },
    /// A file that is plainly something else, such as a workbook.
    #[error("{name} is not a log: it seems to be {what}")]
    NotALog {
        /// The file or member.
        name: String,
        /// What it seems to be, with its article: "an Excel workbook".
        what: &'static str,
    },
}

impl ContainerError {
    /// Wraps the error so that it can travel through a `Read`.
    pub(super) fn into_io(self) -> io::Error {
        io::Error::other(self)
    }

    /// Takes a guard's error back out of a `Read` error, or returns the read error unchanged.
    ///
    /// # Errors
    /// The given error, when it carries no `ContainerError`.
    pub(super) fn from_io(error: io::Error) -> Result<Self, io::Error> {
        error.downcast::<Self>()
    }
}
