//! The committing task: takes what the workers made, in order, and keeps the books.

use std::collections::BTreeMap;
use std::sync::Arc;

use bumpalo::Bump;
use chrono::DateTime;
use lake::{Importer, Lake, Reject, RowMeta, SignInBatchBuilder};
use model::import::{FileSummary, ImportSummary};
use serde_json::{Map, Value};

use super::ImportError;
use super::block::{Item, Records};
use super::progress::Progress;
use super::steps::{Step, StepBook};
use crate::container::{self, Fault, FaultReason, Split};
use crate::record::{KindHint, RecordKind, Resolver, Shape};

/// Rejects are stored when so many wait...
const REJECTS: usize = 20_000;
/// ...or when they hold so much memory.
const REJECT_BYTES: usize = 32 << 20;

pub(super) struct Committer {
    progress: Arc<Progress>,
    summary: ImportSummary,
    file: FileSummary,
    shape: Option<Shape>,
    kind_assumed: u64,
    first_micros: Option<i64>,
    last_micros: Option<i64>,
    rejects: Vec<Reject>,
    reject_bytes: usize,
}

impl Committer {
    pub fn new(progress: Arc<Progress>) -> Committer {
        Committer {
            progress,
            summary: ImportSummary::default(),
            file: FileSummary::default(),
            shape: None,
            kind_assumed: 0,
            first_micros: None,
            last_micros: None,
            rejects: Vec::new(),
            reject_bytes: 0,
        }
    }

    pub async fn take(&mut self, item: Item, importer: &mut Importer) -> Result<(), ImportError> {
        match item {
            Item::Begin { name, size_bytes } => {
                self.file = FileSummary {
                    name: name.to_string(),
                    size_bytes,
                    ..FileSummary::default()
                };
                self.shape = None;
                self.first_micros = None;
                self.last_micros = None;
            }
            Item::Records(records) => self.records(*records, importer).await?,
            Item::Fault(fault) => self.fault(fault),
            Item::End(outcome) => self.end(outcome),
        }
        if self.rejects.len() >= REJECTS || self.reject_bytes >= REJECT_BYTES {
            self.store_rejects(importer).await?;
        }
        Ok(())
    }

    async fn records(
        &mut self,
        records: Records,
        importer: &mut Importer,
    ) -> Result<(), ImportError> {
        self.progress.add_records(records.count);
        let file = &mut self.file;
        file.records += records.count;
        file.steps += records.steps;
        file.other += records.other_kinds.values().sum::<u64>();
        for (kind, count) in records.other_kinds {
            *self.summary.other_kinds.entry(kind).or_default() += count;
        }
        self.shape = self.shape.or(records.shape);
        self.kind_assumed += records.kind_assumed;
        self.first_micros = [self.first_micros, records.first_micros]
            .into_iter()
            .flatten()
            .min();
        self.last_micros = self.last_micros.max(records.last_micros);
        if let Some(batch) = records.batch {
            let judged = importer.add(batch).await?;
            file.new += judged.new;
            file.updated += judged.updated;
            file.duplicates += judged.duplicates;
            file.older += judged.older;
        }
        for reject in records.rejects {
            self.reject(reject);
        }
        match records.defect {
            Some(message) => {
                tracing::error!(
                    defect = message,
                    "a block of records could not be made into rows"
                );
                Err(ImportError::Worker)
            }
            None => Ok(()),
        }
    }

    fn reject(&mut self, reject: Reject) {
        self.file.rejected += 1;
        *self
            .summary
            .rejected_by_reason
            .entry(reject.reason.clone())
            .or_default() += 1;
        self.reject_bytes += reject.bytes.len() + 256;
        self.rejects.push(reject);
    }

    fn fault(&mut self, fault: Fault) {
        if fault.reason == FaultReason::EndsInsideList {
            let note = format!(
                "{}: {}; the file may have been cut off",
                self.file.name, fault.reason
            );
            self.summary.notes.push(note);
            return;
        }
        self.file.records += 1;
        self.reject(Reject {
            origin: self.file.name.clone(),
            line: fault.line,
            offset_bytes: fault.offset_bytes,
            reason: fault.reason.code().to_owned(),
            detail: fault.reason.to_string(),
            size_bytes: fault.length_bytes,
            bytes: fault.bytes,
        });
    }

    fn end(&mut self, outcome: Result<Split, container::ContainerError>) {
        let mut file = std::mem::take(&mut self.file);
        match outcome {
            Ok(split) => {
                file.format = match (self.shape, split.shape) {
                    (Some(shape), container::Shape::Csv) if shape == Shape::PortalCsv => {
                        shape.label().to_owned()
                    }
                    (Some(shape), container) => format!("{}, {container}", shape.label()),
                    (None, container) => container.to_string(),
                };
                file.problem = problem(&split, &file);
            }
            Err(error) => file.problem = Some(error.to_string()),
        }
        file.first = self.first_micros.and_then(moment);
        file.last = self.last_micros.and_then(moment);
        self.summary.add(file);
        self.progress.set_summary(&self.summary);
    }

    async fn store_rejects(&mut self, importer: &mut Importer) -> Result<(), ImportError> {
        importer.reject(&self.rejects).await?;
        self.rejects.clear();
        self.reject_bytes = 0;
        Ok(())
    }

    /// Joins steps whose sign-ins came with an earlier import, and refuses those that have none.
    pub async fn join_left_over_steps(
        &mut self,
        steps: &StepBook,
        lake: &Lake,
        importer: &mut Importer,
    ) -> Result<(), ImportError> {
        let left = steps.take_left_over();
        if left.is_empty() {
            return Ok(());
        }
        importer.flush().await?;
        for (id, json, list) in left {
            let known = importer.knows(lake::read::id_key(&id));
            let record = if known { lake.record(&id).await? } else { None };
            match record.and_then(|record| {
                joined(&record.raw, &record.shape, json).map(|raw| (record, raw))
            }) {
                Some((record, raw)) => {
                    let mut builder = SignInBatchBuilder::new(1, &record.origin);
                    let memory = Bump::new();
                    if let Ok(resolved) =
                        Resolver::default().resolve(&raw, KindHint(Some(record.kind)), &memory)
                        && resolved.kind == RecordKind::SignIn(record.kind)
                    {
                        let meta = RowMeta {
                            kind: record.kind,
                            key: resolved.key,
                            emitted_micros: resolved.emitted_micros,
                            shape: resolved.shape.as_str(),
                            raw: &raw,
                        };
                        builder.push(&meta, &resolved.cells);
                    }
                    importer.add(builder.finish()?).await?;
                    self.summary.steps += list.len() as u64;
                }
                // A whole record from another source has its steps already.
                None if known => self.summary.steps += list.len() as u64,
                None => self.refuse_steps(list),
            }
        }
        Ok(())
    }

    fn refuse_steps(&mut self, steps: Vec<Step>) {
        let count = steps.len() as u64;
        let origin = steps.first().map(|step| step.origin.clone());
        for reject in steps.into_iter().map(Step::into_reject) {
            self.reject(reject);
        }
        self.summary.rejected += count;
        if let Some(file) = self
            .summary
            .by_file
            .iter_mut()
            .find(|file| Some(&file.name) == origin.as_ref())
        {
            file.rejected += count;
        }
        self.file.rejected = 0;
    }

    pub async fn finish(mut self, importer: &mut Importer) -> Result<ImportSummary, ImportError> {
        self.store_rejects(importer).await?;
        importer.flush().await?;
        if self.kind_assumed > 0 {
            self.summary.notes.push(format!(
                "{} records do not say which kind of sign-in they are and were taken as interactive; \
                 keep the portal's file name, or say --kind",
                model::present::count(self.kind_assumed)
            ));
        }
        let others: BTreeMap<_, _> = std::mem::take(&mut self.summary.other_kinds);
        if !others.is_empty() {
            let names: Vec<_> = others
                .iter()
                .map(|(name, count)| format!("{} {name}", model::present::count(*count)))
                .collect();
            self.summary.notes.push(format!(
                "not imported yet, other kinds of records: {}",
                names.join(", ")
            ));
        }
        self.summary.other_kinds = others;
        self.progress.set_summary(&self.summary);
        Ok(self.summary)
    }
}

/// Why a file gave nothing, in a sentence; `None` when there is nothing to say.
fn problem(split: &Split, file: &FileSummary) -> Option<String> {
    match split.shape {
        container::Shape::NotALog(what) => Some(format!(
            "this is not a sign-in log: it seems to be {what}; nothing was imported"
        )),
        container::Shape::Empty => Some("the file is empty".to_owned()),
        _ if file.records == 0 => Some("the file is sound but holds no records".to_owned()),
        _ if file.other == file.records => {
            Some("no sign-ins in this file; its records are of other kinds".to_owned())
        }
        _ => None,
    }
}

/// A portal CSV row with these steps; `None` for records of other shapes.
fn joined(raw: &str, shape: &str, steps: Value) -> Option<String> {
    if Shape::parse(shape) != Some(Shape::PortalCsv) {
        return None;
    }
    let mut row = serde_json::from_str::<Map<String, Value>>(raw).ok()?;
    row.insert("authenticationDetails".to_owned(), steps);
    Some(Value::Object(row).to_string())
}

fn moment(micros: i64) -> Option<String> {
    DateTime::from_timestamp_micros(micros).map(model::time::write)
}
