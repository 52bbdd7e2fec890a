//! Who may: `allow`, `unless` and `rules`, of groups, actions and changes.

use super::{DraftWriter, Operator, before, entries, entry, is_flow, items};
use crate::yaml::{Node, TextEdit, indent, write_scalar};

/// Everybody with a seat, as rule files write it.
const EVERYONE: &str = "everyone";

/// A condition that never holds, with the reason it needs.
const NEVER: [&str; 2] = ["when: \"false\"", "because: nobody may"];

/// The people a rule can be about. Without a word it is the last one.
const WHOM: [&str; 3] = ["others", "self", "anyone"];

impl DraftWriter<'_, '_> {
    /// A group with its actions.
    pub(super) fn group(&mut self, group: &Node) {
        self.clause(group);
        self.facts(group);
        for (id, action) in entries(group.get("actions")) {
            let has_own = ["allow", "rules"]
                .iter()
                .any(|key| action.get(key).is_some());
            if has_own {
                self.clause(action);
            } else {
                self.action(group, id, action);
                self.conditions(action);
            }
            self.facts(action);
        }
    }

    /// The `allow`, conditions and `unless` of a clause.
    pub(super) fn clause(&mut self, map: &Node) {
        self.allow(map);
        self.conditions(map);
        let Some(rules) = map.get("rules") else {
            return;
        };
        self.each_dropped(Operator::RuleDropped, rules, |rule| Some(rule.head()));
        for rule in items(Some(rules)) {
            self.whom(rule);
            self.clause(rule);
        }
    }

    fn conditions(&mut self, map: &Node) {
        self.when(map, Operator::WhenDropped);
        self.items_dropped(Operator::UnlessDropped, map, "unless");
    }

    fn whom(&mut self, rule: &Node) {
        match rule.get("whom") {
            Some(whom) => self.swapped(Operator::WhomSwapped, whom, WHOM),
            None => {
                for word in ["others", "self"] {
                    self.entry_added(Operator::WhomSwapped, rule, &[&format!("whom: {word}")]);
                }
            }
        }
    }

    fn allow(&mut self, map: &Node) {
        let Some(allow) = map.get("allow") else {
            return;
        };
        self.each_dropped(Operator::AllowDropped, allow, |one| Some(one.span));
        for one in items(Some(allow)) {
            self.allowed(one, items(Some(allow)));
        }
        if allow.as_text() != Some(EVERYONE) {
            self.drafts
                .replace(Operator::AllowOpened, allow.span, EVERYONE);
        }
        self.closed(map, allow);
    }

    /// One entry of `allow`.
    fn allowed(&mut self, one: &Node, all: &[Node]) {
        let others: Vec<&str> = self.known.roles.iter().map(String::as_str).collect();
        let is_new = |other: &&str| all.iter().all(|known| known.as_text() != Some(other));
        match one.get("holds") {
            Some(role) => {
                self.swapped(Operator::RoleSwapped, role, others);
                let plain = role.as_text().unwrap_or_default();
                self.drafts
                    .replace(Operator::HoldingTurned, one.span, plain);
            }
            None => {
                self.swapped(
                    Operator::RoleSwapped,
                    one,
                    others.into_iter().filter(is_new),
                );
                let role = one.as_text().filter(|role| *role != EVERYONE);
                if let Some(role) = role {
                    let holds = format!("{{ holds: {role} }}");
                    self.drafts
                        .replace(Operator::HoldingTurned, one.span, &holds);
                }
            }
        }
    }

    /// Nobody is allowed: the condition never holds.
    fn closed(&mut self, map: &Node, allow: &Node) {
        let shown = allow.span;
        if let Some(when) = map.get("when") {
            let edit = TextEdit::replace(when.span, "\"false\"");
            self.drafts
                .add(Operator::AllowClosed, shown, "nobody", vec![edit]);
            return;
        }
        let has_reason = map.get("because").is_some();
        let lines = if has_reason { &NEVER[..1] } else { &NEVER[..] };
        let edits = self.added(map, "allow", lines).into_iter().collect();
        self.drafts
            .add(Operator::AllowClosed, shown, "nobody", edits);
    }

    /// An action that takes its `allow` from its group.
    fn action(&mut self, group: &Node, id: &str, action: &Node) {
        let is_open = group.get("allow").and_then(Node::as_text) == Some(EVERYONE);
        let everyone = format!("allow: {EVERYONE}");
        if !is_open {
            self.action_with(Operator::ActionOpened, id, action, &[&everyone], EVERYONE);
        }
        let [never, reason] = NEVER;
        let own_when = action.get("when").is_some();
        let own_reason = action.get("because").is_some();
        let nobody: Vec<&str> = [
            (true, everyone.as_str()),
            (!own_when, never),
            (!own_when && !own_reason, reason),
        ]
        .into_iter()
        .filter_map(|(is_new, line)| is_new.then_some(line))
        .collect();
        if !own_when {
            self.action_with(Operator::ActionClosed, id, action, &nobody, "nobody");
        }
    }

    fn action_with(
        &mut self,
        operator: Operator,
        id: &str,
        action: &Node,
        lines: &[&str],
        who: &str,
    ) {
        let to = format!("{id}: {who} may");
        let edit = match action.as_text() {
            Some(title) => {
                let title = write_scalar(title);
                let fields = format!("{{ title: {title}, {} }}", lines.join(", "));
                Some(TextEdit::replace(action.span, fields))
            }
            None => first_key(action).and_then(|key| self.added(action, key, lines)),
        };
        let span = action.head();
        self.drafts
            .add(operator, span, to, edit.into_iter().collect());
    }

    /// One more entry before the first of a map.
    fn entry_added(&mut self, operator: Operator, map: &Node, lines: &[&str]) {
        let edit = first_key(map).and_then(|key| self.added(map, key, lines));
        let to = lines.join(", ");
        self.drafts
            .add(operator, map.head(), to, edit.into_iter().collect());
    }

    /// Entries before another one, as the map is written.
    fn added(&self, map: &Node, key: &str, lines: &[&str]) -> Option<TextEdit> {
        let at = before(entry(map, key)?.key.span);
        let end = if is_flow(map) {
            ", ".to_owned()
        } else {
            format!("\n{}", indent(self.drafts.source.text(), at))
        };
        let lines: String = lines.iter().map(|line| format!("{line}{end}")).collect();
        Some(TextEdit::insert(at, lines))
    }
}

fn first_key(map: &Node) -> Option<&str> {
    entries(Some(map)).next().map(|(key, _)| key)
}
