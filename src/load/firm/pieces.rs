//! The pieces of a usual firm file, in parts of bounded length.

use std::borrow::Cow;
use std::collections::HashSet;

use super::rows::{KindRow, PartRow, ThingRow, ThingRows};
use crate::firm::assemble::{NamedEntry, SpannedStr};
use crate::limits::Limits;
use crate::text::Spanned;
use crate::yaml::{Node, Piece, QuickReader};

/// Reads a text piece by piece. Every method returns `None` where the text is wrong or unusual, or a part of it too long.
pub(super) struct BoundedPieces<'t> {
    pub(super) quick: QuickReader<'t>,
    /// Bytes of one part, at most.
    pub(super) longest: usize,
    /// Where the part at hand starts.
    start: usize,
}

/// Keeps a part, unless there was one before.
pub(super) fn first<T>(place: &mut Option<T>, part: T) -> Option<()> {
    place.replace(part).is_none().then_some(())
}

impl<'t> BoundedPieces<'t> {
    pub(super) fn new(text: &'t str, limits: &Limits) -> Option<Self> {
        Some(Self {
            quick: QuickReader::new(text, limits)?,
            // The other reader counts events, of which there are fewer than bytes.
            longest: limits.events_per_user.min(limits.events) / 2,
            start: 0,
        })
    }

    /// Begins another part.
    pub(super) fn begin(&mut self) {
        self.start = self.quick.at();
    }

    /// How many bytes longer the part at hand may be.
    pub(super) fn room(&self) -> usize {
        self.longest - (self.quick.at() - self.start)
    }

    /// The next piece. There is none if the part at hand becomes too long.
    pub(super) fn piece(&mut self) -> Option<Piece<'t>> {
        let piece = self.quick.next()?;
        (self.quick.at() - self.start < self.longest).then_some(piece)
    }

    pub(super) fn next_is(&mut self, piece: &Piece<'t>) -> Option<()> {
        (self.piece()? == *piece).then_some(())
    }

    /// The next key of a map. At the end of the map it is `Some(None)`.
    pub(super) fn key(&mut self) -> Option<Option<&'t str>> {
        match self.piece()? {
            Piece::Text(Cow::Borrowed(key), _) => Some(Some(key)),
            Piece::End => Some(None),
            _ => None,
        }
    }

    pub(super) fn text(&mut self) -> Option<Cow<'t, str>> {
        match self.piece()? {
            Piece::Text(text, _) => Some(text),
            _ => None,
        }
    }

    pub(super) fn flag(&mut self) -> Option<bool> {
        match self.piece()? {
            Piece::Text(Cow::Borrowed("true"), true) => Some(true),
            Piece::Text(Cow::Borrowed("false"), true) => Some(false),
            _ => None,
        }
    }

    /// The next whole value.
    pub(super) fn node(&mut self) -> Option<Node> {
        let node = self.quick.node(self.longest)?;
        (self.quick.at() - self.start < self.longest).then_some(node)
    }

    fn spanned(&mut self) -> Option<SpannedStr<'t>> {
        let text = self.text()?;
        Some(Spanned::new(text, self.quick.span()))
    }

    fn key_here(&self, key: &'t str) -> SpannedStr<'t> {
        Spanned::new(Cow::Borrowed(key), self.quick.span())
    }

    /// A name that stands on its list until a day. The map is open.
    pub(super) fn ending(&mut self) -> Option<NamedEntry<'t>> {
        let (mut name, mut until) = (None, None);
        while let Some(key) = self.key()? {
            match key {
                "id" => first(&mut name, self.spanned()?)?,
                "until" => {
                    let day = self.spanned()?;
                    first(&mut until, Spanned::new(day.value.parse().ok()?, day.span))?;
                }
                _ => return None,
            }
        }
        Some(NamedEntry {
            name: name?,
            until: Some(until?),
        })
    }

    /// One name, or a list of names. Each begins a part.
    fn names(&mut self) -> Option<Vec<NamedEntry<'t>>> {
        match self.piece()? {
            Piece::Text(name, _) => Some(vec![self.unending(name)]),
            Piece::MapStart => Some(vec![self.ending()?]),
            Piece::ListStart => {
                let mut names = Vec::new();
                loop {
                    self.begin();
                    names.push(match self.piece()? {
                        Piece::Text(name, _) => self.unending(name),
                        Piece::MapStart => self.ending()?,
                        Piece::End => return Some(names),
                        Piece::ListStart => return None,
                    });
                }
            }
            Piece::End => None,
        }
    }

    fn unending(&self, name: Cow<'t, str>) -> NamedEntry<'t> {
        NamedEntry {
            name: Spanned::new(name, self.quick.span()),
            until: None,
        }
    }

    /// All groups of a firm.
    pub(super) fn groups(&mut self) -> Option<Vec<PartRow<'t>>> {
        let mut known = HashSet::new();
        let mut groups = Vec::new();
        self.next_is(&Piece::MapStart)?;
        loop {
            self.begin();
            let Some(id) = self.key()? else {
                return Some(groups);
            };
            let key = self.key_here(id);
            known.insert(id).then_some(())?;
            let names = self.names()?;
            groups.push(PartRow { key, names });
        }
    }

    /// All things of a firm, by kind.
    pub(super) fn kinds(&mut self) -> Option<Vec<KindRow<'t>>> {
        let mut kinds: Vec<KindRow<'t>> = Vec::new();
        self.next_is(&Piece::MapStart)?;
        loop {
            self.begin();
            let Some(kind) = self.key()? else {
                return Some(kinds);
            };
            let kind = self.key_here(kind);
            if kinds.iter().any(|known| known.kind.value == kind.value) {
                return None;
            }
            let things = match self.piece()? {
                Piece::ListStart => {
                    let mut things = Vec::new();
                    while let Some(thing) = self.item()? {
                        things.push(thing);
                    }
                    ThingRows::Listed(things)
                }
                Piece::MapStart => {
                    let is_file = self.key()? == Some("file");
                    let file = self.spanned().filter(|_| is_file)?;
                    self.next_is(&Piece::End)?;
                    ThingRows::File(file)
                }
                Piece::Text(..) | Piece::End => return None,
            };
            kinds.push(KindRow { kind, things });
        }
    }

    /// The next thing of a list; at its end `Some(None)`.
    pub(super) fn item(&mut self) -> Option<Option<ThingRow<'t>>> {
        self.begin();
        match self.piece()? {
            Piece::MapStart => self.thing().map(Some),
            Piece::End => Some(None),
            Piece::Text(..) | Piece::ListStart => None,
        }
    }

    /// A thing whose map is open.
    pub(super) fn thing(&mut self) -> Option<ThingRow<'t>> {
        let (mut id, mut title) = (None, None);
        let mut parts: Vec<PartRow<'t>> = Vec::new();
        while let Some(key) = self.key()? {
            match key {
                "id" => first(&mut id, self.spanned()?)?,
                "title" => first(&mut title, self.spanned()?)?,
                _ => {
                    let key = self.key_here(key);
                    if parts.iter().any(|known| known.key.value == key.value) {
                        return None;
                    }
                    let names = self.names()?;
                    parts.push(PartRow { key, names });
                }
            }
        }
        Some(ThingRow {
            id: id?,
            title,
            parts,
        })
    }
}
