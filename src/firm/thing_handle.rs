//! Handles of things: ids resolved once, for hot loops.

use std::num::NonZeroU32;

use super::Firm;
use super::things::{FirmThings, NumberedThing};
use crate::finding::{AskError, Finding, ask as codes, foreign, names as unknown};
use crate::link::product::KindId;
use crate::name::{self, nearest::KnownName};
use crate::rulebook::Names;

/// A thing of a firm, resolved once. It stays valid in every state of the firm that follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ThingHandle {
    stamp: NonZeroU32,
    product: u16,
    kind: KindId,
    number: u32,
}

impl ThingHandle {
    /// The product of the thing, and its kind there.
    #[inline]
    pub(crate) fn place(self) -> (usize, KindId) {
        (usize::from(self.product), self.kind)
    }

    /// The stamp of the things and groups of its firm.
    #[inline]
    pub(crate) fn stamp(self) -> NonZeroU32 {
        self.stamp
    }

    /// The number of the thing among those of its kind.
    #[inline]
    pub(crate) fn number(self) -> u32 {
        self.number
    }
}

impl FirmThings {
    /// Whether a handle belongs to these things.
    #[inline]
    pub(crate) fn bears(&self, thing: ThingHandle) -> bool {
        self.has_stamp(thing.stamp)
    }

    /// Whether a handle with this stamp belongs to these things and groups.
    #[inline]
    pub(crate) fn has_stamp(&self, stamp: NonZeroU32) -> bool {
        stamp == self.stamp
    }
}

/// The ids of a product's kinds of things.
const KINDS: Names = |product| Box::new(product.kinds.iter().map(|of| &*of.id));

impl Firm {
    /// Ids of the things of a kind, in the order of the firm file. One that several products know is named once.
    pub fn things_of_kind(&self, kind: &str) -> impl Iterator<Item = &str> {
        let kinds = self.things.kinds();
        let mut of_kind = kinds.filter(move |(product, id, _)| {
            let compiled = self.rulebook.product(*product);
            let declared = compiled.and_then(|compiled| compiled.product.kind(*id));
            declared.is_some_and(|declared| *declared.id == *kind)
        });
        let things = of_kind.next();
        things.into_iter().flat_map(|(.., things)| things.ids())
    }

    /// How many things there are. One that several products know counts for each of them.
    ///
    /// ```
    /// let firm = clio_rules::Firm::example(&clio_rules::Rulebook::builtin()?)?;
    /// assert_eq!((firm.group_count(), firm.thing_count()), (3, 4));
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn thing_count(&self) -> usize {
        self.things.len()
    }

    /// Looks a thing up by its kind and id. Without a product, the only one that has the kind is meant.
    ///
    /// # Errors
    /// [`AskError`] when there is no such kind or thing. Its help names the nearest one.
    pub fn thing(
        &self,
        product: Option<&str>,
        kind: &str,
        id: &str,
    ) -> Result<ThingHandle, AskError> {
        let number = self.rulebook.product_of(
            product,
            kind,
            &unknown::UNKNOWN_KIND,
            |product| product.names.kinds.contains_key(kind),
            KINDS,
        )?;
        let names = self.rulebook.product(number);
        let names = names.map(|compiled| &compiled.product.names);
        let kind = names.and_then(|names| name::find(&names.kinds, kind));
        let kind = *kind.ok_or_else(|| foreign("rulebook"))?;
        Ok(self.thing_handle(self.numbered_thing(number, kind, id)?))
    }

    /// The value of a property of a thing, as a word; none where its kind has no such property.
    ///
    /// ```
    /// let rulebook = clio_rules::Rulebook::from_texts([(
    ///     "rules/notes.yaml",
    ///     "product: notes
    /// title: Notes
    /// document: {title: Notes, sections: {all: All}}
    /// things: {note: {title: Note, properties: {status: {title: Status, values: [open, done], default: open}}}}
    /// roles: {}
    /// grounds:
    ///   user_disabled: {because: Disabled, basis: inferred, section: all}
    ///   user_has_no_seat: {because: No seat, basis: inferred, section: all}
    ///   target_has_no_seat: {because: No seat, basis: inferred, section: all}
    /// actions: [{group: Notes, section: all, basis: stated, target: note, actions: {read: {title: Read, allow: everyone}}}]",
    /// )])?;
    /// let text = "firm: One\nusers: []\nthings: {note: [{id: n1, status: done}]}";
    /// let firm = clio_rules::Firm::from_text(&rulebook, "firm.yaml", text)?;
    /// let note = firm.thing(None, "note", "n1")?;
    /// assert_eq!(firm.thing_property(note, "status"), Some("done"));
    /// assert_eq!(firm.thing_property(note, "colour"), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn thing_property(&self, thing: ThingHandle, property: &str) -> Option<&str> {
        let NumberedThing {
            product,
            kind,
            number,
        } = self.thing_of(thing).ok()?;
        let product = &self.rulebook.product(product)?.product;
        let properties = &product.kind(kind)?.properties;
        let place = properties.iter().position(|of| *of.id == *property)?;
        let declared = properties.get(place)?;
        let things = self.things.of_kind(usize::from(thing.product), kind)?;
        let value = things.property(number, place);
        let fact = product.fact(declared.fact)?;
        Some(fact.domain.word(value.unwrap_or(declared.default)))
    }

    pub(crate) fn thing_handle(&self, thing: NumberedThing) -> ThingHandle {
        ThingHandle {
            stamp: self.things.stamp,
            product: thing.product as u16,
            kind: thing.kind,
            number: thing.number,
        }
    }

    /// The thing of a kind with this id.
    pub(crate) fn numbered_thing(
        &self,
        product: usize,
        kind: KindId,
        id: &str,
    ) -> Result<NumberedThing, AskError> {
        let things = self.things.of_kind(product, kind);
        let number = things.and_then(|things| things.find(id));
        let number = number.ok_or_else(|| self.unknown_thing(product, kind, id))?;
        Ok(NumberedThing {
            product,
            kind,
            number,
        })
    }

    /// The things with this id: of one kind, in each product that has the kind. Where things of several kinds have it, the kind
    /// stands before it: `matter:m1`.
    pub(crate) fn things_named(
        &self,
        product: Option<&str>,
        id: &str,
    ) -> Result<Vec<NumberedThing>, AskError> {
        let product = product
            .map(|id| self.rulebook.named_product(id))
            .transpose()?;
        let mut found = self.things_of_any_kind(product, None, id);
        if found.is_empty()
            && let Some((kind, id)) = id.split_once(':')
        {
            found = self.things_of_any_kind(product, Some(kind), id);
        }
        let mut kinds: Vec<&str> = found.iter().map(|thing| self.kind_name(thing)).collect();
        kinds.dedup();
        match kinds.as_slice() {
            [] => Err(self.no_thing(product, id)),
            [_] => Ok(found),
            [first, ..] => {
                let help = format!("write the kind before it: `{first}:{id}`");
                let several =
                    Finding::new(&codes::AMBIGUOUS_THING, None, &[&id, &kinds.join(", ")]);
                Err(several.with_help(help).into())
            }
        }
    }

    /// The things with this id, sorted by the name of their kind.
    fn things_of_any_kind(
        &self,
        product: Option<usize>,
        kind: Option<&str>,
        id: &str,
    ) -> Vec<NumberedThing> {
        let kinds = self.things.kinds();
        let in_product = kinds.filter(|(number, ..)| product.is_none_or(|only| only == *number));
        let found = in_product.filter_map(|(product, kind, things)| {
            let number = things.find(id)?;
            Some(NumberedThing {
                product,
                kind,
                number,
            })
        });
        let mut found: Vec<NumberedThing> = found
            .filter(|thing| kind.is_none_or(|kind| self.kind_name(thing) == kind))
            .collect();
        found.sort_by_key(|thing| self.kind_name(thing));
        found
    }

    fn kind_name(&self, thing: &NumberedThing) -> &str {
        let compiled = self.rulebook.product(thing.product);
        let kind = compiled.and_then(|compiled| compiled.product.kind(thing.kind));
        kind.map_or("?", |kind| &kind.id)
    }

    #[cold]
    fn no_thing(&self, product: Option<usize>, id: &str) -> AskError {
        let all = std::sync::Arc::clone(&self.things);
        let known = move || {
            KnownName::new(move |look| {
                let kinds = all.kinds();
                let mut kinds = kinds.filter(|(of, ..)| product.is_none_or(|only| only == *of));
                kinds.try_for_each(|(.., things)| things.ids().try_for_each(&mut *look))
            })
        };
        let finding = Finding::new(&unknown::UNKNOWN_THING, None, &[&id, &"thing"]);
        finding.with_nearest_of(id, known).into()
    }

    #[cold]
    fn unknown_thing(&self, product: usize, kind: KindId, id: &str) -> AskError {
        let compiled = self.rulebook.product(product);
        let declared = compiled.and_then(|compiled| compiled.product.kind(kind));
        let name = declared.map_or("?", |kind| &kind.id);
        let all = std::sync::Arc::clone(&self.things);
        let known = move || {
            KnownName::new(move |look| {
                let things = all.of_kind(product, kind).into_iter();
                things.flat_map(|things| things.ids()).try_for_each(look)
            })
        };
        let finding = Finding::new(&unknown::UNKNOWN_THING, None, &[&id, &name]);
        finding.with_nearest_of(id, known).into()
    }

    /// The thing of a handle.
    #[inline]
    pub(crate) fn thing_of(&self, thing: ThingHandle) -> Result<NumberedThing, AskError> {
        if !self.things.bears(thing) {
            return Err(foreign("firm"));
        }
        Ok(NumberedThing {
            product: usize::from(thing.product),
            kind: thing.kind,
            number: thing.number,
        })
    }
}
