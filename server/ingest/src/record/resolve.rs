//! One record to the values of all columns, its kind and its key.

use bumpalo::Bump;
use lake::{CellValue, Fullness, RowKey};
use model::{Outcome, Tab};

use super::cell;
use super::derive;
use super::fingerprint::Fingerprint;
use super::kind::{KindHint, KindSigns, RecordKind, is_bare_envelope, other_kind, tab_of_category};
use super::names::{NAMES, Role};
use super::object::{Opened, entries, has_repeats, keep_last, opened};
use super::policies::PolicyReader;
use super::positions::AT;
use super::refusal::Refusal;
use super::shape::Shape;

/// What a record says.
#[derive(Debug)]
pub struct Resolved<'b> {
    /// Shape in which it came.
    pub shape: Shape,
    /// What it is.
    pub kind: RecordKind,
    /// Values of the recorded columns, in their order.
    pub cells: Vec<CellValue<'b>>,
    /// Identity and content.
    pub key: RowKey,
    /// When the source sent it, in microseconds since 1970.
    pub emitted_micros: Option<i64>,
    /// Whether the kind was not said anywhere and was assumed.
    pub kind_assumed: bool,
    /// The authentication steps, as JSON.
    pub(super) steps: Option<&'b str>,
}

/// Reads records. One serves one thread: it keeps memory from record to record.
#[derive(Default)]
pub struct Resolver {
    fingerprint: Fingerprint,
    policies: PolicyReader,
}

/// What an envelope or a table says beside the sign-in's own properties.
#[derive(Default)]
pub(super) struct Envelope<'b> {
    emitted: Option<&'b str>,
    tenant: Option<&'b str>,
    log_resource: Option<&'b str>,
    result_type: Option<&'b str>,
    result_description: Option<&'b str>,
    caller_address: Option<&'b str>,
    correlation: Option<&'b str>,
    identity: Option<&'b str>,
    country: Option<&'b str>,
    place: Option<&'b str>,
    status: Option<&'b str>,
    pub(super) policies: Option<&'b str>,
    properties: Option<&'b str>,
    pub(super) steps: Option<&'b str>,
    pub(super) lifetimes: Option<&'b str>,
    pub(super) networks: Option<&'b str>,
    pub(super) processing: Option<&'b str>,
}

impl Resolver {
    /// Reads one record. Texts that had to be unescaped are put into `memory`.
    ///
    /// # Errors
    /// When it cannot be stored as a sign-in; kinds other than sign-ins are no error.
    pub fn resolve<'b>(
        &mut self,
        text: &'b str,
        hint: KindHint,
        memory: &'b Bump,
    ) -> Result<Resolved<'b>, Refusal> {
        let not_json = |error: serde_json::Error| Refusal::NotJson(error.to_string());
        let Opened { mut top, mut inner } = opened(text).map_err(not_json)?;
        let shape = Shape::of(&top);
        if shape != Shape::Diagnostic && inner.is_some() {
            // Only of an envelope is this what the record says.
            top = entries(text).map_err(not_json)?;
            inner = None;
        }
        if has_repeats(&top) {
            keep_last(&mut top);
        }
        let kind = other_kind(shape, &top);
        if kind.is_some() && is_bare_envelope(&top) {
            return Err(Refusal::NoProperties);
        }
        if let Some(kind) = kind {
            return Ok(Resolved {
                shape,
                kind,
                cells: Vec::new(),
                key: RowKey {
                    id_key: 0,
                    content_key: 0,
                    fullness: Fullness {
                        source: 0,
                        filled: 0,
                    },
                    emitted_seconds: 0,
                    day: 0,
                },
                emitted_micros: None,
                kind_assumed: false,
                steps: None,
            });
        }
        self.fingerprint.clear();
        let mut reading = Reading {
            cells: vec![CellValue::Empty; NAMES.columns.len()],
            envelope: Envelope::default(),
            signs: KindSigns::default(),
            known_headers: 0,
            memory,
        };
        for (name, value) in &top {
            let role = NAMES.of_top(shape, name);
            if !matches!(role, Role::Emitted | Role::Properties) {
                self.fingerprint.add(name, value);
            }
            reading.take(role, value, shape);
        }
        if let Some(properties) = reading.envelope.properties {
            let mut inner = match inner {
                Some(inner) => Ok(inner),
                // Forwarders sometimes write the inner object as text.
                None if properties.starts_with('"') => entries(cell::text(properties, memory)),
                None => entries(properties),
            }
            .map_err(|error| Refusal::NotJson(format!("properties: {error}")))?;
            if inner.is_empty() {
                return Err(Refusal::NoProperties);
            }
            if has_repeats(&inner) {
                keep_last(&mut inner);
            }
            for (name, value) in &inner {
                self.fingerprint.add(name, value);
                reading.take(NAMES.of_property(name), value, shape);
            }
        }
        // Where the envelope's time stands in for the sign-in's own, it is part of what is said.
        if reading.is_empty(AT.date)
            && let Some(time) = reading.envelope.emitted
        {
            self.fingerprint.add("createdDateTime", time);
        }
        reading.finish(shape, hint, self)
    }
}

pub(super) struct Reading<'b> {
    pub(super) cells: Vec<CellValue<'b>>,
    pub(super) envelope: Envelope<'b>,
    signs: KindSigns<'b>,
    known_headers: u32,
    pub(super) memory: &'b Bump,
}

impl<'b> Reading<'b> {
    fn take(&mut self, role: Role, value: &'b str, shape: Shape) {
        self.known_headers += u32::from(role != Role::Other);
        let value = match shape {
            Shape::PortalCsv => cell::unguarded(value, self.memory),
            _ => value,
        };
        let envelope = &mut self.envelope;
        let slot = match role {
            Role::Column(position) => return self.set(position, value),
            Role::Parent(index) => return self.take_members(index, value, shape),
            Role::EventTypes => return self.signs.event_types = Some(value),
            Role::Other => return,
            Role::Policies | Role::Steps | Role::Lifetimes | Role::Networks | Role::Processing
                if matches!(value, "[]" | "\"\"" | "null" | "\"[]\"") =>
            {
                return;
            }
            Role::Policies => &mut envelope.policies,
            Role::Properties => &mut envelope.properties,
            Role::Category => &mut self.signs.category,
            Role::TableName => &mut self.signs.table,
            Role::Emitted => &mut envelope.emitted,
            Role::Tenant => &mut envelope.tenant,
            Role::LogResource => &mut envelope.log_resource,
            Role::ResultType => &mut envelope.result_type,
            Role::ResultDescription => &mut envelope.result_description,
            Role::CallerAddress => &mut envelope.caller_address,
            Role::Correlation => &mut envelope.correlation,
            Role::Identity => &mut envelope.identity,
            Role::Country => &mut envelope.country,
            Role::PlaceText => &mut envelope.place,
            Role::StatusText => &mut envelope.status,
            Role::Steps => &mut envelope.steps,
            Role::Lifetimes => &mut envelope.lifetimes,
            Role::Networks => &mut envelope.networks,
            Role::Processing => &mut envelope.processing,
        };
        if value != "null" {
            *slot = Some(if role == Role::Properties {
                value
            } else {
                cell::text(value, self.memory)
            });
        }
    }

    /// Sets a column; a later empty value never undoes an earlier full one (twin columns).
    fn set(&mut self, position: usize, value: &'b str) {
        let cell = cell::value(NAMES.columns[position], value, self.memory);
        if cell != CellValue::Empty || NAMES.columns[position].id == "date" {
            self.cells[position] = match cell {
                // A date that cannot be read is told apart from none, to be named in the refusal.
                CellValue::Empty if value.len() > 2 && value != "null" => {
                    CellValue::Text(cell::text(value, self.memory))
                }
                CellValue::Empty => self.cells[position],
                cell => cell,
            };
        }
    }

    fn take_members(&mut self, index: usize, value: &'b str, shape: Shape) {
        let parent = &NAMES.parents[index];
        let object = if value.starts_with('"') {
            cell::text(value, self.memory)
        } else {
            value
        };
        if !object.trim_start().starts_with('{') {
            // "NO" where a place is expected is a country.
            if parent.name == "location" && object != "null" && shape != Shape::Graph {
                self.envelope.country = Some(object);
            }
            return;
        }
        let Ok(members) = entries(object) else { return };
        for (name, value) in members {
            for (path, position) in &parent.members {
                match path.split_once('/') {
                    None if path.eq_ignore_ascii_case(&name) => self.set(*position, value),
                    Some((outer, inner)) if outer.eq_ignore_ascii_case(&name) => {
                        let found = entries(value).ok().and_then(|members| {
                            members
                                .into_iter()
                                .rfind(|(name, _)| inner.eq_ignore_ascii_case(name))
                        });
                        if let Some((_, value)) = found {
                            self.set(*position, value);
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    pub(super) fn text(&self, position: usize) -> Option<&'b str> {
        match self.cells.get(position) {
            Some(CellValue::Text(text)) => Some(text),
            _ => None,
        }
    }

    fn is_empty(&self, position: usize) -> bool {
        self.cells.get(position) == Some(&CellValue::Empty)
    }

    /// Fills a column from the envelope where the properties left it empty.
    fn fill(&mut self, position: usize, text: Option<&'b str>) {
        if let Some(text) = text
            && self.is_empty(position)
        {
            self.cells[position] = cell::plain(NAMES.columns[position], text, self.memory);
        }
    }

    pub(super) fn put(&mut self, position: usize, cell: CellValue<'b>) {
        if let Some(slot) = self.cells.get_mut(position) {
            *slot = cell;
        }
    }

    fn finish(
        mut self,
        shape: Shape,
        hint: KindHint,
        resolver: &mut Resolver,
    ) -> Result<Resolved<'b>, Refusal> {
        let date_micros = self.date(shape)?;
        self.put(AT.date, CellValue::Instant(date_micros));
        let (tab, kind_assumed) = self.kind(shape, hint);
        self.fill_from_envelope(tab);
        self.derive(shape);
        self.derive_lists(&mut resolver.policies);
        let emitted = self.envelope.emitted.and_then(model::time::read);
        let source = match shape {
            Shape::PortalCsv if self.envelope.steps.is_some() => 1,
            Shape::PortalCsv => 0,
            _ => 2,
        };
        // It says nothing that the record does not, and earlier versions did not store it: no fullness comes of it.
        self.put(AT.verdict, CellValue::Empty);
        let filled = self
            .cells
            .iter()
            .filter(|cell| **cell != CellValue::Empty)
            .count();
        self.derive_verdict(tab);
        let fullness = Fullness {
            source,
            filled: u8::try_from(filled).unwrap_or(u8::MAX),
        };
        let id = match self.text(AT.request_id) {
            Some(id) => id,
            None => {
                let id: &'b str = self.memory.alloc_str(&resolver.fingerprint.synthetic_id());
                self.put(AT.request_id, CellValue::Text(id));
                id
            }
        };
        let key = RowKey {
            id_key: lake::read::id_key(id),
            content_key: resolver.fingerprint.number(),
            fullness,
            emitted_seconds: emitted
                .and_then(|moment| u32::try_from(moment.timestamp()).ok())
                .unwrap_or_default(),
            day: i32::try_from(date_micros.div_euclid(86_400_000_000)).unwrap_or_default(),
        };
        Ok(Resolved {
            shape,
            kind: RecordKind::SignIn(tab),
            cells: self.cells,
            key,
            emitted_micros: emitted.map(|moment| moment.timestamp_micros()),
            kind_assumed,
            steps: self.envelope.steps,
        })
    }

    fn date(&self, shape: Shape) -> Result<i64, Refusal> {
        match self.cells.get(AT.date) {
            Some(CellValue::Instant(micros)) => Ok(*micros),
            Some(CellValue::Text(text)) => {
                Err(Refusal::BadDate(model::present::shortened(text, 60)))
            }
            _ => match self.envelope.emitted {
                Some(text) => model::time::read(text)
                    .map(|moment| moment.timestamp_micros())
                    .ok_or_else(|| Refusal::BadDate(model::present::shortened(text, 60))),
                // Of 57 headers a translated download shares a few at most.
                None if shape == Shape::PortalCsv && self.known_headers < 5 => {
                    Err(Refusal::UnknownHeaders)
                }
                None => Err(Refusal::NoDate),
            },
        }
    }

    fn kind(&mut self, shape: Shape, hint: KindHint) -> (Tab, bool) {
        const NOBODY: &str = "00000000-0000-0000-0000-000000000000";
        self.signs.has_user = self.text(AT.username).is_some()
            || self.text(AT.user_id).is_some_and(|id| id != NOBODY)
            || self.text(AT.user).is_some();
        self.signs.has_service_principal = self.text(AT.service_principal_id).is_some()
            || self.text(AT.service_principal_name).is_some();
        self.signs.has_managed_identity = self
            .text(AT.managed_identity_type)
            .is_some_and(|kind| kind != "none");
        self.signs.interactive = match self.cells.get(AT.is_interactive) {
            Some(CellValue::Boolean(flag)) => Some(*flag),
            _ => None,
        };
        let certain = self
            .signs
            .category
            .or(self.signs.table)
            .and_then(tab_of_category)
            .is_some()
            || self.signs.event_types.is_some();
        match (self.signs.tab(), hint.0) {
            (Some(tab), _) if certain => (tab, false),
            // Rows of the portal's CSV look alike whatever their kind; the name of the file tells.
            (_, Some(hint)) if shape == Shape::PortalCsv => (hint, false),
            // A managed identity's record may look like a service principal's.
            (Some(Tab::ServicePrincipal), Some(Tab::ManagedIdentity)) => {
                (Tab::ManagedIdentity, false)
            }
            (Some(tab), _) => (tab, false),
            (None, Some(hint)) => (hint, false),
            (None, None) => (Tab::Interactive, true),
        }
    }

    fn fill_from_envelope(&mut self, tab: Tab) {
        let envelope = &self.envelope;
        let (caller, correlation, code) = (
            envelope.caller_address,
            envelope.correlation,
            envelope.result_type,
        );
        let (identity, country, description) = (
            envelope.identity,
            envelope.country,
            envelope.result_description,
        );
        let tenant = envelope
            .tenant
            .or_else(|| envelope.log_resource.and_then(derive::tenant_of_resource));
        self.fill(AT.ip_address, caller);
        self.fill(AT.correlation_id, correlation);
        self.fill(AT.error_code, code);
        self.fill(AT.failure_reason, description);
        self.fill(AT.country, country);
        self.fill(AT.tenant_id, tenant);
        match tab {
            Tab::Interactive | Tab::NonInteractive => self.fill(AT.user, identity),
            Tab::ServicePrincipal | Tab::ManagedIdentity => {
                self.fill(AT.service_principal_name, identity)
            }
        }
    }

    fn derive(&mut self, shape: Shape) {
        let said = self.envelope.status.and_then(Outcome::from_portal_status);
        if shape == Shape::PortalCsv {
            if let Some(place) = self.envelope.place {
                let [city, state, country] = derive::place_parts(place);
                self.fill(AT.city, city);
                self.fill(AT.state, state);
                self.fill(AT.country, country);
            }
            // The portal leaves the code of a success blank.
            if said == Some(Outcome::Success) && self.is_empty(AT.error_code) {
                self.put(AT.error_code, CellValue::Integer(0));
            }
        }
        let code = match self.cells.get(AT.error_code) {
            Some(CellValue::Integer(code)) => Some(*code),
            _ => None,
        };
        self.put(AT.status, derive::status(code, said));
        // Graph says "Other." of every success.
        if code == Some(0) {
            self.put(AT.failure_reason, CellValue::Empty);
        }
        let place = derive::place(
            [
                self.text(AT.city),
                self.text(AT.state),
                self.text(AT.country),
            ],
            self.memory,
        );
        self.put(AT.location, place);
        // Whatever a file of columns says: that was told when its row was stored.
        self.put(AT.still_settling, CellValue::Empty);
        // A file of columns may say it itself.
        if self.is_empty(AT.is_agent) {
            self.put(AT.is_agent, derive::is_agent(self.text(AT.agent_type)));
        }
    }
}

#[cfg(test)]
#[path = "resolve_tests.rs"]
mod tests;
