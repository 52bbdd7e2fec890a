//! The difference of two rulebooks in words: who gains and who loses, then what is declared otherwise.

use std::fmt::{self, Debug};
use std::io::{self, Write};

use super::comment;
use super::phrase::Phrase;
use super::sections::{DifferenceGroup, DifferenceItem, DifferenceSection, DifferenceWords, Rows};
use crate::render::renderer::{RenderMarkdown, RenderText, Renderer};
use crate::render::words::{counted, way_out};
use crate::{ChangeKind, RuleChange, RulebookDifference};

/// A difference of two rulebooks, with the titles of their products.
#[derive(Clone, Copy)]
pub struct TitledDifference<'r> {
    /// The difference.
    pub difference: &'r RulebookDifference,
    /// What the old rules call a product, where they know it.
    pub old: &'r dyn Fn(&str) -> Option<&'r str>,
    /// What the new rules call a product, where they know it.
    pub new: &'r dyn Fn(&str) -> Option<&'r str>,
}

impl Debug for TitledDifference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TitledDifference")
            .field(self.difference)
            .finish()
    }
}

impl RenderText for TitledDifference<'_> {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        words(self.difference, |id| self.heading(id)).text(renderer, to)
    }
}

impl RenderMarkdown for TitledDifference<'_> {
    fn write_markdown(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        let words = words(self.difference, |id| self.heading(id));
        comment::write(&words, renderer, to)
    }
}

impl RenderText for RulebookDifference {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        words(self, |id| renderer.product(id).to_owned()).text(renderer, to)
    }
}

impl RenderMarkdown for RulebookDifference {
    fn write_markdown(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        let words = words(self, |id| renderer.product(id).to_owned());
        comment::write(&words, renderer, to)
    }
}

impl TitledDifference<'_> {
    /// What a product is called, and whether only one of the rulebooks has it.
    fn heading(&self, id: &str) -> String {
        match ((self.old)(id), (self.new)(id)) {
            (None, Some(title)) => format!("{title}, which is new"),
            (Some(title), None) => format!("{title}, which is gone"),
            (_, title) => title.unwrap_or(id).to_owned(),
        }
    }
}

fn words<'d>(
    difference: &'d RulebookDifference,
    heading: impl Fn(&str) -> String + 'd,
) -> DifferenceWords<'d> {
    let changes = &difference.changes;
    let mut products: Vec<&str> = changes.iter().map(|change| &*change.product).collect();
    products.dedup();
    let heading = std::rc::Rc::new(heading);
    let sections = move || {
        let heading = std::rc::Rc::clone(&heading);
        let products = products.clone().into_iter();
        let sections = products.map(move |id| DifferenceSection {
            heading: heading(id).into(),
            groups: groups(changes.iter().filter(|change| *change.product == *id)),
        });
        Box::new(sections) as super::sections::Sections<'d>
    };
    DifferenceWords {
        is_equal: difference.equal,
        is_decided: difference.is_decided(),
        first: match &difference.cut_off {
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
        sections: Box::new(sections),
    }
}

/// How much is different.
fn first(changes: &[RuleChange]) -> String {
    if changes.is_empty() {
        return "no question and no change can tell the two apart".to_owned();
    }
    let decides = |change: &&RuleChange| change.kind == ChangeKind::Decision;
    let decisions = changes.iter().filter(decides).count();
    let counts = [
        (decisions, "decision"),
        (changes.len() - decisions, "other difference"),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, what)| counted(count, what)).collect();
    counts.join(", ")
}

/// What stands below a heading: the same change under the same condition stands together. Decisions come first.
fn groups<'d>(changes: impl Iterator<Item = &'d RuleChange>) -> Vec<DifferenceGroup<'d>> {
    let mut changes: Vec<&RuleChange> = changes.collect();
    changes.sort_by_key(|change| change.kind);
    let mut groups: Vec<DifferenceGroup<'d>> = Vec::new();
    for change in changes {
        let (heading, rows) = (heading(change), rows(change));
        let item = item(change).map(DifferenceItem::Phrase);
        let mut known = groups.iter_mut();
        match known.find(|known| known.heading == heading && known.rows == rows) {
            Some(known) => known.items.extend(item),
            None => groups.push(DifferenceGroup {
                heading,
                rows,
                items: item.into_iter().collect(),
            }),
        }
    }
    groups
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

/// The old text and the new one; of a decision the heading says it.
fn rows(change: &RuleChange) -> Rows {
    if change.kind == ChangeKind::Decision || change.what.is_some() {
        return Rows::default();
    }
    let (from, to) = (change.from.as_str(), change.to.as_str());
    vec![("from", from.into()), ("to", to.into())]
}

/// What it is about.
fn item(change: &RuleChange) -> Option<Phrase> {
    if let Some(what) = &change.what {
        return Some(format!("{what}: {} -> {}", change.from, change.to).into());
    }
    let id = change.action.as_deref().or(change.change.as_deref())?;
    Some(match &change.title {
        Some(title) => Phrase::default().text(title).text(" (").id(id).text(")"),
        None => Phrase::of_id(id),
    })
}
