//! What Graph and the portal say beside the log: `userRegistrationDetails` and its older form
//! `credentialUserRegistrationDetails`, `userEventsSummary` and its older form `userCredentialUsageDetails`,
//! `getRelyingPartyDetailedSummary`, `appCredentialSignInActivities`, and the numbers that Entra ID counted itself. As a
//! page, a list, one object or lines, in Graph's or in PowerShell's letter case, or as the portal's CSV. A file is known
//! by its fields.

mod csv;
mod fields;
mod json;
mod object;

use encoding_rs::{Encoding, UTF_8};
use model::registration::RegistrationLists;
use xxhash_rust::xxh3::xxh3_128;

/// Most bytes of a file, which is read as a whole: tens of thousands of people.
pub const MOST_BYTES: usize = 32 << 20;
/// Most characters of a text; longer ones are cut.
const MOST_CHARS: usize = 512;
/// Most methods of a person, tests or addresses of a relying party, and numbers of a summary.
const MOST_ITEMS: usize = 100;
/// Most rows that could not be read that are told one by one.
const MOST_SKIPPED: usize = 20;

/// What a file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Read {
    /// Its facts, in the order of the file.
    pub lists: RegistrationLists,
    /// The same for every file with the same bytes.
    pub content_key: String,
    /// Whether it says that there are further pages.
    pub has_more: bool,
    /// How many rows or objects say nothing that is known here.
    pub skipped: u64,
    /// The first of these: line, or place in the file, from 1, and why.
    pub first_skipped: Vec<(u64, &'static str)>,
}

/// Why a file says nothing of registrations.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegistrationError {
    /// It is too large.
    #[error("the file is larger than {} MiB; bring its pages in one by one", MOST_BYTES >> 20)]
    TooLarge,
    /// It is empty.
    #[error("the file is empty")]
    Empty,
    /// It is a sign-in log.
    #[error("this is a log of sign-ins; bring it in at the top of the Import page")]
    SignIns,
    /// It is a list of groups or their members.
    #[error("this is a list of groups; bring it in on the Groups page")]
    Groups,
    /// It looks like JSON and is none.
    #[error("line {line}: not the JSON that Graph writes ({what})")]
    Json {
        /// The line.
        line: usize,
        /// What is wrong there.
        what: &'static str,
    },
    /// Graph answered with an error.
    #[error(
        "this is an error that Graph answered with, not a list; ask again with the rights that the report takes"
    )]
    GraphError,
    /// It is none of what is known.
    #[error(
        "nothing in it is known here; known are userRegistrationDetails, userEventsSummary, getRelyingPartyDetailedSummary, appCredentialSignInActivities, the summaries beside them, and the portal's CSV of the same lists"
    )]
    Unknown,
    /// It is a known list that has nobody.
    #[error("the list has nobody in it")]
    Nobody,
}

/// Reads a file.
///
/// # Errors
/// When it is no such list.
pub fn read(bytes: &[u8]) -> Result<Read, RegistrationError> {
    if bytes.len() > MOST_BYTES {
        return Err(RegistrationError::TooLarge);
    }
    // PowerShell writes UTF-16.
    let encoding = Encoding::for_bom(bytes).map_or(UTF_8, |(encoding, _)| encoding);
    let (text, _, _) = encoding.decode(bytes);
    let mut gathered = Read {
        content_key: format!("{:032x}", xxh3_128(bytes)),
        ..Read::default()
    };
    match text.trim_start().chars().next() {
        None => return Err(RegistrationError::Empty),
        Some('{' | '[') => json::read(&text, &mut gathered)?,
        Some(_) => csv::read(&text, &mut gathered)?,
    }
    match (gathered.lists.is_empty(), gathered.skipped) {
        (true, 0) => Err(RegistrationError::Nobody),
        (true, _) if gathered.is_foreign() => Err(RegistrationError::Unknown),
        _ => Ok(gathered),
    }
}

impl Read {
    fn skip(&mut self, place: u64, why: &'static str) {
        self.skipped += 1;
        if self.first_skipped.len() < MOST_SKIPPED {
            self.first_skipped.push((place, why));
        }
    }

    /// Whether nothing of the file was of a known form.
    fn is_foreign(&self) -> bool {
        self.first_skipped
            .iter()
            .all(|(_, why)| *why == object::UNKNOWN)
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(MOST_CHARS).collect()
}

#[cfg(test)]
mod tests;
