//! What changes write into things and groups: entries of lists and groups, and properties.

use smallvec::SmallVec;

use super::resolve::ResolvedChange;
use crate::firm::Firm;
use crate::firm::ends::{ListMember, ListPlace};
use crate::firm::things::NumberedThing;
use crate::link::product::{ArgumentChoice, KindList, LinkedChange, StepPlace, ThingStep};
use crate::value::Value;

/// One write into a thing or a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ThingWrite {
    Property(NumberedThing, usize, Value),
    Entry(EntriesPlace, ListMember, EntryWrite),
    Reset(ListPlace),
}

/// Where entries stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum EntriesPlace {
    List(ListPlace),
    Group(u32),
}

/// What is done with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EntryWrite {
    Add,
    Remove,
    /// It stands there alone; together with others that are put there in the same step.
    Only,
}

/// What two writes must not both set to different values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum WrittenSlot {
    Property(NumberedThing, usize),
    Entry(EntriesPlace, ListMember),
    /// The list as a whole: it has entries, or nobody says anything about it.
    Whole(ListPlace),
    /// The one entry of a list for one.
    Single(ListPlace),
}

/// The value of a slot; what it means depends on the slot.
type SlotValue = (bool, Option<ListMember>, Value);

impl ThingWrite {
    /// What the steps of a change or an effect write. `holder` finds the one who holds a role.
    pub(super) fn of(
        steps: &[ThingStep],
        declared: &LinkedChange,
        resolved: &ResolvedChange,
        member: impl Fn(crate::link::product::AlteredPerson) -> Option<ListMember>,
    ) -> SmallVec<[Self; 2]> {
        let list = |choice: ArgumentChoice<usize>| {
            let thing = resolved.thing(declared)?;
            Some(ListPlace {
                product: thing.product,
                kind: thing.kind,
                thing: thing.number,
                list: choice.or(resolved.arguments.list)?,
            })
        };
        let place = |place| match place {
            StepPlace::List(choice) => list(choice).map(EntriesPlace::List),
            StepPlace::Group => resolved.arguments.group.map(EntriesPlace::Group),
        };
        let entry = |at, who, how| Some(Self::Entry(place(at)?, member(who)?, how));
        let write = |step: &ThingStep| match *step {
            ThingStep::Add(at, who) => entry(at, who, EntryWrite::Add),
            ThingStep::Remove(at, who) => entry(at, who, EntryWrite::Remove),
            ThingStep::Only(at, who) => entry(at, who, EntryWrite::Only),
            ThingStep::Reset(choice) => Some(Self::Reset(list(choice)?)),
            ThingStep::Set(property, to) => {
                let (thing, to) = (resolved.thing(declared)?, to.or(resolved.arguments.value)?);
                Some(Self::Property(thing, property, to))
            }
        };
        steps.iter().filter_map(write).collect()
    }

    /// What it sets, and to which values. Parts of one bulk change that set the same to different values contradict each other.
    pub(super) fn slots(self, firm: &Firm) -> Vec<(WrittenSlot, SlotValue)> {
        let flag = |flag| (flag, None, Value::NO);
        match self {
            Self::Property(thing, property, to) => {
                vec![(WrittenSlot::Property(thing, property), (true, None, to))]
            }
            Self::Reset(list) => vec![(WrittenSlot::Whole(list), flag(false))],
            Self::Entry(place, member, how) => {
                let stands = how != EntryWrite::Remove;
                let mut slots = vec![(WrittenSlot::Entry(place, member), flag(stands))];
                if let EntriesPlace::List(list) = place {
                    slots.push((WrittenSlot::Whole(list), flag(true)));
                    if stands && firm.is_single(list) {
                        let one = (true, Some(member), Value::NO);
                        slots.push((WrittenSlot::Single(list), one));
                    }
                }
                slots
            }
        }
    }
}

impl Firm {
    /// Whether a list has one entry at most.
    fn is_single(&self, list: ListPlace) -> bool {
        self.declared_list(list).is_some_and(|list| list.is_single)
    }

    /// What the rules declare of a list.
    pub(super) fn declared_list(&self, list: ListPlace) -> Option<&KindList> {
        let compiled = self.rulebook.product(list.product)?;
        compiled.product.kind(list.kind)?.lists.get(list.list)
    }
}
