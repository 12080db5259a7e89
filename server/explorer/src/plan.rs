//! What is decided before a pass begins: where to look.

use model::ask::Ask;

use crate::condition::{Clause, Condition, Wanted};
use crate::identifier::LookedUp;
use crate::layout::Layout;
use crate::segment::{Segment, Values};
use crate::view::View;
use crate::whereabouts::Hits;

/// Facets for which the same filters count.
pub(crate) struct FacetPart {
    /// The column whose filters do not count.
    pub without: Option<&'static str>,
    /// Positions among the columns asked for.
    pub columns: Vec<usize>,
}

impl View {
    /// Whether some sign-in has this request ID or correlation ID, in any letter case.
    pub fn has_identifier(&self, text: &str) -> bool {
        let text = [LookedUp::new(text)];
        let layout = Layout::get();
        [layout.request_id, layout.correlation_id]
            .iter()
            .any(|column| {
                let has = |segment: &Segment| match &segment.column(*column).values {
                    Values::Own(identifiers) => identifiers.has(&text[0]),
                    Values::Shared(_) => false,
                };
                let mut segments = self.segments().iter();
                match self.directory(*column) {
                    Some(directory) => {
                        let mut places = directory.find(&text).places().into_iter();
                        places.any(|place| has(&self.segments()[place]))
                    }
                    None => segments.any(|segment| has(segment)),
                }
            })
    }
}

/// Where the rows of the rarest condition are, when there is one that is rare.
pub(crate) fn hits(view: &View, ask: &Ask, clauses: &[Clause]) -> Option<(usize, Hits)> {
    // A facet that its own filter does not count for needs segments that the filter leaves out.
    let is_left_out = |clause: &Clause| {
        let facets = ask.facets.as_ref().filter(|facets| !facets.own_filters);
        facets.is_some_and(|facets| {
            facets
                .columns
                .iter()
                .any(|column| Some(*column) == clause.column)
        })
    };
    let hits = clauses
        .iter()
        .enumerate()
        .filter_map(|(number, clause)| match &clause.condition {
            Condition::Coded { index, set }
                if clause.condition.is_rare(view) && !is_left_out(clause) =>
            {
                Some((number, view.whereabouts(*index)?.find(set)))
            }
            Condition::Identifier {
                index,
                wanted:
                    Wanted::Equal {
                        looked_up,
                        is_negative: false,
                    },
            } if !is_left_out(clause) => Some((number, view.directory(*index)?.find(looked_up))),
            _ => None,
        });
    hits.min_by_key(|(_, hits)| hits.len())
}

pub(crate) fn facet_parts(ask: &Ask) -> Vec<FacetPart> {
    let Some(facets) = &ask.facets else {
        return Vec::new();
    };
    let has_own = |id: &str| {
        ask.query
            .filters
            .iter()
            .any(|filter| filter.column.id == id)
    };
    let mut parts = vec![FacetPart {
        without: None,
        columns: Vec::new(),
    }];
    for (place, column) in facets.columns.iter().enumerate() {
        if !facets.own_filters && has_own(column.id) {
            parts.push(FacetPart {
                without: Some(column.id),
                columns: vec![place],
            });
        } else {
            parts[0].columns.push(place);
        }
    }
    parts
}
