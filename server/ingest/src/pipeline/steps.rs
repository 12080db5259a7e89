//! Authentication steps of the portal's CSV downloads, which come in a file of their own and are
//! joined to their sign-ins by the request ID.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, RwLock};

use lake::Reject;
use model::formula;
use serde_json::{Map, Value};

use crate::record::Refusal;

/// Most steps of one import; a download has 100,000 sign-ins at most.
const MOST_STEPS: usize = 2_000_000;

/// One step: a row of an `_AuthDetails` file.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub origin: String,
    pub line: u64,
    pub offset_bytes: u64,
    /// The row as it stands in the file.
    pub raw: Vec<u8>,
    /// The row under Graph's names.
    json: Value,
}

/// Steps by request ID.
#[derive(Default)]
struct Steps {
    by_id: BTreeMap<String, (Vec<Step>, bool)>,
    count: usize,
}

/// The steps read so far, and how many blocks are still being resolved.
#[derive(Default)]
pub(super) struct StepBook {
    steps: RwLock<Steps>,
    busy: Mutex<Busy>,
    changed: Condvar,
}

#[derive(Default)]
struct Busy {
    blocks: usize,
    ended: bool,
}

impl Step {
    /// Reads a row of header and cell texts; `None` when it names no request ID.
    pub fn read(row: &Map<String, Value>) -> Option<(String, Value)> {
        let text = |wanted: &str| {
            row.iter()
                .find(|(name, _)| {
                    name.split_whitespace()
                        .collect::<Vec<_>>()
                        .join(" ")
                        .eq_ignore_ascii_case(wanted)
                })
                .and_then(|(_, value)| value.as_str())
                .map(|text| formula::unguarded(text).unwrap_or(text))
                .map(str::trim)
                .filter(|text| !text.is_empty())
        };
        let id = text("Request ID")?.to_owned();
        let mut step = Map::new();
        for (header, property) in [
            ("Date", "authenticationStepDateTime"),
            ("Date (UTC)", "authenticationStepDateTime"),
            ("Authentication method", "authenticationMethod"),
            ("Authentication method detail", "authenticationMethodDetail"),
            ("Result detail", "authenticationStepResultDetail"),
            ("Requirement", "authenticationStepRequirement"),
        ] {
            if let Some(value) = text(header) {
                step.insert(property.to_owned(), value.into());
            }
        }
        if let Some(succeeded) = text("Succeeded") {
            let flag = ["true", "yes", "1"]
                .iter()
                .any(|word| succeeded.eq_ignore_ascii_case(word));
            step.insert("succeeded".to_owned(), flag.into());
        }
        Some((id, Value::Object(step)))
    }

    pub fn new(origin: &str, (line, offset_bytes): (u64, u64), raw: &[u8], json: Value) -> Step {
        Step {
            origin: origin.to_owned(),
            line,
            offset_bytes,
            raw: raw.to_vec(),
            json,
        }
    }

    /// How many of the steps each file holds.
    pub fn by_origin(steps: &[Step]) -> BTreeMap<String, u64> {
        let mut counts = BTreeMap::new();
        for step in steps {
            *counts.entry(step.origin.clone()).or_default() += 1;
        }
        counts
    }

    /// The step as a reject, for when its sign-in is nowhere.
    pub fn into_reject(self) -> Reject {
        let refusal = Refusal::StepWithoutSignIn;
        Reject {
            origin: self.origin,
            line: self.line,
            offset_bytes: self.offset_bytes,
            reason: refusal.reason().to_owned(),
            detail: refusal.to_string(),
            size_bytes: self.raw.len() as u64,
            bytes: self.raw,
        }
    }
}

impl StepBook {
    /// Adds a step. When there are too many it comes back.
    pub fn add(&self, id: String, step: Step) -> Option<Step> {
        let Ok(mut steps) = self.steps.write() else {
            return Some(step);
        };
        if steps.count >= MOST_STEPS {
            return Some(step);
        }
        steps.count += 1;
        steps.by_id.entry(id).or_default().0.push(step);
        None
    }

    /// Whether there are no steps at all, which is so for most imports.
    pub fn is_empty(&self) -> bool {
        self.steps.read().map_or(true, |steps| steps.count == 0)
    }

    /// The steps of a sign-in as a JSON list.
    pub fn of(&self, id: &str) -> Option<Value> {
        let steps = self.steps.read().ok()?;
        steps.by_id.get(id).map(|(list, _)| as_json(list))
    }

    /// Says that a sign-in has its steps now, and returns how many were not counted before, by the
    /// file that held them.
    pub fn joined(&self, id: &str) -> BTreeMap<String, u64> {
        let Ok(mut steps) = self.steps.write() else {
            return BTreeMap::new();
        };
        match steps.by_id.get_mut(id) {
            Some((list, joined)) if !*joined => {
                *joined = true;
                Step::by_origin(list)
            }
            _ => BTreeMap::new(),
        }
    }

    /// Takes out the steps that no sign-in of this import has joined.
    pub fn take_left_over(&self) -> Vec<(String, Value, Vec<Step>)> {
        let Ok(mut steps) = self.steps.write() else {
            return Vec::new();
        };
        std::mem::take(&mut steps.by_id)
            .into_iter()
            .filter(|(_, (_, joined))| !joined)
            .map(|(id, (list, _))| (id, as_json(&list), list))
            .collect()
    }

    pub fn block_sent(&self) {
        if let Ok(mut busy) = self.busy.lock() {
            busy.blocks += 1;
        }
    }

    pub fn block_done(&self) {
        if let Ok(mut busy) = self.busy.lock() {
            busy.blocks = busy.blocks.saturating_sub(1);
            self.changed.notify_all();
        }
    }

    /// Tells waiters that blocks may stay undone, because a worker ended.
    pub fn worker_ended(&self) {
        if let Ok(mut busy) = self.busy.lock() {
            busy.ended = true;
            self.changed.notify_all();
        }
    }

    pub fn wait_until_idle(&self) -> ControlFlow<()> {
        let Ok(busy) = self.busy.lock() else {
            return ControlFlow::Break(());
        };
        match self
            .changed
            .wait_while(busy, |busy| busy.blocks > 0 && !busy.ended)
        {
            Ok(busy) if !busy.ended => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        }
    }
}

/// The steps in the order of their files, whoever read them first; a repeated one stands once.
fn as_json(steps: &[Step]) -> Value {
    let mut ordered: Vec<&Step> = steps.iter().collect();
    ordered.sort_by_key(|step| (&step.origin, step.line, step.offset_bytes));
    let mut list: Vec<Value> = Vec::with_capacity(ordered.len());
    for step in ordered {
        if !list.contains(&step.json) {
            list.push(step.json.clone());
        }
    }
    Value::Array(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_wait_for_their_sign_in() {
        let row: Map<String, Value> = serde_json::from_str(
            r#"{"Request ID":"a","Date":"2025-12-04T08:19:41Z","Authentication method":"Password","Succeeded":"true","Requirement":""}"#,
        )
        .expect("an object");
        let (id, json) = Step::read(&row).expect("a step");
        let book = StepBook::default();
        assert!(book.is_empty());
        let at = |line| Step::new("x.csv", (line, 90), b"a,b", json.clone());
        let mut later = at(3);
        later.json["authenticationMethod"] = "Text message".into();
        assert!(book.add(id.clone(), later).is_none());
        assert!(book.add(id.clone(), at(2)).is_none());
        assert!(book.add(id, at(2)).is_none());
        let steps = book.of("a").expect("known");
        assert_eq!(
            steps.as_array().map(Vec::len),
            Some(2),
            "each once: {steps}"
        );
        assert_eq!(steps[0]["authenticationMethod"], "Password");
        assert_eq!(steps[0]["succeeded"], true);
        let counted = BTreeMap::from([("x.csv".to_owned(), 3)]);
        assert_eq!(book.joined("a"), counted);
        assert!(book.joined("a").is_empty(), "counted once");
        assert!(book.take_left_over().is_empty());
    }
}
