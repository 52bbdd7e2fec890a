//! One action of one user on every thing of a kind. Things of which the rules read the same are answered together.

use crate::answer::Answer;
use crate::explore::layout::Word;
use crate::finding::AskError;
use crate::firm::Firm;
use crate::firm::things::NumberedThing;
use crate::link::product::KindId;
use crate::rulebook::ActionHandle;
use crate::rulebook::thing_plan::words;

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
        let plan = firm.plan_for(&handle, product, kind);
        let mut known: Vec<[Word; 2]> = Vec::new();
        let mut all = Self {
            answers: Vec::new(),
            allowed: Vec::new(),
        };
        let Some(things) = things else {
            return Ok(all);
        };
        for number in 0..things.len() as u32 {
            let thing = NumberedThing {
                product,
                kind,
                number,
            };
            let bits = match plan {
                Some(plan) => words(firm.planned_bits(plan, user, (things, number))),
                None => firm.applied_to(handle, user, Some(thing))?.facts.bits,
            };
            let alike = known.iter().position(|known| *known == bits);
            let alike = match alike {
                Some(alike) => alike,
                None => {
                    let handle = firm.to_decide_on(handle, user, thing)?;
                    firm.fitting(handle, None)?;
                    let answer = firm.answer_of(&handle, [user, user], false)?;
                    all.answers.push(answer.is_allowed().then_some(answer));
                    known.push(bits);
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
