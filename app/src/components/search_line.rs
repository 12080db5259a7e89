//! The search field, in which filters can be written too, and the editor of all filters as one line.

use leptos::prelude::*;

use super::icon::Icon;
use super::pill::TARGET;
use super::popover::{closed, editor_footer, hidden_fields};
use super::symbol::symbol;
use crate::text::filters as text;
use crate::view::filters::{Completion, Hidden};
use crate::view::safe_text::push_escaped;

const LINE_ID: &str = "edit-line";
const LINE_TITLE_ID: &str = "edit-line-title";

/// The search field. The client makes a combo box of it, with what could be written next.
#[component]
pub fn SearchLine(search: String, hidden: Vec<Hidden>) -> AnyView {
    view! {
        <form class="anchor" method="get" action=TARGET>
            <label class="input q">
                <span class="sr">{text::SEARCH}</span>
                {symbol(Icon::Search)}
                <input type="search" id="search-line" name="line" value=search placeholder=text::SEARCH_HINT
                    autocomplete="off" spellcheck="false" data-completes="completions"/>
            </label>
            {hidden_fields(hidden)}
            <div class="popover completions" id="completions" popover="manual" role="listbox"
                aria-label=text::COMPLETIONS></div>
        </form>
    }
    .into_any()
}

/// All filters and the search as one line.
#[component]
pub fn LineEditor(line: String, hidden: Vec<Hidden>) -> AnyView {
    // What stands in a text area is not escaped by the view.
    let mut escaped = String::new();
    push_escaped(&mut escaped, &line);
    let form = view! {
        <form method="get" action=TARGET>
            {hidden_fields(hidden)}
            <header><h3 id=LINE_TITLE_ID>{text::AS_TEXT_TITLE}</h3></header>
            <div class="in">
                <textarea class="input" name="line" rows="3" data-begins spellcheck="false" autocomplete="off"
                    aria-label=text::LINE aria-describedby="line-help" inner_html=escaped></textarea>
                <p class="hint" id="line-help">{text::LINE_HELP}</p>
            </div>
            {editor_footer(LINE_ID.to_owned(), text::LINE_HINT)}
        </form>
    };
    view! {
        <div class="anchor">
            <span class="pill add">
                <button type="button" id="pill-line" popovertarget=LINE_ID aria-haspopup="dialog">{text::AS_TEXT}</button>
            </span>
            <div class="popover lineeditor" id=LINE_ID popover="auto" role="dialog" aria-labelledby=LINE_TITLE_ID data-closed
                inner_html=closed(form)></div>
        </div>
    }
    .into_any()
}

/// What could be written next. `data-kept` says how much of the text stays.
#[component]
pub fn CompletionList(kept_units: usize, options: Vec<Completion>) -> AnyView {
    let options = options.into_iter().enumerate().map(|(index, option)| {
        let id = format!("completion-{index}");
        view! {
            <div class="opt" role="option" id=id aria-selected="false" data-puts=option.puts>
                <span class="t">{option.words}</span>
                <span class="n">{option.note}</span>
            </div>
        }
    });
    view! { <div data-kept=kept_units.to_string()>{options.collect_view()}</div> }.into_any()
}
