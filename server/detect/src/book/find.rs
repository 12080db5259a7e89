//! What somebody types or pastes into the error book: a code, `AADSTS50126`, a whole error page, or words.

use model::error_book;

use super::{Page, pages};

/// Most letters of a pasted text that are looked at; error pages have a few thousand.
const MOST_LOOKED_AT: usize = 100_000;
/// Most codes that a pasted text is taken to name.
const MOST_CODES: usize = 20;
/// What stands before a code in the texts of the service, without spaces and in small letters.
const BEFORE: [&str; 6] = [
    "aadsts",
    "aadb2c",
    "errorcode:",
    "errorcode=",
    "errorcode\":",
    "errorcode",
];

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The codes that the text names, as they come, each once. Some may not be in the book.
    pub codes: Vec<i64>,
    /// The pages that fit its words, the best first; only where it names no code.
    pub pages: Vec<i64>,
}

/// Finds codes or pages.
pub fn find(text: &str) -> Found {
    let text: String = text.chars().take(MOST_LOOKED_AT).collect();
    let text = text.trim();
    if text.is_empty() {
        return Found::default();
    }
    let codes = codes_in(text);
    if let [code] = codes.as_slice()
        && let pages = beginning_with(*code)
        && !pages.is_empty()
    {
        return Found {
            codes: Vec::new(),
            pages,
        };
    }
    if !codes.is_empty() {
        return Found {
            codes,
            pages: Vec::new(),
        };
    }
    Found {
        codes,
        pages: by_words(text),
    }
}

/// The codes that a text names: the whole text, or numbers behind the words that the service puts before them.
fn codes_in(text: &str) -> Vec<i64> {
    if let Some(codes) = only_numbers(text) {
        return codes;
    }
    let small = text.to_ascii_lowercase();
    let mut codes = Vec::new();
    let mut rest = small.as_str();
    while let Some((before, digits, after)) = at_number(rest) {
        let code = digits.parse().ok().filter(|_| is_named(before));
        if let Some(code) = code
            && !codes.contains(&code)
            && codes.len() < MOST_CODES
        {
            codes.push(code);
        }
        rest = after;
    }
    codes
}

/// The numbers of a text that is nothing else: `50126`, `50,126`, `50126, 50053`.
fn only_numbers(text: &str) -> Option<Vec<i64>> {
    let groups: Vec<&str> = text.split(',').collect();
    let is_one = groups.len() > 1
        && groups
            .iter()
            .all(|group| group.bytes().all(|byte| byte.is_ascii_digit()))
        && groups.iter().skip(1).all(|group| group.len() == 3)
        && groups
            .first()
            .is_some_and(|first| (1..=3).contains(&first.len()));
    if is_one {
        return Some(vec![groups.concat().parse().ok()?]);
    }
    let parts = text.split(|letter: char| letter.is_whitespace() || ",;".contains(letter));
    let parts = parts.filter(|part| !part.is_empty()).take(MOST_CODES);
    let mut codes: Vec<i64> = Vec::new();
    for part in parts {
        // Longer ones are something else, such as a moment.
        let code = part
            .parse()
            .ok()
            .filter(|_| part.trim_start_matches('-').len() <= 8)?;
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    Some(codes).filter(|codes| !codes.is_empty())
}

/// The codes that begin with a number that is too short for one.
fn beginning_with(number: i64) -> Vec<i64> {
    let is_whole = number >= 10_000 || error_book::entry(number).is_some();
    let digits = number.to_string();
    let codes = error_book::entries().map(|entry| entry.code);
    let codes = codes.filter(|code| !is_whole && code.to_string().starts_with(&digits));
    codes.collect()
}

/// What stands before the first number, the number, and the rest.
fn at_number(text: &str) -> Option<(&str, &str, &str)> {
    let begins = text.find(|letter: char| letter.is_ascii_digit())?;
    let (before, rest) = text.split_at(begins);
    let ends = rest.find(|letter: char| !letter.is_ascii_digit());
    let (digits, after) = rest.split_at(ends.unwrap_or(rest.len()));
    Some((before, digits, after))
}

/// Whether a text ends with what stands before codes.
fn is_named(before: &str) -> bool {
    let tail: Vec<char> = before
        .chars()
        .rev()
        .filter(|letter| !letter.is_whitespace())
        .take(12)
        .collect();
    let tail: String = tail.into_iter().rev().collect();
    BEFORE.iter().any(|word| tail.ends_with(word))
}

/// What the book says for a word that people use.
fn same(word: &str) -> &'static [&'static str] {
    match word {
        "mfa" | "2fa" | "two-factor" | "multi-factor" | "multifactor" => {
            &["second factor", "multifactor"]
        }
        "license" | "licence" => &["license", "licence"],
        "legacy" => &["old way to sign in", "legacy"],
        "denied" => &["declined", "refused", "not passed", "failed"],
        "login" | "logon" => &["sign-in", "signing in"],
        "disabled" => &["switched off", "disabled"],
        _ => &[],
    }
}

/// Pages all of whose words are there: those with them in the title first, then by code.
fn by_words(text: &str) -> Vec<i64> {
    let small = text.to_lowercase();
    let words: Vec<&str> = small.split_whitespace().collect();
    let holds = |text: &str| {
        let text = text.to_lowercase();
        let has = |word: &&str| {
            text.contains(*word) || same(word).iter().any(|other| text.contains(other))
        };
        words.iter().all(has)
    };
    let place = |page: &Page| {
        let title = page.entry.short;
        let name = page.entry.name.unwrap_or_default();
        let guide = page.guide;
        let all = [
            title,
            name,
            guide.means.as_str(),
            guide.tell.as_deref().unwrap_or_default(),
            &guide.check.join(" "),
        ];
        if holds(title) || holds(name) {
            Some(0)
        } else if holds(&all.join(" ")) {
            Some(1)
        } else {
            None
        }
    };
    let mut found: Vec<(u8, i64)> = pages()
        .filter_map(|page| Some((place(&page)?, page.entry.code)))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, code)| code).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn codes(text: &str) -> Vec<i64> {
        find(text).codes
    }

    #[test]
    fn codes_are_found_in_what_people_paste() {
        assert_eq!(codes("50126"), [50_126]);
        assert_eq!(codes(" 50,126 "), [50_126]);
        assert_eq!(codes("50126, 50053"), [50_126, 50_053]);
        assert_eq!(codes("50126 50053;50126"), [50_126, 50_053]);
        assert_eq!(codes("7,000,222"), [7_000_222]);
        assert_eq!(codes("AADSTS50126"), [50_126]);
        assert_eq!(
            codes("aadsts 700016: Application with identifier"),
            [700_016]
        );
        assert_eq!(codes("Error Code: 53003"), [53_003]);
        assert_eq!(codes("\"errorCode\": 50105,"), [50_105]);
        assert_eq!(
            codes("https://login.example/error?code=1&errorcode=90094"),
            [90_094]
        );
        let page = "Sorry, but we are having trouble signing you in.\n\
            AADSTS50105: Your administrator has configured the application to block users.\n\
            Request Id: 5f1c0000-0000-4000-8000-000000000000\n\
            Correlation Id: 11111111-2222-4333-8444-555555555555\n\
            Timestamp: 2026-11-24T10:41:57Z\n\
            Error Code: 50105 and before that AADSTS50058";
        assert_eq!(codes(page), [50_105, 50_058]);
    }

    #[test]
    fn other_numbers_are_no_codes() {
        assert_eq!(codes("2026-11-24 10:41 port 443"), Vec::<i64>::new());
        assert_eq!(codes("AADSTS99999999999999999999"), Vec::<i64>::new());
        assert_eq!(codes(""), Vec::<i64>::new());
    }

    #[test]
    fn words_find_pages_with_titles_first() {
        let found = find("Compliant DEVICE").pages;
        assert_eq!(found.first(), Some(&53_000), "{found:?}");
        assert!(find("InvalidUserNameOrPassword").pages.contains(&50_126));
        assert!(find("zebra umbrella").pages.is_empty());
    }

    #[test]
    fn the_words_of_help_desks_and_beginnings_of_codes_find_pages() {
        assert!(find("mfa denied").pages.contains(&500_121));
        assert!(find("two-factor").pages.contains(&50_074));
        assert_eq!(find("5012").codes, Vec::<i64>::new());
        assert!(find("5012").pages.contains(&50_126));
        assert_eq!(codes("0"), [0]);
    }

    proptest! {
        #[test]
        fn any_text_is_looked_at(text in ".{0,400}") {
            let found = find(&text);
            prop_assert!(found.codes.len() <= MOST_CODES);
            prop_assert!(found.codes.is_empty() || found.pages.is_empty());
        }

        #[test]
        fn a_code_is_found_wherever_it_stands(code in 10_000_i64..10_000_000, before in "[a-z .]{0,40}", after in "[a-z .]{0,40}") {
            prop_assert_eq!(codes(&format!("{before} AADSTS{code}: {after}")), vec![code]);
        }
    }
}
