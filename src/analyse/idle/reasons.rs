//! Reasons of rules without `when` that no answer shows.

use crate::budget::CutOff;
use crate::finding::{Finding, idle as codes};
use crate::link::product::{AllowedUsers, Clause};

use super::clause::{ClauseHolder, OwnedClause};
use super::{IdleSearch, Searched};

impl IdleSearch<'_> {
    /// Reports each `because` without `when` that is never the reason of an answer.
    pub(super) fn reasons(&self, found: &mut Vec<Finding>) -> Searched {
        let written = self.written(|number| number == Clause::NOT_GRANTED);
        for uses in written.into_values() {
            let mut is_shown = false;
            for (owned, _) in &uses {
                is_shown = is_shown || self.is_shown(owned)?;
            }
            let Some((owned, number)) = uses.first().filter(|_| !is_shown) else {
                continue;
            };
            let Some(ruling) = self.ruling(owned, *number) else {
                continue;
            };
            let why = self.why_never_shown(owned)?;
            let at = ruling.written_at.unwrap_or_default();
            let place = Some(ruling.place.source().place(at));
            found.push(Finding::new(&codes::BECAUSE_NEVER_SHOWN, place, &[&why]));
        }
        Ok(())
    }

    fn is_shown(&self, owned: &OwnedClause<'_>) -> Result<bool, CutOff> {
        let not_granted = owned.clause.first + Clause::NOT_GRANTED;
        self.any_of(owned, |situation| match owned.owner {
            ClauseHolder::Action(action, _) => {
                Ok(situation.decide(action, &action.rules)? == not_granted)
            }
            ClauseHolder::Change(change, _) => {
                Ok(situation.judge(&change.clause)?.contains(&not_granted))
            }
        })
    }

    fn why_never_shown(&self, owned: &OwnedClause<'_>) -> Result<&'static str, CutOff> {
        let clause = owned.clause;
        if clause.allow == AllowedUsers::Everyone {
            return Ok("`allow: everyone` turns nobody away, and there is no `when` here");
        }
        let not_granted = clause.first + Clause::NOT_GRANTED;
        let rule = owned.rule();
        let turns_away = self.any_of(owned, |situation| {
            Ok(situation.speaks(&rule)? == Some(not_granted))
        })?;
        Ok(if turns_away {
            "whomever this rule turns away, another rule gives the answer"
        } else {
            "`allow` turns nobody away who can exist"
        })
    }
}
