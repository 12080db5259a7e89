//! What an object or a row is, by its fields, and what it says.

use std::collections::BTreeMap;

use chrono::DateTime;
use model::registration::{
    ApplicationCredential, FLAGS, Flag, MigrationTest, Registered, RegistrationEvent, RelyingParty,
    Summary,
};
use model::time;
use serde_json::Value;

use super::fields::Fields;
use super::{Read, RegistrationError, shortened};

/// Why an object was passed over that is of no known form.
pub const UNKNOWN: &str = "is nothing that is known here";
const NOBODY: &str = "has neither an object ID nor a user principal name";
const NO_MOMENT: &str = "has no date that can be read";
const NO_PARTY: &str = "names no relying party";
const NO_KEY: &str = "has no key ID";

const USER_ID: [&str; 3] = ["id", "userid", "objectid"];
const USERNAME: [&str; 3] = ["userprincipalname", "upn", "username"];
const NAME: [&str; 5] = ["userdisplayname", "displayname", "fullname", "name", "user"];
const METHODS: [&str; 4] = [
    "methodsregistered",
    "authmethods",
    "authenticationmethods",
    "registeredmethods",
];
const DEFAULT: [&str; 5] = [
    "defaultmfamethod",
    "defaultmultifactorauthenticationmethod",
    "defaultmethod",
    "userpreferredmethodforsecondaryauthentication",
    "userpreferredmethod",
];
const MOMENT: [&str; 5] = [
    "eventdatetime",
    "date",
    "dateutc",
    "activitydatetime",
    "datetime",
];
const METHOD: [&str; 4] = ["authmethod", "methodused", "authenticationmethod", "method"];
const PARTY: [&str; 4] = [
    "relyingpartyid",
    "relyingpartyidentifier",
    "identifier",
    "relyingparty",
];

const KEY: [&str; 2] = ["keyid", "credentialkeyid"];
/// What only a list of credentials has beside their key IDs.
const OF_CREDENTIAL: [&str; 6] = [
    "keytype",
    "keyusage",
    "credentialtype",
    "credentialorigin",
    "expirationdatetime",
    "expirationdate",
];

/// The names of each flag, at its place.
const FLAG_NAMES: [&[&str]; FLAGS] = [
    &["isadmin", "admin"],
    &[
        "ismfaregistered",
        "mfaregistered",
        "multifactorauthenticationregistered",
    ],
    &[
        "ismfacapable",
        "mfacapable",
        "multifactorauthenticationcapable",
        "capableofmfa",
    ],
    &[
        "ispasswordlesscapable",
        "passwordlesscapable",
        "passwordlessauthenticationcapable",
    ],
    &[
        "isssprregistered",
        "ssprregistered",
        "selfservicepasswordresetregistered",
        "isregistered",
    ],
    &[
        "isssprenabled",
        "ssprenabled",
        "selfservicepasswordresetenabled",
        "isenabled",
    ],
    &[
        "isssprcapable",
        "ssprcapable",
        "selfservicepasswordresetcapable",
        "iscapable",
    ],
    &[
        "issystempreferredauthenticationmethodenabled",
        "systempreferredenabled",
    ],
];

/// Where an object stands.
#[derive(Default)]
pub struct Place<'a> {
    /// Line of a row, or number of an object, from 1.
    pub number: u64,
    /// The period that the answer around it is of.
    pub period: Option<String>,
    /// The headers of a table: empty cells say that nothing is there.
    pub headers: Option<&'a [String]>,
}

/// Whether a table with these headers is a known list.
pub fn is_known_table(headers: &[String]) -> bool {
    let has = |names: &[&str]| {
        headers
            .iter()
            .any(|header| names.contains(&header.as_str()))
    };
    has(&["migrationstatus"]) && has(&PARTY)
        || has(&KEY) && has(&OF_CREDENTIAL)
        || is_of_person(&|names| has(names))
        || has(&MOMENT) && has(&METHOD) && has(&["feature"])
        || has(&["passwordresetsselfservicecount"])
        || has(&["successfulactivitycount"])
}

fn is_of_person(has: &dyn Fn(&[&str]) -> bool) -> bool {
    // The first of the flags and the general words of the older form are those of other lists too.
    let flags = FLAG_NAMES.iter().skip(1);
    let is_plain = |name: &&&str| !matches!(**name, "isregistered" | "isenabled" | "iscapable");
    let mut own = flags.flat_map(|names| names.iter().filter(is_plain));
    own.any(|name| has(&[name]))
        || has(&["methodsregistered", "authmethods"])
        || has(&["isregistered"]) && has(&["iscapable"])
}

/// Takes what an object says.
pub fn take(
    fields: &Fields<'_>,
    place: &Place<'_>,
    gathered: &mut Read,
) -> Result<(), RegistrationError> {
    // A table is what its headers say, also where a cell is empty.
    let has = |names: &[&str]| match place.headers {
        Some(headers) => headers
            .iter()
            .any(|header| names.contains(&header.as_str())),
        None => fields.has(names),
    };
    if has(&[
        "migrationstatus",
        "relyingpartyid",
        "migrationvalidationdetails",
    ]) {
        match relying_party(fields) {
            Some(party) => gathered.lists.relying_parties.push(party),
            None => gathered.skip(place.number, NO_PARTY),
        }
    } else if has(&KEY) && has(&OF_CREDENTIAL) {
        match credential(fields) {
            Some(credential) => gathered.lists.credentials.push(credential),
            None => gathered.skip(place.number, NO_KEY),
        }
    } else if let Some(summary) = summary(fields, place) {
        gathered.lists.summaries.push(summary);
    } else if has(&["eventdatetime"]) || has(&MOMENT) && has(&["feature"]) {
        match event(fields) {
            Ok(event) => gathered.lists.events.push(event),
            Err(why) => gathered.skip(place.number, why),
        }
    } else if place.headers.is_some() || is_of_person(&has) {
        match person(fields, place) {
            Some(person) => gathered.lists.people.push(person),
            None => gathered.skip(place.number, NOBODY),
        }
    } else if has(&["createddatetime"]) && has(&["appdisplayname", "correlationid"]) {
        return Err(RegistrationError::SignIns);
    } else if has(&["members", "transitivemembers", "memberof"]) {
        return Err(RegistrationError::Groups);
    } else {
        gathered.skip(place.number, UNKNOWN);
    }
    Ok(())
}

fn person(fields: &Fields<'_>, place: &Place<'_>) -> Option<Registered> {
    // The portal calls a name so that has no sign of an address in it.
    let [username, display_name] = names(fields);
    let mut methods = fields.list(&METHODS);
    // An empty cell of that column says that there is none.
    let has_column = place.headers.is_some_and(|headers| {
        headers
            .iter()
            .any(|header| METHODS.contains(&header.as_str()))
    });
    if has_column {
        methods.get_or_insert_default();
    }
    let person = Registered {
        user_id: fields.text(&USER_ID),
        username,
        display_name,
        user_type: fields.text(&["usertype"]),
        flags: std::array::from_fn(|place| {
            FLAG_NAMES.get(place).and_then(|names| fields.flag(names))
        }),
        default_method: fields.text(&DEFAULT),
        methods,
        last_updated: fields
            .text(&["lastupdateddatetime", "lastupdated", "lastupdatedtime"])
            .and_then(|text| time::read(&text)),
    };
    person.key().is_some().then_some(person)
}

/// Username and display name. Exports have both under words that others use for the other one.
fn names(fields: &Fields<'_>) -> [Option<String>; 2] {
    let (username, name) = (fields.text(&USERNAME), fields.text(&NAME));
    let is_address = |text: &Option<String>| text.as_ref().is_some_and(|text| text.contains('@'));
    match (!is_address(&username) && is_address(&name), &username) {
        (true, _) => [name, username],
        _ => [username, name],
    }
}

fn event(fields: &Fields<'_>) -> Result<RegistrationEvent, &'static str> {
    let moment = fields.text(&MOMENT).and_then(|text| time::read(&text));
    let at = moment.ok_or(NO_MOMENT)?;
    let [username, display_name] = names(fields);
    let user_id = fields.text(&["userid", "objectid"]);
    if username.is_none() && user_id.is_none() && display_name.is_none() {
        return Err(NOBODY);
    }
    Ok(RegistrationEvent {
        at,
        user_id,
        username: username.or_else(|| display_name.clone()),
        display_name,
        feature: fields
            .text(&["feature", "activity"])
            .unwrap_or_else(|| "registration".to_owned()),
        method: fields.text(&METHOD),
        is_success: fields.flag(&["issuccess", "success", "status", "result"]),
        failure_reason: fields.text(&[
            "failurereason",
            "reasonforfailure",
            "reason",
            "statusreason",
        ]),
    })
}

fn relying_party(fields: &Fields<'_>) -> Option<RelyingParty> {
    let name = fields.text(&["relyingpartyname", "displayname", "name"]);
    let party_id = fields.text(&PARTY).or_else(|| name.clone())?;
    let tests = fields.objects(&["migrationvalidationdetails"]);
    Some(RelyingParty {
        party_id,
        name,
        service_id: fields.text(&["serviceid"]),
        reply_urls: fields.list(&["replyurls"]).unwrap_or_default(),
        unique_users: fields.number(&["uniqueusercount", "uniqueusers"]),
        successful: fields.number(&["successfulsignincount", "successfulsignins"]),
        failed: fields.number(&["failedsignincount", "failedsignins", "failed"]),
        migration_status: fields.text(&["migrationstatus"]),
        tests: tests.iter().filter_map(test).collect(),
    })
}

/// The documentation's example writes `expirationDate`, the metadata `expirationDateTime`.
fn credential(fields: &Fields<'_>) -> Option<ApplicationCredential> {
    // Credentials that are never to expire do so in a year that no log is of.
    let read = |text: String| {
        let later = || DateTime::parse_from_rfc3339(&text).ok();
        time::read(&text).or_else(|| later().map(|moment| moment.to_utc()))
    };
    let moment = |names: &[&str]| fields.text(names).and_then(read);
    let activity = fields.object(&["signinactivity"]);
    let last_used = activity.and_then(|activity| activity.text(&["lastsignindatetime"]));
    Some(ApplicationCredential {
        key_id: fields.text(&KEY)?,
        key_type: fields.text(&["keytype", "credentialtype"]),
        key_usage: fields.text(&["keyusage"]),
        origin: fields.text(&["credentialorigin", "origin"]),
        application_id: fields.text(&["appid", "applicationid"]),
        created: moment(&["createddatetime", "created"]),
        expires: moment(&[
            "expirationdatetime",
            "expirationdate",
            "expires",
            "enddatetime",
        ]),
        last_used: match last_used {
            Some(text) => time::read(&text),
            None => moment(&[
                "lastsignindatetime",
                "lastused",
                "signinactivitylastsignindatetime",
            ]),
        },
    })
}

/// A test: its value is JSON in a text.
fn test(fields: &Fields<'_>) -> Option<MigrationTest> {
    let name = fields.text(&["name", "key"])?;
    let value = fields.text(&["value"]).unwrap_or_default();
    let inside: Option<Value> = serde_json::from_str(&value).ok();
    let object = inside.as_ref().and_then(Value::as_object);
    let Some(inside) = object.map(Fields::of_object) else {
        return Some(MigrationTest {
            name,
            result: None,
            message: Some(shortened(&value)).filter(|text| !text.is_empty()),
        });
    };
    Some(MigrationTest {
        name,
        result: inside.text(&["result"]),
        message: inside.text(&["message"]),
    })
}

fn summary(fields: &Fields<'_>, place: &Place<'_>) -> Option<Summary> {
    let word =
        |name: &str, without: &str| fields.text(&[name]).unwrap_or_else(|| without.to_owned());
    let counts = |list: &str, name: &[&str], number: &[&str]| {
        let counts = fields.objects(&[list]);
        let counts = counts
            .iter()
            .filter_map(|count| Some((count.text(name)?, count.number(number)?)));
        counts.collect::<BTreeMap<String, u64>>()
    };
    let total = fields.number(&["totalusercount"]).unwrap_or_default();
    if fields.has(&["userregistrationfeaturecounts"]) {
        return Some(Summary::Features {
            user_types: word("usertypes", "all"),
            user_roles: word("userroles", "all"),
            total,
            counts: counts(
                "userregistrationfeaturecounts",
                &["feature"],
                &["usercount"],
            ),
        });
    }
    if fields.has(&["userregistrationmethodcounts"]) {
        return Some(Summary::Methods {
            user_types: word("usertypes", "all"),
            user_roles: word("userroles", "all"),
            total,
            counts: counts(
                "userregistrationmethodcounts",
                &["authenticationmethod"],
                &["usercount"],
            ),
        });
    }
    if fields.has(&["userregistrationcounts"]) {
        let older = counts(
            "userregistrationcounts",
            &["registrationstatus"],
            &["registrationcount"],
        );
        let in_words_of_today = older.into_iter().map(|(status, count)| {
            let flags = [
                ("registered", Flag::ResetRegistered),
                ("enabled", Flag::ResetEnabled),
                ("capable", Flag::ResetCapable),
                ("mfaregistered", Flag::MfaRegistered),
            ];
            let known = flags
                .into_iter()
                .find(|(word, _)| status.eq_ignore_ascii_case(word));
            (
                known.map_or(status, |(_, flag)| flag.feature().to_owned()),
                count,
            )
        });
        return Some(Summary::Features {
            user_types: "all".to_owned(),
            user_roles: "all".to_owned(),
            total,
            counts: in_words_of_today.collect(),
        });
    }
    if fields.has(&["successfulactivitycount", "failureactivitycount"]) {
        return Some(Summary::Activity {
            period: place.period.clone().unwrap_or_default(),
            feature: word("feature", "registration"),
            method: fields.text(&METHOD)?,
            successful: fields
                .number(&["successfulactivitycount"])
                .unwrap_or_default(),
            failed: fields.number(&["failureactivitycount"]).unwrap_or_default(),
        });
    }
    let resets = [
        "passwordresetsselfservicecount",
        "passwordresetsbyadmincount",
        "changepasswordselfservicecount",
    ];
    if fields.has(&resets) {
        let day = fields.text(&[
            "aggregateddatetime",
            "aggregateddate",
            "date",
            "createddatetime",
        ])?;
        let [by_person, by_admin, changes] =
            resets.map(|name| fields.number(&[name]).unwrap_or_default());
        return Some(Summary::Resets {
            day: time::read(&day)?.date_naive(),
            by_person,
            by_admin,
            changes,
        });
    }
    None
}
