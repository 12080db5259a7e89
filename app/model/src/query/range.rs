//! Stretches of time.

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
    /// From so long ago (included) to so long ago (excluded), however often it is asked.
    Ago {
        /// How long ago it begins.
        from: Ago,
        /// How long ago it ends; [`Ago::NOW`] has no end, as the named ranges.
        to: Ago,
    },
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
            Range::Ago { .. } | Range::Between { .. } => None,
        }
    }

    /// The portal's label, for a named range.
    pub const fn label(self) -> Option<&'static str> {
        match self {
            Range::Last24Hours => Some("Last 24 hours"),
            Range::Last7Days => Some("Last 7 days"),
            Range::Last1Month => Some("Last 1 month"),
            Range::Ago { .. } | Range::Between { .. } => None,
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
            Range::Ago { from, to } => (
                Some(now - from.duration()),
                (to != Ago::NOW).then(|| now - to.duration()),
            ),
            Range::Between { from, to } => (from, to),
        }
    }
}

/// How long ago, as people write it: `now-3d`, `now-90m`, `now`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ago {
    amount: u32,
    unit: AgoUnit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AgoUnit {
    Minutes,
    Hours,
    Days,
    Weeks,
}

impl AgoUnit {
    const ALL: [AgoUnit; 4] = [
        AgoUnit::Minutes,
        AgoUnit::Hours,
        AgoUnit::Days,
        AgoUnit::Weeks,
    ];

    const fn letter(self) -> char {
        match self {
            AgoUnit::Minutes => 'm',
            AgoUnit::Hours => 'h',
            AgoUnit::Days => 'd',
            AgoUnit::Weeks => 'w',
        }
    }

    const fn minutes(self) -> i64 {
        match self {
            AgoUnit::Minutes => 1,
            AgoUnit::Hours => 60,
            AgoUnit::Days => 24 * 60,
            AgoUnit::Weeks => 7 * 24 * 60,
        }
    }
}

impl Ago {
    /// This moment.
    pub const NOW: Ago = Ago {
        amount: 0,
        unit: AgoUnit::Minutes,
    };
    /// A hundred years: nothing is logged that long.
    const MOST_MINUTES: i64 = 100 * 366 * 24 * 60;

    /// How long that is.
    pub fn duration(self) -> Duration {
        Duration::minutes(i64::from(self.amount) * self.unit.minutes())
    }

    /// `now-3d`.
    pub fn to_text(self) -> String {
        match self {
            Ago::NOW => "now".to_owned(),
            Ago { amount, unit } => format!("now-{amount}{}", unit.letter()),
        }
    }

    /// Reads the text of [`Ago::to_text`], with blanks and in any letter case.
    pub fn parse(text: &str) -> Option<Ago> {
        let text: String = text.chars().filter(|char| !char.is_whitespace()).collect();
        let text = text.to_ascii_lowercase();
        let rest = text.strip_prefix("now")?;
        if rest.is_empty() {
            return Some(Ago::NOW);
        }
        let rest = rest.strip_prefix('-')?;
        let unit = AgoUnit::ALL
            .into_iter()
            .find(|unit| rest.ends_with(unit.letter()))?;
        let amount: u32 = rest.strip_suffix(unit.letter())?.parse().ok()?;
        let is_short = i64::from(amount) * unit.minutes() <= Ago::MOST_MINUTES;
        match amount {
            0 => Some(Ago::NOW),
            _ => is_short.then_some(Ago { amount, unit }),
        }
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

    #[test]
    fn what_people_type_is_read() {
        for (text, written) in [
            ("now-3d", "now-3d"),
            (" Now - 90 M ", "now-90m"),
            ("now-2w", "now-2w"),
            ("now-0h", "now"),
            ("now", "now"),
        ] {
            assert_eq!(Ago::parse(text).map(Ago::to_text).as_deref(), Some(written));
        }
        for text in [
            "3d",
            "now-",
            "now-d",
            "now-3y",
            "now+3d",
            "now-99999999w",
            "now-4294967296m",
        ] {
            assert_eq!(Ago::parse(text), None, "{text}");
        }
        let now = crate::time::read("2026-11-24T10:42:00Z").expect("a moment");
        let ago = |text| Ago::parse(text).expect("an age");
        let range = Range::Ago {
            from: ago("now-2d"),
            to: ago("now-1d"),
        };
        let (from, to) = range.bounds(now);
        assert_eq!(
            (from, to),
            (Some(now - Duration::days(2)), Some(now - Duration::days(1)))
        );
    }
}
