//! Groups and things of a firm file: names to numbers, and every mistake reported.

use std::sync::Arc;

use super::declarer::ThingDeclarer;
use super::firm_text::FirmText;
use super::kind::KindDeclarer;
use super::rows::{RowsBeside, ThingRows};
use super::thing_file;
use crate::finding::Findings;
use crate::firm::Firm;
use crate::firm::things::FirmThings;

/// The firm with the groups and things that its file declares; mistakes are reported.
pub(super) fn declare(
    mut firm: Firm,
    rows: &RowsBeside<'_>,
    text: FirmText<'_>,
    findings: &mut Findings,
) -> Firm {
    if rows.groups.is_none() && rows.things.is_none() {
        return firm;
    }
    let ends = std::mem::take(Arc::make_mut(&mut firm.ends));
    let mut declarer = ThingDeclarer::new(&firm, text.source, ends, findings);
    let mut all = FirmThings::of(declarer.groups_of(rows.groups.as_deref().unwrap_or_default()));
    for row in rows.things.iter().flatten() {
        let Some(mut kind) = KindDeclarer::new(&mut declarer, &row.kind, &mut all) else {
            continue;
        };
        match &row.things {
            ThingRows::Listed(things) => {
                things.iter().all(|thing| kind.add(thing));
            }
            ThingRows::File(name) => thing_file::read(name, text, &mut kind),
        }
        declarer.leave_file(text.source);
    }
    declarer.settle_wholes(&mut all);
    let ends = declarer.ends;
    firm.with_ends(ends).with_things(all)
}

#[cfg(test)]
mod tests;
