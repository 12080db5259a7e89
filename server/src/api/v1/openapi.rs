//! `GET /api/v1/openapi.json`: all endpoints of `/api/v1`, described for programs (OpenAPI 3.1).
//!
//! Each endpoint describes itself beside its code; here is what they share: the query language, which is
//! described once, and the forms of answers.

use axum::Json;
use model::{Column, Tab};
use serde_json::{Map, Value, json};

use super::endpoints;

/// How an endpoint turns away whoever may not ask, or asks too much.
const TURNED_AWAY: [&str; 3] = ["401", "403", "429"];
/// What endpoints answer with, unless they say otherwise.
pub const JSON: &str = "application/json";
/// Parts of the query language that every endpoint takes, by their names in the document.
const SHARED: [&str; 8] = ["tab", "range", "from", "to", "f", "q", "tz", "tabs"];

/// The document.
pub async fn show() -> Json<Value> {
    Json(document())
}

/// An endpoint that takes a query.
pub struct Operation {
    /// Name for generated code.
    pub id: &'static str,
    /// What it answers, in a few words.
    pub summary: &'static str,
    /// What else has to be known.
    pub description: &'static str,
    /// Its parameters, without those that all take.
    pub parameters: Vec<Value>,
    /// Schema of the answer.
    pub answer: Value,
}

impl Operation {
    /// The operation as the document has it.
    pub fn written(self) -> Value {
        let parameters: Vec<Value> = SHARED
            .into_iter()
            .map(shared)
            .chain(self.parameters)
            .collect();
        json!({
            "operationId": self.id,
            "summary": self.summary,
            "description": self.description,
            "parameters": parameters,
            "responses": responses(JSON, &self.answer, &["400", "500", "503"]),
        })
    }
}

/// The endpoint of the document itself.
pub fn described() -> Value {
    json!({
        "operationId": "describe",
        "summary": "this document",
        "responses": responses(JSON, &json!({ "type": "object" }), &[]),
    })
}

fn document() -> Value {
    let paths: Map<String, Value> = endpoints()
        .into_iter()
        .map(|endpoint| {
            (
                endpoint.path.to_owned(),
                json!({ "get": endpoint.described }),
            )
        })
        .collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Vestibule",
            "version": "1",
            "description": "Sign-ins of an Entra ID tenant. The query language is that of the page's address.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        // Where the server was started without accounts, nobody needs a token.
        "security": [{ "token": [] }, {}],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "a token of an account, made on its page; it may what it was made for, and no \
                                    more than the account",
                },
            },
            "parameters": query_parts(),
            "schemas": schemas(),
            "responses": refusals(),
        },
    })
}

/// The parts of the query language.
fn query_parts() -> Map<String, Value> {
    let tabs = Tab::ALL.map(Tab::as_str);
    let words = json!({ "type": "string" });
    let several = parameter(
        "tabs",
        "kinds of sign-in that count: all, or words of tab joined by commas; without, that of tab",
        json!({ "type": "string", "examples": ["all", "interactive,noninteractive"] }),
    );
    let filters = json!({
        "name": "f",
        "in": "query",
        "description": "a filter, <column>:<operator>:<value>[,<value>…], as often as needed; all must hold",
        "schema": { "type": "array", "items": words, "maxItems": 64, "examples": [["status:eq:failure"]] },
        "style": "form",
        "explode": true,
    });
    let parts = [
        parameter(
            "tab",
            "kind of sign-in",
            json!({ "type": "string", "enum": tabs, "default": tabs[0] }),
        ),
        parameter(
            "range",
            "back from now, with no end; wins over from and to",
            json!({ "type": "string", "enum": ["24h", "7d", "1mo"], "default": "24h" }),
        ),
        parameter(
            "from",
            "first moment that counts; blank for all there is",
            words.clone(),
        ),
        parameter("to", "first moment that counts no more", words.clone()),
        filters,
        parameter("q", "text that some column must hold", words.clone()),
        parameter(
            "tz",
            "whether the reader's zone counts",
            json!({ "type": "string", "enum": ["local", "utc"], "default": "local" }),
        ),
        several,
        parameter(
            "sort",
            "column to order rows by, with - in front for descending",
            json!({ "type": "string", "default": "-date" }),
        ),
        parameter(
            "cols",
            "columns to show, joined by commas",
            columns(Column::stored().count()),
        ),
        parameter("after", "a cursor, from the answer before", words),
    ];
    parts
        .into_iter()
        .filter_map(|part| Some((part["name"].as_str()?.to_owned(), part)))
        .collect()
}

fn schemas() -> Value {
    let ids: Vec<_> = Column::stored().map(|column| column.id).collect();
    json!({
        "Column": { "type": "string", "enum": ids },
        "Error": object(&[("error", text())]),
        "Value": {
            "description": "number, yes or no, text, moment, items of a list, or null for no value",
            "type": ["string", "number", "boolean", "array", "null"],
            "items": text(),
        },
    })
}

/// Answers that are none.
fn refusals() -> Value {
    let refusal = |description: &str| {
        json!({
            "description": description,
            "content": { JSON: { "schema": { "$ref": "#/components/schemas/Error" } } },
        })
    };
    let turned_away = |description: &str| json!({ "description": description, "content": { "text/plain": { "schema": text() } } });
    json!({
        "400": refusal("a parameter cannot be read"),
        "401": turned_away("nobody is signed in: the token is missing, wrong, over, or its account is disabled"),
        "403": turned_away("the account or the token may not see this, or what is asked would tell what is hidden from it"),
        "429": turned_away("too much at once; the header Retry-After says how many seconds to wait"),
        "404": refusal("there is no such sign-in"),
        "500": refusal("the tables cannot be read; the log of the server says more"),
        "503": refusal("not in time, or too much at once: narrow the range or the filters, or try again later"),
    })
}

/// The answers of an operation: the good one, and which of the others.
pub fn responses(media: &str, answer: &Value, others: &[&str]) -> Value {
    let mut responses = Map::new();
    responses.insert(
        "200".to_owned(),
        json!({ "description": "the answer", "content": { media: { "schema": answer } } }),
    );
    responses.extend(TURNED_AWAY.iter().chain(others).map(|status| {
        let refusal = json!({ "$ref": format!("#/components/responses/{status}") });
        ((*status).to_owned(), refusal)
    }));
    Value::Object(responses)
}

/// A part of the query language.
pub fn shared(name: &str) -> Value {
    json!({ "$ref": format!("#/components/parameters/{name}") })
}

/// A parameter in the query string.
pub fn parameter(name: &str, description: &str, schema: Value) -> Value {
    let mut parameter = json!({
        "name": name,
        "in": "query",
        "description": description,
        "schema": schema,
    });
    if parameter["schema"]["type"] == "array" {
        // Joined by commas.
        parameter["style"] = "form".into();
        parameter["explode"] = false.into();
    }
    parameter
}

/// The parameter, without which there is no answer.
pub fn required(mut parameter: Value) -> Value {
    parameter["required"] = true.into();
    parameter
}

/// The parameter that says whether numbers come as a file.
pub fn format() -> Value {
    parameter(
        "format",
        "how it comes",
        json!({ "type": "string", "enum": ["json", "csv"], "default": "json" }),
    )
}

/// The parameter `limit`.
pub fn limit(without: usize, most: usize, description: &str) -> Value {
    let schema = json!({ "type": "integer", "minimum": 1, "maximum": most, "default": without });
    parameter("limit", description, schema)
}

/// Columns in a parameter.
pub fn columns(most: usize) -> Value {
    let column = json!({ "$ref": "#/components/schemas/Column" });
    json!({ "type": "array", "items": column, "minItems": 1, "maxItems": most })
}

/// An object that has all of these.
pub fn object(properties: &[(&str, Value)]) -> Value {
    let names: Vec<_> = properties.iter().map(|(name, _)| *name).collect();
    let empty = json!({ "type": "object", "required": names, "additionalProperties": false });
    with_optional(empty, properties)
}

/// The object, which may have these too.
pub fn with_optional(mut object: Value, properties: &[(&str, Value)]) -> Value {
    for (name, schema) in properties {
        object["properties"][*name] = schema.clone();
    }
    object
}

/// What goes with an answer: these, and what goes with every one.
pub fn meta(properties: &[(&str, Value)]) -> Value {
    let problems = json!({
        "type": "array",
        "items": text(),
        "description": "parts of the query that could not be read; the rest was answered",
    });
    let source = json!({
        "type": "string",
        "enum": ["memory", "lake"],
        "description": "what gave the answer; both give the same one",
    });
    let engine_ms = json!({
        "type": "number",
        "minimum": 0,
        "description": "how long that took in milliseconds, without waiting for a turn",
    });
    let always = [
        ("problems", problems),
        ("source", source),
        ("engine_ms", engine_ms),
    ];
    object(&[properties, &always].concat())
}

/// A list.
pub fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// A number of things.
pub fn count() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

/// A text.
pub fn text() -> Value {
    json!({ "type": "string" })
}

/// A moment, in UTC.
pub fn moment() -> Value {
    json!({ "type": "string", "format": "date-time" })
}

/// A value of some column.
pub fn value() -> Value {
    json!({ "$ref": "#/components/schemas/Value" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_is_reviewed() {
        insta::assert_json_snapshot!(document());
    }

    #[test]
    fn references_lead_somewhere() {
        fn check(part: &Value, document: &Value) {
            if let Some(reference) = part.get("$ref").and_then(Value::as_str) {
                let pointer = reference.trim_start_matches('#');
                assert!(document.pointer(pointer).is_some(), "{reference}");
            }
            match part {
                Value::Object(parts) => parts.values().for_each(|part| check(part, document)),
                Value::Array(parts) => parts.iter().for_each(|part| check(part, document)),
                _ => {}
            }
        }
        let document = document();
        check(&document, &document);
    }

    #[test]
    fn operations_have_names_of_their_own() {
        let endpoints = endpoints();
        let ids: std::collections::BTreeSet<_> = endpoints
            .iter()
            .filter_map(|endpoint| endpoint.described["operationId"].as_str())
            .collect();
        assert_eq!(ids.len(), endpoints.len());
    }
}
