//! What the pages need from the server, without naming how it is stored.
//!
//! The server puts an `Arc<dyn Backend>` into the context of every render and server function.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use model::answer::{Counts, Page};
use model::ask::Ask;
use model::gist::Gist;
use model::import::ImportProgress;
use model::query::{Cursor, Filter, Query};
use model::registration::Registrations;
use model::{Column, SignIn, Tab, Value, reason};

use crate::groups::{GroupImport, GroupSeen, GroupWithSilent};
use crate::registrations::RegistrationImport;
pub use crate::view::sign_ins::Effort;

/// An answer that is on its way.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, BackendError>> + Send + 'a>>;

/// Why the server has no answer. The message is for the reader of the page: it names what did not
/// work and what to do, and holds nothing of the log.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct BackendError {
    /// What happened, for people.
    pub message: String,
    /// Number under which the server's log has the details.
    pub trace: String,
}

/// One page of rows.
#[derive(Debug, Clone)]
pub struct Rows {
    /// The rows in order.
    pub rows: Vec<Row>,
    /// Where the next page starts.
    pub next: Option<Cursor>,
    /// Whether the lake was read for them, because memory does not hold all that was asked for.
    pub is_from_lake: bool,
}

impl Rows {
    /// The rows of a page that was asked for with the columns of [`reason::with_its_columns`].
    pub fn of(page: Page, is_from_lake: bool) -> Rows {
        let rows = page.rows.into_iter().map(|row| {
            let mut values = row.values;
            let beside = reason::taken(&mut values);
            Row {
                request_id: row.request_id,
                date: row.date,
                values,
                error_code: beside.error_code,
                gist: beside.gist,
                deciding_policy: beside.deciding_policy,
                is_settling: beside.is_settling,
            }
        });
        Rows {
            rows: rows.collect(),
            next: page.next,
            is_from_lake,
        }
    }
}

/// One page of lines that stand for sign-ins that are alike.
#[derive(Debug, Clone, Default)]
pub struct FoldedRows {
    /// The lines in order.
    pub lines: Vec<FoldedRow>,
    /// Where the next page starts.
    pub next: Option<Cursor>,
    /// How many lines there are in all, where that is known.
    pub count: Option<u64>,
    /// Whether there are too many lines to tell any.
    pub is_too_many: bool,
    /// Whether the lake was read for them, because memory does not hold all that was asked for.
    pub is_from_lake: bool,
    /// How long the engine took.
    pub engine: Duration,
}

/// Sign-ins that are alike within a stretch of time.
#[derive(Debug, Clone)]
pub struct FoldedRow {
    /// The newest of them.
    pub newest: Row,
    /// How many there are.
    pub sign_ins: u64,
    /// Moment of the oldest.
    pub first: DateTime<Utc>,
    /// What leaves them, and others that are alike at other times.
    pub filters: Vec<Filter>,
}

/// An answer to a whole ask.
#[derive(Debug, Clone, Default)]
pub struct Answered {
    /// The answer.
    pub answer: model::answer::Answer,
    /// Whether the lake was read for it, because memory does not hold all that was asked for.
    pub is_from_lake: bool,
    /// Whether it is about an identifier that is searched for: about sign-ins of any kind and moment.
    pub is_looked_up: bool,
    /// What it took.
    pub effort: Effort,
}

/// One row with the values of the columns asked for.
#[derive(Debug, Clone)]
pub struct Row {
    /// Request ID.
    pub request_id: String,
    /// Moment of the sign-in.
    pub date: DateTime<Utc>,
    /// Values in the order of the columns asked for. For `reason` it is [`Value::Empty`]: it is
    /// worked out from `error_code`, `gist` and `deciding_policy`, which are given beside.
    pub values: Vec<Value>,
    /// Error code of the sign-in.
    pub error_code: Option<i64>,
    /// What the verdict comes to, where that is more than the code says.
    pub gist: Option<Gist>,
    /// Policy that decided, for a sign-in that Conditional Access blocked.
    pub deciding_policy: Option<String>,
    /// Whether more of its record may still come.
    pub is_settling: bool,
}

/// Everything about one sign-in.
#[derive(Debug, Clone)]
pub struct Detail {
    /// Which tab it belongs to.
    pub tab: Tab,
    /// Values of all stored columns, in the order of the column table.
    pub values: Vec<(&'static Column, Value)>,
    /// The whole record, with what no column holds.
    pub sign_in: SignIn,
    /// The record as it came, as JSON text.
    pub raw: String,
    /// File or feed that it came from.
    pub origin: String,
    /// What the shape it came in is called.
    pub shape: String,
    /// When its source wrote it; `None` where that is not said.
    pub emitted: Option<DateTime<Utc>>,
    /// When it was stored; `None` for a record that was never stored.
    pub stored: Option<DateTime<Utc>>,
    /// How many earlier versions are kept.
    pub earlier_versions: usize,
    /// Whether the person is masked.
    pub is_person_masked: bool,
    /// Whether an address is masked.
    pub is_address_masked: bool,
}

/// A download of this server process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// Name of the file.
    pub name: String,
    /// Rows written so far.
    pub written: u64,
    /// Rows there are to write; `None` while they are being counted.
    pub rows: Option<u64>,
    /// Whether all of it was sent.
    pub is_done: bool,
    /// Whether it ended before.
    pub is_broken: bool,
}

/// A record that was set aside.
#[derive(Debug, Clone)]
pub struct Rejected {
    /// Number by which it can be downloaded, at `/api/rejects/<number>`.
    pub key: i64,
    /// File and member.
    pub origin: String,
    /// Line, from 1; 0 where lines mean nothing.
    pub line: u64,
    /// Why, in full.
    pub detail: String,
    /// Its beginning, as text.
    pub excerpt: String,
}

/// What the pages ask.
pub trait Backend: Send + Sync + 'static {
    /// What time it is. Views read no clock of their own.
    fn now(&self) -> DateTime<Utc>;
    /// Name of the tenant, for the top bar.
    fn tenant_name(&self) -> String;
    /// Rows of the query, at most `limit`, with the values of `columns`.
    fn rows<'a>(
        &'a self,
        query: &'a Query,
        columns: &'a [&'static Column],
        limit: usize,
    ) -> Answer<'a, Rows>;
    /// Lines of the query, at most `limit`, folded as its tab and [`Query::folds`] say, with the values of
    /// `columns` of the newest sign-in of each; with the number of all lines where that is wanted.
    fn folded<'a>(
        &'a self,
        query: &'a Query,
        columns: &'a [&'static Column],
        limit: usize,
        is_counted: bool,
    ) -> Answer<'a, FoldedRows>;
    /// Everything that can be asked of the sign-ins, in one look: numbers, histogram, facets, groups, and
    /// rows with just the columns asked for.
    fn ask(&self, ask: Ask) -> Answer<'_, Answered>;
    /// How many there are.
    fn counts<'a>(&'a self, query: &'a Query) -> Answer<'a, Counts>;
    /// Oldest and newest moment of a tab's sign-ins; `None` when it has none.
    fn span(&self, tab: Tab) -> Answer<'_, Option<(DateTime<Utc>, DateTime<Utc>)>>;
    /// One sign-in by its request ID.
    fn detail<'a>(&'a self, request_id: &'a str) -> Answer<'a, Option<Detail>>;
    /// Several sign-ins by their request IDs, in that order, from one reading; without those that are not here, and
    /// without how many versions there are of each.
    fn details<'a>(&'a self, request_ids: &'a [&'a str]) -> Answer<'a, Vec<Detail>>;
    /// All versions of a record, the oldest first and the present one last; nothing when there is no such
    /// record.
    fn versions<'a>(&'a self, request_id: &'a str) -> Answer<'a, Vec<Detail>>;
    /// The answer to a whole ask where memory holds all that it is about; `None` where the lake would have to
    /// be read.
    fn ask_memory(&self, ask: Ask) -> Answer<'_, Option<Answered>>;
    /// An import of this server process by its number.
    fn import(&self, id: u64) -> Option<ImportProgress>;
    /// Imports of this server process, newest first.
    fn imports(&self) -> Vec<ImportProgress>;
    /// A download of this server process by the name that its page gave it; `None` while there is none.
    fn download(&self, id: &str) -> Option<Download>;
    /// All imported groups in the order of their names, with the sign-ins of their people that meet the query.
    fn groups<'a>(&'a self, query: &'a Query) -> Answer<'a, Vec<GroupSeen>>;
    /// The group with this object ID or name, and its people without a sign-in that meets the query; of several
    /// with one name the first. `None` when there is none.
    fn group<'a>(&'a self, word: &'a str, query: &'a Query) -> Answer<'a, Option<GroupWithSilent>>;
    /// What came of an import of groups of this server process by its number.
    fn group_import(&self, id: u64) -> Option<GroupImport>;
    /// What the imported lists say of people's methods, of registrations and resets, and of relying parties of AD FS.
    fn registrations(&self) -> Answer<'_, Arc<Registrations>>;
    /// What came of an import of such lists of this server process by its number.
    fn registration_import(&self, id: u64) -> Option<RegistrationImport>;
    /// The records that were set aside under these numbers, those that are still kept.
    fn rejects<'a>(&'a self, keys: &'a [i64]) -> Answer<'a, Vec<Rejected>>;
}

/// The backend as it lies in the context: as whoever asks sees the sign-ins.
pub type SharedBackend = Arc<dyn Backend>;

/// The backend for somebody's own sign-ins, which nobody keeps from them.
#[derive(Clone)]
pub struct OwnBackend(pub SharedBackend);
