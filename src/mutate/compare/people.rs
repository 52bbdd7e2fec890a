//! People made up for one path of decisions, so that both rulebooks can be asked about them.

use crate::answer::AskError;
use crate::explore::compile::Compiled;
use crate::firm::{Firm, Seat, User};
use crate::link::product::{Input, Product, ReadingId, RoleId, SettingId};
use crate::rulebook::Rulebook;
use crate::value::Value;
use crate::vocabulary::Person;

/// Ids of those who are made up. The third one holds what exactly one has to hold and nobody else does.
pub(super) const USER: &str = "user";
pub(super) const TARGET: &str = "target";
const HOLDER: &str = "holder";

/// What is known of one person.
#[derive(Default)]
struct Sketch {
    enabled: Option<Value>,
    roles: Vec<(RoleId, Value)>,
    settings: Vec<(SettingId, Value)>,
}

/// The people of one path.
pub(super) struct People {
    users: Vec<User>,
    readings: Vec<(String, bool)>,
    /// Whether user and target are one.
    pub(super) same: bool,
    /// What is known of them, in words.
    pub(super) told: String,
}

impl People {
    /// People of whom this is known, and nothing else that matters; none where no firm can have them. The holder of
    /// what nobody else holds has each setting at this value, or at its last.
    pub(super) fn of(
        compiled: &Compiled,
        known: &[(Input, Value)],
        has_target: bool,
        setting: u16,
    ) -> Option<Self> {
        let product = &compiled.product;
        let is_same = |(input, value): &(Input, Value)| *input == Input::SameUser && value.is_yes();
        let same = known.iter().any(is_same);
        let mut user = Sketch::of(Person::User, known);
        let mut target = Sketch::of(Person::Target, known);
        if same && !user.is_also(&mut target) {
            return None;
        }
        // Whoever is disabled is denied before any rule.
        if user.enabled == Some(Value::NO) {
            return None;
        }
        let others = usize::from(has_target && !same);
        let mut people = [user, target];
        let people = people.get_mut(..=others)?;
        let holder = holder(product, people, setting)?;
        for person in &mut *people {
            person.take_level(product)?;
        }
        let ids = [USER, TARGET].into_iter();
        let users = ids
            .zip(&*people)
            .map(|(id, person)| person.user(id, product));
        let holder = holder.map(|holder| holder.user(HOLDER, product));
        let readings = readings(product, known);
        let mut told = ids_and_words(product, people);
        for (reading, choice) in &readings {
            told = format!("{told}; {reading}: {choice}");
        }
        Some(Self {
            users: users.chain(holder).collect(),
            readings,
            same,
            told,
        })
    }

    /// The firm of these people; none where the rules refuse it.
    pub(super) fn firm(&self, rulebook: &Rulebook, product: &str) -> Option<Firm> {
        let users = self.users.iter().cloned();
        let firm = Firm::of_users(rulebook, "Made up", users).ok()?;
        let choose = |firm: Firm, (reading, choice): &(String, bool)| {
            firm.with_reading(Some(product), reading, *choice)
        };
        let chosen: Result<Firm, AskError> = self.readings.iter().try_fold(firm, choose);
        chosen.ok()
    }
}

/// What is known of people and readings, in words.
fn ids_and_words(product: &Product, people: &[Sketch]) -> String {
    let told = |(id, person): (&str, &Sketch)| format!("{id}: {}", person.told(product));
    let people: Vec<String> = [USER, TARGET].into_iter().zip(people).map(told).collect();
    people.join("; ")
}

fn readings(product: &Product, known: &[(Input, Value)]) -> Vec<(String, bool)> {
    let id = |id: ReadingId| product.readings.get(id.index());
    let reading = |(input, value): &(Input, Value)| match input {
        Input::Reading(reading) => Some((id(*reading)?.id.to_string(), value.is_yes())),
        _ => None,
    };
    known.iter().filter_map(reading).collect()
}

/// Whoever holds what exactly one has to hold and none of these does; none of all where these people cannot be.
fn holder(product: &Product, people: &[Sketch], setting: u16) -> Option<Option<Sketch>> {
    let mut held = Vec::new();
    for (number, role) in product.roles.iter().enumerate() {
        let Some(holders) = &role.holders else {
            continue;
        };
        let role = RoleId::from(number);
        let by = || people.iter().filter(|person| person.holds(role));
        if by().count() > 1 {
            return None;
        }
        if holders.enabled && by().any(|person| person.enabled == Some(Value::NO)) {
            return None;
        }
        if by().count() == 0 {
            held.push((role, Value::YES));
        }
    }
    if held.is_empty() {
        return Some(None);
    }
    let settings = product.settings.iter().enumerate();
    let settings = settings.map(|(number, declared)| {
        let last = declared.domain.len().saturating_sub(1) as u16;
        (SettingId::from(number), Value(setting.min(last)))
    });
    let mut holder = Sketch {
        enabled: None,
        roles: held,
        settings: settings.collect(),
    };
    holder.take_level(product)?;
    Some(Some(holder))
}

impl Sketch {
    fn of(person: Person, known: &[(Input, Value)]) -> Self {
        let mut sketch = Self::default();
        for (input, value) in known {
            match *input {
                Input::Enabled(whose) if whose == person => sketch.enabled = Some(*value),
                Input::Holds(whose, role) if whose == person => sketch.roles.push((role, *value)),
                Input::Setting(whose, setting) if whose == person => {
                    sketch.settings.push((setting, *value));
                }
                _ => {}
            }
        }
        sketch
    }

    /// Takes over what is known of another sketch of the same person; not where the two cannot be one.
    fn is_also(&mut self, other: &mut Self) -> bool {
        let enabled = [self.enabled, other.enabled];
        if matches!(enabled, [Some(one), Some(other)] if one != other) {
            return false;
        }
        self.enabled = self.enabled.or(other.enabled);
        join(&mut self.roles, &mut other.roles) && join(&mut self.settings, &mut other.settings)
    }

    fn holds(&self, role: RoleId) -> bool {
        self.roles.contains(&(role, Value::YES))
    }

    /// Holds exactly one level where seats have levels.
    fn take_level(&mut self, product: &Product) -> Option<()> {
        let levels = &product.levels;
        if levels.is_empty() {
            return Some(());
        }
        match levels.iter().filter(|level| self.holds(**level)).count() {
            0 => {
                let is_free = |level: &&RoleId| !self.roles.contains(&(**level, Value::NO));
                let level = levels.iter().find(is_free)?;
                self.roles.push((*level, Value::YES));
                Some(())
            }
            1 => Some(()),
            _ => None,
        }
    }

    fn user(&self, id: &str, product: &Product) -> User {
        let mut seat = Seat::new(&*product.id);
        for (role, _) in self.roles.iter().filter(|(_, held)| held.is_yes()) {
            seat = seat.role(product.role_name(*role));
        }
        for (setting, value) in &self.settings {
            if let Some(setting) = product.setting(*setting) {
                seat = seat.setting(&*setting.id, setting.domain.word(*value));
            }
        }
        let user = User::new(id).seat(seat);
        match self.enabled {
            Some(Value::NO) => user.disabled(),
            _ => user,
        }
    }

    /// What is known of this person, in words.
    fn told(&self, product: &Product) -> String {
        let held = self.roles.iter().filter(|(_, held)| held.is_yes());
        let roles: Vec<&str> = held.map(|(role, _)| product.role_name(*role)).collect();
        let mut told = format!("[{}]", roles.join(", "));
        for (setting, value) in &self.settings {
            if let Some(setting) = product.setting(*setting) {
                let word = setting.domain.word(*value);
                told = format!("{told}, {} {word}", setting.id);
            }
        }
        if self.enabled == Some(Value::NO) {
            told += ", disabled";
        }
        told
    }
}

/// Joins what is known of the same things; not where it differs.
fn join<T: PartialEq + Copy>(one: &mut Vec<(T, Value)>, other: &mut Vec<(T, Value)>) -> bool {
    for (what, value) in other.drain(..) {
        match one.iter().find(|(known, _)| *known == what) {
            Some((_, known)) if *known != value => return false,
            Some(_) => {}
            None => one.push((what, value)),
        }
    }
    true
}
