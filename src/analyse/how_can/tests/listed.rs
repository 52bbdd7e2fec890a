//! Compares the full list of plans with every sequence of changes that anybody can make in the whole firm.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use pretty_assertions::assert_eq;

use super::super::moves::RelevantInputs;
use super::super::people::ProfileWords;
use super::*;
use crate::Loader;
use crate::Plan;
use crate::tests::dice::Dice;

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

#[test]
fn all_plans_of_a_house_are_listed() {
    let firms: [&[(&str, &[&str])]; 3] = [
        &[
            ("ada", &["friend", "owner"]),
            ("ben", &["guest"]),
            ("cleo", &["friend", "porter"]),
        ],
        &[
            ("ada", &["guest", "owner"]),
            ("ben", &["guest"]),
            ("cleo", &["guest"]),
        ],
        &[
            ("ada", &["friend", "owner", "porter"]),
            ("ben", &["friend"]),
            ("cleo", &["friend"]),
        ],
    ];
    let mut all = BTreeMap::new();
    let rulebook = with_all_plans("house.yaml", HOUSE, 3);
    for people in firms {
        let people = people.iter().map(|(id, roles)| tenant(id, roles));
        for (steps, count) in compare_lists(&firm_of(&rulebook, people), 4) {
            *all.entry(steps).or_insert(0) += count;
        }
    }
    assert!((1..=4).all(|steps| all.contains_key(&steps)), "{all:?}");
}

#[test]
fn all_plans_of_four_tenants_are_listed_though_three_are_alike() {
    let rulebook = with_all_plans("house.yaml", HOUSE, 2);
    let people = [
        tenant("ada", &["friend", "owner", "porter"]),
        tenant("ben", &["guest"]),
        tenant("cleo", &["guest"]),
        tenant("dan", &["guest"]),
    ];
    let plan_counts = compare_lists(&firm_of(&rulebook, people), 3);
    assert!(plan_counts.keys().max() >= Some(&2), "{plan_counts:?}");
}

#[test]
fn all_plans_of_the_shipped_rules_are_listed() {
    let limits = Limits {
        plans: 100_000,
        ..Limits::DEFAULT
    };
    let rulebook = Loader::new().limits(&limits).builtin_rulebook().unwrap();
    let mut all = BTreeMap::new();
    for people in [
        vec![
            manage("olga", &["primary_subscriber"]),
            manage("ann", &["administrator"]),
            manage("pia", &[]),
            manage("pit", &[]),
        ],
        vec![
            grow("ada", "admin"),
            grow("ben", "normal"),
            grow("cleo", "normal"),
            grow("dan", "normal"),
            grow("eve", "admin"),
        ],
    ] {
        for (steps, count) in compare_lists(&firm_of(&rulebook, people), 2) {
            *all.entry(steps).or_insert(0) += count;
        }
    }
    assert!(all.contains_key(&1) && all.contains_key(&2), "{all:?}");
}

/// A climber climbs from rung to rung, alone or lifted by a helper, who is tired afterwards.
const LADDER: &str = "
product: ladder
title: Ladder
document: {title: Rules of the ladder, sections: {all: All of it}}
roles:
  helper: {title: Helper, basis: stated, section: all}
settings:
  rung: {title: Rung, values: [r0, r1, r2, r3, r4, r5], default: r0, basis: stated, section: all}
  tired: {title: Tired, values: [false, true], default: false, basis: stated, section: all}
grounds:
  user_disabled: {because: Gone, basis: stated, section: all}
  user_has_no_seat: {because: A stranger, basis: stated, section: all}
  target_has_no_seat: {because: A stranger, basis: stated, section: all}
refusals:
  helpers_stay_below:
    when: target.helper
    because: Helpers stay below
  only_oneself:
    when: \"!same_user\"
    because: Nobody climbs for others
  rung_by_rung:
    when: '!(target.rung == \"r0\" && value == \"r1\" || target.rung == \"r1\" && value == \"r2\" || target.rung == \"r2\" && value == \"r3\" || target.rung == \"r3\" && value == \"r4\" || target.rung == \"r4\" && value == \"r5\")'
    because: Rung by rung
actions:
  - group: All
    section: all
    basis: stated
    actions:
      look_out:
        title: Look out
        allow: everyone
        when: user.rung == \"r5\"
        because: From the top
changes:
  climb:
    title: Climb
    section: all
    basis: stated
    takes: {setting: [rung], value: a value of setting}
    allow: everyone
    unless: [only_oneself, helpers_stay_below, rung_by_rung]
    does:
      - set: setting
        of: target
        to: value
  lift:
    title: Lift
    section: all
    basis: stated
    takes: {setting: [rung], value: a value of setting}
    allow: helper
    when: \"!user.tired\"
    because: Tired
    unless: [helpers_stay_below, rung_by_rung]
    does:
      - set: setting
        of: target
        to: value
      - set: tired
        of: user
        to: true
";

/// A plan with more people who are alike than two changes could involve.
#[test]
fn plans_that_take_many_who_are_alike_are_listed() {
    let rulebook = with_all_plans("ladder.yaml", LADDER, 2);
    let seat = |id: String| User::new(id);
    let of = |rulebook: &Rulebook, helpers: usize| {
        let climber = seat("climber".to_owned()).seat(Seat::new("ladder"));
        let helpers = (1..=helpers)
            .map(|number| seat(format!("helper{number}")).seat(Seat::new("ladder").role("helper")));
        firm_of(rulebook, std::iter::once(climber).chain(helpers))
    };
    let question = Question::new("climber", "look_out");
    let plans = |helpers: usize| {
        let plans = of(&rulebook, helpers).how_can(&question).unwrap();
        let lifts = plans.plans.iter().map(|plan| {
            let steps = plan.by.iter();
            steps.filter(|step| step.line.starts_with("lift")).count()
        });
        let mut lifts: Vec<usize> = lifts.collect();
        lifts.sort_unstable();
        lifts
    };
    // Five rungs, some climbed and some lifted to. With four helpers, lifts alone are not enough.
    let of_four = [vec![0], vec![1; 5], vec![2; 10], vec![3; 10], vec![4; 5]].concat();
    assert_eq!(plans(4), of_four);
    let of_five = [of_four, vec![5]].concat();
    assert_eq!(plans(5), of_five);
    assert_eq!(plans(60), of_five);
    let boundless = with_all_plans("ladder.yaml", LADDER, usize::MAX);
    let endless = |helpers: usize| of(&boundless, helpers).how_can(&question).unwrap();
    assert_eq!(endless(5).plans.len(), of_five.len());
    for helpers in [2, 5] {
        let plan_counts = compare_lists(&of(&rulebook, helpers), 5);
        assert!(plan_counts[&5] > 10, "{plan_counts:?}");
    }
}

/// The number of rulebooks that are tried.
const CLUBS: usize = 20;

const CLUB: &str = "
product: club
title: Club
document: {title: Rules of the club, sections: {all: All of it}}
roles:
  a: {title: A, basis: stated, section: all}
  b: {title: B, basis: stated, section: all}
  c: {title: C, basis: stated, section: all}
grounds:
  user_disabled: {because: Gone, basis: stated, section: all}
  user_has_no_seat: {because: A stranger, basis: stated, section: all}
  target_has_no_seat: {because: A stranger, basis: stated, section: all}
refusals:
  not_oneself: {when: same_user, because: Not oneself}
  not_a: {when: target.a, because: Not A}
  not_b: {when: user.b, because: Not as B}
actions:
  - group: All
    section: all
    basis: stated
    actions:
      one: {title: One, allow: a}
      two:
        title: Two
        allow: everyone
        when: user.a && user.b
        because: Takes both
      three:
        title: Three
        allow: c
        when: \"!user.b\"
        because: Not as B
      four:
        title: Four
        target: user
        allow: c
        unless: [not_a]
changes:";

/// Random changes, many of which alter their own maker.
fn club(dice: &mut Dice) -> String {
    let mut text = CLUB.to_owned();
    for number in 0..3 {
        let takes_role = dice.roll(2) == 0;
        let head = "title: Change\n    section: all\n    basis: stated\n";
        text.push_str(&format!("\n  change{number}:\n    {head}"));
        if takes_role {
            let roles = dice.one(&["[a, b]", "[b, c]", "[a, c]"]);
            text.push_str(&format!("    takes: {{role: {roles}}}\n"));
        }
        let allow = dice.one(&["everyone", "a", "b", "c", "[a, c]"]);
        text.push_str(&format!("    allow: {allow}\n"));
        let unless = dice.one(&[
            "",
            "",
            "not_oneself",
            "not_a",
            "not_b",
            "not_oneself, not_a",
        ]);
        if !unless.is_empty() {
            text.push_str(&format!("    unless: [{unless}]\n"));
        }
        text.push_str("    does:");
        let first = if takes_role {
            "role"
        } else {
            dice.one(&["a", "b", "c"])
        };
        let side = dice.one(&["target", "target", "user"]);
        let (verb, word) = dice.one(&[("give", "to"), ("give", "to"), ("take", "from")]);
        text.push_str(&format!(
            "\n      - {verb}: {first}\n        {word}: {side}"
        ));
        for _ in 0..dice.roll(3) {
            let (role, side) = (
                dice.one(&["a", "b", "c"]),
                dice.one(&["target", "user", "user"]),
            );
            let (verb, word) = dice.one(&[("give", "to"), ("take", "from"), ("take", "from")]);
            text.push_str(&format!("\n      - {verb}: {role}\n        {word}: {side}"));
        }
    }
    if dice.roll(2) == 0 {
        let after = dice.one(&["change0", "change1", "change2"]);
        let when = dice.one(&["target.a", "user.b", "target.c && !same_user"]);
        let role = dice.one(&["a", "b", "c"]);
        let (verb, word) = dice.one(&[("give", "to"), ("take", "from")]);
        let side = dice.one(&["target", "user"]);
        text.push_str(&format!(
            "\neffects:\n  follows:\n    title: It follows\n    after: {after}\n    when: {when}\n    basis: stated\n    section: all\n    \
             does:\n      - {verb}: {role}\n        {word}: {side}"
        ));
    }
    text.push('\n');
    text
}

#[test]
fn all_plans_of_rules_by_chance_are_listed() {
    let mut dice = Dice(3);
    let mut all = BTreeMap::new();
    let mut loaded = 0;
    for _ in 0..CLUBS {
        let text = club(&mut dice);
        let sets: [&[&str]; 6] = [&[], &["a"], &["b"], &["c"], &["a", "b"], &["b", "c"]];
        let (some, others) = (dice.one(&sets), dice.one(&sets));
        let member = |id: &str, roles: &[&str]| {
            let seat = roles
                .iter()
                .fold(Seat::new("club"), |seat, role| seat.role(*role));
            User::new(id).seat(seat)
        };
        let people = [
            ("ada", dice.one(&sets)),
            ("ben", some),
            ("cleo", some),
            ("dan", others),
        ];
        let steps = if dice.roll(2) == 0 { 2 } else { 3 };
        let limits = Limits {
            plans: 100_000,
            plan_steps: steps,
            ..Limits::DEFAULT
        };
        // A meaningless clause is refused.
        let Ok(rulebook) = Loader::new()
            .limits(&limits)
            .rulebook_from_texts([("club.yaml", text.as_str())])
        else {
            continue;
        };
        loaded += 1;
        let people = people
            .iter()
            .take(6 - steps)
            .map(|(id, roles)| member(id, roles));
        for (steps, count) in compare_lists(&firm_of(&rulebook, people), 3) {
            *all.entry(steps).or_insert(0) += count;
        }
    }
    assert!(loaded > CLUBS / 2, "{loaded}");
    assert!((1..=3).all(|steps| all[&steps] > 10), "{all:?}");
}
