//! One firm, asked everything that falls to it, with every combination of readings.

use clio_rules::direct::{Direct, DirectAnswer};
use clio_rules::{Firm, UserHandle};

use crate::Failed;
use crate::difference::Difference;
use crate::people::{People, Person};
use crate::readings::Readings;
use crate::sides::{Said, scripts};
use crate::tally::Tally;
use crate::walk::{Stop, Walk};

/// A firm and the same for the scripts, before readings are chosen.
pub(crate) struct Room<'w> {
    walk: &'w Walk<'w>,
    number: usize,
    members: Vec<Member>,
    firm: Firm,
    twin: Firm,
}

/// Somebody of the firm.
#[derive(Clone)]
struct Member {
    person: Person,
    id: String,
}

/// Who asks about whom, or about nobody.
#[derive(Clone, Copy)]
struct Pair<'r> {
    user: &'r Member,
    target: Option<&'r Member>,
}

/// The firm with one combination of readings.
struct Chosen<'r> {
    room: &'r Room<'r>,
    readings: Readings,
    firm: Firm,
    twin: Firm,
}

impl<'w> Room<'w> {
    /// Builds the firm.
    pub(crate) fn new(walk: &'w Walk<'w>, number: usize) -> Result<Self, Failed> {
        let (people, model) = (&walk.people, walk.model);
        let members = people.of_firm(number).into_iter();
        Ok(Self {
            walk,
            number,
            members: members
                .map(|person| Member {
                    person,
                    id: person.id(),
                })
                .collect(),
            firm: people.firm(number, model, &walk.rulebook)?,
            twin: people.firm(number, model, &walk.twin)?,
        })
    }

    /// Asks everything that falls to this firm.
    pub(crate) fn ask(&self, direct: &Direct) -> Result<Tally, Stop> {
        let (model, mut tally) = (self.walk.model, Tally::default());
        for readings in (0..Readings::count(model)).map(Readings) {
            let chosen = Chosen {
                room: self,
                readings,
                firm: readings.of_firm(model, &self.firm)?,
                twin: readings.of_firm(model, &self.twin)?,
            };
            chosen.ask(direct, &mut tally)?;
        }
        Ok(tally)
    }

    /// About whom a user is asked here: nobody, and those that fall to this firm. Whatever the owner has no part in is
    /// asked in one firm only.
    fn targets(&self, user: &Member) -> Vec<Option<&Member>> {
        let people = &self.walk.people;
        let is_mine = match user.person {
            Person::Owner(_) => true,
            Person::First(kind) | Person::Second(kind) => kind % people.firms() == self.number,
        };
        let nobody = is_mine.then_some(None);
        if matches!(user.person, Person::Second(_)) {
            return nobody.into_iter().collect();
        }
        let others = self.members.iter().filter(|other| match other.person {
            Person::Owner(_) => true,
            Person::First(_) => other.person == user.person && is_mine,
            Person::Second(_) => is_mine,
        });
        nobody.into_iter().chain(others.map(Some)).collect()
    }
}

impl Chosen<'_> {
    fn ask(&self, direct: &Direct, tally: &mut Tally) -> Result<(), Stop> {
        let (walk, people) = (self.room.walk, &self.room.walk.people);
        for user in &self.room.members {
            for target in self.room.targets(user) {
                let kinds = [user, target.unwrap_or(user)].map(|one| people.kind(one.person));
                if target.is_none() || walk.reach.has_pair(walk.model, kinds) {
                    self.ask_pair(direct, Pair { user, target }, tally)?;
                }
            }
        }
        Ok(())
    }

    fn ask_pair(&self, direct: &Direct, pair: Pair<'_>, tally: &mut Tally) -> Result<(), Stop> {
        let (walk, product) = (self.room.walk, &*self.room.walk.model.product);
        let user = self.handle(pair.user)?;
        let target = pair.target.map(|target| self.handle(target)).transpose()?;
        let ids = (
            pair.user.id.as_str(),
            pair.target.map(|target| target.id.as_str()),
        );
        for (number, asked) in walk.asked.iter().enumerate() {
            if asked.on_target != target.is_some() {
                continue;
            }
            let table = walk.handles[number].table(&self.firm, user, target)?;
            let scripts = scripts(direct, &self.twin, product, asked, ids)?;
            let cedar = self.cedar(number, pair)?;
            let agrees = |cedar| table.yes() == cedar && scripts.is_yes() == cedar;
            if !table.is_said_by(&scripts) || !cedar.is_none_or(agrees) {
                let difference = self.difference(number, pair, &table, scripts, cedar);
                return Err(Stop::Difference(Box::new(difference)));
            }
            tally.count(asked.is_change, table.yes());
        }
        Ok(())
    }

    /// Cedar's answer, where there are policies.
    fn cedar(&self, asked: usize, pair: Pair<'_>) -> Result<Option<bool>, Failed> {
        let Some(opinion) = &self.room.walk.opinion else {
            return Ok(None);
        };
        let target = pair.target.map(|target| target.person);
        opinion
            .allows(asked, self.readings, pair.user.person, target)
            .map(Some)
    }

    fn handle(&self, member: &Member) -> Result<UserHandle, Failed> {
        let position = member.person.position(&self.room.walk.people);
        self.firm
            .user_at(position)
            .ok_or_else(|| Failed::new("a firm lacks somebody"))
    }

    fn difference(
        &self,
        asked: usize,
        pair: Pair<'_>,
        table: &Said<'_>,
        scripts: DirectAnswer,
        cedar: Option<bool>,
    ) -> Difference {
        let walk = self.room.walk;
        let readings = self.readings.choices(walk.model);
        let kind = |member: &Member| People::kind(&walk.people, member.person).to_string();
        Difference {
            product: walk.model.product.to_string(),
            asked: walk.asked[asked].to_string(),
            is_change: walk.asked[asked].is_change,
            user: kind(pair.user),
            target: pair.target.map(|target| {
                if target.person == pair.user.person {
                    "the user themselves".to_owned()
                } else {
                    format!("somebody else: {}", kind(target))
                }
            }),
            readings: readings
                .map(|(reading, choice)| (reading.to_owned(), choice))
                .collect(),
            table: table.in_words(),
            scripts: scripts.into(),
            cedar,
        }
    }
}
