//! Client apps in two groups, with what each of them is.

use model::Column;

use super::filter_editor::same;
use crate::text::filters as text;
use crate::view::filters::{ValueGroup, ValueLine};

const COLUMN: &str = "client_app";
/// Those with modern authentication.
const MODERN: [&str; 2] = ["Browser", "Mobile Apps and Desktop clients"];
/// What each client is.
const HELP: [(&str, &str); 18] = [
    ("Browser", "A web page in any browser"),
    (
        "Mobile Apps and Desktop clients",
        "Apps on phones and computers that open a sign-in window",
    ),
    (
        "Authenticated SMTP",
        "Sends mail; used by mail programs, printers and scripts",
    ),
    (
        "Autodiscover",
        "Finds the settings of a mailbox for Outlook and phones",
    ),
    (
        "Exchange ActiveSync",
        "Mail, calendar and contacts on phones",
    ),
    (
        "Exchange Online PowerShell",
        "Administration of Exchange from a shell",
    ),
    (
        "Exchange Web Services",
        "The interface of Exchange for Outlook, Mac clients and other programs",
    ),
    ("IMAP4", "Reads mail that stays on the server"),
    ("MAPI Over HTTP", "Outlook 2010 and later, to its mailbox"),
    (
        "Offline Address Book",
        "Outlook fetches the address lists to have them at hand",
    ),
    (
        "Outlook Anywhere (RPC over HTTP)",
        "Outlook 2016 and earlier, to its mailbox",
    ),
    (
        "Outlook Service",
        "The Mail and Calendar apps of Windows 10",
    ),
    ("POP3", "Fetches mail from the server"),
    (
        "Reporting Web Services",
        "Reads report data of Exchange Online",
    ),
    (
        "Other clients",
        "Old protocols that name no client, or none that is known",
    ),
    (
        "Exchange ActiveSync (supported)",
        "Mail on phones whose app met the requirements; in older logs",
    ),
    ("SMTP", "Sends mail; the name of older logs"),
    (
        "Universal Outlook",
        "Windows' own mail and calendar, as older logs call them",
    ),
];

/// What a client app is; nothing for other columns.
pub fn help(column: &Column, value: &str) -> Option<&'static str> {
    let mut known = HELP.iter().filter(|_| column.id == COLUMN);
    known
        .find(|(client, _)| same(client, value))
        .map(|(_, help)| *help)
}

/// The client apps of old protocols, which cannot ask for a second factor.
pub fn legacy() -> impl Iterator<Item = &'static str> {
    let clients = HELP.iter().map(|(client, _)| *client);
    clients.filter(|client| !MODERN.contains(client))
}

/// Values in their groups: two of client apps, and one for values that neither list has; one in all for
/// other columns.
pub fn grouped(column: &Column, values: Vec<ValueLine>) -> Vec<ValueGroup> {
    if column.id != COLUMN {
        return vec![ValueGroup {
            label: None,
            values,
        }];
    }
    let is_modern = |line: &ValueLine| MODERN.iter().any(|client| same(client, &line.value));
    let (modern, others): (Vec<_>, Vec<_>) = values.into_iter().partition(is_modern);
    let (legacy, unknown) = others.into_iter().partition(|line| line.help.is_some());
    [
        (text::MODERN_CLIENTS, modern),
        (text::LEGACY_CLIENTS, legacy),
        (text::UNKNOWN_CLIENTS, unknown),
    ]
    .into_iter()
    .filter(|(_, values)| !values.is_empty())
    .map(|(label, values)| ValueGroup {
        label: Some(label),
        values,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_known_client_app_is_described() {
        let column = Column::named(COLUMN);
        for choice in column.value_type.choices() {
            assert!(help(column, choice.value).is_some(), "{}", choice.value);
        }
        assert_eq!(HELP.len(), column.value_type.choices().len());
        assert_eq!(help(Column::named("user"), "Browser"), None);
    }
}
