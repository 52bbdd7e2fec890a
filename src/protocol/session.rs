//! Sessions: each request is answered in the state of the firm that earlier requests left.

use std::io;

use super::ask::{ApplyReply, ApplyRequest};
use super::error::{AskFailure, ErrorReply};
use super::questions::{ProtocolQuestion, QuestionOutcome, ReplyBody, RequestBody};
use super::reply::{Exchange, Reply};
use super::request::{Request, WrittenRequest};
use super::text;
use super::world::World;
use crate::change::Verdict;
use crate::firm::Firm;

/// Stores an accepted change of this firm.
type FirmStore<'s> = Box<dyn FnMut(&Firm, &Verdict) -> Result<(), AskFailure> + Send + 's>;

/// A world whose firm `apply` can change. Nothing else changes it.
///
/// ```
/// use clio_rules::protocol::{Session, World};
/// use clio_rules::{Firm, Rulebook};
///
/// let firm = Firm::example(&Rulebook::builtin()?)?;
/// let mut session = Session::new(World::new(&firm));
/// let may = r#"{"user": "wren", "action": "create_bill"}"#;
/// assert!(session.answer_text(may).contains(r#""decision":"deny""#));
/// let grant = r#"{"ask": "apply", "user": "tomas", "change": "grant", "role": "billing", "target": "wren"}"#;
/// assert!(session.answer_text(grant).contains(r#""written":false"#));
/// assert!(session.answer_text(may).contains(r#""decision":"allow""#));
/// # Ok::<(), clio_rules::LoadError>(())
/// ```
pub struct Session<'s> {
    world: World<'s>,
    firm: Firm,
    store: Option<FirmStore<'s>>,
}

impl<'s> Session<'s> {
    /// Starts with the firm of a world. The world itself stays as it is.
    pub fn new(world: World<'s>) -> Self {
        Self {
            firm: world.firm().clone(),
            world,
            store: None,
        }
    }

    /// Also stores every accepted change before the reply, for instance in a firm file with [`Firm::write_change`]. If that fails,
    /// the firm stays as it was, and the reply is the error.
    #[must_use]
    pub fn stored_by(
        mut self,
        store: impl FnMut(&Firm, &Verdict) -> Result<(), AskFailure> + Send + 's,
    ) -> Self {
        self.store = Some(Box::new(store));
        self
    }

    /// The firm as it is now.
    pub fn firm(&self) -> &Firm {
        &self.firm
    }

    /// The world as it is now.
    pub fn world(&self) -> World<'_> {
        self.world.with(&self.firm)
    }

    /// Answers a request. An error is a reply as well.
    pub fn answer(&mut self, request: &Request) -> Reply {
        match self.answered(&request.body) {
            Ok(answered) => Reply::Answer(answered.answer(request.clone())),
            Err(failure) => Reply::Error(ErrorReply {
                id: request.id.clone(),
                ..failure.reply()
            }),
        }
    }

    /// Answers a request in JSON, as [`World::answer_text`] does.
    pub fn answer_text(&mut self, json: &str) -> String {
        text::answer_text(json, |body| self.answered(body))
    }

    /// Appends the answer to a request to `out`, as [`World::answer_written`] does.
    ///
    /// # Errors
    /// None: writing into memory does not fail.
    pub fn answer_written(
        &mut self,
        written: &WrittenRequest<'_>,
        out: &mut Vec<u8>,
    ) -> io::Result<Result<(), AskFailure>> {
        text::answer_written(written, |body| self.answered(body), out)
    }

    /// Makes a change if it is accepted.
    ///
    /// # Errors
    /// [`AskFailure`] when the change cannot be asked for, is meant for another state, or cannot be stored.
    pub fn apply(
        &mut self,
        request: impl Into<ApplyRequest>,
    ) -> Result<Exchange<ApplyRequest>, AskFailure> {
        let request = request.into();
        Ok(self.applied(&request)?.to(request))
    }

    fn answered(&mut self, body: &RequestBody) -> Result<QuestionOutcome<ReplyBody>, AskFailure> {
        match body {
            RequestBody::Apply(request) => Ok(self.applied(request)?.map(ApplyRequest::body)),
            body => body.ask(&self.world()),
        }
    }

    fn applied(
        &mut self,
        request: &ApplyRequest,
    ) -> Result<QuestionOutcome<ApplyReply>, AskFailure> {
        let verdict = request.verdict(&self.world())?;
        let mut written = false;
        if verdict.is_accepted() {
            if let Some(store) = &mut self.store {
                store(&self.firm, &verdict)?;
                written = verdict.alters_anything();
            }
            self.firm = self.firm.after(&verdict)?;
        }
        Ok(QuestionOutcome::new(
            verdict.is_accepted(),
            Some(verdict.product()),
            ApplyReply {
                verdict: (&verdict).into(),
                state: self.firm.state(),
                written,
            },
        ))
    }
}
