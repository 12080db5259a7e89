//! Values with their numbers: a list box, or a tree where they come in groups. The client moves through them and
//! ticks them; the boxes that are sent are hidden.

use leptos::attr::custom::{CustomAttr, custom_attribute};
use leptos::prelude::*;

use crate::text::filters as text;
use crate::view::filters::{ValueGroup, ValueLine, ValueList};

/// The list. Its element tells the words under it in `data-hint`.
#[component]
pub fn Values(list: ValueList) -> AnyView {
    let is_tree = list.groups.iter().any(|group| group.label.is_some());
    let contains = list.contained.as_ref().map(|found| {
        let words = text::contains(&crate::view::safe_text::shown(found, 60));
        view! {
            <button class="linkbtn contains" name="fcontains" value=found.clone()>{words}</button>
        }
    });
    let nothing = list.groups.iter().all(|group| group.values.is_empty());
    let words = match (nothing, &list.contained) {
        (false, _) => None,
        (true, Some(_)) => Some(text::NO_MATCH),
        (true, None) => Some(text::NO_VALUES),
    };
    let words = words.map(|words| view! { <p class="hint none">{words}</p> });
    let label = text::values_of(&list.label);
    let mut is_first = true;
    let lines = list
        .groups
        .into_iter()
        .map(|group| lines(group, &mut is_first))
        .collect_view();
    let lines = match (nothing, is_tree) {
        (true, _) => ().into_any(),
        (false, true) => view! {
            <div class="opts" role="tree" aria-multiselectable="true" aria-label=label>{lines}</div>
        }
        .into_any(),
        (false, false) => view! {
            <div class="opts" role="listbox" aria-multiselectable="true" aria-label=label>{lines}</div>
        }
        .into_any(),
    };
    view! { <div data-hint=list.hint>{contains}{words}{lines}</div> }.into_any()
}

fn lines(group: ValueGroup, is_first: &mut bool) -> AnyView {
    let head = group.label.map(|label| {
        let ticked = group.values.iter().filter(|line| line.is_ticked).count();
        let state = match ticked {
            0 => "false",
            all if all == group.values.len() => "true",
            _ => "mixed",
        };
        view! {
            <div class="opt group" role="treeitem" {..level(Some("1"))} aria-expanded="true" aria-checked=state
                tabindex=tab_index(is_first)>
                <span class="box"></span>
                <span class="t">{label}</span>
            </div>
        }
    });
    let is_tree = head.is_some();
    let values = group
        .values
        .into_iter()
        .map(|line| value_line(line, is_tree, is_first))
        .collect_view();
    view! { {head}{values} }.into_any()
}

/// How deep in the tree a line is; the views know no such attribute.
fn level(level: Option<&'static str>) -> CustomAttr<&'static str, Option<&'static str>> {
    custom_attribute("aria-level", level)
}

/// The first one takes the focus by Tab; arrows lead to the others.
fn tab_index(is_first: &mut bool) -> &'static str {
    match std::mem::take(is_first) {
        true => "0",
        false => "-1",
    }
}

fn value_line(line: ValueLine, is_tree: bool, is_first: &mut bool) -> AnyView {
    let state = if line.is_ticked { "true" } else { "false" };
    let width = format!("{}.{}%", line.share_permille / 10, line.share_permille % 10);
    let help = line.help.map(|help| view! { <small>{help}</small> });
    let title = line.words.clone();
    let role = if is_tree { "treeitem" } else { "option" };
    view! {
        <div class="opt" role=role tabindex=tab_index(is_first) {..level(is_tree.then_some("2"))}
            aria-checked=is_tree.then_some(state) aria-selected=(!is_tree).then_some(state)>
            <input type="checkbox" name="ftick" value=line.value checked=line.is_ticked hidden/>
            <span class="box"></span>
            <span class="t" title=title>{line.words}{help}</span>
            <span class="n">{line.count}</span>
            <svg class="bar" height="2" aria-hidden="true">
                <rect class="track" width="100%" height="2" rx="1"></rect>
                <rect width=width height="2" rx="1"></rect>
            </svg>
        </div>
    }
    .into_any()
}
