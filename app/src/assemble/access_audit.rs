//! What the address of the record of who looked at what says, and other addresses of the same.

use model::Query;
use model::query::{Problem, take_parts};

use super::date_pill::date_pill;
use super::filters::fields;
use super::moments::{Clock, in_known_zone};
use super::typed_range;
use crate::keeping::AuditAsk;
use crate::text::access_audit as text;
use crate::view::filters::{DatePill, Hidden};
use crate::view::safe_text::escaped;

/// The page.
pub const PATH: &str = "/access-audit";
/// Where the same lines are downloaded.
pub const DOWNLOAD_PATH: &str = "/api/access-audit.csv";
/// What narrows it beside time: names in addresses, in the order of the pills.
pub const FILTERS: [&str; 4] = ["who", "what", "ip", "of"];
/// Names of the other parts.
const OTHERS: [&str; 2] = ["before", "row"];

/// Which lines are asked for, and which of them is open.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AuditPlace {
    /// The stretch of time and the zone; all else of it is as usual.
    pub query: Query,
    /// Values of [`FILTERS`], empty where nothing is narrowed.
    pub filters: [String; 4],
    /// Those before this line: its moment in milliseconds since 1970, and its number.
    pub before: Option<(i64, i64)>,
    /// Number of the line that is open.
    pub row: Option<i64>,
}

impl AuditPlace {
    /// What a query string says, and what of it was not understood. `true` where a form said it: another address says
    /// the same in the canonical way.
    pub fn read(text: &str) -> (AuditPlace, Vec<Problem>, bool) {
        let names: Vec<&str> = FILTERS.into_iter().chain(OTHERS).collect();
        let (own, rest) = take_parts(text, &names);
        let part = |name: &str| {
            let mut parts = own.iter();
            let found = parts.find(|(part, _)| part == name);
            found.map(|(_, value)| value.trim().to_owned())
        };
        let typed = typed_range::taken(&rest);
        let is_typed = typed.is_some();
        let (read, problems) = in_known_zone(typed.unwrap_or_else(|| Query::parse(&rest)));
        let place = AuditPlace {
            query: Query {
                range: read.range,
                time_zone: read.time_zone,
                ..Query::default()
            },
            filters: FILTERS.map(|name| part(name).unwrap_or_default()),
            before: part("before").and_then(|before| {
                let (at_ms, number) = before.split_once('-')?;
                Some((at_ms.parse().ok()?, number.parse().ok()?))
            }),
            row: part("row").and_then(|row| row.parse().ok()),
        };
        let is_of_form = own.iter().any(|(_, value)| value.is_empty());
        (place, problems, is_typed || is_of_form)
    }

    /// The query string, without `?`.
    fn text(&self) -> String {
        let mut parts = vec![self.query.to_text()];
        let filters = FILTERS.iter().zip(&self.filters);
        let filters = filters.filter(|(_, value)| !value.is_empty());
        parts.extend(filters.map(|(name, value)| format!("{name}={}", escaped(value))));
        parts.extend(
            self.before
                .map(|(at_ms, number)| format!("before={at_ms}-{number}")),
        );
        parts.extend(self.row.map(|row| format!("row={row}")));
        parts.retain(|part| !part.is_empty());
        parts.join("&")
    }

    /// The address of the page.
    pub fn address(&self) -> String {
        self.address_at(PATH)
    }

    fn address_at(&self, path: &str) -> String {
        match self.text() {
            text if text.is_empty() => path.to_owned(),
            text => format!("{path}?{text}"),
        }
    }

    /// Where all of these lines are downloaded.
    pub fn download_address(&self) -> String {
        self.from_the_newest().address_at(DOWNLOAD_PATH)
    }

    /// The same from its newest line on, with none open.
    pub fn from_the_newest(&self) -> AuditPlace {
        AuditPlace {
            before: None,
            row: None,
            ..self.clone()
        }
    }

    /// The same with another value in the place of one of [`FILTERS`].
    pub fn with_filter(&self, index: usize, value: &str) -> AuditPlace {
        let mut place = self.from_the_newest();
        if let Some(filter) = place.filters.get_mut(index) {
            value.clone_into(filter);
        }
        place
    }

    /// The same with a line open, or none.
    pub fn with_row(&self, row: Option<i64>) -> AuditPlace {
        AuditPlace {
            row,
            ..self.clone()
        }
    }

    /// What is asked of the record.
    pub fn ask(&self, clock: &Clock, limit: usize) -> AuditAsk {
        let (from, to) = self.query.range.bounds(clock.now);
        let [username, action, address, subject] = self.filters.clone();
        AuditAsk {
            username,
            action,
            address,
            subject,
            from,
            to,
            before: self.before,
            limit,
        }
    }

    /// The fields of the query and of all filters but one, for the form of that one; of all filters for the form of the
    /// stretch of time.
    pub fn hidden(&self, but: Option<usize>) -> Vec<Hidden> {
        let mut hidden = match but {
            Some(_) => fields(&self.query),
            None => Vec::new(),
        };
        let filters = FILTERS.iter().zip(&self.filters).enumerate();
        let others = filters.filter(|(index, (_, value))| Some(*index) != but && !value.is_empty());
        hidden.extend(others.map(|(_, (name, value))| ((*name).to_owned(), value.clone())));
        hidden
    }

    /// The pill with the stretch of time. Its links keep the filters.
    pub fn date_pill(&self, clock: &Clock) -> DatePill {
        let kept = self.from_the_newest();
        let own = AuditPlace {
            query: Query::default(),
            ..kept.clone()
        };
        let own = own.text();
        let with_own = |address: String| match (own.is_empty(), address.contains('?')) {
            (true, _) => address,
            (false, true) => format!("{address}&{own}"),
            (false, false) => format!("{address}?{own}"),
        };
        let mut pill = date_pill(&kept.query, clock, PATH);
        for (_, address, _) in pill.quick.iter_mut().chain(&mut pill.zones) {
            *address = with_own(std::mem::take(address));
        }
        for (_, address) in &mut pill.moves {
            *address = with_own(std::mem::take(address));
        }
        pill.hidden.extend(self.hidden(None));
        pill
    }

    /// What a filter narrows to, in words.
    pub fn words(&self, index: usize) -> Option<String> {
        let value = self.filters.get(index).filter(|value| !value.is_empty())?;
        Some(match FILTERS.get(index) {
            Some(&"what") => text::action(value),
            _ => value.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_address_says_is_written_as_it_was_read() {
        for address in [
            "",
            "range=7d",
            "range=7d&who=ann%40x.example&what=query&ip=192.0.2.1&of=a%26b%20%2B&before=5-3&row=12",
            "from=2026-11-20T08:00:00Z&to=2026-11-20T10:00:00Z&of=%3Cb%3E",
            "tz=utc&what=open",
        ] {
            let (place, problems, is_of_form) = AuditPlace::read(address);
            assert_eq!(place.text(), address);
            assert!(problems.is_empty() && !is_of_form, "{address}");
        }
    }

    #[test]
    fn what_is_not_understood_narrows_nothing() {
        let (place, _, is_of_form) = AuditPlace::read("who=&row=x&before=5&q=ceo&f=a:eq:b");
        assert!(is_of_form);
        assert_eq!(place, AuditPlace::default());
        let (_, problems, _) = AuditPlace::read("from_local=nonsense&to_local=");
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn links_of_the_pills_keep_the_others() {
        let (place, ..) = AuditPlace::read("range=7d&who=ann&what=open&before=5-3&row=12");
        assert_eq!(
            place.with_filter(0, "").address(),
            "/access-audit?range=7d&what=open"
        );
        assert_eq!(
            place.with_row(None).address(),
            "/access-audit?range=7d&who=ann&what=open&before=5-3"
        );
        assert_eq!(
            place.download_address(),
            "/api/access-audit.csv?range=7d&who=ann&what=open"
        );
        let clock = Clock {
            now: model::time::read("2026-11-24T10:00:00Z").expect("a moment"),
            zone: chrono_tz::Tz::UTC,
            own_zone: chrono_tz::Tz::UTC,
        };
        let pill = place.date_pill(&clock);
        let links: Vec<&String> = pill
            .quick
            .iter()
            .map(|(_, address, _)| address)
            .chain(pill.moves.iter().map(|(_, address)| address))
            .collect();
        assert!(
            links
                .iter()
                .all(|link| link.contains("who=ann&what=open") && !link.contains("row=")),
            "{links:?}"
        );
        let hidden = place.hidden(Some(0));
        let names: Vec<&str> = hidden.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["range", "what"]);
    }
}
