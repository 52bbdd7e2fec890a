//! Entries of users, edited apart from their file.
//!
//! A file that is written as usual is told entry by entry. So an entry that in a small file, among other entries of that
//! file, reads as its user and covers just its own bytes reads so in its file as well, as long as it ends where it ended
//! and stands as far to the right. To begin a reading takes longer than to read an entry, so many are read together.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::quick::{self, UserPlace, UserVisitor};
use super::read;
use super::watch::ProgressWatch;
use crate::finding::Findings;
use crate::firm::assemble::{Assembler, UserEntry};
use crate::firm::{Alteration, Firm};
use crate::limits::Limits;
use crate::text::{Source, Span};
use crate::yaml::{
    self, DecodeContext, ItemLayout, Node, NodeContent, QuickReader, TextEdit, decode_text,
};

/// The entry of a user in a file, and what is altered about them.
#[derive(Clone, Copy)]
pub(super) struct EntryToEdit<'a> {
    pub(super) user: u32,
    pub(super) place: &'a UserPlace,
    pub(super) alterations: &'a [Alteration],
}

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

/// What stands around the entries of a small firm file.
struct Frame {
    head: String,
    between: &'static str,
    tail: &'static str,
}

/// A small firm file, and the bytes of each of its entries.
struct Framed {
    source: Arc<Source>,
    entries: Vec<Range<usize>>,
}

/// An entry after alterations of its user, and the name of this one before them.
struct AlteredEntry {
    text: String,
    name: Option<String>,
}

impl<'a> EntryEditor<'a> {
    pub(super) fn new(
        before: &'a Firm,
        after: &'a Firm,
        source: &'a Source,
        ending: &'static str,
    ) -> Self {
        Self {
            before,
            after,
            source,
            ending,
            assembler: Assembler::new(&before.rulebook, None),
            // How many there are in the whole file is no matter where it is read as usual.
            limits: Limits {
                firm_events: usize::MAX,
                ..before.rulebook.limits().clone()
            },
        }
    }

    /// Edits that alter the users of entries, which are in the order of the file; none where an entry would not be read as
    /// usual and as its user after the alterations.
    pub(super) fn edits(&mut self, entries: &[EntryToEdit<'_>]) -> Option<Vec<TextEdit>> {
        let edits = self.together(entries);
        if edits.is_some() || entries.len() <= 1 {
            return edits;
        }
        // What is wrong may be no more than that they are too long together.
        let (left, right) = entries.split_at(entries.len() / 2);
        let mut edits = self.edits(left)?;
        edits.extend(self.edits(right)?);
        Some(edits)
    }

    /// The same, reading all entries at once.
    fn together(&mut self, entries: &[EntryToEdit<'_>]) -> Option<Vec<TextEdit>> {
        let layout = entries.first()?.place.layout;
        let frame = Frame::new(layout, self.ending);
        let altered = entries.iter().map(|entry| self.altered(&frame, entry));
        let altered: Vec<AlteredEntry> = altered.collect::<Option<_>>()?;
        let framed = self.framed(&frame, altered.iter().map(|altered| &*altered.text))?;
        let names = self.closely(entries, &framed)?;
        let old_names = altered.iter().map(|altered| &altered.name);
        let is_same = names.iter().eq(old_names) && self.is_usual(entries, &framed, layout);
        let edit = |(entry, new): (&EntryToEdit<'_>, AlteredEntry)| {
            let bytes = &entry.place.bytes;
            TextEdit::replace(Span::new(bytes.start, bytes.end), new.text)
        };
        is_same.then(|| entries.iter().zip(altered).map(edit).collect())
    }

    /// A firm file with these entries alone.
    fn framed<'t>(&self, frame: &Frame, entries: impl Iterator<Item = &'t str>) -> Option<Framed> {
        let mut text = frame.head.clone();
        let mut places = Vec::new();
        for entry in entries {
            if !places.is_empty() {
                text.push_str(frame.between);
            }
            let start = text.len();
            text.push_str(entry);
            places.push(start..text.len());
        }
        text.push_str(frame.tail);
        let limit = self.before.rulebook.limits().firm_bytes;
        let text = text.into_bytes();
        let source = decode_text(self.source.name(), text, limit, &mut Findings::new())?;
        Some(Framed {
            source,
            entries: places,
        })
    }

    /// The entry after alterations of its user, edited in a frame of its own. That it is written as usual is how it was found,
    /// so that the quick reader tells its nodes; both readers look at what becomes of it.
    fn altered(&self, frame: &Frame, entry: &EntryToEdit<'_>) -> Option<AlteredEntry> {
        let old = self.source.text().get(entry.place.bytes.clone())?;
        let text = [&*frame.head, old, frame.tail].concat();
        let alone = Source::new(self.source.name(), text);
        let limits = self.before.rulebook.limits();
        let root = QuickReader::new(alone.text(), limits)?.node()?;
        let node = match &root.get(read::USERS)?.content {
            NodeContent::List(list) => list.items.first().filter(|_| list.items.len() == 1)?,
            _ => return None,
        };
        let edits = (self.after).user_edits(&alone, node, entry.user, entry.alterations)?;
        let text = yaml::apply(alone.text(), edits)?;
        let new = text.strip_prefix(&*frame.head)?.strip_suffix(frame.tail)?;
        fits(old, new, entry.place).then(|| AlteredEntry {
            text: new.to_owned(),
            name: node.get("name").and_then(Node::as_text).map(str::to_owned),
        })
    }

    /// The names of the users of a small file, as the close reader sees them; none where they are not these users after the
    /// alterations, each in its own bytes.
    fn closely(
        &mut self,
        entries: &[EntryToEdit<'_>],
        framed: &Framed,
    ) -> Option<Vec<Option<String>>> {
        let (firm, source) = (self.after, &framed.source);
        let mut findings = Findings::new();
        let mut wanted = entries.iter().zip(&framed.entries);
        let mut names = Vec::with_capacity(entries.len());
        let mut on_user = |node: Node, findings: &mut Findings| {
            names.push(wanted.next().and_then(|(wanted, bytes)| {
                let entry = read::user(
                    &node,
                    &firm.rulebook,
                    &mut DecodeContext { source, findings },
                )?;
                let words = self.assembler.packed(&entry, findings);
                let is_it = firm.roster.is(wanted.user, &entry.id.value, words)
                    && bytes.start <= node.span.start as usize
                    && node.span.end as usize <= bytes.end;
                is_it.then(|| entry.name.map(Cow::into_owned))
            }));
        };
        read::users(source, &self.limits, &mut findings, &mut on_user)?;
        let is_whole = wanted.next().is_none() && !findings.has_errors();
        names
            .into_iter()
            .collect::<Option<_>>()
            .filter(|_| is_whole)
    }

    /// Whether the quick reader sees the users after the alterations, each in all of its bytes.
    fn is_usual(
        &mut self,
        entries: &[EntryToEdit<'_>],
        framed: &Framed,
        layout: ItemLayout,
    ) -> bool {
        let mut these = These {
            firm: self.after,
            layout,
            assembler: &mut self.assembler,
            wanted: entries.iter().zip(&framed.entries),
        };
        let nobody = &mut |_| {};
        let mut watch = ProgressWatch::new(0, nobody);
        let rulebook = &self.after.rulebook;
        let is_read = quick::sweep(rulebook, framed.source.text(), &mut watch, &mut these).is_ok();
        is_read && these.wanted.next().is_none()
    }
}

impl Frame {
    fn new(layout: ItemLayout, ending: &str) -> Self {
        let (head, between, tail) = match layout {
            ItemLayout::Lines => (format!("firm: One{ending}users:{ending}"), "", ""),
            ItemLayout::Brackets => (format!("firm: One{ending}users: ["), ", ", "]\n"),
            ItemLayout::Json => ("{\"firm\":\"One\",\"users\":[".to_owned(), ",", "]}"),
        };
        Self {
            head,
            between,
            tail,
        }
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

/// Compares users with those of a firm that are wanted, each in its bytes; nobody else may come.
struct These<'a, 'r, W> {
    firm: &'a Firm,
    layout: ItemLayout,
    assembler: &'a mut Assembler<'r>,
    wanted: W,
}

impl<'e, W> UserVisitor for These<'_, '_, W>
where
    W: Iterator<Item = (&'e EntryToEdit<'e>, &'e Range<usize>)>,
{
    fn take(&mut self, user: &UserEntry<'_>, stands: &UserPlace) -> Option<()> {
        let (wanted, bytes) = self.wanted.next()?;
        let mut findings = Findings::new();
        let words = self.assembler.packed(user, &mut findings);
        let is_it = self.firm.roster.is(wanted.user, &user.id.value, words)
            && stands.bytes == *bytes
            && stands.layout == self.layout;
        (is_it && findings.is_empty()).then_some(())
    }
}
