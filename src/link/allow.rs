//! `allow`: who may do something, and how a reason names them.

use super::condition::ConditionScope;
use super::names::Linker;
use super::product::{AllowedUsers, GrantedRole, Product, RoleId};
use crate::finding::{names as unknown, rules as codes};
use crate::read::rule_file::{AllowEntry, AllowedEntry};

/// The word in rule files for everybody with a seat.
const EVERYONE: &str = "everyone";

impl Linker<'_> {
    pub(super) fn allow(&mut self, entry: &AllowEntry, scope: &ConditionScope) -> AllowedUsers {
        let roles = &entry.roles.0;
        if let [AllowedEntry::Role(only)] = roles.as_slice()
            && only.value == EVERYONE
        {
            return AllowedUsers::Everyone;
        }
        if roles.is_empty() {
            self.report(&codes::EMPTY_LIST, entry.span, &[]);
        }
        let mut granted = Vec::new();
        for allowed in roles {
            let Some((role, name)) = self.granted(allowed) else {
                continue;
            };
            if let GrantedRole::Listed(fact) = role
                && !scope.facts.contains(&fact)
            {
                let words: [&dyn std::fmt::Display; 2] = [&name.value, &scope.owner];
                self.report(&codes::THING_OUT_OF_REACH, name.span, &words);
            }
            if granted.contains(&role) {
                self.report(&codes::DUPLICATE_ENTRY, name.span, &[&name.value]);
            }
            granted.push(role);
        }
        AllowedUsers::AnyOf(granted)
    }

    fn granted<'e>(
        &mut self,
        allowed: &'e AllowedEntry,
    ) -> Option<(GrantedRole, &'e crate::yaml::Text)> {
        match allowed {
            AllowedEntry::Role(name) if name.value == EVERYONE => {
                let expected = "roles, or `everyone` alone";
                self.unknown(&unknown::UNKNOWN_WORD, name, [], &expected);
                None
            }
            AllowedEntry::Role(name) if name.value.contains('.') => Some((
                GrantedRole::Listed(self.list_named(&name.value, name)?),
                name,
            )),
            AllowedEntry::Role(name) => Some((GrantedRole::Role(self.role(name)?), name)),
            AllowedEntry::Holds(entry) => {
                Some((GrantedRole::Holds(self.role(&entry.holds)?), &entry.holds))
            }
        }
    }
}

/// The roles of which one is enough.
pub(super) fn needs(allow: &AllowedUsers) -> Vec<RoleId> {
    match allow {
        AllowedUsers::Everyone => Vec::new(),
        AllowedUsers::AnyOf(granted) => granted
            .iter()
            .filter_map(|granted| granted.role())
            .collect(),
    }
}

impl GrantedRole {
    /// The role that is meant, if it is one.
    pub(crate) fn role(self) -> Option<RoleId> {
        match self {
            Self::Role(role) | Self::Holds(role) => Some(role),
            Self::Listed(_) => None,
        }
    }
}

/// `open to everyone with a seat`, `granted by normal or admin`. `has_condition` says whether a condition has to hold as well.
pub(super) fn granted_reason(
    allow: &AllowedUsers,
    has_condition: bool,
    product: &Product,
) -> String {
    match allow {
        AllowedUsers::Everyone if has_condition => {
            "open to everyone with a seat who meets its condition".to_owned()
        }
        AllowedUsers::Everyone => "open to everyone with a seat".to_owned(),
        AllowedUsers::AnyOf(granted) => format!("granted by {}", either(granted, product)),
    }
}

/// `needs billing`, `needs normal or admin`, `needs billing itself`.
pub(super) fn needs_reason(allow: &AllowedUsers, product: &Product) -> String {
    match allow {
        AllowedUsers::Everyone => "needs a seat".to_owned(),
        AllowedUsers::AnyOf(granted) => format!("needs {}", either(granted, product)),
    }
}

fn either(granted: &[GrantedRole], product: &Product) -> String {
    let names: Vec<String> = granted
        .iter()
        .map(|granted| match granted {
            GrantedRole::Role(role) => product.role_name(*role).to_owned(),
            GrantedRole::Holds(role) => format!("{} itself", product.role_name(*role)),
            GrantedRole::Listed(fact) => {
                let list = product.fact(*fact).map_or("?", |fact| &fact.id);
                list.to_string()
            }
        })
        .collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => "nothing that anybody has".to_owned(),
    }
}
