//! On whom: the targets of whom an action is allowed, as few words as are exact.

use serde::{Deserialize, Serialize};

use super::crowd::{Crowd, CrowdPart};
use crate::firm::Firm;

/// To whom a user may do something, among all who have a seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Targets {
    /// Whom it is about, where few words say it.
    pub whom: TargetsInBrief,
    /// How many they are.
    pub count: usize,
    /// How many there could be: whoever has a seat.
    pub of: usize,
    /// Ids of those to whom it may be done, where they are few.
    pub users: Vec<String>,
    /// Ids of those to whom it may not be done, where they are few.
    pub except: Vec<String>,
}

/// Whom it is about, where few words say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum TargetsInBrief {
    /// Everybody who has a seat.
    Anybody,
    /// Everybody but the user.
    Others,
    /// The user alone.
    Oneself,
    /// Some of them.
    Some,
}

impl Targets {
    /// Users that are named; of more only the number is said.
    pub const MOST_NAMED: usize = 10;

    pub(super) fn of(firm: &Firm, crowd: &Crowd, user: u32, part: &CrowdPart) -> Self {
        let (count, of) = (crowd.count(part), crowd.len());
        let excepted = of - count;
        let own = crowd.kind_of(user);
        let is_among = own.is_some_and(|own| part.binary_search(&own).is_ok());
        let named = |part: &CrowdPart| crowd.named(firm, part);
        let whom = match () {
            () if excepted == 0 => TargetsInBrief::Anybody,
            () if count == 1 && is_among => TargetsInBrief::Oneself,
            () if excepted == 1 && own.is_some() && !is_among => TargetsInBrief::Others,
            () => TargetsInBrief::Some,
        };
        let (mut users, mut except) = (Vec::new(), Vec::new());
        if whom == TargetsInBrief::Some {
            if excepted <= Self::MOST_NAMED && excepted < count {
                except = named(&crowd.others(part));
            } else if count <= Self::MOST_NAMED {
                users = named(part);
            }
        }
        Self {
            whom,
            count,
            of,
            users,
            except,
        }
    }

    /// In words: `anybody`, `others only`, `themselves only`, `everybody but nadia`. `name` is how a user is called.
    pub fn in_words(&self, name: impl Fn(&str) -> String) -> String {
        let list = |users: &[String]| {
            let names: Vec<String> = users.iter().map(|user| name(user)).collect();
            match names.as_slice() {
                [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
                _ => names.concat(),
            }
        };
        match self.whom {
            TargetsInBrief::Anybody => "anybody".to_owned(),
            TargetsInBrief::Others => "others only".to_owned(),
            TargetsInBrief::Oneself => "themselves only".to_owned(),
            TargetsInBrief::Some if !self.except.is_empty() => {
                format!("everybody but {}", list(&self.except))
            }
            TargetsInBrief::Some if !self.users.is_empty() => list(&self.users),
            TargetsInBrief::Some => format!("{} of {} users", self.count, self.of),
        }
    }
}
