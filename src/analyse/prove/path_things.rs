//! The groups and things at the end of a path, and what they are called.

use super::input::ProofThing;
use crate::link::product::{KindId, Product};

/// The groups and things at the end of a path.
#[derive(Debug, Clone, Default)]
pub(super) struct PathThings {
    /// The groups that changes name.
    pub(super) groups: Vec<u8>,
    /// All things, chain by chain, each before what it is part of.
    pub(super) things: Vec<(ProofThing, KindId)>,
}

/// A number behind all words but the first.
pub(super) fn numbered(word: &str, number: usize) -> String {
    match number {
        0 => word.to_owned(),
        _ => format!("{word}{}", number + 1),
    }
}

impl PathThings {
    /// The chains of a path up to the highest thing that an answer or a part is about.
    pub(super) fn of(
        product: &Product,
        groups: Vec<u8>,
        chains: &[(u8, KindId)],
        named: impl Iterator<Item = ProofThing> + Clone,
    ) -> Self {
        let chain = |(chain, kind): &(u8, KindId)| {
            let (chain, kind) = (*chain, *kind);
            let of_chain = named.clone().filter(move |thing| thing.chain == chain);
            let highest = of_chain.map(|thing| thing.above).max().unwrap_or_default();
            let all = (0..=highest).map(move |above| (ProofThing { chain, above }, kind));
            let all = all
                .filter_map(|(thing, kind)| Some((thing, product.kind_above(kind, thing.above)?)));
            all.collect::<Vec<_>>()
        };
        Self {
            groups,
            things: chains.iter().flat_map(chain).collect(),
        }
    }

    /// The id of a group that a change names.
    pub(super) fn group_id(&self, group: u8) -> String {
        let place = self.groups.iter().position(|one| *one == group);
        numbered("group", place.unwrap_or_default())
    }

    /// The id of a thing.
    pub(super) fn thing_id(&self, product: &Product, thing: ProofThing) -> String {
        let kind = self.things.iter().find(|(one, _)| *one == thing);
        let Some((_, kind)) = kind else {
            return String::new();
        };
        let mut same = self.things.iter().filter(|(_, of)| of == kind);
        let number = same.position(|(one, _)| *one == thing);
        let id = product.kind(*kind).map_or("", |kind| &kind.id);
        numbered(id, number.unwrap_or_default())
    }
}
