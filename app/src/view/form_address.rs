//! The address that a form of the filter bar asks for, from what the browser would send.
//!
//! The server does the same through `model::Query` and has the last word. The client only needs the
//! address, and the whole query language would cost every reader its download.

/// Address at `path` for the fields of a form in their escaped text, `name=value&name=value`. The fields
/// `fcol`, `fop` and `fval` become one filter, blank fields are left out.
pub fn form_address(path: &str, fields: &str) -> String {
    let mut parts = Vec::new();
    let (mut column, mut operator) = ("", "");
    let mut values = Vec::new();
    for (name, value) in fields.split('&').filter_map(|field| field.split_once('=')) {
        let value = value.trim_matches('+');
        match name {
            "fcol" => column = value,
            "fop" => operator = value,
            "fval" if !value.is_empty() => {
                values.push(value.replace("%5C", "%5C%5C").replace("%2C", "%5C%2C"));
            }
            "from" | "to" if !value.is_empty() => parts.push(format!("{name}={}", in_utc(value))),
            // A blank beginning means: from the first one on.
            "from" => parts.push("from=".to_owned()),
            _ if value.is_empty() || (name, value) == ("tz", "local") => {}
            _ => parts.push(format!("{name}={}", readable(value))),
        }
    }
    let needs_no_value = matches!(operator, "empty" | "nempty");
    if needs_no_value && !column.is_empty() {
        parts.push(format!("f={column}:{operator}"));
    } else if !column.is_empty() && !values.is_empty() {
        parts.push(format!("f={column}:{operator}:{}", values.join(",")));
    }
    if parts.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", parts.join("&"))
    }
}

/// A date field names no zone; the page asks for UTC in it.
fn in_utc(value: &str) -> String {
    let value = readable(value);
    if value.ends_with('Z') {
        value
    } else {
        format!("{value}Z")
    }
}

/// Characters that an address may show as they are.
fn readable(value: &str) -> String {
    value
        .replace("%3A", ":")
        .replace("%2C", ",")
        .replace("%40", "@")
        .replace("%7E", "~")
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Query;

    /// The address says to the server what the form would have said.
    fn says_the_same(fields: &str) {
        let address = form_address("/sign-ins", fields);
        let text = address.strip_prefix("/sign-ins").expect("the path");
        let (expected, problems) = Query::parse(fields);
        assert_eq!(problems, [], "{fields}");
        let (query, problems) = Query::parse(text);
        assert_eq!(problems, [], "{address}");
        assert_eq!(query.to_text(), expected.to_text(), "{address}");
    }

    #[test]
    fn the_address_asks_what_the_form_asks() {
        for fields in [
            "",
            "q=",
            "q=a+b%26c%23&tz=utc",
            "range=7d&fcol=status&fop=in&fval=failure&fval=interrupted",
            "fcol=user&fop=contains&fval=a%2Cb%5Cc%3Ad&fval=&fval=+x+y+",
            "fcol=user&fop=contains&fval=",
            "fcol=user&fop=empty&fval=",
            "f=user%3Acontains%3Aa%5C%2Cb%25&q=%C3%A5&sort=-user",
            "from=2026-11-24T10%3A42%3A05&to=&tz=local",
            "from=&to=2026-11-24T10%3A42",
            "from=&to=",
        ] {
            says_the_same(fields);
        }
        assert_eq!(form_address("/sign-ins", "q=&to="), "/sign-ins");
    }
}
