//! The decisions of a firm as tables that a database joins, so that it decides with no code of ours.
//!
//! Users with equal profiles are alike. For one action most profiles are alike as well: it reads a few roles and settings.
//! So a profile has a kind for each action, as user and as target, and the cells of an action go by kinds. What a question says
//! beside people is one number, `facts`: each fact has its bits there, which come from the question, from a thing, or from a default.

mod action;
mod fact;
mod thing;

pub use action::{JoinAction, JoinCell, JoinKinds, JoinTarget};
pub use fact::{JoinFact, JoinFollower, JoinForm};
pub use thing::JoinThing;

use crate::explore::compile::CompiledProduct;
use crate::explore::layout::Word;
use crate::firm::Firm;
use crate::firm::profile::{has_seat, is_enabled, roles};
use crate::link::product::SettingId;
use crate::world::kinds::UserKinds;
use fact::forms;

/// The decisions of a firm in one product, as tables that a database can join: for each person a profile, for each profile its kinds,
/// and for each pair of kinds the answer.
///
/// What belongs together: a question's user has a profile ([`JoinTables::people`]), which has a kind for the action
/// ([`JoinAction::kinds`]); so has the target. The form of the action ([`JoinAction::form`]) says where its facts have their bits:
/// those of the form at first, then what the thing says that the question names ([`JoinTables::things`]), then what the question gives
/// itself ([`JoinTables::facts`]), then what follows from the lists of which it speaks ([`JoinTables::followers`]). The bits that the
/// action reads ([`JoinAction::reads`]) find the cell ([`JoinAction::cells`]).
///
/// ```
/// use clio_rules::{Firm, Rulebook};
///
/// let firm = Firm::example(&Rulebook::builtin()?)?;
/// let tables = firm.join_tables("manage").expect("it is built in");
/// let (_, profile) = tables.people().find(|(user, _)| *user == "wren").expect("she works there");
/// let action = tables.actions().find(|action| action.id() == "create_bill").expect("it is declared");
/// let kinds = action.kinds().nth(profile as usize).expect("each profile has its kinds");
/// let cell = action.cells().find(|cell| cell.user == kinds.user).expect("each kind has its cells");
/// assert_eq!(cell.answer.reason(), "needs billing");
/// # Ok::<(), clio_rules::LoadError>(())
/// ```
pub struct JoinTables<'f> {
    firm: &'f Firm,
    number: usize,
    compiled: &'f CompiledProduct,
    /// Users with equal profiles.
    profiles: UserKinds,
    forms: Vec<JoinForm<'f>>,
    /// By action, the number of its form.
    form_of: Vec<u32>,
}

/// A profile: what one or more users are in a product.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct JoinProfile<'f> {
    /// Its number among those of the product, from 0.
    pub number: u32,
    /// Whether these users are enabled.
    pub is_enabled: bool,
    /// Whether they have a seat in the product. Without one they hold nothing.
    pub has_seat: bool,
    /// Ids of the roles that they hold themselves, in the order of the rule file.
    pub roles: Vec<&'f str>,
    /// Every setting with its value, in the order of the rule file.
    pub settings: Vec<(&'f str, &'f str)>,
}

impl Firm {
    /// The decisions in one product as tables that a database can join. `None` when there is no such product.
    ///
    /// It looks at everybody once. Cells are made when they are asked for.
    pub fn join_tables(&self, product: &str) -> Option<JoinTables<'_>> {
        let number = self.rulebook.product_number(product)?;
        let compiled = self.rulebook.product(number)?;
        let users = self.roster.len();
        let (forms, form_of) = forms(&compiled.product);
        Some(JoinTables {
            firm: self,
            number,
            compiled,
            profiles: UserKinds::by(users, |user| self.tables.class(number, user)),
            forms,
            form_of,
        })
    }
}

impl<'f> JoinTables<'f> {
    /// Id of the product.
    pub fn product(&self) -> &'f str {
        &self.compiled.product.id
    }

    /// The profiles that anybody has, by number.
    pub fn profiles(&self) -> impl Iterator<Item = JoinProfile<'f>> {
        self.profiles.numbers().map(|number| self.profile(number))
    }

    /// Id of each user with the number of the profile, in the order of the firm.
    pub fn people(&self) -> impl Iterator<Item = (&'f str, u32)> {
        let users = 0..self.firm.roster.len() as u32;
        users.filter_map(|user| Some((self.firm.roster.id(user), self.profiles.of_user(user)?)))
    }

    /// The actions, in the order of the rule file.
    pub fn actions(&self) -> impl Iterator<Item = JoinAction<'_>> {
        let actions = 0..self.compiled.product.actions.len();
        actions.filter_map(|action| JoinAction::new(self, action.into()))
    }

    /// The forms of facts, by number.
    pub fn forms(&self) -> impl Iterator<Item = &JoinForm<'f>> {
        self.forms.iter()
    }

    fn profile(&self, number: u32) -> JoinProfile<'f> {
        let (product, layout) = (&self.compiled.product, &self.compiled.layout);
        let words = self.words(number);
        let has_seat = has_seat(words);
        let settings = product.settings.iter().enumerate();
        let settings = settings.map(|(id, setting)| {
            let value = layout.setting(SettingId::from(id)).read(words);
            (&*setting.id, setting.domain.word(value))
        });
        JoinProfile {
            number,
            is_enabled: is_enabled(words),
            has_seat,
            roles: roles(layout, product, words)
                .map(|role| product.role_name(role))
                .collect(),
            settings: settings.filter(|_| has_seat).collect(),
        }
    }

    /// The words of a profile.
    fn words(&self, profile: u32) -> &'f [Word] {
        let user = self.profiles.first(profile);
        user.map_or(&[], |user| self.firm.roster.profile(self.number, user))
    }
}

impl std::fmt::Debug for JoinTables<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "JoinTables({}, {} profiles)",
            self.product(),
            self.profiles.len()
        )
    }
}

#[cfg(test)]
mod tests;
