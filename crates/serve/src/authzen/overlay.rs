//! People as a request says they are: roles and settings of its properties in place of those of the firm.

use clio_rules::{Firm, LoadError, Seat, User};

use super::json::{Json, Member, member};
use super::names::KnownSeat;
use super::outcome::Why;
use super::request::Entity;

/// The properties that name roles.
const ROLES: [&str; 2] = ["roles", "role"];

/// Whether properties say anything that a seat can hold.
pub(super) fn says_anything(seat: &KnownSeat, properties: &[Member<'_>]) -> bool {
    let is_role = |key: &str| ROLES.contains(&key);
    let is_setting = |key: &str| seat.settings.iter().any(|setting| **setting == *key);
    properties
        .iter()
        .any(|(key, _)| is_role(key) || is_setting(key))
}

/// The names of roles that properties give; none where they give none.
pub(super) fn roles<'q>(properties: &'q [Member<'q>]) -> Result<Option<Vec<&'q str>>, Why> {
    let mut given = ROLES.iter().filter_map(|key| member(properties, key));
    let wrong = || Why::of("wrong-type", "roles have to be texts");
    match (given.next(), given.next()) {
        (None, _) => Ok(None),
        (Some(Json::Text(role)), None) => Ok(Some(vec![role])),
        (Some(Json::List(all)), None) => {
            let roles = all.iter().map(Json::text).collect::<Option<_>>();
            roles.map(Some).ok_or_else(wrong)
        }
        _ => Err(wrong()),
    }
}

/// The firm in which these people are as their properties say; none where these say nothing that the product knows.
pub(super) fn overlaid(
    firm: &Firm,
    (product, seat): (&str, &KnownSeat),
    people: &[&Entity<'_>],
) -> Result<Option<Firm>, Why> {
    let mut changed: Vec<User> = Vec::new();
    for person in people {
        if !says_anything(seat, person.properties) {
            continue;
        }
        let place = changed.iter().position(|user| user.id == person.id);
        let mut user = match place {
            Some(place) => changed.swap_remove(place),
            None => firm
                .person(person.id)
                .unwrap_or_else(|_| User::new(person.id)),
        };
        give(&mut user, (product, seat), person.properties)?;
        changed.push(user);
    }
    if changed.is_empty() {
        return Ok(None);
    }
    let edit = changed.into_iter().fold(firm.edit(), |edit, user| {
        if firm.find_user(&user.id).is_some() {
            edit.change(user)
        } else {
            edit.insert(user)
        }
    });
    edit.apply().map(Some).map_err(|error| impossible(&error))
}

/// Gives a user what properties say of their seat in a product.
fn give(
    user: &mut User,
    (product, known): (&str, &KnownSeat),
    properties: &[Member<'_>],
) -> Result<(), Why> {
    if !user.seats.iter().any(|seat| seat.product == product) {
        user.seats.push(Seat::new(product));
    }
    let Some(seat) = user.seats.iter_mut().find(|seat| seat.product == product) else {
        return Ok(());
    };
    if let Some(named) = roles(properties)? {
        let is_known = |role: &&str| known.roles.iter().any(|of| **of == **role);
        let roles: Vec<&str> = named.iter().copied().filter(is_known).collect();
        // Roles of other programs say nothing here: those of the firm stay.
        if named.is_empty() || !roles.is_empty() {
            seat.roles = roles.into_iter().map(str::to_owned).collect();
            seat.until.clear();
        }
    }
    for setting in &known.settings {
        if let Some(value) = member(properties, setting) {
            let word = value.word().ok_or_else(|| {
                Why::of(
                    "wrong-type",
                    format!("`{setting}` has to be a single value"),
                )
            })?;
            seat.settings.retain(|(name, _)| **name != **setting);
            seat.settings.push((setting.to_string(), word.to_owned()));
        }
    }
    Ok(())
}

/// Nobody can be what the request says.
fn impossible(error: &LoadError) -> Why {
    let first = error.findings().iter().next();
    first.map_or_else(
        || Why::of("impossible", "nobody can be what the properties say"),
        |finding| Why::of(finding.code().name(), finding.message()),
    )
}
