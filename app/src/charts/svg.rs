//! What plotters draws, as SVG.
//!
//! Across, a chart is [`WIDTH`] units wide, which are thousandths of a percent of the width that it gets in the
//! page. Down, units are tenths of a pixel. A colour stands for a class: [`Ink`]. The same marks give the same
//! text, and nothing in it depends on fonts.

use std::fmt::Write;

use plotters::prelude::DrawingBackend;
use plotters::style::RGBColor;
use plotters::style::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind,
};

use crate::view::safe_text::push_escaped;

/// Width of every chart, in units.
pub const WIDTH: u32 = 100_000;
/// Units of a pixel, down.
pub const UNITS_OF_PIXEL: u32 = 10;

/// What marks are drawn with: a class of the style sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Sign-ins that succeeded.
    Success,
    /// Sign-ins that were one step of more.
    Interrupted,
    /// Sign-ins that failed.
    Failure,
    /// One of eight categories that have no colour of their own, from 0.
    Category(u8),
    /// What is usual.
    Usual,
    /// Lines behind the marks.
    GridLine,
    /// The line that marks stand on.
    Base,
    /// Words under the marks.
    Axis,
    /// Numbers beside the marks, in the room left of the chart.
    Numbers,
}

/// How many categories have a colour.
pub const CATEGORIES: u8 = 8;

impl Ink {
    /// The inks by number: plotters knows an ink by a colour, which is that number.
    const NUMBERED: [Ink; 8] = [
        Ink::Axis,
        Ink::Success,
        Ink::Interrupted,
        Ink::Failure,
        Ink::Usual,
        Ink::GridLine,
        Ink::Base,
        Ink::Numbers,
    ];
    /// The number of the first category.
    const FIRST_CATEGORY: u8 = 16;

    /// The colour by which plotters knows it.
    pub fn color(self) -> RGBColor {
        let number = match self {
            Ink::Category(category) => Some(Ink::FIRST_CATEGORY + category % CATEGORIES),
            other => Ink::NUMBERED
                .iter()
                .position(|ink| *ink == other)
                .and_then(|number| u8::try_from(number).ok()),
        };
        RGBColor(0, 0, number.unwrap_or_default())
    }

    /// The class that it stands for.
    pub const fn class(self) -> &'static str {
        const OF_CATEGORIES: [&str; CATEGORIES as usize] =
            ["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"];
        match self {
            Ink::Success => "ok",
            Ink::Interrupted => "mid",
            Ink::Failure => "bad",
            Ink::Category(category) => OF_CATEGORIES[(category % CATEGORIES) as usize],
            Ink::Usual => "usual",
            Ink::GridLine => "gridline",
            Ink::Base => "base",
            Ink::Axis => "axis",
            Ink::Numbers => "numbers",
        }
    }

    fn of(color: BackendColor) -> Ink {
        match color.rgb.2.checked_sub(Ink::FIRST_CATEGORY) {
            Some(category) => Ink::Category(category % CATEGORIES),
            None => {
                let known = Ink::NUMBERED.get(usize::from(color.rgb.2));
                known.copied().unwrap_or(Ink::Axis)
            }
        }
    }
}

/// Something that has no way of being drawn here.
#[derive(Debug, thiserror::Error)]
#[error("charts hold lines, rectangles and words only")]
pub struct NotDrawn;

/// Writes marks into a text: the inside of an `<svg>`.
pub struct SvgWriter<'a> {
    markup: &'a mut String,
    height: u32,
}

type Drawn = Result<(), DrawingErrorKind<NotDrawn>>;

impl<'a> SvgWriter<'a> {
    /// Writes behind what is in `markup`. `height` is in units.
    pub fn new(markup: &'a mut String, height: u32) -> SvgWriter<'a> {
        SvgWriter { markup, height }
    }

    fn put(&mut self, mark: std::fmt::Arguments<'_>) -> Drawn {
        self.markup
            .write_fmt(mark)
            .map_err(|_| DrawingErrorKind::DrawingError(NotDrawn))
    }
}

/// Units across as a percentage.
pub fn percent(units: i32) -> String {
    decimal(units, 1_000) + "%"
}

/// Units down as pixels.
fn pixels(units: i32) -> String {
    decimal(units, 10)
}

/// A fraction without the zeros at its end.
fn decimal(number: i32, of: i32) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let (whole, rest) = (number.abs() / of, number.abs() % of);
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let digits = format!("{:0width$}", rest, width = of.ilog10() as usize);
    format!("{sign}{whole}.{}", digits.trim_end_matches('0'))
}

impl DrawingBackend for SvgWriter<'_> {
    type ErrorType = NotDrawn;

    fn get_size(&self) -> (u32, u32) {
        // Plotters draws up to the last unit, which is one less than there are.
        (WIDTH + 1, self.height + 1)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Drawn {
        Err(DrawingErrorKind::DrawingError(NotDrawn))
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        let class = Ink::of(style.color()).class();
        self.put(format_args!(
            r#"<line class="{class}" x1="{}" x2="{}" y1="{}" y2="{}"/>"#,
            percent(from.0),
            percent(to.0),
            pixels(from.1),
            pixels(to.1)
        ))
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let points: Vec<BackendCoord> = path.into_iter().collect();
        if let [from, to] = points.as_slice() {
            return self.draw_line(*from, *to, style);
        }
        // Points know no percent: they lie in a drawing of their own, which is stretched to the width.
        let class = Ink::of(style.color()).class();
        let height = pixels(i32::try_from(self.height).unwrap_or(i32::MAX));
        self.put(format_args!(
            r#"<svg viewBox="0 0 {WIDTH} {height}" width="100%" height="{height}" preserveAspectRatio="none"><polyline class="line {class}" points=""#
        ))?;
        for (place, (across, down)) in points.iter().enumerate() {
            let space = if place == 0 { "" } else { " " };
            self.put(format_args!("{space}{across},{}", pixels(*down)))?;
        }
        self.put(format_args!(r#""/></svg>"#))
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        _: bool,
    ) -> Drawn {
        let class = Ink::of(style.color()).class();
        self.put(format_args!(
            r#"<rect class="{class}" x="{}" y="{}" width="{}" height="{}"/>"#,
            percent(upper_left.0),
            pixels(upper_left.1),
            percent(bottom_right.0 - upper_left.0),
            pixels(bottom_right.1 - upper_left.1)
        ))
    }

    fn draw_circle<S: BackendStyle>(&mut self, _: BackendCoord, _: u32, _: &S, _: bool) -> Drawn {
        Err(DrawingErrorKind::DrawingError(NotDrawn))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        _: I,
        _: &S,
    ) -> Drawn {
        Err(DrawingErrorKind::DrawingError(NotDrawn))
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        place: BackendCoord,
    ) -> Drawn {
        let anchor = match style.anchor().h_pos {
            HPos::Left => "start",
            HPos::Center => "middle",
            HPos::Right => "end",
        };
        let class = match Ink::of(style.color()) {
            Ink::Numbers => r#" class="numbers""#,
            _ => "",
        };
        self.put(format_args!(
            r#"<text{class} x="{}" y="{}" text-anchor="{anchor}">"#,
            percent(place.0),
            pixels(place.1)
        ))?;
        push_escaped(self.markup, text);
        self.put(format_args!("</text>"))
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        _: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<NotDrawn>> {
        // Nothing is laid out by it; it only must not ask for fonts.
        let characters = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        Ok((characters.saturating_mul(600), 110))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_become_percent_and_pixels() {
        assert_eq!(percent(0), "0%");
        assert_eq!(percent(100_000), "100%");
        assert_eq!(percent(1_042), "1.042%");
        assert_eq!(percent(62_600), "62.6%");
        assert_eq!(percent(-80), "-0.08%");
        assert_eq!(pixels(5), "0.5");
        assert_eq!(pixels(600), "60");
    }

    #[test]
    fn every_ink_keeps_its_class() {
        let categories = (0..CATEGORIES).map(Ink::Category);
        for ink in Ink::NUMBERED.into_iter().chain(categories) {
            let RGBColor(red, green, blue) = ink.color();
            let color = BackendColor {
                alpha: 1.0,
                rgb: (red, green, blue),
            };
            assert_eq!(Ink::of(color), ink);
        }
    }

    #[test]
    fn a_path_lies_in_a_drawing_of_its_own() {
        use plotters::prelude::{IntoDrawingArea, PathElement};
        let mut markup = String::new();
        {
            let area = SvgWriter::new(&mut markup, 600).into_drawing_area();
            let points = vec![(0, 600), (50_000, 25), (100_000, 300)];
            let path = PathElement::new(points, Ink::Category(2).color());
            area.draw(&path).expect("drawn");
        }
        assert_eq!(
            markup,
            r#"<svg viewBox="0 0 100000 60" width="100%" height="60" preserveAspectRatio="none"><polyline class="line c3" points="0,60 50000,2.5 100000,30"/></svg>"#
        );
    }

    #[test]
    fn words_stay_words() {
        use plotters::prelude::{IntoDrawingArea, IntoFont, Text};
        let mut markup = String::new();
        {
            let area = SvgWriter::new(&mut markup, 100).into_drawing_area();
            let style = ("sans-serif", 11).into_font().color(&Ink::Axis.color());
            area.draw(&Text::new("<b>\"a\"&", (500, 20), style))
                .expect("drawn");
        }
        assert_eq!(
            markup,
            r#"<text x="0.5%" y="2" text-anchor="start">&lt;b&gt;&quot;a&quot;&amp;</text>"#
        );
    }
}
