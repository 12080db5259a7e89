//! Where a place lies on the map: the projection Natural Earth I by Tom Patterson and Bojan Šavrič, as the
//! outlines of `public/world.svg` have it. `scripts/make-world-outlines.mjs` writes these.

/// Width of the outlines in their own units.
pub const WIDTH: f64 = 2_000.0;
/// Height of the outlines in their own units.
pub const HEIGHT: f64 = 1_040.0;

/// The place of a latitude and a longitude in degrees: from the left and from the top of the outlines, in their
/// units. `None` where there is no such place on the globe.
pub fn on_paper(latitude: f64, longitude: f64) -> Option<(f64, f64)> {
    let is_on_globe = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
    is_on_globe.then(|| {
        let (x, y) = projected(latitude, longitude);
        let scale = WIDTH / 2.0 / projected(0.0, 180.0).0;
        (WIDTH / 2.0 + x * scale, HEIGHT / 2.0 - y * scale)
    })
}

/// Both in degrees to plane coordinates, north up.
fn projected(latitude: f64, longitude: f64) -> (f64, f64) {
    let (phi, lambda) = (latitude.to_radians(), longitude.to_radians());
    let square = phi * phi;
    let fourth = square * square;
    let x = 0.8707 - 0.131_979 * square
        + fourth * (-0.013_791 + fourth * (0.003_971 * square - 0.001_529 * fourth));
    let y = 1.007_226
        + square * (0.015_085 + fourth * (-0.044_475 + 0.028_874 * square - 0.005_916 * fourth));
    (lambda * x, phi * y)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTLINES: &str = include_str!("../../../public/world.svg");

    /// Points of a path of the outlines.
    fn path(id: &str) -> Vec<(f64, f64)> {
        let start = format!("<path id=\"{id}\" d=\"");
        let (_, rest) = OUTLINES.split_once(&start).expect("the path");
        let (path, _) = rest.split_once('"').expect("its end");
        let mut points = Vec::new();
        for part in path.split('M').skip(1) {
            let part = part
                .trim_end_matches('z')
                .replace('l', " ")
                .replace('-', " -");
            let numbers: Vec<f64> = part
                .split_whitespace()
                .map(|number| number.parse().expect("a number"))
                .collect();
            let (mut x, mut y) = (0.0, 0.0);
            for pair in numbers.chunks(2) {
                x += pair[0];
                y += pair[1];
                points.push((x, y));
            }
        }
        points
    }

    #[test]
    fn the_outlines_have_the_size_that_is_said() {
        assert!(OUTLINES.contains("viewBox=\"0 0 2000 1040\""));
    }

    #[test]
    fn the_outlines_are_in_the_same_projection() {
        // The edge of the globe is the date line, whose points every three degrees are among the outlines'.
        let globe = path("globe");
        for latitude in [-90.0, 90.0] {
            for longitude in [-180.0, 180.0] {
                let (x, y) = on_paper(latitude, longitude).expect("a place");
                let is_near = |point: &&(f64, f64)| (point.0 - x).hypot(point.1 - y) < 1.0;
                assert!(
                    globe.iter().any(|point| is_near(&point)),
                    "{latitude} {longitude}"
                );
            }
        }
        // Between its points, the edge is nowhere far from where it should be.
        for (x, y) in globe {
            let nearest = (-900..=900)
                .filter_map(|tenth| {
                    on_paper(f64::from(tenth) / 10.0, 180.0 * (x - WIDTH / 2.0).signum())
                })
                .map(|(other_x, other_y)| (other_x - x).hypot(other_y - y))
                .fold(f64::INFINITY, f64::min);
            assert!(nearest < 1.0, "{x} {y}: {nearest}");
        }
    }

    #[test]
    fn capes_are_where_atlases_have_them() {
        let land = path("land");
        // Cape Agulhas, Cape Horn, Lindesnes, Cape Comorin, Ponta dos Corvos.
        for (latitude, longitude) in [
            (-34.83, 20.0),
            (-55.98, -67.27),
            (57.98, 7.05),
            (8.08, 77.55),
            (38.78, -9.5),
        ] {
            let (x, y) = on_paper(latitude, longitude).expect("a place");
            let nearest = land
                .iter()
                .map(|(other_x, other_y)| (other_x - x).hypot(other_y - y))
                .fold(f64::INFINITY, f64::min);
            assert!(nearest < 8.0, "{latitude} {longitude}: {nearest}");
        }
    }

    #[test]
    fn what_is_not_on_the_globe_has_no_place() {
        for (latitude, longitude) in [
            (90.1, 0.0),
            (0.0, -181.0),
            (f64::NAN, 0.0),
            (0.0, f64::INFINITY),
        ] {
            assert_eq!(on_paper(latitude, longitude), None);
        }
        assert_eq!(on_paper(0.0, 0.0), Some((1_000.0, 520.0)));
    }
}
