//! `explain`: what a finding means and how to mend it.

use std::io::{self, Write};

use askama::Template;

use super::filters;
use super::renderer::{RenderText, Renderer};
use crate::Code;

#[derive(Template)]
#[template(path = "code.txt")]
struct CodeText<'r> {
    code: &'r Code,
}

#[derive(Template)]
#[template(path = "codes.txt")]
struct CodesText<'r> {
    codes: &'r [&'r Code],
}

/// A message with `…` where an occurrence puts its words.
pub(super) fn without_words(text: &str) -> String {
    (0..10).fold(text.to_owned(), |text, n| {
        text.replace(&format!("{{{n}}}"), "…")
    })
}

impl RenderText for Code {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        renderer.fill(&CodeText { code: self }, to)
    }
}

impl RenderText for [&Code] {
    /// Each code with its message, in rows.
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        renderer.fill(&CodesText { codes: self }, to)
    }
}
