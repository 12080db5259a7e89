//! The one field that sign-ins are filtered by and that none of them has: in which groups a person is.

use super::{Column, Derived, Display, Section, Source, ValueType};
use crate::tab::Tabs;

/// Membership of the person who signed in. Its values are names or object IDs of imported groups; who is in them
/// is filled in before anything is asked, see [`crate::query::Filter::people`]. It is no column of the table: it
/// is neither shown nor sorted by.
pub static GROUP: Column = Column {
    id: "group",
    label: "Group",
    source: Source::Derived(Derived::Group),
    value_type: ValueType::Text,
    display: Display::Quiet,
    section: Section::WhoAndWhat,
    tabs: Tabs::USERS,
    default_tabs: Tabs::NONE,
    width_px: 160,
};
