//! A segment: sign-ins of one kind of one data file of the lake, newest first, column by column.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::atomic::{self, AtomicU64};
use std::sync::{Arc, OnceLock};

use model::{Tab, Value};

use crate::codes::{Coded, Codes, Local};
use crate::dates::Dates;
use crate::dictionary::{Code, Dictionary};
use crate::groups::single;
use crate::identifier::Identifiers;
use crate::layout::Layout;

/// Most rows of a segment: each can have a value of its own, and rows are named by two bytes.
pub(crate) const MOST_ROWS: usize = 65_535;

/// Rows of one kind. A segment never changes: a file that is rewritten is other segments.
#[derive(Debug)]
pub(crate) struct Segment {
    id: u64,
    tab: Tab,
    /// Moments of the newest and the oldest row.
    span: Option<(i64, i64)>,
    dates: Dates,
    /// In the order of the layout.
    columns: Box<[Column]>,
    /// How many rows have each value and outcome, for columns of few values; counted when first asked.
    by_outcome: Box<[Kept]>,
    size_bytes: usize,
}

/// Outcomes that are counted for each value: the three, and none.
const OUTCOMES: usize = 4;

/// Counts that are made when they are first asked for, where they can be kept.
type Kept = OnceLock<Option<Box<[u32]>>>;

/// Identifier of the segment that was made last.
static LAST_ID: AtomicU64 = AtomicU64::new(0);

/// One column of a segment: which of its values each row has, and what these are.
#[derive(Debug)]
pub(crate) struct Column {
    pub rows: Arc<Coded>,
    pub values: Values,
}

/// The values that a segment has in a column, by local code.
#[derive(Debug)]
pub(crate) enum Values {
    /// Codes of the dictionary that all segments share, ascending.
    Shared(Shared),
    /// Identifiers.
    Own(Arc<Identifiers>),
}

/// Ascending codes.
#[derive(Debug)]
pub(crate) struct Shared {
    codes: Box<[Code]>,
    /// Every 64th of them: what is looked up is looked up here first, since these few stay near the
    /// processor.
    fences: Box<[Code]>,
}

/// Codes between two fences.
const FENCED: usize = 64;

impl Shared {
    /// Of these codes, which must be ascending.
    pub fn new(codes: Box<[Code]>) -> Shared {
        let fences = codes.iter().step_by(FENCED).copied().collect();
        Shared { codes, fences }
    }

    /// The codes.
    pub fn codes(&self) -> &[Code] {
        &self.codes
    }

    /// Place of a code.
    fn find(&self, code: Code) -> Option<usize> {
        let block = self
            .fences
            .partition_point(|fence| *fence <= code)
            .checked_sub(1)?;
        let start = block * FENCED;
        let end = self.codes.len().min(start + FENCED);
        let found = self.codes.get(start..end)?.binary_search(&code).ok()?;
        Some(start + found)
    }
}

impl Values {
    /// How many local codes there are.
    pub fn len(&self) -> usize {
        match self {
            Values::Shared(shared) => shared.codes.len(),
            Values::Own(identifiers) => identifiers.codes(),
        }
    }

    /// The shared codes; none where the values are the segment's own.
    pub fn shared(&self) -> &[Code] {
        match self {
            Values::Shared(shared) => &shared.codes,
            Values::Own(_) => &[],
        }
    }

    /// The local code of a shared one, when the segment has it.
    pub fn local(&self, code: Code) -> Option<Local> {
        match self {
            Values::Shared(shared) => Local::try_from(shared.find(code)?).ok(),
            Values::Own(_) => None,
        }
    }
}

impl Column {
    /// The shared code of a row; that of no value where values are the segment's own.
    pub fn shared(&self, row: usize) -> Code {
        let local = usize::from(self.rows.codes().at(row));
        self.values.shared().get(local).copied().unwrap_or_default()
    }

    /// The value of a row.
    pub fn value(&self, row: usize, dictionary: &Dictionary) -> Value {
        let code = self.rows.codes().at(row);
        match &self.values {
            Values::Shared(shared) => dictionary.value(shared.codes[usize::from(code)]),
            Values::Own(identifiers) => identifiers.with(code, |text| {
                text.map_or(Value::Empty, |text| Value::Text(text.to_owned()))
            }),
        }
    }
}

impl Segment {
    /// A segment of these columns, whose rows are in order already.
    pub fn new(tab: Tab, dates: Dates, columns: Box<[Column]>) -> Segment {
        let size_bytes = size_bytes(&dates, &columns);
        Segment {
            id: LAST_ID.fetch_add(1, atomic::Ordering::Relaxed),
            tab,
            span: dates
                .len()
                .checked_sub(1)
                .map(|last| (dates.at(0), dates.at(last))),
            dates,
            by_outcome: columns.iter().map(|_| OnceLock::new()).collect(),
            columns,
            size_bytes,
        }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.dates.len()
    }

    /// What tells it apart from all segments that this process ever had.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// What kind of sign-ins these are.
    pub fn tab(&self) -> Tab {
        self.tab
    }

    /// The moments.
    pub fn dates(&self) -> &Dates {
        &self.dates
    }

    /// Moment of a row.
    pub fn date(&self, row: usize) -> i64 {
        self.dates.at(row)
    }

    /// Moments of the newest and of the oldest row.
    pub fn span(&self) -> Option<(i64, i64)> {
        self.span
    }

    /// The rows from the first moment on and before the second.
    pub fn within(&self, from: Option<i64>, to: Option<i64>) -> Range<usize> {
        let start = to.map_or(0, |to| self.dates.from(to));
        let end = from.map_or(self.rows(), |from| self.dates.from(from));
        start..end.max(start)
    }

    /// A column by its position in the layout.
    pub fn column(&self, index: usize) -> &Column {
        &self.columns[index]
    }

    /// How many rows have each local code of a column, and within it each local code of the outcome, of
    /// which there are four at most; `None` where the column has many values.
    pub fn by_outcome(&self, index: usize) -> Option<&[u32]> {
        let counts = self.by_outcome.get(index)?.get_or_init(|| {
            let outcomes = &self.column(Layout::get().status).rows;
            single::whole(&self.column(index).rows, outcomes)
        });
        counts.as_deref()
    }

    /// All columns, in the order of the layout.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Request ID of a row.
    pub fn request_id(&self, row: usize) -> String {
        self.with_request_id(row, str::to_owned)
    }

    /// Compares the request ID of a row with a text.
    pub fn compare_request_id(&self, row: usize, text: &str) -> Ordering {
        self.with_request_id(row, |id| id.cmp(text))
    }

    /// Compares the request IDs of rows of two segments.
    pub fn compare_request_ids(&self, row: usize, other: &Segment, other_row: usize) -> Ordering {
        let key = |segment: &Segment, row| {
            let column = segment.column(Layout::get().request_id);
            let code = column.rows.codes().at(row);
            match &column.values {
                Values::Own(identifiers) => identifiers.regular(code),
                Values::Shared(_) => None,
            }
        };
        match (key(self, row), key(other, other_row)) {
            (Some((form, left)), Some((other_form, right))) if form == other_form => {
                left.cmp(&right)
            }
            _ => self.with_request_id(row, |id| other.compare_request_id(other_row, id).reverse()),
        }
    }

    fn with_request_id<T>(&self, row: usize, call: impl FnOnce(&str) -> T) -> T {
        let column = self.column(Layout::get().request_id);
        match &column.values {
            Values::Own(identifiers) => identifiers.with(column.rows.codes().at(row), |text| {
                call(text.unwrap_or_default())
            }),
            Values::Shared(_) => call(""),
        }
    }

    /// Memory, about, in bytes, without the counts by outcome.
    pub fn size_bytes(&self) -> usize {
        self.size_bytes
    }

    /// Memory of the counts by outcome that were asked for so far, in bytes.
    pub fn counts_bytes(&self) -> usize {
        let kept = self
            .by_outcome
            .iter()
            .filter_map(|kept| kept.get()?.as_deref());
        kept.map(size_of_val).sum()
    }

    /// Memory of the counts by outcome when all were asked for, in bytes.
    pub fn most_counts_bytes(&self) -> usize {
        let most = |column: &Column| match column.rows.codes() {
            Codes::Same(_) => 1,
            Codes::One(_) => column.values.len(),
            Codes::Two(_) => 0,
        };
        let values: usize = self.columns.iter().map(most).sum();
        values * OUTCOMES * size_of::<u32>()
    }
}

/// What columns share is counted once.
fn size_bytes(dates: &Dates, columns: &[Column]) -> usize {
    let mut seen: Vec<*const ()> = Vec::new();
    let mut first = |place: *const ()| {
        let is_first = !seen.contains(&place);
        seen.push(place);
        is_first
    };
    let mut size = dates.size_bytes() + size_of_val(columns) + columns.len() * size_of::<Kept>();
    for column in columns {
        if first(Arc::as_ptr(&column.rows).cast()) {
            size += column.rows.size_bytes();
        }
        size += match &column.values {
            Values::Shared(shared) => size_of_val(&*shared.codes) + size_of_val(&*shared.fences),
            Values::Own(identifiers) if first(Arc::as_ptr(identifiers).cast()) => {
                identifiers.size_bytes()
            }
            Values::Own(_) => 0,
        };
    }
    size
}
