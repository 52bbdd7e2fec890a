//! The shapes of requests and replies of the standard, for the description. What reads requests accepts more in one place: the items of a
//! batch, which are denied one by one where they are wrong.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde_json::Value;

use crate::authzen::Why;

/// Anything that is known of an entity, an action or the moment.
type Properties = BTreeMap<String, Value>;

/// Who does it, or on what.
#[derive(JsonSchema)]
pub(super) struct Entity {
    /// Its type: `user`, a kind of thing, `product` or `firm`.
    #[schemars(rename = "type")]
    _kind: String,
    /// Its id.
    #[schemars(rename = "id")]
    _id: String,
    /// What the request says of it, in place of what the firm says.
    #[schemars(rename = "properties")]
    _properties: Option<Properties>,
}

/// An entity that is searched for.
#[derive(JsonSchema)]
pub(super) struct SearchedEntity {
    /// Its type.
    #[schemars(rename = "type")]
    _kind: String,
    /// Left aside.
    #[schemars(rename = "id")]
    _id: Option<Value>,
    /// What has to be so of those who are found.
    #[schemars(rename = "properties")]
    _properties: Option<Properties>,
}

/// What is done.
#[derive(JsonSchema)]
pub(super) struct Action {
    /// The id of the action, or `product:id`.
    #[schemars(rename = "name")]
    _name: String,
    /// Facts of the action.
    #[schemars(rename = "properties")]
    _properties: Option<Properties>,
}

/// When the answers to a batch end.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
#[expect(dead_code, reason = "it describes the words that are read")]
enum EvaluationsSemantic {
    ExecuteAll,
    DenyOnFirstDeny,
    PermitOnFirstPermit,
}

/// How it is answered.
#[derive(JsonSchema)]
pub(super) struct EvaluationOptions {
    /// When the answers to a batch end.
    #[schemars(rename = "evaluations_semantic")]
    _semantic: Option<EvaluationsSemantic>,
    /// Whether decisions say why, beyond the standard: true or false.
    #[schemars(rename = "reasons")]
    _reasons: Option<Value>,
}

/// May this subject do this on that resource?
#[derive(JsonSchema)]
pub(super) struct EvaluationRequest {
    #[schemars(rename = "subject")]
    _subject: Entity,
    #[schemars(rename = "action")]
    _action: Action,
    #[schemars(rename = "resource")]
    _resource: Entity,
    /// Facts of the action.
    #[schemars(rename = "context")]
    _context: Option<Properties>,
    #[schemars(rename = "options")]
    _options: Option<EvaluationOptions>,
}

/// Many questions; one, where none are listed.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "it describes what is read")]
pub(super) enum EvaluationsRequest {
    Many(ManyEvaluationsRequest),
    One(SingleEvaluationRequest),
}

/// One question, without any that are listed.
#[derive(JsonSchema)]
pub(super) struct SingleEvaluationRequest {
    #[schemars(flatten)]
    _question: EvaluationRequest,
    /// None.
    #[schemars(rename = "evaluations", length(max = 0))]
    _evaluations: Option<Vec<Value>>,
}

/// Many questions. What an item leaves out, it takes from here, as a whole.
#[derive(JsonSchema)]
pub(super) struct ManyEvaluationsRequest {
    #[schemars(rename = "subject")]
    _subject: Option<Properties>,
    #[schemars(rename = "action")]
    _action: Option<Properties>,
    #[schemars(rename = "resource")]
    _resource: Option<Properties>,
    #[schemars(rename = "context")]
    _context: Option<Properties>,
    #[schemars(rename = "options")]
    _options: Option<EvaluationOptions>,
    /// The questions: objects with `subject`, `action`, `resource` and `context`. One that is wrong is denied.
    #[schemars(rename = "evaluations", length(min = 1))]
    _evaluations: Vec<Value>,
}

/// Which results are wanted.
#[derive(JsonSchema)]
pub(super) struct PageShape {
    /// The `next_token` of the page before.
    #[schemars(rename = "token")]
    _token: Option<String>,
    /// The most results; 0 leaves it to the server.
    #[schemars(rename = "limit")]
    _limit: Option<u32>,
}

/// Who may do this on that resource?
#[derive(JsonSchema)]
pub(super) struct SubjectSearchRequest {
    #[schemars(rename = "subject")]
    _subject: SearchedEntity,
    #[schemars(rename = "action")]
    _action: Action,
    #[schemars(rename = "resource")]
    _resource: Entity,
    #[schemars(rename = "context")]
    _context: Option<Properties>,
    #[schemars(rename = "page")]
    _page: Option<PageShape>,
}

/// On what may this subject do this?
#[derive(JsonSchema)]
pub(super) struct ResourceSearchRequest {
    #[schemars(rename = "subject")]
    _subject: Entity,
    #[schemars(rename = "action")]
    _action: Action,
    #[schemars(rename = "resource")]
    _resource: SearchedEntity,
    #[schemars(rename = "context")]
    _context: Option<Properties>,
    #[schemars(rename = "page")]
    _page: Option<PageShape>,
}

/// What may this subject do on that resource?
#[derive(JsonSchema)]
pub(super) struct ActionSearchRequest {
    #[schemars(rename = "subject")]
    _subject: Entity,
    /// It is what is searched for.
    #[schemars(rename = "action")]
    _action: Option<()>,
    #[schemars(rename = "resource")]
    _resource: Entity,
    #[schemars(rename = "context")]
    _context: Option<Properties>,
    #[schemars(rename = "page")]
    _page: Option<PageShape>,
}

/// The answer to one question.
#[derive(JsonSchema)]
pub(super) struct DecisionReply {
    /// Whether it is allowed.
    #[schemars(rename = "decision")]
    _decision: bool,
    /// Why, where it was asked for.
    #[schemars(rename = "context", skip_serializing_if = "Option::is_none")]
    _context: Option<Why>,
}

/// The answers to many questions; to one, where none were listed.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "it describes what is written")]
pub(super) enum DecisionsReply {
    /// In the order of the questions.
    Many {
        /// The answers.
        evaluations: Vec<DecisionReply>,
    },
    /// To the body itself.
    One(DecisionReply),
}
