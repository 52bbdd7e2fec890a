//! Changes of lists, properties and groups, beside what a plain reading of the rule file says of them.

use std::collections::BTreeSet;

use pretty_assertions::assert_eq;

use super::model::{FirmModel, ListModel, ThingModel};
use super::{HUB, rulebook};
use crate::direct::Direct;
use crate::tests::dice::{Dice, cases};
use crate::{Bulk, Change, Firm};

/// What a plain reading says of a change: the rules that refuse it, or the effects that follow and the firm afterwards.
enum ModelVerdict {
    Refused(BTreeSet<&'static str>),
    Accepted(Vec<&'static str>, Box<FirmModel>),
}

impl FirmModel {
    fn names(&self) -> Vec<String> {
        let people = self.people.iter().map(|person| person.id.clone());
        let groups = self.groups.iter().map(|(id, _)| id.clone());
        people.chain(groups).collect()
    }

    fn thing(&self, kind: &str, id: &str) -> &ThingModel {
        let mut things = self.things[kind].iter();
        things.find(|thing| thing.id == *id).unwrap()
    }

    fn thing_mut(&mut self, kind: &'static str, id: &str) -> &mut ThingModel {
        let mut things = self.things.get_mut(kind).unwrap().iter_mut();
        things.find(|thing| thing.id == *id).unwrap()
    }

    /// Any change by anybody, by chance.
    pub(super) fn any_change(&self, dice: &mut Dice) -> Change {
        let names = self.names();
        let target = dice.one(&names.iter().collect::<Vec<_>>()).clone();
        let user = format!("u{}", dice.roll(7));
        let repository = format!("r{}", dice.roll(5));
        let group = format!("g{}", dice.roll(4));
        match dice.roll(8) {
            0 => Change::new(user, "share")
                .thing(repository)
                .list(dice.one(&["write", "read", "lead"]))
                .target(target),
            1 => Change::new(user, "unshare")
                .thing(repository)
                .list(dice.one(&["write", "read"]))
                .target(target),
            2 => Change::new(user, "keep_for")
                .thing(repository)
                .target(target),
            3 => Change::new(user, "open_up").thing(repository),
            4 => {
                let mut change = Change::new(user, "move").thing(repository);
                change.value = Some(dice.one(&["north", "south"]).into());
                change
            }
            5 => Change::new(user, "lock").thing(format!("i{}", dice.roll(5))),
            6 => Change::new(user, "join").group(group).target(target),
            _ => Change::new(user, "leave").group(group).target(target),
        }
    }

    /// Whether a change would put a group into itself.
    fn closes_circle(&self, change: &Change) -> bool {
        let (Some(group), Some(target)) = (&change.group, &change.target) else {
            return false;
        };
        let is_in = |names: &[String]| self.is_in(group, names);
        let members = self.groups.iter().find(|(id, _)| id == target);
        change.change == "join"
            && (group == target || members.is_some_and(|(_, members)| is_in(members)))
    }

    fn judge(&self, change: &Change) -> ModelVerdict {
        let refused = |rules: &[&'static str]| {
            ModelVerdict::Refused(rules.iter().copied().collect::<BTreeSet<_>>())
        };
        let user = &*change.user;
        let person = self.people.iter().find(|person| person.id == user).unwrap();
        if !person.enabled {
            return refused(&["user_disabled"]);
        }
        let Some((roles, office)) = &person.seat else {
            return refused(&["user_has_no_seat"]);
        };
        let target = change.target.as_deref().unwrap_or(user);
        let other = self.people.iter().find(|person| person.id == target);
        if other.is_some_and(|other| other.seat.is_none()) {
            return refused(&["target_has_no_seat"]);
        }
        let is_owner = roles.contains(&"owner");
        let repository = change.thing.as_deref().filter(|_| change.change != "lock");
        let repository = repository.map(|id| self.thing("repository", id));
        let issue = change.thing.as_deref().filter(|_| change.change == "lock");
        let issue = issue.map(|id| self.thing("issue", id));
        let whole = self.whole("repository", issue);
        let list = change.list.as_deref().unwrap_or_default();
        let value = change.value.as_ref().map_or("", |value| value.0.as_str());
        let word = |thing: Option<&ThingModel>, key, default: &str| {
            let word = thing.and_then(|thing| thing.words.get(key).cloned());
            word.unwrap_or_else(|| default.to_owned())
        };
        // A group that the user is in is about them as well.
        let is_same = change.target.is_some() && self.is_in(user, &[target.to_owned()]);
        let admin = self.stands(user, repository, "admin");
        let target_on = |list| self.stands(target, repository, list);
        let is_let = match &*change.change {
            "share" | "unshare" => admin || is_owner,
            "keep_for" => admin,
            "move" | "join" => is_owner,
            "lock" => self.stands(user, whole, "write") || self.stands(user, issue, "assignee"),
            _ => true,
        };
        if !is_let {
            return refused(&["not let through"]);
        }
        let place = word(repository, "office", "south");
        let archived = word(repository, "archived", "false") == "true";
        let mut rules = BTreeSet::new();
        let mut hold = |rule, holds: bool| {
            if holds {
                rules.insert(rule);
            }
        };
        match &*change.change {
            "share" => {
                hold("nobody_decides_about_themselves", is_same);
                hold("the_lead_writes", list == "lead" && !target_on("write"));
            }
            "unshare" => hold("admins_stay", list == "write" && target_on("admin")),
            "open_up" => hold("not let through", *office != place),
            "move" => hold("not let through", value == "north" && archived),
            "lock" => {
                let is_locked = word(issue, "state", "open") == "locked";
                hold(
                    "locked_stays",
                    is_locked && !self.stands(user, whole, "lead"),
                );
            }
            "join" => hold("nobody_decides_about_themselves", is_same),
            _ => {}
        }
        if !rules.is_empty() {
            return ModelVerdict::Refused(rules);
        }
        let after = self.after(change);
        let effects = if after.without_defaults() == self.without_defaults() {
            vec!["no_effect"]
        } else {
            match &*change.change {
                "share" if list == "write" && !target_on("write") => vec!["writers_are_told"],
                "move" if value == "south" => vec!["it_is_unlocked_when_moved"],
                _ => Vec::new(),
            }
        };
        ModelVerdict::Accepted(effects, Box::new(after))
    }

    /// The firm file without what says the same as nothing.
    fn without_defaults(&self) -> String {
        let mut plain = self.clone();
        for thing in plain.things.values_mut().flatten() {
            let defaults = ["south", "false", "open"];
            thing.words.retain(|_, word| !defaults.contains(&&**word));
        }
        plain.text()
    }

    /// The firm after a change that is accepted.
    fn after(&self, change: &Change) -> Self {
        let mut after = self.clone();
        let target = change.target.clone().unwrap_or_default();
        let list: &'static str = match change.list.as_deref() {
            Some("write") => "write",
            Some("lead") => "lead",
            _ => "read",
        };
        let thing = change.thing.clone().unwrap_or_default();
        let add = |names: &mut Vec<String>| {
            if !names.contains(&target) {
                names.push(target.clone());
            }
        };
        match &*change.change {
            "share" => {
                let names: &mut ListModel = after
                    .thing_mut("repository", &thing)
                    .lists
                    .get_mut(list)
                    .unwrap();
                match (list, names) {
                    ("lead", names) => *names = Some(vec![target.clone()]),
                    // Everyone reads where nobody is named.
                    ("read", None) => {}
                    (_, names) => add(names.get_or_insert_default()),
                }
            }
            "unshare" => {
                let thing = after.thing_mut("repository", &thing);
                if let Some(names) = thing.lists.get_mut(list).unwrap() {
                    names.retain(|name| *name != target);
                }
            }
            "keep_for" => {
                let thing = after.thing_mut("repository", &thing);
                thing.lists.insert("read", Some(vec![target.clone()]));
            }
            "open_up" => {
                let thing = after.thing_mut("repository", &thing);
                thing.lists.insert("read", None);
            }
            "move" => {
                let value = change.value.as_ref().unwrap().0.clone();
                let thing = after.thing_mut("repository", &thing);
                let is_moved = thing.words.get("office").map_or("south", String::as_str) != value;
                // An effect follows from what alters something.
                if is_moved && value == "south" {
                    thing.words.remove("archived");
                }
                thing.words.insert("office", value);
            }
            "lock" => {
                let thing = after.thing_mut("issue", &thing);
                thing.words.insert("state", "locked".to_owned());
            }
            group => {
                let name = change.group.as_deref().unwrap();
                let mut groups = after.groups.iter_mut();
                let (_, members) = groups.find(|(id, _)| id == name).unwrap();
                match group {
                    "join" => add(members),
                    _ => members.retain(|member| *member != target),
                }
            }
        }
        after
    }
}

/// The firm of a model, in the order and shape that a firm file written by the program has.
fn normal(model: &FirmModel) -> String {
    let rulebook = rulebook();
    let firm = Firm::from_text(&rulebook, "firm.yaml", &model.text()).unwrap();
    firm.to_yaml()
}

#[test]
fn changes_of_things_and_groups_do_what_a_plain_reading_says() {
    let rulebook = rulebook();
    let direct = Direct::from_texts([("hub.yaml", HUB)]).unwrap();
    let (mut accepted, mut refused, mut nothing, mut circles) = (0, 0, 0, 0);
    for seed in 0..cases(12, 60) {
        let mut model = FirmModel::by_chance(seed);
        let dice = &mut Dice(seed);
        let mut firm = Firm::from_text(&rulebook, "firm.yaml", &model.text()).unwrap();
        for _ in 0..60 {
            let change = model.any_change(dice);
            let words = format!("{seed}: {change:?} in {}", model.text());
            if let (ModelVerdict::Accepted(..), true) =
                (model.judge(&change), model.closes_circle(&change))
            {
                let error = firm.judge(&change).unwrap_err();
                assert_eq!(error.code().name(), "group-in-itself", "{words}");
                circles += 1;
                continue;
            }
            let verdict = firm.judge(&change).unwrap();
            let slow = direct.judge(&firm, &change).unwrap();
            assert_eq!(slow.is_yes(), verdict.is_accepted(), "{words}");
            match model.judge(&change) {
                ModelVerdict::Refused(rules) => {
                    let told = verdict.reasons.iter().map(|reason| &*reason.grounds.rule);
                    let told: BTreeSet<&str> = told
                        .map(|rule| {
                            if *rule == *change.change {
                                "not let through"
                            } else {
                                rule
                            }
                        })
                        .collect();
                    assert_eq!(told, rules, "{words}");
                    refused += 1;
                }
                ModelVerdict::Accepted(effects, after) => {
                    assert!(verdict.is_accepted(), "{words}");
                    let told: Vec<&str> = verdict.effects.iter().map(|effect| &**effect).collect();
                    assert_eq!(told, effects, "{words}");
                    let is_same = verdict.altered_things.is_empty();
                    assert_eq!(is_same, normal(&model) == normal(&after), "{words}");
                    firm = firm.after(&verdict).unwrap();
                    model = *after;
                    assert_eq!(firm.to_yaml(), normal(&model), "{words}");
                    nothing += usize::from(is_same);
                    accepted += 1;
                }
            }
        }
        let read = Firm::from_text(&rulebook, "firm.yaml", &model.text()).unwrap();
        assert!(firm == read && firm.state() == read.state());
    }
    let counts = (accepted, refused, nothing, circles);
    assert!(
        accepted > cases(150, 600)
            && refused > cases(150, 600)
            && nothing > cases(20, 60)
            && circles > cases(0, 10),
        "{counts:?}"
    );
}

#[test]
fn bulk_changes_of_things_make_all_or_nothing() {
    let rulebook = rulebook();
    let (mut accepted, mut contradicted) = (0, 0);
    for seed in 0..cases(80, 400) {
        let model = FirmModel::by_chance(seed);
        let dice = &mut Dice(seed);
        let firm = Firm::from_text(&rulebook, "firm.yaml", &model.text()).unwrap();
        let user = format!("u{}", dice.roll(7));
        let mut parts: Vec<Change> = Vec::new();
        while parts.len() < 3 {
            let change = model.any_change(dice).by(&user);
            if change.change != "lock" && !model.closes_circle(&change) {
                parts.push(change);
            }
        }
        let bulk = parts.iter().cloned().fold(Bulk::new(&*user), Bulk::part);
        let Ok(verdict) = firm.judge_bulk(&bulk) else {
            // Parts that are sound alone can close a circle of groups together.
            continue;
        };
        let each: Vec<bool> = parts
            .iter()
            .map(|part| firm.judge(part).unwrap().is_accepted())
            .collect();
        let contradicts = |reason: &crate::Reason| &*reason.grounds.rule == "parts_contradict";
        if verdict.reasons.iter().any(contradicts) {
            contradicted += 1;
            assert!(!verdict.is_accepted());
            continue;
        }
        assert_eq!(
            verdict.is_accepted(),
            each.iter().all(|part| *part),
            "{bulk:?}"
        );
        if !verdict.is_accepted() {
            assert!(verdict.altered_things.is_empty());
            continue;
        }
        accepted += 1;
        // Parts that do not contradict each other come to the same in any order, but that those put alone stand together.
        let after = firm.after(&verdict).unwrap();
        let is_alone = |part: &&Change| part.change == "keep_for";
        if parts.iter().any(|part| is_alone(&part))
            || parts.iter().any(|part| part.change == "move")
        {
            continue;
        }
        let mut one_by_one = firm.clone();
        for part in &parts {
            let verdict = one_by_one.judge(part).unwrap();
            if verdict.is_accepted() {
                one_by_one = one_by_one.after(&verdict).unwrap();
            }
        }
        let is_judged_alike = parts
            .iter()
            .all(|part| one_by_one.judge(part).unwrap().is_accepted());
        if is_judged_alike {
            assert_eq!(after.to_yaml(), one_by_one.to_yaml(), "{bulk:?}");
        }
    }
    assert!(
        accepted > cases(5, 20) && contradicted > 3,
        "{accepted} {contradicted}"
    );
}

#[test]
fn changes_that_cannot_be_asked() {
    let rulebook = rulebook();
    let text = "firm: One
users:
  - { id: ann, hub: { roles: [owner] } }
  - { id: ben, hub: {} }
groups: { core: [ben], all: [core] }
things: { repository: [{ id: web }] }
";
    let firm = Firm::from_text(&rulebook, "firm.yaml", text).unwrap();
    let ann = |words: &str| Change::from_line(&rulebook, None, "ann", words);
    let cases = [
        ("share web write bem", "unknown-user", "did you mean `ben`?"),
        (
            "share wen write ben",
            "unknown-thing",
            "did you mean `web`?",
        ),
        (
            "share web admin ben",
            "list-not-changed",
            "it can be write, read, lead",
        ),
        (
            "move web east",
            "unknown-value",
            "its values are north, south",
        ),
        ("join cor ben", "unknown-group", "did you mean `core`?"),
        (
            "join core all",
            "group-in-itself",
            "take one of the two groups out of the other first",
        ),
    ];
    for (words, code, help) in cases {
        let error = firm.judge(&ann(words).unwrap()).unwrap_err();
        assert_eq!(error.code().name(), code, "{words}");
        assert_eq!(error.help(), Some(help), "{words}");
    }
    let mut without = ann("share web write ben").unwrap();
    without.thing = None;
    assert_eq!(
        firm.judge(&without).unwrap_err().code().name(),
        "missing-argument"
    );
    let nobody = Change::new("ann", "open_up").thing("web").target("ben");
    assert_eq!(
        firm.judge(&nobody).unwrap_err().code().name(),
        "unexpected-target"
    );
    let too_many = ann("open_up web ben").unwrap_err();
    assert_eq!(too_many.help(), Some("write `open_up THING`"));
}
