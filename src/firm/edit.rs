//! Writing an accepted change into a firm file: only what changes is touched.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;
use std::sync::Arc;

use super::roster::{Alteration, What};
use super::{Firm, profile, read};
use crate::disk;
use crate::explore::compile::Compiled;
use crate::finding::{Finding, Findings, disk as codes};
use crate::text::Source;
use crate::yaml::{self, Edit, Node};

/// Why a file was not written. What was there is as it was.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{finding}")]
pub struct WriteError {
    finding: Box<Finding>,
}

impl From<Finding> for WriteError {
    fn from(finding: Finding) -> Self {
        Self {
            finding: Box::new(finding),
        }
    }
}

impl WriteError {
    /// What went wrong, with the way out.
    pub fn finding(&self) -> &Finding {
        &self.finding
    }
}

impl Firm {
    /// Writes alterations into the file that this firm was read from, in one step.
    pub(crate) fn write(&self, path: &Path, alterations: &[Alteration]) -> Result<(), WriteError> {
        let name = path.display().to_string();
        let failed = |code, words: &[&dyn std::fmt::Display]| {
            Err(WriteError::from(Finding::new(code, None, words)))
        };
        // A pipe would be waited for, with the lock held.
        if disk::is_special(path) {
            return failed(&codes::CANNOT_WRITE, &[&name, &"it is no regular file"]);
        }
        if alterations.is_empty() {
            return self.judged_source(path).map(drop);
        }
        // Between reading the file again and replacing it, nobody else of us writes it.
        let _lock = match disk::lock_beside(path) {
            Ok(lock) => lock,
            Err(error) => return failed(&codes::CANNOT_WRITE, &[&name, &disk::reason(&error)]),
        };
        let source = self.judged_source(path)?;
        let Some(mut text) = self.edited(&source, alterations) else {
            return failed(&codes::EDIT_FAILED, &[&name]);
        };
        if source.is_marked() {
            text.insert(0, yaml::BOM);
        }
        // Programs that know nothing of our lock may have written by now.
        let is_still = || {
            let limit = self.rulebook.limits().firm_bytes;
            let now = disk::read_text(path, limit, &mut Findings::new());
            now.is_some_and(|now| now.text() == source.text())
        };
        match disk::replace(path, &text, is_still) {
            Ok(true) => Ok(()),
            Ok(false) => failed(&codes::CHANGED_MEANWHILE, &[&name]),
            Err(error) => failed(&codes::CANNOT_WRITE, &[&name, &disk::reason(&error)]),
        }
    }

    /// What stands in the file, which has to be this firm in this state.
    fn judged_source(&self, path: &Path) -> Result<Arc<Source>, WriteError> {
        let name = path.display().to_string();
        let mut findings = Findings::new();
        let limit = self.rulebook.limits().firm_bytes;
        let Some(source) = disk::read_text(path, limit, &mut findings) else {
            let unread = || Finding::new(&codes::CANNOT_READ, None, &[&name, &"it is no text"]);
            return Err(findings.into_iter().next().unwrap_or_else(unread).into());
        };
        match Self::from_source(&self.rulebook, &source) {
            Ok(there) if there.is_as(self) => Ok(source),
            _ => Err(Finding::new(&codes::CHANGED_MEANWHILE, None, &[&name]).into()),
        }
    }

    /// The text with the alterations in it; none where it would not read back as the firm after them.
    fn edited(&self, source: &Arc<Source>, alterations: &[Alteration]) -> Option<String> {
        let after = self.altered(alterations);
        let ids: HashSet<&str> = alterations.iter().map(|a| self.roster.id(a.user)).collect();
        let nodes = read::nodes_of(source, &self.rulebook, &ids);
        let mut edits = Vec::new();
        for (id, node) in &nodes {
            let user = self.roster.find(id)?;
            for (number, compiled) in self.rulebook.compiled().iter().enumerate() {
                let whats: BTreeSet<What> = alterations
                    .iter()
                    .filter(|a| a.user == user && a.product == number)
                    .map(|a| a.what)
                    .collect();
                if !whats.is_empty() {
                    let seat = node.get(&compiled.product.id)?;
                    edits.extend(after.seat_edits(source, seat, compiled, number, user, &whats));
                }
            }
        }
        let text = yaml::apply(source.text(), edits)?;
        let reread = Self::from_text(&self.rulebook, source.name(), &text).ok()?;
        reread.has_people_of(&after).then_some(text)
    }

    /// Edits that make one seat of a file what it is in this firm.
    fn seat_edits(
        &self,
        source: &Source,
        seat: &Node,
        compiled: &Compiled,
        number: usize,
        user: u32,
        whats: &BTreeSet<What>,
    ) -> Vec<Edit> {
        let (layout, product) = (&compiled.layout, &compiled.product);
        let words = self.roster.profile(number, user);
        let mut edits = Vec::new();
        if whats.iter().any(|what| matches!(what, What::Role(_))) {
            let roles: Vec<&str> = profile::roles(layout, product, words)
                .map(|role| product.role_name(role))
                .collect();
            edits.extend(yaml::set_list_entry(source, seat, "roles", &roles));
        }
        for what in whats {
            let What::Setting(id) = what else { continue };
            let Some(setting) = product.setting(*id) else {
                continue;
            };
            let value = setting.domain.word(layout.setting(*id).read(words));
            edits.extend(yaml::set_entry(source, seat, &setting.id, value));
        }
        edits
    }

    /// Whether two firms have the same people and read what the rules leave open in the same way: a change that one of them
    /// accepts, the other does.
    pub(crate) fn is_as(&self, other: &Self) -> bool {
        self.readings == other.readings && self.has_people_of(other)
    }

    /// Whether two firms have the same people with the same seats, in the same order.
    pub(super) fn has_people_of(&self, other: &Self) -> bool {
        self.roster.len() == other.roster.len()
            && self.roster.ids().eq(other.roster.ids())
            && (0..self.rulebook.compiled().len()).all(|product| {
                self.roster
                    .profiles(product)
                    .eq(other.roster.profiles(product))
            })
    }
}
