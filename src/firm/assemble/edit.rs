//! Edits of a firm that is there: its other users stay as they are, and the same checks decide.

use super::{Assembler, UserEntry};
use crate::finding::{Findings, firm as codes};
use crate::firm::{Firm, Roster};
use crate::link::product::RoleId;
use crate::text::Span;

impl<'a> Assembler<'a> {
    /// Goes on from a firm without the users at these positions, which ascend. Those behind them move up.
    pub(crate) fn of_firm(firm: &'a Firm, removed: &[u32]) -> Self {
        let mut assembler = Self::new(&firm.rulebook, firm.day(), None);
        assembler.roster = Roster::clone(&firm.roster);
        assembler.roster.remove(removed);
        assembler.ends = firm.ends.without(removed);
        assembler.removed = removed.to_vec();
        for (number, compiled) in firm.rulebook.compiled().iter().enumerate() {
            for role in (0..compiled.product.roles.len()).map(RoleId::from) {
                let holder = firm.roster.holder(number, role);
                let stays = holder.and_then(|holder| {
                    let before = removed.binary_search(&holder).err()?;
                    Some((holder - before as u32, Span::default()))
                });
                if let Some(holder) = stays {
                    assembler.holders.insert((number, role), vec![holder]);
                }
            }
        }
        assembler
    }

    /// Makes the user at a position another one with the same id.
    pub(crate) fn replace(
        &mut self,
        position: u32,
        entry: &UserEntry<'_>,
        findings: &mut Findings,
    ) {
        for holders in self.holders.values_mut() {
            holders.retain(|(user, _)| *user != position);
        }
        self.ends.forget_roles(position);
        self.pack(position, entry, findings);
        self.roster.replace(position, &self.words);
        let name = entry.name.as_deref().unwrap_or(&entry.id.value);
        if name != self.roster.name_of(position) {
            self.names.insert(position, name.to_owned());
        }
    }

    /// The edited firm, checked as a whole, with the readings of the one that it comes from; none where something is wrong.
    pub(crate) fn finish_edit(mut self, from: &Firm, findings: &mut Findings) -> Option<Firm> {
        self.check_holders(Span::default(), findings);
        for (group, _) in from.things.groups.iter() {
            if self.roster.find(group).is_some() {
                self.report(&codes::GROUP_TAKEN, Span::default(), &[&group], findings);
            }
        }
        if findings.has_errors() {
            return None;
        }
        self.roster.rename(&self.names);
        let left = self.roster.len();
        let edited = Firm::with_roster(self.rulebook, self.roster)
            .with_ends(self.ends)
            .with_readings_of(from);
        if from.things.is_empty() {
            return Some(edited);
        }
        Some(edited.with_things(from.things.without(&self.removed, left)))
    }
}
