//! Linking: turns names into numbers and reports every mistake.
//!
//! A linked product holds no undeclared name, no number out of range and no script. It refers to conditions
//! by number; the compiled conditions are returned beside it, to be explored.

mod actions;
mod allow;
mod changes;
mod condition;
mod conditions;
mod does;
mod effects;
mod in_vain;
mod merge;
mod names;
mod parameters;
pub(crate) mod product;
mod properties;
mod renamed;
mod roles;
mod rulings;
mod settings;
mod taken;
mod things;
mod unused;
mod wholes;

use std::sync::Arc;

use crate::finding::Findings;
use crate::read::rule_file::RuleFile;
use crate::script::Sandbox;
use crate::text::Source;

pub(crate) use actions::bits;
pub(crate) use condition::LinkedCondition;
use product::Product;
pub(crate) use properties::PropertyLinker;
pub(crate) use renamed::NameKind;

/// A linked product, and the conditions that its numbers stand for.
pub(crate) struct ProductDraft {
    pub(crate) product: Product,
    pub(crate) conditions: Vec<LinkedCondition>,
}

/// Links one rule file with the functions of its script file.
pub(crate) fn link<'a>(
    file: &RuleFile,
    source: &'a Arc<Source>,
    script: Option<&'a Arc<Source>>,
    sandbox: &'a Sandbox,
    findings: &'a mut Findings,
) -> Option<ProductDraft> {
    names::Linker::new(source, sandbox, findings).link(file, script)
}

#[cfg(test)]
mod tests;
