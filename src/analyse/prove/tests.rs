//! Compares proofs with brute force: every firm of a few people, asked and changed through the public API.

use std::collections::BTreeSet;
use std::fmt::Write;

use pretty_assertions::assert_eq;
use serde_json::Value;

use super::{Counterexample, ProofStep, PropertyResult};
use crate::tests::dice::Dice;
use crate::{Bulk, Change, Firm, Limits, Loader, Properties, Question, Rulebook, Seat, User};

mod large;
mod smallest;

const HEAD: &str = "
product: door
title: Door
document: {title: House rules, sections: {doors: Doors and keys}}
roles:
  guest: {title: Guest, basis: stated, section: doors}
  keeper:
    title: Keeper
    basis: stated
    section: doors
    brings:
      - roles: guest
        when: is_open
  owner:
    title: Owner
    basis: stated
    section: doors
    brings:
      - roles: keeper
    holders: {count: exactly one, enabled: true}
    moves_by: pass_on
settings:
  hours: {title: When they come, values: [day, night], default: day, basis: stated, section: doors}
readings:
  is_open: {question: Do keepers count as guests?, default: true, section: doors}
grounds:
  user_disabled: {because: Disabled, basis: inferred, section: doors}
  user_has_no_seat: {because: No key, basis: inferred, section: doors}
  target_has_no_seat: {because: No key, basis: inferred, section: doors}
refusals:
  not_oneself:
    when: same_user
    because: Not oneself
  not_the_owner:
    when: target.owner
    because: Not the owner
  not_at_night:
    when: target.hours == \"night\"
    because: Not at night
  not_the_last_word:
    when: \"!user.guest\"
    because: Guests only
actions:
  - group: Doors
    basis: stated
    section: doors
    actions:
      open: {title: Open, allow: keeper}
      ring: {title: Ring, allow: [guest, owner]}
      knock: {title: Knock, allow: {holds: guest}}
      lock:
        title: Lock
        allow: everyone
        when: user.guest && user.keeper
        because: Takes both
      watch:
        title: Watch
        allow: guest
        when: user.hours == \"night\" || is_open
        because: Takes the night
      air:
        title: Air
        facts:
          weather: {values: [sun, rain]}
        allow: everyone
        when: weather == \"sun\" || user.owner
        because: It rains
      show_out:
        title: Show out
        target: user
        allow: keeper
        unless: [not_the_owner]
      greet:
        title: Greet
        target: user
        allow: guest
        unless: [not_oneself, not_at_night]
";

const TAIL: &str = "
  set_hours:
    title: Set the hours
    section: doors
    basis: stated
    takes:
      setting: [hours]
      value: a value of setting
    allow: keeper
    does:
      - set: setting
        of: target
        to: value
  pass_on:
    title: Pass the house on
    section: doors
    basis: stated
    allow: owner
    does:
      - take: owner
        from: user
      - give: owner
        to: target
bulk:
  title: Many at once
  of: [grant, revoke]
  section: doors
  basis: stated
  all_or_nothing: {basis: inferred}
  contradiction: {rule: parts_contradict, because: Opposites, basis: inferred}
";

const EFFECTS: [&str; 4] = [
    "",
    "
effects:
  a_key_comes_back:
    title: A key comes back
    after: revoke
    when: role == \"guest\"
    basis: stated
    section: doors
    does:
      - take: keeper
        from: user
",
    "
effects:
  the_owner_is_a_guest:
    title: The owner is a guest from now on
    after: grant
    when: role == \"keeper\"
    basis: stated
    section: doors
    does:
      - give: guest
        to: holder of owner
",
    "
effects:
  a_hand_washes_the_other:
    title: Whoever takes a key gets one
    after: revoke
    basis: stated
    section: doors
    does:
      - give: keeper
        to: user
",
];

/// Random rules of several kinds.
fn rules(dice: &mut Dice) -> String {
    let mut rules = format!("{HEAD}changes:");
    for (id, does) in [
        ("grant", "- give: role\n        to: target"),
        ("revoke", "- take: role\n        from: target"),
    ] {
        let allow = dice.one(&["keeper", "owner", "everyone", "[guest, owner]"]);
        let unless = dice.some(
            &[
                "not_oneself",
                "not_the_owner",
                "not_at_night",
                "not_the_last_word",
            ],
            3,
        );
        let unless = match unless.as_slice() {
            [] => String::new(),
            some => format!("\n    unless: [{}]", some.join(", ")),
        };
        write!(
            rules,
            "\n  {id}:\n    title: {id}\n    section: doors\n    basis: stated\n    takes:\n      role: [guest, keeper]\n    \
             allow: {allow}{unless}\n    does:\n      {does}"
        )
        .unwrap();
    }
    rules + TAIL + dice.one(&EFFECTS)
}

/// Rules that keep a keeper in the house through every single change, but lose the last one by two changes made
/// together: one takes the other person's keys, and an effect of the other takes the maker's own.
fn together() -> String {
    let change = |id: &str, does: &str| {
        format!(
            "\n  {id}:\n    title: {id}\n    section: doors\n    basis: stated\n    takes:\n      role: [guest, keeper]\n    \
             allow: {{holds: keeper}}\n    unless: [not_oneself]\n    does:\n      {does}"
        )
    };
    let grant = change("grant", "- give: role\n        to: target");
    let revoke = change("revoke", "- take: role\n        from: target");
    format!(
        "{HEAD}changes:{grant}{revoke}{TAIL}
effects:
  a_key_comes_back:
    title: A key comes back
    after: revoke
    when: role == \"guest\" && target.keeper && !target.owner
    basis: stated
    section: doors
    does:
      - take: keeper
        from: user
"
    )
}

fn rulebook(rules: &str) -> Rulebook {
    Rulebook::from_texts([("door.yaml", rules)]).unwrap_or_else(|error| panic!("{error}\n{rules}"))
}

/// A person as in a firm file.
#[derive(Debug, Clone, PartialEq)]
struct Person {
    id: String,
    enabled: bool,
    roles: Vec<String>,
    hours: String,
}

/// A firm with its people as data.
struct FirmWithPeople {
    firm: Firm,
    people: Vec<Person>,
    is_open: bool,
}

fn read_people(firm: Firm) -> FirmWithPeople {
    let json = serde_json::to_value(&firm).unwrap();
    let person = |user: &Value| Person {
        id: user["id"].as_str().unwrap().to_owned(),
        enabled: user["enabled"].as_bool().unwrap_or(true),
        roles: user["door"]["roles"]
            .as_array()
            .map_or_else(Vec::new, |roles| {
                roles
                    .iter()
                    .map(|role| role.as_str().unwrap().to_owned())
                    .collect()
            }),
        hours: user["door"]["hours"].as_str().unwrap_or("day").to_owned(),
    };
    let people = json["users"]
        .as_array()
        .unwrap()
        .iter()
        .map(person)
        .collect();
    let is_open = json["readings"]["door"]["is_open"]
        .as_bool()
        .unwrap_or(true);
    FirmWithPeople {
        firm,
        people,
        is_open,
    }
}

impl FirmWithPeople {
    /// Whether a person holds a role or one that brings it, computed independently.
    fn has(&self, person: &Person, role: &str) -> bool {
        let holds = |role: &str| person.roles.iter().any(|held| held == role);
        let keeper = holds("keeper") || holds("owner");
        match role {
            "owner" => holds("owner"),
            "keeper" => keeper,
            _ => holds("guest") || keeper && self.is_open,
        }
    }

    fn count(&self, role: &str, enabled: bool) -> usize {
        let holds = |person: &&Person| person.roles.iter().any(|held| held == role);
        self.people
            .iter()
            .filter(holds)
            .filter(|person| person.enabled || !enabled)
            .count()
    }
}

/// Firms of up to four people with every relevant choice. `settings` adds the settings.
fn firms(rulebook: &Rulebook, settings: bool, second: bool) -> Vec<FirmWithPeople> {
    let hours: &[&str] = if settings {
        &["day", "night"]
    } else {
        &["day"]
    };
    let sets: [&[&str]; 4] = [&[], &["guest"], &["keeper"], &["guest", "keeper"]];
    let kinds = |enabled: &[bool]| {
        let mut kinds = Vec::new();
        for enabled in enabled {
            for set in sets {
                kinds.extend(hours.iter().map(|hours| (*enabled, set, *hours)));
            }
        }
        kinds
    };
    let user = |id: &str, (enabled, roles, hours): (bool, &[&str], &str), owner: bool| {
        let seat = roles
            .iter()
            .fold(Seat::new("door"), |seat, role| seat.role(*role));
        let seat = if owner { seat.role("owner") } else { seat };
        let user = User::new(id).seat(seat.setting("hours", hours));
        if enabled { user } else { user.disabled() }
    };
    let seconds = if second {
        kinds(&[true])
    } else {
        vec![(true, sets[0], "day")]
    };
    let mut firms = Vec::new();
    for one in kinds(&[true]) {
        for other in kinds(&[true, false]) {
            for third in &seconds {
                for owner in 0..4 {
                    let people = [
                        user("user", one, owner == 0),
                        user("target", other, owner == 1),
                        user("second", *third, owner == 2),
                    ];
                    let holder = (true, sets[usize::from(settings) * 2], "day");
                    let holder = (owner == 3).then(|| user("holder", holder, true));
                    let Ok(firm) =
                        Firm::of_users(rulebook, "Made up", people.into_iter().chain(holder))
                    else {
                        continue;
                    };
                    let closed = firm.with_reading(None, "is_open", false).unwrap();
                    firms.extend([read_people(firm), read_people(closed)]);
                }
            }
        }
    }
    firms
}

/// A property over decisions, as a test writes it.
#[derive(Debug, Default)]
struct Promise {
    user: Traits,
    can: Vec<&'static str>,
    cannot: Vec<&'static str>,
    makes: Vec<&'static str>,
    on: Option<&'static str>,
    target: Traits,
    nobody: bool,
    then: Traits,
    then_can: Vec<&'static str>,
    then_cannot: Vec<&'static str>,
    then_target: Traits,
}

#[derive(Debug, Default)]
struct Traits {
    holds: Vec<&'static str>,
    lacks: Vec<&'static str>,
    with: Vec<(&'static str, &'static str)>,
}

const ROLES: [&str; 3] = ["guest", "keeper", "owner"];
const ACTIONS: [&str; 8] = [
    "open", "ring", "knock", "lock", "watch", "air", "show_out", "greet",
];
const ON_TARGET: [&str; 2] = ["show_out", "greet"];

impl Traits {
    fn random(dice: &mut Dice, given: &[(&'static str, &'static str)]) -> Self {
        let holds = dice.some(&ROLES, 5);
        let lacks = dice.some(&ROLES, 5);
        Self {
            lacks: lacks
                .into_iter()
                .filter(|role| !holds.contains(role))
                .collect(),
            holds,
            with: dice.some(given, 5),
        }
    }

    fn is_empty(&self) -> bool {
        self.holds.is_empty() && self.lacks.is_empty() && self.with.is_empty()
    }

    fn keys(&self) -> Vec<String> {
        let list = |key: &str, names: &[&str]| {
            (!names.is_empty()).then(|| format!("{key}: [{}]", names.join(", ")))
        };
        let with: Vec<String> = self
            .with
            .iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        let with = (!with.is_empty()).then(|| format!("with: {{{}}}", with.join(", ")));
        [list("holds", &self.holds), list("lacks", &self.lacks), with]
            .into_iter()
            .flatten()
            .collect()
    }

    fn are_of(&self, sample: &FirmWithPeople, person: &Person, weather: &str) -> bool {
        let with = |(name, value): &(&str, &str)| match *name {
            "hours" => person.hours == *value,
            "is_open" => sample.is_open.to_string() == *value,
            _ => weather == *value,
        };
        self.holds.iter().all(|role| sample.has(person, role))
            && !self.lacks.iter().any(|role| sample.has(person, role))
            && self.with.iter().all(with)
    }
}

impl Promise {
    fn random(dice: &mut Dice) -> Self {
        let given = [
            dice.one(&[("hours", "day"), ("hours", "night")]),
            dice.one(&[("is_open", "true"), ("is_open", "false")]),
            dice.one(&[("weather", "sun"), ("weather", "rain")]),
        ];
        let of_target = [dice.one(&[("hours", "day"), ("hours", "night")])];
        let mut promise = Self {
            user: Traits::random(dice, &given),
            can: dice.some(&ACTIONS, 6),
            nobody: dice.roll(5) == 0,
            then: Traits::random(dice, &given),
            then_can: dice.some(&ACTIONS, 12),
            ..Self::default()
        };
        let others = |dice: &mut Dice, not: &[&str]| {
            let some = dice.some(&ACTIONS, 12).into_iter();
            some.filter(|action| !not.contains(action))
                .collect::<Vec<_>>()
        };
        promise.cannot = others(dice, &promise.can);
        promise.then_cannot = others(dice, &promise.then_can);
        promise.makes = dice.some(&["grant", "revoke", "set_hours", "pass_on"], 8);
        if promise.nobody {
            (promise.then, promise.then_can, promise.then_cannot) = Default::default();
        }
        if promise.has_target() {
            promise.on = dice.one(&[None, Some("others"), Some("self"), Some("anyone")]);
            promise.target = Traits::random(dice, &of_target);
            if !promise.nobody {
                promise.then_target = Traits::random(dice, &of_target);
            }
        }
        promise
    }

    fn has_target(&self) -> bool {
        let mut all = [&self.can, &self.cannot, &self.then_can, &self.then_cannot]
            .into_iter()
            .flatten();
        !self.makes.is_empty() || all.any(|action| ON_TARGET.contains(action))
    }

    fn says_something(&self) -> bool {
        let premise = !self.user.is_empty() || !self.can.is_empty() || !self.cannot.is_empty();
        let premise = premise || !self.makes.is_empty() || !self.target.is_empty();
        let conclusion =
            !self.then.is_empty() || !self.then_can.is_empty() || !self.then_cannot.is_empty();
        if self.nobody {
            premise
        } else {
            (premise || self.on.is_none()) && (conclusion || !self.then_target.is_empty())
        }
    }

    fn yaml(&self) -> String {
        let list = |key: &str, names: &[&str]| {
            (!names.is_empty()).then(|| format!("{key}: [{}]", names.join(", ")))
        };
        let target = |traits: &Traits| {
            (!traits.is_empty()).then(|| format!("target: {{{}}}", traits.keys().join(", ")))
        };
        let mut premise = self.user.keys();
        premise.extend(
            [
                list("can", &self.can),
                list("cannot", &self.cannot),
                list("makes", &self.makes),
            ]
            .into_iter()
            .flatten(),
        );
        premise.extend(self.on.map(|on| format!("on: {on}")));
        premise.extend(target(&self.target));
        let key = if self.nobody { "nobody" } else { "whoever" };
        let mut lines = vec!["title: A promise".to_owned()];
        if !premise.is_empty() {
            lines.push(format!("{key}: {{{}}}", premise.join(", ")));
        }
        lines.extend(self.then.keys());
        lines.extend(
            [
                list("can", &self.then_can),
                list("cannot", &self.then_cannot),
            ]
            .into_iter()
            .flatten(),
        );
        lines.extend(target(&self.then_target));
        lines.iter().map(|line| format!("    {line}\n")).collect()
    }

    /// Whether a firm breaks it with this person as the user.
    fn is_broken_by(&self, sample: &FirmWithPeople, user: &Person) -> bool {
        self.is_so_of(sample, user, true)
    }

    /// Whether its premise applies to this person as the user.
    fn is_about(&self, sample: &FirmWithPeople, user: &Person) -> bool {
        self.is_so_of(sample, user, false)
    }

    fn is_so_of(&self, sample: &FirmWithPeople, user: &Person, broken: bool) -> bool {
        if !user.enabled {
            return false;
        }
        let targets: Vec<&Person> = match (self.has_target(), self.on) {
            (false, _) | (true, Some("self")) => vec![user],
            (true, Some("others")) => sample
                .people
                .iter()
                .filter(|person| person.id != user.id)
                .collect(),
            _ => sample.people.iter().collect(),
        };
        let case = |target: &Person, weather: &str| {
            let may = |action: &&str| {
                let mut question = Question::new(user.id.as_str(), *action);
                if ON_TARGET.contains(action) {
                    question = question.target(target.id.as_str());
                }
                if *action == "air" {
                    question = question.fact("weather", weather.to_owned());
                }
                sample.firm.answer(&question).unwrap().is_allowed()
            };
            let makes = |change: &&str| {
                let mut changes = changes(&user.id, &target.id).into_iter();
                changes.any(|one| {
                    one.change == *change && sample.firm.judge(&one).unwrap().is_accepted()
                })
            };
            let any = |list: &[&'static str], is: &dyn Fn(&&str) -> bool| {
                list.is_empty() || list.iter().any(is)
            };
            let premise = self.user.are_of(sample, user, weather)
                && any(&self.can, &may)
                && any(&self.cannot, &|action| !may(action))
                && any(&self.makes, &makes)
                && (!self.has_target() || self.target.are_of(sample, target, weather));
            let conclusion = || {
                self.then.are_of(sample, user, weather)
                    && self.then_can.iter().all(&may)
                    && !self.then_cannot.iter().any(&may)
                    && (!self.has_target() || self.then_target.are_of(sample, target, weather))
            };
            premise && (!broken || self.nobody || !conclusion())
        };
        targets
            .iter()
            .any(|target| ["sun", "rain"].iter().any(|weather| case(target, weather)))
    }
}

/// Every change that one person can ask for about another.
fn changes(user: &str, target: &str) -> Vec<Change> {
    let mut all = vec![Change::new(user, "pass_on").target(target)];
    for value in ["day", "night"] {
        all.push(
            Change::new(user, "set_hours")
                .setting("hours", value)
                .target(target),
        );
    }
    all.extend(grants(user, target));
    all
}

fn grants(user: &str, target: &str) -> Vec<Change> {
    let mut all = Vec::new();
    for change in ["grant", "revoke"] {
        for role in ["guest", "keeper"] {
            all.push(Change::new(user, change).role(role).target(target));
        }
    }
    all
}

fn prove(rulebook: &Rulebook, properties: &str) -> Vec<PropertyResult> {
    let text = format!("product: door\nproperties:\n{properties}");
    let properties = Properties::from_text(rulebook, "mine.yaml", &text);
    let properties = properties.unwrap_or_else(|error| panic!("{error}\n{text}"));
    rulebook
        .prove_only(&properties)
        .unwrap()
        .properties
        .to_vec()
}

/// The firm of a counterexample, read from its own text.
fn reread(rulebook: &Rulebook, counterexample: &Counterexample) -> FirmWithPeople {
    let text = &counterexample.firm;
    read_people(
        Firm::from_text(rulebook, "firm.yaml", text)
            .unwrap_or_else(|error| panic!("{error}\n{text}")),
    )
}

#[test]
fn properties_over_decisions_hold_exactly_where_no_firm_breaks_them() {
    let mut dice = Dice(7);
    let (mut held, mut broken, mut vacuous) = (0, 0, 0);
    for _ in 0..4 {
        let rulebook = rulebook(&rules(&mut dice));
        let firms = firms(&rulebook, true, false);
        assert!(firms.len() > 500, "{}", firms.len());
        let promises = std::iter::repeat_with(|| Promise::random(&mut dice));
        let promises: Vec<Promise> = promises.filter(Promise::says_something).take(40).collect();
        let texts = (0..)
            .zip(&promises)
            .map(|(number, promise)| format!("  p{number}:\n{}", promise.yaml()));
        let proven = prove(&rulebook, &texts.collect::<String>());
        for (promise, proven) in promises.iter().zip(&proven) {
            let breaks = |sample: &&FirmWithPeople| {
                sample
                    .people
                    .iter()
                    .any(|user| promise.is_broken_by(sample, user))
            };
            let by_hand = firms.iter().find(breaks);
            let yaml = promise.yaml();
            assert_eq!(
                proven.holds,
                Some(by_hand.is_none()),
                "{yaml}{}",
                by_hand.map_or_else(String::new, |sample| sample.firm.to_yaml())
            );
            match &proven.counterexample {
                None => {
                    held += 1;
                    let is_about = |sample: &FirmWithPeople| {
                        let mut people = sample.people.iter();
                        people.any(|user| promise.is_about(sample, user))
                    };
                    let of_nothing = !promise.nobody && !firms.iter().any(is_about);
                    vacuous += usize::from(of_nothing);
                    assert_eq!(proven.vacuous, of_nothing, "{yaml}");
                }
                Some(counterexample) => {
                    broken += 1;
                    assert!(!proven.vacuous, "{yaml}");
                    let sample = reread(&rulebook, counterexample);
                    assert!(
                        promise.is_broken_by(&sample, &sample.people[0]),
                        "{yaml}{}",
                        sample.firm.to_yaml()
                    );
                    for step in &counterexample.steps {
                        assert!(step.judge(&sample.firm).unwrap().is_accepted());
                    }
                    assert!(counterexample.steps.len() <= usize::from(!promise.makes.is_empty()));
                }
            }
        }
    }
    assert!(
        held > 10 && broken > 50 && vacuous > 3,
        "{held} held, {vacuous} of them of nothing, {broken} broken"
    );
}

/// A person's permissions, as texts.
fn allowed(sample: &FirmWithPeople) -> BTreeSet<String> {
    let mut allowed = BTreeSet::new();
    for action in ACTIONS {
        let targets: Vec<Option<&str>> = if ON_TARGET.contains(&action) {
            sample
                .people
                .iter()
                .map(|person| Some(person.id.as_str()))
                .collect()
        } else {
            vec![None]
        };
        for target in targets {
            for weather in ["sun", "rain"] {
                let mut question = Question::new("user", action);
                if let Some(target) = target {
                    question = question.target(target);
                }
                if action == "air" {
                    question = question.fact("weather", weather);
                }
                if sample.firm.answer(&question).unwrap().is_allowed() {
                    allowed.insert(format!(
                        "{action} {target:?} {}",
                        if action == "air" { weather } else { "" }
                    ));
                }
            }
        }
    }
    allowed
}

/// What some step breaks in some firm: for one change and for two made together.
#[derive(Default)]
struct Broken {
    always: [BTreeSet<String>; 2],
    alone: [bool; 2],
}

/// A number of holders in words, and a check for that number.
type Holding = (&'static str, fn(usize) -> bool);

const HOLDINGS: [Holding; 3] = [
    ("exactly one", |n| n == 1),
    ("at least one", |n| n >= 1),
    ("at most one", |n| n <= 1),
];

fn key(role: &str, holding: &str, enabled: bool) -> String {
    format!("{role}_{}_{enabled}", holding.replace(' ', "_"))
}

fn try_all(firms: &[FirmWithPeople]) -> Broken {
    let mut broken = Broken::default();
    for sample in firms {
        let before = allowed(sample);
        let judged = |change: &Change| sample.firm.judge(change).unwrap();
        let mut accepted = Vec::new();
        let mut after = Vec::new();
        for target in &sample.people {
            for change in changes("user", &target.id) {
                let verdict = judged(&change);
                if verdict.is_accepted() && !verdict.altered().is_empty() {
                    after.push((0, sample.firm.after(&verdict).unwrap()));
                    accepted.extend(
                        ["grant", "revoke"]
                            .contains(&change.change.as_str())
                            .then_some(change),
                    );
                }
            }
        }
        for (number, one) in accepted.iter().enumerate() {
            for other in &accepted[..number] {
                for parts in [[one, other], [other, one]] {
                    let bulk = parts
                        .into_iter()
                        .fold(Bulk::new("user"), |bulk, part| bulk.part(part.clone()));
                    let verdict = sample.firm.judge_bulk(&bulk).unwrap();
                    if verdict.is_accepted() {
                        after.push((1, sample.firm.after(&verdict).unwrap()));
                    }
                }
            }
        }
        for (kind, after) in after {
            let after = read_people(after);
            broken.alone[kind] |= !allowed(&after).is_subset(&before);
            for role in ROLES {
                for enabled in [false, true] {
                    for (holding, permits) in HOLDINGS {
                        if permits(sample.count(role, enabled))
                            && !permits(after.count(role, enabled))
                        {
                            broken.always[kind].insert(key(role, holding, enabled));
                        }
                    }
                }
            }
        }
    }
    broken
}

#[test]
fn properties_over_sequences_hold_exactly_where_no_step_in_any_firm_breaks_them() {
    let mut dice = Dice(11);
    let mut properties = String::from("  alone:\n    title: Alone\n    alone: gains nothing\n");
    for role in ROLES {
        for (holding, _) in HOLDINGS {
            for enabled in [false, true] {
                let name = key(role, holding, enabled);
                writeln!(properties, "  {name}:\n    title: Always\n    always: {{role: {role}, holders: {holding}, enabled: {enabled}}}").unwrap();
            }
        }
    }
    let (mut held, mut by_one, mut by_two) = (0, 0, 0);
    let mut all: Vec<String> = std::iter::repeat_with(|| rules(&mut dice))
        .take(3)
        .collect();
    all.push(together());
    for rules in all {
        let rulebook = rulebook(&rules);
        let broken = try_all(&firms(&rulebook, false, true));
        for proven in prove(&rulebook, &properties) {
            let name = &*proven.name;
            let by = |kind: usize| match name {
                "alone" => broken.alone[kind],
                _ => broken.always[kind].contains(name),
            };
            let found = by(0) || by(1);
            assert_eq!(proven.holds, Some(!found), "{name}\n{rules}");
            let Some(counterexample) = &proven.counterexample else {
                held += 1;
                continue;
            };
            let [step] = &*counterexample.steps else {
                panic!("{name}: {} steps", counterexample.steps.len());
            };
            // One change is smaller than a bulk change.
            assert_eq!(
                matches!(step, ProofStep::Change(_)),
                by(0),
                "{name}\n{rules}"
            );
            by_one += usize::from(by(0));
            by_two += usize::from(!by(0));
            let before = reread(&rulebook, counterexample);
            let verdict = step.judge(&before.firm).unwrap();
            assert!(verdict.is_accepted(), "{name}\n{rules}");
            let after = read_people(before.firm.after(&verdict).unwrap());
            if name == "alone" {
                assert!(!allowed(&after).is_subset(&allowed(&before)), "{rules}");
                let ([asked], [then]) = (&*counterexample.asked, &*counterexample.asked_after)
                else {
                    panic!("{name}: asked before and after");
                };
                assert!(!asked.is_allowed() && then.is_allowed());
                assert!(!before.firm.answer(&asked.question).unwrap().is_allowed());
                assert!(after.firm.answer(&then.question).unwrap().is_allowed());
                continue;
            }
            let role = ROLES
                .into_iter()
                .find(|role| name.starts_with(role))
                .unwrap();
            let enabled = name.ends_with("true");
            let (_, permits) = HOLDINGS
                .into_iter()
                .find(|(holding, _)| key(role, holding, enabled) == name)
                .unwrap();
            assert!(permits(before.count(role, enabled)) && !permits(after.count(role, enabled)));
        }
    }
    assert!(
        held > 20 && by_one > 20 && by_two > 0,
        "{held} held, {by_one} broken by one, {by_two} by two"
    );
}

/// Two properties, the first of which takes more states than the second.
const TWO: &str = "properties:\n  open_means_guest:\n    title: Guests\n    whoever: {can: [watch, open]}\n    holds: guest\n    basis: stated\n    section: doors\n  all_open:\n    title: Everybody opens\n    can: open\n    basis: stated\n    section: doors\n";

#[test]
fn what_is_cut_off_is_not_decided_and_the_others_are_proven_all_the_same() {
    let rules = rules(&mut Dice(7)) + TWO;
    let load = |limits: &Limits| {
        Loader::new()
            .limits(limits)
            .rulebook_from_texts([("door.yaml", rules.as_str())])
            .unwrap()
    };
    let few = load(&Limits {
        proof_states: 3,
        ..Limits::DEFAULT
    });
    let proof = few.prove();
    let [guests, all] = &*proof.properties else {
        panic!("two properties");
    };
    assert!(!guests.is_proven() && !guests.is_broken() && !proof.holds());
    assert_eq!((guests.states, all.is_broken()), (3, true));
    let why = guests.undecided.as_ref().unwrap();
    assert_eq!(why.code, "property-not-decided");
    assert_eq!(
        why.message,
        "the property `open_means_guest` of Door is not decided: the search was cut off after 3 states"
    );
    assert!(
        why.help
            .as_ref()
            .unwrap()
            .contains("`--states` and `--time`")
    );
    let json = serde_json::to_value(guests).unwrap();
    assert_eq!(json["holds"], Value::Null);
    assert_eq!(json["undecided"]["code"], "property-not-decided");
    assert_eq!(
        json["cut_off"],
        serde_json::json!({"by": "states", "limit": 3, "states": 3})
    );
    let findings = few.check_properties();
    let messages = findings
        .iter()
        .map(|finding| (finding.code(), finding.severity()));
    let expected = [
        (
            &crate::codes::PROPERTY_NOT_DECIDED,
            crate::Severity::Warning,
        ),
        (&crate::codes::PROPERTY_BROKEN, crate::Severity::Error),
    ];
    assert_eq!(messages.collect::<Vec<_>>(), expected);
    let proof = load(&Limits::DEFAULT).prove();
    assert!(
        proof
            .properties
            .iter()
            .all(|property| property.undecided.is_none())
    );
}

/// Without time, nothing is decided and the search stops.
#[test]
fn no_property_goes_on_when_its_time_is_over() {
    let limits = Limits {
        search_time: std::time::Duration::ZERO,
        ..Limits::DEFAULT
    };
    let rulebook = Loader::new()
        .limits(&limits)
        .rulebook_from_folder("rules")
        .unwrap();
    let proof = rulebook.prove();
    for property in &proof.properties {
        let by = property.cut_off.unwrap().by;
        assert_eq!(
            by,
            crate::SearchBound::Time {
                seconds: std::time::Duration::ZERO
            }
        );
        assert!(property.undecided.is_some() && property.states == 0);
    }
    assert_eq!(proof.properties.len(), 19);
}

#[test]
fn a_property_of_nothing_is_warned_of_at_its_place() {
    let rules = rules(&mut Dice(7))
        + "properties:\n  strangers_open:\n    title: Strangers who hold the house open it\n    whoever: {holds: owner, lacks: keeper}\n    can: open\n    basis: stated\n    section: doors\n";
    let rulebook = rulebook(&rules);
    let findings = rulebook.check_properties();
    let finding = findings.iter().next().unwrap();
    assert_eq!(finding.code().name(), "property-vacuous");
    assert_eq!(finding.severity(), crate::Severity::Warning);
    assert_eq!(
        finding.message(),
        "the property `strangers_open` of Door holds of nothing: nobody can be so: user holds owner and lacks keeper"
    );
    assert_eq!(
        finding.help(),
        Some("correct whom or what it speaks about, or remove the property")
    );
    let place = finding.place().unwrap();
    assert_eq!(place.source().slice(place.span()), "strangers_open");
    assert_eq!(findings.iter().count(), 1);
}

#[test]
fn properties_over_changes_that_nobody_can_make_are_of_nothing() {
    let (changes, _) = TAIL.split_once("bulk:").unwrap();
    let never = changes.replace(
        "allow: keeper",
        "allow: keeper\n    unless: [not_oneself, not_others]",
    );
    let refusals = HEAD.replace(
        "actions:\n  - group",
        "  not_others:\n    when: \"!same_user\"\n    because: Not others\nactions:\n  - group",
    );
    let properties = "  hours:\n    title: T\n    whoever: {makes: set_hours}\n    holds: keeper\n  \
         house:\n    title: T\n    whoever: {makes: [set_hours, pass_on]}\n    holds: owner\n  \
         guests:\n    title: T\n    always: {role: guest, holders: at most one}\n  \
         owners:\n    title: T\n    always: {role: owner, holders: at most one}\n  \
         alone:\n    title: T\n    alone: gains nothing\n";
    let vacuous = |rules: &str| {
        let proven = prove(&rulebook(rules), properties);
        let results = proven.iter().filter(|one| one.is_proven()).map(|one| {
            let because = one.because.as_deref().unwrap_or("-");
            format!("{}: {because}", one.name)
        });
        results.collect::<Vec<String>>()
    };
    assert_eq!(
        vacuous(&format!("{refusals}changes:{never}")),
        [
            "hours: nobody can be so: set_hours is accepted of user",
            "house: -",
            "guests: no change that is accepted alters who holds guest",
            "owners: -",
        ]
    );
    let nothing = HEAD.replace("    moves_by: pass_on\n", "");
    let properties = "  owners:\n    title: T\n    always: {role: owner, holders: at most one}\n  \
         alone:\n    title: T\n    alone: gains nothing\n";
    let rulebook = rulebook(&nothing);
    let proven = prove(&rulebook, properties);
    let because: Vec<Option<&str>> = proven.iter().map(|one| one.because.as_deref()).collect();
    assert_eq!(
        because,
        [
            Some("no change that is accepted alters who holds owner"),
            Some("no change that is accepted alters what an action looks at"),
        ]
    );
}

#[test]
fn nothing_that_is_shipped_is_promised_of_nothing() {
    let rulebook = Rulebook::builtin().unwrap();
    let proof = rulebook.prove();
    for proven in &proof.properties {
        assert!(
            !proven.vacuous && proven.because.is_none(),
            "{}",
            proven.name
        );
    }
    assert!(proof.properties.len() > 10);
    // Each is proven by a walk or an induction that takes time and checks something.
    for proven in &proof.properties {
        assert!(proven.states > 0 && !proven.took.0.is_zero());
    }
}

#[test]
fn a_broken_property_of_a_rule_file_is_a_finding_with_its_place() {
    let rules = rules(&mut Dice(7))
        + "properties:\n  all_open:\n    title: Everybody opens\n    can: open\n    basis: stated\n    section: doors\n";
    let rulebook = rulebook(&rules);
    let findings = rulebook.check_properties();
    let finding = findings.iter().next().unwrap();
    assert_eq!(finding.code().name(), "property-broken");
    assert_eq!(
        finding.message(),
        "the property `all_open` of Door does not hold: user may not open"
    );
    let place = finding.place().unwrap();
    assert_eq!(place.source().slice(place.span()), "all_open");
}

#[test]
fn a_file_of_properties_has_ids_of_its_own() {
    let rules = rules(&mut Dice(7))
        + "properties:\n  all_open:\n    title: Everybody opens\n    can: open\n    basis: stated\n    section: doors\n";
    let rulebook = rulebook(&rules);
    let read = |text: &str| Properties::from_text(&rulebook, "mine.yaml", text);
    let again = "product: door\nproperties: {all_open: {title: Again, can: open}}";
    let proof = rulebook.prove_only(&read(again).unwrap()).unwrap();
    let proven: Vec<&str> = proof.properties.iter().map(|it| &*it.title).collect();
    assert_eq!(proven, ["Again"]);
    let parts: String = ["One", "Two"]
        .map(|title| {
            format!("- product: door\n  properties: {{mine: {{title: {title}, can: open}}}}\n")
        })
        .concat();
    let refused = read(&parts).unwrap_err();
    let twice = refused.findings().iter().next().unwrap();
    assert_eq!(
        twice.to_string(),
        "mine.yaml:4:16: error[property-twice]: the property `mine` of Door is declared twice; give one of the two another id"
    );
    let first = &twice.labels()[0];
    assert_eq!(first.place.to_string(), "mine.yaml:2:16");
}

#[test]
fn properties_of_another_rulebook_are_not_proven() {
    let (one, other) = (
        rulebook(&rules(&mut Dice(7))),
        rulebook(&rules(&mut Dice(7))),
    );
    let properties = Properties::from_text(
        &one,
        "mine.yaml",
        "product: door\nproperties: {p: {title: P, can: open}}",
    )
    .unwrap();
    assert_eq!((properties.len(), properties.is_empty()), (1, false));
    assert!(one.prove_only(&properties).is_ok());
    assert_eq!(
        other.prove_only(&properties).unwrap_err().code(),
        &crate::codes::FOREIGN_HANDLE
    );
}

/// Every property of two shapes about the roles of another rulebook, compared with all possible people.
#[test]
fn properties_of_another_rulebook_hold_exactly_where_nobody_breaks_them() {
    const RECORDS: [(&str, &str); 2] = [
        (
            "records.yaml",
            include_str!("../../../tests/rulebooks/authzen/rules/records.yaml"),
        ),
        (
            "records.rhai",
            include_str!("../../../tests/rulebooks/authzen/rules/records.rhai"),
        ),
    ];
    let rulebook = Rulebook::from_texts(RECORDS).unwrap();
    let roles = ["owner", "reader", "admin"];
    let mut sample = Vec::new();
    for set in 0..8 {
        let held: Vec<&str> = (0..3)
            .filter(|n| set >> n & 1 == 1)
            .map(|n| roles[n])
            .collect();
        let seat = held
            .iter()
            .fold(Seat::new("records"), |seat, role| seat.role(*role));
        let firm = Firm::of_users(&rulebook, "One", [User::new("one").seat(seat)]).unwrap();
        for status in ["active", "archived"] {
            for soft in ["true", "false"] {
                let may = |action: &'static str| {
                    let question = Question::new("one", action);
                    let question = match action {
                        "write" => question.fact("status", status),
                        "delete" => question.fact("soft", soft),
                        _ => question,
                    };
                    firm.answer(&question).unwrap().is_allowed()
                };
                let can: Vec<&str> = ["read", "write", "delete"]
                    .into_iter()
                    .filter(|a| may(a))
                    .collect();
                sample.push((held.clone(), status, soft, can));
            }
        }
    }
    let (mut text, mut by_hand) = (String::from("product: records\nproperties:\n"), Vec::new());
    for action in ["read", "write", "delete"] {
        for role in roles {
            for status in ["active", "archived"] {
                for soft in ["true", "false"] {
                    let name = format!("{action}_{role}_{status}_{soft}");
                    let with = format!("with: {{status: {status}, soft: {soft}}}");
                    write!(
                        text,
                        "  a_{name}:\n    title: T\n    whoever: {{can: {action}, {with}}}\n    holds: {role}\n  \
                         b_{name}:\n    title: T\n    whoever: {{holds: {role}, {with}}}\n    can: {action}\n"
                    )
                    .unwrap();
                    let here = || {
                        sample
                            .iter()
                            .filter(|sample| (sample.1, sample.2) == (status, soft))
                    };
                    by_hand.push(
                        here()
                            .all(|sample| !sample.3.contains(&action) || sample.0.contains(&role)),
                    );
                    by_hand.push(
                        here()
                            .all(|sample| !sample.0.contains(&role) || sample.3.contains(&action)),
                    );
                }
            }
        }
    }
    let properties = Properties::from_text(&rulebook, "mine.yaml", &text).unwrap();
    let proof = rulebook.prove_only(&properties).unwrap();
    let held: Vec<bool> = proof
        .properties
        .iter()
        .map(PropertyResult::is_proven)
        .collect();
    assert_eq!(held, by_hand);
    assert!(held.iter().filter(|held| **held).count() > 10 && !proof.holds());
    for counterexample in proof
        .properties
        .iter()
        .filter_map(|property| property.counterexample.as_ref())
    {
        assert_eq!(
            (
                reread(&rulebook, counterexample).firm.users().count(),
                counterexample.steps.len()
            ),
            (1, 0)
        );
    }
}
