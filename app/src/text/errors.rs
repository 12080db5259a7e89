//! Words of the error book.

use model::present::count;

/// Title of the book.
pub const TITLE: &str = "Error book";
/// Label of the field.
pub const FIND: &str = "Code, error text or words";
/// Button beside it.
pub const FIND_BUTTON: &str = "Find";
/// Link that empties it.
pub const RESET: &str = "Reset";
/// Label of the choice of what is listed.
pub const SEEN_LABEL: &str = "Which codes";
/// Codes that sign-ins of the range had.
pub const SEEN_HERE: &str = "Seen here";
/// All codes.
pub const ALL: &str = "All codes";
/// Label of the choice of the kind of result.
pub const CLASS: &str = "Class";
/// Label of the choice of who acts.
pub const ACTS: &str = "Who acts";
/// No choice.
pub const ANY: &str = "Any";
/// From the page of a code to the list, on small screens.
pub const TO_LIST: &str = "All listed codes";
/// Name of the list.
pub const LIST: &str = "Codes";
/// Nothing fits.
pub const NONE_TITLE: &str = "No code fits.";
/// What to do then.
pub const NONE_HELP: &str = "Choose Any for class and who acts, or look among all codes.";
/// No code was seen.
pub const NONE_SEEN_HELP: &str =
    "No sign-in of this range has an error code. All codes has the whole book.";
/// Beside the list, where no page is open.
pub const CHOOSE: &str = "Choose a code to read what it means, who acts and what to do.";
/// The counts cannot be read.
pub const FAILED_TITLE: &str = "Could not count the sign-ins";
/// A code that the book does not have.
pub const UNKNOWN_TITLE: &str = "Not in the error book";
/// What is said of it.
pub const UNKNOWN_HELP: &str = "The book does not have this code. Microsoft's lookup page may know it; the failure reason of its sign-ins says what the service said.";
/// Copies the page as text.
pub const COPY: &str = "Copy for a ticket";
/// Who acts.
pub const WHO_ACTS: &str = "Who acts";
/// How worrying.
pub const WORRY: &str = "How worrying";
/// How often here.
pub const SEEN: &str = "Seen here";
/// It was not seen in the range.
pub const NOT_SEEN: &str = "Not in this range";
/// What to say.
pub const TELL: &str = "What to tell the person";
/// What to check.
pub const CHECK: &str = "What to check";
/// What is mistaken for it.
pub const CONFUSED: &str = "Often confused with";
/// Who knows more.
pub const LOOKUP: &str = "Look it up at Microsoft";
/// Label of the first and the last of all time.
pub const EVER: &str = "First and last of all that is kept";
/// Microsoft gives a name or a hint, no more.
pub const NAMED_ONLY: &str =
    "Microsoft gives this code a name or a short hint and no description: read it with care.";
/// Nothing is known.
pub const NUMBER_ONLY: &str = "Microsoft describes this code nowhere that we know of.";
/// Title of the list of people.
pub const PEOPLE: &str = "People";
/// Title of the list of applications.
pub const APPLICATIONS: &str = "Applications";
/// Title of the list of addresses.
pub const ADDRESSES: &str = "Addresses";

/// How many codes there are, and how many of them were seen.
pub fn numbers(all: usize, seen: usize) -> String {
    format!("{all} codes in the book, {seen} seen here in this range.")
}

/// What a code comes to, and who acts.
pub fn about(outcome: &str, acts: Option<&str>) -> String {
    match acts {
        Some(acts) => format!("{outcome}, {} acts", lower(acts)),
        None => format!("{outcome}, nobody has to act"),
    }
}

fn lower(words: &str) -> String {
    match words.strip_prefix("The ") {
        Some(rest) => format!("the {rest}"),
        None if words == "Microsoft" => words.to_owned(),
        None => words.to_lowercase(),
    }
}

/// Link to the sign-ins of a code.
pub fn open_sign_ins(number: u64) -> String {
    match number {
        1 => "Open 1 sign-in".to_owned(),
        number => format!("Open {} sign-ins", count(number)),
    }
}

/// How many people.
pub fn of_people(people: u64) -> String {
    match people {
        1 => "1 person".to_owned(),
        people => format!("{} people", count(people)),
    }
}

/// What makes it more worrying.
pub fn look_twice(note: &str) -> String {
    format!("Look twice: {note}.")
}
