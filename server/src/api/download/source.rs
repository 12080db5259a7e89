//! Where the rows of a download come from: memory where it holds them all, the lake for the rest and for
//! records as they came. Both are of one version, whatever is imported meanwhile.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use chrono::{DateTime, Utc};
use explorer::View;
use futures::{Stream, StreamExt};
use lake::LakeError;
use lake::read::{Everything, Pinned};
use model::ask::{Ask, PageAsk};
use model::query::Cursor;
use model::{Column, Tab, Value};
use tokio::runtime::Handle;

use super::block::{Block, Cell, Field, read_columns};
use super::outlet::{Reception, gone};
use crate::sight::{Sighted, without_policies};

/// Rows that are put in order at a time: what memory a download takes depends on this alone.
const PAGE_ROWS: usize = 65_536;
/// Rows that are read at a time: a few hundred are read fastest.
const BLOCK_ROWS: usize = 512;

/// One version of the sign-ins.
pub enum Source {
    /// In memory.
    Memory(Arc<View>),
    /// In the lake.
    Lake(Pinned),
}

/// What one file is about.
pub struct Part {
    ask: Ask,
    now: DateTime<Utc>,
    found: Found,
    sighted: Sighted,
}

enum Found {
    Memory(Arc<View>, u64),
    Lake(Box<Everything>),
}

/// A record as it came.
pub struct Record<'a> {
    /// What kind of sign-in it is.
    pub tab: Tab,
    /// Its JSON text.
    pub raw: &'a str,
}

impl Source {
    /// What a settled ask finds, counted.
    ///
    /// # Errors
    /// When the lake cannot be read.
    pub async fn part(
        &self,
        ask: Ask,
        now: DateTime<Utc>,
        sighted: Sighted,
    ) -> Result<Part, LakeError> {
        let found = match self {
            Source::Lake(pinned) => Found::Lake(Box::new(pinned.everything(&ask, now).await?)),
            Source::Memory(view) => {
                let (view, mut counting) = (Arc::clone(view), ask.clone());
                counting.counts = true;
                let counting = move || {
                    let answer = view.answer(&counting, now, &AtomicBool::new(false));
                    let counts = answer.and_then(|answer| answer.counts).unwrap_or_default();
                    Found::Memory(view, counts.of_tabs(counting.tabs))
                };
                tokio::task::spawn_blocking(counting).await?
            }
        };
        Ok(Part {
            ask,
            now,
            found,
            sighted,
        })
    }
}

impl Part {
    /// How many sign-ins there are.
    pub fn rows(&self) -> u64 {
        match &self.found {
            Found::Memory(_, rows) => *rows,
            Found::Lake(everything) => everything.rows(),
        }
    }

    /// Calls with all rows in their order, some at a time.
    pub fn blocks(
        &self,
        fields: &[Field],
        reception: &Reception,
        mut each: impl FnMut(Block<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        match &self.found {
            Found::Memory(view, _) => self.blocks_of_memory(view, fields, &mut each),
            Found::Lake(everything) => {
                let mut ids = vec![lake::schema::KIND];
                let columns = read_columns(fields).into_iter();
                ids.extend(columns.filter(|id| *id != lake::schema::KIND));
                batches(everything, &ids, reception, |batch| {
                    let kinds = Cell::of_array(batch.column(0));
                    let tabs: Vec<Tab> = kinds.iter().map(tab).collect();
                    let read = |column: &'static Column| {
                        let cells = batch.column_by_name(column.id).map(Cell::of_array);
                        self.seen(column, cells.unwrap_or_default())
                    };
                    each(Block::read(fields, &tabs, read))
                })
            }
        }
    }

    /// Cells of a column as whoever asks sees them.
    fn seen<'a>(&self, column: &'static Column, mut cells: Vec<Cell<'a>>) -> Vec<Cell<'a>> {
        let sight = self.sighted.sight;
        if !sight.shows(column) {
            cells.fill(Cell::Empty);
        }
        if let Some(personal) = column.personal().filter(|_| !sight.people) {
            for cell in &mut cells {
                let shown = cell.with_text(|text| self.sighted.text(personal, text));
                *cell = match shown.flatten() {
                    Some(shown) => Cell::Text(shown.into()),
                    None => Cell::Empty,
                };
            }
        }
        cells
    }

    fn blocks_of_memory(
        &self,
        view: &View,
        fields: &[Field],
        each: &mut dyn FnMut(Block<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut ask = self.ask.clone();
        ask.page = Some(PageAsk {
            columns: Vec::new(),
            limit: PAGE_ROWS,
            skip: 0,
        });
        let never = AtomicBool::new(false);
        while let Some(rows) = view.page_rows(&ask, self.now, &never)
            && !rows.is_empty()
        {
            for start in (0..rows.len()).step_by(BLOCK_ROWS) {
                let range = start..(start + BLOCK_ROWS).min(rows.len());
                let tabs: Vec<Tab> = range.clone().map(|row| rows.tab(row)).collect();
                let read = |column: &'static Column| {
                    let cells = rows.read(range.clone(), column).into_iter();
                    self.seen(column, cells.map(Cell::of_memory).collect())
                };
                each(Block::read(fields, &tabs, read))?;
            }
            if rows.len() < PAGE_ROWS {
                break;
            }
            let last = rows.len() - 1;
            let value = |column: &'static Column| {
                let cells = rows.read(last..rows.len(), column).into_iter();
                let mut cells = cells.map(|cell| Cell::of_memory(cell).to_value());
                cells.next().unwrap_or_default()
            };
            let column = ask.query.sort.column;
            let after = Cursor {
                sort_value: (column.id != "date").then(|| value(column)),
                date_micros: match value(Column::named("date")) {
                    Value::Instant(moment) => moment.timestamp_micros(),
                    _ => 0,
                },
                request_id: value(Column::named("request_id")).to_text(),
            };
            ask.query.after = Some(after);
        }
        Ok(())
    }

    /// Calls with all records in the order of the rows.
    pub fn records(
        &self,
        reception: &Reception,
        mut each: impl FnMut(Record<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        let Found::Lake(everything) = &self.found else {
            return Err(io::Error::other(
                "memory does not hold records as they came",
            ));
        };
        let ids = [lake::schema::KIND, lake::schema::RAW];
        batches(everything, &ids, reception, |batch| {
            let [kinds, records] = [0, 1].map(|index| Cell::of_array(batch.column(index)));
            for (kind, record) in kinds.iter().zip(&records) {
                let Cell::Text(raw) = record else {
                    continue;
                };
                let tab = tab(kind);
                if !self.sighted.sight.policies {
                    let raw = &without_policies(raw);
                    each(Record { tab, raw })?;
                } else {
                    each(Record { tab, raw })?;
                }
            }
            Ok(())
        })
    }
}

fn tab(kind: &Cell<'_>) -> Tab {
    let tab = kind.with_text(Tab::parse).flatten();
    tab.unwrap_or(Tab::Interactive)
}

/// Calls with the rows of the lake, piece by piece. When nobody receives them any more, reading ends at once.
fn batches(
    everything: &Everything,
    columns: &[&str],
    reception: &Reception,
    mut each: impl FnMut(&arrow::array::RecordBatch) -> io::Result<()>,
) -> io::Result<()> {
    let runtime = Handle::current();
    for piece in 0..everything.pieces() {
        let begun = runtime.block_on(until(reception, everything.piece(piece, columns)))?;
        let mut stream = std::pin::pin!(begun.map_err(io::Error::other)?);
        while let Some(batch) = runtime.block_on(until(reception, next(&mut stream)))? {
            each(&batch.map_err(io::Error::other)?)?;
        }
    }
    Ok(())
}

async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    stream.next().await
}

/// The outcome, unless nobody waits for it any more.
async fn until<T>(reception: &Reception, outcome: impl Future<Output = T>) -> io::Result<T> {
    tokio::select! {
        () = reception.ended() => Err(gone()),
        outcome = outcome => Ok(outcome),
    }
}
