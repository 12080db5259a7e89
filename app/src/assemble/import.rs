//! Imports in words.

use chrono::{DateTime, Duration, SubsecRound, Utc};
use model::import::{FileSummary, ImportProgress, ImportState};
use model::present::{count, size};
use model::query::{Query, Range};

use super::moments::Clock;
use super::sign_ins::PATH;
use crate::backend::{Backend, Rejected};
use crate::error::UiError;
use crate::text;
use crate::view::import::{FileResult, FileView, ImportView, RejectView, Stage};
use crate::view::safe_text::{MOST_IN_CELL, MOST_IN_PANE, shown};

/// Files that are listed one by one; an archive may have a hundred thousand.
const MOST_FILES: usize = 200;
/// Most refused records listed on the page; the download has all.
const MOST_REJECTS: usize = 100;

/// An import with its refused records, which are asked for when it has ended.
pub async fn view_with_rejects(
    backend: &dyn Backend,
    progress: &ImportProgress,
    clock: &Clock,
) -> ImportView {
    let mut view = view(progress, clock);
    if view.is_under_way() {
        return view;
    }
    let files = &progress.summary.by_file;
    let keys_of = |file: &FileSummary| -> Vec<i64> {
        let keys = file.reject_keys.iter();
        keys.filter_map(|key| key.parse().ok()).collect()
    };
    let mut keys: Vec<i64> = files.iter().flat_map(keys_of).collect();
    keys.truncate(MOST_REJECTS);
    if keys.is_empty() {
        return view;
    }
    match backend.rejects(&keys).await {
        Ok(rejects) => {
            for (shown, file) in view.files.iter_mut().zip(files) {
                let of_key = |key: i64| rejects.iter().find(|reject| reject.key == key);
                shown.rejects = keys_of(file)
                    .into_iter()
                    .filter_map(of_key)
                    .map(reject_view)
                    .collect();
            }
        }
        Err(error) => view.rejects_failure = Some(UiError::from(error)),
    }
    view
}

fn reject_view(reject: &Rejected) -> RejectView {
    RejectView {
        place: if reject.line == 0 {
            shown(&reject.origin, MOST_IN_CELL)
        } else {
            text::import::line(reject.line)
        },
        why: shown(&reject.detail, MOST_IN_PANE),
        excerpt: shown(&reject.excerpt, MOST_IN_CELL),
        download: format!("/api/rejects/{}", reject.key),
    }
}

/// An import without its refused records.
pub fn view(progress: &ImportProgress, clock: &Clock) -> ImportView {
    let summary = &progress.summary;
    let moments = summary.by_file.iter().filter_map(span_of);
    let span = moments.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
    ImportView {
        id: progress.id,
        stage: match &progress.state {
            ImportState::Waiting => Stage::Waiting,
            ImportState::Running => Stage::Running,
            ImportState::Done => Stage::Done,
            ImportState::Failed { message } => Stage::Failed(shown(message, MOST_IN_PANE)),
        },
        percent: percent(progress.read_bytes, progress.total_bytes),
        progress: text::import::progress(progress.records, progress.elapsed_ms),
        current: progress
            .current
            .as_deref()
            .map(|name| shown(name, MOST_IN_CELL)),
        files: summary
            .by_file
            .iter()
            .take(MOST_FILES)
            .map(|file| file_view(file, clock))
            .collect(),
        notes: summary
            .notes
            .iter()
            .map(|note| shown(note, MOST_IN_PANE))
            .chain(not_listed(&summary.by_file))
            .collect(),
        show: span.map(address_of),
        rejects_failure: None,
    }
}

/// What the files that are not listed come to.
fn not_listed(files: &[FileSummary]) -> Option<String> {
    let others = files
        .get(MOST_FILES..)
        .filter(|others| !others.is_empty())?;
    let sum = |of: fn(&FileSummary) -> u64| others.iter().map(of).sum::<u64>();
    Some(text::import::not_listed(
        others.len() as u64,
        sum(|file| file.new),
        sum(|file| file.rejected),
    ))
}

/// Whole percents; 100 only when all is read.
fn percent(read: u64, total: u64) -> u8 {
    let whole = read
        .saturating_mul(100)
        .checked_div(total)
        .unwrap_or_default();
    u8::try_from(whole.min(100)).unwrap_or(100)
}

fn span_of(file: &FileSummary) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let first = model::time::read(file.first.as_deref()?)?;
    let last = model::time::read(file.last.as_deref()?)?;
    Some((first, last))
}

/// Where the sign-ins of a stretch of time are shown.
fn address_of((first, last): (DateTime<Utc>, DateTime<Utc>)) -> String {
    let range = Range::Between {
        from: Some(first.trunc_subsecs(0)),
        to: Some(last.trunc_subsecs(0) + Duration::seconds(1)),
    };
    Query::default().with_range(range).to_address(PATH)
}

fn file_view(file: &FileSummary, clock: &Clock) -> FileView {
    let span = span_of(file);
    let mut meta = Vec::new();
    if file.size_bytes > 0 {
        meta.push(size(file.size_bytes));
    }
    if !file.format.is_empty() {
        meta.push(shown(&file.format, 120));
    }
    FileView {
        name: shown(&file.name, MOST_IN_CELL),
        meta: meta.join(", "),
        result: match (&file.problem, file.rejected) {
            (Some(_), _) => FileResult::None,
            (None, 0) => FileResult::Whole,
            (None, _) => FileResult::Partly,
        },
        counts: counts(file),
        span: span.map(|(first, last)| {
            text::import::span(&clock.in_grid(first).text, &clock.in_grid(last).text)
        }),
        show: span.map(address_of),
        problem: file
            .problem
            .as_deref()
            .map(|problem| shown(problem, MOST_IN_PANE)),
        rejects: Vec::new(),
    }
}

/// The numbers that are always said, and those that are said when there are any.
fn counts(file: &FileSummary) -> Vec<(String, String, bool)> {
    if file.problem.is_some() && file.records == 0 {
        return Vec::new();
    }
    let always = [
        (file.new, text::import::rows_in(file.new), false),
        (file.duplicates, "already here", false),
        (file.rejected, "refused", true),
    ];
    let sometimes = [
        (file.updated, "replaced with fuller ones", false),
        (file.older, "poorer than what is here", false),
        (file.steps, "steps joined to their sign-ins", false),
        (file.other, "of other kinds", false),
    ];
    always
        .into_iter()
        .chain(sometimes.into_iter().filter(|(number, _, _)| *number > 0))
        .map(|(number, words, refused)| (count(number), words.to_owned(), refused && number > 0))
        .collect()
}
