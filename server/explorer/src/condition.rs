//! A query's conditions, decided once for each value of a dictionary.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use model::Value;
use model::column::Column;
use model::column::ValueType;
use model::query::{Filter, Operator, Query, SearchRule, searched};
use model::sight::Sight;

use crate::dictionary::{Code, Dictionary};
use crate::identifier::LookedUp;
use crate::layout::{Layout, Place};
use crate::predicate::Test;
use crate::view::View;

/// Some of the codes of a dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CodeSet {
    /// Ascending, without repeats.
    codes: Vec<Code>,
    bits: Vec<u64>,
}

impl CodeSet {
    /// The set of these codes.
    pub fn of(codes: impl IntoIterator<Item = Code>) -> CodeSet {
        // As bits first: the values of a filter may meet many of the same.
        let mut bits: Vec<u64> = Vec::new();
        for code in codes {
            let word = code as usize / 64;
            if word >= bits.len() {
                bits.resize(word + 1, 0);
            }
            bits[word] |= 1 << (code % 64);
        }
        let mut codes =
            Vec::with_capacity(bits.iter().map(|word| word.count_ones() as usize).sum());
        for (word, bits) in (0..).zip(&bits) {
            let mut left = *bits;
            while left != 0 {
                codes.push(word * 64 + left.trailing_zeros());
                left &= left - 1;
            }
        }
        CodeSet { codes, bits }
    }

    /// The set of all codes of the dictionary that are not in this one.
    pub fn complement(&self, dictionary: &Dictionary) -> CodeSet {
        CodeSet::of(
            std::iter::once(0)
                .chain(dictionary.each())
                .filter(|code| !self.holds(*code)),
        )
    }

    /// Whether a code is in it.
    pub fn holds(&self, code: Code) -> bool {
        let word = self.bits.get(code as usize / 64);
        word.is_some_and(|word| word >> (code % 64) & 1 != 0)
    }

    /// Its codes, ascending.
    pub fn codes(&self) -> &[Code] {
        &self.codes
    }
}

/// What rows must meet.
pub(crate) enum Condition {
    /// The code of a column is one of these.
    Coded { index: usize, set: CodeSet },
    /// A filter on a column of identifiers.
    Identifier { index: usize, wanted: Wanted },
    /// A filter on the moment.
    Moment(Test),
    /// One of these.
    Any(Vec<Condition>),
    /// All rows meet it.
    Always,
}

/// Identifiers that are looked for.
pub(crate) enum Wanted {
    /// Those that are one of these, or none of them.
    Equal {
        looked_up: Vec<LookedUp>,
        is_negative: bool,
    },
    /// Those that begin with one of the texts, given in lower case.
    Starting(Vec<String>),
    /// Those that are there.
    Present,
    /// Those that meet a test.
    Tested(Test),
}

/// A condition on so few of a column's values leaves few rows.
const RARE: usize = 200;

impl Condition {
    /// Whether it leaves so few rows that most segments are passed over, or give a few rows each.
    pub fn is_rare(&self, view: &View) -> bool {
        match self {
            Condition::Coded { index, set } => {
                set.codes().len() * RARE < view.dictionary(*index).codes()
            }
            Condition::Identifier { wanted, .. } => match wanted {
                Wanted::Equal { is_negative, .. } => !is_negative,
                Wanted::Starting(texts) => texts.iter().all(|text| text.len() > 6),
                Wanted::Present | Wanted::Tested(_) => false,
            },
            Condition::Any(conditions) => {
                conditions.iter().all(|condition| condition.is_rare(view))
            }
            Condition::Moment(_) | Condition::Always => false,
        }
    }
}

/// A condition, with the column that it is about; searches are about none.
pub(crate) struct Clause {
    pub column: Option<&'static Column>,
    pub condition: Condition,
}

/// The conditions of a query beside its range and tab. Told to stop, it gives up at once: the answer is not
/// wanted then, and what it has decided so far says nothing.
pub(crate) fn of_query(query: &Query, view: &View, stop: &AtomicBool) -> Vec<Clause> {
    let filters = query.filters.iter().flat_map(|filter| {
        conditions_of(filter, view, stop)
            .into_iter()
            .map(|condition| Clause {
                column: Some(filter.column),
                condition,
            })
    });
    let search = query.search.iter().map(|search| Clause {
        column: None,
        condition: of_search(search, query.sight, view),
    });
    let clauses = filters.chain(search);
    clauses.take_while(|_| goes_on(stop)).collect()
}

/// Whether somebody still waits for the answer.
fn goes_on(stop: &AtomicBool) -> bool {
    !stop.load(Ordering::Relaxed)
}

/// What one filter asks; all of it must hold.
fn conditions_of(filter: &Filter, view: &View, stop: &AtomicBool) -> Vec<Condition> {
    let Some(of_people) = filter.of_people() else {
        return vec![of_filter(filter, view, stop)];
    };
    let conditions = of_people.iter().filter(|one| !one.values.is_empty());
    let conditions: Vec<_> = conditions.map(|one| of_filter(one, view, stop)).collect();
    match filter.operator.is_opposite() {
        true => conditions,
        false if conditions.len() == 1 => conditions,
        false => vec![Condition::Any(conditions)],
    }
}

fn of_filter(filter: &Filter, view: &View, stop: &AtomicBool) -> Condition {
    let test = Test::new(filter);
    match Layout::get().place(filter.column) {
        Place::Coded(index) => Condition::Coded {
            index,
            set: decided(filter, &test, index, view, stop),
        },
        Place::Identifier(index) => Condition::Identifier {
            index,
            wanted: wanted(filter, test),
        },
        Place::Date => Condition::Moment(test),
        // A column that is not stored holds nothing.
        Place::Nowhere if test.meets_nothing() => Condition::Always,
        Place::Nowhere => Condition::Any(Vec::new()),
    }
}

/// The codes of the values that meet a filter.
fn decided(filter: &Filter, test: &Test, index: usize, view: &View, stop: &AtomicBool) -> CodeSet {
    let dictionary = view.dictionary(index);
    let folded: BTreeSet<String> = filter
        .values
        .iter()
        .map(|value| value.to_lowercase())
        .collect();
    // Each value is compared with all that the dictionary has.
    let folded = folded.into_iter().take_while(|_| goes_on(stop));
    // The items of a list are compared one by one.
    let is_text =
        dictionary.text(1).is_some() && !matches!(filter.column.value_type, ValueType::List);
    let found = match filter.operator {
        Operator::Equal | Operator::In | Operator::NotEqual | Operator::NotIn if is_text => {
            let codes =
                folded.flat_map(|text| with_folded(view, index, &text, |held| held == text));
            CodeSet::of(codes)
        }
        Operator::Starts | Operator::NotStarts if is_text => {
            let codes = folded
                .flat_map(|text| with_folded(view, index, &text, |held| held.starts_with(&text)));
            CodeSet::of(codes)
        }
        Operator::Contains | Operator::NotContains if is_text => {
            CodeSet::of(folded.flat_map(|text| dictionary.containing(&text)))
        }
        _ => {
            let meets = |code: &Code| match dictionary.text(*code) {
                Some(text) => test.meets_text(text, dictionary.folded(*code)),
                None => dictionary
                    .other(*code)
                    .is_some_and(|value| test.meets_other(value)),
            };
            let nothing = test.meets_nothing().then_some(0);
            let codes = dictionary.each().take_while(|_| goes_on(stop));
            return CodeSet::of(nothing.into_iter().chain(codes.filter(meets)));
        }
    };
    if filter.operator.is_opposite() {
        found.complement(dictionary)
    } else {
        found
    }
}

/// Codes of the texts, from `first` on in the order of their lower case, as long as they hold.
fn with_folded(view: &View, index: usize, first: &str, holds: impl Fn(&str) -> bool) -> Vec<Code> {
    let dictionary = view.dictionary(index);
    let ordered = view.orders(index).by_folded(dictionary).codes();
    let start = ordered.partition_point(|code| dictionary.folded(*code) < first);
    let codes = ordered.get(start..).unwrap_or_default().iter().copied();
    codes
        .take_while(|code| holds(dictionary.folded(*code)))
        .collect()
}

fn wanted(filter: &Filter, test: Test) -> Wanted {
    let folded = || {
        filter
            .values
            .iter()
            .map(|value| value.to_lowercase())
            .collect()
    };
    match filter.operator {
        Operator::Equal | Operator::In | Operator::NotEqual | Operator::NotIn => Wanted::Equal {
            looked_up: filter
                .values
                .iter()
                .map(|text| LookedUp::new(text))
                .collect(),
            is_negative: filter.operator.is_opposite(),
        },
        Operator::Starts => Wanted::Starting(folded()),
        Operator::NotEmpty => Wanted::Present,
        _ => Wanted::Tested(test),
    }
}

fn of_search(search: &str, sight: Sight, view: &View) -> Condition {
    let folded = search.to_lowercase();
    let number = search.trim().parse::<i64>().ok();
    let conditions =
        searched(sight).filter_map(|(column, rule)| match Layout::get().place(column) {
            Place::Coded(index) => {
                let dictionary = view.dictionary(index);
                let codes = match rule {
                    SearchRule::Contains => dictionary.containing(&folded),
                    SearchRule::Begins => {
                        with_folded(view, index, &folded, |held| held.starts_with(&folded))
                    }
                    SearchRule::IsNumber => {
                        let number = number.map(Value::Integer)?;
                        dictionary
                            .each()
                            .filter(|code| dictionary.other(*code) == Some(&number))
                            .collect()
                    }
                };
                (!codes.is_empty()).then(|| Condition::Coded {
                    index,
                    set: CodeSet::of(codes),
                })
            }
            Place::Identifier(index) => Some(Condition::Identifier {
                index,
                wanted: Wanted::Starting(vec![folded.clone()]),
            }),
            Place::Date | Place::Nowhere => None,
        });
    Condition::Any(conditions.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Explorer, sample};

    #[test]
    fn deciding_ends_when_nobody_waits_for_it() {
        let explorer = Explorer::default();
        explorer.take("a", &[sample::rows(0, 100)]).expect("rows");
        assert!(explorer.publish(1, &BTreeSet::from(["a".to_owned()]), None));
        let view = explorer.view().expect("published");
        let column = Column::named("user");
        let values: Vec<String> = (0..500).map(|number| number.to_string()).collect();
        let filter = |operator| Filter::new(column, operator, values.iter().map(String::as_str));
        let Place::Coded(index) = Layout::get().place(column) else {
            panic!("a dictionary has the names");
        };
        let (waited_for, left) = (AtomicBool::new(false), AtomicBool::new(true));
        for operator in [Operator::Contains, Operator::Ends] {
            let filter = filter(operator);
            let test = Test::new(&filter);
            let codes = |stop| decided(&filter, &test, index, &view, stop).codes().len();
            assert!(codes(&waited_for) > 0, "{operator}");
            assert_eq!(codes(&left), 0, "{operator}");
        }
        let query = Query {
            filters: vec![filter(Operator::Contains)],
            ..Query::default()
        };
        assert_eq!(of_query(&query, &view, &waited_for).len(), 1);
        assert_eq!(of_query(&query, &view, &left).len(), 0);
    }
}
