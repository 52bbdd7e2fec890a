//! What things say, as bits of facts.

use super::JoinTables;
use super::fact::{JoinForm, packed};
use crate::firm::things::NumberedThing;
use crate::rulebook::ActionHandle;

/// What a thing says of one person, or of everybody of whom it says nothing in particular.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct JoinThing<'f> {
    /// The number of the form that the bits are of.
    pub form: u32,
    /// Id of the thing.
    pub thing: &'f str,
    /// Id of the person; none for everybody who has no row of their own.
    pub user: Option<&'f str>,
    /// The facts that the thing knows, one bit for each, as in [`JoinFact::place`](super::JoinFact::place).
    pub known: i64,
    /// The bits of all facts: what the thing says, and else the default.
    pub bits: i64,
}

impl<'f> JoinTables<'f> {
    /// What every thing says, by form: first of everybody, then of those who stand on lists, themselves or through groups, where
    /// that makes a difference.
    pub fn things(&self) -> impl Iterator<Item = JoinThing<'f>> {
        self.forms.iter().flat_map(move |form| {
            let handle = self.handle(form);
            let things = form.kind_number.and_then(|kind| {
                let things = self.firm.things.of_kind(self.number, kind)?;
                Some((0..things.len() as u32).map(move |number| NumberedThing {
                    product: self.number,
                    kind,
                    number,
                }))
            });
            let things = things.into_iter().flatten();
            things.flat_map(move |thing| self.rows_of(form, handle, thing))
        })
    }

    /// The first action of a form, with every fact at its default.
    fn handle(&self, form: &JoinForm<'_>) -> Option<ActionHandle> {
        let handle = self
            .firm
            .rulebook
            .action(Some(self.product()), &form.action.id);
        handle.ok()
    }

    /// The rows of a thing.
    fn rows_of(
        &self,
        form: &JoinForm<'_>,
        handle: Option<ActionHandle>,
        thing: NumberedThing,
    ) -> Vec<JoinThing<'f>> {
        let (firm, mut rows) = (self.firm, Vec::new());
        let things = firm.things.of_kind(thing.product, thing.kind);
        let Some((handle, things)) = handle.zip(things) else {
            return rows;
        };
        let row = |number: u32, user| {
            let action = firm.applied_to(handle, number, Some(thing)).ok()?;
            Some(JoinThing {
                form: form.number,
                thing: things.id(thing.number),
                user,
                known: packed(action.facts.followed),
                bits: packed(action.facts.bits),
            })
        };
        let people = firm.things.everybody_on_lists(thing);
        let mut users = 0..firm.roster.len() as u32;
        let others = users.find(|user| people.binary_search(user).is_err());
        let others = others.and_then(|user| row(user, None));
        rows.extend(others);
        let is_different = |row: &JoinThing<'_>| {
            others.is_none_or(|others| (others.known, others.bits) != (row.known, row.bits))
        };
        let people = people.iter();
        let listed = people.filter_map(|user| row(*user, Some(firm.roster.id(*user))));
        rows.extend(listed.filter(is_different));
        rows
    }
}
