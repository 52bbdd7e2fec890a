//! Kinds of things of a made rulebook: what is known of each, and how people stand to it.

use super::book::Book;
use super::maker::Maker;
use crate::model::{Setting, Word};

/// A kind of thing.
#[derive(Debug, Clone)]
pub(crate) struct ThingKind {
    pub(crate) id: Word,
    /// The kind that each is part of: an earlier one, or the same.
    pub(crate) part_of: Option<Word>,
    /// Of a kind that is part of itself: how many there may be above one.
    pub(crate) depth: usize,
    pub(crate) properties: Vec<Setting>,
    pub(crate) lists: Vec<ThingList>,
    /// Facts that follow from a list, for actions on things of this kind.
    pub(crate) taken: Vec<TakenFact>,
}

/// A list of people that each thing of a kind has.
#[derive(Debug, Clone)]
pub(crate) struct ThingList {
    pub(crate) id: Word,
    /// Earlier lists of the same kind.
    pub(crate) brings: Vec<Word>,
    /// Whether it has one entry at most.
    pub(crate) is_single: bool,
    /// Whether everyone stands on it where the firm file is silent.
    pub(crate) is_open: bool,
}

/// A fact that follows from a list of a thing.
#[derive(Debug, Clone)]
pub(crate) struct TakenFact {
    pub(crate) fact: Setting,
    /// The list as conditions name it.
    pub(crate) list: String,
    /// Where the firm file is silent about the list, for whoever stands on it, and for everybody else.
    pub(crate) words: [Word; 3],
    pub(crate) default: Option<Word>,
}

impl Book {
    /// A thing of a kind and those above it that rules can read, each by its name and kind.
    pub(crate) fn chain(&self, kind: &str, name: &str) -> Vec<(String, &ThingKind)> {
        let of = |id: &str| self.kinds.iter().find(|kind| *kind.id == *id);
        let mut chain: Vec<(String, &ThingKind)> = Vec::new();
        let mut next = of(kind).map(|kind| (name.to_owned(), kind));
        while let Some((name, kind)) = next {
            chain.push((name.clone(), kind));
            let alike = chain.iter().filter(|(_, one)| one.id == kind.id).count();
            let whole = kind.part_of.as_ref().and_then(|whole| of(whole));
            let whole = whole.filter(|whole| whole.id != kind.id || alike <= kind.depth);
            next = whole.map(|whole| (format!("{name}.{}", whole.id), whole));
        }
        chain
    }
}

impl Book {
    /// The values of something that is known of things of a kind, by the name that conditions have for it.
    pub(crate) fn values_of(&self, kind: &str, name: &str) -> Vec<Word> {
        let taken = self.kinds.iter().flat_map(|kind| &kind.taken);
        let taken = taken.map(|taken| (taken.fact.id.to_string(), &taken.fact.values));
        let mut known: Vec<(String, &Vec<Word>)> = taken.collect();
        let chain = self.chain(kind, kind);
        for (name, kind) in &chain {
            let properties = kind.properties.iter();
            known.extend(properties.map(|one| (format!("{name}.{}", one.id), &one.values)));
        }
        let values = known.into_iter().find(|(known, _)| known == name);
        // What is neither is a list.
        let flags = || ["false", "true"].map(Word::from).to_vec();
        values.map_or_else(flags, |(_, values)| values.clone())
    }
}

impl Maker {
    /// Adds a kind of thing.
    pub(super) fn kind(&mut self) {
        let number = self.book.kinds.len();
        let id = Word::from(format!("kind_{number}"));
        let part_of = match self.rng.u8(..3) {
            0 => Some(id.clone()),
            1 => self.book.kinds.last().map(|kind| kind.id.clone()),
            _ => None,
        };
        let properties = (0..self.rng.usize(0..=2)).map(|n| self.valued("state", n));
        let properties = properties.collect();
        let mut lists: Vec<ThingList> = Vec::new();
        for number in 0..self.rng.usize(1..=3) {
            let earlier = lists.iter().map(|list| list.id.clone());
            let brings = earlier.filter(|_| self.rng.u8(..3) == 0).collect();
            lists.push(ThingList {
                id: format!("list_{number}").into(),
                brings,
                is_single: self.rng.u8(..4) == 0,
                is_open: self.rng.u8(..3) == 0,
            });
        }
        self.book.kinds.push(ThingKind {
            id,
            part_of,
            depth: self.rng.usize(1..=2),
            properties,
            lists,
            taken: Vec::new(),
        });
        if self.rng.bool() {
            self.taken(number);
        }
    }

    /// Adds a fact that follows from a list of a kind, or of what its things are part of.
    fn taken(&mut self, kind: usize) {
        let id = self.book.kinds[kind].id.clone();
        let lists = self
            .book
            .chain(&id, &id)
            .into_iter()
            .flat_map(|(name, kind)| {
                let lists = kind.lists.iter();
                lists.map(move |list| format!("{name}.{}", list.id))
            });
        let mut lists: Vec<String> = lists.collect();
        let list = lists.swap_remove(self.rng.usize(..lists.len()));
        let fact = self.valued("taken", kind);
        let words = [(); 3].map(|()| self.one_of(&fact.values));
        let default = self.rng.bool().then(|| self.one_of(&fact.values));
        self.book.kinds[kind].taken.push(TakenFact {
            fact,
            list,
            words,
            default,
        });
    }

    fn one_of(&mut self, words: &[Word]) -> Word {
        words[self.rng.usize(..words.len())].clone()
    }
}
