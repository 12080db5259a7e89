//! Which users each group has: every one counts once.

use std::collections::HashSet;

use crate::dictionary::Code;

/// More bits than this are not held as a table: 32 MiB for each thread.
const MOST_BITS: usize = 1 << 28;

/// The users of groups, which have numbers.
pub(crate) enum Users {
    /// One bit for each user of each group; so many words for a group.
    Table { width: usize, words: Vec<u64> },
    /// Pairs of group and user.
    Pairs(HashSet<(usize, Code)>),
}

impl Users {
    /// None yet, of so many groups where that is known, out of so many codes of users.
    pub fn new(groups: Option<usize>, users: usize) -> Users {
        let width = users.div_ceil(64);
        match groups {
            Some(groups) if groups.saturating_mul(width * 64) <= MOST_BITS => Users::Table {
                width,
                words: vec![0; groups * width],
            },
            _ => Users::Pairs(HashSet::new()),
        }
    }

    /// Counts a user; no user is not counted.
    pub fn add(&mut self, group: usize, user: Code) {
        if user == 0 {
            return;
        }
        match self {
            Users::Table { width, words } => {
                words[group * *width + user as usize / 64] |= 1 << (user % 64);
            }
            Users::Pairs(pairs) => {
                pairs.insert((group, user));
            }
        }
    }

    /// How many pairs of group and user are held one by one.
    pub fn pairs(&self) -> usize {
        match self {
            Users::Table { .. } => 0,
            Users::Pairs(pairs) => pairs.len(),
        }
    }

    /// Adds what another thread counted, whose groups have these numbers here.
    pub fn join(&mut self, other: Users, numbers: &[usize]) {
        match (self, other) {
            (Users::Table { words, .. }, Users::Table { words: other, .. }) => {
                words
                    .iter_mut()
                    .zip(other)
                    .for_each(|(word, other)| *word |= other);
            }
            (Users::Pairs(pairs), Users::Pairs(other)) => {
                pairs.extend(
                    other
                        .into_iter()
                        .map(|(group, user)| (numbers[group], user)),
                );
            }
            _ => {}
        }
    }

    /// Ready to be asked.
    pub fn settled(self) -> Counted {
        match self {
            Users::Table { width, words } => Counted::Table { width, words },
            Users::Pairs(pairs) => {
                let mut pairs: Vec<(usize, Code)> = pairs.into_iter().collect();
                pairs.sort_unstable();
                Counted::Pairs(pairs)
            }
        }
    }
}

/// The users of groups, all of them counted.
pub(crate) enum Counted {
    Table {
        width: usize,
        words: Vec<u64>,
    },
    /// Ascending.
    Pairs(Vec<(usize, Code)>),
}

impl Counted {
    /// How many users some groups have together.
    pub fn count(&self, groups: &[usize]) -> u64 {
        match self {
            Counted::Table { width, words } => {
                let word = |index: usize| {
                    let held = groups.iter().map(|group| words[group * width + index]);
                    held.fold(0, |word, held| word | held)
                };
                (0..*width)
                    .map(|index| u64::from(word(index).count_ones()))
                    .sum()
            }
            Counted::Pairs(pairs) => {
                let of = |group: usize| {
                    let start = pairs.partition_point(|pair| pair.0 < group);
                    let end = pairs.partition_point(|pair| pair.0 <= group);
                    &pairs[start..end]
                };
                match groups {
                    [group] => of(*group).len() as u64,
                    _ => {
                        let users = groups
                            .iter()
                            .flat_map(|group| of(*group))
                            .map(|(_, user)| *user);
                        users.collect::<HashSet<Code>>().len() as u64
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_and_pairs_count_alike() {
        for groups in [Some(4), None] {
            let (mut users, mut other) = (Users::new(groups, 100), Users::new(groups, 100));
            for (group, user) in [(1, 5), (1, 5), (1, 99), (2, 5), (3, 0)] {
                users.add(group, user);
            }
            other.add(2, 7);
            users.join(other, &[0, 1, 2, 3]);
            let counted = users.settled();
            assert_eq!(counted.count(&[1]), 2);
            assert_eq!(counted.count(&[2]), 2);
            assert_eq!(counted.count(&[3]), 0);
            assert_eq!(counted.count(&[1, 2]), 3);
        }
    }
}
