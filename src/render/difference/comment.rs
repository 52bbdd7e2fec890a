//! A difference as a comment for a pull request: folded where it is long, and never longer than GitHub takes.

use std::io::{self, Write};

use askama::Template;

use super::phrase::Phrase;
use super::sections::{DifferenceGroup, DifferenceSection, DifferenceWords};
use crate::render::filters;
use crate::render::renderer::Renderer;

/// Characters that a comment on GitHub may have.
const LONGEST: usize = 65_536;

/// Characters that are kept for what the last line says.
const LAST_LINE: usize = 200;

/// Lines that are shown outright; of more, each section unfolds.
const UNFOLDED: usize = 40;

#[derive(Template)]
#[template(path = "difference.md")]
struct CommentHead<'t, 'd>(&'t DifferenceWords<'d>);

#[derive(Template)]
#[template(path = "difference_heading.md")]
struct SectionHeading<'t>(&'t Phrase);

#[derive(Template)]
#[template(path = "difference_fold.html")]
struct SectionFold<'t>(&'t Phrase);

#[derive(Template)]
#[template(path = "difference_group.md")]
struct GroupEntries<'t, 'd>(&'t DifferenceGroup<'d>);

/// A section with its groups written out.
struct SectionText {
    heading: Phrase,
    body: String,
}

/// A comment as it grows.
struct Comment {
    text: String,
    length: usize,
    /// How many entries have no room.
    beyond: usize,
}

/// Writes a difference as a comment.
pub(super) fn write(
    words: &DifferenceWords<'_>,
    renderer: Renderer<'_>,
    to: &mut dyn Write,
) -> io::Result<()> {
    let mut comment = Comment::of(filled(&CommentHead(words), renderer)?);
    let mut sections = words.sections();
    let mut written: Vec<SectionText> = Vec::new();
    let mut length = 0;
    for section in sections.by_ref() {
        let section = SectionText::of(section, renderer)?;
        length += section.body.chars().count();
        written.push(section);
        if length > LONGEST {
            break;
        }
    }
    let lines: usize = written.iter().map(|one| one.body.lines().count()).sum();
    for section in &written {
        let (opening, closing) = if lines > UNFOLDED {
            let fold = filled(&SectionFold(&section.heading), renderer)?;
            (format!("\n{fold}\n"), "\n</details>\n")
        } else {
            let heading = filled(&SectionHeading(&section.heading), renderer)?;
            (format!("\n{heading}\n"), "")
        };
        comment.add(&opening, &section.body, closing);
    }
    comment.beyond += sections.map(|section| section.entries()).sum::<usize>();
    to.write_all(comment.finish().as_bytes())
}

fn filled<T: Template>(template: &T, renderer: Renderer<'_>) -> io::Result<String> {
    let mut text = Vec::new();
    renderer.fill(template, &mut text)?;
    let text = String::from_utf8(text).map_err(io::Error::other)?;
    Ok(format!("{}\n", text.trim_end()))
}

impl SectionText {
    fn of(section: DifferenceSection<'_>, renderer: Renderer<'_>) -> io::Result<Self> {
        let groups = section.groups.iter();
        let groups: Vec<String> = groups
            .map(|group| filled(&GroupEntries(group), renderer))
            .collect::<io::Result<_>>()?;
        Ok(Self {
            heading: section.heading,
            body: groups.join("\n"),
        })
    }
}

impl Comment {
    fn of(text: String) -> Self {
        Self {
            length: text.chars().count(),
            text,
            beyond: 0,
        }
    }

    /// Adds a section, as far as there is room for it. Behind what has no room nothing else is added.
    fn add(&mut self, opening: &str, body: &str, closing: &str) {
        let length = |text: &str| text.chars().count();
        let mut room = (LONGEST - LAST_LINE).saturating_sub(self.length);
        let around = length(opening) + length(closing);
        let mut kept = String::new();
        let mut is_full = self.beyond > 0 || around > room;
        room = room.saturating_sub(around);
        for line in body.split_inclusive('\n') {
            is_full |= length(line) > room;
            if is_full {
                self.beyond += usize::from(is_entry(line));
            } else {
                room -= length(line);
                kept.push_str(line);
            }
        }
        // A heading whose entries have no room says nothing.
        while is_full && kept.lines().next_back().is_some_and(|line| !is_entry(line)) {
            let end = kept.trim_end_matches('\n').rfind('\n');
            kept.truncate(end.map_or(0, |end| end + 1));
        }
        if !kept.is_empty() {
            self.text.extend([opening, kept.as_str(), closing]);
            self.length += around + length(&kept);
        }
    }

    fn finish(self) -> String {
        match self.beyond {
            0 => self.text,
            more => format!(
                "{}\nand {more} more, for which a comment has no room; the text has all of them\n",
                self.text
            ),
        }
    }
}

fn is_entry(line: &str) -> bool {
    line.starts_with("- ")
}

#[cfg(test)]
mod tests;
