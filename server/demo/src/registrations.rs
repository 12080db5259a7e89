//! What the people of the company registered, what they registered and reset lately, the relying parties of its AD FS, and
//! the credentials of its applications, as Graph answers.

use crate::guid::Guid;
use crate::people::{Method, Person};
use crate::random::{Random, Stream};
use crate::workloads::{Credential, Principal};
use crate::world::World;
use crate::write::{Json, TICKS_PER_SECOND, Zone};

/// Days of events, as many as Entra ID shows.
const DAYS: i64 = 30;
const DAY_TICKS: i64 = 86_400 * TICKS_PER_SECOND;

/// Where the lists are asked for, and what they say.
pub(crate) fn written(world: &World) -> [(&'static str, String); 4] {
    [
        ("userRegistrationDetails", people(world)),
        ("userEventsSummary", events(world)),
        ("getRelyingPartyDetailedSummary", relying_parties(world)),
        ("appCredentialSignInActivities", credentials(world)),
    ]
}

fn page(context: &str, write: impl FnOnce(&mut Json<'_>)) -> String {
    let mut out = Vec::new();
    let mut json = Json::new(&mut out);
    json.text(
        "@odata.context",
        &format!("https://graph.microsoft.com/beta/$metadata#reports/{context}"),
    );
    json.open_list("value");
    write(&mut json);
    json.close_list();
    json.close();
    String::from_utf8_lossy(&out).into_owned()
}

fn of_person(world: &World, person: &Person) -> Random {
    Random::new(world.seed, Stream::Registrations, person.number)
}

/// The methods of somebody: the one they use, and what usually comes with it. Some never registered any.
fn methods(person: &Person, random: &mut Random) -> Vec<&'static str> {
    let never = if person.partner.is_some() { 0.7 } else { 0.03 };
    if random.chance(never) && !person.is_administrator {
        return Vec::new();
    }
    let mut methods = match person.method {
        Method::Push => vec!["microsoftAuthenticatorPush", "softwareOneTimePasscode"],
        Method::TextMessage => vec!["mobilePhone"],
        Method::Code => vec!["softwareOneTimePasscode"],
        Method::Hello => vec!["windowsHelloForBusiness"],
        Method::SecurityKey => vec!["fido2SecurityKey"],
        Method::PhoneSignIn => vec![
            "microsoftAuthenticatorPasswordless",
            "microsoftAuthenticatorPush",
        ],
    };
    for (method, share) in [
        ("mobilePhone", 0.55),
        ("microsoftAuthenticatorPush", 0.3),
        ("email", 0.12),
        ("passKeySynced", 0.05),
        ("temporaryAccessPass", 0.01),
    ] {
        if random.chance(share) && !methods.contains(&method) {
            methods.push(method);
        }
    }
    methods
}

fn is_admin(person: &Person) -> bool {
    // Beside those whom policies guard, some have a small role that nobody thought of.
    person.is_administrator || (person.partner.is_none() && person.number % 200 == 3)
}

fn people(world: &World) -> String {
    page("authenticationMethods/userRegistrationDetails", |json| {
        for person in world.people.everybody() {
            let random = &mut of_person(world, person);
            let methods = methods(person, random);
            let has = |wanted: &[&str]| methods.iter().any(|method| wanted.contains(method));
            let is_passwordless = has(&[
                "windowsHelloForBusiness",
                "fido2SecurityKey",
                "passKeySynced",
                "microsoftAuthenticatorPasswordless",
            ]);
            let can_reset = has(&["mobilePhone", "email", "microsoftAuthenticatorPush"]);
            let may_reset = person.partner.is_none();
            let default_method = match methods.first() {
                Some(&"fido2SecurityKey" | &"windowsHelloForBusiness") => {
                    methods.get(1).copied().unwrap_or("none")
                }
                Some(&"microsoftAuthenticatorPasswordless") => "microsoftAuthenticatorPush",
                Some(first) => first,
                None => "none",
            };
            json.open_item();
            json.guid("id", person.id);
            json.text("userPrincipalName", &person.principal_name);
            json.text("userDisplayName", &person.display_name);
            json.plain(
                "userType",
                if person.partner.is_some() {
                    "guest"
                } else {
                    "member"
                },
            );
            json.boolean("isAdmin", is_admin(person));
            json.boolean("isMfaRegistered", !methods.is_empty());
            json.boolean("isMfaCapable", !methods.is_empty());
            json.boolean("isPasswordlessCapable", is_passwordless);
            json.boolean("isSsprRegistered", can_reset);
            json.boolean("isSsprEnabled", may_reset);
            json.boolean("isSsprCapable", can_reset && may_reset);
            json.open_list("methodsRegistered");
            for method in &methods {
                json.plain_item(method);
            }
            json.close_list();
            json.plain("defaultMfaMethod", default_method);
            json.boolean("isSystemPreferredAuthenticationMethodEnabled", true);
            let age = random.between(0, 6) * 600 * TICKS_PER_SECOND;
            let updated = world.clock.until_ticks() - 3_600 * TICKS_PER_SECOND - age;
            json.moment("lastUpdatedDateTime", updated, Zone::Letter);
            json.close();
        }
    })
}

/// What went wrong, in the words of the service.
static REASONS: [&str; 4] = [
    "The user did not complete the registration in time.",
    "The verification code was wrong.",
    "The phone did not answer.",
    "The user cancelled.",
];

fn events(world: &World) -> String {
    page("authenticationMethods/userEventsSummary", |json| {
        for person in world.people.everybody() {
            let random = &mut of_person(world, person);
            let methods = methods(person, random);
            // Another part of the same numbers, so that the list of people stays as it is.
            for _ in 0..8 {
                random.bits();
            }
            if !methods.is_empty() && random.chance(0.1) {
                let method = *random.pick(&methods);
                event(json, world, person, random, "registration", method);
            }
            if person.partner.is_none() && random.chance(0.04) {
                let method = *random.pick(&["mobileSMS", "email", "appNotification"]);
                event(json, world, person, random, "reset", method);
            }
        }
    })
}

fn event(
    json: &mut Json<'_>,
    world: &World,
    person: &Person,
    random: &mut Random,
    feature: &str,
    method: &str,
) {
    let id: Guid = random.guid();
    let ticks = world.clock.until_ticks() - random.between(1, DAYS * DAY_TICKS - 1);
    let is_success = !random.chance(0.09);
    json.open_item();
    json.guid("id", id);
    json.plain("feature", feature);
    json.text("userPrincipalName", &person.principal_name);
    json.text("userDisplayName", &person.display_name);
    json.plain("authMethod", method);
    json.boolean("isSuccess", is_success);
    let reason = if is_success {
        ""
    } else {
        *random.pick(&REASONS)
    };
    json.text("failureReason", reason);
    json.moment("eventDateTime", ticks, Zone::Letter);
    json.close();
}

/// Identifier, name, status, and the tests that did not pass.
type Party = (
    &'static str,
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

static PARTIES: [Party; 3] = [
    (
        "https://timesheets.brackwater.example/",
        "Timesheets",
        "ready",
        &[],
    ),
    (
        "urn:brackwater:suppliers",
        "Supplier portal",
        "needsReview",
        &[(
            "IssuanceAuthorizationRules",
            "A rule lets only some people in; assign them in Entra ID.",
        )],
    ),
    (
        "urn:brackwater:drawings",
        "Drawing archive",
        "additionalStepsRequired",
        &[
            (
                "AdditionalAuthenticationRules",
                "A rule asks for another factor; make a Conditional Access policy of it.",
            ),
            (
                "IssuanceTransformRules",
                "A rule reads an attribute store that Entra ID does not know.",
            ),
        ],
    ),
];

static TESTS: [(&str, &str); 3] = [
    (
        "AdditionalWSFedEndpoint",
        "No further WS-Federation endpoint was found.",
    ),
    ("EncryptClaims", "Claims are not encrypted."),
    ("TokenLifetime", "The lifetime of tokens is the usual one."),
];

fn relying_parties(world: &World) -> String {
    page("getRelyingPartyDetailedSummary", |json| {
        let random = &mut Random::new(world.seed, Stream::Registrations, u64::MAX);
        let farm = random.guid();
        for (party_id, name, status, failed) in PARTIES {
            let (good, bad) = (random.between(40, 900), random.between(0, 60));
            json.open_item();
            json.guid("id", random.guid());
            json.plain("relyingPartyId", party_id);
            json.plain("relyingPartyName", name);
            json.guid("serviceId", farm);
            json.number("uniqueUserCount", random.between(5, 120));
            json.number("successfulSignInCount", good);
            json.number("failedSignInCount", bad);
            json.number("totalSignInCount", good + bad);
            json.plain("migrationStatus", status);
            json.open_list("replyUrls");
            json.plain_item(&format!("https://adfs.brackwater.example/{}", name.len()));
            json.close_list();
            json.open_list("migrationValidationDetails");
            for (test, message) in TESTS {
                test_item(json, test, 0, message);
            }
            for (test, message) in failed {
                test_item(json, test, 2, message);
            }
            json.close_list();
            json.close();
        }
    })
}

fn test_item(json: &mut Json<'_>, test: &str, result: u8, message: &str) {
    json.open_item();
    json.plain("name", &format!("{test}CheckResult"));
    json.text(
        "value",
        &format!("{{\"result\": {result}, \"message\": \"{message}\"}}"),
    );
    json.close();
}

/// Days for which credentials are good.
const LIFETIMES_DAYS: [i64; 3] = [180, 365, 730];

/// The credentials of the services, and for some of them one that was never taken away.
fn credentials(world: &World) -> String {
    page("appCredentialSignInActivities", |json| {
        for (number, principal) in (0..).zip(world.workloads.principals()) {
            let random = &mut Random::new(world.seed, Stream::Registrations, u64::MAX - 1 - number);
            let kind = match principal.credential {
                Credential::Secret => ("clientSecret", "sign"),
                Credential::Certificate => ("certificate", "verify"),
                // Nobody keeps a key of it.
                Credential::Federated => continue,
            };
            // The first one is the story of a secret that nobody renewed.
            let days_left = match number {
                0 => -1,
                _ => random.between(-20, 600),
            };
            credential(
                json,
                world,
                principal,
                (principal.key_id, kind),
                days_left,
                random,
            );
            if random.chance(0.2) {
                let id = random.guid();
                let days_left = random.between(-200, 90);
                credential(json, world, principal, (id, kind), days_left, random);
            }
        }
    })
}

fn credential(
    json: &mut Json<'_>,
    world: &World,
    principal: &Principal,
    (key_id, (kind, usage)): (Guid, (&str, &str)),
    days_left: i64,
    random: &mut Random,
) {
    let now = world.clock.until_ticks();
    let lifetime_days = *random.pick(&LIFETIMES_DAYS);
    json.open_item();
    json.guid("id", random.guid());
    json.guid("keyId", key_id);
    json.plain("keyType", kind);
    json.plain("keyUsage", usage);
    json.guid("appId", principal.application_id);
    json.guid("appObjectId", principal.application_object_id);
    json.guid("servicePrincipalObjectId", principal.id);
    json.plain("credentialOrigin", "application");
    let expires = now + days_left * DAY_TICKS;
    json.moment(
        "createdDateTime",
        expires - lifetime_days * DAY_TICKS,
        Zone::Letter,
    );
    json.moment("expirationDateTime", expires, Zone::Letter);
    json.close();
}
