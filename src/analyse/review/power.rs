//! Who is one step away from power: which single accepted change would give a person a powerful role.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::holders::RoleBringers;
use crate::change::judge::ChangeOutcome;
use crate::change::resolve::{ResolvedChange, ResolvedTarget};
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::{Layout, Word};
use crate::explore::table::{ChangeRefusals, Decider, YesOrNo};
use crate::explore::tree::Way;
use crate::finding::AskError;
use crate::firm::{Alteration, ChosenUsers, Firm};
use crate::link::product::{DecisionInput, DeclaredAlteration, RoleId, RulingKind};
use crate::value::Value;
use crate::vocabulary::Person;
use crate::world::bound_change::BoundChange;
use crate::world::kinds::UserKinds;

/// One change that would give people a powerful role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewStep {
    /// Id of the role that they would have.
    pub role: String,
    /// Id of the change.
    pub change: String,
    /// What people call it.
    pub title: String,
    /// Its arguments in the order of the rule file, without the target.
    pub arguments: Vec<String>,
    /// Ids of those who would have the role.
    pub users: Vec<String>,
    /// Ids of the users who could make the change for at least one of them.
    pub by: Vec<String>,
}

/// Most ways to an accepted change that are analysed for the inputs they need.
const MOST_WAYS: usize = 2_000;

/// Whether a role is powerful: it brings another role, or a permission change can be accepted because of it, with the
/// firm's readings and in whatever form the rules ask for it.
pub(super) fn is_powerful(
    compiled: &CompiledProduct,
    readings: &[Word],
    brought: &RoleBringers,
    role: RoleId,
) -> bool {
    let mut judges = compiled.judges.iter();
    brought.brings_any(role) || judges.any(|judge| is_needed(judge, readings, role))
}

/// Whether some way to an allow needs the user to hold a role. If there are too many ways, whether the role is read
/// at all.
fn is_needed(judge: &Decider<ChangeRefusals>, readings: &[Word], role: RoleId) -> bool {
    let held = DecisionInput::Holds(Person::User, role);
    if judge.axes().iter().all(|axis| axis.input != held) {
        return false;
    }
    let tree = judge.tree();
    let Some(ways) = tree.ways(ChangeRefusals::is_yes, MOST_WAYS) else {
        return true;
    };
    let is_open = |way: &Way<DecisionInput>| {
        way.iter().all(|(input, values)| match input {
            DecisionInput::Reading(reading) => {
                values.contains(&Layout::reading(*reading).read(readings))
            }
            _ => true,
        })
    };
    ways.into_iter().filter(is_open).any(|mut way| {
        let Some(at) = way.iter().position(|(input, _)| *input == held) else {
            return false;
        };
        let (_, values) = way.remove(at);
        values == [Value::YES] && !tree.is_wanted_within(&way, ChangeRefusals::is_yes)
    })
}

/// By role, then by number of the step: the kinds of people who would get it, and of those who could make the change.
type PowerPaths = BTreeMap<(RoleId, usize), (BTreeSet<u32>, BTreeSet<u32>)>;

struct PowerSearch<'a> {
    firm: &'a Firm,
    compiled: &'a CompiledProduct,
    brought: &'a RoleBringers,
    powerful: Vec<RoleId>,
    kinds: UserKinds,
    found: PowerPaths,
}

/// Every single change that would give somebody a powerful role.
pub(super) fn steps(
    firm: &Firm,
    (product, brought): (usize, &RoleBringers),
    chosen: &ChosenUsers,
) -> Result<Vec<ReviewStep>, AskError> {
    let compiled = firm.compiled(product)?;
    let roles = compiled.product.role_ids();
    let mut search = PowerSearch {
        firm,
        compiled,
        brought,
        powerful: roles
            .filter(|role| is_powerful(compiled, firm.readings_of(product), brought, *role))
            .collect(),
        kinds: UserKinds::seated(firm, product, &[]),
        found: PowerPaths::new(),
    };
    if search.powerful.is_empty() {
        return Ok(Vec::new());
    }
    let gives = |does: &DeclaredAlteration| matches!(does, DeclaredAlteration::Give(..));
    let tried: Vec<BoundChange> = BoundChange::all(compiled)
        .filter(|change| change.does(compiled).any(gives))
        .collect();
    for (number, change) in tried.iter().enumerate() {
        search.every_pair(number, change.by(product, [0, 0]))?;
    }
    let product = &compiled.product;
    let found = search.found.iter();
    let steps = found.filter_map(|((role, number), (users, by))| {
        let change = tried.get(*number)?;
        let declared = change.declared(compiled)?;
        let takes = declared.takes.iter();
        let arguments = takes.filter_map(|argument| change.word(compiled, *argument));
        Some(ReviewStep {
            role: product.role_name(*role).to_owned(),
            change: declared.id.to_string(),
            title: declared.title.to_string(),
            arguments: arguments.map(str::to_owned).collect(),
            users: Some(search.ids(users, chosen)).filter(|users| !users.is_empty())?,
            by: search.ids(by, &ChosenUsers::default()),
        })
    });
    Ok(steps.collect())
}

impl PowerSearch<'_> {
    /// Tries one change by every kind of user who may make it, for every target.
    fn every_pair(&mut self, number: usize, change: ResolvedChange) -> Result<(), AskError> {
        let all = self.kinds.numbers();
        let mut makers = Vec::new();
        for kind in all.clone() {
            if self.has_a_say(kind, change)? {
                makers.push(kind);
            }
        }
        for of_target in all {
            let Some(target) = self.kinds.first(of_target) else {
                continue;
            };
            for of_user in &makers {
                let mut others = self.kinds.members(*of_user).iter().copied();
                let other = others.find(|other| *other != target);
                let oneself = (*of_user == of_target).then_some(target);
                for user in [other, oneself].into_iter().flatten() {
                    let change = ResolvedChange {
                        user,
                        target: ResolvedTarget::User(target),
                        ..change
                    };
                    let outcome = self.firm.outcome(self.compiled, &change)?;
                    self.note(number, *of_user, &change, &outcome, of_target);
                }
            }
        }
        Ok(())
    }

    /// Whether people of a kind may make a change at all, whoever the target is.
    fn has_a_say(&self, kind: u32, change: ResolvedChange) -> Result<bool, AskError> {
        let Some(user) = self.kinds.first(kind) else {
            return Ok(false);
        };
        let change = ResolvedChange {
            user,
            target: ResolvedTarget::User(user),
            ..change
        };
        let judged = self.firm.judged(self.compiled, &change)?;
        let rulings = &self.compiled.product.rulings;
        let mut kinds = judged
            .rulings
            .iter()
            .filter_map(|ruling| Some(rulings.get(ruling.index())?.kind));
        Ok(!kinds.any(|kind| matches!(kind, RulingKind::Ground | RulingKind::NotGranted)))
    }

    /// Notes who would have a powerful role afterwards.
    fn note(
        &mut self,
        number: usize,
        of_user: u32,
        change: &ResolvedChange,
        outcome: &ChangeOutcome,
        of_target: u32,
    ) {
        let altered = outcome.alterations.iter();
        let receivers: BTreeSet<u32> = altered.map(|altered| altered.user).collect();
        for receiver in receivers {
            let kind = match receiver {
                receiver if change.target.user() == Some(receiver) => Some(of_target),
                receiver if receiver == change.user => Some(of_user),
                receiver => self.kinds.of_user(receiver),
            };
            let gained = self.gained(change.product, receiver, &outcome.alterations);
            for role in gained {
                let (users, by) = self.found.entry((role, number)).or_default();
                users.extend(kind);
                by.insert(of_user);
            }
        }
    }

    /// The powerful roles that a person has after alterations and did not have before.
    fn gained(&self, product: usize, user: u32, alterations: &[Alteration]) -> Vec<RoleId> {
        let before = self.firm.roster.profile(product, user);
        let after = self.firm.words_after(product, user, alterations);
        let has = |words, role: &RoleId| self.brought.has(self.compiled, words, *role);
        let powerful = self.powerful.iter().copied();
        powerful
            .filter(|role| has(&after, role) && !has(before, role))
            .collect()
    }

    /// Ids of the chosen users of the given kinds, in the order of the firm.
    fn ids(&self, kinds: &BTreeSet<u32>, chosen: &ChosenUsers) -> Vec<String> {
        let mut users: Vec<u32> = kinds
            .iter()
            .flat_map(|kind| self.kinds.members(*kind).iter().copied())
            .filter(|user| chosen.has(*user))
            .collect();
        users.sort_unstable();
        let ids = users.into_iter().map(|user| self.firm.roster.id(user));
        ids.map(str::to_owned).collect()
    }
}
