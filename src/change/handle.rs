//! Changes by handles: names resolved once, for hot loops.

use std::num::NonZeroU32;

use super::arguments::Arguments;
use super::judge::ChangeOutcome;
use super::offered::{role, setting, value};
use super::resolve::{ResolvedChange, ResolvedTarget, arguments_fit, find_change};
use crate::explore::compile::CompiledProduct;
use crate::finding::{AskError, SubjectRole, ask as codes, error, foreign, names as unknown};
use crate::firm::{Alteration, Firm, UserHandle};
use crate::link::product::{
    Argument, Basis, ChangeId, LinkedChange as Declared, Ruling, RulingKind,
};
use crate::rulebook::{CHANGES, Rulebook};

/// A permission change with its arguments, resolved once.
///
/// ```
/// use clio_rules::{Firm, Rulebook};
///
/// let rulebook = Rulebook::builtin()?;
/// let firm = Firm::example(&rulebook)?;
/// let (tomas, wren) = (firm.user("tomas")?, firm.user("wren")?);
/// let grant_billing = rulebook.change(Some("manage"), "grant")?.with_role(&rulebook, "billing")?;
/// let judgement = firm.validate(tomas, grant_billing, wren)?;
/// assert!(judgement.is_accepted());
/// assert_eq!(judgement.effects().collect::<Vec<_>>(), ["payment_notifications_start"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ChangeHandle {
    stamp: NonZeroU32,
    product: u32,
    change: ChangeId,
    arguments: Arguments,
}

impl Rulebook {
    /// Looks up a permission change. Without a product, exactly one product has to declare it.
    ///
    /// # Errors
    /// [`AskError`] when there is no such change. Its help names the nearest one, which is looked up only when the
    /// help is read.
    pub fn change(&self, product: Option<&str>, change: &str) -> Result<ChangeHandle, AskError> {
        let has =
            |product: &crate::link::product::Product| product.names.changes.contains_key(change);
        let number = self.product_of(product, change, &unknown::UNKNOWN_CHANGE, has, CHANGES)?;
        let compiled = self.product(number).ok_or_else(|| foreign("rulebook"))?;
        let (id, _) = find_change(&compiled.product, change)?;
        Ok(ChangeHandle {
            stamp: self.stamp(),
            product: number as u32,
            change: id,
            arguments: Arguments::default(),
        })
    }
}

impl ChangeHandle {
    /// The same change with its role argument.
    ///
    /// # Errors
    /// [`AskError`] when the change takes no role, or not this one.
    pub fn with_role(mut self, rulebook: &Rulebook, name: &str) -> Result<Self, AskError> {
        let (compiled, declared) = self.declared(rulebook)?;
        declared.takes(Argument::Role)?;
        self.arguments.role = Some(role(&compiled.product, declared, name)?);
        Ok(self)
    }

    /// The same change with its setting and the new value.
    ///
    /// # Errors
    /// [`AskError`] when the change takes no setting, or not this one, or the setting has no such value.
    pub fn with_setting(
        mut self,
        rulebook: &Rulebook,
        name: &str,
        word: &str,
    ) -> Result<Self, AskError> {
        let (compiled, declared) = self.declared(rulebook)?;
        declared.takes(Argument::Setting)?;
        let id = setting(&compiled.product, declared, name)?;
        self.arguments.setting = Some(id);
        declared.takes(Argument::Value)?;
        self.arguments.value = Some(value(compiled, declared, Some(id), word)?);
        self.arguments = compiled.arguments(declared, self.arguments.chosen());
        Ok(self)
    }

    fn declared(self, rulebook: &Rulebook) -> Result<(&CompiledProduct, &Declared), AskError> {
        let compiled = rulebook.product(self.product as usize);
        let found = compiled
            .and_then(|compiled| {
                let declared = compiled.product.change(self.change)?;
                Some((compiled, declared))
            })
            .filter(|_| self.stamp == rulebook.stamp());
        found.ok_or_else(|| foreign("rulebook").about(SubjectRole::Change))
    }
}

impl Firm {
    /// Validates one change by handles, with its effects: the fast form of [`Firm::judge`]. It takes no lock. It allocates nothing when there are few
    /// rulings, effects and alterations.
    ///
    /// # Errors
    /// [`AskError`] when a handle belongs to another rulebook or firm, its user is not there any more, or an argument is missing.
    pub fn validate(
        &self,
        user: UserHandle,
        change: ChangeHandle,
        target: UserHandle,
    ) -> Result<Judgement<'_>, AskError> {
        let user = self.number_of(user, SubjectRole::User)?;
        let target = self.number_of(target, SubjectRole::Target)?;
        let (compiled, declared) = change.declared(&self.rulebook)?;
        if !declared.is_about_users() {
            return Err(error(&codes::THING_BY_HANDLE, &[&declared.id]).into());
        }
        arguments_fit(compiled, declared, change.arguments)?;
        let resolved = ResolvedChange {
            product: change.product as usize,
            change: change.change,
            user,
            target: ResolvedTarget::User(target),
            arguments: change.arguments,
        };
        self.judgement(compiled, &resolved)
    }

    /// The outcome of a change whose arguments were checked.
    pub(crate) fn judgement<'f>(
        &'f self,
        compiled: &'f CompiledProduct,
        resolved: &ResolvedChange,
    ) -> Result<Judgement<'f>, AskError> {
        let outcome = self.outcome(compiled, resolved)?;
        Ok(Judgement { compiled, outcome })
    }
}

/// The outcome of a change by handles: numbers into the rulebook, from which everything else can be read.
#[derive(Clone)]
pub struct Judgement<'f> {
    compiled: &'f CompiledProduct,
    outcome: ChangeOutcome,
}

impl<'f> Judgement<'f> {
    /// Whether it is accepted.
    pub fn is_accepted(&self) -> bool {
        self.outcome.judged.accepted
    }

    /// Ids of the rules that decided: the one that accepts, or all that refuse.
    pub fn rules(&self) -> impl Iterator<Item = &'f str> {
        self.rulings().map(|ruling| &*ruling.rule)
    }

    /// The reasons in plain words, one for each rule.
    pub fn reasons(&self) -> impl Iterator<Item = &'f str> {
        self.rulings().map(|ruling| &*ruling.reason)
    }

    /// Ids of the effects, in the order of the rule file.
    pub fn effects(&self) -> impl Iterator<Item = &'f str> {
        let declared = &self.compiled.product.effects;
        let effects = self.outcome.effects.iter();
        effects.filter_map(|effect| Some(&*declared.get(effect.index())?.id))
    }

    /// The number of roles, settings, lists, properties and groups that differ afterwards.
    pub fn altered(&self) -> usize {
        self.outcome.alterations.len() + self.outcome.things.len()
    }

    /// The roles and settings that differ afterwards.
    pub(crate) fn alterations(&self) -> &[Alteration] {
        &self.outcome.alterations
    }

    /// The kinds of the rulings that decided.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = RulingKind> {
        self.rulings().map(|ruling| ruling.kind)
    }

    /// For an acceptance, the basis of the change's rule. A rejection is `stated` when any of its grounds is. It is
    /// `inferred` when the other option of any single reading would turn the verdict.
    pub fn basis(&self) -> Basis {
        if self.outcome.judged.turned {
            return Basis::Inferred;
        }
        let bases = self.rulings().map(|ruling| ruling.basis);
        bases.min().unwrap_or(Basis::Inferred)
    }

    fn rulings(&self) -> impl Iterator<Item = &'f Ruling> {
        let compiled = self.compiled;
        let rulings = self.outcome.judged.rulings.iter();
        rulings.filter_map(|ruling| compiled.ruling(*ruling))
    }
}

impl std::fmt::Debug for Judgement<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let word = if self.is_accepted() {
            "accept"
        } else {
            "reject"
        };
        write!(
            f,
            "Judgement({word}, {:?})",
            self.rules().collect::<Vec<_>>()
        )
    }
}
