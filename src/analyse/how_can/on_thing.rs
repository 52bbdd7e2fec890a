//! Plans for a question about a thing: changes of its lists and properties and of groups, alone or with changes of people.

use super::plan::PlanWithEnd;
use super::thing_search::{PlansOnThing, ThingSearch};
use super::{PlanGoal, Plans};
use crate::answer::Question;
use crate::finding::AskError;
use crate::firm::Firm;

impl Firm {
    /// Looks for plans with changes of the thing, of what it is part of, and of groups. None where the question is about no thing, or
    /// no change is about things like it.
    pub(super) fn plans_on_thing(
        &self,
        question: &Question<'_>,
        ask: &PlanGoal<'_>,
    ) -> Result<Option<PlansOnThing>, AskError> {
        let (Some(thing), Some(user)) = (ask.asked.thing, ask.asked.user) else {
            return Ok(None);
        };
        let search = ThingSearch::new(self, question, ask, (thing, user));
        search.map(|search| search.run(self)).transpose()
    }
}

impl PlansOnThing {
    /// The plans that were found. Without any, says what is known.
    pub(super) fn made(
        self,
        plans: &mut Plans,
        firm: &Firm,
        question: &Question<'_>,
        ask: &PlanGoal<'_>,
    ) -> Result<Vec<PlanWithEnd>, AskError> {
        let found = self.found.iter();
        let made = found.map(|state| super::thing_plan::plan(firm, question, ask, &state.steps));
        let made = made.collect::<Result<Vec<_>, AskError>>()?;
        if self.found.is_empty() {
            plans.would_take = self.refused;
        }
        plans.cut_off = plans.cut_off.or(self.cut_off);
        Ok(made)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}
