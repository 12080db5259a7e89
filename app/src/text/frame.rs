//! Words of the frame around every page.

/// Name of the product.
pub const PRODUCT: &str = "Vestibule";
/// Link in front of everything, for keyboards.
pub const SKIP: &str = "Skip to content";
/// Name of the side navigation.
pub const NAVIGATION: &str = "Main";
/// Name of the breadcrumb.
pub const BREADCRUMB: &str = "Breadcrumb";
/// Side navigation and page title of the sign-ins.
pub const SIGN_INS: &str = "Sign-in logs";
/// Side navigation and page title of the import.
pub const IMPORT: &str = "Import";
/// Side navigation of the map.
pub const MAP: &str = "Map";
/// Side navigation of the list of users.
pub const USERS: &str = "Users";
/// Side navigation of the list of groups.
pub const GROUPS: &str = "Groups";
/// Side navigation of the list of applications.
pub const APPLICATIONS: &str = "Enterprise applications";
/// Group of the side navigation with reports.
pub const GROUP_INSIGHTS: &str = "Usage and insights";
/// Side navigation of the report on applications.
pub const APPLICATION_ACTIVITY: &str = "Application activity";
/// Side navigation of the report on policies.
pub const POLICY_RESULTS: &str = "Policy results";
/// Side navigation of the report on relying parties of AD FS.
pub const ADFS_ACTIVITY: &str = "AD FS activity";
/// Side navigation of the report on services.
pub const SERVICE_ACTIVITY: &str = "Service principals";
/// Side navigation of the report on credentials.
pub const CREDENTIAL_ACTIVITY: &str = "Credentials";
/// Group of the side navigation with what explains.
pub const GROUP_REFERENCE: &str = "Reference";
/// Side navigation of the error book.
pub const ERRORS: &str = "Error book";
/// Group of the side navigation with who signs in, and to what.
pub const GROUP_PEOPLE: &str = "People and workloads";
/// Group of the side navigation with what looks at data.
pub const GROUP_MONITORING: &str = "Monitoring";
/// Group of the side navigation with what brings data.
pub const GROUP_DATA: &str = "Data";
/// Side navigation and page title of one's own sign-ins.
pub const MY_SIGN_INS: &str = "My sign-ins";
/// Side navigation and page title of the sign-ins that people did not recognise.
pub const PERSON_REPORTS: &str = "Reported by people";
/// Group of the side navigation with one's own things.
pub const GROUP_YOU: &str = "You";
/// Group of the side navigation with who may see what.
pub const GROUP_ACCESS: &str = "Access";
/// Side navigation and page title of the record of who looked at what.
pub const ACCESS_AUDIT: &str = "Who looked";
/// Side navigation and page title of one's own account.
pub const ACCOUNT: &str = "Your account";
/// Side navigation and page title of the list of accounts.
pub const ACCOUNTS: &str = "Accounts";
/// Button that ends the session.
pub const SIGN_OUT: &str = "Sign out";

/// Button that opens the menu of the account.
pub fn account(name: &str) -> String {
    format!("Account of {name}")
}

/// In front of the tenant's name, for readers.
pub const TENANT: &str = "Tenant";
/// Opens the navigation on small screens.
pub const MENU: &str = "Menu";
/// Label of the field in the top bar.
pub const FIND: &str = "Find a person, app, IP, ID or error";
/// The keys that lead there.
pub const FIND_KEYS: &str = "Ctrl K";
/// Link to the keyboard shortcuts.
pub const HELP: &str = "Keyboard shortcuts";
/// Button that opens the choice of themes.
pub const THEME: &str = "Theme";
/// The themes: value of the form field and word.
pub const THEMES: [(&str, &str); 4] = [
    ("system", "As the system"),
    ("light", "Light"),
    ("dark", "Dark"),
    ("contrast", "High contrast"),
];
/// Between "Could not …" and its number.
pub const TRACE: &str = "Trace";
/// Heading in the place of a page for which the server gave no answer.
pub const NOT_READ_TITLE: &str = "Could not read the page";
/// Link that asks again.
pub const TRY_AGAIN: &str = "Try again";
/// The server did not answer at all.
pub const SERVER_SILENT: &str =
    "The server did not answer. Check that it is running and that you are connected.";
/// The server answered something else.
pub const SERVER_UNCLEAR: &str =
    "The server gave no usable answer. Load the page again; its log says more.";
/// Title of the page for unknown addresses.
pub const NOT_FOUND: &str = "There is no page here";
/// What to do about it.
pub const NOT_FOUND_HELP: &str = "The address may be mistyped, or it belongs to a later version.";
/// Title of the page for short links that stand for nothing.
pub const NO_LINK: &str = "This short link leads nowhere";
/// What to do about it.
pub const NO_LINK_HELP: &str = "It may be mistyped, its list is no longer kept here, or it names people whose names you do not see. Ask whoever \
     sent it for another one.";
/// Link from there to the start.
pub const TO_SIGN_INS: &str = "Open the sign-in logs";

/// Title of the browser's tab.
pub fn document_title(page: String) -> String {
    if page.is_empty() {
        PRODUCT.to_owned()
    } else {
        format!("{page} · {PRODUCT}")
    }
}

/// Said when an address was copied.
pub const LINK_COPIED: &str = "Link copied";
/// Said when something else was.
pub const COPIED: &str = "Copied";
/// Link to the overview.
pub const OVERVIEW: &str = "Overview";
/// Link to how people proved who they are.
pub const AUTHENTICATION_METHODS: &str = "Authentication methods";
/// A chart was copied.
pub const CHART_COPIED: &str = "Chart copied";
/// A chart could not be copied, so that it was saved.
pub const CHART_SAVED: &str = "This browser copies no charts, so it was saved as a file";
/// Said when the browser refused to.
pub const NOT_COPIED: &str = "Nothing was copied: the browser did not allow it. Allow this page to use the clipboard, or copy by hand.";
