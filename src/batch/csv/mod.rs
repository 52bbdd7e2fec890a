//! Records of comma-separated values into questions, and answers into records.

mod columns;
mod record;
mod reply;
#[cfg(test)]
mod tests;

use std::io::{self, Read};

use super::allowance::{AllowanceShare, SearchAllowance};
use super::chunk::{ChunkReader, LineChunk};
use super::error::BatchError;
use super::line::InputLine;
use super::reply_ends::{ReplyEnd, ReplyEnds};
use crate::answer::Answer;
use crate::codes;
use crate::finding::Finding;
use crate::protocol::{AnswerReply, AskFailure, CanReply, ErrorReply, Request, World};
use crate::text::cell::CsvCells;
use crate::text::record::separator_of;
use columns::CsvColumns;
use record::{CsvRecord, RecordCells, read_cells};
use reply::{CsvDialect, echo, echo_as_asked, go_on};

/// Reads the header: the first line that is not blank. None where there is no such line. What separates its cells separates
/// those of all records.
pub(super) fn read_header<R: Read>(
    chunks: &mut ChunkReader<R>,
    cells: CsvCells,
) -> Result<Option<CsvColumns>, BatchError> {
    let mut chunk = LineChunk::default();
    while chunks.read_one(&mut chunk).map_err(BatchError::Reading)? {
        let mut names = Vec::new();
        for line in chunk.lines() {
            let separator = separator_of(line.text().map_err(BatchError::Header)?);
            let read = read_cells(&line, separator, &mut names).map_err(BatchError::Header)?;
            if read.is_some() {
                chunks.separate_by(separator);
                let dialect = CsvDialect { separator, cells };
                let columns = CsvColumns::of(&names, dialect).map_err(BatchError::Header)?;
                return Ok(Some(columns));
            }
        }
    }
    Ok(None)
}

/// Answers records of comma-separated values.
pub(super) struct RecordAnswerer<'w, 'c> {
    world: World<'w>,
    /// What may be spent on nearest names.
    allowance: &'w SearchAllowance,
    columns: &'c CsvColumns,
    reply_ends: ReplyEnds,
}

/// What a record comes to.
enum RecordAnswer<'w> {
    Answer(Answer<'w>),
    Reply(Box<AnswerReply>),
}

impl<'w, 'c> RecordAnswerer<'w, 'c> {
    /// An answerer that has kept nothing yet.
    pub(super) fn new(
        world: World<'w>,
        allowance: &'w SearchAllowance,
        columns: &'c CsvColumns,
    ) -> Self {
        Self {
            world,
            allowance,
            columns,
            reply_ends: ReplyEnds::new(),
        }
    }

    /// Answers the records of a chunk, at the end of `out`. Whether all of them could be asked.
    pub(super) fn answer(&mut self, chunk: &LineChunk, out: &mut Vec<u8>) -> io::Result<bool> {
        let share = self.allowance.share_of(chunk.number);
        let mut cells = Vec::new();
        let mut all = true;
        for line in chunk.lines() {
            all &= self.answer_record(&line, &share, &mut cells, out)?;
        }
        Ok(all)
    }

    /// Answers one record; nothing for a blank line. Whether it could be asked.
    fn answer_record<'l>(
        &mut self,
        line: &InputLine<'l>,
        share: &AllowanceShare<'_>,
        cells: &mut RecordCells<'l>,
        out: &mut Vec<u8>,
    ) -> io::Result<bool> {
        let record = match read_cells(line, self.columns.dialect.separator, cells) {
            Ok(None) => return Ok(true),
            Ok(Some(text)) => CsvRecord::of(self.columns, text, cells),
            Err(finding) => Err(finding),
        };
        let record = match record {
            Ok(record) => record,
            Err(finding) => return self.refuse(line, None, (&finding).into(), out),
        };
        match self.ask(&record) {
            Ok(RecordAnswer::Answer(answer)) => {
                echo(&record, answer.product(), out);
                let columns = self.columns;
                self.reply_ends.write(&answer, false, out, |answer| {
                    let mut tail = Vec::new();
                    let reply = CanReply::from(answer);
                    go_on(columns, answer.product(), &reply, &mut tail)?;
                    Ok(ReplyEnd::new(tail))
                })?;
            }
            Ok(RecordAnswer::Reply(reply)) => {
                let product = reply.request.body.product().unwrap_or_default();
                echo(&record, product, out);
                go_on(self.columns, product, &*reply, out)?;
            }
            Err(failure) => {
                for finding in failure.findings().iter() {
                    share.spend_on(finding);
                }
                return self.refuse(line, Some(&record), failure.reply(), out);
            }
        }
        Ok(true)
    }

    /// Asks by handles, and what cannot be asked so as a request.
    fn ask(&self, record: &CsvRecord<'_>) -> Result<RecordAnswer<'w>, AskFailure> {
        if let Some(asked) = record.of_action() {
            let facts = record.facts();
            let answer =
                self.world
                    .decide(asked.product, asked.user, asked.action, asked.target, facts);
            return answer.map(RecordAnswer::Answer).map_err(AskFailure::from);
        }
        let json = record.to_json().to_string();
        let request = Request::from_json(&json).map_err(in_columns)?;
        let reply = self.world.try_answer(&request)?;
        Ok(RecordAnswer::Reply(Box::new(reply)))
    }

    /// Says that a record could not be asked, and why.
    fn refuse(
        &self,
        line: &InputLine<'_>,
        record: Option<&CsvRecord<'_>>,
        error: ErrorReply,
        out: &mut Vec<u8>,
    ) -> io::Result<bool> {
        let refused = ErrorReply {
            line: Some(line.number),
            ..error
        };
        match record {
            Some(record) => echo_as_asked(record, out),
            None => {
                let empty = self.columns.names.iter().map(|_| "");
                self.columns.dialect.write_cells(empty, out);
            }
        }
        go_on(self.columns, "", &refused, out)?;
        Ok(false)
    }
}

/// The same with help for those who write columns.
fn in_columns(finding: Finding) -> Finding {
    let code = finding.code();
    if code == &codes::MISSING_KEY {
        finding.with_help("fill the cell in that column")
    } else if code == &codes::NOT_ONE_QUESTION {
        finding.with_help("fill one of the columns `action` and `change`")
    } else {
        finding
    }
}
