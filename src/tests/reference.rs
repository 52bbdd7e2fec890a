//! The reference of the rule language, `docs/rules.md`, against the program: every key that the readers know is in it and no other,
//! and so is every input, operator and limit. That its examples load is tested with the program itself.

mod defaults;
mod document;
mod keys;
mod links;
mod scopes;
mod shape;
mod words;

use crate::{Rulebook, SchemaKind};

/// Whose names stand for those that the author of a rule file chooses.
const CHOSEN: [(&str, &str); 6] = [
    ("some_product", "PRODUCT"),
    ("some_setting", "SETTING"),
    ("some_reading", "READING"),
    ("some_kind", "KIND"),
    ("some_property", "PROPERTY"),
    ("some_list", "LIST"),
];

/// A rule file whose actions, and whatever else is given, come last.
fn rule_file(rest: &str) -> String {
    const HEAD: &str = "\
product: some_product
title: Product
document: { title: Document, sections: { all: All of it } }
roles:
  member: { title: Member, basis: stated, section: all }
  chief: { title: Chief, basis: stated, section: all }
settings:
  some_setting: { title: Setting, values: [one, two], default: one, basis: stated, section: all }
readings:
  some_reading: { question: Is it so?, default: true, section: all }
things:
  some_kind:
    title: Kind
    part_of: some_kind
    properties: { some_property: { values: [one, two], default: one } }
    lists: { some_list: {} }
grounds:
  user_disabled: { because: Disabled, basis: stated, section: all }
  user_has_no_seat: { because: No seat, basis: stated, section: all }
  target_has_no_seat: { because: No seat, basis: stated, section: all }
";
    format!("{HEAD}{rest}")
}

/// Rules with one action, and the names above.
fn rulebook() -> Rulebook {
    let actions = "actions: [{ group: All, section: all, basis: stated, actions: { do: { title: Do, allow: member } } }]\n";
    let text = rule_file(&actions.replace("do:", "do_it:"));
    Rulebook::from_texts([("rules.yaml", text.as_str())]).expect("it loads")
}

/// The schema of a kind of file, in which chosen names stand in capitals.
fn schema(kind: SchemaKind) -> serde_json::Value {
    let mut text = rulebook().schema(kind).to_string();
    for (name, placeholder) in CHOSEN {
        text = text.replace(&format!("{name:?}"), &format!("{placeholder:?}"));
    }
    serde_json::from_str(&text).expect("it is JSON")
}
