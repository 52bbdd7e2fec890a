//! Exploring the parts of a product: conditions, then every action, change and effect over them.

use hashbrown::HashMap;
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::Arc;

use super::asking_source::AskingSource;
use super::gather::GatherFinder;
use super::layout::Layout;
use super::semantics;
use super::table::{ActionRuling, Decider, YesOrNo};
use super::tree::{ConditionTree, Tree};
use super::{ExplorationError, ExploredTree, Halt, Path, explore};
use crate::finding::{Finding, Findings, rules as codes};
use crate::limits::Limits;
use crate::link::product::{Action, Argument, DecisionInput, FactUse, Rule};
use crate::link::{LinkedCondition, ProductDraft};
use crate::script::{FileOrigin, RunStop, Sandbox, ScriptFailure, ScriptOrigin};
use crate::text::{Place, Source};
use crate::value::Value;
use crate::vocabulary::Read;

/// How an action is asked about: its facts with the bits they are in, and whether there is a target.
type QuestionShape = (Vec<(usize, u8)>, bool);

/// What two actions must have in common to share a decider.
type SharedRules<'a> = (&'a [Rule], QuestionShape);

/// What decides about the actions of a product.
#[derive(Default)]
pub(super) struct Deciders {
    pub(super) deciders: Vec<Decider<ActionRuling>>,
    /// By action, the number of its decider.
    pub(super) of_action: Vec<u32>,
    /// By decider, the number of the first action that it decides about.
    pub(super) first_of: Vec<u32>,
}

/// The amount of exploring that was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ExplorationCensus {
    /// Conditions that were run.
    pub(crate) scripts: usize,
    /// Paths through all of them.
    pub(crate) paths: usize,
}

/// Why a decision stops on a path.
pub(super) type PathHalt = Halt<DecisionInput, Infallible>;

/// A source in which only the inputs of one path are known.
pub(super) type PathSource<'a> =
    AskingSource<'a, &'a dyn Fn(DecisionInput) -> Result<Value, PathHalt>>;

pub(super) struct Explorer<'a> {
    pub(super) draft: &'a ProductDraft,
    pub(super) script: Option<&'a Arc<Source>>,
    pub(super) sandbox: &'a Sandbox,
    pub(super) limits: &'a Limits,
    pub(super) findings: &'a mut Findings,
    pub(super) census: ExplorationCensus,
    pub(super) gathers: GatherFinder,
}

impl Explorer<'_> {
    /// The trees of all conditions; equal scripts are explored once.
    pub(super) fn conditions(&mut self) -> Option<Vec<ConditionTree>> {
        let mut known = HashMap::new();
        let mut trees = Vec::with_capacity(self.draft.conditions.len());
        for condition in &self.draft.conditions {
            let taken = condition.taken();
            let key = (&condition.script, taken.clone());
            let tree = match known.get(&key) {
                Some(tree) => Option::clone(tree),
                None => {
                    let tree = self.condition(condition, &taken);
                    known.insert(key, tree.clone());
                    tree
                }
            };
            trees.push(tree);
        }
        trees.into_iter().collect()
    }

    /// The tree of a condition. It is not run with values of arguments that no change which uses it takes: it does not hold there.
    fn condition(
        &mut self,
        condition: &LinkedCondition,
        taken: &[(Argument, Arc<str>)],
    ) -> Option<ConditionTree> {
        let product = &self.draft.product;
        let vocabulary = &product.vocabulary;
        let width = |read| vocabulary.domain(read).map_or(1, crate::value::Domain::len);
        let is_taken = |(read, value): &(Read, Value)| {
            let argument = product.argument_read(*read);
            let word = vocabulary.domain(*read).map(|domain| domain.word(*value));
            argument.zip(word).is_none_or(|(argument, word)| {
                let mut values = taken.iter().filter(|(of, _)| *of == argument).peekable();
                values.peek().is_none() || values.any(|(_, taken)| **taken == *word)
            })
        };
        let mut results = BTreeSet::new();
        let run = |path: &Path<Read>| {
            if !path.asked().iter().all(is_taken) {
                return Ok(false);
            }
            match self.sandbox.run(&condition.script, path.asked()) {
                Ok(holds) => {
                    results.insert(holds);
                    Ok(holds)
                }
                Err(RunStop::Unknown(read)) => Err(Halt::Ask(read)),
                Err(RunStop::Failed(failure)) => Err(Halt::Fail(failure)),
            }
        };
        match explore(self.limits.paths, width, run) {
            Ok(ExploredTree { tree, paths }) => {
                self.census.scripts += 1;
                self.census.paths += paths;
                self.constant(condition, &results);
                Some(tree)
            }
            Err(ExplorationError::Fails { path, error }) => {
                let finding = self.failure(condition, &path, error);
                self.findings.push(finding);
                None
            }
            Err(ExplorationError::TooManyPaths) => {
                let place = condition.origin.place();
                let text = condition.origin.text();
                self.findings
                    .report(&codes::TOO_MANY_PATHS, place, &[&text, &self.limits.paths]);
                None
            }
        }
    }

    /// A condition that always has the same result is suspicious.
    fn constant(&mut self, condition: &LinkedCondition, results: &BTreeSet<bool>) {
        let mut results = results.iter();
        if let (Some(only), None) = (results.next(), results.next()) {
            let code = if *only {
                &codes::CONDITION_ALWAYS
            } else {
                &codes::CONDITION_NEVER
            };
            self.findings.report(code, condition.origin.place(), &[]);
        }
    }

    /// A failure, at its place in the script, with the inputs of its path.
    fn failure(
        &self,
        condition: &LinkedCondition,
        path: &[(Read, Value)],
        failure: ScriptFailure,
    ) -> Finding {
        let place = match (failure.in_functions, self.script) {
            (true, Some(script)) => place_in(script, failure.line, failure.column),
            _ => condition.origin.place_at(failure.line, failure.column),
        };
        let vocabulary = &self.draft.product.vocabulary;
        let written = |(read, value): &(Read, Value)| {
            let word = vocabulary
                .domain(*read)
                .map_or("?", |domain| domain.word(*value));
            format!("{} = {word}", vocabulary.written(*read))
        };
        let inputs: Vec<String> = path.iter().map(written).collect();
        let when = match inputs.as_slice() {
            [] => "whatever the inputs are".to_owned(),
            inputs => format!("when {}", inputs.join(", ")),
        };
        let finding = Finding::new(failure.code, Some(place), &[&failure.message]).and(&when);
        if failure.in_functions {
            return finding.with_label(condition.origin.place(), "run from this condition");
        }
        finding
    }

    /// Every condition reads only what all of its users have.
    pub(super) fn check_uses(&mut self, conditions: &[ConditionTree]) {
        for (condition, tree) in self.draft.conditions.iter().zip(conditions) {
            for scope in &condition.uses {
                let missing = tree
                    .questions()
                    .into_iter()
                    .find(|read| !scope.has(self.stands_for(*read)));
                if let Some(read) = missing {
                    let written = self.draft.product.vocabulary.written(read);
                    let words: [&dyn std::fmt::Display; 2] = [&written, &scope.owner];
                    self.findings.report(
                        &codes::READS_UNDECLARED,
                        condition.origin.place(),
                        &words,
                    );
                }
            }
        }
    }

    /// The input that a read is most directly about.
    fn stands_for(&self, read: Read) -> DecisionInput {
        let mut first = AskingSource {
            product: &self.draft.product,
            conditions: &[],
            ask: Err,
        };
        semantics::read(&self.draft.product, &mut first, read)
            .err()
            .unwrap_or(DecisionInput::SameUser)
    }

    /// The deciders of all actions. Actions with equal rules share one, and so do those whose rules come to the same.
    pub(super) fn actions(
        &mut self,
        conditions: &[ConditionTree],
        layout: &Layout,
    ) -> Option<Deciders> {
        let mut by_rules: HashMap<SharedRules<'_>, u32> = HashMap::new();
        let mut by_tree: HashMap<(Tree<DecisionInput, ActionRuling>, QuestionShape), u32> =
            HashMap::new();
        let mut all = Deciders::default();
        for (place, action) in (0..).zip(&self.draft.product.actions) {
            let facts = action
                .facts
                .iter()
                .map(|used| (used.fact.index(), used.shift))
                .collect();
            let asking: QuestionShape = (facts, action.on_target);
            let shape = (action.rules.as_slice(), asking.clone());
            let number = match by_rules.get(&shape) {
                Some(number) => *number,
                None => {
                    let tree = self.action(action, conditions)?;
                    let next = all.deciders.len() as u32;
                    let number = *by_tree.entry((tree.clone(), asking)).or_insert(next);
                    if number == next {
                        all.deciders.push(self.decider(tree, &action.facts, layout));
                        all.first_of.push(place);
                    }
                    by_rules.insert(shape, number);
                    number
                }
            };
            all.of_action.push(number);
        }
        Some(all)
    }

    fn action(
        &mut self,
        action: &Action,
        conditions: &[ConditionTree],
    ) -> Option<Tree<DecisionInput, ActionRuling>> {
        let product = &self.draft.product;
        let tree = self.decision(&action.id, action.place.clone(), conditions, |world| {
            let ruling = semantics::decide(product, &action.rules, action.silent, world)?;
            Ok(ActionRuling {
                ruling,
                allows: action.allows(ruling),
            })
        })?;
        self.facts_are_read(action, &tree);
        Some(tree)
    }

    /// Reports facts that never affect a decision, since every question would have to supply them. Those of things come by
    /// themselves, and other actions may read them.
    fn facts_are_read(&mut self, action: &Action, tree: &Tree<DecisionInput, ActionRuling>) {
        let read = tree.questions();
        for used in action
            .facts
            .iter()
            .filter(|used| !read.contains(&DecisionInput::Fact(used.fact)))
        {
            let fact = self.draft.product.fact(used.fact);
            let fact = fact.filter(|fact| !fact.source.is_of_thing());
            let Some(fact) = fact.map(|fact| &fact.id) else {
                continue;
            };
            self.findings.report(
                &codes::UNUSED_FACT,
                action.place.clone(),
                &[&action.id, &fact],
            );
        }
    }

    /// Explores one decision over the trees of its conditions.
    pub(super) fn decision<T: Clone + Eq + std::hash::Hash>(
        &mut self,
        id: &str,
        place: Place,
        conditions: &[ConditionTree],
        decide: impl Fn(&mut PathSource<'_>) -> Result<T, PathHalt>,
    ) -> Option<Tree<DecisionInput, T>> {
        let product = &self.draft.product;
        let run = |path: &Path<DecisionInput>| {
            let ask = |input| path.read(input);
            decide(&mut AskingSource {
                product,
                conditions,
                ask: &ask,
            })
        };
        match explore(self.limits.paths, |input| product.width(input), run) {
            Ok(explored) => Some(explored.tree),
            Err(_) => {
                self.findings
                    .report(&codes::TOO_MANY_PATHS, place, &[&id, &self.limits.paths]);
                None
            }
        }
    }

    pub(super) fn decider<T>(
        &mut self,
        tree: Tree<DecisionInput, T>,
        facts: &[FactUse],
        layout: &Layout,
    ) -> Decider<T>
    where
        T: YesOrNo + Clone + Eq + std::hash::Hash,
    {
        let product = &self.draft.product;
        let slot = |input| layout.slot(input, facts, product);
        Decider::new(
            tree,
            self.limits.table_cells,
            &mut self.gathers,
            |input| product.width(input),
            slot,
        )
    }
}

/// A line and column of a script file, as a place of one character.
fn place_in(script: &Arc<Source>, line: usize, column: usize) -> Place {
    FileOrigin(Arc::clone(script)).place_at(line, column)
}
