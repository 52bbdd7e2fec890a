//! What things are part of: a document of a matter, a folder of a folder.

use std::fmt::Display;

use super::declarer::ThingDeclarer;
use super::rows::WholeEntry;
use crate::finding::{Finding, firm as codes, names as unknown};
use crate::firm::things::FirmThings;
use crate::link::product::{KindId, ThingKind};

impl<'a> ThingDeclarer<'a> {
    /// Looks up what things are part of, once all things are known.
    pub(super) fn settle_wholes(&mut self, all: &mut FirmThings) {
        let wholes = std::mem::take(&mut self.wholes);
        for entry in &wholes {
            let above = all.of_kind(entry.part.product, entry.kind);
            match above.and_then(|above| above.find(&entry.id)) {
                Some(whole) => all.put_into(entry.part, entry.kind, whole),
                None => self.no_such_whole(entry, all),
            }
        }
        for entry in wholes.iter().filter(|entry| entry.kind == entry.part.kind) {
            self.is_not_too_deep(entry, all);
        }
    }

    fn kind(&self, product: usize, kind: KindId) -> Option<&'a ThingKind> {
        let compiled = self.firm.rulebook.product(product)?;
        compiled.product.kind(kind)
    }

    fn no_such_whole(&mut self, entry: &WholeEntry, all: &FirmThings) {
        let name = self
            .kind(entry.part.product, entry.kind)
            .map_or("?", |kind| &kind.id);
        let above = all.of_kind(entry.part.product, entry.kind);
        let ids = above.into_iter().flat_map(|above| above.ids());
        let place = Some(entry.source.place(entry.span));
        let finding = Finding::new(&unknown::UNKNOWN_THING, place, &[&entry.id, &name]);
        self.findings.push(finding.with_nearest(&entry.id, ids));
    }

    /// Reports a thing that is in itself, and one that is deeper in others of its kind than rules can read.
    fn is_not_too_deep(&mut self, entry: &WholeEntry, all: &FirmThings) {
        let part = entry.part;
        let kind = self.kind(part.product, part.kind);
        let things = all.of_kind(part.product, part.kind);
        let (Some(kind), Some(things)) = (kind, things) else {
            return;
        };
        let above = all.all_above(part);
        let (id, place) = (things.id(part.number), entry.source.place(entry.span));
        if above.contains(&part) {
            // One of each circle is enough.
            if above.iter().all(|other| other.number >= part.number) {
                let words: [&dyn Display; 2] = [&kind.id, &id];
                self.findings.report(&codes::THING_CIRCLE, place, &words);
            }
        } else if above.len() > usize::from(kind.depth) {
            let words: [&dyn Display; 4] = [&kind.id, &id, &above.len(), &kind.depth];
            self.findings.report(&codes::THING_TOO_DEEP, place, &words);
        }
    }
}
