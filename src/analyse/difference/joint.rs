//! The names and values of both rulebooks side by side, so that one situation can be given to either.
//!
//! Each side ignores what only the other side knows: nobody holds a role that the side does not declare, a setting
//! with an unknown value has its default, and an unknown fact is not given.

use std::sync::Arc;

use crate::explore::compile::CompiledProduct;
use crate::link::product::{Argument, DecisionInput, Product};
use crate::value::{Domain, Value};
use crate::world::input::{WorldInput, WorldPerson};
use crate::world::invariants::Invariants;

/// A pair for the two sides: the old rulebook and the new one.
pub(super) type Sides<T> = [T; 2];

/// A name, and its number on each side that knows it.
pub(super) type NamedSides<'w> = (&'w str, Sides<Option<u16>>);

/// The words of both sides, each once: those of the new side in order, then those that were removed.
#[derive(Debug, Default)]
pub(super) struct MergedWords {
    pub(super) words: Vec<Arc<str>>,
    /// By joint number, the number on each side.
    pub(super) to: Vec<Sides<Option<u16>>>,
    /// By number on each side, the joint number.
    pub(super) from: Sides<Vec<u16>>,
}

impl MergedWords {
    pub(super) fn of(sides: Sides<Vec<&str>>) -> Self {
        let mut merged = Self::default();
        for (side, words) in sides.iter().enumerate().rev() {
            for (number, word) in words.iter().enumerate() {
                let here = merged.find(word).unwrap_or_else(|| {
                    merged.words.push(Arc::from(*word));
                    merged.to.push([None, None]);
                    merged.words.len() as u16 - 1
                });
                let to = merged.to.get_mut(usize::from(here));
                if let Some(to) = to.and_then(|to| to.get_mut(side)) {
                    *to = Some(number as u16);
                }
                if let Some(from) = merged.from.get_mut(side) {
                    from.push(here);
                }
            }
        }
        merged
    }

    /// Each word, and its number on each side.
    pub(super) fn iter(&self) -> impl Iterator<Item = NamedSides<'_>> {
        let words = self.words.iter().map(|word| &**word);
        words.zip(self.to.iter().copied())
    }

    pub(super) fn find(&self, word: &str) -> Option<u16> {
        let at = self.words.iter().position(|known| **known == *word)?;
        Some(at as u16)
    }

    pub(super) fn word(&self, number: u16) -> &str {
        self.words
            .get(usize::from(number))
            .map_or("?", |word| &**word)
    }

    /// The number on one side. `None` when that side does not know the word.
    pub(super) fn to(&self, side: usize, number: u16) -> Option<u16> {
        *self.to.get(usize::from(number))?.get(side)?
    }

    pub(super) fn from(&self, side: usize, number: usize) -> u16 {
        let from = self.from.get(side).and_then(|from| from.get(number));
        from.copied().unwrap_or_default()
    }

    /// Whether each side knows all of it.
    fn is_shared(&self) -> bool {
        self.to.iter().flatten().all(Option::is_some)
    }

    pub(super) fn is_flag(&self) -> bool {
        self.words.iter().map(|word| &**word).eq(["false", "true"])
    }
}

/// One product of both rulebooks. A side without the product is empty.
pub(super) struct JointProduct<'r> {
    pub(super) sides: Sides<Option<&'r CompiledProduct>>,
    pub(super) actions: MergedWords,
    pub(super) changes: MergedWords,
    pub(super) roles: MergedWords,
    pub(super) settings: MergedWords,
    /// The values of each setting.
    pub(super) values: Vec<MergedWords>,
    pub(super) readings: MergedWords,
    pub(super) facts: MergedWords,
    /// The values of each fact.
    pub(super) fact_values: Vec<MergedWords>,
    /// The values that the argument `value` can have.
    pub(super) shared_values: MergedWords,
    /// The lists that the argument `list` can name.
    pub(super) lists: MergedWords,
    /// The invariants of both sides.
    pub(super) firms: Invariants,
    /// By side, the levels that the side does not know. Nobody there can have them.
    pub(super) strange: Sides<Vec<u16>>,
}

impl<'r> JointProduct<'r> {
    pub(super) fn of(sides: Sides<Option<&'r CompiledProduct>>) -> Self {
        let products = sides.map(|side| side.map(|compiled| &*compiled.product));
        let names = |of: fn(&Product) -> Vec<&str>| {
            MergedWords::of(products.map(|product| product.map_or_else(Vec::new, of)))
        };
        let actions = names(|product| product.actions.iter().map(|it| &*it.id).collect());
        let changes = names(|product| product.changes.iter().map(|it| &*it.id).collect());
        let roles = names(|product| product.roles.iter().map(|role| &*role.id).collect());
        let settings = names(|product| product.settings.iter().map(|it| &*it.id).collect());
        let readings = names(|product| product.readings.iter().map(|it| &*it.id).collect());
        let facts = names(|product| product.facts.iter().map(|fact| &*fact.id).collect());
        let words_of = |domain: Option<&'r Domain>| {
            domain.map_or_else(Vec::new, |domain| domain.words().collect())
        };
        let argument = |argument| {
            let domain = |product: &'r Product| product.argument_domain(argument);
            MergedWords::of(products.map(|product| words_of(product.and_then(domain))))
        };
        let domains =
            |merged: &MergedWords, of: &dyn Fn(&'r Product, usize) -> Option<&'r Domain>| {
                let values = |number: u16| {
                    let mut side = 0;
                    let words = products.map(|product| {
                        let here = merged.to(side, number);
                        side += 1;
                        let domain = here.and_then(|here| of(product?, usize::from(here)));
                        domain.map_or_else(Vec::new, |domain| domain.words().collect())
                    });
                    MergedWords::of(words)
                };
                let all = 0..merged.words.len() as u16;
                all.map(values).collect::<Vec<_>>()
            };
        let invariants = |side: usize| {
            let product = products.get(side).copied().flatten();
            product.map_or_else(Invariants::default, |product| {
                Invariants::numbered(product, |role| roles.from(side, role.index()))
            })
        };
        let [old, new] = [0, 1].map(invariants);
        let beyond = |known: &Invariants, other: &Invariants| -> Vec<u16> {
            let known = &known.levels;
            let strange = other.levels.iter().filter(|level| !known.contains(level));
            strange.filter(|_| !known.is_empty()).copied().collect()
        };
        let strange = [beyond(&old, &new), beyond(&new, &old)];
        Self {
            firms: new.and(&old),
            strange,
            values: domains(&settings, &|product, number| {
                product.settings.get(number).map(|setting| &setting.domain)
            }),
            fact_values: domains(&facts, &|product, number| {
                product.facts.get(number).map(|fact| &fact.domain)
            }),
            sides,
            actions,
            changes,
            roles,
            settings,
            readings,
            facts,
            shared_values: argument(Argument::Value),
            lists: argument(Argument::List),
        }
    }

    /// The joint name of an input of one side.
    pub(super) fn var(&self, side: usize, input: DecisionInput) -> WorldInput {
        match input {
            DecisionInput::SameUser => WorldInput::SameUser,
            DecisionInput::Enabled(person) => WorldInput::Enabled(person.into()),
            DecisionInput::Holds(person, role) => {
                WorldInput::Holds(person.into(), self.roles.from(side, role.index()))
            }
            DecisionInput::Setting(person, setting) => {
                WorldInput::Setting(person.into(), self.settings.from(side, setting.index()))
            }
            DecisionInput::Reading(reading) => {
                WorldInput::Reading(self.readings.from(side, reading.index()))
            }
            DecisionInput::Fact(fact) => WorldInput::Fact(self.facts.from(side, fact.index())),
            DecisionInput::Argument(argument) => WorldInput::Argument(argument),
        }
    }

    /// The words for a variable's values, unless they are `false` and `true`.
    pub(super) fn words(&self, var: WorldInput) -> Option<&MergedWords> {
        match var {
            WorldInput::Setting(_, setting) => self.values.get(usize::from(setting)),
            WorldInput::Fact(fact) => self.fact_values.get(usize::from(fact)),
            WorldInput::Argument(Argument::Role) => Some(&self.roles),
            WorldInput::Argument(Argument::Setting) => Some(&self.settings),
            WorldInput::Argument(Argument::Value) => Some(&self.shared_values),
            WorldInput::Argument(Argument::List) => Some(&self.lists),
            _ => None,
        }
    }

    /// The number of values of a variable. A fact has one more, which means that it is not given.
    pub(super) fn width(&self, var: WorldInput) -> usize {
        let words = self.words(var).map_or(2, |words| words.words.len());
        words + usize::from(matches!(var, WorldInput::Fact(_)))
    }

    /// The value which means that a fact is not given.
    pub(super) fn silence(&self, fact: u16) -> u16 {
        let values = self.fact_values.get(usize::from(fact));
        values.map_or(0, |values| values.words.len() as u16)
    }

    /// A joint value on one side. `None` when that side does not know it.
    pub(super) fn value(&self, side: usize, var: WorldInput, value: u16) -> Option<Value> {
        match self.words(var) {
            Some(words) => words.to(side, value).map(Value),
            None => Some(Value(value)),
        }
    }

    /// A setting's value on one side. It is the default when that side does not know the value.
    pub(super) fn setting(&self, side: usize, setting: u16, value: u16) -> Option<Value> {
        let product = &self.side(side)?.product;
        let number = self.settings.to(side, setting)?;
        let declared = product.settings.get(usize::from(number))?;
        let known = self.values.get(usize::from(setting))?.to(side, value);
        Some(known.map_or(declared.default, Value))
    }

    pub(super) fn side(&self, side: usize) -> Option<&'r CompiledProduct> {
        *self.sides.get(side)?
    }

    /// Whether both sides know the same values of a fact.
    pub(super) fn is_fact_shared(&self, fact: u16) -> bool {
        let values = self.fact_values.get(usize::from(fact));
        values.is_none_or(MergedWords::is_shared)
    }

    /// The title of an item: on the new side, or on the old side if it was removed.
    fn titled(&self, of: impl Fn(usize, &'r Product) -> Option<&'r str>) -> Option<&'r str> {
        let title = |side: usize| of(side, &self.side(side)?.product);
        title(1).or_else(|| title(0))
    }

    fn role_title(&self, role: u16) -> &str {
        let title = self.titled(|side, product| {
            let number = self.roles.to(side, role)?;
            Some(&*product.roles.get(usize::from(number))?.title)
        });
        title.unwrap_or_else(|| self.roles.word(role))
    }

    fn setting_title(&self, setting: u16) -> &str {
        let title = self.titled(|side, product| {
            let number = self.settings.to(side, setting)?;
            Some(&*product.settings.get(usize::from(number))?.title)
        });
        title.unwrap_or_else(|| self.settings.word(setting))
    }

    /// The name of a role in sentences: its title, and its id where another role has that title.
    pub(super) fn role_name(&self, role: u16) -> String {
        let id = self.roles.word(role);
        told_apart(&self.roles, role, id, |one| self.role_title(one))
    }

    /// The name of a setting in sentences: its title, and its id where another setting has that title.
    pub(super) fn setting_name(&self, setting: u16) -> String {
        let id = self.settings.word(setting);
        told_apart(&self.settings, setting, id, |one| self.setting_title(one))
    }

    /// The name of a variable in exact conditions, as in an explanation.
    pub(super) fn written(&self, var: WorldInput) -> String {
        let name = |who: WorldPerson| match who {
            WorldPerson::User => "user",
            WorldPerson::Target => "target",
            WorldPerson::Holder => "holder",
        };
        match var {
            WorldInput::SameUser => "same_user".to_owned(),
            WorldInput::Enabled(who) => format!("{} is enabled", name(who)),
            WorldInput::Holds(who, role) => {
                format!("{} holds {}", name(who), self.roles.word(role))
            }
            WorldInput::Setting(who, setting) => {
                format!("{}.{}", name(who), self.settings.word(setting))
            }
            WorldInput::Reading(reading) => self.readings.word(reading).to_owned(),
            WorldInput::Fact(fact) => self.facts.word(fact).to_owned(),
            WorldInput::Argument(argument) => argument.name().to_owned(),
        }
    }

    /// How a value is written.
    pub(super) fn value_word(&self, var: WorldInput, value: u16) -> &str {
        match self.words(var) {
            Some(words) if usize::from(value) >= words.words.len() => "not given",
            Some(words) => words.word(value),
            None if value == 1 => "true",
            None => "false",
        }
    }

    /// Whether a variable is a flag.
    pub(super) fn is_flag(&self, var: WorldInput) -> bool {
        self.words(var).is_none_or(MergedWords::is_flag)
    }
}

/// A title, with the id behind it where something else has the same title.
fn told_apart<'t>(
    all: &MergedWords,
    number: u16,
    id: &str,
    title: impl Fn(u16) -> &'t str,
) -> String {
    let of = title(number);
    let mut others = (0..all.words.len() as u16).filter(|other| *other != number);
    if others.any(|other| title(other) == of) {
        format!("{of} ({id})")
    } else {
        of.to_owned()
    }
}
