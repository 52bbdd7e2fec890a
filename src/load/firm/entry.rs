//! Entries of users, edited apart from their file.
//!
//! A file that is written as usual is told entry by entry. So an entry that in a small file, among other entries of that
//! file, reads as its user and covers just its own bytes reads so in its file as well, as long as it ends where it ended
//! and stands as far to the right. To begin a reading takes longer than to read an entry, so many are read together.

use std::ops::Range;
use std::sync::Arc;

use super::quick::{self, OnUser, UserPlace};
use super::read;
use super::watch::Watch;
use crate::finding::Findings;
use crate::firm::assemble::{Assembler, UserEntry};
use crate::firm::{Alteration, Firm};
use crate::limits::Limits;
use crate::text::{Source, Span};
use crate::yaml::{self, Cx, Edit, ItemLayout, Node, decode_text};

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
    pub(super) fn edits(&mut self, entries: &[EntryToEdit<'_>]) -> Option<Vec<Edit>> {
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
    fn together(&mut self, entries: &[EntryToEdit<'_>]) -> Option<Vec<Edit>> {
        let layout = entries.first()?.place.layout;
        let frame = Frame::new(layout, self.ending);
        let text = self.source.text();
        let old = |entry: &EntryToEdit<'_>| text.get(entry.place.bytes.clone());
        let old: Vec<&str> = entries.iter().map(old).collect::<Option<_>>()?;
        let framed = self.framed(&frame, &old)?;
        let (after, name) = (self.after, self.source.name());
        let edit = |number: usize, mut node: Node| {
            let (entry, old) = (entries.get(number)?, old.get(number)?);
            node.move_left(framed.entries.get(number)?.start - frame.head.len());
            frame.altered(after, name, old, &node, entry)
        };
        let (new, names) = self.closely(self.before, entries, &framed, edit)?;
        let framed = self.framed(&frame, &new)?;
        let (_, new_names) = self.closely(self.after, entries, &framed, |_, _| Some(()))?;
        let is_same = names == new_names && self.is_usual(entries, &framed, layout);
        let edit = |(entry, new): (&EntryToEdit<'_>, String)| {
            let bytes = &entry.place.bytes;
            Edit::replace(Span::new(bytes.start, bytes.end), new)
        };
        is_same.then(|| entries.iter().zip(new).map(edit).collect())
    }

    /// A firm file with these entries alone.
    fn framed(&self, frame: &Frame, entries: &[impl AsRef<str>]) -> Option<Framed> {
        let mut text = frame.head.clone();
        let mut places = Vec::with_capacity(entries.len());
        for entry in entries {
            if !places.is_empty() {
                text.push_str(frame.between);
            }
            let start = text.len();
            text.push_str(entry.as_ref());
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

    /// What is made of the nodes of a small file's users, as the close reader sees them, and their names; none where they are
    /// not these users of the firm, each in its own bytes.
    fn closely<T>(
        &mut self,
        firm: &Firm,
        entries: &[EntryToEdit<'_>],
        framed: &Framed,
        make: impl Fn(usize, Node) -> Option<T>,
    ) -> Option<(Vec<T>, Vec<Option<String>>)> {
        let source = &framed.source;
        let mut findings = Findings::new();
        let mut wanted = entries.iter().zip(&framed.entries).enumerate();
        let mut found = Vec::with_capacity(entries.len());
        let mut on_user = |node: Node, findings: &mut Findings| {
            let user = wanted.next().and_then(|(number, (wanted, bytes))| {
                let entry = read::user(&node, &firm.rulebook, &mut Cx { source, findings })?;
                let words = self.assembler.packed(&entry, findings);
                let is_it = firm.roster.is(wanted.user, &entry.id.value, words)
                    && bytes.start <= node.span.start as usize
                    && node.span.end as usize <= bytes.end;
                let name = entry.name.map(|name| name.into_owned());
                let made = is_it.then(|| make(number, node))??;
                Some((made, name))
            });
            found.push(user);
        };
        read::users(source, &self.limits, &mut findings, &mut on_user)?;
        let is_whole = wanted.next().is_none() && !findings.has_errors();
        let found: Vec<(T, Option<String>)> = found.into_iter().collect::<Option<_>>()?;
        is_whole.then(|| found.into_iter().unzip())
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
        let mut watch = Watch::new(0, nobody);
        let rulebook = &self.after.rulebook;
        let is_read = quick::sweep(rulebook, framed.source.text(), &mut watch, &mut these).is_ok();
        is_read && these.wanted.next().is_none()
    }
}

impl Frame {
    /// The entry after alterations of its user. It is edited in a frame of its own that its node belongs to: there, to look for
    /// the ends of lines takes no longer where many entries stand in one.
    fn altered(
        &self,
        after: &Firm,
        name: &str,
        old: &str,
        node: &Node,
        entry: &EntryToEdit<'_>,
    ) -> Option<String> {
        let alone = Source::new(name, [&*self.head, old, self.tail].concat());
        let edits = after.user_edits(&alone, node, entry.user, entry.alterations)?;
        let text = yaml::apply(alone.text(), edits)?;
        let new = text.strip_prefix(&*self.head)?.strip_suffix(self.tail)?;
        fits(old, new, entry.place).then(|| new.to_owned())
    }

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

impl<'e, W> OnUser for These<'_, '_, W>
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
