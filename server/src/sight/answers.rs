//! Answers for somebody who does not see everything.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use app::backend::{Detail, Row};
use model::answer::{Answer, Facet, Group, Groups, MOST_GROUPS, Series, SeriesLine};
use model::ask::Ask;
use model::column::Personal;
use model::membership::Member;
use model::query::Filter;
use model::{Column, Value};

use super::Sighted;
use super::records::{is_of_policies, without_policies};

/// What an ask wanted, by which its answer is masked and cut.
#[derive(Debug, Default)]
pub struct Wanted {
    of_page: Vec<&'static Column>,
    facet_limit: usize,
    by: Vec<&'static Column>,
    group_limit: usize,
    charted: Option<(&'static Column, usize)>,
}

impl Sighted {
    /// What is shown of a value of a column.
    pub fn value(&self, column: &Column, value: &mut Value) {
        if !self.sight.shows(column) {
            *value = Value::Empty;
        } else if let Some(personal) = column.personal().filter(|_| self.sight.masks(column))
            && !value.is_empty()
        {
            let shown = self.text(personal, &value.to_text());
            *value = shown.map_or(Value::Empty, Value::Text);
        }
    }

    /// What is shown of values of columns, in their order.
    pub fn values(&self, columns: &[&'static Column], values: &mut [Value]) {
        for (column, value) in columns.iter().zip(values) {
            self.value(column, value);
        }
    }

    /// What is shown of a row.
    pub fn row(&self, columns: &[&'static Column], row: &mut Row) {
        self.values(columns, &mut row.values);
        if !self.sight.policies {
            row.deciding_policy = None;
        }
    }

    /// What is shown of filters that were made of values.
    pub fn filters(&self, filters: &mut [Filter]) {
        for filter in filters {
            if let Some(personal) = filter.column.personal().filter(|_| !self.sight.people) {
                let shown = filter.values.iter();
                let shown = shown.filter_map(|value| self.text(personal, value));
                filter.values = shown.collect();
            }
        }
    }

    /// Notes what an ask wants, and asks for all of what is masked: what comes first among equals, and what is cut off,
    /// would follow the order of what stands behind the mask.
    pub fn wanting(&self, ask: &mut Ask) -> Wanted {
        let page = ask.page.as_ref();
        let mut wanted = Wanted {
            of_page: page.map(|page| page.columns.clone()).unwrap_or_default(),
            ..Wanted::default()
        };
        if let Some(facets) = &mut ask.facets {
            wanted.facet_limit = facets.limit;
            if facets.columns.iter().any(|column| self.sight.masks(column)) {
                facets.limit = MOST_GROUPS;
            }
        }
        if let Some(groups) = &mut ask.groups {
            wanted.by.clone_from(&groups.by);
            wanted.group_limit = groups.limit;
            if groups.by.iter().any(|column| self.sight.masks(column)) {
                groups.limit = MOST_GROUPS;
            }
        }
        if let Some(series) = &mut ask.series {
            wanted.charted = Some((series.by, series.limit));
            if self.sight.masks(series.by) {
                series.limit = MOST_GROUPS;
            }
        }
        wanted
    }

    /// What is shown of the answer to an ask.
    pub fn answer(&self, answer: &mut Answer, wanted: &Wanted) {
        for row in answer.page.iter_mut().flat_map(|page| &mut page.rows) {
            self.values(&wanted.of_page, &mut row.values);
        }
        for facet in &mut answer.facets {
            self.facet(facet);
            facet.values.truncate(wanted.facet_limit);
        }
        if let Some(groups) = &mut answer.groups {
            self.groups(groups, &wanted.by);
            groups.groups.truncate(wanted.group_limit);
        }
        if let (Some(series), Some((by, limit))) = (&mut answer.series, wanted.charted) {
            self.series(series, by, limit);
        }
    }

    /// Values that are shown alike become one histogram.
    fn series(&self, series: &mut Series, by: &Column, limit: usize) {
        if !self.sight.masks(by) || series.is_too_many {
            return;
        }
        let mut shown: BTreeMap<String, SeriesLine> = BTreeMap::new();
        for mut line in std::mem::take(&mut series.lines) {
            self.value(by, &mut line.value);
            match shown.get_mut(&line.value.to_text()) {
                Some(known) => known.join(&line),
                None => drop(shown.insert(line.value.to_text(), line)),
            }
        }
        *series = Series::of(shown.into_values().collect(), limit);
    }

    /// Addresses of one network become one value.
    fn facet(&self, facet: &mut Facet) {
        if !self.sight.masks(facet.column) {
            return;
        }
        let mut shown: HashMap<String, u64> = HashMap::new();
        for (mut value, rows) in std::mem::take(&mut facet.values) {
            self.value(facet.column, &mut value);
            match value.is_empty() {
                true => facet.empty += rows,
                false => *shown.entry(value.to_text()).or_default() += rows,
            }
        }
        let mut shown: Vec<(String, u64)> = shown.into_iter().collect();
        shown.sort_by(|(text, rows), (other, of_other)| of_other.cmp(rows).then(text.cmp(other)));
        facet.distinct = u64::try_from(shown.len()).unwrap_or(u64::MAX);
        let values = shown.into_iter();
        facet.values = values
            .map(|(text, rows)| (Value::Text(text), rows))
            .collect();
    }

    fn groups(&self, groups: &mut Groups, by: &[&'static Column]) {
        if !by.iter().any(|column| self.sight.masks(column)) {
            return;
        }
        let mut shown: BTreeMap<Vec<String>, Group> = BTreeMap::new();
        for mut group in std::mem::take(&mut groups.groups) {
            self.values(by, &mut group.keys);
            let keys: Vec<String> = group.keys.iter().map(Value::to_text).collect();
            let Some(known) = shown.get_mut(&keys) else {
                shown.insert(keys, group);
                continue;
            };
            known.rows += group.rows;
            let outcomes = known.by_outcome.iter_mut().zip(group.by_outcome);
            outcomes.for_each(|(sum, rows)| *sum += rows);
            // Who is in both is not known.
            known.users = None;
            if let (Some(span), Some(other)) = (&mut known.span, group.span) {
                span.first = span.first.min(other.first);
                span.last = span.last.max(other.last);
            }
        }
        groups.distinct = u64::try_from(shown.len()).unwrap_or(u64::MAX);
        groups.groups = shown.into_values().collect();
        // Equal ones stay in the order of what is shown.
        groups.groups.sort_by_key(|group| Reverse(group.rows));
    }

    /// What is shown of a person of a group.
    pub fn member(&self, member: &mut Member) {
        if self.sight.people {
            return;
        }
        let shown = |personal, text: &mut Option<String>| {
            *text = text.take().and_then(|text| self.text(personal, &text));
        };
        shown(Personal::ObjectId, &mut member.user_id);
        shown(Personal::Account, &mut member.username);
        shown(Personal::Name, &mut member.display_name);
    }

    /// What is shown of a whole sign-in.
    pub fn detail(&self, mut detail: Detail) -> Detail {
        for (column, value) in &mut detail.values {
            if let Some(personal) = column.personal().filter(|_| !value.is_empty()) {
                let is_masked = !self.sees(personal, &value.to_text());
                match personal {
                    Personal::Address => detail.is_address_masked |= is_masked,
                    Personal::Reached => {}
                    _ => detail.is_person_masked |= is_masked,
                }
            }
            self.value(column, value);
        }
        let sign_in = &mut detail.sign_in;
        if !self.sight.policies {
            sign_in.applied_conditional_access_policies.clear();
            sign_in.other.retain(|name, _| !is_of_policies(name));
            detail.raw = without_policies(&detail.raw);
        }
        if !self.sight.people {
            self.mask(sign_in);
            // Nobody knows what else names somebody.
            detail.raw.clear();
        }
        detail
    }

    /// Masks what the record says of a person beside the columns.
    fn mask(&self, sign_in: &mut model::SignIn) {
        sign_in.other.clear();
        // Free texts.
        sign_in.authentication_processing_details.clear();
        sign_in.applied_event_listeners.clear();
        sign_in.mfa_detail = None;
        let texts = [
            (Personal::Name, &mut sign_in.user_display_name),
            (Personal::Account, &mut sign_in.user_principal_name),
            (Personal::Account, &mut sign_in.sign_in_identifier),
            (Personal::Account, &mut sign_in.alternate_sign_in_name),
            (Personal::ObjectId, &mut sign_in.user_id),
            (Personal::Address, &mut sign_in.ip_address),
            (
                Personal::Address,
                &mut sign_in.ip_address_from_resource_provider,
            ),
            (
                Personal::Address,
                &mut sign_in.global_secure_access_ip_address,
            ),
        ];
        for (personal, text) in texts {
            *text = text.take().and_then(|text| self.text(personal, &text));
        }
        if let Some(device) = &mut sign_in.device_detail {
            let name = device.display_name.take();
            device.display_name = name.and_then(|name| self.text(Personal::Device, &name));
        }
        // Telephone numbers and addresses that codes were sent to.
        for step in &mut sign_in.authentication_details {
            step.authentication_method_detail = None;
        }
    }
}
