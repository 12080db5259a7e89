//! How many days of sign-ins there is room for in memory.

use std::collections::{BTreeMap, BTreeSet};

/// The room that is left.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    limit_bytes: u64,
    taken_bytes: u64,
}

impl Room {
    /// Of so many bytes, of which some are taken.
    pub fn new(limit_bytes: u64, taken_bytes: u64) -> Room {
        Room {
            limit_bytes,
            taken_bytes,
        }
    }

    /// Whether no more is taken than there is.
    pub fn is_left(self) -> bool {
        self.taken_bytes <= self.limit_bytes
    }

    /// How many of these files find room, whole days only. Of each file its day and its size; files of
    /// one day follow each other.
    pub fn days<'a>(self, files: impl Iterator<Item = (&'a str, u64)>) -> usize {
        let mut files = files.enumerate().peekable();
        let (mut taken, mut fitting) = (self.taken_bytes, 0);
        while let Some((place, (day, size))) = files.next() {
            taken += size;
            if taken > self.limit_bytes {
                break;
            }
            if files.peek().is_none_or(|(_, (next, _))| *next != day) {
                fitting = place + 1;
            }
        }
        fitting
    }
}

/// What files took that were loaded and found no room, so that they are not loaded in vain with every
/// commit. A file that is written anew has another name, of which nothing is known.
#[derive(Debug, Default)]
pub struct TooLarge {
    /// What rows took, and what values that came with them.
    sizes_bytes: BTreeMap<String, (u64, u64)>,
}

impl TooLarge {
    /// What the rows of a file took, and the values that came with them and are still held.
    pub fn note(&mut self, file: &str, rows_bytes: u64, values_bytes: u64) {
        let sizes = (rows_bytes, values_bytes);
        self.sizes_bytes.insert(file.to_owned(), sizes);
    }

    /// What a file takes at least, beside what is held: nothing when it is not known.
    pub fn size_bytes(&self, file: &str) -> u64 {
        self.sizes_bytes.get(file).map_or(0, |(rows, _)| *rows)
    }

    /// Values are not held any more: they would come with the files again.
    pub fn values_are_gone(&mut self) {
        for (rows, values) in self.sizes_bytes.values_mut() {
            *rows += std::mem::take(values);
        }
    }

    /// Forgets all files but these.
    pub fn keep(&mut self, files: &BTreeSet<String>) {
        self.sizes_bytes.retain(|file, _| files.contains(file));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_find_room_as_a_whole() {
        let files = [("c", 10), ("b", 5), ("b", 5), ("a", 1)];
        let days = |limit, taken| Room::new(limit, taken).days(files.into_iter());
        assert_eq!(days(21, 0), 4);
        assert_eq!(days(20, 0), 3);
        assert_eq!(days(19, 0), 1);
        assert_eq!(days(19, 10), 0);
        assert_eq!(days(0, 0), 0);
        assert!(Room::new(5, 5).is_left());
        assert!(!Room::new(5, 6).is_left());
    }

    #[test]
    fn what_is_written_anew_is_tried() {
        let mut too_large = TooLarge::default();
        too_large.note("a/1", 30, 0);
        too_large.note("a/2", 10, 5);
        let days = |too_large: &TooLarge, files: &[&str]| {
            let sizes = files.iter().map(|file| ("a", too_large.size_bytes(file)));
            Room::new(20, 0).days(sizes)
        };
        assert_eq!(days(&too_large, &["a/1", "a/2"]), 0);
        // A rewritten file may be smaller.
        assert_eq!(days(&too_large, &["a/3", "a/2"]), 2);
        too_large.keep(&BTreeSet::from(["a/2".to_owned()]));
        assert_eq!(too_large.size_bytes("a/1"), 0);
        assert_eq!(too_large.size_bytes("a/2"), 10);
        too_large.values_are_gone();
        too_large.values_are_gone();
        assert_eq!(too_large.size_bytes("a/2"), 15);
    }
}
