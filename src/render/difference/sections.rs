//! A difference as it is written: a first line, and headings with what stands below them.

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::io::{self, Write};

use askama::Template;

use super::phrase::Phrase;
use crate::DifferenceStep;
use crate::render::filters;
use crate::render::renderer::Renderer;

/// What is written of a difference.
pub(super) struct DifferenceWords<'d> {
    pub(super) is_equal: bool,
    /// Whether it is known that they are equal, or that they are not.
    pub(super) is_decided: bool,
    /// What comes after the first word.
    pub(super) first: String,
    /// The sections, each made only when it is its turn: there may be a million.
    pub(super) sections: Box<dyn Fn() -> Sections<'d> + 'd>,
}

/// Labels, and the texts beside them.
pub(super) type Rows = Vec<(&'static str, Phrase)>;

/// Sections, one after the other.
pub(super) type Sections<'d> = Box<dyn Iterator<Item = DifferenceSection<'d>> + 'd>;

/// A part with its heading.
pub(super) struct DifferenceSection<'d> {
    pub(super) heading: Phrase,
    pub(super) groups: Vec<DifferenceGroup<'d>>,
}

/// What belongs together: a heading of its own, labelled rows, and a list.
pub(super) struct DifferenceGroup<'d> {
    pub(super) heading: String,
    pub(super) rows: Rows,
    pub(super) items: Vec<DifferenceItem<'d>>,
}

/// An entry of a list.
pub(super) enum DifferenceItem<'d> {
    /// A change, in the words of the command line.
    Step(&'d DifferenceStep),
    /// Anything else.
    Phrase(Phrase),
}

impl DifferenceItem<'_> {
    /// What it says.
    pub(super) fn phrase(&self) -> Cow<'_, Phrase> {
        match self {
            Self::Step(step) => Cow::Owned(Phrase::of_id(step)),
            Self::Phrase(phrase) => Cow::Borrowed(phrase),
        }
    }
}

impl Display for DifferenceItem<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Step(step) => step.fmt(f),
            Self::Phrase(phrase) => phrase.fmt(f),
        }
    }
}

impl DifferenceGroup<'_> {
    /// How wide the widest label is.
    pub(super) fn label_width(&self) -> usize {
        let labels = self.rows.iter().map(|(label, _)| label.chars().count());
        labels.max().unwrap_or_default()
    }
}

impl DifferenceSection<'_> {
    /// How many rows and items there are in it.
    pub(super) fn entries(&self) -> usize {
        let groups = self.groups.iter();
        groups
            .map(|group| group.rows.len() + group.items.len())
            .sum()
    }
}

#[derive(Template)]
#[template(path = "difference.txt")]
struct FirstLine<'t, 'd>(&'t DifferenceWords<'d>);

#[derive(Template)]
#[template(path = "difference_section.txt")]
struct SectionLines<'t, 'd>(&'t DifferenceSection<'d>);

impl<'d> DifferenceWords<'d> {
    pub(super) fn word(&self) -> &'static str {
        if !self.is_decided {
            "not decided"
        } else if self.is_equal {
            "equal"
        } else {
            "different"
        }
    }

    pub(super) fn sections(&self) -> Sections<'d> {
        (self.sections)()
    }

    /// Writes its first line alone.
    pub(super) fn first_line(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        renderer.fill(&FirstLine(self), to)
    }

    pub(super) fn text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        self.first_line(renderer, to)?;
        self.sections()
            .try_for_each(|section| section.text(renderer, to))
    }
}

impl DifferenceSection<'_> {
    /// Writes it, with an empty line before it.
    pub(super) fn text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        renderer.fill(&SectionLines(self), to)
    }
}
