//! Groups: the page about one, and what came of bringing some in.

use model::membership::Member;

use super::address::{MOST_BYTES, page_of as page_of_entity, segment};
use super::directory::{self, DirectoryAsk, of_group};
use super::window::Window;
use crate::assemble::moments::Clock;
use crate::assemble::sign_ins::PATH as BLADE;
use crate::backend::{Backend, BackendError};
use crate::groups::{FileOfMembers, GroupSeen};
use crate::text::groups as text;
use crate::view::entity::{BroughtIn, Directory, GroupFacts, Kind, Listed, SilentMember};
use crate::view::safe_text::{MOST_IN_CELL, shown};

/// Where the list of groups is.
pub const PATH: &str = "/groups";
/// Most people without a sign-in that are listed.
const MOST_SILENT: usize = 200;

/// The page about a group, by what a filter calls it.
pub fn page_of(word: &str) -> Option<String> {
    let has_page = !word.is_empty() && word.len() <= MOST_BYTES;
    has_page.then(|| format!("{PATH}/{}", segment(word)))
}

/// The people of a group with their sign-ins; `None` when there is no such group.
///
/// # Errors
/// Those of the backend.
pub async fn one(
    backend: &dyn Backend,
    word: &str,
    query: &str,
    clock: &Clock,
) -> Result<Option<Directory>, BackendError> {
    let ask = DirectoryAsk::of(Listed::Members(word.to_owned()), query);
    let window = Window::of(query);
    let people = DirectoryAsk::of(Listed::Users, query).query();
    let Some((seen, silent)) = backend.group(word, &people).await? else {
        return Ok(None);
    };
    let mut directory = directory::directory(backend, &ask, clock).await;
    directory.group = Some(GroupFacts {
        id: seen.id.clone(),
        name: shown(&seen.name, MOST_IN_CELL),
        blade: window.query().with_filter(of_group(word)).to_address(BLADE),
        facts: facts(&seen, clock),
        silent: silent
            .iter()
            .take(MOST_SILENT)
            .map(|member| silent_member(member, window))
            .collect(),
        silent_number: silent.len() as u64,
    });
    Ok(Some(directory))
}

fn facts(seen: &GroupSeen, clock: &Clock) -> Vec<String> {
    let mut facts = Vec::new();
    match &seen.numbers {
        Some(numbers) => facts.push(text::signed_in(numbers.people, seen.people)),
        None => facts.push(text::TOO_MANY.to_owned()),
    }
    if seen.others > 0 {
        facts.push(text::others(seen.others));
    }
    if seen.unknown_groups > 0 {
        facts.push(text::unknown_groups(seen.unknown_groups));
    }
    if seen.is_cut {
        facts.push(text::CUT.to_owned());
    }
    if let Some(imported) = seen.imported {
        let origin = shown(&seen.origin, MOST_IN_CELL);
        facts.push(text::origin(&origin, &clock.in_grid(imported).text));
    }
    facts
}

fn silent_member(member: &Member, window: Window) -> SilentMember {
    let everything = Window {
        range: model::query::Range::ALL,
        ..window
    };
    let id = member.user_id.as_deref();
    let username = member.username.as_deref();
    let known = member.display_name.as_deref().or(username).or(id);
    let page = id
        .or(username)
        .and_then(|name| page_of_entity(Kind::User, name));
    SilentMember {
        name: shown(known.unwrap_or_default(), MOST_IN_CELL),
        username: shown(username.or(id).unwrap_or_default(), MOST_IN_CELL),
        page: page.map(|path| everything.address(&path, "")),
    }
}

/// What came of files of members.
pub fn imported(files: &[FileOfMembers]) -> Vec<BroughtIn> {
    let told = files.iter().map(|file| {
        let name = shown(&file.name, MOST_IN_CELL);
        if let Some(problem) = &file.problem {
            return BroughtIn {
                words: text::refused(&name, &shown(problem, MOST_IN_CELL)),
                notes: Vec::new(),
                is_refused: true,
            };
        }
        let mut notes = Vec::new();
        if file.skipped > 0 {
            notes.push(text::skipped(file.skipped, &file.first_skipped));
        }
        if !file.cut.is_empty() {
            let cut: Vec<String> = file
                .cut
                .iter()
                .map(|name| shown(name, MOST_IN_CELL))
                .collect();
            notes.push(text::cut(&cut));
        }
        BroughtIn {
            words: text::imported(&name, file.groups, file.people),
            notes,
            is_refused: false,
        }
    });
    told.collect()
}

/// A group's name and its number of sign-ins under a query, for lists of values.
pub fn as_values(groups: Vec<GroupSeen>) -> Vec<(String, u64)> {
    let mut values: Vec<(String, u64)> = groups
        .into_iter()
        .map(|group| {
            let sign_ins = group.numbers.as_ref().map_or(0, |numbers| numbers.sign_ins);
            (group.word().to_owned(), sign_ins)
        })
        .collect();
    values.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
    values
}
