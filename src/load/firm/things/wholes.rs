//! What things are part of: a document of a matter, a folder of a folder.

use std::fmt::Display;

use super::{KindOfProduct, ThingDeclarer, ThingEntry, kinds_named, whole_name};
use crate::finding::{Finding, firm as codes, names as unknown};
use crate::firm::things::{FirmThings, NumberedThing};
use crate::yaml::Text;

impl ThingDeclarer<'_> {
    /// Finds out what the things of a kind are part of.
    pub(super) fn wholes_of(&mut self, kind: &Text, things: &[ThingEntry], all: &mut FirmThings) {
        let rulebook = self.firm.rulebook.clone();
        for of in kinds_named(&rulebook, &kind.value) {
            let (product, _, id, declared) = of;
            let (Some(name), Some(whole)) = (whole_name(&of), declared.part_of) else {
                continue;
            };
            for thing in things {
                let part = thing.parts.iter().find(|(key, _)| key.value == name);
                let Some((_, words)) = part else { continue };
                let [word] = words.0.as_slice() else {
                    let span = words.0.get(1).map_or(thing.id.span, |second| second.span);
                    self.report(&codes::ONE_VALUE_WANTED, span, &[&name]);
                    continue;
                };
                let numbers = all
                    .of_kind(product, id)
                    .and_then(|of| of.find(&thing.id.value));
                let above = all.of_kind(product, whole);
                let Some(above_number) = above.and_then(|of| of.find(&word.value)) else {
                    let ids = above.into_iter().flat_map(|of| of.ids());
                    let place = Some(self.source.place(word.span));
                    let finding =
                        Finding::new(&unknown::UNKNOWN_THING, place, &[&word.value, &name]);
                    self.findings.push(finding.with_nearest(&word.value, ids));
                    continue;
                };
                if let Some(number) = numbers {
                    let part = NumberedThing {
                        product,
                        kind: id,
                        number,
                    };
                    all.put_into(part, whole, above_number);
                }
            }
            self.are_not_too_deep(of, things, all);
        }
    }

    /// Reports things that are in themselves, and those that are deeper in others of their kind than rules can read.
    fn are_not_too_deep(
        &mut self,
        (product, _, kind, declared): KindOfProduct<'_>,
        things: &[ThingEntry],
        all: &FirmThings,
    ) {
        if declared.part_of != Some(kind) {
            return;
        }
        for thing in things {
            let number = all
                .of_kind(product, kind)
                .and_then(|of| of.find(&thing.id.value));
            let Some(number) = number else { continue };
            let this = NumberedThing {
                product,
                kind,
                number,
            };
            let above = all.all_above(this);
            let id = &thing.id;
            let is_first = above.iter().all(|other| other.number >= number);
            if above.contains(&this) && !is_first {
                continue;
            }
            if above.contains(&this) {
                self.report(&codes::THING_CIRCLE, id.span, &[&declared.id, &id.value]);
            } else if above.len() > usize::from(declared.depth) {
                let words: [&dyn Display; 4] =
                    [&declared.id, &id.value, &above.len(), &declared.depth];
                self.report(&codes::THING_TOO_DEEP, id.span, &words);
            }
        }
    }
}
