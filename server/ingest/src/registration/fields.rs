//! The fields of an object or of a row, by their names without what people and tools write in different ways.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{MOST_ITEMS, shortened};

/// Fields by their names in small letters, without anything that is no letter or digit.
pub struct Fields<'a>(HashMap<String, Field<'a>>);

enum Field<'a> {
    Json(&'a Value),
    Cell(&'a str),
}

impl<'a> Fields<'a> {
    /// Those of an object. PowerShell puts what it does not know into an object of its own.
    pub fn of_object(object: &'a Map<String, Value>) -> Fields<'a> {
        let mut fields = HashMap::with_capacity(object.len());
        for (name, value) in object {
            let name = plain(name);
            if name == "additionalproperties"
                && let Value::Object(more) = value
            {
                for (name, value) in more {
                    fields.entry(plain(name)).or_insert(Field::Json(value));
                }
                continue;
            }
            fields.insert(name, Field::Json(value));
        }
        Fields(fields)
    }

    /// Those of a row; of several columns with one name the first that has something.
    pub fn of_row(headers: &[String], row: &'a ::csv::StringRecord) -> Fields<'a> {
        let mut fields = HashMap::with_capacity(headers.len());
        for (name, cell) in headers.iter().zip(row) {
            if !cell.trim().is_empty() {
                fields.entry(name.clone()).or_insert(Field::Cell(cell));
            }
        }
        Fields(fields)
    }

    /// Whether one of these is there, with whatever value.
    pub fn has(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.0.contains_key(*name))
    }

    /// The first of these that is there.
    fn first(&self, names: &[&str]) -> Option<&Field<'a>> {
        names.iter().find_map(|name| self.0.get(*name))
    }

    /// A text; blank ones are none.
    pub fn text(&self, names: &[&str]) -> Option<String> {
        let mut found = names.iter().filter_map(|name| text_of(self.0.get(*name)?));
        found.next()
    }

    /// What is yes or no, in the words of Graph, of PowerShell and of the portal.
    pub fn flag(&self, names: &[&str]) -> Option<bool> {
        match self.first(names)? {
            Field::Json(Value::Bool(flag)) => Some(*flag),
            other => match plain(&text_of(other)?).as_str() {
                "true" | "yes" | "y" | "1" | "capable" | "registered" | "enabled" | "success"
                | "succeeded" | "successful" => Some(true),
                "false" | "no" | "n" | "0" | "notcapable" | "notregistered" | "notenabled"
                | "disabled" | "failure" | "failed" | "fail" => Some(false),
                _ => None,
            },
        }
    }

    /// A whole number.
    pub fn number(&self, names: &[&str]) -> Option<u64> {
        match self.first(names)? {
            Field::Json(Value::Number(number)) => number.as_u64(),
            other => text_of(other)?.replace([',', ' '], "").parse().ok(),
        }
    }

    /// The texts of a list, or of a cell with several.
    pub fn list(&self, names: &[&str]) -> Option<Vec<String>> {
        match self.first(names)? {
            Field::Json(Value::Array(items)) => {
                let texts = items.iter().filter_map(|item| text_of(&Field::Json(item)));
                Some(texts.take(MOST_ITEMS).collect())
            }
            Field::Json(Value::Null) => None,
            other => {
                let text = text_of(other).unwrap_or_default();
                let between = |char| matches!(char, ',' | ';' | '|' | '\n');
                let trimmed = |item: &str| {
                    let around = ['[', ']', '{', '}', '"', '\''];
                    item.trim().trim_matches(around).trim().to_owned()
                };
                let items = text.split(between).map(trimmed);
                let items = items.filter(|item| !item.is_empty() && plain(item) != "none");
                Some(items.take(MOST_ITEMS).collect())
            }
        }
    }

    /// The fields of an object within.
    pub fn object(&self, names: &[&str]) -> Option<Fields<'a>> {
        match self.first(names)? {
            Field::Json(Value::Object(object)) => Some(Fields::of_object(object)),
            _ => None,
        }
    }

    /// The objects of a list.
    pub fn objects(&self, names: &[&str]) -> Vec<Fields<'a>> {
        match self.first(names) {
            Some(Field::Json(Value::Array(items))) => items
                .iter()
                .filter_map(Value::as_object)
                .take(MOST_ITEMS)
                .map(Fields::of_object)
                .collect(),
            _ => Vec::new(),
        }
    }
}

fn text_of(field: &Field<'_>) -> Option<String> {
    let text = match field {
        Field::Cell(text) => *text,
        Field::Json(Value::String(text)) => text.as_str(),
        Field::Json(Value::Bool(flag)) => return Some(flag.to_string()),
        Field::Json(Value::Number(number)) => return Some(number.to_string()),
        Field::Json(_) => return None,
    };
    let text = text.trim();
    (!text.is_empty()).then(|| shortened(text))
}

/// A name without what is written in different ways.
pub fn plain(name: &str) -> String {
    let letters = name.chars().filter(|char| char.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
