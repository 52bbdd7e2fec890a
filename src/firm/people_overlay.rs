//! People who are, for some questions, other than their firm has them.

use super::{Firm, has_seat, is_enabled};
use crate::explore::layout::Word;
use crate::finding::{Finding, Findings, firm as codes};
use crate::link::product::RoleId;

/// A firm as it would be if some people were other than it has them, to ask about them and nothing else.
///
/// [`Firm::overlay`] makes one, and [`PeopleOverlay::answer`] answers from it as [`Firm::answer`] does from the firm that
/// [`Firm::edit`] would make of the same people. It costs what these people cost, however large the firm is: it is for questions that
/// bring somebody along, such as those whose roles a token says.
#[derive(Debug, Clone)]
pub struct PeopleOverlay<'f> {
    pub(crate) firm: &'f Firm,
    people: Vec<OverlaidPerson>,
}

#[derive(Debug, Clone)]
struct OverlaidPerson {
    id: String,
    /// The position in the firm; behind its last user where the firm has nobody of this id.
    position: u32,
    /// The profiles of all products, one after the other.
    words: Vec<Word>,
}

impl<'f> PeopleOverlay<'f> {
    /// The firm as it is.
    pub(crate) fn of(firm: &'f Firm) -> Self {
        Self {
            firm,
            people: Vec::new(),
        }
    }

    /// How many people are new to the firm.
    pub(crate) fn added(&self) -> usize {
        let known = self.firm.roster.len();
        let people = self.people.iter();
        people
            .filter(|person| person.position as usize >= known)
            .count()
    }

    /// Puts a person there, in the place of what the firm or an earlier call says of them.
    pub(crate) fn put(&mut self, id: &str, words: &[Word]) {
        if let Some(person) = self.people.iter_mut().find(|person| person.id == *id) {
            words.clone_into(&mut person.words);
            return;
        }
        let new = || self.firm.roster.len() + self.added();
        let position = self.firm.roster.find(id);
        self.people.push(OverlaidPerson {
            id: id.to_owned(),
            position: position.unwrap_or_else(|| new() as u32),
            words: words.to_vec(),
        });
    }

    fn overlaid(&self, position: u32) -> Option<&OverlaidPerson> {
        let mut people = self.people.iter();
        people.find(|person| person.position == position)
    }

    /// Whether somebody is other than the firm has them.
    pub(crate) fn is_overlaid(&self, position: u32) -> bool {
        self.overlaid(position).is_some()
    }

    /// The position of somebody; none where nobody has this id.
    pub(crate) fn position(&self, id: &str) -> Option<u32> {
        let mut people = self.people.iter();
        let overlaid = people.find(|person| person.id == *id);
        overlaid
            .map(|person| person.position)
            .or_else(|| self.firm.roster.find(id))
    }

    fn id(&self, position: u32) -> &str {
        let overlaid = self.overlaid(position);
        overlaid.map_or_else(|| self.firm.roster.id(position), |person| &person.id)
    }

    /// What somebody is in a product.
    pub(crate) fn profile(&self, product: usize, position: u32) -> &[Word] {
        match self.overlaid(position) {
            Some(person) => self.part(product, &person.words),
            None => self.firm.roster.profile(product, position),
        }
    }

    /// The profile of one product among those of all.
    fn part<'w>(&self, product: usize, words: &'w [Word]) -> &'w [Word] {
        let compiled = self.firm.rulebook.compiled();
        let mut strides = compiled.iter().map(|compiled| compiled.layout.words());
        let start: usize = strides.by_ref().take(product).sum();
        let end = start + strides.next().unwrap_or_default();
        words.get(start..end).unwrap_or_default()
    }

    /// Reports the roles that exactly one user holds, and would not. Nobody is missed where some people could not be read.
    pub(crate) fn check_holders(&self, is_missing_some: bool, findings: &mut Findings) {
        for (product, compiled) in self.firm.rulebook.compiled().iter().enumerate() {
            for (role, rule) in compiled.product.single_holders() {
                let id = compiled.product.role_name(role);
                match *self.holders(product, role) {
                    [one] => {
                        if rule.enabled && !is_enabled(self.profile(product, one)) {
                            let words: [&dyn std::fmt::Display; 2] = [&self.id(one), &id];
                            findings.push(Finding::new(&codes::HOLDER_DISABLED, None, &words));
                        }
                    }
                    [] if !is_missing_some && self.has_seats(product, role) => {
                        findings.push(Finding::new(&codes::NO_HOLDER, None, &[&id]));
                    }
                    [] => {}
                    ref many => {
                        for one in many {
                            let words: [&dyn std::fmt::Display; 2] = [&many.len(), &id];
                            let finding = Finding::new(&codes::TOO_MANY_HOLDERS, None, &words);
                            findings.push(finding.of_user(self.id(*one)));
                        }
                    }
                }
            }
        }
    }

    /// The positions of those who hold a role of one holder: whoever holds it in the firm and is not overlaid, and the others.
    fn holders(&self, product: usize, role: RoleId) -> Vec<u32> {
        let stored = self.firm.roster.holder(product, role);
        let stored = stored.filter(|holder| !self.is_overlaid(*holder));
        let compiled = self.firm.rulebook.product(product);
        let holds = |person: &&OverlaidPerson| {
            let words = self.part(product, &person.words);
            compiled.is_some_and(|compiled| compiled.layout.role(role).read(words).is_yes())
        };
        let people = self.people.iter().filter(holds);
        stored
            .into_iter()
            .chain(people.map(|person| person.position))
            .collect()
    }

    /// Whether anybody has a seat in a product whose role nobody holds. In a firm in which nobody held it, nobody has a seat, so that
    /// not everybody is looked at.
    fn has_seats(&self, product: usize, role: RoleId) -> bool {
        let mut people = self.people.iter();
        let roster = &self.firm.roster;
        people.any(|person| has_seat(self.part(product, &person.words)))
            || roster.holder(product, role).is_some()
                && roster
                    .profiles(product)
                    .any(|(user, words)| has_seat(words) && !self.is_overlaid(user))
    }
}
