//! The choice of columns.

/// What can be chosen from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnChoice {
    /// The query string of the page without columns and widths of its own.
    pub query: String,
    /// Word of the kind of sign-in that the choice is for.
    pub kind: String,
    /// Address of the page as it is.
    pub address: String,
    /// The chosen ones in their order.
    pub shown: Vec<ColumnLine>,
    /// The others: heading of their section, and they.
    pub sections: Vec<(String, Vec<ColumnLine>)>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnLine {
    /// Its id.
    pub id: String,
    /// The portal's label.
    pub label: String,
    /// Position among those that are shown before anybody chose.
    pub default_at: Option<usize>,
}

impl ColumnChoice {
    /// How many there are.
    pub fn number(&self) -> usize {
        let others = self.sections.iter().map(|(_, lines)| lines.len());
        self.shown.len() + others.sum::<usize>()
    }
}
