//! Where somebody is signed in.

use leptos::prelude::*;

use super::CHANGE;
use crate::assemble::moments::Clock;
use crate::components::outcome::time;
use crate::keeping::KeptSession;
use crate::text::account as text;
use crate::view::safe_text::shown;
use crate::viewer::Viewer;

/// Most characters of what a browser says it is.
const MOST_OF_AGENT: usize = 120;

/// The list of sessions.
pub fn listed(sessions: Vec<KeptSession>, viewer: &Viewer, clock: &Clock) -> AnyView {
    let has_others = sessions.len() > 1;
    let lines = sessions.into_iter().map(|session| {
        let agent = browser_of(&session.agent).unwrap_or_else(|| match session.agent.as_str() {
            "" => text::NO_BROWSER.to_owned(),
            agent => shown(agent, MOST_OF_AGENT),
        });
        let is_this = viewer.session_hash.as_deref() == Some(session.hash.as_str());
        let label = text::end(&agent, &session.address);
        let end = match is_this {
            true => view! { <span class="hint">{text::THIS_ONE}</span> }.into_any(),
            false => view! {
                <form method="post" action=CHANGE data-posts="true">
                    <input type="hidden" name="id" value=session.id/>
                    <button class="btn small" name="do" value="end" aria-label=label>{text::END}</button>
                </form>
            }
            .into_any(),
        };
        view! {
            <tr>
                <th scope="row" dir="auto">{agent}</th>
                <td>{session.address}</td>
                <td>{time(clock.in_pane(session.began))}</td>
                <td>{time(clock.in_pane(session.seen))}</td>
                <td>{end}</td>
            </tr>
        }
    });
    let others = has_others.then(|| {
        view! {
            <form class="mt-s" method="post" action=CHANGE data-posts="true">
                <button class="btn small" name="do" value="end_others">{text::END_OTHERS}</button>
            </form>
        }
    });
    view! {
        <section class="panel mt">
            <header><h2>{text::SESSIONS}</h2></header>
            <p class="hint">{text::SESSIONS_HELP}</p>
            <div class="scroll-x" tabindex="0" role="region" aria-label=text::SESSIONS>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{text::BROWSER}</th>
                            <th scope="col">{text::ADDRESS}</th>
                            <th scope="col">{text::BEGAN}</th>
                            <th scope="col">{text::SEEN}</th>
                            <th scope="col"><span class="sr">{text::ACTIONS}</span></th>
                        </tr>
                    </thead>
                    <tbody>{lines.collect_view()}</tbody>
                </table>
            </div>
            {others}
        </section>
    }
    .into_any()
}

/// Browsers by what tells them apart in what they say, the most telling first.
const BROWSERS: [(&str, &str); 5] = [
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
];
/// Systems likewise.
const SYSTEMS: [(&str, &str); 6] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// "Chrome 156 on Linux", for browsers that are known.
fn browser_of(agent: &str) -> Option<String> {
    let (name, rest) = BROWSERS.iter().find_map(|(mark, name)| {
        let (_, rest) = agent.split_once(mark)?;
        Some((name, rest))
    })?;
    let version: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let system = SYSTEMS.iter().find(|(mark, _)| agent.contains(mark));
    Some(match system {
        Some((_, system)) => text::browser_on(name, &version, system),
        None => format!("{name} {version}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_called_by_their_names() {
        for (agent, name) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
                Some("Chrome 156 on Linux"),
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 \
                 Safari/537.36 Edg/140.0.0.0",
                Some("Edge 140 on Windows"),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 Version/18.0 Mobile/15E148 Safari/604.1",
                Some("Safari 18 on iPhone"),
            ),
            ("curl/8.9", None),
            ("", None),
        ] {
            assert_eq!(browser_of(agent).as_deref(), name, "{agent}");
        }
    }
}
