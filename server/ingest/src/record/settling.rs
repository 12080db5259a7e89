//! Whether more of a record may still come, which is known when it is stored.

use detect::settling::{self, Told};
use lake::CellValue;
use model::Tab;
use model::sign_in::TokenIssuerType;

use super::kind::RecordKind;
use super::lists;
use super::positions::AT;
use super::resolve::Resolved;

impl Resolved<'_> {
    /// Says whether more of the record may still come, given when it is stored, in microseconds since 1970. It is no
    /// part of what the record says: neither its content nor its fullness know of it.
    pub fn stored_at(&mut self, stored_micros: i64) {
        let RecordKind::SignIn(tab) = self.kind else {
            return;
        };
        let text = |position: usize| match self.cells.get(position) {
            Some(CellValue::Text(text)) => Some(*text),
            _ => None,
        };
        let code = match self.cells.get(AT.error_code) {
            Some(CellValue::Integer(code)) => Some(*code),
            _ => None,
        };
        let is_early = match self.cells.get(AT.date) {
            Some(CellValue::Instant(date_micros)) => {
                settling::is_early(*date_micros, stored_micros)
            }
            _ => false,
        };
        let issuer = text(AT.token_issuer_type).map(TokenIssuerType::from);
        // Steps are read once more where they can tell, which is of few records.
        let is_settling = is_early
            && settling::can_settle(tab, code, issuer.as_ref())
            && self.steps.is_some_and(|steps| {
                let told = Told {
                    tab,
                    code,
                    issuer: issuer.as_ref(),
                    steps: &lists::steps(steps),
                    result: text(AT.additional_details),
                };
                told.is_incomplete()
            });
        let cell = match tab {
            Tab::Interactive => CellValue::Boolean(is_settling),
            _ => CellValue::Empty,
        };
        if let Some(slot) = self.cells.get_mut(AT.still_settling) {
            *slot = cell;
        }
    }
}
