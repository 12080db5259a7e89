//! Addresses of the pages about one user, address or application.
//!
//! Names come from logs and may hold anything. What is special in a path is written `~2F`, so that nothing on
//! the way takes it for a part of the path: browsers turn `\` into `/` and resolve `%2E%2E`, and the router of
//! the client unescapes what follows a `%` once more than it should.

use std::fmt::Write;

use model::{Column, Value};

use crate::view::entity::Kind;

/// Longer names have no page: browsers and servers give up on their addresses.
pub(super) const MOST_BYTES: usize = 1_000;
/// What Entra writes where it knows no identifier.
const NO_ID: &str = "00000000-0000-0000-0000-000000000000";

impl Kind {
    /// The part of the path in front of the name.
    pub const fn path(self) -> &'static str {
        match self {
            Kind::User => "/users",
            Kind::Address => "/ip",
            Kind::Application => "/applications",
        }
    }
}

/// The page about what this value of this column names, where there is one.
pub fn address_of(column: &Column, value: &Value) -> Option<String> {
    let kind = match column.id {
        "user" | "user_id" | "username" => Kind::User,
        "ip_address" | "ip_address_from_resource" | "global_secure_access_ip_address" => {
            Kind::Address
        }
        "application" | "application_id" | "service_principal_name" | "service_principal_id" => {
            Kind::Application
        }
        _ => return None,
    };
    page_of(kind, value.as_text()?)
}

/// The column that identifies what another one names: several people may have one name.
pub fn identifier_of(column: &Column) -> Option<&'static Column> {
    let id = match column.id {
        "user" | "username" => "user_id",
        "application" => "application_id",
        "service_principal_name" => "service_principal_id",
        _ => return None,
    };
    Some(Column::named(id))
}

/// The page about what this value of this column names, by the value of [`identifier_of`] that its sign-in has
/// beside it, if it has one.
pub fn address_beside(
    column: &Column,
    value: &Value,
    identifier: Option<&Value>,
) -> Option<String> {
    if value.is_empty() {
        return None;
    }
    let by_identifier = identifier_of(column).zip(identifier);
    by_identifier
        .and_then(|(column, identifier)| address_of(column, identifier))
        .or_else(|| address_of(column, value))
}

/// The page about what has this name.
pub fn page_of(kind: Kind, name: &str) -> Option<String> {
    let has_page = !name.is_empty() && name.len() <= MOST_BYTES && name != NO_ID;
    has_page.then(|| format!("{}/{}", kind.path(), segment(name)))
}

/// A name as one part of a path.
pub fn segment(name: &str) -> String {
    let is_dots = name.bytes().all(|byte| byte == b'.');
    let last = name.len().saturating_sub(1);
    let mut result = String::with_capacity(name.len());
    for (at, byte) in name.bytes().enumerate() {
        let is_plain = byte.is_ascii_alphanumeric()
            || b"-_@:!$&'()*+,;=".contains(&byte)
            || (byte == b'.' && !is_dots);
        // A blank at an end is cut off by those who read addresses.
        let is_inner_blank = byte == b' ' && at != 0 && at != last;
        if is_plain {
            result.push(char::from(byte));
            continue;
        }
        let mark = if is_inner_blank || !byte.is_ascii() {
            '%'
        } else {
            '~'
        };
        if write!(result, "{mark}{byte:02X}").is_err() {
            // Writing to a string does not fail.
            return result;
        }
    }
    result
}

/// The name that a part of a path stands for, once that is unescaped.
pub fn name_of(segment: &str) -> String {
    let mut result = String::with_capacity(segment.len());
    let mut rest = segment;
    while let Some((before, after)) = rest.split_once('~') {
        result.push_str(before);
        let code = after
            .get(..2)
            .and_then(|code| u8::from_str_radix(code, 16).ok());
        match code.filter(u8::is_ascii) {
            Some(byte) => {
                result.push(char::from(byte));
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                result.push('~');
                rest = after;
            }
        }
    }
    result.push_str(rest);
    result
}

#[cfg(test)]
mod tests {
    use leptos_router::location::Url;

    use super::*;

    const HOSTILE: [&str; 16] = [
        "astrid@halvorsenpike.example",
        "HALVORSEN\\astrid",
        "a/b",
        "..",
        ".",
        "100%",
        "a%2Fb%41",
        "\"><script>alert('1')</script>",
        "invoice\u{202e}fdp.exe",
        " blank ",
        "a  b",
        "?q=1#x&y",
        "~41~",
        "tab\tline\nnul\u{0}",
        "שלום",
        "2001:db8::1",
    ];

    #[test]
    fn any_name_survives_a_path() {
        for name in HOSTILE {
            let part = segment(name);
            assert_eq!(name_of(&Url::unescape(&part)), name, "{part}");
            // What the client's router does to a path before it goes there.
            assert_eq!(
                name_of(&Url::unescape(&Url::unescape(&part))),
                name,
                "{part}"
            );
            for special in ['/', '\\', '?', '#', '"', '<', ' ', '\u{202e}', '\n'] {
                assert!(!part.contains(special), "{part}");
            }
            assert!(part.bytes().any(|byte| byte != b'.'), "{part}");
        }
    }

    #[test]
    fn what_names_something_leads_to_its_page() {
        let of = |id: &'static str, text: &str| {
            address_of(Column::named(id), &Value::Text(text.to_owned()))
        };
        assert_eq!(
            of("username", "a@b.example").as_deref(),
            Some("/users/a@b.example")
        );
        assert_eq!(of("user", "Ann Lee").as_deref(), Some("/users/Ann%20Lee"));
        assert_eq!(
            of("ip_address", "2001:db8::1").as_deref(),
            Some("/ip/2001:db8::1")
        );
        assert_eq!(
            of("service_principal_name", "sync/eu").as_deref(),
            Some("/applications/sync~2Feu")
        );
    }

    #[test]
    fn an_identifier_says_more_than_a_name() {
        let text = |text: &str| Value::Text(text.to_owned());
        let of = |id, name: &str, identifier: &str| {
            address_beside(Column::named(id), &text(name), Some(&text(identifier)))
        };
        assert_eq!(of("user", "Ann Lee", "a1").as_deref(), Some("/users/a1"));
        assert_eq!(of("user", "Ann", NO_ID).as_deref(), Some("/users/Ann"));
        assert_eq!(
            of("service_principal_name", "sync", "s1").as_deref(),
            Some("/applications/s1")
        );
        assert_eq!(of("ip_address", "::1", "x").as_deref(), Some("/ip/::1"));
        let nobody = address_beside(Column::named("user"), &Value::Empty, Some(&text("a1")));
        assert_eq!(nobody, None);
        assert_eq!(of("city", "Oslo", "x"), None);
    }

    #[test]
    fn what_names_nothing_leads_nowhere() {
        assert_eq!(address_of(Column::named("ip_address"), &Value::Empty), None);
        assert_eq!(page_of(Kind::User, ""), None);
        assert_eq!(page_of(Kind::User, NO_ID), None);
        assert_eq!(page_of(Kind::User, &"x".repeat(100_000)), None);
        let city = Column::find("city").expect("a column");
        assert_eq!(address_of(city, &Value::Text("Oslo".into())), None);
    }
}
