//! One firm with one combination of readings, asked everything in three ways.

use clio_rules::direct::Direct;
use clio_rules::{Firm, UserHandle};

use crate::Failed;
use crate::difference::{Difference, Target};
use crate::people::Person;
use crate::readings::Readings;
use crate::sides::{Answer, scripts};
use crate::tally::Tally;
use crate::walk::{Stop, Walk};

/// A firm, and the same for the scripts.
pub(crate) struct Room<'w> {
    walk: &'w Walk<'w>,
    number: usize,
    readings: Readings,
    firm: Firm,
    twin: Firm,
}

impl<'w> Room<'w> {
    /// Builds the firm.
    pub(crate) fn new(
        walk: &'w Walk<'w>,
        number: usize,
        readings: Readings,
    ) -> Result<Self, Failed> {
        let (people, model) = (&walk.people, walk.model);
        let firm = people.firm(number, model, &walk.rulebook)?;
        let twin = people.firm(number, model, &walk.twin)?;
        let firm = readings.of_firm(model, firm)?;
        let twin = readings.of_firm(model, twin)?;
        Ok(Self {
            walk,
            number,
            readings,
            firm,
            twin,
        })
    }

    /// Asks everything that falls to this firm, in three ways.
    pub(crate) fn ask(&self, direct: &Direct) -> Result<Tally, Stop> {
        let mut tally = Tally::default();
        let (walk, people) = (self.walk, &self.walk.people);
        for user in people.of_firm(self.number) {
            for target in self.targets(user) {
                let kinds = [user, target.unwrap_or(user)].map(|person| people.kind(person));
                if target.is_none() || walk.reach.has_pair(walk.model, kinds) {
                    self.ask_pair(direct, user, target, &mut tally)?;
                }
            }
        }
        if walk.reach.has_settings(walk.model) {
            tally.settings += self.ask_settings()?;
        }
        Ok(tally)
    }

    /// About whom a user is asked here: nobody, and those that fall to this firm. Whatever the owner has no part in is
    /// asked in one firm only.
    fn targets(&self, user: Person) -> Vec<Option<Person>> {
        let is_mine = match user {
            Person::Owner(_) => true,
            Person::First(kind) | Person::Second(kind) => {
                kind % self.walk.people.firms() == self.number
            }
        };
        let nobody = is_mine.then_some(None);
        if matches!(user, Person::Second(_)) {
            return nobody.into_iter().collect();
        }
        let everybody = self.walk.people.of_firm(self.number).into_iter();
        let others = everybody.filter(|other| match other {
            Person::Owner(_) => true,
            Person::First(_) => *other == user && is_mine,
            Person::Second(_) => is_mine,
        });
        nobody.into_iter().chain(others.map(Some)).collect()
    }

    /// The numbers of what is asked about a target, or without one.
    fn asked(&self, target: Option<Person>) -> impl Iterator<Item = usize> {
        let asked = self.walk.asked.iter().enumerate();
        let fits = asked.filter(move |(_, asked)| asked.on_target == target.is_some());
        fits.map(|(number, _)| number)
    }

    fn ask_pair(
        &self,
        direct: &Direct,
        user: Person,
        target: Option<Person>,
        tally: &mut Tally,
    ) -> Result<(), Stop> {
        let (walk, cedar) = (self.walk, &self.walk.cedar);
        let (user_entity, user_id) = (cedar.user(user)?, user.id());
        let target_entity = target.map(|target| cedar.user(target)).transpose()?;
        let target_id = target.map(Person::id);
        let ids = (user_id.as_str(), target_id.as_deref());
        for number in self.asked(target) {
            let asked = &walk.asked[number];
            let table = self.table(&self.firm, number, user, target)?;
            let scripts = scripts(direct, &self.twin, walk.model.product, asked, ids)?;
            let cedar = cedar.allows(number, self.readings, user_entity, target_entity)?;
            if table != scripts || table.yes != cedar {
                let answers = (table, scripts, cedar);
                return Err(Stop::Difference(Box::new(
                    self.difference(number, user, target, answers),
                )));
            }
            tally.count(asked.is_change, cedar);
        }
        Ok(())
    }

    /// Compares, for every pair, the answers of the tables with those of the same people at default settings, about whom
    /// scripts and Cedar are asked as well.
    fn ask_settings(&self) -> Result<u64, Failed> {
        let (walk, people, model) = (self.walk, &self.walk.people, self.walk.model);
        let owner = people.with_usual_settings(Person::Owner(self.number), model);
        let Person::Owner(owner) = owner else {
            return Err(Failed::new("an owner stays one"));
        };
        let usual_firm = people.firm(owner, model, &walk.rulebook)?;
        let usual_firm = self.readings.of_firm(model, usual_firm)?;
        let usual = |person: Person| people.with_usual_settings(person, model);
        let of_usual: Vec<Person> = people.of_firm(self.number).into_iter().map(usual).collect();
        let usual = |person: Person| of_usual[person.position(people)];
        let mut compared = 0;
        for user in people.of_firm(self.number) {
            for target in self.targets(user).into_iter().flatten() {
                for number in self.asked(Some(target)) {
                    let answer = self.table(&self.firm, number, user, Some(target))?;
                    let expected =
                        self.table(&usual_firm, number, usual(user), Some(usual(target)))?;
                    if answer != expected {
                        let (asked, users) =
                            (&walk.asked[number], [user, target].map(|p| people.kind(p)));
                        let [user, target] = users;
                        return Err(Failed::new(format!(
                            "settings matter: {asked} by {user} on {target}"
                        )));
                    }
                    compared += 1;
                }
            }
        }
        Ok(compared)
    }

    fn table(
        &self,
        firm: &Firm,
        asked: usize,
        user: Person,
        target: Option<Person>,
    ) -> Result<Answer, Failed> {
        let user = self.handle(firm, user)?;
        let target = target.map(|target| self.handle(firm, target)).transpose()?;
        self.walk.handles[asked].table(firm, user, target)
    }

    fn handle(&self, firm: &Firm, person: Person) -> Result<UserHandle, Failed> {
        let position = person.position(&self.walk.people);
        firm.user_at(position)
            .ok_or_else(|| Failed::new("a firm lacks somebody"))
    }

    fn difference(
        &self,
        asked: usize,
        user: Person,
        target: Option<Person>,
        (table, scripts, cedar): (Answer, Answer, bool),
    ) -> Difference {
        let (walk, people) = (self.walk, &self.walk.people);
        let asked = &walk.asked[asked];
        Difference {
            product: walk.model.product,
            asked: asked.to_string(),
            is_change: asked.is_change,
            user: people.kind(user).clone(),
            target: target.map(|target| match target == user {
                true => Target::Themselves,
                false => Target::Other(people.kind(target).clone()),
            }),
            readings: self.readings.choices(walk.model).collect(),
            table,
            scripts,
            cedar,
        }
    }
}
