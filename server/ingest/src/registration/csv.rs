//! Tables: the portal's downloads, and what PowerShell writes.

use super::fields::{Fields, plain};
use super::object::{self, Place};
use super::{Read, RegistrationError};

/// Headers that logs of sign-ins have and these lists do not.
const OF_SIGN_INS: [&str; 2] = ["requestid", "correlationid"];

/// Reads a table with headers, cut at commas, semicolons or tabs.
pub(super) fn read(text: &str, gathered: &mut Read) -> Result<(), RegistrationError> {
    // The reader counts a line late where two letters end one.
    let text = text.replace("\r\n", "\n");
    let text = without_type_line(text.trim_start());
    let first_line = text.lines().next().unwrap_or_default();
    let most = |delimiter: &u8| first_line.bytes().filter(|byte| byte == delimiter).count();
    // Of equals the last one counts: a column alone is of a list with commas.
    let delimiter = [b'\t', b';', b','].into_iter().max_by_key(most);
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .flexible(true)
        .trim(::csv::Trim::Headers)
        .from_reader(text.as_bytes());
    let headers: Vec<String> = match reader.headers() {
        Ok(headers) => headers.iter().map(plain).collect(),
        Err(_) => return Err(RegistrationError::Unknown),
    };
    let has = |name: &str| headers.iter().any(|header| header == name);
    if OF_SIGN_INS.into_iter().any(has) {
        return Err(RegistrationError::SignIns);
    }
    if !object::is_known_table(&headers) {
        return Err(RegistrationError::Unknown);
    }
    let mut row = ::csv::StringRecord::new();
    loop {
        let line = reader.position().line();
        match reader.read_record(&mut row) {
            Ok(false) => return Ok(()),
            Ok(true) => {
                let place = Place {
                    number: line,
                    headers: Some(&headers),
                    ..Place::default()
                };
                object::take(&Fields::of_row(&headers, &row), &place, gathered)?;
            }
            Err(_) => gathered.skip(line, "cannot be read as a row"),
        }
    }
}

/// PowerShell 5 writes the type of the objects above the headers.
fn without_type_line(text: &str) -> &str {
    match text.split_once('\n') {
        Some((first, rest)) if first.trim_start_matches('"').starts_with("#TYPE") => rest,
        _ => text,
    }
}
