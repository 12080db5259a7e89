//! The offices of the company, and where their people live.

use crate::places::{Place, place};

/// An office: `places[0]` is its own city, the others are where its people live.
pub(crate) struct Office {
    pub code: &'static str,
    /// Standard time; the hour of daylight saving is left out.
    pub utc_offset_minutes: i64,
    pub weight: u32,
    pub places: [Place; 3],
}

const fn office(
    code: &'static str,
    utc_offset_minutes: i64,
    weight: u32,
    places: [Place; 3],
) -> Office {
    Office {
        code,
        utc_offset_minutes,
        weight,
        places,
    }
}

pub(crate) const OFFICE_COUNT: usize = 12;

/// All offices; the first is the head office.
#[rustfmt::skip]
pub(crate) static OFFICES: [Office; OFFICE_COUNT] = [
    office("OSL", 60, 20, [
        place("Oslo", "Oslo", "NO", 59.9127, 10.7461),
        place("Bærum", "Akershus", "NO", 59.8940, 10.5460),
        place("Tønsberg", "Vestfold", "NO", 59.2676, 10.4076),
    ]),
    office("HAM", 60, 15, [
        place("Hamburg", "Hamburg", "DE", 53.5753, 10.0153),
        place("Lüneburg", "Niedersachsen", "DE", 53.2509, 10.4141),
        place("Lübeck", "Schleswig-Holstein", "DE", 53.8689, 10.6873),
    ]),
    office("LDS", 0, 12, [
        place("Leeds", "England", "GB", 53.7965, -1.5478),
        place("Harrogate", "England", "GB", 53.9908, -1.5373),
        place("York", "England", "GB", 53.9576, -1.0827),
    ]),
    office("LYS", 60, 8, [
        place("Lyon", "Auvergne-Rhône-Alpes", "FR", 45.7485, 4.8467),
        place("Villeurbanne", "Auvergne-Rhône-Alpes", "FR", 45.7660, 4.8795),
        place("Saint-Étienne", "Auvergne-Rhône-Alpes", "FR", 45.4339, 4.3900),
    ]),
    office("KRK", 60, 9, [
        place("Kraków", "Małopolskie", "PL", 50.0614, 19.9366),
        place("Tarnów", "Małopolskie", "PL", 50.0138, 20.9869),
        place("Katowice", "Śląskie", "PL", 50.2584, 19.0275),
    ]),
    office("BOS", -300, 12, [
        place("Boston", "Massachusetts", "US", 42.3584, -71.0598),
        place("Worcester", "Massachusetts", "US", 42.2626, -71.8023),
        place("Providence", "Rhode Island", "US", 41.8240, -71.4128),
    ]),
    office("GRU", -180, 6, [
        place("São Paulo", "São Paulo", "BR", -23.5475, -46.6361),
        place("Campinas", "São Paulo", "BR", -22.9056, -47.0608),
        place("Santos", "São Paulo", "BR", -23.9608, -46.3336),
    ]),
    office("BLR", 330, 10, [
        place("Bengaluru", "Karnataka", "IN", 12.9719, 77.5937),
        place("Mysuru", "Karnataka", "IN", 12.2979, 76.6393),
        place("Hosur", "Tamil Nadu", "IN", 12.7409, 77.8253),
    ]),
    office("KIX", 540, 5, [
        place("Osaka", "Osaka", "JP", 34.6937, 135.5022),
        place("Kobe", "Hyogo", "JP", 34.6913, 135.1830),
        place("Kyoto", "Kyoto", "JP", 35.0210, 135.7538),
    ]),
    office("NBO", 180, 4, [
        place("Nairobi", "Nairobi Area", "KE", -1.2833, 36.8167),
        place("Thika", "Kiambu", "KE", -1.0333, 37.0693),
        place("Nakuru", "Nakuru", "KE", -0.2833, 36.0667),
    ]),
    office("DXB", 240, 3, [
        place("Dubai", "Dubai", "AE", 25.0772, 55.3093),
        place("Sharjah", "Sharjah", "AE", 25.3374, 55.4121),
        place("Ajman", "Ajman", "AE", 25.4018, 55.4788),
    ]),
    office("HKG", 480, 4, [
        place("Hong Kong", "Central and Western", "HK", 22.2855, 114.1577),
        place("Sha Tin", "Sha Tin", "HK", 22.3834, 114.1892),
        place("Tsuen Wan", "Tsuen Wan", "HK", 22.3714, 114.1133),
    ]),
];
