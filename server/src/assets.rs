//! The client as it is embedded in the program: scripts, WASM, styles, images, each also compressed.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// One embedded file.
pub struct EmbeddedFile {
    /// Name before its content's hash was put into it, such as `main.css`.
    name: &'static str,
    /// Name at which it is served, below `/pkg/`.
    path: &'static str,
    content_type: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

static EMBEDDED: &[EmbeddedFile] = include!(concat!(env!("OUT_DIR"), "/embedded_client.rs"));

/// The files by the name at which they are served.
#[derive(Clone)]
pub struct Assets {
    by_path: Arc<BTreeMap<&'static str, &'static EmbeddedFile>>,
}

/// The embedded files.
pub fn load() -> Assets {
    Assets {
        by_path: Arc::new(EMBEDDED.iter().map(|file| (file.path, file)).collect()),
    }
}

impl Assets {
    /// Whether the program was built without the client.
    pub fn is_empty(&self) -> bool {
        self.by_path.is_empty()
    }

    /// Address of a file by its plain name; the name itself when it is missing.
    pub fn address(&self, name: &str) -> String {
        let path = EMBEDDED
            .iter()
            .find(|file| file.name == name)
            .map_or(name, |file| file.path);
        format!("/pkg/{path}")
    }
}

/// Serves `/pkg/<path>`. The names hold the hash of the content, so browsers may keep them for ever.
pub async fn serve(
    State(assets): State<Assets>,
    Path(path): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some(file) = assets.by_path.get(path.as_str()) else {
        return (StatusCode::NOT_FOUND, "no such file\n").into_response();
    };
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let accepts = |encoding: &str| {
        accepted.split(',').any(|part| {
            part.split(';')
                .next()
                .is_some_and(|name| name.trim().eq_ignore_ascii_case(encoding))
        })
    };
    let (encoding, body) = match (file.brotli, file.gzip) {
        (Some(brotli), _) if accepts("br") => (Some("br"), brotli),
        (_, Some(gzip)) if accepts("gzip") => (Some("gzip"), gzip),
        _ => (None, file.plain),
    };
    let mut response = Bytes::from_static(body).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(file.content_type),
    );
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}
