//! Columns over time, stacked: the first series at the base, the last on top.

use plotters::coord::ranged1d::{BoldPoints, Ranged};
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::DrawingAreaErrorKind;
use plotters::prelude::{ChartBuilder, IntoDrawingArea, IntoFont, PathElement, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, TextStyle};

use model::present::count;

use super::svg::{Ink, NotDrawn, SvgWriter, UNITS_OF_PIXEL, WIDTH};

/// Height of the columns over the rows of the blade, in pixels.
pub const PLOT_PX: u32 = 60;
/// Height of the words under the columns, in pixels.
pub const LABELS_PX: u32 = 16;
/// From the columns down to the feet of the words, in pixels.
const FEET_PX: u32 = 13;
/// Lines behind the columns, at most, where no numbers are said.
const MOST_LINES: usize = 3;
/// The share of a bucket's width that stays free between two columns.
const GAP: f64 = 0.16;
/// Fewest pixels of a part: one failure among thousands is still seen.
const LEAST_PX: f64 = 1.0;
/// From a line down to the feet of its number, in units.
const BELOW_LINE: i32 = 40;

/// The inks of success, interrupted and failure, from the base up.
pub const OUTCOMES: [Ink; 3] = [Ink::Success, Ink::Interrupted, Ink::Failure];

/// A label under the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// The moment it names, in microseconds since 1970.
    pub micros: i64,
    /// Its words.
    pub words: String,
}

/// What is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Stack<'a> {
    /// Where columns begin and end, in microseconds since 1970: one more than there are columns.
    pub edges_micros: &'a [i64],
    /// The numbers of each column, from the base up.
    pub columns: &'a [Vec<u64>],
    /// What they are drawn with, in the same order.
    pub inks: &'a [Ink],
    /// Height of the columns, in pixels.
    pub plot_px: u32,
    /// Labels under the columns.
    pub ticks: &'a [Tick],
    /// Numbers beside lines, the highest first, which the columns do not exceed; nothing for lines without numbers.
    pub numbers: &'a [u64],
}

/// The marks, for an `<svg>` that is [`LABELS_PX`] higher than the columns. Nothing for no columns.
pub fn stacked(stack: &Stack<'_>) -> String {
    let mut markup = String::with_capacity(stack.columns.len() * 240);
    // Every mark drawn here has a way; a mark without one would be a chart without that mark.
    drop(draw(&mut markup, stack));
    markup
}

/// Where columns begin and how wide they are, in units of the width.
pub fn places(edges_micros: &[i64]) -> Vec<(i32, i32)> {
    let (Some(first), Some(last)) = (edges_micros.first(), edges_micros.last()) else {
        return Vec::new();
    };
    let units = |micros: i64| {
        let share =
            i128::from(micros - first) * i128::from(WIDTH) / i128::from(last - first).max(1);
        i32::try_from(share).unwrap_or_default()
    };
    edges_micros
        .windows(2)
        .map(|edges| {
            let start = units(edges[0]);
            (start, units(edges[1]) - start)
        })
        .collect()
}

fn draw(markup: &mut String, stack: &Stack<'_>) -> Result<(), DrawingAreaErrorKind<NotDrawn>> {
    let (Some(first), Some(last)) = (stack.edges_micros.first(), stack.edges_micros.last()) else {
        return Ok(());
    };
    let (first, last) = (*first, *last);
    let highest = stack
        .columns
        .iter()
        .map(|column| column.iter().sum::<u64>());
    let highest = highest.max().unwrap_or_default().max(1);
    let top = number(stack.numbers.first().copied().unwrap_or(highest).max(1));
    let height = (stack.plot_px + LABELS_PX) * UNITS_OF_PIXEL;
    let root = SvgWriter::new(markup, height).into_drawing_area();
    let (plot, _) = root.split_vertically(stack.plot_px * UNITS_OF_PIXEL + 1);
    let mut chart = ChartBuilder::on(&plot).build_cartesian_2d(first..last, 0.0..top)?;

    for height in lines(stack, top) {
        let line = vec![(first, height), (last, height)];
        chart.draw_series([PathElement::new(line, Ink::GridLine.color())])?;
    }
    for (edges, column) in stack.edges_micros.windows(2).zip(stack.columns) {
        chart.draw_series(parts(stack, (edges[0], edges[1]), column, top))?;
    }
    let base = vec![(first, 0.0), (last, 0.0)];
    chart.draw_series([PathElement::new(base, Ink::Base.color())])?;

    let style = |ink: Ink| ("sans-serif", 11).into_font().color(&ink.color());
    for said in stack.numbers {
        let (_, down) = chart.backend_coord(&(first, number(*said)));
        let style: TextStyle<'_> = style(Ink::Numbers).pos(Pos::new(HPos::Right, VPos::Bottom));
        root.draw(&Text::new(count(*said), (0, down + BELOW_LINE), style))?;
    }
    let feet = i32::try_from((stack.plot_px + FEET_PX) * UNITS_OF_PIXEL).unwrap_or_default();
    for tick in stack.ticks {
        let (across, _) = chart.backend_coord(&(tick.micros, 0.0));
        let style: TextStyle<'_> = style(Ink::Axis).pos(Pos::new(anchor(across), VPos::Bottom));
        root.draw(&Text::new(tick.words.as_str(), (across, feet), style))?;
    }
    root.present()
}

/// Heights of the lines behind the columns.
fn lines(stack: &Stack<'_>, top: f64) -> Vec<f64> {
    if !stack.numbers.is_empty() {
        let numbers = stack.numbers.iter().map(|said| number(*said));
        return numbers.filter(|height| *height > 0.0).collect();
    }
    let vertical: RangedCoordf64 = (0.0..top).into();
    let lines = vertical.key_points(BoldPoints(MOST_LINES));
    lines.into_iter().filter(|height| *height > 0.0).collect()
}

/// Labels near the ends stay within.
fn anchor(across: i32) -> HPos {
    match across {
        ..2_500 => HPos::Left,
        97_500.. => HPos::Right,
        _ => HPos::Center,
    }
}

/// The parts of a column, from the base up.
fn parts(
    stack: &Stack<'_>,
    (from, to): (i64, i64),
    column: &[u64],
    top: f64,
) -> Vec<Rectangle<(i64, f64)>> {
    let least = top * LEAST_PX / f64::from(stack.plot_px);
    let heights: Vec<f64> = column
        .iter()
        .map(|rows| match rows {
            0 => 0.0,
            rows => number(*rows).max(least),
        })
        .collect();
    // What small parts were given, the others give.
    let scale = (top / heights.iter().sum::<f64>().max(top)).min(1.0);
    let gap = gap_micros(from, to);
    let (from, to) = (from + gap, to - gap);
    let mut foot = 0.0;
    stack
        .inks
        .iter()
        .zip(heights)
        .filter(|(_, height)| *height > 0.0)
        .map(|(ink, height)| {
            let head = foot + height * scale;
            let part = Rectangle::new([(from, head), (to, foot)], ink.color().filled());
            foot = head;
            part
        })
        .collect()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a part of the length of a bucket, which is a whole number of microseconds"
)]
fn gap_micros(from: i64, to: i64) -> i64 {
    (number(to.abs_diff(from)) * GAP / 2.0) as i64
}

#[expect(
    clippy::cast_precision_loss,
    reason = "heights and widths are drawn, not counted"
)]
pub(super) fn number(number: u64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000_000;

    fn edges() -> Vec<i64> {
        (10..=14).map(|hour| hour * HOUR).collect()
    }

    fn four() -> Vec<Vec<u64>> {
        vec![
            vec![100, 8, 40],
            vec![0; 3],
            vec![2_000, 0, 1],
            vec![5, 0, 0],
        ]
    }

    fn drawn(columns: &[Vec<u64>], ticks: &[Tick], numbers: &[u64]) -> String {
        let edges = edges();
        stacked(&Stack {
            edges_micros: &edges[..=columns.len()],
            columns,
            inks: &OUTCOMES,
            plot_px: PLOT_PX,
            ticks,
            numbers,
        })
    }

    #[test]
    fn the_same_numbers_give_the_same_marks() {
        let ticks = [(10, "10:00"), (12, "<12:00>")].map(|(hour, words)| Tick {
            micros: hour * HOUR,
            words: words.to_owned(),
        });
        let marks = drawn(&four(), &ticks, &[]);
        assert_eq!(marks, drawn(&four(), &ticks, &[]));
        insta::assert_snapshot!(marks.replace("><", ">\n<"));
    }

    #[test]
    fn numbers_stand_beside_their_lines() {
        let marks = drawn(&four(), &[], &[3_000, 2_000, 1_000, 0]);
        insta::assert_snapshot!(marks.replace("><", ">\n<"));
    }

    #[test]
    fn one_failure_among_thousands_is_seen_and_stays_within() {
        let marks = drawn(&four(), &[], &[]);
        assert!(
            marks.contains(r#"<rect class="bad" x="52%" y="0" width="21%" height="1"/>"#),
            "{marks}"
        );
    }

    #[test]
    fn no_columns_are_no_marks() {
        let nothing = Stack {
            edges_micros: &[],
            columns: &[],
            inks: &OUTCOMES,
            plot_px: PLOT_PX,
            ticks: &[],
            numbers: &[],
        };
        assert_eq!(stacked(&nothing), "");
        assert_eq!(places(&[]), []);
        assert!(drawn(&[vec![0; 3]], &[], &[]).contains("base"));
    }

    #[test]
    fn places_lie_side_by_side() {
        assert_eq!(
            places(&edges()),
            [
                (0, 25_000),
                (25_000, 25_000),
                (50_000, 25_000),
                (75_000, 25_000)
            ]
        );
    }
}
