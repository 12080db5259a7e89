//! Asks, answered from the tables: one query for each thing that is wanted.

use chrono::{DateTime, Utc};
use datafusion::functions::expr_fn::lower;
use datafusion::logical_expr::lit;
use datafusion::prelude::ident;
use model::answer::Answer;
use model::ask::Ask;

use super::session;
use crate::Lake;
use crate::error::{LakeError, Result};

impl Lake {
    /// What is really asked: about an identifier, when one is searched for that some sign-in has, and
    /// after a cursor that says all of its place.
    ///
    /// # Errors
    /// When the tables cannot be read, or do not have the sign-in that the cursor names.
    pub async fn settled(&self, ask: Ask) -> Result<Ask> {
        let ask = self.placed(ask).await?;
        Ok(match ask.query.looked_up() {
            Some(text) if self.has_identifier(text).await? => ask.looked_up(),
            _ => ask,
        })
    }

    /// The ask with the sort value in its cursor that the cursor's text was too short for.
    ///
    /// # Errors
    /// When the tables cannot be read, or do not have the sign-in that the cursor names.
    pub async fn placed(&self, mut ask: Ask) -> Result<Ask> {
        let column = ask.query.sort.column;
        let cut = ask.query.after.as_mut().filter(|after| after.is_cut());
        if let Some(after) = cut.filter(|_| ask.page.is_some()) {
            let value = self.value_of(&after.request_id, column).await?;
            after.sort_value = Some(value.ok_or(LakeError::NoPlace)?);
        }
        Ok(ask)
    }

    /// Answers an ask that is settled, with what the explorer would say, all of one version of the table.
    ///
    /// # Errors
    /// When the tables cannot be read.
    pub async fn answer(&self, ask: &Ask, now: DateTime<Utc>) -> Result<Answer> {
        let table = &session::table(&self.sign_ins).await?;
        let mut answer = Answer::default();
        if let Some(page) = &ask.page {
            let found = Lake::page_of(table, &ask.query, ask.tabs, page, now);
            answer.page = Some(found.await?);
        }
        if ask.counts {
            let mut counts = Lake::counts(table, &ask.query, ask.tabs, now).await?;
            if !ask.outcomes {
                counts.by_outcome = [0; 3];
            }
            answer.counts = Some(counts);
        }
        if let Some(histogram) = &ask.histogram {
            answer.histogram = Lake::histogram(table, ask, histogram, now).await?;
        }
        if let Some(series) = &ask.series {
            answer.series = Some(Lake::series(table, ask, series, now).await?);
        }
        if let Some(facets) = &ask.facets {
            for column in &facets.columns {
                answer
                    .facets
                    .push(Lake::facet(table, ask, facets, column, now).await?);
            }
        }
        if let Some(groups) = &ask.groups {
            answer.groups = Some(Lake::groups(table, ask, groups, now).await?);
        }
        if let Some(folded) = &ask.folded {
            answer.folded = Some(Lake::folded(table, ask, folded, now).await?);
        }
        Ok(answer)
    }

    /// Whether some sign-in has this request ID or correlation ID, in any letter case.
    ///
    /// # Errors
    /// When the tables cannot be read.
    pub async fn has_identifier(&self, text: &str) -> Result<bool> {
        let text = text.to_lowercase();
        let is = |id: &str| lower(ident(id)).eq(lit(text.clone()));
        let frame = session::table(&self.sign_ins)
            .await?
            .filter(is("request_id").or(is("correlation_id")))?
            .select(vec![ident("request_id")])?
            .limit(0, Some(1))?;
        Ok(frame.count().await? > 0)
    }
}
