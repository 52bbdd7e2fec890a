//! Rules from which no answer comes, because earlier ones answer in their place.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use crate::budget::CutOff;
use crate::finding::{Finding, idle as codes};
use crate::link::product::{Action, Clause};

use super::clause::{ClauseHolder, OwnedClause};
use super::{IdleSearch, Searched, either};

impl IdleSearch<'_> {
    /// Reports each rule that decides for none of the actions that have it.
    pub(super) fn rules(&self, found: &mut Vec<Finding>) -> Searched {
        let mut by_place: BTreeMap<u32, Vec<OwnedClause<'_>>> = BTreeMap::new();
        for owned in self.clauses() {
            let is_one_of_several = match owned.owner {
                ClauseHolder::Action(action, _) => action.rules.len() > 1,
                ClauseHolder::Change(..) => false,
            };
            let ruling = self.ruling(&owned, Clause::GRANTED);
            if let Some(ruling) = ruling.filter(|_| is_one_of_several) {
                let start = ruling.place.span().start;
                by_place.entry(start).or_default().push(owned);
            }
        }
        for uses in by_place.values() {
            let mut decides = false;
            for owned in uses {
                decides = decides || self.decides(owned)?;
            }
            let Some(first) = uses.first().filter(|_| !decides) else {
                continue;
            };
            let Some(ruling) = self.ruling(first, Clause::GRANTED) else {
                continue;
            };
            let why = self.why_hidden(first)?;
            let place = Some(ruling.place.clone());
            let words: [&dyn Display; 2] = [&ruling.rule, &why];
            found.push(Finding::new(&codes::RULE_NEVER_DECIDES, place, &words));
        }
        Ok(())
    }

    /// Whether any answer comes from a rule.
    fn decides(&self, owned: &OwnedClause<'_>) -> Result<bool, CutOff> {
        let ClauseHolder::Action(action, _) = owned.owner else {
            return Ok(true);
        };
        let clause = owned.clause;
        let last = clause.first + Clause::REFUSED + clause.unless.len() as u16;
        let own = clause.first..last;
        self.any_of(owned, |situation| {
            Ok(own.contains(&situation.decide(action, &action.rules)?))
        })
    }

    fn why_hidden(&self, owned: &OwnedClause<'_>) -> Result<String, CutOff> {
        let ClauseHolder::Action(action, at) = owned.owner else {
            return Ok(String::new());
        };
        let own = owned.rule();
        let earlier = || self.earlier(action, at);
        // Alone?
        for other in earlier() {
            let others = other.rule();
            let alone = !self.any_of(owned, |situation| {
                Ok(situation.is_granted_by(&own)? && !situation.is_granted_by(&others)?)
            })?;
            let ever = alone && self.any_of(owned, |situation| situation.is_granted_by(&own))?;
            if ever {
                let id = self
                    .ruling(&other, Clause::GRANTED)
                    .map_or("?", |it| &it.rule);
                return Ok(format!(
                    "whomever it would allow, `{id}` has allowed already"
                ));
            }
        }
        let mut before: BTreeSet<usize> = BTreeSet::new();
        self.any_of(owned, |situation| {
            if !situation.is_granted_by(&own)? {
                return Ok(false);
            }
            for (number, other) in action.rules.iter().enumerate().take(at) {
                if situation.is_granted_by(other)? {
                    before.insert(number);
                    break;
                }
            }
            Ok(false)
        })?;
        let named = earlier().filter(|other| match other.owner {
            ClauseHolder::Action(_, number) => before.contains(&number),
            ClauseHolder::Change(..) => false,
        });
        let named: Vec<OwnedClause<'_>> = named.collect();
        let ids = named
            .iter()
            .filter_map(|other| self.ruling(other, Clause::GRANTED));
        let ids = either(ids.map(|ruling| &*ruling.rule));
        Ok(if ids.is_empty() {
            "it allows nobody, and wherever it denies, an earlier rule has given the reason"
                .to_owned()
        } else {
            format!("whomever it would allow, {ids} has allowed already")
        })
    }

    /// The rules of an action in front of one.
    fn earlier<'a>(&self, action: &'a Action, at: usize) -> impl Iterator<Item = OwnedClause<'a>> {
        let earlier = action.rules.iter().enumerate().take(at);
        earlier.map(move |(number, rule)| OwnedClause {
            owner: ClauseHolder::Action(action, number),
            whom: rule.whom,
            clause: &rule.clause,
        })
    }
}
