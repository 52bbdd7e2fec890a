//! The words of profiles of more than one word: each kind of profile of a product once.

use std::hash::BuildHasher;
use std::sync::Arc;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::overlay::{FEW, Overlay};
use crate::explore::layout::Word;

/// The words of all kinds of profile, one kind behind the other.
#[derive(Debug, Clone, Default)]
pub(super) struct ProfileWords {
    settled: Arc<Vec<Word>>,
    /// The words of kinds that changes have added, counted from the end of the others. They are found where they begin.
    added: Overlay<Arc<[Word]>>,
    /// How many words all of them have.
    len: usize,
}

/// What can grow in its place: nobody shares it, or it is so small that a copy costs little.
fn grown<T: Clone>(of: &mut Arc<T>, has_few: bool) -> Option<&mut T> {
    if has_few {
        Some(Arc::make_mut(of))
    } else {
        Arc::get_mut(of)
    }
}

impl ProfileWords {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The words of a profile that begins at a place and has so many.
    pub(super) fn at(&self, place: usize, stride: usize) -> &[Word] {
        match place.checked_sub(self.settled.len()) {
            None => self.settled.get(place..place + stride),
            Some(added) => self.added.get(added).map(|words| &**words),
        }
        .unwrap_or_default()
    }

    /// One word of a profile that begins at a place.
    #[inline]
    pub(super) fn word(&self, place: usize, word: u16) -> Option<Word> {
        let word = usize::from(word);
        match place.checked_sub(self.settled.len()) {
            None => self.settled.get(place + word).copied(),
            Some(added) => self.added.get(added)?.get(word).copied(),
        }
    }

    /// Adds a profile, and returns the place where it begins.
    fn push(&mut self, words: &[Word]) -> u32 {
        let place = self.len;
        self.len += words.len();
        match grown(&mut self.settled, place <= FEW) {
            Some(settled) if self.added.is_empty() => settled.extend_from_slice(words),
            _ => self.added.set(place - self.settled.len(), words.into()),
        }
        place as u32
    }

    /// Puts added kinds behind the others, and makes sure that nobody shares them. Places stay.
    fn settle(&mut self) {
        let settled = Arc::make_mut(&mut self.settled);
        let added = std::mem::take(&mut self.added);
        added
            .values()
            .for_each(|words| settled.extend_from_slice(words));
    }
}

/// Where the kinds of profile of each product begin.
#[derive(Debug, Clone)]
pub(super) struct ProfileKinds {
    words: ProfileWords,
    /// By product.
    products: Vec<KindPlaces>,
    hasher: DefaultHashBuilder,
}

/// Where the kinds of profile of one product begin, found by their words.
#[derive(Debug, Clone)]
struct KindPlaces {
    /// Words of one profile.
    stride: usize,
    settled: Arc<HashTable<u32>>,
    /// Those that changes have added, by some bits of their hash.
    added: Overlay<Arc<[u32]>>,
}

impl KindPlaces {
    /// Where a hash stands among those that were added.
    fn bucket(hash: u64) -> usize {
        const BITS: u32 = 22;
        (hash >> (u64::BITS - BITS)) as usize
    }

    fn find(&self, hash: u64, is_it: impl Fn(&u32) -> bool) -> Option<u32> {
        let settled = self.settled.find(hash, &is_it).copied();
        settled.or_else(|| {
            let mut added = self.added.get(Self::bucket(hash))?.iter();
            added.find(|place| is_it(place)).copied()
        })
    }

    fn add(&mut self, hash: u64, place: u32, hash_of: impl Fn(&u32) -> u64) {
        let has_few = self.settled.len() <= FEW;
        if let Some(settled) = grown(&mut self.settled, has_few) {
            settled.insert_unique(hash, place, hash_of);
            return;
        }
        let bucket = Self::bucket(hash);
        let known = self.added.get(bucket).into_iter();
        let places = known.flat_map(|known| known.iter()).copied();
        let places = places.chain([place]).collect();
        self.added.set(bucket, places);
    }

    /// Puts added kinds among the others, and makes sure that nobody shares them.
    fn settle(&mut self, hash_of: impl Fn(&u32) -> u64) {
        let settled = Arc::make_mut(&mut self.settled);
        let added = std::mem::take(&mut self.added);
        for place in added.values().flat_map(|places| places.iter()) {
            settled.insert_unique(hash_of(place), *place, &hash_of);
        }
    }
}

impl ProfileKinds {
    /// Of products whose profiles have so many words.
    pub(super) fn new(strides: impl Iterator<Item = usize>) -> Self {
        let products = strides.map(|stride| KindPlaces {
            stride,
            settled: Arc::default(),
            added: Overlay::default(),
        });
        Self {
            words: ProfileWords::default(),
            products: products.collect(),
            hasher: DefaultHashBuilder::default(),
        }
    }

    pub(super) fn words(&self) -> &ProfileWords {
        &self.words
    }

    pub(super) fn products(&self) -> usize {
        self.products.len()
    }

    /// Words of one profile of a product.
    pub(super) fn stride(&self, product: usize) -> usize {
        self.products.get(product).map_or(0, |kinds| kinds.stride)
    }

    /// Words of one profile of each product together.
    pub(super) fn stride_of_all(&self) -> usize {
        self.products.iter().map(|kinds| kinds.stride).sum()
    }

    /// The place of a kind of profile, which is added where it is new; none for no product, and where there is no room: there may
    /// be so many words.
    pub(super) fn place(&mut self, product: usize, words: &[Word], most: usize) -> Option<u32> {
        let Self {
            words: all,
            products,
            hasher,
        } = self;
        let kinds = products.get_mut(product)?;
        let stride = kinds.stride;
        let hash = hasher.hash_one(words);
        let known = kinds.find(hash, |place| all.at(*place as usize, stride) == words);
        if known.is_some() {
            return known;
        }
        most.checked_sub(all.len() + stride)?;
        let place = all.push(words);
        kinds.add(hash, place, |place| {
            hasher.hash_one(all.at(*place as usize, stride))
        });
        Some(place)
    }

    /// Puts added kinds among the others, so that many more can be added in place. Places stay.
    pub(super) fn settle(&mut self) {
        self.words.settle();
        let (words, hasher) = (&self.words, &self.hasher);
        for kinds in &mut self.products {
            let stride = kinds.stride;
            kinds.settle(|place| hasher.hash_one(words.at(*place as usize, stride)));
        }
    }
}
