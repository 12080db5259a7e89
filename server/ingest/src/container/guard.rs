//! Limits against decompression bombs.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use super::ContainerError;

/// How much may come out of a source. The defaults are far beyond any real export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Decoded bytes for each compressed byte, over the whole source. JSON logs reach 10 to 40.
    pub ratio: u64,
    /// Decoded bytes that are free before the ratio counts.
    pub free_bytes: u64,
    /// Decoded bytes of one member.
    pub member_bytes: u64,
    /// Members in one zip.
    pub members: u64,
    /// Zips inside one another.
    pub nesting_depth: usize,
    /// Bytes of a zip that has to be put into a temporary file, because it comes from standard
    /// input or from inside another archive.
    pub spool_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            ratio: 250,
            free_bytes: 64 << 20,
            member_bytes: 64 << 30,
            members: 100_000,
            nesting_depth: 2,
            spool_bytes: 8 << 30,
        }
    }
}

/// What has come out of a source so far, shared by all its readers.
#[derive(Debug, Clone, Default)]
pub(super) struct Budget {
    /// Bytes of the outermost source: its size where known, what was read of it elsewhere.
    pub source_bytes: Rc<Cell<u64>>,
    decoded_bytes: Rc<Cell<u64>>,
}

/// Counts the bytes that are read from the outermost source.
pub(super) struct Counted<R> {
    pub inner: R,
    pub count: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.count.set(self.count.get() + count as u64);
        Ok(count)
    }
}

/// Stops the reading of decompressed bytes when there are too many.
pub(super) struct Guarded<R> {
    inner: R,
    name: String,
    limits: Limits,
    budget: Budget,
    member_bytes: u64,
}

impl<R> Guarded<R> {
    pub(super) fn new(inner: R, name: &str, limits: Limits, budget: Budget) -> Self {
        Self {
            inner,
            name: name.to_owned(),
            limits,
            budget,
            member_bytes: 0,
        }
    }

    fn check(&self) -> Result<(), ContainerError> {
        let decoded = self.budget.decoded_bytes.get();
        let by_ratio = self
            .budget
            .source_bytes
            .get()
            .saturating_mul(self.limits.ratio);
        let limit = if decoded > by_ratio.saturating_add(self.limits.free_bytes) {
            format!(
                "it unpacks to more than {} times its size",
                self.limits.ratio
            )
        } else if self.member_bytes > self.limits.member_bytes {
            format!("it unpacks to more than {} bytes", self.limits.member_bytes)
        } else {
            return Ok(());
        };
        Err(ContainerError::TooLarge {
            name: self.name.clone(),
            limit,
        })
    }
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.member_bytes += count as u64;
        self.budget
            .decoded_bytes
            .set(self.budget.decoded_bytes.get() + count as u64);
        self.check().map_err(ContainerError::into_io)?;
        Ok(count)
    }
}
