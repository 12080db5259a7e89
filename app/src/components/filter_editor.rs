//! The editor of a filter. The client adds the list of values with their numbers (part `editor`).

use leptos::prelude::*;

use super::icon::Icon;
use super::pill::TARGET;
use super::popover::{closed, editor_footer, hidden_fields};
use super::symbol::{small_symbol, symbol};
use crate::text::filters as text;
use crate::view::filters::{Entry, OperatorChoice, Pill, PillAction, ValueGroup};

/// The popover under a pill.
#[component]
pub fn FilterEditor(pill: Pill) -> AnyView {
    let id = format!("edit-{}", pill.key);
    let title_id = format!("{id}-title");
    let (editor_id, labelled_by) = (id.clone(), title_id.clone());
    let class = if pill.is_open {
        "popover editor standing"
    } else {
        "popover editor"
    };
    // An editor that stands in the page is none that pops up.
    let kind = (!pill.is_open).then_some("auto");
    let index = pill.index.map(|index| index.to_string());
    let (column, listed) = (pill.column.clone(), pill.entry.listed);
    let is_closed = (!pill.is_open).then_some("");
    let form = view! {
        <form method="get" action=TARGET data-edits=column data-index=index data-listed=listed>
            {hidden_fields(pill.hidden)}
            <input type="hidden" name="fcol" value=pill.column/>
            <header>
                <h3 id=title_id>{pill.label.clone()}</h3>
                {operators(pill.operators)}
            </header>
            {actions(&pill.label, pill.actions)}
            {entry(pill.entry, &pill.label)}
            {editor_footer(id, text::ANY_SUFFICES)}
        </form>
    };
    let form = match pill.is_open {
        true => form.to_html(),
        false => closed(form),
    };
    view! {
        <div class=class id=editor_id popover=kind role="dialog" aria-labelledby=labelled_by data-closed=is_closed
            inner_html=form></div>
    }
    .into_any()
}

fn operators(operators: Vec<OperatorChoice>) -> AnyView {
    let options = operators.into_iter().map(|operator| {
        view! {
            <option value=operator.value data-takes=operator.takes.as_str() selected=operator.is_present>
                {operator.words}
            </option>
        }
    });
    view! {
        <span class="select small">
            <select name="fop" aria-label=text::OPERATOR>{options.collect_view()}</select>
            {small_symbol(Icon::Down)}
        </span>
    }
    .into_any()
}

/// Turn round, pause, remove.
fn actions(label: &str, actions: Vec<PillAction>) -> AnyView {
    if actions.is_empty() {
        return ().into_any();
    }
    let links = actions.into_iter().map(|action| {
        view! { <a class="linkbtn" href=action.address>{small_symbol(action.icon)}{action.words}</a> }
    });
    view! { <nav class="acts" aria-label=text::actions_on(label)>{links.collect_view()}</nav> }
        .into_any()
}

fn entry(entry: Entry, label: &str) -> AnyView {
    let ticks = entry.ticks.into_iter().map(tick_group).collect_view();
    let inputs = entry.texts.into_iter().map(|value| {
        view! {
            <label class="input">
                <span class="sr">{text::VALUE}</span>
                <input type="text" name="fval" value=value autocomplete="off"/>
            </label>
        }
    });
    let list = entry.listed.map(|_| {
        view! {
            <div class="listed" data-list hidden>
                <div class="in">
                    <label class="input">
                        {symbol(Icon::Search)}
                        <input type="text" data-finds autocomplete="off" aria-label=text::FIND_VALUE/>
                    </label>
                </div>
                <div data-options aria-label=text::values_of(label)></div>
            </div>
        }
    });
    view! {
        <div class="ticks" data-ticks>{ticks}</div>
        <div class="in texts" data-texts>{inputs.collect_view()}</div>
        {list}
    }
    .into_any()
}

/// Known values, before they are counted.
fn tick_group(group: ValueGroup) -> AnyView {
    let boxes = group.values.into_iter().map(|line| {
        let help = line.help.map(|help| view! { <small>{help}</small> });
        view! {
            <label class="opt">
                <input type="checkbox" name="ftick" value=line.value checked=line.is_ticked/>
                <span class="t">{line.words}{help}</span>
            </label>
        }
    });
    let legend = group.label.unwrap_or(text::VALUES);
    view! {
        <fieldset class="opts"><legend>{legend}</legend>{boxes.collect_view()}</fieldset>
    }
    .into_any()
}
