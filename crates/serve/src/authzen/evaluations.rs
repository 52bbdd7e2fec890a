//! One question, and many in one request.

use super::evaluate::Decider;
use super::json::{Json, JsonMemory, Member, member};
use super::outcome::{Outcome, Why};
use super::request::{Parts, RequestError, members};
use super::{AuthzenOptions, json};
use crate::tenant::Loaded;

/// When the answers to a batch end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Until {
    /// With the last question.
    End,
    /// With the first answer of this kind.
    First(bool),
}

/// What a body says under `options`.
struct Wishes {
    until: Until,
    /// Whether decisions say why.
    is_worded: bool,
}

impl Wishes {
    fn of(body: &[Member<'_>], options: &AuthzenOptions) -> Result<Self, RequestError> {
        let wishes = super::request::object(body, "options")?.unwrap_or_default();
        let until = match member(wishes, "evaluations_semantic") {
            None => Until::End,
            Some(Json::Text(word)) => match *word {
                "execute_all" => Until::End,
                "deny_on_first_deny" => Until::First(false),
                "permit_on_first_permit" => Until::First(true),
                other => {
                    return Err(RequestError(format!(
                        "`{other}` is no value of `options.evaluations_semantic`"
                    )));
                }
            },
            Some(_) => {
                return Err(RequestError(
                    "`options.evaluations_semantic` has to be a text".to_owned(),
                ));
            }
        };
        let is_worded = match member(wishes, "reasons") {
            Some(Json::Flag(wish)) => *wish,
            _ => options.reasons,
        };
        Ok(Self { until, is_worded })
    }
}

/// What was decided in one request, for whoever counts and logs it.
#[derive(Debug, Default)]
pub struct Tally {
    /// Decisions that allow.
    pub allowed: u64,
    /// Decisions that deny.
    pub denied: u64,
    /// The rule of each decision, or the code of why there is none; only where somebody wants to know.
    pub rules: Option<Vec<Box<str>>>,
}

impl Tally {
    /// A tally that notes the rules as well.
    pub fn with_rules() -> Self {
        Self {
            rules: Some(Vec::new()),
            ..Self::default()
        }
    }

    fn note(&mut self, outcome: &Outcome) {
        self.allowed += u64::from(outcome.decision);
        self.denied += u64::from(!outcome.decision);
        if let Some(rules) = &mut self.rules {
            let why = outcome.why.as_ref();
            let rule = why.and_then(|why| why.rule.as_deref().or(why.code.as_deref()));
            rules.push(rule.unwrap_or_default().into());
        }
    }
}

/// Reads a body: JSON that is not nested too deeply.
pub(super) fn read<'b>(
    body: &'b [u8],
    memory: &'b JsonMemory,
    options: &AuthzenOptions,
) -> Result<Json<'b>, RequestError> {
    Json::read(body, memory, options.depth)
        .map_err(|error| RequestError(format!("this is not JSON: {error}")))
}

/// Answers one question.
///
/// # Errors
/// [`RequestError`] where the body is no question.
pub fn evaluation(
    loaded: &Loaded,
    options: &AuthzenOptions,
    body: &[u8],
    tally: &mut Tally,
) -> Result<Vec<u8>, RequestError> {
    let memory = JsonMemory::default();
    let body = read(body, &memory, options)?;
    let body = members(&body)?;
    single(loaded, options, body, tally)
}

fn single(
    loaded: &Loaded,
    options: &AuthzenOptions,
    body: &[Member<'_>],
    tally: &mut Tally,
) -> Result<Vec<u8>, RequestError> {
    let wishes = Wishes::of(body, options)?;
    let parts = Parts::of(body)?;
    let asked = parts.evaluation()?;
    let is_worded = wishes.is_worded || tally.rules.is_some();
    let outcome = Decider::new(loaded, options, is_worded).decide(&asked);
    tally.note(&outcome);
    let mut out = Vec::with_capacity(32);
    outcome.write(wishes.is_worded, &mut out);
    Ok(out)
}

/// Answers many questions. A body without any is one question itself.
///
/// # Errors
/// [`RequestError`] where the body as a whole cannot be asked. An item that cannot be asked is denied.
pub fn evaluations(
    loaded: &Loaded,
    options: &AuthzenOptions,
    body: &[u8],
    tally: &mut Tally,
) -> Result<Vec<u8>, RequestError> {
    let memory = JsonMemory::default();
    let body = read(body, &memory, options)?;
    let body = members(&body)?;
    let items = match json::member(body, "evaluations") {
        Some(Json::List(items)) if !items.is_empty() => items,
        None | Some(Json::List(_)) => return single(loaded, options, body, tally),
        Some(_) => {
            return Err(RequestError("`evaluations` has to be a list".to_owned()));
        }
    };
    if items.len() > options.most_evaluations {
        return Err(RequestError(format!(
            "`evaluations` has {} entries, more than the limit of {}",
            items.len(),
            options.most_evaluations
        )));
    }
    let wishes = Wishes::of(body, options)?;
    let defaults = Parts::of(body)?;
    let is_worded = wishes.is_worded || tally.rules.is_some();
    let decider = Decider::new(loaded, options, is_worded);
    let mut out = Vec::with_capacity(18 + items.len() * 20);
    out.extend_from_slice(br#"{"evaluations":["#);
    for (place, item) in items.iter().enumerate() {
        let outcome = one_of_many(&decider, item, defaults);
        if place > 0 {
            out.push(b',');
        }
        outcome.write(wishes.is_worded, &mut out);
        tally.note(&outcome);
        if wishes.until == Until::First(outcome.decision) {
            break;
        }
    }
    out.extend_from_slice(b"]}");
    Ok(out)
}

/// The outcome of one item. What is wrong with it is said beside its denial.
fn one_of_many<'q>(decider: &Decider<'_>, item: &'q Json<'q>, defaults: Parts<'q>) -> Outcome {
    let malformed = |error: RequestError| Outcome::denied(Why::malformed(error.0));
    let own = item
        .members()
        .ok_or_else(|| RequestError("an entry of `evaluations` has to be an object".to_owned()))
        .and_then(Parts::of);
    match own {
        Err(error) => malformed(error),
        Ok(own) => {
            let parts = own.or(defaults);
            let asked = parts.evaluation();
            asked.map_or_else(malformed, |asked| decider.decide(&asked))
        }
    }
}
