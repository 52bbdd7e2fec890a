//! One action of one user on every thing of a kind. Things of which the rules read the same are answered together.

use crate::answer::Answer;
use crate::finding::AskError;
use crate::firm::Firm;
use crate::firm::things::{KindThings, NumberedThing};
use crate::link::product::KindId;
use crate::rulebook::ActionHandle;

/// The answers about every thing of a kind.
pub(super) struct AnswersOnThings<'f> {
    /// The answers that differ in what the rules read. `None` where it is denied.
    pub(super) answers: Vec<Option<Answer<'f>>>,
    /// The things on which it is allowed, by number in ascending order, each with the number of its answer.
    pub(super) allowed: Vec<(u32, u32)>,
}

impl<'f> AnswersOnThings<'f> {
    /// `handle` has the facts that were given.
    pub(super) fn of(
        firm: &'f Firm,
        handle: ActionHandle,
        user: u32,
        (product, kind): (usize, KindId),
    ) -> Result<Self, AskError> {
        let things = firm.things.of_kind(product, kind);
        let mut known = Vec::new();
        let mut all = Self {
            answers: Vec::new(),
            allowed: Vec::new(),
        };
        for number in 0..things.map_or(0, KindThings::len) as u32 {
            let thing = NumberedThing {
                product,
                kind,
                number,
            };
            let handle = firm.to_decide_on(handle, user, thing)?;
            let alike = known.iter().position(|bits| *bits == handle.facts.bits);
            let alike = match alike {
                Some(alike) => alike,
                None => {
                    firm.fitting(handle, None)?;
                    let answer = firm.answer_of(&handle, [user, user], false)?;
                    all.answers.push(answer.is_allowed().then_some(answer));
                    known.push(handle.facts.bits);
                    known.len() - 1
                }
            };
            if matches!(all.answers.get(alike), Some(Some(_))) {
                all.allowed.push((number, alike as u32));
            }
        }
        Ok(all)
    }
}
