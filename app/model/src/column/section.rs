//! Where the flyout lists a column.

/// Group of fields in the flyout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// How it ended.
    Result,
    /// Who signed in, to what.
    WhoAndWhat,
    /// Where from.
    Location,
    /// With which device.
    Device,
    /// How the token was asked for.
    Token,
    /// What Identity Protection thought of it.
    Risk,
    /// The workload that signed in.
    Workload,
    /// Numbers to quote to support.
    Identifiers,
}

impl Section {
    /// All sections in the order in which the flyout shows them.
    pub const ALL: [Section; 8] = [
        Section::Result,
        Section::WhoAndWhat,
        Section::Location,
        Section::Device,
        Section::Token,
        Section::Risk,
        Section::Workload,
        Section::Identifiers,
    ];

    /// Heading of the section.
    pub const fn label(self) -> &'static str {
        match self {
            Section::Result => "Result",
            Section::WhoAndWhat => "Who and what",
            Section::Location => "Location",
            Section::Device => "Device info",
            Section::Token => "Token and protocol",
            Section::Risk => "Risk",
            Section::Workload => "Workload",
            Section::Identifiers => "Identifiers",
        }
    }
}
