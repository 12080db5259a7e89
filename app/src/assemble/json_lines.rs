//! JSON text in lines, as it came: no number is rounded, no key moved, no text re-escaped.

use crate::view::safe_text::is_disturbing;

/// Indents JSON by two blanks a level. What is no JSON comes back in some lines, whole.
pub fn indented(json: &str) -> String {
    let mut result = String::with_capacity(json.len() + json.len() / 4);
    let mut depth = 0_usize;
    let mut in_text = false;
    let mut escaped = false;
    let mut chars = json.chars().peekable();
    while let Some(char) = chars.next() {
        if in_text {
            result.push(char);
            in_text = escaped || char != '"';
            escaped = char == '\\' && !escaped;
            continue;
        }
        match char {
            '"' => {
                in_text = true;
                result.push(char);
            }
            '{' | '[' => {
                while chars.next_if(|next| next.is_whitespace()).is_some() {}
                result.push(char);
                if let Some(closing) = chars.next_if(|next| matches!(next, '}' | ']')) {
                    result.push(closing);
                } else {
                    depth += 1;
                    new_line(&mut result, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                new_line(&mut result, depth);
                result.push(char);
            }
            ',' => {
                result.push(char);
                new_line(&mut result, depth);
            }
            ':' => result.push_str(": "),
            blank if blank.is_whitespace() => {}
            other => result.push(other),
        }
    }
    result
}

/// The same JSON, in which nothing can disturb the page that shows it: what cannot be seen is written as
/// `\u202e`, which means the same within a text of JSON.
pub fn harmless(json: &str) -> String {
    let mut result = String::with_capacity(json.len());
    for char in json.chars() {
        if char != '\n' && is_disturbing(char) {
            let mut units = [0; 2];
            for unit in char.encode_utf16(&mut units) {
                result.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            result.push(char);
        }
    }
    result
}

/// Deeply nested records are not moved out of sight.
const DEEPEST_INDENT: usize = 20;

fn new_line(result: &mut String, depth: usize) {
    result.push('\n');
    for _ in 0..depth.min(DEEPEST_INDENT) {
        result.push_str("  ");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_blanks_between_values_changes() {
        let json = r#"{"a":[1.50,{}, [ ]],"b":"x, {y}: \"z\" \\","c":{"d":null}}"#;
        let lines = indented(json);
        assert_eq!(
            lines,
            "{\n  \"a\": [\n    1.50,\n    {},\n    []\n  ],\n  \"b\": \"x, {y}: \\\"z\\\" \\\\\",\n  \"c\": {\n    \"d\": null\n  }\n}"
        );
    }

    #[test]
    fn what_disturbs_is_written_as_json_writes_it() {
        let json = "{\n  \"a\": \"x\u{202e}y\u{7f}\"\n}";
        let written = harmless(json);
        assert_eq!(written, "{\n  \"a\": \"x\\u202ey\\u007f\"\n}");
        let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        assert_eq!(read(&written), read(json));
    }

    #[test]
    fn broken_json_is_survived() {
        for text in ["}}}", "\"open", "[[[[", "", "{\"a\\"] {
            indented(text);
        }
    }
}
