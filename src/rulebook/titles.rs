//! What people call the things that a rulebook declares.

use crate::link::product::Product;
use crate::rulebook::Rulebook;

impl Rulebook {
    /// What people call a product.
    ///
    /// ```
    /// let rulebook = clio_rules::Rulebook::builtin()?;
    /// assert_eq!(rulebook.title("manage"), Some("Clio Manage"));
    /// assert_eq!(rulebook.action_title("manage", "create_bill"), Some("Create a bill"));
    /// assert_eq!(rulebook.change_title("grow", "assign"), Some("Assign a level"));
    /// assert_eq!(rulebook.effect_title("manage", "no_effect"), Some("Nothing changes"));
    /// assert_eq!(rulebook.title("draft"), None);
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn title(&self, product: &str) -> Option<&str> {
        self.linked(product).map(|product| &*product.title)
    }

    /// What people call an action.
    pub fn action_title(&self, product: &str, action: &str) -> Option<&str> {
        let product = self.linked(product)?;
        let id = product.names.actions.get(action)?;
        product.action(*id).map(|action| &*action.title)
    }

    /// What people call a change.
    pub fn change_title(&self, product: &str, change: &str) -> Option<&str> {
        let product = self.linked(product)?;
        let id = product.names.changes.get(change)?;
        product.change(*id).map(|change| &*change.title)
    }

    /// What people call an effect.
    pub fn effect_title(&self, product: &str, effect: &str) -> Option<&str> {
        let mut effects = self.linked(product)?.effects.iter();
        effects
            .find(|known| *known.id == *effect)
            .map(|effect| &*effect.title)
    }

    fn linked(&self, product: &str) -> Option<&Product> {
        let number = self.product_number(product)?;
        self.product(number).map(|compiled| &*compiled.product)
    }
}
