//! What no permitted change makes so, and why: looked for once for all who are alike.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use hashbrown::HashMap;
use serde::{Deserialize, Serialize};

use super::goal::value;
use super::ledger::LedgerEntry;
use super::means::{AvailableChanges, StandingPeople};
use super::tally;
use crate::finding::AskError;
use crate::firm::Firm;
use crate::firm::profiles::ProfileClass;
use crate::link::product::{RulingKind, UserPart};
use crate::value::Value;

/// Something that no permitted change makes so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Impossible {
    /// Id of the product.
    pub product: Arc<str>,
    /// Id of the role or setting.
    pub what: Arc<str>,
    /// What it was; of a role, `true` where it was held.
    pub from: Arc<str>,
    /// What it is.
    pub to: Arc<str>,
    /// Why, in one sentence.
    pub why: Cow<'static, str>,
    /// The reasons of the rules that refuse whoever comes nearest to it.
    pub reasons: Arc<[Arc<str>]>,
}

/// Why nobody makes something so.
struct RefusalReasons {
    /// The reasons given to those who come nearest to it, each once.
    reasons: Vec<Arc<str>>,
    /// Whether the person themselves is the only one who comes near.
    only_oneself: bool,
    /// Whether nobody comes near: all of them are told that they may not make such changes.
    nobody: bool,
    /// Whether somebody may, and something else would become what it is not in the end.
    with_more: bool,
    /// Whether there is a change at all that could make it so.
    is_changeable: bool,
}

impl RefusalReasons {
    fn why(&self) -> &'static str {
        if !self.is_changeable {
            "no change makes it so"
        } else if self.with_more {
            "it can be made so, and something else would become otherwise than it is"
        } else if self.nobody {
            "nobody present is allowed to make such a change"
        } else if self.only_oneself {
            "the only one who could make such a change is the person themselves"
        } else {
            "whoever makes such changes is refused"
        }
    }
}

/// What no permitted change makes so in the firm that a plan came to.
pub(super) struct RefusalSearch<'f> {
    firm: &'f Firm,
    /// By product.
    parts: HashMap<usize, ImpossibilityPeople>,
}

/// People who stand for all that changes of one product tell apart, and what is known of whoever is none of them.
struct ImpossibilityPeople {
    standing: StandingPeople,
    known: HashMap<(UserPart, Value, Option<ProfileClass>), Impossible>,
}

impl<'f> RefusalSearch<'f> {
    pub(super) fn of(firm: &'f Firm) -> Self {
        Self {
            firm,
            parts: HashMap::new(),
        }
    }

    /// Why something that is left cannot be made so.
    pub(super) fn impossible(
        &mut self,
        means: &mut AvailableChanges<'_>,
        entry: LedgerEntry,
    ) -> Result<Impossible, AskError> {
        let firm = self.firm;
        let (product, person, what) = entry.key;
        let parts = self.parts.entry(product);
        let parts = parts.or_insert_with(|| ImpossibilityPeople {
            standing: means.standing(firm, &BTreeSet::new()),
            known: HashMap::new(),
        });
        let alike = (what, entry.to, firm.roster.class(product, person));
        let is_alike = !tally::is_one_by_one() && !parts.standing.all.contains(&person);
        if let Some(known) = parts.known.get(&alike).filter(|_| is_alike) {
            return Ok(known.clone());
        }
        let refused = parts.refused(firm, means, entry)?;
        let impossible = describe(firm, means, entry, refused);
        if is_alike {
            parts.known.insert(alike, impossible.clone());
        }
        Ok(impossible)
    }
}

impl ImpossibilityPeople {
    fn refused(
        &self,
        firm: &Firm,
        means: &mut AvailableChanges<'_>,
        entry: LedgerEntry,
    ) -> Result<RefusalReasons, AskError> {
        let (_, person, what) = entry.key;
        let found = means.find(what, entry.to);
        let candidates = means.candidates(found);
        let mut refused = RefusalReasons {
            reasons: Vec::new(),
            only_oneself: false,
            nobody: true,
            with_more: false,
            is_changeable: !candidates.is_empty(),
        };
        // Whoever is let through and refused comes nearer than whoever has no right to ask.
        let mut nearest = 0;
        for candidate in candidates {
            for pair in candidate.parts(person, &self.standing) {
                let Some(judged) = candidate.judged(firm, means.product, pair) else {
                    continue;
                };
                if judged.is_accepted() {
                    refused.with_more = true;
                    continue;
                }
                let near = judged.kinds().map(near).max().unwrap_or_default();
                if near > nearest {
                    nearest = near;
                    refused.reasons.clear();
                    refused.only_oneself = true;
                }
                if near < nearest {
                    continue;
                }
                let [user, target] = pair;
                refused.only_oneself &= user == target;
                for reason in judged.reasons() {
                    if !refused.reasons.iter().any(|known| **known == *reason) {
                        refused.reasons.push(reason.into());
                    }
                }
            }
        }
        refused.nobody = nearest < NEAR;
        refused.only_oneself &= !refused.nobody;
        Ok(refused)
    }
}

/// In words.
fn describe(
    firm: &Firm,
    means: &AvailableChanges<'_>,
    entry: LedgerEntry,
    refused: RefusalReasons,
) -> Impossible {
    let (_, _, what) = entry.key;
    let declared = &means.compiled.product;
    let word = |value| declared.part_word(what, value).into();
    Impossible {
        product: Arc::clone(&declared.id),
        what: declared
            .part_id(what)
            .map_or_else(|| "?".into(), Arc::clone),
        from: value(firm, entry.key).map_or_else(|| "?".into(), word),
        to: word(entry.to),
        why: refused.why().into(),
        reasons: refused.reasons.into(),
    }
}

/// So near are those who may make such changes.
const NEAR: u8 = 3;

fn near(kind: RulingKind) -> u8 {
    match kind {
        RulingKind::Ground => 1,
        RulingKind::NotGranted | RulingKind::Silent => 2,
        _ => NEAR,
    }
}
