//! One pass over the segments answers everything that was asked.

mod part;

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, Utc};
use model::answer::{Answer, Counts};
use model::ask::Ask;
use model::query::Query;

use self::part::{Part, count, tally};
use crate::codes::Local;
use crate::condition::{self, Clause, Condition};
use crate::facets::Tally;
use crate::fold;
use crate::groups::Grouping;
use crate::histogram;
use crate::narrow::Narrowed;
use crate::outcome::Outcomes;
use crate::page::{Best, PagePlan, Searched};
use crate::parallel;
use crate::plan::{FacetPart, facet_parts, hits};
use crate::rows::Rows;
use crate::segment::Segment;
use crate::series::Charting;
use crate::view::View;
use crate::whereabouts::Hits;

/// Rows that are looked at for a page before looking whether it is full; twice as many each time.
const FIRST_WAVE_ROWS: usize = 100_000;

/// Where conditions leave few rows, a segment takes as long as one of so many times fewer rows.
const RARE: usize = 500;

/// What a pass needs to know, decided once.
pub(crate) struct Pass<'a> {
    view: &'a View,
    ask: &'a Ask,
    from: Option<i64>,
    to: Option<i64>,
    clauses: &'a [Clause],
    outcomes: Outcomes,
    page: Option<PagePlan<'a>>,
    /// Facets that some filters do not count for, beside those that all count for.
    facets: Vec<FacetPart>,
    /// Where the rows of a rare condition are: the number of its clause, and the segments.
    hits: Option<(usize, Hits)>,
    stop: &'a AtomicBool,
}

/// Answers an ask; `None` when it was told to stop.
pub(crate) fn answer(
    view: &View,
    ask: &Ask,
    now: DateTime<Utc>,
    stop: &AtomicBool,
) -> Option<Answer> {
    let clauses = condition::of_query(&ask.query, view, stop);
    if stop.load(Ordering::Relaxed) {
        return None;
    }
    let pass = Pass::new(view, ask, &clauses, now, stop).begun();
    let folded = ask
        .folded
        .as_ref()
        .map(|wanted| fold::folded(&pass, wanted));
    let mut answer = match pass.wants_rest() {
        true => pass.answer(pass.run()),
        false => Answer::default(),
    };
    answer.folded = folded;
    (!pass.is_stopped()).then_some(answer)
}

/// The rows of the page that is asked for, and of nothing else.
pub(crate) fn rows<'v>(
    view: &'v View,
    ask: &Ask,
    now: DateTime<Utc>,
    stop: &AtomicBool,
) -> Option<Rows<'v>> {
    let clauses = condition::of_query(&ask.query, view, stop);
    if stop.load(Ordering::Relaxed) {
        return None;
    }
    let pass = Pass::new(view, ask, &clauses, now, stop).begun();
    let part = pass.run();
    let plan = pass.page.as_ref().filter(|_| !pass.is_stopped())?;
    Some(Rows::new(view, &plan.chosen(part.best).0))
}

impl<'a> Pass<'a> {
    fn new(
        view: &'a View,
        ask: &'a Ask,
        clauses: &'a [Clause],
        now: DateTime<Utc>,
        stop: &'a AtomicBool,
    ) -> Pass<'a> {
        let (from, to) = ask.query.range.bounds(now);
        let micros = |moment: DateTime<Utc>| moment.timestamp_micros();
        Pass {
            view,
            ask,
            from: from.map(micros),
            to: to.map(micros),
            outcomes: Outcomes::new(view),
            page: ask
                .page
                .as_ref()
                .map(|page| PagePlan::new(view, &ask.query, page)),
            hits: hits(view, ask, clauses),
            facets: facet_parts(ask),
            clauses,
            stop,
        }
    }

    /// Finds out where the page begins, when rows are to be passed over.
    fn begun(mut self) -> Pass<'a> {
        if let Some(page) = self.page.take_if(|page| page.is_skipping()) {
            let mut segments = self.segments();
            segments.retain(|(_, segment)| self.ask.tabs.has(segment.tab()));
            let begin = page.beginning(&Searched {
                segments: &segments,
                narrow: |place, segment: &'a Segment| {
                    let rows = segment.within(self.from, self.to);
                    let conditions = self.conditions(None, place);
                    (!self.is_stopped())
                        .then(|| Narrowed::new(segment, rows, conditions))
                        .flatten()
                },
            });
            self.page = Some(page.from(begin));
        }
        self
    }

    fn run(&self) -> Part<'_> {
        if self.wants_only_page() {
            self.waves()
        } else {
            self.all()
        }
    }

    /// Whether anything is wanted but lines of sign-ins that are alike.
    fn wants_rest(&self) -> bool {
        self.ask.folded.is_none() || self.ask.page.is_some() || self.ask.counts || self.wants_rows()
    }

    fn wants_only_page(&self) -> bool {
        let ask = self.ask;
        self.page.is_some()
            && !(ask.counts
                || ask.histogram.is_some()
                || ask.series.is_some()
                || ask.facets.is_some()
                || ask.groups.is_some())
    }

    /// Whether more is wanted of a segment's rows than some of them and their number.
    fn wants_rows(&self) -> bool {
        let ask = self.ask;
        let is_counted = ask.counts && ask.outcomes;
        is_counted
            || ask.histogram.is_some()
            || ask.series.is_some()
            || ask.facets.is_some()
            || ask.groups.is_some()
    }

    fn begin(&self) -> Part<'_> {
        let buckets = self
            .ask
            .histogram
            .as_ref()
            .map_or(0, |ask| ask.edges_micros.len().saturating_sub(1));
        let columns = self.ask.facets.iter().flat_map(|facets| &facets.columns);
        Part {
            best: Best::default(),
            counts: Counts::default(),
            bars: vec![[0; 4]; buckets],
            tallies: columns
                .map(|column| Tally::new(column, self.view))
                .collect(),
            series: self
                .ask
                .series
                .as_ref()
                .map(|series| Charting::new(series, self.view)),
            groups: self
                .ask
                .groups
                .as_ref()
                .map(|groups| Grouping::new(groups, self.view)),
        }
    }

    /// The segments that may have rows, with their places in the view: newest first.
    fn segments(&self) -> Vec<(usize, &'a Segment)> {
        let (segments, spans) = (self.view.segments(), self.view.spans());
        let may = |place: &usize| {
            spans.get(*place).is_some_and(|(newest, oldest)| {
                self.from.is_none_or(|from| *newest >= from)
                    && self.to.is_none_or(|to| *oldest < to)
            })
        };
        let places: Vec<usize> = match &self.hits {
            Some((_, hits)) => hits.places(),
            None => (0..segments.len()).collect(),
        };
        let places = places.into_iter().filter(may);
        places.map(|place| (place, &*segments[place])).collect()
    }

    /// Everything, in one go.
    fn all(&self) -> Part<'_> {
        let segments = self.segments();
        let rows: usize = segments.iter().map(|(_, segment)| segment.rows()).sum();
        let parts = parallel::fold(
            &segments,
            if self.is_rare() { rows / RARE } else { rows },
            || self.begin(),
            |part, (place, segment)| self.visit(part, *place, segment),
        );
        self.joined(parts)
    }

    /// A page alone: no more segments than it takes to fill it.
    fn waves(&self) -> Part<'_> {
        let Some(page) = &self.page else {
            return self.begin();
        };
        let mut segments = self.segments();
        segments.retain(|(_, segment)| self.ask.tabs.has(segment.tab()));
        if page.is_oldest_first() {
            segments.sort_by_key(|(_, segment)| segment.span().map(|(_, oldest)| oldest));
        }
        let is_dear = self.is_dear();
        let mut part = self.begin();
        let mut rest = segments.as_slice();
        let mut wave_rows = FIRST_WAVE_ROWS;
        while !rest.is_empty() {
            let mut rows = 0;
            let length = rest.iter().take_while(|(_, segment)| {
                let is_first = rows == 0;
                rows += segment.rows();
                is_first || rows <= wave_rows
            });
            let (wave, later) = rest.split_at(length.count());
            let rows = wave.iter().map(|(_, segment)| segment.rows()).sum();
            if rest.len() == segments.len() || !is_dear {
                // Most pages are full at once.
                wave.iter()
                    .for_each(|(place, segment)| self.visit(&mut part, *place, segment));
            } else {
                let mut parts = parallel::fold(
                    wave,
                    rows,
                    || self.begin(),
                    |part, (place, segment)| self.visit(part, *place, segment),
                );
                parts.push(part);
                part = self.joined(parts);
            }
            if self.is_stopped()
                || page.is_done(&part.best, later.iter().map(|(_, segment)| *segment))
            {
                break;
            }
            rest = later;
            wave_rows *= 2;
        }
        part
    }

    /// Whether rows have to be looked at one by one, so that a second thread is worth its start.
    fn is_dear(&self) -> bool {
        let is_newest_first = self.page.as_ref().is_some_and(PagePlan::is_newest_first);
        let is_plain = self.clauses.is_empty() && is_newest_first;
        !is_plain && !self.is_rare()
    }

    /// Whether some condition leaves so few rows that segments are mostly passed over.
    fn is_rare(&self) -> bool {
        let mut clauses = self.clauses.iter();
        clauses.any(|clause| clause.condition.is_rare(self.view))
    }

    /// What is read.
    pub fn view(&self) -> &'a View {
        self.view
    }

    /// What is asked.
    pub fn query(&self) -> &'a Query {
        &self.ask.query
    }

    /// The first moment that is too new, in microseconds since 1970.
    pub fn to(&self) -> Option<i64> {
        self.to
    }

    /// The segments of the kinds asked for that may have rows before a moment, newest first, with their places
    /// in the view.
    pub fn asked_segments(&self, to: Option<i64>) -> Vec<(usize, &'a Segment)> {
        let is_beyond = |segment: &Segment| matches!((segment.span(), to), (Some((_, oldest)), Some(to)) if oldest >= to);
        let mut segments = self.segments();
        segments.retain(|(_, segment)| self.ask.tabs.has(segment.tab()) && !is_beyond(segment));
        segments
    }

    /// The rows of a segment before a moment that meet all conditions, in their order.
    pub fn rows_of(&self, place: usize, segment: &Segment, to: Option<i64>) -> Vec<u16> {
        let mut rows = Vec::new();
        let stretch = segment.within(self.from, to);
        if let Some(narrowed) = Narrowed::new(segment, stretch, self.conditions(None, place)) {
            narrowed.each(usize::MAX, |block| {
                block.each(|row| rows.extend(u16::try_from(row)));
                ControlFlow::Continue(())
            });
        }
        rows
    }

    /// How many rows before a moment some segments have, where no condition says otherwise.
    pub fn plain_count(&self, segments: &[(usize, &Segment)], to: Option<i64>) -> Option<u64> {
        let rows = segments.iter();
        let rows = rows.map(|(_, segment)| segment.within(self.from, to).len() as u64);
        self.clauses.is_empty().then(|| rows.sum())
    }

    /// Whether the answer is not wanted any more.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn joined<'s>(&'s self, parts: Vec<Part<'s>>) -> Part<'s> {
        let mut parts = parts.into_iter();
        let mut all = parts.next().unwrap_or_else(|| self.begin());
        for part in parts {
            all.join(part, self.page.as_ref());
        }
        all
    }

    /// The conditions for a segment, with its codes that meet them where these are known.
    fn conditions(
        &self,
        without: Option<&str>,
        place: usize,
    ) -> impl Iterator<Item = (&'a Condition, Option<Vec<Local>>)> {
        let counts = move |(_, clause): &(usize, &Clause)| {
            without.is_none()
                || clause
                    .column
                    .is_none_or(|column| Some(column.id) != without)
        };
        let clauses = self.clauses.iter().enumerate().filter(counts);
        clauses.map(move |(number, clause)| {
            let hits = self.hits.as_ref().filter(|(of, _)| *of == number);
            (&clause.condition, hits.and_then(|(_, hits)| hits.of(place)))
        })
    }

    fn visit<'b>(&'b self, part: &mut Part<'b>, place: usize, segment: &'b Segment) {
        if self.is_stopped() {
            return;
        }
        let is_asked = self.ask.tabs.has(segment.tab());
        if !is_asked && !self.ask.counts {
            return;
        }
        let (from, to) = match &self.page {
            // What comes before the page is not looked at, where nobody counts it.
            Some(page) if self.wants_only_page() => {
                let ends = [self.to, page.too_new()];
                (
                    self.from.max(page.too_old()),
                    ends.into_iter().flatten().min(),
                )
            }
            _ => (self.from, self.to),
        };
        let rows = segment.within(from, to);
        if let Some(narrowed) = Narrowed::new(segment, rows.clone(), self.conditions(None, place)) {
            if is_asked {
                self.visit_asked(part, &narrowed);
            } else {
                part.counts.by_tab[segment.tab().index()] += count(&narrowed);
            }
        }
        for facets in self
            .facets
            .iter()
            .filter(|facets| is_asked && facets.without.is_some())
        {
            if let Some(narrowed) = Narrowed::new(
                segment,
                rows.clone(),
                self.conditions(facets.without, place),
            ) {
                tally(part, &facets.columns, &narrowed);
            }
        }
    }

    fn visit_asked<'b>(&'b self, part: &mut Part<'b>, narrowed: &Narrowed<'b>) {
        let segment = narrowed.segment();
        if let Some(page) = &self.page {
            page.visit(narrowed, &mut part.best);
        }
        let by_tab = segment.tab().index();
        if self.ask.counts && !self.wants_rows() {
            part.counts.by_tab[by_tab] += count(narrowed);
        }
        if !self.wants_rows() || narrowed.is_empty() {
            return;
        }
        let outcomes = self.outcomes.of(segment);
        let stretches = self
            .ask
            .histogram
            .as_ref()
            .map(|ask| histogram::stretches(&ask.edges_micros, segment));
        let columns = self
            .facets
            .first()
            .map_or(&[][..], |facets| &facets.columns);
        for column in columns {
            part.tallies[*column].begin(narrowed);
        }
        if let Some(groups) = &mut part.groups {
            groups.begin(narrowed, &outcomes);
        }
        if let Some(series) = &mut part.series {
            series.begin(narrowed, &outcomes);
        }
        narrowed.each(usize::MAX, |block| {
            if self.ask.counts {
                part.counts.by_tab[by_tab] += block.count();
            }
            if self.ask.counts && self.ask.outcomes {
                for (total, code) in part.counts.by_outcome.iter_mut().zip(outcomes.locals) {
                    *total += code.map_or(0, |code| outcomes.count(&block, code));
                }
            }
            if let Some(stretches) = &stretches {
                histogram::add(&mut part.bars, stretches, &outcomes, &block);
            }
            for column in columns {
                part.tallies[*column].add(segment, &block);
            }
            if let Some(groups) = &mut part.groups {
                groups.add(segment, &outcomes, &block);
            }
            if let Some(series) = &mut part.series {
                series.add(segment, &outcomes, &block);
            }
            ControlFlow::Continue(())
        });
        for column in columns {
            part.tallies[*column].end(segment);
        }
        if let Some(groups) = &mut part.groups {
            groups.end(segment, &outcomes);
        }
    }

    fn answer(&self, part: Part<'_>) -> Answer {
        let limit = self.ask.facets.as_ref().map_or(0, |facets| facets.limit);
        let pages = self.page.as_ref().zip(self.ask.page.as_ref());
        Answer {
            page: pages.map(|(plan, ask)| plan.page(part.best, ask)),
            counts: self.ask.counts.then_some(part.counts),
            histogram: self
                .ask
                .histogram
                .as_ref()
                .map_or_else(Vec::new, |ask| histogram::buckets(ask, &part.bars)),
            facets: part
                .tallies
                .into_iter()
                .map(|tally| tally.facet(self.view, limit))
                .collect(),
            series: part.series.map(|series| series.series(self.view)),
            groups: part.groups.map(|groups| groups.groups(self.view)),
            folded: None,
        }
    }
}
