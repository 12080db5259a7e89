//! `columns`: the choice of columns for the page at an address.

use leptos::prelude::*;

use crate::asked::Asked;
use crate::assemble::columns;
use crate::assemble::sign_ins::PATH;
use crate::components::columns_pane::ColumnsPane;

/// The pane.
pub fn written(asked: &Asked) -> String {
    let query = asked.parsed();
    let pane = view! {
        <div class="pane" role="dialog" aria-labelledby="columns-title">
            <ColumnsPane choice=columns::choice(&query, PATH)/>
        </div>
    };
    pane.to_html()
}
