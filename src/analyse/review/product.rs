//! One product of a review.

use serde::{Deserialize, Serialize};

use super::access::{self, HeatMap, ReviewAction, ReviewNote, ReviewRow};
use super::conflicts::{self, ReviewConflict};
use super::dormant::{self, ReviewDormant};
use super::holders::{RoleBringers, holds};
use super::idle_entries::IdleEntrySearch;
use super::power::{self, ReviewStep};
use super::things::{self, ReviewKind};
use crate::analyse::on_things;
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::{Layout, Word};
use crate::finding::AskError;
use crate::firm::{ChosenUsers, Firm, has_seat, is_enabled};
use crate::link::product::{ReadingId, RoleId, SettingId};
use crate::value::Value;

/// The roles and permissions of the people of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewProduct {
    /// Its id.
    pub product: String,
    /// What people call it.
    pub title: String,
    /// Title of the source document.
    pub document: String,
    /// The number of people with a seat.
    pub seats: usize,
    /// The number of these who are disabled.
    pub disabled: usize,
    /// Its roles, with the number of holders.
    pub roles: Vec<ReviewRole>,
    /// Its settings, with the number of people for each value.
    pub settings: Vec<ReviewSetting>,
    /// The firm's readings.
    pub readings: Vec<ReviewReading>,
    /// Its actions: the columns.
    pub actions: Vec<ReviewAction>,
    /// Its kinds of things, with who may do what on each.
    pub kinds: Vec<ReviewKind>,
    /// Its people who are reviewed. Those with the same answers share a row, in the order of the first of each.
    pub rows: Vec<ReviewRow>,
    /// The contents of cells, with reasons.
    pub notes: Vec<ReviewNote>,
    /// Who would get a powerful role by one accepted change of somebody in the firm.
    pub one_step: Vec<ReviewStep>,
    /// Who is disabled and still holds roles.
    pub dormant: Vec<ReviewDormant>,
    /// Conflicts of the rules and of the firm, and who holds both sides.
    pub conflicts: Vec<ReviewConflict>,
}

/// A role, with the number of holders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewRole {
    /// Its id.
    pub role: String,
    /// What people call it.
    pub title: String,
    /// The number of people who hold it directly.
    pub held: usize,
    /// The number of people who have it only because another role brings it.
    pub brought: usize,
    /// Whether it brings other roles, or lets its holders make permission changes.
    pub is_powerful: bool,
}

/// A setting, with the number of people for each value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewSetting {
    /// Its id.
    pub setting: String,
    /// What people call it.
    pub title: String,
    /// The default value, when a firm file does not set it.
    pub default: String,
    /// Its values.
    pub values: Vec<ReviewShare>,
}

/// The number of people with a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewShare {
    /// The value.
    pub value: String,
    /// The number of people.
    pub users: usize,
}

/// A question that the source document leaves open, with the firm's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewReading {
    /// Its id.
    pub reading: String,
    /// The question.
    pub question: String,
    /// The firm's answer.
    pub choice: bool,
    /// Whether it is the default of the rule file.
    pub is_default: bool,
}

impl ReviewProduct {
    /// The note of a cell.
    pub fn note(&self, row: usize, column: usize) -> Option<&ReviewNote> {
        let number = *self.rows.get(row)?.notes.get(column)?;
        self.notes.get((number as usize).checked_sub(1)?)
    }

    /// The number of actions that the people of a row may do, to anybody at all.
    pub fn can(&self, row: usize) -> usize {
        let columns = 0..self.actions.len();
        let notes = columns.filter_map(|column| self.note(row, column));
        notes.filter(|note| note.access.is_open()).count()
    }
}

/// By user, the number of their row in a product. `None` for users without a seat.
pub(super) type RowOfUser = Vec<Option<u32>>;

pub(super) fn of(
    firm: &Firm,
    (number, brought): (usize, &RoleBringers),
    chosen: &ChosenUsers,
    idle: &mut IdleEntrySearch<'_>,
) -> Result<(ReviewProduct, RowOfUser), AskError> {
    let compiled = firm.compiled(number)?;
    let HeatMap {
        actions,
        rows,
        notes,
        of_users,
    } = access::of(firm, number, chosen)?;
    let profiles = (0..firm.roster.len() as u32).map(|user| firm.roster.profile(number, user));
    let seats: Vec<&[Word]> = profiles.filter(|words| has_seat(words)).collect();
    let product = &compiled.product;
    let reviewed = ReviewProduct {
        product: product.id.to_string(),
        title: product.title.to_string(),
        document: product.document.to_string(),
        seats: seats.len(),
        disabled: seats.iter().filter(|words| !is_enabled(words)).count(),
        roles: roles(compiled, firm.readings_of(number), &seats, brought),
        settings: settings(compiled, &seats),
        readings: readings(compiled, firm.readings_of(number)),
        actions,
        kinds: kinds(firm, number, chosen, idle)?,
        rows,
        notes,
        one_step: power::steps(firm, (number, brought), chosen)?,
        dormant: dormant::held(firm, number, chosen)?,
        conflicts: conflicts::held(firm, number, chosen)?,
    };
    Ok((reviewed, of_users))
}

/// Who may do what on things, kind by kind. What people do not need of it is added to what has no effect.
fn kinds(
    firm: &Firm,
    number: usize,
    chosen: &ChosenUsers,
    idle: &mut IdleEntrySearch<'_>,
) -> Result<Vec<ReviewKind>, AskError> {
    let product = &firm.compiled(number)?.product;
    let mut kinds = Vec::new();
    for mut of in on_things::of_firm(firm, number, chosen)? {
        idle.add_unneeded(number, of.kind, std::mem::take(&mut of.unneeded));
        kinds.extend(things::kind(firm, (number, product), of));
    }
    Ok(kinds)
}

fn roles(
    compiled: &CompiledProduct,
    chosen: &[Word],
    seats: &[&[Word]],
    brought: &RoleBringers,
) -> Vec<ReviewRole> {
    let roles = compiled.product.roles.iter().enumerate();
    let reviewed = roles.map(|(number, role)| {
        let id = RoleId::from(number);
        let held = seats.iter().filter(|words| holds(compiled, words, id));
        let all = seats
            .iter()
            .filter(|words| brought.has(compiled, words, id));
        let held = held.count();
        ReviewRole {
            role: role.id.to_string(),
            title: role.title.to_string(),
            held,
            brought: all.count() - held,
            is_powerful: power::is_powerful(compiled, chosen, brought, id),
        }
    });
    reviewed.collect()
}

fn settings(compiled: &CompiledProduct, seats: &[&[Word]]) -> Vec<ReviewSetting> {
    let settings = compiled.product.settings.iter().enumerate();
    let reviewed = settings.map(|(number, setting)| {
        let field = compiled.layout.setting(SettingId::from(number));
        let mut counts = vec![0; setting.domain.len()];
        for words in seats {
            let value = field.read(words);
            if let Some(count) = counts.get_mut(usize::from(value.0)) {
                *count += 1;
            }
        }
        let values = (0..).map(Value).zip(counts);
        ReviewSetting {
            setting: setting.id.to_string(),
            title: setting.title.to_string(),
            default: setting.domain.word(setting.default).to_owned(),
            values: values
                .map(|(value, users)| ReviewShare {
                    value: setting.domain.word(value).to_owned(),
                    users,
                })
                .collect(),
        }
    });
    reviewed.collect()
}

fn readings(compiled: &CompiledProduct, words: &[Word]) -> Vec<ReviewReading> {
    let readings = compiled.product.readings.iter().enumerate();
    let reviewed = readings.map(|(number, reading)| {
        let choice = Layout::reading(ReadingId::from(number))
            .read(words)
            .is_yes();
        ReviewReading {
            reading: reading.id.to_string(),
            question: reading.question.to_string(),
            choice,
            is_default: choice == reading.default,
        }
    });
    reviewed.collect()
}
