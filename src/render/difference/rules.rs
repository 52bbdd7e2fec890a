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
        let mut changes = self.difference.changes.iter();
        let is_renamed = changes.any(|change| {
            change.kind == ChangeKind::Renamed
                && *change.product == *id
                && change.what.as_deref() == Some("the product")
        });
        match ((self.old)(id), (self.new)(id)) {
            (None, Some(title)) if !is_renamed => format!("{title}, which is new"),
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
        let compared = compared(difference);
        let sections = products.map(move |id| DifferenceSection {
            heading: heading(id).into(),
            groups: groups(changes.iter().filter(|change| *change.product == *id)),
        });
        Box::new(sections.chain(compared)) as super::sections::Sections<'d>
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

/// What was compared and what was not, where nothing differs.
fn compared<'d>(difference: &RulebookDifference) -> Option<DifferenceSection<'d>> {
    let group = |heading: &str, list: &[std::borrow::Cow<'static, str>]| DifferenceGroup {
        heading: heading.to_owned(),
        rows: Rows::default(),
        items: list
            .iter()
            .map(|one| DifferenceItem::Phrase(one.to_string().into()))
            .collect(),
    };
    difference.equal.then(|| DifferenceSection {
        heading: "What was compared".into(),
        groups: vec![
            group("compared", &difference.compared),
            group("not compared", &difference.not_compared),
        ],
    })
}

/// How much is different. What was only renamed is said outright.
fn first(changes: &[RuleChange]) -> String {
    if changes.is_empty() {
        return "no question and no change can tell the two apart, and nothing else that was compared differs"
            .to_owned();
    }
    let of_kind = |kind: ChangeKind| changes.iter().filter(move |change| change.kind == kind);
    let decisions = of_kind(ChangeKind::Decision).count();
    let names: Vec<String> = of_kind(ChangeKind::Renamed).map(renamed).collect();
    if names.len() == changes.len() {
        let names = if names.len() > MOST_NAMES {
            format!("{} have other names now", names.len())
        } else {
            names.join(", ")
        };
        return format!("{names}; nothing else differs");
    }
    let counts = [
        (names.len(), "other name"),
        (decisions, "decision"),
        (changes.len() - decisions - names.len(), "other difference"),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, what)| counted(count, what)).collect();
    counts.join(", ")
}

/// The most new names that are said in the first line.
const MOST_NAMES: usize = 3;

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
        ChangeKind::Renamed => "renamed".to_owned(),
        ChangeKind::Decision if matches!(&*change.to, "allow" | "accept") => {
            format!("gained by {when}")
        }
        ChangeKind::Decision => format!("lost by {when}"),
        ChangeKind::Effects => format!("other effects for {when}"),
        ChangeKind::Altered => format!("done otherwise for {when}"),
        ChangeKind::Brings => format!("other roles are brought to {when}"),
        ChangeKind::Alone => format!("rules say something else to {when}"),
        ChangeKind::Rule => format!("another rule decides for {when}"),
        ChangeKind::Reason if change.when.is_some() => format!("another reason for {when}"),
        ChangeKind::Needs => format!("another role is missing for {when}"),
        ChangeKind::Basis if change.what.is_some() => "another basis".to_owned(),
        ChangeKind::Section if change.what.is_some() => "another section".to_owned(),
        ChangeKind::Basis => format!("another basis for {when}"),
        ChangeKind::Section => format!("from another section for {when}"),
        ChangeKind::Where => format!("done in another place by {when}"),
        ChangeKind::Title => "called otherwise".to_owned(),
        ChangeKind::Effect => "effects".to_owned(),
        ChangeKind::Conflict => "conflicts".to_owned(),
        ChangeKind::Advice if change.when.is_some() => format!("advice about {when}"),
        ChangeKind::Advice => "advice".to_owned(),
        ChangeKind::Property => "properties".to_owned(),
        _ => "declared otherwise".to_owned(),
    }
}

/// The old text and the new one; of a decision the heading says it.
fn rows(change: &RuleChange) -> Rows {
    let is_in_item = change.what.is_some() && change.kind != ChangeKind::Alone;
    if change.kind == ChangeKind::Decision || is_in_item {
        return Rows::default();
    }
    let (from, to) = (change.from.as_str(), change.to.as_str());
    vec![("from", from.into()), ("to", to.into())]
}

/// What it is about.
fn item(change: &RuleChange) -> Option<Phrase> {
    if change.kind == ChangeKind::Renamed {
        let what = change.what.as_deref().unwrap_or_default();
        return Some(Phrase::default().text(what).text(" ").text(renamed(change)));
    }
    if let Some(what) = change
        .what
        .as_ref()
        .filter(|_| change.kind != ChangeKind::Alone)
    {
        return Some(format!("{what}: {} -> {}", change.from, change.to).into());
    }
    let id = change.action.as_deref().or(change.change.as_deref())?;
    Some(match &change.title {
        Some(title) => Phrase::default().text(title).text(" (").id(id).text(")"),
        None => Phrase::of_id(id),
    })
}

/// A new name, as a sentence.
fn renamed(change: &RuleChange) -> String {
    format!("{} is called {} now", change.from, change.to)
}
