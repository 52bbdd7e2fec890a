//! What the numbers of words stand for: people, things and actions, each looked up once.

use clio_rules::{ActionHandle, Firm, Rulebook, ThingHandle, UserHandle};
use hashbrown::HashMap;

use super::facts::FactColumn;
use super::words::{NULL, WordColumn};

/// People by the numbers of a column.
#[derive(Default)]
pub(super) struct PeopleLookup {
    /// For each number nothing while nobody asked, and then the person, if there is one.
    found: Vec<Option<Option<UserHandle>>>,
    generation: u64,
}

impl PeopleLookup {
    /// Forgets everybody where the numbers have other words, and makes room for all of them.
    pub(super) fn begin(&mut self, column: &WordColumn) {
        if self.generation != column.generation {
            self.found.clear();
            self.generation = column.generation;
        }
        self.found.resize(column.len(), None);
    }

    #[inline]
    pub(super) fn find(
        &mut self,
        firm: &Firm,
        column: &WordColumn,
        number: u32,
    ) -> Option<UserHandle> {
        let slot = self.found.get_mut(number as usize)?;
        *slot.get_or_insert_with(|| firm.find_user(column.word(number)))
    }
}

/// What an action is done to, and how it is asked for.
#[derive(Clone, Copy)]
pub(super) struct ActionPlan {
    pub(super) handle: ActionHandle,
    /// The number of its kind of things; none where it is not done to things.
    pub(super) kind: Option<u32>,
    pub(super) has_facts: bool,
}

/// Every action of the rulebook with the kind of thing that it is done to, by its name: one for each product that has it.
pub(crate) struct ActionKinds {
    of_action: HashMap<String, Vec<(String, Option<u32>)>>,
    /// Products and names of kinds, by their numbers.
    kinds: Vec<(String, String)>,
}

impl ActionKinds {
    pub(crate) fn of(rulebook: &Rulebook) -> Self {
        let mut all = Self {
            of_action: HashMap::new(),
            kinds: Vec::new(),
        };
        let products = rulebook.products().filter_map(|id| rulebook.catalogue(id));
        for product in products {
            for action in product.actions {
                let kind = action.on_thing.map(|kind| all.number(&product.id, kind));
                let of_action = all.of_action.entry(action.id).or_default();
                of_action.push((product.id.clone(), kind));
            }
        }
        all
    }

    fn number(&mut self, product: &str, kind: String) -> u32 {
        let is_it = |(of, name): &(String, String)| of == product && *name == kind;
        let known = self.kinds.iter().position(is_it);
        let number = known.unwrap_or_else(|| {
            self.kinds.push((product.to_owned(), kind));
            self.kinds.len() - 1
        });
        number as u32
    }

    /// The kind of an action that the rulebook has.
    fn kind(&self, product: Option<&str>, action: &str) -> Option<u32> {
        let mut products = self.of_action.get(action)?.iter();
        let is_meant = |of: &str| product.is_none_or(|product| product == of);
        products.find(|(of, _)| is_meant(of))?.1
    }
}

/// Actions by the numbers of product, action and facts.
#[derive(Default)]
pub(super) struct ActionLookup {
    plans: Vec<ActionPlan>,
    /// Plans by product and action, without facts, where there are not too many: their numbers plus one.
    dense: Vec<u32>,
    width: usize,
    sparse: HashMap<[u32; 3], u32>,
    generation: [u64; 2],
}

/// So many pairs of products and actions have a place of their own.
const DENSE: usize = 1 << 18;
/// The number of no plan, in tables of numbers plus one.
const UNKNOWN: u32 = 0;

/// The columns of product, action and facts.
#[derive(Clone, Copy)]
pub(super) struct ActionColumns<'c> {
    pub(super) product: &'c WordColumn,
    pub(super) action: &'c WordColumn,
    pub(super) facts: &'c FactColumn,
}

impl ActionLookup {
    /// Makes room. Sets of facts have other numbers in each batch; words keep theirs within a generation.
    pub(super) fn begin(&mut self, columns: ActionColumns<'_>) {
        let generation = [columns.product.generation, columns.action.generation];
        let width = columns.action.len();
        let size = width * (columns.product.len() + 1);
        if self.generation != generation || self.width != width || self.dense.len() < size {
            self.dense.clear();
            self.plans.clear();
            self.generation = generation;
            self.width = width;
        }
        self.sparse.clear();
        if size <= DENSE {
            self.dense.resize(size, UNKNOWN);
        } else {
            self.dense.clear();
            self.plans.clear();
        }
    }

    /// The plan of a row, where all of its names are known.
    #[inline]
    pub(super) fn find(
        &mut self,
        (rulebook, kinds): (&Rulebook, &ActionKinds),
        columns: ActionColumns<'_>,
        [product, action, facts]: [u32; 3],
    ) -> Option<&ActionPlan> {
        // Numbers of products are counted from one here, so that none is the first.
        let place = product.wrapping_add(1) as usize * self.width + action as usize;
        if facts == NULL
            && let Some(known) = self.dense.get(place)
            && *known != UNKNOWN
        {
            return self.plans.get(*known as usize - 1);
        }
        self.find_beyond((rulebook, kinds), columns, [product, action, facts])
    }

    #[inline(never)]
    fn find_beyond(
        &mut self,
        (rulebook, kinds): (&Rulebook, &ActionKinds),
        columns: ActionColumns<'_>,
        [product, action, facts]: [u32; 3],
    ) -> Option<&ActionPlan> {
        let key = [product, action, facts];
        if let Some(known) = self.sparse.get(&key) {
            return self.plans.get((*known as usize).checked_sub(1)?);
        }
        let plan = plan((rulebook, kinds), columns, key);
        let number = match plan {
            Some(plan) => {
                self.plans.push(plan);
                self.plans.len() as u32
            }
            None => UNKNOWN,
        };
        let place = product.wrapping_add(1) as usize * self.width + action as usize;
        match self.dense.get_mut(place) {
            Some(slot) if facts == NULL && number != UNKNOWN => *slot = number,
            _ => {
                self.sparse.insert(key, number);
            }
        }
        self.plans.get((number as usize).checked_sub(1)?)
    }
}

fn plan(
    (rulebook, kinds): (&Rulebook, &ActionKinds),
    columns: ActionColumns<'_>,
    [product, action, facts]: [u32; 3],
) -> Option<ActionPlan> {
    let named = (product != NULL).then(|| columns.product.word(product));
    if action == NULL {
        return None;
    }
    let word = columns.action.word(action);
    let mut handle = rulebook.find_action(named, word)?;
    let given = match columns.facts.set(facts) {
        Some(Ok(given)) => given.as_slice(),
        Some(Err(_)) => return None,
        None => &[],
    };
    for (name, value) in given {
        handle = handle.with_fact(rulebook, name, value).ok()?;
    }
    Some(ActionPlan {
        handle,
        kind: kinds.kind(named, word),
        has_facts: !given.is_empty(),
    })
}

/// Things by the numbers of their kind and of a column.
#[derive(Default)]
pub(super) struct ThingLookup {
    /// For each kind what [`PeopleLookup`] has of people.
    found: Vec<Vec<Option<Option<ThingHandle>>>>,
    generation: u64,
}

impl ThingLookup {
    pub(super) fn begin(&mut self, column: &WordColumn) {
        if self.generation != column.generation {
            self.found.clear();
            self.generation = column.generation;
        }
    }

    #[inline]
    pub(super) fn find(
        &mut self,
        (firm, kinds): (&Firm, &ActionKinds),
        column: &WordColumn,
        [kind, number]: [u32; 2],
    ) -> Option<ThingHandle> {
        let of_kind = kind as usize;
        if self.found.len() <= of_kind {
            self.found.resize_with(of_kind + 1, Vec::new);
        }
        let found = self.found.get_mut(of_kind)?;
        if found.len() <= number as usize {
            found.resize(column.len(), None);
        }
        let slot = found.get_mut(number as usize)?;
        *slot.get_or_insert_with(|| {
            let (product, kind) = kinds.kinds.get(of_kind)?;
            firm.thing(Some(product), kind, column.word(number)).ok()
        })
    }
}
