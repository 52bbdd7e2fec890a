//! Bytes in, bytes out: a request as it was written, and behind its entries the answer.

use std::io;

use serde::Serialize;
use serde_json::value::RawValue;

use super::error::{AskFailure, ErrorReply};
use super::questions::{QuestionOutcome, ReplyBody, RequestBody};
use super::reply::AnswerEnd;
use super::request::WrittenRequest;
use super::world::World;
#[cfg(feature = "batch")]
use crate::answer::Answer;

impl World<'_> {
    /// Answers a request in JSON. The reply repeats the entries of the request as they are, and adds those of the answer.
    ///
    /// ```
    /// use clio_rules::protocol::World;
    /// use clio_rules::{Firm, Rulebook};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let reply = World::new(&firm).answer_text(r#"{"id": 7, "user": "wern", "action": "create_bill"}"#);
    /// assert!(reply.starts_with(r#"{"id":7,"error":{"code":"unknown-user","#));
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn answer_text(&self, json: &str) -> String {
        answer_text(json, |body| body.ask(self))
    }

    /// Appends the answer to a request to `out`. If the question cannot be asked, nothing is appended.
    ///
    /// # Errors
    /// None: writing to memory does not fail.
    pub fn answer_written(
        &self,
        written: &WrittenRequest<'_>,
        out: &mut Vec<u8>,
    ) -> io::Result<Result<(), AskFailure>> {
        answer_written(written, |body| body.ask(self), out)
    }
}

/// The result of a question, or why it cannot be asked.
type Answered = Result<QuestionOutcome<ReplyBody>, AskFailure>;

/// The reply to a request in JSON.
pub(super) fn answer_text(json: &str, ask: impl FnOnce(&RequestBody) -> Answered) -> String {
    let mut out = Vec::new();
    // Memory takes whatever is written.
    let _ = write_answer(json, ask, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

fn write_answer(
    json: &str,
    ask: impl FnOnce(&RequestBody) -> Answered,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    let (failure, id) = match WrittenRequest::read(json) {
        Ok(written) => match answer_written(&written, ask, out)? {
            Ok(()) => return Ok(()),
            Err(failure) => (failure, written.id()),
        },
        Err(finding) => (finding.into(), None),
    };
    write_error(&failure, None, id, out)
}

/// Appends the answer to a request to `out`. If the question cannot be asked, nothing is appended.
pub(super) fn answer_written(
    written: &WrittenRequest<'_>,
    ask: impl FnOnce(&RequestBody) -> Answered,
    out: &mut Vec<u8>,
) -> io::Result<Result<(), AskFailure>> {
    let asked = written.request().map_err(AskFailure::from);
    let answered = match asked.and_then(|request| ask(&request.body)) {
        Ok(answered) => answered,
        Err(failure) => return Ok(Err(failure)),
    };
    written.echo(out)?;
    let product = answered.product.as_deref();
    let end = AnswerEnd {
        product: product.filter(|_| !written.names_product()),
        yes: answered.yes,
        body: &answered.reply,
    };
    go_on(out, &end)?;
    Ok(Ok(()))
}

/// The part of a reply to `can` after the request. It is the same for equal answers, so that callers with many questions can
/// keep it.
#[cfg(feature = "batch")]
pub(crate) fn can_end(answer: &Answer<'_>, names_product: bool) -> io::Result<Vec<u8>> {
    let mut end = Vec::new();
    let body = ReplyBody::Can(answer.into());
    go_on(
        &mut end,
        &AnswerEnd {
            product: (!names_product).then(|| answer.product()),
            yes: answer.is_allowed(),
            body: &body,
        },
    )?;
    Ok(end)
}

/// Appends an error reply to `out`. `line` is the number of the request among lines, and `id` the `id` of the request.
pub(crate) fn write_error(
    failure: &AskFailure,
    line: Option<u64>,
    id: Option<&RawValue>,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    #[derive(Serialize)]
    struct ErrorJson<'e> {
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<&'e RawValue>,
        #[serde(skip_serializing_if = "Option::is_none")]
        line: Option<u64>,
        #[serde(flatten)]
        error: &'e ErrorReply,
    }
    let error = &failure.reply();
    serde_json::to_writer(out, &ErrorJson { id, line, error })?;
    Ok(())
}

/// Appends the entries of an object to one that is still open, and closes it.
fn go_on(out: &mut Vec<u8>, object: &impl Serialize) -> io::Result<()> {
    let start = out.len();
    serde_json::to_writer(&mut *out, object)?;
    if let Some(brace) = out.get_mut(start) {
        *brace = b',';
    }
    Ok(())
}
