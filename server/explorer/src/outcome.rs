//! What became of sign-ins: the codes of success, failure and interrupted.

use model::outcome::Outcome;

use crate::codes::{Coded, Codes, Local};
use crate::dictionary::Code;
use crate::layout::Layout;
use crate::narrow::Block;
use crate::segment::Segment;
use crate::view::View;

/// Place of rows whose outcome is none of the three.
pub(crate) const UNKNOWN: usize = 3;

/// The outcomes as shared codes.
pub(crate) struct Outcomes {
    /// By [`Outcome::index`].
    codes: [Option<Code>; 3],
}

/// The outcomes of a segment.
pub(crate) struct OutcomesOf<'a> {
    rows: &'a Coded,
    pub codes: &'a Codes,
    /// Local codes, by [`Outcome::index`].
    pub locals: [Option<Local>; 3],
    /// By local code: the [`Outcome::index`], or [`UNKNOWN`].
    places: [usize; MOST],
    /// How many local codes there are.
    pub locals_count: usize,
}

/// Local codes from here on are of no outcome: more than these three and none are not made.
const MOST: usize = 8;

impl OutcomesOf<'_> {
    /// The [`Outcome::index`] of a local code, or [`UNKNOWN`].
    pub fn place(&self, local: Local) -> usize {
        self.places
            .get(usize::from(local))
            .copied()
            .unwrap_or(UNKNOWN)
    }

    /// How many rows of a block had the outcome.
    pub fn count(&self, block: &Block<'_>, local: Local) -> u64 {
        match block {
            Block::All(rows) if rows.len() == self.codes.len() => {
                self.rows.count(local).map_or(0, u64::from)
            }
            _ => block.count_code(self.codes, local),
        }
    }

    /// The local code that most rows of the segment have; `None` where that is not known.
    pub fn most(&self) -> Option<Local> {
        let counts = (0..=Local::MAX).zip(self.rows.counts()?);
        counts.max_by_key(|(_, count)| *count).map(|(code, _)| code)
    }

    /// Place of the outcome of a row.
    pub fn of_row(&self, row: usize) -> usize {
        self.place(self.codes.at(row))
    }
}

impl Outcomes {
    pub fn new(view: &View) -> Outcomes {
        let dictionary = view.dictionary(Layout::get().status);
        let code = |outcome: Outcome| {
            dictionary
                .each()
                .find(|code| dictionary.text(*code) == Some(outcome.as_str()))
        };
        Outcomes {
            codes: Outcome::ALL.map(code),
        }
    }

    /// The shared code of an outcome, where any sign-in has it.
    pub fn code(&self, outcome: Outcome) -> Option<Code> {
        self.codes.get(outcome.index()).copied().flatten()
    }

    /// Those of a segment.
    pub fn of<'a>(&self, segment: &'a Segment) -> OutcomesOf<'a> {
        let column = segment.column(Layout::get().status);
        let locals = self
            .codes
            .map(|code| code.and_then(|code| column.values.local(code)));
        let mut places = [UNKNOWN; MOST];
        for (place, local) in locals.iter().enumerate() {
            if let Some(held) = local.and_then(|local| places.get_mut(usize::from(local))) {
                *held = place;
            }
        }
        OutcomesOf {
            rows: &column.rows,
            codes: column.rows.codes(),
            locals,
            places,
            locals_count: column.values.len(),
        }
    }
}
