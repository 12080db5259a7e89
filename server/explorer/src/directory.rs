//! In which segments an identifier may be: one look instead of one into each segment.

use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use crate::identifier::{Identifiers, LookedUp};
use crate::segment::{Segment, Values};

/// Segments by a hash of the identifiers that they have. Another identifier may have the same hash.
pub(crate) struct Directory {
    /// Segments by the numbers that stand for them here.
    segments: Vec<u64>,
    /// A part of the hash, and the number of the segment; 0 is free. What finds its place taken is in
    /// the next free one behind.
    slots: Box<[u32]>,
}

impl Directory {
    /// Of a column of identifiers; `None` when there are too many segments.
    pub fn new(index: usize, segments: &[Arc<Segment>]) -> Option<Directory> {
        u16::try_from(segments.len()).ok()?;
        let own = |segment: &Arc<Segment>| match &segment.column(index).values {
            Values::Own(identifiers) => Some(Arc::clone(identifiers)),
            Values::Shared(_) => None,
        };
        let identifiers: usize = segments
            .iter()
            .filter_map(own)
            .map(|held| held.codes())
            .sum();
        let mut slots = vec![0u32; slots(identifiers)].into_boxed_slice();
        for (number, segment) in (0u32..).zip(segments) {
            let Some(held) = own(segment) else { continue };
            each_hash(&held, |hash| {
                let (mut place, mark) = placed(hash, slots.len());
                while slots[place] != 0 {
                    place = (place + 1) % slots.len();
                }
                slots[place] = mark | number;
            });
        }
        let segments = segments.iter().map(|segment| segment.id()).collect();
        Some(Directory { segments, slots })
    }

    /// Memory that a segment takes here, in bytes.
    pub fn bytes_of(index: usize, segment: &Segment) -> usize {
        match &segment.column(index).values {
            Values::Own(identifiers) => slots(identifiers.codes()) * size_of::<u32>(),
            Values::Shared(_) => 0,
        }
    }

    /// The segments that it knows.
    pub fn segments(&self) -> &[u64] {
        &self.segments
    }

    /// Numbers of the segments that may have an identifier.
    pub fn find(&self, text: &LookedUp) -> Vec<usize> {
        let (mut place, mark) = placed(text.hash(), self.slots.len());
        let mut numbers = Vec::new();
        while self.slots[place] != 0 {
            if self.slots[place] & MARK == mark {
                numbers.push((self.slots[place] & !MARK) as usize);
            }
            place = (place + 1) % self.slots.len();
        }
        numbers
    }

    /// Memory, about, in bytes.
    pub fn size_bytes(&self) -> usize {
        size_of_val(&*self.segments) + size_of_val(&*self.slots)
    }
}

/// Slots for so many identifiers: some stay free, so that the next free one is near.
fn slots(identifiers: usize) -> usize {
    identifiers + identifiers / 4 + 1
}

/// The bits of a slot that are of the hash.
const MARK: u32 = 0xffff_0000;

/// Where a hash is looked for, and its mark, which is never 0.
fn placed(hash: u64, slots: usize) -> (usize, u32) {
    let place = (u128::from(hash) * slots as u128) >> 64;
    let mark = u32::try_from(hash & u64::from(MARK)).unwrap_or_default() | 1 << 16;
    (usize::try_from(place).unwrap_or_default(), mark)
}

fn each_hash(identifiers: &Identifiers, mut call: impl FnMut(u64)) {
    for code in 1..identifiers.codes() {
        let Ok(code) = u16::try_from(code) else {
            return;
        };
        match identifiers.guid(code) {
            Some(value) => call(hash_of_guid(value)),
            None => identifiers.with(code, |text| {
                if let Some(text) = text {
                    call(LookedUp::new(text).hash());
                }
            }),
        }
    }
}

/// The hash of a GUID.
pub(crate) fn hash_of_guid(value: u128) -> u64 {
    xxh3_64(&value.to_le_bytes())
}
