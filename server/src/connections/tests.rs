//! Whoever is slow is cut off, at each point where somebody can be.

use std::net::SocketAddr;

use axum::body::Bytes;
use axum::routing::{get, post};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::tls::Certificates;
use super::*;
use crate::config::{NetworkSettings, TlsFiles};
use crate::middleware::slow_body;

const SHORT: Duration = Duration::from_millis(300);
const LONG: Duration = Duration::from_secs(20);

struct House {
    address: SocketAddr,
    end: watch::Sender<bool>,
    serving: JoinHandle<()>,
}

fn taking() -> Taking {
    let settings = NetworkSettings::default();
    Taking {
        tls: None,
        welcome: Welcome::Everybody,
        network: Network::load(settings.clone(), settings),
        waits: Waits {
            head: SHORT,
            handshake: SHORT,
            taking: Patience {
                idle: SHORT,
                least_per_second: 1,
            },
        },
    }
}

async fn house(taking: Taking, router: Router) -> House {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (end, ending) = watch::channel(false);
    let serving = tokio::spawn(serve(listener, router, taking, ending));
    House {
        address,
        end,
        serving,
    }
}

/// Says something and hears all that comes until the end.
async fn said(house: &House, words: &str) -> String {
    let mut stream = TcpStream::connect(house.address)
        .await
        .expect("a connection");
    stream.write_all(words.as_bytes()).await.expect("said");
    let mut heard = String::new();
    let hearing = stream.read_to_string(&mut heard);
    timeout(LONG, hearing).await.expect("an end").ok();
    heard
}

#[tokio::test]
async fn who_does_not_say_what_is_wanted_is_cut_off() {
    let slow = get(|| async {
        tokio::time::sleep(2 * SHORT).await;
        "done"
    });
    let house = house(taking(), Router::new().route("/", slow)).await;
    for begun in ["", "GET / HTTP/1.1\r\nHost: "] {
        let heard = said(&house, begun).await;
        assert!(!heard.contains("done"), "{heard}");
    }
    // An answer may take longer.
    let whole = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let heard = said(&house, whole).await;
    assert!(heard.ends_with("done"), "{heard}");
    // One under way is given when the server ends.
    let end = async {
        tokio::time::sleep(SHORT / 2).await;
        house.end.send_replace(true);
    };
    let (last, ()) = tokio::join!(said(&house, whole), end);
    assert!(last.ends_with("done"), "{last}");
    assert!(timeout(LONG, house.serving).await.is_ok());
}

#[tokio::test]
async fn a_body_in_drops_is_cut_off_and_a_long_one_is_not() {
    let patience = Patience {
        idle: SHORT,
        least_per_second: 10_000,
    };
    let router = Router::new()
        .route(
            "/",
            post(|body: Bytes| async move { body.len().to_string() }),
        )
        .layer(axum::middleware::from_fn_with_state(
            patience,
            slow_body::cut_off,
        ));
    let house = house(taking(), router).await;
    let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n";
    // Nothing after the head.
    let heard = said(&house, head).await;
    assert!(heard.starts_with("HTTP/1.1 408"), "{heard}");
    assert!(heard.contains("connection: close"), "{heard}");
    // A letter now and then, each of them in time.
    let begun = Instant::now();
    let mut stream = TcpStream::connect(house.address)
        .await
        .expect("a connection");
    stream.write_all(head.as_bytes()).await.expect("said");
    let (mut reading, mut writing) = stream.into_split();
    let dripping = tokio::spawn(async move {
        while writing.write_all(b"x").await.is_ok() {
            tokio::time::sleep(SHORT / 6).await;
        }
    });
    let mut heard = String::new();
    timeout(LONG, reading.read_to_string(&mut heard))
        .await
        .expect("an end")
        .ok();
    assert!(heard.starts_with("HTTP/1.1 408"), "{heard}");
    assert!(begun.elapsed() >= SHORT);
    dripping.abort();
    // Pieces that are large enough may come for longer than that.
    let mut stream = TcpStream::connect(house.address)
        .await
        .expect("a connection");
    let head = head.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await.expect("said");
    for _ in 0..10 {
        stream.write_all(&[b'x'; 10_000]).await.expect("said");
        tokio::time::sleep(SHORT / 6).await;
    }
    let mut heard = String::new();
    timeout(LONG, stream.read_to_string(&mut heard))
        .await
        .expect("an end")
        .ok();
    assert!(heard.ends_with("100000"), "{heard}");
}

#[tokio::test]
async fn who_does_not_take_the_answer_is_cut_off() {
    let router = Router::new().route("/", get(|| async { vec![b'x'; 64 << 20] }));
    let house = house(taking(), router).await;
    let mut stream = TcpStream::connect(house.address)
        .await
        .expect("a connection");
    let ask = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    stream.write_all(ask).await.expect("said");
    tokio::time::sleep(6 * SHORT).await;
    // What lay in the buffers of the system is all there is.
    let mut heard = Vec::new();
    let hearing = timeout(LONG, stream.read_to_end(&mut heard)).await;
    hearing.expect("an end").ok();
    assert!(heard.len() < 64 << 20, "{} bytes", heard.len());
}

#[tokio::test]
async fn places_are_given_back_and_are_not_more_than_there_are() {
    let mut taking = taking();
    taking.network.most_connections = 2;
    taking.waits.head = LONG;
    let house = house(taking, Router::new().route("/", get(|| async { "done" }))).await;
    let first = TcpStream::connect(house.address)
        .await
        .expect("a connection");
    let _second = TcpStream::connect(house.address)
        .await
        .expect("a connection");
    let ask = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let mut third = pin!(said(&house, ask));
    assert!(
        timeout(SHORT, third.as_mut()).await.is_err(),
        "there is no place"
    );
    drop(first);
    assert!(
        timeout(LONG, third)
            .await
            .expect("a place")
            .ends_with("done")
    );
}

#[test]
fn only_proxies_are_talked_to_where_others_would_be_in_the_open() {
    for (welcome, is_answered) in [(Welcome::Everybody, true), (Welcome::Proxies, false)] {
        let mut taking = taking();
        taking.welcome = welcome;
        // This machine is always welcome, so the question is put to the rule.
        assert!(taking.is_welcome("127.0.0.1".parse().expect("an address")));
        let other = "192.0.2.1".parse().expect("an address");
        assert_eq!(taking.is_welcome(other), is_answered);
        taking.network.trusted_proxies = vec!["192.0.2.0/24".parse().expect("a network")];
        assert!(taking.is_welcome(other));
    }
}

#[tokio::test]
async fn https_is_spoken_in_its_newer_versions_and_who_is_slow_at_it_is_cut_off() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = rcgen::generate_simple_self_signed(["portal.example".to_owned()]).expect("a pair");
    let (certificate, key) = (folder.path().join("c.pem"), folder.path().join("k.pem"));
    std::fs::write(&certificate, made.cert.pem()).expect("written");
    std::fs::write(&key, made.signing_key.serialize_pem()).expect("written");
    let files = TlsFiles {
        certificate: &certificate,
        key: &key,
    };
    let certificates = Certificates::load(files).expect("a pair");
    let taking = Taking {
        tls: Some(certificates.acceptor().expect("https")),
        ..taking()
    };
    let encrypted = get(|axum::Extension(link): axum::Extension<Link>| async move {
        format!("encrypted: {}", link.is_encrypted)
    });
    let house = house(taking, Router::new().route("/", encrypted)).await;
    let mut roots = RootCertStore::empty();
    let root = CertificateDer::from_pem_file(&certificate).expect("a certificate");
    roots.add(root).expect("a root");
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connector = TlsConnector::from(Arc::new(config));
    let stream = TcpStream::connect(house.address)
        .await
        .expect("a connection");
    let name = ServerName::try_from("portal.example").expect("a name");
    let mut stream = connector.connect(name, stream).await.expect("https");
    let ask = b"GET / HTTP/1.1\r\nHost: portal.example\r\nConnection: close\r\n\r\n";
    stream.write_all(ask).await.expect("said");
    let mut heard = String::new();
    stream.read_to_string(&mut heard).await.ok();
    assert!(heard.ends_with("encrypted: true"), "{heard}");
    // Nothing; the beginning of a handshake and no more; words in the open.
    let plain = "GET / HTTP/1.1\r\nHost: portal.example\r\n\r\n";
    for begun in ["", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}", plain] {
        let heard = timeout(LONG, said(&house, begun)).await.expect("an end");
        assert!(!heard.contains("encrypted"), "{heard}");
    }
}
