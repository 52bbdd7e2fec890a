//! What is true of whoever makes a change is so exactly where no firm breaks it.

use super::*;

/// Actions that say how the user stands to a house, and how it is.
const PROBES: [(&str, &str); 5] = [
    ("house.guest", "allow: house.guest"),
    ("house.barred", "allow: house.barred"),
    ("house.lead", "allow: house.lead"),
    ("house.area.warden", "allow: house.area.warden"),
    (
        "house.open",
        "allow: everyone, when: house.open, because: Shut",
    ),
];

fn probe(fact: &str) -> String {
    format!("probe_{}", fact.replace('.', "_"))
}

/// What is true of a user, and of a house.
#[derive(Default)]
struct HutTraits {
    chief: Option<bool>,
    with: Vec<(&'static str, bool)>,
}

impl HutTraits {
    fn by_chance(dice: &mut Dice, of_house: bool) -> Self {
        let facts: Vec<&str> = PROBES.iter().map(|probe| probe.0).collect();
        let some = if of_house {
            dice.some(&facts, 5)
        } else {
            Vec::new()
        };
        Self {
            chief: dice.one(&[None, None, Some(true), Some(false)]),
            with: some
                .into_iter()
                .map(|fact| (fact, dice.roll(2) == 0))
                .collect(),
        }
    }

    fn keys(&self) -> Vec<String> {
        let role = self
            .chief
            .map(|holds| format!("{}: chief", if holds { "holds" } else { "lacks" }));
        let with: Vec<String> = self
            .with
            .iter()
            .map(|(fact, value)| format!("{fact}: {value}"))
            .collect();
        let with = (!with.is_empty()).then(|| format!("with: {{ {} }}", with.join(", ")));
        role.into_iter().chain(with).collect()
    }

    fn are_met(&self, firm: &Firm) -> bool {
        let asked = |action: &str| {
            let question = Question::new("user", action.to_owned()).target("r");
            firm.answer(&question).unwrap().is_allowed()
        };
        self.chief.is_none_or(|holds| asked("probe_chief") == holds)
            && self
                .with
                .iter()
                .all(|(fact, value)| asked(&probe(fact)) == *value)
    }
}

#[test]
fn what_is_true_of_whoever_makes_a_change_is_so_exactly_where_no_firm_breaks_it() {
    let mut dice = Dice(9);
    let mut probes = "      probe_chief: { title: Probe, allow: chief }\n".to_owned();
    for (fact, allow) in PROBES {
        writeln!(probes, "      {}: {{ title: Probe, {allow} }}", probe(fact)).unwrap();
    }
    let (mut held, mut shown, mut broken) = (0, 0, 0);
    for _ in 0..cases(8, 25) {
        let HutRules { rules, changes, .. } = huts(&mut dice, &probes);
        let rulebook = Rulebook::from_texts([("hut.yaml", &*rules)]);
        let rulebook = rulebook.unwrap_or_else(|error| panic!("{error}\n{rules}"));
        let all = all_changes(&changes);
        let mut text = String::new();
        let mut promises = Vec::new();
        for (number, change) in changes.iter().cycle().take(12).enumerate() {
            let (_, takes, target, _) = CHANGES.into_iter().find(|one| one.0 == *change).unwrap();
            let of_house = takes.contains("house");
            let on = dice.one(&[None, Some("others"), Some("self")]);
            let on = on.filter(|_| target != "nobody");
            let premise = HutTraits::by_chance(&mut dice, of_house);
            let mut then = HutTraits::by_chance(&mut dice, of_house);
            if then.chief.is_none() && then.with.is_empty() {
                then.chief = Some(true);
            }
            let mut keys = premise.keys();
            keys.push(format!("makes: {change}"));
            keys.extend(on.map(|on| format!("on: {on}")));
            writeln!(
                text,
                "  p{number}:\n    title: Made\n    whoever: {{ {} }}",
                keys.join(", ")
            )
            .unwrap();
            then.keys()
                .iter()
                .for_each(|key| writeln!(text, "    {key}").unwrap());
            promises.push((*change, on, premise, then));
        }
        let results = proven(&rulebook, &text);
        let firms: Vec<_> = std::iter::repeat_with(|| firm(&rulebook, &mut dice))
            .take(150)
            .collect();
        for (result, (change, on, premise, then)) in results.iter().zip(&promises) {
            let breaks = |(firm, groups): &(Firm, Vec<&str>)| {
                let is_about = |one: &&Change| {
                    let target = one.target.as_deref().unwrap_or_default();
                    let is_self = target == "user" || groups.contains(&target);
                    one.change == *change && on.is_none_or(|on| (on == "self") == is_self)
                };
                let accepted =
                    |one: &Change| firm.judge(one).is_ok_and(|verdict| verdict.is_accepted());
                premise.are_met(firm)
                    && !then.are_met(firm)
                    && all.iter().filter(is_about).any(accepted)
            };
            let is_broken = firms.iter().any(breaks);
            let found = result.counterexample.as_ref();
            assert!(
                result.holds.is_some(),
                "{} is not decided\n{rules}\n{text}",
                result.name
            );
            assert!(
                !is_broken || found.is_some(),
                "{} is broken\n{rules}\n{text}",
                result.name
            );
            if let Some(found) = found {
                let firm = Firm::from_text(&rulebook, "firm.yaml", &found.firm).unwrap();
                assert!(
                    found.steps[0].judge(&firm).unwrap().is_accepted(),
                    "{}",
                    found.firm
                );
                let ProofStep::Change(step) = &found.steps[0] else {
                    panic!("one change");
                };
                let is_house = step.thing.as_deref() == Some("house");
                if is_house {
                    let met = |traits: &HutTraits| {
                        let asked = |action: &str| {
                            let question = Question::new("user", action.to_owned()).target("house");
                            firm.answer(&question).unwrap().is_allowed()
                        };
                        traits
                            .with
                            .iter()
                            .all(|(fact, value)| asked(&probe(fact)) == *value)
                            && traits
                                .chief
                                .is_none_or(|holds| asked("probe_chief") == holds)
                    };
                    assert!(met(premise) && !met(then), "{}\n{text}", found.firm);
                }
            }
            held += usize::from(found.is_none());
            broken += usize::from(found.is_some());
            shown += usize::from(is_broken);
        }
    }
    assert!(
        held > cases(10, 40) && shown > cases(15, 60),
        "{held} held, {broken} broken, {shown} of them in firms by chance"
    );
}
