//! Declarations of a product: roles, settings, readings, facts and levels.

use super::{DraftWriter, Operator, entries, items, texts};
use crate::yaml::Node;

impl DraftWriter<'_, '_> {
    pub(super) fn declared(&mut self, file: &Node) {
        for (_, role) in entries(file.get("roles")) {
            self.role(role);
        }
        for (_, setting) in entries(file.get("settings")) {
            self.values(setting);
        }
        for (_, reading) in entries(file.get("readings")) {
            self.flipped(Operator::DefaultFlipped, reading.get("default"));
        }
        self.entry_dropped(Operator::LevelsDropped, file, "seats");
        for (_, kind) in entries(file.get("things")) {
            self.kind_of_thing(kind);
        }
    }

    fn kind_of_thing(&mut self, kind: &Node) {
        for (_, property) in entries(kind.get("properties")) {
            self.values(property);
        }
        for (_, list) in entries(kind.get("lists")) {
            if let Some(default) = list.get("default") {
                self.swapped(Operator::DefaultFlipped, default, ["nobody", "everyone"]);
            }
            self.items_dropped(Operator::ImpliedDropped, list, "brings");
        }
    }

    fn role(&mut self, role: &Node) {
        if let Some(brings) = role.get("brings") {
            if items(Some(brings)).len() > 1 {
                self.each_dropped(Operator::ImpliedDropped, brings, |one| Some(one.head()));
            } else {
                self.entry_dropped(Operator::ImpliedDropped, role, "brings");
            }
            for one in items(Some(brings)) {
                if let Some(roles) = one.get("roles") {
                    self.each_dropped(Operator::ImpliedDropped, roles, |role| Some(role.span));
                }
                self.when(one, Operator::WhenDropped);
            }
        }
        self.entry_dropped(Operator::HoldersDropped, role, "holders");
        let holders = role.get("holders");
        self.flipped(
            Operator::HolderFreed,
            holders.and_then(|holders| holders.get("enabled")),
        );
        self.entry_dropped(Operator::MoverDropped, role, "moves_by");
    }

    /// The facts of a group or action.
    pub(super) fn facts(&mut self, map: &Node) {
        for (_, fact) in entries(map.get("facts")) {
            self.values(fact);
            self.entry_dropped(Operator::DefaultDropped, fact, "default");
            let values = texts(fact.get("values"));
            let words = ["open", "listed", "not_listed"];
            let words = words.map(|word| fact.get("from").and_then(|from| from.get(word)));
            for word in words.into_iter().flatten() {
                let others = values.iter().map(String::as_str);
                self.swapped(Operator::ValueSwapped, word, others);
            }
        }
    }

    /// The values of a setting or fact, and its default.
    fn values(&mut self, declared: &Node) {
        let values = texts(declared.get("values"));
        let default = declared.get("default");
        if let Some(default) = default {
            let others = values.iter().map(String::as_str);
            self.swapped(Operator::DefaultFlipped, default, others);
        }
        if let Some(values) = declared.get("values") {
            self.each_dropped(Operator::ValueDropped, values, |value| {
                let is_default = value.as_text() == default.and_then(Node::as_text);
                (!is_default).then_some(value.span)
            });
        }
    }
}
