//! Permission changes: what they take, who may make them, and what they alter.

use std::sync::Arc;

use super::names::Linker;
use super::parameters::ChangeParameters;
use super::product::{
    ChangeId, ChangeTargets, Clause, DeclaredAlteration, LinkedBulk, LinkedChange, RoleId, Ruling,
    RulingId, RulingKind,
};
use super::rulings::{ClauseOwner, ClauseParts};
use crate::finding::{names as unknown, rules as codes};
use crate::read::rule_file::{BulkDeclaration, ChangeDeclaration, RuleFile};
use crate::text::Span;
use crate::yaml::{KeyedValue, Text};

/// The rule id of an accepted bulk change.
const BULK: &str = "bulk";

impl Linker<'_> {
    pub(super) fn changes(&mut self, file: &RuleFile) {
        let entries = || file.changes.iter().flat_map(|changes| &changes.0);
        for (number, (id, _)) in entries().enumerate() {
            self.id(id, "a change");
            self.product
                .names
                .changes
                .insert(id.value.as_str().into(), ChangeId::from(number));
        }
        for (id, entry) in entries() {
            // An action and the change that carries it out may have the same name.
            if !self.product.names.actions.contains_key(id.value.as_str()) {
                self.rule_id(&id.value, id.span);
            }
            self.change(id, entry);
        }
        for (_, role) in &file.roles.0 {
            if let Some(change) = &role.moves_by {
                self.change_named(change);
            }
        }
        self.keep_holders(file);
        if let Some(bulk) = &file.bulk {
            self.bulk(bulk);
        }
    }

    fn change(&mut self, id: &Text, entry: &ChangeDeclaration) {
        let basis = self.basis(&entry.basis);
        let section = self.section(&entry.section);
        let takes = self.takes(entry);
        let scope = takes.scope(&self.product, format!("the change `{}`", id.value));
        self.needs_because(entry.when.as_ref(), entry.because.is_some());
        let first_ruling = RulingId::from(self.product.rulings.len());
        let parts = ClauseParts {
            allow: &entry.allow,
            when: entry.when.as_ref(),
            because: entry.because.as_ref(),
            unless: entry.unless.as_ref().map_or(&[], |unless| &unless.0),
        };
        let place = self.place(id.span);
        let site = entry.r#where.as_ref();
        let speaker = ClauseOwner {
            rule: &id.value,
            place: place.clone(),
            basis,
            section,
            site,
        };
        if !self.fit(std::iter::once(&parts), id) {
            return;
        }
        let clause = self.clause(&parts, &speaker, &scope, 0);
        self.not_empty(&entry.does, id.span);
        let (does, steps) = self.does(&entry.does, &takes);
        if takes.targets != ChangeTargets::USERS && !takes.takes_place() {
            self.report(&codes::CHANGE_ABOUT_NOTHING, id.span, &[&id.value]);
        }
        self.alters_one_side(&takes, &does, id);
        self.product.changes.push(LinkedChange {
            id: id.value.as_str().into(),
            title: entry.title.value.as_str().into(),
            place,
            basis,
            section,
            takes: takes.arguments,
            roles: takes.roles,
            settings: takes.settings,
            lists: takes.lists,
            property: takes.property,
            kind: takes.kind,
            targets: takes.targets,
            facts: Vec::new(),
            first_ruling,
            clause,
            does,
            steps,
            effects: Vec::new(),
        });
    }

    /// Reports if a change about a thing or a group, or an effect of one, alters what people hold.
    pub(super) fn alters_one_side(
        &mut self,
        takes: &ChangeParameters,
        people: &[DeclaredAlteration],
        id: &Text,
    ) {
        if takes.takes_place() && !people.is_empty() {
            self.report(&codes::ALTERS_BOTH, id.span, &[&id.value]);
        }
    }

    pub(super) fn change_named(&mut self, name: &Text) -> Option<ChangeId> {
        self.named(name, &unknown::UNKNOWN_CHANGE, |names| &names.changes)
    }

    /// Reports if a change alters a role with exactly one holder, unless the change passes that role on.
    fn keep_holders(&mut self, file: &RuleFile) {
        let spans: Vec<Span> = file
            .changes
            .iter()
            .flat_map(|changes| &changes.0)
            .map(|(id, _)| id.span)
            .collect();
        let mut unsafe_at = Vec::new();
        for (number, role) in self.product.roles.iter().enumerate() {
            let role_id = RoleId::from(number);
            if role.holders.is_none() {
                continue;
            }
            for (change, span) in self.product.changes.iter().zip(&spans) {
                let moves = role
                    .moves_by
                    .as_ref()
                    .is_some_and(|moves_by| *moves_by == change.id);
                if change.alters(role_id) && !(moves && change.moves(role_id)) {
                    unsafe_at.push((*span, Arc::clone(&role.id)));
                }
            }
        }
        for (span, role) in unsafe_at {
            self.report(&codes::HOLDERS_UNSAFE, span, &[&role]);
        }
    }

    fn bulk(&mut self, KeyedValue { key, value: entry }: &KeyedValue<BulkDeclaration>) {
        self.rule_id(BULK, *key);
        self.id(&entry.contradiction.rule, "a rule");
        self.rule_id(
            &entry.contradiction.rule.value,
            entry.contradiction.rule.span,
        );
        self.not_empty(&entry.of, entry.span);
        self.no_doubles(&entry.of);
        let changes = entry
            .of
            .iter()
            .filter_map(|name| self.change_named(name))
            .collect();
        let section = self.section(&entry.section);
        let accepted = Ruling {
            kind: RulingKind::Granted,
            rule: BULK.into(),
            place: self.place(*key),
            basis: self.basis(&entry.basis),
            section,
            reason: "every part is accepted".into(),
            reason_basis: None,
            needs: Vec::new(),
            site: entry
                .r#where
                .as_ref()
                .map(|site| site.value.as_str().into()),
            written_at: None,
        };
        let contradiction = Ruling {
            kind: RulingKind::Contradiction,
            rule: entry.contradiction.rule.value.as_str().into(),
            place: self.place(entry.contradiction.rule.span),
            basis: self.basis(&entry.contradiction.basis),
            section,
            reason: entry.contradiction.because.value.as_str().into(),
            reason_basis: None,
            needs: Vec::new(),
            site: None,
            written_at: None,
        };
        let all_or_nothing = self.basis(&entry.all_or_nothing.basis);
        let (accepted, contradiction) = (self.ruling(accepted), self.ruling(contradiction));
        self.product.bulk = Some(LinkedBulk {
            title: entry.title.value.as_str().into(),
            changes,
            all_or_nothing,
            accepted,
            contradiction,
        });
    }
}

impl Clause {
    /// Whether the ruling at an index, counted from the first ruling, accepts.
    pub(crate) fn grants(&self, ruling: u16) -> bool {
        ruling == self.first + Self::GRANTED
    }
}
