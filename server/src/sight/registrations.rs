//! Imported lists for somebody who does not see who people are.

use std::sync::Arc;

use model::column::Personal;
use model::registration::Registrations;

use super::Sighted;

impl Sighted {
    /// What is shown of the lists. People come in the order of what is shown of them, and nothing that was written
    /// freely goes with them.
    pub fn registrations(&self, kept: Arc<Registrations>) -> Arc<Registrations> {
        if self.sight.people {
            return kept;
        }
        let mut shown = Registrations::clone(&kept);
        let mask = |personal, text: &mut Option<String>| {
            *text = text.take().and_then(|text| self.text(personal, &text));
        };
        for (person, _) in &mut shown.people {
            mask(Personal::ObjectId, &mut person.user_id);
            mask(Personal::Account, &mut person.username);
            mask(Personal::Name, &mut person.display_name);
        }
        shown
            .people
            .sort_by_cached_key(|(person, _)| person.key().unwrap_or_default());
        for event in &mut shown.events {
            mask(Personal::ObjectId, &mut event.user_id);
            mask(Personal::Account, &mut event.username);
            mask(Personal::Name, &mut event.display_name);
            // A free text, which may name somebody.
            event.failure_reason = None;
        }
        shown.events.sort_by(|one, other| other.cmp(one));
        for list in &mut shown.lists {
            // People name files after people.
            list.origin.clear();
        }
        Arc::new(shown)
    }
}
