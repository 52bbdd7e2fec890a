//! What is told by brackets: all of a JSON text, and parts of a line of YAML.

use super::{Next, Open, Piece, Quick};

impl<'t> Quick<'t> {
    /// An opening bracket.
    pub(super) fn bracket(&mut self) -> Option<Piece<'t>> {
        let open = match self.peek()? {
            b'{' => Open::Braces,
            b'[' => Open::Brackets,
            _ => return None,
        };
        self.at += 1;
        self.open(open, Next::First)
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
            (Open::Braces, b'"') if self.is_json => {
                let key = self.scalar(true)?;
                self.skip(b':')?;
                self.next = Next::FlowValue;
                Some(key)
            }
            (Open::Braces, _) if !self.is_json => {
                let key = self.bare_key()?;
                self.next = Next::FlowValue;
                Some(key)
            }
            (Open::Brackets, _) => self.flow_value(),
            _ => None,
        }
    }

    pub(super) fn flow_value(&mut self) -> Option<Piece<'t>> {
        self.skip_blanks();
        if matches!(self.peek()?, b'{' | b'[') {
            return self.bracket();
        }
        self.next = Next::Further;
        self.scalar(true)
    }

    fn close(&mut self) -> Option<Piece<'t>> {
        let closing = match self.open.pop()? {
            Open::Braces => b'}',
            Open::Brackets => b']',
            Open::Block(_) | Open::Dashes(_) => return None,
        };
        self.skip(closing)?;
        self.last = self.at - 1..self.at;
        match self.open.last() {
            Some(Open::Braces | Open::Brackets) => self.next = Next::Further,
            Some(Open::Block(_) | Open::Dashes(_)) => self.end_line()?,
            None => {
                self.skip_space();
                self.next = Next::Done;
                if self.peek().is_some() {
                    return None;
                }
            }
        }
        Some(Piece::End)
    }

    /// Goes past blanks; in JSON past the ends of lines as well.
    fn skip_space(&mut self) {
        self.skip_blanks();
        while self.is_json && matches!(self.peek(), Some(b'\n' | b'\r')) {
            self.at += 1;
            self.skip_blanks();
        }
    }
}
