//! The access matrix of a firm: every user by every action, computed once for each kind of user.

use std::sync::Arc;

use hashbrown::HashMap;
use serde::{Deserialize, Serialize};

use super::decision::Answer;
use crate::explore::code::DecisionCode;
use crate::finding::AskError;
use crate::firm::profiles::ProfileClass;
use crate::firm::{ChosenUsers, Firm};
use crate::link::product::Product;
use crate::rulebook::ActionHandle;

/// Every user of a firm by every action of one product that takes no target, each fact at its default.
///
/// Users with equal profiles have equal answers. A row is made once for each kind of user and shared by all users of
/// that kind, so a large firm costs little more than listing its users.
///
/// ```
/// use clio_rules::{Firm, Rulebook};
///
/// let firm = Firm::example(&Rulebook::builtin()?)?;
/// let access = firm.access("grow").expect("it is built in");
/// let reports = access.actions().position(|action| action == "view_reports").expect("it is declared");
/// let who: Vec<&str> = access.rows().filter(|row| row.is_allowed(reports)).map(|row| row.user()).collect();
/// assert!(who.contains(&"nadia"));
/// # Ok::<(), clio_rules::LoadError>(())
/// ```
pub struct AccessMatrix<'f> {
    firm: &'f Firm,
    product: u16,
    actions: Arc<[ActionHandle]>,
    chosen: ChosenUsers,
}

impl Firm {
    /// The access matrix of one product. `None` when there is no such product.
    ///
    /// An action with a fact that has no default cannot be asked about in this way. It is left out.
    pub fn access(&self, product: &str) -> Option<AccessMatrix<'_>> {
        let number = self.rulebook.product_number(product)?;
        let compiled = self.rulebook.product(number)?;
        let actions = (0..compiled.product.actions.len()).filter_map(|action| {
            let declared = compiled.product.actions.get(action)?;
            let action = self.rulebook.lookups().action(number, action.into());
            let handle = *self.rulebook.directory().handle(action)?;
            (!declared.on_target && handle.is_complete()).then_some(handle)
        });
        Some(AccessMatrix {
            firm: self,
            product: number as u16,
            actions: actions.collect(),
            chosen: ChosenUsers::default(),
        })
    }
}

/// An action that an access matrix has no column for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UnlistedAction {
    /// Id of the product.
    pub product: Arc<str>,
    /// Id of the action.
    pub action: Arc<str>,
    /// Whether it is done to a person or thing, so that each question has to name one.
    pub has_target: bool,
    /// Its facts without a default, so that each question has to say their values.
    pub facts: Vec<Arc<str>>,
}

impl<'f> AccessMatrix<'f> {
    /// The actions without a column, in the order of the rule file: those that are done to a person, and those with a fact
    /// that has no default. [`Firm::ask`] and [`Firm::who_can`](crate::Firm::who_can) answer about them one by one.
    pub fn left_out(&self) -> impl Iterator<Item = UnlistedAction> {
        let product = self.declared().into_iter();
        product.flat_map(|product| {
            let unlisted = product.actions.iter().map(|action| UnlistedAction {
                product: Arc::clone(&product.id),
                action: Arc::clone(&action.id),
                has_target: action.on_target || action.needs_thing,
                facts: product.facts_without_default(action),
            });
            unlisted.filter(|action| action.has_target || !action.facts.is_empty())
        })
    }

    /// The same with rows of these users only.
    ///
    /// # Errors
    /// [`AskError`] for an unknown id, and where there is none.
    pub fn only<S: AsRef<str>>(self, users: &[S]) -> Result<Self, AskError> {
        let chosen = self.firm.chosen(Some(users))?;
        Ok(Self { chosen, ..self })
    }

    /// Ids of the actions, in the order of the rule file: the columns.
    pub fn actions(&self) -> impl Iterator<Item = &'f str> {
        let (rulebook, product) = (&self.firm.rulebook, self.declared());
        let ids = self.actions.iter().filter_map(|handle| {
            let (_, action) = rulebook.place_of(handle.number)?;
            Some(&*product?.actions.get(action.index())?.id)
        });
        ids.collect::<Vec<_>>().into_iter()
    }

    /// Id of the product.
    pub fn product(&self) -> &'f str {
        self.declared().map_or("", |product| &product.id)
    }

    /// What people call the product.
    pub fn title(&self) -> &'f str {
        self.declared().map_or("", |product| &product.title)
    }

    fn declared(&self) -> Option<&'f Product> {
        let compiled = self.firm.rulebook.product(usize::from(self.product))?;
        Some(&compiled.product)
    }

    /// The number of users, which is the number of rows.
    pub fn users(&self) -> usize {
        self.chosen.count(self.firm.roster.len())
    }

    /// The rows, one for each user in the order of the firm. They are made on demand, so memory stays small however
    /// large the firm is.
    pub fn rows(&self) -> AccessRows<'f> {
        self.rows_behind(0)
    }

    /// The rows after those of the first `users` users of the firm.
    pub fn rows_behind(&self, users: usize) -> AccessRows<'f> {
        let users = users.min(self.firm.roster.len());
        AccessRows {
            firm: self.firm,
            product: self.product,
            actions: Arc::clone(&self.actions),
            known: HashMap::default(),
            ready: Vec::new().into_iter(),
            next: self.chosen.before(u32::try_from(users).unwrap_or_default()),
            chosen: self.chosen.clone(),
        }
    }
}

impl<'f> IntoIterator for &AccessMatrix<'f> {
    type Item = AccessRow<'f>;
    type IntoIter = AccessRows<'f>;

    fn into_iter(self) -> AccessRows<'f> {
        self.rows()
    }
}

/// The rows of an access matrix.
pub struct AccessRows<'f> {
    firm: &'f Firm,
    product: u16,
    actions: Arc<[ActionHandle]>,
    /// The answers of each kind of user seen so far.
    known: HashMap<ProfileClass, Arc<[DecisionCode]>>,
    /// Users with their answers.
    ready: std::vec::IntoIter<(u32, Arc<[DecisionCode]>)>,
    chosen: ChosenUsers,
    /// The place of the next row among those of the chosen users.
    next: u32,
}

/// Number of users whose rows are made together.
const TOGETHER: u32 = 4_096;
/// Number of answers kept in the cache. When it is full, the cache is cleared.
const KEPT: usize = 1 << 24;

impl<'f> Iterator for AccessRows<'f> {
    type Item = AccessRow<'f>;

    fn next(&mut self) -> Option<AccessRow<'f>> {
        if self.ready.len() == 0 {
            self.make_ready();
        }
        let (user, codes) = self.ready.next()?;
        self.next += 1;
        Some(AccessRow {
            firm: self.firm,
            user,
            actions: Arc::clone(&self.actions),
            codes,
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let all = self.chosen.count(self.firm.roster.len());
        let left = all - self.next as usize;
        (left, Some(left))
    }
}

impl ExactSizeIterator for AccessRows<'_> {}

impl AccessRows<'_> {
    /// Makes the rows of the next users. Rows of new kinds are made in parallel when there are many.
    fn make_ready(&mut self) {
        let (tables, product) = (&self.firm.tables, usize::from(self.product));
        let all = self.chosen.count(self.firm.roster.len()) as u32;
        let places = self.next..(self.next + TOGETHER).min(all);
        if self.known.len() * self.actions.len() > KEPT {
            self.known.clear();
        }
        let with_codes = |place| {
            let user = self.chosen.at(place);
            let class = tables.class(product, user)?;
            Some((user, class, self.known.get(&class).map(Arc::clone)))
        };
        let mut users = Vec::with_capacity(places.len());
        users.extend(places.filter_map(with_codes));
        let mut new: HashMap<ProfileClass, u32> = HashMap::new();
        for (user, class, codes) in &users {
            if codes.is_none() {
                new.entry(*class).or_insert(*user);
            }
        }
        let new: Vec<_> = new.into_iter().collect();
        let rows = side_by_side(&new, self.actions.len(), |(_, user)| self.row(*user));
        self.known
            .extend(new.into_iter().map(|(class, _)| class).zip(rows));
        let row = |(user, class, codes): (_, _, Option<_>)| {
            let codes = codes.or_else(|| self.known.get(&class).map(Arc::clone));
            Some((user, codes?))
        };
        let ready: Vec<_> = users.into_iter().filter_map(row).collect();
        self.ready = ready.into_iter();
    }

    /// The answers to all actions for one user.
    fn row(&self, user: u32) -> Arc<[DecisionCode]> {
        let actions = self.actions.iter();
        actions
            .filter_map(|action| self.firm.code(action, [user, user], false))
            .collect()
    }
}

/// Number of answers that justify a second thread.
#[cfg(feature = "parallel")]
const WORTH_IT: usize = 1 << 16;

/// Maps each item, in order. `each` is how much work one item is.
fn side_by_side<T: Sync, R: Send>(
    items: &[T],
    each: usize,
    make: impl Fn(&T) -> R + Sync + Send,
) -> Vec<R> {
    #[cfg(feature = "parallel")]
    if items.len() * each > WORTH_IT {
        use rayon::prelude::*;
        return items.par_iter().map(make).collect();
    }
    let _ = each;
    items.iter().map(make).collect()
}

/// The answers of one user.
#[derive(Clone)]
pub struct AccessRow<'f> {
    firm: &'f Firm,
    user: u32,
    actions: Arc<[ActionHandle]>,
    codes: Arc<[DecisionCode]>,
}

impl<'f> AccessRow<'f> {
    /// Id of the user.
    pub fn user(&self) -> &'f str {
        self.firm.roster.id(self.user)
    }

    /// Whether an action is allowed, by its column. An unknown column counts as denied.
    #[inline]
    pub fn is_allowed(&self, column: usize) -> bool {
        self.codes.get(column).is_some_and(|code| code.is_allowed())
    }

    /// Which actions are allowed, in the order of the columns.
    #[inline]
    pub fn allowed(&self) -> impl ExactSizeIterator<Item = bool> {
        self.codes.iter().map(|code| code.is_allowed())
    }

    /// The answers, each with its rule, in the order of the columns.
    pub fn answers(&self) -> impl Iterator<Item = Answer<'f>> {
        let codes = self.actions.iter().zip(&*self.codes);
        codes.map(|(action, code)| Answer::new(&self.firm.rulebook, action.number, *code))
    }
}

impl std::fmt::Debug for AccessMatrix<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "AccessMatrix({} users, {} actions)",
            self.users(),
            self.actions.len()
        )
    }
}

#[cfg(test)]
mod tests;
