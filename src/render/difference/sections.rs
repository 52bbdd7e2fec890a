//! A difference as it is written: a first line, and headings with what stands below them.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, Write};

use askama::Template;

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
pub(super) type Rows<'d> = Vec<(&'static str, Cow<'d, str>)>;

/// Sections, one after the other.
pub(super) type Sections<'d> = Box<dyn Iterator<Item = DifferenceSection<'d>> + 'd>;

/// A part with its heading.
pub(super) struct DifferenceSection<'d> {
    pub(super) heading: String,
    pub(super) groups: Vec<DifferenceGroup<'d>>,
}

/// What belongs together: a heading of its own, labelled rows, and a list.
pub(super) struct DifferenceGroup<'d> {
    pub(super) heading: String,
    pub(super) rows: Rows<'d>,
    pub(super) items: Vec<Box<dyn Display + 'd>>,
}

#[derive(Template)]
#[template(path = "difference.txt")]
struct DifferenceText<'t, 'd>(&'t DifferenceWords<'d>);

#[derive(Template)]
#[template(path = "difference.md")]
struct DifferenceMarkdown<'t, 'd>(&'t DifferenceWords<'d>);

impl<'d> DifferenceWords<'d> {
    fn word(&self) -> &'static str {
        if !self.is_decided {
            "not decided"
        } else if self.is_equal {
            "equal"
        } else {
            "different"
        }
    }

    fn sections(&self) -> Sections<'d> {
        (self.sections)()
    }

    pub(super) fn text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        renderer.fill(&DifferenceText(self), to)
    }

    pub(super) fn markdown(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        renderer.fill(&DifferenceMarkdown(self), to)
    }
}
