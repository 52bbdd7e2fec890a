//! Writing changes of things and groups into the file that has them: the firm file, or a file of things beside it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::FirmLoader;
use super::firm_text::FileInstead;
use super::thing_file::ThingFormat;
use super::thing_table;
use crate::finding::{Code, Findings, WriteError, disk as codes};
use crate::firm::ends::ListPlace;
use crate::firm::things::NumberedThing;
use crate::firm::{Firm, ThingAlteration};
use crate::link::product::ThingKind;
use crate::text::{Source, Span};
use crate::yaml::{self, Node, NodeContent, TextEdit};

/// The key of things in a firm file.
const THINGS: &str = "things";

/// The key of groups in a firm file.
const GROUPS: &str = "groups";

/// A file with things: the firm file where it has no name.
struct ThingsFile {
    name: Option<String>,
    path: PathBuf,
    source: Arc<Source>,
}

/// What is altered about one thing.
enum ThingEdit {
    /// A key gets these entries; it goes where there are none.
    Entries(String, Option<Vec<String>>, bool),
    /// A key gets a word.
    Word(String, String),
}

impl Firm {
    /// Writes alterations of things and groups into the file that this firm was read from, or the file of things beside it.
    pub(super) fn write_altered_things(
        &self,
        path: &Path,
        alterations: &[ThingAlteration],
    ) -> Result<(), WriteError> {
        let name = path.display().to_string();
        let _lock = self.locked(path)?;
        let source = self.source_at(path)?;
        let root = self.root_of(&source);
        let folder = path.parent().unwrap_or(Path::new(""));
        if !self.is_read_from(&source, folder, None) {
            return Self::write_failed(&codes::CHANGED_MEANWHILE, &[&name]);
        }
        let Some(root) = root else {
            return Self::write_failed(&codes::EDIT_FAILED, &[&name]);
        };
        let beside = match self.file_of(&root, alterations) {
            Ok(beside) => beside,
            Err(code) => return Self::write_failed(code, &[&name]),
        };
        let file = match beside {
            None => ThingsFile {
                name: None,
                path: path.to_owned(),
                source: Arc::clone(&source),
            },
            Some(beside) => ThingsFile {
                path: folder.join(&beside),
                source: self.source_at(&folder.join(&beside))?,
                name: Some(beside),
            },
        };
        let after = self.clone().with_altered_things(alterations);
        let edits = match &file.name {
            None => after.edits_of_root(&file.source, &root, alterations),
            Some(beside) => after.edits_beside(beside, &file.source, alterations),
        };
        let edited = edits.and_then(|edits| {
            let edits = yaml::sorted(edits);
            let text = yaml::pieces(file.source.text(), &edits)?.concat();
            let edited = Source::new(file.source.name(), text);
            let is_whole = match &file.name {
                None => after.is_read_from(&edited, folder, None),
                Some(beside) => after.is_read_from(&source, folder, Some((beside, &edited))),
            };
            is_whole.then_some(edits)
        });
        let shown = file.path.display().to_string();
        let Some(edits) = edited else {
            return Self::write_failed(&codes::EDIT_FAILED, &[&shown]);
        };
        self.replace(&file.path, &file.source, &edits)
    }

    /// Whether a text, with another one in place of a file beside it, reads as this firm.
    fn is_read_from(
        &self,
        source: &Arc<Source>,
        folder: &Path,
        instead: Option<(&String, &Arc<Source>)>,
    ) -> bool {
        let loader = FirmLoader::new(&self.rulebook).on_day_of(self.day());
        let mut text = loader.text(source, Some(folder));
        text.instead = instead.map(|(name, source)| FileInstead { name, source });
        let read = loader.of_text(text, &mut |_| {});
        read.is_ok_and(|read| read.is_as(self) && read.things == self.things)
    }

    fn root_of(&self, source: &Arc<Source>) -> Option<Node> {
        yaml::read_once(source, self.rulebook.limits(), &mut Findings::new())
    }

    /// The one file that has all that is altered: none for the firm file.
    fn file_of(
        &self,
        root: &Node,
        alterations: &[ThingAlteration],
    ) -> Result<Option<String>, &'static Code> {
        let things = root.get(THINGS);
        let of_kind = |thing: NumberedThing| {
            let kind = things?.get(&self.kind_of(thing)?.id)?;
            kind.get("file")?.as_text().map(str::to_owned)
        };
        let mut files = alterations.iter().map(|alteration| match alteration {
            ThingAlteration::Group { .. } => None,
            ThingAlteration::Property { thing, .. } => of_kind(*thing),
            ThingAlteration::List { list, .. } => of_kind(list.of_thing()),
        });
        let first = files.next().flatten();
        if files.any(|other| other != first) {
            return Err(&codes::SEVERAL_FILES);
        }
        Ok(first)
    }

    /// Edits of the firm file, after which it reads as this firm.
    fn edits_of_root(
        &self,
        source: &Source,
        root: &Node,
        alterations: &[ThingAlteration],
    ) -> Option<Vec<TextEdit>> {
        let mut edits = Vec::new();
        for alteration in alterations {
            match alteration {
                ThingAlteration::Group { group, .. } => {
                    let (id, entries) = self.group_shapes().nth(*group as usize)?;
                    let entries: Vec<String> = entries.iter().map(ToString::to_string).collect();
                    let entries: Vec<&str> = entries.iter().map(String::as_str).collect();
                    let groups = root.get(GROUPS)?;
                    edits.extend(yaml::set_list_entry(source, groups, id, &entries));
                }
                other => {
                    let (thing, edit) = self.thing_edit(other)?;
                    let kind = self.kind_of(thing)?;
                    let things = root.get(THINGS)?.get(&kind.id)?;
                    let node = item(things, self.thing_id(thing))?;
                    edits.extend(edit.of_node(source, node));
                }
            }
        }
        Some(edits)
    }

    /// Edits of a file of things, after which it reads as those of this firm.
    fn edits_beside(
        &self,
        name: &str,
        source: &Arc<Source>,
        alterations: &[ThingAlteration],
    ) -> Option<Vec<TextEdit>> {
        let format = ThingFormat::of(name)?;
        let root = match format {
            ThingFormat::List => Some(self.root_of(source)?),
            _ => None,
        };
        let mut edits = Vec::new();
        for alteration in alterations {
            let (thing, edit) = self.thing_edit(alteration)?;
            let id = self.thing_id(thing);
            match format {
                ThingFormat::List => {
                    let node = item(root.as_ref()?, id)?;
                    edits.extend(edit.of_node(source, node));
                }
                ThingFormat::Lines => edits.extend(self.edits_of_line(source, id, &edit)?),
                ThingFormat::Table => {
                    let (key, cell) = edit.as_cell();
                    edits.push(thing_table::set_cell(source, id, key, &cell)?);
                }
            }
        }
        Some(edits)
    }

    /// Edits of the line of a thing.
    fn edits_of_line(&self, source: &Source, id: &str, edit: &ThingEdit) -> Option<Vec<TextEdit>> {
        let mut start = 0;
        for line in source.text().split_inclusive('\n') {
            let at = start;
            start += line.len();
            // Few lines can be the one: those are read that have the id in them.
            if !line.contains(id) {
                continue;
            }
            let alone = Source::new(source.name(), line);
            let node = self.root_of(&alone)?;
            if node.get("id").and_then(Node::as_text) != Some(id) {
                continue;
            }
            let edits = edit.of_node(&alone, &node).into_iter();
            let moved = edits.map(|edit| {
                let [start, end] =
                    [edit.span.start, edit.span.end].map(|place| place as usize + at);
                TextEdit::replace(Span::new(start, end), edit.text)
            });
            return Some(moved.collect());
        }
        None
    }

    /// The thing of an alteration, and what of it is written.
    fn thing_edit(&self, alteration: &ThingAlteration) -> Option<(NumberedThing, ThingEdit)> {
        match alteration {
            ThingAlteration::Property {
                thing,
                property,
                to,
            } => {
                let kind = self.kind_of(*thing)?;
                let declared = kind.properties.get(*property)?;
                let product = &self.rulebook.product(thing.product)?.product;
                let word = product.fact(declared.fact)?.domain.word(*to).to_owned();
                Some((*thing, ThingEdit::Word(declared.id.to_string(), word)))
            }
            ThingAlteration::List { list, .. } => {
                let (thing, kind) = (list.of_thing(), self.kind_of(list.of_thing())?);
                let declared = kind.lists.get(list.list)?;
                let entries = self.entries_to_write(*list, kind)?;
                let key = declared.id.to_string();
                Some((thing, ThingEdit::Entries(key, entries, declared.is_single)))
            }
            ThingAlteration::Group { .. } => None,
        }
    }

    /// The entries of a list as they are written, with those whose time has ended; none where nobody says anything.
    fn entries_to_write(&self, list: ListPlace, kind: &ThingKind) -> Option<Option<Vec<String>>> {
        let shape = self.thing_shape(&[(list.product, list.kind)], list.thing);
        let id = &*kind.lists.get(list.list)?.id;
        let mut lists = shape.lists.into_iter();
        let entries = lists.find(|(name, _)| *name == id);
        let written = entries.map(|(_, entries)| entries.iter().map(ToString::to_string).collect());
        Some(written)
    }

    fn thing_id(&self, thing: NumberedThing) -> &str {
        let things = self.things.of_kind(thing.product, thing.kind);
        things.map_or("?", |things| things.id(thing.number))
    }
}

impl ThingEdit {
    /// Edits of the entry of a thing.
    fn of_node(&self, source: &Source, node: &Node) -> Vec<TextEdit> {
        match self {
            Self::Word(key, word) => yaml::set_entry(source, node, key, word),
            Self::Entries(key, None, _) => yaml::remove_entry(source, node, key),
            Self::Entries(key, Some(entries), is_single) => {
                let entries: Vec<&str> = entries.iter().map(String::as_str).collect();
                let is_text = node.get(key).is_none_or(|known| known.as_text().is_some());
                match entries.as_slice() {
                    [only] if *is_single && is_text => yaml::set_entry(source, node, key, only),
                    _ => yaml::set_list_entry(source, node, key, &entries),
                }
            }
        }
    }

    /// The column and the text of its cell in a table.
    fn as_cell(&self) -> (&str, String) {
        match self {
            Self::Word(key, word) => (key, word.clone()),
            Self::Entries(key, None, _) => (key, String::new()),
            Self::Entries(key, Some(entries), _) if entries.is_empty() => {
                (key, thing_table::NOBODY.to_owned())
            }
            Self::Entries(key, Some(entries), _) => (key, entries.join(";")),
        }
    }
}

/// The entry with this id in a list of things.
fn item<'n>(things: &'n Node, id: &str) -> Option<&'n Node> {
    let NodeContent::List(list) = &things.content else {
        return None;
    };
    let mut items = list.items.iter();
    items.find(|item| item.get("id").and_then(Node::as_text) == Some(id))
}

#[cfg(test)]
mod tests;
