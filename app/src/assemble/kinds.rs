//! The kinds of sign-in: tabs, the dial of the view of all kinds, and the numbers of what is shown.

use model::answer::Counts;
use model::query::Query;
use model::tab::Tabs;
use model::{Noise, Tab, present};

use crate::text::explore as text;
use crate::view::sign_ins::{HiddenRows, NoiseDial, TabLink, Totals};

/// The tabs: that of all kinds first.
pub fn tabs(query: &Query, counts: Option<&Counts>, path: &str) -> Vec<TabLink> {
    let noise = query.noise;
    let all = link(
        text::ALL_KINDS,
        query.with_noise(noise.unwrap_or_default()).to_address(path),
        // Elsewhere it would be the number of the first tab once more.
        counts
            .filter(|_| noise.is_some())
            .map(|counts| counts.of_tabs(query.tabs())),
        noise.is_some(),
    );
    let each = Tab::ALL.into_iter().map(|tab| {
        link(
            tab.label(),
            query.with_tab(tab).to_address(path),
            counts.map(|counts| counts.of_tab(tab)),
            noise.is_none() && tab == query.tab,
        )
    });
    [all].into_iter().chain(each).collect()
}

fn link(label: &str, address: String, number: Option<u64>, current: bool) -> TabLink {
    TabLink {
        label: label.to_owned(),
        address,
        count: number.map(short_count),
        exact: number.map(present::count),
        current,
    }
}

/// Exact up to 100,000, then `123.4K` and `1.1M`, cut rather than rounded.
fn short_count(number: u64) -> String {
    match number {
        0..=100_000 => present::count(number),
        100_001..=999_999 => format!("{}.{}K", number / 1_000, number % 1_000 / 100),
        _ => format!(
            "{}.{}M",
            present::count(number / 1_000_000),
            number % 1_000_000 / 100_000
        ),
    }
}

/// The numbers of what is shown. An identifier is looked for among all kinds.
pub fn totals(query: &Query, counts: Option<&Counts>, is_looked_up: bool) -> Totals {
    let Some(counts) = counts else {
        return Totals::default();
    };
    let [success, failure, interrupted] = counts.by_outcome;
    Totals {
        all: match is_looked_up {
            true => counts.of_tabs(Tabs::ALL),
            false => counts.of_tabs(query.tabs()),
        },
        success,
        failure,
        interrupted,
    }
}

/// The dial, in the view of all kinds.
pub fn dial(query: &Query, counts: Option<&Counts>, path: &str) -> Option<NoiseDial> {
    let present = query.noise?;
    let to = |noise: Noise| query.with_noise(noise).to_address(path);
    let hidden = counts
        .map(|counts| counts.of_tabs(Tabs::ALL) - counts.of_tabs(query.tabs()))
        .filter(|number| *number > 0)
        .map(|number| HiddenRows {
            number,
            kinds: text::hidden_kinds(present),
            by: text::noise(present),
            address: to(Noise::Workloads),
        });
    Some(NoiseDial {
        steps: Noise::ALL
            .into_iter()
            .map(|noise| (text::noise(noise), to(noise), noise == present))
            .collect(),
        hidden,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNTS: Counts = Counts {
        by_tab: [4_812, 61_204, 1_100_000, 38_400],
        by_outcome: [1, 2, 3],
    };

    #[test]
    fn large_counts_are_shortened() {
        assert_eq!(short_count(4_812), "4,812");
        assert_eq!(short_count(100_000), "100,000");
        assert_eq!(short_count(123_456), "123.4K");
        assert_eq!(short_count(1_153_604), "1.1M");
    }

    #[test]
    fn what_the_dial_hides_is_counted() {
        let hidden = |query: &str| {
            let dial = dial(&Query::parse(query).0, Some(&COUNTS), "/sign-ins")?;
            dial.hidden
                .map(|hidden| (hidden.number, hidden.kinds, hidden.by))
        };
        assert_eq!(
            hidden("tab=all"),
            Some((1_199_604, "workload and silent", "People"))
        );
        assert_eq!(
            hidden("tab=all&noise=silent"),
            Some((1_138_400, "workload", "+ silent"))
        );
        assert_eq!(hidden("tab=all&noise=workloads"), None);
        assert_eq!(hidden(""), None);
    }

    #[test]
    fn numbers_are_those_of_the_kinds_shown() {
        let all = |query: &str, is_looked_up| {
            totals(&Query::parse(query).0, Some(&COUNTS), is_looked_up).all
        };
        assert_eq!(all("", false), 4_812);
        assert_eq!(all("tab=all&noise=silent", false), 66_016);
        assert_eq!(all("", true), 1_204_416);
    }

    #[test]
    fn the_tab_of_all_kinds_is_the_first() {
        let query = Query::parse("tab=all&noise=silent&q=ann").0;
        let tabs = tabs(&query, Some(&COUNTS), "/sign-ins");
        let first = tabs.first().expect("a tab");
        assert_eq!(
            (first.label.as_str(), first.current),
            ("All sign-ins", true)
        );
        assert_eq!(first.exact.as_deref(), Some("66,016"));
        assert_eq!(tabs.iter().filter(|tab| tab.current).count(), 1);
        assert_eq!(tabs[2].address, "/sign-ins?tab=noninteractive&q=ann");
    }
}
