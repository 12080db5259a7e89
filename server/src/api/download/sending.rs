//! What the connection sends of a download, and whether it was all of it.

use std::io;
use std::sync::Arc;

use axum::body::Bytes;
use futures::{Stream, StreamExt, stream};
use tokio::sync::mpsc;

use super::outlet::Chunk;
use super::progress::Progress;

/// Ends when the connection does.
pub struct Receiving(Arc<Progress>);

impl Receiving {
    /// What is told how the download ended.
    pub fn new(progress: Arc<Progress>) -> Receiving {
        Receiving(progress)
    }
}

impl Drop for Receiving {
    fn drop(&mut self) {
        self.0.ended();
    }
}

/// The pieces of a file. Where they end before the file does, an error breaks the connection off, so that nobody
/// takes a part for the whole: also when whoever wrote it panicked.
pub fn sent(
    chunks: mpsc::Receiver<Chunk>,
    receiving: Receiving,
) -> impl Stream<Item = io::Result<Bytes>> {
    let sending = stream::unfold(Some((chunks, receiving)), |open| async move {
        let (mut chunks, receiving) = open?;
        match chunks.recv().await {
            Some(Chunk::Piece(piece)) => Some((Ok(piece), Some((chunks, receiving)))),
            Some(Chunk::End) => {
                receiving.0.done();
                None
            }
            None => {
                let broken = io::Error::other("the download broke off before its end");
                Some((Err(broken), None))
            }
        }
    });
    // Whoever packs it asks once more after the end.
    sending.fuse()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::download::Downloads;
    use crate::api::download::outlet::Outlet;

    /// What is sent of a file that `write` writes on a thread, and whether the download counts as broken.
    async fn outcome(
        write: impl FnOnce(Outlet) + Send + 'static,
    ) -> (Vec<Option<Bytes>>, bool, bool) {
        let downloads = Downloads::default();
        let progress = Arc::new(Progress::default());
        downloads.remember("a", "SignIns.csv", &progress);
        let (outlet, chunks) = Outlet::new();
        let writing = tokio::task::spawn_blocking(move || write(outlet));
        let sent: Vec<_> = sent(chunks, Receiving::new(progress)).collect().await;
        // It may have panicked.
        writing.await.ok();
        let standing = downloads.standing("a").expect("known");
        let sent = sent.into_iter().map(io::Result::ok).collect();
        (sent, standing.is_done, standing.is_broken)
    }

    #[tokio::test]
    async fn a_file_that_was_written_to_its_end_is_whole() {
        let whole = outcome(|mut outlet| {
            io::Write::write_all(&mut outlet, b"ab").expect("held");
            outlet.finish().expect("sent");
        });
        let piece = Some(Bytes::from_static(b"ab"));
        assert_eq!(whole.await, (vec![piece], true, false));
    }

    #[tokio::test]
    async fn a_panic_while_writing_does_not_make_a_part_look_whole() {
        let broken = outcome(|mut outlet| {
            io::Write::write_all(&mut outlet, b"ab").expect("held");
            io::Write::flush(&mut outlet).expect("sent");
            panic!("a fault in a writer");
        });
        let piece = Some(Bytes::from_static(b"ab"));
        assert_eq!(broken.await, (vec![piece, None], false, true));
    }
}
