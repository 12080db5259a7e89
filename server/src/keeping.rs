//! What people keep: where it lies, and the saved views for the pages.

use std::sync::Arc;

use app::backend::{Answer, BackendError};
use app::keeping::{
    AuditAsk, Keeping, KeptAccount, KeptEvent, KeptReport, KeptSession, KeptView, KeptViews,
    SharedKeeping,
};
use chrono::{DateTime, Utc};
use state::{AccessEvent, Account, PersonReport, SavedView, Session, StateError, Store};

use crate::config::Config;

/// How long the page offers to bring a deleted view back, in milliseconds.
const UNDO_MS: i64 = 60_000;
/// Most reports of people that a page lists.
const MOST_REPORTS: i64 = 500;

/// Opens the state where the configuration says that it lies.
///
/// # Errors
/// When it cannot be made, reached or read.
pub async fn open(config: &Config) -> Result<Store, StateError> {
    match &config.state {
        Some(address) => Store::connect(address.with_password()).await,
        None => Store::open(&config.state_folder()).await,
    }
}

/// What pages find in their context.
pub fn shared(store: &Store) -> SharedKeeping {
    Arc::new(StoreKeeping(store.clone()))
}

struct StoreKeeping(Store);

impl Keeping for StoreKeeping {
    fn views(&self, reader: Option<String>) -> Answer<'_, KeptViews> {
        Box::pin(async move {
            let views = self.kept(reader.as_deref()).await;
            views.map_err(|error| unreadable(&error, app::text::views::UNREADABLE))
        })
    }

    fn accounts(&self) -> Answer<'_, Vec<KeptAccount>> {
        Box::pin(async move {
            let accounts = self.0.accounts().await;
            let accounts =
                accounts.map_err(|error| unreadable(&error, app::text::accounts::UNREADABLE))?;
            Ok(accounts.into_iter().map(account).collect())
        })
    }

    fn sessions(&self, account_id: String) -> Answer<'_, Vec<KeptSession>> {
        Box::pin(async move {
            let now_ms = Utc::now().timestamp_millis();
            let sessions = self.0.sessions_of(&account_id, now_ms).await;
            let sessions =
                sessions.map_err(|error| unreadable(&error, app::text::account::UNREADABLE))?;
            Ok(sessions.into_iter().map(session).collect())
        })
    }

    fn said(&self, account_id: String) -> Answer<'_, Vec<(String, bool)>> {
        Box::pin(async move {
            let said = self.0.person_reports_of(&account_id).await;
            let said =
                said.map_err(|error| unreadable(&error, app::text::my_sign_ins::FAILED_TITLE))?;
            let said = said.into_iter();
            Ok(said
                .map(|report| (report.request_id, report.was_me))
                .collect())
        })
    }

    fn unrecognised(&self) -> Answer<'_, Vec<KeptReport>> {
        Box::pin(async move {
            let reports = self.0.unrecognised_sign_ins(MOST_REPORTS).await;
            let reports = reports
                .map_err(|error| unreadable(&error, app::text::person_reports::UNREADABLE))?;
            Ok(reports.into_iter().map(report).collect())
        })
    }

    fn access_events(&self, ask: AuditAsk) -> Answer<'_, Vec<KeptEvent>> {
        Box::pin(async move {
            let limit = i64::try_from(ask.limit).unwrap_or(i64::MAX);
            let narrowed = (ask.username.as_str(), ask.action.as_str());
            let events = self.0.access_events(ask.before, narrowed, limit).await;
            let events =
                events.map_err(|error| unreadable(&error, app::text::access_audit::UNREADABLE))?;
            Ok(events.into_iter().map(event).collect())
        })
    }
}

fn event((number, event): (i64, AccessEvent)) -> KeptEvent {
    KeptEvent {
        number,
        at: moment(event.at_ms),
        username: event.username,
        action: event.action,
        subject: event.subject,
        address: event.address,
    }
}

fn report(report: PersonReport) -> KeptReport {
    KeptReport {
        display_name: report.display_name,
        request_id: report.request_id,
        said: moment(report.said_ms),
    }
}

fn unreadable(error: &StateError, words: &str) -> BackendError {
    tracing::error!(error = %error, "the state cannot be read");
    BackendError {
        message: words.to_owned(),
        trace: String::new(),
    }
}

fn moment(at_ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(at_ms).unwrap_or_default()
}

fn account(account: Account) -> KeptAccount {
    KeptAccount {
        id: account.id,
        username: account.username,
        display_name: account.display_name,
        roles: account.roles,
        object_id: account.object_id,
        user_principal_name: account.user_principal_name,
        issuer: account.issuer,
        is_disabled: account.is_disabled,
        signed_in: account.signed_in_ms.map(moment),
    }
}

fn session(session: Session) -> KeptSession {
    KeptSession {
        id: session.id,
        hash: session.id_hash,
        address: session.address,
        agent: session.agent,
        began: moment(session.created_ms),
        seen: moment(session.seen_ms),
    }
}

impl StoreKeeping {
    async fn kept(&self, reader: Option<&str>) -> Result<KeptViews, StateError> {
        let view = |view: SavedView| KeptView {
            is_own: reader == Some(view.owner.as_str()),
            id: view.id,
            name: view.name,
            is_shared: view.is_shared,
            query: view.query,
        };
        let views = self.0.views(reader).await?;
        let deleted = match reader {
            Some(reader) => {
                let since_ms = Utc::now().timestamp_millis() - UNDO_MS;
                self.0.deleted_since(reader, since_ms).await?
            }
            None => None,
        };
        Ok(KeptViews {
            views: views.into_iter().map(view).collect(),
            deleted: deleted.map(view),
        })
    }
}
