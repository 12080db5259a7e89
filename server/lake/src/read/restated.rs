//! Outcomes by the result codes in force: files keep those of the list that is built in (ADR 029).

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch, StringArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Int64Type};
use datafusion::logical_expr::{Expr, lit, when};
use datafusion::prelude::{DataFrame, ident};
use model::Outcome;
use model::interrupt_codes::InterruptCodes;

use crate::error::Result;

const STATUS: &str = "status";
const CODE: &str = "error_code";

/// Rows as a frame, with the outcomes that count where they have any.
pub(crate) fn frame(stored: DataFrame, codes: &InterruptCodes) -> Result<DataFrame> {
    let has = |name| stored.schema().has_column_with_unqualified_name(name);
    if !has(STATUS) || !has(CODE) {
        return Ok(stored);
    }
    let any_of = |codes: Vec<i64>| -> Expr {
        ident(CODE).in_list(codes.into_iter().map(lit).collect(), false)
    };
    let is = |outcome: Outcome| ident(STATUS).eq(lit(outcome.as_str()));
    let mut changes = [
        (
            codes.added().collect::<Vec<i64>>(),
            Outcome::Failure,
            Outcome::Interrupted,
        ),
        (
            codes.dropped().collect(),
            Outcome::Interrupted,
            Outcome::Failure,
        ),
    ]
    .into_iter()
    .filter(|(codes, ..)| !codes.is_empty())
    .map(|(codes, from, to)| (any_of(codes).and(is(from)), lit(to.as_str())));
    let Some((condition, outcome)) = changes.next() else {
        return Ok(stored);
    };
    let mut case = when(condition, outcome);
    for (condition, outcome) in changes {
        case = case.when(condition, outcome);
    }
    Ok(stored.with_column(STATUS, case.otherwise(ident(STATUS))?)?)
}

/// The same of the rows of a data file, as long as they have both columns.
pub(crate) fn rows(stored: &RecordBatch, codes: &InterruptCodes) -> Result<RecordBatch> {
    let schema = stored.schema();
    let (Ok(place), Some(numbers)) = (schema.index_of(STATUS), stored.column_by_name(CODE)) else {
        return Ok(stored.clone());
    };
    if codes.is_built_in() {
        return Ok(stored.clone());
    }
    let held = stored.column(place);
    let texts = cast(held, &DataType::Utf8)?;
    let texts = texts.as_string::<i32>();
    let numbers = numbers.as_primitive::<Int64Type>();
    let restated = |row: usize| -> Option<&str> {
        let text = texts.is_valid(row).then(|| texts.value(row))?;
        let code = numbers.is_valid(row).then(|| numbers.value(row));
        let outcome: Option<Outcome> = text.parse().ok();
        Some(match (outcome, code) {
            (Some(outcome), Some(code)) => codes.restated(outcome, code).as_str(),
            _ => text,
        })
    };
    let column: ArrayRef = Arc::new(StringArray::from_iter((0..stored.num_rows()).map(restated)));
    let mut columns = stored.columns().to_vec();
    if let Some(slot) = columns.get_mut(place) {
        *slot = cast(&column, held.data_type())?;
    }
    Ok(RecordBatch::try_new(schema, columns)?)
}

#[cfg(test)]
mod tests {
    use arrow::array::Int64Array;
    use datafusion::prelude::SessionContext;

    use super::*;

    fn batch() -> RecordBatch {
        let status = StringArray::from(vec![
            Some("failure"),
            Some("interrupted"),
            Some("failure"),
            None,
            Some("success"),
            Some("failure"),
        ]);
        let code = Int64Array::from(vec![
            Some(500_121),
            Some(50_158),
            Some(50_126),
            Some(500_121),
            Some(500_121),
            None,
        ]);
        let numbered = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
        let status = cast(&status, &numbered).expect("numbered");
        let columns = [(STATUS, status), (CODE, Arc::new(code) as ArrayRef)];
        RecordBatch::try_from_iter(columns).expect("a batch")
    }

    fn words(batch: &RecordBatch) -> Vec<Option<String>> {
        let texts = cast(batch.column(0), &DataType::Utf8).expect("texts");
        let texts = texts.as_string::<i32>().iter();
        texts.map(|text| text.map(str::to_owned)).collect()
    }

    #[tokio::test]
    async fn frames_and_rows_are_restated_alike() {
        let expected = [
            Some("interrupted"),
            Some("failure"),
            Some("failure"),
            None,
            Some("success"),
            Some("failure"),
        ]
        .map(|text| text.map(str::to_owned));
        let codes: InterruptCodes = "+500121,-50158".parse().expect("codes");
        let restated = rows(&batch(), &codes).expect("rows");
        assert_eq!(restated.schema(), batch().schema());
        assert_eq!(words(&restated), expected);
        let read = SessionContext::new().read_batch(batch()).expect("a frame");
        let found = frame(read, &codes).expect("a frame");
        let found = found.collect().await.expect("rows");
        let found: Vec<Option<String>> = found.iter().flat_map(words).collect();
        assert_eq!(found, expected);
    }

    #[tokio::test]
    async fn the_list_that_is_built_in_changes_nothing() {
        let codes = InterruptCodes::default();
        assert_eq!(rows(&batch(), &codes).expect("rows"), batch());
        let read = SessionContext::new().read_batch(batch()).expect("a frame");
        let plan = read.logical_plan().clone();
        assert_eq!(frame(read, &codes).expect("a frame").logical_plan(), &plan);
    }
}
