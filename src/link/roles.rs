//! Roles: what they bring, how many hold them, and levels.

use std::sync::Arc;

use super::condition::ConditionScope;
use super::names::Linker;
use super::product::{BroughtRole, PersonMember, Role, RoleId, Ruling, RulingKind, SingleHolder};
use crate::finding::{names as unknown, rules as codes};
use crate::read::rule_file::{HoldersEntry, RoleDeclaration, SeatsEntry};
use crate::value::Domain;
use crate::yaml::{KeyedEntries, Text};

/// The most roles of a product. Their numbers are values, which have 16 bits.
const MOST_ROLES: usize = 16_000;

impl Linker<'_> {
    /// Gives every role its number and makes it readable in scripts.
    pub(super) fn declare_roles(&mut self, roles: &KeyedEntries<RoleDeclaration>) {
        self.within(
            roles.0.len(),
            MOST_ROLES,
            "roles",
            roles
                .0
                .first()
                .map_or_else(Default::default, |(id, _)| id.span),
        );
        let vocabulary = Arc::make_mut(&mut self.product.vocabulary);
        vocabulary.add_member("enabled", Domain::Flag);
        self.product.members.push(PersonMember::Enabled);
        for (id, entry) in roles.0.iter().take(MOST_ROLES) {
            self.id(id, "a role");
            let number = RoleId::from(self.product.roles.len());
            self.product
                .names
                .roles
                .insert(id.value.as_str().into(), number);
            Arc::make_mut(&mut self.product.vocabulary).add_member(&id.value, Domain::Flag);
            self.product.members.push(PersonMember::Role(number));
            let basis = self.basis(&entry.basis);
            let section = self.section(&entry.section);
            let place = self.place(id.span);
            self.product.roles.push(Role {
                id: id.value.as_str().into(),
                title: entry.title.value.as_str().into(),
                basis,
                section,
                place,
                brought_by: Vec::new(),
                holders: None,
                moves_by: entry
                    .moves_by
                    .as_ref()
                    .map(|change| change.value.as_str().into()),
            });
        }
    }

    /// Links what roles bring and how many hold them.
    pub(super) fn link_roles(&mut self, roles: &KeyedEntries<RoleDeclaration>) {
        for (number, (id, entry)) in roles.0.iter().enumerate() {
            self.brings(RoleId::from(number), id, entry);
            if let Some(holders) = &entry.holders {
                let holders = self.holders(id, holders, entry);
                if let Some(role) = self.product.roles.get_mut(number) {
                    role.holders = Some(holders);
                }
            }
        }
        self.no_circles(roles);
    }

    fn brings(&mut self, role: RoleId, id: &Text, entry: &RoleDeclaration) {
        for brings in entry.brings.iter().flatten() {
            let scope = ConditionScope::readings(format!("what `{}` brings", id.value));
            let when = brings
                .when
                .as_ref()
                .and_then(|when| self.condition(when, scope));
            for brought in &brings.roles.0 {
                let Some(brought) = self.role(brought) else {
                    continue;
                };
                if let Some(brought) = self.product.roles.get_mut(brought.index()) {
                    brought.brought_by.push(BroughtRole { role, when });
                }
            }
        }
    }

    fn holders(&mut self, id: &Text, entry: &HoldersEntry, role: &RoleDeclaration) -> SingleHolder {
        if entry.count.value != "exactly one" {
            self.report(
                &codes::HOLDERS_WORDS,
                entry.count.span,
                &[&entry.count.value],
            );
        }
        let enabled = entry.enabled.is_some_and(|flag| flag.value);
        let must = if enabled {
            ", and they are enabled"
        } else {
            ""
        };
        let reason = format!("there is always exactly one {}{must}", role.title.value);
        let ruling = Ruling {
            kind: RulingKind::Invariant,
            rule: id.value.as_str().into(),
            place: self.place(id.span),
            basis: self.basis(&role.basis),
            section: self.section(&role.section),
            reason: reason.into(),
            reason_basis: None,
            needs: Vec::new(),
            site: None,
            written_at: None,
        };
        SingleHolder {
            enabled,
            usually: entry
                .usually
                .as_ref()
                .map(|usually| usually.value.as_str().into()),
            ruling: self.ruling(ruling),
        }
    }

    /// The role with this id. An unknown id is reported.
    pub(super) fn role(&mut self, id: &Text) -> Option<RoleId> {
        self.named(id, &unknown::UNKNOWN_ROLE, |names| &names.roles)
    }

    fn no_circles(&mut self, roles: &KeyedEntries<RoleDeclaration>) {
        for number in 0..self.product.roles.len() {
            let Some(circle) = self.circle_through(RoleId::from(number)) else {
                continue;
            };
            // A circle is reported once, at its first role.
            if circle.iter().any(|role| role.index() < number) {
                continue;
            }
            let names: Vec<_> = circle
                .iter()
                .map(|role| format!("brings `{}`", self.product.role_name(*role)))
                .collect();
            if let Some((id, _)) = roles.0.get(number) {
                self.report(
                    &codes::BRINGS_CIRCLE,
                    id.span,
                    &[&id.value, &names.join(", which ")],
                );
            }
        }
    }

    /// The roles of a circle that starts and ends at a role. That role is the last one in the list.
    fn circle_through(&self, start: RoleId) -> Option<Vec<RoleId>> {
        let mut came_from = std::collections::HashMap::new();
        let mut open = vec![start];
        while let Some(role) = open.pop() {
            for bring in self
                .product
                .role(role)
                .into_iter()
                .flat_map(|role| &role.brought_by)
            {
                if bring.role == start {
                    let way = std::iter::successors(Some(role), |at| came_from.get(at).copied());
                    return Some(way.collect());
                }
                if let std::collections::hash_map::Entry::Vacant(new) = came_from.entry(bring.role)
                {
                    new.insert(role);
                    open.push(bring.role);
                }
            }
        }
        None
    }

    /// Reads `exactly one of [role, role]`.
    pub(super) fn levels(&mut self, seats: Option<&SeatsEntry>) {
        let Some(hold) = seats.map(|seats| &seats.hold) else {
            return;
        };
        let names = hold
            .value
            .strip_prefix("exactly one of [")
            .and_then(|rest| rest.strip_suffix(']'));
        let Some(names) = names else {
            self.report(&codes::SEATS_WORDS, hold.span, &[&hold.value]);
            return;
        };
        let names: Vec<Text> = names
            .split(',')
            .map(|name| self.part(hold, name.trim()))
            .collect();
        self.no_doubles(&names);
        self.product.levels = names.iter().filter_map(|name| self.role(name)).collect();
    }
}
