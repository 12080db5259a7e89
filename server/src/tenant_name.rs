//! What the tenant is called.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use model::present;

use crate::config::Config;

/// How old the known content of the file may be.
const STALE_AFTER: Duration = Duration::from_secs(1);
/// Most characters of the name that are shown.
const MOST_CHARACTERS: usize = 80;

/// The configured name, or the one in the file that `vestibule demo` writes.
pub struct TenantName {
    configured: Option<String>,
    file: PathBuf,
    /// What the file said, and when: every page says the name.
    read: Mutex<Option<(String, Instant)>>,
}

/// Where the tenant's name is kept when it was not configured.
pub fn tenant_name_file(config: &Config) -> PathBuf {
    config.data.join("tenant-name.txt")
}

impl TenantName {
    /// The name by these settings.
    pub fn new(config: &Config) -> TenantName {
        TenantName {
            configured: config.tenant_name.as_deref().map(shown),
            file: tenant_name_file(config),
            read: Mutex::new(None),
        }
    }

    /// The name as pages show it.
    pub fn get(&self) -> String {
        if let Some(name) = &self.configured {
            return name.clone();
        }
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        match &*read {
            Some((name, moment)) if moment.elapsed() < STALE_AFTER => name.clone(),
            _ => {
                let name = shown(&std::fs::read_to_string(&self.file).unwrap_or_default());
                *read = Some((name.clone(), Instant::now()));
                name
            }
        }
    }
}

fn shown(name: &str) -> String {
    let name = present::shortened(name.trim(), MOST_CHARACTERS);
    if name.is_empty() {
        "Your tenant".to_owned()
    } else {
        name
    }
}
