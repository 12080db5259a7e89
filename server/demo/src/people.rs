//! The people of the tenant: names, habits, methods and devices.

use crate::applications::Applications;
use crate::devices::Device;
use crate::guid::Guid;
use crate::names::{CULTURES, forms, mail_form};
use crate::offices::OFFICES;
use crate::random::{Random, Stream};
use std::collections::HashMap;
use std::ops::Range;

/// The tenant's mail domain, under a name reserved for examples (RFC 2606).
pub(crate) const DOMAIN: &str = "brackwater.example";

/// The second factor a person uses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Method {
    Push,
    TextMessage,
    Code,
    Hello,
    SecurityKey,
    PhoneSignIn,
}

/// A partner company from which guests come.
pub(crate) struct Partner {
    pub domain: &'static str,
    pub tenant_id: &'static str,
}

static PARTNERS: [Partner; 3] = [
    Partner {
        domain: "tolbooth-surveys.example",
        tenant_id: "5d3f7c1e-9a40-4b7e-8a52-1f60c2e9b471",
    },
    Partner {
        domain: "kvarn-logistik.example",
        tenant_id: "b81e02d6-47cf-4f19-9d3a-60a7e5528c03",
    },
    Partner {
        domain: "paperlantern.example",
        tenant_id: "2c96a5f0-03de-4c68-b1f7-d94b7ae8163d",
    },
];

/// An account.
pub(crate) struct Person {
    pub number: u64,
    pub id: Guid,
    pub display_name: String,
    pub principal_name: String,
    pub office: usize,
    pub partner: Option<&'static Partner>,
    pub is_administrator: bool,
    /// Left out of every Conditional Access policy.
    pub is_break_glass: bool,
    /// Left out of the policy against legacy clients.
    pub may_use_legacy: bool,
    pub method: Method,
    pub phone_ending: u8,
    pub workstation: Device,
    pub phone: Device,
    /// Positions in the table of applications.
    pub favourites: [u16; 6],
}

/// Everybody, sorted by office.
pub(crate) struct People {
    everybody: Vec<Person>,
    offices: Vec<Range<usize>>,
}

/// How strongly the busiest people stand out: rank r is drawn in proportion to 1 / (r + this).
const ACTIVITY_SHIFT: f64 = 10.0;

impl People {
    pub(crate) fn new(seed: u64, count: usize, applications: &Applications) -> Self {
        let weights: u32 = OFFICES.iter().map(|office| office.weight).sum();
        let mut everybody = Vec::with_capacity(count + OFFICES.len() + 1);
        let mut offices = Vec::with_capacity(OFFICES.len());
        let mut taken = HashMap::new();
        for (office, place) in OFFICES.iter().enumerate() {
            let first = everybody.len();
            let size = (count * place.weight as usize / weights as usize).max(4);
            for _ in 0..size {
                everybody.push(person(
                    seed,
                    everybody.len(),
                    office,
                    &mut taken,
                    applications,
                ));
            }
            offices.push(first..everybody.len());
        }
        let mut break_glass = person(seed, everybody.len(), 0, &mut taken, applications);
        break_glass.display_name = "Emergency access 01".to_owned();
        break_glass.principal_name = format!("emergency01@{DOMAIN}");
        break_glass.is_break_glass = true;
        break_glass.is_administrator = true;
        break_glass.partner = None;
        break_glass.method = Method::SecurityKey;
        everybody.push(break_glass);
        Self { everybody, offices }
    }

    /// Everybody, sorted by office.
    pub(crate) fn everybody(&self) -> &[Person] {
        &self.everybody
    }

    /// Somebody of an office, the busy ones more often (Zipf's law, shifted).
    pub(crate) fn somebody(&self, random: &mut Random, office: usize) -> &Person {
        let range = &self.offices[office];
        let size = range.len() as f64;
        let rank = ACTIVITY_SHIFT * ((size + ACTIVITY_SHIFT) / ACTIVITY_SHIFT).powf(random.unit())
            - ACTIVITY_SHIFT;
        &self.everybody[range.start + (rank as usize).min(range.len() - 1)]
    }

    /// The n-th employee of an office, counted round.
    pub(crate) fn employee(&self, office: usize, rank: usize) -> &Person {
        let range = &self.offices[office];
        let members = &self.everybody[range.clone()];
        (0..members.len())
            .map(|step| &members[(rank + step) % members.len()])
            .find(|member| member.partner.is_none())
            .unwrap_or(&members[0])
    }

    /// The n-th account of all, spread over the offices.
    pub(crate) fn spread(&self, number: usize) -> &Person {
        let count = self.everybody.len() - 1;
        // A prime step visits every account once before it repeats.
        &self.everybody[number * 7_919 % count]
    }

    pub(crate) fn break_glass(&self) -> &Person {
        &self.everybody[self.everybody.len() - 1]
    }
}

fn person(
    seed: u64,
    number: usize,
    office: usize,
    taken: &mut HashMap<(usize, usize, usize), usize>,
    applications: &Applications,
) -> Person {
    let random = &mut Random::new(seed, Stream::People, number as u64);
    let culture = &CULTURES[office];
    let (given_index, family_index) = (
        random.below(culture.given.len()),
        random.below(culture.family.len()),
    );
    let (given, given_latin) = forms(culture.given[given_index]);
    let (family, family_latin) = forms(culture.family[family_index]);
    let namesakes = taken
        .entry((office, given_index, family_index))
        .or_insert(0);
    // Namesakes get a middle initial, and a number when the initials are used up.
    let initial = (*namesakes > 0).then(|| char::from(b'A' + (*namesakes * 7 % 23) as u8));
    let round = *namesakes / 23;
    *namesakes += 1;
    let display_name = match (initial, culture.is_family_first) {
        (None, true) => format!("{family}{given}"),
        (Some(initial), true) => format!("{family}{given} ({initial})"),
        (None, false) => format!("{given} {family}"),
        (Some(initial), false) => format!("{given} {initial}. {family}"),
    };
    let mut local = mail_form(given_latin);
    if let Some(initial) = initial {
        local.push('.');
        local.push(initial.to_ascii_lowercase());
    }
    local.push('.');
    local.push_str(&mail_form(family_latin));
    if round > 0 {
        local.push_str(&round.to_string());
    }
    // Offices share some names, so the address of all but the head office tells which it is.
    let partner = (number % 25 == 7).then(|| random.pick(&PARTNERS));
    let domain = match partner {
        Some(partner) => partner.domain.to_owned(),
        None if office == 0 => DOMAIN.to_owned(),
        None => format!("{}.{DOMAIN}", OFFICES[office].code.to_ascii_lowercase()),
    };
    let is_administrator = partner.is_none() && number % 40 == 11;
    let method = if is_administrator {
        *random.pick(&[Method::SecurityKey, Method::Hello])
    } else {
        *random.weighted(&[
            (48, Method::Push),
            (20, Method::Hello),
            (10, Method::TextMessage),
            (8, Method::Code),
            (8, Method::PhoneSignIn),
            (6, Method::SecurityKey),
        ])
    };
    Person {
        number: number as u64,
        id: random.guid(),
        display_name,
        principal_name: format!("{local}@{domain}"),
        office,
        partner,
        is_administrator,
        is_break_glass: false,
        may_use_legacy: number % 60 == 23,
        method,
        phone_ending: random.below(100) as u8,
        workstation: Device::workstation(random, office, number),
        phone: Device::phone(random, given_latin),
        favourites: std::array::from_fn(|_| applications.draw(random) as u16),
    }
}
