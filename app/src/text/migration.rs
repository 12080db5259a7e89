//! Words about whether relying parties of AD FS can move to Entra ID.

use model::present::count;

/// Head of the column, and heading of what is said of one.
pub const STATUS: &str = "Migration status";
/// A test that passed.
pub const PASSED: &str = "Passed";
/// A test that did not.
pub const NOT_PASSED: &str = "Not passed";
/// A test that does not say what it came to.
pub const NOT_SAID: &str = "Not said";
/// Heading of the addresses.
pub const REPLY_URLS: &str = "Reply addresses";
/// No test is in the list.
pub const NO_TESTS: &str = "The list says no test.";
/// Where nothing was imported.
pub const MISSING: &str = "Whether a relying party can move to Entra ID stands in Graph's answer to reports/getRelyingPartyDetailedSummary. Bring it in to see it here.";
/// Leads to where it is brought in.
pub const BRING_IN: &str = "Bring a list in";

/// A status in the portal's words; others as they come.
pub fn status(word: &str) -> String {
    match word.to_lowercase().as_str() {
        "ready" => "Ready to migrate".to_owned(),
        "needsreview" => "Needs review".to_owned(),
        "additionalstepsrequired" => "Additional steps required".to_owned(),
        _ => word.to_owned(),
    }
}

/// A test by its name, without what all of them begin and end with.
pub fn test(name: &str) -> String {
    let name = name.strip_prefix("Test-ADFSRP").unwrap_or(name);
    let name = name.strip_suffix("CheckResult").unwrap_or(name);
    let mut words = String::with_capacity(name.len() + 8);
    let mut was_small = false;
    for letter in name.chars() {
        if letter.is_uppercase() && was_small {
            words.push(' ');
        }
        was_small = letter.is_lowercase();
        words.push(letter);
    }
    words
}

/// How many tests passed.
pub fn passed(passed: u64, all: u64) -> String {
    format!("{} of {} tests passed", count(passed), count(all))
}

/// What the list counted.
pub fn counted(users: Option<u64>, successful: Option<u64>, failed: Option<u64>) -> Option<String> {
    let numbers = [
        (users, "users"),
        (successful, "successful sign-ins"),
        (failed, "failed sign-ins"),
    ];
    let said = numbers
        .into_iter()
        .filter_map(|(number, noun)| Some(format!("{} {noun}", count(number?))));
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| format!("The list counted {} in its period.", said.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_named_in_words() {
        assert_eq!(
            test("AdditionalWSFedEndpointCheckResult"),
            "Additional WSFed Endpoint"
        );
        assert_eq!(test("Test-ADFSRPTokenLifetime"), "Token Lifetime");
        assert_eq!(test("<b>"), "<b>");
    }
}
