//! One Delta table: opening, committing, refreshing, and making commits durable.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::datatypes::{FieldRef, Schema, SchemaRef};
use deltalake::kernel::engine::arrow_conversion::TryIntoKernel;
use deltalake::kernel::transaction::{CommitBuilder, CommitProperties, TableReference};
use deltalake::kernel::{Action, LogicalFileView, StructType};
use deltalake::protocol::{DeltaOperation, SaveMode};
use deltalake::{DeltaTable, DeltaTableBuilder, DeltaTableError, ObjectStore};
use tokio::sync::RwLock;
use url::Url;

use crate::error::{LakeError, Result};

/// Commits between two checkpoints: opening a table replays at most so many.
const CHECKPOINT_INTERVAL_COMMITS: u64 = 20;

/// A Delta table in a local folder. Clones share one state.
#[derive(Clone)]
pub(crate) struct Table {
    name: Arc<str>,
    folder: Arc<PathBuf>,
    partition_columns: Arc<Vec<String>>,
    state: Arc<RwLock<DeltaTable>>,
}

impl Table {
    /// Opens the table, creating it when it is missing.
    pub async fn open(
        root: &Path,
        name: &str,
        schema: &SchemaRef,
        partition_columns: &[&str],
    ) -> Result<Table> {
        let folder = root.join(name);
        std::fs::create_dir_all(&folder).map_err(|source| LakeError::folder(&folder, source))?;
        let fail = |source| LakeError::table(name, source);
        let address = Url::from_directory_path(&folder).map_err(|()| {
            fail(DeltaTableError::InvalidTableLocation(
                folder.display().to_string(),
            ))
        })?;
        let mut table = DeltaTableBuilder::from_url(address)
            .and_then(DeltaTableBuilder::build)
            .map_err(fail)?;
        let made = !has_commit(&folder.join("_delta_log"));
        if !made {
            table.load().await.map_err(fail)?;
        } else {
            table = create(&table, schema, partition_columns)
                .await
                .map_err(fail)?;
        }
        let before = table.version().unwrap_or_default();
        if !made {
            table = with_columns(table, name, schema).await?;
        }
        let added = before..table.version().unwrap_or_default();
        let table = Table {
            name: Arc::from(name),
            folder: Arc::new(folder),
            partition_columns: Arc::new(
                partition_columns
                    .iter()
                    .map(|column| (*column).to_owned())
                    .collect(),
            ),
            state: Arc::new(RwLock::new(table)),
        };
        if made {
            table.make_durable(table.log_files(0..=0)).await?;
            sync(root)?;
        } else if !added.is_empty() {
            let commits = added.start + 1..=added.end;
            table.make_durable(table.log_files(commits)).await?;
        }
        Ok(table)
    }

    /// Name of the table.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The folder that holds the table.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The table as of now, for reading: later commits do not change it.
    pub async fn snapshot(&self) -> DeltaTable {
        self.state.read().await.clone()
    }

    /// Version of the last commit known here.
    pub async fn version(&self) -> u64 {
        self.state.read().await.version().unwrap_or_default()
    }

    /// Takes up the commits of other processes.
    pub async fn refresh(&self) -> Result<()> {
        let current = self.version().await;
        let newest = self
            .state
            .read()
            .await
            .get_latest_version()
            .await
            .map_err(|source| self.fail(source))?;
        if newest != current {
            let mut table = self.snapshot().await;
            table
                .update_state()
                .await
                .map_err(|source| self.fail(source))?;
            self.replace(table).await;
        }
        Ok(())
    }

    /// Puts a newer state in place; an older one, from a slower task, is passed over.
    pub async fn replace(&self, table: DeltaTable) {
        let mut state = self.state.write().await;
        if table.version() >= state.version() {
            *state = table;
        }
    }

    /// Files of the table.
    pub async fn files(&self) -> Result<Vec<LogicalFileView>> {
        let table = self.snapshot().await;
        let snapshot = table.snapshot().map_err(|source| self.fail(source))?;
        Ok(snapshot.log_data().iter().collect())
    }

    /// Rows of the table, as its statistics have them.
    pub async fn row_count(&self) -> Result<u64> {
        Ok(self
            .files()
            .await?
            .iter()
            .filter_map(LogicalFileView::num_records)
            .map(|rows| rows as u64)
            .sum())
    }

    /// Where data files are written.
    pub async fn store(&self) -> Arc<dyn ObjectStore> {
        self.state.read().await.object_store()
    }

    /// Commits the actions as one step, and returns when it would survive a power cut.
    pub async fn commit(&self, actions: Vec<Action>) -> Result<()> {
        if actions.is_empty() {
            return Ok(());
        }
        let data_files = actions.iter().filter_map(|action| match action {
            Action::Add(add) => Some(self.folder.join(&add.path)),
            _ => None,
        });
        self.make_durable(data_files.collect()).await?;
        let mut table = self.snapshot().await;
        table
            .update_state()
            .await
            .map_err(|source| self.fail(source))?;
        let operation = DeltaOperation::Write {
            mode: SaveMode::Append,
            partition_by: Some(self.partition_columns.to_vec()),
            predicate: None,
        };
        let reference: &dyn TableReference =
            table.snapshot().map_err(|source| self.fail(source))?;
        let committed = CommitBuilder::from(CommitProperties::default())
            .with_actions(actions)
            .build(Some(reference), table.log_store(), operation)
            .await
            .map_err(|source| self.fail(source))?;
        self.make_durable(self.log_files(committed.version()..=committed.version()))
            .await?;
        table
            .update_state()
            .await
            .map_err(|source| self.fail(source))?;
        self.replace(table).await;
        Ok(())
    }

    /// Puts the state after an operation of the library in place, once its files and commits would
    /// survive a power cut.
    pub async fn adopt(&self, table: DeltaTable) -> Result<()> {
        let before = self.snapshot().await;
        let known: BTreeSet<String> = paths(&before).map_err(|source| self.fail(source))?;
        let now = paths(&table).map_err(|source| self.fail(source))?;
        let mut files: BTreeSet<PathBuf> = now
            .difference(&known)
            .map(|path| self.folder.join(path))
            .collect();
        let commits =
            before.version().map_or(0, |version| version + 1)..=table.version().unwrap_or_default();
        files.extend(self.log_files(commits));
        self.make_durable(files).await?;
        self.replace(table).await;
        Ok(())
    }

    /// Makes the last commits durable, whoever made them: a process that ended between its commit and
    /// the flush must not leave a hole under what comes after it.
    pub async fn settle(&self) -> Result<()> {
        let version = self.version().await;
        let first = version.saturating_sub(CHECKPOINT_INTERVAL_COMMITS);
        self.make_durable(self.log_files(first..=version)).await
    }

    /// The files of the log that belong to these commits: the commits, what was summed up after them,
    /// and the note that says where that is.
    fn log_files(&self, versions: RangeInclusive<u64>) -> BTreeSet<PathBuf> {
        let log = self.folder.join("_delta_log");
        let mut files: BTreeSet<PathBuf> = versions
            .flat_map(|version| ["json", "checkpoint.parquet"].map(|end| (version, end)))
            .map(|(version, end)| log.join(format!("{version:020}.{end}")))
            .collect();
        files.insert(log.join("_last_checkpoint"));
        // Most commits are not summed up, and commits long past are deleted.
        files.retain(|file| file.exists());
        files
    }

    /// Flushes the files, and the folders that name them, to the disk.
    async fn make_durable(&self, files: BTreeSet<PathBuf>) -> Result<()> {
        let table_folder = Arc::clone(&self.folder);
        tokio::task::spawn_blocking(move || {
            // The table's own folder names the folders of new days.
            let mut folders = BTreeSet::from([table_folder.to_path_buf()]);
            for path in files {
                sync(&path)?;
                folders.extend(path.parent().map(Path::to_owned));
            }
            folders.iter().try_for_each(|folder| sync(folder))
        })
        .await?
    }

    pub(crate) fn fail(&self, source: DeltaTableError) -> LakeError {
        LakeError::table(&self.name, source)
    }
}

async fn create(
    table: &DeltaTable,
    schema: &SchemaRef,
    partition_columns: &[&str],
) -> std::result::Result<DeltaTable, DeltaTableError> {
    let statistics = if schema.column_with_name("date").is_some() {
        "date"
    } else {
        crate::schema::STORED
    };
    let schema: StructType = schema.as_ref().try_into_kernel()?;
    let created = table
        .create()
        .with_columns(schema.fields().cloned())
        .with_partition_columns(partition_columns.iter().copied())
        .with_configuration([
            (
                "delta.checkpointInterval".to_owned(),
                Some(CHECKPOINT_INTERVAL_COMMITS.to_string()),
            ),
            // Statistics are written for what prunes files; those of wide texts would only bloat the log.
            (
                "delta.dataSkippingStatsColumns".to_owned(),
                Some(statistics.to_owned()),
            ),
        ])
        .await;
    match created {
        // Two processes may start in an empty folder at once: the second takes what the first made.
        Err(DeltaTableError::VersionAlreadyExists(_)) => {
            let mut table = table.clone();
            table.load().await?;
            Ok(table)
        }
        other => other,
    }
}

/// The table with the columns that it lacks of the schema, since it was made before they were thought
/// of. They have no value in the rows that are there.
async fn with_columns(mut table: DeltaTable, name: &str, schema: &SchemaRef) -> Result<DeltaTable> {
    let fail = |source| LakeError::table(name, source);
    loop {
        let stored = table.snapshot().map_err(fail)?.schema();
        let is_missing = |field: &&FieldRef| stored.field(field.name()).is_none();
        let missing: Vec<&FieldRef> = schema.fields().iter().filter(is_missing).collect();
        if let Some(field) = missing.iter().find(|field| !field.is_nullable()) {
            return Err(LakeError::Schema {
                table: name.to_owned(),
                column: field.name().clone(),
            });
        }
        if missing.is_empty() {
            return Ok(table);
        }
        let fields = Schema::new(missing.into_iter().cloned().collect::<Vec<_>>());
        let fields: StructType = (&fields)
            .try_into_kernel()
            .map_err(|source| fail(source.into()))?;
        let version = table.version();
        match table
            .clone()
            .add_columns()
            .with_fields(fields.fields().cloned().collect::<Vec<_>>())
            .await
        {
            Ok(table) => return Ok(table),
            Err(error) => {
                // Another process may have added them at the same moment.
                table.update_state().await.map_err(fail)?;
                if table.version() == version {
                    return Err(fail(error));
                }
            }
        }
    }
}

/// Whether the log holds a commit: a process that was killed while it made the table leaves a folder
/// without one.
fn has_commit(log: &Path) -> bool {
    std::fs::read_dir(log).is_ok_and(|entries| {
        entries.flatten().any(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            name.ends_with(".json") || name.ends_with(".parquet")
        })
    })
}

fn paths(table: &DeltaTable) -> std::result::Result<BTreeSet<String>, DeltaTableError> {
    Ok(table
        .snapshot()?
        .log_data()
        .iter()
        .map(|file| file.path().into_owned())
        .collect())
}

fn sync(path: &Path) -> Result<()> {
    std::fs::File::open(path)
        .and_then(|file| file.sync_all())
        .map_err(|source| LakeError::File {
            path: path.to_owned(),
            source,
        })
}
