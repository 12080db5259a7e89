//! The sign-ins in memory, and what it took to bring them there.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use explorer::{Explorer, View, numbered_columns, plain_columns};
use lake::Lake;
use serde_json::{Value, json};

use crate::Failure;

/// What is loaded.
pub struct Held {
    pub view: Arc<View>,
    load_ms: f64,
    snapshot_load_ms: f64,
    warm_ms: f64,
    snapshot_bytes: u64,
    lake_bytes: u64,
}

async fn open(data: &Path) -> Result<Lake, Failure> {
    Ok(Lake::open(&data.join("lake")).await?)
}

/// The data files of the lake.
pub async fn files(data: &Path) -> Result<Value, Failure> {
    let files = open(data).await?.data_files().await?.files;
    let folder = data.join("lake").join("sign_ins");
    let rows: u64 = files.iter().map(|file| file.rows).sum();
    let paths: Vec<_> = files.iter().map(|file| folder.join(&file.name)).collect();
    Ok(json!({"files": paths, "rows": rows}))
}

impl Held {
    /// Loads everything from the lake, and once more from the snapshot that this made.
    pub async fn load(data: &Path) -> Result<Held, Failure> {
        let lake = open(data).await?;
        let files = lake.data_files().await?;
        let names: BTreeSet<String> = files.files.iter().map(|file| file.name.clone()).collect();
        let folder = data.join("bench-snapshot");
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        let begun = Instant::now();
        let explorer = Explorer::with_snapshot(&folder)?;
        let (plain, numbered): (Vec<_>, Vec<_>) =
            (plain_columns().collect(), numbered_columns().collect());
        for file in &files.files {
            let rows = lake.read_columns(file, &plain, &numbered).await?;
            explorer.take(&file.name, &rows)?;
        }
        explorer.publish(files.version, &names, None);
        let load_ms = begun.elapsed().as_secs_f64() * 1_000.0;
        if let Some(trouble) = explorer.snapshot_trouble() {
            return Err(trouble.into());
        }
        drop(explorer);
        let begun = Instant::now();
        let explorer = Explorer::with_snapshot(&folder)?;
        let wanted: Vec<&str> = files.files.iter().map(|file| file.name.as_str()).collect();
        let restored = explorer.restore(&wanted);
        explorer.publish(files.version, &names, None);
        let snapshot_load_ms = begun.elapsed().as_secs_f64() * 1_000.0;
        if restored != names {
            return Err("the snapshot lacks files".into());
        }
        let view = explorer.view().ok_or("nothing was shown")?;
        // As the server does it, behind the first answers.
        let begun = Instant::now();
        view.warm();
        let warm_ms = begun.elapsed().as_secs_f64() * 1_000.0;
        Ok(Held {
            view,
            warm_ms,
            load_ms,
            snapshot_load_ms,
            snapshot_bytes: size_bytes(&folder)?,
            lake_bytes: size_bytes(&data.join("lake").join("sign_ins"))?,
        })
    }

    /// What it took.
    pub fn facts(&self) -> Value {
        let per_row = |bytes: f64| bytes / self.view.rows().max(1) as f64;
        json!({
            "rows": self.view.rows(),
            "load_ms": self.load_ms,
            "snapshot_load_ms": self.snapshot_load_ms,
            "warm_ms": self.warm_ms,
            "memory_bytes_per_row": per_row(self.view.size_bytes() as f64),
            "disk_bytes_per_row": per_row(self.lake_bytes as f64),
            "snapshot_bytes_per_row": per_row(self.snapshot_bytes as f64),
        })
    }
}

fn size_bytes(folder: &Path) -> Result<u64, Failure> {
    let mut size = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        size += if entry.file_type()?.is_dir() {
            size_bytes(&entry.path())?
        } else {
            entry.metadata()?.len()
        };
    }
    Ok(size)
}
