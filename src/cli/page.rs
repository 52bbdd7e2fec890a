//! The frame of pages that stand alone, and text in them.

use std::fmt::{self, Display, Write as _};
use std::io::{self, Write};

/// Begins a page with its rules of style; `head` is put in front of them.
pub(crate) fn open(title: &str, head: &str, style: &str, to: &mut impl Write) -> io::Result<()> {
    let title = HtmlText(title);
    writeln!(
        to,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">{head}"
    )?;
    writeln!(
        to,
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
    )?;
    writeln!(to, "<title>{title}</title>\n<style>\n{style}</style>")?;
    writeln!(to, "</head>\n<body>")
}

/// Ends a page.
pub(crate) fn close(to: &mut impl Write) -> io::Result<()> {
    writeln!(to, "</main>\n</body>\n</html>")
}

/// A text in which nothing is HTML, and nothing turns the direction of what follows.
pub(crate) struct HtmlText<'t>(pub(crate) &'t str);

impl Display for HtmlText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars().map(harmless) {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}

/// A text between double quotes in a style sheet, which cannot end the sheet either.
pub(crate) struct CssString<'t>(pub(crate) &'t str);

impl Display for CssString<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for c in self.0.chars().map(harmless) {
            match c {
                '"' | '\\' | '<' | '&' | '\n' => write!(f, "\\{:x} ", u32::from(c))?,
                other => f.write_char(other)?,
            }
        }
        f.write_char('"')
    }
}

/// What stands for a character that nobody can see, or that turns the direction of the text behind it.
fn harmless(c: char) -> char {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if turns || (c.is_control() && !matches!(c, '\n' | '\t')) {
        char::REPLACEMENT_CHARACTER
    } else {
        c
    }
}
