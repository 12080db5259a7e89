//! Lines that stand for sign-ins that are alike: what the pages ask, and what they get.

use app::backend::{FoldedRow, FoldedRows, Row};
use model::ask::Ask;
use model::folded::{Alike, FoldAsk, Folded};
use model::query::Query;
use model::{Column, reason};

use crate::answering::{AnswerSource, Answered};

/// Asks for a page of lines as the query folds them. The values of each are the columns to show, those by which
/// its sign-ins are alike, and what its reason is worked out from.
pub fn ask(query: &Query, columns: &[&'static Column], limit: usize, is_counted: bool) -> Ask {
    let mut fold = FoldAsk {
        by: Alike::in_tab(query.tab),
        every: query.folds(),
        columns: Vec::new(),
        limit,
        lines: is_counted,
    };
    let shown_and_key: Vec<_> = columns.iter().copied().chain(fold.key_columns()).collect();
    fold.columns = reason::with_its_columns(&shown_and_key);
    let mut ask = Ask::of(query.clone());
    ask.folded = Some(fold);
    ask
}

/// The lines, as the pages take them. `shown` is how many columns are shown, `by` what was asked for.
pub fn rows(answered: Answered, shown: usize, by: &[Alike]) -> FoldedRows {
    let is_from_lake = answered.source == AnswerSource::Lake;
    let engine = answered.effort().engine;
    let folded: Folded = answered.answer.folded.unwrap_or_default();
    let lines = folded.lines.into_iter().map(|line| {
        let mut values = line.newest.values;
        let beside = reason::taken(&mut values);
        let key = values.split_off(shown.min(values.len()));
        FoldedRow {
            newest: Row {
                request_id: line.newest.request_id,
                date: line.newest.date,
                values,
                error_code: beside.error_code,
                gist: beside.gist,
                deciding_policy: beside.deciding_policy,
                is_settling: beside.is_settling,
            },
            sign_ins: line.sign_ins,
            first: line.first,
            filters: Alike::filters(by, &key),
        }
    });
    FoldedRows {
        lines: lines.collect(),
        next: folded.next,
        count: folded.count,
        is_too_many: folded.is_too_many,
        is_from_lake,
        engine,
    }
}
