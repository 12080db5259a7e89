//! Asks, answered from the tables: one query for each thing that is wanted.

use chrono::{DateTime, Utc};
use datafusion::functions::expr_fn::lower;
use datafusion::logical_expr::lit;
use datafusion::prelude::{DataFrame, ident};
use model::answer::Answer;
use model::ask::Ask;

use super::session;
use crate::Lake;
use crate::error::Result;

impl Lake {
    /// Answers an ask, with what the explorer would say, all of one version of the table.
    ///
    /// # Errors
    /// When the tables cannot be read.
    pub async fn answer(&self, ask: &Ask, now: DateTime<Utc>) -> Result<Answer> {
        let table = &session::table(&self.sign_ins).await?;
        let ask = &match ask.query.looked_up() {
            Some(text) if has_identifier(table, text).await? => ask.looked_up(),
            _ => ask.clone(),
        };
        let mut answer = Answer::default();
        if let Some(page) = &ask.page {
            let found = Lake::page_of(table, &ask.query, ask.tabs, &page.columns, page.limit, now);
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
        Ok(answer)
    }
}

/// Whether some sign-in has this request ID or correlation ID, in any letter case.
async fn has_identifier(table: &DataFrame, text: &str) -> Result<bool> {
    let text = text.to_lowercase();
    let is = |id: &str| lower(ident(id)).eq(lit(text.clone()));
    let frame = table
        .clone()
        .filter(is("request_id").or(is("correlation_id")))?
        .select(vec![ident("request_id")])?
        .limit(0, Some(1))?;
    Ok(frame.count().await? > 0)
}
