//! What whoever asks sees of sign-ins: questions are asked of what is seen, and answers are masked, on every way out.
//!
//! [`Sighted`] goes with each request. Pages ask through [`crate::backend::limited`], the interface and downloads by
//! themselves.

mod answers;
mod filters;
mod pseudonyms;
mod records;
mod registrations;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use app::viewer::Viewer;
use model::Column;
use model::ask::{Ask, FacetAsk};
use model::column::Personal;
use model::query::{Query, Range};
use model::sight::Sight;
use model::tab::Tabs;

pub use self::answers::Wanted;
use self::pseudonyms::Pseudonyms;
pub use self::records::without_policies;
use crate::backend::LakeBackend;
use crate::limits::QueryError;

/// How long somebody sees what was unmasked for them, in milliseconds: an hour.
pub const UNMASKED_MS: i64 = 3_600_000;
/// Most people, accounts or devices whose pseudonyms are turned back.
const MOST_KNOWN: usize = 2_000_000;
/// How often the values of a column are read anew, because a pseudonym is none of theirs.
const READ_EVERY: Duration = Duration::from_secs(10);

/// Why a question is not asked.
#[derive(Debug, thiserror::Error)]
pub enum SightError {
    /// Its answer would say what is hidden.
    #[error("{}", app::text::access::not_asked_by(.0, *.1))]
    Telling(&'static Column, Sight),
    /// It tries what may stand behind the mask.
    #[error("{}", app::text::access::not_filtered_by(.0))]
    Guessing(&'static Column),
    /// What pseudonyms stand for cannot be read.
    #[error(transparent)]
    Query(#[from] QueryError),
}

/// What masks names, and knows what pseudonyms stand for. Clones share it.
#[derive(Clone)]
pub struct Masks(Arc<Inner>);

struct Inner {
    pseudonyms: Pseudonyms,
    known: Mutex<HashMap<&'static str, Known>>,
    /// One reads at a time, for all who wait.
    reading: tokio::sync::Mutex<()>,
}

/// The values of a column by their pseudonyms. Several differ by letter case alone.
#[derive(Clone)]
struct Known {
    read: Instant,
    values: Arc<HashMap<String, Vec<String>>>,
}

/// What whoever asks sees.
#[derive(Clone)]
pub struct Sighted {
    /// What is hidden and what is masked.
    pub sight: Sight,
    /// What masks; without it nothing is shown of what is masked.
    masks: Option<Masks>,
    /// Marks of what is seen in spite of the mask.
    unmasked: Arc<HashSet<String>>,
}

impl Masks {
    /// With a secret of the portal.
    pub fn new(secret: &str) -> Masks {
        Masks(Arc::new(Inner {
            pseudonyms: Pseudonyms::new(secret),
            known: Mutex::default(),
            reading: tokio::sync::Mutex::default(),
        }))
    }

    /// The marks of values of a record, of persons or of addresses.
    pub fn marks<'a>(
        &self,
        values: impl Iterator<Item = (&'static Column, &'a str)>,
        is_wanted: impl Fn(Personal) -> bool,
    ) -> Vec<String> {
        let personal = values.filter_map(|(column, text)| Some((column.personal()?, text)));
        let wanted = personal.filter(|(personal, text)| is_wanted(*personal) && !text.is_empty());
        let marks: HashSet<String> = wanted
            .map(|(personal, text)| self.0.pseudonyms.mark(personal, text))
            .collect();
        let mut marks: Vec<String> = marks.into_iter().collect();
        marks.sort_unstable();
        marks
    }

    /// What a pseudonym of a column stands for; nothing where nobody has it.
    async fn meant(
        &self,
        backend: &LakeBackend,
        column: &'static Column,
        pseudonym: &str,
    ) -> Result<Vec<String>, QueryError> {
        if let Some(values) = self.known(column, pseudonym) {
            return Ok(values);
        }
        let _reading = self.0.reading.lock().await;
        if let Some(values) = self.known(column, pseudonym) {
            return Ok(values);
        }
        // It is rare, and large.
        let known = Box::pin(self.read(backend, column)).await?;
        let values = known.values.get(pseudonym).cloned().unwrap_or_default();
        let mut all = self.0.known.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(column.id, known);
        Ok(values)
    }

    /// The same, as far as it was read; `None` where it has to be read.
    fn known(&self, column: &'static Column, pseudonym: &str) -> Option<Vec<String>> {
        let all = self.0.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all.get(column.id)?;
        let values = known.values.get(pseudonym).cloned();
        values.or_else(|| (known.read.elapsed() < READ_EVERY).then(Vec::new))
    }

    async fn read(
        &self,
        backend: &LakeBackend,
        column: &'static Column,
    ) -> Result<Known, QueryError> {
        let mut ask = Ask::of(Query {
            range: Range::ALL,
            ..Query::default()
        });
        ask.tabs = Tabs::ALL;
        ask.facets = Some(FacetAsk {
            columns: vec![column],
            limit: MOST_KNOWN,
            own_filters: true,
        });
        let read = Instant::now();
        let answered = backend.asking().answer(ask).await?;
        let mut values: HashMap<String, Vec<String>> = HashMap::new();
        let facets = answered.answer.facets.into_iter();
        for (value, _) in facets.flat_map(|facet| facet.values) {
            let text = value.to_text();
            let personal = column.personal();
            if let Some(pseudonym) = personal.and_then(|of| self.0.pseudonyms.of(of, &text)) {
                values.entry(pseudonym).or_default().push(text);
            }
        }
        Ok(Known {
            read,
            values: Arc::new(values),
        })
    }
}

impl Sighted {
    /// Whether names are masked, and nothing is seen in spite of that.
    pub fn unmasks_nothing(&self) -> bool {
        self.masks.is_some() && self.unmasked.is_empty()
    }

    /// Of somebody who sees everything.
    pub fn all() -> Sighted {
        Sighted {
            sight: Sight::ALL,
            masks: None,
            unmasked: Arc::default(),
        }
    }

    /// Of somebody who is not known: as little as can be.
    pub fn least() -> Sighted {
        Sighted {
            sight: Sight {
                policies: false,
                people: false,
            },
            ..Sighted::all()
        }
    }

    /// Of a viewer, with the marks of what they see in spite of the mask.
    pub fn of(viewer: &Viewer, masks: &Masks, unmasked: Vec<String>) -> Sighted {
        Sighted {
            sight: viewer.sight(),
            masks: Some(masks.clone()),
            unmasked: Arc::new(unmasked.into_iter().collect()),
        }
    }

    /// What is shown of a value; `None` where nothing is.
    pub fn text(&self, personal: Personal, value: &str) -> Option<String> {
        let pseudonyms = &self.masks.as_ref()?.0.pseudonyms;
        match self.sees(personal, value) {
            true => Some(value.to_owned()),
            false => pseudonyms.of(personal, value),
        }
    }

    /// Whether a value is seen as it is.
    fn sees(&self, personal: Personal, value: &str) -> bool {
        if self.sight.people {
            return true;
        }
        let masks = self.masks.as_ref().filter(|_| !self.unmasked.is_empty());
        masks.is_some_and(|masks| {
            let mark = masks.0.pseudonyms.mark(personal, value);
            self.unmasked.contains(&mark)
        })
    }
}

#[cfg(test)]
mod tests;
