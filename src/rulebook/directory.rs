//! The directory of actions: from a name to a handle in one step.

use std::num::NonZeroU32;
use std::sync::Arc;

use hashbrown::HashMap;

use super::Rulebook;
use super::action::{ActionHandle, QuestionFacts};
use super::thing_plan::ThingPlan;
use crate::explore::compile::CompiledProduct;
use crate::explore::lookup::Lookups;
use crate::finding::{AskError, foreign};
use crate::link::product::{ActionId, KindId};
use crate::name::{self, NameMap};

/// Every action of a rulebook, by its name.
#[derive(Debug)]
pub(crate) struct ActionDirectory {
    /// By number of the action.
    handles: Vec<ActionHandle>,
    /// By number of the action, what is looked up of the thing that it is done to.
    plans: Vec<Option<ThingPlan>>,
    /// By number of the action, the product and the kind of the things that it is done to.
    kinds: Vec<Option<(usize, KindId)>>,
    /// Numbers of actions. `None` if several products have an action of this name.
    numbers: NameMap<Option<u32>>,
    /// By number of an action, those of other products that could be meant as well: one id is the other and one more word.
    alike: HashMap<u32, Vec<u32>>,
}

impl ActionDirectory {
    /// The directory of a rulebook with this stamp.
    pub(crate) fn of(products: &[CompiledProduct], lookups: &Lookups, stamp: NonZeroU32) -> Self {
        let mut directory = Self {
            handles: Vec::new(),
            plans: Vec::new(),
            kinds: Vec::new(),
            numbers: NameMap::default(),
            alike: HashMap::new(),
        };
        let mut of_product = Vec::new();
        for (number, compiled) in products.iter().enumerate() {
            let product = &compiled.product;
            let actions = (0..).zip(product.actions.iter().zip(&compiled.of_action));
            for (id, (action, decider)) in actions {
                let lookup = lookups.lookup(number, *decider);
                let of_rulebook = (lookup, lookups);
                let plan = ThingPlan::of(number, compiled, (ActionId(id), action), of_rulebook);
                directory.plans.push(plan);
                let kind = action.on_thing.map(|kind| (number, kind));
                directory.kinds.push(kind);
                let facts = QuestionFacts::of(product, action);
                let next = directory.handles.len() as u32;
                let handle = ActionHandle::new((stamp, lookups), next, lookup, action, facts);
                directory.handles.push(handle);
                of_product.push((number, &*action.id));
                let known = directory.numbers.entry(Arc::clone(&action.id));
                known
                    .and_modify(|several| *several = None)
                    .or_insert(Some(next));
            }
        }
        directory.find_alike(&of_product);
        directory
    }

    fn find_alike(&mut self, of_product: &[(usize, &str)]) {
        for (number, (product, id)) in (0..).zip(of_product) {
            let Some((shorter, _)) = id.rsplit_once('_').filter(|(start, _)| start.contains('_'))
            else {
                continue;
            };
            let Some(other) = name::find(&self.numbers, shorter).copied().flatten() else {
                continue;
            };
            let is_elsewhere = of_product.get(other as usize);
            if is_elsewhere.is_some_and(|(of, _)| of != product) {
                self.alike.entry(number).or_default().push(other);
                self.alike.entry(other).or_default().push(number);
            }
        }
    }

    /// Actions of other products that could be meant as well.
    #[cfg(feature = "protocol")]
    pub(crate) fn alike(&self, number: u32) -> &[u32] {
        self.alike.get(&number).map_or(&[], Vec::as_slice)
    }

    /// What is to be looked up of a thing before this action is decided about.
    #[inline]
    pub(crate) fn plan(&self, action: u32) -> Option<&ThingPlan> {
        self.plans.get(action as usize)?.as_ref()
    }

    /// The product and the kind of the things that an action is done to; none where it is not done to things.
    #[inline]
    pub(crate) fn kind(&self, action: u32) -> Option<(usize, KindId)> {
        self.kinds.get(action as usize).copied().flatten()
    }

    /// The handle of an action, with every fact at its default.
    #[inline]
    pub(crate) fn handle(&self, number: u32) -> Option<&ActionHandle> {
        self.handles.get(number as usize)
    }
}

impl Rulebook {
    /// Looks an action up. Without a product, the only one that declares it.
    ///
    /// # Errors
    /// [`AskError`] when there is no such action. Its help names the nearest one, which is searched for when the help is read.
    pub fn action(&self, product: Option<&str>, action: &str) -> Result<ActionHandle, AskError> {
        let handle = self.find_action(product, action);
        handle.map_or_else(|| self.without_directory(product, action), Ok)
    }

    /// The action with this name; none when there is no such action, or several products declare it and none is named. No
    /// error is made, so that an unknown name costs no more than a known one.
    ///
    /// ```
    /// let rulebook = clio_rules::Rulebook::builtin()?;
    /// assert_eq!(rulebook.find_action(None, "create_bill"), rulebook.action(None, "create_bill").ok());
    /// assert_eq!(rulebook.find_action(None, "creat_bill"), None);
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn find_action(&self, product: Option<&str>, action: &str) -> Option<ActionHandle> {
        self.known_action(product, action).copied()
    }

    /// The same where it stands.
    #[inline]
    pub(crate) fn known_action(
        &self,
        product: Option<&str>,
        action: &str,
    ) -> Option<&ActionHandle> {
        let number = match product {
            None => name::find(&self.directory().numbers, action)
                .copied()
                .flatten(),
            Some(product) => self.number_in(self.lookups(), product, action),
        };
        number.and_then(|number| self.directory().handle(number))
    }

    fn number_in(&self, lookups: &Lookups, product: &str, action: &str) -> Option<u32> {
        let number = self.product_number(product)?;
        let id = name::find(&self.product(number)?.product.names.actions, action)?;
        Some(lookups.action(number, *id))
    }

    /// The slow lookup, which makes a helpful error.
    #[cold]
    fn without_directory(
        &self,
        product: Option<&str>,
        action: &str,
    ) -> Result<ActionHandle, AskError> {
        let (product, id) = self.declared_action(product, action)?;
        let number = self.lookups().action(product, id);
        let handle = self.directory().handle(number).copied();
        handle.ok_or_else(|| foreign("rulebook"))
    }
}

#[cfg(test)]
mod tests;
