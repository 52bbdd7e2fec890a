//! A firm from one request to the next: each is answered in the state that those before it left.

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

/// Writes an accepted change of this firm to where the firm is kept.
type FirmStore<'s> = Box<dyn FnMut(&Firm, &Verdict) -> Result<(), AskFailure> + Send + 's>;

/// A world whose firm can be changed: by `apply`, and by nothing else.
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
    /// Starts with the firm of a world. What happens here leaves that world as it is.
    pub fn new(world: World<'s>) -> Self {
        Self {
            firm: world.firm().clone(),
            world,
            store: None,
        }
    }

    /// Writes every accepted change as well, before it is answered: to a firm file by [`Firm::write_change`], for instance. Where
    /// that fails, the firm stays as it was, and the request is answered by what went wrong.
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

    /// What requests are about now.
    pub fn world(&self) -> World<'_> {
        self.world.with(&self.firm)
    }

    /// Answers a request; what cannot be asked is a reply as well.
    pub fn answer(&mut self, request: &Request) -> Reply {
        match self.answered(&request.body) {
            Ok(answered) => Reply::Answer(answered.answer(request.clone())),
            Err(failure) => Reply::Error(ErrorReply {
                id: request.id.clone(),
                ..failure.reply()
            }),
        }
    }

    /// Answers a request that was written as JSON, as [`World::answer_text`].
    pub fn answer_text(&mut self, json: &str) -> String {
        text::answer_text(json, |body| self.answered(body))
    }

    /// Answers a request as it was written, at the end of `out`, as [`World::answer_written`].
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

    /// Makes a change where it is accepted.
    ///
    /// # Errors
    /// [`AskFailure`] when it cannot be asked, is meant for another state, or cannot be written.
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
                written = !verdict.altered.is_empty();
            }
            self.firm = self.firm.after(&verdict)?;
        }
        Ok(QuestionOutcome {
            yes: verdict.is_accepted(),
            product: Some(verdict.product().to_owned()),
            reply: ApplyReply {
                verdict: (&verdict).into(),
                state: self.firm.state(),
                written,
            },
        })
    }
}
