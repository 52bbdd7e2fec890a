//! `simulate`: what would be different if?

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::change::ChangeReply;
use crate::analyse::{AccessOnThings, Shifts, SimulatedStep, Simulation, SimulationResult};
use crate::answer::{HeldConflict, UnmetAdvice, ValueWord, text_or_null};
use crate::change::{AlteredThing, AlteredValue, Change, with_arguments};
use crate::finding::{Finding, line as codes};
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome, names_product};
use crate::protocol::world::World;

/// What would be different after some changes, one after the other?
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SimulateRequest {
    /// Id of the product; needed where several know a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Id of the user whose permissions are changed.
    pub user: String,
    /// The changes, in their order.
    pub changes: Vec<WishRequest>,
    /// Id of the user who makes them. Without it, anybody who may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

with_arguments! {
/// A change that is wished for: by what it does (`grant`, `revoke`, or `set` with a `value`), by its id (`change` with what it takes),
/// or by its words. Exactly one of these. Without a target it is done to the user of the request.
pub struct WishRequest {
    /// Makes the change that gives this role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant: Option<String>,
    /// Makes the change that takes this role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoke: Option<String>,
    /// Makes the change that sets this setting to the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<String>,
    /// Makes a change by its words, `grant billing` or `grant billing of wren`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Makes the change with this id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<String>,
}
}

/// What would be different, for everybody, and who could make the changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SimulateReply {
    /// What users may do afterwards and could not before: first those whose seats are altered, then all others.
    pub gained: Shifts,
    /// What users could do before and may not afterwards.
    pub lost: Shifts,
    /// What users may do on single things in one of the two alone.
    #[serde(default, skip_serializing_if = "AccessOnThings::is_empty")]
    pub on_things: AccessOnThings,
    /// Ids of the effects, each once, in the order in which they follow.
    pub effects: Vec<Arc<str>>,
    /// Conflicts that somebody newly holds in the end.
    pub conflicts: Vec<HeldConflict>,
    /// Advice that somebody newly does not follow at the end.
    pub advice: Vec<UnmetAdvice>,
    /// The changes, in their order, up to the first that was rejected for the user who was to make it.
    pub steps: Vec<SimulateStep>,
    /// The number of changes left out after a rejected one.
    #[serde(default, skip_serializing_if = "crate::answer::is_zero")]
    pub left_out: usize,
}

/// One change of a simulation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SimulateStep {
    /// The change as words in a row.
    pub line: String,
    /// The change, with who makes it, or who comes closest where nobody can.
    #[serde(flatten)]
    pub change: Change,
    /// Its verdict and results.
    #[serde(flatten)]
    pub verdict: ChangeReply,
    /// What it would do if anybody could make it. It is left out when somebody can, or when the request names the maker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anyway: Option<AnywayReply>,
}

/// The results of a change that nobody can make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AnywayReply {
    /// Ids of the effects.
    pub effects: Vec<Arc<str>>,
    /// What would be altered.
    pub altered: Vec<AlteredValue>,
    /// What would be altered of things and groups.
    pub altered_things: Vec<AlteredThing>,
}

impl From<&SimulatedStep> for SimulateStep {
    fn from(step: &SimulatedStep) -> Self {
        let verdict = &step.verdict;
        Self {
            line: step.line.to_string(),
            change: step.change.clone().product(verdict.product()),
            verdict: verdict.into(),
            anyway: step.is_beyond_all().then(|| AnywayReply {
                effects: step.effects().to_vec(),
                altered: step.altered().to_vec(),
                altered_things: step.altered_things().to_vec(),
            }),
        }
    }
}

impl SimulateStep {
    /// What would be altered by it of things and groups.
    pub fn altered_things(&self) -> &[AlteredThing] {
        match &self.anyway {
            Some(anyway) => &anyway.altered_things,
            None => &self.verdict.altered_things,
        }
    }

    /// What would be altered by it.
    pub fn altered(&self) -> &[AlteredValue] {
        match &self.anyway {
            Some(anyway) => &anyway.altered,
            None => &self.verdict.altered,
        }
    }
}

impl From<&SimulationResult> for SimulateReply {
    fn from(simulated: &SimulationResult) -> Self {
        Self {
            gained: simulated.gained.clone(),
            lost: simulated.lost.clone(),
            on_things: simulated.on_things.clone(),
            effects: simulated.effects.clone(),
            conflicts: simulated.conflicts.to_vec(),
            advice: simulated.advice.to_vec(),
            steps: simulated.steps.iter().map(Into::into).collect(),
            left_out: simulated.left_out,
        }
    }
}

impl WishRequest {
    /// Adds it to a simulation.
    fn add_to(&self, simulation: Simulation) -> Result<Simulation, Finding> {
        let keys = [
            ("`grant`", &self.grant),
            ("`revoke`", &self.revoke),
            ("`set`", &self.set),
            ("`words`", &self.words),
            ("`change`", &self.change),
        ];
        let given: Vec<(&str, &String)> = keys
            .into_iter()
            .filter_map(|(key, word)| Some((key, word.as_ref()?)))
            .collect();
        let [(key, word)] = given.as_slice() else {
            let names: Vec<&str> = given.iter().map(|(key, _)| *key).collect();
            let has = match names.as_slice() {
                [] => "this one has none of them".to_owned(),
                several => format!("this one has {}", several.join(" and ")),
            };
            return Err(Finding::new(&codes::NOT_ONE_CHANGE, None, &[&has]));
        };
        self.stands_alone(key)?;
        Ok(match *key {
            "`grant`" => simulation.grant(*word),
            "`revoke`" => simulation.revoke(*word),
            "`set`" => {
                let value = self.value.as_deref();
                simulation.set(*word, value.ok_or_else(|| missing("value"))?)
            }
            "`words`" => simulation.change(*word),
            _ => {
                let mut change = Change::new("", *word);
                change.role.clone_from(&self.role);
                change.setting.clone_from(&self.setting);
                change.value.clone_from(&self.value);
                change.thing.clone_from(&self.thing);
                change.list.clone_from(&self.list);
                change.group.clone_from(&self.group);
                change.target.clone_from(&self.target);
                simulation.make(change)
            }
        })
    }

    /// Refuses keys that do not go with the given one.
    fn stands_alone(&self, key: &str) -> Result<(), Finding> {
        let value = self.value.as_ref().map(|ValueWord(value)| value);
        let others = [
            ("role", self.role.as_ref(), ["`change`", ""]),
            ("setting", self.setting.as_ref(), ["`change`", ""]),
            ("value", value, ["`change`", "`set`"]),
            ("thing", self.thing.as_ref(), ["`change`", ""]),
            ("list", self.list.as_ref(), ["`change`", ""]),
            ("group", self.group.as_ref(), ["`change`", ""]),
            ("target", self.target.as_ref(), ["`change`", ""]),
        ];
        let other = others
            .into_iter()
            .find(|(_, word, with)| word.is_some() && !with.contains(&key));
        match other {
            None => Ok(()),
            Some((other, ..)) => {
                let help = format!("with {key} it has no place");
                Err(
                    Finding::new(&crate::finding::yaml::UNKNOWN_KEY, None, &[&other])
                        .with_help(help),
                )
            }
        }
    }
}

fn missing(key: &str) -> Finding {
    Finding::new(&crate::finding::yaml::MISSING_KEY, None, &[&key])
        .with_help(format!("add `\"{key}\": \"…\"`"))
}

impl SimulateRequest {
    fn simulation(&self, world: &World<'_>) -> Result<Simulation, Finding> {
        let mut simulation = Simulation::of(&*self.user);
        if let Some(product) = world.meant(self.product.as_deref()) {
            simulation = simulation.product(product);
        }
        if let Some(by) = &self.by {
            simulation = simulation.by(by);
        }
        (1..)
            .zip(&self.changes)
            .try_fold(simulation, |simulation, (number, wish)| {
                let added = wish.add_to(simulation);
                added.map_err(|finding| finding.and(&format!("in change {number}")))
            })
    }
}

impl Ask for SimulateRequest {
    type Reply = SimulateReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<SimulateReply>, AskFailure> {
        let simulated = world.firm().simulate(&self.simulation(world)?)?;
        Ok(QuestionOutcome::new(
            simulated.accepted,
            world.meant(self.product.as_deref()),
            (&simulated).into(),
        ))
    }

    names_product!(product);
}
