//! Compares the full list of plans with every sequence of changes that anybody can make in the whole firm.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use pretty_assertions::assert_eq;

use super::super::moves::RelevantInputs;
use super::super::people::ProfileWords;
use super::*;
use crate::Loader;
use crate::Plan;
use crate::tests::dice::{Dice, cases};

mod clubs;
mod houses;
mod ladder;

/// Changes, each by its number and its target. A change may appear twice.
type Lines = Vec<(usize, usize)>;

/// The changes made, in order of their numbers, and everybody's profile afterwards.
type Set = (Lines, Vec<ProfileWords>);

/// An accepted change of a user, with the resulting firm and the people it alters.
struct Accepted {
    change: usize,
    user: usize,
    target: usize,
    after: Rc<Reached>,
    altered: Vec<usize>,
}

/// A firm that changes lead to.
struct Reached {
    firm: Firm,
    state: Vec<u32>,
}

/// A product of a firm with every possible change, computed once for all questions.
struct House<'f> {
    firm: &'f Firm,
    product: usize,
    changes: Vec<Change>,
    ids: Vec<String>,
    accepted: HashMap<Vec<u32>, Rc<Vec<Accepted>>>,
}

impl<'f> House<'f> {
    fn new(firm: &'f Firm, product: usize) -> Self {
        Self {
            firm,
            product,
            changes: every_change(&firm.rulebook, product),
            ids: firm.users().map(str::to_owned).collect(),
            accepted: HashMap::new(),
        }
    }

    fn reached(&self, firm: Firm) -> Rc<Reached> {
        let state = state(&firm, self.product);
        Rc::new(Reached { firm, state })
    }

    /// Every change that is accepted and alters something. Of makers with the same result who are not altered
    /// themselves, one is kept.
    fn accepted(&mut self, now: &Reached) -> Rc<Vec<Accepted>> {
        if let Some(known) = self.accepted.get(&now.state) {
            return Rc::clone(known);
        }
        let mut all: Vec<Accepted> = Vec::new();
        for (change, named) in self.changes.iter().enumerate() {
            for target in 0..self.ids.len() {
                for user in 0..self.ids.len() {
                    let made = named.clone().by(&self.ids[user]).target(&self.ids[target]);
                    let verdict = now.firm.judge(&made).unwrap();
                    if !verdict.is_accepted() || verdict.altered.is_empty() {
                        continue;
                    }
                    let after = self.reached(now.firm.after(&verdict).unwrap());
                    let people = 0..self.ids.len();
                    let words = |firm: &Firm, user: usize| {
                        firm.roster.profile(self.product, user as u32).to_vec()
                    };
                    let is_altered =
                        |user: &usize| words(&now.firm, *user) != words(&after.firm, *user);
                    let altered: Vec<usize> = people.filter(is_altered).collect();
                    let comes_to_the_same = |other: &Accepted| {
                        (other.change, other.target) == (change, target)
                            && other.after.state == after.state
                            && !altered.contains(&other.user)
                    };
                    if altered.contains(&user) || !all.iter().any(comes_to_the_same) {
                        all.push(Accepted {
                            change,
                            user,
                            target,
                            after,
                            altered,
                        });
                    }
                }
            }
        }
        let all = Rc::new(all);
        self.accepted.insert(now.state.clone(), Rc::clone(&all));
        all
    }
}

/// The relevant profile of somebody. The two people in question are always their own kind.
type Who = Result<usize, ProfileWords>;

/// A question, and the results of trying everything.
struct Slow<'s, 'f> {
    house: &'s mut House<'f>,
    question: &'s Question<'static>,
    relevant: RelevantInputs,
    asked: Vec<usize>,
    most: usize,
    /// Every sufficient set, and whether some order of it follows the rules for listed plans.
    sets: BTreeMap<Set, bool>,
    /// For every set, the same set with representatives in place of the others. `None` when the way there leads in a
    /// circle.
    stand_ins: BTreeSet<(Set, Option<Lines>)>,
}

/// A sequence on its way: with the real people, and with their representatives.
#[derive(Clone)]
struct Way {
    now: Rc<Reached>,
    done: Lines,
    touched: BTreeSet<usize>,
    is_listed: bool,
    keys: Vec<Vec<Who>>,
    instead: Option<(Rc<Reached>, Lines, BTreeSet<usize>)>,
}

impl Slow<'_, '_> {
    fn kind(&self, firm: &Firm, user: usize) -> ProfileWords {
        let words = firm.roster.profile(self.house.product, user as u32);
        self.relevant.matter(words, self.asked.contains(&user))
    }

    fn who(&self, firm: &Firm, user: usize) -> Who {
        if self.asked.contains(&user) {
            Ok(user)
        } else {
            Err(self.kind(firm, user))
        }
    }

    fn kinds(&self, firm: &Firm) -> Vec<ProfileWords> {
        let people = 0..self.house.ids.len();
        people.map(|user| self.kind(firm, user)).collect()
    }

    /// The profiles of the people in question, and the number of people of every other kind.
    fn key(&self, firm: &Firm) -> Vec<Who> {
        let others = (0..self.house.ids.len()).filter(|user| !self.asked.contains(user));
        let mut key: Vec<Who> = others.map(|user| Err(self.kind(firm, user))).collect();
        key.sort();
        key.extend(self.asked.iter().map(|user| Err(self.kind(firm, *user))));
        key
    }

    /// The first person of a kind, apart from a given one: people not yet altered come first.
    fn first(
        &self,
        firm: &Firm,
        touched: &BTreeSet<usize>,
        who: &Who,
        not: Option<usize>,
    ) -> usize {
        let alike = (0..self.house.ids.len())
            .filter(|user| Some(*user) != not && self.who(firm, *user) == *who);
        alike
            .min_by_key(|user| (touched.contains(user), *user))
            .unwrap()
    }

    /// The first target and the first maker among people like these two.
    fn firsts(
        &self,
        firm: &Firm,
        touched: &BTreeSet<usize>,
        target: &Who,
        user: &Who,
        is_same: bool,
    ) -> [usize; 2] {
        let first = self.first(firm, touched, target, None);
        if is_same {
            [first, first]
        } else {
            [first, self.first(firm, touched, user, Some(first))]
        }
    }

    fn go(&mut self, way: &Way) {
        if way.now.firm.ask(self.question).unwrap().is_allowed() {
            let set = (sorted(&way.done), self.kinds(&way.now.firm));
            let instead = way.instead.as_ref().map(|(_, lines, _)| sorted(lines));
            *self.sets.entry(set.clone()).or_default() |= way.is_listed;
            self.stand_ins.insert((set, instead));
            return;
        }
        if way.done.len() == self.most {
            return;
        }
        let accepted = self.house.accepted(&way.now);
        for one in accepted.iter() {
            let next = self.then(way, one);
            self.go(&next);
        }
    }

    fn then(&mut self, way: &Way, one: &Accepted) -> Way {
        let (before, after) = (&way.now.firm, &one.after.firm);
        let is_altered = self.kind(before, one.user) != self.kind(after, one.user);
        let (target, user) = (self.who(before, one.target), self.who(before, one.user));
        let is_same = one.user == one.target;
        let [first, maker] = self.firsts(before, &way.touched, &target, &user, is_same);
        let mut next = way.clone();
        next.now = Rc::clone(&one.after);
        next.done.push((one.change, one.target));
        next.touched.extend(&one.altered);
        let key = self.key(after);
        let is_back = next.keys.contains(&key);
        next.keys.push(key);
        next.is_listed &= !is_back && first == one.target && (!is_altered || maker == one.user);
        next.instead = next
            .instead
            .filter(|_| !is_back)
            .map(|(now, mut done, mut touched)| {
                let [target, user] = self.firsts(&now.firm, &touched, &target, &user, is_same);
                let names = &self.house.ids;
                let change = self.house.changes[one.change].clone();
                let change = change.by(&names[user]).target(&names[target]);
                let verdict = now.firm.judge(&change).unwrap();
                assert!(verdict.is_accepted(), "{change:?}");
                let after = self.house.reached(now.firm.after(&verdict).unwrap());
                let words = |firm: &Firm, user: usize| {
                    firm.roster
                        .profile(self.house.product, user as u32)
                        .to_vec()
                };
                touched.extend(
                    (0..names.len())
                        .filter(|user| words(&now.firm, *user) != words(&after.firm, *user)),
                );
                done.push((one.change, target));
                (after, done, touched)
            });
        next
    }

    /// A plan as a set.
    fn set_of(&self, plan: &Plan) -> Set {
        let mut now = self.house.firm.clone();
        let number = |id: &str| self.house.ids.iter().position(|known| known == id).unwrap();
        let mut lines = Lines::new();
        for made in &plan.steps {
            let is_it = |change: &Change| {
                let change = change.clone().by(&made.user);
                change.target(made.target.as_deref().unwrap()) == *made
            };
            let change = self.house.changes.iter().position(is_it).unwrap();
            lines.push((change, number(made.target.as_deref().unwrap())));
            now = now.after(&now.judge(made).unwrap()).unwrap();
        }
        (sorted(&lines), self.kinds(&now))
    }

    /// Every renaming of people who are alike at the start.
    fn renamings(&self) -> Vec<Vec<usize>> {
        let mut all: Vec<Vec<usize>> = vec![Vec::new()];
        for user in 0..self.house.ids.len() {
            let who = self.who(self.house.firm, user);
            let alike: Vec<usize> = (0..self.house.ids.len())
                .filter(|other| self.who(self.house.firm, *other) == who)
                .collect();
            let longer = all.iter().flat_map(|names| {
                let free = alike.iter().filter(|other| !names.contains(other));
                free.map(|other| [names.as_slice(), &[*other]].concat())
            });
            all = longer.collect();
        }
        all
    }
}

fn sorted(lines: &Lines) -> Lines {
    let mut lines = lines.clone();
    lines.sort_unstable();
    lines
}

fn renamed_lines(lines: &Lines, names: &[usize]) -> Lines {
    let renamed = lines
        .iter()
        .map(|(change, target)| (*change, names[*target]));
    sorted(&renamed.collect())
}

fn renamed((lines, kinds): &Set, names: &[usize]) -> Set {
    let mut renamed = kinds.clone();
    for (user, kind) in kinds.iter().enumerate() {
        renamed[names[user]] = kind.clone();
    }
    (renamed_lines(lines, names), renamed)
}

/// Every proper part of it.
fn parts<T: Clone>(all: &[T]) -> Vec<Vec<T>> {
    let kept = |bits: usize| {
        let numbered = all.iter().enumerate();
        let kept = numbered.filter(move |(at, _)| bits >> at & 1 == 1);
        kept.map(|(_, one)| one.clone()).collect()
    };
    (0..(1_usize << all.len()) - 1).map(kept).collect()
}

/// Asks everything that is denied, and compares the full lists. Returns the number of plans by their number of
/// changes.
fn compare_lists(firm: &Firm, deepest: usize) -> BTreeMap<usize, usize> {
    let mut plan_counts = BTreeMap::new();
    let names: Vec<String> = firm.users().map(str::to_owned).collect();
    let number = |id: &str| names.iter().position(|known| known == id).unwrap();
    for product in 0..firm.rulebook.compiled().len() {
        let mut house = House::new(firm, product);
        for question in questions(firm, product) {
            let plans = firm.how_can(&question).unwrap();
            assert_eq!(plans.more_plans, 0);
            let fewest = plans.plans.iter().map(|plan| plan.steps.len()).min();
            let most = firm.rulebook.limits().plan_steps.max(fewest.unwrap_or(0));
            if plans.is_allowed_already() || most > deepest {
                continue;
            }
            let (mut ask, mut everybody, _) = firm.how_asked(&question).unwrap();
            assert!(firm.narrowed(&mut ask, &mut everybody).is_ok());
            let relevant = ask.relevant;
            let mut asked = vec![number(&question.user)];
            asked.extend(question.target.as_deref().map(number));
            let start = house.reached(firm.clone());
            let mut slow = Slow {
                relevant,
                house: &mut house,
                question: &question,
                asked,
                most,
                sets: BTreeMap::new(),
                stand_ins: BTreeSet::new(),
            };
            let way = Way {
                instead: Some((Rc::clone(&start), Lines::new(), BTreeSet::new())),
                now: start,
                done: Lines::new(),
                touched: BTreeSet::new(),
                is_listed: true,
                keys: vec![slow.key(firm)],
            };
            slow.go(&way);
            let found = compare_list(&slow, &plans.plans);
            for steps in found {
                *plan_counts.entry(steps).or_default() += 1;
            }
        }
    }
    plan_counts
}

fn compare_list(slow: &Slow<'_, '_>, plans: &[Plan]) -> Vec<usize> {
    let question = slow.question;
    let done: HashSet<&Lines> = slow.sets.keys().map(|set| &set.0).collect();
    let is_smallest = |set: &&Set| !parts(&set.0).iter().any(|part| done.contains(part));
    let smallest: BTreeSet<&Set> = slow.sets.keys().filter(is_smallest).collect();
    let renamings = slow.renamings();
    // People reported as alike are alike: what is possible with one is possible with the other.
    for set in &smallest {
        for names in &renamings {
            assert!(
                smallest.contains(&renamed(set, names)),
                "{question:?}: {set:?}"
            );
        }
    }
    let orbit = |set: &Set| {
        renamings
            .iter()
            .map(|names| renamed(set, names))
            .min()
            .unwrap()
    };
    let expected: BTreeSet<Set> = smallest
        .iter()
        .filter(|set| slow.sets[**set])
        .map(|set| orbit(set))
        .collect();
    let mut listed: Vec<Set> = plans.iter().map(|plan| orbit(&slow.set_of(plan))).collect();
    listed.sort_unstable();
    assert_eq!(
        listed,
        expected.into_iter().collect::<Vec<_>>(),
        "{question:?}"
    );
    // Every set that is not listed is listed with other people, or has a sufficient part.
    let known: HashSet<Lines> = listed
        .iter()
        .flat_map(|set| renamings.iter().map(|names| renamed_lines(&set.0, names)))
        .collect();
    for (set, instead) in &slow.stand_ins {
        if !smallest.contains(set) {
            continue;
        }
        match instead {
            Some(instead) => {
                let all = instead;
                let is_known =
                    known.contains(all) || parts(all).iter().any(|part| known.contains(part));
                assert!(is_known, "{question:?}: {set:?} is nowhere");
            }
            None => assert!(listed.iter().any(|plan| plan.0.len() < set.0.len())),
        }
    }
    listed.iter().map(|set| set.0.len()).collect()
}

/// The rules of a text, with a limit that lists every plan of up to this many changes.
fn with_all_plans(name: &str, text: &str, plan_steps: usize) -> Rulebook {
    let limits = Limits {
        plans: 100_000,
        plan_steps,
        ..Limits::DEFAULT
    };
    Loader::new()
        .limits(&limits)
        .rulebook_from_texts([(name, text)])
        .unwrap()
}
