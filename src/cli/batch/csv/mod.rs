//! Records of comma-separated values into questions, and answers into records.

mod columns;
mod record;
mod reply;
#[cfg(test)]
mod tests;

use std::io;

use clio_rules::{Finding, codes};

use super::line::Line;
use super::object::Object;
use super::purse::Share;
use super::reply::{Answered, Judged, Refused};
use super::tails::{Tail, Tails};
use super::{Chunk, Outcome, Room};
pub(crate) use columns::Columns;
use record::Record;
pub(crate) use record::{Cells, read_cells};
use reply::{echo, echo_as_asked, go_on, write_cells};

/// One who answers records.
pub(crate) struct Clerk<'f, 'c> {
    room: Room<'f>,
    columns: &'c Columns,
    tails: Tails,
}

impl<'f, 'c> Clerk<'f, 'c> {
    /// Somebody new.
    pub(crate) fn new(room: Room<'f>, columns: &'c Columns) -> Self {
        Self {
            room,
            columns,
            tails: Tails::new(),
        }
    }

    /// Answers the records of a chunk, at the end of `out`. Whether all of them could be asked.
    pub(crate) fn answer(&mut self, chunk: &Chunk, out: &mut Vec<u8>) -> io::Result<bool> {
        let share = self.room.purse.share_of(chunk.number);
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
        line: &Line<'l>,
        share: &Share<'_>,
        cells: &mut Cells<'l>,
        out: &mut Vec<u8>,
    ) -> io::Result<bool> {
        let record = match read_cells(line, cells) {
            Ok(None) => return Ok(true),
            Ok(Some(text)) => Record::of(self.columns, text, cells),
            Err(finding) => Err(finding),
        };
        let record = match record {
            Ok(record) => record,
            Err(finding) => return self.refuse(line, None, &finding, out),
        };
        let asked = self.ask(&record);
        if let Err(finding) = &asked {
            share.spend_on(finding);
        }
        match asked {
            Ok(Outcome::Answer(answer)) => {
                echo(&record, answer.product(), out);
                let columns = self.columns;
                self.tails.write(&answer, false, out, |answer| {
                    let mut tail = Vec::new();
                    go_on(columns, answer.product(), &Answered(answer), &mut tail)?;
                    Ok(Tail::new(tail))
                })?;
            }
            Ok(Outcome::Verdict(verdict)) => {
                let judged = Judged {
                    verdict: &verdict,
                    names_product: true,
                };
                echo(&record, verdict.product(), out);
                go_on(self.columns, verdict.product(), &judged, out)?;
            }
            Err(finding) => return self.refuse(line, Some(&record), &finding, out),
        }
        Ok(true)
    }

    /// Asks by handles, and what cannot be asked so as a line of JSON is asked.
    fn ask(&self, record: &Record<'_>) -> Result<Outcome<'f>, Finding> {
        if let Some(asked) = record.of_action() {
            let product = asked.product.or(self.room.product);
            let facts = record.facts();
            let answer = self
                .room
                .decide(product, asked.user, asked.action, asked.target, facts);
            return answer.map(Outcome::Answer).map_err(|e| e.into_finding());
        }
        let json = record.to_json().to_string();
        let asked = Object::read(&json, "a record").and_then(|object| self.room.ask(&object));
        asked.map_err(in_columns)
    }

    /// Says that a record could not be asked, and why.
    fn refuse(
        &self,
        line: &Line<'_>,
        record: Option<&Record<'_>>,
        finding: &Finding,
        out: &mut Vec<u8>,
    ) -> io::Result<bool> {
        let refused = Refused {
            number: line.number,
            id: None,
            finding,
        };
        match record {
            Some(record) => echo_as_asked(record, out),
            None => write_cells(self.columns.names.iter().map(|_| ""), out),
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
