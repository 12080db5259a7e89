//! Taking connections. `axum::serve` waits for ever for a request that was begun: whoever opens connections
//! and says nothing could take all there may be.

mod patient;
mod places;
#[cfg(test)]
mod tests;
pub mod tls;

use std::io;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use self::patient::Patient;
use self::places::{Place, Places};
use crate::access::peer::Link;
use crate::config::Network;
use crate::pace::{PATIENCE, Patience};

/// How long to wait when no connection can be taken: others have to end first.
const OUT_OF_CONNECTIONS: Duration = Duration::from_secs(1);

/// How long to wait for whom.
#[derive(Debug, Clone, Copy)]
pub struct Waits {
    /// For a client to say what it wants, or to keep a connection open without asking.
    pub head: Duration,
    /// For a client to agree on how to encrypt.
    pub handshake: Duration,
    /// For a client to take what it is sent.
    pub taking: Patience,
}

impl Default for Waits {
    fn default() -> Waits {
        Waits {
            head: Duration::from_secs(30),
            handshake: Duration::from_secs(10),
            taking: Patience {
                // What writes downloads gives up after a minute, and says so in the log.
                idle: Duration::from_secs(90),
                ..PATIENCE
            },
        }
    }
}

/// Who is talked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Welcome {
    /// Everybody.
    Everybody,
    /// This machine and the trusted proxies: what others say would travel in the open.
    Proxies,
}

/// How connections are taken.
pub struct Taking {
    /// For https.
    pub tls: Option<TlsAcceptor>,
    /// Whose connections are taken.
    pub welcome: Welcome,
    /// The proxies, and how many connections there may be.
    pub network: Network,
    /// How long to wait.
    pub waits: Waits,
}

impl Taking {
    /// Whether this machine's own: people come by way of a tunnel to it, or a proxy on it.
    fn is_shared(&self, address: IpAddr) -> bool {
        address.is_loopback() || self.network.trusts(address)
    }

    fn is_welcome(&self, address: IpAddr) -> bool {
        self.welcome == Welcome::Everybody || self.is_shared(address)
    }
}

/// Answers requests until it is told to end and the answers under way are given. Connections are cut off
/// when this is dropped.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    taking: Taking,
    ending: watch::Receiver<bool>,
) {
    let taking = Arc::new(taking);
    let places = Places::new(taking.network.most_connections);
    let mut connections = JoinSet::new();
    let mut ended = pin!(until(ending.clone()));
    loop {
        let next = async {
            let permit = places.free().await;
            (permit, listener.accept().await)
        };
        let accepted = tokio::select! {
            () = &mut ended => break,
            // What has ended is forgotten.
            Some(_) = connections.join_next() => continue,
            accepted = next => accepted,
        };
        match accepted {
            (Some(permit), Ok((stream, address))) => {
                let address = address.ip().to_canonical();
                if !taking.is_welcome(address) {
                    continue;
                }
                let counted = Some(address).filter(|address| !taking.is_shared(*address));
                let Some(place) = places.take(permit, counted) else {
                    continue;
                };
                let answering = answer(
                    (stream, address, place),
                    router.clone(),
                    Arc::clone(&taking),
                    ending.clone(),
                );
                connections.spawn(answering);
            }
            (None, _) => break,
            (_, Err(error)) if is_of_client(&error) => {}
            (_, Err(error)) => {
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

/// Answers the requests of one connection, which keeps its place until it ends.
async fn answer(
    (stream, address, _place): (TcpStream, IpAddr, Place),
    router: Router,
    taking: Arc<Taking>,
    ending: watch::Receiver<bool>,
) {
    let waits = taking.waits;
    let stream = Patient::new(stream, waits.taking);
    let link = Link {
        address,
        is_encrypted: taking.tls.is_some(),
    };
    let Some(tls) = &taking.tls else {
        return converse(stream, link, router, waits.head, ending).await;
    };
    let agreed = tokio::select! {
        agreed = tokio::time::timeout(waits.handshake, tls.accept(stream)) => agreed,
        () = until(ending.clone()) => return,
    };
    match agreed {
        Ok(Ok(stream)) => converse(stream, link, router, waits.head, ending).await,
        Ok(Err(error)) => tracing::debug!(error = %error, "a connection was not encrypted"),
        Err(_) => tracing::debug!("a connection was not encrypted in time"),
    }
}

/// Answers what is asked on a connection.
async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    link: Link,
    router: Router,
    head_time: Duration,
    ending: watch::Receiver<bool>,
) {
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(link);
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
