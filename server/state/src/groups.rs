//! Imported groups and who is in them.

use std::collections::{BTreeMap, BTreeSet};

use model::membership::{Member, Membership};
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::store::{count, new_id, storable};
use crate::{StateError, Store};

/// Most groups that are kept.
pub const MOST_GROUPS: usize = 10_000;
/// Most memberships of people that are kept, of all groups together.
pub const MOST_MEMBERSHIPS: usize = 2_000_000;
/// People who are written with one statement: one by one, two million would take minutes.
const ROWS_AT_ONCE: usize = 200;

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
        let mut change = self.change().await?;
        for group in &groups {
            let id = match &group.id {
                Some(id) => id.to_lowercase(),
                None => id_of_name(&mut change, &group.name)
                    .await?
                    .unwrap_or_else(new_id),
            };
            keep(&mut change, &id, group, origin, now_ms).await?;
        }
        if count(&mut change, "select count(*) from member_group").await? > MOST_GROUPS {
            return Err(StateError::Full { most: MOST_GROUPS });
        }
        if count(&mut change, "select count(*) from member_person").await? > MOST_MEMBERSHIPS {
            return Err(StateError::Full {
                most: MOST_MEMBERSHIPS,
            });
        }
        changed(&mut change).await?;
        Ok(change.commit().await?)
    }

    /// All groups, in the order of their names.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn groups(&self) -> Result<Vec<KeptGroup>, StateError> {
        let mut reading = self.reading_together().await?;
        let select = "select id, name, origin, imported_ms, others, is_cut from member_group";
        let rows = sqlx::query(select).fetch_all(&mut *reading).await?;
        let mut groups = Vec::with_capacity(rows.len());
        for row in &rows {
            let id: String = row.try_get("id")?;
            groups.push(KeptGroup {
                origin: row.try_get("origin")?,
                imported_ms: row.try_get("imported_ms")?,
                membership: Membership {
                    id: Some(id.clone()),
                    name: row.try_get("name")?,
                    people: people_of(&mut reading, &id).await?,
                    groups: groups_in(&mut reading, &id).await?,
                    others: u64::try_from(row.try_get::<i64, _>("others")?).unwrap_or_default(),
                    is_cut: row.try_get::<i64, _>("is_cut")? != 0,
                },
                id,
            });
        }
        // Databases differ in the order of texts.
        groups.sort_by_cached_key(|group| (group.membership.name.to_lowercase(), group.id.clone()));
        Ok(groups)
    }

    /// A number that is another one after each change of the groups.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn groups_change(&self) -> Result<i64, StateError> {
        let number = sqlx::query_scalar("select number from member_change")
            .fetch_one(&mut *self.reading().await?)
            .await?;
        Ok(number)
    }

    /// Forgets a group and who was in it.
    ///
    /// # Errors
    /// When there is no such group, or the database fails.
    pub async fn remove_group(&self, id: &str) -> Result<(), StateError> {
        let mut change = self.change().await?;
        let removed = sqlx::query("delete from member_group where id = $1")
            .bind(id.to_lowercase())
            .execute(&mut *change)
            .await?;
        if removed.rows_affected() == 0 {
            return Err(StateError::NoGroup);
        }
        changed(&mut change).await?;
        Ok(change.commit().await?)
    }
}

async fn people_of(reading: &mut AnyConnection, id: &str) -> Result<Vec<Member>, StateError> {
    let select =
        "select person_key, user_id, username, display_name from member_person where group_id = $1";
    let rows = sqlx::query(select).bind(id).fetch_all(reading).await?;
    let mut people = Vec::with_capacity(rows.len());
    for row in &rows {
        let member = Member {
            user_id: row.try_get("user_id")?,
            username: row.try_get("username")?,
            display_name: row.try_get("display_name")?,
        };
        people.push((row.try_get::<String, _>("person_key")?, member));
    }
    people.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(people.into_iter().map(|(_, member)| member).collect())
}

async fn groups_in(reading: &mut AnyConnection, id: &str) -> Result<Vec<String>, StateError> {
    let select = "select nested_id from member_nested where group_id = $1";
    let mut nested: Vec<String> = sqlx::query_scalar(select)
        .bind(id)
        .fetch_all(reading)
        .await?;
    nested.sort();
    Ok(nested)
}

async fn id_of_name(change: &mut AnyConnection, name: &str) -> Result<Option<String>, StateError> {
    let select = "select id from member_group where name_key = $1 order by id limit 1";
    let id = sqlx::query_scalar(select)
        .bind(storable(name).to_lowercase())
        .fetch_optional(change)
        .await?;
    Ok(id)
}

async fn keep(
    change: &mut AnyConnection,
    id: &str,
    group: &Membership,
    origin: &str,
    now_ms: i64,
) -> Result<(), StateError> {
    // Its members go with it.
    sqlx::query("delete from member_group where id = $1")
        .bind(id)
        .execute(&mut *change)
        .await?;
    let name = storable(&group.name);
    let insert = "insert into member_group (id, name, name_key, origin, imported_ms, others, is_cut) \
        values ($1, $2, $3, $4, $5, $6, $7)";
    sqlx::query(insert)
        .bind(id)
        .bind(&name)
        .bind(name.to_lowercase())
        .bind(storable(origin))
        .bind(now_ms)
        .bind(i64::try_from(group.others).unwrap_or(i64::MAX))
        .bind(i64::from(group.is_cut))
        .execute(&mut *change)
        .await?;
    // Who stands there twice is there once, as the last one says.
    let people: BTreeMap<String, &Member> = group
        .people
        .iter()
        .filter_map(|member| Some((storable(&member.key()?), member)))
        .collect();
    let people: Vec<_> = people.into_iter().collect();
    for some in people.chunks(ROWS_AT_ONCE) {
        let insert = format!(
            "insert into member_person (group_id, person_key, user_id, username, display_name) values {}",
            placeholders(some.len(), 5)
        );
        let mut insert = sqlx::query(AssertSqlSafe(insert));
        for (key, member) in some {
            insert = insert
                .bind(id)
                .bind(key)
                .bind(member.user_id.as_deref().map(storable))
                .bind(member.username.as_deref().map(storable))
                .bind(member.display_name.as_deref().map(storable));
        }
        insert.execute(&mut *change).await?;
    }
    let nested: BTreeSet<String> = group
        .groups
        .iter()
        .map(|other| storable(other).to_lowercase())
        .collect();
    for other in nested {
        sqlx::query("insert into member_nested (group_id, nested_id) values ($1, $2)")
            .bind(id)
            .bind(other)
            .execute(&mut *change)
            .await?;
    }
    Ok(())
}

/// `($1, $2), ($3, $4)` for two rows of two columns.
fn placeholders(rows: usize, columns: usize) -> String {
    let row = |row: usize| {
        let numbers = (1..=columns).map(|column| format!("${}", row * columns + column));
        format!("({})", numbers.collect::<Vec<_>>().join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

async fn changed(change: &mut AnyConnection) -> Result<(), StateError> {
    sqlx::query("update member_change set number = number + 1")
        .execute(change)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Kept, on_both};

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

    on_both! {
        async fn a_group_takes_the_place_of_the_one_it_was(kept: Kept) {
            let store = kept.open().await;
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

        async fn a_group_that_is_removed_takes_its_members_along(kept: Kept) {
            let store = kept.open().await;
            let groups = vec![group(Some("g1"), "Finance", &[person("a1", "")])];
            store.keep_groups(groups, "a.json", 1).await.expect("kept");
            store.remove_group("G1").await.expect("removed");
            assert!(matches!(
                store.remove_group("g1").await,
                Err(StateError::NoGroup)
            ));
            assert!(store.groups().await.expect("groups").is_empty());
            let mut reading = store.reading().await.expect("a connection");
            let left = count(&mut reading, "select count(*) from member_person").await;
            assert_eq!(left.expect("a number"), 0);
        }
    }
}
