//! What people keep: where it lies, and the saved views for the pages.

use std::sync::Arc;

use app::backend::{Answer, BackendError};
use app::keeping::{
    AccountsAsk, AuditAsk, Keeping, KeptAccount, KeptAccounts, KeptEvent, KeptEvents, KeptReport,
    KeptSecondFactor, KeptSession, KeptToken, KeptView, KeptViews, SharedKeeping,
};
use chrono::{DateTime, Utc};
use model::Query;
use model::access::Right;
use state::{
    AccessAsk, AccessEvent, ApiToken, ListedAccount, PersonReport, SavedView, Session, StateError,
    Store,
};

use crate::config::Config;
use crate::sight::Sighted;

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

/// What pages find in their context, for somebody who sees so much.
pub fn shared(store: &Store, sighted: &Sighted) -> SharedKeeping {
    Arc::new(StoreKeeping(store.clone(), sighted.clone()))
}

struct StoreKeeping(Store, Sighted);

impl Keeping for StoreKeeping {
    fn views(&self, reader: Option<String>) -> Answer<'_, KeptViews> {
        Box::pin(async move {
            let views = self.kept(reader.as_deref()).await;
            views.map_err(|error| unreadable(&error, app::text::views::UNREADABLE))
        })
    }

    fn accounts(&self, ask: AccountsAsk) -> Answer<'_, KeptAccounts> {
        Box::pin(async move {
            let accounts = self.kept_accounts(&ask).await;
            accounts.map_err(|error| unreadable(&error, app::text::accounts::UNREADABLE))
        })
    }

    fn second_factor(&self, account_id: String) -> Answer<'_, Option<KeptSecondFactor>> {
        Box::pin(async move {
            let factor = self.kept_second_factor(&account_id).await;
            factor.map_err(|error| unreadable(&error, app::text::account::UNREADABLE_FACTOR))
        })
    }

    fn tokens(&self, account_id: String) -> Answer<'_, Vec<KeptToken>> {
        Box::pin(async move {
            let now_ms = Utc::now().timestamp_millis();
            let tokens = self.0.api_tokens_of(&account_id, now_ms).await;
            let tokens = tokens
                .map_err(|error| unreadable(&error, app::text::account::UNREADABLE_TOKENS))?;
            Ok(tokens.into_iter().map(token).collect())
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

    fn access_events(&self, ask: AuditAsk) -> Answer<'_, KeptEvents> {
        Box::pin(async move {
            let limit = i64::try_from(ask.limit).unwrap_or(i64::MAX);
            let page = self.0.access_events(&access_ask(ask), limit).await;
            let page =
                page.map_err(|error| unreadable(&error, app::text::access_audit::UNREADABLE))?;
            Ok(KeptEvents {
                events: page.events.into_iter().map(event).collect(),
                next: page.next,
            })
        })
    }

    fn access_event(&self, number: i64) -> Answer<'_, Option<(KeptEvent, String)>> {
        Box::pin(async move {
            let found = self.0.access_event(number).await;
            let found =
                found.map_err(|error| unreadable(&error, app::text::access_audit::UNREADABLE))?;
            Ok(found.map(|(found, hash)| (event((number, found)), hash)))
        })
    }
}

/// What of the record is wanted, as the state has it.
pub fn access_ask(ask: AuditAsk) -> AccessAsk {
    AccessAsk {
        username: ask.username,
        action: ask.action,
        address: ask.address,
        subject: ask.subject,
        from_ms: ask.from.map(|from| from.timestamp_millis()),
        to_ms: ask.to.map(|to| to.timestamp_millis()),
        before: ask.before,
    }
}

fn token(token: ApiToken) -> KeptToken {
    let scopes = token.scopes.iter();
    KeptToken {
        scopes: scopes.filter_map(|scope| Right::of_id(scope)).collect(),
        id: token.id,
        name: token.name,
        created: moment(token.created_ms),
        ends: moment(token.ends_ms),
        used: token.used_ms.map(moment),
    }
}

fn event((number, event): (i64, AccessEvent)) -> KeptEvent {
    KeptEvent {
        number,
        at: moment(event.at_ms),
        account_id: event.account_id,
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

fn account(listed: ListedAccount) -> KeptAccount {
    let account = listed.account;
    KeptAccount {
        tokens: usize::try_from(listed.tokens).unwrap_or_default(),
        has_second_factor: listed.has_second_factor,
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
    async fn kept_accounts(&self, ask: &AccountsAsk) -> Result<KeptAccounts, StateError> {
        let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let asked = state::AccountsAsk {
            find: ask.find.clone(),
            skip: number(ask.skip),
            limit: number(ask.limit),
        };
        let now_ms = Utc::now().timestamp_millis();
        let page = self.0.accounts_page(&asked, now_ms).await?;
        let one = match &ask.id {
            Some(id) => self.0.listed_account(id, now_ms).await?,
            None => None,
        };
        Ok(KeptAccounts {
            accounts: page.accounts.into_iter().map(account).collect(),
            matching: usize::try_from(page.matching).unwrap_or_default(),
            all: usize::try_from(page.all).unwrap_or_default(),
            one: one.map(account),
        })
    }

    async fn kept_second_factor(
        &self,
        account_id: &str,
    ) -> Result<Option<KeptSecondFactor>, StateError> {
        let Some(account) = self.0.account(account_id).await? else {
            return Ok(None);
        };
        if self.0.password_hash(account_id).await?.is_none() {
            return Ok(None);
        }
        let now_ms = Utc::now().timestamp_millis();
        let factor = self.0.second_factor(account_id).await?;
        Ok(Some(match factor {
            Some(factor) if factor.is_on => KeptSecondFactor::On {
                recovery_codes: usize::try_from(factor.recovery_codes).unwrap_or_default(),
            },
            Some(factor) if now_ms - factor.created_ms < identity::BEGUN_FOR_MS => {
                let product = app::text::frame::PRODUCT;
                KeptSecondFactor::Begun {
                    app_address: identity::app_address(&factor.secret, product, &account.username),
                    secret: factor.secret,
                }
            }
            _ => KeptSecondFactor::Off,
        }))
    }

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
            views: views
                .into_iter()
                .map(view)
                .filter(|view| view.is_own || !self.1.names_somebody(&Query::parse(&view.query).0))
                .collect(),
            deleted: deleted.map(view),
        })
    }
}
