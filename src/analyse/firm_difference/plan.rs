//! Plans: in which order permitted changes lead from one state of a firm to another.
//!
//! Each step has to bring something to what it is in the end. What nobody's permissions depend on is done as soon as it
//! can be; what gives such permissions, hands on what exactly one holds, and takes permissions is tried in each of the six
//! orders, and the first that does it all is taken, else the one that leaves least.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::steps::{DifferenceStep, Means, key};
use crate::finding::AskError;
use crate::firm::{Alteration, Firm, What, has_seat};
use crate::link::product::{RoleId, RulingKind};
use crate::value::Value;
use crate::vocabulary::Person;

/// One thing about one user of one product.
pub(super) type Key = (usize, u32, What);

/// What people are to be in the end. Whoever is not there any more can be anything.
pub(super) struct Goal<'f> {
    pub(super) firm: &'f Firm,
    /// By user of the firm that is altered, the user in the end.
    pub(super) people: &'f [Option<u32>],
}

impl Goal<'_> {
    /// What something is in the end; none where that does not matter.
    fn value(&self, (product, user, what): Key) -> Option<Value> {
        let user = (*self.people.get(user as usize)?)?;
        let words = self.firm.roster.profile(product, user);
        if !has_seat(words) {
            return None;
        }
        let layout = &self.firm.rulebook.product(product)?.layout;
        Some(match what {
            What::Role(role) => layout.role(role).read(words),
            What::Setting(setting) => layout.setting(setting).read(words),
        })
    }
}

/// A way to the goal, as far as it goes.
pub(super) struct Plan {
    /// Each with the person whose state it was made for.
    pub(super) steps: Vec<(u32, DifferenceStep)>,
    /// What is not so yet, in the order in which it was met.
    pub(super) left: Vec<(Key, Value)>,
    /// The firm as far as it came, for judging.
    pub(super) firm: Firm,
}

/// The kinds of thing that are altered: what nobody's permissions depend on comes first in every order.
const ORDERS: [[u8; 4]; 6] = [
    [0, 1, 2, 3],
    [0, 2, 1, 3],
    [0, 1, 3, 2],
    [0, 3, 1, 2],
    [0, 2, 3, 1],
    [0, 3, 2, 1],
];

/// The best plan from a firm to its goal.
pub(super) fn plan(
    from: &Firm,
    goal: &Goal<'_>,
    means: &mut [Means<'_>],
    differences: &[(Key, Value)],
) -> Result<Plan, AskError> {
    let mut best: Option<Plan> = None;
    for order in ORDERS {
        let mut attempt = Attempt::new(from, goal, means, differences);
        attempt.run(order)?;
        let plan = attempt.plan();
        if best
            .as_ref()
            .is_none_or(|best| plan.left.len() < best.left.len())
        {
            best = Some(plan);
        }
        if best.as_ref().is_some_and(|best| best.left.is_empty()) {
            break;
        }
    }
    Ok(best.unwrap_or_else(|| Plan {
        steps: Vec::new(),
        left: differences.to_vec(),
        firm: from.clone(),
    }))
}

/// People who stand for all that changes tell apart.
#[derive(Default)]
struct Parts {
    actors: Vec<u32>,
    targets: Vec<u32>,
}

/// One order that is tried.
struct Attempt<'a, 'f> {
    goal: &'a Goal<'a>,
    means: &'a mut [Means<'f>],
    firm: Firm,
    left: Vec<(Key, Value)>,
    open: HashSet<Key>,
    steps: Vec<(u32, DifferenceStep)>,
    /// By product.
    parts: HashMap<usize, Parts>,
    /// Who are altered, in any product: others are done things to instead of them, or by them.
    altered: BTreeSet<u32>,
}

impl<'a, 'f> Attempt<'a, 'f> {
    fn new(
        from: &Firm,
        goal: &'a Goal<'a>,
        means: &'a mut [Means<'f>],
        differences: &[(Key, Value)],
    ) -> Self {
        /// Of those altered, so many are tried as the other person of a change.
        const TRIED: usize = 64;
        let altered = differences.iter().map(|((_, user, _), _)| *user);
        Self {
            goal,
            means,
            firm: from.clone(),
            left: differences.to_vec(),
            open: differences.iter().map(|(key, _)| *key).collect(),
            steps: Vec::new(),
            parts: HashMap::new(),
            altered: altered.take(TRIED).collect(),
        }
    }

    fn plan(self) -> Plan {
        let open = self.open;
        let mut left = self.left;
        left.retain(|(key, _)| open.contains(key));
        Plan {
            steps: self.steps,
            left,
            firm: self.firm,
        }
    }

    fn run(&mut self, order: [u8; 4]) -> Result<(), AskError> {
        loop {
            let mut is_further = false;
            for rank in order {
                is_further |= self.pass(rank)?;
                // Whatever has become possible for those without power comes before the next of those with it.
                if is_further && rank != 0 {
                    break;
                }
            }
            if !is_further {
                return Ok(());
            }
            // What has been altered may have made other kinds of people.
            self.parts.clear();
        }
    }

    /// Tries everything of one rank once.
    fn pass(&mut self, rank: u8) -> Result<bool, AskError> {
        let mut is_further = false;
        let mut at = 0;
        while let Some((key, to)) = self.left.get(at).copied() {
            at += 1;
            if self.open.contains(&key) && self.rank(key, to) == rank {
                is_further |= self.attempt(key, to, rank)?;
            }
        }
        let open = &self.open;
        self.left.retain(|(key, _)| open.contains(key));
        Ok(is_further)
    }

    fn rank(&self, (product, _, what): Key, to: Value) -> u8 {
        let is_power = self
            .means
            .get(product)
            .is_some_and(|means| means.is_power(what));
        match what {
            What::Role(role) if is_held_by_one(&self.firm, product, role) => 2,
            _ if !is_power => 0,
            What::Role(_) if to.is_yes() => 1,
            _ => 3,
        }
    }

    /// Makes one thing so, where somebody may.
    fn attempt(&mut self, key: Key, to: Value, rank: u8) -> Result<bool, AskError> {
        let (product, person, what) = key;
        let Some(means) = self.means.get_mut(product) else {
            return Ok(false);
        };
        let candidates = means.candidates(&self.firm, what, to)?;
        let (firm, altered) = (&self.firm, &self.altered);
        let parts = self.parts.entry(product).or_insert_with(|| {
            let with = |mut kinds: Vec<u32>| {
                let more = altered.iter().filter(|user| !kinds.contains(user)).copied();
                let more: Vec<u32> = more.collect();
                kinds.extend(more);
                kinds
            };
            Parts {
                actors: means.kinds(firm, Person::User),
                targets: with(means.kinds(firm, Person::Target)),
            }
        });
        for candidate in &candidates {
            for pair in candidate.parts(person, &parts.actors, &parts.targets) {
                let Some(judged) = candidate.judged(firm, pair) else {
                    continue;
                };
                let alterations = judged.alterations();
                if !judged.is_accepted() || !is_step(self.goal, alterations, (key, to), rank) {
                    continue;
                }
                let alterations = alterations.to_vec();
                let product = &means.compiled.product;
                self.steps
                    .push((person, candidate.step(firm, product, pair)));
                self.take(&alterations);
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn take(&mut self, alterations: &[Alteration]) {
        self.firm.alter_for_judging(alterations);
        for altered in alterations {
            let key = key(altered);
            match self.goal.value(key) {
                Some(wanted) if wanted != altered.to => {
                    if self.open.insert(key) {
                        self.left.push((key, wanted));
                    }
                }
                _ => {
                    self.open.remove(&key);
                }
            }
        }
    }
}

/// Whether alterations make something so, and nothing otherwise than it is in the end. Where what exactly one holds is
/// handed on, what comes with it may be undone later.
fn is_step(
    goal: &Goal<'_>,
    alterations: &[Alteration],
    (about, to): (Key, Value),
    rank: u8,
) -> bool {
    let makes_it = |altered: &Alteration| key(altered) == about && altered.to == to;
    let is_held_by_one = |altered: &Alteration| match altered.what {
        What::Role(role) => is_held_by_one(goal.firm, altered.product, role),
        What::Setting(_) => false,
    };
    let fits = |altered: &Alteration| {
        let wanted = goal.value(key(altered));
        wanted.is_none_or(|wanted| wanted == altered.to) || rank == 2 && !is_held_by_one(altered)
    };
    alterations.iter().any(makes_it) && alterations.iter().all(fits)
}

fn is_held_by_one(firm: &Firm, product: usize, role: RoleId) -> bool {
    let compiled = firm.rulebook.product(product);
    let role = compiled.and_then(|compiled| compiled.product.role(role));
    role.is_some_and(|role| role.holders.is_some())
}

/// Why nobody makes something so.
pub(super) struct Refused {
    /// The reasons given to those who come nearest to it, each once.
    pub(super) reasons: Vec<String>,
    /// Whether the person themselves is the only one who comes near.
    pub(super) only_oneself: bool,
    /// Whether nobody comes near: all of them are told that they may not make such changes.
    pub(super) nobody: bool,
    /// Whether somebody may, and something else would become what it is not in the end.
    pub(super) with_more: bool,
    /// Whether there is a change at all that could make it so.
    pub(super) is_changeable: bool,
}

/// Why something that is left cannot be made so in the firm that a plan came to.
pub(super) fn refused(
    firm: &Firm,
    means: &mut Means<'_>,
    (_, person, what): Key,
    to: Value,
) -> Result<Refused, AskError> {
    let candidates = means.candidates(firm, what, to)?;
    let actors = means.kinds(firm, Person::User);
    let targets = means.kinds(firm, Person::Target);
    let mut refused = Refused {
        reasons: Vec::new(),
        only_oneself: false,
        nobody: true,
        with_more: false,
        is_changeable: !candidates.is_empty(),
    };
    // Whoever is let through and refused comes nearer than whoever has no right to ask.
    let mut nearest = 0;
    for candidate in &candidates {
        for pair in candidate.parts(person, &actors, &targets) {
            let Some(judged) = candidate.judged(firm, pair) else {
                continue;
            };
            if judged.is_accepted() {
                refused.with_more = true;
                continue;
            }
            let near = judged.kinds().map(near).max().unwrap_or_default();
            if near > nearest {
                nearest = near;
                refused.reasons.clear();
                refused.only_oneself = true;
            }
            if near < nearest {
                continue;
            }
            let [user, target] = pair;
            refused.only_oneself &= user == target;
            for reason in judged.reasons() {
                if !refused.reasons.iter().any(|known| known == reason) {
                    refused.reasons.push(reason.to_owned());
                }
            }
        }
    }
    refused.nobody = nearest < NEAR;
    refused.only_oneself &= !refused.nobody;
    Ok(refused)
}

/// So near are those who may make such changes.
const NEAR: u8 = 3;

fn near(kind: RulingKind) -> u8 {
    match kind {
        RulingKind::Ground => 1,
        RulingKind::NotGranted | RulingKind::Silent => 2,
        _ => NEAR,
    }
}
