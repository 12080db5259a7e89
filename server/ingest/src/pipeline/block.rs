//! The resolving threads: a block of records to rows of the lake.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex};

use bumpalo::Bump;
use lake::{Reject, RowMeta, SignInBatch, SignInBatchBuilder};
use serde_json::Value;
use tokio::sync::mpsc;

use super::kind_name;
use super::reader::{Job, Numbered};
use super::row_json;
use super::steps::{Step, StepBook};
use crate::container::{Block, CellFormat, ContainerError, Fault, Piece, Rows, Split};
use crate::record::{KindHint, RecordKind, Refusal, Resolver, Shape, is_foreign_download};

/// Most bytes that are kept of a refused record.
const KEPT_BYTES: usize = 1 << 20;

/// What the committing task receives.
pub(super) enum Item {
    Begin { name: Arc<str>, size_bytes: u64 },
    Records(Box<Records>),
    Fault(Fault),
    End(Result<Split, ContainerError>),
}

/// What became of a block.
#[derive(Default)]
pub(super) struct Records {
    pub batch: Option<SignInBatch>,
    pub count: u64,
    pub other_kinds: BTreeMap<String, u64>,
    pub rejects: Vec<Reject>,
    /// Joined steps, by the file that held them.
    pub steps: BTreeMap<String, u64>,
    pub shape: Option<Shape>,
    pub kind_assumed: u64,
    pub first_micros: Option<i64>,
    pub last_micros: Option<i64>,
    /// The block could not be made into rows, which would be a defect.
    pub defect: Option<String>,
}

/// Where records come from.
#[derive(Clone, Copy)]
struct Origin<'a> {
    name: &'a str,
    hint: KindHint,
}

/// Place of a record in its file.
#[derive(Clone, Copy)]
struct Place {
    line: u64,
    offset_bytes: u64,
}

pub(super) struct BlockWorker {
    resolver: Resolver,
    steps: Arc<StepBook>,
}

impl BlockWorker {
    pub fn new(steps: Arc<StepBook>) -> BlockWorker {
        BlockWorker {
            resolver: Resolver::default(),
            steps,
        }
    }

    /// Works until there are no more jobs, or nobody takes the results.
    pub fn run(
        mut self,
        jobs: &Mutex<Receiver<Numbered<Job>>>,
        results: &mpsc::Sender<Numbered<Item>>,
    ) {
        loop {
            let next = match jobs.lock() {
                Ok(jobs) => jobs.recv(),
                Err(_) => break,
            };
            let Ok(Numbered { number, item }) = next else {
                break;
            };
            let item = match item {
                Job::Begin { name, size_bytes } => Item::Begin { name, size_bytes },
                Job::Fault(fault) => Item::Fault(fault),
                Job::End(outcome) => Item::End(outcome),
                Job::Block { name, hint, block } => {
                    // A defect must end the import with a message, not leave it waiting for this block.
                    let caught = catch_unwind(AssertUnwindSafe(|| self.block(&name, hint, &block)));
                    let records = caught.unwrap_or_else(|_| Records {
                        defect: Some("a record could not be worked on".to_owned()),
                        ..Records::default()
                    });
                    self.steps.block_done();
                    Item::Records(Box::new(records))
                }
            };
            if results.blocking_send(Numbered { number, item }).is_err() {
                self.steps.worker_ended();
                break;
            }
        }
    }

    fn block(&mut self, name: &str, hint: KindHint, block: &Block) -> Records {
        let mut records = Records::default();
        let (rows, raw_bytes) = match block {
            Block::Json { pieces, .. } => {
                let lengths = pieces.iter().map(|piece| piece.end - piece.start);
                (pieces.len(), lengths.sum())
            }
            Block::Rows(rows) => (rows.rows.len(), rows.rows.len() * 2_048),
        };
        let mut builder = SignInBatchBuilder::new(rows, raw_bytes, name);
        let origin = Origin { name, hint };
        match block {
            Block::Json { text, pieces } => {
                self.pieces(origin, text, pieces, &mut builder, &mut records)
            }
            Block::Rows(rows) => self.rows(origin, rows, &mut builder, &mut records),
        }
        if !builder.is_empty() {
            match builder.finish() {
                Ok(batch) => records.batch = Some(batch),
                Err(error) => records.defect = Some(error.to_string()),
            }
        }
        records
    }

    fn pieces(
        &mut self,
        origin: Origin<'_>,
        text: &[u8],
        pieces: &[Piece],
        builder: &mut SignInBatchBuilder,
        records: &mut Records,
    ) {
        let mut memory = Bump::new();
        for piece in pieces {
            records.count += 1;
            let bytes = text.get(piece.start..piece.end).unwrap_or_default();
            let place = Place {
                line: piece.line,
                offset_bytes: piece.offset_bytes,
            };
            let outcome = match std::str::from_utf8(bytes) {
                Ok(record) => self
                    .record(record, origin.hint, &memory, builder, records)
                    .map(|_| ()),
                Err(_) => Err(Refusal::NotText),
            };
            if let Err(refusal) = outcome {
                records
                    .rejects
                    .push(reject(origin.name, place, bytes, &refusal));
            }
            memory.reset();
        }
    }

    fn rows(
        &mut self,
        origin: Origin<'_>,
        rows: &Rows,
        builder: &mut SignInBatchBuilder,
        records: &mut Records,
    ) {
        let names = row_json::distinct_names(&rows.header);
        let foreign = rows.format == CellFormat::Csv
            && is_foreign_download(
                &rows.header,
                KindHint::of_file_name(origin.name).0.is_some(),
            );
        let mut memory = Bump::new();
        for row in &rows.rows {
            records.count += 1;
            let raw = rows.raw(row);
            let place = Place {
                line: row.line,
                offset_bytes: row.offset_bytes,
            };
            let outcome = match row_json::to_json(rows, row, &names) {
                _ if foreign => Err(Refusal::UnknownHeaders),
                None => Err(Refusal::NotText),
                Some(json) => {
                    let (json, joined) = self.with_steps(json);
                    match self.record(&json, origin.hint, &memory, builder, records) {
                        Ok(RecordKind::AuthenticationStep) => {
                            self.step(origin.name, place, raw, &json, records);
                            Ok(())
                        }
                        Ok(_) => {
                            // Counted only now: a refused row leaves its steps to be refused, too.
                            for (origin, count) in
                                joined.map(|id| self.steps.joined(&id)).unwrap_or_default()
                            {
                                *records.steps.entry(origin).or_default() += count;
                            }
                            Ok(())
                        }
                        Err(refusal) => Err(refusal),
                    }
                }
            };
            if let Err(refusal) = outcome {
                records
                    .rejects
                    .push(reject(origin.name, place, raw, &refusal));
            }
            memory.reset();
        }
    }

    /// Resolves one record into the builder, and says what it was.
    fn record(
        &mut self,
        record: &str,
        hint: KindHint,
        memory: &Bump,
        builder: &mut SignInBatchBuilder,
        records: &mut Records,
    ) -> Result<RecordKind, Refusal> {
        let mut resolved = self.resolver.resolve(record, hint, memory)?;
        let RecordKind::SignIn(kind) = resolved.kind else {
            if let Some(name) = kind_name(&resolved.kind) {
                *records.other_kinds.entry(name).or_default() += 1;
            }
            return Ok(resolved.kind);
        };
        resolved.stored_at(builder.stored_micros());
        records.shape = Some(resolved.shape);
        records.kind_assumed += u64::from(resolved.kind_assumed);
        let date = resolved.cells.first().and_then(|cell| match cell {
            lake::CellValue::Instant(micros) => Some(*micros),
            _ => None,
        });
        records.first_micros = [records.first_micros, date].into_iter().flatten().min();
        records.last_micros = records.last_micros.max(date);
        let meta = RowMeta {
            kind,
            key: resolved.key,
            emitted_micros: resolved.emitted_micros,
            shape: resolved.shape.as_str(),
            raw: record,
        };
        builder.push(&meta, &resolved.cells);
        Ok(resolved.kind)
    }

    /// The row with its authentication steps, when there are any, and whose they are.
    fn with_steps(&self, json: String) -> (String, Option<String>) {
        if self.steps.is_empty() {
            return (json, None);
        }
        let Ok(row) = serde_json::from_str::<serde_json::Map<String, Value>>(&json) else {
            return (json, None);
        };
        let find = |wanted: &str| {
            row.iter()
                .find(|(key, _)| key.trim().eq_ignore_ascii_case(wanted))
                .and_then(|(_, value)| value.as_str().map(str::to_owned))
        };
        let steps = match (find("Authentication method"), find("Request ID")) {
            (None, Some(id)) => self.steps.of(&id).map(|steps| (id, steps)),
            _ => None,
        };
        match steps {
            Some((id, steps)) => match row_json::with_steps(&json, &steps) {
                Some(joined) => (joined, Some(id)),
                None => (json, None),
            },
            None => (json, None),
        }
    }

    fn step(&self, name: &str, place: Place, raw: &[u8], json: &str, records: &mut Records) {
        let read = serde_json::from_str(json)
            .ok()
            .and_then(|row| Step::read(&row));
        let left = match read {
            Some((id, step)) => self.steps.add(
                id,
                Step::new(name, (place.line, place.offset_bytes), raw, step),
            ),
            None => Some(Step::new(
                name,
                (place.line, place.offset_bytes),
                raw,
                Value::Null,
            )),
        };
        records.rejects.extend(left.map(Step::into_reject));
    }
}

fn reject(name: &str, place: Place, bytes: &[u8], refusal: &Refusal) -> Reject {
    let kept = &bytes[..bytes.len().min(KEPT_BYTES)];
    Reject {
        origin: name.to_owned(),
        line: place.line,
        offset_bytes: place.offset_bytes,
        reason: refusal.reason().to_owned(),
        detail: refusal.to_string(),
        size_bytes: bytes.len() as u64,
        bytes: kept.to_vec(),
    }
}
