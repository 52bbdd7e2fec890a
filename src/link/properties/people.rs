//! Properties about people: who they are, and what is true of them.

use std::fmt::Display;

use super::PropertyLinker;
use crate::finding::{names as unknown, property as codes};
use crate::link::product::{
    ActionId, ChangeId, ChangeTargets, Conclusion, Premise, PremiseValue, PropertyClaim, RoleId,
    RuleTargets, Traits,
};
use crate::read::rule_file::{PropertyDeclaration, TraitsEntry, WhoeverEntry};
use crate::text::Span;
use crate::value::{Domain, Value};
use crate::yaml::{KeyedEntries, OneOrMany, Text};

/// The keys about a person, each with its place.
type TraitEntry<'e> = (&'static str, Option<&'e OneOrMany<Text>>);

impl PropertyDeclaration {
    /// The first key of a conclusion, and its place.
    pub(super) fn conclusion(&self) -> Option<(&'static str, Span)> {
        let lists: [TraitEntry<'_>; 4] = [
            ("holds", self.holds.as_ref()),
            ("lacks", self.lacks.as_ref()),
            ("can", self.can.as_ref()),
            ("cannot", self.cannot.as_ref()),
        ];
        let list = lists
            .into_iter()
            .find_map(|(key, list)| Some((key, list?.0.first()?.span)));
        let with = self
            .with
            .as_ref()
            .and_then(|with| with.0.first())
            .map(|(name, _)| ("with", name.span));
        let target = self.target.as_ref().filter(|target| !target.is_empty());
        list.or(with)
            .or(target.map(|target| ("target", target.span)))
    }
}

impl TraitsEntry {
    fn is_empty(&self) -> bool {
        let nothing = |list: Option<&OneOrMany<Text>>| list.is_none_or(|list| list.0.is_empty());
        nothing(self.holds.as_ref())
            && nothing(self.lacks.as_ref())
            && self.with.as_ref().is_none_or(|with| with.0.is_empty())
    }
}

impl PropertyLinker<'_> {
    /// Links a property about people. Each part is linked even if another part is wrong.
    pub(super) fn people(&mut self, entry: &PropertyDeclaration) -> Option<PropertyClaim> {
        if let Some(nobody) = &entry.nobody {
            let mut premise = self.premise("nobody", nobody)?;
            premise.on = self.on_somebody(&premise, None, Some(nobody), entry)?;
            return Some(PropertyClaim::Nobody(premise));
        }
        let premise = match &entry.whoever {
            Some(whoever) => self.premise("whoever", whoever),
            None => Some(Premise::default()),
        };
        let user = self.traits([&entry.holds, &entry.lacks], entry.with.as_ref(), true);
        let does = self.does([&entry.can, &entry.cannot]);
        let target = self.target(entry.target.as_ref());
        let [can, cannot] = does?;
        let conclusion = Conclusion {
            user: user?,
            can,
            cannot,
            target: target?,
        };
        let mut premise = premise?;
        premise.on =
            self.on_somebody(&premise, Some(&conclusion), entry.whoever.as_ref(), entry)?;
        Some(PropertyClaim::Whoever(premise, conclusion))
    }

    fn premise(&mut self, key: &'static str, entry: &WhoeverEntry) -> Option<Premise> {
        let user = self.traits([&entry.holds, &entry.lacks], entry.with.as_ref(), true);
        let does = self.does([&entry.can, &entry.cannot]);
        let makes = self.many(entry.makes.as_ref(), Self::change);
        let target = self.target(entry.target.as_ref());
        let on = entry.on.as_ref().map(|on| self.whom(on));
        let [can, cannot] = does?;
        let premise = Premise {
            user: user?,
            can,
            cannot,
            makes: makes?,
            on: match on {
                Some(on) => Some(on?),
                None => None,
            },
            target: target?,
        };
        let of_user = !premise.user.is_empty();
        let does = [&premise.can, &premise.cannot]
            .iter()
            .any(|list| !list.is_empty());
        if of_user || does || !premise.makes.is_empty() || !premise.target.is_empty() {
            return Some(premise);
        }
        let first = entry.on.as_ref().map_or(entry.span, |on| on.span);
        self.report(&codes::PROPERTY_EMPTY_PREMISE, first, &[&key]);
        None
    }

    /// To whom it is done, if anything in the property is done to a person. Otherwise `on` and `target` have no meaning.
    fn on_somebody(
        &mut self,
        premise: &Premise,
        conclusion: Option<&Conclusion>,
        whoever: Option<&WhoeverEntry>,
        entry: &PropertyDeclaration,
    ) -> Option<Option<RuleTargets>> {
        let product = self.product;
        let mut actions = premise.can.iter().chain(&premise.cannot).chain(
            conclusion
                .into_iter()
                .flat_map(|conclusion| conclusion.can.iter().chain(&conclusion.cannot)),
        );
        let on_target = |action: &&ActionId| {
            let action = product.action(**action);
            action.is_some_and(|action| action.on_target)
        };
        let of_person = actions.find(on_target).copied();
        let makes = premise.makes.iter();
        let forms = makes.filter_map(|change| Some(product.change(*change)?.targets));
        let forms: Vec<ChangeTargets> = forms.collect();
        self.is_of_one_target(premise, of_person, whoever);
        let of_nobody = forms.contains(&ChangeTargets::NOBODY) && of_person.is_none();
        let somebody = Some(Some(premise.on.unwrap_or(RuleTargets::Anyone)));
        if !of_nobody && (!forms.is_empty() || of_person.is_some()) {
            return somebody;
        }
        let on = whoever.and_then(|whoever| whoever.on.as_ref());
        let targets = [
            whoever.and_then(|whoever| whoever.target.as_ref()),
            entry.target.as_ref(),
        ];
        let spoken = on.map(|on| ("on", on.span)).or(targets
            .into_iter()
            .flatten()
            .next()
            .map(|target| ("target", target.span)));
        let Some((key, span)) = spoken else {
            let of_somebody = forms.iter().any(|one| *one != ChangeTargets::NOBODY);
            return if of_somebody { somebody } else { Some(None) };
        };
        self.report(&codes::PROPERTY_WITHOUT_TARGET, span, &[&key]);
        None
    }

    /// Reports if a change can be done to a group and an action is done to a person.
    fn is_of_one_target(
        &mut self,
        premise: &Premise,
        of_person: Option<ActionId>,
        whoever: Option<&WhoeverEntry>,
    ) {
        let product = self.product;
        let Some(action) = of_person.and_then(|action| product.action(action)) else {
            return;
        };
        let names = whoever.and_then(|whoever| whoever.makes.as_ref());
        let names = names.map_or(&[][..], |names| &names.0);
        for (name, change) in names.iter().zip(&premise.makes) {
            let change = product.change(*change);
            if change.is_some_and(|change| change.targets.groups) {
                let words: [&dyn Display; 2] = [&name.value, &action.id];
                self.report(&codes::PROPERTY_TWO_TARGETS, name.span, &words);
            }
        }
    }

    fn target(&mut self, entry: Option<&TraitsEntry>) -> Option<Traits> {
        match entry {
            Some(entry) => self.traits([&entry.holds, &entry.lacks], entry.with.as_ref(), false),
            None => Some(Traits::default()),
        }
    }

    /// The traits of one person. Readings of the firm and facts of the question are allowed only for the user.
    fn traits(
        &mut self,
        [holds, lacks]: [&Option<OneOrMany<Text>>; 2],
        with: Option<&KeyedEntries<Text>>,
        of_user: bool,
    ) -> Option<Traits> {
        let (holds, lacks) = (holds.as_ref(), lacks.as_ref());
        self.apart(holds, lacks, ["holds", "lacks"]);
        let holds = self.many(holds, Self::role);
        let lacks = self.many(lacks, Self::role);
        let with: Vec<Option<(PremiseValue, Value)>> = with
            .iter()
            .flat_map(|with| &with.0)
            .map(|(name, value)| self.given(name, value, of_user))
            .collect();
        Some(Traits {
            holds: holds?,
            lacks: lacks?,
            with: with.into_iter().collect::<Option<_>>()?,
        })
    }

    /// What somebody may do and may not do.
    fn does(&mut self, [can, cannot]: [&Option<OneOrMany<Text>>; 2]) -> Option<[Vec<ActionId>; 2]> {
        let (can, cannot) = (can.as_ref(), cannot.as_ref());
        let (allowed, denied) = (
            self.many(can, Self::action),
            self.many(cannot, Self::action),
        );
        self.apart(can, cannot, ["can", "cannot"]);
        Some([allowed?, denied?])
    }

    fn given(&mut self, name: &Text, value: &Text, of_user: bool) -> Option<(PremiseValue, Value)> {
        let names = &self.product.names;
        let id = name.value.as_str();
        let setting = names.settings.get(id).copied().map(PremiseValue::Setting);
        let reading = names.readings.get(id).copied().map(PremiseValue::Reading);
        let fact = names.facts.get(id).copied().map(PremiseValue::Fact);
        let of_question = reading.or(fact).filter(|_| of_user);
        let Some(given) = setting.or(of_question) else {
            let product = self.product;
            let settings = product.settings.iter().map(|setting| &*setting.id);
            let readings = product.readings.iter().map(|reading| &*reading.id);
            let facts = product.facts.iter().map(|fact| &*fact.id);
            let others = readings.chain(facts).filter(|_| of_user);
            let known: Vec<&str> = settings.chain(others).collect();
            self.unknown(&unknown::UNKNOWN_SETTING, name, known, &product.title);
            return None;
        };
        let domain = self.product.domain_of(given)?;
        let found = domain.find(&value.value);
        if found.is_none() {
            self.unknown(&unknown::UNKNOWN_VALUE, value, domain.words(), &id);
        }
        Some((given, found?))
    }

    /// Reports names in both of two lists that exclude each other.
    fn apart(
        &mut self,
        one: Option<&OneOrMany<Text>>,
        other: Option<&OneOrMany<Text>>,
        keys: [&str; 2],
    ) {
        let (Some(one), Some(other)) = (one, other) else {
            return;
        };
        for name in &other.0 {
            if one.0.iter().any(|known| known.value == name.value) {
                self.report(
                    &codes::PROPERTY_CONTRADICTS_ITSELF,
                    name.span,
                    &[&name.value, &keys[0], &keys[1]],
                );
            }
        }
    }

    fn whom(&mut self, word: &Text) -> Option<RuleTargets> {
        let found = RuleTargets::named(&word.value);
        if found.is_none() {
            let expected = "`others`, `self` or `anyone`";
            self.unknown(&unknown::UNKNOWN_WORD, word, RuleTargets::WORDS, &expected);
        }
        found
    }

    pub(super) fn role(&mut self, name: &Text) -> Option<RoleId> {
        self.named(name, &unknown::UNKNOWN_ROLE, |names| &names.roles)
    }

    pub(super) fn action(&mut self, name: &Text) -> Option<ActionId> {
        self.named(name, &unknown::UNKNOWN_ACTION, |names| &names.actions)
    }

    fn change(&mut self, name: &Text) -> Option<ChangeId> {
        self.named(name, &unknown::UNKNOWN_CHANGE, |names| &names.changes)
    }
}

impl crate::link::product::Product {
    /// The possible values of something.
    pub(crate) fn domain_of(&self, given: PremiseValue) -> Option<&Domain> {
        match given {
            PremiseValue::Setting(setting) => self.setting(setting).map(|setting| &setting.domain),
            PremiseValue::Reading(_) => Some(&Domain::Flag),
            PremiseValue::Fact(fact) => self.facts.get(fact.index()).map(|fact| &fact.domain),
        }
    }
}
