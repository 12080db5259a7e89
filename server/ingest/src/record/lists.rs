//! Lists in a record that become columns: authentication steps, networks, plain words.
//!
//! A list is read once and without building a tree. One that cannot be read gives nothing, since the
//! original record keeps it.

use std::borrow::Cow;
use std::fmt;

use bumpalo::Bump;
use lake::CellValue;
use model::list;
use model::sign_in::{AuthenticationDetail, SessionLifetimePolicy, SignIn};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::cell;
use super::object::{IfObject, Name, ReadObject};

/// The methods of the authentication steps.
pub(super) fn methods<'b>(steps: &'b str, memory: &'b Bump) -> CellValue<'b> {
    let methods = objects(steps, ["authenticationMethod"]);
    let methods = methods.into_iter().flatten().flatten();
    joined(methods.filter_map(|method| word(method, memory)), memory)
}

/// The authentication steps, which may be written as text; none where they cannot be read.
pub(super) fn steps(json: &str) -> Vec<AuthenticationDetail> {
    whole("authenticationDetails", json, |sign_in| {
        sign_in.authentication_details
    })
}

/// The policies that ended or shortened the session, likewise.
pub(super) fn lifetimes(json: &str) -> Vec<SessionLifetimePolicy> {
    whole("sessionLifetimePolicies", json, |sign_in| {
        sign_in.session_lifetime_policies
    })
}

/// A list as the whole record would be read. Nearly all are plain lists, which are read at once.
fn whole<Item: DeserializeOwned>(
    name: &str,
    json: &str,
    of: impl FnOnce(SignIn) -> Vec<Item>,
) -> Vec<Item> {
    let memory = Bump::new();
    let text = cell::text(json, &memory);
    if let Ok(items) = serde_json::from_str(text) {
        return items;
    }
    let value = serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()));
    let properties = Map::from_iter([(name.to_owned(), value)]);
    of(SignIn::from_properties(properties))
}

/// The names of the networks that the address belongs to.
pub(super) fn network_names<'b>(networks: &'b str, memory: &'b Bump) -> CellValue<'b> {
    let names = objects(networks, ["networkNames"]);
    let names = names.into_iter().flatten().flatten();
    joined(names.flat_map(|names| words(names, memory)), memory)
}

/// Whether the processing details say that access is looked at again while the token lives: "Is CAE Token",
/// as one of the pairs of a list, or as a member of an object.
pub(super) fn continuous_access<'b>(details: &'b str, memory: &'b Bump) -> CellValue<'b> {
    const NAMES: [&str; 2] = ["is cae token", "iscaetoken"];
    let pairs = objects(details, ["key", "value", NAMES[0], NAMES[1]]);
    let said = pairs.into_iter().find_map(|[key, value, apart, joined]| {
        let key = key.and_then(|key| word(key, memory)).unwrap_or_default();
        let is_named = NAMES.iter().any(|name| name.eq_ignore_ascii_case(key));
        value.filter(|_| is_named).or(apart).or(joined)
    });
    match said.and_then(|said| word(said, memory)) {
        Some(yes) if yes.eq_ignore_ascii_case("true") => CellValue::Boolean(true),
        Some(no) if no.eq_ignore_ascii_case("false") => CellValue::Boolean(false),
        _ => CellValue::Empty,
    }
}

/// The list as a column has it.
pub(super) fn joined<'b, Item: Into<Cow<'b, str>>>(
    items: impl IntoIterator<Item = Item>,
    memory: &'b Bump,
) -> CellValue<'b> {
    match list::join(items) {
        list if list.is_empty() => CellValue::Empty,
        list => CellValue::Text(memory.alloc_str(&list)),
    }
}

/// The words of a JSON list; of anything else the one word that it is. The list may be written as text.
pub(super) fn words<'b>(json: &'b str, memory: &'b Bump) -> Vec<&'b str> {
    let text = cell::text(json, memory);
    match serde_json::from_str::<Vec<&RawValue>>(text) {
        Ok(items) => items
            .into_iter()
            .filter_map(|item| word(item.get(), memory))
            .collect(),
        Err(_) => word(json, memory).into_iter().collect(),
    }
}

/// The text of a JSON value that is no list, no object and not null.
pub(super) fn word<'b>(json: &'b str, memory: &'b Bump) -> Option<&'b str> {
    match json.as_bytes().first()? {
        b'[' | b'{' => None,
        _ if json == "null" => None,
        _ => Some(cell::text(json, memory)),
    }
}

/// These members, as JSON text, of each object of a list; a single object is a list of one. Names are
/// matched without regard to letter case, and of repeated ones the last counts.
pub(super) fn objects<'a, const N: usize>(
    json: &'a str,
    names: [&'static str; N],
) -> Vec<[Option<&'a str>; N]> {
    let members = Members(names);
    let mut reader = serde_json::Deserializer::from_str(json);
    let found = if json.trim_start().starts_with('{') {
        let one = IfObject(members).deserialize(&mut reader);
        one.map(|found| found.into_iter().collect())
    } else {
        reader.deserialize_seq(Each(members))
    };
    match (found, reader.end()) {
        (Ok(found), Ok(())) => found,
        _ => Vec::new(),
    }
}

/// Reads each object of a list, and passes over what is none.
struct Each<R>(R);

impl<'de, R: ReadObject<'de> + Copy> Visitor<'de> for Each<R> {
    type Value = Vec<R::Read>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut found = Vec::with_capacity(16);
        while let Some(object) = list.next_element_seed(IfObject(self.0))? {
            found.extend(object);
        }
        Ok(found)
    }
}

/// Reads the members of an object that have these names.
#[derive(Clone, Copy)]
struct Members<const N: usize>([&'static str; N]);

impl<'de, const N: usize> ReadObject<'de> for Members<N> {
    type Read = [Option<&'de str>; N];

    fn read<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Read, A::Error> {
        let mut found = [None; N];
        while let Some(name) = map.next_key_seed(Name)? {
            let wanted = self
                .0
                .iter()
                .position(|wanted| wanted.eq_ignore_ascii_case(&name));
            match wanted {
                Some(index) => {
                    let value: &'de RawValue = map.next_value()?;
                    found[index] = Some(value.get());
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_list_of_objects_gives_nothing() {
        let memory = Bump::new();
        for json in [
            "", "Password", "null", "\"x\"", "7", "[]", "[[]]", "[7,null]",
        ] {
            assert_eq!(methods(json, &memory), CellValue::Empty, "{json}");
        }
        let deep = "[".repeat(100_000);
        assert_eq!(methods(&deep, &memory), CellValue::Empty);
    }

    #[test]
    fn continuous_access_is_read_in_every_form() {
        let memory = Bump::new();
        let yes = CellValue::Boolean(true);
        for (details, expected) in [
            (
                r#"[{"key":"Legacy TLS","value":"False"},{"key":"Is CAE Token","value":"True"}]"#,
                yes,
            ),
            (r#"[{"Key":"IsCAEToken","Value":true}]"#, yes),
            (r#"{"key":"Is CAE Token","value":"True"}"#, yes),
            (r#"{"Is CAE Token":"True"}"#, yes),
            (
                r#"[{"key":"Is CAE Token","value":"False"}]"#,
                CellValue::Boolean(false),
            ),
            (
                r#"[{"key":"Is CAE Token","value":"perhaps"}]"#,
                CellValue::Empty,
            ),
            (r#"[{"key":"Is CAE Token"}]"#, CellValue::Empty),
            (r#"[{"key":"Legacy TLS","value":"True"}]"#, CellValue::Empty),
            ("[]", CellValue::Empty),
        ] {
            assert_eq!(continuous_access(details, &memory), expected, "{details}");
        }
    }

    #[test]
    fn methods_and_networks_are_listed_once() {
        let memory = Bump::new();
        let steps = r#"[{"authenticationMethod":"Password"},{"authenticationMethod":"Text message"},
            {"AuthenticationMethod":"Password"},{"authenticationMethod":null},{"authenticationMethodDetail":"x"}]"#;
        assert_eq!(
            methods(steps, &memory),
            CellValue::Text("Password\nText message")
        );
        let networks = r#"[{"networkType":"trustedNamedLocation","networkNames":["Bergen","Oslo\nnorth"]},
            {"networkNames":[]},{"NetworkNames":"[\"Bergen\",\"Home\"]"},{"networkNames":"alone"}]"#;
        assert_eq!(
            network_names(networks, &memory),
            CellValue::Text("Bergen\nOslo north\nHome\nalone")
        );
    }
}
