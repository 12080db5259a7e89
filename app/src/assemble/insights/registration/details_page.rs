//! The page with *User registration details*.

use model::registration::{Flag, Method, Registered, Registrations};

use super::details::{DetailsAsk, DetailsOrder, Yes};
use super::people::{Roles, Types};
use super::{as_of, default_words, name_of, page_of_person, path_of, proven, turned};
use crate::assemble::entity::window::Window;
use crate::assemble::insights::PATH;
use crate::assemble::moments::Clock;
use crate::backend::Backend;
use crate::error::UiError;
use crate::text::{registration as common, registration_details as text};
use crate::view::entity::DirectoryHeader;
use crate::view::registration::{FilterSelect, InsightsTab, ListCell, ListLine, ListPage};
use crate::view::safe_text::{MOST_IN_CELL, shown};

/// The page.
pub async fn page(backend: &dyn Backend, query: &str, clock: &Clock) -> ListPage {
    let (ask, _) = DetailsAsk::read(query);
    let mut page = empty(&ask);
    let kept = match backend.registrations().await {
        Ok(kept) => kept,
        Err(error) => {
            page.failure = Some((UiError::from(error), ask.address()));
            return page;
        }
    };
    page.selects = selects(&kept, &ask);
    page.as_of = as_of(&kept, 0, clock);
    if kept.people.is_empty() {
        page.missing = Some(common::NO_PEOPLE);
        match proven::proven(backend, Window::of("")).await {
            Ok(proven) => page.proven = Some(proven),
            Err(error) => page.failure = Some((UiError::from(error), ask.address())),
        }
        return page;
    }
    let found = ask.matching(&kept);
    let address = |page: usize| {
        DetailsAsk {
            page,
            ..ask.clone()
        }
        .address()
    };
    let (lines, turns) = turned(found.len(), ask.page, address);
    page.numbers = (
        lines.start as u64 + 1,
        found.len() as u64,
        kept.people.len() as u64,
    );
    page.turns = turns;
    let lines = found.get(lines).unwrap_or_default().iter();
    page.lines = lines.map(|person| line(person, clock)).collect();
    page
}

fn empty(ask: &DetailsAsk) -> ListPage {
    let path = path_of(InsightsTab::Details);
    let file = |format: &str| {
        let text = ask.to_text(Some(format!("format={format}")));
        format!("/api/v1{PATH}/registration-details?{text}")
    };
    let order = ask.order_text().map(|order| ("order".to_owned(), order));
    let outdated = ask
        .is_outdated
        .then(|| ("outdated".to_owned(), "yes".to_owned()));
    ListPage {
        tab: InsightsTab::Details,
        lede: text::LEDE,
        address: ask.address(),
        carried: String::new(),
        window: None,
        as_of: None,
        find: ask.find.clone(),
        selects: Vec::new(),
        hidden: order.into_iter().chain(outdated).collect(),
        reset: (!ask.narrowing().is_empty()).then(|| path.clone()),
        headers: headers(ask),
        lines: Vec::new(),
        numbers: (0, 0, 0),
        turns: [None, None],
        files: crate::text::insights::FILES
            .map(|(format, words)| (words, file(format)))
            .to_vec(),
        missing: None,
        proven: None,
        failure: None,
        path,
    }
}

fn headers(ask: &DetailsAsk) -> Vec<DirectoryHeader> {
    let header = |order: DetailsOrder| {
        let is_present = order == ask.order;
        // Yes first and the most first is what one wants, A to Z of names.
        let is_descending = match is_present {
            true => !ask.is_descending,
            false => !matches!(order, DetailsOrder::Name | DetailsOrder::Default),
        };
        let address = DetailsAsk {
            order,
            is_descending,
            page: 1,
            ..ask.clone()
        }
        .address();
        DirectoryHeader {
            label: text::column(order),
            is_number: order == DetailsOrder::Updated,
            address: Some(address),
            sorted: is_present.then_some(match ask.is_descending {
                true => "descending",
                false => "ascending",
            }),
        }
    };
    DetailsOrder::COLUMNS.map(header).to_vec()
}

/// What the list can be narrowed by: the methods that somebody has.
fn selects(kept: &Registrations, ask: &DetailsAsk) -> Vec<FilterSelect> {
    let of = |words: &[(&str, &str)]| -> Vec<(String, String)> {
        let words = words.iter();
        words
            .map(|(value, words)| ((*value).to_owned(), (*words).to_owned()))
            .collect()
    };
    let mut selects: Vec<FilterSelect> = DetailsOrder::COLUMNS
        .into_iter()
        .filter_map(|order| match order {
            DetailsOrder::Flag(flag) => Some(FilterSelect {
                name: flag.id(),
                label: text::column(order),
                choices: of(&text::ANSWERS),
                chosen: ask.flags[flag.index()].map_or("", Yes::id).to_owned(),
            }),
            _ => None,
        })
        .collect();
    let mut methods: Vec<String> = kept
        .people
        .iter()
        .flat_map(|(person, _)| person.methods.iter().flatten())
        .map(|word| Method::id_of(word))
        .collect();
    selects.push(FilterSelect {
        name: "auth_method",
        label: text::METHOD,
        choices: with_labels(&mut methods, text::ANY_METHOD, &ask.method),
        chosen: ask.method.clone(),
    });
    let mut defaults: Vec<String> = kept
        .people
        .iter()
        .map(|(person, _)| Method::id_of(person.default_method.as_deref().unwrap_or("none")))
        .collect();
    selects.push(FilterSelect {
        name: "default",
        label: text::DEFAULT_METHOD,
        choices: with_labels(&mut defaults, text::ANY_METHOD, &ask.default),
        chosen: ask.default.clone(),
    });
    selects.push(FilterSelect {
        name: "resistant",
        label: text::RESISTANT,
        choices: of(&text::RESISTANT_ANSWERS),
        chosen: ask
            .resistant
            .map_or("", |has| if has { "yes" } else { "no" })
            .to_owned(),
    });
    selects.push(FilterSelect {
        name: "type",
        label: text::TYPE,
        choices: Types::ALL
            .map(|types| (types.id().to_owned(), common::types(types.id()).to_owned()))
            .to_vec(),
        chosen: ask.scope.types.id().to_owned(),
    });
    selects.push(FilterSelect {
        name: "role",
        label: text::ROLE,
        choices: Roles::ALL
            .map(|roles| (roles.id().to_owned(), common::roles(roles.id()).to_owned()))
            .to_vec(),
        chosen: ask.scope.roles.id().to_owned(),
    });
    selects
}

/// Values with their labels, in the order of these, behind the one that narrows nothing.
pub(super) fn with_labels(
    values: &mut Vec<String>,
    any: &str,
    chosen: &str,
) -> Vec<(String, String)> {
    values.sort();
    values.dedup();
    let mut choices: Vec<(String, String)> = values
        .iter()
        .filter(|value| !value.is_empty())
        .map(|value| (value.clone(), shown(&Method::label_of(value), MOST_IN_CELL)))
        .collect();
    choices.sort_by_cached_key(|(_, label)| label.to_lowercase());
    let is_known = chosen.is_empty() || choices.iter().any(|(value, _)| value == chosen);
    if !is_known {
        choices.push((chosen.to_owned(), shown(chosen, MOST_IN_CELL)));
    }
    choices.insert(0, (String::new(), any.to_owned()));
    choices
}

fn line(person: &Registered, clock: &Clock) -> ListLine {
    let name = name_of(person);
    let username = person.username.as_deref().or(person.user_id.as_deref());
    let username = shown(username.unwrap_or_default(), MOST_IN_CELL);
    let methods = match &person.methods {
        None => text::NOT_SAID.to_owned(),
        Some(methods) if methods.is_empty() => text::NO_METHODS.to_owned(),
        Some(methods) => {
            let labels: Vec<String> = methods.iter().map(|word| Method::label_of(word)).collect();
            shown(&labels.join(", "), MOST_IN_CELL)
        }
    };
    let cells = DetailsOrder::COLUMNS
        .into_iter()
        .filter_map(|order| match order {
            DetailsOrder::Name => None,
            DetailsOrder::Flag(flag) => Some(ListCell::Flag(person.flag(flag))),
            DetailsOrder::Default => Some(ListCell::Text(default_words(person))),
            DetailsOrder::Methods => Some(ListCell::Text(methods.clone())),
            DetailsOrder::Updated => Some(ListCell::Moment(
                person.last_updated.map(|moment| clock.in_grid(moment)),
            )),
        });
    let tags = [
        (person.flag(Flag::Admin) == Some(true), text::ADMIN),
        (person.is_guest(), text::GUEST),
    ];
    ListLine {
        second: if username == name {
            String::new()
        } else {
            username
        },
        page: page_of_person(person, Window::of("")),
        tags: tags
            .into_iter()
            .filter(|(is_so, _)| *is_so)
            .map(|(_, tag)| tag)
            .collect(),
        cells: cells.collect(),
        name,
    }
}
