//! The error book's guidance: for each code of [`model::error_book`], what it means, who acts and what to do.
//!
//! It is written in `book/*.toml`, one file for each table of codes, and read once. The sentences are our own; what they
//! say was checked code by code against what Microsoft publishes, and `certainty` says how far that carries.

pub mod find;

use std::collections::HashMap;
use std::sync::LazyLock;

use model::error_book::{self, ErrorEntry};
use serde::{Deserialize, Serialize};

use crate::acts::Acts;

/// The files, in the order of their codes.
static FILES: [&str; 6] = [
    include_str!("../../book/tokens.toml"),
    include_str!("../../book/authentication.toml"),
    include_str!("../../book/policies.toml"),
    include_str!("../../book/services.toml"),
    include_str!("../../book/passwords.toml"),
    include_str!("../../book/clients.toml"),
];

static GUIDES: LazyLock<HashMap<i64, Guide>> = LazyLock::new(|| {
    let files = FILES.iter().filter_map(|text| read(text).ok());
    files.flatten().collect()
});

/// What kind of result a code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// A token was issued.
    Success,
    /// An ordinary step: one more thing is asked for.
    Interrupt,
    /// Whoever signed in did something, or has to.
    User,
    /// Settings, policies, registrations, licences, devices or servers.
    Admin,
    /// Blocked as malicious, or the usual trace of guessing.
    Attack,
    /// The service itself, or passing trouble.
    Service,
}

impl Class {
    /// All of them.
    pub const ALL: [Class; 6] = [
        Class::Success,
        Class::Interrupt,
        Class::User,
        Class::Admin,
        Class::Attack,
        Class::Service,
    ];

    /// In addresses and files.
    pub const fn id(self) -> &'static str {
        match self {
            Class::Success => "success",
            Class::Interrupt => "interrupt",
            Class::User => "user",
            Class::Admin => "admin",
            Class::Attack => "attack",
            Class::Service => "service",
        }
    }

    /// The one with this id.
    pub fn of_id(id: &str) -> Option<Class> {
        Class::ALL.into_iter().find(|class| class.id() == id)
    }

    /// In words.
    pub const fn label(self) -> &'static str {
        match self {
            Class::Success => "Success",
            Class::Interrupt => "Ordinary step",
            Class::User => "The person",
            Class::Admin => "Settings",
            Class::Attack => "May be an attack",
            Class::Service => "The service",
        }
    }
}

/// How worrying a code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Worry {
    /// Not at all.
    None,
    /// Seldom.
    Low,
    /// When it rises, or comes in numbers.
    Watch,
    /// Each of them.
    High,
}

impl Worry {
    /// In words.
    pub const fn label(self) -> &'static str {
        match self {
            Worry::None => "None",
            Worry::Low => "Low",
            Worry::Watch => "Watch it",
            Worry::High => "High",
        }
    }
}

/// How far what is publicly known carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// Microsoft describes the code.
    Documented,
    /// Its name, or a short hint, is all there is.
    Named,
    /// Nothing but the number.
    Unknown,
}

/// What to know of a code, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// What kind of result it is.
    pub class: Class,
    /// Who acts next.
    pub acts: Acts,
    /// How worrying it is.
    pub worry: Worry,
    /// What makes it more so; a fragment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub worry_note: Option<String>,
    /// What happened and why, in one to three sentences.
    pub means: String,
    /// What to say to whoever signed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tell: Option<String>,
    /// What to check, step by step.
    pub check: Vec<String>,
    /// Codes that are mistaken for it, or come beside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub confused_with: Vec<i64>,
    /// How far what is publicly known carries.
    pub certainty: Known,
}

/// An entry of the book: what stands in lists, and the guidance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Code, name, outcome and title.
    pub entry: &'static ErrorEntry,
    /// The rest.
    pub guide: &'static Guide,
}

/// The page of a code.
pub fn page(code: i64) -> Option<Page> {
    Some(Page {
        entry: error_book::entry(code)?,
        guide: GUIDES.get(&code)?,
    })
}

/// All pages, sorted by code.
pub fn pages() -> impl Iterator<Item = Page> {
    error_book::entries().filter_map(|entry| page(entry.code))
}

fn read(text: &str) -> Result<Vec<(i64, Guide)>, String> {
    let table: HashMap<String, Guide> = toml::from_str(text).map_err(|error| error.to_string())?;
    let coded = table.into_iter().map(|(code, guide)| {
        let code = code.parse::<i64>().map_err(|error| error.to_string())?;
        Ok((code, guide))
    });
    coded.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use model::Outcome;

    use super::*;

    #[test]
    fn every_code_has_one_page_and_every_page_a_code() {
        let mut codes = HashSet::new();
        for text in FILES {
            for (code, _) in read(text).expect("it can be read") {
                assert!(codes.insert(code), "{code} is there twice");
            }
        }
        let listed: HashSet<i64> = error_book::entries().map(|entry| entry.code).collect();
        assert_eq!(codes, listed);
        assert_eq!(pages().count(), listed.len());
    }

    #[test]
    fn pages_agree_with_the_outcome_of_their_code() {
        for Page { entry, guide } in pages() {
            let code = entry.code;
            let fits = match entry.outcome {
                Outcome::Success => guide.class == Class::Success,
                Outcome::Interrupted => matches!(guide.class, Class::Interrupt | Class::Admin),
                // Some that the portal counts as failures are ordinary steps all the same.
                Outcome::Failure => guide.class != Class::Success,
            };
            assert!(fits, "{code} is {:?}", guide.class);
            if guide.class == Class::Service {
                assert_ne!(guide.worry, Worry::High, "{code}");
            }
        }
    }

    #[test]
    fn texts_are_whole_sentences_of_a_length_that_is_read() {
        let mut means = HashSet::new();
        for Page { entry, guide } in pages() {
            let code = entry.code;
            assert!(
                means.insert(&guide.means),
                "{code} says the same as another"
            );
            assert!((1..=320).contains(&guide.means.len()), "{code}");
            assert!((1..=3).contains(&guide.check.len()), "{code}");
            let sentences = [&guide.means]
                .into_iter()
                .chain(&guide.tell)
                .chain(&guide.check);
            for text in sentences {
                assert!(text.ends_with(['.', '?', '"']), "{code}: {text}");
                assert!(
                    text.starts_with(|letter: char| !letter.is_lowercase()),
                    "{code}: {text}"
                );
            }
            let all = format!("{guide:?}").to_lowercase();
            for word in ["please", "oops", "successfully", "!", "aadsts", "http"] {
                assert!(!all.contains(word), "{code} says {word}");
            }
            for other in &guide.confused_with {
                assert!(error_book::entry(*other).is_some(), "{code} names {other}");
                assert_ne!(*other, code);
            }
        }
    }

    #[test]
    fn what_cannot_be_read_is_no_page() {
        assert!(read("[x]").is_err());
        assert!(read("[1]\nclass = \"user\"").is_err());
        assert_eq!(page(-1), None);
    }
}
