//! Which sign-ins are known already, so that an import tells new from repeated from changed.
//!
//! The index holds 24 bytes for every stored sign-in. It is read from two thin columns when an
//! import begins and lives as long as the import.

use std::collections::HashMap;
use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use arrow::array::{Array, AsArray};
use arrow::datatypes::{Date32Type, Int32Type, Int64Type, TimestampMicrosecondType};
use futures::TryStreamExt;

use crate::Lake;
use crate::error::Result;
use crate::read::session;
use crate::schema;

/// What identifies a record, says what it contains, and decides which of two versions stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowKey {
    /// Hash of the request ID.
    pub id_key: u64,
    /// Hash of what the record says, independent of spacing and of the order of its properties.
    pub content_key: u64,
    /// How complete the record is.
    pub fullness: Fullness,
    /// When the source sent the record, in seconds since 1970; 0 where it does not say.
    pub emitted_seconds: u32,
    /// Day of the sign-in, in days since 1970.
    pub day: i32,
}

/// How complete a record is: first by its source, then by how many of its columns hold something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fullness {
    /// 0 a portal CSV row, 1 such a row with its authentication steps, 2 the whole record.
    pub source: u8,
    /// Number of columns that hold something.
    pub filled: u8,
}

impl Fullness {
    /// The number kept in the lake.
    pub(crate) fn packed(self) -> u32 {
        u32::from(self.source.min(3)) << FILLED_BITS | u32::from(self.filled.min(127))
    }

    fn unpacked(packed: u32) -> Fullness {
        let byte = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
        Fullness {
            source: byte(packed >> FILLED_BITS & 3),
            filled: byte(packed & 127),
        }
    }
}

const FILLED_BITS: u32 = 7;

/// Where the present version of a sign-in is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the table, in the partition of this day.
    Stored(i32),
    /// Among the rows that wait for the next commit, at this position.
    Pending(u32),
}

/// What is known of one sign-in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    content_key: u64,
    emitted_seconds: u32,
    /// From the top: 1 bit whether it waits, 9 bits fullness, 22 bits day or position.
    packed: u32,
}

const PENDING: u32 = 1 << 31;
const PLACE_BITS: u32 = 22;
/// Most rows that may wait for one commit: their positions must fit.
pub(crate) const MOST_PENDING: usize = (1 << PLACE_BITS) - 1;

impl Known {
    pub fn new(key: &RowKey, place: Place) -> Known {
        let (flag, rest) = match place {
            Place::Stored(day) => (0, u32::try_from(day).unwrap_or_default()),
            Place::Pending(position) => (PENDING, position),
        };
        Known {
            content_key: key.content_key,
            emitted_seconds: key.emitted_seconds,
            packed: flag | key.fullness.packed() << PLACE_BITS | (rest & ((1 << PLACE_BITS) - 1)),
        }
    }

    pub fn place(&self) -> Place {
        let rest = self.packed & ((1 << PLACE_BITS) - 1);
        if self.packed & PENDING == 0 {
            Place::Stored(i32::try_from(rest).unwrap_or_default())
        } else {
            Place::Pending(rest)
        }
    }

    fn fullness(&self) -> Fullness {
        Fullness::unpacked((self.packed & !PENDING) >> PLACE_BITS)
    }

    pub fn content_key(&self) -> u64 {
        self.content_key
    }

    /// Whether a record with another content takes this one's place: one from a fuller source wins,
    /// then what was sent later (a record that does not say when counts as sent before all others),
    /// then what holds more; of equals, what arrived later. The same row stays in whatever order
    /// records arrive, but for equals.
    pub fn yields_to(&self, newer: &RowKey) -> bool {
        let rank = |fullness: Fullness, emitted_seconds: u32| {
            (fullness.source, emitted_seconds, fullness.filled)
        };
        rank(newer.fullness, newer.emitted_seconds) >= rank(self.fullness(), self.emitted_seconds)
    }
}

/// The keys are hashes already: hashing them again would only cost time.
#[derive(Default)]
pub(crate) struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// Everything known.
#[derive(Default)]
pub(crate) struct KnownIndex {
    pub rows: HashMap<u64, Known, BuildHasherDefault<KeyHasher>>,
    /// Contents that rows had before, as [`version_key`].
    pub versions: HashSet<u64, BuildHasherDefault<KeyHasher>>,
}

/// One number for a content of a sign-in.
pub(crate) fn version_key(id_key: u64, content_key: u64) -> u64 {
    id_key.rotate_left(32).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ content_key
}

impl KnownIndex {
    /// Reads the index from the tables.
    pub async fn load(lake: &Lake) -> Result<KnownIndex> {
        let mut index = KnownIndex::default();
        let columns = [
            schema::ID_KEY,
            schema::CONTENT_KEY,
            schema::EMITTED,
            schema::FULLNESS,
            schema::DAY,
        ];
        let rows = lake.row_count().await?;
        index
            .rows
            .reserve(usize::try_from(rows).unwrap_or_default());
        let mut stream = session::table(&lake.sign_ins)
            .await?
            .select_columns(&columns)?
            .execute_stream()
            .await?;
        while let Some(batch) = stream.try_next().await? {
            let ids = batch.column(0).as_primitive::<Int64Type>();
            let contents = batch.column(1).as_primitive::<Int64Type>();
            let emitted = batch.column(2).as_primitive::<TimestampMicrosecondType>();
            let fullness = batch.column(3).as_primitive::<Int32Type>();
            let days = batch.column(4).as_primitive::<Date32Type>();
            for row in 0..batch.num_rows() {
                let seconds = if emitted.is_null(row) {
                    0
                } else {
                    emitted.value(row) / 1_000_000
                };
                let key = RowKey {
                    id_key: ids.value(row).cast_unsigned(),
                    content_key: contents.value(row).cast_unsigned(),
                    fullness: Fullness::unpacked(
                        u32::try_from(fullness.value(row)).unwrap_or_default(),
                    ),
                    emitted_seconds: u32::try_from(seconds).unwrap_or_default(),
                    day: days.value(row),
                };
                index
                    .rows
                    .insert(key.id_key, Known::new(&key, Place::Stored(key.day)));
            }
        }
        let mut stream = session::table(&lake.versions)
            .await?
            .select_columns(&[schema::ID_KEY, schema::CONTENT_KEY])?
            .execute_stream()
            .await?;
        while let Some(batch) = stream.try_next().await? {
            let ids = batch.column(0).as_primitive::<Int64Type>();
            let contents = batch.column(1).as_primitive::<Int64Type>();
            for row in 0..batch.num_rows() {
                let key = version_key(
                    ids.value(row).cast_unsigned(),
                    contents.value(row).cast_unsigned(),
                );
                index.versions.insert(key);
            }
        }
        Ok(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(source: u8, emitted_seconds: u32, filled: u8) -> RowKey {
        RowKey {
            id_key: 1,
            content_key: 2,
            fullness: Fullness { source, filled },
            emitted_seconds,
            day: 20_000,
        }
    }

    #[test]
    fn places_are_packed_and_come_back() {
        for place in [
            Place::Stored(0),
            Place::Stored(84_000),
            Place::Pending(0),
            Place::Pending(4_000_000),
        ] {
            let known = Known::new(&key(2, 7, 83), place);
            assert_eq!(known.place(), place);
            assert_eq!(
                known.fullness(),
                Fullness {
                    source: 2,
                    filled: 83
                }
            );
        }
    }

    #[test]
    fn a_fuller_source_wins_then_the_later_then_the_fuller_record() {
        let stored = Known::new(&key(2, 100, 40), Place::Stored(1));
        assert!(!stored.yields_to(&key(0, 900, 80)));
        assert!(!stored.yields_to(&key(2, 99, 80)));
        assert!(stored.yields_to(&key(2, 101, 10)));
        assert!(stored.yields_to(&key(2, 100, 40)));
        assert!(!stored.yields_to(&key(2, 100, 39)));
        assert!(!stored.yields_to(&key(2, 0, 41)));
        assert!(Known::new(&key(2, 0, 40), Place::Stored(1)).yields_to(&key(2, 1, 9)));
        assert!(Known::new(&key(0, 0, 9), Place::Stored(1)).yields_to(&key(1, 0, 5)));
    }
}
