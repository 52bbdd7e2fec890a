//! Conditions: dropped, negated, forced, and turned word by word.

use super::super::script::operator_of;
use super::{DraftWriter, GONE, Operator, entry};
use crate::script::twists;
use crate::text::Span;
use crate::yaml::{
    Condition, Decode, DecodeContext, Node, TextEdit, indent, remove_entry, write_scalar,
};

impl DraftWriter<'_, '_> {
    /// The condition of a map, if it has one. `dropped` is the operator for removing it.
    pub(super) fn when(&mut self, map: &Node, dropped: Operator) {
        if let Some(when) = map.get("when") {
            let edits = remove_entry(self.drafts.source, map, "when");
            self.drafts.add(dropped, when.span, GONE, edits);
            self.condition(map);
        }
    }

    /// A refusal needs a condition: without one it would refuse everybody.
    pub(super) fn refusal(&mut self, refusal: &Node) {
        let Some(when) = refusal.get("when") else {
            return;
        };
        for word in ["true", "false"] {
            let quoted = TextEdit::replace(when.span, format!("\"{word}\""));
            self.drafts
                .add(Operator::ConditionForced, when.span, word, vec![quoted]);
        }
        self.condition(refusal);
    }

    fn condition(&mut self, map: &Node) {
        let (Some(entry), mut findings) = (entry(map, "when"), crate::Findings::new()) else {
            return;
        };
        let mut cx = DecodeContext {
            source: self.drafts.source,
            findings: &mut findings,
        };
        let Some(condition) = Condition::decode(&entry.value, &mut cx) else {
            return;
        };
        let margin = indent(self.drafts.source.text(), entry.key.span.start as usize);
        let text = condition.text.trim_end();
        let negated = if text.contains("//") {
            format!("!({text}\n)")
        } else {
            format!("!({text})")
        };
        let edit = TextEdit::replace(condition.span, written(&negated, &margin));
        let (operator, span) = (Operator::ConditionNegated, condition.span);
        self.drafts.add(operator, span, negated, vec![edit]);
        for twist in twists(text, &|word| self.known.others(word)) {
            let (start, end) = (twist.span.start as usize, twist.span.end as usize);
            let (Some(head), Some(tail)) = (text.get(..start), text.get(end..)) else {
                continue;
            };
            let twisted = format!("{head}{}{tail}", twist.to);
            let edit = TextEdit::replace(condition.span, written(&twisted, &margin));
            let span = shown(&condition, head, self.drafts.source);
            let words = [text, twisted.as_str()];
            self.drafts
                .add_as(operator_of(twist.kind), span, words, vec![edit]);
        }
    }
}

/// The position of a word of a condition in the file.
fn shown(condition: &Condition, head: &str, source: &std::sync::Arc<crate::text::Source>) -> Span {
    let line = head.matches('\n').count() + 1;
    let column = head
        .rsplit('\n')
        .next()
        .map_or(0, |rest| rest.chars().count())
        + 1;
    condition.place_at(source, line, column).span()
}

/// A condition as YAML: quoted on one line, or as a block if it has several lines or comments.
fn written(text: &str, margin: &str) -> String {
    if !text.contains('\n') && !text.contains("//") {
        return write_scalar(text);
    }
    let lines = text.lines().map(|line| format!("\n{margin}  {line}"));
    std::iter::once("|".to_owned()).chain(lines).collect()
}
