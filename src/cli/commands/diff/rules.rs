//! The difference of two rulebooks in words: who gains and who loses, then what is said otherwise.

use clio_rules::{ChangeKind, RuleChange, Rulebook, RulebookDifference};

use super::text::{DifferenceGroup, DifferenceSection, DifferenceText};
use crate::cli::options::way_out;

/// The difference as it is written.
pub(super) fn written(
    difference: &RulebookDifference,
    old: &Rulebook,
    new: &Rulebook,
) -> DifferenceText<'static> {
    let changes = &difference.changes;
    let mut parts: Vec<(&str, DifferenceSection<'static>)> = Vec::new();
    for change in changes {
        let id = &*change.product;
        if parts.last().is_none_or(|(last, _)| *last != id) {
            let title = new.title(id).or_else(|| old.title(id));
            let heading = match (old.title(id), new.title(id)) {
                (None, Some(title)) => format!("{title}, which is new"),
                (Some(title), None) => format!("{title}, which is gone"),
                _ => title.unwrap_or(id).to_owned(),
            };
            let part = DifferenceSection {
                heading,
                groups: Vec::new(),
            };
            parts.push((id, part));
        }
    }
    for (id, part) in &mut parts {
        part.groups = groups(changes.iter().filter(|change| &*change.product == *id));
    }
    let parts: Vec<DifferenceSection<'static>> = parts.into_iter().map(|(_, part)| part).collect();
    DifferenceText {
        is_equal: difference.equal,
        first: match difference.cut_off {
            None => first(changes),
            Some(cut_off) if changes.is_empty() => {
                format!("nothing found so far, but {cut_off}; {}", way_out(cut_off))
            }
            Some(cut_off) => format!(
                "{}, and there may be more: {cut_off}; {}",
                first(changes),
                way_out(cut_off)
            ),
        },
        is_decided: difference.is_decided(),
        parts: Box::new(parts.into_iter()),
    }
}

/// How much is different.
fn first(changes: &[RuleChange]) -> String {
    if changes.is_empty() {
        return "no question and no change can tell the two apart".to_owned();
    }
    let decides = |change: &&RuleChange| change.kind == ChangeKind::Decision;
    let decisions = changes.iter().filter(decides).count();
    let others = changes.len() - decisions;
    let told = [
        counted(decisions, "decision", "decisions"),
        counted(others, "other difference", "other differences"),
    ];
    told.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn counted(many: usize, one: &str, several: &str) -> Option<String> {
    match many {
        0 => None,
        1 => Some(format!("1 {one}")),
        many => Some(format!("{many} {several}")),
    }
}

/// Labelled rows.
type LabelledRows = Vec<(String, String)>;

/// What stands below a heading: the same change under the same condition stands together. Decisions come first.
fn groups<'d>(changes: impl Iterator<Item = &'d RuleChange>) -> Vec<DifferenceGroup<'static>> {
    let mut changes: Vec<&RuleChange> = changes.collect();
    changes.sort_by_key(|change| change.kind);
    let mut groups: Vec<(String, LabelledRows, Vec<String>)> = Vec::new();
    for change in changes {
        let heading = heading(change);
        let rows = rows(change);
        let mut known = groups.iter_mut();
        let item = item(change);
        match known.find(|(known, of, _)| *known == heading && *of == rows) {
            Some((_, _, items)) => items.extend(item),
            None => groups.push((heading, rows, item.into_iter().collect())),
        }
    }
    let groups = groups.into_iter();
    let groups = groups.map(|(heading, rows, items)| DifferenceGroup {
        heading,
        rows,
        items: Box::new(items.into_iter()),
    });
    groups.collect()
}

fn heading(change: &RuleChange) -> String {
    let when = change.when.as_deref().unwrap_or_default();
    match change.kind {
        ChangeKind::Decision if matches!(&*change.to, "allow" | "accept") => {
            format!("gained by {when}")
        }
        ChangeKind::Decision => format!("lost by {when}"),
        ChangeKind::Effects => format!("other effects for {when}"),
        ChangeKind::Altered => format!("done otherwise for {when}"),
        ChangeKind::Rule => format!("another rule decides for {when}"),
        ChangeKind::Reason if change.when.is_some() => format!("another reason for {when}"),
        ChangeKind::Needs => format!("another role is missing for {when}"),
        ChangeKind::Basis => format!("another basis for {when}"),
        ChangeKind::Section => format!("from another section for {when}"),
        ChangeKind::Where => format!("done in another place by {when}"),
        ChangeKind::Title => "called otherwise".to_owned(),
        _ => "declared otherwise".to_owned(),
    }
}

/// What was said and what is said; of a decision the heading says it.
fn rows(change: &RuleChange) -> LabelledRows {
    if change.kind == ChangeKind::Decision || change.what.is_some() {
        return Vec::new();
    }
    let pairs = [("from", &change.from), ("to", &change.to)];
    pairs
        .map(|(label, text)| (label.to_owned(), text.to_owned()))
        .to_vec()
}

/// What it is about.
fn item(change: &RuleChange) -> Option<String> {
    if let Some(what) = &change.what {
        return Some(format!("{what}: {} -> {}", change.from, change.to));
    }
    let id = change.action.as_deref().or(change.change.as_deref())?;
    Some(match &change.title {
        Some(title) => format!("{title} ({id})"),
        None => id.to_owned(),
    })
}
