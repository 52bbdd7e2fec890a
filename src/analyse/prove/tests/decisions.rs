//! Random properties over decisions hold exactly where no firm breaks them.

use pretty_assertions::assert_eq;

use super::*;

/// A property over decisions, as a test writes it.
#[derive(Debug, Default)]
pub(super) struct Promise {
    user: Traits,
    can: Vec<&'static str>,
    cannot: Vec<&'static str>,
    pub(super) makes: Vec<&'static str>,
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

impl Traits {
    pub(super) fn random(dice: &mut Dice, given: &[(&'static str, &'static str)]) -> Self {
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
    pub(super) fn random(dice: &mut Dice) -> Self {
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

    pub(super) fn says_something(&self) -> bool {
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

    pub(super) fn yaml(&self) -> String {
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
    pub(super) fn is_broken_by(&self, sample: &FirmWithPeople, user: &Person) -> bool {
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

#[test]
fn properties_over_decisions_hold_exactly_where_no_firm_breaks_them() {
    let mut dice = Dice(7);
    let (mut held, mut broken, mut vacuous) = (0, 0, 0);
    for _ in 0..cases(1, 4) {
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
        held > cases(2, 10) && broken > cases(10, 50) && vacuous > cases(0, 3),
        "{held} held, {vacuous} of them of nothing, {broken} broken"
    );
}
