//! Reading filters and search from the line that people write; see [`crate::query::line`].

use super::values::check_filter;
use super::{PAUSED, Problem};
use crate::column::{Column, ValueType};
use crate::network::Network;
use crate::query::line::{named, operator_in_front};
use crate::query::{Filter, Operator};

/// What a line says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    /// Its filters, in their order.
    pub filters: Vec<Filter>,
    /// Its free text, with one blank between words.
    pub search: Option<String>,
    /// Words that name a column and are no filter all the same.
    pub problems: Vec<Problem>,
}

/// A character, and whether it stood within quotation marks.
type Letter = (char, bool);

impl Line {
    /// Reads a line. It never fails: what is no filter is free text, or a problem.
    pub fn parse(text: &str) -> Line {
        let mut line = Line::default();
        let mut free: Vec<String> = Vec::new();
        for letters in words(text) {
            let word: String = letters.iter().map(|(char, _)| char).collect();
            match filter(&letters) {
                None => free.push(word),
                Some(Ok(filter)) if line.filters.contains(&filter) => {}
                Some(Ok(filter)) => line.filters.push(filter),
                Some(Err(message)) => line.problems.push(Problem {
                    part: crate::present::shortened(&word, 200),
                    message,
                }),
            }
        }
        let search = free.join(" ").trim().to_owned();
        line.search = (!search.is_empty()).then_some(search);
        line
    }
}

/// The words of a line: parted at blanks that are not quoted.
fn words(text: &str) -> Vec<Vec<Letter>> {
    let mut words = Vec::new();
    let mut word: Option<Vec<Letter>> = None;
    let mut is_quoted = false;
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match char {
            '"' if is_quoted || may_be_quoted(word.as_deref()) => {
                is_quoted = !is_quoted;
                word.get_or_insert_default();
            }
            '\\' if is_quoted => {
                let guarded = match chars.next() {
                    Some('n') => '\n',
                    Some(other) => other,
                    None => '\\',
                };
                word.get_or_insert_default().push((guarded, true));
            }
            char if char.is_whitespace() && !is_quoted => words.extend(word.take()),
            char => word.get_or_insert_default().push((char, is_quoted)),
        }
    }
    words.extend(word);
    words
}

/// Whether a quotation mark after these letters begins what is quoted: in front of all, and of a value.
fn may_be_quoted(word: Option<&[Letter]>) -> bool {
    let last = word.and_then(<[Letter]>::last);
    last.is_none_or(|last| matches!(last, (':' | ',', false)))
}

/// The filter that a word is; `None` when it is free text.
fn filter(letters: &[Letter]) -> Option<Result<Filter, String>> {
    let plain = |at: usize| {
        letters
            .get(at)
            .filter(|(_, quoted)| !quoted)
            .map(|(char, _)| *char)
    };
    let mut at = 0;
    let is_paused = plain(at).is_some_and(|char| PAUSED.contains(char));
    at += usize::from(is_paused);
    let is_turned = plain(at) == Some('-');
    at += usize::from(is_turned);
    let start = at;
    while plain(at).is_some_and(|char| char != ':') {
        at += 1;
    }
    if plain(at) != Some(':') {
        return None;
    }
    let name: String = letters
        .get(start..at)?
        .iter()
        .map(|(char, _)| char)
        .collect();
    let column = named(&name)?;
    let rest = letters.get(at + 1..)?;
    let filter = filter_of(column, rest, is_turned);
    Some(filter.map(|filter| Filter {
        paused: is_paused,
        ..filter
    }))
}

fn filter_of(column: &'static Column, rest: &[Letter], is_turned: bool) -> Result<Filter, String> {
    let column = super::filterable(column.id)?;
    let unquoted: String = rest
        .iter()
        .take_while(|(_, quoted)| !quoted)
        .map(|(char, _)| char)
        .collect();
    let said = operator_in_front(&unquoted).and_then(|(operator, after)| match after {
        Some(_) => Some((operator, operator.as_str().len() + 1)),
        // `user:empty` says all; `user:contains` is the value "contains".
        None => (unquoted.chars().count() == rest.len() && !operator.needs_value())
            .then_some((operator, rest.len())),
    });
    let values = |from: usize| values(rest.get(from..).unwrap_or_default());
    let (operator, values) = match said {
        Some((operator, from)) => (operator, values(from)),
        None => {
            let values = values(0);
            (implied(column, &values), values)
        }
    };
    let filter = check_filter(column, operator, values)?;
    let operator = match is_turned {
        false => operator,
        true => filter
            .opposite()
            .ok_or_else(|| format!("`{operator}` cannot be turned round; leave out the minus"))?,
    };
    Ok(Filter { operator, ..filter })
}

/// The operator that is meant when none is written.
fn implied(column: &Column, values: &[String]) -> Operator {
    let is_address = matches!(column.value_type, ValueType::Address);
    if is_address && !values.is_empty() && values.iter().all(|value| Network::is_written(value)) {
        return Operator::Within;
    }
    [Operator::In, Operator::Equal]
        .into_iter()
        .find(|operator| column.takes(*operator))
        .unwrap_or(Operator::GreaterOrEqual)
}

/// Values between commas that are not quoted.
fn values(letters: &[Letter]) -> Vec<String> {
    letters
        .split(|letter| *letter == (',', false))
        .map(|value| value.iter().map(|(char, _)| char).collect::<String>())
        .filter(|value| !value.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str) -> (Vec<String>, Option<String>) {
        let line = Line::parse(line);
        assert_eq!(line.problems, []);
        let filters = line.filters.iter().map(Filter::to_text).collect();
        (filters, line.search)
    }

    #[test]
    fn filters_and_free_text_are_told_apart() {
        let (filters, search) = texts("status:failure app:contains:teams 203.0.113.7");
        assert_eq!(filters, ["status:in:failure", "application:contains:teams"]);
        assert_eq!(search.as_deref(), Some("203.0.113.7"));
        let (filters, search) = texts("2001:db8::1 \"status:failure\" https://a.example x:y");
        assert_eq!(filters, [""; 0]);
        assert_eq!(
            search.as_deref(),
            Some("2001:db8::1 status:failure https://a.example x:y")
        );
        let (_, search) = texts("<b>alert(\"1\")</b>");
        assert_eq!(search.as_deref(), Some("<b>alert(\"1\")</b>"));
    }

    #[test]
    fn quotes_keep_blanks_and_operators_together() {
        let (filters, _) =
            texts(r#"user:"Ann Berg","B, C" -city:Oslo ~app:"empty" device_name:empty"#);
        assert_eq!(
            filters,
            [
                r"user:in:Ann Berg,B\, C",
                "city:nin:Oslo",
                "~application:in:empty",
                "device_name:empty"
            ]
        );
        let (filters, _) = texts(r#"user:contains:"a \"b\" \\ c"#);
        assert_eq!(filters, [r#"user:contains:a "b" \\ c"#]);
    }

    #[test]
    fn networks_and_labels_are_understood() {
        let (filters, _) = texts(
            "ip:203.0.113.0/24 ca:\"Not applied\" compliant:yes -status:empty -ip:10.0.0.5-10.0.0.9",
        );
        assert_eq!(
            filters,
            [
                "ip_address:cidr:203.0.113.0/24",
                "conditional_access:in:notApplied",
                "compliant:eq:true",
                "status:nempty",
                "ip_address:ncidr:10.0.0.5-10.0.0.9"
            ]
        );
    }

    #[test]
    fn what_names_a_column_and_is_no_filter_is_reported() {
        let line = Line::parse("code:abc user: reason:x -latency:gt:5 ann");
        let parts: Vec<_> = line.problems.iter().map(|problem| &problem.part).collect();
        assert_eq!(parts, ["code:abc", "user:", "reason:x", "-latency:gt:5"]);
        assert_eq!(line.search.as_deref(), Some("ann"));
        assert_eq!(line.filters, []);
    }
}
