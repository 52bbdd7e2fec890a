//! What is different of each person, put together with what follows from it.

use std::collections::HashMap;
use std::sync::Arc;

use super::access::gained_and_lost;
use super::pairs::Pairs;
use super::parts::{GivenTaken, OfProduct, Outside, OutsideKind, SettingChange};
use super::plan::{Goal, Key, plan, refused};
use super::steps::{DifferenceStep, Means};
use super::{FirmDifference, Impossible, ReadingChange, Renamed, UserDifference};
use crate::explore::layout::{Layout, Word};
use crate::finding::AskError;
use crate::firm::{Alteration, Firm, What, has_seat, is_enabled};
use crate::link::product::{ReadingId, RoleId, SettingId};
use crate::value::Value;

/// What is different, before it is put into words.
struct Work<'f> {
    firms: [&'f Firm; 2],
    pairs: Pairs,
    /// By place among the pairs.
    people: HashMap<usize, UserDifference>,
    /// What changes would have to alter, by number of the old state.
    differences: Vec<(Key, Value)>,
    /// By number of the old state, the place among the pairs.
    places: HashMap<u32, usize>,
}

pub(super) fn difference(firms: [&Firm; 2]) -> Result<FirmDifference, AskError> {
    let [old, new] = firms;
    let mut work = Work {
        firms,
        pairs: Pairs::of(firms),
        people: HashMap::new(),
        differences: Vec::new(),
        places: HashMap::new(),
    };
    work.compare();
    let (steps, then) = work.plans()?;
    for (place, [gained, lost]) in gained_and_lost(firms, &work.pairs)? {
        let person = work.person(place);
        (person.gained, person.lost) = (gained, lost);
    }
    let mut users: Vec<(usize, UserDifference)> = work.people.into_iter().collect();
    users.sort_by_key(|(place, _)| *place);
    let users: Vec<UserDifference> = users.into_iter().map(|(_, user)| user).collect();
    let readings = readings(firms);
    let firm = (old.name() != new.name()).then(|| Renamed {
        from: old.name().to_owned(),
        to: new.name().to_owned(),
    });
    Ok(FirmDifference {
        equal: users.is_empty() && readings.is_empty() && firm.is_none(),
        firm,
        readings,
        users,
        steps,
        then,
    })
}

fn readings([old, new]: [&Firm; 2]) -> Vec<ReadingChange> {
    let mut changes = Vec::new();
    for (number, compiled) in old.rulebook.compiled().iter().enumerate() {
        for (at, reading) in compiled.product.readings.iter().enumerate() {
            let field = Layout::reading(ReadingId::from(at));
            let [from, to] = [old, new].map(|firm| field.read(firm.readings_of(number)).is_yes());
            if from != to {
                changes.push(ReadingChange {
                    product: Arc::clone(&compiled.product.id),
                    reading: Arc::clone(&reading.id),
                    from,
                    to,
                });
            }
        }
    }
    changes
}

impl Work<'_> {
    /// What is known of somebody to be different.
    fn person(&mut self, place: usize) -> &mut UserDifference {
        let [old, new] = self.firms;
        let pair = self.pairs.get(place).unwrap_or_default();
        let (firm, user) = match pair {
            [_, Some(user)] => (new, user),
            [before, None] => (old, before.unwrap_or_default()),
        };
        self.people.entry(place).or_insert_with(|| UserDifference {
            user: firm.roster.id(user).to_owned(),
            name: firm.roster.name_of(user).to_owned(),
            outside: Vec::new(),
            roles: GivenTaken::default(),
            settings: Vec::new(),
            gained: Vec::new(),
            lost: Vec::new(),
            steps: Vec::new(),
            impossible: Vec::new(),
        })
    }

    fn outside(&mut self, place: usize, kind: OutsideKind, product: Option<&Arc<str>>) {
        let product = product.map(Arc::clone);
        self.person(place).outside.push(Outside {
            kind,
            product,
            from: None,
            to: None,
        });
    }

    fn compare(&mut self) {
        for place in 0..self.pairs.len() {
            match self.pairs.get(place) {
                Some([Some(before), Some(after)]) => self.compare_one(place, [before, after]),
                Some([None, Some(_)]) => self.outside(place, OutsideKind::Added, None),
                _ => self.outside(place, OutsideKind::Removed, None),
            }
        }
    }

    fn compare_one(&mut self, place: usize, [before, after]: [u32; 2]) {
        let [old, new] = self.firms;
        let [from, to] = [old.roster.name_of(before), new.roster.name_of(after)];
        if from != to {
            let (from, to) = (Some(from.to_owned()), Some(to.to_owned()));
            let kind = OutsideKind::Renamed;
            let product = None;
            let renamed = Outside {
                kind,
                product,
                from,
                to,
            };
            self.person(place).outside.push(renamed);
        }
        let rulebook = &old.rulebook;
        for (number, compiled) in rulebook.compiled().iter().enumerate() {
            let words = [
                old.roster.profile(number, before),
                new.roster.profile(number, after),
            ];
            if words[0] == words[1] {
                continue;
            }
            if number == 0 {
                let kind = match words.map(is_enabled) {
                    [false, true] => Some(OutsideKind::Enabled),
                    [true, false] => Some(OutsideKind::Disabled),
                    _ => None,
                };
                if let Some(kind) = kind {
                    self.outside(place, kind, None);
                }
            }
            match words.map(has_seat) {
                [true, true] => {
                    self.places.insert(before, place);
                    self.compare_seat(place, before, number, words);
                }
                [false, true] => {
                    self.outside(place, OutsideKind::SeatGiven, Some(&compiled.product.id));
                }
                [true, false] => {
                    self.outside(place, OutsideKind::SeatTaken, Some(&compiled.product.id));
                }
                [false, false] => {}
            }
        }
    }

    fn compare_seat(&mut self, place: usize, user: u32, number: usize, words: [&[Word]; 2]) {
        let [old, _] = self.firms;
        let Some(compiled) = old.rulebook.product(number) else {
            return;
        };
        let product = &compiled.product;
        for (at, role) in product.roles.iter().enumerate() {
            let id = RoleId::from(at);
            let [from, to] = words.map(|words| compiled.layout.role(id).read(words));
            if from == to {
                continue;
            }
            let entry = OfProduct {
                product: Arc::clone(&product.id),
                role: Arc::clone(&role.id),
            };
            let roles = &mut self.person(place).roles;
            let list = if to.is_yes() {
                &mut roles.given
            } else {
                &mut roles.taken
            };
            list.push(entry);
            self.differences.push(((number, user, What::Role(id)), to));
        }
        for (at, setting) in product.settings.iter().enumerate() {
            let id = SettingId::from(at);
            let [from, to] = words.map(|words| compiled.layout.setting(id).read(words));
            if from == to {
                continue;
            }
            let word = |value| setting.domain.word(value).to_owned();
            self.person(place).settings.push(SettingChange {
                product: Arc::clone(&product.id),
                setting: Arc::clone(&setting.id),
                from: word(from),
                to: word(to),
            });
            self.differences
                .push(((number, user, What::Setting(id)), to));
        }
    }

    /// The steps from the old state, and those that can be made only after what is outside of the rules.
    fn plans(&mut self) -> Result<(Vec<DifferenceStep>, Vec<DifferenceStep>), AskError> {
        let [old, new] = self.firms;
        if self.differences.is_empty() {
            return Ok((Vec::new(), Vec::new()));
        }
        let compiled = old.rulebook.compiled().iter().enumerate();
        let mut means: Vec<Means<'_>> = compiled
            .map(|(number, compiled)| Means::of(compiled, number))
            .collect();
        let goal = Goal {
            firm: new,
            people: &self.pairs.to_new,
        };
        let first = plan(old, &goal, &mut means, &self.differences)?;
        let steps = self.note_steps(first.steps, Some);
        let is_outside = |person: &UserDifference| !person.outside.is_empty();
        let is_other = !readings(self.firms).is_empty() || self.people.values().any(is_outside);
        if first.left.is_empty() || !is_other {
            self.note_impossible(&first.firm, &mut means, &first.left, Some)?;
            return Ok((steps, Vec::new()));
        }
        // What is left is tried once more by those who are there in the end.
        let to_new = |user: u32| self.pairs.to_new.get(user as usize).copied().flatten();
        let moved = |(key, to): &(Key, Value)| {
            let (product, user, what) = *key;
            Some(((product, to_new(user)?, what), *to))
        };
        let left: Vec<(Key, Value)> = first.left.iter().filter_map(moved).collect();
        let mut from = new.clone();
        for (key, to) in &left {
            let (product, user, what) = *key;
            let is = self.pairs.to_old.get(user as usize).copied().flatten();
            let is = is.and_then(|user| value(&first.firm, (product, user, what)));
            from.alter_for_judging(&[Alteration {
                product,
                user,
                what,
                to: is.unwrap_or(*to),
            }]);
        }
        let everybody: Vec<Option<u32>> = (0..new.roster.len() as u32).map(Some).collect();
        let goal = Goal {
            firm: new,
            people: &everybody,
        };
        let then = plan(&from, &goal, &mut means, &left)?;
        let to_old = self.pairs.to_old.clone();
        let before = |user: u32| to_old.get(user as usize).copied().flatten();
        let later = self.note_steps(then.steps, before);
        self.note_impossible(&then.firm, &mut means, &then.left, before)?;
        Ok((steps, later))
    }

    /// Notes whose steps they are. `old` tells the number of the old state.
    fn note_steps(
        &mut self,
        steps: Vec<(u32, DifferenceStep)>,
        old: impl Fn(u32) -> Option<u32>,
    ) -> Vec<DifferenceStep> {
        let mut all = Vec::with_capacity(steps.len());
        for (user, step) in steps {
            let place = old(user).and_then(|user| self.places.get(&user).copied());
            if let Some(place) = place {
                self.person(place).steps.push(step.clone());
            }
            all.push(step);
        }
        all
    }

    fn note_impossible(
        &mut self,
        firm: &Firm,
        means: &mut [Means<'_>],
        left: &[(Key, Value)],
        old: impl Fn(u32) -> Option<u32>,
    ) -> Result<(), AskError> {
        for (key, to) in left {
            let (product, user, what) = *key;
            let Some(means) = means.get_mut(product) else {
                continue;
            };
            let refused = refused(firm, means, *key, *to)?;
            let is = value(firm, *key).unwrap_or_default();
            let declared = &means.compiled.product;
            let word = |value: Value| match what {
                What::Role(_) => value.is_yes().to_string(),
                What::Setting(setting) => {
                    let setting = declared.setting(setting);
                    setting.map_or("", |it| it.domain.word(value)).to_owned()
                }
            };
            let id = match what {
                What::Role(role) => declared.role(role).map(|role| Arc::clone(&role.id)),
                What::Setting(setting) => declared.setting(setting).map(|it| Arc::clone(&it.id)),
            };
            let impossible = Impossible {
                product: Arc::clone(&declared.id),
                what: id.unwrap_or_else(|| "?".into()),
                from: word(is),
                to: word(*to),
                why: why(&refused).to_owned(),
                reasons: refused.reasons,
            };
            let place = old(user).and_then(|user| self.places.get(&user).copied());
            if let Some(place) = place {
                self.person(place).impossible.push(impossible);
            }
        }
        Ok(())
    }
}

fn why(refused: &super::plan::Refused) -> &'static str {
    if !refused.is_changeable {
        "no change makes it so"
    } else if refused.with_more {
        "it can be made so, and something else would become otherwise than it is"
    } else if refused.nobody {
        "nobody present is allowed to make such a change"
    } else if refused.only_oneself {
        "the only one who could make such a change is the person themselves"
    } else {
        "whoever makes such changes is refused"
    }
}

fn value(firm: &Firm, (product, user, what): Key) -> Option<Value> {
    let words = firm.roster.profile(product, user);
    let layout = &firm.rulebook.product(product)?.layout;
    Some(match what {
        What::Role(role) => layout.role(role).read(words),
        What::Setting(setting) => layout.setting(setting).read(words),
    })
}
