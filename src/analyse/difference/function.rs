//! Walks both sides and computes the conditions under which they differ.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::compared_answer::{ComparedAnswer, DifferenceAspect};
use super::joint::JointProduct;
use super::walk::{ComparedQuestion, PathWalk, WalkStop};
use crate::analyse::search_stop::{SearchStop, too_large};
use crate::budget::{Budget, CutOff};
use crate::explore::tree::{Tree, Way};
use crate::explore::{ExplorationError, Halt, explore};
use crate::finding::AskError;
use crate::limits::Limits;
use crate::value::Value;
use crate::world::cover::{CoverFunction, Cube, ValueSet};
use crate::world::input::WorldInput;

/// The answers of both sides at the end of a path. `None` for an impossible situation.
type PathAnswers = Option<[Option<Arc<ComparedAnswer>>; 2]>;

/// The answer of one side on a path. `None` when it cannot be asked there.
pub(super) type Say<'s> = dyn Fn(&PathWalk<'_, '_>, usize) -> Result<ComparedAnswer, WalkStop> + 's;

/// An action or change that both sides are asked about.
pub(super) struct ComparedDecision<'m, 'r> {
    pub(super) joint: &'m JointProduct<'r>,
    pub(super) asking: ComparedQuestion,
    /// Its id, for the error about too many differences.
    pub(super) id: &'m str,
    /// The words for no and for yes.
    pub(super) words: [&'static str; 2],
    pub(super) limits: &'m Limits,
    pub(super) scope: DifferenceScope<'m>,
}

/// How many differences are needed, and the budget.
#[derive(Clone, Copy)]
pub(super) struct DifferenceScope<'s> {
    pub(super) budget: &'s Budget,
    pub(super) detail: DifferenceDetail<'s>,
}

/// Which parts of a difference are computed.
#[derive(Clone, Copy)]
pub(super) enum DifferenceDetail<'s> {
    /// The conditions of all differences.
    Conditions,
    /// Only whether there are differences.
    Aspects,
    /// The conditions of this difference.
    Only(&'s DifferenceAspect),
}

/// A condition over some variables: it holds where any of the cubes holds.
pub(super) struct DifferenceConditions {
    pub(super) vars: Vec<WorldInput>,
    pub(super) cubes: Vec<Cube>,
    /// Whether the condition is about two people.
    pub(super) has_target: bool,
}

impl ComparedDecision<'_, '_> {
    /// The differences of the two sides, each with its exact condition.
    pub(super) fn differences(
        &self,
        say: &Say<'_>,
    ) -> Result<Vec<(DifferenceAspect, DifferenceConditions)>, SearchStop> {
        let tree = self.walked(say)?;
        let mut aspects: BTreeMap<DifferenceAspect, Vec<&PathAnswers>> = BTreeMap::new();
        for end in tree.leaves() {
            for aspect in self.aspects(end) {
                aspects.entry(aspect).or_default().push(end);
            }
        }
        let has_target = self.asking.has_target;
        match self.scope.detail {
            DifferenceDetail::Conditions => {}
            DifferenceDetail::Aspects => {
                let bare = aspects.into_keys().map(|aspect| {
                    let conditions = DifferenceConditions {
                        vars: Vec::new(),
                        cubes: Vec::new(),
                        has_target,
                    };
                    (aspect, conditions)
                });
                return Ok(bare.collect());
            }
            DifferenceDetail::Only(wanted) => aspects.retain(|aspect, _| aspect == wanted),
        }
        let vars = tree.questions();
        let conditions = |(aspect, ends): (DifferenceAspect, Vec<&PathAnswers>)| {
            let on = self.cubes(&tree, &vars, &|end| ends.contains(&end))?;
            let off = self.cubes(&tree, &vars, &|end| end.is_some() && !ends.contains(&end))?;
            let most = self.limits.difference_ways;
            if on.len().saturating_mul(off.len()) > most.saturating_mul(most) {
                return Err(self.too_much(on.len().max(off.len()), most).into());
            }
            let cubes = self.cover(&vars, on, off)?;
            let vars = vars.clone();
            let conditions = DifferenceConditions {
                vars,
                cubes,
                has_target,
            };
            Ok((aspect, conditions))
        };
        aspects.into_iter().map(conditions).collect()
    }

    fn aspects(&self, end: &PathAnswers) -> Vec<DifferenceAspect> {
        let Some(answers) = end else {
            return Vec::new();
        };
        ComparedAnswer::aspects(answers.each_ref().map(Option::as_deref), self.words)
    }

    /// The combined tree of both sides: every path of one beside every path of the other.
    fn walked(&self, say: &Say<'_>) -> Result<Tree<WorldInput, PathAnswers>, SearchStop> {
        let run = |path: &crate::explore::Path<WorldInput>| {
            self.scope.budget.take_state().map_err(Halt::Fail)?;
            let known: Vec<(WorldInput, ValueSet)> = path
                .asked()
                .iter()
                .map(|(var, value)| {
                    let width = self.joint.width(*var);
                    (*var, ValueSet::of(width, [value.0]))
                })
                .collect();
            if !self.asking.can_be(self.joint, &known) {
                return Ok(None);
            }
            let walk = PathWalk {
                joint: self.joint,
                asking: &self.asking,
                path,
            };
            let answer_of = |side| match say(&walk, side) {
                Ok(answer) => Ok(Some(Arc::new(answer))),
                Err(WalkStop::CannotBeAsked) => Ok(None),
                Err(WalkStop::Ask(var)) => Err(Halt::Ask::<WorldInput, CutOff>(var)),
            };
            Ok(Some([answer_of(0)?, answer_of(1)?]))
        };
        let most = self.limits.paths;
        match explore(most, |var| self.joint.width(var), run) {
            Ok(explored) => Ok(explored.tree),
            Err(ExplorationError::TooManyPaths) => Err(self.too_much(most, most).into()),
            Err(ExplorationError::Fails { error, .. }) => Err(error.into()),
        }
    }

    fn too_much(&self, size: usize, most: usize) -> AskError {
        too_large(self.id, size, most)
    }

    /// The paths to the wanted ends, as cubes over all variables.
    fn cubes(
        &self,
        tree: &Tree<WorldInput, PathAnswers>,
        vars: &[WorldInput],
        wanted: &dyn Fn(&PathAnswers) -> bool,
    ) -> Result<Vec<Cube>, AskError> {
        let most = self.limits.difference_ways;
        let ways = tree
            .ways(wanted, most)
            .ok_or_else(|| self.too_much(most, most))?;
        Ok(ways.iter().map(|way| self.cube(vars, way)).collect())
    }

    fn cube(&self, vars: &[WorldInput], way: &Way<WorldInput>) -> Cube {
        let values = vars.iter().map(|var| {
            let width = self.joint.width(*var);
            match way.iter().find(|(known, _)| known == var) {
                Some((_, values)) => {
                    ValueSet::of(width, values.iter().map(|value: &Value| value.0))
                }
                None => ValueSet::all(width),
            }
        });
        Cube::new(values.collect())
    }

    fn cover(
        &self,
        vars: &[WorldInput],
        on: Vec<Cube>,
        off: Vec<Cube>,
    ) -> Result<Vec<Cube>, CutOff> {
        let widths: Vec<usize> = vars.iter().map(|var| self.joint.width(*var)).collect();
        let exists = |cube: &Cube| {
            let known: Vec<(WorldInput, ValueSet)> = vars
                .iter()
                .zip(cube.inputs())
                .zip(&widths)
                .filter(|((_, values), width)| values.len() < **width)
                .map(|((var, values), _)| (*var, values.clone()))
                .collect();
            self.asking.can_be(self.joint, &known)
        };
        let function = CoverFunction {
            widths: &widths,
            on,
            off,
            exists: &exists,
            budget: self.scope.budget,
        };
        function.cover()
    }
}
