//! The endpoints as the OpenAPI document has them.

use app::assemble::insights::registration::counted::CAPABLE;
use app::assemble::insights::registration::details::DetailsOrder;
use model::registration::Flag;
use serde_json::{Value, json};

use super::OF_TIME;
use crate::api::v1::openapi;

fn choice(name: &str, description: &str, words: &[&str]) -> Value {
    openapi::parameter(
        name,
        description,
        json!({ "type": "string", "enum": words }),
    )
}

fn of_people() -> Vec<Value> {
    vec![
        choice("type", "members or guests alone", &["member", "guest"]),
        choice(
            "role",
            "those who administer, or those who do not",
            &["admin", "user"],
        ),
    ]
}

/// An operation, with the parameters of a time where it has some.
fn operation(
    id: &'static str,
    summary: &'static str,
    description: &'static str,
    own: Vec<Value>,
    has_time: bool,
    answer: &Value,
) -> Value {
    let format = openapi::parameter(
        "format",
        "how it comes",
        json!({ "type": "string", "enum": ["json", "csv"], "default": "json" }),
    );
    let of_time = OF_TIME.iter().filter(|_| has_time);
    let of_time = of_time.map(|name| openapi::shared(name));
    let parameters: Vec<Value> = of_time.chain(own).chain([format]).collect();
    json!({
        "operationId": id,
        "summary": summary,
        "description": description,
        "parameters": parameters,
        "responses": openapi::responses(openapi::JSON, answer, &["400", "500", "503"]),
    })
}

/// The endpoint as the OpenAPI document has it.
pub fn registration_described() -> Value {
    let numbers = openapi::object(&[
        ("yes", openapi::count()),
        ("no", openapi::count()),
        ("unknown", openapi::count()),
    ]);
    let capable: Vec<(&str, Value)> = CAPABLE
        .iter()
        .map(|flag| (flag.id(), numbers.clone()))
        .collect();
    let method = openapi::object(&[
        ("method", openapi::text()),
        ("label", openapi::text()),
        ("people", openapi::count()),
        ("registered", openapi::count()),
        ("failed", openapi::count()),
    ]);
    let answer = openapi::object(&[
        ("people", openapi::count()),
        ("capable", openapi::object(&capable)),
        ("methods", openapi::list(method)),
        ("is_summary", json!({ "type": "boolean" })),
        ("imported", maybe_moment()),
    ]);
    operation(
        "registration",
        "how many people can do what, and which methods they registered",
        "From imported lists. Registered and failed are registrations of the time that is asked for.",
        of_people(),
        true,
        &answer,
    )
}

/// The endpoint as the OpenAPI document has it.
pub fn details_described() -> Value {
    let mut own = of_people();
    own.push(openapi::parameter(
        "find",
        "names and usernames with this in them",
        openapi::text(),
    ));
    for flag in Flag::ALL {
        own.push(choice(
            flag.id(),
            "what it has to be",
            &["yes", "no", "unknown"],
        ));
    }
    own.push(openapi::parameter(
        "auth_method",
        "those who registered it",
        openapi::text(),
    ));
    own.push(openapi::parameter(
        "default",
        "those whose default method it is",
        openapi::text(),
    ));
    own.push(choice(
        "resistant",
        "with a phishing-resistant method, or without",
        &["yes", "no"],
    ));
    own.push(choice(
        "outdated",
        "those alone who are in none of the newest lists",
        &["yes"],
    ));
    let orders: Vec<&str> = DetailsOrder::COLUMNS
        .iter()
        .map(|order| order.id())
        .collect();
    let described = format!(
        "{}, with - in front for the other direction",
        orders.join(", ")
    );
    own.push(openapi::parameter("order", &described, openapi::text()));
    let answer = openapi::object(&[
        ("all", openapi::count()),
        ("rows", openapi::list(json!({ "type": "object" }))),
        ("imported", maybe_moment()),
    ]);
    operation(
        "registrationDetails",
        "which methods each person registered, and what they can do",
        "From imported lists, all people that match. What no list says is null.",
        own,
        false,
        &answer,
    )
}

/// The endpoint as the OpenAPI document has it.
pub fn events_described() -> Value {
    let own = vec![
        openapi::parameter(
            "find",
            "names and usernames with this in them",
            openapi::text(),
        ),
        choice("feature", "what they are of", &["registration", "reset"]),
        openapi::parameter("auth_method", "those by this method", openapi::text()),
        choice(
            "status",
            "those that worked, or did not",
            &["success", "failure"],
        ),
    ];
    let answer = openapi::object(&[
        ("all", openapi::count()),
        ("rows", openapi::list(json!({ "type": "object" }))),
        ("imported", maybe_moment()),
    ]);
    operation(
        "registrationEvents",
        "what people registered and reset, and whether it worked",
        "From imported lists, all events that match, the newest first.",
        own,
        true,
        &answer,
    )
}

/// A moment, or nothing.
fn maybe_moment() -> Value {
    json!({ "type": ["string", "null"], "format": "date-time" })
}
