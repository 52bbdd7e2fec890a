//! Permission changes: what they take, who may make them, and what they alter.

use std::sync::Arc;

use super::condition::ConditionScope;
use super::names::Linker;
use super::parameters::ChangeParameters;
use super::product::{
    AlteredPerson, Argument, ArgumentChoice, ChangeId, Clause, DeclaredAlteration, LinkedBulk,
    LinkedChange, RoleId, Ruling, RulingId, RulingKind, SettingId,
};
use super::rulings::{ClauseOwner, ClauseParts};
use crate::finding::{names as unknown, rules as codes};
use crate::read::rule_file::{BulkDeclaration, ChangeDeclaration, DoesEntry, RuleFile, TakesEntry};
use crate::text::Span;
use crate::value::Value;
use crate::vocabulary::Person;
use crate::yaml::{KeyedValue, Text};

/// The phrase in `takes` for a value of the setting.
const VALUE_PHRASE: &str = "a value of setting";

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
        let scope = ConditionScope {
            owner: format!("the change `{}`", id.value),
            user: true,
            target: true,
            facts: Vec::new(),
            arguments: takes.arguments.clone(),
            taken: takes.words(&self.product),
        };
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
        let does = self.does(&entry.does, &takes);
        self.product.changes.push(LinkedChange {
            id: id.value.as_str().into(),
            title: entry.title.value.as_str().into(),
            place,
            basis,
            section,
            takes: takes.arguments,
            roles: takes.roles,
            settings: takes.settings,
            first_ruling,
            clause,
            does,
            effects: Vec::new(),
        });
    }

    fn takes(&mut self, entry: &ChangeDeclaration) -> ChangeParameters {
        let mut takes = ChangeParameters::default();
        for (name, what) in entry.takes.iter().flat_map(|takes| &takes.0) {
            let argument = Argument::named(&name.value);
            match (argument, what) {
                (Some(Argument::Role), TakesEntry::Names(names)) => {
                    self.not_empty(names, name.span);
                    self.no_doubles(names);
                    takes.roles = names.iter().filter_map(|name| self.role(name)).collect();
                }
                (Some(Argument::Setting), TakesEntry::Names(names)) => {
                    self.not_empty(names, name.span);
                    self.no_doubles(names);
                    takes.settings = names.iter().filter_map(|name| self.setting(name)).collect();
                }
                (Some(Argument::Value), TakesEntry::Phrase(phrase))
                    if phrase.value == VALUE_PHRASE
                        && takes.arguments.contains(&Argument::Setting) => {}
                _ => self.report(&codes::TAKES_WORDS, name.span, &[&name.value]),
            }
            takes.arguments.extend(argument);
        }
        takes
    }

    /// Links alterations. `takes` are the arguments that they may use.
    pub(super) fn does(
        &mut self,
        entries: &[DoesEntry],
        takes: &ChangeParameters,
    ) -> Vec<DeclaredAlteration> {
        entries
            .iter()
            .filter_map(|entry| self.alteration(entry, takes))
            .collect()
    }

    fn alteration(
        &mut self,
        entry: &DoesEntry,
        takes: &ChangeParameters,
    ) -> Option<DeclaredAlteration> {
        let arguments = &*takes.arguments;
        let DoesEntry {
            give,
            take,
            set,
            to,
            from,
            of,
            span,
        } = entry;
        match (give, take, set, to, from, of) {
            (Some(role), None, None, Some(to), None, None) => Some(DeclaredAlteration::Give(
                self.chosen_role(role, arguments)?,
                self.somebody(to)?,
            )),
            (None, Some(role), None, None, Some(from), None) => {
                let (choice, whose) = (self.chosen_role(role, arguments)?, self.somebody(from)?);
                self.keep_level(choice, &takes.roles, role);
                Some(DeclaredAlteration::Take(choice, whose))
            }
            (None, None, Some(setting), Some(to), None, Some(of)) => {
                let choice = self.chosen_setting(setting, arguments)?;
                Some(DeclaredAlteration::Set(
                    choice,
                    self.somebody(of)?,
                    self.chosen_value(to, choice, arguments)?,
                ))
            }
            _ => {
                self.report(&codes::DOES_WORDS, *span, &[]);
                None
            }
        }
    }

    fn chosen_role(
        &mut self,
        name: &Text,
        arguments: &[Argument],
    ) -> Option<ArgumentChoice<RoleId>> {
        if name.value == Argument::Role.name() {
            return self.argument(name, Argument::Role, arguments);
        }
        self.role(name).map(ArgumentChoice::Fixed)
    }

    fn chosen_setting(
        &mut self,
        name: &Text,
        arguments: &[Argument],
    ) -> Option<ArgumentChoice<SettingId>> {
        if name.value == Argument::Setting.name() {
            return self.argument(name, Argument::Setting, arguments);
        }
        self.setting(name).map(ArgumentChoice::Fixed)
    }

    fn chosen_value(
        &mut self,
        word: &Text,
        of: ArgumentChoice<SettingId>,
        arguments: &[Argument],
    ) -> Option<ArgumentChoice<Value>> {
        let ArgumentChoice::Fixed(setting) = of else {
            return self.argument(word, Argument::Value, arguments);
        };
        let (id, domain) = self
            .product
            .setting(setting)
            .map(|s| (Arc::clone(&s.id), s.domain.clone()))?;
        let value = domain.find(&word.value);
        if value.is_none() {
            self.unknown(&unknown::UNKNOWN_VALUE, word, domain.words(), &id);
        }
        value.map(ArgumentChoice::Fixed)
    }

    fn argument<T>(
        &mut self,
        name: &Text,
        argument: Argument,
        arguments: &[Argument],
    ) -> Option<ArgumentChoice<T>> {
        if name.value == argument.name() && arguments.contains(&argument) {
            return Some(ArgumentChoice::Argument);
        }
        self.report(&codes::NOT_AN_ARGUMENT, name.span, &[&name.value]);
        None
    }

    fn somebody(&mut self, words: &Text) -> Option<AlteredPerson> {
        if let Some(person) = Person::ALL
            .into_iter()
            .find(|person| person.name() == words.value)
        {
            return Some(AlteredPerson::Person(person));
        }
        let Some(role) = words.value.strip_prefix("holder of ") else {
            let expected = "`user`, `target` or `holder of ROLE`";
            self.unknown(&unknown::UNKNOWN_WORD, words, ["user", "target"], &expected);
            return None;
        };
        let role = self.role(&self.part(words, role.trim()))?;
        if self
            .product
            .role(role)
            .is_some_and(|role| role.holders.is_none())
        {
            self.report(&codes::HOLDER_UNKNOWN, words.span, &[&words.value]);
        }
        Some(AlteredPerson::Holder(role))
    }

    /// Reports if a change takes a level without giving another one, on a seat with levels.
    fn keep_level(&mut self, choice: ArgumentChoice<RoleId>, taken: &[RoleId], name: &Text) {
        let levels = &self.product.levels;
        match choice {
            ArgumentChoice::Fixed(role) if levels.contains(&role) => {
                self.report(&codes::LEVEL_TAKEN, name.span, &[&name.value]);
            }
            ArgumentChoice::Argument => {
                let Some(level) = taken.iter().find(|role| levels.contains(role)) else {
                    return;
                };
                let level = self.product.role_name(*level).to_owned();
                let finding = self.finding(&codes::LEVEL_TAKEN, name.span, &[&level]);
                self.push(finding.with_help(
                    "list no level under `takes`, or give another level instead: the old one goes by itself",
                ));
            }
            ArgumentChoice::Fixed(_) => {}
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
