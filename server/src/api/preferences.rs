//! `/preferences`: what a reader chose for their own browser, kept in cookies.

use app::assemble::sign_ins::PATH;
use app::assemble::{columns, preferences};
use app::context::{SHORTCUTS_COOKIE, THEME_COOKIE, THEMES};
use axum::Form;
use axum::http::HeaderMap;
use axum::response::Response;
use model::Query;

use super::posted::{Fields, came_from, field, go_on, kept};

/// Keeps the theme and returns to the page that asked.
pub async fn theme(headers: HeaderMap, Form(fields): Form<Fields>) -> Response {
    let theme = field(&fields, "theme").filter(|theme| THEMES.contains(theme));
    go_on(&headers, &came_from(&headers), &[kept(THEME_COOKIE, theme)])
}

/// Keeps whether letters are shortcuts, and returns to the page that asked.
pub async fn shortcuts(headers: HeaderMap, Form(fields): Form<Fields>) -> Response {
    let off = field(&fields, "on").is_none().then_some("off");
    go_on(
        &headers,
        &came_from(&headers),
        &[kept(SHORTCUTS_COOKIE, off)],
    )
}

/// Keeps columns and widths for one kind of sign-in, and goes to the list that has them. With `do=reset` it
/// forgets them. Where no column is chosen the columns stay as they are. `query` is the query string of the
/// list; what it says of columns and widths counts where no `col` is sent.
pub async fn grid(headers: HeaderMap, Form(fields): Form<Fields>) -> Response {
    let (query, _) = Query::parse(field(&fields, "query").unwrap_or_default());
    let chosen = fields.iter().filter(|(name, _)| name == "col");
    let chosen = columns::with_columns(&query, chosen.map(|(_, id)| id.as_str()));
    let (query, value) = match field(&fields, "do") {
        Some("reset") => {
            let plain = Query {
                columns: None,
                widths_px: Vec::new(),
                ..query
            };
            (plain, None)
        }
        _ => {
            let value = preferences::cookie_value(&chosen);
            (chosen, value)
        }
    };
    let cookie = kept(&preferences::cookie_name(&query), value.as_deref());
    go_on(&headers, &query.to_address(PATH), &[cookie])
}
