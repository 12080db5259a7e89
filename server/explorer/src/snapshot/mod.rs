//! What was in memory, kept in files beside the lake, so that the next start need not read the lake.
//!
//! A folder of two kinds of files: `values.log`, the dictionaries, and one file of segments for each
//! data file of the lake. Nothing here is the truth: what is missing, damaged, of another program
//! version or of another log is made anew from the lake.

mod bytes;
mod segments;
#[cfg(test)]
mod tests;
mod values;

use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use model::column::ValueType;
use model::interrupt_codes::InterruptCodes;
use model::{Column, Tab};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use self::bytes::{Reader, Writer};
use self::values::Chain;
use crate::dictionary::Growing;
use crate::layout::Layout;
use crate::segment::Segment;

/// Changes when the form of the files does.
const FORM: u64 = 1;
const LOG: &str = "values.log";
const ENDING: &str = "segments";
/// The beginning of the log: the layout and a number that no other log has.
const LOG_HEAD_BYTES: usize = 16;

/// The folder.
pub(crate) struct Snapshot {
    folder: PathBuf,
    log: File,
    /// Sound length of the log.
    length_bytes: u64,
    chains: HashSet<Chain>,
    chain: Chain,
    /// Values of each dictionary that are in the log.
    written: Vec<usize>,
}

impl Snapshot {
    /// Opens the folder, and reads the dictionaries, which must be empty.
    ///
    /// # Errors
    /// When the folder or its log can be neither read nor made.
    pub fn open(folder: &Path, dictionaries: &mut [Growing]) -> io::Result<Snapshot> {
        fs::create_dir_all(folder)?;
        let path = folder.join(LOG);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        let head = Reader::new(&bytes)
            .number::<u64>()
            .filter(|layout| *layout == layout_key());
        let number = bytes.get(8..LOG_HEAD_BYTES).map(xxh3_64);
        let log = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)?;
        let mut snapshot = Snapshot {
            folder: folder.to_owned(),
            log,
            length_bytes: 0,
            chains: HashSet::new(),
            chain: 0,
            written: vec![0; dictionaries.len()],
        };
        let replayed = head.and(number).and_then(|number| {
            let records = bytes.get(LOG_HEAD_BYTES..).unwrap_or_default();
            values::replay(records, number, dictionaries)
        });
        if let Some(replayed) = replayed {
            snapshot.chains = replayed.chains;
            snapshot.chain = replayed.chain;
            snapshot.length_bytes = (LOG_HEAD_BYTES + replayed.length_bytes) as u64;
            snapshot.written = dictionaries
                .iter()
                .map(|held| held.view().codes() - 1)
                .collect();
            snapshot.log.set_len(snapshot.length_bytes)?;
        } else {
            dictionaries
                .iter_mut()
                .for_each(|held| *held = Growing::default());
            snapshot.begin()?;
        }
        Ok(snapshot)
    }

    /// Begins a new log, which makes all segments invalid.
    fn begin(&mut self) -> io::Result<()> {
        let mut head = Writer::default();
        head.number(layout_key());
        // Not the same as any log before, so that segments of that one do not fit.
        let moment = std::time::SystemTime::now();
        head.number(RandomState::new().hash_one((std::process::id(), moment)));
        let head = head.bytes();
        self.log.set_len(0)?;
        write_at(&self.log, 0, &head)?;
        self.length_bytes = head.len() as u64;
        self.chain = head.get(8..).map_or(0, xxh3_64);
        self.chains = HashSet::from([self.chain]);
        self.written.fill(0);
        Ok(())
    }

    /// Forgets everything.
    ///
    /// # Errors
    /// When the log cannot be written.
    pub fn clear(&mut self) -> io::Result<()> {
        self.begin()?;
        self.keep(&BTreeSet::new());
        Ok(())
    }

    /// Reads the segments of a data file, when they are here and sound; without holding the snapshot.
    pub fn reader(&self) -> impl Fn(&str) -> Option<Vec<Segment>> + Send + Sync + 'static {
        let (folder, chains) = (self.folder.clone(), self.chains.clone());
        move |file| read(&path(&folder, file), file, &chains)
    }

    /// Writes the segments of a data file, after what is new in the dictionaries.
    ///
    /// # Errors
    /// When the disk is full, or fails.
    pub fn write(
        &mut self,
        file: &str,
        held: &[Arc<Segment>],
        dictionaries: &[Growing],
    ) -> io::Result<()> {
        self.write_values(dictionaries)?;
        let mut out = Writer::default();
        out.number(layout_key());
        out.number(self.chain);
        out.text(file);
        segments::write(held, &mut out);
        let path = self.path(file);
        let part = path.with_extension("part");
        let written = fs::write(&part, out.sealed()).and_then(|()| fs::rename(&part, &path));
        if written.is_err() {
            fs::remove_file(&part).ok();
        }
        written
    }

    fn write_values(&mut self, dictionaries: &[Growing]) -> io::Result<()> {
        let mut records = Vec::new();
        let mut chain = self.chain;
        let mut chains = Vec::new();
        for (column, (dictionary, written)) in dictionaries.iter().zip(&self.written).enumerate() {
            if dictionary.view().codes() - 1 > *written {
                let (record, after) = values::record(column, dictionary, *written, chain);
                records.extend_from_slice(&record);
                chains.push(after);
                chain = after;
            }
        }
        if records.is_empty() {
            return Ok(());
        }
        // Half a record behind the sound length is written over, or cut off by the next start.
        write_at(&self.log, self.length_bytes, &records)?;
        self.length_bytes += records.len() as u64;
        self.chain = chain;
        self.chains.extend(chains);
        self.written = dictionaries
            .iter()
            .map(|held| held.view().codes() - 1)
            .collect();
        Ok(())
    }

    /// Deletes what belongs to no file of these.
    pub fn keep(&self, files: &BTreeSet<String>) {
        let kept: HashSet<PathBuf> = files.iter().map(|file| self.path(file)).collect();
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return;
        };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            let is_ours = path
                .extension()
                .is_some_and(|ending| ending == ENDING || ending == "part");
            if is_ours && !kept.contains(&path) {
                // What stays is looked at again the next time, and does no harm.
                fs::remove_file(&path).ok();
            }
        }
    }

    fn path(&self, file: &str) -> PathBuf {
        path(&self.folder, file)
    }
}

fn path(folder: &Path, file: &str) -> PathBuf {
    folder.join(format!("{:032x}.{ENDING}", xxh3_128(file.as_bytes())))
}

fn read(path: &Path, file: &str, chains: &HashSet<Chain>) -> Option<Vec<Segment>> {
    let bytes = fs::read(path).ok()?;
    let mut bytes = Reader::of_sealed(&bytes)?;
    let fits = bytes.number::<u64>()? == layout_key()
        && chains.contains(&bytes.number()?)
        && bytes.text()? == file;
    if !fits {
        return None;
    }
    let segments = segments::read(&mut bytes)?;
    bytes.is_at_end().then_some(segments)
}

fn write_at(file: &File, place: u64, bytes: &[u8]) -> io::Result<()> {
    use std::io::{Seek, SeekFrom};
    let mut file = file;
    file.seek(SeekFrom::Start(place))?;
    file.write_all(bytes)
}

/// Names the form of the files, the tabs, the columns and the codes that count as interrupted: another program version,
/// or another configuration, may have others.
fn layout_key() -> u64 {
    static KEY: LazyLock<u64> = LazyLock::new(|| {
        let codes = InterruptCodes::in_force();
        key_of(&Layout::get().columns, &Tab::ALL, codes)
    });
    *KEY
}

fn key_of(columns: &[&Column], tabs: &[Tab], codes: &InterruptCodes) -> u64 {
    let tabs = tabs.iter().map(|tab| tab.as_str().to_owned());
    let columns = columns.iter().map(|column| {
        let is_identifier = column.is_singular();
        format!(
            "{} {} {is_identifier}",
            column.id,
            name_of(&column.value_type)
        )
    });
    let codes = std::iter::once(codes.key());
    let parts: Vec<String> = tabs.chain(columns).chain(codes).collect();
    xxh3_64(format!("{FORM} {}", parts.join("\n")).as_bytes())
}

/// Other words to choose from are no other type: unknown ones are kept as well.
fn name_of(value_type: &ValueType) -> &'static str {
    match value_type {
        ValueType::Text => "text",
        ValueType::Identifier => "identifier",
        ValueType::Address => "address",
        ValueType::List => "list",
        ValueType::Choice(_) => "choice",
        ValueType::Integer => "integer",
        ValueType::Decimal => "decimal",
        ValueType::Boolean => "boolean",
        ValueType::Instant => "instant",
    }
}
