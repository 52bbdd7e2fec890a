//! All questions, one line each: word, request and reply.

use serde::Serialize;
use serde_json::Value;

use super::ask::*;
use super::error::AskFailure;
use super::json::{JsonObject, read_fields};
use super::reply::{AnswerReply, Exchange};
use super::request::Request;
use super::world::World;
use crate::analyse::{FirmDifference, Plans, Proof, Review, RulebookDifference, WhatCan};
use crate::answer::Question;
use crate::change::{Bulk, Change};
use crate::finding::Finding;

/// A question, with how it is answered.
pub trait Ask: Clone + Serialize {
    /// The type of its replies.
    type Reply: Serialize;

    /// Answers it. [`World::ask`] returns the answer together with the question.
    ///
    /// # Errors
    /// [`AskFailure`] when the question cannot be asked.
    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<Self::Reply>, AskFailure>;

    /// Id of the product that the question names.
    fn product(&self) -> Option<&str>;

    /// Sets the product.
    fn set_product(&mut self, product: &str);
}

/// Implements the methods about the product, given the field that holds it. Without a field, the question is not about one.
macro_rules! names_product {
    () => {
        fn product(&self) -> Option<&str> {
            None
        }

        fn set_product(&mut self, _: &str) {}
    };
    ($($field:tt).+) => {
        fn product(&self) -> Option<&str> {
            self.$($field).+.as_deref()
        }

        fn set_product(&mut self, product: &str) {
            self.$($field).+ = Some(product.to_owned().into());
        }
    };
}
pub(super) use names_product;

/// A question of the protocol: one line of the table below.
pub trait ProtocolQuestion: Ask + Into<RequestBody> {
    /// Its word under `ask`.
    const WORD: &'static str;

    /// Its reply as one of all replies.
    fn body(reply: Self::Reply) -> ReplyBody;
}

/// The result of a question: its reply, and what every reply has.
#[derive(Debug, Clone)]
pub struct QuestionOutcome<R> {
    /// Yes or no, as the exit code says.
    pub yes: bool,
    /// Id of the product that the question is about, if it is about one.
    pub product: Option<String>,
    /// The reply.
    pub reply: R,
}

impl<R> QuestionOutcome<R> {
    pub(super) fn new(yes: bool, product: Option<&str>, reply: R) -> Self {
        Self {
            yes,
            product: product.map(str::to_owned),
            reply,
        }
    }

    /// Replaces the reply.
    pub(super) fn map<T>(self, reply: impl FnOnce(R) -> T) -> QuestionOutcome<T> {
        QuestionOutcome {
            yes: self.yes,
            product: self.product,
            reply: reply(self.reply),
        }
    }

    /// The question with this answer.
    pub(super) fn to<Q: Ask<Reply = R>>(self, mut request: Q) -> Exchange<Q> {
        if let Some(product) = &self.product {
            request.set_product(product);
        }
        Exchange {
            request,
            yes: self.yes,
            reply: self.reply,
        }
    }
}

impl QuestionOutcome<ReplyBody> {
    /// The answer to this request, which then names its product.
    pub(super) fn answer(self, mut request: Request) -> AnswerReply {
        if let Some(product) = &self.product {
            request.body.set_product(product);
        }
        AnswerReply {
            request,
            yes: self.yes,
            body: self.reply,
        }
    }
}

/// Declares the questions.
macro_rules! questions {
    ($( $(#[doc = $doc:literal])* $name:ident($request:ty) -> $reply:ty, $word:literal; )*) => {
        /// A question. The variant in snake case is its word under `ask`.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        #[non_exhaustive]
        pub enum RequestBody {
            $( $(#[doc = $doc])* $name($request), )*
        }

        /// A reply, by question.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(untagged)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant, reason = "there is one of them at a time")]
        pub enum ReplyBody {
            $( $(#[doc = $doc])* $name($reply), )*
        }

        /// The words of all questions.
        pub(super) const WORDS: &[&str] = &[$( $word ),*];

        impl RequestBody {
            /// The word of the question under `ask`.
            pub fn word(&self) -> &'static str {
                match self {
                    $( Self::$name(_) => $word, )*
                }
            }

            /// Reads the keys of a question, except those around it. `None` if there is no such question.
            pub(super) fn read(
                word: &str,
                object: &JsonObject<'_>,
                around: &[&str],
            ) -> Option<Result<Self, Finding>> {
                match word {
                    $( $word => Some(read_fields(object, around).map(Self::$name)), )*
                    _ => None,
                }
            }

            /// Answers it.
            pub(super) fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<ReplyBody>, AskFailure> {
                match self {
                    $( Self::$name(request) => Ok(request.ask(world)?.map(ReplyBody::$name)), )*
                }
            }

            /// Id of the product that the question names.
            pub fn product(&self) -> Option<&str> {
                match self {
                    $( Self::$name(request) => request.product(), )*
                }
            }

            /// Sets the product.
            pub(super) fn set_product(&mut self, product: &str) {
                match self {
                    $( Self::$name(request) => request.set_product(product), )*
                }
            }

            /// Reads the question from a reply, which has the keys of both.
            pub(super) fn of_reply(word: &str, reply: &Value) -> Option<serde_json::Result<Self>> {
                match word {
                    $( $word => {
                        let keys = super::reply::keys_of::<$request>(reply);
                        Some(serde_json::from_value(keys).map(Self::$name))
                    } )*
                    _ => None,
                }
            }
        }

        impl ReplyBody {
            /// Reads the answer from a reply to a question.
            pub(super) fn of(word: &str, reply: &Value) -> Option<serde_json::Result<Self>> {
                match word {
                    $( $word => {
                        let answered = super::reply::keys_beside::<$request>(reply);
                        Some(serde_json::from_value(answered).map(Self::$name))
                    } )*
                    _ => None,
                }
            }
        }

        $(
            impl ProtocolQuestion for $request {
                const WORD: &'static str = $word;

                fn body(reply: $reply) -> ReplyBody {
                    ReplyBody::$name(reply)
                }
            }

            impl From<$request> for RequestBody {
                fn from(request: $request) -> Self {
                    Self::$name(request)
                }
            }
        )*

        /// The schemas of each question: its word, its request, its reply.
        #[cfg(feature = "schema")]
        pub(super) fn schemas(
            generator: &mut schemars::SchemaGenerator,
        ) -> Vec<(&'static str, [super::schema::SchemaEntries; 2])> {
            use super::schema::inline;
            vec![$( ($word, [inline::<$request>(generator), inline::<$reply>(generator)]), )*]
        }
    };
}

questions! {
    /// May this user do this?
    Can(Question<'static>) -> CanReply, "can";
    /// May this user do this, and which inputs lead to the answer?
    Explain(ExplainRequest) -> ExplainReply, "explain";
    /// What stands in the way?
    WhyNot(WhyNotRequest) -> WhyNotReply, "why_not";
    /// Is this permission change accepted?
    Change(Change) -> ChangeReply, "change";
    /// Are these permission changes accepted, all of them at once?
    Bulk(Bulk) -> ChangeReply, "bulk";
    /// Makes permission changes, where they are accepted.
    Apply(ApplyRequest) -> ApplyReply, "apply";
    /// Who may do this?
    WhoCan(WhoCanRequest) -> WhoCanReply, "who_can";
    /// What may this user do?
    WhatCan(WhatCanRequest) -> WhatCan, "what_can";
    /// On whom may this user do this?
    WhereCan(WhereCanRequest) -> WhereCanReply, "where_can";
    /// What would be different if?
    Simulate(SimulateRequest) -> SimulateReply, "simulate";
    /// What would have to be changed so that this user may do this?
    HowCan(HowCanRequest) -> Plans, "how_can";
    /// What may every user do?
    Access(AccessRequest) -> AccessReply, "access";
    /// Who may do what, roles across and actions down?
    Matrix(MatrixRequest) -> MatrixReply, "matrix";
    /// Who holds what, and who may do what?
    Review(ReviewRequest) -> Review, "review";
    /// In what do two rulebooks differ?
    Diff(DiffRequest) -> RulebookDifference, "diff";
    /// In what do two states of a firm differ?
    DiffFirm(DiffFirmRequest) -> FirmDifference, "diff_firm";
    /// Can this ever happen?
    Prove(ProveRequest) -> Proof, "prove";
    /// What is wrong or suspicious?
    Check(CheckRequest) -> CheckReply, "check";
    /// Do the rules answer as the fixtures expect?
    Test(TestRequest) -> Report, "test";
    /// What do the rules declare?
    Catalogue(CatalogueRequest) -> CatalogueReply, "catalogue";
}
