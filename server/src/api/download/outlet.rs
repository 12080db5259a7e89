//! The way from the thread that writes a file to the connection that sends it.

use std::io::{self, Write};

use axum::body::Bytes;
use tokio::sync::mpsc;

/// What is sent at a time.
const CHUNK_BYTES: usize = 64 * 1024;
/// Chunks that wait for a slow connection; then the writer waits.
const WAITING_CHUNKS: usize = 8;

/// What comes out at the other end.
pub type Chunks = mpsc::Receiver<io::Result<Bytes>>;

/// Takes what is written and sends it in chunks. Writing fails once nobody receives any more.
pub struct Outlet {
    sender: mpsc::Sender<io::Result<Bytes>>,
    held: Vec<u8>,
}

/// Tells whether somebody still receives.
#[derive(Clone)]
pub struct Reception(mpsc::Sender<io::Result<Bytes>>);

impl Reception {
    /// Waits until nobody does.
    pub async fn ended(&self) {
        self.0.closed().await;
    }
}

impl Outlet {
    /// Both ends.
    pub fn new() -> (Outlet, Chunks) {
        let (sender, chunks) = mpsc::channel(WAITING_CHUNKS);
        let held = Vec::with_capacity(CHUNK_BYTES + CHUNK_BYTES / 4);
        (Outlet { sender, held }, chunks)
    }

    /// Who receives.
    pub fn reception(&self) -> Reception {
        Reception(self.sender.clone())
    }

    /// Breaks the transfer off, so that what came is not taken for the whole file.
    pub fn fail(self, error: io::Error) {
        // Nobody who has gone needs to know.
        self.sender.blocking_send(Err(error)).ok();
    }

    fn send(&mut self) -> io::Result<()> {
        if self.held.is_empty() {
            return Ok(());
        }
        let chunk = std::mem::replace(&mut self.held, Vec::with_capacity(CHUNK_BYTES * 5 / 4));
        self.sender
            .blocking_send(Ok(chunk.into()))
            .map_err(|_| gone())
    }
}

/// What writing ends with when nobody receives any more.
pub fn gone() -> io::Error {
    io::Error::new(io::ErrorKind::BrokenPipe, "nobody receives the download")
}

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        if self.held.len() >= CHUNK_BYTES {
            self.send()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.send()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_fails_when_nobody_receives() {
        let (mut outlet, chunks) = Outlet::new();
        assert!(outlet.write_all(&[0; 100]).is_ok());
        drop(chunks);
        let outcome = outlet.flush();
        assert_eq!(outcome.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }
}
