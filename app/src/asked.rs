//! What a request for a page says.

use leptos::prelude::use_context;
use leptos_router::location::Url;
use model::Query;

use crate::backend::SharedBackend;
use crate::context::PageFacts;
use crate::error::UiError;
use crate::viewer::{self, Viewer};

/// A request for a page or a part of one.
#[derive(Clone)]
pub struct Asked {
    /// Parts of the path, unescaped.
    pub path: Vec<String>,
    /// The query string, without `?`.
    pub query: String,
    /// Names of the places that are wanted; none for all.
    only: Option<Vec<String>>,
    /// Further parameters of a part.
    parameters: Vec<(String, String)>,
    /// Who answers.
    pub backend: SharedBackend,
    /// What every page needs to know.
    pub facts: PageFacts,
    /// Who asks.
    pub viewer: Viewer,
}

impl Asked {
    /// The request for an address: path and query string.
    ///
    /// # Errors
    /// When the context has no backend, as after a cancelled request, or nobody is signed in.
    pub fn of(address: &str) -> Result<Asked, UiError> {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let path = path.split('/').filter(|part| !part.is_empty());
        Ok(Asked {
            path: path.map(Url::unescape).collect(),
            query: query.to_owned(),
            only: None,
            parameters: Vec::new(),
            backend: crate::error::backend()?,
            facts: use_context().unwrap_or_else(PageFacts::current),
            viewer: viewer::signed_in()?,
        })
    }

    /// The same for some places alone: their names, joined by commas.
    #[must_use]
    pub fn only(mut self, places: &str) -> Asked {
        let places = places.split(',').filter(|place| !place.is_empty());
        self.only = Some(places.map(str::to_owned).collect());
        self
    }

    /// The same with parameters of a part.
    #[must_use]
    pub fn with(mut self, parameters: Vec<(String, String)>) -> Asked {
        self.parameters = parameters;
        self
    }

    /// Whether a place is wanted.
    pub fn wants(&self, place: &str) -> bool {
        let only = self.only.as_ref();
        only.is_none_or(|only| only.iter().any(|wanted| wanted == place))
    }

    /// What the query string says, as far as it is understood, with the columns that whoever asks sees.
    pub fn parsed(&self) -> Query {
        viewer::seen(Query::parse(&self.query).0)
    }

    /// A parameter of a part; of several the first.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let mut given = self.parameters.iter();
        given
            .find(|(given, _)| given == name)
            .map(|(_, value)| value.as_str())
    }

    /// The parts of the path as text to compare with.
    pub fn segments(&self) -> Vec<&str> {
        self.path.iter().map(String::as_str).collect()
    }
}
