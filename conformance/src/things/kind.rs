//! Kinds of things as the model knows them, and the facts by which a question can say what is known of one.

use clio_rules::ThingKindEntry;

use crate::asked::valued;
use crate::model::{Model, Setting, Word, words};

/// A kind of thing.
#[derive(Debug, Clone)]
pub(crate) struct ThingKind {
    pub(crate) id: Word,
    /// The kind of thing that it is part of.
    pub(crate) part_of: Option<Word>,
    pub(crate) properties: Vec<Setting>,
    pub(crate) lists: Vec<ThingList>,
}

/// How people stand to a thing. Nobody stands on a list of which a firm says nothing.
#[derive(Debug, Clone)]
pub(crate) struct ThingList {
    pub(crate) id: Word,
    /// Other lists on which whoever stands on this one stands as well.
    pub(crate) brings: Vec<Word>,
    pub(crate) holds_one: bool,
}

/// What a question can say about a thing, or about one that this is part of.
#[derive(Debug, Clone)]
pub(crate) struct ThingFact {
    /// As questions name it: `issue.repository.write`.
    pub(crate) id: Word,
    /// How far above the thing it is read.
    pub(crate) above: usize,
    /// The property or list there.
    pub(crate) part: Word,
    pub(crate) is_list: bool,
    pub(crate) values: Vec<Word>,
}

impl ThingList {
    pub(crate) fn new(id: &str) -> Self {
        Self {
            id: id.into(),
            brings: Vec::new(),
            holds_one: false,
        }
    }

    pub(crate) fn bringing<const N: usize>(id: &str, brings: [&str; N]) -> Self {
        Self {
            brings: words(brings),
            ..Self::new(id)
        }
    }

    pub(crate) fn of_one(id: &str) -> Self {
        Self {
            holds_one: true,
            ..Self::new(id)
        }
    }
}

impl ThingKind {
    /// What it declares, in words.
    pub(crate) fn names(&self) -> Vec<String> {
        let lists = self.lists.iter();
        let lists = lists.map(|list| listed(&self.id, &list.id, &list.brings, list.holds_one));
        let properties = self.properties.iter().map(|property| {
            let usual = property.values.first().map_or("", |value| value);
            of_property(&self.id, &property.id, &property.values, usual)
        });
        let kind = kind(&self.id, self.part_of.as_deref());
        properties.chain(lists).chain([kind]).collect()
    }

    /// Whether one list brings another, directly or through others.
    pub(crate) fn brings(&self, list: &str, brought: &str) -> bool {
        let list = self.lists.iter().find(|one| *one.id == *list);
        let brings = list.into_iter().flat_map(|list| &list.brings);
        let mut brings = brings.map(|one| &**one);
        brings.any(|one| one == brought || self.brings(one, brought))
    }
}

/// What rules declare of a kind, in the same words.
pub(crate) fn declared_names(declared: &ThingKindEntry) -> Vec<String> {
    let id = &declared.id;
    let lists = declared.lists.iter().map(|list| {
        let open = if list.is_open {
            ", open to everyone"
        } else {
            ""
        };
        listed(id, &list.id, &list.brings, list.holds_one) + open
    });
    let properties = declared.properties.iter();
    let properties = properties.map(|one| of_property(id, &one.id, &one.values, &one.default));
    let kind = kind(id, declared.part_of.as_deref());
    properties.chain(lists).chain([kind]).collect()
}

fn kind(id: &str, part_of: Option<&str>) -> String {
    format!("thing {id} part of {}", part_of.unwrap_or("nothing"))
}

fn of_property<S: AsRef<str> + Ord>(kind: &str, id: &str, values: &[S], usual: &str) -> String {
    valued(&format!("property of {kind}"), id, values) + ", usually " + usual
}

fn listed<S: AsRef<str> + Ord>(kind: &str, id: &str, brings: &[S], holds_one: bool) -> String {
    let holds = if holds_one { "one" } else { "many" };
    valued(&format!("list of {kind} for {holds}"), id, brings)
}

impl Model {
    /// The kind with this id.
    pub(crate) fn kind(&self, id: &str) -> Option<&ThingKind> {
        self.things.iter().find(|kind| *kind.id == *id)
    }

    /// A kind, what it is part of, what that is part of, and so on.
    pub(crate) fn upwards(&self, kind: &str) -> impl Iterator<Item = &ThingKind> {
        let next = |kind: &&ThingKind| self.kind(kind.part_of.as_ref()?);
        std::iter::successors(self.kind(kind), next)
    }
}

/// Everything that a question can say about a thing of a kind.
pub(crate) fn facts_of_kind(model: &Model, kind: &str) -> Vec<ThingFact> {
    let mut path = String::new();
    let mut facts = Vec::new();
    for (above, kind) in model.upwards(kind).enumerate() {
        path.push_str(&kind.id);
        path.push('.');
        let fact = |part: &Word, is_list, values: Vec<Word>| ThingFact {
            id: format!("{path}{part}").into(),
            above,
            part: part.clone(),
            is_list,
            values,
        };
        let properties = kind.properties.iter();
        facts.extend(properties.map(|one| fact(&one.id, false, one.values.clone())));
        let lists = kind.lists.iter();
        facts.extend(lists.map(|list| fact(&list.id, true, words(["false", "true"]))));
    }
    facts
}
