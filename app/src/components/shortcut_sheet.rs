//! The list of keyboard shortcuts with its switch.

use leptos::prelude::*;

use crate::text::shortcuts as text;

/// Where the switch is sent to.
const KEPT_AT: &str = "/preferences/shortcuts";

/// The switch and the keys.
#[component]
pub fn ShortcutSheet(
    /// Whether letters are shortcuts.
    is_on: bool,
) -> AnyView {
    view! {
        <form class="switchline" method="post" action=KEPT_AT data-shortcut-switch="true">
            <label>
                <input class="switch" type="checkbox" role="switch" name="on" value="yes" checked=is_on/>
                <span>{text::SWITCH}</span>
            </label>
            <button class="btn small no-script-only">{text::APPLY}</button>
            <p class="hint">{text::SWITCH_HELP}</p>
        </form>
        {keys(text::LETTERS, &text::OF_LETTERS)}
        {keys(text::OTHERS, &text::OF_OTHERS)}
    }
    .into_any()
}

fn keys(heading: &'static str, lines: &'static [(&'static str, &'static str)]) -> AnyView {
    let lines = lines.iter().map(|(keys, words)| {
        view! { <dt>{key_names(keys)}</dt><dd>{*words}</dd> }
    });
    view! { <section class="keys"><h3>{heading}</h3><dl>{lines.collect_view()}</dl></section> }
        .into_any()
}

/// `Alt+Left, Alt+Right` as keys with commas between; `g /` as keys with a word between.
fn key_names(keys: &'static str) -> AnyView {
    let between = match keys.contains(", ") {
        true => ", ".to_owned(),
        false => format!(" {} ", text::THEN),
    };
    let parted = match keys.contains(", ") {
        true => keys.split(", ").collect::<Vec<_>>(),
        false => keys.split(' ').collect(),
    };
    let names = parted.into_iter().enumerate().map(|(at, key)| {
        let between = (at > 0).then(|| between.clone());
        view! { {between}<kbd>{key}</kbd> }
    });
    names.collect_view().into_any()
}
