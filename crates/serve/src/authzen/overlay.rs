//! People as a request says they are: roles and settings of its properties in place of those of the firm.

use clio_rules::{Answer, AskError, Firm, LoadError, PeopleOverlay, Question, Seat, User};

use super::json::{Json, Member, member};
use super::names::KnownSeat;
use super::outcome::Why;
use super::request::Entity;

/// The properties that name roles.
const ROLES: [&str; 2] = ["roles", "role"];

/// What properties say of a seat, in the words of its product.
#[derive(Default)]
struct SeatWords {
    /// None where nothing is said of roles. Roles of other programs say nothing.
    roles: Option<Vec<String>>,
    settings: Vec<(String, String)>,
}

impl SeatWords {
    fn of(known: &KnownSeat, properties: &[Member<'_>]) -> Result<Self, Why> {
        let mut words = Self::default();
        if let Some(named) = roles(properties)? {
            let is_known = |role: &&str| known.roles.iter().any(|of| **of == **role);
            let roles: Vec<&str> = named.iter().copied().filter(is_known).collect();
            if named.is_empty() || !roles.is_empty() {
                words.roles = Some(roles.into_iter().map(str::to_owned).collect());
            }
        }
        for setting in &known.settings {
            let Some(value) = member(properties, setting) else {
                continue;
            };
            let reason = || format!("`{setting}` has to be a single value");
            let word = value
                .word()
                .ok_or_else(|| Why::of("wrong-type", reason()))?;
            words.settings.push((setting.to_string(), word.to_owned()));
        }
        Ok(words)
    }

    /// Whether they say anything of somebody who has a seat.
    fn says_anything(&self) -> bool {
        self.roles.is_some() || !self.settings.is_empty()
    }

    /// Whether they bring anything to somebody who has none.
    fn brings_anything(&self) -> bool {
        self.roles.as_ref().is_some_and(|roles| !roles.is_empty()) || !self.settings.is_empty()
    }

    /// Puts them in the place of what a seat says.
    fn put_into(self, seat: &mut Seat) {
        if let Some(roles) = self.roles {
            seat.roles = roles;
            seat.until.clear();
        }
        for (setting, value) in self.settings {
            seat.settings.retain(|(name, _)| *name != setting);
            seat.settings.push((setting, value));
        }
    }
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

/// People as their properties say, where these say something that the product knows, and it is not as the firm has it.
pub(super) fn people_as_said(
    firm: &Firm,
    (product, seat): (&str, &KnownSeat),
    people: &[&Entity<'_>],
) -> Result<Vec<User>, Why> {
    let mut changed: Vec<User> = Vec::new();
    for person in people {
        let words = SeatWords::of(seat, person.properties)?;
        let place = changed.iter().position(|user| user.id == person.id);
        if place.is_none() && !words.says_anything() {
            continue;
        }
        let stored = || firm.person(person.id);
        let mut user = match place {
            Some(place) => changed.swap_remove(place),
            None => stored().unwrap_or_else(|_| User::new(person.id)),
        };
        let own = user.seats.iter_mut().find(|seat| seat.product == product);
        let is_other = match own {
            Some(own) if words.says_anything() => {
                words.put_into(own);
                true
            }
            None if words.brings_anything() => {
                let mut own = Seat::new(product);
                words.put_into(&mut own);
                user.seats.push(own);
                true
            }
            _ => place.is_some(),
        };
        if is_other {
            changed.push(user);
        }
    }
    Ok(changed)
}

/// The firm with these people in the place of what it says of them, or beside the others.
pub(super) fn edited(firm: &Firm, people: Vec<User>) -> Result<Firm, Why> {
    let edit = people.into_iter().fold(firm.edit(), |edit, user| {
        if firm.find_user(&user.id).is_some() {
            edit.change(user)
        } else {
            edit.insert(user)
        }
    });
    edit.apply().map_err(|error| impossible(&error))
}

/// What is asked: the firm as it is, or with people as the request says they are.
#[derive(Debug)]
pub(super) enum AskedFirm<'f> {
    Stored(&'f Firm),
    Overlaid(PeopleOverlay<'f>),
}

impl<'f> AskedFirm<'f> {
    /// The firm with these people.
    pub(super) fn with(firm: &'f Firm, people: Vec<User>) -> Result<Self, Why> {
        if people.is_empty() {
            return Ok(Self::Stored(firm));
        }
        let overlay = firm.overlay(people).map_err(|error| impossible(&error))?;
        Ok(Self::Overlaid(overlay))
    }

    pub(super) fn answer(&self, question: &Question<'_>) -> Result<Answer<'f>, AskError> {
        match self {
            Self::Stored(firm) => firm.answer(question),
            Self::Overlaid(overlay) => overlay.answer(question),
        }
    }
}

/// Nobody can be what the request says.
fn impossible(error: &LoadError) -> Why {
    let first = error.findings().iter().next();
    first.map_or_else(
        || Why::of("impossible", "nobody can be what the properties say"),
        |finding| Why::of(finding.code().name(), finding.message()),
    )
}
