//! Steps of things and groups: permitted changes after which they are as in the other state.
//!
//! Changes of people depend on nothing of things. So steps are looked for twice: by the people of the old state before anything
//! else is done, and for what is left then, by the people of the new state.

use std::sync::Arc;

use super::steps::DifferenceStep;
use super::thing_goal::{
    DifferencePlace, OpenDifference, OpenPart, PartState, is_open, open_differences,
};
use super::{ThingChange, Unplanned};
use crate::analyse::search_stop::SearchStop;
use crate::budget::Budget;
use crate::change::resolve::ResolvedChange;
use crate::explore::compile::CompiledProduct;
use crate::finding::AskError;
use crate::firm::Firm;
use crate::firm::ends::ListMember;
use crate::link::product::{
    Argument, ArgumentChoice, ChangeId, LinkedChange, StepPlace, ThingStep,
};
use crate::world::change_scope::ChangeScope;
use crate::world::kinds::UserKinds;

/// The steps of things and groups.
#[derive(Default)]
pub(super) struct ThingSteps {
    /// Those that people of the old state can make, before anything else.
    pub(super) before: Vec<DifferenceStep>,
    /// Those that people of the new state can make, after everything else.
    pub(super) after: Vec<DifferenceStep>,
}

/// Finds the steps. For each group and thing it notes those made for it, and the parts that no change makes so. `is_same_people`
/// says whether nothing is different of people.
pub(super) fn thing_steps(
    [old, new]: [&Firm; 2],
    (groups, things): (&mut [ThingChange], &mut [ThingChange]),
    is_same_people: bool,
    unplanned: &mut Unplanned,
) -> Result<ThingSteps, AskError> {
    let mut open = open_differences([old, new], groups, things);
    // What no change is about is outside of the rules.
    open.retain(|difference| is_alterable(old, difference.part));
    let mut steps = ThingSteps::default();
    if open.is_empty() {
        return Ok(steps);
    }
    let mut notes = ThingNotes { groups, things };
    let limits = old.rulebook.limits();
    let budget = limits.budget(usize::MAX);
    let mut search = StepSearch::of(old.clone(), new, &budget);
    let mut left = search.lead(open)?;
    steps.before = notes.note(search.made);
    if !left.is_empty() && !is_same_people && budget.met().is_none() {
        let (from, moved) = undone(&search.firm, new, &left);
        let mut search = StepSearch::of(from, new, &budget);
        left = search.lead(moved)?;
        steps.after = notes.note(search.made);
    }
    if budget.met().is_some() {
        unplanned.0.push(("".into(), left.len()));
    } else {
        notes.impossible(&left);
    }
    Ok(steps)
}

/// The final firm with the open parts as changes have left them, and those parts by numbers of the final firm.
fn undone(reached: &Firm, new: &Firm, left: &[OpenDifference]) -> (Firm, Vec<OpenDifference>) {
    let alterations: Vec<_> = left
        .iter()
        .filter_map(|open| open.part.taken_from(reached, new))
        .collect();
    let moved = left.iter().filter_map(|open| {
        Some(OpenDifference {
            part: open.part.moved(reached, new)?,
            ..open.clone()
        })
    });
    let moved = moved.collect();
    (new.clone().with_altered_things(&alterations), moved)
}

/// A step, and what it is made for.
type MadeStep = (DifferencePlace, DifferenceStep);

/// The groups and things that differ.
struct ThingNotes<'c> {
    groups: &'c mut [ThingChange],
    things: &'c mut [ThingChange],
}

impl ThingNotes<'_> {
    fn at(&mut self, place: DifferencePlace) -> Option<&mut ThingChange> {
        match place {
            DifferencePlace::Group(at) => self.groups.get_mut(at),
            DifferencePlace::Thing(at) => self.things.get_mut(at),
        }
    }

    /// Notes steps, and gives all of them in their order.
    fn note(&mut self, made: Vec<MadeStep>) -> Vec<DifferenceStep> {
        let mut all = Vec::with_capacity(made.len());
        for (place, step) in made {
            if let Some(change) = self.at(place) {
                change.steps.push(step.clone());
            }
            all.push(step);
        }
        all
    }

    fn impossible(&mut self, left: &[OpenDifference]) {
        for open in left {
            if let Some(change) = self.at(open.of)
                && !change.impossible.contains(&open.name)
            {
                change.impossible.push(Arc::clone(&open.name));
            }
        }
    }
}

/// The search for steps from one firm to another.
struct StepSearch<'s> {
    firm: Firm,
    new: &'s Firm,
    budget: &'s Budget,
    /// By product, the people with a seat, by what they hold.
    kinds: Vec<UserKinds>,
    made: Vec<MadeStep>,
}

impl<'s> StepSearch<'s> {
    fn of(firm: Firm, new: &'s Firm, budget: &'s Budget) -> Self {
        let products = 0..firm.rulebook.compiled().len();
        let kinds = products.map(|product| UserKinds::seated(&firm, product, &[]));
        Self {
            kinds: kinds.collect(),
            firm,
            new,
            budget,
            made: Vec::new(),
        }
    }

    /// Makes changes that lead nearer, as long as there are any. Returns what is open afterwards.
    fn lead(&mut self, mut open: Vec<OpenDifference>) -> Result<Vec<OpenDifference>, AskError> {
        for _ in 0..self.firm.rulebook.limits().difference_rounds {
            let mut is_further = false;
            for difference in &open {
                match self.lead_part(difference) {
                    Ok(is_nearer) => is_further |= is_nearer,
                    Err(SearchStop::Failed(error)) => return Err(error),
                    Err(SearchStop::CutOff(_)) => return Ok(self.still_open(open)),
                }
            }
            open = self.still_open(open);
            if !is_further || open.is_empty() {
                break;
            }
        }
        Ok(open)
    }

    fn still_open(&self, mut open: Vec<OpenDifference>) -> Vec<OpenDifference> {
        open.retain(|difference| is_open(difference.part, [&self.firm, self.new]));
        open
    }

    /// Makes changes of one part, as long as they lead nearer. Returns whether there were any.
    fn lead_part(&mut self, difference: &OpenDifference) -> Result<bool, SearchStop> {
        let mut is_nearer = false;
        while is_open(difference.part, [&self.firm, self.new]) {
            let Some(change) = self.find(difference.part)? else {
                break;
            };
            let compiled = self.firm.compiled(change.product)?;
            let outcome = self.firm.outcome(compiled, &change)?;
            let step = DifferenceStep::from(change.named(&self.firm, compiled));
            self.made.push((difference.of, step));
            self.firm = self.firm.clone().with_altered_things(&outcome.things);
            is_nearer = true;
        }
        Ok(is_nearer)
    }

    /// The first permitted change that leads nearer.
    fn find(&self, part: OpenPart) -> Result<Option<ResolvedChange>, SearchStop> {
        let (users, members) = self.targets(part);
        for (product, compiled) in self.firm.rulebook.compiled().iter().enumerate() {
            let thing = part.thing();
            if thing.is_some_and(|thing| thing.product != product) {
                continue;
            }
            let things: Vec<_> = thing.into_iter().collect();
            let group = match part {
                OpenPart::Group(group) => Some(group),
                _ => None,
            };
            let groups: Vec<u32> = group.into_iter().collect();
            let scope = ChangeScope {
                product,
                things: &things,
                groups: &groups,
                users: &users,
                members: &members,
            };
            let makers = self.makers(part, product);
            let changes = (0..).map(ChangeId::from).zip(&compiled.product.changes);
            for (id, _) in changes.filter(|(_, declared)| is_about(declared, part)) {
                for change in scope.changes(&self.firm, compiled, id) {
                    let made = self.made_by_any(compiled, change, &makers)?;
                    if made.is_some() {
                        return Ok(made);
                    }
                }
            }
        }
        Ok(None)
    }

    /// A change, by the first who may make it and so leads nearer.
    fn made_by_any(
        &self,
        compiled: &CompiledProduct,
        change: ResolvedChange,
        makers: &[u32],
    ) -> Result<Option<ResolvedChange>, SearchStop> {
        for user in makers {
            self.budget.work()?;
            let change = ResolvedChange {
                user: *user,
                ..change
            };
            if !self.firm.judged(compiled, &change)?.accepted {
                continue;
            }
            let outcome = self.firm.outcome(compiled, &change)?;
            let mut things = outcome.things.iter();
            let is_nearer = !outcome.things.is_empty()
                && outcome.alterations.is_empty()
                && things.all(|altered| {
                    let after = self.firm.clone();
                    let after = after.with_altered_things(std::slice::from_ref(altered));
                    self.is_nearer(OpenPart::of(altered), &after)
                });
            if outcome.judged.accepted && is_nearer {
                return Ok(Some(change));
            }
        }
        Ok(None)
    }

    fn is_nearer(&self, part: OpenPart, after: &Firm) -> bool {
        let goal = part.moved(&self.firm, self.new);
        let goal = goal.and_then(|part| PartState::of(self.new, part));
        let (before, after) = (PartState::of(&self.firm, part), PartState::of(after, part));
        let all = after.zip(before).zip(goal);
        all.is_some_and(|((after, before), goal)| after.is_nearer(&before, &goal))
    }

    /// The people and groups that stand there in one of the two states alone, or that stand there alone in the other state.
    fn targets(&self, part: OpenPart) -> (Vec<u32>, Vec<u32>) {
        let goal = part.moved(&self.firm, self.new);
        let goal = goal.and_then(|part| PartState::of(self.new, part));
        let (Some(PartState::Entries(now)), Some(PartState::Entries(goal))) =
            (PartState::of(&self.firm, part), goal)
        else {
            return (Vec::new(), Vec::new());
        };
        let mut named: Vec<_> = goal.symmetric_difference(&now).flatten().copied().collect();
        // Whoever stands there alone can be left there alone.
        let mut alone = goal.iter().flatten();
        if let (Some(one), None) = (alone.next(), alone.next())
            && !named.contains(one)
        {
            named.push(*one);
        }
        let (groups, users): (Vec<_>, Vec<_>) = named.into_iter().partition(|(group, _)| *group);
        let find_user = |(_, id): (bool, &str)| self.firm.roster.find(id);
        let find_group = |(_, id): (bool, &str)| self.firm.things.groups.find(id);
        (
            users.into_iter().filter_map(find_user).collect(),
            groups.into_iter().filter_map(find_group).collect(),
        )
    }

    /// Everybody who may make changes of a part: whoever stands on any of the lists that rules can read, and of those who do not,
    /// two of each kind.
    fn makers(&self, part: OpenPart, product: usize) -> Vec<u32> {
        let thing = part.thing();
        let listed = thing.map(|thing| self.firm.things.everybody_on_lists(thing));
        let mut makers = listed.unwrap_or_default();
        let listed = makers.clone();
        let kinds = self.kinds.get(product);
        for kind in kinds.into_iter().flat_map(UserKinds::iter) {
            let others = kind.iter().copied();
            let others = others.filter(|user| listed.binary_search(user).is_err());
            makers.extend(others.take(2));
        }
        if let OpenPart::Group(group) = part {
            let members = self.firm.group_entries(group);
            makers.extend(members.members().filter_map(|member| match member {
                ListMember::User(user) => Some(user),
                ListMember::Group(_) => None,
            }));
        }
        makers.sort_unstable();
        makers.dedup();
        makers
    }
}

/// Whether a change can be about a part.
fn is_about(declared: &LinkedChange, part: OpenPart) -> bool {
    match part.thing() {
        Some(thing) => declared.kind == Some(thing.kind),
        None => declared.takes.contains(&Argument::Group),
    }
}

/// Whether the rules know a change that alters a part.
fn is_alterable(firm: &Firm, part: OpenPart) -> bool {
    let compiled = firm.rulebook.compiled().iter().enumerate();
    let mut of_product = compiled.filter(|(number, _)| {
        let thing = part.thing();
        thing.is_none_or(|thing| thing.product == *number)
    });
    of_product.any(|(_, compiled)| {
        let product = &compiled.product;
        let about = product.changes.iter();
        let mut about = about.filter(|declared| is_about(declared, part));
        about.any(|declared| {
            let mut steps = declared.all_steps(product);
            steps.any(|step| alters(step, declared, part))
        })
    })
}

/// Whether a step of a change is about a part.
fn alters(step: &ThingStep, declared: &LinkedChange, part: OpenPart) -> bool {
    let is_list = |choice: &ArgumentChoice<usize>, list: usize| match choice {
        ArgumentChoice::Fixed(fixed) => *fixed == list,
        ArgumentChoice::Argument => declared.lists.contains(&list),
    };
    match (step, part) {
        (ThingStep::Set(property, _), OpenPart::Property(_, part)) => *property == part,
        (ThingStep::Reset(choice), OpenPart::List(part)) => is_list(choice, part.list),
        (
            ThingStep::Add(place, _) | ThingStep::Remove(place, _) | ThingStep::Only(place, _),
            part,
        ) => match (place, part) {
            (StepPlace::List(choice), OpenPart::List(part)) => is_list(choice, part.list),
            (StepPlace::Group, OpenPart::Group(_)) => true,
            _ => false,
        },
        _ => false,
    }
}
