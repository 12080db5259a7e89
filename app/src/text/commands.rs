//! Words of the command bar and of the share command.

/// Name of the row of commands.
pub const COMMANDS: &str = "Commands";
/// Opens the commands that have no room.
pub const MORE: &str = "More";
/// Command: share.
pub const SHARE: &str = "Share";
/// Heading of what it opens.
pub const SHARE_TITLE: &str = "Share this view";
/// Label of the link that moves with time.
pub const LINK: &str = "Link";
/// Under it, where the range moves.
pub const LINK_MOVES: &str = "Shows the same stretch back from the moment it is opened.";
/// Label of the link that does not.
pub const EXACT_LINK: &str = "Link to exactly this time";
/// What a link restores.
pub const LINK_RESTORES: &str =
    "Restores filters, time, columns, widths, order, groups, time zone and the open sign-in.";
/// Copies what stands beside it.
pub const COPY: &str = "Copy";
/// Makes a short link.
pub const SHORTEN: &str = "Make a short link";
/// Label of the short link.
pub const SHORT_LINK: &str = "Short link";
/// Closes a popover.
pub const CLOSE: &str = "Close";
