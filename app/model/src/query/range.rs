//! Stretches of time and the zone in which they are shown.

use chrono::{DateTime, Duration, Utc};

/// Which stretch of time is asked for. The named ones end now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Range {
    /// The portal's default.
    #[default]
    Last24Hours,
    /// Seven days of 24 hours.
    Last7Days,
    /// Thirty days of 24 hours, which the portal calls "Last 1 month".
    Last1Month,
    /// From one moment (included) to another (excluded); an open end means all there is.
    Between {
        /// First moment that counts.
        from: Option<DateTime<Utc>>,
        /// First moment that counts no more.
        to: Option<DateTime<Utc>>,
    },
}

impl Range {
    /// All there is.
    pub const ALL: Range = Range::Between {
        from: None,
        to: None,
    };

    /// The ranges that have a name.
    pub const NAMED: [Range; 3] = [Range::Last24Hours, Range::Last7Days, Range::Last1Month];

    /// The word in addresses, for a named range.
    pub const fn as_str(self) -> Option<&'static str> {
        match self {
            Range::Last24Hours => Some("24h"),
            Range::Last7Days => Some("7d"),
            Range::Last1Month => Some("1mo"),
            Range::Between { .. } => None,
        }
    }

    /// The portal's label, for a named range.
    pub const fn label(self) -> Option<&'static str> {
        match self {
            Range::Last24Hours => Some("Last 24 hours"),
            Range::Last7Days => Some("Last 7 days"),
            Range::Last1Month => Some("Last 1 month"),
            Range::Between { .. } => None,
        }
    }

    /// Reads the word of [`Range::as_str`].
    pub fn parse(text: &str) -> Option<Range> {
        Range::NAMED.into_iter().find(|range| {
            range
                .as_str()
                .is_some_and(|word| word.eq_ignore_ascii_case(text.trim()))
        })
    }

    /// First moment included and first moment excluded, given what time it is.
    ///
    /// A named range has no end: a record whose clock runs ahead would otherwise vanish.
    pub fn bounds(self, now: DateTime<Utc>) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
        match self {
            Range::Last24Hours => (Some(now - Duration::hours(24)), None),
            Range::Last7Days => (Some(now - Duration::days(7)), None),
            Range::Last1Month => (Some(now - Duration::days(30)), None),
            Range::Between { from, to } => (from, to),
        }
    }
}

/// In which zone moments are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TimeZone {
    /// The reader's own, as the portal does it.
    #[default]
    Local,
    /// UTC, as the log has it.
    Utc,
}

impl TimeZone {
    /// The word in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            TimeZone::Local => "local",
            TimeZone::Utc => "utc",
        }
    }

    /// Reads the word of [`TimeZone::as_str`].
    pub fn parse(text: &str) -> Option<TimeZone> {
        [TimeZone::Local, TimeZone::Utc]
            .into_iter()
            .find(|zone| zone.as_str().eq_ignore_ascii_case(text.trim()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_ranges_reach_back_from_now() {
        let now = crate::time::read("2026-11-24T10:42:00Z").expect("a moment");
        let (from, to) = Range::Last7Days.bounds(now);
        assert_eq!(
            from.map(crate::time::write).as_deref(),
            Some("2026-11-17T10:42:00Z")
        );
        assert_eq!(to, None);
        assert_eq!(Range::parse("1MO"), Some(Range::Last1Month));
    }
}
