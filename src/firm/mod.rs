//! Firms: who works there, with which seats, roles and settings, packed for answering.

mod assemble;
mod built;
mod describe;
mod desk;
mod edit;
mod excerpt;
mod profile;
pub(crate) mod profiles;
mod quick;
mod read;
mod roster;
mod seats;
mod state;
mod texts;
mod user;
mod watch;
mod write;

pub use edit::WriteError;
pub use user::{Seat, User};
pub use watch::Progress;

use std::path::Path;
use std::sync::Arc;

use crate::disk;
use crate::explore::layout::{Layout, Word};
use crate::finding::{Finding, Findings, firm as codes, names as unknown, yaml as too_long};
use crate::limits::Limits;
use crate::rulebook::{LoadError, Rulebook};
use crate::text::{Source, Span};
use crate::value::Value;
use crate::yaml;
use watch::Watch;

use desk::Desk;
pub(crate) use profile::{empty_seat, has_seat, is_enabled};
#[cfg(feature = "schema")]
pub(crate) use read::FirmFile;
pub(crate) use roster::{Alteration, Roster, What};
pub(crate) use state::StateStamp;

/// Said of where a long file is first not as files usually are.
const UNUSUAL: &str = "in front of this, something is wrong or not written as usual";

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
    /// For each product, its readings packed as the tables want them.
    readings: Arc<Vec<Vec<Word>>>,
    /// What a decision touches, all of it at hand.
    pub(crate) desk: Desk,
    /// Tells this state from the one before a change or a choice of readings.
    pub(crate) state: StateStamp,
}

impl Firm {
    /// The example firm that comes with this crate.
    ///
    /// # Errors
    /// [`LoadError`] when the rulebook lacks what the example uses; the built-in one has it all.
    pub fn example(rulebook: &Rulebook) -> Result<Self, LoadError> {
        let (name, text) = crate::builtin::FIRM;
        Self::from_text(rulebook, name, text)
    }

    /// Reads a firm file.
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found, those against what the rules say of every firm included.
    pub fn from_file(rulebook: &Rulebook, path: impl AsRef<Path>) -> Result<Self, LoadError> {
        Self::from_file_watched(rulebook, path, &mut |_| {})
    }

    /// Reads a firm file as [`Firm::from_file`] does, and says every few thousand users how far it is: a million users
    /// take a few seconds.
    ///
    /// Where something in the file needs a closer look, it is read once more from its start.
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found.
    ///
    /// ```
    /// use clio_rules::{Firm, Rulebook};
    ///
    /// let mut shown = String::new();
    /// Firm::from_file_watched(&Rulebook::builtin()?, "fixtures/firm.yaml", &mut |progress| {
    ///     let percent = progress.bytes * 100 / progress.total.max(1);
    ///     shown = format!("{percent}%, {} users", progress.users);
    /// })?;
    /// assert_eq!(shown, "100%, 14 users");
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn from_file_watched(
        rulebook: &Rulebook,
        path: impl AsRef<Path>,
        on_progress: &mut dyn FnMut(Progress),
    ) -> Result<Self, LoadError> {
        let mut findings = Findings::new();
        let limit = rulebook.limits().firm_bytes;
        match disk::read_text(path.as_ref(), limit, &mut findings) {
            Some(source) => Self::from_source_watched(rulebook, &source, on_progress),
            None => Err(LoadError::new(findings)),
        }
    }

    /// What is wrong with a firm file whatever the rules say: whether it can be read, and is YAML. Where the rules themselves
    /// are refused, nothing more can be said about a firm.
    ///
    /// ```
    /// use clio_rules::{Firm, Limits};
    ///
    /// assert!(Firm::check_yaml("fixtures/firm.yaml", &Limits::default()).is_empty());
    /// ```
    pub fn check_yaml(path: impl AsRef<Path>, limits: &Limits) -> Findings {
        let mut findings = Findings::new();
        if let Some(source) = disk::read_text(path.as_ref(), limits.firm_bytes, &mut findings) {
            read::yaml(&source, limits, &mut findings);
        }
        findings
    }

    /// Reads a firm from memory. `name` is what messages call the text.
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found.
    pub fn from_text(rulebook: &Rulebook, name: &str, text: &str) -> Result<Self, LoadError> {
        let mut findings = Findings::new();
        let limit = rulebook.limits().firm_bytes;
        match yaml::decode_text(name, text.as_bytes().to_vec(), limit, &mut findings) {
            Some(source) => Self::from_source(rulebook, &source),
            None => Err(LoadError::new(findings)),
        }
    }

    pub(crate) fn from_source(
        rulebook: &Rulebook,
        source: &Arc<Source>,
    ) -> Result<Self, LoadError> {
        Self::from_source_watched(rulebook, source, &mut |_| {})
    }

    fn from_source_watched(
        rulebook: &Rulebook,
        source: &Arc<Source>,
        on_progress: &mut dyn FnMut(Progress),
    ) -> Result<Self, LoadError> {
        let mut findings = Findings::new();
        let mut watch = Watch::new(source.text().len(), on_progress);
        let firm = match quick::firm(rulebook, source, &mut watch) {
            Ok(firm) => Some(firm),
            Err(odd) if odd.is_full => {
                let place = source.place(Span::new(odd.at, odd.at));
                findings.report(&codes::TOO_MANY_USERS, place, &[&rulebook.limits().users]);
                None
            }
            Err(odd) => {
                let firm = read::firm(rulebook, source, &mut watch, &mut findings);
                let odd = source.place(Span::new(odd.at, odd.at));
                findings.label_last(&too_long::TOO_MANY_EVENTS, odd, UNUSUAL);
                firm
            }
        };
        Self::checked(firm, findings)
    }

    /// Builds a firm in code. What no firm file can hold is no firm here either, so that [`Firm::to_yaml`] always gives a
    /// file that loads as this firm.
    ///
    /// # Errors
    /// [`LoadError`] with the findings of a file that says the same; they have no place.
    pub fn of_users(
        rulebook: &Rulebook,
        name: &str,
        users: impl IntoIterator<Item = User>,
    ) -> Result<Self, LoadError> {
        let mut findings = Findings::new();
        let firm = built::firm_of(rulebook, name, users, &mut findings);
        Self::checked(firm, findings)
    }

    fn checked(firm: Option<Self>, findings: Findings) -> Result<Self, LoadError> {
        match firm {
            Some(firm) if !findings.has_errors() => Ok(firm),
            _ => Err(LoadError::new(findings)),
        }
    }

    /// A firm with this roster and the readings that the rule files choose.
    pub(crate) fn with_roster(rulebook: &Rulebook, mut roster: Roster) -> Self {
        let products = rulebook.compiled().iter();
        let readings = products.map(|compiled| Layout::usual_readings(&compiled.product));
        let readings: Vec<Vec<Word>> = readings.collect();
        let desk = Desk::new(rulebook, &mut roster, &readings);
        Self {
            rulebook: rulebook.clone(),
            roster: Arc::new(roster),
            readings: Arc::new(readings),
            desk,
            state: StateStamp::next(),
        }
    }

    /// The firm with another choice of one reading.
    ///
    /// # Errors
    /// [`crate::AskError`] when no product, or not this one, has the reading.
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
    ) -> Result<Self, crate::AskError> {
        let number = self.rulebook.product_of(
            product,
            reading,
            &unknown::UNKNOWN_READING,
            |product| product.names.readings.contains_key(reading),
            |product| {
                product
                    .readings
                    .iter()
                    .map(|reading| reading.id.to_string())
                    .collect()
            },
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
            firm.desk.set_readings(&firm.rulebook, &firm.readings);
            firm.state = StateStamp::next();
        }
        Ok(firm)
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
    pub(crate) fn user_number(&self, id: &str) -> Result<u32, crate::AskError> {
        self.roster.find(id).ok_or_else(|| self.unknown_user(id))
    }

    #[cold]
    fn unknown_user(&self, id: &str) -> crate::AskError {
        // The nearest of a few thousand names is found at once; of a million it would take a second.
        let known = self.roster.ids().take(10_000);
        Finding::new(&unknown::UNKNOWN_USER, None, &[&id])
            .with_nearest(id, known)
            .into()
    }

    /// Alters people in their place, for judging alone: what decides keeps the people as they were. It takes no time
    /// however many people there are.
    pub(crate) fn alter_for_judging(&mut self, alterations: &[Alteration]) {
        let rulebook = self.rulebook.clone();
        self.roster_mut().alter(&rulebook, alterations);
    }

    /// The people, to be altered: whatever comes of it is another state.
    fn roster_mut(&mut self) -> &mut Roster {
        self.state = StateStamp::next();
        Arc::make_mut(&mut self.roster)
    }

    /// The firm after alterations: another state, unless there are none.
    pub(crate) fn altered(&self, alterations: &[Alteration]) -> Self {
        let mut firm = self.clone();
        if alterations.is_empty() {
            return firm;
        }
        firm.roster_mut().alter(&self.rulebook, alterations);
        firm.desk.set_people(Arc::make_mut(&mut firm.roster));
        firm
    }
}

impl std::fmt::Debug for Firm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Firm({}, {} users)", self.name(), self.roster.len())
    }
}

#[cfg(test)]
mod tests;
