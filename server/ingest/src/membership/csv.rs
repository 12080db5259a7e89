//! Tables: the portal's export of a group's members, or what people put together themselves.

use super::{Gathered, MemberKind, MembershipError, put};

const GROUP_IDS: [&str; 2] = ["groupid", "groupobjectid"];
const GROUP_NAMES: [&str; 3] = ["groupname", "groupdisplayname", "group"];
const IDS: [&str; 6] = [
    "id",
    "userid",
    "objectid",
    "memberid",
    "userobjectid",
    "memberobjectid",
];
const USERNAMES: [&str; 6] = [
    "userprincipalname",
    "username",
    "upn",
    "memberprincipalname",
    "memberupn",
    "member",
];
const NAMES: [&str; 5] = [
    "displayname",
    "name",
    "memberdisplayname",
    "userdisplayname",
    "membername",
];
const KINDS: [&str; 4] = ["objecttype", "odatatype", "membertype", "type"];
/// Headers that logs of sign-ins have and lists of members do not.
const OF_SIGN_INS: [&str; 3] = ["requestid", "correlationid", "dateutc"];

/// Reads a table with headers, cut at commas, semicolons or tabs.
pub(super) fn read(text: &str, gathered: &mut Gathered<'_>) -> Result<(), MembershipError> {
    let first_line = text.trim_start().lines().next().unwrap_or_default();
    let most = |delimiter: &u8| {
        let cells = first_line.bytes().filter(|byte| byte == delimiter);
        cells.count()
    };
    // Of equals the last one counts: a column alone is of a list with commas.
    let delimiter = [b'\t', b';', b','].into_iter().max_by_key(most);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.trim_start().as_bytes());
    let headers: Vec<String> = match reader.headers() {
        Ok(headers) => headers.iter().map(plain).collect(),
        Err(_) => return Err(MembershipError::NoPeople),
    };
    let place = |names: &[&str]| {
        let mut wanted = names.iter();
        wanted.find_map(|name| headers.iter().position(|header| header == name))
    };
    if OF_SIGN_INS.iter().any(|name| place(&[name]).is_some()) {
        return Err(MembershipError::SignIns);
    }
    let [group_id, group_name, id, username, name, kind] = [
        &GROUP_IDS[..],
        &GROUP_NAMES,
        &IDS,
        &USERNAMES,
        &NAMES,
        &KINDS,
    ]
    .map(place);
    if id.is_none() && username.is_none() {
        return Err(MembershipError::NoPeople);
    }
    let says_group = group_id.is_some() || group_name.is_some();
    let mut row = csv::StringRecord::new();
    loop {
        let line = reader.position().line();
        match reader.read_record(&mut row) {
            Ok(false) => return Ok(()),
            Ok(true) => {}
            Err(_) => {
                gathered.skip(line, "cannot be read as a row");
                continue;
            }
        }
        let cell = |place: Option<usize>| place.and_then(|place| row.get(place));
        let of_group = [cell(group_id), cell(group_name)];
        let is_named = of_group
            .iter()
            .flatten()
            .any(|text| !text.trim().is_empty());
        if says_group && !is_named {
            gathered.skip(line, "names no group");
            continue;
        }
        let kind = MemberKind::of(cell(kind).unwrap_or_default());
        let [group_id, group_name] = of_group;
        let group = gathered.group(group_id, group_name);
        if !put(group, kind, [cell(id), cell(username), cell(name)]) {
            gathered.skip(line, "has neither an object ID nor a username");
        }
    }
}

/// A header without what people write in different ways.
fn plain(header: &str) -> String {
    let letters = header.chars().filter(|char| char.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
