//! Conditions as sentences: the users, the targets and the details.

use super::function::DifferenceConditions;
use super::joint::JointProduct;
use crate::link::product::{Argument, RoleId};
use crate::world::cover::{Cube, ValueSet};
use crate::world::input::{KnownInputs, WorldInput, WorldPerson};

/// The most alternatives that a sentence names. Whoever reads more of them sees nothing any more.
const MOST_SHOWN: usize = 6;

/// Turns conditions into words.
pub(super) struct Wording<'w, 'r> {
    pub(super) joint: &'w JointProduct<'r>,
    /// Whether anything can agree with the knowledge.
    pub(super) exists: &'w dyn Fn(&KnownInputs) -> bool,
}

/// One of several alternative conditions.
#[derive(Clone)]
struct Alternative {
    cube: Cube,
    /// Roles that somebody has, held or brought by another role, and roles that they lack.
    has: Vec<(WorldPerson, u16, bool)>,
}

/// The roles that a person has, and those they lack.
#[derive(Default)]
struct RoleCondition {
    with: Vec<u16>,
    without: Vec<u16>,
}

impl Wording<'_, '_> {
    /// All alternatives as one sentence.
    pub(super) fn sentence(&self, conditions: &DifferenceConditions) -> String {
        let vars = &conditions.vars;
        let plain = conditions.cubes.iter().map(|cube| Alternative {
            cube: cube.clone(),
            has: Vec::new(),
        });
        let mut alternatives: Vec<Alternative> = plain.collect();
        for who in [WorldPerson::User, WorldPerson::Target] {
            for (role, bringers) in self.brought() {
                self.fold(vars, &mut alternatives, who, role, &bringers);
            }
        }
        let phrases = alternatives.iter().take(MOST_SHOWN);
        let mut phrases: Vec<String> = phrases
            .map(|alternative| self.phrase(vars, alternative))
            .collect();
        match alternatives.len().saturating_sub(MOST_SHOWN) {
            0 => {}
            1 => phrases.push("in 1 more case".to_owned()),
            more => phrases.push(format!("in {more} more cases")),
        }
        phrases.join("; or ")
    }

    /// Roles that are brought whatever the readings are, each with all roles that bring it. Roles with the most come
    /// first.
    fn brought(&self) -> Vec<(u16, Vec<u16>)> {
        let all = 0..self.joint.roles.words.len() as u16;
        let mut brought: Vec<(u16, Vec<u16>)> = all
            .filter_map(|role| {
                let of_side = |side: usize| {
                    let number = self.joint.roles.to(side, role)?;
                    Some(self.bringers(side, RoleId(number)))
                };
                match [of_side(0), of_side(1)] {
                    [Some(old), Some(new)] => (old == new).then_some((role, new)),
                    [Some(only), None] | [None, Some(only)] => Some((role, only)),
                    [None, None] => None,
                }
            })
            .filter(|(_, all)| all.len() > 1)
            .collect();
        brought.sort_by_key(|(role, all)| (std::cmp::Reverse(all.len()), *role));
        brought
    }

    /// A role and all roles that bring it without a condition, by joint numbers.
    fn bringers(&self, side: usize, role: RoleId) -> Vec<u16> {
        let compiled = self.joint.side(side);
        let bringers = compiled.map(|compiled| compiled.product.bringers(role, |_| false));
        let mut all = bringers.unwrap_or_default();
        all.extend((!all.contains(&role)).then_some(role));
        let mut here: Vec<u16> = all
            .iter()
            .map(|role| self.joint.roles.from(side, role.index()))
            .collect();
        here.sort_unstable();
        here
    }

    /// Combines conditions that differ only in how somebody has a role into one about having it.
    fn fold(
        &self,
        vars: &[WorldInput],
        alternatives: &mut Vec<Alternative>,
        who: WorldPerson,
        role: u16,
        bringers: &[u16],
    ) {
        let at = |role: &u16| {
            vars.iter()
                .position(|var| *var == WorldInput::Holds(who, *role))
        };
        let places: Option<Vec<usize>> = bringers.iter().map(at).collect();
        let Some(places) = places else { return };
        for alternative in &mut *alternatives {
            let is_no = |place: &usize| is_only(&alternative.cube, *place, 0);
            if places.iter().all(is_no) {
                alternative.cube = freed(&alternative.cube, &places);
                alternative.has.push((who, role, false));
            }
        }
        let mut next = 0;
        while let Some(first) = alternatives.get(next).cloned() {
            next += 1;
            if !places.iter().any(|place| is_only(&first.cube, *place, 1)) {
                continue;
            }
            let rest = freed(&first.cube, &places);
            let meant = |place: &usize| {
                let wanted = rest.with(*place, ValueSet::of(2, [1]));
                alternatives.iter().position(|other| {
                    other.has == first.has && self.are_alike(vars, &other.cube, &wanted)
                })
            };
            let together: Option<Vec<usize>> = places.iter().map(meant).collect();
            let Some(mut together) = together else {
                continue;
            };
            together.sort_unstable();
            together.dedup();
            let mut has = first.has.clone();
            has.push((who, role, true));
            let first_of = together.first().copied().unwrap_or_default();
            for place in together.iter().rev() {
                alternatives.remove(*place);
            }
            alternatives.insert(first_of, Alternative { cube: rest, has });
            next = first_of + 1;
        }
    }

    /// Whether two cubes contain the same possible points.
    fn are_alike(&self, vars: &[WorldInput], one: &Cube, other: &Cube) -> bool {
        let is_more = |one: &Cube, other: &Cube| {
            let mut rest = one.without(other).into_iter();
            rest.any(|piece| (self.exists)(&self.known(vars, &piece)))
        };
        !is_more(one, other) && !is_more(other, one)
    }

    fn known(&self, vars: &[WorldInput], cube: &Cube) -> Vec<(WorldInput, ValueSet)> {
        let named = self.named(vars, cube);
        named.map(|(var, values)| (var, values.clone())).collect()
    }

    /// The variables that a cube restricts.
    fn named<'c>(
        &'c self,
        vars: &'c [WorldInput],
        cube: &'c Cube,
    ) -> impl Iterator<Item = (WorldInput, &'c ValueSet)> {
        let inputs = vars.iter().copied().zip(cube.inputs());
        inputs.filter(|(var, values)| values.len() < self.joint.width(*var))
    }

    fn phrase(&self, vars: &[WorldInput], alternative: &Alternative) -> String {
        let mut roles = [RoleCondition::default(), RoleCondition::default()];
        let [user, target] = &mut roles;
        for (who, role, has) in &alternative.has {
            let of = if *who == WorldPerson::User {
                &mut *user
            } else {
                &mut *target
            };
            let list = if *has { &mut of.with } else { &mut of.without };
            list.push(*role);
        }
        let mut same = None;
        let mut enabled = None;
        let mut more = Vec::new();
        for (var, values) in self.named(vars, &alternative.cube) {
            let is_yes = values.contains(1);
            let list = |of: &mut RoleCondition, role| {
                let list = if is_yes {
                    &mut of.with
                } else {
                    &mut of.without
                };
                list.push(role);
            };
            match var {
                WorldInput::SameUser => same = Some(is_yes),
                WorldInput::Enabled(_) => enabled = Some(is_yes),
                WorldInput::Holds(WorldPerson::User, role) => list(user, role),
                WorldInput::Holds(_, role) => list(target, role),
                var => more.push(self.detail(var, values)),
            }
        }
        let mut phrase = self.person("people", "everybody", user);
        if let Some(target) = self.target(same, enabled, target) {
            phrase = format!("{phrase}, for {target}");
        }
        for detail in more {
            phrase = format!("{phrase}, {detail}");
        }
        phrase
    }

    fn target(
        &self,
        same: Option<bool>,
        enabled: Option<bool>,
        roles: &RoleCondition,
    ) -> Option<String> {
        let is_plain = roles.with.is_empty() && roles.without.is_empty();
        let phrase = match same {
            Some(true) if is_plain => "themselves".to_owned(),
            Some(true) => self.person("themselves", "themselves", roles),
            // A person named by a role with a single holder may be the user as well.
            Some(false)
                if roles
                    .with
                    .iter()
                    .any(|role| self.joint.firms.is_holder(*role)) =>
            {
                format!(
                    "{} who is somebody else",
                    self.person("others", "others", roles)
                )
            }
            Some(false) => self.person("others", "others", roles),
            _ if is_plain && enabled.is_none() => return None,
            _ => self.person("people", "people", roles),
        };
        Some(match enabled {
            Some(true) => format!("{phrase} who are enabled"),
            Some(false) => format!("{phrase} who are disabled"),
            None => phrase,
        })
    }

    /// People by their roles. The single holder of a role is named by it.
    fn person(&self, some: &str, all: &str, roles: &RoleCondition) -> String {
        let title = |role: &u16| self.joint.role_name(*role);
        let is_one = |role: &&u16| self.joint.firms.is_holder(**role);
        let mut with: Vec<u16> = roles.with.clone();
        let mut phrase = match with.iter().position(|role| is_one(&role)) {
            Some(at) => format!("the {}", title(&with.remove(at))),
            None if with.is_empty() && roles.without.is_empty() => return all.to_owned(),
            None => some.to_owned(),
        };
        let with: Vec<String> = with.iter().map(title).collect();
        if !with.is_empty() {
            phrase = format!("{phrase} with {}", with.join(" and "));
        }
        let without: Vec<String> = roles
            .without
            .iter()
            .filter(|role| !is_one(role))
            .map(title)
            .collect();
        if !without.is_empty() {
            phrase = format!("{phrase} without {}", without.join(" or "));
        }
        for role in roles.without.iter().filter(is_one) {
            phrase = format!("{phrase} who are not the {}", title(role));
        }
        phrase
    }

    /// The conditions that are not about people's roles.
    fn detail(&self, var: WorldInput, values: &ValueSet) -> String {
        let is = self.values(var, values);
        match var {
            WorldInput::Setting(who, setting) => {
                let whose = match who {
                    WorldPerson::User => "",
                    WorldPerson::Target => "the other person's ",
                    WorldPerson::Holder => "the holder's ",
                };
                let title = self.joint.setting_name(setting);
                format!("where {whose}\"{title}\" is {is}")
            }
            WorldInput::Reading(_) => {
                format!("where the reading {} is {is}", self.joint.written(var))
            }
            WorldInput::Fact(_) => format!("where {} is {is}", self.joint.written(var)),
            WorldInput::Argument(Argument::Role) => {
                let titles = values.iter().map(|role| self.joint.role_name(role));
                format!("of the role {}", titles.collect::<Vec<_>>().join(" or "))
            }
            WorldInput::Argument(Argument::Setting) => {
                let titles: Vec<String> = values
                    .iter()
                    .map(|it| self.joint.setting_name(it))
                    .map(|title| format!("\"{title}\""))
                    .collect();
                format!("of the setting {}", titles.join(" or "))
            }
            WorldInput::Argument(Argument::Value) => format!("to {is}"),
            WorldInput::Argument(Argument::List) => format!("of the list {is}"),
            var => format!("where {} is {is}", self.joint.written(var)),
        }
    }

    /// `own or none`; all values but one as `not all`; a flag as `yes`.
    fn values(&self, var: WorldInput, values: &ValueSet) -> String {
        if self.joint.is_flag(var) && self.joint.words(var).is_none_or(|_| values.len() == 1) {
            let word = match values.iter().next() {
                Some(1) => "yes",
                Some(0) => "no",
                _ => "not given",
            };
            return word.to_owned();
        }
        let width = self.joint.width(var);
        let all = ValueSet::all(width);
        let others = all.without(values);
        if let (true, Some(other)) = (width > 2 && others.len() == 1, others.iter().next()) {
            return format!("not {}", self.joint.value_word(var, other));
        }
        let words = values.iter().map(|value| self.joint.value_word(var, value));
        words.collect::<Vec<_>>().join(" or ")
    }
}

/// Whether a cube leaves an input exactly this value.
fn is_only(cube: &Cube, input: usize, value: u16) -> bool {
    let values = cube.inputs().get(input);
    values.is_some_and(|values| values.len() == 1 && values.contains(value))
}

/// The cube without restrictions on some flags.
fn freed(cube: &Cube, inputs: &[usize]) -> Cube {
    let free = |cube: Cube, input: &usize| cube.with(*input, ValueSet::all(2));
    inputs.iter().fold(cube.clone(), free)
}
