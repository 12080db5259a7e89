//! What the scroll bar stands for: where among all rows the view is.

/// The most that is scrolled, in pixels: the least limit of the browsers is 16 million.
const MOST_PX: f64 = 12_000_000.0;
/// A move of more views than these is a leap: it was made with the scroll bar, not by hand.
const LEAP_VIEWS: f64 = 4.0;

/// Rows of one height, seen through a view.
#[derive(Debug, Clone)]
pub struct Range {
    total: usize,
    /// Height of a row, in pixels.
    pub row_px: f64,
    /// Height of the view below the header, in pixels.
    pub view_px: f64,
    /// Height of the header, in pixels.
    pub above_px: f64,
    /// How far the view is scrolled.
    top_px: f64,
    /// How much further down the rows the view is than it is scrolled. Nothing, unless there are more rows than
    /// can be scrolled through.
    shift_px: f64,
}

impl Range {
    /// The view at the first row.
    pub fn new(total: usize, row_px: f64, view_px: f64, above_px: f64) -> Range {
        Range {
            total,
            row_px,
            view_px,
            above_px,
            top_px: 0.0,
            shift_px: 0.0,
        }
    }

    /// Height of all rows.
    fn rows_px(&self) -> f64 {
        #[expect(
            clippy::cast_precision_loss,
            reason = "numbers of rows are far below 2^53"
        )]
        let total = self.total as f64;
        total * self.row_px
    }

    /// Height that is scrolled through.
    pub fn scrolled_px(&self) -> f64 {
        self.rows_px().min(MOST_PX)
    }

    /// Where the view is among the rows, in pixels below the first one.
    pub fn position_px(&self) -> f64 {
        self.top_px + self.shift_px
    }

    /// Where a row stands in what is scrolled, by its index.
    pub fn place_px(&self, row: usize) -> f64 {
        #[expect(
            clippy::cast_precision_loss,
            reason = "numbers of rows are far below 2^53"
        )]
        let row = row as f64;
        row * self.row_px - self.shift_px
    }

    /// How far the view can go among the rows, and how far it can be scrolled.
    fn ends_px(&self) -> (f64, f64) {
        let end = |height_px: f64| (height_px - self.view_px).max(0.0);
        (end(self.rows_px()), end(self.scrolled_px()))
    }

    /// Takes note that the view was scrolled. Says whether it leapt, and where it has to be scrolled to instead:
    /// the rows stay where they are in it.
    pub fn moved(&mut self, top_px: f64) -> (bool, Option<f64>) {
        let (end_px, scrolled_end_px) = self.ends_px();
        let has_leapt = (top_px - self.top_px).abs() > LEAP_VIEWS * self.view_px;
        self.top_px = top_px;
        if end_px <= scrolled_end_px {
            self.shift_px = 0.0;
            return (has_leapt, None);
        }
        if has_leapt || top_px <= 0.0 || top_px >= scrolled_end_px {
            // The scroll bar says where to be.
            self.shift_px = top_px / scrolled_end_px * end_px - top_px;
            return (has_leapt, None);
        }
        let position_px = self.position_px().clamp(0.0, end_px);
        let margin_px = 2.0 * self.view_px;
        let is_near_an_end = top_px < margin_px || scrolled_end_px - top_px < margin_px;
        let is_at_that_end = position_px < margin_px || end_px - position_px < margin_px;
        if is_near_an_end && !is_at_that_end {
            // The scroll bar would end before the rows do.
            return (false, Some(self.go_to(position_px)));
        }
        self.shift_px = position_px - top_px;
        (false, None)
    }

    /// Moves the view to a place among the rows. Says where it has to be scrolled to.
    pub fn go_to(&mut self, position_px: f64) -> f64 {
        let (end_px, scrolled_end_px) = self.ends_px();
        let position_px = position_px.clamp(0.0, end_px);
        let top_px = match end_px <= scrolled_end_px {
            true => position_px,
            false => position_px / end_px * scrolled_end_px,
        };
        // Browsers scroll by whole pixels.
        self.top_px = top_px.round();
        self.shift_px = match end_px <= scrolled_end_px {
            true => 0.0,
            false => position_px - self.top_px,
        };
        self.top_px
    }

    /// Moves the view no further than it takes to show a row whole. Says where it has to be scrolled to, if it has.
    pub fn show(&mut self, row: usize) -> Option<f64> {
        let row_px = self.place_px(row) + self.shift_px;
        let position_px = self.position_px();
        if row_px < position_px {
            Some(self.go_to(row_px))
        } else if row_px + self.row_px > position_px + self.view_px {
            Some(self.go_to((row_px + self.row_px - self.view_px).ceil()))
        } else {
            None
        }
    }

    /// Index of the first row in view, and of the first one behind it.
    pub fn rows(&self) -> (usize, usize) {
        let first = whole((self.position_px() / self.row_px).floor());
        let last = whole(((self.position_px() + self.view_px) / self.row_px).ceil());
        (first.min(self.total), last.min(self.total))
    }

    /// How many rows the view shows whole.
    pub fn rows_in_view(&self) -> usize {
        whole((self.view_px / self.row_px).floor())
    }
}

fn whole(number: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is no less than nothing, and a number of rows"
    )]
    let whole = number.max(0.0) as usize;
    whole
}
