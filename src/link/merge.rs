//! Joins an action with its group: keys that the action lacks come from the group.

use hashbrown::HashMap;

use crate::read::rule_file::{
    ActionDeclaration, AllowEntry, FactDeclaration, GroupEntry, RuleEntry,
};
use crate::yaml::{Condition, KeyedEntries, OneOrMany, Text};

/// An action with the keys of its group where it has none of its own.
pub(super) struct MergedAction<'f> {
    pub(super) id: &'f Text,
    pub(super) title: &'f Text,
    pub(super) section: Option<&'f Text>,
    pub(super) basis: Option<&'f Text>,
    pub(super) target: Option<&'f Text>,
    pub(super) site: Option<&'f Text>,
    /// Each fact once. The action's declaration of a fact replaces the group's declaration.
    pub(super) facts: Vec<(&'f Text, &'f FactDeclaration)>,
    pub(super) allow: Option<&'f AllowEntry>,
    pub(super) when: Option<&'f Condition>,
    pub(super) because: Option<&'f Text>,
    pub(super) unless: &'f [Text],
    pub(super) rules: Option<&'f [RuleEntry]>,
}

pub(super) fn merge<'f>(
    group: &'f GroupEntry,
    id: &'f Text,
    entry: &'f ActionDeclaration,
) -> MergedAction<'f> {
    let (title, own) = match entry {
        ActionDeclaration::Title(title) => (title, None),
        ActionDeclaration::Fields(fields) => (&fields.title, Some(&**fields)),
    };
    // An action that has `rules` or a clause of its own does not inherit the other kind from its group.
    let own_rules = own.and_then(|own| own.rules.as_deref());
    let own_clause =
        own.is_some_and(|own| own.allow.is_some() || own.when.is_some() || own.unless.is_some());
    let shared = own_rules.is_none().then_some(group);
    let has_own_when = own.is_some_and(|own| own.when.is_some());
    /// A key of the action, or else that of its group.
    macro_rules! own_or {
        ($group:expr, $key:ident) => {
            own.and_then(|own| own.$key.as_ref())
                .or($group.and_then(|group| group.$key.as_ref()))
        };
    }
    MergedAction {
        id,
        title,
        section: own_or!(Some(group), section),
        basis: own_or!(Some(group), basis),
        target: own_or!(Some(group), target),
        site: own_or!(Some(group), r#where),
        facts: facts(group.facts.as_ref(), own.and_then(|own| own.facts.as_ref())),
        allow: own_or!(shared, allow),
        when: own_or!(shared, when),
        because: own_or!(shared.filter(|_| !has_own_when), because).map(|because| &**because),
        unless: list(own_or!(shared, unless)),
        rules: own_rules.or(group.rules.as_deref().filter(|_| !own_clause)),
    }
}

fn facts<'f>(
    shared: Option<&'f KeyedEntries<FactDeclaration>>,
    own: Option<&'f KeyedEntries<FactDeclaration>>,
) -> Vec<(&'f Text, &'f FactDeclaration)> {
    let mut facts: Vec<(&Text, &FactDeclaration)> = Vec::new();
    let mut places = HashMap::new();
    for (id, entry) in [shared, own].into_iter().flatten().flat_map(|all| &all.0) {
        let place = *places.entry(id.value.as_str()).or_insert(facts.len());
        match facts.get_mut(place) {
            Some(known) => *known = (id, entry),
            None => facts.push((id, entry)),
        }
    }
    facts
}

pub(super) fn list(names: Option<&OneOrMany<Text>>) -> &[Text] {
    names.map_or(&[], |names| &names.0)
}
