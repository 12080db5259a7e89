//! `/sign-ins/columns`: the choice of columns as a page, for browsers without the client. Its address is that
//! of the blade, with the columns chosen so far, and what the form's buttons send.

use leptos::prelude::*;
use model::Query;
use model::query::take_parts;

use super::Written;
use crate::asked::Asked;
use crate::assemble::columns;
use crate::assemble::sign_ins::PATH;
use crate::components::columns_pane::{ColumnsPane, PAGE};
use crate::components::frame::Breadcrumb;
use crate::sheet::Sheet;
use crate::text;

/// The page.
pub fn written(asked: &Asked) -> Written {
    let (sent, rest) = take_parts(&asked.query, &["query", "col", "do", "up", "down"]);
    if !sent.is_empty() {
        return Written::Elsewhere(moved(&sent, &rest).to_address(PAGE));
    }
    let query = asked.parsed();
    let markup = view! {
        <Breadcrumb group=text::frame::SIGN_INS page=text::columns::COLUMNS/>
        <div class="page narrow"><ColumnsPane choice=columns::choice(&query, PATH)/></div>
    };
    Written::Sheet(Sheet {
        title: text::columns::COLUMNS.to_owned(),
        address: None,
        class: "sheet scroll".to_owned(),
        markup: markup.to_html(),
    })
}

/// The query that a form sent, with the column of the pressed button moved.
fn moved(sent: &[(String, String)], rest: &str) -> Query {
    let value = |name: &str| {
        let mut of_name = sent.iter().filter(|(sent, _)| sent == name);
        of_name.next().map(|(_, value)| value.as_str())
    };
    let (query, _) = Query::parse(value("query").unwrap_or(rest));
    let ids: Vec<&str> = sent
        .iter()
        .filter(|(name, _)| name == "col")
        .map(|(_, id)| id.as_str())
        .collect();
    let ids = match (value("up"), value("down")) {
        (Some(id), _) => columns::moved(&ids, id, true),
        (None, Some(id)) => columns::moved(&ids, id, false),
        (None, None) => ids,
    };
    columns::with_columns(&query, ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_moves_its_column_and_keeps_what_is_ticked() {
        let sent = "query=q%3Dx%26sort%3Duser&col=date&col=user&col=status&up=status";
        let (sent, rest) = take_parts(sent, &["query", "col", "do", "up", "down"]);
        assert_eq!(
            moved(&sent, &rest).to_text(),
            "q=x&sort=user&cols=date,status,user"
        );
    }
}
