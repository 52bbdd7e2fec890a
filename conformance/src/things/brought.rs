//! What questions say about a thing themselves. It comes before what the firm says.

use fastrand::Rng;

use super::firm::{Thing, ThingFirm};
use super::kind::{ThingFact, facts_of_kind};
use crate::Failed;
use crate::asked::Asked;
use crate::model::{Model, Word};

/// The facts of one question: names and values.
pub(crate) type Facts = Vec<(Word, Word)>;

/// The facts that questions about things of a kind can give.
pub(crate) struct Bringable {
    /// Those that the actions on it declare.
    declared: Vec<(Word, Vec<Word>)>,
    /// What can be said of the thing and of what it is part of.
    of_thing: Vec<ThingFact>,
    /// How many combinations of all facts there are, with none of them and with those that are never given here.
    pub(crate) combinations: u128,
}

/// How many combinations of facts are drawn for a thing.
const DRAWN: usize = 3;

impl Bringable {
    /// The facts of a kind on which these actions are done.
    pub(crate) fn of(model: &Model, kind: &str, actions: &[Asked]) -> Result<Self, Failed> {
        let declared = |action: &Word| {
            let facts = model.facts.iter().filter(|fact| fact.action == *action);
            let facts = facts.map(|fact| (fact.id.clone(), fact.values.clone()));
            facts.collect::<Vec<_>>()
        };
        let first = actions
            .first()
            .map_or(Vec::new(), |asked| declared(&asked.id));
        if actions.iter().any(|asked| declared(&asked.id) != first) {
            let words = format!("the actions on a {kind} have different facts");
            return Err(Failed::new(words));
        }
        let all = facts_of_kind(model, kind);
        if all.is_empty() {
            return Err(Failed::new(format!("nothing can be said about a {kind}")));
        }
        let values = first.iter().map(|(_, values)| values.len());
        let values = values.chain(all.iter().map(|fact| fact.values.len()));
        Ok(Self {
            combinations: values.map(|values| 1 + values as u128).product(),
            declared: first,
            // Where a fact follows from a list, rules read that fact and not the list.
            of_thing: all
                .into_iter()
                .filter(|fact| {
                    let mut facts = model.facts.iter();
                    facts.all(|one| one.follows_from.as_ref() != Some(&fact.id))
                })
                .collect(),
        })
    }

    /// How many combinations of facts each thing is asked about with.
    pub(crate) fn count(&self) -> usize {
        match self.facts().as_slice() {
            [(_, values)] => values.len(),
            _ => DRAWN,
        }
    }

    fn facts(&self) -> Vec<(&Word, &Vec<Word>)> {
        let of_thing = self.of_thing.iter().map(|fact| (&fact.id, &fact.values));
        let declared = self.declared.iter().map(|(id, values)| (id, values));
        declared.chain(of_thing).collect()
    }

    /// Combinations of facts that are asked about: all where there is one fact, else some by chance. None of them is empty.
    pub(crate) fn drawn(&self, rng: &mut Rng) -> Vec<Facts> {
        let facts = self.facts();
        if let [(id, values)] = facts.as_slice() {
            let of_value = |value: &Word| vec![((*id).clone(), value.clone())];
            return values.iter().map(of_value).collect();
        }
        let mut drawn = Vec::new();
        while drawn.len() < DRAWN {
            let other = by_chance(rng, facts.clone());
            if !drawn.contains(&other) {
                drawn.push(other);
            }
        }
        drawn
    }

    /// The thing as the question has it, and what it is part of where the question says something about that.
    pub(crate) fn applied(
        &self,
        model: &Model,
        firm: &ThingFirm,
        (thing, id): (&Thing, &str),
        facts: &Facts,
    ) -> Vec<Thing> {
        let mut all = Vec::new();
        let mut stored = Some(thing);
        for (above, kind) in model.upwards(&thing.kind).enumerate() {
            let name = format!("{id}^{above}");
            let silent = Thing::silent(name.clone(), &kind.id);
            let mut thing = Thing {
                id: name,
                ..stored.cloned().unwrap_or(silent)
            };
            stored = thing.whole.as_ref().and_then(|whole| firm.named(whole));
            let here = self.of_thing.iter().filter(|fact| fact.above == above);
            for fact in here {
                let given = facts.iter().find(|(name, _)| *name == fact.id);
                if let Some((_, value)) = given {
                    thing.put(fact, value);
                }
            }
            thing.close(model, &self.given_lists(facts, above));
            let is_last = !self.speaks_of_more(facts, above);
            if !is_last {
                thing.whole = Some(format!("{id}^{}", above + 1));
            }
            all.push(thing);
            if is_last {
                break;
            }
        }
        all
    }

    /// Whether the question says something about a thing further above.
    fn speaks_of_more(&self, facts: &Facts, above: usize) -> bool {
        let mut further = self.of_thing.iter().filter(|fact| fact.above > above);
        further.any(|fact| facts.iter().any(|(name, _)| *name == fact.id))
    }

    /// The lists that the question speaks of, with its answer.
    fn given_lists(&self, facts: &Facts, above: usize) -> Vec<(Word, bool)> {
        let lists = self.of_thing.iter();
        let lists = lists.filter(|fact| fact.is_list && fact.above == above);
        let given = lists.filter_map(|fact| {
            let (_, value) = facts.iter().find(|(name, _)| *name == fact.id)?;
            Some((fact.part.clone(), &**value == "true"))
        });
        given.collect()
    }
}

/// One to three facts, each with a value.
fn by_chance(rng: &mut Rng, mut facts: Vec<(&Word, &Vec<Word>)>) -> Facts {
    rng.shuffle(&mut facts);
    facts.truncate(rng.usize(1..=3));
    facts.sort();
    let facts = facts.into_iter();
    let valued = facts.filter_map(|(id, values)| Some((id.clone(), rng.choice(values)?.clone())));
    valued.collect()
}

/// The group on a list of which a question says that its user stands on it: whoever asks is in it.
pub(crate) const EVERYBODY: &str = "everybody";

impl Thing {
    fn put(&mut self, fact: &ThingFact, value: &Word) {
        if fact.is_list {
            self.put_list(&fact.part, &**value == "true");
        } else {
            self.properties.retain(|(id, _)| *id != fact.part);
            self.properties.push((fact.part.clone(), value.clone()));
        }
    }

    fn put_list(&mut self, list: &Word, stands: bool) {
        let entries = stands.then(|| EVERYBODY.to_owned());
        self.lists.retain(|(id, _)| id != list);
        self.lists
            .push((list.clone(), entries.into_iter().collect()));
    }

    /// Whoever does not stand on a list does not stand on one that brings it, unless the question says so.
    fn close(&mut self, model: &Model, given: &[(Word, bool)]) {
        let Some(kind) = model.kind(&self.kind) else {
            return;
        };
        for (closed, _) in given.iter().filter(|(_, stands)| !stands) {
            let bringers = kind.lists.iter().map(|list| &list.id);
            let bringers = bringers.filter(|list| kind.brings(list, closed));
            for list in bringers.filter(|list| given.iter().all(|(id, _)| id != *list)) {
                self.put_list(list, false);
            }
        }
    }
}
