//! Compares the verdicts of both rulebooks about each permission change, with everything it does and all effects.

use std::sync::Arc;

use super::compared_answer::{ComparedAnswer, DifferenceAspect};
use super::function::{ComparedDecision, DifferenceConditions, DifferenceScope};
use super::joint::{JointProduct, NamedSides};
use super::walk::{ComparedQuestion, PathWalk, WalkStop};
use crate::analyse::search_stop::SearchStop;
use crate::change::arguments::Arguments;
use crate::explore::compile::CompiledProduct;
use crate::limits::Limits;
use crate::link::product::{
    AlteredPerson, Argument, ChangeId, DecisionInput, LinkedChange, Product, Ruling, UserPart,
};
use crate::value::Value;
use crate::vocabulary::Person;
use crate::world::bound_change::BoundChange;
use crate::world::input::{ArgumentNumbers, WorldInput, WorldPerson};
use crate::world::outcome::{ChangeScene, SceneAlteration, SceneOutcome};

/// A change as one side declares it.
#[derive(Clone, Copy)]
struct DeclaredChange<'r> {
    compiled: &'r CompiledProduct,
    id: ChangeId,
    change: &'r LinkedChange,
}

/// The differences of one change, and their conditions.
pub(super) fn differences<'r>(
    joint: &JointProduct<'r>,
    (id, numbers): NamedSides<'_>,
    limits: &Limits,
    scope: DifferenceScope<'_>,
) -> Result<Vec<(DifferenceAspect, DifferenceConditions)>, SearchStop> {
    let declared = |side: usize| -> Option<DeclaredChange<'r>> {
        let (compiled, id) = (joint.side(side)?, ChangeId((*numbers.get(side)?)?));
        Some(DeclaredChange {
            compiled,
            id,
            change: compiled.product.change(id)?,
        })
    };
    let sides = [declared(0), declared(1)];
    let forms = sides.map(|side| side.map(|declared| &declared.change.takes));
    // A change with other arguments is another change: the old one is removed and a new one is added.
    let rounds = match forms {
        [Some(old), Some(new)] if old != new => vec![[sides[0], None], [None, sides[1]]],
        _ => vec![sides],
    };
    let mut differences = Vec::new();
    for sides in rounds {
        let mut arguments = Vec::new();
        for (side, declared) in sides.iter().enumerate() {
            for (one, _) in declared.iter().flat_map(|it| offered(joint, side, it)) {
                if !arguments.contains(&one) {
                    arguments.push(one);
                }
            }
        }
        let matter = ComparedDecision {
            joint,
            asking: ComparedQuestion {
                has_target: true,
                silent: Vec::new(),
                arguments: Some(arguments),
            },
            id,
            words: ["reject", "accept"],
            limits,
            scope,
        };
        let say = |walk: &PathWalk<'_, '_>, side: usize| match sides.get(side) {
            Some(Some(declared)) => declared.answer(walk, side),
            _ => Err(WalkStop::CannotBeAsked),
        };
        differences.extend(matter.differences(&say)?);
    }
    Ok(differences)
}

/// All arguments that the change can have, by the names of both sides.
fn offered<'r>(
    joint: &JointProduct<'r>,
    side: usize,
    declared: &DeclaredChange<'r>,
) -> impl Iterator<Item = (ArgumentNumbers, BoundChange)> {
    let compiled = declared.compiled;
    let offered = BoundChange::of(declared.compiled, declared.id);
    offered.map(move |bound| {
        let Arguments { role, setting, .. } = bound.arguments;
        let value = bound.word(compiled, Argument::Value);
        let list = bound.word(compiled, Argument::List);
        let numbers = ArgumentNumbers {
            role: role.map(|role| joint.roles.from(side, role.index())),
            setting: setting.map(|setting| joint.settings.from(side, setting.index())),
            value: value.and_then(|word| joint.shared_values.find(word)),
            list: list.and_then(|word| joint.lists.find(word)),
        };
        (numbers, bound)
    })
}

impl DeclaredChange<'_> {
    /// The outcome of the change on this side, for one path.
    fn answer(&self, walk: &PathWalk<'_, '_>, side: usize) -> Result<ComparedAnswer, WalkStop> {
        let mut given = ArgumentNumbers::default();
        for argument in &self.change.takes {
            let slot = match argument {
                Argument::Role => &mut given.role,
                Argument::Setting => &mut given.setting,
                Argument::Value => &mut given.value,
                Argument::List => &mut given.list,
                // The answer is the same for every thing and group of which the same is known.
                Argument::Thing | Argument::Group => continue,
            };
            *slot = Some(walk.var(WorldInput::Argument(*argument))?);
        }
        let mut offered = offered(walk.joint, side, self);
        let bound = offered.find(|(numbers, _)| *numbers == given);
        let (_, bound) = bound.ok_or(WalkStop::CannotBeAsked)?;
        for who in [WorldPerson::User, WorldPerson::Target] {
            if walk.is_unknown(side, who)? {
                return Err(WalkStop::CannotBeAsked);
            }
        }
        let judge = self
            .compiled
            .judges
            .get(self.id.index())
            .ok_or(WalkStop::CannotBeAsked)?;
        let (_, turned) = walk.decided(side, judge, &self.change.facts)?;
        let scene = SideScene {
            walk,
            side,
            product: &self.compiled.product,
        };
        Ok(scene.compared(bound.outcome(self.compiled, &scene)?, turned))
    }
}

/// The people of one path, as one side sees them. A holder who is not one of the two people holds exactly the roles
/// with a single holder that neither of the two is known to hold.
struct SideScene<'w, 'r> {
    walk: &'w PathWalk<'w, 'r>,
    side: usize,
    product: &'r Product,
}

impl SideScene<'_, '_> {
    fn is_same(&self) -> Result<bool, WalkStop> {
        Ok(self.walk.var(WorldInput::SameUser)? == 1)
    }

    /// A part in the numbers of both sides.
    fn numbered(&self, who: WorldPerson, part: UserPart) -> WorldInput {
        let joint = self.walk.joint;
        match part {
            UserPart::Role(role) => {
                WorldInput::Holds(who, joint.roles.from(self.side, role.index()))
            }
            UserPart::Setting(setting) => {
                WorldInput::Setting(who, joint.settings.from(self.side, setting.index()))
            }
        }
    }

    /// Whether the holder holds a role. If no level is left for the holder, it is the first possible level.
    fn is_left(&self, role: u16) -> bool {
        let joint = self.walk.joint;
        let firms = &joint.firms;
        let is_known = |who, role| self.walk.var(WorldInput::Holds(who, role)).ok() == Some(1);
        let is_left = |role: &u16| {
            let people = [WorldPerson::User, WorldPerson::Target];
            firms.is_holder(*role) && !people.into_iter().any(|who| is_known(who, *role))
        };
        let levels = &firms.levels;
        let is_plain = |level: &&u16| {
            let mut strange = joint.strange.iter().flatten();
            !firms.is_holder(**level) && !strange.any(|other| other == *level)
        };
        let usual = || levels.iter().find(is_plain).or(levels.first());
        is_left(&role) || !levels.iter().any(is_left) && usual() == Some(&role)
    }

    /// An outcome in words. A role or setting that only one side knows is altered on that side alone.
    fn compared(&self, outcome: SceneOutcome<WorldPerson>, turned: bool) -> ComparedAnswer {
        let product = self.product;
        let (rulings, turned, done) = match outcome {
            SceneOutcome::Refused(rulings) => (rulings, turned, None),
            SceneOutcome::Broken(ruling) => (vec![ruling], false, None),
            SceneOutcome::Accepted(done) => (vec![done.ruling], turned, Some(done)),
        };
        let rulings: Vec<&Ruling> = rulings
            .into_iter()
            .filter_map(|id| product.ruling(id))
            .collect();
        let answer = ComparedAnswer {
            needs: Vec::new(),
            ..ComparedAnswer::of(product, &rulings, done.is_some(), turned)
        };
        let Some(done) = done else { return answer };
        let effects = done.effects.iter().filter_map(|id| product.effect(*id));
        ComparedAnswer {
            effects: effects
                .map(|effect| format!("{} ({})", effect.title, effect.id).into())
                .collect(),
            altered: done.altered.iter().map(|one| self.altered(one)).collect(),
            ..answer
        }
    }

    fn altered(&self, (who, part, to): &SceneAlteration<WorldPerson>) -> Arc<str> {
        let whose = match who {
            WorldPerson::Holder => "the holder's",
            WorldPerson::Target => "the target's",
            WorldPerson::User => "the user's",
        };
        let what = self.product.part_id(*part).map_or("?", |id| id);
        let to = self.product.part_word(*part, *to);
        format!("{whose} {what} becomes {to}").into()
    }
}

impl ChangeScene for SideScene<'_, '_> {
    type Who = WorldPerson;
    type Halt = WalkStop;

    /// A target who is the user is treated as the user. A holder may be one of the two, or neither.
    fn who(&self, whose: AlteredPerson) -> Result<WorldPerson, WalkStop> {
        let same = self.is_same()?;
        match whose {
            AlteredPerson::Person(Person::Target) if !same => return Ok(WorldPerson::Target),
            AlteredPerson::Person(_) => return Ok(WorldPerson::User),
            AlteredPerson::Holder(role) => {
                let people = [
                    Some(WorldPerson::User),
                    (!same).then_some(WorldPerson::Target),
                ];
                for who in people.into_iter().flatten() {
                    if self.part(who, UserPart::Role(role))?.is_yes() {
                        return Ok(who);
                    }
                }
            }
        }
        Ok(WorldPerson::Holder)
    }

    fn part(&self, who: WorldPerson, part: UserPart) -> Result<Value, WalkStop> {
        let input = self.numbered(who, part);
        if let WorldInput::Holds(WorldPerson::Holder, role) = input {
            return Ok(self.is_left(role).into());
        }
        let value = self.walk.var(input)?;
        match input {
            WorldInput::Setting(_, setting) => {
                let known = self.walk.joint.setting(self.side, setting, value);
                known.ok_or(WalkStop::CannotBeAsked)
            }
            _ => Ok(Value(value)),
        }
    }

    fn is_enabled(&self, who: WorldPerson) -> Result<bool, WalkStop> {
        match who {
            WorldPerson::Target => Ok(self.walk.var(WorldInput::Enabled(who))? == 1),
            _ => Ok(true),
        }
    }

    fn input(&self, input: DecisionInput) -> Result<Value, WalkStop> {
        self.walk.input(self.side, input, &[])
    }
}
