//! Conditions under `when` that change no answer.

use crate::finding::{Finding, idle as codes};
use crate::link::product::Clause;

use super::clause::ClausePart;
use super::{IdleSearch, Searched};

impl IdleSearch<'_> {
    /// Reports each `when` that can be removed without changing any answer.
    pub(super) fn conditions(&self, found: &mut Vec<Finding>) -> Searched {
        for uses in self.written(|number| number == Clause::UNMET).into_values() {
            let mut matters = false;
            for (owned, _) in &uses {
                matters = matters || self.matters(owned, ClausePart::When)?;
            }
            let Some((owned, number)) = uses.first().filter(|_| !matters) else {
                continue;
            };
            let Some(ruling) = self.ruling(owned, *number) else {
                continue;
            };
            let unmet = owned.clause.first + Clause::UNMET;
            let rule = owned.rule();
            let stops = self.any_of(owned, |situation| {
                Ok(situation.speaks(&rule)? == Some(unmet))
            })?;
            let why = if stops {
                "wherever it does not hold, another rule gives the answer"
            } else {
                "it holds for everybody whom `allow` lets through"
            };
            let at = ruling.written_at.unwrap_or_default();
            let place = Some(ruling.place.source().place(at));
            found.push(Finding::new(&codes::WHEN_STOPS_NOBODY, place, &[&why]));
        }
        Ok(())
    }
}
