//! Block style: structure given by lines and their indentation.

use super::{OpenLayout, Piece, QuickNext, QuickReader};

impl<'t> QuickReader<'t> {
    /// Skips empty lines and comments, up to the first byte of content in a line.
    pub(super) fn skip_blank_lines(&mut self) {
        loop {
            self.skip_blanks();
            match self.peek() {
                Some(b'#') => self.skip_comment(),
                Some(b'\n' | b'\r') => {}
                _ => return,
            }
            // Carriage returns occur only before a line feed, which was checked at the start.
            if self.skip_line_end().is_none() {
                return;
            }
        }
    }

    /// Skips the mark of a document's start, which has no effect.
    pub(super) fn skip_marker(&mut self) {
        let marker = ["---\n", "---\r\n"];
        let rest = self.text.get(self.at..).unwrap_or_default();
        if self.column() == 0 && marker.iter().any(|marker| rest.starts_with(marker)) {
            self.at += 3;
            // The line feed is there.
            let _ = self.skip_line_end();
        }
    }

    pub(super) fn line(&mut self) -> Option<Piece<'t>> {
        self.skip_blank_lines();
        self.content()
    }

    /// Reads the value of a key whose line holds nothing else.
    fn value_line(&mut self) -> Option<Piece<'t>> {
        self.skip_blank_lines();
        let column = self.column();
        match self.open.last()? {
            OpenLayout::Block(keys) if self.is_dash() && column >= *keys => {
                self.open(OpenLayout::Dashes(column), QuickNext::Content)
            }
            OpenLayout::Block(keys) if self.peek().is_some() && column > *keys => {
                self.open(OpenLayout::Block(column), QuickNext::Content)
            }
            _ => None,
        }
    }

    /// Reads a key or a dash, after closing every list and map that is indented further.
    pub(super) fn content(&mut self) -> Option<Piece<'t>> {
        let column = self.column();
        let is_end = self.peek().is_none();
        match self.open.last().copied() {
            None if !is_end && column == 0 => {
                let open = if self.is_dash() {
                    OpenLayout::Dashes(0)
                } else {
                    OpenLayout::Block(0)
                };
                self.open(open, QuickNext::Content)
            }
            Some(OpenLayout::Dashes(dashes)) if !is_end && dashes == column && self.is_dash() => {
                self.item()
            }
            Some(OpenLayout::Block(keys)) if !is_end && keys == column => self.key(),
            Some(OpenLayout::Block(inner) | OpenLayout::Dashes(inner))
                if is_end || inner > column || !self.is_dash() && inner == column =>
            {
                self.open.pop();
                self.next = if !self.open.is_empty() {
                    QuickNext::Content
                } else if is_end {
                    QuickNext::Done
                } else {
                    return None;
                };
                Some(Piece::End)
            }
            _ => None,
        }
    }

    fn key(&mut self) -> Option<Piece<'t>> {
        let key = self.bare_key()?;
        self.next = QuickNext::Value;
        Some(key)
    }

    /// Reads the content after a dash.
    fn item(&mut self) -> Option<Piece<'t>> {
        self.at += 1;
        self.skip_blanks();
        if self.is_key() {
            return self.open(OpenLayout::Block(self.column()), QuickNext::Content);
        }
        match self.peek()? {
            b'{' | b'[' => self.bracket(),
            _ => {
                let item = self.scalar(false)?;
                self.end_line()?;
                Some(item)
            }
        }
    }

    pub(super) fn value(&mut self) -> Option<Piece<'t>> {
        self.skip_blanks();
        match self.peek() {
            Some(b'{' | b'[') => self.bracket(),
            _ if self.is_json => None,
            Some(b'\n' | b'\r' | b'#') => {
                self.end_line()?;
                self.value_line()
            }
            _ => {
                let value = self.scalar(false)?;
                self.end_line()?;
                Some(value)
            }
        }
    }

    /// Whether only a comment remains in the line. If so, goes to the next line.
    pub(super) fn end_line(&mut self) -> Option<()> {
        let is_apart = self.text.as_bytes().get(self.at.wrapping_sub(1)) == Some(&b' ');
        let blanks = self.skip_blanks();
        if self.peek() == Some(b'#') && (is_apart || blanks > 0) {
            self.skip_comment();
        }
        self.next = QuickNext::Line;
        self.skip_line_end()
    }

    fn skip_comment(&mut self) {
        let is_inside = |byte: &&u8| **byte != b'\n';
        self.at += self.rest().iter().take_while(is_inside).count();
        if self.text.as_bytes().get(self.at.wrapping_sub(1)) == Some(&b'\r') {
            self.at -= 1;
        }
    }

    fn is_dash(&self) -> bool {
        self.rest().starts_with(b"- ")
    }

    fn column(&self) -> usize {
        self.at - self.line
    }
}
