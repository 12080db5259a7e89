//! `group_menu`: the columns to group by, when their list is opened.

use leptos::prelude::*;

use crate::asked::Asked;
use crate::assemble::groups;
use crate::assemble::sign_ins::PATH;
use crate::components::group_menu::group_choices;

/// The list.
pub fn written(asked: &Asked) -> String {
    let query = asked.parsed();
    group_choices(groups::menu(&query.without_row(), PATH)).to_html()
}
