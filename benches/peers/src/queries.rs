//! The questions, the same for every engine and in the same order.

use clio_rules::Rulebook;

use crate::firm::Person;
use crate::verify::Queries;

/// What can be asked about a user: an action, with a value of its fact where it has one.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) product: String,
    pub(crate) action: String,
    pub(crate) on_target: bool,
    pub(crate) fact: Option<(String, String)>,
}

/// One question, by numbers: of a person, of what is asked, of the person it is done to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Query {
    pub(crate) user: u32,
    pub(crate) asked: u32,
    pub(crate) target: Option<u32>,
}

/// Everything that the engines are given before they are asked.
pub(crate) struct Questions {
    pub(crate) people: Vec<Person>,
    pub(crate) asked: Vec<Asked>,
    pub(crate) queries: Vec<Query>,
}

/// Targets drawn for each user and action, besides the user and the primary subscriber.
const TARGETS: usize = 10;

impl Questions {
    /// Each user with each action; with each value of its fact or none; on themselves, on the primary subscriber and on some
    /// others. Shuffled, and always in the same way.
    pub(crate) fn all(rulebook: &Rulebook, people: Vec<Person>) -> Self {
        let asked = asked(rulebook);
        let mut dice = Dice(0x5eed);
        let mut queries = Vec::new();
        for user in 0..people.len() as u32 {
            for (number, asked) in asked.iter().enumerate() {
                let query = |target| Query {
                    user,
                    asked: number as u32,
                    target,
                };
                if asked.on_target {
                    let others = (0..TARGETS).map(|_| dice.below(people.len()) as u32);
                    queries.extend([user, 0].into_iter().chain(others).map(Some).map(query));
                } else {
                    queries.push(query(None));
                }
            }
        }
        for place in (1..queries.len()).rev() {
            queries.swap(place, dice.below(place + 1));
        }
        Self {
            people,
            asked,
            queries,
        }
    }

    pub(crate) fn person(&self, number: u32) -> &Person {
        &self.people[number as usize]
    }

    pub(crate) fn asked(&self, query: &Query) -> &Asked {
        &self.asked[query.asked as usize]
    }

    /// Each query with names in place of numbers.
    pub(crate) fn named(&self) -> impl Iterator<Item = Named<'_>> {
        self.queries.iter().map(|query| self.name(query))
    }

    pub(crate) fn name(&self, query: &Query) -> Named<'_> {
        let asked = self.asked(query);
        Named {
            user: &self.person(query.user).id,
            action: &asked.action,
            target: query.target.map(|target| &*self.person(target).id),
            fact: asked.fact.as_ref().map(|(name, value)| (&**name, &**value)),
        }
    }
}

impl Queries for Questions {
    fn count(&self) -> usize {
        self.queries.len()
    }

    fn describe(&self, query: usize) -> String {
        let query = &self.queries[query];
        let named = self.name(query);
        let user = format!("  user    {:?}\n", self.person(query.user));
        let action = format!("  action  {}\n", named.action);
        let target = query.target.map(|target| self.person(target));
        let target = target.map_or(String::new(), |target| format!("  target  {target:?}\n"));
        let fact = named.fact.map_or(String::new(), |(fact, value)| {
            format!("  fact    {fact} = {value}\n")
        });
        [user, action, target, fact].concat()
    }
}

/// One question by names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named<'q> {
    pub(crate) user: &'q str,
    pub(crate) action: &'q str,
    pub(crate) target: Option<&'q str>,
    pub(crate) fact: Option<(&'q str, &'q str)>,
}

/// Every action that the rules declare, so that one which a peer forgot is found.
fn asked(rulebook: &Rulebook) -> Vec<Asked> {
    let products = rulebook.products().filter_map(|id| rulebook.catalogue(id));
    let actions = products.flat_map(|product| {
        let actions = product.actions.into_iter();
        actions.map(move |action| (product.id.clone(), action))
    });
    actions
        .flat_map(|(product, action)| {
            // What is known of a thing, as `KIND.PART`, is no fact of the action itself.
            let facts = action
                .facts
                .into_iter()
                .filter(|fact| !fact.id.contains('.'));
            let given = facts.flat_map(|fact| {
                let values = fact.values.into_iter();
                values.map(move |value| (fact.id.clone(), value))
            });
            let given: Vec<_> = [None].into_iter().chain(given.map(Some)).collect();
            given.into_iter().map(move |fact| Asked {
                product: product.clone(),
                action: action.id.clone(),
                on_target: action.on_target,
                fact,
            })
        })
        .collect()
}

/// Numbers that look random and are the same in every run (SplitMix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }
}
