//! What can never matter: parts of the rules that can be taken out without changing any answer.
//!
//! Nothing here is guessed. Each question is asked over everybody who can exist under the invariants, all facts, all
//! arguments of changes and both choices of every reading ([`situation`]), and ends with the first situation in which the
//! part matters. Each kind of part is one file.

mod actions;
mod changes;
mod clause;
mod conditions;
mod conflicts;
mod inputs;
mod outcome;
mod properties;
mod reasons;
mod refusals;
mod rules;
mod situation;

use crate::budget::{Budget, CutOff};
use crate::explore::compile::CompiledProduct;
use crate::finding::{Finding, Findings, idle as codes};
use crate::link::product::Product;
use crate::rulebook::Rulebook;
use crate::world::invariants::Invariants;

/// The search through one product.
pub(super) struct IdleSearch<'r> {
    compiled: &'r CompiledProduct,
    firms: Invariants,
    budget: &'r Budget,
}

/// Findings of one kind, or the bound that was met before all were found.
type Searched = Result<(), CutOff>;

impl Rulebook {
    /// What can never matter: rules, refusals, conditions and reasons that change no answer, actions and changes that are
    /// never allowed, conflicts that nobody is in, properties that no rules could break, and roles, settings, readings, facts,
    /// effects and functions of which nothing comes.
    ///
    /// All of them are warnings. Loading does not look for them, because that takes longer than a load: within
    /// [`Limits::proof_states`](crate::Limits::proof_states) and [`Limits::search_time`](crate::Limits::search_time) for each
    /// product. Where a bound is met first, a warning says so.
    ///
    /// ```
    /// use clio_rules::Rulebook;
    ///
    /// assert!(Rulebook::builtin()?.check_idle_parts().is_empty());
    ///
    /// let rules = std::fs::read_to_string("tests/cases/loads/a_house/rules/door.yaml")?;
    /// let never = rules.replacen("allow: owner", "allow: owner\n    when: \"!user.owner\"\n    because: no", 1);
    /// let rulebook = Rulebook::from_texts([("door.yaml", never.as_str())])?;
    /// let idle = rulebook.check_idle_parts();
    /// assert!(idle.iter().any(|finding| finding.code().name() == "action-never-allowed"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check_idle_parts(&self) -> Findings {
        let limits = self.limits();
        let mut all = Findings::new();
        for compiled in self.compiled() {
            let budget = limits.budget(limits.proof_states);
            let search = IdleSearch {
                compiled,
                firms: Invariants::of(&compiled.product),
                budget: &budget,
            };
            search
                .findings()
                .into_iter()
                .for_each(|found| all.push(found));
        }
        all
    }
}

impl<'r> IdleSearch<'r> {
    fn product(&self) -> &'r Product {
        &self.compiled.product
    }

    /// All findings, in the order of the file.
    fn findings(&self) -> Vec<Finding> {
        let product = self.product();
        let mut found: Vec<Finding> = product.in_vain.clone();
        self.properties(&mut found);
        let cut_off = self.searched(&mut found).err();
        found.sort_by_key(|finding| finding.place().map(|place| place.span().start));
        let note = cut_off.map(|by| {
            let place = Some(product.place.clone());
            Finding::new(&codes::IDLE_PARTS_CUT_OFF, place, &[&product.title, &by])
        });
        note.into_iter().chain(found).collect()
    }

    /// Each kind after the other, until the budget is used up.
    fn searched(&self, found: &mut Vec<Finding>) -> Searched {
        self.rules(found)?;
        self.refusals(found)?;
        self.conditions(found)?;
        self.reasons(found)?;
        self.actions(found)?;
        self.changes(found)?;
        self.effects(found)?;
        self.conflicts(found)?;
        self.facts(found)?;
        self.inputs(found)
    }
}

/// `a`, `a or b`, `a, b or c`, each name in backticks.
fn either<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let mut all: Vec<String> = Vec::new();
    for name in names {
        let name = format!("`{name}`");
        if !all.contains(&name) {
            all.push(name);
        }
    }
    match all.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests;
