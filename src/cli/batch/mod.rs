//! Lines of JSON into questions, and answers into lines of JSON; `csv` does the same with records.

mod chunk;
pub(crate) mod csv;
mod cut;
mod desk;
mod line;
mod object;
mod plain;
mod purse;
mod question;
mod reply;
mod tails;

use std::io;

use clio_rules::{Answer, AskError, Finding, Firm, Verdict};
use serde_json::value::RawValue;

pub(crate) use chunk::{Chunk, Chunks};
pub(crate) use cut::Cut;
pub(crate) use desk::{Desk, Failed, Pen, Replies};
use line::{CUT, Line};
use object::Object;
use plain::{Facts, Plain};
pub(crate) use purse::Purse;
use purse::Share;
use question::{About, Asked};
use reply::{Judged, Refused, echo, go_on, tail};
use tails::Tails;

/// Where questions are answered, each for itself, so that they can be answered side by side.
#[derive(Clone, Copy)]
pub(crate) struct Room<'f> {
    firm: &'f Firm,
    /// The product of lines that do not name one.
    product: Option<&'f str>,
    /// What may be spent there on nearest names.
    purse: &'f Purse,
}

/// One who answers there. What they keep makes them quicker, and changes no answer.
pub(crate) struct Clerk<'f> {
    room: Room<'f>,
    tails: Tails,
}

/// What a question came to.
enum Outcome<'f> {
    Answer(Answer<'f>),
    Verdict(Box<Verdict>),
}

impl<'f> Room<'f> {
    /// A room where questions are about this firm.
    pub(crate) fn new(firm: &'f Firm, product: Option<&'f str>, purse: &'f Purse) -> Self {
        Self {
            firm,
            product,
            purse,
        }
    }

    /// Answers an object.
    fn ask(&self, object: &Object<'_>) -> Result<Outcome<'f>, Finding> {
        let Asked {
            product,
            user,
            about,
        } = Asked::of(object, self.product)?;
        let verdict = match about {
            About::Action(asked) => {
                let facts = asked.facts.iter();
                let facts = facts.map(|(name, value)| (name.as_str(), &**value));
                let target = asked.target.as_deref();
                return self
                    .decide(product.as_deref(), &user, &asked.action, target, facts)
                    .map(Outcome::Answer)
                    .map_err(AskError::into_finding);
            }
            About::Change(change) => self.firm.judge(&change),
            About::Bulk(bulk) => self.firm.judge_bulk(&bulk),
        };
        verdict
            .map(|verdict| Outcome::Verdict(Box::new(verdict)))
            .map_err(AskError::into_finding)
    }

    /// Asks by handles, which is quicker than by names. Unknown names come first, whatever else is wrong.
    fn decide<'a>(
        &self,
        product: Option<&str>,
        user: &str,
        action: &str,
        target: Option<&str>,
        facts: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> Result<Answer<'f>, AskError> {
        let rulebook = self.firm.rulebook();
        let mut action = rulebook.action(product, action)?;
        let user = self.firm.user(user)?;
        let target = target.map(|target| self.firm.user(target)).transpose()?;
        for (fact, value) in facts {
            action = action.with_fact(rulebook, fact, value)?;
        }
        self.firm.decide(user, action, target)
    }
}

impl<'f> Clerk<'f> {
    /// Somebody new.
    pub(crate) fn new(room: Room<'f>) -> Self {
        Self {
            room,
            tails: Tails::new(),
        }
    }

    /// Answers the lines of a chunk, at the end of `out`. Whether all of them could be asked.
    pub(crate) fn answer(&mut self, chunk: &Chunk, out: &mut Vec<u8>) -> io::Result<bool> {
        let share = self.room.purse.share_of(chunk.number);
        let mut facts = Facts::new();
        let mut all = true;
        for line in chunk.lines() {
            all &= match self.answer_plain(&line, &share, &mut facts, out)? {
                Some(was_asked) => was_asked,
                None => self.answer_strictly(&line, &share, out)?,
            };
        }
        Ok(all)
    }

    /// Answers a plain line. Whether it could be asked; none where the strict reader has to say what it is.
    fn answer_plain<'c>(
        &mut self,
        line: &Line<'c>,
        share: &Share<'_>,
        facts: &mut Facts<'c>,
        out: &mut Vec<u8>,
    ) -> io::Result<Option<bool>> {
        let plain = line.text().ok().and_then(|text| Plain::read(text, facts));
        let Some(plain) = plain else {
            return Ok(None);
        };
        let product = plain.product.or(self.room.product);
        let given = facts.iter().copied();
        let answer = self
            .room
            .decide(product, plain.user, plain.action, plain.target, given);
        match answer {
            Ok(answer) => {
                plain.echo(out);
                self.tails
                    .write(&answer, plain.product.is_some(), out, tail)?;
                Ok(Some(true))
            }
            // A fact that is given twice is found by the strict reader, before any unknown name.
            Err(_) if facts.len() > 1 => Ok(None),
            Err(error) => {
                let id = plain.id.map(serde_json::from_str).transpose()?;
                let finding = error.into_finding();
                refuse((line, id), &finding, share, out).map(Some)
            }
        }
    }

    /// Answers any line; nothing for a blank one. Whether it could be asked.
    fn answer_strictly(
        &mut self,
        line: &Line<'_>,
        share: &Share<'_>,
        out: &mut Vec<u8>,
    ) -> io::Result<bool> {
        let object = match line.text() {
            Ok(text) if text.trim_ascii().is_empty() => return Ok(true),
            Ok(text) => Object::read(text, "a line").map_err(|finding| {
                match line.is_cut && Object::is_started(text) {
                    true => finding.with_help(CUT),
                    false => finding,
                }
            }),
            Err(finding) => Err(finding),
        };
        let object = match object {
            Ok(object) => object,
            Err(finding) => return refuse((line, None), &finding, share, out),
        };
        let names_product = object.raw("product").is_some();
        match self.room.ask(&object) {
            Ok(Outcome::Answer(answer)) => {
                echo(&object, out)?;
                self.tails.write(&answer, names_product, out, tail)?;
            }
            Ok(Outcome::Verdict(verdict)) => {
                echo(&object, out)?;
                let judged = Judged {
                    verdict: &verdict,
                    names_product,
                };
                go_on(out, &judged)?;
                out.push(b'\n');
            }
            Err(finding) => return refuse((line, object.raw("id")), &finding, share, out),
        }
        Ok(true)
    }
}

/// Says that a line, which may have an id, could not be asked, and why.
fn refuse(
    (line, id): (&Line<'_>, Option<&RawValue>),
    finding: &Finding,
    share: &Share<'_>,
    out: &mut Vec<u8>,
) -> io::Result<bool> {
    share.spend_on(finding);
    let refused = Refused {
        number: line.number,
        id,
        finding,
    };
    serde_json::to_writer(&mut *out, &refused)?;
    out.push(b'\n');
    Ok(false)
}
