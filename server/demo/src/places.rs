//! Where people sign in from: offices, homes, mobile networks, hotels, and where attackers sit.
//!
//! Addresses come only from ranges that belong to nobody: the documentation ranges of RFC 5737 and
//! RFC 3849, shared address space (RFC 6598) for homes and benchmarking space (RFC 2544) for mobile
//! networks; autonomous system numbers from the documentation ranges of RFC 5398.

use crate::offices::{OFFICES, Office};
use crate::random::{Stream, hash};
use crate::write::Json;

/// A city with the position that a sign-in record would carry.
pub(crate) struct Place {
    pub city: &'static str,
    pub state: &'static str,
    pub country: &'static str,
    latitude: f64,
    longitude: f64,
}

pub(crate) const fn place(
    city: &'static str,
    state: &'static str,
    country: &'static str,
    latitude: f64,
    longitude: f64,
) -> Place {
    Place {
        city,
        state,
        country,
        latitude,
        longitude,
    }
}

/// Countries that the tenant's location policy allows without an office there.
static HOTELS: [Place; 5] = [
    place("Stockholm", "Stockholm", "SE", 59.3326, 18.0649),
    place("Wien", "Wien", "AT", 48.2085, 16.3721),
    place("Singapore", "", "SG", 1.2897, 103.8501),
    place("Toronto", "Ontario", "CA", 43.7001, -79.4163),
    place("Lisboa", "Lisboa", "PT", 38.7167, -9.1333),
];

/// Countries that the location policy blocks.
static UNLISTED: [Place; 4] = [
    place("Chișinău", "Chișinău", "MD", 47.0056, 28.8575),
    place("Panamá", "Panamá", "PA", 8.9936, -79.5197),
    place("Almaty", "Almaty", "KZ", 43.2500, 76.9500),
    place("Guayaquil", "Guayas", "EC", -2.1962, -79.8862),
];

/// The place of Azure regions in which workloads run.
static DATA_CENTRES: [Place; 3] = [
    place("Amsterdam", "Noord-Holland", "NL", 52.3740, 4.8897),
    place("Dublin", "Dublin", "IE", 53.3331, -6.2489),
    place("Boydton", "Virginia", "US", 36.6676, -78.3875),
];

/// An address of a client.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Address {
    Version4([u8; 4]),
    /// `2001:db8:<a>:<b>::<c>`
    Version6(u16, u16, u16),
}

impl Address {
    pub(crate) fn write(self, json: &mut Json<'_>) {
        match self {
            Self::Version4(octets) => {
                for (index, octet) in octets.into_iter().enumerate() {
                    if index > 0 {
                        json.bytes(b".");
                    }
                    json.digits(u64::from(octet));
                }
            }
            Self::Version6(network, subnet, host) => {
                json.bytes(b"2001:db8:");
                json.hexadecimal(network);
                json.bytes(b":");
                json.hexadecimal(subnet);
                json.bytes(b"::");
                json.hexadecimal(host);
            }
        }
    }
}

/// From where a request came.
#[derive(Clone, Copy)]
pub(crate) struct Origin {
    pub place: &'static Place,
    pub address: Address,
    pub autonomous_system_number: u32,
    /// The named location of an office; its networks are trusted.
    pub office: Option<&'static Office>,
    /// Whether the country is allowed by the location policy.
    pub is_listed: bool,
}

impl Origin {
    /// Behind the egress addresses of an office.
    pub(crate) fn office(office: usize, number: u64) -> Self {
        let address = if number.is_multiple_of(5) {
            Address::Version6(
                office as u16 + 1,
                (number >> 8) as u16 & 0xFF,
                (number >> 16) as u16 | 1,
            )
        } else {
            Address::Version4([
                203,
                0,
                113,
                (office * 16) as u8 + (number >> 8) as u8 % 8 + 2,
            ])
        };
        Self {
            place: &OFFICES[office].places[0],
            address,
            autonomous_system_number: 64496 + office as u32 % 8,
            office: Some(&OFFICES[office]),
            is_listed: true,
        }
    }

    /// From the home of a person: the address stays the same for months.
    pub(crate) fn home(office: usize, seed: u64, person: u64) -> Self {
        let number = hash(seed, Stream::Address, person);
        let address = if number.is_multiple_of(4) {
            Address::Version6(
                0x100 + office as u16,
                (number >> 8) as u16,
                (number >> 24) as u16 | 1,
            )
        } else {
            Address::Version4([
                100,
                64 | (number >> 40) as u8 & 63,
                (number >> 48) as u8,
                (number >> 56) as u8,
            ])
        };
        Self {
            place: &OFFICES[office].places[(number >> 4) as usize % 3],
            address,
            autonomous_system_number: 65536 + office as u32,
            office: None,
            is_listed: true,
        }
    }

    /// From a mobile network: a new address every time.
    pub(crate) fn mobile(office: usize, number: u64) -> Self {
        Self {
            place: &OFFICES[office].places[number as usize % 2],
            address: Address::Version4([
                198,
                18 | (number >> 8) as u8 & 1,
                (number >> 16) as u8,
                (number >> 24) as u8,
            ]),
            autonomous_system_number: 64504 + office as u32 % 4,
            office: None,
            is_listed: true,
        }
    }

    /// From a hotel or an airport abroad, in a country that is allowed.
    pub(crate) fn hotel(number: u64) -> Self {
        Self {
            place: &HOTELS[number as usize % HOTELS.len()],
            address: Address::Version4([192, 0, 2, (number >> 8) as u8 & 127]),
            autonomous_system_number: 65548 + number as u32 % 3,
            office: None,
            is_listed: true,
        }
    }

    /// From a country that the location policy blocks.
    pub(crate) fn unlisted(place: usize, host: u8) -> Self {
        Self {
            place: &UNLISTED[place % UNLISTED.len()],
            address: Address::Version4([192, 0, 2, host & 127]),
            autonomous_system_number: 64508 + place as u32 % 2,
            office: None,
            is_listed: false,
        }
    }

    /// From a rented server in a country that is allowed: the address range of the attackers.
    pub(crate) fn hosting(place: usize, host: u8) -> Self {
        Self {
            place: &HOTELS[place % HOTELS.len()],
            address: Address::Version4([198, 51, 100, host]),
            autonomous_system_number: 64510 + place as u32 % 2,
            office: None,
            is_listed: true,
        }
    }

    /// From a data centre, where service principals run.
    pub(crate) fn data_centre(number: u64) -> Self {
        let address = if number.is_multiple_of(6) {
            Address::Version6(0xa2, (number >> 8) as u16 & 15, (number >> 16) as u16 | 1)
        } else {
            Address::Version4([192, 0, 2, 128 | (number >> 8) as u8])
        };
        Self {
            place: &DATA_CENTRES[(number >> 4) as usize % DATA_CENTRES.len()],
            address,
            autonomous_system_number: 65551,
            office: None,
            is_listed: true,
        }
    }
}

impl Place {
    /// Writes the `location` object.
    pub(crate) fn write(&self, json: &mut Json<'_>) {
        json.open("location");
        json.plain("city", self.city);
        json.plain("state", self.state);
        json.plain("countryOrRegion", self.country);
        json.open("geoCoordinates");
        json.coordinate("latitude", self.latitude);
        json.coordinate("longitude", self.longitude);
        json.close();
        json.close();
    }
}
