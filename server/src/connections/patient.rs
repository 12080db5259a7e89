//! A connection whose other end has to take what it is sent, before long.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Instant;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

use crate::pace::{Pace, Patience};

/// Fails to write when the other end takes too long to make room. Reading waits for ever: what is read late is looked
/// at where it is known what should come.
pub struct Patient<S> {
    stream: S,
    pace: Pace,
    until: Option<Pin<Box<Sleep>>>,
}

impl<S> Patient<S> {
    /// Waits for the other end of a stream for so long.
    pub fn new(stream: S, patience: Patience) -> Patient<S> {
        Patient {
            stream,
            pace: Pace::new(patience),
            until: None,
        }
    }

    /// Looks at how a write went.
    fn paced(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if let Poll::Ready(written) = written {
            self.until = None;
            let bytes = written.as_ref().copied().unwrap_or_default();
            self.pace.moved(bytes, Instant::now());
            return Poll::Ready(written);
        }
        let pace = &mut self.pace;
        let until = self
            .until
            .get_or_insert_with(|| Box::pin(sleep(pace.wait(Instant::now()))));
        ready!(until.as_mut().poll(context));
        let words = "what was sent is not taken";
        Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, words)))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.paced(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.paced(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
