//! The icons by name. Their drawings are the symbols of `public/icons.svg`, fetched once and cached;
//! a page refers to one with `<use href=…>`, so no drawing is repeated in the markup or in the client.
//! Rows of the grid alone have the drawing itself ([`push_drawn`]): a browser puts what is referred to into the
//! page a moment after all else and works the layout out anew, which shows where there are hundreds.
//!
//! An icon never carries meaning alone: it is hidden from readers of the page aloud and stands
//! beside its word, or inside a button that has an `aria-label`.

#[cfg(feature = "ssr")]
use std::collections::HashMap;
#[cfg(feature = "ssr")]
use std::sync::LazyLock;

/// Declares [`Icon`] from pairs of variant and symbol name, so that the list exists once.
macro_rules! icons {
    ($($(#[$doc:meta])* $variant:ident => $symbol:literal,)+) => {
        /// One icon of the sheet, drawn on 20 x 20 with `currentColor`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Icon {
            $($(#[$doc])* $variant,)+
        }

        impl Icon {
            /// Every icon, in the order of declaration (alphabetical by variant).
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The id of the symbol inside the sprite, such as `i-ok`.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!("i-", $symbol),)+
                }
            }
        }
    };
}

icons! {
    /// Three squares and a plus: application activity.
    Apps => "apps",
    /// Notifications and alerts.
    Bell => "bell",
    /// The error book.
    Book => "book",
    /// A saved view.
    Bookmark => "bookmark",
    /// A date range.
    Calendar => "calendar",
    /// Bars on a base line.
    Chart => "chart",
    /// Prompts shown to people.
    Chat => "chat",
    /// Chosen or done.
    Check => "check",
    /// Still settling, or late.
    Clock => "clock",
    /// Closes or removes.
    Close => "x",
    /// Which columns the grid shows.
    Columns => "columns",
    /// Two records side by side.
    Compare => "compare",
    /// Copy to the clipboard.
    Copy => "copy",
    /// A computer.
    Device => "device",
    /// Chevron: opens a menu, or the next row.
    Down => "down",
    /// Tray with an arrow into it.
    Download => "download",
    /// Leaves Vestibule.
    External => "external",
    /// Shown in clear.
    Eye => "eye",
    /// Masked for this reader.
    EyeOff => "eyeoff",
    /// Filled octagon: the status Failure; the only filled icon.
    Fail => "fail",
    /// A file.
    File => "file",
    /// Only this value.
    Filter => "filter",
    /// Settings.
    Gear => "gear",
    /// A network or country.
    Globe => "globe",
    /// A group of people.
    Group => "group",
    /// Drag to reorder.
    Handle => "handle",
    /// Help, or "why?".
    Help => "help",
    /// Tray with an arrow out of it.
    Import => "import",
    /// A remark.
    Info => "info",
    /// The record as it arrived.
    Json => "json",
    /// Authentication methods.
    Key => "key",
    /// Storage and completeness.
    Lake => "lake",
    /// Chevron: the earlier page.
    Left => "left",
    /// Copy a link.
    Link => "link",
    /// Locked or protected.
    Lock => "lock",
    /// Mail.
    Mail => "mail",
    /// Opens the navigation on phones.
    Menu => "menu",
    /// Broken ring with a pause: the status Interrupted.
    Mid => "mid",
    /// Without this value.
    Minus => "minus",
    /// Further commands.
    More => "more",
    /// Dashed ring with a bar: not applied, not reached.
    NotApplied => "na",
    /// Ring with a check: the status Success.
    Ok => "ok",
    /// Gauge with a needle.
    Overview => "overview",
    /// Shows or hides a side panel.
    Panel => "panel",
    /// Pauses a filter or an import.
    Pause => "pause",
    /// A phone.
    Phone => "phone",
    /// A place.
    Pin => "pin",
    /// Resumes; marks sample data.
    Play => "play",
    /// Adds.
    Plus => "plus",
    /// Asks again.
    Refresh => "refresh",
    /// Chevron: opens in place, or the next page.
    Right => "right",
    /// Search.
    Search => "search",
    /// Conditional Access.
    Shield => "shield",
    /// An arrow entering a door frame.
    SignIns => "signins",
    /// Sorted, greatest first.
    SortDown => "sortdown",
    /// What happened before and after; grouping.
    Story => "story",
    /// A chart as a table.
    Table => "table",
    /// Light or dark.
    Theme => "theme",
    /// Undo.
    Undo => "undo",
    /// Chevron: closes, or the earlier row.
    Up => "up",
    /// A person.
    User => "user",
    /// People.
    Users => "users",
    /// Needs attention.
    Warn => "warn",
    /// A browser.
    Window => "window",
    /// Service principals and managed identities.
    Workload => "workload",
}

/// The symbols, each a line.
#[cfg(feature = "ssr")]
const SPRITE: &str = include_str!("../../../public/icons.svg");

/// Adds the drawing of an icon to markup, as an image of a class.
#[cfg(feature = "ssr")]
pub fn push_drawn(markup: &mut String, icon: Icon, class: &str) {
    static DRAWINGS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
        let symbols = SPRITE.split("<symbol id=\"").skip(1);
        let drawings = symbols.filter_map(|symbol| {
            let (id, rest) = symbol.split_once('"')?;
            let (_, rest) = rest.split_once('>')?;
            Some((id, rest.split_once("</symbol>")?.0))
        });
        drawings.collect()
    });
    markup.push_str("<svg aria-hidden=\"true\" viewBox=\"0 0 20 20\" class=\"");
    markup.push_str(class);
    markup.push_str("\">");
    markup.push_str(DRAWINGS.get(icon.id()).copied().unwrap_or_default());
    markup.push_str("</svg>");
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn symbols() -> BTreeSet<&'static str> {
        SPRITE
            .split("<symbol id=\"")
            .skip(1)
            .filter_map(|rest| rest.split_once('"'))
            .map(|(id, _)| id)
            .collect()
    }

    #[test]
    fn every_icon_is_drawn_and_every_drawing_is_an_icon() {
        let named: BTreeSet<_> = Icon::ALL.iter().map(|icon| icon.id()).collect();
        assert_eq!(named, symbols());
        assert_eq!(named.len(), Icon::ALL.len(), "two icons share a symbol");
    }

    #[test]
    fn a_drawing_is_what_its_symbol_holds() {
        for icon in Icon::ALL {
            let mut drawn = String::new();
            push_drawn(&mut drawn, *icon, "i");
            let (_, shapes) = drawn.split_once('>').expect("a beginning");
            let shapes = shapes.strip_suffix("</svg>").expect("an end");
            let symbol = format!(
                "<symbol id=\"{}\" viewBox=\"0 0 20 20\">{shapes}</symbol>",
                icon.id()
            );
            assert!(
                shapes.starts_with('<') && SPRITE.contains(&symbol),
                "{symbol}"
            );
        }
    }

    #[test]
    fn the_sprite_needs_no_style_of_its_own() {
        for forbidden in ["<style", "style=", "class=", "<script", "xlink"] {
            assert!(!SPRITE.contains(forbidden), "{forbidden} is in the sprite");
        }
    }
}
