//! Imported groups and who is in them.

use model::membership::{Member, Membership};
use rusqlite::{OptionalExtension, Transaction, params};

use crate::store::new_id;
use crate::{StateError, Store};

/// Most groups that are kept.
pub const MOST_GROUPS: usize = 10_000;
/// Most memberships of people that are kept, of all groups together.
pub const MOST_MEMBERSHIPS: usize = 2_000_000;

/// A group as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptGroup {
    /// Its object ID, or one made here for a group that came without.
    pub id: String,
    /// File that it came from.
    pub origin: String,
    /// When it came, in milliseconds since 1970.
    pub imported_ms: i64,
    /// What it is and who is in it; its people in the order of their keys.
    pub membership: Membership,
}

impl Store {
    /// Keeps groups; each takes the place of the one that has its object ID or, for a group without one, of the
    /// one that has its name.
    ///
    /// # Errors
    /// When there are too many, or the database fails.
    pub async fn keep_groups(
        &self,
        groups: Vec<Membership>,
        origin: &str,
        now_ms: i64,
    ) -> Result<(), StateError> {
        let origin = origin.to_owned();
        self.run(move |transaction| {
            for group in &groups {
                let id = match &group.id {
                    Some(id) => id.to_lowercase(),
                    None => id_of_name(transaction, &group.name)?.unwrap_or_else(new_id),
                };
                keep(transaction, &id, group, &origin, now_ms)?;
            }
            let number = |table: &str| -> Result<usize, StateError> {
                let number: i64 =
                    transaction.query_row(&format!("select count(*) from {table}"), [], |row| {
                        row.get(0)
                    })?;
                Ok(usize::try_from(number).unwrap_or_default())
            };
            if number("member_group")? > MOST_GROUPS {
                return Err(StateError::Full { most: MOST_GROUPS });
            }
            if number("member_person")? > MOST_MEMBERSHIPS {
                return Err(StateError::Full {
                    most: MOST_MEMBERSHIPS,
                });
            }
            changed(transaction)
        })
        .await
    }

    /// All groups, in the order of their names.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn groups(&self) -> Result<Vec<KeptGroup>, StateError> {
        self.read(|transaction| {
            let mut statement = transaction.prepare(
                "select id, name, origin, imported_ms, others, is_cut from member_group order by name_key, id",
            )?;
            let groups = statement.query_map([], |row| {
                Ok(KeptGroup {
                    id: row.get(0)?,
                    origin: row.get(2)?,
                    imported_ms: row.get(3)?,
                    membership: Membership {
                        id: Some(row.get(0)?),
                        name: row.get(1)?,
                        others: u64::try_from(row.get::<_, i64>(4)?).unwrap_or_default(),
                        is_cut: row.get(5)?,
                        ..Membership::default()
                    },
                })
            })?;
            let mut groups: Vec<KeptGroup> = groups.collect::<Result<_, _>>()?;
            let mut people = transaction.prepare(
                "select user_id, username, display_name from member_person where group_id = ?1 order by person_key",
            )?;
            let mut nested = transaction.prepare(
                "select nested_id from member_nested where group_id = ?1 order by nested_id",
            )?;
            for group in &mut groups {
                let member = |row: &rusqlite::Row<'_>| {
                    Ok(Member {
                        user_id: row.get(0)?,
                        username: row.get(1)?,
                        display_name: row.get(2)?,
                    })
                };
                let found = people.query_map([&group.id], member)?;
                group.membership.people = found.collect::<Result<_, _>>()?;
                let found = nested.query_map([&group.id], |row| row.get(0))?;
                group.membership.groups = found.collect::<Result<_, _>>()?;
            }
            Ok(groups)
        })
        .await
    }

    /// A number that is another one after each change of the groups.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn groups_change(&self) -> Result<i64, StateError> {
        self.read(|transaction| {
            Ok(transaction.query_row("select number from member_change", [], |row| row.get(0))?)
        })
        .await
    }

    /// Forgets a group and who was in it.
    ///
    /// # Errors
    /// When there is no such group, or the database fails.
    pub async fn remove_group(&self, id: &str) -> Result<(), StateError> {
        let id = id.to_lowercase();
        self.run(move |transaction| {
            match transaction.execute("delete from member_group where id = ?1", [&id])? {
                0 => Err(StateError::NoGroup),
                _ => changed(transaction),
            }
        })
        .await
    }
}

fn id_of_name(transaction: &Transaction<'_>, name: &str) -> Result<Option<String>, StateError> {
    Ok(transaction
        .query_row(
            "select id from member_group where name_key = ?1 order by id limit 1",
            [name.to_lowercase()],
            |row| row.get(0),
        )
        .optional()?)
}

fn keep(
    transaction: &Transaction<'_>,
    id: &str,
    group: &Membership,
    origin: &str,
    now_ms: i64,
) -> Result<(), StateError> {
    // Its members go with it.
    transaction.execute("delete from member_group where id = ?1", [id])?;
    transaction.execute(
        "insert into member_group (id, name, name_key, origin, imported_ms, others, is_cut) \
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            id,
            group.name,
            group.name.to_lowercase(),
            origin,
            now_ms,
            i64::try_from(group.others).unwrap_or(i64::MAX),
            group.is_cut
        ],
    )?;
    let mut person = transaction.prepare(
        "insert or replace into member_person (group_id, person_key, user_id, username, display_name) \
         values (?1, ?2, ?3, ?4, ?5)",
    )?;
    for member in &group.people {
        if let Some(key) = member.key() {
            person.execute(params![
                id,
                key,
                member.user_id,
                member.username,
                member.display_name
            ])?;
        }
    }
    let mut nested = transaction
        .prepare("insert or replace into member_nested (group_id, nested_id) values (?1, ?2)")?;
    for other in &group.groups {
        nested.execute(params![id, other.to_lowercase()])?;
    }
    Ok(())
}

fn changed(transaction: &Transaction<'_>) -> Result<(), StateError> {
    transaction.execute("update member_change set number = number + 1", [])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: &str, username: &str) -> Member {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Member {
            user_id: text(id),
            username: text(username),
            display_name: None,
        }
    }

    fn group(id: Option<&str>, name: &str, people: &[Member]) -> Membership {
        Membership {
            id: id.map(str::to_owned),
            name: name.to_owned(),
            people: people.to_vec(),
            groups: vec!["INNER".to_owned()],
            ..Membership::default()
        }
    }

    #[tokio::test]
    async fn a_group_takes_the_place_of_the_one_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("a store");
        let before = store.groups_change().await.expect("a number");
        let first = [person("A1", "ann@x"), person("", "Bo@x"), person("a1", "")];
        let groups = vec![
            group(Some("G1"), "Finance", &first),
            group(None, "Guests", &[]),
        ];
        store.keep_groups(groups, "a.json", 1).await.expect("kept");
        let again = vec![
            group(Some("g1"), "Finance and tax", &[person("a2", "")]),
            group(None, "GUESTS", &[person("a3", "")]),
        ];
        let kept = store.groups().await.expect("groups");
        assert_eq!(kept[0].membership.people.len(), 2, "one person, once");
        store.keep_groups(again, "b.json", 2).await.expect("kept");
        let kept = store.groups().await.expect("groups");
        let said: Vec<_> = kept
            .iter()
            .map(|group| {
                (
                    group.membership.name.as_str(),
                    group.membership.people.len(),
                    group.membership.groups.as_slice(),
                    group.origin.as_str(),
                )
            })
            .collect();
        let inner = ["inner".to_owned()];
        assert_eq!(
            said,
            [
                ("Finance and tax", 1, &inner[..], "b.json"),
                ("GUESTS", 1, &inner[..], "b.json")
            ]
        );
        assert_eq!(kept[0].id, "g1");
        assert!(store.groups_change().await.expect("a number") > before);
    }

    #[tokio::test]
    async fn a_group_that_is_removed_takes_its_members_along() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("a store");
        let groups = vec![group(Some("g1"), "Finance", &[person("a1", "")])];
        store.keep_groups(groups, "a.json", 1).await.expect("kept");
        store.remove_group("G1").await.expect("removed");
        assert!(matches!(
            store.remove_group("g1").await,
            Err(StateError::NoGroup)
        ));
        assert!(store.groups().await.expect("groups").is_empty());
        let left = store
            .read(|transaction| {
                Ok(
                    transaction.query_row("select count(*) from member_person", [], |row| {
                        row.get::<_, i64>(0)
                    })?,
                )
            })
            .await;
        assert_eq!(left.expect("a number"), 0);
    }
}
