//! The tab of additional details: what has no place elsewhere.

use super::fields::{plain, push_group};
use super::subject::Subject;
use crate::text::flyout as text;
use crate::view::flyout::Fields;
use crate::view::safe_text::{MOST_IN_CELL, shown};

/// Most properties that are not known, and most lines of processing, that are listed.
const MOST_LINES: usize = 200;

/// The tab of what is left.
pub(super) fn additional(subject: Subject<'_>) -> Fields {
    let sign_in = &subject.detail.sign_in;
    let mut groups = Vec::new();
    let pairs = sign_in
        .authentication_processing_details
        .iter()
        .take(MOST_LINES)
        .map(|pair| {
            let label = shown(pair.key.as_deref().unwrap_or(text::NONE), MOST_IN_CELL);
            plain(&label, pair.value.as_deref().unwrap_or_default())
        });
    push_group(&mut groups, text::PROCESSING, pairs.collect());
    let listeners = sign_in.applied_event_listeners.iter().map(|listener| {
        let event = listener.event_type.as_ref().map(|event| event.label());
        let label = event.map_or_else(|| text::NONE.to_owned(), std::borrow::Cow::into_owned);
        let result = listener.handler_result.as_ref().map(ToString::to_string);
        let parts = [listener.executed_listener_id.clone(), result];
        let words: Vec<_> = parts.into_iter().flatten().collect();
        plain(&label, &words.join(", "))
    });
    push_group(&mut groups, text::LISTENERS, listeners.collect());
    if let Some(link) = &sign_in.private_link_details {
        let parts = [
            ("Policy name", &link.policy_name),
            ("Policy ID", &link.policy_id),
            ("Policy tenant ID", &link.policy_tenant_id),
            ("Resource ID", &link.resource_id),
        ];
        let lines = parts.into_iter();
        let lines = lines.filter_map(|(label, value)| Some(plain(label, value.as_deref()?)));
        push_group(&mut groups, text::PRIVATE_LINK, lines.collect());
    }
    let audiences = sign_in.conditional_access_audiences.iter().map(|audience| {
        let label = audience.application_id.as_deref().unwrap_or(text::NONE);
        plain(
            label,
            audience.audience_reasons.as_deref().unwrap_or_default(),
        )
    });
    push_group(&mut groups, text::AUDIENCES, audiences.collect());
    let other = sign_in.other.iter().take(MOST_LINES);
    let other = other.map(|(key, value)| plain(key, &value.to_string()));
    push_group(&mut groups, text::OTHER, other.collect());
    Fields {
        groups,
        empty: Vec::new(),
        meaning: None,
        nothing: text::NO_ADDITIONAL,
    }
}
