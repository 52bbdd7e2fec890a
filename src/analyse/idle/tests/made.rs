//! Small rulebooks whose parts can be taken out one by one.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::Rulebook;
use crate::tests::dice::Dice;

/// A code with what it is about: a rule, a rule and a refusal, or another id.
pub(super) type IdlePart = (&'static str, String);

pub(super) const ROLES: [&str; 3] = ["a", "b", "c"];

const OF_USER: [&str; 9] = [
    "user.a",
    "user.b",
    "!user.c",
    "user.a && !user.b",
    "user.b || user.c",
    "user.hours == 'night'",
    "open",
    "!open",
    "user.a || open",
];

const OF_TARGET: [&str; 5] = [
    "target.a",
    "!target.b",
    "same_user",
    "!target.enabled",
    "target.hours == 'day' && !same_user",
];

const OF_FACT: [&str; 3] = [
    "weather == 'rain'",
    "weather != 'rain' && user.b",
    "weather == 'sun' || user.a",
];

#[derive(Clone)]
pub(super) struct MadeRulebook {
    has_levels: bool,
    has_holder: bool,
    /// Whether `a` brings `b`: never, always, or under the reading.
    brings: usize,
    pub(super) actions: Vec<MadeAction>,
    /// The change `give`: its only rule.
    pub(super) change: MadeRule,
    /// When the effect of the change follows.
    pub(super) effect: Option<&'static str>,
    /// Roles that are trusted with the conflict of the first two actions.
    except: Vec<&'static str>,
    has_conflict: bool,
}

#[derive(Clone)]
pub(super) struct MadeAction {
    pub(super) on_target: bool,
    pub(super) has_fact: bool,
    pub(super) rules: Vec<MadeRule>,
}

#[derive(Clone)]
pub(super) struct MadeRule {
    whom: &'static str,
    allow: Vec<&'static str>,
    pub(super) when: Option<&'static str>,
    pub(super) because: bool,
    /// Conditions of refusals.
    pub(super) unless: Vec<&'static str>,
    /// Its number in its action, which it keeps when others are taken out.
    pub(super) number: usize,
}

impl MadeRulebook {
    pub(super) fn of(seed: usize) -> Self {
        let mut dice = Dice(seed as u64 * 7_919 + 17);
        let actions = (0..3).map(|number| {
            let on_target = number == 2;
            let has_fact = number == 1;
            let mut pool = OF_USER.to_vec();
            if on_target {
                pool.extend(OF_TARGET);
                pool.extend(OF_TARGET);
            }
            if has_fact {
                pool.extend(OF_FACT);
                pool.extend(OF_FACT);
            }
            let rules = 1 + dice.roll(3);
            let rules = (0..rules).map(|number| MadeRule::of(&mut dice, &pool, on_target, number));
            MadeAction {
                on_target,
                has_fact,
                rules: rules.collect(),
            }
        });
        let actions = actions.collect();
        let pool = [&OF_USER[..], &OF_TARGET[..], &["role == 'b'"]].concat();
        Self {
            has_levels: dice.roll(3) == 0,
            has_holder: dice.roll(3) == 0,
            brings: dice.roll(4),
            actions,
            change: MadeRule {
                whom: "anyone",
                ..MadeRule::of(&mut dice, &pool, false, 0)
            },
            effect: (dice.roll(4) > 0).then(|| dice.one(&pool)),
            except: dice.some(&ROLES, 3),
            has_conflict: dice.roll(4) > 0,
        }
    }

    /// Levels are `a` and `b`; the only role with a single holder is `c`.
    pub(super) fn levels(&self) -> &'static [&'static str] {
        if self.has_levels { &ROLES[..2] } else { &[] }
    }

    pub(super) fn single_holder(&self) -> Option<&'static str> {
        self.has_holder.then_some("c")
    }

    pub(super) fn load(&self) -> Rulebook {
        let text = self.yaml();
        Rulebook::from_texts([("p.yaml", text.as_str())])
            .unwrap_or_else(|error| panic!("{error}\n{text}"))
    }

    /// The conditions of all refusals.
    fn refusals(&self) -> BTreeSet<&'static str> {
        let rules = self.actions.iter().flat_map(|action| &action.rules);
        let rules = rules.chain([&self.change]);
        rules.flat_map(|rule| &rule.unless).copied().collect()
    }

    pub(super) fn yaml(&self) -> String {
        let mut text = String::from(HEAD);
        for role in ROLES {
            let _ = writeln!(
                text,
                "  {role}:\n    title: {role}\n    basis: stated\n    section: s"
            );
            if role == "c" && self.has_holder {
                text.push_str("    holders: { count: exactly one, enabled: true }\n");
            }
            if role == "a" && self.brings > 1 {
                let when = if self.brings == 2 { "" } else { ", when: open" };
                let _ = writeln!(text, "    brings:\n      - {{ roles: b{when} }}");
            }
        }
        if self.has_levels {
            text.push_str("seats:\n  hold: exactly one of [a, b]\n");
        }
        let refusals = self.refusals();
        if !refusals.is_empty() {
            text.push_str("refusals:\n");
        }
        for condition in refusals {
            let id = refusal(condition);
            let _ = writeln!(
                text,
                "  {id}:\n    when: \"{}\"\n    because: no {id}",
                in_yaml(condition)
            );
        }
        text.push_str("actions:\n  - group: G\n    section: s\n    basis: stated\n    actions:\n");
        for (number, action) in self.actions.iter().enumerate() {
            let _ = writeln!(text, "      act{number}:\n        title: Act");
            if action.on_target {
                text.push_str("        target: user\n");
            }
            if action.has_fact {
                text.push_str("        facts:\n          weather: { title: W, values: [sun, rain, snow], default: sun }\n");
            }
            text.push_str("        rules:\n");
            for rule in &action.rules {
                let whom = if action.on_target { rule.whom } else { "" };
                let whom = if whom.is_empty() {
                    String::new()
                } else {
                    format!("whom: {whom}, ")
                };
                let _ = writeln!(
                    text,
                    "          - {{ rule: {}, {whom}{} }}",
                    rule.id(number),
                    rule.clause()
                );
            }
        }
        let _ = writeln!(
            text,
            "changes:\n  give:\n    title: Give\n    section: s\n    basis: stated\n    takes: {{ role: [a, b] }}\n    does: [{{ give: role, to: target }}]"
        );
        for part in self.change.parts() {
            let _ = writeln!(text, "    {part}");
        }
        if let Some(when) = self.effect {
            let when = in_yaml(when);
            let _ = writeln!(
                text,
                "effects:\n  follows:\n    title: F\n    after: give\n    basis: stated\n    section: s\n    when: \"{when}\""
            );
        }
        if self.has_conflict {
            let except = self.except.join(", ");
            let except = if except.is_empty() {
                except
            } else {
                format!("\n    except: [{except}]")
            };
            let _ = writeln!(
                text,
                "conflicts:\n  both:\n    title: B\n    both: [act0, act1]{except}\n    because: no\n    basis: stated\n    section: s"
            );
        }
        text
    }

    /// What is said about it, by the ids of its parts.
    pub(super) fn found(&self) -> BTreeSet<IdlePart> {
        let text = self.yaml();
        let lines: Vec<&str> = text.lines().collect();
        let rulebook = self.load();
        let idle = rulebook.check_idle_parts();
        assert_eq!(idle.beyond(), 0);
        // Some facts and effects are seen to be idle when the rules load.
        let loaded = rulebook.warnings().iter();
        let loaded =
            loaded.filter(|one| ["unused-fact", "effect-never"].contains(&one.code().name()));
        let all = idle.iter().chain(loaded);
        all.map(|finding| {
            let line = finding.place().unwrap().line() as usize - 1;
            let id = |line: &str| {
                let id = line.trim_start().trim_start_matches("- { rule: ");
                let id = id.split([':', ',']).next().unwrap();
                if ["when", "because", "unless"].contains(&id) {
                    "give".to_owned()
                } else {
                    id.to_owned()
                }
            };
            let quoted = finding.message().split('`').nth(1).unwrap_or_default();
            let code = match finding.code().name() {
                "fact-turns-nothing" => "unused-fact",
                code => code,
            };
            let what = match code {
                "refusal-never-refuses" => format!("{} {quoted}", id(lines[line])),
                "unused-role" | "unused-setting" | "unused-reading" => quoted.to_owned(),
                _ => id(lines[line]),
            };
            (code, what)
        })
        .collect()
    }
}

impl MadeRule {
    fn of(dice: &mut Dice, pool: &[&'static str], on_target: bool, number: usize) -> Self {
        let allow = dice.some(&ROLES, 3);
        let when = (dice.roll(3) == 0).then(|| dice.one(pool));
        let mut unless: Vec<&'static str> = Vec::new();
        for _ in 0..dice.roll(3) {
            let one = dice.one(pool);
            if !unless.contains(&one) {
                unless.push(one);
            }
        }
        Self {
            whom: if on_target {
                dice.one(&["others", "self", "anyone"])
            } else {
                ""
            },
            allow,
            when,
            because: when.is_some() || dice.roll(4) == 0,
            unless,
            number,
        }
    }

    pub(super) fn id(&self, action: usize) -> String {
        format!("rule_{action}_{}", self.number)
    }

    /// The keys of the rule, each with what stands behind it.
    fn parts(&self) -> Vec<String> {
        let allow = match self.allow.as_slice() {
            [] => "everyone".to_owned(),
            roles => format!("[{}]", roles.join(", ")),
        };
        let mut parts = vec![format!("allow: {allow}")];
        parts.extend(self.when.map(|when| format!("when: \"{}\"", in_yaml(when))));
        parts.extend(self.because.then(|| "because: not now".to_owned()));
        let unless: Vec<String> = self.unless.iter().map(|one| refusal(one)).collect();
        parts.extend((!unless.is_empty()).then(|| format!("unless: [{}]", unless.join(", "))));
        parts
    }

    fn clause(&self) -> String {
        self.parts().join(", ")
    }
}

/// The id of the refusal with this condition.
pub(super) fn refusal(condition: &str) -> String {
    let all = [&OF_USER[..], &OF_TARGET, &OF_FACT, &["role == 'b'"]].concat();
    let number = all.iter().position(|other| *other == condition);
    format!("refusal{}", number.unwrap())
}

fn in_yaml(condition: &str) -> String {
    condition.replace('\'', "\\\"")
}

const HEAD: &str = "\
product: p
title: P
document:
  title: D
  sections: { s: S }
grounds:
  user_disabled: { because: x, basis: stated, section: s }
  user_has_no_seat: { because: x, basis: stated, section: s }
  target_has_no_seat: { because: x, basis: stated, section: s }
readings:
  open:
    question: Is it open?
    default: true
    section: s
settings:
  hours:
    title: Hours
    values: [day, night]
    default: day
    basis: stated
    section: s
roles:
";
