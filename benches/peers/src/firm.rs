//! The firm that is asked about: every kind of user that the rules can tell apart.

use clio_rules::{Firm, LoadError, Rulebook, Seat, User};

/// A user as every engine is told of them.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) enabled: bool,
    pub(crate) manage: Option<Manage>,
    pub(crate) grow: Option<Level>,
}

/// A seat in Clio Manage.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Manage {
    pub(crate) primary_subscriber: bool,
    pub(crate) administrator: bool,
    pub(crate) accounts: bool,
    pub(crate) reports: bool,
    pub(crate) billing: bool,
    pub(crate) rates: &'static str,
    pub(crate) hours: &'static str,
    pub(crate) replies: bool,
}

/// A level in Clio Grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Level {
    Normal,
    Admin,
}

impl Manage {
    /// Ids of the roles that are held, without what they bring.
    pub(crate) fn roles(&self) -> impl Iterator<Item = &'static str> {
        [
            (self.primary_subscriber, "primary_subscriber"),
            (self.administrator, "administrator"),
            (self.accounts, "accounts"),
            (self.reports, "reports"),
            (self.billing, "billing"),
        ]
        .into_iter()
        .filter_map(|(held, role)| held.then_some(role))
    }
}

impl Level {
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Admin => "admin",
        }
    }
}

impl Person {
    pub(crate) fn is_primary_subscriber(&self) -> bool {
        self.manage.as_ref().is_some_and(|m| m.primary_subscriber)
    }
}

/// One primary subscriber, and everybody else that can exist: each set of permissions with each value of each setting or no
/// seat in Manage, each level or no seat in Grow, enabled and disabled. `step` leaves out all but every so many of them.
pub(crate) fn everybody(step: usize) -> Vec<Person> {
    let mut people = vec![Person {
        id: String::new(),
        enabled: true,
        manage: Some(Manage {
            primary_subscriber: true,
            ..seat(0, 0, 0, false)
        }),
        grow: Some(Level::Admin),
    }];
    let mut others = Vec::new();
    for enabled in [true, false] {
        for grow in [None, Some(Level::Normal), Some(Level::Admin)] {
            let seats = seats().map(Some).chain([None]);
            others.extend(seats.map(|manage| Person {
                id: String::new(),
                enabled,
                manage,
                grow,
            }));
        }
    }
    people.extend(others.into_iter().step_by(step));
    for (number, person) in people.iter_mut().enumerate() {
        person.id = format!("user-{number:04}");
    }
    people
}

/// Every seat in Manage but the primary subscriber's.
fn seats() -> impl Iterator<Item = Manage> {
    let numbers = (0..16).flat_map(|held| (0..3).map(move |rates| (held, rates)));
    let numbers = numbers.flat_map(|(held, rates)| (0..2).map(move |hours| (held, rates, hours)));
    numbers.flat_map(|(held, rates, hours)| {
        [false, true].map(move |replies| seat(held, rates, hours, replies))
    })
}

fn seat(held: u8, rates: usize, hours: usize, replies: bool) -> Manage {
    let holds = |bit: u8| held >> bit & 1 == 1;
    Manage {
        primary_subscriber: false,
        administrator: holds(0),
        accounts: holds(1),
        reports: holds(2),
        billing: holds(3),
        rates: ["all", "own", "none"][rates],
        hours: ["all", "own"][hours],
        replies,
    }
}

/// The same people as clio-rules wants them.
pub(crate) fn firm(rulebook: &Rulebook, people: &[Person]) -> Result<Firm, LoadError> {
    Firm::of_users(rulebook, "Everybody", people.iter().map(user))
}

fn user(person: &Person) -> User {
    let mut user = User::new(&person.id);
    if !person.enabled {
        user = user.disabled();
    }
    if let Some(manage) = &person.manage {
        let seat = manage.roles().fold(Seat::new("manage"), Seat::role);
        user = user.seat(
            seat.setting("billing_rate_visibility", manage.rates)
                .setting("activity_hours_visibility", manage.hours)
                .setting("receives_bill_reminder_replies", manage.replies.to_string()),
        );
    }
    if let Some(level) = person.grow {
        user = user.seat(Seat::new("grow").role(level.id()));
    }
    user
}
