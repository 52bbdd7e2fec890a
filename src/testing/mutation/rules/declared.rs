//! Declarations of a product: roles, settings, readings, facts and levels.

use super::{DraftWriter, GONE, Operator, entries, items, texts};
use crate::yaml::{Node, NodeContent, remove_item};

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
    }

    fn role(&mut self, role: &Node) {
        if let Some(brings) = role.get("brings") {
            let all = items(Some(brings));
            for (number, one) in all.iter().enumerate() {
                if items(one.get("roles")).len() > 1 {
                    self.items_dropped(Operator::ImpliedDropped, one, "roles");
                }
                if all.len() > 1 {
                    let edits = remove_item(self.drafts.source, brings, number);
                    self.drafts
                        .add(Operator::ImpliedDropped, one.head(), GONE, edits);
                } else {
                    self.entry_dropped(Operator::ImpliedDropped, role, "brings");
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
        let Some(node) = declared.get("values") else {
            return;
        };
        let NodeContent::List(list) = &node.content else {
            return;
        };
        for (number, item) in list.items.iter().enumerate() {
            let is_default = item.as_text() == default.and_then(Node::as_text);
            if list.items.len() > 1 && !is_default {
                let edits = remove_item(self.drafts.source, node, number);
                self.drafts
                    .add(Operator::ValueDropped, item.span, GONE, edits);
            }
        }
    }
}
