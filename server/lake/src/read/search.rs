//! The free search as a DataFusion expression.

use std::sync::Arc;

use arrow::array::{BooleanArray, StringArray};
use arrow::datatypes::DataType;
use datafusion::common::cast::as_string_array;
use datafusion::logical_expr::{ColumnarValue, Expr, Volatility, cast, create_udf, lit};
use datafusion::prelude::ident;
use model::query::{SearchRule, searched};
use model::sight::Sight;

/// Whether some column holds the text, each by its rule. One function looks into all columns of text,
/// since planning a condition for each takes longer than reading the rows.
pub(super) fn condition(search: &str, sight: Sight) -> Expr {
    let wanted = search.to_lowercase();
    let number = search.trim().parse::<i64>().ok();
    let (mut texts, mut rules, mut condition) = (Vec::new(), Vec::new(), None);
    for (column, rule) in searched(sight) {
        if rule == SearchRule::IsNumber {
            condition = number.map(|number| ident(column.id).eq(lit(number)).is_true());
        } else {
            texts.push(cast(ident(column.id), DataType::Utf8));
            rules.push(rule);
        }
    }
    let function = create_udf(
        &format!("search_{wanted:?}"),
        vec![DataType::Utf8; texts.len()],
        DataType::Boolean,
        Volatility::Immutable,
        Arc::new(move |arguments| {
            let columns = ColumnarValue::values_to_arrays(arguments)?;
            let mut found = vec![false; columns.first().map_or(0, |column| column.len())];
            for (column, rule) in columns.iter().zip(&rules) {
                look_into(as_string_array(column)?, *rule, &wanted, &mut found);
            }
            Ok(ColumnarValue::Array(Arc::new(BooleanArray::from(found))))
        }),
    );
    let in_texts = function.call(texts);
    match condition {
        Some(is_number) => is_number.or(in_texts),
        None => in_texts,
    }
}

/// Marks the rows whose text is a find.
fn look_into(texts: &StringArray, rule: SearchRule, wanted: &str, found: &mut [bool]) {
    let mut folded = String::new();
    let mut before: Option<(&str, bool)> = None;
    for (text, found) in texts.iter().zip(found) {
        let Some(text) = text.filter(|_| !*found) else {
            continue;
        };
        *found = match before {
            // Many columns say the same row after row.
            Some((same, verdict)) if same == text => verdict,
            _ if text.is_ascii() => {
                folded.clear();
                folded.push_str(text);
                folded.make_ascii_lowercase();
                rule.finds(&folded, wanted)
            }
            _ => rule.finds(&text.to_lowercase(), wanted),
        };
        before = Some((text, *found));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_marked_by_each_columns_rule() {
        let texts = StringArray::from(vec![Some("ÄNNE Berg"), None, Some("Berg"), Some("Berg")]);
        let mut found = vec![false; 4];
        look_into(&texts, SearchRule::Begins, "berg", &mut found);
        assert_eq!(found, [false, false, true, true]);
        look_into(&texts, SearchRule::Contains, "änne", &mut found);
        assert_eq!(found, [true, false, true, true], "what was found stays so");
    }
}
