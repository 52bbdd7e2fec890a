//! Groups and things as they are written, before names are known to exist.

use std::sync::Arc;

use super::list_entry::{ListEntry, owned};
use crate::firm::assemble::{NamedEntry, SpannedStr};
use crate::firm::things::NumberedThing;
use crate::link::product::KindId;
use crate::text::{Source, Span};
use crate::yaml::{
    Decode, DecodeContext, KeyedEntries, Node, NodeContent, OneOrMany, Text, record,
};

/// What a firm file says beside its users, apart from its name, its readings and its conflicts.
#[derive(Default)]
pub(super) struct RowsBeside<'t> {
    pub(super) groups: Option<Vec<PartRow<'t>>>,
    pub(super) things: Option<Vec<KindRow<'t>>>,
}

/// Names under a key: the members of a group, a list of a thing, or the value of a property.
#[derive(Debug, Clone)]
pub(super) struct PartRow<'t> {
    pub(super) key: SpannedStr<'t>,
    pub(super) names: Vec<NamedEntry<'t>>,
}

/// The things of a kind.
pub(super) struct KindRow<'t> {
    pub(super) kind: SpannedStr<'t>,
    pub(super) things: ThingRows<'t>,
}

/// Where the things of a kind are.
pub(super) enum ThingRows<'t> {
    /// In the firm file.
    Listed(Vec<ThingRow<'t>>),
    /// In a file of their own.
    File(SpannedStr<'t>),
}

/// One thing. Which parts it may have depends on its kind.
#[derive(Debug, Clone)]
pub(super) struct ThingRow<'t> {
    pub(super) id: SpannedStr<'t>,
    pub(super) title: Option<SpannedStr<'t>>,
    /// Its properties and lists.
    pub(super) parts: Vec<PartRow<'t>>,
}

/// What a thing is part of, by its id.
pub(super) struct WholeEntry {
    pub(super) part: NumberedThing,
    /// The kind of what it is part of.
    pub(super) kind: KindId,
    pub(super) id: String,
    pub(super) span: Span,
    pub(super) source: Arc<Source>,
}

/// The people and groups in each group, by its id.
pub(super) type GroupEntries = KeyedEntries<OneOrMany<ListEntry>>;

/// Things by kind.
pub(super) type ThingEntries = KeyedEntries<ThingSource>;

/// Things of a kind, or the file that they are in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ThingSource {
    Listed(Vec<ThingEntry>),
    File(ThingFile),
}

record! {
    /// Things in a file of their own.
    pub(crate) struct ThingFile {
        /// The file, from the folder of the firm file: YAML, JSON, JSON lines (`.jsonl`) or comma-separated values (`.csv`).
        file: Text,
    }
}

/// One thing, as it is written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ThingEntry {
    id: Text,
    title: Option<Text>,
    parts: Vec<(Text, OneOrMany<ListEntry>)>,
}

impl Decode for ThingSource {
    fn decode(node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self> {
        match &node.content {
            NodeContent::Map(_) => ThingFile::decode(node, cx).map(Self::File),
            // What is wrong with one thing is no reason to leave the others unread.
            NodeContent::List(list) => {
                let things = list.items.iter();
                let things = things.filter_map(|item| ThingEntry::decode(item, cx));
                Some(Self::Listed(things.collect()))
            }
            _ => Vec::decode(node, cx).map(Self::Listed),
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for ThingSource {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ThingSource".into()
    }

    /// The schema of a firm file has the kinds of its rulebook in place of this.
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        ThingFile::json_schema(generator)
    }
}

impl Decode for ThingEntry {
    fn decode(node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self> {
        let map = cx.map(node)?;
        let id: Option<Text> = cx.field(map, "id", node.head());
        let title: Option<Option<Text>> = cx.field(map, "title", node.head());
        let mut parts = Some(Vec::new());
        let others = map.entries.iter();
        for entry in others.filter(|entry| !matches!(entry.key.value.as_str(), "id" | "title")) {
            match (OneOrMany::decode(&entry.value, cx), &mut parts) {
                (Some(names), Some(parts)) => parts.push((entry.key.clone(), names)),
                _ => parts = None,
            }
        }
        Some(Self {
            id: id?,
            title: title?,
            parts: parts?,
        })
    }
}

impl RowsBeside<'static> {
    pub(super) fn of(groups: Option<GroupEntries>, things: Option<ThingEntries>) -> Self {
        let kind = |(kind, source)| KindRow {
            kind: owned(kind),
            things: match source {
                ThingSource::File(ThingFile { file, .. }) => ThingRows::File(owned(file)),
                ThingSource::Listed(things) => {
                    ThingRows::Listed(things.into_iter().map(ThingRow::from).collect())
                }
            },
        };
        let groups = groups.map(|groups| groups.0.into_iter().map(PartRow::from).collect());
        Self {
            groups,
            things: things.map(|things| things.0.into_iter().map(kind).collect()),
        }
    }
}

impl From<(Text, OneOrMany<ListEntry>)> for PartRow<'static> {
    fn from((key, names): (Text, OneOrMany<ListEntry>)) -> Self {
        Self {
            key: owned(key),
            names: names.0.into_iter().map(NamedEntry::from).collect(),
        }
    }
}

impl From<ListEntry> for NamedEntry<'static> {
    fn from(entry: ListEntry) -> Self {
        Self {
            name: owned(entry.id),
            until: entry.until,
        }
    }
}

impl From<ThingEntry> for ThingRow<'static> {
    fn from(entry: ThingEntry) -> Self {
        Self {
            id: owned(entry.id),
            title: entry.title.map(owned),
            parts: entry.parts.into_iter().map(PartRow::from).collect(),
        }
    }
}

impl ThingRow<'_> {
    /// Moves all places: the row was read in a part of its file that begins there.
    pub(super) fn moved(mut self, by: u32) -> Self {
        let moved = |span: &mut Span| {
            span.start += by;
            span.end += by;
        };
        moved(&mut self.id.span);
        self.title
            .iter_mut()
            .for_each(|title| moved(&mut title.span));
        for part in &mut self.parts {
            moved(&mut part.key.span);
            for entry in &mut part.names {
                moved(&mut entry.name.span);
                entry
                    .until
                    .iter_mut()
                    .for_each(|until| moved(&mut until.span));
            }
        }
        self
    }
}
