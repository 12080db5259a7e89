//! The groups of the company and who is in them.

use crate::guid::Guid;
use crate::offices::OFFICES;
use crate::people::Person;
use crate::random::{Random, Stream};
use crate::world::World;
use crate::write::Json;

/// Whether somebody is in a group.
type IsIn = fn(&Person) -> bool;

/// All of them, as one page of Graph's `groups`, with all their members.
pub(crate) fn written(world: &World) -> String {
    let mut out = Vec::new();
    let mut json = Json::new(&mut out);
    json.text(
        "@odata.context",
        "https://graph.microsoft.com/v1.0/$metadata#groups",
    );
    json.open_list("value");
    for (number, office) in OFFICES.iter().enumerate() {
        let is_in = |person: &Person| person.office == number && person.partner.is_none();
        group(
            &mut json,
            world,
            number,
            &format!("Office {}", office.places[0].city),
            is_in,
        );
    }
    let others: [(&str, IsIn); 4] = [
        ("Administrators", |person| person.is_administrator),
        ("Emergency access", |person| person.is_break_glass),
        ("Guests", |person| person.partner.is_some()),
        ("Legacy mail", |person| person.may_use_legacy),
    ];
    for (place, (name, is_in)) in others.into_iter().enumerate() {
        group(&mut json, world, OFFICES.len() + place, name, is_in);
    }
    // A group of groups.
    json.open_item();
    head(
        &mut json,
        world,
        OFFICES.len() + others.len(),
        "All offices",
    );
    json.open_list("members");
    for number in 0..OFFICES.len() {
        json.open_item();
        json.text("@odata.type", "#microsoft.graph.group");
        json.guid("id", id_of(world, number));
        json.close();
    }
    json.close_list();
    json.close();
    json.close_list();
    json.close();
    String::from_utf8_lossy(&out).into_owned()
}

fn group(
    json: &mut Json<'_>,
    world: &World,
    number: usize,
    name: &str,
    is_in: impl Fn(&Person) -> bool,
) {
    json.open_item();
    head(json, world, number, name);
    json.open_list("members");
    for person in world
        .people
        .everybody()
        .iter()
        .filter(|person| is_in(person))
    {
        json.open_item();
        json.text("@odata.type", "#microsoft.graph.user");
        json.guid("id", person.id);
        json.text("displayName", &person.display_name);
        json.text("userPrincipalName", &person.principal_name);
        json.close();
    }
    json.close_list();
    json.close();
}

fn head(json: &mut Json<'_>, world: &World, number: usize, name: &str) {
    json.guid("id", id_of(world, number));
    json.text("displayName", name);
}

fn id_of(world: &World, number: usize) -> Guid {
    Random::new(world.seed, Stream::Groups, number as u64).guid()
}
