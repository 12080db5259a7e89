//! The imported groups: who is in them, which sign-ins are theirs, and bringing them in.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use app::groups::{FileOfMembers, GroupImport, GroupNumbers, GroupSeen};
use chrono::{DateTime, Utc};
use ingest::membership;
use model::answer::{Group as Counted, Groups as CountedAll};
use model::ask::{Ask, GroupAsk};
use model::membership::Member;
use model::query::{Filter, People, Query};
use model::{Column, Value};
use state::{KeptGroup, StateError, Store};

use crate::limits::QueryError;
use crate::remembered::{Remembered, not_kept};

/// The groups of this server. Clones share what they know.
#[derive(Clone)]
pub struct Groups {
    store: Store,
    known: Arc<Mutex<Option<AtChange>>>,
    imports: Remembered<GroupImport>,
}

/// All groups, and the number of the change after which they are so.
type AtChange = (i64, Arc<Known>);

/// All groups as they are at a moment.
#[derive(Default)]
pub struct Known {
    groups: Vec<KnownGroup>,
    places: Places,
}

/// A group, with everybody who is in it directly or through a group in it.
struct KnownGroup {
    kept: KeptGroup,
    /// Whether another group has the same name.
    has_namesake: bool,
    everybody: Vec<Member>,
    people: Arc<People>,
    /// Groups in it that were not imported.
    unknown_groups: u64,
    /// Whether it or a group in it was cut.
    is_cut: bool,
}

impl Groups {
    /// The groups of a store.
    pub fn new(store: Store) -> Groups {
        Groups {
            store,
            known: Arc::default(),
            imports: Remembered::default(),
        }
    }

    /// All groups, read again when one changed, by whichever process.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn known(&self) -> Result<Arc<Known>, StateError> {
        let change = self.store.groups_change().await?;
        let held = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, known)) = held().as_ref()
            && *of == change
        {
            return Ok(Arc::clone(known));
        }
        let kept = self.store.groups().await?;
        let putting_together = tokio::task::spawn_blocking(|| Known::of(kept)).await;
        let known = Arc::new(putting_together.map_err(|_| StateError::Abandoned)?);
        *held() = Some((change, Arc::clone(&known)));
        Ok(known)
    }

    /// Says in the filters by group who is in them.
    ///
    /// # Errors
    /// When a group is not here, or the database fails.
    pub async fn fill(&self, query: &mut Query) -> Result<(), QueryError> {
        if query.filters.iter().any(|filter| filter.column.is_group()) {
            self.known().await?.fill(query)?;
        }
        Ok(())
    }

    /// Brings files in, each by itself. `name` is the name of the group where a file names none; without it,
    /// the name of the file is. Gives the number of the import.
    pub async fn import(
        &self,
        files: Vec<(String, Vec<u8>)>,
        name: &str,
        now: DateTime<Utc>,
    ) -> u64 {
        let mut outcome = GroupImport::default();
        for (file, bytes) in files {
            outcome
                .files
                .push(self.import_file(file, bytes, name, now).await);
        }
        self.imports.keep(outcome)
    }

    /// Brings one file in.
    pub async fn import_file(
        &self,
        file: String,
        bytes: Vec<u8>,
        name: &str,
        now: DateTime<Utc>,
    ) -> FileOfMembers {
        let mut outcome = FileOfMembers {
            name: file.clone(),
            ..FileOfMembers::default()
        };
        let list_name = match name.trim() {
            "" => stem(&file).to_owned(),
            name => name.to_owned(),
        };
        let reading =
            tokio::task::spawn_blocking(move || membership::read(&bytes, &list_name)).await;
        let read = match reading {
            Ok(Ok(read)) => read,
            Ok(Err(error)) => {
                outcome.problem = Some(error.to_string());
                return outcome;
            }
            Err(_) => {
                outcome.problem = Some("reading it was abandoned; try again".to_owned());
                return outcome;
            }
        };
        outcome.groups = read.groups.len() as u64;
        outcome.people = read
            .groups
            .iter()
            .map(|group| group.people.len() as u64)
            .sum();
        outcome.cut = read
            .groups
            .iter()
            .filter(|group| group.is_cut)
            .map(|group| group.name.clone())
            .collect();
        outcome.skipped = read.skipped;
        outcome.first_skipped = read.first_skipped;
        let kept = self
            .store
            .keep_groups(read.groups, &file, now.timestamp_millis())
            .await;
        match kept {
            Ok(()) => tracing::info!(
                groups = outcome.groups,
                people = outcome.people,
                skipped = outcome.skipped,
                "groups imported"
            ),
            Err(error) => {
                outcome.problem = Some(not_kept(&error));
            }
        }
        outcome
    }

    /// What came of an import of this process.
    pub fn outcome(&self, id: u64) -> Option<GroupImport> {
        self.imports.get(id)
    }

    /// Forgets a group.
    ///
    /// # Errors
    /// When there is none of this ID, or the database fails.
    pub async fn remove(&self, id: &str) -> Result<(), StateError> {
        self.store.remove_group(id).await
    }
}

/// A file's name without its ending.
fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

impl Known {
    fn of(kept: Vec<KeptGroup>) -> Known {
        let by_id: HashMap<&str, &KeptGroup> = kept
            .iter()
            .map(|group| (group.id.as_str(), group))
            .collect();
        let mut names: HashMap<String, usize> = HashMap::new();
        for group in &kept {
            *names
                .entry(group.membership.name.to_lowercase())
                .or_default() += 1;
        }
        let groups = kept.iter().map(|group| {
            let (everybody, unknown_groups, is_cut) = everybody(group, &by_id);
            let key = |of: fn(&Member) -> Option<&String>| {
                let keys = everybody.iter().filter_map(of);
                keys.map(|key| key.to_lowercase()).collect()
            };
            KnownGroup {
                has_namesake: names
                    .get(&group.membership.name.to_lowercase())
                    .is_some_and(|number| *number > 1),
                people: Arc::new(People {
                    user_ids: key(|member| member.user_id.as_ref()),
                    usernames: key(|member| match member.user_id {
                        Some(_) => None,
                        None => member.username.as_ref(),
                    }),
                }),
                kept: group.clone(),
                everybody,
                unknown_groups,
                is_cut,
            }
        });
        let groups: Vec<KnownGroup> = groups.collect();
        Known {
            places: Places::of_all(&groups),
            groups,
        }
    }

    /// The groups that a word means: the one with this object ID, or those with this name.
    fn named<'a>(&'a self, word: &'a str) -> impl Iterator<Item = &'a KnownGroup> {
        let word = word.to_lowercase();
        let is_id = self.groups.iter().any(|group| group.kept.id == word);
        self.groups.iter().filter(move |group| match is_id {
            true => group.kept.id == word,
            false => group.kept.membership.name.to_lowercase() == word,
        })
    }

    /// Says in the filters by group who is in them.
    ///
    /// # Errors
    /// When a group is not here.
    pub fn fill(&self, query: &mut Query) -> Result<(), QueryError> {
        let filters = query.filters.iter_mut();
        for filter in filters.filter(|filter| filter.column.is_group()) {
            filter.people = Some(self.people_of(filter)?);
        }
        Ok(())
    }

    fn people_of(&self, filter: &Filter) -> Result<Arc<People>, QueryError> {
        let mut found = Vec::new();
        for word in &filter.values {
            let before = found.len();
            found.extend(self.named(word).map(|group| Arc::clone(&group.people)));
            if found.len() == before {
                return Err(QueryError::NoGroup { name: word.clone() });
            }
        }
        if found.len() == 1
            && let Some(people) = found.pop()
        {
            return Ok(people);
        }
        let joined = |of: fn(&People) -> &Vec<String>| {
            let all: BTreeSet<&String> = found.iter().flat_map(|people| of(people)).collect();
            all.into_iter().cloned().collect()
        };
        Ok(Arc::new(People {
            user_ids: joined(|people| &people.user_ids),
            usernames: joined(|people| &people.usernames),
        }))
    }

    /// All groups, with the sign-ins of their people out of `counted`, which is grouped by user ID and
    /// username: see [`Known::ask`].
    pub fn seen(&self, counted: Option<&CountedAll>) -> Vec<GroupSeen> {
        let counted = counted.filter(|counted| !counted.is_too_many);
        let mut numbers: Vec<(GroupNumbers, HashSet<usize>)> = Vec::new();
        numbers.resize_with(self.groups.len(), Default::default);
        for group in counted.into_iter().flat_map(|counted| &counted.groups) {
            for (place, member) in self.places.of(group) {
                let Some((numbers, people)) = numbers.get_mut(place) else {
                    continue;
                };
                add(numbers, group);
                people.insert(member);
            }
        }
        let groups = self.groups.iter().zip(numbers);
        groups
            .map(|(group, (mut numbers, people))| {
                numbers.people = people.len() as u64;
                GroupSeen {
                    numbers: counted.is_some().then_some(numbers),
                    ..group.told()
                }
            })
            .collect()
    }

    /// One group, and those of its people who have no sign-in in `counted`.
    pub fn one(
        &self,
        word: &str,
        counted: Option<&CountedAll>,
    ) -> Option<(GroupSeen, Vec<Member>)> {
        let place = {
            let wanted = self.named(word).next()?;
            self.groups
                .iter()
                .position(|group| group.kept.id == wanted.kept.id)?
        };
        let seen = self.seen(counted).into_iter().nth(place)?;
        let group = self.groups.get(place)?;
        let mut silent = Vec::new();
        if let Some(counted) = counted.filter(|counted| !counted.is_too_many) {
            let present: HashSet<usize> = counted
                .groups
                .iter()
                .flat_map(|counted| self.places.of(counted))
                .filter(|(of, _)| *of == place)
                .map(|(_, member)| member)
                .collect();
            let members = group.everybody.iter().enumerate();
            let members = members.filter(|(member, _)| !present.contains(member));
            silent.extend(members.map(|(_, member)| member.clone()));
        }
        Some((seen, silent))
    }

    /// What [`Known::seen`] needs: the sign-ins of a query by person.
    pub fn ask(query: Query) -> Ask {
        let mut ask = Ask::of(query);
        ask.groups = Some(GroupAsk {
            by: vec![Column::named("user_id"), Column::named("username")],
            limit: model::answer::MOST_GROUPS,
            users: false,
            span: true,
        });
        ask
    }

    /// Number of groups, and of people in them, each counted in each group.
    pub fn size(&self) -> (usize, usize) {
        let people = self.groups.iter().map(|group| group.everybody.len());
        (self.groups.len(), people.sum())
    }
}

/// Where each person is: groups, and the numbers among their people.
#[derive(Default)]
struct Places {
    by_id: HashMap<String, Vec<(usize, usize)>>,
    by_username: HashMap<String, Vec<(usize, usize)>>,
}

impl Places {
    fn of_all(groups: &[KnownGroup]) -> Places {
        let mut places = Places::default();
        for (place, group) in groups.iter().enumerate() {
            for (number, member) in group.everybody.iter().enumerate() {
                let (map, key) = match (&member.user_id, &member.username) {
                    (Some(id), _) => (&mut places.by_id, id),
                    (None, Some(username)) => (&mut places.by_username, username),
                    (None, None) => continue,
                };
                let of_key = map.entry(key.to_lowercase()).or_default();
                of_key.push((place, number));
            }
        }
        places
    }

    /// The groups of somebody with sign-ins, each once.
    fn of(&self, counted: &Counted) -> Vec<(usize, usize)> {
        let key = |place: usize| match counted.keys.get(place) {
            None | Some(Value::Empty) => None,
            Some(value) => Some(value.to_text().to_lowercase()),
        };
        let by_id = key(0).and_then(|id| self.by_id.get(&id));
        let by_username = key(1).and_then(|username| self.by_username.get(&username));
        let mut found: Vec<(usize, usize)> = by_id.into_iter().flatten().copied().collect();
        for (place, member) in by_username.into_iter().flatten() {
            if !found.iter().any(|(other, _)| other == place) {
                found.push((*place, *member));
            }
        }
        found
    }
}

impl KnownGroup {
    fn told(&self) -> GroupSeen {
        GroupSeen {
            id: self.kept.id.clone(),
            name: self.kept.membership.name.clone(),
            has_namesake: self.has_namesake,
            people: self.everybody.len() as u64,
            others: self.kept.membership.others,
            unknown_groups: self.unknown_groups,
            is_cut: self.is_cut,
            origin: self.kept.origin.clone(),
            imported: DateTime::from_timestamp_millis(self.kept.imported_ms),
            numbers: None,
        }
    }
}

/// Everybody in a group, directly or not, each once; how many groups in it are not known; whether any was cut.
fn everybody(group: &KeptGroup, by_id: &HashMap<&str, &KeptGroup>) -> (Vec<Member>, u64, bool) {
    let mut people: BTreeMap<String, Member> = BTreeMap::new();
    let mut unknown = 0;
    let mut is_cut = false;
    // Groups may contain one another in a circle.
    let mut passed: HashSet<&str> = HashSet::from([group.id.as_str()]);
    let mut waiting = vec![group];
    while let Some(next) = waiting.pop() {
        is_cut |= next.membership.is_cut;
        for member in &next.membership.people {
            if let Some(key) = member.key() {
                people.entry(key).or_insert_with(|| member.clone());
            }
        }
        for nested in &next.membership.groups {
            if !passed.insert(nested.as_str()) {
                continue;
            }
            match by_id.get(nested.as_str()) {
                Some(found) => waiting.push(found),
                None => unknown += 1,
            }
        }
    }
    (people.into_values().collect(), unknown, is_cut)
}

fn add(numbers: &mut GroupNumbers, counted: &Counted) {
    numbers.sign_ins += counted.rows;
    for (sum, more) in numbers.by_outcome.iter_mut().zip(counted.by_outcome) {
        *sum += more;
    }
    numbers.last = numbers.last.max(counted.span.map(|span| span.last));
}

#[cfg(test)]
mod tests;
