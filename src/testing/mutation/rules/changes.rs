//! Changes, bulk changes and effects: their permissions, steps and consequences.

use super::{DraftWriter, GONE, Operator, entries, entry, items, texts};
use crate::yaml::{Node, NodeContent, TextEdit, indent, remove_entry};

/// The keys for a role, a setting and an argument value in the steps of changes.
const ARGUMENTS: [&str; 3] = ["role", "setting", "value"];

impl DraftWriter<'_, '_> {
    pub(super) fn changes(&mut self, file: &Node) {
        let settings = self.known.setting_ids();
        let has_others = entries(file.get("changes")).count() > 1;
        for (id, change) in entries(file.get("changes")) {
            if let Some(changes) = file.get("changes").filter(|_| has_others) {
                self.named_dropped(Operator::ChangeDropped, changes, id);
            }
            self.clause(change);
            let takes = change.get("takes");
            let roles = takes.and_then(|takes| takes.get("role"));
            self.choices(roles, &self.known.roles);
            self.choices(takes.and_then(|takes| takes.get("setting")), &settings);
            self.steps(change);
        }
        if let Some(bulk) = file.get("bulk") {
            self.named_dropped(Operator::BulkDropped, file, "bulk");
            self.choices(bulk.get("of"), &self.known.changes);
        }
        let effects = file.get("effects");
        for (id, effect) in entries(effects) {
            match effects.filter(|_| entries(effects).count() > 1) {
                Some(effects) => self.named_dropped(Operator::EffectDropped, effects, id),
                None => self.named_dropped(Operator::EffectDropped, file, "effects"),
            }
            if let Some(after) = effect.get("after") {
                let others = self.known.changes.iter().map(String::as_str);
                self.swapped(Operator::EffectMoved, after, others);
            }
            self.when(effect, Operator::WhenDropped);
            self.steps(effect);
        }
    }

    /// Removes an entry with everything under it. Only its key is shown.
    fn named_dropped(&mut self, operator: Operator, map: &Node, key: &str) {
        if let Some(entry) = entry(map, key) {
            let edits = remove_entry(self.drafts.source, map, key);
            self.drafts.add(operator, entry.key.span, GONE, edits);
        }
    }

    /// The possible arguments of a change.
    fn choices(&mut self, list: Option<&Node>, all: &[String]) {
        let Some(node) = list else { return };
        let NodeContent::List(list) = &node.content else {
            return;
        };
        self.each_dropped(Operator::ChoiceDropped, node, |choice| Some(choice.span));
        let Some(last) = list.items.last() else {
            return;
        };
        let named = texts(Some(node));
        let sign = if list.flow {
            ", ".to_owned()
        } else {
            let margin = indent(self.drafts.source.text(), node.span.start as usize);
            format!("\n{margin}- ")
        };
        for other in all.iter().filter(|other| !named.contains(other)) {
            let edit = TextEdit::insert(last.span.end as usize, format!("{sign}{other}"));
            let to = format!("{} and {other}", self.drafts.source.slice(node.span));
            self.drafts
                .add(Operator::ChoiceAdded, node.span, to, vec![edit]);
        }
    }

    /// The steps of a change or effect.
    fn steps(&mut self, map: &Node) {
        let Some(does) = map.get("does") else { return };
        self.items_dropped(Operator::StepDropped, map, "does");
        for step in items(Some(does)) {
            self.step(step);
        }
    }

    fn step(&mut self, step: &Node) {
        self.keys_turned(step, ["give", "to"], ["take", "from"]);
        self.keys_turned(step, ["take", "from"], ["give", "to"]);
        let is_setting = step.get("set").is_some();
        for key in ["give", "take"] {
            self.named_swapped(step.get(key), &self.known.roles);
        }
        let whose = if is_setting {
            &["of"][..]
        } else {
            &["to", "from"]
        };
        for person in whose.iter().filter_map(|key| step.get(key)) {
            self.swapped(Operator::StepTurned, person, ["user", "target"]);
        }
        let Some(setting) = step.get("set") else {
            return;
        };
        self.named_swapped(Some(setting), &self.known.setting_ids());
        self.named_swapped(step.get("to"), self.known.values(setting));
    }

    /// A name is replaced by another one. An argument stays an argument.
    fn named_swapped(&mut self, node: Option<&Node>, others: &[String]) {
        let named = node.filter(|node| {
            let is_argument = |text| ARGUMENTS.contains(&text);
            !node.as_text().is_some_and(is_argument)
        });
        if let Some(node) = named {
            let others = others.iter().map(String::as_str);
            self.swapped(Operator::StepTurned, node, others);
        }
    }

    /// Both keys of a step are replaced: giving becomes taking.
    fn keys_turned(&mut self, step: &Node, from: [&str; 2], to: [&str; 2]) {
        let keys = from.map(|key| entry(step, key).map(|entry| entry.key.span));
        let [Some(first), Some(second)] = keys else {
            return;
        };
        let edits = vec![
            TextEdit::replace(first, to[0]),
            TextEdit::replace(second, to[1]),
        ];
        self.drafts.add(Operator::StepTurned, first, to[0], edits);
    }
}
