//! Two states of a firm side by side, or one alone: in a state that is not there, nobody may do anything.

use crate::analyse::ability::ActionWithFacts;
use crate::finding::AskError;
use crate::firm::Firm;
use crate::firm::things::NumberedThing;
use crate::link::product::KindId;
use crate::rulebook::ActionHandle;

/// One number for each state; none in a state that does not have it.
pub(super) type NumberPair = [Option<u32>; 2];

/// Nobody has this number, so nobody with it stands on a list.
pub(super) const NOBODY: u32 = u32::MAX;

/// The states, the earlier one first.
#[derive(Clone, Copy)]
pub(super) struct FirmSides<'f>(pub(super) [Option<&'f Firm>; 2]);

/// A kind of things of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KindPlace {
    pub(super) product: usize,
    pub(super) kind: KindId,
}

impl KindPlace {
    pub(super) fn thing(self, number: u32) -> NumberedThing {
        NumberedThing {
            product: self.product,
            kind: self.kind,
            number,
        }
    }
}

impl<'f> FirmSides<'f> {
    /// A state of which the rules are those of both.
    pub(super) fn newest(self) -> Option<&'f Firm> {
        let [old, new] = self.0;
        new.or(old)
    }

    /// Both states, where there are two.
    pub(super) fn both(self) -> Option<[&'f Firm; 2]> {
        let [old, new] = self.0;
        Some([old?, new?])
    }

    /// Whether both have the same groups and things, so that nothing about them has to be compared.
    pub(super) fn share_things(self) -> bool {
        self.both()
            .is_some_and(|[old, new]| std::sync::Arc::ptr_eq(&old.things, &new.things))
    }

    /// An action on a thing in each state, with what the rules read of it for whoever stands on no list.
    pub(super) fn for_strangers(
        self,
        asked: &ActionWithFacts,
        place: KindPlace,
        thing: NumberPair,
    ) -> Result<[Option<ActionHandle>; 2], AskError> {
        self.for_users(asked, place, thing, [Some(NOBODY); 2])
    }

    /// The same for a user, who may be there in one state alone.
    fn for_users(
        self,
        asked: &ActionWithFacts,
        place: KindPlace,
        [before, after]: NumberPair,
        [user_before, user_after]: NumberPair,
    ) -> Result<[Option<ActionHandle>; 2], AskError> {
        let [old, new] = self.0;
        let handle = |firm: Option<&Firm>, user: Option<u32>, thing: Option<u32>| {
            let (Some(firm), Some(user), Some(thing)) = (firm, user, thing) else {
                return Ok(None);
            };
            firm.to_decide_on(asked.handle, user, place.thing(thing))
                .map(Some)
        };
        Ok([
            handle(old, user_before, before)?,
            handle(new, user_after, after)?,
        ])
    }

    /// Whether a user may do an action on a thing in each state.
    pub(super) fn may_on(
        self,
        asked: &ActionWithFacts,
        place: KindPlace,
        thing: NumberPair,
        user: NumberPair,
    ) -> Result<[bool; 2], AskError> {
        Ok(self.may(self.for_users(asked, place, thing, user)?, user))
    }

    /// Whether a user may do an action that is ready to be decided in each state.
    pub(super) fn may(self, handles: [Option<ActionHandle>; 2], user: NumberPair) -> [bool; 2] {
        let [old, new] = self.0;
        let ([before, after], [of_old, of_new]) = (handles, user);
        let is_allowed = |firm: Option<&Firm>, handle: Option<ActionHandle>, user: Option<u32>| {
            let asked = firm.zip(handle).zip(user);
            asked.is_some_and(|((firm, handle), user)| is_allowed(firm, &handle, user))
        };
        [
            is_allowed(old, before, of_old),
            is_allowed(new, after, of_new),
        ]
    }
}

/// Whether an action with all that it reads is allowed. One that cannot be decided is not.
pub(super) fn is_allowed(firm: &Firm, handle: &ActionHandle, user: u32) -> bool {
    let code = firm.code(handle, [user, user], false);
    handle.is_complete() && code.is_some_and(|code| code.is_allowed())
}
