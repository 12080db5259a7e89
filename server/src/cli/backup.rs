//! `vestibule backup` and `vestibule restore`.

use std::fs::{DirBuilder, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::{DateTime, SecondsFormat, Utc};
use clap::Args;
use lake::Lake;
use model::present::{count, size};
use serde::{Deserialize, Serialize};
use state::Store;

use super::CliError;
use super::terminal::say;
use crate::config::Config;
use crate::keeping;
use crate::tenant_name::tenant_name_file;

/// Says what a backup holds; written last, so that what lacks it is none.
const MANIFEST: &str = "backup.toml";
const LAKE: &str = "lake";
const STATE: &str = "state";
const TENANT_NAME: &str = "tenant-name.txt";

/// Copy the data folder while the server runs
///
/// Sign-ins, and what people keep, are copied into a new folder, each as of one moment. Imports wait until it is done.
/// Uploads that wait to be imported are left out, and so is a state in PostgreSQL.
#[derive(Debug, Args)]
pub struct Backup {
    /// Folder for the copy; it is made, or has to be empty
    folder: PathBuf,
}

/// Put a backup into an empty data folder
#[derive(Debug, Args)]
pub struct Restore {
    /// Folder that `vestibule backup` made
    folder: PathBuf,
}

/// What a backup holds.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Manifest {
    /// Version of the program that made it.
    version: String,
    /// When.
    made: String,
    /// Sign-ins in it.
    sign_ins: u64,
    /// Whether the state is in it.
    #[serde(default)]
    has_state: bool,
    /// Hash of the newest line of the record of who looked at what; nothing where the state is elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    newest_access_hash: Option<String>,
}

impl Backup {
    /// Runs the command.
    pub async fn run(self, config: &Config) -> Result<ExitCode, CliError> {
        let lake = Lake::open_existing(&config.lake_folder()).await?;
        make_empty(&self.folder, "choose another one for the backup")?;
        let made: DateTime<Utc> = Utc::now();
        let copied = lake.copy_to(&self.folder.join(LAKE)).await?;
        // Nothing is kept before somebody serves or adds an account.
        let has_state = config.state.is_none() && config.state_folder().join(state::FILE).is_file();
        let newest_access_hash = match has_state {
            true => copy_state(config, &self.folder.join(STATE)).await?,
            false => None,
        };
        let name = tenant_name_file(config);
        if name.is_file() {
            copy_file(&name, &self.folder.join(TENANT_NAME))?;
        }
        let manifest = Manifest {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            made: made.to_rfc3339_opts(SecondsFormat::Secs, true),
            sign_ins: copied.rows,
            has_state,
            newest_access_hash,
        };
        let text = toml::to_string_pretty(&manifest)
            .map_err(|error| CliError::Other(error.to_string()))?;
        let path = self.folder.join(MANIFEST);
        std::fs::write(&path, text).map_err(|error| failed(&path, &error))?;
        sync(&path)?;
        sync(&self.folder)?;
        say(format_args!(
            "{} sign-ins in {} files, {}, are copied to {}",
            count(copied.rows),
            count(copied.files),
            size(copied.bytes),
            self.folder.display()
        ))?;
        say(match (&manifest.newest_access_hash, &config.state) {
            (_, Some(_)) => "the state is in PostgreSQL: copy it with pg_dump".to_owned(),
            (Some(hash), None) => format!("newest line of who looked at what: {hash}"),
            (None, None) => "nobody looked at anything yet".to_owned(),
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Copies the state, and reads back what is said of it.
async fn copy_state(config: &Config, folder: &Path) -> Result<Option<String>, CliError> {
    // As it is: a program of a later version makes the backup before an upgrade.
    let store = Store::open_as_it_is(&config.state_folder()).await?;
    make_empty(folder, "")?;
    let file = folder.join(state::FILE);
    store.copy_to(&file).await?;
    store.close().await;
    sync(&file)?;
    sync(folder)?;
    let copy = Store::open_as_it_is(folder).await?;
    let newest = copy.newest_access_hash().await?;
    copy.close().await;
    Ok(newest)
}

impl Restore {
    /// Runs the command.
    pub async fn run(self, config: &Config) -> Result<ExitCode, CliError> {
        let path = self.folder.join(MANIFEST);
        let text = std::fs::read_to_string(&path).map_err(|error| {
            CliError::Other(format!(
                "{} is no finished backup: {error}; name a folder that `vestibule backup` made",
                path.display()
            ))
        })?;
        let manifest: Manifest = toml::from_str(&text).map_err(|error| {
            CliError::Other(format!("{} cannot be read: {error}", path.display()))
        })?;
        let state = self.folder.join(STATE);
        if manifest.has_state && !state.is_dir() {
            return Err(CliError::Other(format!(
                "{} is missing: the backup is damaged; use another one",
                state.display()
            )));
        }
        make_empty(
            &config.data,
            "stop the server and move that folder away, or name another one with --data",
        )?;
        if let Err(error) = self.bring_back(config, &manifest).await {
            // The folder was empty before: half of a backup would look like a tenant.
            return Err(match empty(&config.data) {
                Ok(()) => error,
                Err(left) => CliError::Other(format!(
                    "{error}; and what was begun could not be removed: {left}"
                )),
            });
        }
        say(format_args!(
            "{} sign-ins of {} are in {}; `vestibule check` reads all of it",
            count(manifest.sign_ins),
            manifest.made,
            config.data.display()
        ))?;
        if config.state.is_some() {
            say("the state is in PostgreSQL: bring it back with pg_restore or psql")?;
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Copies all of it, and looks whether it is what was copied.
    async fn bring_back(&self, config: &Config, manifest: &Manifest) -> Result<(), CliError> {
        let state = self.folder.join(STATE);
        copy_folder(&self.folder.join(LAKE), &config.lake_folder())?;
        if state.is_dir() && config.state.is_none() {
            copy_folder(&state, &config.state_folder())?;
        }
        let name = self.folder.join(TENANT_NAME);
        if name.is_file() {
            copy_file(&name, &tenant_name_file(config))?;
        }
        sync(&config.data)?;
        self.compare(config, manifest).await
    }

    /// Whether what was restored is what was copied.
    async fn compare(&self, config: &Config, manifest: &Manifest) -> Result<(), CliError> {
        let damaged = |what: &str| {
            CliError::Other(format!(
                "the backup {} is damaged: {what}; use another one",
                self.folder.display()
            ))
        };
        let lake = Lake::open_existing(&config.lake_folder()).await?;
        let rows = lake.row_count().await?;
        if rows != manifest.sign_ins {
            let words = format!("it has {rows} sign-ins, and had {}", manifest.sign_ins);
            return Err(damaged(&words));
        }
        if config.state.is_none() && self.folder.join(STATE).is_dir() {
            let store = keeping::open(config).await?;
            let newest = store.newest_access_hash().await?;
            store.close().await;
            if newest != manifest.newest_access_hash {
                return Err(damaged("the record of who looked at what is another one"));
            }
        }
        Ok(())
    }
}

/// Makes a folder for the user of the program alone.
fn make_empty(folder: &Path, way_out: &str) -> Result<(), CliError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(|error| failed(folder, &error))?;
    #[cfg(unix)]
    {
        let own = std::os::unix::fs::PermissionsExt::from_mode(0o700);
        std::fs::set_permissions(folder, own).map_err(|error| failed(folder, &error))?;
    }
    let mut inside = std::fs::read_dir(folder).map_err(|error| failed(folder, &error))?;
    match inside.next() {
        None => Ok(()),
        Some(_) => Err(CliError::Other(format!(
            "{} is not empty, and nothing is written over; {way_out}",
            folder.display()
        ))),
    }
}

/// Removes what is in a folder.
fn empty(folder: &Path) -> Result<(), CliError> {
    let inside = std::fs::read_dir(folder).map_err(|error| failed(folder, &error))?;
    for entry in inside {
        let path = entry.map_err(|error| failed(folder, &error))?.path();
        let removed = match path.is_dir() {
            true => std::fs::remove_dir_all(&path),
            false => std::fs::remove_file(&path),
        };
        removed.map_err(|error| failed(&path, &error))?;
    }
    Ok(())
}

/// Copies a folder with all that is below it. Links lead elsewhere, and are not followed.
fn copy_folder(from: &Path, to: &Path) -> Result<(), CliError> {
    make_empty(to, "")?;
    let inside = std::fs::read_dir(from).map_err(|error| failed(from, &error))?;
    for entry in inside {
        let entry = entry.map_err(|error| failed(from, &error))?;
        let (path, copy) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type().map_err(|error| failed(&path, &error))?;
        if kind.is_dir() {
            copy_folder(&path, &copy)?;
        } else if kind.is_file() {
            copy_file(&path, &copy)?;
        } else {
            let words = format!("{} is neither file nor folder", path.display());
            return Err(CliError::Other(format!(
                "{words}; it is no part of a backup"
            )));
        }
    }
    sync(to)
}

fn copy_file(from: &Path, to: &Path) -> Result<(), CliError> {
    std::fs::copy(from, to).map_err(|error| failed(to, &error))?;
    sync(to)
}

fn sync(path: &Path) -> Result<(), CliError> {
    let synced = File::open(path).and_then(|file| file.sync_all());
    synced.map_err(|error| failed(path, &error))
}

fn failed(path: &Path, error: &io::Error) -> CliError {
    CliError::Other(format!("{}: {error}", path.display()))
}
