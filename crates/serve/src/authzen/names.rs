//! The names that rules declare, arranged as requests use them.

use std::collections::HashMap;

use clio_rules::{ActionEntry, ProductEntry, Rulebook, ThingKindEntry};

/// What an action is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoneTo<'n> {
    /// Neither to a person nor to a thing.
    Nothing,
    /// To a person.
    Person,
    /// To a thing of this kind.
    Thing(&'n str),
}

/// An action of a product.
#[derive(Debug)]
pub struct KnownAction {
    /// Id of the product.
    pub product: Box<str>,
    /// Id of the action.
    pub id: Box<str>,
    /// The facts it takes.
    pub facts: Box<[KnownFact]>,
    on_person: bool,
    on_thing: Option<Box<str>>,
}

/// A fact of an action.
#[derive(Debug)]
pub struct KnownFact {
    /// Its id.
    pub id: Box<str>,
    /// Where it says something of the thing that the action is done to, the name of the property or list.
    pub of_resource: Option<Box<str>>,
    /// Whether it says that the user stands on a list.
    pub is_list: bool,
}

/// What a seat in a product can hold.
#[derive(Debug, Default)]
pub struct KnownSeat {
    /// The roles.
    pub roles: Box<[Box<str>]>,
    /// The settings.
    pub settings: Box<[Box<str>]>,
}

/// Why no single action is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAction {
    /// No action has this name, on what it is asked of.
    Unknown,
    /// Several products have one.
    Ambiguous,
}

/// Every name of a rulebook.
#[derive(Debug, Default)]
pub struct Names {
    actions: Vec<KnownAction>,
    by_name: HashMap<Box<str>, Vec<usize>>,
    seats: HashMap<Box<str>, KnownSeat>,
    /// Properties by kind of thing.
    kinds: HashMap<Box<str>, Vec<Box<str>>>,
}

impl KnownAction {
    fn of(product: &ProductEntry, action: ActionEntry) -> Self {
        let kind = |id: &str| product.things.iter().find(|kind| kind.id == id);
        let on_thing = action.on_thing.as_deref();
        let facts = action.facts.iter().map(|fact| {
            let (of, part) = fact.id.split_once('.').unzip();
            let of_kind = of.and_then(kind);
            let is_list = |kind: &ThingKindEntry| kind.lists.iter().any(|l| Some(&*l.id) == part);
            KnownFact {
                id: (&*fact.id).into(),
                of_resource: part.filter(|_| of == on_thing).map(Into::into),
                is_list: of_kind.is_some_and(is_list),
            }
        });
        Self {
            product: (&*product.id).into(),
            facts: facts.collect(),
            on_person: action.on_target,
            on_thing: on_thing.map(Into::into),
            id: action.id.into(),
        }
    }

    /// What it is done to.
    pub fn done_to(&self) -> DoneTo<'_> {
        match &self.on_thing {
            Some(kind) => DoneTo::Thing(kind),
            None if self.on_person => DoneTo::Person,
            None => DoneTo::Nothing,
        }
    }

    fn fits(&self, done_to: DoneTo<'_>, product: Option<&str>) -> bool {
        self.done_to() == done_to && product.is_none_or(|product| *self.product == *product)
    }
}

impl Names {
    /// The names that a rulebook declares.
    pub fn of(rulebook: &Rulebook) -> Self {
        let mut names = Self::default();
        let products = rulebook.products();
        for mut product in products.filter_map(|id| rulebook.catalogue(id)) {
            for action in std::mem::take(&mut product.actions) {
                let known = KnownAction::of(&product, action);
                let places = names.by_name.entry(known.id.clone()).or_default();
                places.push(names.actions.len());
                names.actions.push(known);
            }
            for kind in product.things {
                let properties = names.kinds.entry(kind.id.into()).or_default();
                properties.extend(kind.properties.into_iter().map(|of| of.id.into()));
            }
            let roles = product.roles.into_iter().map(|role| role.id.into());
            let settings = product.settings.into_iter().map(|of| of.id.into());
            let seat = KnownSeat {
                roles: roles.collect(),
                settings: settings.collect(),
            };
            names.seats.insert(product.id.into(), seat);
        }
        names
    }

    /// What a seat in a product can hold.
    pub fn seat(&self, product: &str) -> Option<&KnownSeat> {
        self.seats.get(product)
    }

    /// Whether there is such a product.
    pub fn has_product(&self, product: &str) -> bool {
        self.seats.contains_key(product)
    }

    /// The kinds of things.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.kinds.keys().map(|kind| &**kind)
    }

    /// The properties of a kind of thing; none where no product has the kind.
    pub fn properties(&self, kind: &str) -> Option<&[Box<str>]> {
        self.kinds.get(kind).map(Vec::as_slice)
    }

    /// All actions that are done to this, in the order of the rule files.
    pub fn done_to<'n>(
        &'n self,
        done_to: DoneTo<'n>,
        product: Option<&'n str>,
    ) -> impl Iterator<Item = &'n KnownAction> {
        let actions = self.actions.iter();
        actions.filter(move |action| action.fits(done_to, product))
    }

    /// The action that a name means: its id, or `product:id`. Letters may be capital ones, as those of HTTP methods are.
    ///
    /// # Errors
    /// [`NoAction`] where there is none, or several.
    pub fn action(
        &self,
        name: &str,
        done_to: DoneTo<'_>,
        product: Option<&str>,
    ) -> Result<&KnownAction, NoAction> {
        if let Some(places) = self.by_name.get(name) {
            return self.only(places, done_to, product);
        }
        if let Some((named, id)) = name.split_once(':')
            && product.is_none_or(|product| product == named)
            && let Some(places) = self.by_name.get(id)
        {
            return self.only(places, done_to, Some(named));
        }
        let small = name.to_ascii_lowercase();
        match self.by_name.get(&*small) {
            Some(places) => self.only(places, done_to, product),
            None => Err(NoAction::Unknown),
        }
    }

    fn only(
        &self,
        places: &[usize],
        done_to: DoneTo<'_>,
        product: Option<&str>,
    ) -> Result<&KnownAction, NoAction> {
        let actions = places.iter().filter_map(|place| self.actions.get(*place));
        let mut fitting = actions.filter(|action| action.fits(done_to, product));
        match (fitting.next(), fitting.next()) {
            (Some(action), None) => Ok(action),
            (None, _) => Err(NoAction::Unknown),
            (Some(_), Some(_)) => Err(NoAction::Ambiguous),
        }
    }
}
