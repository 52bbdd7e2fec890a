//! Describes the people of a property in words.

use crate::link::product::{ActionId, Premise, PremiseValue, Product, RoleId, RuleTargets, Traits};

/// The people: by the ids of a firm, or by the names that a property uses.
pub(super) struct PeopleNames<'t> {
    pub(super) product: &'t Product,
    pub(super) user: String,
    pub(super) target: Option<String>,
}

/// The people of a premise in general.
pub(super) fn whoever(product: &Product, premise: &Premise) -> String {
    let target = premise.on.map(|_| "target".to_owned());
    let user = "user".to_owned();
    let names = PeopleNames {
        product,
        user,
        target,
    };
    let mut words = Vec::new();
    words.extend(names.traits(&premise.user, &names.user));
    let either = |actions: &[ActionId], allowed| {
        let each: Vec<String> = actions.iter().map(|one| names.may(*one, allowed)).collect();
        (!each.is_empty()).then(|| each.join(" or "))
    };
    words.extend(either(&premise.can, true));
    words.extend(either(&premise.cannot, false));
    let changes: Vec<&str> = premise
        .makes
        .iter()
        .filter_map(|change| product.change(*change))
        .map(|change| &*change.id)
        .collect();
    words.extend(
        (!changes.is_empty()).then(|| format!("{} is accepted of user", changes.join(" or "))),
    );
    words.extend(names.traits(&premise.target, "target"));
    words.extend(premise.on.and_then(|on| match on {
        RuleTargets::Others => Some("target is not user".to_owned()),
        RuleTargets::Oneself => Some("target is user".to_owned()),
        RuleTargets::Anyone => None,
    }));
    words.join(", ")
}

impl PeopleNames<'_> {
    pub(super) fn may(&self, action: ActionId, allowed: bool) -> String {
        let action = self.product.action(action);
        let id = action.map_or("", |action| &*action.id);
        let may = if allowed { "may" } else { "may not" };
        let on_target = action.is_some_and(|action| action.on_target);
        match self.target.as_ref().filter(|_| on_target) {
            Some(target) => format!("{} {may} {id} of {target}", self.user),
            None => format!("{} {may} {id}", self.user),
        }
    }

    pub(super) fn traits(&self, traits: &Traits, who: &str) -> Option<String> {
        (!traits.is_empty()).then(|| format!("{who} {}", self.listed(traits)))
    }

    pub(super) fn not(&self, traits: &Traits, who: &str) -> String {
        format!("it is not so that {who} {}", self.listed(traits))
    }

    fn listed(&self, traits: &Traits) -> String {
        let names = |roles: &[RoleId]| {
            let names: Vec<&str> = roles
                .iter()
                .map(|role| self.product.role_name(*role))
                .collect();
            names.join(", ")
        };
        let mut words = Vec::new();
        if !traits.holds.is_empty() {
            words.push(format!("holds {}", names(&traits.holds)));
        }
        if !traits.lacks.is_empty() {
            words.push(format!("lacks {}", names(&traits.lacks)));
        }
        for (given, value) in &traits.with {
            let domain = self.product.domain_of(*given);
            let word = domain.map_or("", |domain| domain.word(*value));
            words.push(format!("has {} {word}", self.name(*given)));
        }
        words.join(" and ")
    }

    fn name(&self, given: PremiseValue) -> &str {
        let product = self.product;
        let name = match given {
            PremiseValue::Setting(setting) => product.setting(setting).map(|setting| &setting.id),
            PremiseValue::Reading(reading) => product.reading(reading).map(|r| &r.id),
            PremiseValue::Fact(fact) => product.fact(fact).map(|fact| &fact.id),
        };
        name.map_or("", |name| name)
    }
}
