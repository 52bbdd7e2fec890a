//! Proves that nobody comes to do more on a thing by changes of things and groups.
//!
//! The thing is one of the firm, and a question says nothing about it that the firm says. A change matters if it alters a list
//! or a property of that thing, of what it is part of, or a group.

use std::collections::BTreeSet;

use super::counterexample::BrokenFirm;
use super::gain::{GainStage, MOST_WAYS};
use super::input::{ProofInput, ProofPerson, ProofRead, ProofTarget, ThingFrame};
use super::made_change::TargetedChange;
use super::options::{ChangeOption, ChangeOptions, TargetForm};
use super::search::{PathEnd, PathEnding, ProofFirm, SearchResult};
use super::state::ProofState;
use super::subject::{ProofSubject, UndecidedReason};
use super::thing_change::{StepSlot, options_on};
use super::view::ProofView;
use crate::explore::Path;
use crate::explore::compile::CompiledProduct;
use crate::link::product::{
    ActionId, Argument, DecisionInput, FactId, FactSource, KindId, LinkedChange, Product,
    ThingStep, UserPart,
};
use crate::value::Value;
use crate::vocabulary::Person;
use crate::world::bound_change::BoundChange;

/// Actions on things of one kind with the same decision.
pub(super) struct ThingDecisionGroup {
    action: ActionId,
    reads: BTreeSet<UserPart>,
    frame: ThingFrame,
    /// Changes that could alter what it reads; at least one part is of things.
    options: ChangeOptions,
    /// Most changes that are made at once.
    pub(super) most_parts: usize,
}

/// How many parts a way to an allow needs, by what can alter it.
#[derive(Clone, Copy, Default)]
struct WayNeeds {
    listed: usize,
    not_listed: usize,
    other: usize,
    entangles: bool,
}

/// What decisions about a thing read of it and of what it is part of: how many steps above it, and the fact that the kind there
/// declares.
type ReadOfThing = BTreeSet<(u8, FactId)>;

/// The groups of actions on things that changes of things can matter to.
pub(super) fn groups(
    subject: ProofSubject<'_>,
    changes: &[BoundChange],
    of_people: &[BoundChange],
) -> Result<Vec<ThingDecisionGroup>, UndecidedReason> {
    let compiled = subject.compiled;
    let mut groups = Vec::new();
    for (decider, tree) in (0..).zip(&compiled.deciders) {
        let actions = (0..).map(ActionId).zip(&compiled.product.actions);
        let mut kinds: Vec<KindId> = Vec::new();
        for (action, declared) in actions {
            let decided = compiled.of_action.get(action.index()) == Some(&decider);
            let Some(kind) = declared.on_thing.filter(|_| decided) else {
                continue;
            };
            if kinds.contains(&kind) {
                continue;
            }
            kinds.push(kind);
            let mut frame = ThingFrame {
                kind: Some(kind),
                ..ThingFrame::default()
            };
            let questions = tree.tree().questions();
            let read = read_of_thing(&compiled.product, kind, &questions, &mut frame);
            not_altered_elsewhere(subject, kind, &read)?;
            let of_things = options_on(compiled, kind, &read, changes);
            if of_things.is_empty() {
                continue;
            }
            let reads: BTreeSet<UserPart> = tree.parts().collect();
            let people = of_people.iter().copied();
            let people = people.filter(|made| !made.parts(compiled).is_disjoint(&reads));
            let made = of_things
                .into_iter()
                .chain(people.map(ChangeOption::of_users));
            let options = ChangeOptions::of(compiled, made.collect());
            groups.push(ThingDecisionGroup {
                action,
                reads,
                frame: frame.with_options(compiled, &options),
                options,
                most_parts: 1,
            });
        }
    }
    Ok(groups)
}

fn read_of_thing(
    product: &Product,
    kind: KindId,
    questions: &[DecisionInput],
    frame: &mut ThingFrame,
) -> ReadOfThing {
    let mut read = ReadOfThing::new();
    for question in questions {
        let DecisionInput::Fact(fact) = question else {
            continue;
        };
        let source = product.fact(*fact).map(|fact| fact.source);
        let Some(source) = source.filter(|source| source.kind() == Some(kind)) else {
            continue;
        };
        if let Some((above, fact)) = read_by(product, source) {
            read.insert((above, fact));
            if matches!(source, FactSource::Taken(..)) {
                frame.silent.insert(fact);
                frame.taken.insert(fact);
                read.extend(bringers(product, fact).into_iter().map(|one| (above, one)));
            }
        }
    }
    read
}

/// The property or list that a fact is read from, and how many steps above the thing.
fn read_by(product: &Product, source: FactSource) -> Option<(u8, FactId)> {
    let (path, fact) = match source {
        FactSource::Question => return None,
        FactSource::Property(path, number) => {
            let property = product.kind_at(path)?.properties.get(number)?;
            (path, property.fact)
        }
        FactSource::List(path, number) => (path, product.kind_at(path)?.lists.get(number)?.fact),
        FactSource::Taken(path, taken) => {
            (path, product.kind_at(path)?.lists.get(taken.list)?.fact)
        }
    };
    Some((path.above, fact))
}

/// The lists that bring a list, directly or through others.
fn bringers(product: &Product, list: FactId) -> BTreeSet<FactId> {
    let lists = product.facts.iter().zip((0..).map(FactId));
    lists
        .map(|(_, fact)| fact)
        .filter(|fact| product.brings(*fact, list))
        .collect()
}

/// Changes of other products can alter groups, and things of a kind that both products have. Proofs do not follow them.
fn not_altered_elsewhere(
    subject: ProofSubject<'_>,
    kind: KindId,
    read: &ReadOfThing,
) -> Result<(), UndecidedReason> {
    let product = &subject.compiled.product;
    let reads_lists = read
        .iter()
        .any(|(_, fact)| product.list_of_fact(*fact).is_some());
    let kinds: BTreeSet<&str> = read
        .iter()
        .filter_map(|(above, _)| product.kind(product.kind_above(kind, *above)?))
        .map(|kind| &*kind.id)
        .collect();
    let others = (0..).zip(subject.rulebook.compiled());
    for (number, other) in others.filter(|(_, other)| other.product.id != product.id) {
        let alters = |change: &LinkedChange| {
            let kind = change.kind.and_then(|kind| other.product.kind(kind));
            reads_lists && change.takes.contains(&Argument::Group)
                || kind.is_some_and(|kind| kinds.contains(&*kind.id))
        };
        let change = other.product.changes.iter().position(alters);
        if let Some(change) = change {
            return Err(UndecidedReason::ChangeElsewhere {
                product: number,
                change,
            });
        }
    }
    Ok(())
}

impl ThingDecisionGroup {
    /// Leaves out changes that cannot be part of a bulk change, and bounds the parts that it needs.
    pub(super) fn in_bulk(&mut self, compiled: &CompiledProduct) {
        self.options = self.options.in_bulk(compiled);
        let made = &self.options.made;
        if !made.iter().any(|option| option.is_of_things(compiled)) {
            self.most_parts = 0;
            return;
        }
        self.most_parts = self
            .needs(compiled)
            .iter()
            .map(WayNeeds::parts)
            .max()
            .unwrap_or(0);
    }

    /// Whether somebody can be put into a group and that group onto this list.
    fn is_reached_by_two(&self, compiled: &CompiledProduct, list: FactId) -> bool {
        let puts = |wanted: StepSlot, targets: &[TargetForm]| {
            let mut options = self.options.made.iter();
            options.any(|option| {
                let mut steps = option.steps(compiled);
                targets.contains(&option.target)
                    && steps.any(|(step, slot)| {
                        slot == wanted && matches!(step, ThingStep::Add(..) | ThingStep::Only(..))
                    })
            })
        };
        puts(
            StepSlot::Group,
            &[TargetForm::User, TargetForm::Group, TargetForm::Nobody],
        ) && puts(StepSlot::OfThing(list), &[TargetForm::Group])
    }

    /// Whether a change does several things at once, or one that puts a group onto a list reads where the group stands and the
    /// user can be put into that group at once.
    fn entangles(&self, compiled: &CompiledProduct) -> bool {
        let of_target = |question: &DecisionInput| match question {
            DecisionInput::Fact(fact) => {
                let fact = compiled.product.fact(*fact);
                fact.is_some_and(|fact| fact.source.whom() == Person::Target)
            }
            _ => false,
        };
        self.options.made.iter().any(|option| {
            let judge = compiled.judges.get(option.made.change.index());
            let reads = judge.is_some_and(|judge| judge.tree().questions().iter().any(of_target));
            let mut lists = option.steps(compiled).filter_map(|(_, slot)| match slot {
                StepSlot::OfThing(list) => Some(list),
                StepSlot::Group => None,
            });
            option.steps(compiled).nth(1).is_some()
                || reads && lists.any(|list| self.is_reached_by_two(compiled, list))
        })
    }

    /// What each way to an allow needs, without the inputs that can be left out.
    fn needs(&self, compiled: &CompiledProduct) -> Vec<WayNeeds> {
        let Some(tree) = compiled.decider(self.action).map(|decider| decider.tree()) else {
            return Vec::new();
        };
        let writes = self.options.made.iter();
        let writes = writes.flat_map(|option| option.made.parts(compiled));
        let of_people: BTreeSet<UserPart> = writes.collect();
        let is_written = |input: &DecisionInput| match input {
            DecisionInput::Fact(fact) => self.is_of_thing(compiled, *fact),
            input => input.part().is_some_and(|part| of_people.contains(&part)),
        };
        let by_two = |list| self.is_reached_by_two(compiled, list);
        let entangles = self.entangles(compiled);
        let none = WayNeeds {
            entangles,
            ..WayNeeds::default()
        };
        let Some(ways) = tree.ways(|ruled| ruled.allows, MOST_WAYS) else {
            let all = tree.questions().into_iter().filter(is_written);
            let needs = all.fold(none, |mut needs, input| {
                needs.add(compiled, (input, &[]), &by_two);
                needs
            });
            return vec![needs];
        };
        let needs = ways.into_iter().map(|way| {
            let way = tree.shortened(way, |ruled| ruled.allows, is_written);
            let mut needs = none;
            for (input, values) in way.iter().filter(|(input, _)| is_written(input)) {
                needs.add(compiled, (*input, values), &by_two);
            }
            needs
        });
        needs.collect()
    }

    fn is_of_thing(&self, compiled: &CompiledProduct, fact: FactId) -> bool {
        let source = compiled.product.fact(fact).map(|fact| fact.source);
        source.is_some_and(|source| source.kind() == self.frame.kind && source.kind().is_some())
    }

    pub(super) fn search(
        &self,
        subject: ProofSubject<'_>,
        parts: u8,
        searched: &mut SearchResult,
    ) -> Result<(), UndecidedReason> {
        let run =
            |path: &Path<ProofInput>| self.run(&ProofState::new(subject, &self.frame, path), parts);
        let stage =
            |staged: &ProofFirm<'_>, (): &()| -> Result<Option<BrokenFirm>, UndecidedReason> {
                let gain = GainStage {
                    action: self.action,
                    target: None,
                };
                gain.stage(staged)
            };
        subject.search(self.options.made.len(), searched, run, stage)
    }

    fn run(&self, state: &ProofState<'_>, parts: u8) -> ProofRead<PathEnd<()>> {
        let relevant = |what| self.reads.contains(&what);
        let chosen: Option<(Vec<TargetedChange>, _)> =
            state.choose_with_things(&self.options, parts, &relevant)?;
        let Some((parts, made)) = chosen else {
            return Ok(PathEnd::Idle);
        };
        let user = ProofTarget::Person(ProofPerson::User);
        let before = ProofView::before(state, user).allows(self.action)?;
        if before && parts.len() > 1 {
            return Ok(PathEnd::Idle);
        }
        let after = ProofView::after(state, user, (&made.altered, &made.writes));
        let after = after.allows(self.action)?;
        let ending = PathEnding::of(state, None, &parts);
        Ok(match (before, after) {
            (false, true) => PathEnd::Broken(ending, ()),
            (true, false) => PathEnd::Kept(ending),
            _ => PathEnd::Idle,
        })
    }
}

impl WayNeeds {
    /// Counts an input that has to have one of these values; any, where there are none.
    fn add(
        &mut self,
        compiled: &CompiledProduct,
        (input, values): (DecisionInput, &[Value]),
        by_two: &dyn Fn(FactId) -> bool,
    ) {
        let product = &compiled.product;
        let source = match input {
            DecisionInput::Fact(fact) => product.fact(fact).map(|fact| fact.source),
            _ => None,
        };
        let mut list = |list, [listed, not_listed]: [bool; 2]| {
            self.listed += usize::from(listed) * (1 + usize::from(by_two(list)));
            self.not_listed += usize::from(not_listed);
        };
        match source.and_then(|source| Some((source, read_by(product, source)?.1))) {
            Some((FactSource::List(..), fact)) => {
                let may_be = |value| values.is_empty() || values.contains(&value);
                list(fact, [may_be(Value::YES), may_be(Value::NO)]);
            }
            Some((FactSource::Taken(..), fact)) => {
                list(fact, [true, true]);
                for bringer in bringers(product, fact) {
                    list(bringer, [false, true]);
                }
                self.other += 1;
            }
            _ => self.other += 1,
        }
    }

    /// The most parts that can be needed at once.
    ///
    /// To stand on a list takes one, or two where the user is put into a group and the group onto the list. To be off a list
    /// takes one. Where a change that puts a group somewhere needs that the group stands elsewhere, or a change does several
    /// things at once, each part can also put the user there, and takes one more to be off it.
    fn parts(&self) -> usize {
        let each = if self.entangles {
            1 + self.listed + self.other
        } else {
            1
        };
        self.other + self.listed + self.not_listed * each
    }
}
