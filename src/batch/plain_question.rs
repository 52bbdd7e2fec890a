//! The line as most programs write it, read in one pass: an object of texts without escapes that asks about an
//! action. It knows no errors: what it does not take, the strict reader looks at.

/// A plain question about an action.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PlainQuestion<'l> {
    pub(super) product: Option<&'l str>,
    pub(super) user: &'l str,
    pub(super) action: &'l str,
    pub(super) target: Option<&'l str>,
    /// As it was written.
    pub(super) id: Option<&'l str>,
    /// The entries as they were written, without the last brace.
    echo: RequestEcho<'l>,
}

/// What comes back.
#[derive(Debug, PartialEq, Eq)]
enum RequestEcho<'l> {
    /// As it stands in the line.
    Whole(&'l str),
    /// Entry by entry: there are spaces between them that do not come back.
    Entries([(&'l str, &'l str); KEYS]),
}

/// Keys that there are.
const KEYS: usize = 6;

/// Facts by their names. They are kept apart, because the place for them is used again.
pub(super) type FactPairs<'l> = Vec<(&'l str, &'l str)>;

impl<'l> PlainQuestion<'l> {
    /// Reads a line, and the facts it gives.
    pub(super) fn read(line: &'l str, facts: &mut FactPairs<'l>) -> Option<Self> {
        facts.clear();
        let mut at = LineCursor::at_start(line);
        let (mut product, mut user, mut action, mut target) = (None, None, None, None);
        let (mut id, mut has_facts) = (None, false);
        let mut entries = [("", ""); KEYS];
        let mut places = entries.iter_mut();
        at.take(b'{')?;
        loop {
            let key = at.key()?;
            let start = at.value()?;
            let is_new = match key {
                "product" => product.replace(at.text()?).is_none(),
                "user" => user.replace(at.text()?).is_none(),
                "action" => action.replace(at.text()?).is_none(),
                "target" => target.replace(at.text()?).is_none(),
                "facts" => {
                    at.facts(facts)?;
                    !std::mem::replace(&mut has_facts, true)
                }
                "id" => {
                    at.id()?;
                    id.replace(at.since(start)?).is_none()
                }
                _ => false,
            };
            let entry = places.next().filter(|_| is_new)?;
            *entry = (key, at.since(start)?);
            if !at.goes_on()? {
                break;
            }
        }
        let echo = if at.is_spaced {
            RequestEcho::Entries(entries)
        } else {
            RequestEcho::Whole(at.since(0)?.strip_suffix('}')?)
        };
        at.end()?;
        Some(Self {
            product,
            user: user?,
            action: action?,
            target,
            id,
            echo,
        })
    }

    /// Starts the answer with what was asked.
    pub(super) fn echo(&self, out: &mut Vec<u8>) {
        match &self.echo {
            RequestEcho::Whole(text) => out.extend_from_slice(text.as_bytes()),
            RequestEcho::Entries(entries) => {
                let given = entries.iter().take_while(|(key, _)| !key.is_empty());
                for (number, (key, value)) in given.enumerate() {
                    out.push(if number == 0 { b'{' } else { b',' });
                    out.push(b'"');
                    out.extend_from_slice(key.as_bytes());
                    out.extend_from_slice(b"\":");
                    out.extend_from_slice(value.as_bytes());
                }
            }
        }
    }
}

/// A reader of one line, and the place where it stands.
struct LineCursor<'l> {
    line: &'l str,
    at: usize,
    /// Whether there were spaces on the way.
    is_spaced: bool,
}

impl<'l> LineCursor<'l> {
    fn at_start(line: &'l str) -> Self {
        Self {
            line,
            at: 0,
            is_spaced: false,
        }
    }

    fn byte(&self) -> Option<u8> {
        self.line.as_bytes().get(self.at).copied()
    }

    /// What stands between a place and this one.
    fn since(&self, start: usize) -> Option<&'l str> {
        self.line.get(start..self.at)
    }

    fn spaces(&mut self) {
        while let Some(b' ' | b'\t' | b'\r') = self.byte() {
            self.at += 1;
            self.is_spaced = true;
        }
    }

    /// Goes over a sign, and over spaces in front of it.
    fn take(&mut self, sign: u8) -> Option<()> {
        self.spaces();
        (self.byte() == Some(sign)).then(|| self.at += 1)
    }

    /// A text without escapes.
    fn text(&mut self) -> Option<&'l str> {
        (self.byte()? == b'"').then(|| self.at += 1)?;
        let start = self.at;
        let mut rest = self.line.as_bytes().get(start..)?.iter();
        let length = rest.position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f))?;
        self.at += length;
        let text = self.since(start)?;
        (self.byte()? == b'"').then(|| self.at += 1)?;
        Some(text)
    }

    /// A key, after which a value follows.
    fn key(&mut self) -> Option<&'l str> {
        self.spaces();
        let key = self.text()?;
        self.take(b':')?;
        Some(key)
    }

    /// Goes to where a value starts.
    fn value(&mut self) -> Option<usize> {
        self.spaces();
        Some(self.at)
    }

    /// Whether another entry follows; else the object ends here.
    fn goes_on(&mut self) -> Option<bool> {
        self.spaces();
        let goes_on = match self.byte()? {
            b',' => true,
            b'}' => false,
            _ => return None,
        };
        self.at += 1;
        Some(goes_on)
    }

    /// Nothing but spaces up to the end.
    fn end(&mut self) -> Option<()> {
        self.spaces();
        (self.at == self.line.len()).then_some(())
    }

    /// A text, or a whole number without a sign.
    fn id(&mut self) -> Option<()> {
        match self.byte()? {
            b'"' => drop(self.text()?),
            b'0' => self.at += 1,
            b'1'..=b'9' => {
                while self.byte()?.is_ascii_digit() {
                    self.at += 1;
                }
            }
            _ => return None,
        }
        Some(())
    }

    /// Facts: texts, and flags without quotes.
    fn facts(&mut self, facts: &mut FactPairs<'l>) -> Option<()> {
        self.take(b'{')?;
        loop {
            let name = self.key()?;
            let start = self.value()?;
            let value = match self.byte()? {
                b'"' => self.text()?,
                _ => self.flag(start)?,
            };
            facts.push((name, value));
            if !self.goes_on()? {
                return Some(());
            }
        }
    }

    fn flag(&mut self, start: usize) -> Option<&'l str> {
        while self.byte()?.is_ascii_lowercase() {
            self.at += 1;
        }
        self.since(start)
            .filter(|word| matches!(*word, "true" | "false"))
    }
}
