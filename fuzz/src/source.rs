//! A source made of fuzzed bytes: three of them steer, the rest is the content.

use std::io::{self, Cursor, Read, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;

use crate::container::{Limits, SplitOptions};

/// Limits that hostile input of a few kilobytes can reach.
pub const LIMITS: Limits = Limits {
    ratio: 50,
    free_bytes: 1 << 16,
    member_bytes: 1 << 18,
    members: 20,
    nesting_depth: 2,
    spool_bytes: 1 << 20,
};

/// What an input asks for.
pub struct Source {
    /// The bytes as they would lie in a file.
    pub bytes: Vec<u8>,
    /// How to split them.
    pub options: SplitOptions,
    /// Most bytes a reader hands out at once, the second time round.
    pub bite_bytes: usize,
}

impl Source {
    /// The first byte packs the content (`g` into a gzip, `z` into a zip, anything else not at all),
    /// the second sets the size of blocks, the third all the other sizes. `None` where these are missing.
    pub fn of(data: &[u8]) -> Option<Source> {
        let [packing, block, sizes, content @ ..] = data else {
            return None;
        };
        let bytes = match packing {
            b'g' => gzip(content).ok()?,
            b'z' => archive(content).ok()?,
            _ => content.to_vec(),
        };
        let options = SplitOptions {
            block_bytes: 1 + usize::from(*block),
            record_bytes: 16 << (sizes & 7),
            fault_bytes: usize::from(*sizes),
            look_bytes: 1 + usize::from(*sizes) * 4,
        };
        Some(Source {
            bytes,
            options,
            bite_bytes: 1 + usize::from(*block & 15),
        })
    }
}

fn gzip(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(content)?;
    packer.finish()
}

fn archive(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut packer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    packer.start_file("a.json", SimpleFileOptions::default())?;
    packer.write_all(content)?;
    Ok(packer.finish()?.into_inner())
}

/// Hands out few bytes at a time, and at the end an error if there is one.
pub struct Bites<'a> {
    /// What is left.
    pub bytes: &'a [u8],
    /// Most bytes at once.
    pub size_bytes: usize,
    /// What comes behind the last byte.
    pub error: Option<io::ErrorKind>,
}

impl Read for Bites<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let (now, rest) = self
            .bytes
            .split_at(self.size_bytes.min(buffer.len()).min(self.bytes.len()));
        buffer[..now.len()].copy_from_slice(now);
        self.bytes = rest;
        match self.error {
            Some(kind) if now.is_empty() && !buffer.is_empty() => Err(kind.into()),
            _ => Ok(now.len()),
        }
    }
}
