//! `/insights/authentication-methods/registration`, `…/details` and `…/events`: what lists beside the log say of people's
//! methods.

use super::Written;
use super::entity::sheet;
use crate::asked::Asked;
use crate::assemble::insights::registration::details::DetailsAsk;
use crate::assemble::insights::registration::details_page;
use crate::assemble::insights::registration::events::{self, EventsAsk};
use crate::assemble::insights::registration::{RegistrationAsk, page};
use crate::assemble::moments::Clock;
use crate::components::registration::registration_page;
use crate::components::registration_list::list_page;
use crate::text::registration as text;
use crate::view::registration::InsightsTab;

/// The page of a tab.
pub async fn written(asked: &Asked, tab: InsightsTab) -> Written {
    let clock = Clock::of_request(&asked.parsed());
    let backend = &*asked.backend;
    // A form sends fields without a value, too.
    let is_of_form = asked.query.split('&').any(|part| part.ends_with('='));
    let content = match tab {
        InsightsTab::Details if is_of_form => {
            return Written::Elsewhere(DetailsAsk::read(&asked.query).0.address());
        }
        InsightsTab::Events if is_of_form && !says_all_time(&asked.query) => {
            return Written::Elsewhere(EventsAsk::of(&asked.query).address());
        }
        InsightsTab::Details => list_page(details_page::page(backend, &asked.query, &clock).await),
        InsightsTab::Events => list_page(events::page(backend, &asked.query, &clock).await),
        InsightsTab::Registration | InsightsTab::Usage => {
            let ask = RegistrationAsk::of(&asked.query);
            registration_page(page(backend, &ask, &clock).await)
        }
    };
    let title = format!("{} · {}", text::tab(tab), text::TITLE);
    Written::Sheet(sheet(title, content))
}

/// Whether the only field without a value is the one that says all of time.
fn says_all_time(query: &str) -> bool {
    let mut empty = query.split('&').filter(|part| part.ends_with('='));
    empty.all(|part| part == "from=")
}
