//! Columns over time, stacked by outcome: success at the base, failure on top.

use model::answer::Bucket;
use plotters::coord::ranged1d::{BoldPoints, Ranged};
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::DrawingAreaErrorKind;
use plotters::prelude::{ChartBuilder, IntoDrawingArea, IntoFont, PathElement, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, TextStyle};

use super::svg::{Ink, NotDrawn, SvgWriter, UNITS_OF_PIXEL, WIDTH};

/// Height of the columns, in pixels.
pub const PLOT_PX: u32 = 60;
/// Height of columns and labels, in pixels.
pub const HEIGHT_PX: u32 = 76;
/// From the top to the feet of the labels, in pixels.
const LABELS_PX: u32 = 73;
/// Lines behind the columns, at most.
const MOST_LINES: usize = 3;
/// The share of a bucket's width that stays free between two columns.
const GAP: f64 = 0.16;
/// Fewest pixels of a part: one failure among thousands is still seen.
const LEAST_PX: f64 = 1.0;

/// A label under the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// The moment it names, in microseconds since 1970.
    pub micros: i64,
    /// Its words.
    pub words: String,
}

/// The marks of the columns, for an `<svg>` that is [`HEIGHT_PX`] high. Nothing for no buckets.
pub fn stacked(buckets: &[Bucket], ticks: &[Tick]) -> String {
    let mut markup = String::with_capacity(buckets.len() * 240);
    // Every mark drawn here has a way; a mark without one would be a chart without that mark.
    drop(draw(&mut markup, buckets, ticks));
    markup
}

/// Beginning and end of the whole, in microseconds; `None` without buckets.
fn ends(buckets: &[Bucket]) -> Option<(i64, i64)> {
    Some((buckets.first()?.from_micros, buckets.last()?.to_micros))
}

/// Where buckets begin and how wide they are, in units of the width.
pub fn places(buckets: &[Bucket]) -> Vec<(i32, i32)> {
    let Some((first, last)) = ends(buckets) else {
        return Vec::new();
    };
    let units = |micros: i64| {
        let share =
            i128::from(micros - first) * i128::from(WIDTH) / i128::from(last - first).max(1);
        i32::try_from(share).unwrap_or_default()
    };
    buckets
        .iter()
        .map(|bucket| {
            let start = units(bucket.from_micros);
            (start, units(bucket.to_micros) - start)
        })
        .collect()
}

fn draw(
    markup: &mut String,
    buckets: &[Bucket],
    ticks: &[Tick],
) -> Result<(), DrawingAreaErrorKind<NotDrawn>> {
    let Some((first, last)) = ends(buckets) else {
        return Ok(());
    };
    let highest = buckets.iter().map(|bucket| bucket.rows).max();
    let top = number(highest.unwrap_or_default().max(1));
    let root = SvgWriter::new(markup, HEIGHT_PX * UNITS_OF_PIXEL).into_drawing_area();
    let (plot, _) = root.split_vertically(PLOT_PX * UNITS_OF_PIXEL + 1);
    let mut chart = ChartBuilder::on(&plot).build_cartesian_2d(first..last, 0.0..top)?;

    let vertical: RangedCoordf64 = (0.0..top).into();
    let lines = vertical.key_points(BoldPoints(MOST_LINES));
    for height in lines.into_iter().filter(|height| *height > 0.0) {
        let line = vec![(first, height), (last, height)];
        chart.draw_series([PathElement::new(line, Ink::GridLine.color())])?;
    }
    for bucket in buckets {
        chart.draw_series(column(bucket, top))?;
    }
    let base = vec![(first, 0.0), (last, 0.0)];
    chart.draw_series([PathElement::new(base, Ink::Base.color())])?;

    let style = ("sans-serif", 11).into_font().color(&Ink::Axis.color());
    let feet = i32::try_from(LABELS_PX * UNITS_OF_PIXEL).unwrap_or_default();
    for tick in ticks {
        let (across, _) = chart.backend_coord(&(tick.micros, 0.0));
        let style: TextStyle<'_> = style.pos(Pos::new(anchor(across), VPos::Bottom));
        root.draw(&Text::new(tick.words.as_str(), (across, feet), style))?;
    }
    root.present()
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
fn column(bucket: &Bucket, top: f64) -> impl Iterator<Item = Rectangle<(i64, f64)>> + use<> {
    let [success, failure, interrupted] = bucket.by_outcome;
    let parts = [
        (success, Ink::Success),
        (interrupted, Ink::Interrupted),
        (failure, Ink::Failure),
    ];
    let least = top * LEAST_PX / f64::from(PLOT_PX);
    let heights = parts.map(|(rows, _)| match rows {
        0 => 0.0,
        rows => number(rows).max(least),
    });
    // What small parts were given, the others give.
    let scale = (top / heights.iter().sum::<f64>().max(top)).min(1.0);
    let gap = gap_micros(bucket);
    let (from, to) = (bucket.from_micros + gap, bucket.to_micros - gap);
    let mut foot = 0.0;
    parts
        .into_iter()
        .zip(heights)
        .filter(|(_, height)| *height > 0.0)
        .map(move |((_, ink), height)| {
            let head = foot + height * scale;
            let part = Rectangle::new([(from, head), (to, foot)], ink.color().filled());
            foot = head;
            part
        })
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a part of the length of a bucket, which is a whole number of microseconds"
)]
fn gap_micros(bucket: &Bucket) -> i64 {
    (number(bucket.to_micros.abs_diff(bucket.from_micros)) * GAP / 2.0) as i64
}

#[expect(
    clippy::cast_precision_loss,
    reason = "heights and widths are drawn, not counted"
)]
fn number(number: u64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bucket(hour: i64, by_outcome: [u64; 3]) -> Bucket {
        Bucket {
            from_micros: hour * 3_600_000_000,
            to_micros: (hour + 1) * 3_600_000_000,
            rows: by_outcome.iter().sum(),
            by_outcome,
        }
    }

    fn three() -> Vec<Bucket> {
        vec![
            bucket(10, [100, 40, 8]),
            bucket(11, [0, 0, 0]),
            bucket(12, [2_000, 1, 0]),
            bucket(13, [5, 0, 0]),
        ]
    }

    #[test]
    fn the_same_numbers_give_the_same_marks() {
        let ticks = [
            Tick {
                micros: 10 * 3_600_000_000,
                words: "10:00".to_owned(),
            },
            Tick {
                micros: 12 * 3_600_000_000,
                words: "<12:00>".to_owned(),
            },
        ];
        let drawn = stacked(&three(), &ticks);
        assert_eq!(drawn, stacked(&three(), &ticks));
        insta::assert_snapshot!(drawn.replace("><", ">\n<"));
    }

    #[test]
    fn one_failure_among_thousands_is_seen_and_stays_within() {
        let drawn = stacked(&three(), &[]);
        assert!(
            drawn.contains(r#"<rect class="bad" x="52%" y="0" width="21%" height="1"/>"#),
            "{drawn}"
        );
    }

    #[test]
    fn no_buckets_are_no_marks() {
        assert_eq!(stacked(&[], &[]), "");
        assert_eq!(places(&[]), []);
        assert!(stacked(&[bucket(1, [0, 0, 0])], &[]).contains("base"));
    }

    #[test]
    fn places_lie_side_by_side() {
        assert_eq!(
            places(&three()),
            [
                (0, 25_000),
                (25_000, 25_000),
                (50_000, 25_000),
                (75_000, 25_000)
            ]
        );
    }
}
