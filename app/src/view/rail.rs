//! Fields beside the rows, with their most frequent values.

/// The fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rail {
    /// What the values were counted over.
    pub counted_over: String,
    /// The fields that matter first.
    pub fields: Vec<Field>,
    /// All others.
    pub others: Vec<Field>,
    /// Open fields that these kinds of sign-in do not have, as the cookie has them.
    pub elsewhere: String,
}

/// One field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Field {
    /// Its column.
    pub column: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// How many values there are, where they were counted.
    pub distinct: Option<String>,
    /// Whether more than its first values are shown.
    pub is_long: bool,
    /// The values of an open field.
    pub values: Option<FieldValues>,
    /// The open fields, if this one were open too, as the cookie has them.
    pub opening: String,
}

/// The most frequent values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldValues {
    /// What shares are shares of, where that is not the whole result.
    pub note: Option<String>,
    /// The values, the most frequent first.
    pub values: Vec<FieldValue>,
    /// How many more there are.
    pub others: u64,
    /// Whether more of them can be shown: the open fields then, as the cookie has them.
    pub showing_more: Option<String>,
}

/// One value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldValue {
    /// In words.
    pub words: String,
    /// The code behind the words.
    pub code: Option<String>,
    /// Exact number of sign-ins.
    pub rows: u64,
    /// Their share, in tenths of a percent.
    pub permille: u64,
    /// The verbs.
    pub verbs: Verbs,
}

/// Where only the sign-ins with a value are shown, where those without it are, and the page about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verbs {
    /// Only them; `None` where no filter can say that.
    pub only: Option<String>,
    /// Without them.
    pub without: Option<String>,
    /// The page about what the value names, where there is one.
    pub about: Option<String>,
}
