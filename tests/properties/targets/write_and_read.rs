//! A firm that is written reads as the same firm: as YAML, as JSON, laid out in any way that people lay out such files,
//! and with a change written into it.

use clio_rules::{Firm, Verdict};

use super::choices::Choices;
use super::firm::{BUILTIN, reads_as, reads_back};
use super::page::Page;
use super::{asking, people};

/// Choices: a firm, how its file is laid out, and a change in it.
pub fn holds(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let Some(firm) = people::firm(&BUILTIN, &mut choices) else {
        return;
    };
    let products = asking::catalogue(&BUILTIN);
    let reading = choices
        .pick(&products)
        .readings
        .first()
        .filter(|_| choices.flag());
    let chosen = match reading {
        Some(reading) => firm
            .with_reading(None, &reading.id, choices.flag())
            .expect("it is declared"),
        None => firm.clone(),
    };
    reads_back(&chosen);
    let page = Page::of(&firm, &mut choices);
    reads_as(&page.text, &firm);
}

/// A change that is accepted and alters something; none where the choices have none.
pub fn accepted(firm: &Firm, choices: &mut Choices<'_>) -> Option<Verdict> {
    let products = asking::catalogue(&BUILTIN);
    while !choices.is_over() {
        let verdict =
            asking::change(firm, &products, choices).and_then(|change| firm.judge(&change).ok());
        if let Some(verdict) = verdict.filter(|verdict| !verdict.altered.is_empty()) {
            return Some(verdict);
        }
    }
    None
}
