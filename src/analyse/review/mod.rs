//! The access review: people, roles, permissions with reasons, and the differences since the last review.

mod access;
mod conflicts;
mod dormant;
mod ending;
mod holders;
mod idle_entries;
mod people;
mod power;
mod product;
mod things;

use serde::{Deserialize, Serialize};

use super::firm_difference::FirmDifference;
use crate::finding::{AskError, ask as codes, error};
use crate::firm::{ChosenUsers, Firm, has_seat, is_enabled};
pub use access::{ReviewAccess, ReviewAction, ReviewAnswer, ReviewNote, ReviewRow, ReviewTargets};
pub use conflicts::ReviewConflict;
pub(in crate::analyse) use dormant::DormantRoles;
pub use dormant::ReviewDormant;
pub use ending::{ReviewEnding, ReviewEndingPlace};
use holders::RoleBringers;
use idle_entries::IdleEntrySearch;
pub use idle_entries::{IdleEntries, IdleList, IdleReason};
pub use people::{ReviewBroughtRole, ReviewPerson, ReviewSeat, ReviewValue};
pub use power::ReviewStep;
pub use product::{ReviewProduct, ReviewReading, ReviewRole, ReviewSetting, ReviewShare};
pub use things::{ReviewKind, ReviewKindAction, ReviewThing, ReviewThings};

/// An access review of a firm: all the information for deciding whether its permissions should stay as they are.
///
/// People stand in the order of the firm file, everything else in the order of the rule files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Review {
    /// What the firm is called.
    pub firm: String,
    /// The number of people.
    pub users: usize,
    /// The number of disabled people.
    pub disabled: usize,
    /// The number of people with a seat in no product.
    pub without_seat: usize,
    /// Everybody who is reviewed, with what they hold: all people of the firm, or those who were chosen.
    pub people: Vec<ReviewPerson>,
    /// The permissions of people, product by product.
    pub products: Vec<ReviewProduct>,
    /// What ends within 30 days of the day on which the firm is looked at: roles, and places in groups and on lists. What ends first
    /// comes first.
    pub ending: Vec<ReviewEnding>,
    /// Who stands on lists or in groups without effect, in the order of the firm, and then groups without effect.
    pub without_effect: Vec<IdleEntries>,
    /// The differences from an earlier state of the firm, if one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<FirmDifference>,
}

impl Review {
    /// Keeps one product, and everything that belongs to no product.
    pub fn keep_product(&mut self, product: &str) {
        self.products.retain(|known| known.product == product);
        self.ending.retain(|ending| match &ending.entry {
            ReviewEndingPlace::Role { product: of, .. } => of == product,
            _ => true,
        });
        for idle in &mut self.without_effect {
            idle.lists.retain(|list| &*list.product == product);
        }
        self.without_effect.retain(IdleEntries::is_any);
        for person in &mut self.people {
            person.seats.retain(|seat| seat.product == product);
        }
        if let Some(since) = &mut self.since {
            since.keep_product(product);
        }
    }
}

impl Firm {
    /// Reviews the firm: who holds what, who may do what and by which rule, who is one change away from power, and
    /// which conflicts exist. Facts have their defaults. An action whose fact has none appears once for each value.
    ///
    /// # Errors
    /// [`AskError`] where the firm has more users than [`Limits::review_users`](crate::Limits::review_users).
    ///
    /// ```
    /// use clio_rules::{Firm, Rulebook};
    ///
    /// let review = Firm::example(&Rulebook::builtin()?)?.review()?;
    /// assert_eq!((review.users, review.disabled, review.without_seat), (14, 2, 1));
    /// let manage = review.products.iter().find(|product| product.product == "manage").expect("it is built in");
    /// let billing = manage.roles.iter().find(|role| role.role == "billing").expect("it is declared");
    /// assert_eq!((billing.held, billing.brought), (5, 3));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn review(&self) -> Result<Review, AskError> {
        self.review_chosen(&ChosenUsers::default())
    }

    fn review_chosen(&self, chosen: &ChosenUsers) -> Result<Review, AskError> {
        self.is_reviewable(chosen)?;
        let products = 0..self.rulebook.compiled().len();
        let brought = products
            .clone()
            .map(|product| RoleBringers::of(self, product))
            .collect::<Result<Vec<_>, _>>()?;
        let (mut products, mut rows) = (Vec::new(), Vec::new());
        let mut idle = IdleEntrySearch::new(self, chosen);
        for (number, brought) in brought.iter().enumerate() {
            let (product, of_users) = product::of(self, (number, brought), chosen, &mut idle)?;
            products.push(product);
            rows.push(of_users);
        }
        let users = 0..self.roster.len() as u32;
        let is_disabled = |user: &u32| !is_enabled(self.roster.profile(0, *user));
        Ok(Review {
            firm: self.name().to_owned(),
            users: self.roster.len(),
            disabled: users.clone().filter(is_disabled).count(),
            without_seat: users.clone().filter(|user| !self.is_seated(*user)).count(),
            people: self
                .numbers_of(chosen, 0)
                .map(|user| people::person(self, user, &brought, (&products, &rows)))
                .collect(),
            products,
            ending: self.ending(chosen),
            without_effect: idle.found(),
            since: None,
        })
    }

    /// Reviews the firm as [`Firm::review`] does, and adds the differences from an earlier state:
    /// [`Firm::difference`].
    ///
    /// # Errors
    /// [`AskError`] as [`Firm::review`], for the earlier firm too, and as [`Firm::difference`].
    ///
    /// ```
    /// use clio_rules::{Change, Firm, Rulebook};
    ///
    /// let old = Firm::example(&Rulebook::builtin()?)?;
    /// let verdict = old.judge(&Change::new("tomas", "grant").role("billing").target("wren"))?;
    /// let review = old.after(&verdict)?.review_since(&old)?;
    /// let since = review.since.expect("it was asked for");
    /// let [wren] = &*since.users else { panic!("one person is different") };
    /// assert!(wren.gained().iter().any(|gained| gained.action == "create_bill"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn review_since(&self, old: &Self) -> Result<Review, AskError> {
        old.is_reviewable(&ChosenUsers::default())?;
        let mut review = self.review()?;
        review.since = Some(old.difference(self)?);
        Ok(review)
    }

    /// Reviews some people of the firm, by their ids, and adds their differences from an earlier state. The firm stays whole:
    /// numbers, targets, and who could give them a powerful role are those of all its people. So departments of a firm can be
    /// reviewed one by one, however large it is. An id that only the earlier state knows counts as well.
    ///
    /// # Errors
    /// [`AskError`] for an unknown id, where there is none, where there are more than
    /// [`Limits::review_users`](crate::Limits::review_users), and as [`Firm::difference`].
    ///
    /// ```
    /// use clio_rules::{Firm, Rulebook};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let review = firm.review_of(&["wren", "tomas"], None)?;
    /// assert_eq!((review.users, review.people.len()), (14, 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn review_of<S: AsRef<str>>(
        &self,
        users: &[S],
        old: Option<&Self>,
    ) -> Result<Review, AskError> {
        let ids: Vec<&str> = users.iter().map(AsRef::as_ref).collect();
        let is_gone = |id: &&str| {
            let was = old.and_then(|old| old.roster.find(id));
            self.roster.find(id).is_none() && was.is_some()
        };
        let (gone, here): (Vec<&str>, Vec<&str>) = ids.iter().copied().partition(is_gone);
        let chosen = if here.is_empty() && !gone.is_empty() {
            ChosenUsers::nobody()
        } else {
            self.chosen(Some(&here))?
        };
        let mut review = self.review_chosen(&chosen)?;
        if let Some(old) = old {
            review.since = Some(old.difference_of(self, &ids.into_iter().collect())?);
        }
        Ok(review)
    }

    /// Refuses more people than a review may have.
    fn is_reviewable(&self, chosen: &ChosenUsers) -> Result<(), AskError> {
        let users = chosen.count(self.roster.len());
        self.is_within_review(users, "users")
    }

    /// Refuses more of something than a review may have people.
    fn is_within_review(&self, count: usize, of: &str) -> Result<(), AskError> {
        let limit = self.rulebook.limits().review_users;
        if count > limit {
            return Err(error(&codes::REVIEW_TOO_LARGE, &[&count, &of, &limit]).into());
        }
        Ok(())
    }

    /// Whether a user has a seat in any product.
    fn is_seated(&self, user: u32) -> bool {
        let mut products = 0..self.rulebook.compiled().len();
        products.any(|product| has_seat(self.roster.profile(product, user)))
    }
}

#[cfg(test)]
mod tests;
