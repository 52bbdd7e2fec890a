//! Firms: who works there, with which seats, roles and settings, packed for answering.

mod alteration;
pub(crate) mod assemble;
mod chosen;
mod decision_tables;
mod ended;
pub(crate) mod ends;
mod excerpt;
mod group_handle;
mod group_standing;
pub(crate) mod groups;
mod handle;
mod kind_things;
mod number_rows;
mod overlay;
mod people_overlay;
pub(crate) mod profile;
mod profile_words;
pub(crate) mod profiles;
mod roster;
mod seats;
mod serialize;
mod serials;
mod shapes;
mod state;
pub(crate) mod texts;
mod thing_alteration;
mod thing_handle;
mod thing_record;
mod thing_shapes;
#[cfg(feature = "render")]
mod thing_titles;
pub(crate) mod things;
mod user;
#[cfg(feature = "testing")]
mod written;

pub use group_handle::GroupHandle;
pub use handle::UserHandle;
pub use people_overlay::PeopleOverlay;
pub use thing_handle::ThingHandle;
pub use user::{Seat, User};

use std::sync::{Arc, OnceLock};

use crate::explore::layout::{Layout, Word};
use crate::finding::{AskError, Finding, Findings, LoadError, names as unknown};
use crate::link::product::Conflict;
use crate::rulebook::{READINGS, Rulebook};
use crate::value::Value;

pub(crate) use alteration::by_user;
pub(crate) use chosen::ChosenUsers;
use decision_tables::DecisionTables;
pub(crate) use ended::ENDS_SOON;
use ends::EntryEnds;
pub(crate) use profile::{empty_seat, has_seat, is_enabled};
pub(crate) use roster::{Alteration, Roster};
pub(crate) use shapes::{EntryShape, SeatShape, SettingShape, UserShape};
pub(crate) use state::StateStamp;
pub(crate) use thing_alteration::ThingAlteration;
pub(crate) use thing_shapes::ThingShape;
use things::FirmThings;

/// A firm: its people with their seats, and its choice of readings.
///
/// It is checked against a rulebook when it is loaded, is cheap to clone, and can be shared between threads.
///
/// ```
/// use clio_rules::{Firm, Rulebook, Seat, User};
///
/// let rulebook = Rulebook::builtin()?;
/// let firm = Firm::of_users(&rulebook, "Two Friends", [
///     User::new("ada").seat(Seat::new("manage").role("primary_subscriber")),
///     User::new("ben").seat(Seat::new("manage").role("billing")),
/// ])?;
/// assert_eq!(firm.users().count(), 2);
/// # Ok::<(), clio_rules::LoadError>(())
/// ```
#[derive(Clone)]
pub struct Firm {
    pub(crate) rulebook: Rulebook,
    pub(crate) roster: Arc<Roster>,
    /// Groups of people, and things with their lists of people.
    pub(crate) things: Arc<FirmThings>,
    /// What ends on a day, and the day on which the firm is looked at.
    pub(crate) ends: Arc<EntryEnds>,
    /// For each product, its readings packed as the tables want them.
    pub(crate) readings: Arc<Vec<Vec<Word>>>,
    /// Everything that a decision reads.
    pub(crate) tables: DecisionTables,
    /// Tells this state from the one before a change or a choice of readings.
    pub(crate) state: StateStamp,
    /// The result of [`Firm::state`], once it was asked for.
    digest: OnceLock<u128>,
}

impl Firm {
    pub(crate) fn checked(firm: Option<Self>, findings: Findings) -> Result<Self, LoadError> {
        match firm {
            Some(firm) if !findings.has_errors() => Ok(firm),
            _ => Err(LoadError::new(findings)),
        }
    }

    /// A firm with this roster and the readings that the rule files choose.
    pub(crate) fn with_roster(rulebook: &Rulebook, mut roster: Roster) -> Self {
        let products = rulebook.compiled().iter();
        let readings: Vec<Vec<Word>> = products
            .map(|compiled| Layout::usual_readings(&compiled.product))
            .collect();
        let tables = DecisionTables::new(rulebook, &mut roster, &readings);
        Self {
            rulebook: rulebook.clone(),
            roster: Arc::new(roster),
            things: Arc::default(),
            ends: Arc::default(),
            readings: Arc::new(readings),
            tables,
            state: StateStamp::next(),
            digest: OnceLock::new(),
        }
    }

    /// The firm with another choice of one reading.
    ///
    /// # Errors
    /// [`AskError`] when no product, or not this one, has the reading.
    ///
    /// ```
    /// use clio_rules::{Firm, Question, Rulebook};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let closed = firm.with_reading(Some("manage"), "firm_feed_is_open", false)?;
    /// assert!(firm.ask(&Question::new("wren", "view_firm_feed"))?.is_allowed());
    /// assert!(!closed.ask(&Question::new("wren", "view_firm_feed"))?.is_allowed());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_reading(
        &self,
        product: Option<&str>,
        reading: &str,
        choice: bool,
    ) -> Result<Self, AskError> {
        let number = self.rulebook.product_of(
            product,
            reading,
            &unknown::UNKNOWN_READING,
            |product| product.names.readings.contains_key(reading),
            READINGS,
        )?;
        let mut firm = self.clone();
        let product = self
            .rulebook
            .product(number)
            .map(|compiled| &compiled.product);
        let id = product.and_then(|product| product.names.readings.get(reading));
        if let (Some(id), Some(words)) = (id, Arc::make_mut(&mut firm.readings).get_mut(number)) {
            Layout::reading(*id).write(words, Value::from(choice));
        }
        if firm.readings != self.readings {
            firm.tables.set_readings(&firm.rulebook, &firm.readings);
            firm.is_another_state();
        }
        Ok(firm)
    }

    /// The firm with the readings of another one under the same rules.
    pub(crate) fn with_readings_of(mut self, other: &Self) -> Self {
        self.readings = Arc::clone(&other.readings);
        self.tables.set_readings(&self.rulebook, &self.readings);
        self
    }

    /// The firm with conflicts of its own, each with the number of its product.
    pub(crate) fn with_conflicts(mut self, conflicts: Vec<(usize, Conflict)>) -> Self {
        if !conflicts.is_empty() {
            self.roster_mut().set_conflicts(conflicts);
        }
        self
    }

    /// The firm with these groups and things.
    pub(crate) fn with_things(mut self, things: FirmThings) -> Self {
        if !things.is_empty() {
            self.things = Arc::new(things);
            self.is_another_state();
        }
        self
    }

    /// The readings of a product, packed as the tables want them.
    pub(crate) fn readings_of(&self, product: usize) -> &[Word] {
        self.readings.get(product).map_or(&[], Vec::as_slice)
    }

    /// The rulebook it was checked against.
    pub fn rulebook(&self) -> &Rulebook {
        &self.rulebook
    }

    /// What the firm is called.
    pub fn name(&self) -> &str {
        self.roster.name()
    }

    /// Ids of the users, in the order of the firm file.
    pub fn users(&self) -> impl Iterator<Item = &str> {
        self.roster.ids()
    }

    /// The name of the user with this id, for people to read; the id itself where the firm gives no name.
    ///
    /// ```
    /// let firm = clio_rules::Firm::example(&clio_rules::Rulebook::builtin()?)?;
    /// assert_eq!(firm.name_of("wren"), Some("Wren Abernathy"));
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn name_of(&self, user: &str) -> Option<&str> {
        self.roster
            .find(user)
            .map(|number| self.roster.name_of(number))
    }

    /// The user that this id belongs to, with its nearest when there is none.
    #[inline]
    pub(crate) fn user_number(&self, id: &str) -> Result<u32, AskError> {
        self.roster.find(id).ok_or_else(|| self.unknown_user(id))
    }

    #[cold]
    pub(crate) fn unknown_user(&self, id: &str) -> AskError {
        Finding::new(&unknown::UNKNOWN_USER, None, &[&id])
            .with_nearest_of(id, || self.roster.known_ids(id))
            .into()
    }

    /// Alters people in their place, for judging alone: what decides keeps the people as they were. It takes no time
    /// however many people there are.
    pub(crate) fn alter_for_judging(&mut self, alterations: &[Alteration]) {
        let rulebook = self.rulebook.clone();
        self.roster_mut().alter(&rulebook, alterations);
    }

    fn is_another_state(&mut self) {
        self.state = StateStamp::next();
        self.digest.take();
    }

    /// The people, for altering them. The firm gets a new state.
    fn roster_mut(&mut self) -> &mut Roster {
        self.is_another_state();
        Arc::make_mut(&mut self.roster)
    }

    /// The firm after alterations: another state, unless there are none.
    pub(crate) fn altered(&self, alterations: &[Alteration]) -> Self {
        let mut firm = self.clone();
        if alterations.is_empty() {
            return firm;
        }
        firm.forget_altered(alterations);
        firm.roster_mut().alter(&self.rulebook, alterations);
        firm.tables.set_people(&firm.roster);
        firm
    }
}

/// Two firms are equal when they hold the same under the same rulebook: the name, the users in their order with their names, seats,
/// roles and settings, the readings, the firm's own conflicts, groups and things, and when entries end. What came before does not matter. Under rulebooks that were
/// loaded apart, firms differ.
///
/// ```
/// use clio_rules::{Change, Firm, Rulebook};
///
/// let firm = Firm::example(&Rulebook::builtin()?)?;
/// let change = |word| Change::new("tomas", word).role("billing").target("wren");
/// let granted = firm.apply(&change("grant"))?.firm;
/// assert!(granted != firm);
/// assert!(granted.apply(&change("revoke"))?.firm == firm);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl PartialEq for Firm {
    fn eq(&self, other: &Self) -> bool {
        self.state == other.state
            || self.rulebook.stamp() == other.rulebook.stamp()
                && self.readings == other.readings
                && self.roster.is_equal(&other.roster)
                && self.things == other.things
                && self.ends == other.ends
                && self.own_conflicts() == other.own_conflicts()
    }
}

impl Eq for Firm {}

impl std::fmt::Debug for Firm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Firm({}, {} users)", self.name(), self.roster.len())
    }
}

#[cfg(test)]
mod tests;
