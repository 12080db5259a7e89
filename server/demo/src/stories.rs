//! What a security team would want to find: the sign-ins of attacks and oddities. When they happen
//! is in the schedule.

use crate::applications::Style;
use crate::devices::Client;
use crate::failures::{self as f};
use crate::kinds::{interactive, non_interactive, scene, seal, service_principal, steps};
use crate::people::Person;
use crate::places::Origin;
use crate::random::{Random, Stream};
use crate::record::{Head, Risk, SignIn, UserSignIn};
use crate::schedule::{Event, Story};
use crate::world::World;

static SPRAY_CLIENT: Client = Client {
    browser: "",
    user_agent: "CBAInPROD",
};
static REPLAY_CLIENT: Client = Client {
    browser: "Python Requests 2.31",
    user_agent: "python-requests/2.31.0",
};
static LEGACY_CLIENTS: [(&str, Client); 4] = [
    (
        "IMAP4",
        Client {
            browser: "",
            user_agent: "BAV2ROPC",
        },
    ),
    (
        "Authenticated SMTP",
        Client {
            browser: "",
            user_agent: "BAV2ROPC",
        },
    ),
    (
        "POP3",
        Client {
            browser: "",
            user_agent: "CBAInTAR",
        },
    ),
    (
        "Exchange ActiveSync",
        Client {
            browser: "",
            user_agent: "Apple-iPhone14C5/2107.93",
        },
    ),
];

/// Rank in their office of the employee of a story's first telling.
pub(crate) const FIRST_RANK: usize = 10;

/// The sign-in of a story's record.
pub(crate) fn sign_in(world: &World, event: Event, head: Head) -> SignIn<'_> {
    // All records of one telling share their choices.
    let random = &mut Random::new(
        world.seed,
        Stream::Story,
        u64::from(event.telling) << 32 | event.story as u64,
    );
    let detail = &mut Random::new(world.seed, Stream::Story, 1 << 63 | head.ticks as u64);
    let rank = FIRST_RANK + event.telling as usize;
    match event.story {
        Story::PasswordSpray => SignIn::User(spray(world, detail, head, event.number)),
        Story::ImpossibleTraveller => {
            let person = world.people.employee(0, rank);
            SignIn::User(traveller(world, random, head, person, event.number))
        }
        Story::TokenReplay => {
            let person = world.people.employee(2, rank);
            SignIn::User(replay(world, random, head, person, event.number))
        }
        Story::LegacyClient => SignIn::User(legacy(world, detail, head, event.number)),
        Story::BreakGlass => SignIn::User(break_glass(world, random, head)),
        Story::ExpiredSecret => {
            let principal = world.workloads.expiring();
            SignIn::Principal(service_principal::with_outcome(
                world,
                head,
                principal,
                &f::SECRET_EXPIRED,
            ))
        }
    }
}

fn spray<'world>(
    world: &'world World,
    random: &mut Random,
    head: Head,
    number: u32,
) -> UserSignIn<'world> {
    let number = number as usize;
    let gets_in = number % 97 == 96;
    let person = (0..500)
        .map(|step| world.people.spread(number % 400 + step * 401))
        .find(|person| !gets_in || (person.may_use_legacy && person.partner.is_none()))
        .unwrap_or_else(|| world.people.spread(number));
    let outcome = match number {
        _ if gets_in => &f::SUCCESS,
        _ if number % 41 == 7 && !person.may_use_legacy => &f::BLOCKED,
        _ if number % 13 == 5 || number >= 400 => &f::LOCKED,
        _ => &f::WRONG_PASSWORD,
    };
    let origin = Origin::hosting(2, 17 + (number % 23) as u8);
    mail_client(
        world,
        random,
        head,
        person,
        "Authenticated SMTP",
        &SPRAY_CLIENT,
        origin,
        outcome,
    )
}

fn legacy<'world>(
    world: &'world World,
    random: &mut Random,
    head: Head,
    number: u32,
) -> UserSignIn<'world> {
    let (client_app, client) = &LEGACY_CLIENTS[number as usize % LEGACY_CLIENTS.len()];
    let wants_exempt = number % 4 == 1;
    let person = (0..400)
        .map(|step| world.people.spread(number as usize * 3 + step))
        .find(|person| person.may_use_legacy == wants_exempt && person.partner.is_none())
        .unwrap_or_else(|| world.people.spread(number as usize));
    let outcome = match (person.may_use_legacy, random.below(10)) {
        (true, 1..) => &f::SUCCESS,
        (false, 4..) => &f::BLOCKED,
        _ => &f::WRONG_PASSWORD,
    };
    let origin = Origin::home(person.office, world.seed, person.number);
    mail_client(
        world, random, head, person, client_app, client, origin, outcome,
    )
}

#[expect(
    clippy::too_many_arguments,
    reason = "each is one property of the record, and there are two callers"
)]
fn mail_client<'world>(
    world: &'world World,
    random: &mut Random,
    head: Head,
    person: &'world Person,
    client_app: &'static str,
    client: &'static Client,
    origin: Origin,
    outcome: &'static f::Outcome,
) -> UserSignIn<'world> {
    let exchange = world
        .applications
        .find(|application| application.name == "One Outlook Web");
    let mut sign_in = scene(world, random, head, person, exchange);
    sign_in.device = None;
    sign_in.operating_system = "";
    sign_in.client_app = client_app;
    sign_in.client = client;
    sign_in.origin = origin;
    sign_in.protocol = "ropc";
    sign_in.outcome = outcome;
    sign_in.latency_ms = random.between(90, 400);
    sign_in.steps.push(match outcome.code {
        0 | 53003 => steps::password(true),
        50053 => steps::refused("User account is locked."),
        _ => steps::password(false),
    });
    seal(sign_in)
}

fn traveller<'world>(
    world: &'world World,
    random: &mut Random,
    head: Head,
    person: &'world Person,
    number: u32,
) -> UserSignIn<'world> {
    let application = world.everyday_application();
    let mut sign_in = scene(world, random, head, person, application);
    interactive::conclude(random, &mut sign_in, &f::SUCCESS, false);
    if number == 0 {
        sign_in.origin = Origin::office(person.office, 0x0303);
    } else {
        // Singapore, less than forty minutes after Oslo, on a computer nobody knows.
        sign_in.origin = Origin::hotel(2 | 5 << 20);
        sign_in.device = None;
        sign_in.risk = Risk {
            level_during: "low",
            level_aggregated: "medium",
            state: "atRisk",
            detail: "none",
            event: "unlikelyTravel",
        };
    }
    seal(sign_in)
}

fn replay<'world>(
    world: &'world World,
    random: &mut Random,
    head: Head,
    person: &'world Person,
    number: u32,
) -> UserSignIn<'world> {
    let application = world
        .applications
        .find(|application| application.style == Style::Web);
    let mut sign_in = scene(world, random, head, person, application);
    // One session for the whole telling, also when it crosses midnight.
    sign_in.session = random.guid();
    if number == 0 {
        sign_in.origin = Origin::office(person.office, 0x0101);
        interactive::conclude(random, &mut sign_in, &f::SUCCESS, false);
        return seal(sign_in);
    }
    non_interactive::conclude(random, &mut sign_in, &f::SUCCESS);
    sign_in.device = None;
    sign_in.operating_system = "";
    sign_in.client = &REPLAY_CLIENT;
    sign_in.origin = Origin::hosting(3, 201);
    sign_in.incoming_token = "refreshToken";
    sign_in.risk = Risk {
        level_during: "none",
        level_aggregated: "high",
        state: "atRisk",
        detail: "none",
        event: "anomalousToken",
    };
    seal(sign_in)
}

fn break_glass<'world>(
    world: &'world World,
    random: &mut Random,
    head: Head,
) -> UserSignIn<'world> {
    let portal = world
        .applications
        .find(|application| application.name == "Azure Portal");
    let person = world.people.break_glass();
    let mut sign_in = scene(world, random, head, person, portal);
    sign_in.origin = Origin::office(0, 0x0505);
    interactive::conclude(random, &mut sign_in, &f::SUCCESS, false);
    // No policy asked for a second factor; the key brought it anyway.
    sign_in.is_multifactor = false;
    seal(sign_in)
}
