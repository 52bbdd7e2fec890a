//! Rules that run their scripts at every question: the slow twin of [`Rulebook`](crate::Rulebook).
//!
//! It exists for comparison. Answers come from the same rules, but without exploration and tables: every condition is
//! run anew. A difference between the two is a defect of the exploration.

use std::sync::Arc;

use crate::Question;
use crate::change::Change;
use crate::explore::layout::{Layout, QuestionBits};
use crate::explore::semantics::{self, InputSource};
use crate::finding::AskError;
use crate::finding::LoadError;
use crate::finding::{Finding, Findings};
use crate::firm::Firm;
use crate::limits::Limits;
use crate::link::ProductDraft;
use crate::link::product::{Clause, ConditionId, DecisionInput, FactUse, Product, RulingId};
use crate::load::rulebook::{LoadedProduct, link_all};
use crate::script::{RunStop, Sandbox};
use crate::text::Source;
use crate::value::Value;
use crate::vocabulary::Read;

/// Linked rules with their scripts.
///
/// ```
/// use clio_rules::{Firm, Question, Rulebook, direct::Direct};
///
/// let firm = Firm::example(&Rulebook::builtin()?)?;
/// let direct = Direct::builtin()?;
/// let question = Question::new("wren", "create_bill");
/// let answer = direct.ask(&firm, &question)?;
/// assert_eq!(answer.is_yes(), firm.ask(&question)?.is_allowed());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Direct {
    sandbox: Sandbox,
    products: Vec<ProductDraft>,
}

/// The answer of the scripts, before it is put into words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectAnswer {
    yes: bool,
    rules: Vec<String>,
}

impl DirectAnswer {
    /// Whether it is allowed or accepted.
    pub fn is_yes(&self) -> bool {
        self.yes
    }

    /// Ids of the rules that decided: one, or every ground of a rejection.
    pub fn rules(&self) -> &[String] {
        &self.rules
    }
}

impl Direct {
    /// The built-in rules.
    ///
    /// # Errors
    /// [`LoadError`] as for [`Rulebook::builtin`](crate::Rulebook::builtin).
    pub fn builtin() -> Result<Self, LoadError> {
        Self::from_texts(crate::load::builtin::RULES.iter().copied())
    }

    /// Rules from memory, as for [`Rulebook::from_texts`](crate::Rulebook::from_texts).
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found.
    pub fn from_texts<'t>(
        texts: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Self, LoadError> {
        let limits = Limits {
            script_operations: u64::MAX,
            ..Limits::default()
        };
        let sandbox = Sandbox::new(&limits);
        let mut findings = Findings::new();
        let sources: Vec<Arc<Source>> = texts
            .into_iter()
            .map(|(name, text)| Source::new(name, text))
            .collect();
        let loaded = link_all(
            &sources,
            crate::yaml::read,
            &sandbox,
            &limits,
            &mut findings,
        );
        if findings.has_errors() {
            return Err(LoadError::new(findings));
        }
        let products = loaded
            .into_iter()
            .map(|LoadedProduct { draft, .. }| draft)
            .collect();
        Ok(Self { sandbox, products })
    }

    /// Asks a question about a firm whose rulebook was loaded from the same texts.
    ///
    /// # Errors
    /// [`AskError`] when the question cannot be asked, or a script fails.
    pub fn ask(&self, firm: &Firm, question: &Question<'_>) -> Result<DirectAnswer, AskError> {
        let asked = firm.asked(question)?;
        let place = firm.rulebook.place_of(asked.action);
        let (number, action) = place.ok_or_else(|| no_such(&question.action))?;
        let draft = self.draft(number, &question.action)?;
        let product = &draft.product;
        let missing = || no_such(&question.action);
        let action = product.actions.get(action.index()).ok_or_else(missing)?;
        let bits = firm.bits(number, asked.user, asked.target, asked.facts);
        if let Some(ground) = ground(product, &bits, asked.target.is_some()) {
            return Ok(answer(product, false, &[ground]));
        }
        let mut live = self.live(draft, firm, number, bits, &action.facts);
        let ruling = semantics::decide(product, &action.rules, action.silent, &mut live)?;
        let number = RulingId(action.first_ruling.0 + u32::from(ruling));
        Ok(answer(product, action.allows(ruling), &[number]))
    }

    /// Validates a change of a firm whose rulebook was loaded from the same texts; effects are not looked at.
    ///
    /// # Errors
    /// [`AskError`] when the change cannot be asked, or a script fails.
    pub fn judge(&self, firm: &Firm, change: &Change) -> Result<DirectAnswer, AskError> {
        let resolved = firm.resolve_change(change)?;
        let draft = self.draft(resolved.product, &change.change)?;
        let product = &draft.product;
        let declared = product
            .changes
            .get(resolved.change.index())
            .ok_or_else(|| no_such(&change.change))?;
        let compiled = firm.compiled(resolved.product)?;
        let bits = firm.change_bits(compiled, &resolved);
        if let Some(ground) = ground(product, &bits, true) {
            return Ok(answer(product, false, &[ground]));
        }
        // Which bits hold what is read of a thing is settled where the change is explored.
        let explored = compiled.product.change(resolved.change);
        let facts = explored.map_or(&[][..], |change| &change.facts);
        let mut live = self.live(draft, firm, resolved.product, bits, facts);
        let refused = semantics::judge(product, &declared.clause, &mut live)?;
        let accepted = refused.is_empty();
        let spoke = if accepted {
            vec![declared.clause.first + Clause::GRANTED]
        } else {
            refused
        };
        let rulings: Vec<RulingId> = spoke
            .iter()
            .map(|ruling| RulingId(declared.first_ruling.0 + u32::from(*ruling)))
            .collect();
        Ok(answer(product, accepted, &rulings))
    }

    fn draft(&self, product: usize, name: &str) -> Result<&ProductDraft, AskError> {
        self.products.get(product).ok_or_else(|| no_such(name))
    }

    fn live<'a>(
        &'a self,
        draft: &'a ProductDraft,
        firm: &'a Firm,
        product: usize,
        bits: QuestionBits<'a>,
        facts: &'a [FactUse],
    ) -> DirectWorld<'a> {
        let layout = firm
            .rulebook
            .product(product)
            .map(|compiled| &compiled.layout);
        DirectWorld {
            sandbox: &self.sandbox,
            draft,
            layout,
            bits,
            facts,
        }
    }
}

fn no_such(name: &str) -> AskError {
    Finding::new(
        &crate::finding::names::UNKNOWN_ACTION,
        None,
        &[&name, &"these rules"],
    )
    .into()
}

fn answer(product: &Product, yes: bool, rulings: &[RulingId]) -> DirectAnswer {
    let rules = rulings
        .iter()
        .filter_map(|ruling| product.rulings.get(ruling.index()));
    DirectAnswer {
        yes,
        rules: rules.map(|ruling| ruling.rule.to_string()).collect(),
    }
}

/// The three checks before any rule, implemented again.
fn ground(product: &Product, bits: &QuestionBits<'_>, has_target: bool) -> Option<RulingId> {
    let grounds = &product.grounds;
    let (enabled, seat) = (
        Layout::ENABLED.read(bits.user),
        Layout::SEAT.read(bits.user),
    );
    match (
        enabled.is_yes(),
        seat.is_yes(),
        !has_target || Layout::SEAT.read(bits.target).is_yes(),
    ) {
        (false, ..) => Some(grounds.user_disabled),
        (_, false, _) => Some(grounds.user_has_no_seat),
        (.., false) => Some(grounds.target_has_no_seat),
        _ => None,
    }
}

/// A world in which every input is known and every condition is run.
struct DirectWorld<'a> {
    sandbox: &'a Sandbox,
    draft: &'a ProductDraft,
    layout: Option<&'a Layout>,
    bits: QuestionBits<'a>,
    facts: &'a [FactUse],
}

impl InputSource for DirectWorld<'_> {
    type Halt = AskError;

    fn input(&mut self, input: DecisionInput) -> Result<Value, AskError> {
        let slot = self
            .layout
            .map(|layout| layout.slot(input, self.facts, &self.draft.product));
        slot.map(|slot| self.bits.read(slot))
            .ok_or_else(|| no_such("layout"))
    }

    fn condition(&mut self, condition: ConditionId) -> Result<bool, AskError> {
        let Some(linked) = self.draft.conditions.get(condition.index()) else {
            return Err(no_such("condition"));
        };
        let mut known: Vec<(Read, Value)> = Vec::new();
        loop {
            match self.sandbox.run(&linked.script, &known) {
                Ok(holds) => return Ok(holds),
                Err(RunStop::Unknown(read)) => {
                    let value = semantics::read(&self.draft.product, self, read)?;
                    known.push((read, value));
                }
                Err(RunStop::Failed(failure)) => {
                    return Err(Finding::new(
                        failure.code,
                        Some(linked.origin.place()),
                        &[&failure.message],
                    )
                    .into());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
