//! Where a page ends and the next one begins.

use super::Sort;
use crate::column::ValueType;
use crate::value::Value;

/// Longest text that a cursor carries, in bytes: an address cannot be of any length. Of a longer one the
/// cursor says only that there is one, and it is looked up by the request ID when the page is asked for.
const LONGEST_TEXT_BYTES: usize = 1_000;

/// The last row of a page, by the values that order rows: the sort column, then the date, then the
/// request ID. A page that starts after it is found without counting (keyset paging), and no row is
/// shown twice or left out when new sign-ins arrive.
#[derive(Debug, Clone, PartialEq)]
pub struct Cursor {
    /// The sort column's value, when rows are not sorted by date. Among lines of sign-ins that are alike, the
    /// newest moment that counts: see [`crate::folded::until_micros`].
    pub sort_value: Option<Value>,
    /// The moment of the sign-in, in microseconds since 1970, UTC.
    pub date_micros: i64,
    /// The request ID.
    pub request_id: String,
}

impl Cursor {
    /// Text form: `<micros>~<request id>` or `<micros>~<request id>~<type letter><value>`; a tilde
    /// within a text is escaped. The letter `l` alone stands for a text that is too long.
    pub fn to_text(&self) -> String {
        let mut text = format!("{}~{}", self.date_micros, escape(&self.request_id));
        if let Some(value) = &self.sort_value {
            let (letter, content) = match value {
                Value::Empty => ('e', String::new()),
                Value::Text(content)
                    if content.len() > LONGEST_TEXT_BYTES || content.is_empty() =>
                {
                    ('l', String::new())
                }
                Value::Text(content) => ('t', escape(content)),
                Value::Integer(number) => ('i', number.to_string()),
                Value::Decimal(number) => ('d', number.to_string()),
                Value::Boolean(flag) => ('b', flag.to_string()),
                Value::Instant(moment) => ('m', moment.timestamp_micros().to_string()),
            };
            text.push('~');
            text.push(letter);
            text.push_str(&content);
        }
        text
    }

    /// Whether the sort column's value has to be looked up. It then stands as an empty text, which no
    /// sign-in has.
    pub fn is_cut(&self) -> bool {
        self.sort_value
            .as_ref()
            .is_some_and(|value| value.as_text() == Some(""))
    }

    /// Whether the cursor was made by this order: only then does it name a place in it.
    pub fn fits(&self, sort: Sort) -> bool {
        let Some(value) = &self.sort_value else {
            return sort.column.id == "date";
        };
        let right_type = match value {
            Value::Empty => true,
            Value::Text(_) => matches!(
                sort.column.value_type,
                ValueType::Text
                    | ValueType::Identifier
                    | ValueType::Address
                    | ValueType::List
                    | ValueType::Choice(_)
            ),
            Value::Integer(_) => matches!(sort.column.value_type, ValueType::Integer),
            Value::Decimal(_) => matches!(sort.column.value_type, ValueType::Decimal),
            Value::Boolean(_) => matches!(sort.column.value_type, ValueType::Boolean),
            Value::Instant(_) => matches!(sort.column.value_type, ValueType::Instant),
        };
        let is_of_lines = matches!(value, Value::Instant(_)) && sort == Sort::default();
        is_of_lines || sort.column.id != "date" && right_type
    }

    /// Reads the form of [`Cursor::to_text`].
    pub fn parse(text: &str) -> Option<Cursor> {
        let mut parts = text.split('~');
        let date_micros = parts.next()?.parse().ok()?;
        let request_id = unescape(parts.next()?)?;
        let sort_value = match parts.next() {
            None => None,
            Some(part) => Some(parse_value(part)?),
        };
        parts.next().is_none().then_some(Cursor {
            sort_value,
            date_micros,
            request_id,
        })
    }
}

fn parse_value(part: &str) -> Option<Value> {
    let mut chars = part.chars();
    let letter = chars.next()?;
    let content = chars.as_str();
    Some(match letter {
        'e' => Value::Empty,
        't' => Value::Text(unescape(content)?),
        'l' if content.is_empty() => Value::Text(String::new()),
        'i' => Value::Integer(content.parse().ok()?),
        'd' => Value::Decimal(content.parse().ok()?),
        'b' => Value::Boolean(content.parse().ok()?),
        'm' => Value::Instant(chrono::DateTime::from_timestamp_micros(
            content.parse().ok()?,
        )?),
        _ => return None,
    })
}

/// Writes `!` as `!!` and `~` as `!-`, so that a tilde only ever parts.
fn escape(text: &str) -> String {
    text.replace('!', "!!").replace('~', "!-")
}

fn unescape(text: &str) -> Option<String> {
    let mut result = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match char {
            '!' => match chars.next()? {
                '!' => result.push('!'),
                '-' => result.push('~'),
                _ => return None,
            },
            other => result.push(other),
        }
    }
    Some(result)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_cursor_comes_back(micros in any::<i64>(), id in ".*", text in proptest::option::of(".*")) {
            let cursor = Cursor { sort_value: text.map(Value::Text), date_micros: micros, request_id: id };
            prop_assert_eq!(Cursor::parse(&cursor.to_text()), Some(cursor));
        }

        #[test]
        fn any_text_is_survived(text in ".*") {
            Cursor::parse(&text);
        }
    }

    #[test]
    fn every_kind_of_value_comes_back() {
        for value in [
            Value::Empty,
            Value::Integer(-5),
            Value::Decimal(17.5),
            Value::Boolean(true),
        ] {
            let cursor = Cursor {
                sort_value: Some(value),
                date_micros: 1,
                request_id: "a~b!c".into(),
            };
            assert_eq!(Cursor::parse(&cursor.to_text()), Some(cursor));
        }
        assert_eq!(Cursor::parse("not a cursor"), None);
    }

    #[test]
    fn a_long_text_is_left_to_be_looked_up() {
        let cursor = |text: String| Cursor {
            sort_value: Some(Value::Text(text)),
            date_micros: 1,
            request_id: "a".into(),
        };
        assert_eq!(cursor("~".repeat(1_001)).to_text(), "1~a~l");
        assert!(Cursor::parse("1~a~l").is_some_and(|cursor| cursor.is_cut()));
        assert_eq!(Cursor::parse("1~a~lx"), None);
        let longest = cursor("x".repeat(1_000));
        assert!(!longest.is_cut());
        assert_eq!(Cursor::parse(&longest.to_text()), Some(longest));
    }
}
