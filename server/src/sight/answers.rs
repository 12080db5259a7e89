//! Answers for somebody who does not see everything.

use app::backend::{Detail, Row};
use model::answer::{Answer, Facet, Groups};
use model::column::Personal;
use model::membership::Member;
use model::query::Filter;
use model::{Column, Value};

use super::Sighted;
use super::records::{is_of_policies, without_policies};

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

    /// What is shown of an answer, whose page has these columns.
    pub fn answer(&self, answer: &mut Answer, columns: &[&'static Column], by: &[&'static Column]) {
        for row in answer.page.iter_mut().flat_map(|page| &mut page.rows) {
            self.values(columns, &mut row.values);
        }
        for facet in &mut answer.facets {
            self.facet(facet);
        }
        if let Some(groups) = &mut answer.groups {
            self.groups(groups, by);
        }
    }

    /// Addresses of one network become one value.
    fn facet(&self, facet: &mut Facet) {
        if !self.sight.masks(facet.column) {
            return;
        }
        let mut shown: Vec<(Value, u64)> = Vec::new();
        for (mut value, rows) in std::mem::take(&mut facet.values) {
            self.value(facet.column, &mut value);
            if value.is_empty() {
                facet.empty += rows;
                continue;
            }
            match shown.iter_mut().find(|(other, _)| *other == value) {
                Some((_, sum)) => *sum += rows,
                None => shown.push((value, rows)),
            }
        }
        shown.sort_by_key(|(_, rows)| std::cmp::Reverse(*rows));
        facet.values = shown;
    }

    fn groups(&self, groups: &mut Groups, by: &[&'static Column]) {
        if !by.iter().any(|column| self.sight.masks(column)) {
            return;
        }
        let mut places: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
        let mut shown: Vec<model::answer::Group> = Vec::new();
        for mut group in std::mem::take(&mut groups.groups) {
            self.values(by, &mut group.keys);
            let keys: Vec<String> = group.keys.iter().map(Value::to_text).collect();
            let place = *places.entry(keys.join("\0")).or_insert(shown.len());
            let Some(known) = shown.get_mut(place) else {
                shown.push(group);
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
        shown.sort_by_key(|group| std::cmp::Reverse(group.rows));
        groups.groups = shown;
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
