//! Lines of JSON into questions, and answers into lines of JSON.

mod input;
mod object;
mod question;
mod reply;

use std::io::{self, Write};

use clio_rules::{Answer, AskError, Finding, Firm};
use serde::Serialize;

pub(crate) use input::{Line, Lines};
use object::Object;
use question::{About, Asked, OfAction};
use reply::{Answered, Judged, Refused};

/// Answers lines, each for itself: it has no state, so that lines can be answered side by side.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room<'f> {
    firm: &'f Firm,
    /// The product of lines that do not name one.
    product: Option<&'f str>,
}

impl<'f> Room<'f> {
    /// A room where questions are about this firm.
    pub(crate) fn new(firm: &'f Firm, product: Option<&'f str>) -> Self {
        Self { firm, product }
    }

    /// Answers one line, at the end of `out`; nothing for a blank one. Whether it could be asked.
    pub(crate) fn answer(&self, line: &Line<'_>, out: &mut Vec<u8>) -> io::Result<bool> {
        let text = match line.text() {
            Ok(text) if text.trim_ascii().is_empty() => return Ok(true),
            Ok(text) => text,
            Err(finding) => return refuse(line, None, &finding, out),
        };
        let object = match Object::read(text, "a line") {
            Ok(object) => object,
            Err(finding) => return refuse(line, None, &finding, out),
        };
        match self.reply(&object, out) {
            Ok(written) => written.map(|()| true),
            Err(finding) => refuse(line, Some(&object), &finding, out),
        }
    }

    /// Answers an object: what was asked, and the answer.
    fn reply(&self, object: &Object<'_>, out: &mut Vec<u8>) -> Result<io::Result<()>, Finding> {
        let Asked {
            product,
            user,
            about,
        } = Asked::of(object, self.product)?;
        let verdict = match about {
            About::Action(action) => {
                let answer = self.decide(product.as_deref(), &user, &action);
                let answer = answer.map_err(AskError::into_finding)?;
                return Ok(write(&Answered { object, answer }, out));
            }
            About::Change(change) => self.firm.judge(&change),
            About::Bulk(bulk) => self.firm.judge_bulk(&bulk),
        };
        let verdict = &verdict.map_err(AskError::into_finding)?;
        Ok(write(&Judged { object, verdict }, out))
    }

    /// Asks by handles, which is quicker than by names. Unknown names come first, whatever else is wrong.
    fn decide(
        &self,
        product: Option<&str>,
        user: &str,
        asked: &OfAction<'_>,
    ) -> Result<Answer<'f>, AskError> {
        let rulebook = self.firm.rulebook();
        let mut action = rulebook.action(product, &asked.action)?;
        let user = self.firm.user(user)?;
        let target = asked.target.as_deref();
        let target = target.map(|target| self.firm.user(target)).transpose()?;
        for (fact, value) in &asked.facts {
            action = action.with_fact(rulebook, fact, value)?;
        }
        self.firm.decide(user, action, target)
    }
}

/// Says that a line could not be asked, and why.
fn refuse(
    line: &Line<'_>,
    object: Option<&Object<'_>>,
    finding: &Finding,
    out: &mut Vec<u8>,
) -> io::Result<bool> {
    let id = object.and_then(|object| object.raw("id"));
    let number = line.number();
    write(
        &Refused {
            number,
            id,
            finding,
        },
        out,
    )?;
    Ok(false)
}

fn write(reply: &impl Serialize, out: &mut Vec<u8>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, reply)?;
    out.write_all(b"\n")
}
