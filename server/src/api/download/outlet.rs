//! The way from the thread that writes a file to the connection that sends it.

use std::io::{self, Write};
use std::time::Duration;

use axum::body::Bytes;
use tokio::runtime::Handle;
use tokio::sync::mpsc;

/// What is sent at a time.
const CHUNK_BYTES: usize = 64 * 1024;
/// Chunks that wait for a slow connection; then the writer waits.
const WAITING_CHUNKS: usize = 8;
/// How long it waits for one that takes nothing at all: others wait for its place.
const PATIENCE: Duration = Duration::from_secs(60);

/// What comes out at the other end.
#[derive(Debug, PartialEq, Eq)]
pub enum Chunk {
    /// A piece of the file.
    Piece(Bytes),
    /// The file is whole. Where the way ends without it, what came is a part.
    End,
}

/// Takes what is written and sends it in chunks. Writing fails once nobody receives any more, or nothing was
/// taken for too long. It is used on a thread that may wait.
pub struct Outlet {
    sender: mpsc::Sender<Chunk>,
    held: Vec<u8>,
    patience: Duration,
    runtime: Handle,
}

/// Tells whether somebody still receives.
#[derive(Clone)]
pub struct Reception(mpsc::Sender<Chunk>);

impl Reception {
    /// Waits until nobody does.
    pub async fn ended(&self) {
        self.0.closed().await;
    }
}

impl Outlet {
    /// Both ends. It is made within the runtime.
    pub fn new() -> (Outlet, mpsc::Receiver<Chunk>) {
        Outlet::waiting(PATIENCE)
    }

    fn waiting(patience: Duration) -> (Outlet, mpsc::Receiver<Chunk>) {
        let (sender, chunks) = mpsc::channel(WAITING_CHUNKS);
        let outlet = Outlet {
            sender,
            held: Vec::with_capacity(CHUNK_BYTES + CHUNK_BYTES / 4),
            patience,
            runtime: Handle::current(),
        };
        (outlet, chunks)
    }

    /// Who receives.
    pub fn reception(&self) -> Reception {
        Reception(self.sender.clone())
    }

    /// Sends the rest, and says that this was all.
    ///
    /// # Errors
    /// When nobody receives any more, or nothing was taken for too long.
    pub fn finish(mut self) -> io::Result<()> {
        self.flush()?;
        self.send(Chunk::End)
    }

    fn send(&self, chunk: Chunk) -> io::Result<()> {
        let sending = self.sender.send_timeout(chunk, self.patience);
        self.runtime.block_on(sending).map_err(|error| match error {
            mpsc::error::SendTimeoutError::Timeout(_) => io::Error::new(
                io::ErrorKind::TimedOut,
                "the connection took nothing of the download for too long",
            ),
            mpsc::error::SendTimeoutError::Closed(_) => gone(),
        })
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
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.held.is_empty() {
            return Ok(());
        }
        let chunk = std::mem::replace(&mut self.held, Vec::with_capacity(CHUNK_BYTES * 5 / 4));
        self.send(Chunk::Piece(chunk.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
        tokio::task::spawn_blocking(work).await.expect("no panic")
    }

    #[tokio::test]
    async fn writing_fails_when_nobody_receives() {
        let (mut outlet, chunks) = Outlet::new();
        assert!(outlet.write_all(&[0; 100]).is_ok());
        drop(chunks);
        let outcome = on_a_thread(move || outlet.flush()).await;
        assert_eq!(outcome.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }

    #[tokio::test]
    async fn writing_fails_when_the_reader_has_stalled() {
        let (mut outlet, chunks) = Outlet::waiting(Duration::from_millis(20));
        let writing = on_a_thread(move || {
            loop {
                if let Err(error) = outlet.write_all(&[0; CHUNK_BYTES]) {
                    return error.kind();
                }
            }
        });
        let outcome = tokio::time::timeout(Duration::from_secs(10), writing).await;
        assert_eq!(outcome.expect("in time"), io::ErrorKind::TimedOut);
        drop(chunks);
    }

    #[tokio::test]
    async fn the_end_is_said_only_of_a_whole_file() {
        let (mut outlet, mut chunks) = Outlet::new();
        on_a_thread(move || outlet.write_all(b"ab").and_then(|()| outlet.finish()))
            .await
            .expect("written");
        let piece = Chunk::Piece(Bytes::from_static(b"ab"));
        assert_eq!(chunks.recv().await, Some(piece));
        assert_eq!(chunks.recv().await, Some(Chunk::End));
        assert_eq!(chunks.recv().await, None);
        let (mut outlet, mut chunks) = Outlet::new();
        outlet.write_all(b"ab").expect("held");
        drop(outlet);
        assert_eq!(chunks.recv().await, None);
    }
}
