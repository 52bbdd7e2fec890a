//! Whether a file still reads as a firm, and where some of its users are in it. One pass, which stores no users.

use std::sync::Arc;

use super::quick::{self, UserPlace, UserVisitor};
use super::read;
use super::watch::ProgressWatch;
use crate::finding::Findings;
use crate::firm::assemble::{Assembler, UserEntry};
use crate::firm::{Firm, Roster};
use crate::text::Source;
use crate::yaml::{DecodeContext, Node};

/// Some users of a file, by number.
pub(super) enum LocatedUsers {
    /// Of a file that is written as usual.
    Places(Vec<(u32, UserPlace)>),
    /// Of a file that only the close reader understands.
    Nodes(Vec<(u32, Node)>),
}

/// Where users stand in a file. There is nothing if the file does not read as this firm: the same people with the same seats,
/// in the same order, and the same readings. The numbers of users ascend.
pub(super) fn locate(firm: &Firm, source: &Arc<Source>, users: &[u32]) -> Option<LocatedUsers> {
    let mut comparing = ComparingVisitor {
        firm,
        assembler: Assembler::new(&firm.rulebook, firm.day(), None),
        findings: Findings::new(),
        differs: false,
        next: 0,
        wanted: users.iter(),
        found: Vec::with_capacity(users.len()),
    };
    let root = quick::sweep(
        &firm.rulebook,
        source.text(),
        &mut ProgressWatch::new(0, &mut |_| {}),
        &mut comparing,
    );
    if comparing.differs {
        return None;
    }
    let Ok(root) = root else {
        return closely(firm, source, users).map(LocatedUsers::Nodes);
    };
    let is_whole = comparing.next as usize == firm.roster.len();
    let places = comparing.found;
    let readings = root.choose(without_users(firm))?;
    (is_whole && readings.readings == firm.readings).then_some(LocatedUsers::Places(places))
}

/// The same by the close reader, for any file that loads. It gives nodes.
pub(super) fn closely(
    firm: &Firm,
    source: &Arc<Source>,
    users: &[u32],
) -> Option<Vec<(u32, Node)>> {
    let rulebook = &firm.rulebook;
    let mut assembler = Assembler::new(rulebook, firm.day(), None);
    let (mut next, mut is_same) = (0_u32, true);
    let mut wanted = users.iter().peekable();
    let mut found = Vec::with_capacity(users.len());
    let mut findings = Findings::new();
    let mut on_user = |node: Node, findings: &mut Findings| {
        is_same &= read::user(&node, rulebook, &mut DecodeContext { source, findings })
            .is_some_and(|entry| {
                let words = assembler.packed(&entry, findings);
                firm.roster.is(next, &entry.id.value, words) && assembler.ends_as(firm, next)
            });
        found.extend(wanted.next_if_eq(&&next).map(|user| (*user, node)));
        next += 1;
    };
    let root = read::users(source, rulebook.limits(), &mut findings, &mut on_user)?;
    let readings = read::choose(without_users(firm), &root, source, &mut findings)?;
    let is_whole = next as usize == firm.roster.len() && !findings.has_errors();
    (is_same && is_whole && readings.readings == firm.readings).then_some(found)
}

/// A firm without users, with the readings that the rule files choose.
fn without_users(firm: &Firm) -> Firm {
    Firm::with_roster(&firm.rulebook, Roster::new(&firm.rulebook, ""))
}

/// Compares users with those of a firm.
struct ComparingVisitor<'a> {
    firm: &'a Firm,
    assembler: Assembler<'a>,
    findings: Findings,
    /// Whether somebody is not as in the firm.
    differs: bool,
    /// The number of the next user.
    next: u32,
    wanted: std::slice::Iter<'a, u32>,
    found: Vec<(u32, UserPlace)>,
}

impl UserVisitor for ComparingVisitor<'_> {
    fn take(&mut self, user: &UserEntry<'_>, stands: &UserPlace) -> Option<()> {
        let words = self.assembler.packed(user, &mut self.findings);
        // It may be only a warning. The close reader knows.
        if !self.findings.is_empty() {
            return None;
        }
        self.differs = !self.firm.roster.is(self.next, &user.id.value, words)
            || !self.assembler.ends_as(self.firm, self.next);
        if self.wanted.as_slice().first() == Some(&self.next) {
            self.wanted.next();
            self.found.push((self.next, stands.clone()));
        }
        self.next = self.next.saturating_add(1);
        (!self.differs).then_some(())
    }
}
