//! Words and figures for people: the same on the page, in the CLI table and in files.

use crate::column::{Column, choices};
use crate::column::{Display, ValueType};
use crate::gist::Gist;
use crate::list;
use crate::value::Value;

/// A whole number with a comma between thousands: `1,153,604`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number of bytes in the unit that people say: `312 MB`.
pub fn size(size_bytes: u64) -> String {
    const UNITS: [&str; 4] = ["KB", "MB", "GB", "TB"];
    if size_bytes < 1_000 {
        return format!("{size_bytes} B");
    }
    let mut scaled = size_bytes / 100;
    let mut unit = 0;
    // `scaled` is in tenths of the unit, so that no floating point is needed.
    while scaled >= 10_000 && unit + 1 < UNITS.len() {
        scaled /= 1_000;
        unit += 1;
    }
    if scaled >= 100 {
        format!("{} {}", scaled / 10, UNITS[unit])
    } else {
        format!("{}.{} {}", scaled / 10, scaled % 10, UNITS[unit])
    }
}

/// Text of a value as the portal would word it: labels for choices, "Yes" and "No", `143 ms`,
/// commas between the items of a list. Moments are left to the caller, who knows the time zone; here
/// they are RFC 3339.
pub fn value(column: &Column, value: &Value) -> String {
    worded(column, value, ", ")
}

/// The same for files and the command line, where items are kept apart by semicolons: names of
/// policies hold commas.
pub fn value_in_file(column: &Column, value: &Value) -> String {
    worded(column, value, "; ")
}

fn worded(column: &Column, value: &Value, between: &str) -> String {
    match (value, &column.value_type) {
        (Value::Text(text), ValueType::List) => list::shown(text, between),
        (Value::Text(text), ValueType::Choice(known)) => choices::label_of(known, text).to_owned(),
        (Value::Boolean(true), _) => "Yes".to_owned(),
        (Value::Boolean(false), _) => "No".to_owned(),
        (Value::Integer(number), _) if column.display == Display::Milliseconds => {
            format!("{number} ms")
        }
        _ => value.to_text(),
    }
}

/// Result code of a sign-in that Conditional Access blocked, and no other code says by what.
const BLOCKED: i64 = 53_003;

/// Why a sign-in ended as it did, in a few plain words: what the verdict comes to, where that is more than the code says;
/// else the words of the error book, with the policy where the code says no more than that one blocked. Empty for a
/// success that has nothing to tell; a code that the error book does not know is said to be unknown.
pub fn reason(
    error_code: Option<i64>,
    gist: Option<Gist>,
    deciding_policy: Option<&str>,
) -> String {
    match (error_code, gist, deciding_policy) {
        (_, Some(gist), _) => gist.label().to_owned(),
        (None | Some(0), None, _) => String::new(),
        (Some(BLOCKED), None, Some(policy)) => format!("Blocked: {policy}"),
        (Some(code), None, _) => of_code(code).to_owned(),
    }
}

/// What a result code means, in a few plain words.
pub fn of_code(error_code: i64) -> &'static str {
    crate::error_book::entry(error_code).map_or("Not in the error book", |entry| entry.short)
}

/// What is left of a text that is too long for a row: at most `most_chars` characters and an
/// ellipsis. Exports hold texts of 100 kB and more.
pub fn shortened(text: &str, most_chars: usize) -> String {
    match text.char_indices().nth(most_chars) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_kept_apart() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(1_000), "1,000");
        assert_eq!(count(1_153_604), "1,153,604");
    }

    #[test]
    fn sizes_are_said_as_people_say_them() {
        assert_eq!(size(12), "12 B");
        assert_eq!(size(41_000), "41 KB");
        assert_eq!(size(1_250_000), "1.2 MB");
        assert_eq!(size(312_000_000), "312 MB");
        assert_eq!(size(4_000_000_000), "4.0 GB");
    }

    #[test]
    fn words_are_the_portals() {
        let requirement = Column::find("authentication_requirement").expect("a column");
        let raw = Value::Text("multiFactorAuthentication".into());
        assert_eq!(value(requirement, &raw), "Multifactor authentication");
        let latency = Column::find("latency_ms").expect("a column");
        assert_eq!(value(latency, &Value::Integer(143)), "143 ms");
        let methods = Column::named("authentication_methods");
        let both = Value::Text("Password\nText message".into());
        assert_eq!(value(methods, &both), "Password, Text message");
        assert_eq!(value_in_file(methods, &both), "Password; Text message");
    }

    #[test]
    fn reasons_are_in_plain_words() {
        let by_code = |code| reason(Some(code), None, None);
        assert_eq!(by_code(0), "");
        assert_eq!(by_code(50_126), "Wrong user name or password");
        let policy = Some("Block legacy sign-in");
        assert_eq!(
            reason(Some(53_003), None, policy),
            "Blocked: Block legacy sign-in"
        );
        assert_eq!(
            reason(Some(50_074), None, policy),
            "Asked for a second factor"
        );
        assert_eq!(
            reason(Some(53_000), None, policy),
            "Device is not compliant"
        );
        assert_eq!(by_code(999_999_999), "Not in the error book");
        assert_eq!(
            reason(Some(500_121), Some(Gist::PushUnanswered), policy),
            "Did not answer the push"
        );
        assert_eq!(
            reason(Some(0), Some(Gist::ClaimInToken), None),
            "No prompt: second factor in the token"
        );
    }

    #[test]
    fn long_text_is_cut_between_characters() {
        assert_eq!(shortened("Kraków", 6), "Kraków");
        assert_eq!(shortened("Kraków", 5), "Krakó…");
    }
}
