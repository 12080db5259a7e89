//! What is sent must come: a body in drops keeps a connection, and what waits for it, for as long as somebody likes.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Instant;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hyper::body::{Frame, SizeHint};
use tokio::time::{Sleep, sleep};

use crate::pace::{Pace, Patience};

/// Ends the reading of a body that comes too slowly, and says so.
pub async fn cut_off(State(patience): State<Patience>, request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let was_slow = Arc::new(AtomicBool::new(false));
    let paced = |body| {
        Body::new(PacedBody {
            body,
            pace: Pace::new(patience),
            until: None,
            was_slow: Arc::clone(&was_slow),
        })
    };
    let mut response = next.run(request.map(paced)).await;
    if was_slow.load(Ordering::Relaxed) {
        let words = "what you sent came too slowly, and was not waited for; try again\n";
        response = (StatusCode::REQUEST_TIMEOUT, words).into_response();
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    response
}

struct PacedBody {
    body: Body,
    pace: Pace,
    until: Option<Pin<Box<Sleep>>>,
    was_slow: Arc<AtomicBool>,
}

impl HttpBody for PacedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let this = &mut *self;
        if let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(context) {
            this.until = None;
            let data = frame
                .as_ref()
                .and_then(|frame| frame.as_ref().ok()?.data_ref());
            this.pace.moved(data.map_or(0, Bytes::len), Instant::now());
            return Poll::Ready(frame);
        }
        let pace = &mut this.pace;
        let until = this
            .until
            .get_or_insert_with(|| Box::pin(sleep(pace.wait(Instant::now()))));
        ready!(until.as_mut().poll(context));
        this.was_slow.store(true, Ordering::Relaxed);
        let words = "it came too slowly";
        let error = io::Error::new(io::ErrorKind::TimedOut, words);
        Poll::Ready(Some(Err(axum::Error::new(error))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
