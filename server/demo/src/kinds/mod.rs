//! The four kinds of sign-ins, and what the two of people have in common.

pub(crate) mod interactive;
pub(crate) mod managed_identity;
pub(crate) mod non_interactive;
pub(crate) mod service_principal;
pub(crate) mod steps;

use crate::applications::{Application, Audience, Style};
use crate::devices::{COMMAND_LINE, Platform};
use crate::failures::SUCCESS;
use crate::people::Person;
use crate::places::Origin;
use crate::policies::judge;
use crate::random::{Random, Stream};
use crate::record::{Head, NO_RISK, Steps, UserSignIn};
use crate::world::World;
use crate::write::TICKS_PER_SECOND;

const DAY_TICKS: i64 = 86_400 * TICKS_PER_SECOND;

/// A person at one of their devices, opening an application; nothing is decided about the outcome.
pub(crate) fn scene<'world>(
    world: &'world World,
    random: &mut Random,
    head: Head,
    person: &'world Person,
    wanted: &'world Application,
) -> UserSignIn<'world> {
    let application = fitting(world, person, wanted);
    let is_phone = match application.style {
        Style::Mobile => true,
        Style::Web => random.chance(0.14),
        _ => false,
    };
    let device = if is_phone {
        &person.phone
    } else {
        &person.workstation
    };
    let application = if application.audience == Audience::Finance && !device.is_compliant {
        world.everyday_application()
    } else {
        application
    };
    let is_browser = application.style == Style::Web;
    let client = match application.style {
        Style::Web => device.browser,
        Style::CommandLine => &COMMAND_LINE,
        _ => device.rich_client,
    };
    let day = head.started_ticks / DAY_TICKS;
    let session_number = person.number << 20 | (day as u64 & 0xFFFF) << 1 | u64::from(is_phone);
    UserSignIn {
        head,
        is_interactive: true,
        person,
        session: Random::new(world.seed, Stream::Session, session_number).guid(),
        // The directory knows nothing of the devices that guests bring.
        device: person.partner.is_none().then_some(device),
        operating_system: device.operating_system,
        client,
        client_app: if is_browser {
            "Browser"
        } else {
            "Mobile Apps and Desktop clients"
        },
        application,
        origin: origin(world, random, person, is_phone),
        outcome: &SUCCESS,
        additional_details: "",
        steps: Steps::default(),
        is_multifactor: false,
        verdicts: None,
        risk: NO_RISK,
        incoming_token: "none",
        protocol: application.protocol,
        transfer: "none",
        latency_ms: 0,
        is_continuous: false,
        hostile_user_agent: None,
        hostile_application: None,
    }
}

/// Swaps an application that the person cannot use for one that everybody uses.
fn fitting<'world>(
    world: &'world World,
    person: &Person,
    wanted: &'world Application,
) -> &'world Application {
    let is_impossible = match wanted.style {
        Style::Windows => person.workstation.platform != Platform::Windows,
        _ => false,
    };
    let is_closed_to_guests = person.partner.is_some()
        && (wanted.style != Style::Web
            || matches!(
                wanted.audience,
                Audience::Finance | Audience::Administration
            ));
    if is_impossible || is_closed_to_guests {
        world.everyday_application()
    } else {
        wanted
    }
}

/// An application out of the person's habits, or now and then any other.
pub(crate) fn wanted<'world>(
    world: &'world World,
    random: &mut Random,
    person: &Person,
) -> &'world Application {
    let position = if random.chance(0.8) {
        usize::from(*random.pick(&person.favourites))
    } else {
        world.applications.draw(random)
    };
    world.applications.at(position)
}

fn origin(world: &World, random: &mut Random, person: &Person, is_phone: bool) -> Origin {
    let (office, home) = if is_phone { (0.36, 0.68) } else { (0.68, 0.96) };
    let (fraction, number) = (random.unit(), random.bits());
    if fraction < office && person.partner.is_none() {
        Origin::office(person.office, number)
    } else if fraction < home {
        Origin::home(person.office, world.seed, person.number)
    } else if fraction < 0.983 {
        Origin::mobile(person.office, number)
    } else {
        Origin::hotel(number)
    }
}

/// Lets the policies judge the finished sign-in.
pub(crate) fn seal(mut sign_in: UserSignIn<'_>) -> UserSignIn<'_> {
    sign_in.verdicts = judge(&sign_in);
    sign_in
}
