//! Bytes → script: refused with findings that are sound, or loaded; and then its table answers as it does itself.

use clio_rules::direct::Direct;
use clio_rules::{Firm, Rulebook};

use super::choices::Choices;
use super::{asking, refusal};

const RECORDS: &str = include_str!("../../rulebooks/records/rules/records.yaml");
const RECORDS_SCRIPT: &str = include_str!("../../rulebooks/records/rules/records.rhai");
const RECORDS_FIRM: &str = include_str!("../../rulebooks/records/fixtures/firms/with_admins.yaml");
const MANAGE: &str = include_str!("../../../rules/manage.yaml");
const MANAGE_FIRM: &str = include_str!("../../../fixtures/firms/lindqvist.yaml");

/// Any text: as the script of a small rule file, as a condition in it, and as the script of a larger one where it has
/// that one's functions.
pub fn holds(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    agrees(
        &[("records.yaml", RECORDS), ("records.rhai", text)],
        RECORDS_FIRM,
        bytes,
    );
    let lines: String = text
        .lines()
        .map(|line| format!("          {line}\n"))
        .collect();
    let inline = RECORDS.replacen("when: may_write()\n", &format!("when: |\n{lines}"), 1);
    agrees(
        &[("records.yaml", &inline), ("records.rhai", RECORDS_SCRIPT)],
        RECORDS_FIRM,
        bytes,
    );
    if text.contains("firm_feed_is_visible") {
        agrees(
            &[("manage.yaml", MANAGE), ("manage.rhai", text)],
            MANAGE_FIRM,
            bytes,
        );
    }
}

fn agrees(texts: &[(&str, &str)], firm: &str, bytes: &[u8]) {
    let rulebook = match Rulebook::from_texts(texts.iter().copied()) {
        Ok(rulebook) => rulebook,
        Err(error) => return refusal::is_sound(error.findings()),
    };
    rulebook
        .warnings()
        .iter()
        .for_each(refusal::finding_is_sound);
    let direct = Direct::from_texts(texts.iter().copied()).expect("tables were made of it");
    let firm =
        Firm::from_text(&rulebook, "firm.yaml", firm).expect("no script changes who works there");
    asking::tables_and_scripts_agree(&firm, &direct, &mut Choices::new(bytes), 8);
    let products = asking::catalogue(&rulebook);
    for action in products.iter().flat_map(|product| &product.actions) {
        let values = action
            .facts
            .iter()
            .map(|fact| fact.values.len())
            .max()
            .unwrap_or(1);
        for value in 0..values {
            let mut question =
                clio_rules::Question::new(firm.users().next().unwrap_or_default(), &*action.id);
            if action.on_target {
                question = question.target(firm.users().last().unwrap_or_default());
            }
            for fact in &action.facts {
                question = question.fact(&*fact.id, &*fact.values[value % fact.values.len()]);
            }
            asking::answer_alike(&firm, &direct, &question);
        }
    }
}
