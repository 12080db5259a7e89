//! Further facts on how the request was processed.

use serde_json::{Map, Value};

use super::record::from_map;

record! {
    /// A name and a value (`keyValue`). Diagnostic records write them capitalised.
    pub struct KeyValue {
        /// Name, such as `Login Hint Present`.
        pub key: Option<String> = "key",
        /// Value, always text; lists come as JSON in text or without quotes.
        pub value: Option<String> = "value",
    }
    with {
        /// An object with `key` is one pair; any other object is a list of pairs by name.
        fn from_object_list(object: Map<String, Value>) -> Vec<Self> {
            if object.keys().any(|name| name.eq_ignore_ascii_case("key")) {
                return vec![from_map(object)];
            }
            object.into_iter().map(|(name, value)| Self::pair(name, value)).collect()
        }
    }
}

record! {
    /// A custom authentication extension that ran (`appliedAuthenticationEventListener`).
    pub struct AppliedAuthenticationEventListener {
        /// Event that it listens to.
        pub event_type: Option<ListenerEventType> = "eventType",
        /// Id of the listener.
        pub executed_listener_id: Option<String> = "executedListenerId",
        /// What it answered; the schema leaves the shape open.
        pub handler_result: Option<Value> = "handlerResult",
    }
}

open_enum! {
    /// Event of a custom authentication extension (`authenticationEventType`).
    pub enum ListenerEventType {
        TokenIssuanceStart: "tokenIssuanceStart" => "Token issuance start",
        PageRenderStart: "pageRenderStart" => "Page render start",
        UnknownFutureValue: "unknownFutureValue" => "Unknown",
        AttributeCollectionStart: "attributeCollectionStart" => "Attribute collection start",
        AttributeCollectionSubmit: "attributeCollectionSubmit" => "Attribute collection submit",
        EmailOtpSend: "emailOtpSend" => "Email one-time passcode send",
        PasswordSubmit: "passwordSubmit" => "Password submit",
    }
}

impl KeyValue {
    fn pair(name: String, value: Value) -> Self {
        let value = match value {
            Value::Null => None,
            Value::String(text) => (!text.is_empty()).then_some(text),
            other => Some(other.to_string()),
        };
        Self {
            key: (!name.is_empty()).then_some(name),
            value,
            ..Self::default()
        }
    }
}
