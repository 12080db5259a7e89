//! Some of the codes of a segment.

use std::cell::OnceCell;
use std::ops::Range;

use crate::codes::{Codes, Local};
use crate::mask::Mask;

/// Some local codes.
#[derive(Clone)]
pub(super) enum LocalSet {
    /// From one to another, both included; or all others.
    Between {
        low: Local,
        high: Local,
        is_inside: bool,
    },
    /// These, ascending.
    Listed(Listed),
}

/// Codes that are no stretch.
#[derive(Clone)]
pub(super) struct Listed {
    pub codes: Vec<Local>,
    /// How many codes there are in all.
    values: usize,
    /// For each code whether it is one of these; made when rows are first looked at.
    marks: OnceCell<Vec<bool>>,
}

impl Listed {
    /// At least 256, so that bytes need no check.
    fn marks(&self) -> &[bool] {
        self.marks.get_or_init(|| {
            let mut marks = vec![false; self.values.max(256)];
            for code in &self.codes {
                marks[usize::from(*code)] = true;
            }
            marks
        })
    }
}

impl LocalSet {
    pub fn one(code: Local) -> LocalSet {
        LocalSet::Between {
            low: code,
            high: code,
            is_inside: true,
        }
    }

    /// The set of ascending codes out of `values`, neither none nor all of them.
    pub fn of(codes: Vec<Local>, values: usize) -> LocalSet {
        let listed = |codes| {
            LocalSet::Listed(Listed {
                codes,
                values,
                marks: OnceCell::new(),
            })
        };
        let (Some(low), Some(high)) = (codes.first().copied(), codes.last().copied()) else {
            return listed(codes);
        };
        if usize::from(high - low) + 1 == codes.len() {
            return LocalSet::Between {
                low,
                high,
                is_inside: true,
            };
        }
        let gap = codes.windows(2).find(|pair| pair[1] - pair[0] > 1);
        if let Some([before, after]) = gap
            && usize::from(after - before) - 1 + codes.len() == values
        {
            return LocalSet::Between {
                low: before + 1,
                high: after - 1,
                is_inside: false,
            };
        }
        listed(codes)
    }

    pub fn holds(&self, code: Local) -> bool {
        match self {
            LocalSet::Between {
                low,
                high,
                is_inside,
            } => (*low..=*high).contains(&code) == *is_inside,
            LocalSet::Listed(listed) => listed.marks().get(usize::from(code)) == Some(&true),
        }
    }

    /// Leaves in the mask of a stretch of rows those whose code is in the set.
    pub fn retain(&self, codes: &Codes, stretch: &Range<usize>, mask: &mut Mask) {
        match codes {
            Codes::Same(_) => {
                if !self.holds(0) {
                    *mask = Mask::all(0);
                }
            }
            Codes::One(codes) => {
                let codes = &codes[stretch.clone()];
                let byte = |code: Local| u8::try_from(code).unwrap_or(u8::MAX);
                match self {
                    // A code that no byte can hold.
                    LocalSet::Between {
                        low,
                        is_inside: true,
                        ..
                    } if *low > 255 => *mask = Mask::all(0),
                    LocalSet::Between {
                        low,
                        high,
                        is_inside,
                    } => {
                        let (low, width) = (byte(*low), byte(*high) - byte(*low));
                        retain_between(
                            mask,
                            codes,
                            |code| code.wrapping_sub(low) <= width,
                            *is_inside,
                        );
                    }
                    LocalSet::Listed(listed) => match listed.marks().first_chunk::<256>() {
                        Some(marks) => mask.retain_codes(codes, |code| marks[usize::from(code)]),
                        None => mask.retain_codes(codes, |code| self.holds(Local::from(code))),
                    },
                }
            }
            Codes::Two(codes) => {
                let codes = &codes[stretch.clone()];
                match self {
                    LocalSet::Between {
                        low,
                        high,
                        is_inside,
                    } => {
                        let (low, width) = (*low, high - low);
                        retain_between(
                            mask,
                            codes,
                            |code| code.wrapping_sub(low) <= width,
                            *is_inside,
                        );
                    }
                    LocalSet::Listed(listed) => {
                        let marks = listed.marks();
                        mask.retain_codes(codes, |code| {
                            marks.get(usize::from(code)) == Some(&true)
                        });
                    }
                }
            }
        }
    }
}

fn retain_between<T: Copy>(
    mask: &mut Mask,
    codes: &[T],
    is_between: impl Fn(T) -> bool,
    is_inside: bool,
) {
    if is_inside {
        mask.retain_codes(codes, is_between);
    } else {
        mask.retain_codes(codes, |code| !is_between(code));
    }
}
