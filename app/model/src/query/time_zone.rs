//! The zone in which moments are shown.

/// In which zone moments are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TimeZone {
    /// The reader's own, as the portal does it.
    #[default]
    Local,
    /// UTC, as the log has it.
    Utc,
    /// The one of this name, whoever reads.
    Named(ZoneName),
}

impl TimeZone {
    /// The word in addresses.
    pub fn as_str(&self) -> &str {
        match self {
            TimeZone::Local => "local",
            TimeZone::Utc => "utc",
            TimeZone::Named(name) => name.as_str(),
        }
    }

    /// Reads the word of [`TimeZone::as_str`]. Whether there is a zone of a name is not known here.
    pub fn parse(text: &str) -> Option<TimeZone> {
        let text = text.trim();
        [TimeZone::Local, TimeZone::Utc]
            .into_iter()
            .find(|zone| zone.as_str().eq_ignore_ascii_case(text))
            .or_else(|| ZoneName::parse(text).map(TimeZone::Named))
    }
}

/// A text that is written as the names of zones in the IANA database are, such as `Europe/Oslo`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ZoneName {
    /// The name, and zeros behind it: a query is copied often, and a name is short.
    bytes: [u8; LONGEST_NAME_BYTES],
}

/// The longest name there is has 32 bytes.
const LONGEST_NAME_BYTES: usize = 40;

impl ZoneName {
    /// Reads a name: parts of letters, digits and `_+-`, each beginning with a letter, with `/` between them.
    pub fn parse(text: &str) -> Option<ZoneName> {
        let is_part = |part: &str| {
            part.starts_with(|char: char| char.is_ascii_alphabetic())
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"_+-".contains(&byte))
        };
        if !text.split('/').all(is_part) {
            return None;
        }
        let mut bytes = [0; LONGEST_NAME_BYTES];
        bytes
            .get_mut(..text.len())?
            .copy_from_slice(text.as_bytes());
        Some(ZoneName { bytes })
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        let text = std::str::from_utf8(&self.bytes).unwrap_or_default();
        text.trim_end_matches('\0')
    }
}

impl std::fmt::Debug for ZoneName {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_by_their_shape() {
        for name in [
            "Europe/Oslo",
            "America/Argentina/ComodRivadavia",
            "Etc/GMT+10",
            "America/Port-au-Prince",
            "EST5EDT",
        ] {
            let zone = TimeZone::parse(&format!(" {name} ")).expect("a zone");
            assert_eq!(zone.as_str(), name);
            assert!(matches!(zone, TimeZone::Named(_)));
        }
        assert_eq!(TimeZone::parse("UTC"), Some(TimeZone::Utc));
        assert_eq!(TimeZone::parse("Local"), Some(TimeZone::Local));
    }

    #[test]
    fn what_is_no_name_is_refused() {
        let long = "A".repeat(LONGEST_NAME_BYTES + 1);
        for text in [
            "",
            "/",
            "Europe/",
            "/Oslo",
            "Europe//Oslo",
            "..",
            "Europe/../x",
            "a b",
            "Zürich",
            "+01:00",
            "x\0",
            &long,
        ] {
            assert_eq!(TimeZone::parse(text), None, "{text}");
        }
    }
}
