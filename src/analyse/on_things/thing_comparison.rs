//! What people may do on the things of a kind in one state and not in the other. Things that are alike are compared once, and so
//! are people of one kind whom no list of a thing names.

use std::collections::BTreeSet;
use std::rc::Rc;

use hashbrown::HashMap;

use super::access_change::{AccessChange, KindChange, OwnChange, of_kind};
use super::access_path::{AccessPath, PathSearch};
use super::alike_things::ThingClass;
use super::firm_sides::{FirmSides, KindPlace, NOBODY, NumberPair};
use super::listed_people::ListedPeople;
use super::people_sides::PeopleSides;
use super::user_set::UserSet;
use crate::analyse::ability::ActionWithFacts;
use crate::finding::AskError;
use crate::rulebook::ActionHandle;

/// What decides how people are answered who stand on no list: the action, what it reads of a thing, and what firm files say
/// nothing about.
type StrangerKey = (usize, [Option<ActionHandle>; 2], Vec<bool>);

/// The same actions of the same people on things of a class. Actions are known by their numbers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct ClassRow {
    pub(super) change: AccessChange,
    pub(super) users: UserSet,
    pub(super) actions: Vec<usize>,
}

/// The comparison of things of one kind.
pub(super) struct ThingComparison<'f> {
    sides: FirmSides<'f>,
    place: KindPlace,
    people: &'f PeopleSides<'f>,
    asked: &'f [ActionWithFacts],
    is_read_alike: bool,
    /// Whether nobody is different in the two states.
    are_people_alike: bool,
    strangers: HashMap<StrangerKey, Rc<[KindChange]>>,
    paths: Vec<Rc<[AccessPath]>>,
    known_paths: HashMap<Rc<[AccessPath]>, u32>,
}

impl<'f> ThingComparison<'f> {
    /// `asked` are the actions that are done to things of the kind.
    pub(super) fn new(
        sides: FirmSides<'f>,
        place: KindPlace,
        people: &'f PeopleSides<'f>,
        asked: &'f [ActionWithFacts],
    ) -> Self {
        let [before, after] = sides.0.map(|firm| Some(firm?.readings_of(place.product)));
        Self {
            sides,
            place,
            people,
            asked,
            is_read_alike: before == after,
            are_people_alike: people.altered_kinds().next().is_none(),
            strangers: HashMap::new(),
            paths: Vec::new(),
            known_paths: HashMap::new(),
        }
    }

    /// The lists with this number.
    pub(super) fn paths(&self, number: u32) -> &[AccessPath] {
        let paths = self.paths.get(number as usize);
        paths.map_or(&[], |paths| &**paths)
    }

    /// Whether nothing changes on things of a class: they and the rules are as they were, and so is everybody.
    pub(super) fn is_settled(&self, class: &ThingClass) -> bool {
        self.is_unaltered(class) && self.are_people_alike
    }

    fn is_unaltered(&self, class: &ThingClass) -> bool {
        class.is_unaltered && self.is_read_alike
    }

    /// What changes on things of a class, in the order of the actions.
    pub(super) fn rows(&mut self, class: &ThingClass) -> Result<Vec<ClassRow>, AskError> {
        let is_unaltered = self.is_unaltered(class);
        let thing = (self.place, class.first());
        let listed = ListedPeople::of(self.sides, thing, self.people, is_unaltered);
        let mut rows: Vec<ClassRow> = Vec::new();
        for (number, asked) in self.asked.iter().enumerate() {
            let strangers = self.strangers(class, (number, asked))?;
            let of_kinds = self.of_kinds(class.first(), asked, (&listed, &strangers))?;
            let own = self.own(class.first(), asked, (&listed, &of_kinds))?;
            let changes = of_kinds.iter().map(|(_, change)| *change);
            let of_own = own.iter().filter_map(|(_, change)| *change);
            let changes: BTreeSet<AccessChange> = changes.chain(of_own).collect();
            for change in changes {
                let users = UserSet::of(self.people, change, (&of_kinds, &own));
                if users.count(self.people) == 0 {
                    continue;
                }
                let is_same = |row: &&mut ClassRow| row.change == change && row.users == users;
                match rows.iter_mut().find(is_same) {
                    Some(row) => row.actions.push(number),
                    None => rows.push(ClassRow {
                        change,
                        users,
                        actions: vec![number],
                    }),
                }
            }
        }
        Ok(rows)
    }

    /// What changes for people who stand on no list, kind by kind.
    fn strangers(
        &mut self,
        class: &ThingClass,
        (number, asked): (usize, &ActionWithFacts),
    ) -> Result<Rc<[KindChange]>, AskError> {
        let thing = class.first();
        let handles = self.sides.for_strangers(asked, self.place, thing)?;
        let key = (number, handles, class.silent.clone());
        if let Some(known) = self.strangers.get(&key) {
            return Ok(Rc::clone(known));
        }
        let [before, after] = handles;
        let is_same = self.is_read_alike && before == after;
        let mut changes = Vec::new();
        for kind in self.people.kinds.numbers() {
            if is_same && !self.people.is_altered(kind) {
                continue;
            }
            let user = self.people.one_beside(kind, &[]).unwrap_or_default();
            let may = self.sides.may(handles, user);
            let change = self.change(may, asked, thing, (user, [Some(NOBODY); 2]));
            changes.extend(change.map(|change| (kind, change)));
        }
        let changes: Rc<[KindChange]> = changes.into();
        self.strangers.insert(key, Rc::clone(&changes));
        Ok(changes)
    }

    /// What changes for people whom no list names, kind by kind.
    fn of_kinds(
        &mut self,
        thing: NumberPair,
        asked: &ActionWithFacts,
        (listed, strangers): (&ListedPeople, &[KindChange]),
    ) -> Result<Vec<KindChange>, AskError> {
        let others = strangers.iter().copied();
        let mut changes: Vec<KindChange> = others
            .filter(|(kind, _)| listed.kinds.binary_search(kind).is_err())
            .collect();
        for kind in &listed.kinds {
            // Where lists name all people of a kind, each is looked at alone.
            if let Some(user) = self.people.one_beside(*kind, &listed.named) {
                let change = self.change_of(thing, asked, user)?;
                changes.extend(change.map(|change| (*kind, change)));
            }
        }
        changes.sort_unstable();
        Ok(changes)
    }

    /// What changes for people whom lists name, where it is something else than for their kind.
    fn own(
        &mut self,
        thing: NumberPair,
        asked: &ActionWithFacts,
        (listed, of_kinds): (&ListedPeople, &[KindChange]),
    ) -> Result<Vec<OwnChange>, AskError> {
        let mut own = Vec::new();
        for place in &listed.named {
            let user = self.people.numbers(*place);
            let change = self.change_of(thing, asked, user)?;
            if change != of_kind(of_kinds, self.people.kind(*place)) {
                own.push((*place, change));
            }
        }
        Ok(own)
    }

    fn change_of(
        &mut self,
        thing: NumberPair,
        asked: &ActionWithFacts,
        user: NumberPair,
    ) -> Result<Option<AccessChange>, AskError> {
        let may = self.sides.may_on(asked, self.place, thing, user)?;
        Ok(self.change(may, asked, thing, (user, user)))
    }

    /// What changes for a user, and through which lists. `member` is who is looked for on these.
    fn change(
        &mut self,
        may: [bool; 2],
        asked: &ActionWithFacts,
        thing: NumberPair,
        (user, member): (NumberPair, NumberPair),
    ) -> Option<AccessChange> {
        let is_lost = match may {
            [false, true] => false,
            [true, false] => true,
            _ => return None,
        };
        // The lists are those of the state in which it is allowed.
        let side = usize::from(!is_lost);
        let of_side = |pair: NumberPair| pair.get(side).copied().flatten();
        let firm = self.sides.0.get(side).copied().flatten()?;
        let people = [of_side(user)?, of_side(member)?];
        let thing = (self.place, of_side(thing)?);
        let search = PathSearch::new(firm, asked, thing, people)?;
        let paths = self.number(search.paths().into());
        Some(AccessChange { is_lost, paths })
    }

    fn number(&mut self, paths: Rc<[AccessPath]>) -> u32 {
        let next = self.paths.len() as u32;
        let number = *self.known_paths.entry(Rc::clone(&paths)).or_insert(next);
        if number == next {
            self.paths.push(paths);
        }
        number
    }
}
