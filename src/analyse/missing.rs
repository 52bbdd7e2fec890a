//! Missing inputs: the smallest set of inputs that would have to differ together for an allow.

use std::convert::Infallible;

use serde::{Deserialize, Serialize};

use crate::answer::{InputParts, word, written};
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::{Layout, QuestionBits, Word};
use crate::explore::table::{ActionRuling, Decider};
use crate::explore::{Halt, Path, explore};
use crate::finding::rules::TOO_MANY_PATHS;
use crate::finding::{AskError, error};
use crate::firm::{Firm, empty_seat, has_seat, is_enabled};
use crate::link::product::{Action, DecisionInput, Product, RulingId};
use crate::value::Value;
use crate::vocabulary::Person;
use crate::world::choices::PeopleChoice;
use crate::world::question::ResolvedQuestion;

/// An input that would have to differ for an allow.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MissingInput {
    /// The name of the input, for instance `user holds billing`.
    #[serde(rename = "text")]
    pub input: String,
    /// The same name in parts.
    #[serde(flatten)]
    pub parts: InputParts,
    /// Its value now.
    #[serde(with = "crate::answer::worded")]
    #[cfg_attr(feature = "schema", schemars(with = "crate::answer::ValueWord"))]
    pub from: String,
    /// The value it would need.
    #[serde(with = "crate::answer::worded")]
    #[cfg_attr(feature = "schema", schemars(with = "crate::answer::ValueWord"))]
    pub to: String,
}

impl MissingInput {
    pub(super) fn new(product: &Product, input: DecisionInput, from: Value, to: Value) -> Self {
        Self {
            input: written(product, input),
            parts: InputParts::of(product, input),
            from: word(product, input, from),
            to: word(product, input, to),
        }
    }

    /// The inputs of the checks before any rule.
    fn ground(parts: InputParts) -> Self {
        Self {
            input: parts.to_string(),
            parts,
            from: "false".to_owned(),
            to: "true".to_owned(),
        }
    }

    #[cfg(feature = "testing")]
    /// All inputs that can be missing in a product, in their written form.
    pub(crate) fn all(product: &Product) -> Vec<String> {
        let mut all = Vec::new();
        let mut flags = vec![DecisionInput::SameUser];
        let mut inputs = Vec::new();
        for person in Person::ALL {
            all.push(format!("{} has a seat in {}", person.name(), product.id));
            flags.push(DecisionInput::Enabled(person));
            let roles = product.role_ids();
            flags.extend(roles.map(|role| DecisionInput::Holds(person, role)));
            let settings = product.setting_ids();
            inputs.extend(settings.map(|setting| DecisionInput::Setting(person, setting)));
        }
        flags.extend(
            (0..product.readings.len()).map(|reading| DecisionInput::Reading(reading.into())),
        );
        inputs.extend((0..product.facts.len()).map(|fact| DecisionInput::Fact(fact.into())));
        for input in flags.into_iter().chain(inputs) {
            let values = (0..product.width(input)).map(|value| Value(value as u16));
            all.extend(values.map(|to| Self::new(product, input, to, to).to_string()));
        }
        all
    }
}

/// The needed value in words: `user holds billing`, `not same_user`, `user.billing_rate_visibility is all`.
impl std::fmt::Display for MissingInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.to.as_str() {
            "true" => f.write_str(&self.input),
            "false" => write!(f, "not {}", self.input),
            to => write!(f, "{} is {to}", self.input),
        }
    }
}

/// A question as the rules see it once everybody is enabled and has a seat.
pub(super) struct SeatedQuestion<'a> {
    compiled: &'a CompiledProduct,
    action: &'a Action,
    decider: &'a Decider<ActionRuling>,
    user: Vec<Word>,
    target: Vec<Word>,
    firm: &'a [Word],
    question: [Word; 2],
    /// Whether user and target are the same person. `None` when there is no target.
    same: Option<bool>,
    /// Most paths of one rule that are explored.
    limit: usize,
    grounds: Vec<(RulingId, MissingInput)>,
}

/// Evaluates rules on a reader of inputs. It stops at the first unknown input.
pub(super) type InputReader<'r> = &'r dyn Fn(DecisionInput) -> Result<Value, UnknownInput>;
/// An input that is not known yet.
pub(super) type UnknownInput = Halt<DecisionInput, Infallible>;

/// The cost of a way, and the inputs that differ on it.
type Way = (u64, Vec<(DecisionInput, Value)>);

/// The cost of changing an input. Changing the user is cheapest, then choosing another target, then changing a
/// reading of the firm.
const OF_A_PERSON: u64 = 1;
const WHOM: u64 = 1 << 20;
const READING: u64 = 1 << 40;

impl<'a> SeatedQuestion<'a> {
    pub(super) fn of(firm: &'a Firm, asked: &ResolvedQuestion<'a>, user: u32) -> Self {
        let bits = asked.bits(firm, user);
        let mut seated = Self {
            compiled: asked.compiled,
            action: asked.declared,
            decider: asked.decider,
            user: bits.user.to_vec(),
            target: bits.target.to_vec(),
            firm: bits.firm,
            question: bits.question,
            same: asked.is_of_oneself(user),
            limit: firm.rulebook().limits().paths,
            grounds: Vec::new(),
        };
        seated.lift_grounds();
        seated
    }

    /// Enables disabled people, gives seats to people without one, and records these grounds.
    fn lift_grounds(&mut self) {
        let (layout, product) = (&self.compiled.layout, &self.compiled.product);
        let grounds = &product.grounds;
        let seat = |person: Person| MissingInput::ground(InputParts::seat(person, product));
        if !is_enabled(&self.user) {
            let enabled = MissingInput::ground(InputParts::enabled(Person::User));
            self.grounds.push((grounds.user_disabled, enabled));
            Layout::ENABLED.write(&mut self.user, Value::YES);
        }
        if !has_seat(&self.user) {
            let ground = (grounds.user_has_no_seat, seat(Person::User));
            self.grounds.push(ground);
            self.user = empty_seat(layout, product, true);
        }
        if self.same == Some(true) {
            self.target.clone_from(&self.user);
        } else if self.same.is_some() && !has_seat(&self.target) {
            let ground = (grounds.target_has_no_seat, seat(Person::Target));
            self.grounds.push(ground);
            self.target = empty_seat(layout, product, is_enabled(&self.target));
        }
    }

    /// The grounds that apply, in the order in which they are checked.
    pub(super) fn grounds(&self) -> impl Iterator<Item = RulingId> + '_ {
        self.grounds.iter().map(|(ground, _)| *ground)
    }

    /// The value of an input.
    pub(super) fn is(&self, input: DecisionInput) -> Value {
        let (layout, product) = (&self.compiled.layout, &self.compiled.product);
        let bits = QuestionBits {
            user: &self.user,
            target: &self.target,
            firm: self.firm,
            question: self.question,
        };
        bits.read(layout.slot(input, &self.action.facts, product))
    }

    /// The missing inputs for the action, by any rule.
    pub(super) fn to_allow(&self) -> Result<Option<Vec<MissingInput>>, AskError> {
        self.missing(|ask| {
            let ruled = self.decider.tree().walk(ask)?;
            Ok(ruled.is_some_and(|ruled| ruled.allows))
        })
    }

    /// The smallest set of inputs that would have to differ for an allow, the grounds first. `None` when nothing
    /// leads to one.
    ///
    /// `run` decides with the inputs that it reads.
    pub(super) fn missing(
        &self,
        run: impl Fn(InputReader<'_>) -> Result<bool, UnknownInput>,
    ) -> Result<Option<Vec<MissingInput>>, AskError> {
        let product = &self.compiled.product;
        let Some(changed) = self.cheapest(&run)? else {
            return Ok(None);
        };
        // When user and target are the same person, no other person needs a seat.
        let of_target = self.compiled.product.grounds.target_has_no_seat;
        let alone = changed.contains(&(DecisionInput::SameUser, Value::YES));
        let grounds = self
            .grounds
            .iter()
            .filter(|(ground, _)| !(alone && *ground == of_target))
            .map(|(_, missing)| missing.clone());
        let rest = changed
            .into_iter()
            .map(|(input, to)| MissingInput::new(product, input, self.is(input), to));
        Ok(Some(grounds.chain(rest).collect()))
    }

    fn cheapest(
        &self,
        run: &impl Fn(InputReader<'_>) -> Result<bool, UnknownInput>,
    ) -> Result<Option<Vec<(DecisionInput, Value)>>, AskError> {
        let mut best: Option<Way> = None;
        let holds = |person, level| self.is(DecisionInput::Holds(person, level)).is_yes();
        for fixed in PeopleChoice::all(&self.compiled.product, self.same, holds) {
            let found = self.cheapest_with(&fixed, run)?;
            if let Some((cost, _)) = &found
                && best.as_ref().is_none_or(|(known, _)| cost < known)
            {
                best = found;
            }
        }
        Ok(best.map(|(_, changed)| changed))
    }

    /// The cheapest way for given levels and for whether user and target are the same person.
    fn cheapest_with(
        &self,
        fixed: &PeopleChoice,
        run: &impl Fn(InputReader<'_>) -> Result<bool, UnknownInput>,
    ) -> Result<Option<Way>, AskError> {
        let product = &self.compiled.product;
        let asked = |path: &Path<DecisionInput>| {
            run(&|input| {
                let input = fixed.stands_for(input);
                match fixed.value(product, input) {
                    Some(value) => Ok(value),
                    None => path.read(input),
                }
            })
        };
        let width = |input| product.width(input);
        let Ok(explored) = explore(self.limit, width, asked) else {
            return Err(error(&TOO_MANY_PATHS, &[&self.action.id, &self.limit]).into());
        };
        let cost = |input, value| {
            if self.is(input) == value {
                0
            } else {
                price(input)
            }
        };
        let Some(way) = explored.tree.cheapest(|yes| *yes, cost) else {
            return Ok(None);
        };
        let mut changed = self.changed(fixed);
        changed.extend(way.into_iter().filter(|(input, to)| self.is(*input) != *to));
        let cost = changed.iter().map(|(input, _)| price(*input)).sum();
        Ok(Some((cost, changed)))
    }

    /// The inputs in which a choice differs from the actual situation.
    fn changed(&self, choice: &PeopleChoice) -> Vec<(DecisionInput, Value)> {
        let same = choice.same.filter(|same| self.same != Some(*same));
        let same = same.map(|same| (DecisionInput::SameUser, Value::from(same)));
        let levels = Person::ALL.into_iter().filter_map(|person| {
            let level = DecisionInput::Holds(person, choice.level(person)?);
            (!self.is(level).is_yes()).then_some((level, Value::YES))
        });
        same.into_iter().chain(levels).collect()
    }
}

fn price(input: DecisionInput) -> u64 {
    match input {
        DecisionInput::Reading(_) => READING,
        DecisionInput::SameUser => WHOM,
        _ => OF_A_PERSON,
    }
}
