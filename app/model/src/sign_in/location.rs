//! Where a sign-in came from, as guessed from the address.

record! {
    /// City, state, country and coordinates (`signInLocation`).
    pub struct SignInLocation {
        /// City.
        pub city: Option<String> = "city",
        /// State or province.
        pub state: Option<String> = "state",
        /// Two-letter country code of ISO 3166.
        pub country_or_region: Option<String> = "countryOrRegion",
        /// Coordinates.
        pub geo_coordinates: Option<GeoCoordinates> = "geoCoordinates",
    }
}

record! {
    /// Coordinates (`geoCoordinates`).
    pub struct GeoCoordinates {
        /// Degrees north, negative in the south.
        pub latitude: Option<f64> = "latitude",
        /// Degrees east, negative in the west.
        pub longitude: Option<f64> = "longitude",
        /// Metres above sea level; hardly ever filled.
        pub altitude: Option<f64> = "altitude",
    }
}

impl SignInLocation {
    /// City, state and country that are known, joined by ", " as in the portal's Location column.
    pub fn shown(&self) -> Option<String> {
        let parts: Vec<&str> = [&self.city, &self.state, &self.country_or_region]
            .into_iter()
            .filter_map(|part| part.as_deref())
            .filter(|part| !part.is_empty())
            .collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

impl GeoCoordinates {
    /// Latitude and longitude where both are known and mean a place: managed identities carry
    /// 0, 0 for "unknown".
    pub fn point(&self) -> Option<(f64, f64)> {
        let point = (self.latitude?, self.longitude?);
        (point != (0.0, 0.0)).then_some(point)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_parts_are_shown() {
        let mut location = SignInLocation::default();
        assert_eq!(location.shown(), None);
        location.country_or_region = Some("NO".to_owned());
        assert_eq!(location.shown().as_deref(), Some("NO"));
        location.city = Some("Bergen".to_owned());
        assert_eq!(location.shown().as_deref(), Some("Bergen, NO"));
    }

    #[test]
    fn the_origin_is_no_place() {
        let at = |latitude, longitude| GeoCoordinates {
            latitude: Some(latitude),
            longitude: Some(longitude),
            ..GeoCoordinates::default()
        };
        assert_eq!(at(0.0, 0.0).point(), None);
        assert_eq!(at(60.4, 0.0).point(), Some((60.4, 0.0)));
        assert_eq!(GeoCoordinates::default().point(), None);
    }
}
