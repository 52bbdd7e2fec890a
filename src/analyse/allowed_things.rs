//! Describes the things on which an action is allowed, in few words.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::targets::Targets;
use crate::firm::things::KindThings;

/// The things of a firm on which a user may do an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AllowedThings {
    /// The id of their kind.
    pub kind: Arc<str>,
    /// The number of things on which it is allowed.
    pub count: usize,
    /// The number of things of this kind.
    pub of: usize,
    /// Ids of the things, if they are few and not all.
    pub things: Vec<String>,
    /// Ids of the things on which it is denied, if they are few and fewer.
    pub except: Vec<String>,
}

impl AllowedThings {
    /// `allowed` are the numbers of the things on which it is allowed, in ascending order.
    pub(super) fn of(kind: &Arc<str>, all: &KindThings, allowed: &[u32]) -> Self {
        let (count, of) = (allowed.len(), all.len());
        let denied = of - count;
        let ids = |is_among: bool| {
            let all_of = 0..of as u32;
            let chosen = all_of.filter(|thing| allowed.binary_search(thing).is_ok() == is_among);
            chosen.map(|thing| all.id(thing).to_owned()).collect()
        };
        let (mut things, mut except) = (Vec::new(), Vec::new());
        if denied > 0 && denied <= Targets::MOST_NAMED && denied < count {
            except = ids(false);
        } else if denied > 0 && count <= Targets::MOST_NAMED {
            things = ids(true);
        }
        Self {
            kind: Arc::clone(kind),
            count,
            of,
            things,
            except,
        }
    }

    /// In words: `any matter`, `no matter`, `every matter but m1`, `3 of 200 (matter)`. `name` maps a thing to a name.
    pub fn in_words(&self, name: impl Fn(&str) -> String) -> String {
        let kind = &self.kind;
        let named = |ids: &[String]| {
            let names: Vec<String> = ids.iter().map(|id| name(id)).collect();
            names.join(", ")
        };
        match (self.count, self.of) {
            (0, _) => format!("no {kind}"),
            (count, of) if count == of => format!("any {kind}"),
            _ if !self.except.is_empty() => format!("any {kind} but {}", named(&self.except)),
            _ if !self.things.is_empty() => named(&self.things),
            (count, of) => format!("{count} of {of} ({kind})"),
        }
    }
}
