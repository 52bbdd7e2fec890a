//! Lines of JSON into questions, and answers into lines of JSON; `csv` does the same with records.

mod chunk;
pub(crate) mod csv;
mod cut;
mod desk;
mod line;
mod plain;
mod tails;

use std::io;

use clio_rules::Finding;
use clio_rules::protocol::{World, WrittenRequest};

pub(crate) use chunk::{Chunk, Chunks};
pub(crate) use cut::Cut;
pub(crate) use desk::{Desk, Failed, Pen, Replies};
use line::{CUT, Line};
use plain::{Facts, Plain};
use tails::{Tail, Tails};

/// One who answers lines. What they keep makes them quicker, and changes no answer: lines can be answered side by side.
pub(crate) struct Clerk<'w> {
    world: World<'w>,
    tails: Tails,
}

impl<'w> Clerk<'w> {
    /// Somebody new.
    pub(crate) fn new(world: World<'w>) -> Self {
        Self {
            world,
            tails: Tails::new(),
        }
    }

    /// Answers the lines of a chunk, at the end of `out`. Whether all of them could be asked.
    pub(crate) fn answer(&mut self, chunk: &Chunk, out: &mut Vec<u8>) -> io::Result<bool> {
        let mut facts = Facts::new();
        let mut all = true;
        for line in chunk.lines() {
            all &= match self.answer_plain(&line, &mut facts, out)? {
                true => true,
                false => self.answer_strictly(&line, out)?,
            };
        }
        Ok(all)
    }

    /// Answers a plain line that can be asked. Whether it was one.
    fn answer_plain<'c>(
        &mut self,
        line: &Line<'c>,
        facts: &mut Facts<'c>,
        out: &mut Vec<u8>,
    ) -> io::Result<bool> {
        let plain = line.text().ok().and_then(|text| Plain::read(text, facts));
        let Some(plain) = plain else {
            return Ok(false);
        };
        let facts = facts.iter().copied();
        let answer =
            self.world
                .decide(plain.product, plain.user, plain.action, plain.target, facts);
        let Ok(answer) = answer else {
            return Ok(false);
        };
        plain.echo(out);
        let names_product = plain.product.is_some();
        self.tails
            .write(&answer, names_product, out, Tail::of_answer)?;
        Ok(true)
    }

    /// Answers any line; nothing for a blank one. Whether it could be asked.
    fn answer_strictly(&mut self, line: &Line<'_>, out: &mut Vec<u8>) -> io::Result<bool> {
        let written = match line.text() {
            Ok(text) if text.trim_ascii().is_empty() => return Ok(true),
            Ok(text) => WrittenRequest::read(text).map_err(|finding| of_cut(line, text, finding)),
            Err(finding) => Err(finding),
        };
        let number = Some(line.number);
        let asked = match written {
            Ok(written) => self.world.answer_written(&written, number, out)?,
            Err(finding) => self.world.refuse(&finding, number, out)?,
        };
        out.push(b'\n');
        Ok(asked)
    }
}

/// The same with help where the stream ends in the middle of the line.
fn of_cut(line: &Line<'_>, text: &str, finding: Finding) -> Finding {
    match line.is_cut && WrittenRequest::is_cut_off(text) {
        true => finding.with_help(CUT),
        false => finding,
    }
}
