//! The committing task: takes what the workers made, in order, and keeps the books.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bumpalo::Bump;
use chrono::DateTime;
use lake::read::StoredRecord;
use lake::{Importer, Lake, Reject, RowMeta, SignInBatch, SignInBatchBuilder};
use model::import::{FileSummary, ImportSummary};
use serde_json::Value;

use super::ImportError;
use super::block::{Item, Records};
use super::progress::Progress;
use super::row_json::{self, STEPS};
use super::steps::{Step, StepBook};
use crate::container::{self, Fault, FaultReason, Split};
use crate::record::{KindHint, Resolver, Shape, entries};

/// Rejects are stored when so many wait...
const REJECTS: usize = 20_000;
/// ...or when they hold so much memory.
const REJECT_BYTES: usize = 32 << 20;

/// Numbers of ended files are shown to watchers so often.
const SHOWN_EVERY: Duration = Duration::from_millis(200);
/// Sign-ins that are looked up at once.
const STEPS_AT_ONCE: usize = 2_000;
/// So many rejects of a file are listed with it.
const LISTED_REJECTS: usize = 100;

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
    /// When watchers were last told.
    shown: Option<Instant>,
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
            shown: None,
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
        file.other += records.other_kinds.values().sum::<u64>();
        for (kind, count) in records.other_kinds {
            *self.summary.other_kinds.entry(kind).or_default() += count;
        }
        self.count_steps(records.steps);
        self.shape = self.shape.or(records.shape);
        self.kind_assumed += records.kind_assumed;
        self.first_micros = [self.first_micros, records.first_micros]
            .into_iter()
            .flatten()
            .min();
        self.last_micros = self.last_micros.max(records.last_micros);
        if let Some(batch) = records.batch {
            let judged = importer.add(batch).await?;
            let file = &mut self.file;
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

    /// Counts joined steps with the files that held them, which have ended.
    fn count_steps(&mut self, steps: BTreeMap<String, u64>) {
        for (origin, count) in steps {
            self.summary.steps += count;
            let mut ended = self.summary.by_file.iter_mut().rev();
            if let Some(file) = ended.find(|file| file.name == origin) {
                file.steps += count;
            }
        }
    }

    fn reject(&mut self, reject: Reject) {
        self.file.rejected += 1;
        *self
            .summary
            .rejected_by_reason
            .entry(reject.reason.clone())
            .or_default() += 1;
        if self.file.reject_keys.len() < LISTED_REJECTS {
            self.file.reject_keys.push(reject.key().to_string());
        }
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
        // An archive may have tens of thousands of members: not each needs to be seen at once.
        if self
            .shown
            .is_none_or(|moment| moment.elapsed() > SHOWN_EVERY)
        {
            self.progress.set_summary(&self.summary);
            self.shown = Some(Instant::now());
        }
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
        let mut completions = 0;
        for part in left.chunks(STEPS_AT_ONCE) {
            let ids: Vec<&str> = part.iter().map(|(id, _, _)| id.as_str()).collect();
            let mut records = lake.records(&ids).await?;
            for (id, json, list) in part {
                match records.remove(id).map(|record| completed(&record, json)) {
                    Some(Completion::Row(batch)) => {
                        completions += importer.add(*batch).await?.updated;
                        self.count_steps(Step::by_origin(list));
                    }
                    Some(Completion::HasSteps) => self.count_steps(Step::by_origin(list)),
                    Some(Completion::Unreadable) | None => self.refuse_steps(list.clone()),
                }
            }
        }
        if completions > 0 {
            self.summary.notes.push(format!(
                "{} sign-ins that were here already got their authentication steps",
                model::present::count(completions)
            ));
        }
        Ok(())
    }

    fn refuse_steps(&mut self, steps: Vec<Step>) {
        for reject in steps.into_iter().map(Step::into_reject) {
            // Its file has ended: the numbers are added to what was said of it.
            let origin = reject.origin.clone();
            self.file = FileSummary::default();
            self.reject(reject);
            let said = std::mem::take(&mut self.file);
            self.summary.rejected += said.rejected;
            let ended = self.summary.by_file.iter_mut();
            if let Some(file) = ended.rev().find(|file| file.name == origin) {
                file.rejected += said.rejected;
                file.reject_keys.extend(said.reject_keys);
                file.reject_keys.truncate(LISTED_REJECTS);
            }
        }
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

/// What becomes of a stored record when its authentication steps come later.
enum Completion {
    /// The record with the steps in it, to be imported again.
    Row(Box<SignInBatch>),
    /// It came with its steps: it stays as it is.
    HasSteps,
    /// It cannot be read any more.
    Unreadable,
}

fn completed(record: &StoredRecord, steps: &Value) -> Completion {
    let held = held_steps(&record.raw);
    match (Shape::parse(&record.shape), held) {
        // Another file may hold other steps of the same sign-in: none of them is given up.
        (Some(Shape::PortalCsv), held) => {
            let mut all = held.unwrap_or_default();
            let known = all.len();
            let steps = steps.as_array().cloned().unwrap_or_default();
            all.extend(
                steps
                    .into_iter()
                    .filter(|step| !all.contains(step))
                    .collect::<Vec<_>>(),
            );
            if all.len() == known {
                return Completion::HasSteps;
            }
            // In the order in which they were taken, as far as that is said.
            all.sort_by_key(|step| step[STEP_DATE].as_str().unwrap_or_default().to_owned());
            row_with_steps(record, &Value::Array(all))
        }
        // Graph v1.0 has no steps, beta does.
        (Some(Shape::Graph), None) => row_with_steps(record, steps),
        (Some(_), _) => return Completion::HasSteps,
        (None, _) => None,
    }
    .map_or(Completion::Unreadable, Completion::Row)
}

/// The steps that a record has already.
fn held_steps(raw: &str) -> Option<Vec<Value>> {
    let entries = entries(raw).ok()?;
    let mut entries = entries.iter().rev();
    let (_, held) = entries.find(|(name, _)| name.eq_ignore_ascii_case(STEPS))?;
    Some(serde_json::from_str(held).unwrap_or_default())
}

/// Name of the moment of a step.
const STEP_DATE: &str = "authenticationStepDateTime";

/// The row of the record with the steps in it.
fn row_with_steps(record: &StoredRecord, steps: &Value) -> Option<Box<SignInBatch>> {
    let raw = row_json::with_steps(&record.raw, steps)?;
    let memory = Bump::new();
    let mut resolved = Resolver::default()
        .resolve(&raw, KindHint(Some(record.kind)), &memory)
        .ok()?;
    let mut builder = SignInBatchBuilder::new(1, raw.len(), &record.origin);
    resolved.stored_at(builder.stored_micros());
    let meta = RowMeta {
        kind: record.kind,
        key: resolved.key,
        emitted_micros: resolved.emitted_micros,
        shape: resolved.shape.as_str(),
        raw: &raw,
    };
    builder.push(&meta, &resolved.cells);
    builder.finish().ok().map(Box::new)
}

fn moment(micros: i64) -> Option<String> {
    DateTime::from_timestamp_micros(micros).map(model::time::write)
}
