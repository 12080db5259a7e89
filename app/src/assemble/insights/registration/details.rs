//! *User registration details*: what an address asks of the people, and who matches.

use std::cmp::Ordering;

use model::query::take_parts;
use model::registration::{FLAGS, Flag, Method, Registered, Registrations};

use super::people::{Roles, Scope, Types};
use super::{default_words, name_of, path_of};
use crate::view::registration::InsightsTab;
use crate::view::safe_text::{MOST_IN_CELL, escaped, shown};

/// People of one import come within this time: a list has many pages.
const ONE_IMPORT: chrono::Duration = chrono::Duration::hours(24);

/// An answer that is wanted of a flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Yes {
    /// It is so.
    Yes,
    /// It is not.
    No,
    /// No list says it.
    Unknown,
}

impl Yes {
    const ALL: [Yes; 3] = [Yes::Yes, Yes::No, Yes::Unknown];

    /// Its word.
    pub const fn id(self) -> &'static str {
        match self {
            Yes::Yes => "yes",
            Yes::No => "no",
            Yes::Unknown => "unknown",
        }
    }

    fn of(word: &str) -> Option<Yes> {
        Yes::ALL.into_iter().find(|answer| answer.id() == word)
    }

    fn is(self, flag: Option<bool>) -> bool {
        match self {
            Yes::Yes => flag == Some(true),
            Yes::No => flag == Some(false),
            Yes::Unknown => flag.is_none(),
        }
    }
}

/// What lines are in the order of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DetailsOrder {
    /// The name.
    #[default]
    Name,
    /// A flag.
    Flag(Flag),
    /// The default method.
    Default,
    /// How many methods there are.
    Methods,
    /// When Entra ID looked last.
    Updated,
}

impl DetailsOrder {
    /// The columns of the page, in order.
    pub const COLUMNS: [DetailsOrder; 9] = [
        DetailsOrder::Name,
        DetailsOrder::Flag(Flag::MfaCapable),
        DetailsOrder::Flag(Flag::PasswordlessCapable),
        DetailsOrder::Flag(Flag::ResetRegistered),
        DetailsOrder::Flag(Flag::ResetEnabled),
        DetailsOrder::Flag(Flag::ResetCapable),
        DetailsOrder::Default,
        DetailsOrder::Methods,
        DetailsOrder::Updated,
    ];

    /// Its word.
    pub const fn id(self) -> &'static str {
        match self {
            DetailsOrder::Name => "name",
            DetailsOrder::Flag(flag) => flag.id(),
            DetailsOrder::Default => "default",
            DetailsOrder::Methods => "methods",
            DetailsOrder::Updated => "updated",
        }
    }
}

/// What an address asks of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DetailsAsk {
    /// What names and usernames have in them.
    pub find: String,
    /// Which people.
    pub(super) scope: Scope,
    /// What the flags have to be.
    pub(super) flags: [Option<Yes>; FLAGS],
    /// The method that has to be registered.
    pub method: String,
    /// The default method.
    pub default: String,
    /// Whether there has to be a method that nobody can be talked out of, or none.
    pub resistant: Option<bool>,
    /// Those alone who are in none of the lists of the newest import.
    pub is_outdated: bool,
    pub(super) order: DetailsOrder,
    pub(super) is_descending: bool,
    /// Number of the page, from 1.
    pub(super) page: usize,
}

impl DetailsAsk {
    /// Names of the parts of an address beside the flags.
    pub const PARTS: [&'static str; 9] = [
        "find",
        "type",
        "role",
        "auth_method",
        "default",
        "resistant",
        "outdated",
        "order",
        "page",
    ];

    /// Everybody of a choice of people.
    pub(super) fn of_scope(scope: Scope) -> DetailsAsk {
        DetailsAsk {
            scope,
            page: 1,
            ..DetailsAsk::default()
        }
    }

    /// The same, with a flag.
    #[must_use]
    pub fn with_flag(mut self, flag: Flag, answer: Yes) -> DetailsAsk {
        self.flags[flag.index()] = Some(answer);
        self
    }

    /// What a query string asks, and the parts of it that cannot be understood.
    pub fn read(query: &str) -> (DetailsAsk, Vec<String>) {
        let flags = Flag::ALL.map(Flag::id);
        let names: Vec<&str> = DetailsAsk::PARTS.into_iter().chain(flags).collect();
        let (own, _) = take_parts(query, &names);
        let mut ask = DetailsAsk::of_scope(Scope::default());
        let mut problems = Vec::new();
        for (name, value) in &own {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            if !ask.take(name, value) {
                problems.push(format!("{name}={}", shown(value, MOST_IN_CELL)));
            }
        }
        (ask, problems)
    }

    /// Takes a part of an address. Says whether it is understood.
    fn take(&mut self, name: &str, value: &str) -> bool {
        if let Some(flag) = Flag::ALL.into_iter().find(|flag| flag.id() == name) {
            self.flags[flag.index()] = Yes::of(value);
            return Yes::of(value).is_some();
        }
        match name {
            "find" => value.clone_into(&mut self.find),
            "auth_method" => value.clone_into(&mut self.method),
            "default" => value.clone_into(&mut self.default),
            "type" => {
                self.scope.types = Types::of(value);
                return self.scope.types.id() == value;
            }
            "role" => {
                self.scope.roles = Roles::of(value);
                return self.scope.roles.id() == value;
            }
            "resistant" => {
                self.resistant = match value {
                    "yes" => Some(true),
                    "no" => Some(false),
                    _ => return false,
                }
            }
            "outdated" => {
                self.is_outdated = value == "yes";
                return self.is_outdated;
            }
            "order" => {
                let word = value.strip_prefix('-').unwrap_or(value);
                let mut known = DetailsOrder::COLUMNS.into_iter();
                let Some(order) = known.find(|order| order.id() == word) else {
                    return false;
                };
                self.order = order;
                self.is_descending = value.starts_with('-');
            }
            _ => match value.parse() {
                Ok(page) if page > 0 => self.page = page,
                _ => return false,
            },
        }
        true
    }

    /// The parts of an address that narrow.
    pub(super) fn narrowing(&self) -> Vec<(&'static str, String)> {
        let mut parts = vec![
            ("find", self.find.clone()),
            ("type", self.scope.types.id().to_owned()),
            ("role", self.scope.roles.id().to_owned()),
        ];
        let flags = Flag::ALL.into_iter().zip(self.flags);
        parts.extend(flags.filter_map(|(flag, answer)| Some((flag.id(), answer?.id().to_owned()))));
        parts.push(("auth_method", self.method.clone()));
        parts.push(("default", self.default.clone()));
        parts.extend(
            self.resistant
                .map(|has| ("resistant", if has { "yes" } else { "no" }.to_owned())),
        );
        parts.extend(self.is_outdated.then(|| ("outdated", "yes".to_owned())));
        parts.retain(|(_, value)| !value.is_empty());
        parts
    }

    /// What it is in the order of, where that is not the usual one.
    pub(super) fn order_text(&self) -> Option<String> {
        let is_usual = self.order == DetailsOrder::Name && !self.is_descending;
        let sign = if self.is_descending { "-" } else { "" };
        (!is_usual).then(|| format!("{sign}{}", self.order.id()))
    }

    /// Its query string, with one more part.
    pub(super) fn to_text(&self, more: Option<String>) -> String {
        let parts = self.narrowing().into_iter();
        let parts = parts.map(|(name, value)| format!("{name}={}", escaped(&value)));
        let order = self.order_text().map(|order| format!("order={order}"));
        let parts: Vec<String> = parts.chain(order).chain(more).collect();
        parts.join("&")
    }

    /// Its address.
    pub fn address(&self) -> String {
        let page = (self.page > 1).then(|| format!("page={}", self.page));
        let path = path_of(InsightsTab::Details);
        match self.to_text(page) {
            text if text.is_empty() => path,
            text => format!("{path}?{text}"),
        }
    }

    /// The people that match, in order.
    pub fn matching<'a>(&self, kept: &'a Registrations) -> Vec<&'a Registered> {
        let newest = kept.newest(0).map(|list| list.imported - ONE_IMPORT);
        let wanted = self.find.to_lowercase();
        let has = |text: &Option<String>| {
            text.as_ref()
                .is_some_and(|text| text.to_lowercase().contains(&wanted))
        };
        let is_same =
            |one: &str, other: &str| Method::id_of(one).eq_ignore_ascii_case(&Method::id_of(other));
        let mut found: Vec<&Registered> = kept
            .people
            .iter()
            .filter(|(_, list)| {
                let imported = kept.lists.get(*list).map(|list| list.imported);
                !self.is_outdated || imported < newest
            })
            .map(|(person, _)| person)
            .filter(|person| self.scope.has(person))
            .filter(|person| {
                let mut flags = self.flags.iter().zip(person.flags);
                flags.all(|(wanted, flag)| wanted.is_none_or(|wanted| wanted.is(flag)))
            })
            .filter(|person| {
                let mut methods = person.methods.iter().flatten();
                self.method.is_empty() || methods.any(|method| is_same(method, &self.method))
            })
            .filter(|person| {
                let default = person.default_method.as_deref().unwrap_or("none");
                self.default.is_empty() || is_same(default, &self.default)
            })
            .filter(|person| {
                let resistant = person.has_phishing_resistant();
                self.resistant
                    .is_none_or(|wanted| resistant == Some(wanted))
            })
            .filter(|person| {
                wanted.is_empty()
                    || has(&person.display_name)
                    || has(&person.username)
                    || has(&person.user_id)
            })
            .collect();
        self.put_in_order(&mut found);
        found
    }

    /// Equal ones are in that of their names, whichever way it goes.
    fn put_in_order(&self, people: &mut [&Registered]) {
        let name = |person: &Registered| {
            (
                name_of(person).to_lowercase(),
                person.key().unwrap_or_default(),
            )
        };
        people.sort_by_cached_key(|person| name(person));
        if self.order == DetailsOrder::Name {
            if self.is_descending {
                people.reverse();
            }
            return;
        }
        people.sort_by(|one, other| {
            let compared = compared(one, other, self.order);
            if self.is_descending {
                compared.reverse()
            } else {
                compared
            }
        });
    }
}

fn compared(one: &Registered, other: &Registered, order: DetailsOrder) -> Ordering {
    match order {
        DetailsOrder::Flag(flag) => one.flag(flag).cmp(&other.flag(flag)),
        DetailsOrder::Default => default_words(one).cmp(&default_words(other)),
        DetailsOrder::Methods => {
            let number = |person: &Registered| person.methods.as_ref().map(Vec::len);
            number(one).cmp(&number(other))
        }
        DetailsOrder::Updated => one.last_updated.cmp(&other.last_updated),
        DetailsOrder::Name => Ordering::Equal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_address_says_is_written_as_it_was_read() {
        for address in [
            "",
            "find=a%26b&type=guest&role=admin&mfa_capable=no&reset_enabled=unknown&auth_method=email&default=none&resistant=no&outdated=yes&order=-updated&page=3",
            "order=name&page=1",
        ] {
            let (ask, problems) = DetailsAsk::read(address);
            assert!(problems.is_empty(), "{problems:?}");
            let written = ask.address();
            let (_, text) = written.split_once('?').unwrap_or((&written, ""));
            let expected = if address.ends_with("page=1") {
                ""
            } else {
                address
            };
            assert_eq!(text, expected);
        }
    }

    #[test]
    fn what_is_not_understood_is_said() {
        let (_, problems) =
            DetailsAsk::read("mfa_capable=perhaps&type=robot&page=0&order=colour&role=user");
        assert_eq!(problems.len(), 4, "{problems:?}");
    }
}
