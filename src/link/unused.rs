//! Declarations that nothing names.

use super::names::Linker;
use super::product::KindId;
use crate::finding::rules as codes;

impl Linker<'_> {
    pub(super) fn unused(&mut self) {
        self.functions_in_vain();
        let unused = self.product.sections.iter().zip(&self.sections_used);
        for (section, _) in unused.filter(|(_, used)| !**used) {
            self.findings.report(
                &codes::UNUSED_SECTION,
                section.place.clone(),
                &[&section.id],
            );
        }
        let mut refusals: Vec<_> = self
            .refusals
            .iter()
            .filter(|(_, refusal)| !refusal.used)
            .collect();
        refusals.sort_by_key(|(_, refusal)| refusal.place.span().start);
        for (id, refusal) in refusals {
            self.findings
                .report(&codes::UNUSED_REFUSAL, refusal.place.clone(), &[id]);
        }
    }

    /// Lists of values that nothing takes its values from, and kinds of things that no action is done to and no change is about, nor
    /// what is part of them.
    pub(super) fn unused_things(&mut self) {
        for (id, place) in std::mem::take(&mut self.values_unused) {
            self.findings.report(&codes::UNUSED_VALUES, place, &[&id]);
        }
        let actions = self.product.actions.iter();
        let changes = self.product.changes.iter();
        let mut used: Vec<KindId> = actions.filter_map(|action| action.on_thing).collect();
        used.extend(changes.filter_map(|change| change.kind));
        let mut next = 0;
        while let Some(kind) = used.get(next) {
            let whole = self.product.kind(*kind).and_then(|kind| kind.part_of);
            used.extend(whole.filter(|whole| !used.contains(whole)));
            next += 1;
        }
        for (number, kind) in self.product.kinds.iter().enumerate() {
            if !used.contains(&KindId::from(number)) {
                let place = kind.place.clone();
                self.findings
                    .report(&codes::UNUSED_KIND, place, &[&kind.id]);
            }
        }
    }
}
