//! https: the certificate, read again when it changes. One that cannot be used is refused, and the one before stays.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::{self, ServerConfig};

use crate::config::TlsFiles;

/// How often the files are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// Why there is no https.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read.
    #[error(
        "cannot read {path}: {source}; check {setting}, and that the user of the server may read it"
    )]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The setting that names it.
        setting: &'static str,
        /// Why.
        source: io::Error,
    },
    /// It is no PEM file of the kind, or an empty one.
    #[error("{path} has no {what} in it; {setting} names a PEM file that begins with {begins}")]
    Nothing {
        /// The file.
        path: PathBuf,
        /// What should be there.
        what: &'static str,
        /// The setting that names it.
        setting: &'static str,
        /// How such a file begins.
        begins: &'static str,
    },
    /// The key is not the certificate's, or of a kind that cannot be used.
    #[error("the certificate and the key cannot be used together: {0}; renew both")]
    NoPair(rustls::Error),
    /// The library has none of the versions of TLS.
    #[error("TLS cannot be set up: {0}")]
    Library(rustls::Error),
}

/// The certificate with its key, and where they come from.
pub struct Certificates {
    certificate: PathBuf,
    key: PathBuf,
    provider: Arc<CryptoProvider>,
    current: RwLock<Arc<CertifiedKey>>,
    /// Hash of what was read last, whether it could be used or not.
    read: Mutex<[u8; 32]>,
}

impl fmt::Debug for Certificates {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Certificates")
    }
}

impl Certificates {
    /// Reads certificate and key.
    ///
    /// # Errors
    /// When they are not there, or not a pair.
    pub fn load(files: TlsFiles<'_>) -> Result<Arc<Certificates>, TlsError> {
        let provider = Arc::new(ring::default_provider());
        let content = Content::read(files.certificate, files.key)?;
        let pair = content.pair(files.certificate, files.key, &provider)?;
        Ok(Arc::new(Certificates {
            certificate: files.certificate.to_owned(),
            key: files.key.to_owned(),
            provider,
            current: RwLock::new(Arc::new(pair)),
            read: Mutex::new(content.hash()),
        }))
    }

    /// What takes connections.
    ///
    /// # Errors
    /// When the library cannot be set up.
    pub fn acceptor(self: &Arc<Self>) -> Result<TlsAcceptor, TlsError> {
        let mut config = ServerConfig::builder_with_provider(Arc::clone(&self.provider))
            .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
            .map_err(TlsError::Library)?
            .with_no_client_auth()
            .with_cert_resolver(Arc::clone(self) as Arc<dyn ResolvesServerCert>);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }

    /// Looks at the files again, and takes what is new. Says whether there was something new.
    ///
    /// # Errors
    /// When it cannot be used; the pair before stays.
    fn renew(&self) -> Result<bool, TlsError> {
        let content = Content::read(&self.certificate, &self.key)?;
        let hash = content.hash();
        {
            let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
            if *read == hash {
                return Ok(false);
            }
            *read = hash;
        }
        let pair = content.pair(&self.certificate, &self.key, &self.provider)?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(pair);
        Ok(true)
    }

    /// Looks at the files every so often and at SIGHUP, for as long as it is let.
    pub async fn keep_renewed(self: Arc<Self>) {
        let mut asked = Asked::new();
        let mut looks = tokio::time::interval(LOOK_EVERY);
        looks.tick().await;
        loop {
            let was_asked = tokio::select! {
                () = asked.wait() => true,
                _ = looks.tick() => false,
            };
            let certificates = Arc::clone(&self);
            let renewed = tokio::task::spawn_blocking(move || certificates.renew()).await;
            match renewed {
                Ok(Ok(true)) => tracing::info!("the certificate was renewed"),
                Ok(Ok(false)) if was_asked => tracing::info!("the certificate has not changed"),
                Ok(Ok(false)) | Err(_) => {}
                Ok(Err(error)) => {
                    tracing::error!(error = %error, "the new certificate cannot be used, and the one before stays");
                }
            }
        }
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        Some(Arc::clone(&current))
    }
}

/// What the two files hold.
struct Content {
    certificate: Vec<u8>,
    key: Vec<u8>,
}

impl Content {
    fn read(certificate: &Path, key: &Path) -> Result<Content, TlsError> {
        let read = |path: &Path, setting| {
            std::fs::read(path).map_err(|source| TlsError::Unreadable {
                path: path.to_owned(),
                setting,
                source,
            })
        };
        Ok(Content {
            certificate: read(certificate, "tls_certificate")?,
            key: read(key, "tls_key")?,
        })
    }

    fn hash(&self) -> [u8; 32] {
        let mut hasher = Sha256::new();
        hasher.update(self.certificate.len().to_le_bytes());
        hasher.update(&self.certificate);
        hasher.update(&self.key);
        hasher.finalize().into()
    }

    fn pair(
        &self,
        certificate: &Path,
        key: &Path,
        provider: &CryptoProvider,
    ) -> Result<CertifiedKey, TlsError> {
        let chain: Result<Vec<CertificateDer<'static>>, pem::Error> =
            CertificateDer::pem_slice_iter(&self.certificate).collect();
        let chain = chain.ok().filter(|chain| !chain.is_empty());
        let chain = chain.ok_or_else(|| TlsError::Nothing {
            path: certificate.to_owned(),
            what: "certificate",
            setting: "tls_certificate",
            begins: "-----BEGIN CERTIFICATE-----",
        })?;
        let private = PrivateKeyDer::from_pem_slice(&self.key).map_err(|_| TlsError::Nothing {
            path: key.to_owned(),
            what: "private key",
            setting: "tls_key",
            begins: "-----BEGIN PRIVATE KEY-----",
        })?;
        CertifiedKey::from_der(chain, private, provider).map_err(TlsError::NoPair)
    }
}

/// SIGHUP, where there is one.
struct Asked {
    #[cfg(unix)]
    signal: Option<tokio::signal::unix::Signal>,
}

impl Asked {
    fn new() -> Asked {
        Asked {
            #[cfg(unix)]
            signal: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()).ok(),
        }
    }

    async fn wait(&mut self) {
        #[cfg(unix)]
        if let Some(signal) = &mut self.signal
            && signal.recv().await.is_some()
        {
            return;
        }
        std::future::pending::<()>().await;
    }
}

#[cfg(test)]
mod tests {
    use rcgen::generate_simple_self_signed;

    use super::*;

    struct Written {
        folder: tempfile::TempDir,
    }

    impl Written {
        fn path(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        fn write(&self, certificate: &str, key: &str) {
            std::fs::write(self.path("certificate.pem"), certificate).expect("written");
            std::fs::write(self.path("key.pem"), key).expect("written");
        }

        fn load(&self) -> Result<Arc<Certificates>, TlsError> {
            Certificates::load(TlsFiles {
                certificate: &self.path("certificate.pem"),
                key: &self.path("key.pem"),
            })
        }
    }

    fn made() -> (String, String) {
        let made = generate_simple_self_signed(["portal.example".to_owned()]).expect("a pair");
        (made.cert.pem(), made.signing_key.serialize_pem())
    }

    fn in_use(certificates: &Certificates) -> Vec<u8> {
        let current = certificates.current.read().expect("a pair");
        current.cert[0].to_vec()
    }

    #[test]
    fn a_new_pair_is_taken_and_a_broken_one_refused() {
        let written = Written {
            folder: tempfile::tempdir().expect("a folder"),
        };
        let (first, second) = (made(), made());
        written.write(&first.0, &first.1);
        let certificates = written.load().expect("a pair");
        let before = in_use(&certificates);
        assert!(!certificates.renew().expect("the same"));
        // Each file is new by itself for a moment: half of a pair is none.
        written.write(&second.0, &first.1);
        assert!(matches!(certificates.renew(), Err(TlsError::NoPair(_))));
        assert_eq!(in_use(&certificates), before);
        written.write("nonsense", &second.1);
        assert!(matches!(
            certificates.renew(),
            Err(TlsError::Nothing { .. })
        ));
        assert_eq!(in_use(&certificates), before);
        assert!(!certificates.renew().expect("said once"));
        written.write(&second.0, &second.1);
        assert!(certificates.renew().expect("a pair"));
        assert_ne!(in_use(&certificates), before);
    }

    #[test]
    fn what_is_wrong_is_said_with_the_file_and_without_the_key() {
        let written = Written {
            folder: tempfile::tempdir().expect("a folder"),
        };
        let words = written.load().expect_err("no files").to_string();
        assert!(
            words.contains("certificate.pem") && words.contains("tls_certificate"),
            "{words}"
        );
        let (certificate, key) = made();
        for (certificate, key, named) in [
            ("", key.as_str(), "certificate.pem"),
            (certificate.as_str(), "secret", "key.pem"),
            (certificate.as_str(), certificate.as_str(), "key.pem"),
        ] {
            written.write(certificate, key);
            let words = written.load().expect_err("no pair").to_string();
            assert!(
                words.contains(named) && !words.contains("secret"),
                "{words}"
            );
        }
    }
}
