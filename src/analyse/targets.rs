//! Describes the targets on whom an action is allowed, exactly and in few words.

use serde::{Deserialize, Serialize};

use super::crowd::{Crowd, CrowdPart};
use crate::firm::Firm;

/// The targets on whom a user may do an action, among all with a seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Targets {
    /// The description, if few words are enough.
    pub whom: TargetsInBrief,
    /// The number of targets.
    pub count: usize,
    /// The number of possible targets: the users with a seat.
    pub of: usize,
    /// Ids of the targets, if they are few.
    pub users: Vec<String>,
    /// Ids of the users who are not targets, if they are few.
    pub except: Vec<String>,
}

/// The description, if few words are enough.
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
    /// Most users listed by name. Beyond that only the number is given.
    pub const MOST_NAMED: usize = 10;

    pub(super) fn of(firm: &Firm, crowd: &Crowd, user: u32, part: &CrowdPart) -> Self {
        let (count, of) = (crowd.count(part), crowd.kinds.users());
        let excepted = of - count;
        let own = crowd.kind_of(user);
        let is_among = own.is_some_and(|own| part.binary_search(&own).is_ok());
        let named = |part: &CrowdPart| crowd.named(firm, part, Self::MOST_NAMED);
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

    /// In words: `anybody`, `others only`, `themselves only`, `everybody but nadia`. `name` maps the user to a name.
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
