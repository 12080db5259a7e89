//! Words of the page *Authentication methods: usage*.

use model::present::count;

/// Its title.
pub const TITLE: &str = "Authentication methods activity";
/// What it counts.
pub const LEDE: &str = "How people proved who they are, from their interactive sign-ins. What another provider asked for is not recorded here, and not counted.";
/// Number of sign-ins with a second factor.
pub const MULTIFACTOR: &str = "Signed in with multifactor";
/// Number of those without.
pub const SINGLE_FACTOR: &str = "Single-factor sign-ins";
/// Number of those with a method that nobody can be talked out of.
pub const PHISHING_RESISTANT: &str = "Phishing-resistant";
/// Which methods these are.
pub const WHICH_RESISTANT: &str = "Passkey, security key, Windows Hello or certificate";
/// Number of those without a password.
pub const PASSWORDLESS: &str = "Passwordless";
/// Number of those by text message or call.
pub const TELEPHONE: &str = "Text message or call";
/// Number of those where a token brought the second factor.
pub const BY_CLAIM: &str = "Second factor from an earlier sign-in";
/// What that means.
pub const WHAT_BY_CLAIM: &str = "Nobody was asked: the token said so";
/// How often people were asked.
pub const PROMPTS: &str = "Prompts per person and day";
/// Title of the chart by requirement.
pub const BY_REQUIREMENT: &str = "Successful sign-ins by authentication requirement";
/// Title of the chart by method.
pub const BY_METHOD: &str = "Sign-ins by authentication method";
/// What that chart leaves out.
pub const BY_METHOD_NOTE: &str = "A sign-in with several methods counts for each. What a token brought is left out: nobody was asked. A column opens its sign-ins, each of which may have used several.";
/// Title of the ring.
pub const PROTECTED: &str = "Protected by multifactor";
/// Title of the field.
pub const WHEN_PROMPTED: &str = "Prompts for more than a password";
/// What the field leaves out.
pub const WHEN_PROMPTED_NOTE: &str =
    "Hours by the clock of this page. A cell opens its sign-ins; arrow keys go from cell to cell.";
/// Title of the table of methods.
pub const METHODS: &str = "Methods";
/// Its columns.
pub const METHOD_COLUMNS: [&str; 5] = ["Method", "Sign-ins", "Successful", "Failed", "People"];
/// Nothing is in it.
pub const NO_METHODS: &str = "No sign-in of this time says how somebody proved who they are.";
/// Title of the table of what verdicts come to.
pub const VERDICTS: &str = "Why there was a prompt, or none";
/// Its columns.
pub const VERDICT_COLUMNS: [&str; 3] = ["Reason", "Sign-ins", "People"];
/// Nothing is in it.
pub const NO_VERDICTS: &str = "No sign-in of this time says why.";
/// Where nothing tells.
pub const NOT_TOLD: &str = "Not told";
/// What it counts.
pub const VERDICTS_NOTE: &str = "Successful sign-ins by what the verdict on each comes to, told from their steps and from the policies about sessions. That a device or browser was new stands in no record: it is among those for which no earlier sign-in counted. Not told is what a record says nothing of, and what an earlier version of this portal imported.";
/// Title of the table of interruptions.
pub const WHY: &str = "Why people were interrupted";
/// Its columns.
pub const WHY_COLUMNS: [&str; 4] = ["Reason", "Code", "Sign-ins", "People"];
/// Nothing is in it.
pub const NO_INTERRUPTIONS: &str = "Nobody was interrupted.";
/// What it counts.
pub const WHY_NOTE: &str = "An interrupted sign-in is a step on the way to another: a prompt, a consent, a page to choose an account. The reason is what its error code stands for.";
/// Title of the list of policies.
pub const POLICIES: &str = "Policies met by those prompts";
/// What it counts.
pub const POLICIES_NOTE: &str = "Policies that applied to sign-ins where people were asked for more than a password, and were met. Where several applied, the sign-in counts for each: the record does not say which of them asked.";
/// Requirement of one factor.
pub const ONE_FACTOR: &str = "Single-factor";
/// Requirement of several.
pub const SEVERAL_FACTORS: &str = "Multifactor";

/// Title of the chart of resets.
pub const RESETS: &str = "Password resets";
/// Title of the list of their methods.
pub const RESETS_BY_METHOD: &str = "Password resets by method";
/// By the person.
pub const RESET_BY_PERSON: &str = "Reset by the person";
/// By an administrator.
pub const RESET_BY_ADMIN: &str = "Reset by an administrator";
/// A change by the person.
pub const CHANGED: &str = "Changed by the person";
/// It did not work.
pub const RESET_FAILED: &str = "Did not work";
/// Where the numbers come from.
pub const RESETS_COUNTED: &str = "As Entra ID counted them, in the lists that were imported. Unlocks of accounts are counted among resets.";
/// Where the numbers come from.
pub const RESETS_OF_EVENTS: &str = "From the events in the lists that were imported: resets by people themselves. Unlocks of accounts are counted among them.";

/// What the chart of resets shows.
pub fn resets(number: u64, days: usize) -> String {
    format!("{} on {days} days.", count(number))
}

/// What the chart of methods shows: how often methods were used, and which most.
pub fn methods_used<'a>(methods: impl Iterator<Item = (&'a str, &'a [u64])>) -> String {
    let sums: Vec<(&str, u64)> = methods
        .map(|(name, numbers)| (name, numbers.iter().sum()))
        .collect();
    let all: u64 = sums.iter().map(|(_, sum)| sum).sum();
    match sums.iter().rev().max_by_key(|(_, sum)| *sum) {
        Some((name, most)) => format!(
            "Methods were used {} times; most often {name}: {}.",
            count(all),
            count(*most)
        ),
        None => "No method was used.".to_owned(),
    }
}

/// Of how many.
pub fn of(all: u64) -> String {
    format!("of {}", count(all))
}

/// People and prompts beside the rate.
pub fn prompts_of(prompts: u64, people: u64) -> String {
    let people_word = if people == 1 { "person" } else { "people" };
    format!(
        "{} prompts, {} {people_word}",
        count(prompts),
        count(people)
    )
}

/// What the ring shows.
pub fn protected(share: &str, multifactor: u64, all: u64) -> String {
    format!(
        "{share} of successful sign-ins were with multifactor: {} of {}.",
        count(multifactor),
        count(all)
    )
}

/// What the field shows.
pub fn busiest(busiest: Option<(String, u64)>) -> String {
    match busiest {
        Some((when, number)) => format!("Most in one hour: {} from {when}.", count(number)),
        None => "None.".to_owned(),
    }
}

/// A number of tenths: "1.3".
pub fn tenths(tenths: u64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}
