//! The backend for those who do not see everything: each question is asked of what they see, and each answer is masked.

use std::sync::Arc;

use app::backend::{
    Answer, Answered, Backend, BackendError, Detail, Download, FoldedRows, Rejected, Rows,
};
use app::groups::{GroupImport, GroupSeen, GroupWithSilent};
use app::registrations::RegistrationImport;
use chrono::{DateTime, Utc};
use model::answer::Counts;
use model::ask::Ask;
use model::import::ImportProgress;
use model::registration::Registrations;
use model::{Column, Query, Tab};

use super::{LakeBackend, explain};
use crate::middleware::request_id;
use crate::sight::{SightError, Sighted, Wanted};

/// See the module.
pub struct Limited {
    inner: Arc<LakeBackend>,
    sighted: Sighted,
}

impl Limited {
    /// The backend as somebody sees it.
    pub fn new(inner: Arc<LakeBackend>, sighted: Sighted) -> Limited {
        Limited { inner, sighted }
    }

    async fn meant(&self, query: &Query) -> Result<Query, BackendError> {
        let meant = self.sighted.meant(&self.inner, query).await;
        meant.map_err(|error| refused(&error))
    }

    async fn meant_ask(&self, ask: Ask) -> Result<(Ask, Wanted), BackendError> {
        let meant = self.sighted.meant_ask(&self.inner, ask).await;
        let mut meant = meant.map_err(|error| refused(&error))?;
        let wanted = self.sighted.wanting(&mut meant);
        Ok((meant, wanted))
    }

    fn answered(&self, mut answered: Answered, wanted: &Wanted) -> Answered {
        self.sighted.answer(&mut answered.answer, wanted);
        answered
    }
}

fn refused(error: &SightError) -> BackendError {
    match error {
        SightError::Query(error) => explain("the sign-ins", error),
        refused => BackendError {
            message: refused.to_string(),
            trace: String::new(),
        },
    }
}

impl Backend for Limited {
    fn now(&self) -> DateTime<Utc> {
        self.inner.now()
    }

    fn tenant_name(&self) -> String {
        Backend::tenant_name(&*self.inner)
    }

    fn rows<'a>(
        &'a self,
        query: &'a Query,
        columns: &'a [&'static Column],
        limit: usize,
    ) -> Answer<'a, Rows> {
        Box::pin(async move {
            let query = self.meant(query).await?;
            let mut rows = self.inner.rows(&query, columns, limit).await?;
            for row in &mut rows.rows {
                self.sighted.row(columns, row);
            }
            Ok(rows)
        })
    }

    fn folded<'a>(
        &'a self,
        query: &'a Query,
        columns: &'a [&'static Column],
        limit: usize,
        is_counted: bool,
    ) -> Answer<'a, FoldedRows> {
        Box::pin(async move {
            let query = self.meant(query).await?;
            let mut folded = self
                .inner
                .folded(&query, columns, limit, is_counted)
                .await?;
            for line in &mut folded.lines {
                self.sighted.row(columns, &mut line.newest);
                self.sighted.filters(&mut line.filters);
            }
            Ok(folded)
        })
    }

    fn ask(&self, ask: Ask) -> Answer<'_, Answered> {
        Box::pin(async move {
            let (ask, wanted) = self.meant_ask(ask).await?;
            let answered = self.inner.ask(ask).await?;
            Ok(self.answered(answered, &wanted))
        })
    }

    fn counts<'a>(&'a self, query: &'a Query) -> Answer<'a, Counts> {
        Box::pin(async move {
            let query = self.meant(query).await?;
            self.inner.counts(&query).await
        })
    }

    fn span(&self, tab: Tab) -> Answer<'_, Option<(DateTime<Utc>, DateTime<Utc>)>> {
        self.inner.span(tab)
    }

    fn detail<'a>(&'a self, request_id: &'a str) -> Answer<'a, Option<Detail>> {
        Box::pin(async move {
            let detail = self.inner.detail(request_id).await?;
            Ok(detail.map(|detail| self.sighted.detail(detail)))
        })
    }

    fn details<'a>(&'a self, request_ids: &'a [&'a str]) -> Answer<'a, Vec<Detail>> {
        Box::pin(async move {
            let details = self.inner.details(request_ids).await?.into_iter();
            Ok(details.map(|detail| self.sighted.detail(detail)).collect())
        })
    }

    fn versions<'a>(&'a self, request_id: &'a str) -> Answer<'a, Vec<Detail>> {
        Box::pin(async move {
            let versions = self.inner.versions(request_id).await?.into_iter();
            Ok(versions.map(|detail| self.sighted.detail(detail)).collect())
        })
    }

    fn ask_memory(&self, ask: Ask) -> Answer<'_, Option<Answered>> {
        Box::pin(async move {
            let (ask, wanted) = self.meant_ask(ask).await?;
            let answered = self.inner.ask_memory(ask).await?;
            Ok(answered.map(|answered| self.answered(answered, &wanted)))
        })
    }

    fn import(&self, id: u64) -> Option<ImportProgress> {
        self.inner.import(id)
    }

    fn imports(&self) -> Vec<ImportProgress> {
        Backend::imports(&*self.inner)
    }

    fn download(&self, id: &str) -> Option<Download> {
        self.inner.download(id)
    }

    fn groups<'a>(&'a self, query: &'a Query) -> Answer<'a, Vec<GroupSeen>> {
        Box::pin(async move {
            let query = self.meant(query).await?;
            Backend::groups(&*self.inner, &query).await
        })
    }

    fn group<'a>(&'a self, word: &'a str, query: &'a Query) -> Answer<'a, Option<GroupWithSilent>> {
        Box::pin(async move {
            let query = self.meant(query).await?;
            let mut group = self.inner.group(word, &query).await?;
            for member in group.iter_mut().flat_map(|(_, silent)| silent) {
                self.sighted.member(member);
            }
            Ok(group)
        })
    }

    fn group_import(&self, id: u64) -> Option<GroupImport> {
        self.inner.group_import(id)
    }

    fn registrations(&self) -> Answer<'_, Arc<Registrations>> {
        Box::pin(async move {
            let kept = Backend::registrations(&*self.inner).await?;
            if self.sighted.sight.people {
                return Ok(kept);
            }
            let masked = self.inner.registrations().masked(kept, &self.sighted);
            masked.await.map_err(|_| BackendError {
                message: "Reading the lists was abandoned. Try again.".to_owned(),
                trace: request_id::current(),
            })
        })
    }

    fn registration_import(&self, id: u64) -> Option<RegistrationImport> {
        self.inner.registration_import(id)
    }

    fn rejects<'a>(&'a self, keys: &'a [i64]) -> Answer<'a, Vec<Rejected>> {
        self.inner.rejects(keys)
    }
}
