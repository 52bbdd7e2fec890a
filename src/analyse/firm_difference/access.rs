//! What people may do in one state of a firm and not in another, worked out once for each kind of people.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;

use super::super::ability::{self, Asked};
use super::pairs::Pairs;
use crate::answer::AskError;
use crate::explore::layout::Word;
use crate::finding::{Finding, ask as codes};
use crate::firm::Firm;

/// An action that somebody may do in one of two states alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DifferenceAccess {
    product: Arc<str>,
    action: Arc<str>,
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        serialize_with = "crate::answer::given::serialize"
    )]
    facts: Vec<(String, String)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<OnWhom>,
}

/// On whom something is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OnWhom {
    users: Vec<String>,
    count: usize,
}

impl DifferenceAccess {
    /// Id of the product.
    pub fn product(&self) -> &str {
        &self.product
    }

    /// Id of the action.
    pub fn action(&self) -> &str {
        &self.action
    }

    /// The facts for which it is so, of an action that has to be told some.
    pub fn facts(&self) -> &[(String, String)] {
        &self.facts
    }

    /// On whom, of an action that is done to somebody.
    pub fn on(&self) -> Option<&OnWhom> {
        self.on.as_ref()
    }
}

impl OnWhom {
    /// Ids of the first few, in the order of the firm.
    pub fn users(&self) -> &[String] {
        &self.users
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.count
    }
}

/// What somebody gains, and what they lose.
pub(super) type GainedLost = [Vec<DifferenceAccess>; 2];

/// How many are named of those on whom something is done.
const NAMED: usize = 5;

/// People who are alike in both states, in one product.
struct Kind {
    /// One who stands for them, by number in each state.
    one: Pair,
    /// How many there are, and the first few of them.
    count: usize,
    first: Vec<Pair>,
    is_altered: bool,
}

/// Somebody by number in each state; who is in one state alone has no number in the other.
type Pair = [Option<u32>; 2];

/// What people of a kind may do to others, by action: who gains and who loses, on how many and on whom first.
#[derive(Default, Clone)]
struct OnOthers {
    count: usize,
    first: Vec<Pair>,
    with_own: bool,
}

/// What each of the people gains and loses; nothing is kept of those who do neither.
pub(super) fn gained_and_lost(
    firms: [&Firm; 2],
    pairs: &Pairs,
) -> Result<HashMap<usize, GainedLost>, AskError> {
    let mut found: HashMap<usize, GainedLost> = HashMap::new();
    for (number, compiled) in firms[0].rulebook.compiled().iter().enumerate() {
        let (kinds, of_person) = kinds(firms, pairs, number);
        let others_read = firms[0].readings_of(number) != firms[1].readings_of(number);
        let is_any = others_read || kinds.iter().any(|kind| kind.is_altered);
        if !is_any {
            continue;
        }
        for asked in asked(firms[0], number)? {
            let product = &compiled.product.id;
            let Some(declared) = compiled.product.actions.get(asked.action.index()) else {
                continue;
            };
            let found_of = |of: &Asked, on| DifferenceAccess {
                product: Arc::clone(product),
                action: Arc::clone(&declared.id),
                facts: of.facts.clone(),
                on,
            };
            if declared.on_target {
                let work = On {
                    firms,
                    id: &declared.id,
                    asked: &asked,
                    kinds: &kinds,
                    others_read,
                };
                work.each(&of_person, pairs, &mut |person, side, on| {
                    let entry = found.entry(person).or_default();
                    if let Some(list) = entry.get_mut(side) {
                        list.push(found_of(&asked, Some(on)));
                    }
                })?;
                continue;
            }
            let sides: Vec<Option<usize>> = kinds
                .iter()
                .map(|kind| {
                    let may = may(firms, &asked, kind.one, None);
                    side_of(may)
                })
                .collect();
            for (person, kind) in of_person.iter().enumerate() {
                if let Some(Some(side)) = sides.get(*kind) {
                    let entry = found.entry(person).or_default();
                    if let Some(list) = entry.get_mut(*side) {
                        list.push(found_of(&asked, None));
                    }
                }
            }
        }
    }
    Ok(found)
}

/// Whether it is gained (0) or lost (1), where it is either.
fn side_of([old, new]: [bool; 2]) -> Option<usize> {
    match (old, new) {
        (false, true) => Some(0),
        (true, false) => Some(1),
        _ => None,
    }
}

/// Whether it is allowed in each state; whoever is not there is allowed nothing, and nothing is done to them.
fn may(firms: [&Firm; 2], asked: &Asked, user: Pair, target: Option<Pair>) -> [bool; 2] {
    let [old, new] = firms;
    let side = |firm: &Firm, user: Option<u32>, target: Option<Option<u32>>| {
        let of_target = target.map_or(user, |target| target);
        let users = user.zip(of_target);
        let code =
            users.and_then(|(user, of)| firm.code(&asked.handle, [user, of], target.is_some()));
        code.is_some_and(|code| code.is_allowed())
    };
    [
        side(old, user[0], target.map(|target| target[0])),
        side(new, user[1], target.map(|target| target[1])),
    ]
}

/// The kinds of people of a product, and which each of them is of.
fn kinds(firms: [&Firm; 2], pairs: &Pairs, product: usize) -> (Vec<Kind>, Vec<usize>) {
    let mut numbers: HashMap<[Option<&[Word]>; 2], usize> = HashMap::new();
    let mut kinds: Vec<Kind> = Vec::new();
    let mut of_person = Vec::new();
    let [old, new] = firms;
    for pair in pairs.all() {
        let words = [
            pair[0].map(|user| old.roster.profile(product, user)),
            pair[1].map(|user| new.roster.profile(product, user)),
        ];
        let number = *numbers.entry(words).or_insert_with(|| {
            kinds.push(Kind {
                one: pair,
                count: 0,
                first: Vec::new(),
                is_altered: words[0] != words[1],
            });
            kinds.len() - 1
        });
        if let Some(kind) = kinds.get_mut(number) {
            kind.count += 1;
            if kind.first.len() <= NAMED {
                kind.first.push(pair);
            }
        }
        of_person.push(number);
    }
    (kinds, of_person)
}

/// Every action as it can be asked about, in no more ways than differences may have.
fn asked(firm: &Firm, number: usize) -> Result<Vec<Asked>, AskError> {
    let product = &firm.compiled(number)?.product;
    let most = firm.rulebook.limits().difference_ways;
    let all = ability::all(firm, number)?;
    for ways in all.chunk_by(|one, other| one.action == other.action) {
        let declared = ways.first();
        let declared = declared.and_then(|asked| product.actions.get(asked.action.index()));
        if let Some(declared) = declared.filter(|_| ways.len() > most) {
            return Err(too_large(&declared.id, ways.len(), most));
        }
    }
    Ok(all)
}

fn too_large(what: &str, size: usize, most: usize) -> AskError {
    Finding::new(&codes::DIFFERENCE_TOO_LARGE, None, &[&what, &size, &most]).into()
}

/// An action that is done to people.
struct On<'a> {
    firms: [&'a Firm; 2],
    id: &'a str,
    asked: &'a Asked,
    kinds: &'a [Kind],
    others_read: bool,
}

impl On<'_> {
    /// Says of each person what they gain and lose, on whom.
    fn each(
        &self,
        of_person: &[usize],
        pairs: &Pairs,
        say: &mut dyn FnMut(usize, usize, OnWhom),
    ) -> Result<(), AskError> {
        let most = self.firms[0].rulebook.limits().difference_ways;
        let size = self.kinds.len().saturating_mul(self.kinds.len());
        if size > most.saturating_mul(most) {
            return Err(too_large(self.id, self.kinds.len(), most));
        }
        let on_others: Vec<[OnOthers; 2]> =
            (0..self.kinds.len()).map(|at| self.others(at)).collect();
        for (person, kind) in of_person.iter().enumerate() {
            let Some((known, others)) = self.kinds.get(*kind).zip(on_others.get(*kind)) else {
                continue;
            };
            let Some(pair) = pairs.get(person) else {
                continue;
            };
            let on_self = side_of(self.may_oneself(known.one));
            for (side, others) in others.iter().enumerate() {
                let mut count = others.count - usize::from(others.with_own);
                let others_of = others.first.iter().filter(|other| **other != pair);
                let mut first: Vec<Pair> = others_of.copied().collect();
                if on_self == Some(side) {
                    count += 1;
                    first.push(pair);
                }
                if count > 0 {
                    first.sort_by_key(|pair| pairs.order(*pair));
                    first.truncate(NAMED);
                    let users = first.iter().map(|pair| self.id(*pair)).collect();
                    say(person, side, OnWhom { users, count });
                }
            }
        }
        Ok(())
    }

    fn id(&self, [old, new]: Pair) -> String {
        let [before, after] = self.firms;
        match (old, new) {
            (_, Some(new)) => after.roster.id(new).to_owned(),
            (Some(old), None) => before.roster.id(old).to_owned(),
            (None, None) => String::new(),
        }
    }

    fn may_oneself(&self, one: Pair) -> [bool; 2] {
        may(self.firms, self.asked, one, Some(one))
    }

    /// What somebody of a kind gains and loses on others. Those who came or went are no gain or loss of others.
    fn others(&self, at: usize) -> [OnOthers; 2] {
        let mut sides = [OnOthers::default(), OnOthers::default()];
        let Some(user) = self.kinds.get(at) else {
            return sides;
        };
        for (number, target) in self.kinds.iter().enumerate() {
            let is_there = target.one.iter().all(Option::is_some);
            if !is_there || !(self.others_read || user.is_altered || target.is_altered) {
                continue;
            }
            // Of a kind with one member, another member of the same kind is nobody.
            let other = target.first.iter().find(|other| **other != user.one);
            let Some(other) = other else { continue };
            let side = side_of(may(self.firms, self.asked, user.one, Some(*other)));
            let side = side.and_then(|side| sides.get_mut(side));
            if let Some(side) = side {
                side.count += target.count;
                side.first.extend(&target.first);
                side.with_own |= number == at;
            }
        }
        sides
    }
}
