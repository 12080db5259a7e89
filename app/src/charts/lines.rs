//! Lines over time: two or three series, each from middle to middle of its stretches.

use plotters::drawing::DrawingAreaErrorKind;
use plotters::prelude::{ChartBuilder, IntoDrawingArea, PathElement};

use super::stack::number;
use super::svg::{Ink, NotDrawn, SvgWriter, UNITS_OF_PIXEL};

/// The lines of numbers, in the order given, for an `<svg>` of this height in pixels. `top` is what the upper end
/// stands for. A stretch without a number parts a line; a run of one has none.
pub fn lines(
    edges_micros: &[i64],
    series: &[(Ink, Vec<Option<u64>>)],
    top: u64,
    plot_px: u32,
) -> String {
    let mut markup = String::new();
    // As for columns: every mark has a way.
    drop(draw(&mut markup, edges_micros, series, top, plot_px));
    markup
}

fn draw(
    markup: &mut String,
    edges_micros: &[i64],
    series: &[(Ink, Vec<Option<u64>>)],
    top: u64,
    plot_px: u32,
) -> Result<(), DrawingAreaErrorKind<NotDrawn>> {
    let (Some(first), Some(last)) = (edges_micros.first(), edges_micros.last()) else {
        return Ok(());
    };
    let root = SvgWriter::new(markup, plot_px * UNITS_OF_PIXEL).into_drawing_area();
    let top = number(top.max(1));
    let mut chart = ChartBuilder::on(&root).build_cartesian_2d(*first..*last, 0.0..top)?;
    for (ink, numbers) in series {
        let middles = edges_micros
            .windows(2)
            .map(|edges| edges[0].midpoint(edges[1]));
        // A stretch without a number parts the line.
        let points: Vec<Option<(i64, f64)>> = middles
            .zip(numbers)
            .map(|(middle, said)| Some((middle, number((*said)?))))
            .collect();
        for run in points.split(Option::is_none) {
            let run: Vec<(i64, f64)> = run.iter().copied().flatten().collect();
            if run.len() > 1 {
                chart.draw_series([PathElement::new(run, ink.color())])?;
            }
        }
    }
    root.present()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_lie_over_the_middle_of_their_stretches() {
        let edges: Vec<i64> = (0..=4)
            .collect::<Vec<i64>>()
            .iter()
            .map(|day| day * 86_400_000_000)
            .collect();
        let series = [
            (Ink::Usual, vec![Some(10), Some(20), Some(5), Some(0)]),
            (Ink::Category(0), vec![None, Some(20), Some(5), Some(40)]),
        ];
        let drawn = lines(&edges, &series, 40, 60);
        insta::assert_snapshot!(drawn.replace("><", ">\n<"));
        assert_eq!(drawn, lines(&edges, &series, 40, 60));
        assert_eq!(lines(&[], &series, 40, 60), "");
    }
}
