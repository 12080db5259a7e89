//! The shapes in which sign-ins come, told apart by the names of their properties.

use super::object::Entry;

/// Shape of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shape {
    /// A Graph `signIn`, v1.0 or beta; also what the portal downloads as JSON.
    Graph,
    /// A diagnostic-settings record: an envelope with `properties`.
    Diagnostic,
    /// A row of a Log Analytics table.
    LogAnalytics,
    /// A row of the portal's CSV download.
    PortalCsv,
}

impl Shape {
    /// All shapes.
    pub const ALL: [Shape; 4] = [
        Shape::Graph,
        Shape::Diagnostic,
        Shape::LogAnalytics,
        Shape::PortalCsv,
    ];

    /// The word kept in the lake.
    pub const fn as_str(self) -> &'static str {
        match self {
            Shape::Graph => "graph",
            Shape::Diagnostic => "diagnostic",
            Shape::LogAnalytics => "loganalytics",
            Shape::PortalCsv => "portalcsv",
        }
    }

    /// What people call it.
    pub const fn label(self) -> &'static str {
        match self {
            Shape::Graph => "Graph JSON",
            Shape::Diagnostic => "diagnostic settings",
            Shape::LogAnalytics => "Log Analytics",
            Shape::PortalCsv => "portal CSV",
        }
    }

    /// Reads the word of [`Shape::as_str`].
    pub fn parse(text: &str) -> Option<Shape> {
        Shape::ALL.into_iter().find(|shape| shape.as_str() == text)
    }

    /// The shape of a record with these properties.
    pub fn of(entries: &[Entry<'_>]) -> Shape {
        let mut properties = false;
        let mut envelope = false;
        let mut generated = false;
        let mut table = false;
        for (name, value) in entries {
            match name.len() {
                10 if name.eq_ignore_ascii_case("properties") => {
                    properties = value.starts_with(['{', '"'])
                }
                8 if name.eq_ignore_ascii_case("category") => envelope = true,
                13 if name.eq_ignore_ascii_case("operationName") => envelope = true,
                4 if name.eq_ignore_ascii_case("time") => envelope = true,
                13 if name.eq_ignore_ascii_case("TimeGenerated") => generated = true,
                _ if starts_without_case(name, "TimeGenerated [")
                    || starts_without_case(name, "CreatedDateTime [") =>
                {
                    generated = true;
                }
                // Provisioning records of Graph have an object of this name.
                12 if name.eq_ignore_ascii_case("SourceSystem") => table |= value.starts_with('"'),
                11 if name.eq_ignore_ascii_case("AADTenantId") => table = true,
                15 if name.eq_ignore_ascii_case("LocationDetails") => table = true,
                10 if name.eq_ignore_ascii_case("ResultType") => table = true,
                10 if name.trim().eq_ignore_ascii_case("Request ID") => return Shape::PortalCsv,
                _ => {}
            }
        }
        if properties && (envelope || generated) {
            Shape::Diagnostic
        } else if generated || table {
            Shape::LogAnalytics
        } else {
            Shape::Graph
        }
    }
}

fn starts_without_case(text: &str, start: &str) -> bool {
    text.get(..start.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::object::entries;

    #[test]
    fn shapes_are_told_by_their_names() {
        for (text, shape) in [
            (r#"{"id":"a","createdDateTime":"x"}"#, Shape::Graph),
            (
                r#"{"Id":"a","CreatedDateTime":"x","Status":{}}"#,
                Shape::Graph,
            ),
            (
                r#"{"time":"x","category":"SignInLogs","properties":{}}"#,
                Shape::Diagnostic,
            ),
            (
                r#"{"TIME":"x","Category":"SignInLogs","PROPERTIES":"{}"}"#,
                Shape::Diagnostic,
            ),
            (
                r#"{"TimeGenerated":"x","Type":"SigninLogs"}"#,
                Shape::LogAnalytics,
            ),
            (
                r#"{"CreatedDateTime [UTC]":"x","Status":""}"#,
                Shape::LogAnalytics,
            ),
            (r#"{"Date (UTC)":"x","Request ID":"a"}"#, Shape::PortalCsv),
        ] {
            assert_eq!(
                Shape::of(&entries(text).expect("an object")),
                shape,
                "{text}"
            );
        }
    }

    #[test]
    fn words_come_back_as_their_shape() {
        for shape in Shape::ALL {
            assert_eq!(Shape::parse(shape.as_str()), Some(shape));
        }
    }
}
