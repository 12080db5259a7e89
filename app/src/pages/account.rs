//! `/account`: whose account it is, what it may, and where it is signed in.

use leptos::prelude::*;
use model::Query;
use model::access::{Right, Role};

use super::Written;
use crate::asked::Asked;
use crate::assemble::moments::Clock;
use crate::components::frame::Breadcrumb;
use crate::components::outcome::time;
use crate::keeping::{KeptSession, SharedKeeping};
use crate::sheet::Sheet;
use crate::text::{access, account as text, frame, provider};
use crate::view::safe_text::shown;
use crate::viewer::Viewer;

/// Most characters of what a browser says it is.
const MOST_OF_AGENT: usize = 120;

/// The page.
pub async fn written(asked: &Asked) -> Written {
    let clock = Clock::of_request(&Query::default());
    let content = match &asked.viewer.account_id {
        None => view! { <p class="banner inset"><span>{text::NO_ACCOUNTS}</span></p> }.into_any(),
        Some(id) => {
            let sessions = match use_context::<SharedKeeping>() {
                Some(keeping) => keeping.sessions(id.clone()).await,
                None => Ok(Vec::new()),
            };
            let sessions = match sessions {
                Ok(sessions) => listed(sessions, &asked.viewer, &clock),
                Err(error) => {
                    view! { <p class="banner bad inset" role="alert"><span>{error.message}</span></p> }
                        .into_any()
                }
            };
            view! {
                {who(&asked.viewer)}
                {sessions}
                {asked.viewer.issuer.is_none().then(password)}
            }
            .into_any()
        }
    };
    let markup = view! {
        <Breadcrumb group=frame::GROUP_YOU page=frame::ACCOUNT/>
        <div class="page narrow">{content}</div>
    };
    Written::Sheet(Sheet {
        title: frame::ACCOUNT.to_owned(),
        address: None,
        class: "sheet scroll".to_owned(),
        markup: markup.to_html(),
    })
}

fn who(viewer: &Viewer) -> AnyView {
    let roles: Vec<&str> = viewer.roles.each().map(Role::label).collect();
    let roles = match roles.is_empty() {
        true => text::NO_ROLES.to_owned(),
        false => roles.join(", "),
    };
    let rights = Right::IN_FORCE
        .into_iter()
        .filter(|right| viewer.may(*right));
    let rights = rights.map(|right| view! { <li>{access::purpose(right)}</li> });
    let person = viewer.user_principal_name.clone();
    let person = person.or_else(|| viewer.object_id.clone());
    let person = person.unwrap_or_else(|| text::NO_PERSON.to_owned());
    let issuer = viewer.issuer.clone().map(|issuer| {
        view! {
            <dt>{provider::OWN_PROVIDER}</dt>
            <dd dir="auto">{issuer}<p class="hint">{provider::OWN_ROLES_FROM}</p></dd>
        }
    });
    view! {
        <section class="panel">
            <header><h2>{text::WHO}</h2></header>
            <div class="deflist"><dl>
                <dt>{text::NAME}</dt><dd dir="auto">{viewer.display_name.clone()}</dd>
                <dt>{text::USERNAME}</dt><dd dir="auto">{viewer.username.clone()}</dd>
                <dt>{text::ROLES}</dt><dd>{roles}</dd>
                <dt>{text::MAY}</dt><dd><ul class="plain">{rights.collect_view()}</ul></dd>
                <dt>{text::PERSON}</dt><dd dir="auto">{person}</dd>
                {issuer}
            </dl></div>
        </section>
    }
    .into_any()
}

fn listed(sessions: Vec<KeptSession>, viewer: &Viewer, clock: &Clock) -> AnyView {
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
                <form method="post" action="/account/change" data-posts="true">
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
            <form class="mt-s" method="post" action="/account/change" data-posts="true">
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

fn password() -> AnyView {
    view! {
        <section class="panel mt">
            <header><h2>{text::CHANGE_PASSWORD}</h2></header>
            <form class="stack" method="post" action="/account/change" data-posts="true">
                <div class="field">
                    <label for="present">{text::PRESENT_PASSWORD}</label>
                    <input class="input" id="present" name="present" type="password" autocomplete="current-password" required/>
                </div>
                <div class="field">
                    <label for="new">{text::NEW_PASSWORD}</label>
                    <input class="input" id="new" name="new" type="password" autocomplete="new-password" required aria-describedby="new-help"/>
                    <p class="hint" id="new-help">{text::CHANGE_HELP}</p>
                </div>
                <div class="row"><button class="btn" name="do" value="password">{text::CHANGE_PASSWORD}</button></div>
            </form>
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
