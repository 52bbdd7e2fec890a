//! Edits the entries of users apart from the rest of their file.
//!
//! The quick reader reads a usual file entry by entry. So an entry can be tried in a small file: if it reads as its user there
//! and covers just its own bytes, it does so in its own file as well, as long as it keeps its indentation and its end.
//! The quick reader also loads the written file. An entry that it does not accept is left to the close reader, which reads
//! the whole file again. Starting to read takes longer than reading one entry, so many entries are read together.

use std::ops::Range;

use super::quick::{self, UserPlace, UserVisitor};
use super::read;
use super::watch::ProgressWatch;
use crate::finding::Findings;
use crate::firm::assemble::{Assembler, UserEntry};
use crate::firm::{Alteration, Firm};
use crate::limits::Limits;
use crate::text::{Source, Span};
use crate::yaml::{self, ItemLayout, Node, NodeContent, TextEdit};

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
}

/// What stands around the entries of a small firm file.
struct Frame {
    head: String,
    between: &'static str,
    tail: &'static str,
}

/// A small firm file, and the bytes of each of its entries.
struct Framed {
    text: String,
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
            assembler: Assembler::new(&before.rulebook, before.day(), None),
        }
    }

    /// Edits that alter the users of entries. The entries are in the order of the file. There are no edits if the quick reader
    /// would not read an edited entry, or not as its user after the alterations.
    pub(super) fn edits(&mut self, entries: &[EntryToEdit<'_>]) -> Option<Vec<TextEdit>> {
        let layout = entries.first()?.place.layout;
        let frame = Frame::new(layout, self.ending);
        let altered: Vec<AlteredEntry> = entries
            .iter()
            .map(|entry| self.altered(&frame, entry))
            .collect::<Option<_>>()?;
        let framed = Self::framed(&frame, altered.iter().map(|altered| &*altered.text));
        let names = altered.iter().map(|altered| altered.name.as_deref());
        let is_same = self.is_usual(entries, names, &framed, layout);
        let edit = |(entry, new): (&EntryToEdit<'_>, AlteredEntry)| {
            let bytes = &entry.place.bytes;
            TextEdit::replace(Span::new(bytes.start, bytes.end), new.text)
        };
        is_same.then(|| entries.iter().zip(altered).map(edit).collect())
    }

    /// A firm file with these entries alone.
    fn framed<'t>(frame: &Frame, texts: impl Iterator<Item = &'t str>) -> Framed {
        let mut text = frame.head.clone();
        let mut entries = Vec::new();
        for entry in texts {
            if !entries.is_empty() {
                text.push_str(frame.between);
            }
            let start = text.len();
            text.push_str(entry);
            entries.push(start..text.len());
        }
        text.push_str(frame.tail);
        Framed { text, entries }
    }

    /// The entry after alterations of its user, edited in a small file of its own. The quick reader found it, so the same
    /// reader can make nodes of it.
    fn altered(&self, frame: &Frame, entry: &EntryToEdit<'_>) -> Option<AlteredEntry> {
        let old = self.source.text().get(entry.place.bytes.clone())?;
        let text = [&*frame.head, old, frame.tail].concat();
        let alone = Source::new(self.source.name(), text);
        let node = &only_user(alone.text(), self.before.rulebook.limits())?;
        let edits = (self.after).user_edits(&alone, node, entry.user, entry.alterations)?;
        let text = yaml::apply(alone.text(), edits)?;
        let new = text.strip_prefix(&*frame.head)?.strip_suffix(frame.tail)?;
        fits(old, new, entry.place).then(|| AlteredEntry {
            text: new.to_owned(),
            name: node.get("name").and_then(Node::as_text).map(str::to_owned),
        })
    }

    /// Whether the quick reader sees the users after the alterations, each in all of its bytes and with its name.
    fn is_usual<'n>(
        &mut self,
        entries: &[EntryToEdit<'_>],
        names: impl Iterator<Item = Option<&'n str>>,
        framed: &Framed,
        layout: ItemLayout,
    ) -> bool {
        let mut these = These {
            firm: self.after,
            layout,
            assembler: &mut self.assembler,
            wanted: entries.iter().zip(&framed.entries).zip(names),
        };
        let nobody = &mut |_| {};
        let mut watch = ProgressWatch::new(0, nobody);
        let rulebook = &self.after.rulebook;
        let is_read = quick::sweep(rulebook, &framed.text, &mut watch, &mut these).is_ok();
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

/// The node of the one user of a small firm file.
fn only_user(text: &str, limits: &Limits) -> Option<Node> {
    let root = yaml::read_usual(text, limits)?;
    match &root.get(read::USERS)?.content {
        NodeContent::List(list) if list.items.len() == 1 => list.items.first().cloned(),
        _ => None,
    }
}

/// Where the id of a user is written, in the file that has their entry at this place.
pub(super) fn id_span(source: &Source, place: &UserPlace, limits: &Limits) -> Option<Span> {
    let frame = Frame::new(place.layout, "\n");
    let entry = source.text().get(place.bytes.clone())?;
    let text = [&*frame.head, entry, frame.tail].concat();
    let span = only_user(&text, limits)?.get("id")?.span;
    let moved = |at: u32| (at as usize + place.bytes.start).checked_sub(frame.head.len());
    Some(Span::new(moved(span.start)?, moved(span.end)?))
}

/// Whether a new entry can take the place of an old one: it is not too long, and in lines it stands as far to the right and
/// ends its last line if the old one did.
fn fits(old: &str, new: &str, place: &UserPlace) -> bool {
    let indent = |text: &str| text.len() - text.trim_start_matches(' ').len();
    let ends = new.ends_with('\n') || !old.ends_with('\n');
    new.len() < old.len() + place.room
        && (place.layout != ItemLayout::Lines || ends && indent(new) == indent(old))
}

/// Compares users with the wanted ones of a firm, each in its bytes. Nobody else may come.
struct These<'a, 'r, W> {
    firm: &'a Firm,
    layout: ItemLayout,
    assembler: &'a mut Assembler<'r>,
    wanted: W,
}

impl<'e, 'n, W> UserVisitor for These<'_, '_, W>
where
    W: Iterator<Item = ((&'e EntryToEdit<'e>, &'e Range<usize>), Option<&'n str>)>,
{
    fn take(&mut self, user: &UserEntry<'_>, stands: &UserPlace) -> Option<()> {
        let ((wanted, bytes), name) = self.wanted.next()?;
        let mut findings = Findings::new();
        let words = self.assembler.packed(user, &mut findings);
        let is_it = self.firm.roster.is(wanted.user, &user.id.value, words)
            && self.assembler.ends_as(self.firm, wanted.user)
            && user.name.as_deref() == name
            && stands.bytes == *bytes
            && stands.layout == self.layout;
        (is_it && findings.is_empty()).then_some(())
    }
}
