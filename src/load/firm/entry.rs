//! The entry of one user, edited apart from its file.
//!
//! A file that is written as usual is told entry by entry. So an entry that alone, among nobody else, reads as its user
//! and is the only one there reads so in its file as well, as long as it ends where it ended and stands as far to the right.

use std::sync::Arc;

use super::quick::{self, UserPlace, UserVisitor};
use super::read;
use super::watch::ProgressWatch;
use crate::finding::Findings;
use crate::firm::assemble::{Assembler, UserEntry};
use crate::firm::{Alteration, Firm};
use crate::limits::Limits;
use crate::text::Source;
use crate::yaml::{self, DecodeContext, ItemLayout, Node, decode_text};

/// Edits entries of one file.
pub(super) struct EntryEditor<'a> {
    before: &'a Firm,
    after: &'a Firm,
    source: &'a Source,
    /// How the file ends its lines.
    ending: &'static str,
    assembler: Assembler<'a>,
    limits: Limits,
}

/// What stands before and behind the only entry of a small firm file.
type Frame = (String, &'static str);

impl<'a> EntryEditor<'a> {
    pub(super) fn new(before: &'a Firm, after: &'a Firm, source: &'a Source) -> Self {
        Self {
            before,
            after,
            source,
            ending: yaml::line_ending(source.text()),
            assembler: Assembler::new(&before.rulebook, None),
            // How many there are in the whole file is no matter where it is read as usual.
            limits: Limits {
                firm_events: usize::MAX,
                ..before.rulebook.limits().clone()
            },
        }
    }

    /// The entry after alterations of its user; none where it would not be read as usual and as the user after them.
    pub(super) fn edited(
        &mut self,
        user: u32,
        place: &UserPlace,
        alterations: &[Alteration],
    ) -> Option<String> {
        let old = self.source.text().get(place.bytes.clone())?;
        let frame = self.frame(place.layout);
        let framed = self.framed(&frame, old)?;
        let (node, name) = self.closely(self.before, user, &framed)?;
        let edits = self.after.user_edits(&framed, &node, user, alterations)?;
        let text = yaml::apply(framed.text(), edits)?;
        let new = text.strip_prefix(&*frame.0)?.strip_suffix(frame.1)?;
        if !fits(old, new, place) {
            return None;
        }
        let framed = self.framed(&frame, new)?;
        let (_, new_name) = self.closely(self.after, user, &framed)?;
        let is_same = name == new_name && self.is_usual(user, &framed, &frame, place.layout);
        is_same.then(|| new.to_owned())
    }

    fn frame(&self, layout: ItemLayout) -> Frame {
        let ending = self.ending;
        match layout {
            ItemLayout::Lines => (format!("firm: One{ending}users:{ending}"), ""),
            ItemLayout::Brackets => (format!("firm: One{ending}users: ["), "]\n"),
            ItemLayout::Json => ("{\"firm\":\"One\",\"users\":[".to_owned(), "]}"),
        }
    }

    /// A firm file with one entry alone.
    fn framed(&self, (head, tail): &Frame, entry: &str) -> Option<Arc<Source>> {
        let text = [head, entry, tail].concat().into_bytes();
        let limit = self.before.rulebook.limits().firm_bytes;
        decode_text(self.source.name(), text, limit, &mut Findings::new())
    }

    /// The node and the name of the only user of a file, as the close reader sees them; none where that is not this user
    /// of the firm.
    fn closely(
        &mut self,
        firm: &Firm,
        user: u32,
        source: &Arc<Source>,
    ) -> Option<(Node, Option<String>)> {
        let mut findings = Findings::new();
        let mut found: Vec<Option<(Node, Option<String>)>> = Vec::new();
        let mut on_user = |node: Node, findings: &mut Findings| {
            let entry = read::user(
                &node,
                &firm.rulebook,
                &mut DecodeContext { source, findings },
            );
            let name = entry.and_then(|entry| {
                let words = self.assembler.packed(&entry, findings);
                let is_it = firm.roster.is(user, &entry.id.value, words);
                is_it.then(|| entry.name.map(|name| name.into_owned()))
            });
            found.push(name.map(|name| (node, name)));
        };
        read::users(source, &self.limits, &mut findings, &mut on_user)?;
        match (found.pop(), found.is_empty() && !findings.has_errors()) {
            (Some(only), true) => only,
            _ => None,
        }
    }

    /// Whether the quick reader sees the user after the alterations, in all of the entry.
    fn is_usual(
        &mut self,
        user: u32,
        framed: &Source,
        (head, tail): &Frame,
        layout: ItemLayout,
    ) -> bool {
        let mut only = SingleUserVisitor {
            firm: self.after,
            user,
            assembler: &mut self.assembler,
            places: Vec::new(),
        };
        let nobody = &mut |_| {};
        let mut watch = ProgressWatch::new(0, nobody);
        let rulebook = &self.after.rulebook;
        let is_read = quick::sweep(rulebook, framed.text(), &mut watch, &mut only).is_ok();
        let bytes = head.len()..framed.text().len() - tail.len();
        let is_all = |place: &UserPlace| place.bytes == bytes && place.layout == layout;
        is_read && matches!(only.places.as_slice(), [place] if is_all(place))
    }
}

/// Whether a new entry can take the place of an old one: it is not too long, and in lines it stands as far to the right and
/// ends its last line if the old one did.
fn fits(old: &str, new: &str, place: &UserPlace) -> bool {
    let indent = |text: &str| text.len() - text.trim_start_matches(' ').len();
    let ends = new.ends_with('\n') || !old.ends_with('\n');
    new.len() < old.len() + place.room
        && (place.layout != ItemLayout::Lines || ends && indent(new) == indent(old))
}

/// Notes where a user of a firm stands; nobody else may.
struct SingleUserVisitor<'a, 'r> {
    firm: &'a Firm,
    user: u32,
    assembler: &'a mut Assembler<'r>,
    places: Vec<UserPlace>,
}

impl UserVisitor for SingleUserVisitor<'_, '_> {
    fn take(&mut self, user: &UserEntry<'_>, stands: &UserPlace) -> Option<()> {
        let mut findings = Findings::new();
        let words = self.assembler.packed(user, &mut findings);
        let is_it = self.firm.roster.is(self.user, &user.id.value, words);
        self.places.push(stands.clone());
        (is_it && findings.is_empty()).then_some(())
    }
}
