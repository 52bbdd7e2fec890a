//! Rulings: the possible outcomes of decisions, with the words for answers.

use super::allow;
use super::condition::ConditionScope;
use super::names::{Linker, Refusal};
use super::product::{Basis, Clause, ConditionId, Ruling, RulingId, RulingKind, SectionId};
use crate::finding::names as unknown;
use crate::read::rule_file::{AllowEntry, GroundEntry, GroundsEntry, ReasonEntry, RefusalEntry};
use crate::text::{Place, Span};
use crate::yaml::{Condition, KeyedEntries, KeyedValue, Text};

/// The parts of a clause, from any place in the file.
pub(super) struct ClauseParts<'f> {
    pub(super) allow: &'f AllowEntry,
    pub(super) when: Option<&'f Condition>,
    pub(super) because: Option<&'f ReasonEntry>,
    pub(super) unless: &'f [Text],
}

/// The owner of a clause, and where it comes from.
pub(super) struct ClauseOwner<'f> {
    pub(super) rule: &'f str,
    pub(super) place: Place,
    pub(super) basis: Basis,
    pub(super) section: SectionId,
    pub(super) site: Option<&'f Text>,
}

/// The most rulings of one action or change. Their numbers have 16 bits.
const MOST_OF_ONE: usize = 60_000;

/// The most rulings of a product.
const MOST_RULINGS: usize = 500_000;

impl Linker<'_> {
    /// Whether there is room for the rulings of an action or change. Too many are reported.
    pub(super) fn fit<'f>(
        &mut self,
        clauses: impl Iterator<Item = &'f ClauseParts<'f>>,
        id: &Text,
    ) -> bool {
        let count = clauses
            .map(|parts| usize::from(Clause::REFUSED) + parts.unless.len())
            .sum();
        let total = self.product.rulings.len() + count;
        self.within(count, MOST_OF_ONE, "rulings of one action", id.span);
        self.within(total, MOST_RULINGS, "rulings", id.span);
        count <= MOST_OF_ONE && total <= MOST_RULINGS
    }

    pub(super) fn ruling(&mut self, ruling: Ruling) -> RulingId {
        let number = RulingId::from(self.product.rulings.len());
        self.product.rulings.push(ruling);
        number
    }

    /// The rulings that come before any rule.
    pub(super) fn grounds(&mut self, entry: &GroundsEntry) {
        let user_disabled = self.ground("user_disabled", &entry.user_disabled);
        let user_has_no_seat = self.ground("user_has_no_seat", &entry.user_has_no_seat);
        let target_has_no_seat = self.ground("target_has_no_seat", &entry.target_has_no_seat);
        self.product.grounds = super::product::GroundRulings {
            user_disabled,
            user_has_no_seat,
            target_has_no_seat,
        };
    }

    fn ground(
        &mut self,
        rule: &str,
        KeyedValue { key, value: entry }: &KeyedValue<GroundEntry>,
    ) -> RulingId {
        self.rule_id(rule, *key);
        let ruling = Ruling {
            kind: RulingKind::Ground,
            rule: rule.into(),
            place: self.place(*key),
            basis: self.basis(&entry.basis),
            section: self.section(&entry.section),
            reason: entry.because.value.as_str().into(),
            reason_basis: None,
            needs: Vec::new(),
            site: None,
            written_at: None,
        };
        self.ruling(ruling)
    }

    pub(super) fn declare_refusals(&mut self, refusals: Option<&KeyedEntries<RefusalEntry>>) {
        for (id, entry) in refusals.into_iter().flat_map(|refusals| &refusals.0) {
            self.id(id, "a refusal");
            self.rule_id(&id.value, id.span);
            let basis = entry.basis.as_ref().map(|basis| self.basis(basis));
            let section = entry.section.as_ref().map(|section| self.section(section));
            let condition = self.compile(&entry.when);
            let refusal = Refusal {
                condition,
                because: entry.because.value.clone(),
                basis,
                section,
                place: self.place(id.span),
                used: false,
            };
            self.refusals.insert(id.value.clone(), refusal);
        }
    }

    /// Links a clause and appends its rulings. They start at `first`, counted from the first ruling of its action or change.
    pub(super) fn clause(
        &mut self,
        parts: &ClauseParts<'_>,
        speaker: &ClauseOwner<'_>,
        scope: &ConditionScope,
        first: u16,
    ) -> Clause {
        let allow = self.allow(parts.allow, scope);
        let when = parts
            .when
            .and_then(|when| self.condition(when, scope.clone()));
        let granted = allow::granted_reason(&allow, when.is_some(), &self.product);
        let because = parts.because.map(ReasonEntry::text).unwrap_or_default();
        // Without a `when`, the reason is for those whom `allow` does not let through.
        let is_of_allow = parts.because.is_some() && parts.when.is_none();
        let needs = if is_of_allow {
            because.to_owned()
        } else {
            allow::needs_reason(&allow, &self.product)
        };
        let when_at = parts.when.map(|when| when.span);
        let because_at = parts.because.map(ReasonEntry::span);
        let because_at = because_at.filter(|_| when_at.is_none());
        self.speak(speaker, RulingKind::Granted, granted, Vec::new(), None);
        let who = allow::needs(&allow);
        let not_granted = self.speak(speaker, RulingKind::NotGranted, needs, who, because_at);
        let unmet = because.to_owned();
        let unmet = self.speak(speaker, RulingKind::Unmet, unmet, Vec::new(), when_at);
        let explained = if is_of_allow { not_granted } else { unmet };
        self.reason_basis(parts.because, explained);
        let unless = self.unless(parts.unless, speaker, scope);
        Clause {
            first,
            allow,
            when,
            unless,
        }
    }

    /// Gives the words of a ruling the basis of their own, if the file says one.
    fn reason_basis(&mut self, because: Option<&ReasonEntry>, ruling: RulingId) {
        if let Some(ReasonEntry::WithBasis(fields)) = because {
            let basis = self.basis(&fields.basis);
            if let Some(ruling) = self.product.rulings.get_mut(ruling.index()) {
                ruling.reason_basis = Some(basis);
            }
        }
    }

    pub(super) fn speak(
        &mut self,
        speaker: &ClauseOwner<'_>,
        kind: RulingKind,
        reason: String,
        needs: Vec<super::product::RoleId>,
        written_at: Option<Span>,
    ) -> RulingId {
        let site = speaker.site.filter(|_| kind == RulingKind::Granted);
        self.ruling(Ruling {
            kind,
            rule: speaker.rule.into(),
            place: speaker.place.clone(),
            basis: speaker.basis,
            section: speaker.section,
            reason: reason.into(),
            reason_basis: None,
            needs,
            site: site.map(|site| site.value.as_str().into()),
            written_at,
        })
    }

    fn unless(
        &mut self,
        names: &[Text],
        speaker: &ClauseOwner<'_>,
        scope: &ConditionScope,
    ) -> Vec<ConditionId> {
        self.no_doubles(names);
        let mut conditions = Vec::new();
        for name in names {
            let Some(refusal) = self.refusals.get_mut(&name.value) else {
                let known: Vec<String> = self.refusals.keys().cloned().collect();
                self.unknown(
                    &unknown::UNKNOWN_REFUSAL,
                    name,
                    known.iter().map(String::as_str),
                    &"",
                );
                continue;
            };
            refusal.used = true;
            let Some(condition) = refusal.condition else {
                continue;
            };
            let ruling = Ruling {
                kind: RulingKind::Refused,
                rule: name.value.as_str().into(),
                place: refusal.place.clone(),
                basis: refusal.basis.unwrap_or(speaker.basis),
                section: refusal.section.unwrap_or(speaker.section),
                reason: refusal.because.as_str().into(),
                reason_basis: None,
                needs: Vec::new(),
                site: None,
                written_at: Some(name.span),
            };
            self.ruling(ruling);
            self.use_condition(condition, scope.clone());
            conditions.push(condition);
        }
        conditions
    }
}

/// How many rulings a clause has.
pub(super) fn rulings_of(clause: &Clause) -> u16 {
    Clause::REFUSED + clause.unless.len() as u16
}
