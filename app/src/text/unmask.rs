//! Words where names and addresses are masked.

/// What is masked.
pub const MASKED: &str = "Names and addresses are masked for your roles. The same name always stands for the same person.";
/// The way to see who it was.
pub const PERSON: &str = "Show who it was";
/// The way to see the addresses.
pub const ADDRESS: &str = "Show the address";
/// Label of the reason.
pub const REASON: &str = "Why do you need to know?";
/// What becomes of it.
pub const RECORDED: &str = "Your name and this reason are recorded. You see it for an hour.";
/// The button.
pub const SHOW: &str = "Show it";
/// Fewest characters of a reason: a ticket's number with a word.
pub const SHORTEST_REASON_CHARS: usize = 10;
/// Most characters of a reason.
pub const LONGEST_REASON_CHARS: usize = 300;
/// A reason that is none.
pub const NO_REASON: &str = "Say in 10 to 300 characters why you need to know.";
