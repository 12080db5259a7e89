//! `/preferences`: what a reader chose for their own browser, kept in cookies.

use app::assemble::sign_ins::PATH;
use app::assemble::{columns, preferences};
use app::context::{DENSITY_COOKIE, SHORTCUTS_COOKIE, THEME_COOKIE, THEMES, is_density};
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

/// Keeps the height of rows and returns to the page that asked.
pub async fn density(headers: HeaderMap, Form(fields): Form<Fields>) -> Response {
    let density = field(&fields, "density").filter(|density| is_density(density));
    let cookie = kept(DENSITY_COOKIE, density);
    go_on(&headers, &came_from(&headers), &[cookie])
}

/// What can be chosen beside the rows: the chart, the fields, and which of these are open.
const EXPLORE: [&str; 3] = ["chart", "rail", "fields"];
/// Longest value of such a choice.
const LONGEST: usize = 1_000;

/// Keeps what is shown beside the rows and returns to the page that asked.
pub async fn explore(headers: HeaderMap, Form(fields): Form<Fields>) -> Response {
    let sent = |name| field(&fields, name).unwrap_or_default();
    let cookie = explore_cookie(sent("name"), sent("value"));
    let cookies: Vec<_> = cookie.into_iter().collect();
    go_on(&headers, &came_from(&headers), &cookies)
}

/// The cookie; `None` for what no form of ours sends.
fn explore_cookie(name: &str, value: &str) -> Option<String> {
    let is_word = |byte: u8| byte.is_ascii_lowercase() || b"_.-".contains(&byte);
    let is_known = EXPLORE.contains(&name) && value.len() <= LONGEST && value.bytes().all(is_word);
    is_known.then(|| kept(&format!("vestibule_{name}"), Some(value)))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_of_ours_become_cookies() {
        let open = explore_cookie("fields", "error_code.user-").expect("a cookie");
        assert!(
            open.starts_with("vestibule_fields=error_code.user-; Path=/;"),
            "{open}"
        );
        assert_eq!(explore_cookie("theme", "dark"), None);
        assert_eq!(explore_cookie("rail", "hidden; Domain=example"), None);
        assert_eq!(explore_cookie("rail", &"x".repeat(2_000)), None);
    }
}
