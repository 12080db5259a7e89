//! The list of Conditional Access policies that were looked at, as columns.

use bumpalo::Bump;
use lake::CellValue;
use model::list;
use model::sign_in::PolicyResult;
use xxhash_rust::xxh3::xxh3_64;

use super::lists::{objects, word};

/// Lists that are remembered, each in the slot that its hash says.
const SLOTS: usize = 256;
/// Longer lists are not remembered: what is kept stays below 16 MiB for each thread.
const LONGEST_REMEMBERED_BYTES: usize = 64 * 1024;

/// What a list of policies says; empty texts where it says nothing.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Policies {
    /// Name of the first policy whose result is failure: the one that decided.
    deciding: String,
    /// Names of the policies that applied.
    applied: String,
    /// Each policy that is switched on, and what it came to.
    results: String,
}

/// Reads lists of policies. They are the longest part of most records, and the sign-ins of a tenant
/// repeat a few of them: what was read before is remembered.
#[derive(Default)]
pub(super) struct PolicyReader {
    slots: Vec<Option<(Box<str>, Policies)>>,
    last: Policies,
}

impl PolicyReader {
    /// What the list says.
    pub fn read(&mut self, json: &str) -> &Policies {
        if json.len() > LONGEST_REMEMBERED_BYTES {
            self.last = Policies::read(json);
            return &self.last;
        }
        self.slots.resize(SLOTS, None);
        let hash = usize::try_from(xxh3_64(json.as_bytes())).unwrap_or_default();
        let slot = &mut self.slots[hash % SLOTS];
        match slot {
            Some((known, _)) if **known == *json => {}
            _ => *slot = None,
        }
        let (_, policies) = slot.get_or_insert_with(|| (json.into(), Policies::read(json)));
        policies
    }
}

impl Policies {
    fn read(json: &str) -> Policies {
        let memory = Bump::new();
        let found = objects(json, ["displayName", "result"]);
        let mut named: Vec<(&str, PolicyResult)> = Vec::with_capacity(found.len());
        for [name, result] in found {
            let name = name
                .and_then(|name| word(name, &memory))
                .unwrap_or_default();
            let result = result.and_then(|result| word(result, &memory));
            named.extend(result.map(|result| (name, policy_result(result))));
        }
        let deciding = named
            .iter()
            .find(|(_, result)| *result == PolicyResult::Failure)
            .map_or("", |(name, _)| name);
        let unnamed = |(name, _): &&(&str, PolicyResult)| !name.trim().is_empty();
        let applied = named.iter().filter(unnamed);
        let applied = applied.filter(|(_, result)| result.has_applied());
        let results = named.iter().filter(unnamed);
        let results = results.filter(|(_, result)| *result != PolicyResult::NotEnabled);
        Policies {
            deciding: deciding.to_owned(),
            applied: list::join(applied.map(|(name, _)| *name)),
            results: list::join(
                results.map(|(name, result)| format!("{name}: {}", result.as_str())),
            ),
        }
    }

    /// Name of the policy that decided.
    pub fn deciding<'b>(&self, memory: &'b Bump) -> CellValue<'b> {
        cell(&self.deciding, memory)
    }

    /// Names of the policies that applied.
    pub fn applied<'b>(&self, memory: &'b Bump) -> CellValue<'b> {
        cell(&self.applied, memory)
    }

    /// Each policy that is switched on, and what it came to.
    pub fn results<'b>(&self, memory: &'b Bump) -> CellValue<'b> {
        cell(&self.results, memory)
    }
}

fn cell<'b>(text: &str, memory: &'b Bump) -> CellValue<'b> {
    match text {
        "" => CellValue::Empty,
        text => CellValue::Text(memory.alloc_str(text)),
    }
}

/// Some sources write the number of a result.
fn policy_result(text: &str) -> PolicyResult {
    match text.parse() {
        Ok(number) => PolicyResult::from_number(number),
        Err(_) => PolicyResult::from(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_are_told_by_their_results() {
        let json = r#"[{"displayName":"A","result":"success","conditionsSatisfied":"users"},
            {"DisplayName":"B","Result":"Failure"},{"displayName":"C","result":"failure","x":{"result":"success"}},
            {"displayName":"D","result":"notApplied"},{"displayName":"E","result":"notEnabled"},
            {"displayName":"F","result":"reportOnlyFailure"},{"displayName":"G","result":"brandNew"},
            {"displayName":"H\u00e9","result":2},{"displayName":"","result":"success"},{"displayName":"I"},null,7]"#;
        let found = Policies::read(json);
        assert_eq!(found.deciding, "B");
        assert_eq!(found.applied, "A\nB\nC\nF");
        assert_eq!(
            found.results,
            "A: success\nB: failure\nC: failure\nD: notApplied\nF: reportOnlyFailure\nG: brandNew\nHé: notApplied"
        );
    }

    #[test]
    fn a_report_only_policy_decides_nothing() {
        let found = Policies::read(r#"{"displayName":"A","result":"reportOnlyFailure"}"#);
        assert_eq!(found.deciding, "");
        assert_eq!(found.applied, "A");
    }

    #[test]
    fn what_is_no_list_of_policies_says_nothing() {
        for json in [
            "",
            "failure",
            "null",
            "\"x\"",
            "7",
            "[]",
            "[[]]",
            r#"[{"displayName":"A","result":"failure"}"#,
            r#"[{"displayName":"A","result":"failure"}] x"#,
            r#"[{"displayName":"A","result":["failure"]}]"#,
        ] {
            assert_eq!(Policies::read(json), Policies::default(), "{json}");
        }
    }

    #[test]
    fn what_is_remembered_is_what_was_read() {
        let mut reader = PolicyReader::default();
        let lists: Vec<String> = (0..1_000)
            .map(|number| {
                format!(
                    r#"[{{"displayName":"{number}","result":"success"}},{{"x":"{}"}}]"#,
                    "x".repeat(if number % 100 == 0 { 70_000 } else { 0 })
                )
            })
            .collect();
        for list in lists.iter().chain(&lists).chain(lists.iter().rev()) {
            assert_eq!(*reader.read(list), Policies::read(list));
        }
    }
}
