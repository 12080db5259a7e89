//! In which segments each value of a column is: rare values are then found without looking into
//! segments that do not have them.

use std::collections::HashMap;
use std::sync::Arc;

use crate::codes::Local;
use crate::condition::CodeSet;
use crate::directory::Directory;
use crate::identifier::LookedUp;
use crate::segment::Segment;

/// For each code the segments that have it. Made of the segments of some view, and of use for later
/// views as well: what these have beside is looked into as usual.
pub(crate) struct Whereabouts {
    /// Segments by the numbers that stand for them here.
    segments: Vec<u64>,
    /// Where the entries of each code begin, and one more.
    starts: Vec<u32>,
    /// Number of the segment, and the local code there; in the order of the numbers.
    entries: Vec<(u16, Local)>,
}

/// What was made of the segments of some view, as it fits another.
pub(crate) struct Placed<T> {
    held: Arc<T>,
    /// Places in the view of the segments that are known; those that are gone have none.
    places: Vec<Option<usize>>,
    /// Places of segments that are not known.
    others: Vec<usize>,
}

/// Where values are.
pub(crate) struct Hits {
    /// Place of the segment in the view, and the local code, in order.
    pub found: Vec<(usize, Local)>,
    /// Places of segments that were not looked into.
    pub others: Vec<usize>,
}

impl Whereabouts {
    /// Of a column, whose dictionary has so many codes; `None` when there are too many segments.
    pub fn new(index: usize, codes: usize, segments: &[Arc<Segment>]) -> Option<Whereabouts> {
        u16::try_from(segments.len()).ok()?;
        let mut starts = vec![0u32; codes + 1];
        for segment in segments {
            for code in segment.column(index).values.shared() {
                starts[*code as usize + 1] += 1;
            }
        }
        for code in 1..starts.len() {
            starts[code] += starts[code - 1];
        }
        let mut next = starts.clone();
        let mut entries = vec![(0, 0); starts.last().map_or(0, |entries| *entries as usize)];
        for (number, segment) in (0..=u16::MAX).zip(segments) {
            for (local, code) in (0..=Local::MAX).zip(segment.column(index).values.shared()) {
                let place = &mut next[*code as usize];
                entries[*place as usize] = (number, local);
                *place += 1;
            }
        }
        let segments = segments.iter().map(|segment| segment.id()).collect();
        Some(Whereabouts {
            segments,
            starts,
            entries,
        })
    }

    /// Memory that a segment takes here, in bytes.
    pub fn bytes_of(index: usize, segment: &Segment) -> usize {
        segment.column(index).values.shared().len() * size_of::<(u16, Local)>()
    }

    /// Memory that so many codes take here, in bytes.
    pub fn bytes_of_codes(codes: usize) -> usize {
        (codes + 1) * size_of::<u32>()
    }

    /// The segments that are known.
    pub fn segments(&self) -> &[u64] {
        &self.segments
    }

    /// Memory, about, in bytes.
    pub fn size_bytes(&self) -> usize {
        size_of_val(&*self.segments) + size_of_val(&*self.starts) + size_of_val(&*self.entries)
    }
}

impl<T> Placed<T> {
    /// What was made of segments with these identifiers, as it fits a view of these segments.
    pub fn new(held: Arc<T>, made_of: &[u64], segments: &[Arc<Segment>]) -> Placed<T> {
        let mut left: HashMap<u64, usize> = segments
            .iter()
            .enumerate()
            .map(|(place, segment)| (segment.id(), place))
            .collect();
        let places = made_of.iter().map(|id| left.remove(id)).collect();
        let mut others: Vec<usize> = left.into_values().collect();
        others.sort_unstable();
        Placed {
            held,
            places,
            others,
        }
    }

    /// What was made.
    pub fn held(&self) -> &Arc<T> {
        &self.held
    }

    /// How many segments of the view are not known.
    pub fn unknown(&self) -> usize {
        self.others.len()
    }

    /// Whether more than a third of the segments that it was made of are gone: their memory is better given
    /// back.
    pub fn is_stale(&self) -> bool {
        let gone = self.places.iter().filter(|place| place.is_none()).count();
        3 * gone > self.places.len()
    }
}

impl Placed<Whereabouts> {
    /// Where the values of a set are.
    pub fn find(&self, set: &CodeSet) -> Hits {
        let mut found = Vec::new();
        for code in set.codes() {
            let code = *code as usize;
            if let (Some(start), Some(end)) =
                (self.held.starts.get(code), self.held.starts.get(code + 1))
            {
                let entries = self.held.entries.get(*start as usize..*end as usize);
                let entries = entries.unwrap_or_default().iter();
                found.extend(entries.filter_map(|(number, local)| {
                    Some((self.places[usize::from(*number)]?, *local))
                }));
            }
        }
        found.sort_unstable();
        Hits {
            found,
            others: self.others.clone(),
        }
    }
}

impl Placed<Directory> {
    /// Where identifiers may be.
    pub fn find(&self, texts: &[LookedUp]) -> Hits {
        let numbers = texts.iter().flat_map(|text| self.held.find(text));
        let places = numbers.filter_map(|number| self.places[number]);
        let mut others: Vec<usize> = places.chain(self.others.iter().copied()).collect();
        others.sort_unstable();
        others.dedup();
        Hits {
            found: Vec::new(),
            others,
        }
    }
}

impl Hits {
    /// How much there is to look at.
    pub fn len(&self) -> usize {
        self.found.len() + self.others.len()
    }

    /// Places of the segments that may have rows, in order.
    pub fn places(&self) -> Vec<usize> {
        let mut places: Vec<usize> = self
            .found
            .iter()
            .map(|(place, _)| *place)
            .chain(self.others.iter().copied())
            .collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The local codes of a segment, ascending; `None` where it has to be looked into.
    pub fn of(&self, place: usize) -> Option<Vec<Local>> {
        if self.others.binary_search(&place).is_ok() {
            return None;
        }
        let start = self.found.partition_point(|(other, _)| *other < place);
        let end = self.found.partition_point(|(other, _)| *other <= place);
        Some(
            self.found[start..end]
                .iter()
                .map(|(_, local)| *local)
                .collect(),
        )
    }
}
