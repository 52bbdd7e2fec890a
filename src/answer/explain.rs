//! Explaining: which inputs an answer was made from, and which single one would turn it.

use serde::{Deserialize, Serialize};

use super::decide::NumberedQuestion;
use super::parts::InputParts;
use super::{Decision, Question};
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::{Layout, QuestionBits};
use crate::explore::table::{ActionRuling, Decider};
use crate::finding::AskError;
use crate::firm::{Firm, empty_seat, is_enabled};
use crate::link::product::{Action, ActionId, DecisionInput as Read, Product, RulingId};
use crate::value::Value;
use crate::vocabulary::Person;

/// A decision and the inputs that led to it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Explanation {
    /// The decision that is explained.
    #[serde(flatten)]
    pub decision: Decision,
    /// What was looked at, in order.
    pub inputs: Vec<Input>,
    /// The single inputs that would turn the answer. The list is empty when it takes more than one.
    pub turns: Vec<Turn>,
}

/// Something that was looked at on the way to an answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Input {
    /// The name of the input, for instance `user holds billing` or `firm_feed_is_open`.
    #[serde(rename = "text")]
    pub input: String,
    /// The same name in parts.
    #[serde(flatten)]
    pub parts: InputParts,
    /// Its value.
    #[serde(with = "super::worded")]
    #[cfg_attr(feature = "schema", schemars(with = "super::ValueWord"))]
    pub value: String,
}

/// A single input that would turn the answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Turn {
    /// The input that would have to be different.
    #[serde(rename = "text")]
    pub input: String,
    /// The same input in parts.
    #[serde(flatten)]
    pub parts: InputParts,
    /// Its value now.
    #[serde(with = "super::worded")]
    #[cfg_attr(feature = "schema", schemars(with = "super::ValueWord"))]
    pub from: String,
    /// The value it would need.
    #[serde(with = "super::worded")]
    #[cfg_attr(feature = "schema", schemars(with = "super::ValueWord"))]
    pub to: String,
    /// Id of the rule that would decide then.
    pub rule: String,
}

impl Firm {
    /// Asks a question and explains the answer.
    ///
    /// # Errors
    /// [`AskError`] when the question cannot be asked.
    ///
    /// ```
    /// use clio_rules::{Firm, Question, Rulebook};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let explanation = firm.explain(&Question::new("wren", "create_bill"))?;
    /// assert!(explanation.turns.iter().any(|turn| turn.input == "user holds billing"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn explain(&self, question: &Question<'_>) -> Result<Explanation, AskError> {
        let decision = self.ask(question)?;
        let asked = self.asked(question)?;
        let place = self.rulebook.place_of(asked.action);
        let found = place.and_then(|(product, action)| {
            let compiled = self.rulebook.product(product)?;
            let bits = self.bits(product, asked.user, asked.target, asked.facts);
            Some(explain(compiled, action, asked, &bits))
        });
        let (inputs, turns) = found.unwrap_or_default();
        Ok(Explanation {
            decision,
            inputs,
            turns,
        })
    }
}

fn explain(
    compiled: &CompiledProduct,
    action: ActionId,
    asked: NumberedQuestion,
    bits: &QuestionBits<'_>,
) -> (Vec<Input>, Vec<Turn>) {
    let declared = compiled.product.action(action);
    let (Some(declared), Some(decider)) = (declared, compiled.decider(action)) else {
        return (Vec::new(), Vec::new());
    };
    if let Some(ground) = compiled.ground(bits) {
        let input = ground_input(compiled, ground);
        let turn = without_ground(compiled, declared, decider, asked, bits, ground);
        return (vec![input], turn.into_iter().collect());
    }
    (
        inputs(decider, &compiled.product, bits),
        turns(decider, compiled, declared, bits),
    )
}

/// The inputs of the three checks before any rule.
fn ground_input(compiled: &CompiledProduct, ground: RulingId) -> Input {
    let grounds = &compiled.product.grounds;
    let parts = if ground == grounds.user_disabled {
        InputParts::enabled(Person::User)
    } else if ground == grounds.user_has_no_seat {
        InputParts::seat(Person::User, &compiled.product)
    } else {
        InputParts::seat(Person::Target, &compiled.product)
    };
    Input {
        input: parts.to_string(),
        parts,
        value: "false".to_owned(),
    }
}

/// The input that turns the answer when only the ground stands in the way. It assumes an enabled user, or a new seat.
fn without_ground(
    compiled: &CompiledProduct,
    declared: &Action,
    decider: &Decider<ActionRuling>,
    asked: NumberedQuestion,
    bits: &QuestionBits<'_>,
    ground: RulingId,
) -> Option<Turn> {
    let (layout, product) = (&compiled.layout, &compiled.product);
    let (mut user, mut target) = (bits.user.to_vec(), bits.target.to_vec());
    if ground == product.grounds.user_disabled {
        Layout::ENABLED.write(&mut user, Value::YES);
    } else if ground == product.grounds.user_has_no_seat {
        user = empty_seat(layout, product, true);
    } else {
        target = empty_seat(layout, product, is_enabled(&target));
    }
    if asked.target.is_none_or(|target| target == asked.user) {
        target.clone_from(&user);
    }
    let then = QuestionBits {
        user: &user,
        target: &target,
        ..*bits
    };
    if compiled.ground(&then).is_some() {
        return None;
    }
    let ruled = decider.decide(&then)?.answer;
    let ruling = declared.first_ruling.index() + usize::from(ruled.ruling);
    let rule = product.rulings.get(ruling)?.rule.to_string();
    let Input {
        input,
        parts,
        value,
    } = ground_input(compiled, ground);
    ruled.allows.then_some(Turn {
        input,
        parts,
        from: value,
        to: "true".to_owned(),
        rule,
    })
}

/// The inputs on the way through the decision tree.
fn inputs(
    decider: &Decider<ActionRuling>,
    product: &Product,
    bits: &QuestionBits<'_>,
) -> Vec<Input> {
    let mut inputs = Vec::new();
    // Every input has a value, so the walk always reaches a leaf.
    let _: Result<_, std::convert::Infallible> = decider.tree().walk(|read| {
        let value = decider.value(read, bits);
        inputs.push(Input {
            input: written(product, read),
            parts: InputParts::of(product, read),
            value: word(product, read, value),
        });
        Ok(value)
    });
    inputs
}

/// For every single input, each other value that turns the answer.
fn turns(
    decider: &Decider<ActionRuling>,
    compiled: &CompiledProduct,
    declared: &Action,
    bits: &QuestionBits<'_>,
) -> Vec<Turn> {
    let product = &compiled.product;
    let Some(now) = decider.decide(bits) else {
        return Vec::new();
    };
    let first = declared.first_ruling.0;
    let mut turns = Vec::new();
    for read in decider.axes().iter().map(|axis| axis.input) {
        let is = decider.value(read, bits);
        for other in (0..product.width(read) as u16)
            .map(Value)
            .filter(|other| *other != is)
        {
            let flipped = |input| {
                if input == read {
                    other
                } else {
                    decider.value(input, bits)
                }
            };
            let Some(then) = decider.outcome(flipped) else {
                continue;
            };
            if then.answer.allows != now.answer.allows {
                let ruling = product
                    .rulings
                    .get((first + u32::from(then.answer.ruling)) as usize);
                turns.push(Turn {
                    input: written(product, read),
                    parts: InputParts::of(product, read),
                    from: word(product, read, is),
                    to: word(product, read, other),
                    rule: ruling.map_or_else(String::new, |ruling| ruling.rule.to_string()),
                });
            }
        }
    }
    turns
}

/// How an input is written: `user holds billing`, `target.billing_rate_visibility`, `same_user`.
pub(crate) fn written(product: &Product, read: Read) -> String {
    InputParts::of(product, read).to_string()
}

/// How the value of an input is written.
pub(crate) fn word(product: &Product, read: Read, value: Value) -> String {
    let domain = match read {
        Read::Setting(_, setting) => product.setting(setting).map(|setting| &setting.domain),
        Read::Fact(fact) => product.fact(fact).map(|fact| &fact.domain),
        Read::Argument(argument) => product.argument_domain(argument),
        _ => None,
    };
    domain
        .unwrap_or(&crate::value::Domain::Flag)
        .word(value)
        .to_owned()
}
