//! Refusals under `unless` that change no answer.

use std::fmt::Display;

use crate::budget::CutOff;
use crate::finding::{Finding, idle as codes};
use crate::link::product::Clause;

use super::clause::{ClauseHolder, ClausePart, OwnedClause};
use super::{IdleSearch, Searched, either};

impl IdleSearch<'_> {
    /// Reports each name under `unless` that can be taken out without changing any answer.
    pub(super) fn refusals(&self, found: &mut Vec<Finding>) -> Searched {
        for uses in self
            .written(|number| number >= Clause::REFUSED)
            .into_values()
        {
            let mut matters = false;
            for (owned, number) in &uses {
                let at = usize::from(number - Clause::REFUSED);
                matters = matters || self.matters(owned, ClausePart::Refusal(at))?;
            }
            let Some((owned, number)) = uses.first().filter(|_| !matters) else {
                continue;
            };
            let Some(ruling) = self.ruling(owned, *number) else {
                continue;
            };
            let why = self.why_it_refuses_nobody(owned, usize::from(number - Clause::REFUSED))?;
            let at = ruling.written_at.unwrap_or_default();
            let place = ruling.place.source().place(at);
            let words: [&dyn Display; 2] = [&ruling.rule, &why];
            let finding = Finding::new(&codes::REFUSAL_NEVER_REFUSES, Some(place), &words);
            found.push(finding.with_label(ruling.place.clone(), "the refusal"));
        }
        Ok(())
    }

    fn why_it_refuses_nobody(&self, owned: &OwnedClause<'_>, at: usize) -> Result<String, CutOff> {
        let unless = &owned.clause.unless;
        let Some(own) = unless.get(at).copied() else {
            return Ok(String::new());
        };
        let open = owned.without_refusals();
        let holds = self.any_of(owned, |situation| {
            Ok(situation.is_granted_by(&open)? && situation.condition(own)?)
        })?;
        if !holds {
            return Ok("it holds for nobody whom `allow` and `when` let through".to_owned());
        }
        let id = |other: usize| {
            let ruling = self.ruling(owned, Clause::REFUSED + other as u16);
            ruling.map_or("?", |ruling| &ruling.rule)
        };
        let is_change = matches!(owned.owner, ClauseHolder::Change(..));
        for other in 0..if is_change { 0 } else { at } {
            if !self.holds_beyond(owned, at, &[other])? {
                let id = id(other);
                return Ok(format!("wherever it holds, `{id}` has refused already"));
            }
        }
        let earlier: Vec<usize> = (0..at).collect();
        if !is_change && !self.holds_beyond(owned, at, &earlier)? {
            let ids = either(earlier.iter().map(|other| id(*other)));
            return Ok(format!("wherever it holds, {ids} has refused already"));
        }
        Ok("wherever it holds, another rule gives the answer".to_owned())
    }

    /// Whether a refusal holds for anybody who is let through and for whom none of these earlier ones holds.
    fn holds_beyond(
        &self,
        owned: &OwnedClause<'_>,
        at: usize,
        earlier: &[usize],
    ) -> Result<bool, CutOff> {
        let unless = &owned.clause.unless;
        let open = owned.without_refusals();
        self.any_of(owned, |situation| {
            if !situation.is_granted_by(&open)? {
                return Ok(false);
            }
            for other in earlier.iter().filter_map(|other| unless.get(*other)) {
                if situation.condition(*other)? {
                    return Ok(false);
                }
            }
            unless
                .get(at)
                .map_or(Ok(false), |own| situation.condition(*own))
        })
    }
}
