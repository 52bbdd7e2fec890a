//! What no permitted change can bring about, and why. It is searched once for all people who are alike.

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

/// A difference that no permitted change can bring about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Impossible {
    /// Id of the product.
    pub product: Arc<str>,
    /// Id of the role or setting.
    pub what: Arc<str>,
    /// The value before. For a role, `true` when it was held.
    pub from: Arc<str>,
    /// The value after.
    pub to: Arc<str>,
    /// Why, in one sentence.
    pub why: Cow<'static, str>,
    /// The reasons of the rules that refuse the user who comes closest.
    pub reasons: Arc<[Arc<str>]>,
}

/// Why nobody can bring a difference about.
struct RefusalReasons {
    /// The reasons given to those who come closest, each once.
    reasons: Vec<Arc<str>>,
    /// Whether only the person themselves comes close.
    only_oneself: bool,
    /// Whether nobody comes close: all are refused because they may not make such changes.
    nobody: bool,
    /// Whether somebody may make the change, but it would move another property away from its final value.
    with_more: bool,
    /// Whether any change at all could bring it about.
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

/// The differences that no permitted change can bring about in the firm at the end of a plan.
pub(super) struct RefusalSearch<'f> {
    firm: &'f Firm,
    /// By product.
    parts: HashMap<usize, ImpossibilityPeople>,
}

/// The representatives of one product, and the known results for everybody else.
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

    /// Why a remaining difference cannot be brought about.
    pub(super) fn impossible(
        &mut self,
        means: &mut AvailableChanges<'_>,
        entry: LedgerEntry,
    ) -> Result<Impossible, AskError> {
        let firm = self.firm;
        let (product, person, what) = entry.key;
        let parts = self
            .parts
            .entry(product)
            .or_insert_with(|| ImpossibilityPeople {
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
        // A user who passes the rules and is refused later is closer than one who has no right to ask.
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

/// The entry in words.
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

/// How close users are who may make such changes.
const NEAR: u8 = 3;

fn near(kind: RulingKind) -> u8 {
    match kind {
        RulingKind::Ground => 1,
        RulingKind::NotGranted | RulingKind::Silent => 2,
        _ => NEAR,
    }
}
