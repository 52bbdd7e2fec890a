//! Where a script can be changed one small step at a time.

use super::draft::MutantDrafts;
use super::operator::Operator;
use super::rules::DeclaredNames;
use crate::script::{ScriptEditKind, twists};
use crate::text::Span;
use crate::yaml::TextEdit;

/// Writes the drafts of a `.rhai` file.
pub(super) fn file(drafts: &mut MutantDrafts<'_>, known: &DeclaredNames) {
    let source = drafts.source;
    for twist in twists(source.text(), &|word| known.others(word)) {
        let (start, end) = lines_of(source.text(), twist.span);
        let part = |from, to| source.text().get(from..to).unwrap_or_default();
        let head = part(start, twist.span.start as usize);
        let tail = part(twist.span.end as usize, end);
        let words = [part(start, end), &format!("{head}{}{tail}", twist.to)];
        let edits = vec![TextEdit::replace(twist.span, twist.to.as_str())];
        drafts.add_as(operator_of(twist.kind), twist.span, words, edits);
    }
}

/// The operator of a twist.
pub(super) fn operator_of(kind: ScriptEditKind) -> Operator {
    match kind {
        ScriptEditKind::Comparison => Operator::ComparisonTurned,
        ScriptEditKind::Logic => Operator::LogicTurned,
        ScriptEditKind::Unnegated => Operator::NegationDropped,
        ScriptEditKind::Negated => Operator::NegationAdded,
        ScriptEditKind::Flag => Operator::FlagFlipped,
        ScriptEditKind::Value => Operator::ValueSwapped,
        ScriptEditKind::Branch => Operator::BranchForced,
        ScriptEditKind::Return => Operator::ReturnDropped,
    }
}

/// The start of the first line of a range, and the end of its last line.
fn lines_of(text: &str, span: Span) -> (usize, usize) {
    let (start, end) = (span.start as usize, span.end as usize);
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    let first = before.rfind('\n').map_or(0, |newline| newline + 1);
    (
        first,
        after.find('\n').map_or(text.len(), |newline| end + newline),
    )
}
