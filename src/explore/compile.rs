//! Exploring a whole product: its conditions first, then every action, change and effect over them.

use std::fmt::Display;
use std::sync::Arc;

use super::code::DecisionCode;
use super::explorer::{Deciders, Explorer};
use super::gather::GatherFinder;
use super::layout::{Layout, QuestionBits};
use super::table::{Decider, YesOrNo};
use super::tree::Tree;
use crate::finding::rules::TOO_MANY_NAMES;
use crate::finding::{Finding, Findings};
use crate::limits::Limits;
use crate::link::ProductDraft;
use crate::link::product::{ActionId, Product, RulingId};
use crate::script::Sandbox;
use crate::text::Source;
use crate::vocabulary::Read;

/// A condition, explored: what it reads, and what follows.
pub(crate) type ConditionTree = Tree<Read, bool>;

/// A product whose decisions are all explored. It cannot run any script.
#[derive(Debug)]
pub(crate) struct CompiledProduct {
    /// Shared with errors about it, which name what it knows.
    pub(crate) product: Arc<Product>,
    pub(crate) layout: Layout,
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

/// Which ruling decides about an action, counted from the action's first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ActionRuling {
    pub(crate) ruling: u16,
    pub(crate) allows: bool,
}

impl CompiledProduct {
    /// What decides about an action.
    pub(crate) fn decider(&self, action: ActionId) -> Option<&Decider<ActionRuling>> {
        let number = self.of_action.get(action.index())?;
        self.deciders.get(*number as usize)
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

impl YesOrNo for ActionRuling {
    fn is_yes(&self) -> bool {
        self.allows
    }
}

/// The rulings that refuse a change, counted from the change's first; none accepts it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ChangeRefusals(pub(crate) Box<[u16]>);

impl YesOrNo for ChangeRefusals {
    fn is_yes(&self) -> bool {
        self.0.is_empty()
    }
}

/// The amount of exploring that was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ExplorationCensus {
    /// Conditions that were run.
    pub(crate) scripts: usize,
    /// Paths through all of them.
    pub(crate) paths: usize,
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
    let judges = explorer.changes(&conditions, &layout)?;
    let effects = explorer.effects(&judges, &conditions, &layout)?;
    let explored = explorer.census;
    Some(CompiledProduct {
        product: Arc::new(draft.product),
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
