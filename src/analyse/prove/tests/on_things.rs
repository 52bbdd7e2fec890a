//! Properties about changes of things and groups, beside a slow reading: firms by chance in which every change and every two
//! at once are tried, through the public API.

use pretty_assertions::assert_eq;

use super::*;

mod alone;
mod makes;

const HEAD: &str = "
product: hut
title: Huts
document: {title: House rules, sections: {all: All}}
roles:
  chief: {title: Chief, basis: stated, section: all}
grounds:
  user_disabled: {because: Disabled, basis: inferred, section: all}
  user_has_no_seat: {because: No key, basis: inferred, section: all}
  target_has_no_seat: {because: No key, basis: inferred, section: all}
refusals:
  not_oneself: {when: same_user, because: Not oneself}
  others_only: {when: '!target.house.guest', because: Guests only}
  is_shut: {when: '!house.open', because: It is shut}
  is_barred: {when: house.barred, because: Barred}
  lead_only: {when: '!house.lead', because: Led by another}
";

/// What may stand on a hut, by chance.
fn things(dice: &mut Dice) -> String {
    let default = dice.one(&["everyone", "nobody"]);
    let brings = dice.one(&["", ", brings: guest"]);
    format!(
        "things:
  area:
    title: Area
    lists: {{ warden: {{}} }}
  house:
    title: House
    part_of: area
    properties:
      open: {{ values: [false, true], default: false }}
    lists:
      keeper: {{ title: Keeper{brings} }}
      guest: {{ title: Guests, default: {default} }}
      barred: {{}}
      lead: {{ holds: one }}
"
    )
}

fn list(key: &str, names: &[&str]) -> String {
    match names {
        [] => String::new(),
        names => format!(", {key}: [{}]", names.join(", ")),
    }
}

/// The changes of a rulebook: id, what it takes, to whom, what it does.
const CHANGES: [(&str, &str, &str, &str); 9] = [
    (
        "put",
        "thing: house, list: [guest, barred, lead]",
        "[user, group]",
        "add: target, to: list",
    ),
    (
        "take_off",
        "thing: house, list: [guest, barred]",
        "[user, group]",
        "remove: target, from: list",
    ),
    (
        "keep_for",
        "thing: house",
        "[user, group]",
        "only: target, on: house.guest",
    ),
    ("let_all", "thing: house", "nobody", "reset: house.guest"),
    (
        "set_open",
        "thing: house, value: a value of house.open",
        "nobody",
        "set: house.open, to: value",
    ),
    (
        "keep",
        "thing: house",
        "user",
        "add: target, to: house.keeper",
    ),
    (
        "ward",
        "thing: area",
        "user",
        "add: target, to: area.warden",
    ),
    (
        "join",
        "group: a group",
        "[user, group]",
        "add: target, to: group",
    ),
    (
        "leave",
        "group: a group",
        "[user, group]",
        "remove: target, from: group",
    ),
];

/// Rules by chance, with the ids of their changes and of those that can be made at once.
struct HutRules {
    rules: String,
    changes: Vec<&'static str>,
    bulk: Vec<&'static str>,
}

fn huts(dice: &mut Dice, more_actions: &str) -> HutRules {
    let mut rules = format!("{HEAD}{}actions:\n", things(dice));
    rules.push_str(
        "  - group: Houses\n    basis: stated\n    section: all\n    target: house\n    actions:\n",
    );
    let allowed = [
        "house.guest",
        "house.keeper",
        "house.area.warden",
        "house.lead",
        "chief",
    ];
    // Whoever may make changes may do nearly everything already.
    let is_strict = dice.roll(2) == 0;
    for action in ["enter", "sweep"] {
        let mut allow = dice.some(&allowed, 3);
        if is_strict {
            allow = vec!["chief", "house.keeper"];
        }
        if allow.is_empty() {
            allow.push(dice.one(&allowed));
        }
        let rarely = if is_strict { 9 } else { 4 };
        let unless = dice.some(&["is_shut", "is_barred", "lead_only"], rarely);
        let unless = list("unless", &unless);
        let facts = dice.one(&["", "", ", facts: { stay: { values: [open, listed, not_listed], default: open, from: { list: house.guest, open: open, listed: listed, not_listed: not_listed } } }, when: 'stay != \"not_listed\"', because: Not theirs"]);
        writeln!(
            rules,
            "      {action}: {{ title: {action}, allow: [{}]{unless}{facts} }}",
            allow.join(", ")
        )
        .unwrap();
    }
    rules.push_str(more_actions);
    rules.push_str("changes:\n");
    let mut made = Vec::new();
    for (id, takes, target, does) in CHANGES {
        if dice.roll(3) == 0 {
            continue;
        }
        made.push(id);
        let of_house = takes.contains("house");
        let mut allow = vec!["chief"];
        if of_house {
            allow = vec![dice.one(&[
                "house.keeper",
                "chief",
                "house.lead",
                "house.area.warden",
                "house.guest",
            ])];
        } else if takes.contains("area") {
            allow = vec![dice.one(&["area.warden", "chief"])];
        } else if dice.roll(3) == 0 {
            allow = Vec::new();
        }
        if is_strict {
            allow = vec![if of_house {
                dice.one(&["chief", "house.keeper"])
            } else {
                "chief"
            }];
        }
        let allow = match allow.as_slice() {
            [] => "everyone".to_owned(),
            some => format!("[{}]", some.join(", ")),
        };
        let mut unless = Vec::new();
        if target != "nobody" {
            unless.extend(if is_strict {
                vec!["not_oneself"]
            } else {
                dice.some(&["not_oneself"], 2)
            });
        }
        if target != "nobody" && of_house {
            unless.extend(dice.some(&["others_only"], 3));
        }
        if of_house {
            unless.extend(dice.some(&["is_shut", "is_barred"], 4));
        }
        let unless = match unless.as_slice() {
            [] => String::new(),
            some => format!("    unless: [{}]\n", some.join(", ")),
        };
        let target = match target {
            "user" => String::new(),
            words => format!("    target: {words}\n"),
        };
        write!(rules, "  {id}:\n    title: {id}\n    section: all\n    basis: stated\n{target}    takes: {{ {takes} }}\n    allow: {allow}\n{unless}    does: [{{ {does} }}]\n").unwrap();
    }
    let bulk = dice.some(&made, 3);
    if !bulk.is_empty() {
        writeln!(rules, "bulk: {{ title: Many, of: [{}], section: all, basis: stated, all_or_nothing: {{ basis: stated }}, contradiction: {{ rule: clash, because: Clash, basis: stated }} }}", bulk.join(", ")).unwrap();
    }
    HutRules {
        rules,
        changes: made,
        bulk,
    }
}

/// A list of a firm by chance.
fn entries(dice: &mut Dice, most: usize) -> Option<String> {
    match dice.roll(5) {
        0 | 1 => None,
        _ => {
            let some = dice.some(&["user", "other", "g", "h"], 3);
            let some: Vec<&str> = some.into_iter().take(most).collect();
            Some(some.join(", "))
        }
    }
}

/// A firm by chance, with the groups that the user is in.
fn firm(rulebook: &Rulebook, dice: &mut Dice) -> (Firm, Vec<&'static str>) {
    let roles = |dice: &mut Dice| dice.one(&["[]", "[]", "[chief]"]);
    let mut text = format!(
        "firm: Chance\nusers:\n  - {{ id: user, hut: {{ roles: {} }} }}\n  - {{ id: other, hut: {{ roles: {} }} }}\n",
        roles(dice),
        roles(dice)
    );
    let g = dice.some(&["user", "other"], 3);
    let h = dice.some(&["user", "other", "g"], 3);
    let in_g = g.contains(&"user");
    let in_h = h.contains(&"user") || h.contains(&"g") && in_g;
    let groups = [("g", in_g), ("h", in_h)].into_iter();
    let groups = groups.filter(|group| group.1).map(|group| group.0);
    let (g, h) = (g.join(", "), h.join(", "));
    write!(text, "groups:\n  g: [{g}]\n  h: [{h}]\nthings:\n").unwrap();
    let keys = |dice: &mut Dice, keys: &[(&str, usize)]| {
        let mut all = String::new();
        for (key, most) in keys {
            if let Some(entries) = entries(dice, *most) {
                write!(all, ", {key}: [{entries}]").unwrap();
            }
        }
        all
    };
    let warden = keys(dice, &[("warden", 9)]);
    writeln!(text, "  area: [{{ id: a{warden} }}]").unwrap();
    let lists = keys(
        dice,
        &[("keeper", 9), ("guest", 9), ("barred", 9), ("lead", 1)],
    );
    let part = dice.one(&[", area: a", ", area: a", ""]);
    let open = dice.one(&["true", "false"]);
    writeln!(text, "  house: [{{ id: r, open: {open}{part}{lists} }}]").unwrap();
    let firm = Firm::from_text(rulebook, "firm.yaml", &text);
    let firm = firm.unwrap_or_else(|error| panic!("{error}\n{text}"));
    (firm, groups.collect())
}

/// Every change that the user can ask for.
fn all_changes(known: &[&str]) -> Vec<Change> {
    let mut all = Vec::new();
    for (id, takes, target, _) in CHANGES
        .into_iter()
        .filter(|change| known.contains(&change.0))
    {
        let targets: &[Option<&str>] = match target {
            "nobody" => &[None],
            "user" => &[Some("user"), Some("other")],
            _ => &[Some("user"), Some("other"), Some("g"), Some("h")],
        };
        let lists = takes
            .split_once("list: [")
            .map(|(_, lists)| lists.trim_end_matches(']'));
        let lists: Vec<Option<&str>> = match lists {
            Some(lists) => lists.split(", ").map(Some).collect(),
            None => vec![None],
        };
        let groups: &[Option<&str>] = if takes.contains("group") {
            &[Some("g"), Some("h")]
        } else {
            &[None]
        };
        let values: &[Option<&str>] = if takes.contains("value") {
            &[Some("true"), Some("false")]
        } else {
            &[None]
        };
        for target in targets {
            for list in &lists {
                for group in groups {
                    for value in values {
                        let mut change = Change::new("user", id);
                        change.target = target.map(str::to_owned);
                        change.list = list.map(str::to_owned);
                        change.group = group.map(str::to_owned);
                        change.value = value.map(|value| value.into());
                        let thing = ["house", "area"]
                            .into_iter()
                            .find(|kind| takes.starts_with(&format!("thing: {kind}")));
                        change.thing =
                            thing.map(|kind| if kind == "house" { "r" } else { "a" }.to_owned());
                        all.push(change);
                    }
                }
            }
        }
    }
    all
}

fn proven(rulebook: &Rulebook, properties: &str) -> Vec<PropertyResult> {
    let text = format!("product: hut\nproperties:\n{properties}");
    let properties = Properties::from_text(rulebook, "mine.yaml", &text);
    let properties = properties.unwrap_or_else(|error| panic!("{error}\n{text}"));
    rulebook.prove_only(&properties).unwrap().properties
}

/// Asks the firm of a counterexample again, read from its own text.
fn replayed(rulebook: &Rulebook, found: &Counterexample) {
    let firm = Firm::from_text(rulebook, "firm.yaml", &found.firm)
        .unwrap_or_else(|error| panic!("{error}\n{}", found.firm));
    let [step] = &*found.steps else {
        panic!("{} steps", found.steps.len());
    };
    let verdict = step.judge(&firm).unwrap();
    assert!(verdict.is_accepted(), "{}\n{}", found.firm, step.in_words());
    let after = firm.after(&verdict).unwrap();
    for (firm, asked) in [(&firm, &found.asked), (&after, &found.asked_after)] {
        for asked in asked {
            assert_eq!(
                firm.answer(&asked.question).unwrap().is_allowed(),
                asked.is_allowed()
            );
        }
    }
}
