//! Keeping the lake in shape: merging small files, forgetting what is past its retention, checking.

use std::num::NonZeroU64;
use std::sync::Arc;

use chrono::{Duration, Utc};
use datafusion::logical_expr::lit;
use datafusion::prelude::ident;
use futures::TryStreamExt;

use crate::error::{LakeError, Result};
use crate::lock::WriteLock;
use crate::parquet_file;
use crate::read::session;
use crate::table::Table;
use crate::{Lake, schema};
use deltalake::operations::vacuum::VacuumMode;
use deltalake::{ObjectStore, Path};

/// Files are merged up to this size.
const TARGET_FILE_BYTES: u64 = 128 << 20;
/// Files that were merged away stay so long for queries that still read them.
const GRACE: Duration = Duration::hours(1);

/// What compaction did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Compaction {
    /// Small files that are no longer part of the tables.
    pub merged_files: u64,
    /// Files that took their place.
    pub written_files: u64,
    /// Files deleted from the disk: merged away by an earlier run and past their grace.
    pub deleted_files: u64,
}

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Check {
    /// One entry for each table.
    pub tables: Vec<TableCheck>,
    /// What is wrong; empty when the lake is sound.
    pub problems: Vec<String>,
}

/// What a check found of one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableCheck {
    /// Name of the table.
    pub name: String,
    /// Version of its last commit.
    pub version: u64,
    /// Number of its files.
    pub files: u64,
    /// Rows that its log promises.
    pub rows_promised: u64,
    /// Rows that its files hold.
    pub rows_found: u64,
    /// Size of its files.
    pub size_bytes: u64,
}

impl Lake {
    /// Merges small files and deletes those that were merged away before.
    ///
    /// # Errors
    /// [`crate::LakeError::Busy`] when somebody else writes; try again later.
    pub async fn compact(&self) -> Result<Compaction> {
        let _lock = WriteLock::try_take(self.folder())?;
        self.settle().await?;
        let mut done = Compaction::default();
        let mut outcome = Ok(());
        for table in [&self.sign_ins, &self.versions, &self.rejects] {
            // One that cannot be merged, for want of room, does not keep the others from it.
            outcome = outcome.and(compact_table(table, &mut done).await);
        }
        outcome.map(|()| done)
    }

    /// Forgets sign-ins, their versions and rejects that are older than so many days, and returns
    /// how many sign-ins went.
    ///
    /// # Errors
    /// [`crate::LakeError::Busy`] when somebody else writes; try again later.
    pub async fn retain_days(&self, days: u32) -> Result<u64> {
        let _lock = WriteLock::try_take(self.folder())?;
        self.settle().await?;
        let before = self.row_count().await?;
        let Some(oldest) = Utc::now().checked_sub_signed(Duration::days(i64::from(days))) else {
            return Ok(0);
        };
        let day = parquet_file::day_number(oldest.date_naive());
        let by_day = ident(schema::DAY).lt(lit(datafusion::common::ScalarValue::Date32(Some(day))));
        let by_moment = ident(schema::STORED).lt(crate::read::instant(oldest.timestamp_micros()));
        for (table, predicate) in [
            (&self.sign_ins, &by_day),
            (&self.versions, &by_day),
            (&self.rejects, &by_moment),
        ] {
            let snapshot = table.snapshot().await;
            let (kept, _) = snapshot
                .delete()
                .with_predicate(predicate.clone())
                .await
                .map_err(|source| table.fail(source))?;
            table.adopt(kept).await?;
            // Forgotten means gone from the disk as well, also where nothing is ever merged.
            delete_unused(table).await?;
        }
        Ok(before.saturating_sub(self.row_count().await?))
    }

    /// Reads every table through and compares it with what its log promises.
    ///
    /// # Errors
    /// When a table cannot be opened at all; damaged files are reported, not failed on.
    pub async fn check(&self) -> Result<Check> {
        self.refresh().await?;
        let mut check = Check::default();
        for table in [&self.sign_ins, &self.versions, &self.rejects] {
            check_table(table, &mut check).await?;
        }
        check_ids(self, &mut check).await?;
        Ok(check)
    }
}

async fn compact_table(table: &Table, done: &mut Compaction) -> Result<()> {
    let merged = merge(table, done).await;
    // Also when merging failed: on a disk that is full, what it began to write is the first to go.
    done.deleted_files += delete_unused(table).await?;
    merged
}

async fn merge(table: &Table, done: &mut Compaction) -> Result<()> {
    let fail = |source| table.fail(source);
    let mut optimize = table
        .snapshot()
        .await
        .optimize()
        .with_writer_properties(parquet_file::properties()?);
    if let Some(target) = NonZeroU64::new(TARGET_FILE_BYTES) {
        optimize = optimize.with_target_size(target);
    }
    let (compacted, metrics) = optimize.await.map_err(fail)?;
    // What was merged away may be deleted only once what took its place is on the disk.
    table.adopt(compacted).await?;
    done.merged_files += metrics.num_files_removed;
    done.written_files += metrics.num_files_added;
    Ok(())
}

/// Deletes files that are no longer part of the table and past their grace, also what crashed imports
/// left behind: nobody else writes, and young files are spared. Returns how many there were.
async fn delete_unused(table: &Table) -> Result<u64> {
    let folder = table.folder().to_owned();
    let torn = tokio::task::spawn_blocking(move || delete_torn(&folder, GRACE)).await??;
    let (vacuumed, deleted) = table
        .snapshot()
        .await
        .vacuum()
        .with_mode(VacuumMode::Full)
        .with_retention_period(GRACE)
        .with_enforce_retention_duration(false)
        .await
        .map_err(|source| table.fail(source))?;
    table.adopt(vacuumed).await?;
    Ok(torn + deleted.files_deleted.len() as u64)
}

/// Deletes files whose writing was cut off. The storage layer gives a file its name once it is whole;
/// until then a number follows the name, and no listing shows it.
fn delete_torn(folder: &std::path::Path, grace: Duration) -> Result<u64> {
    let fail = |source| LakeError::folder(folder, source);
    let mut deleted = 0;
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        let path = entry.path();
        let kind = entry.file_type().map_err(fail)?;
        if kind.is_dir() {
            deleted += delete_torn(&path, grace)?;
            continue;
        }
        let name = entry.file_name();
        let is_torn = name
            .to_string_lossy()
            .rsplit_once('#')
            .is_some_and(|(_, end)| {
                !end.is_empty() && end.bytes().all(|byte| byte.is_ascii_digit())
            });
        let written = entry.metadata().and_then(|file| file.modified());
        let age = written.map_err(fail)?.elapsed().unwrap_or_default();
        if is_torn && grace.to_std().is_ok_and(|grace| age >= grace) {
            std::fs::remove_file(&path).map_err(fail)?;
            deleted += 1;
        }
    }
    Ok(deleted)
}

async fn check_table(table: &Table, check: &mut Check) -> Result<()> {
    let mut found = TableCheck {
        name: table.name().to_owned(),
        version: table.version().await,
        files: 0,
        rows_promised: 0,
        rows_found: 0,
        size_bytes: 0,
    };
    let store = table.store().await;
    for file in table.files().await? {
        let promised = file.num_records().unwrap_or_default() as u64;
        found.files += 1;
        found.rows_promised += promised;
        found.size_bytes += u64::try_from(file.size()).unwrap_or_default();
        match rows_in(&store, &file.object_store_path()).await {
            Ok(rows) => {
                found.rows_found += rows;
                if rows != promised {
                    check.problems.push(format!(
                        "{}: {} holds {rows} rows, the log promises {promised}",
                        found.name,
                        file.path()
                    ));
                }
            }
            Err(error) => check.problems.push(format!(
                "{}: {} cannot be read: {error}",
                found.name,
                file.path()
            )),
        }
    }
    check.tables.push(found);
    Ok(())
}

/// Unpacks every value of a file and counts its rows.
async fn rows_in(store: &Arc<dyn ObjectStore>, path: &Path) -> Result<u64> {
    let file = parquet_file::open(store, path).await?;
    tokio::task::spawn_blocking(move || {
        let mut rows = 0;
        for batch in file.build()? {
            rows += batch?.num_rows() as u64;
        }
        Ok(rows)
    })
    .await?
}

/// No request ID may be stored twice. Their hashes are counted, which are shorter than they are; of two
/// ids with one hash the second would have been taken for the first.
async fn check_ids(lake: &Lake, check: &mut Check) -> Result<()> {
    use datafusion::functions_aggregate::expr_fn::count;
    let twice = session::table(&lake.sign_ins)
        .await?
        .aggregate(
            vec![ident(schema::ID_KEY)],
            vec![count(lit(1i64)).alias("rows")],
        )?
        .filter(ident("rows").gt(lit(1i64)))?;
    let mut stream = match twice.execute_stream().await {
        Ok(stream) => stream,
        Err(error) => {
            check.problems.push(format!("sign_ins: {error}"));
            return Ok(());
        }
    };
    let mut repeated = 0;
    loop {
        match stream.try_next().await {
            Ok(Some(batch)) => repeated += batch.num_rows(),
            Ok(None) => break,
            Err(error) => {
                check.problems.push(format!("sign_ins: {error}"));
                break;
            }
        }
    }
    if repeated > 0 {
        check.problems.push(format!(
            "sign_ins: {repeated} request IDs are stored more than once"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn torn_files_go_when_they_are_old_and_others_stay() {
        let folder = tempfile::tempdir().expect("a folder");
        let day = folder.path().join("day=2026-11-24");
        std::fs::create_dir(&day).expect("a folder");
        for name in ["part-1.parquet#1", "part-1.parquet", "part-2.parquet#x"] {
            std::fs::write(day.join(name), b"PAR1").expect("a file");
        }
        assert_eq!(delete_torn(folder.path(), GRACE).expect("readable"), 0);
        let at_once = Duration::zero();
        assert_eq!(delete_torn(folder.path(), at_once).expect("readable"), 1);
        let left = std::fs::read_dir(&day).expect("readable").count();
        assert_eq!(left, 2);
        assert!(!day.join("part-1.parquet#1").exists());
    }
}
