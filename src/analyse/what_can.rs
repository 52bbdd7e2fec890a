//! What can: every action that one user may do, and on whom.

use serde::{Deserialize, Serialize};

use super::ability::{self, Ability, ActionWithFacts};
use super::allowed_things::AllowedThings;
use super::crowd::Crowd;
use super::every_thing::AnswersOnThings;
use super::missing::{MissingInput, SeatedQuestion};
use super::targets::Targets;
use crate::answer::Answer;
use crate::change::Reason;
use crate::explore::compile::CompiledProduct;
use crate::finding::AskError;
use crate::firm::things::NumberedThing;
use crate::firm::{Firm, has_seat};
use crate::link::product::KindId;
use crate::rulebook::ActionHandle;
use crate::world::question::ResolvedQuestion;

/// The actions that one user may and may not do, in the order of the rule files.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WhatCan {
    /// The actions they may do. An action with a target is here when there is anybody on whom they may do it. An
    /// action whose facts have no defaults appears once for each choice of values.
    pub actions: Vec<Ability>,
    /// The actions they may not do.
    pub denied: Vec<Ability>,
    /// The ground that denies everything in a product: the user is disabled, or has no seat in any of the products in
    /// question.
    pub grounds: Vec<Reason>,
}

impl Firm {
    /// Lists what a user may do, in one product or in all products in which they have a seat. Facts have their
    /// defaults.
    ///
    /// # Errors
    /// [`AskError`] when there is no such user or product.
    ///
    /// ```
    /// use clio_rules::{Firm, Rulebook};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let what = firm.what_can("tomas", Some("manage"))?;
    /// let profile = what.actions.iter().find(|ability| &*ability.action == "edit_user_profile");
    /// let targets = profile.and_then(|ability| ability.targets.as_ref()).expect("he may");
    /// assert_eq!(targets.in_words(str::to_owned), "everybody but nadia");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn what_can(&self, user: &str, product: Option<&str>) -> Result<WhatCan, AskError> {
        let named = product
            .map(|id| self.rulebook.named_product(id))
            .transpose()?;
        let number = self.user_number(user)?;
        let mut what = WhatCan::default();
        let all = 0..self.rulebook.compiled().len();
        let seated = |product: &usize| has_seat(self.roster.profile(*product, number));
        let products: Vec<usize> = match named {
            Some(product) => vec![product],
            None if all.clone().any(|product| seated(&product)) => all.filter(seated).collect(),
            None => all.collect(),
        };
        for product in products {
            self.what_can_in(product, number, None, &mut what)?;
        }
        Ok(what)
    }

    /// Lists what a user may do with one thing of the firm. The thing is named by its id; where things of several kinds have it,
    /// by its kind as well: `matter:m1`.
    ///
    /// # Errors
    /// [`AskError`] when there is no such user, product or thing, or several kinds have the id.
    ///
    /// ```
    /// use clio_rules::{Firm, Rulebook};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let wren = firm.what_can_on("wren", None, "ombre_v_vale")?;
    /// let actions: Vec<&str> = wren.actions.iter().map(|ability| &*ability.action).collect();
    /// assert_eq!(actions, ["delete_matter", "open_matter"]);
    /// assert!(firm.what_can_on("wren", None, "kestrel_merger")?.actions.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn what_can_on(
        &self,
        user: &str,
        product: Option<&str>,
        thing: &str,
    ) -> Result<WhatCan, AskError> {
        let number = self.user_number(user)?;
        let mut what = WhatCan::default();
        for thing in self.things_named(product, thing)? {
            self.what_can_in(thing.product, number, Some(thing), &mut what)?;
        }
        Ok(what)
    }

    fn what_can_in(
        &self,
        number: usize,
        user: u32,
        thing: Option<NumberedThing>,
        what: &mut WhatCan,
    ) -> Result<(), AskError> {
        let compiled = self.compiled(number)?;
        let bits = self.bits(number, user, None, [0; 2]);
        if let Some(ground) = compiled.ground(&bits) {
            let ruling = compiled.product.ruling(ground);
            let reason = ruling.map(|ruling| Reason::of(compiled, ruling, false, None));
            what.grounds.extend(reason);
        }
        let looker = AbilityReader {
            firm: self,
            compiled,
            number,
            user,
            crowd: Crowd::of(self, number, &[user]),
            thing,
        };
        let kind = thing.map(|thing| thing.kind);
        let is_meant = |asked: &ActionWithFacts| kind.is_none() || asked.on_thing == kind;
        for asked in ability::all(self, number)?.into_iter().filter(is_meant) {
            let (allowed, ability) = looker.ability(&asked)?;
            if allowed {
                what.actions.push(ability)
            } else {
                what.denied.push(ability)
            }
        }
        Ok(())
    }
}

/// Evaluates one user in one product.
struct AbilityReader<'f> {
    firm: &'f Firm,
    compiled: &'f CompiledProduct,
    number: usize,
    user: u32,
    crowd: Crowd,
    /// The only thing that is asked about.
    thing: Option<NumberedThing>,
}

impl<'f> AbilityReader<'f> {
    fn ability(&self, asked: &ActionWithFacts) -> Result<(bool, Ability), AskError> {
        let (allowed, mut ability, target) = if asked.on_target {
            self.on_targets(asked)?
        } else if let (Some(kind), None) = (asked.on_thing, self.thing) {
            self.on_things(asked, kind)?
        } else {
            let answer = self.answer(&asked.handle)?;
            let ability = Ability::new(self.compiled, asked, answer);
            (answer.is_allowed(), ability, None)
        };
        ability.turned_by = self.turned_by(asked)?;
        if !allowed {
            ability.missing = self.missing(asked, target)?;
        }
        Ok((allowed, ability))
    }

    /// The answer to an action without a target.
    fn answer(&self, handle: &ActionHandle) -> Result<Answer<'f>, AskError> {
        let handle = self.firm.applied_to(*handle, self.user, self.thing)?;
        self.firm.answer_of(&handle, [self.user, self.user], false)
    }

    /// The answer over all things of a kind: the first allow. Without any, the answer about a thing of which the firm says
    /// nothing.
    fn on_things(
        &self,
        asked: &ActionWithFacts,
        kind: KindId,
    ) -> Result<(bool, Ability, Option<u32>), AskError> {
        let silent = self.answer(&asked.handle)?;
        let place = (self.number, kind);
        let all = AnswersOnThings::of(self.firm, asked.handle, self.user, place)?;
        let first = all.answers.into_iter().flatten().next();
        let answer = first.filter(|_| !silent.is_allowed()).unwrap_or(silent);
        let mut ability = Ability::new(self.compiled, asked, answer);
        let declared = self.compiled.product.kind(kind);
        let things = self.firm.things.of_kind(self.number, kind);
        if let (Some(declared), Some(things)) = (declared, things) {
            let allowed: Vec<u32> = all.allowed.iter().map(|(thing, _)| *thing).collect();
            ability.things = Some(AllowedThings::of(&declared.id, things, &allowed));
        }
        Ok((answer.is_allowed(), ability, None))
    }

    /// The answer over all targets: the first allow, or the first denial if there is none.
    fn on_targets(
        &self,
        asked: &ActionWithFacts,
    ) -> Result<(bool, Ability, Option<u32>), AskError> {
        let (firm, crowd) = (self.firm, &self.crowd);
        let part = crowd.allowed(firm, &asked.handle, self.user, &crowd.all());
        if let Some((target, answer)) = crowd.first(firm, &asked.handle, self.user, &part) {
            let mut ability = Ability::new(self.compiled, asked, answer);
            ability.targets = Some(Targets::of(firm, crowd, self.user, &part));
            return Ok((true, ability, Some(target)));
        }
        let first = crowd.first(firm, &asked.handle, self.user, &crowd.all());
        // If nobody has a seat, nothing can be done to anybody, the user included.
        let (target, answer) = match first {
            Some(first) => first,
            None => {
                let oneself = [self.user, self.user];
                (self.user, firm.answer_of(&asked.handle, oneself, true)?)
            }
        };
        let ability = Ability::new(self.compiled, asked, answer);
        Ok((false, ability, Some(target)))
    }

    /// The single facts that would change the answer, or the answer on some target.
    fn turned_by(&self, asked: &ActionWithFacts) -> Result<Vec<MissingInput>, AskError> {
        let mut turned_by = Vec::new();
        for (fact, handle) in ability::turned(self.firm, self.compiled, asked)? {
            let turned = if asked.on_target {
                let all = self.crowd.all();
                let on = |handle| self.crowd.allowed(self.firm, handle, self.user, &all);
                on(&handle) != on(&asked.handle)
            } else {
                let allowed = |handle| self.answer(handle).map(|answer| answer.is_allowed());
                allowed(&handle)? != allowed(&asked.handle)?
            };
            turned_by.extend(turned.then_some(fact));
        }
        Ok(turned_by)
    }

    fn missing(
        &self,
        asked: &ActionWithFacts,
        target: Option<u32>,
    ) -> Result<Vec<MissingInput>, AskError> {
        let declared = self.compiled.product.action(asked.action);
        let decider = self.compiled.decider(asked.action);
        let (Some(declared), Some(decider)) = (declared, decider) else {
            return Ok(Vec::new());
        };
        let question = ResolvedQuestion {
            product: self.number,
            compiled: self.compiled,
            action: asked.action,
            declared,
            decider,
            handle: asked.handle,
            user: Some(self.user),
            target,
            thing: self.thing,
        };
        let seated = SeatedQuestion::of(self.firm, &question, self.user);
        Ok(seated.to_allow()?.unwrap_or_default())
    }
}
