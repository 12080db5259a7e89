//! Taking connections. `axum::serve` waits for ever for a request that was begun: whoever opens connections
//! and says nothing could take all there may be.

use std::io;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::access::peer::Peer;

/// How long a client may take to say what it wants, or keep a connection open without asking.
pub const HEAD_TIME: Duration = Duration::from_secs(30);
/// How long to wait when no connection can be taken: others have to end first.
const OUT_OF_CONNECTIONS: Duration = Duration::from_secs(1);

/// Answers requests until it is told to end and the answers under way are given. Connections are cut off
/// when this is dropped.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    head_time: Duration,
    ending: watch::Receiver<bool>,
) {
    let mut connections = JoinSet::new();
    let mut ended = pin!(until(ending.clone()));
    loop {
        let accepted = tokio::select! {
            () = &mut ended => break,
            // What has ended is forgotten.
            Some(_) = connections.join_next() => continue,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, address)) => {
                let peer = Peer(address.ip());
                let answering = answer((stream, peer), router.clone(), head_time, ending.clone());
                connections.spawn(answering);
            }
            Err(error) if is_of_client(&error) => {}
            Err(error) => {
                tracing::warn!(error = %error, "cannot take a connection, and will try again");
                tokio::time::sleep(OUT_OF_CONNECTIONS).await;
            }
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

/// Whether a connection failed because its client went away.
fn is_of_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    )
}

/// Answers the requests of one connection.
async fn answer(
    (stream, peer): (TcpStream, Peer),
    router: Router,
    head_time: Duration,
    ending: watch::Receiver<bool>,
) {
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        let router = router.clone();
        async move { TowerToHyperService::new(router).call(request).await }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head_time)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    let outcome = tokio::select! {
        outcome = connection.as_mut() => outcome,
        () = until(ending) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = outcome {
        tracing::debug!(error = %error, "a connection broke off");
    }
}

/// Waits until the server ends.
async fn until(mut ending: watch::Receiver<bool>) {
    // One that cannot be told any more ends too.
    ending.wait_for(|is_ending| *is_ending).await.ok();
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    #[tokio::test]
    async fn who_does_not_say_what_is_wanted_is_cut_off() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let slow = get(|| async {
            tokio::time::sleep(Duration::from_millis(600)).await;
            "done"
        });
        let router = Router::new().route("/", slow);
        let (end, ending) = watch::channel(false);
        let serving = tokio::spawn(serve(listener, router, Duration::from_millis(300), ending));
        let asking = async |said: &str| {
            let mut stream = TcpStream::connect(address).await.expect("a connection");
            stream.write_all(said.as_bytes()).await.expect("said");
            let mut heard = String::new();
            let hearing = stream.read_to_string(&mut heard);
            let heard_all = tokio::time::timeout(Duration::from_secs(10), hearing).await;
            heard_all.expect("an end").ok();
            heard
        };
        for begun in ["", "GET / HTTP/1.1\r\nHost: "] {
            let heard = asking(begun).await;
            assert!(!heard.contains("done"), "{heard}");
        }
        // An answer may take longer.
        let heard = asking("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
        assert!(heard.ends_with("done"), "{heard}");
        // One under way is given when the server ends.
        let last = asking("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        let end = async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            end.send_replace(true);
        };
        let (last, ()) = tokio::join!(last, end);
        assert!(last.ends_with("done"), "{last}");
        let ended = tokio::time::timeout(Duration::from_secs(5), serving).await;
        assert!(ended.is_ok());
    }
}
