//! Exploring a whole product: its conditions first, then every action, change and effect over them.

use std::fmt::Display;
use std::sync::Arc;

use super::asking_source::AskingSource;
use super::changes::ChangeDeciders;
use super::code::DecisionCode;
use super::explorer::{Deciders, ExplorationCensus, Explorer};
use super::gather::GatherFinder;
use super::layout::{Layout, QuestionBits, Word};
use super::table::{ActionRuling, ChangeRefusals, Decider};
use super::tree::ConditionTree;
use crate::finding::rules::TOO_MANY_NAMES;
use crate::finding::{Finding, Findings};
use crate::limits::Limits;
use crate::link::ProductDraft;
use crate::link::product::{ActionId, DecisionInput, Product, RulingId};
use crate::script::Sandbox;
use crate::text::Source;
use crate::value::Value;

/// A product whose decisions are all explored. It cannot run any script.
#[derive(Debug, Clone)]
pub(crate) struct CompiledProduct {
    /// Shared with errors about it, which name what it knows.
    pub(crate) product: Arc<Product>,
    pub(crate) layout: Layout,
    /// What rules read of a group that a change is done to.
    pub(crate) of_group: Vec<Word>,
    /// Every condition as a tree, for whoever asks what one rule alone would say.
    pub(crate) conditions: Vec<ConditionTree>,
    /// For each action, which of the deciders decides about it.
    pub(crate) of_action: Vec<u32>,
    /// For each decider, the first action that it decides about.
    pub(crate) first_of: Vec<u32>,
    pub(crate) deciders: Vec<Decider<ActionRuling>>,
    /// For each change, the rulings that refuse it.
    pub(crate) judges: Vec<Decider<ChangeRefusals>>,
    /// For each effect, whether it follows.
    pub(crate) effects: Vec<Decider<bool>>,
    pub(crate) explored: ExplorationCensus,
}

impl CompiledProduct {
    /// What decides about an action.
    pub(crate) fn decider(&self, action: ActionId) -> Option<&Decider<ActionRuling>> {
        let number = self.of_action.get(action.index())?;
        self.deciders.get(*number as usize)
    }

    /// A source that asks for inputs, for whoever wants to know what one rule alone would say.
    pub(crate) fn asking<H, F: FnMut(DecisionInput) -> Result<Value, H>>(
        &self,
        ask: F,
    ) -> AskingSource<'_, F> {
        AskingSource {
            product: &self.product,
            conditions: &self.conditions,
            ask,
        }
    }

    /// The first of the three questions asked before any rule that denies.
    pub(crate) fn ground(&self, bits: &QuestionBits<'_>) -> Option<RulingId> {
        bits.standing().denied(&self.product.grounds)
    }
}

/// Rulings are numbered through all products, in fewer bits than a word has.
pub(crate) fn bound_rulings(products: &[CompiledProduct], findings: &mut Findings) {
    let rulings = products
        .iter()
        .map(|compiled| compiled.product.rulings.len());
    let (rulings, most) = (rulings.sum::<usize>(), DecisionCode::MOST_RULINGS);
    if rulings > most {
        let words: [&dyn Display; 3] = [&rulings, &"rulings of all products", &most];
        findings.push(Finding::new(&TOO_MANY_NAMES, None, &words));
    }
}

/// Explores a linked product, and leaves its scripts behind. Returns `None`, with findings, if a script fails on any path.
pub(crate) fn compile(
    draft: ProductDraft,
    script: Option<&Arc<Source>>,
    sandbox: &Sandbox,
    limits: &Limits,
    findings: &mut Findings,
) -> Option<CompiledProduct> {
    let before = findings.errors();
    let mut explorer = Explorer {
        draft: &draft,
        script,
        sandbox,
        limits,
        findings,
        census: ExplorationCensus::default(),
        gathers: GatherFinder::default(),
    };
    let conditions = explorer.conditions()?;
    explorer.check_uses(&conditions);
    if explorer.findings.errors() > before {
        return None;
    }
    let layout = Layout::of(&draft.product);
    let Deciders {
        deciders,
        of_action,
        first_of,
    } = explorer.actions(&conditions, &layout)?;
    let ChangeDeciders {
        judges,
        effects,
        facts,
    } = explorer.changes(&conditions, &layout)?;
    let explored = explorer.census;
    let mut product = draft.product;
    for (change, facts) in product.changes.iter_mut().zip(facts) {
        change.facts = facts;
    }
    for (action, decider) in product.actions.iter_mut().zip(&of_action) {
        let decider = deciders.get(*decider as usize);
        let read = decider.map(|decider| decider.tree().questions());
        let is_of_thing = |read: &DecisionInput| match read {
            DecisionInput::Fact(fact) => product.facts.get(fact.index()),
            _ => None,
        };
        let of_thing = read.iter().flatten().filter_map(is_of_thing);
        let mut of_thing = of_thing.filter(|fact| fact.source.is_of_thing());
        action.needs_thing |= of_thing.next().is_some();
    }
    Some(CompiledProduct {
        of_group: layout.of_group(&product),
        product: Arc::new(product),
        layout,
        conditions,
        of_action,
        first_of,
        deciders,
        judges,
        effects,
        explored,
    })
}
