//! A firm's own conflicts: what its policy keeps apart, beside the conflicts of the rules.

use std::sync::Arc;

use crate::finding::{Finding, Findings, firm as codes, names as unknown};
use crate::firm::Firm;
use crate::link::PropertyLinker;
use crate::read::rule_file::FirmConflictDeclaration;
use crate::text::Source;
use crate::yaml::KeyedEntries;

/// Conflicts by product, then by id.
pub(super) type ConflictEntries = KeyedEntries<KeyedEntries<FirmConflictDeclaration>>;

/// The firm with the conflicts that its file declares; mistakes are reported.
pub(super) fn declare(
    firm: Firm,
    entries: &ConflictEntries,
    source: &Arc<Source>,
    findings: &mut Findings,
) -> Firm {
    let mut own = Vec::new();
    let rulebook = firm.rulebook.clone();
    for (name, conflicts) in &entries.0 {
        let number = rulebook.product_number(&name.value);
        let known = number.and_then(|number| Some((number, rulebook.product(number)?)));
        let Some((number, compiled)) = known else {
            let place = Some(source.place(name.span));
            let finding = Finding::new(&unknown::UNKNOWN_PRODUCT, place, &[&name.value]);
            findings.push(finding.with_nearest(&name.value, rulebook.products()));
            continue;
        };
        let product = &compiled.product;
        for (id, entry) in &conflicts.0 {
            let mut of_rules = product.conflicts.iter();
            if of_rules.any(|known| *known.id == *id.value) {
                let place = source.place(id.span);
                findings.report(&codes::CONFLICT_TAKEN, place, &[&id.value, &product.title]);
            }
            let mut linker = PropertyLinker {
                product,
                source,
                findings,
            };
            linker.is_own_id(id, "a conflict");
            let conflict = linker.conflict(id, &entry.into());
            own.extend(conflict.map(|conflict| (number, conflict)));
        }
    }
    firm.with_conflicts(own)
}

#[cfg(test)]
mod tests;
