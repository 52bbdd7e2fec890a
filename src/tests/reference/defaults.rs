//! Defaults that the reference gives as a value: a file that says so means what a file means that is silent.

use std::collections::BTreeSet;

use pretty_assertions::assert_eq;

use super::{keys, rule_file, rulebook};
use crate::{Firm, Question, Rulebook};

/// A key, where the reference has it, its default, another value, and a rule file in which `{}` stands for the key and its value.
struct KeyDefault {
    heading: &'static str,
    key: &'static str,
    default: &'static str,
    other: &'static str,
    file: &'static str,
}

const ACTIONS: &str = "\
actions:
  - group: All
    section: all
    basis: stated
    target: user
    actions:
      do_it:
        title: Do it
        rules:
          - { rule: one, allow: member{} }
          - { rule: two, allow: chief }
";

const HELD: &str = "\
actions: [{ group: All, section: all, basis: stated, allow: member, actions: { do_it: Do it } }]
changes:
  hand_over:
    title: Hand over
    section: all
    basis: stated
    allow: owner
    does: [{ take: owner, from: user }, { give: owner, to: target }]
";

const PROMISED: &str = "\
actions:
  - { group: All, section: all, basis: stated, target: user, allow: member, actions: { do_it: Do it } }
properties:
  one: { title: One, whoever: { can: do_it{} }, holds: member, basis: stated, section: all }
";

const KEPT: &str = "\
actions: [{ group: All, section: all, basis: stated, allow: member, actions: { do_it: Do it } }]
properties:
  one: { title: One, always: { role: chief, holders: at most one{} }, basis: stated, section: all }
";

/// All but that of people, which stands in a firm file.
const DEFAULTS: [KeyDefault; 4] = [
    KeyDefault {
        heading: "rules[]",
        key: "whom",
        default: "anyone",
        other: "others",
        file: ACTIONS,
    },
    KeyDefault {
        heading: "holders",
        key: "enabled",
        default: "false",
        other: "true",
        file: HELD,
    },
    KeyDefault {
        heading: "whoever, nobody",
        key: "on",
        default: "anyone",
        other: "self",
        file: PROMISED,
    },
    KeyDefault {
        heading: "always",
        key: "enabled",
        default: "false",
        other: "true",
        file: KEPT,
    },
];

impl KeyDefault {
    /// The rules where the key has this value, or is not there.
    fn rules(&self, value: Option<&str>) -> Rulebook {
        let said = value.map_or_else(String::new, |value| format!(", {}: {value}", self.key));
        let text = rule_file(&self.file.replace("{}", &said));
        let holders = format!("holders: {{ count: exactly one{said} }}, moves_by: hand_over");
        let owner = format!(
            "roles:\n  owner: {{ title: Owner, basis: stated, section: all, {holders} }}\n"
        );
        let text = if self.file.contains("owner") {
            text.replace("roles:\n", &owner)
        } else {
            text
        };
        Rulebook::from_texts([("rules.yaml", text.as_str())]).expect("it loads")
    }
}

/// Whether two rulebooks decide alike, say the same of holders, and promise the same.
fn are_alike(one: &Rulebook, other: &Rulebook) -> bool {
    let promised = |rulebook: &Rulebook| {
        let product = &rulebook.compiled()[0].product;
        let claims: Vec<_> = product
            .properties
            .iter()
            .map(|property| &property.claim)
            .collect();
        let holders = product.roles.iter().map(|role| role.holders.as_ref());
        let enabled: Vec<_> = holders
            .map(|holders| holders.map(|holders| holders.enabled))
            .collect();
        format!("{claims:?} {enabled:?}")
    };
    let difference = one.difference(other).expect("they can be compared");
    difference.equal && promised(one) == promised(other)
}

#[test]
fn a_default_that_is_written_down_changes_nothing() {
    for default in &DEFAULTS {
        let silent = default.rules(None);
        let (said, other) = (
            default.rules(Some(default.default)),
            default.rules(Some(default.other)),
        );
        assert!(are_alike(&silent, &said), "{}", default.key);
        assert!(
            !are_alike(&silent, &other),
            "{} makes no difference",
            default.key
        );
    }
}

#[test]
fn somebody_is_enabled_unless_the_firm_file_says_otherwise() {
    let rules = rulebook();
    let is_allowed = |enabled: &str| {
        let user = format!("{{ id: ann, some_product: {{ roles: [member] }}{enabled} }}");
        let text = format!("firm: Firm\nusers:\n  - {user}\n");
        let firm = Firm::from_text(&rules, "firm.yaml", &text).expect("it loads");
        firm.ask(&Question::new("ann", "do_it"))
            .expect("it can be asked")
            .is_allowed()
    };
    assert!(is_allowed("") && is_allowed(", enabled: true"));
    assert!(!is_allowed(", enabled: false"));
}

/// Every default that the reference gives as a value is tried above.
#[test]
fn every_default_is_tried() {
    let tried = DEFAULTS
        .iter()
        .map(|one| (one.heading, one.key, one.default));
    let tried: BTreeSet<_> = tried
        .chain([("users[]", "enabled", "true")])
        .map(|(heading, key, default)| (heading.to_owned(), key.to_owned(), default.to_owned()))
        .collect();
    assert_eq!(keys::defaults(), tried);
}
