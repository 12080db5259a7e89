//! The verdict on one sign-in: why it failed, was interrupted, asked or did not ask, in two plain sentences; who acts
//! next; how certain that is, and from which fields.
//!
//! It is worked out from the record alone and from what came after it, by rules that stand in the order in which they are
//! tried. What no rule knows is said to be unknown: nothing is made up.

mod denials;
mod failed;
mod fields;
mod interrupted;
mod policies;
mod steps;
mod succeeded;
mod words;
mod workloads;

use model::gist::Gist;
use model::sign_in::SignIn;
use model::{Outcome, Tab};
use serde::Serialize;

pub(crate) use self::fields::Field;
pub use self::fields::{Used, Where};
pub(crate) use self::steps::Steps;
use crate::acts::Acts;
use crate::book;
use crate::settling::Told;

/// What a verdict is given.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The sign-in.
    pub sign_in: &'a SignIn,
    /// Its result code, as its column has it; `None` where the record has none.
    pub code: Option<i64>,
    /// Its kind.
    pub tab: Tab,
    /// Whether whoever reads may see policies: the record then lists all that were looked at.
    pub sees_policies: bool,
    /// What came after it with the same correlation ID; `None` where nobody looked.
    pub after: Option<After>,
    /// Whether the record was stored so soon after the sign-in that more of it may come, see
    /// [`crate::settling::is_early`].
    pub is_early: bool,
}

/// What came after a sign-in with the same correlation ID.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// Nothing yet.
    Nothing,
    /// A success, so many seconds later.
    Success {
        /// How much later.
        seconds: i64,
    },
    /// Only other results; the last one so many seconds later.
    Other {
        /// How much later.
        seconds: i64,
    },
}

/// What is asked about a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// It failed.
    Failed,
    /// It was interrupted.
    Interrupted,
    /// It succeeded, and somebody was asked for more than a password.
    Prompted,
    /// It succeeded, and nobody was.
    NotPrompted,
    /// Something signed in by itself.
    Silent,
    /// The record does not say how it ended.
    Unclear,
}

impl Question {
    /// In words.
    pub const fn label(self) -> &'static str {
        match self {
            Question::Failed => "Why did this fail?",
            Question::Interrupted => "Why was this interrupted?",
            Question::Prompted => "Why was there a prompt?",
            Question::NotPrompted => "Why was no second factor asked for?",
            Question::Silent => "What happened here?",
            Question::Unclear => "How did this end?",
        }
    }
}

/// How certain a verdict is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// The record says so.
    Certain,
    /// It follows from what the record says, as far as that goes.
    Likely,
    /// Nobody can tell from the record.
    Unknown,
}

impl Certainty {
    /// In words.
    pub const fn label(self) -> &'static str {
        match self {
            Certainty::Certain => "Certain",
            Certainty::Likely => "Likely",
            Certainty::Unknown => "Unknown",
        }
    }
}

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// What is asked.
    pub question: Question,
    /// The cause, in one sentence.
    pub cause: String,
    /// What follows, or who acts, in one or two.
    pub follows: String,
    /// Who acts next.
    pub acts: Acts,
    /// How certain it is.
    pub certainty: Certainty,
    /// What it was worked out from.
    pub fields: Vec<Used>,
    /// Whether more of the record may still come, and would be told from this one.
    pub is_settling: bool,
    /// What it comes to, where that is more than the result code says.
    #[serde(skip)]
    pub gist: Option<Gist>,
}

/// A verdict under way: rules give one of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Draft {
    pub question: Question,
    pub cause: String,
    pub follows: String,
    pub acts: Acts,
    pub certainty: Certainty,
    pub fields: Vec<Field>,
    pub gist: Option<Gist>,
}

impl Draft {
    pub fn with_gist(self, gist: Gist) -> Draft {
        Draft {
            gist: Some(gist),
            ..self
        }
    }
}

/// What rules read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub case: Case<'a>,
    pub steps: &'a Steps<'a>,
    /// `None` where the record has none.
    pub code: Option<i64>,
}

impl<'a> Reading<'a> {
    pub fn sign_in(&self) -> &'a SignIn {
        self.case.sign_in
    }

    pub fn is_of_person(&self) -> bool {
        matches!(self.case.tab, Tab::Interactive | Tab::NonInteractive)
    }

    /// What the texts of the result say, in small letters.
    pub fn said(&self) -> String {
        let status = self.sign_in().status.as_ref();
        let texts = status.into_iter().flat_map(|status| {
            [
                status.failure_reason.as_deref(),
                status.additional_details.as_deref(),
            ]
        });
        let texts: Vec<&str> = texts.flatten().collect();
        texts.join(" ").to_lowercase()
    }
}

/// The rules are those that a code has by the list that is built in; which codes count as interrupted is configured, and
/// says only what is asked.
fn drafted(case: &Case<'_>, steps: &Steps<'_>) -> Draft {
    let reading = Reading {
        case: *case,
        steps,
        code: case.code,
    };
    let Some(code) = reading.code else {
        return unclear();
    };
    let draft = match Outcome::stored_for(code) {
        Outcome::Success => succeeded::draft(&reading),
        Outcome::Interrupted => interrupted::draft(&reading),
        Outcome::Failure => failed::draft(&reading),
    };
    match Outcome::of_error_code(code) {
        Outcome::Success => draft,
        Outcome::Failure => Draft {
            question: Question::Failed,
            ..draft
        },
        Outcome::Interrupted => interrupted::with_after(
            &reading,
            Draft {
                question: Question::Interrupted,
                ..draft
            },
        ),
    }
}

/// What the verdict on a sign-in comes to; `None` where the result code says it all, or nobody can tell. Of the case it
/// takes the code, the kind, and of the sign-in what no reader is denied: see [`Gist`].
pub fn gist(case: &Case<'_>) -> Option<Gist> {
    drafted(case, &Steps::of(case.sign_in)).gist
}

/// The verdict on a sign-in.
pub fn verdict(case: &Case<'_>) -> Verdict {
    let steps = Steps::of(case.sign_in);
    let draft = drafted(case, &steps);
    let is_settling = case.is_early && Told::of(case.sign_in, case.tab, case.code).is_incomplete();
    // What may still change is not certain.
    let certainty = match (is_settling, draft.certainty) {
        (true, Certainty::Certain) if rests_on_steps(draft.question) => Certainty::Likely,
        (_, certainty) => certainty,
    };
    Verdict {
        question: draft.question,
        cause: draft.cause,
        follows: draft.follows,
        acts: draft.acts,
        certainty,
        fields: fields::used(case, &steps, &draft.fields),
        is_settling,
        gist: draft.gist,
    }
}

fn rests_on_steps(question: Question) -> bool {
    matches!(question, Question::Prompted | Question::NotPrompted)
}

fn unclear() -> Draft {
    Draft {
        question: Question::Unclear,
        cause: words::NO_RESULT.to_owned(),
        follows: words::NO_RESULT_FOLLOWS.to_owned(),
        acts: Acts::Nobody,
        certainty: Certainty::Unknown,
        fields: vec![Field::ErrorCode],
        gist: None,
    }
}

/// What the book says of the code, for results that have no rule of their own.
pub(crate) fn by_book(reading: &Reading<'_>, question: Question) -> Draft {
    let code = reading.code.unwrap_or_default();
    let Some(page) = book::page(code) else {
        return Draft {
            question,
            cause: words::not_in_book(code),
            follows: match reading.sign_in().status.as_ref() {
                Some(status) if status.failure_reason_shown().is_some() => {
                    words::SEE_FAILURE_REASON.to_owned()
                }
                _ => words::LOOK_IT_UP.to_owned(),
            },
            acts: Acts::Administrator,
            certainty: Certainty::Unknown,
            fields: vec![Field::ErrorCode, Field::FailureReason],
            gist: None,
        };
    };
    let certainty = match page.guide.certainty {
        book::Known::Documented => Certainty::Certain,
        book::Known::Named => Certainty::Likely,
        book::Known::Unknown => Certainty::Unknown,
    };
    Draft {
        question,
        cause: words::sentence(page.entry.short),
        follows: page.guide.means.clone(),
        acts: page.guide.acts,
        certainty,
        fields: vec![Field::ErrorCode],
        gist: None,
    }
}
