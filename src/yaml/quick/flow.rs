//! Flow style: structure given by brackets. A JSON text consists of nothing else; in YAML, it may be part of a line.

use super::{OpenLayout, Piece, QuickNext, QuickReader};

impl<'t> QuickReader<'t> {
    /// An opening bracket.
    pub(super) fn bracket(&mut self) -> Option<Piece<'t>> {
        let open = match self.peek()? {
            b'{' => OpenLayout::Braces,
            b'[' => OpenLayout::Brackets,
            _ => return None,
        };
        self.at += 1;
        self.open(open, QuickNext::First)
    }

    pub(super) fn first(&mut self) -> Option<Piece<'t>> {
        self.skip_space();
        match self.peek()? {
            b'}' | b']' => self.close(),
            _ => self.part(),
        }
    }

    pub(super) fn further(&mut self) -> Option<Piece<'t>> {
        self.skip_space();
        match self.peek()? {
            b'}' | b']' => self.close(),
            _ => {
                self.skip(b',')?;
                self.skip_space();
                self.part()
            }
        }
    }

    /// A key, or an item of a list.
    fn part(&mut self) -> Option<Piece<'t>> {
        match (self.open.last()?, self.peek()?) {
            (OpenLayout::Braces, b'"') if self.is_json => {
                let key = self.scalar(true)?;
                self.skip(b':')?;
                self.next = QuickNext::FlowValue;
                Some(key)
            }
            (OpenLayout::Braces, _) if !self.is_json => {
                let key = self.bare_key()?;
                self.next = QuickNext::FlowValue;
                Some(key)
            }
            (OpenLayout::Brackets, _) => self.flow_value(),
            _ => None,
        }
    }

    pub(super) fn flow_value(&mut self) -> Option<Piece<'t>> {
        self.skip_blanks();
        if matches!(self.peek()?, b'{' | b'[') {
            return self.bracket();
        }
        self.next = QuickNext::Further;
        self.scalar(true)
    }

    fn close(&mut self) -> Option<Piece<'t>> {
        let closing = match self.open.pop()? {
            OpenLayout::Braces => b'}',
            OpenLayout::Brackets => b']',
            OpenLayout::Block(_) | OpenLayout::Dashes(_) => return None,
        };
        self.skip(closing)?;
        self.last = self.at - 1..self.at;
        match self.open.last() {
            Some(OpenLayout::Braces | OpenLayout::Brackets) => self.next = QuickNext::Further,
            Some(OpenLayout::Block(_) | OpenLayout::Dashes(_)) => self.end_line()?,
            None => {
                self.skip_space();
                self.next = QuickNext::Done;
                if self.peek().is_some() {
                    return None;
                }
            }
        }
        Some(Piece::End)
    }

    /// Skips blanks; in JSON also the ends of lines.
    fn skip_space(&mut self) {
        self.skip_blanks();
        while self.is_json && matches!(self.peek(), Some(b'\n' | b'\r')) {
            self.at += 1;
            self.skip_blanks();
        }
    }
}
