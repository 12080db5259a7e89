//! Links that are followed before the page that comes has taken the place of the one they stand on.
//!
//! A link says the whole question, as it is with one thing changed. Where another change is on its way already, both
//! are meant: what the link changes is carried over to the question that is on its way.

/// Parts of a question of which there can be several.
const SEVERAL: &str = "f";
/// Parts that say the stretch of time: one way takes the place of the other.
const STRETCH: [&str; 3] = ["from", "to", "range"];

/// The address that a link of a painted page leads to while another address is on its way: path and query string each.
/// It is the link's own where that is about something else, changes nothing (so it calls the other change off), or
/// leaves all filters out.
pub fn carried_over(painted: &str, on_its_way: &str, link: &str) -> String {
    let (path, before) = parts(painted);
    let (asked_path, asked) = parts(on_its_way);
    let (link_path, wanted) = parts(link);
    if asked_path != path || link_path != path || wanted == before {
        return link.to_owned();
    }
    let filters = |parts: &[&str]| parts.iter().filter(|part| name_of(part) == SEVERAL).count();
    if filters(&before) > 1 && filters(&wanted) == 0 {
        return link.to_owned();
    }
    let mut carried = asked;
    for gone in without(&before, &wanted) {
        if let Some(at) = carried.iter().position(|part| *part == gone) {
            carried.remove(at);
        }
    }
    let new = without(&wanted, &before);
    let is_stretch = |part: &&str| STRETCH.contains(&name_of(part));
    if new.iter().any(is_stretch) {
        carried.retain(|part| !is_stretch(part));
        carried.extend(wanted.iter().filter(|part| is_stretch(part)));
    }
    for new in new {
        let name = name_of(new);
        if name != SEVERAL {
            carried.retain(|part| name_of(part) != name);
        } else if let Some(column) = only_of(new) {
            carried.retain(|part| column_of(part) != Some(column));
        }
        if !carried.contains(&new) {
            carried.push(new);
        }
    }
    match carried.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", carried.join("&")),
    }
}

fn parts(address: &str) -> (&str, Vec<&str>) {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    (
        path,
        query.split('&').filter(|part| !part.is_empty()).collect(),
    )
}

fn name_of(part: &str) -> &str {
    part.split('=').next().unwrap_or_default()
}

/// The column of a filter, and what is said of it. That of a paused one is another: nothing takes its place.
fn said_of(part: &str) -> Option<(&str, &str)> {
    part.strip_prefix("f=")?.split_once(':')
}

fn column_of(part: &str) -> Option<&str> {
    said_of(part).map(|(column, _)| column)
}

/// The column of a filter that keeps one value alone: it takes the place of what else was said of the column, see
/// [`model::Query::with_only`].
fn only_of(part: &str) -> Option<&str> {
    let (column, said) = said_of(part)?;
    (said.starts_with("eq:") || said == "empty").then_some(column)
}

/// What stands in one and not in the other.
fn without<'a>(one: &[&'a str], other: &[&'a str]) -> Vec<&'a str> {
    one.iter()
        .filter(|part| !other.contains(part))
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_changes_are_meant() {
        for (painted, on_its_way, link, carried) in [
            // A value, then another one.
            ("/s", "/s?f=a:eq:1", "/s?f=b:eq:2", "/s?f=a:eq:1&f=b:eq:2"),
            // Without a value, then only another one of the same column.
            (
                "/s",
                "/s?f=~a:eq:3&f=a:ne:1&f=ab:eq:1",
                "/s?f=a:eq:2",
                "/s?f=~a:eq:3&f=ab:eq:1&f=a:eq:2",
            ),
            ("/s", "/s?f=a:eq:1", "/s?f=a:empty", "/s?f=a:empty"),
            // Without a value, then without another one.
            ("/s", "/s?f=a:ne:1", "/s?f=a:ne:2", "/s?f=a:ne:1&f=a:ne:2"),
            // One pill removed, then another one.
            (
                "/s?f=a:eq:1&f=b:eq:2&f=c:eq:3",
                "/s?f=b:eq:2&f=c:eq:3",
                "/s?f=a:eq:1&f=b:eq:2",
                "/s?f=b:eq:2",
            ),
            // Sorted, then another kind of sign-in.
            (
                "/s?from=x",
                "/s?from=x&sort=user",
                "/s?tab=all&from=x",
                "/s?from=x&sort=user&tab=all",
            ),
            // Sorted, then by something else.
            (
                "/s?sort=user",
                "/s?sort=application",
                "/s?sort=status",
                "/s?sort=status",
            ),
            // A filter, then another stretch of time.
            (
                "/s?from=x&to=y",
                "/s?from=x&to=y&f=a:eq:1",
                "/s?range=7d",
                "/s?f=a:eq:1&range=7d",
            ),
            (
                "/s?from=x&to=y",
                "/s?range=7d",
                "/s?from=v&to=w",
                "/s?from=v&to=w",
            ),
            // The filter that was the only one, while another one came.
            ("/s?f=a:eq:1", "/s?f=a:eq:1&f=b:eq:2", "/s", "/s?f=b:eq:2"),
        ] {
            assert_eq!(
                carried_over(painted, on_its_way, link),
                carried,
                "{link} after {on_its_way}"
            );
        }
    }

    #[test]
    fn some_links_mean_what_they_say() {
        for (painted, on_its_way, link) in [
            // Another page.
            ("/s?f=a:eq:1", "/s", "/users/1"),
            ("/s?f=a:eq:1", "/users", "/s?f=a:eq:1&f=b:eq:2"),
            // Back to what is painted.
            ("/s?tab=all", "/s", "/s?tab=all"),
            // Away with all filters.
            (
                "/s?f=a:eq:1&f=b:eq:2",
                "/s?f=a:eq:1&f=b:eq:2&f=c:eq:3",
                "/s?sort=user",
            ),
        ] {
            assert_eq!(carried_over(painted, on_its_way, link), link);
        }
    }
}
