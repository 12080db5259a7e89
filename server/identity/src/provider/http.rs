//! Asking the provider: no redirects, a limit of time and of bytes, and TLS unless it is on this machine.

use std::pin::Pin;
use std::time::Duration;

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::redirect::Policy;
use reqwest::{Client, Request};
use url::{Host, Url};

/// How long the provider may take to answer, all in all.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long it may take to reach it.
const CONNECT_PATIENCE: Duration = Duration::from_secs(5);
/// Most bytes of an answer. Entra ID's keys have 20 kB, a token with all its groups 16 kB.
const MOST_BYTES: usize = 1 << 20;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum HttpError {
    /// It cannot be reached, or broke off.
    #[error("{}", words_of(.0))]
    Broken(#[from] reqwest::Error),
    /// It says too much.
    #[error("its answer has more than {MOST_BYTES} bytes")]
    Large,
    /// It says that it cannot.
    #[error("it answered with status {0}")]
    Status(u16),
    /// The address has no TLS.
    #[error("it names an address without https")]
    Open,
    /// The answer is none.
    #[error("its answer cannot be read")]
    Unreadable,
}

/// Without the address, which is in the configuration.
fn words_of(error: &reqwest::Error) -> &'static str {
    match error {
        error if error.is_timeout() => "it took too long",
        error if error.is_connect() => "no connection, or none that its certificate fits",
        _ => "the connection broke off",
    }
}

/// Asks the provider.
pub(super) struct Http {
    client: Client,
    is_on_this_machine: bool,
}

impl Http {
    /// # Errors
    /// When there are no certificates to trust.
    pub(super) fn new(issuer: &Url) -> Result<Http, reqwest::Error> {
        let is_on_this_machine = is_loopback(issuer);
        let builder = Client::builder()
            .redirect(Policy::none())
            .connect_timeout(CONNECT_PATIENCE)
            .timeout(PATIENCE)
            .user_agent("Vestibule");
        // A proxy knows nothing of this machine.
        let builder = if is_on_this_machine {
            builder.no_proxy()
        } else {
            builder
        };
        Ok(Http {
            client: builder.build()?,
            is_on_this_machine,
        })
    }

    /// Whether an address may be asked, or somebody be led there.
    pub(super) fn may_go_to(&self, address: &Url) -> bool {
        address.scheme() == "https"
            || (self.is_on_this_machine && address.scheme() == "http" && is_loopback(address))
    }

    async fn answer(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let request = Request::try_from(request)?;
        if !self.may_go_to(request.url()) {
            return Err(HttpError::Open);
        }
        let mut response = self.client.execute(request).await?;
        if response.status().is_server_error() {
            return Err(HttpError::Status(response.status().as_u16()));
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if body.len() + chunk.len() > MOST_BYTES {
                return Err(HttpError::Large);
            }
            body.extend_from_slice(&chunk);
        }
        let mut answer = http::Response::builder().status(response.status());
        if let Some(headers) = answer.headers_mut() {
            headers.clone_from(response.headers());
        }
        answer.body(body).map_err(|_| HttpError::Unreadable)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.answer(request))
    }
}

/// Whether an address is one of this machine.
pub fn is_loopback(address: &Url) -> bool {
    match address.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
