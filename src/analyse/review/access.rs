//! The heat map: kinds of people by actions, with a note for every distinct cell.

use std::collections::BTreeSet;

use hashbrown::HashMap;
use serde::{Deserialize, Serialize};

use super::super::ability::{self, ActionWithFacts};
use crate::answer::{Answer, DecisionWord, FactMap, Grounds};
use crate::explore::code::DecisionCode;
use crate::finding::{AskError, foreign};
use crate::firm::{ChosenUsers, Firm};
use crate::rulebook::ActionHandle;
use crate::world::kinds::UserKinds;

/// A column: an action with its facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewAction {
    /// Its id.
    pub action: String,
    /// What people call it.
    pub title: String,
    /// The heading it stands under.
    pub group: String,
    /// Whether it has a target.
    pub on_target: bool,
    /// Its facts: each at its default, or at the value that this column is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "FactMap")]
    pub facts: Vec<(String, String)>,
}

/// People with the same answers for the same reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewRow {
    /// Their ids.
    pub users: Vec<String>,
    /// By column, the number of the note with the answer and its reason. Notes count from 1.
    pub notes: Vec<u32>,
}

/// The answer in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ReviewAccess {
    /// It is allowed.
    Allow,
    /// It is denied.
    Deny,
    /// It may be done to everybody who has a seat.
    All,
    /// It may be done to everybody but themselves.
    Others,
    /// It may be done to some people.
    Some,
    /// It may be done to themselves only.
    Themselves,
    /// It may be done to nobody.
    Nobody,
}

impl ReviewAccess {
    /// Whether it is allowed at all.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Deny | Self::Nobody)
    }

    /// The word of JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Deny => "deny",
            Self::All => "all",
            Self::Others => "others",
            Self::Some => "some",
            Self::Themselves => "themselves",
            Self::Nobody => "nobody",
        }
    }
}

/// The content of one or more cells of a column, with the rules behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewNote {
    /// Its number, counted from 1.
    pub note: u32,
    /// The column it belongs to, counted from 0.
    pub column: usize,
    /// The answer in the cells.
    pub access: ReviewAccess,
    /// The answers with their rules. For an action with a target, one for each group of targets.
    pub answers: Vec<ReviewAnswer>,
}

/// An answer with the rule that gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewAnswer {
    /// The targets. `None` for actions without a target.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<ReviewTargets>,
    /// Whether it is allowed.
    pub decision: DecisionWord,
    /// The rule that decided.
    #[serde(flatten)]
    pub grounds: Grounds,
}

impl ReviewAnswer {
    /// Whether it is allowed.
    pub fn is_allowed(&self) -> bool {
        self.decision == DecisionWord::Allow
    }
}

/// The targets of an answer, among the people with a seat.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ReviewTargets {
    /// To themselves.
    Themselves,
    /// To this many others.
    Others(usize),
    /// To these.
    Users(Vec<String>),
}

/// The key of the notes of a column.
type NoteKey = Vec<(Option<ReviewTargets>, u32)>;

/// The heat map of one product.
pub(super) struct HeatMap {
    pub(super) actions: Vec<ReviewAction>,
    pub(super) rows: Vec<ReviewRow>,
    pub(super) notes: Vec<ReviewNote>,
    /// By user, the number of the row. `None` for users without a seat.
    pub(super) of_users: Vec<Option<u32>>,
}

pub(super) fn of(firm: &Firm, product: usize, chosen: &ChosenUsers) -> Result<HeatMap, AskError> {
    let columns = ability::in_general(firm, product)?;
    let kinds = UserKinds::seated(firm, product, &[]);
    firm.is_within_review(kinds.len(), "kinds of people")?;
    let listed = firm.numbers_of(chosen, 0);
    let listed: BTreeSet<u32> = listed.filter_map(|user| kinds.of_user(user)).collect();
    let mut map = HeatMap {
        actions: Vec::new(),
        rows: Vec::new(),
        notes: Vec::new(),
        of_users: Vec::new(),
    };
    let mut cells: Vec<Vec<u32>> = vec![Vec::new(); kinds.len()];
    for (column, asked) in columns.iter().enumerate() {
        let action = action(firm, product, asked)?;
        let mut known: HashMap<NoteKey, u32> = HashMap::new();
        for (kind, cells) in (0..).zip(&mut cells) {
            if !listed.contains(&kind) {
                continue;
            }
            let key = if action.on_target {
                on_targets(firm, &asked.handle, &kinds, kind)?
            } else {
                alone(firm, &asked.handle, &kinds, kind)?
            };
            let next = map.notes.len() as u32 + 1;
            let number = *known.entry(key.clone()).or_insert(next);
            if number == next {
                map.notes
                    .push(note(firm, &asked.handle, (next, column), &key));
            }
            cells.push(number);
        }
        map.actions.push(action);
    }
    // Kinds of people whose cells are all the same share a row.
    let users = 0..firm.roster.len() as u32;
    let cells_of = |user| cells.get(kinds.of_user(user)? as usize);
    let rows = UserKinds::by(users.len(), |user| {
        cells_of(user).filter(|_| chosen.has(user))
    });
    map.of_users = users.map(|user| rows.of_user(user)).collect();
    let row = |users: &[u32]| ReviewRow {
        users: users
            .iter()
            .map(|user| firm.roster.id(*user).to_owned())
            .collect(),
        notes: users
            .first()
            .and_then(|user| cells_of(*user))
            .cloned()
            .unwrap_or_default(),
    };
    map.rows = rows.iter().map(row).collect();
    Ok(map)
}

fn action(firm: &Firm, product: usize, asked: &ActionWithFacts) -> Result<ReviewAction, AskError> {
    let product = &firm.compiled(product)?.product;
    let declared = product
        .action(asked.action)
        .ok_or_else(|| foreign("rulebook"))?;
    let group = product.groups.get(declared.group);
    let mut facts = Vec::new();
    for used in &declared.facts {
        let fact = product.fact(used.fact).ok_or_else(|| foreign("rulebook"))?;
        let given = asked.facts.iter().find(|(name, _)| **name == *fact.id);
        let default = used.default.map(|value| fact.domain.word(value));
        let value = given.map(|(_, value)| value.as_str()).or(default);
        facts.push((fact.id.to_string(), value.unwrap_or_default().to_owned()));
    }
    Ok(ReviewAction {
        action: declared.id.to_string(),
        title: declared.title.to_string(),
        group: group.map_or_else(String::new, |group| group.title.to_string()),
        on_target: declared.on_target,
        facts,
    })
}

/// The answer about an action without a target.
fn alone(
    firm: &Firm,
    action: &ActionHandle,
    kinds: &UserKinds,
    kind: u32,
) -> Result<NoteKey, AskError> {
    let user = kinds.first(kind);
    let code = user.and_then(|user| firm.code(action, [user, user], false));
    Ok(vec![(
        None,
        code.ok_or_else(|| foreign("rulebook"))?.number(),
    )])
}

/// Most targets listed by name. Beyond that only the number is given.
const MOST_NAMED: usize = 3;

/// The answers about an action with a target: about themselves first, then about the others.
fn on_targets(
    firm: &Firm,
    action: &ActionHandle,
    kinds: &UserKinds,
    kind: u32,
) -> Result<NoteKey, AskError> {
    let no_such = || foreign("rulebook");
    let user = kinds.first(kind).ok_or_else(no_such)?;
    let code = |target: u32| {
        let code = firm.code(action, [user, target], true);
        code.map(DecisionCode::number).ok_or_else(no_such)
    };
    let mut key = vec![(Some(ReviewTargets::Themselves), code(user)?)];
    let mut others: Vec<(u32, Vec<u32>)> = Vec::new();
    for (number, targets) in (0..).zip(kinds.iter()) {
        // For the user's own kind, another member represents the rest.
        let Some(target) = targets.iter().find(|target| **target != user) else {
            continue;
        };
        let code = code(*target)?;
        match others.iter_mut().find(|(known, _)| *known == code) {
            Some((_, numbers)) => numbers.push(number),
            None => others.push((code, vec![number])),
        }
    }
    for (code, numbers) in others {
        let is_own = numbers.contains(&kind);
        let users = numbers.iter().map(|number| kinds.members(*number));
        let count = users.clone().map(<[u32]>::len).sum::<usize>() - usize::from(is_own);
        // Equal people share a note, so none of them can be named in it.
        let targets = if is_own || count > MOST_NAMED {
            ReviewTargets::Others(count)
        } else {
            let mut users: Vec<u32> = users.flatten().copied().collect();
            users.sort_unstable();
            let ids = users.iter().map(|user| firm.roster.id(*user).to_owned());
            ReviewTargets::Users(ids.collect())
        };
        key.push((Some(targets), code));
    }
    Ok(key)
}

fn note(
    firm: &Firm,
    action: &ActionHandle,
    (note, column): (u32, usize),
    key: &[(Option<ReviewTargets>, u32)],
) -> ReviewNote {
    let answers: Vec<ReviewAnswer> = key
        .iter()
        .map(|(on, code)| {
            let answer = Answer::new(&firm.rulebook, action.number, DecisionCode::numbered(*code));
            ReviewAnswer {
                on: on.clone(),
                decision: DecisionWord::of(answer.is_allowed()),
                grounds: answer.grounds(),
            }
        })
        .collect();
    ReviewNote {
        note,
        column,
        access: access(&answers),
        answers,
    }
}

fn access(answers: &[ReviewAnswer]) -> ReviewAccess {
    let is_own = |answer: &&ReviewAnswer| answer.on == Some(ReviewTargets::Themselves);
    let (own, others): (Vec<&ReviewAnswer>, Vec<&ReviewAnswer>) =
        answers.iter().partition(|answer| is_own(answer));
    let Some(own) = own.first() else {
        return if others.iter().any(|answer| answer.is_allowed()) {
            ReviewAccess::Allow
        } else {
            ReviewAccess::Deny
        };
    };
    let any = others.iter().any(|answer| answer.is_allowed());
    let every = others.iter().all(|answer| answer.is_allowed());
    match (own.is_allowed(), any, every) {
        (true, _, true) => ReviewAccess::All,
        (true, false, false) => ReviewAccess::Themselves,
        (false, true, true) => ReviewAccess::Others,
        (false, false, _) => ReviewAccess::Nobody,
        _ => ReviewAccess::Some,
    }
}
