//! What came of the last imports of files beside the log, by number, for the page that says it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use state::StateError;

/// Imports whose outcome is remembered.
const MOST: usize = 100;

/// The outcomes of this process. Clones share them.
pub struct Remembered<T>(Arc<Mutex<BTreeMap<u64, T>>>);

impl<T> Clone for Remembered<T> {
    fn clone(&self) -> Remembered<T> {
        Remembered(Arc::clone(&self.0))
    }
}

impl<T> Default for Remembered<T> {
    fn default() -> Remembered<T> {
        Remembered(Arc::default())
    }
}

impl<T: Clone> Remembered<T> {
    /// Remembers an outcome, and gives its number.
    pub fn keep(&self, outcome: T) -> u64 {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let id = kept.last_key_value().map_or(1, |(last, _)| last + 1);
        kept.insert(id, outcome);
        while kept.len() > MOST {
            kept.pop_first();
        }
        id
    }

    /// The outcome of this number, while it is remembered.
    pub fn get(&self, id: u64) -> Option<T> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&id).cloned()
    }
}

/// Why a file could not be kept, for whoever brought it in. What fails here is in the log, without what it is about.
pub fn not_kept(error: &StateError) -> String {
    if error.is_of_request() {
        return error.to_string();
    }
    tracing::error!(error = %error, "an imported file cannot be kept");
    "it could not be kept; the log of the server says why".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_are_forgotten_and_numbers_go_on() {
        let remembered: Remembered<usize> = Remembered::default();
        let ids: Vec<u64> = (0..=MOST).map(|outcome| remembered.keep(outcome)).collect();
        assert_eq!(ids.first(), Some(&1));
        assert_eq!(remembered.get(1), None);
        assert_eq!(remembered.get(2), Some(1));
        assert_eq!(remembered.get(ids[MOST]), Some(MOST));
    }
}
