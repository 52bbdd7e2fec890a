//! Firms edited in memory: users added, changed, disabled and removed, all steps or none.

use std::collections::{BTreeMap, HashMap};

use super::built::{FileSize, read_back, with_entry};
use crate::finding::{Finding, Findings, LoadError};
use crate::firm::assemble::Assembler;
use crate::firm::{Firm, User};

/// Steps that edit the users of a firm.
///
/// [`Firm::edit`] begins one, each method adds a step, and [`FirmEdit::apply`] makes all of them together or none: between two steps
/// a firm may be what no firm can be, such as one in which a role has no holder. Steps are made in order, so that a later one meets
/// what an earlier one did.
#[derive(Debug, Clone)]
#[must_use = "nothing is edited before `apply`"]
pub struct FirmEdit<'f> {
    firm: &'f Firm,
    /// By position, what becomes of users who are there; none where they are removed.
    changed: BTreeMap<u32, Option<User>>,
    /// Users who are added; none where they are removed again.
    added: Vec<Option<User>>,
    /// Where in `added` an id is.
    places: HashMap<String, usize>,
    findings: Findings,
}

/// Where a user is, before all steps are made.
#[derive(Clone, Copy)]
enum UserSlot {
    Known(u32),
    Added(usize),
}

impl Firm {
    /// Begins to edit the users of this firm in memory, as an owner of the data: no rule is asked. Who may make a permission
    /// change is what [`Firm::judge`] answers, and [`Firm::apply`] makes it.
    ///
    /// ```
    /// use clio_rules::{Firm, Rulebook, Seat, User};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let wren = firm.user("wren")?;
    /// let edited = firm
    ///     .edit()
    ///     .insert(User::new("una").seat(Seat::new("manage").role("billing")))
    ///     .disable("otto")
    ///     .remove("sami")
    ///     .apply()?;
    /// assert_eq!(edited.users().last(), Some("una"));
    /// assert!(!edited.is_enabled("otto")?);
    /// // Handles stay with their users.
    /// assert_eq!(edited.user("wren")?, wren);
    /// let create_bill = firm.rulebook().action(Some("manage"), "create_bill")?;
    /// assert!(!edited.decide(wren, create_bill, None)?.is_allowed());
    /// let gone = edited.decide(firm.user("sami")?, create_bill, None).unwrap_err();
    /// assert_eq!(gone.code().name(), "not-in-state");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn edit(&self) -> FirmEdit<'_> {
        FirmEdit {
            firm: self,
            changed: BTreeMap::new(),
            added: Vec::new(),
            places: HashMap::new(),
            findings: Findings::new(),
        }
    }
}

impl FirmEdit<'_> {
    /// Adds a user, behind everybody who is there. Somebody who is removed and added is somebody else: the handle of the first one
    /// does not stand for the second.
    pub fn insert(mut self, user: User) -> Self {
        self.places
            .entry(user.id.clone())
            .or_insert(self.added.len());
        self.added.push(Some(user));
        self
    }

    /// Makes the user with the id of this one what this one is: name, seats and whether they are enabled. Their handle and their
    /// place stay.
    pub fn change(mut self, user: User) -> Self {
        if let Some(slot) = self.slot(&user.id) {
            self.set(slot, user);
        }
        self
    }

    /// Disables a user, who keeps the seats.
    ///
    /// ```
    /// let firm = clio_rules::Firm::example(&clio_rules::Rulebook::builtin()?)?;
    /// assert!(!firm.edit().disable("wren").apply()?.is_enabled("wren")?);
    /// // The one holder of this role has to be enabled, so that it is refused, and nothing is changed.
    /// let refused = firm.edit().disable("wren").disable("nadia").apply().unwrap_err();
    /// let code = refused.findings().iter().next().map(|finding| finding.code());
    /// assert_eq!(code, Some(&clio_rules::codes::HOLDER_DISABLED));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn disable(self, id: &str) -> Self {
        self.enabled(id, false)
    }

    /// Enables a user.
    pub fn enable(self, id: &str) -> Self {
        self.enabled(id, true)
    }

    /// Removes a user. Those behind move up in the order of users; handles of others stay.
    pub fn remove(mut self, id: &str) -> Self {
        match self.slot(id) {
            Some(UserSlot::Known(position)) => {
                self.changed.insert(position, None);
            }
            Some(UserSlot::Added(place)) => {
                self.places.remove(id);
                if let Some(added) = self.added.get_mut(place) {
                    *added = None;
                }
            }
            None => {}
        }
        self
    }

    /// Makes all steps, or none. The edited firm is checked as a file with the same content would be, except for the limit on
    /// the size of the file. It is another state, in which verdicts about the firm are stale, unless there are no steps.
    ///
    /// It takes a time in proportion to the number of users, most of it when somebody is added or removed.
    ///
    /// # Errors
    /// [`LoadError`] with everything that is wrong; the [subject](Finding::subject) of each finding names the user. The firm is as
    /// it was.
    pub fn apply(self) -> Result<Firm, LoadError> {
        let Self {
            firm,
            changed,
            added,
            mut findings,
            ..
        } = self;
        if changed.is_empty() && added.is_empty() && findings.is_empty() {
            return Ok(firm.clone());
        }
        let is_removed =
            |(position, user): (&u32, &Option<User>)| user.is_none().then_some(*position);
        let removed: Vec<u32> = changed.iter().filter_map(is_removed).collect();
        let mut assembler = Assembler::of_firm(firm, &removed);
        let mut file = FileSize::new(firm.rulebook.limits());
        let changed = changed
            .iter()
            .filter_map(|(position, user)| Some((position, user.as_ref()?)));
        for (position, user) in changed {
            file.user(user);
            let before = removed.partition_point(|removed| removed < position);
            let place = position - before as u32;
            let counted = (place as usize + 1, user);
            with_entry(
                &firm.rulebook,
                counted,
                &mut findings,
                |entry, findings| match entry {
                    Some(entry) => assembler.replace(place, entry, findings),
                    None => assembler.miss(),
                },
            );
        }
        let left = firm.roster.len() - removed.len();
        for counted in (left + 1..).zip(added.iter().flatten()) {
            file.user(counted.1);
            with_entry(
                &firm.rulebook,
                counted,
                &mut findings,
                |entry, findings| match entry {
                    Some(entry) => assembler.add(entry, findings),
                    None => assembler.miss(),
                },
            );
        }
        let edited = assembler.finish_edit(firm, &mut findings);
        let edited =
            edited.filter(|edited| file.is_usual || read_back(edited, &mut findings).is_some());
        Firm::checked(edited, findings)
    }

    fn enabled(mut self, id: &str, enabled: bool) -> Self {
        if let Some(slot) = self.slot(id) {
            let user = self.at(slot);
            self.set(slot, User { enabled, ..user });
        }
        self
    }

    /// Where a user is as the steps so far leave the firm. An unknown one is noted.
    fn slot(&mut self, id: &str) -> Option<UserSlot> {
        let known = self.firm.roster.find(id);
        let is_there = |position: &u32| !matches!(self.changed.get(position), Some(None));
        let slot = match known.filter(is_there) {
            Some(position) => Some(UserSlot::Known(position)),
            None => self.places.get(id).copied().map(UserSlot::Added),
        };
        if slot.is_none() {
            let unknown: Finding = self.firm.unknown_user(id).into_finding();
            self.findings.push(unknown);
        }
        slot
    }

    /// What a user is as the steps so far leave the firm.
    fn at(&self, slot: UserSlot) -> User {
        let edited = match slot {
            UserSlot::Known(position) => self.changed.get(&position),
            UserSlot::Added(place) => self.added.get(place),
        };
        match (edited.and_then(Option::as_ref), slot) {
            (Some(user), _) => user.clone(),
            (None, UserSlot::Known(position)) => self.firm.person_at(position),
            (None, UserSlot::Added(_)) => User::new(""),
        }
    }

    fn set(&mut self, slot: UserSlot, user: User) {
        match slot {
            UserSlot::Known(position) => {
                self.changed.insert(position, Some(user));
            }
            UserSlot::Added(place) => {
                if let Some(added) = self.added.get_mut(place) {
                    *added = Some(user);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
