//! Questions of somebody who sees pseudonyms: filters by these become filters by what they stand for. Any other filter by
//! something masked is refused, since its answer would say whether a guess is right.

use model::Column;
use model::ask::Ask;
use model::column::Personal;
use model::query::{Filter, Operator, Query};

use super::pseudonyms::{is_pseudonym, is_wide_network};
use super::{SightError, Sighted};
use crate::backend::LakeBackend;

impl Sighted {
    /// The question as the log understands it.
    ///
    /// # Errors
    /// When the answer would tell more than is seen, or the log cannot be read.
    pub async fn meant(&self, backend: &LakeBackend, query: &Query) -> Result<Query, SightError> {
        if let Some(column) = query.telling_column(self.sight) {
            return Err(SightError::Telling(column, self.sight));
        }
        let mut meant = Query {
            sight: self.sight,
            ..query.clone()
        };
        if self.sight.people {
            return Ok(meant);
        }
        for filter in &mut meant.filters {
            if let Some(personal) = filter.column.personal() {
                *filter = self.meant_filter(backend, filter, personal).await?;
            }
        }
        Ok(meant)
    }

    /// The ask, likewise.
    ///
    /// # Errors
    /// Those of [`Sighted::meant`], and when it counts by something hidden.
    pub async fn meant_ask(&self, backend: &LakeBackend, mut ask: Ask) -> Result<Ask, SightError> {
        let facets = ask.facets.iter().flat_map(|facets| facets.columns.iter());
        let groups = ask.groups.iter().flat_map(|groups| groups.by.iter());
        let charted = ask.series.iter().map(|series| &series.by);
        self.shown(facets.chain(groups).chain(charted).copied())?;
        ask.query = self.meant(backend, &ask.query).await?;
        Ok(ask)
    }

    /// Refuses columns that are hidden.
    ///
    /// # Errors
    /// When one of them is.
    pub fn shown(&self, columns: impl Iterator<Item = &'static Column>) -> Result<(), SightError> {
        let mut columns = columns;
        match columns.find(|column| !self.sight.shows(column)) {
            Some(column) => Err(SightError::Telling(column, self.sight)),
            None => Ok(()),
        }
    }

    /// Whether a query of somebody else says what is masked: a name, an address, or words to look for.
    pub fn names_somebody(&self, query: &Query) -> bool {
        use Operator::{Empty, NotEmpty};
        let is_masked = |personal: Personal, value: &String| {
            !is_pseudonym(value) && !is_wide_network(value) && !self.sees(personal, value)
        };
        let names = |filter: &Filter| {
            let has_value = !matches!(filter.operator, Empty | NotEmpty);
            let personal = filter.column.personal().filter(|_| has_value);
            personal.is_some_and(|of| filter.values.iter().any(|value| is_masked(of, value)))
        };
        !self.sight.people && (query.search.is_some() || query.filters.iter().any(names))
    }

    async fn meant_filter(
        &self,
        backend: &LakeBackend,
        filter: &Filter,
        personal: Personal,
    ) -> Result<Filter, SightError> {
        use Operator::{Empty, Equal, In, NotEmpty, NotEqual, NotIn, NotWithin, Within};
        let guessing = || SightError::Guessing(filter.column);
        let is_of_address = personal == Personal::Address;
        let is_network = |value: &String| {
            is_of_address && (is_wide_network(value) || self.sees(personal, value))
        };
        let mut meant = filter.clone();
        match filter.operator {
            Empty | NotEmpty => {}
            Equal | In | NotEqual | NotIn if is_of_address => {
                if !filter.values.iter().all(is_network) {
                    return Err(guessing());
                }
                meant.operator = match filter.operator.is_opposite() {
                    true => NotWithin,
                    false => Within,
                };
            }
            Within | NotWithin if filter.values.iter().all(is_network) => {}
            Equal | In | NotEqual | NotIn => {
                meant.operator = match filter.operator.is_opposite() {
                    true => NotIn,
                    false => In,
                };
                meant.values.clear();
                for value in &filter.values {
                    if self.sees(personal, value) {
                        meant.values.push(value.clone());
                        continue;
                    }
                    let masks = self.masks.as_ref().filter(|_| is_pseudonym(value));
                    let masks = masks.ok_or_else(guessing)?;
                    let values = masks.meant(backend, filter.column, value).await?;
                    // One that stands for nobody is the value of no sign-in.
                    match values.is_empty() {
                        true => meant.values.push(value.clone()),
                        false => meant.values.extend(values),
                    }
                }
            }
            _ => return Err(guessing()),
        }
        Ok(meant)
    }
}
