//! What changes and effects alter: roles and settings of people, lists and properties of things, groups.

use std::sync::Arc;

use super::names::Linker;
use super::parameters::ChangeParameters;
use super::product::{
    AlteredPerson, Argument, ArgumentChoice, ChangeTargets, DeclaredAlteration, FactSource, RoleId,
    SettingId, StepPlace, ThingStep,
};
use crate::finding::{names as unknown, rules as codes};
use crate::read::rule_file::DoesEntry;
use crate::value::{Domain, Value};
use crate::vocabulary::Person;
use crate::yaml::Text;

/// What one entry of `does` does.
enum DoneTo {
    People(DeclaredAlteration),
    Things(ThingStep),
}

impl Linker<'_> {
    /// Links alterations: those of people, and those of the thing or the group. `takes` are the arguments that they may use.
    pub(super) fn does(
        &mut self,
        entries: &[DoesEntry],
        takes: &ChangeParameters,
    ) -> (Vec<DeclaredAlteration>, Vec<ThingStep>) {
        let (mut people, mut things) = (Vec::new(), Vec::new());
        for entry in entries {
            match self.alteration(entry, takes) {
                Some(DoneTo::People(one)) => people.push(one),
                Some(DoneTo::Things(one)) => things.push(one),
                None => {}
            }
        }
        (people, things)
    }

    fn alteration(&mut self, entry: &DoesEntry, takes: &ChangeParameters) -> Option<DoneTo> {
        let given = entry.given();
        let people = |one| Some(DoneTo::People(one));
        let things = |one| Some(DoneTo::Things(one));
        match given.as_slice() {
            [("give", role), ("to", to)] => people(DeclaredAlteration::Give(
                self.chosen_role(role, takes)?,
                self.somebody(to, takes)?,
            )),
            [("take", role), ("from", from)] => {
                let choice = self.chosen_role(role, takes)?;
                let whose = self.somebody(from, takes)?;
                self.keep_level(choice, &takes.roles, role);
                people(DeclaredAlteration::Take(choice, whose))
            }
            [("set", setting), ("of", of), ("to", to)] => {
                let choice = self.chosen_setting(setting, takes)?;
                people(DeclaredAlteration::Set(
                    choice,
                    self.somebody(of, takes)?,
                    self.chosen_value(to, choice, takes)?,
                ))
            }
            [("set", property), ("to", to)] => {
                let (number, domain) = self.property_of_thing(property, takes)?;
                let value = self.property_value(to, (number, &domain), takes)?;
                things(ThingStep::Set(number, value))
            }
            [("add", who), ("to", place)] => {
                let who = self.member(who, takes)?;
                things(ThingStep::Add(self.step_place(place, takes)?, who))
            }
            [("remove", who), ("from", place)] => {
                let who = self.member(who, takes)?;
                things(ThingStep::Remove(self.step_place(place, takes)?, who))
            }
            [("only", who), ("on", place)] => {
                let who = self.member(who, takes)?;
                things(ThingStep::Only(self.step_place(place, takes)?, who))
            }
            [("reset", list)] => things(ThingStep::Reset(self.chosen_list(list, takes)?)),
            _ => {
                self.report(&codes::DOES_WORDS, entry.span, &[]);
                None
            }
        }
    }

    fn chosen_role(
        &mut self,
        name: &Text,
        takes: &ChangeParameters,
    ) -> Option<ArgumentChoice<RoleId>> {
        if name.value == Argument::Role.name() {
            return self.argument(name, Argument::Role, takes);
        }
        self.role(name).map(ArgumentChoice::Fixed)
    }

    fn chosen_setting(
        &mut self,
        name: &Text,
        takes: &ChangeParameters,
    ) -> Option<ArgumentChoice<SettingId>> {
        if name.value == Argument::Setting.name() {
            return self.argument(name, Argument::Setting, takes);
        }
        self.setting(name).map(ArgumentChoice::Fixed)
    }

    fn chosen_value(
        &mut self,
        word: &Text,
        of: ArgumentChoice<SettingId>,
        takes: &ChangeParameters,
    ) -> Option<ArgumentChoice<Value>> {
        let ArgumentChoice::Fixed(setting) = of else {
            return self.argument(word, Argument::Value, takes);
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
        takes: &ChangeParameters,
    ) -> Option<ArgumentChoice<T>> {
        if name.value == argument.name() && takes.arguments.contains(&argument) {
            return Some(ArgumentChoice::Argument);
        }
        self.report(&codes::NOT_AN_ARGUMENT, name.span, &[&name.value]);
        None
    }

    /// Whose seat is altered: never that of a group.
    fn somebody(&mut self, words: &Text, takes: &ChangeParameters) -> Option<AlteredPerson> {
        let whose = self.member(words, takes)?;
        if whose == AlteredPerson::Person(Person::Target) && takes.targets.groups {
            self.report(&codes::GROUP_HAS_NO_SEAT, words.span, &[&words.value]);
            return None;
        }
        Some(whose)
    }

    /// Who is put somewhere or taken off.
    fn member(&mut self, words: &Text, takes: &ChangeParameters) -> Option<AlteredPerson> {
        let mut people = Person::ALL.into_iter();
        if let Some(person) = people.find(|person| person.name() == words.value) {
            if person == Person::Target && takes.targets == ChangeTargets::NOBODY {
                self.report(&codes::NO_TARGET_TO_ALTER, words.span, &[]);
                return None;
            }
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

    /// The list or the group that entries are put in.
    fn step_place(&mut self, words: &Text, takes: &ChangeParameters) -> Option<StepPlace> {
        if words.value == Argument::Group.name() {
            let group: ArgumentChoice<()> = self.argument(words, Argument::Group, takes)?;
            return Some(group).map(|_| StepPlace::Group);
        }
        self.chosen_list(words, takes).map(StepPlace::List)
    }

    /// A list of the thing: `matter.access`, or the argument `list`.
    fn chosen_list(
        &mut self,
        words: &Text,
        takes: &ChangeParameters,
    ) -> Option<ArgumentChoice<usize>> {
        if words.value == Argument::List.name() {
            return self.argument(words, Argument::List, takes);
        }
        let fact = self.list_named(&words.value, words)?;
        match self.product.fact(fact).map(|fact| fact.source) {
            Some(FactSource::List(path, list)) if takes.is_own(path) => {
                Some(ArgumentChoice::Fixed(list))
            }
            _ => {
                let owner = "the change";
                self.report(
                    &codes::THING_OUT_OF_REACH,
                    words.span,
                    &[&words.value, &owner],
                );
                None
            }
        }
    }

    /// A property of the thing: `matter.status`.
    pub(super) fn property_of_thing(
        &mut self,
        words: &Text,
        takes: &ChangeParameters,
    ) -> Option<(usize, Domain)> {
        let fact = self.product.names.facts.get(words.value.as_str()).copied();
        let fact = fact.and_then(|fact| self.product.fact(fact));
        match fact.map(|fact| (fact.source, fact.domain.clone())) {
            Some((FactSource::Property(path, number), domain)) if takes.is_own(path) => {
                Some((number, domain))
            }
            _ => {
                let kind = takes.kind.and_then(|kind| self.product.kind(kind));
                let known: Vec<String> = kind.map_or_else(Vec::new, |kind| {
                    let own = kind.properties.iter();
                    own.map(|own| format!("{}.{}", kind.id, own.id)).collect()
                });
                let title = Arc::clone(&self.product.title);
                let known = known.iter().map(String::as_str);
                self.unknown(&unknown::UNKNOWN_PROPERTY_OF_THING, words, known, &title);
                None
            }
        }
    }

    /// The value that a property gets: a fixed one, or the argument `value`.
    fn property_value(
        &mut self,
        word: &Text,
        (property, domain): (usize, &Domain),
        takes: &ChangeParameters,
    ) -> Option<ArgumentChoice<Value>> {
        if word.value == Argument::Value.name() && takes.property == Some(property) {
            return self.argument(word, Argument::Value, takes);
        }
        let value = domain.find(&word.value);
        if value.is_none() {
            let kind = takes.kind.and_then(|kind| self.product.kind(kind));
            let declared = kind.and_then(|kind| kind.properties.get(property));
            let of = declared.map(|declared| Arc::clone(&declared.id));
            let of = of.unwrap_or_default();
            self.unknown(&unknown::UNKNOWN_VALUE, word, domain.words(), &of);
        }
        value.map(ArgumentChoice::Fixed)
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
}
