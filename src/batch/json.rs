//! Lines of JSON into questions, and answers into lines of JSON.

use std::io;

use serde_json::value::RawValue;

use super::allowance::{AllowanceShare, SearchAllowance};
use super::chunk::LineChunk;
use super::line::{CUT, InputLine};
use super::plain_question::{FactPairs, PlainQuestion};
use super::reply_ends::{ReplyEnd, ReplyEnds};
use crate::finding::Finding;
use crate::protocol::{AskFailure, Session, World, WrittenRequest, write_error};

/// Answers lines of JSON. What it keeps makes it quicker, and changes no answer: lines can be answered side by side.
pub(super) struct LineAnswerer<'w> {
    world: World<'w>,
    /// What may be spent on nearest names.
    allowance: &'w SearchAllowance,
    reply_ends: ReplyEnds,
}

impl<'w> LineAnswerer<'w> {
    /// An answerer that has kept nothing yet.
    pub(super) fn new(world: World<'w>, allowance: &'w SearchAllowance) -> Self {
        Self {
            world,
            allowance,
            reply_ends: ReplyEnds::new(),
        }
    }

    /// Answers the lines of a chunk, at the end of `out`. Whether all of them could be asked.
    pub(super) fn answer(&mut self, chunk: &LineChunk, out: &mut Vec<u8>) -> io::Result<bool> {
        let share = self.allowance.share_of(chunk.number);
        let mut facts = FactPairs::new();
        let mut all = true;
        for line in chunk.lines() {
            all &= match self.answer_plain(&line, &share, &mut facts, out)? {
                Some(was_asked) => was_asked,
                None => {
                    let world = &self.world;
                    answer_strictly(
                        &line,
                        |written, out| world.answer_written(written, out),
                        &share,
                        out,
                    )?
                }
            };
        }
        Ok(all)
    }

    /// Answers a plain line. Whether it could be asked; none where the strict reader has to say what it is.
    fn answer_plain<'c>(
        &mut self,
        line: &InputLine<'c>,
        share: &AllowanceShare<'_>,
        facts: &mut FactPairs<'c>,
        out: &mut Vec<u8>,
    ) -> io::Result<Option<bool>> {
        let plain = line
            .text()
            .ok()
            .and_then(|text| PlainQuestion::read(text, facts));
        let Some(plain) = plain else {
            return Ok(None);
        };
        let given = facts.iter().copied();
        let answer =
            self.world
                .decide(plain.product, plain.user, plain.action, plain.target, given);
        match answer {
            Ok(answer) if self.world.may_be_elsewhere(plain.product, &answer) => Ok(None),
            Ok(answer) => {
                plain.echo(out);
                let names_product = plain.product.is_some();
                self.reply_ends
                    .write(&answer, names_product, out, ReplyEnd::of_answer)?;
                Ok(Some(true))
            }
            // A fact that is given twice is found by the strict reader, before any unknown name.
            Err(_) if facts.len() > 1 => Ok(None),
            Err(error) => {
                let id = plain.id.map(serde_json::from_str).transpose()?;
                refuse((line, id), &error.into(), share, out).map(Some)
            }
        }
    }
}

/// What a request as it was written is answered with, or why it cannot be asked.
type Written = io::Result<Result<(), AskFailure>>;

/// Answers any line; nothing for a blank one. Whether it could be asked.
fn answer_strictly(
    line: &InputLine<'_>,
    answer: impl FnOnce(&WrittenRequest<'_>, &mut Vec<u8>) -> Written,
    share: &AllowanceShare<'_>,
    out: &mut Vec<u8>,
) -> io::Result<bool> {
    let written = match line.text() {
        Ok(text) if text.trim_ascii().is_empty() => return Ok(true),
        Ok(text) => WrittenRequest::read(text).map_err(|finding| of_cut(line, text, finding)),
        Err(finding) => Err(finding),
    };
    let written = match written {
        Ok(written) => written,
        Err(finding) => return refuse((line, None), &finding.into(), share, out),
    };
    match answer(&written, out)? {
        Ok(()) => {
            out.push(b'\n');
            Ok(true)
        }
        Err(failure) => refuse((line, written.id()), &failure, share, out),
    }
}

/// Answers the lines of a chunk one after the other, each in the state that those before it left. Whether all of them could be
/// asked.
pub(super) fn answer_in_order(
    session: &mut Session<'_>,
    chunk: &LineChunk,
    allowance: &SearchAllowance,
    out: &mut Vec<u8>,
) -> io::Result<bool> {
    let share = allowance.share_of(chunk.number);
    let mut all = true;
    for line in chunk.lines() {
        let answered = answer_strictly(
            &line,
            |written, out| session.answer_written(written, out),
            &share,
            out,
        );
        all &= answered?;
    }
    Ok(all)
}

/// The same with help where the stream ends in the middle of the line.
fn of_cut(line: &InputLine<'_>, text: &str, finding: Finding) -> Finding {
    if line.is_cut && WrittenRequest::is_cut_off(text) {
        finding.with_help(CUT)
    } else {
        finding
    }
}

/// Says that a line, which may have an id, could not be asked, and why.
fn refuse(
    (line, id): (&InputLine<'_>, Option<&RawValue>),
    failure: &AskFailure,
    share: &AllowanceShare<'_>,
    out: &mut Vec<u8>,
) -> io::Result<bool> {
    for finding in failure.findings().iter() {
        share.spend_on(finding);
    }
    write_error(failure, Some(line.number), id, out)?;
    out.push(b'\n');
    Ok(false)
}
