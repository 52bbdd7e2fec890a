//! What rules mean: how allow, when, unless and whom make a decision.
//!
//! The meaning of rules is defined only here. Exploring runs it over every path; the differential tests run
//! it with the scripts themselves and compare.

use crate::link::product::{
    AllowedUsers, Clause, ConditionId, DecisionInput, Effect, FactId, GrantedRole, PersonMember,
    Product, RoleId, Rule, RuleTargets, Variable,
};
use crate::value::Value;
use crate::vocabulary::{Person, Read};

/// The source of the inputs that decisions ask for.
pub(crate) trait InputSource {
    /// The reason for a missing answer.
    type Halt;

    /// The value of an input.
    fn input(&mut self, input: DecisionInput) -> Result<Value, Self::Halt>;

    /// Whether a condition holds.
    fn condition(&mut self, condition: ConditionId) -> Result<bool, Self::Halt>;
}

/// The value that a script reads.
pub(crate) fn read<W: InputSource>(
    product: &Product,
    world: &mut W,
    read: Read,
) -> Result<Value, W::Halt> {
    match read {
        Read::Variable(number) => match product.variables.get(usize::from(number)) {
            Some(Variable::SameUser) | None => world.input(DecisionInput::SameUser),
            Some(Variable::Reading(reading)) => world.input(DecisionInput::Reading(*reading)),
            Some(Variable::Fact(fact)) => fact_value(product, world, *fact),
            Some(Variable::Argument(argument)) => world.input(DecisionInput::Argument(*argument)),
        },
        Read::Member(person, number) => match product.members.get(usize::from(number)) {
            Some(PersonMember::Enabled) | None => world.input(DecisionInput::Enabled(person)),
            Some(PersonMember::Role(role)) => {
                has_role(product, world, person, *role).map(Value::from)
            }
            Some(PersonMember::Setting(setting)) => {
                world.input(DecisionInput::Setting(person, *setting))
            }
        },
    }
}

/// Whether a person holds a role or one that brings it.
pub(crate) fn has_role<W: InputSource>(
    product: &Product,
    world: &mut W,
    person: Person,
    role: RoleId,
) -> Result<bool, W::Halt> {
    if world.input(DecisionInput::Holds(person, role))?.is_yes() {
        return Ok(true);
    }
    for bring in product
        .role(role)
        .into_iter()
        .flat_map(|role| &role.brought_by)
    {
        // The reading is asked first: if it closes this way, no person's input is needed.
        let open = bring.when.map_or(Ok(true), |when| world.condition(when))?;
        if open && has_role(product, world, person, bring.role)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The value of a fact. Whoever stands on a list that brings another stands on both.
pub(crate) fn fact_value<W: InputSource>(
    product: &Product,
    world: &mut W,
    fact: FactId,
) -> Result<Value, W::Halt> {
    let own = world.input(DecisionInput::Fact(fact))?;
    let bringers = product.fact(fact).map_or(&[][..], |fact| &fact.brought_by);
    for bringer in bringers {
        if own.is_yes() {
            break;
        }
        if fact_value(product, world, *bringer)?.is_yes() {
            return Ok(Value::YES);
        }
    }
    Ok(own)
}

/// The ruling that decides about an action, counted from the action's first.
///
/// Rules that fit are tried in order. The first that allows answers; if none does, the first that fits. Where none fits,
/// the ruling is `silent`.
pub(crate) fn decide<W: InputSource>(
    product: &Product,
    rules: &[Rule],
    silent: u16,
    world: &mut W,
) -> Result<u16, W::Halt> {
    let mut first_that_fits = None;
    for rule in rules {
        if !fits(rule.whom, world)? {
            continue;
        }
        let ruling = first_word(product, &rule.clause, world)?;
        if rule.clause.grants(ruling) {
            return Ok(ruling);
        }
        first_that_fits.get_or_insert(ruling);
    }
    Ok(first_that_fits.unwrap_or(silent))
}

/// The ruling of one rule alone, counted from its action's first. Returns `None` if the rule does not apply to the target.
pub(crate) fn speaks<W: InputSource>(
    product: &Product,
    rule: &Rule,
    world: &mut W,
) -> Result<Option<u16>, W::Halt> {
    if !fits(rule.whom, world)? {
        return Ok(None);
    }
    first_word(product, &rule.clause, world).map(Some)
}

/// Every refusal of a clause that holds, whether or not anybody is let through, counted as rulings are.
pub(crate) fn refusals<W: InputSource>(
    clause: &Clause,
    world: &mut W,
) -> Result<Vec<u16>, W::Halt> {
    let mut holding = Vec::new();
    for (number, refusal) in (Clause::REFUSED..).zip(&clause.unless) {
        if world.condition(*refusal)? {
            holding.push(clause.first + number);
        }
    }
    Ok(holding)
}

fn fits<W: InputSource>(whom: RuleTargets, world: &mut W) -> Result<bool, W::Halt> {
    match whom {
        RuleTargets::Anyone => Ok(true),
        RuleTargets::Others => Ok(!world.input(DecisionInput::SameUser)?.is_yes()),
        RuleTargets::Oneself => Ok(world.input(DecisionInput::SameUser)?.is_yes()),
    }
}

/// The first ruling of a clause: it checks allow, when, then each refusal in order.
fn first_word<W: InputSource>(
    product: &Product,
    clause: &Clause,
    world: &mut W,
) -> Result<u16, W::Halt> {
    if let Some(stopped) = not_let_through(product, clause, world)? {
        return Ok(clause.first + stopped);
    }
    for (number, refusal) in (Clause::REFUSED..).zip(&clause.unless) {
        if world.condition(*refusal)? {
            return Ok(clause.first + number);
        }
    }
    Ok(clause.first + Clause::GRANTED)
}

/// Every ruling that refuses a change, counted from the change's first; none when it is accepted.
///
/// Refusals are tried for those whom allow and when let through, and all that hold are named.
pub(crate) fn judge<W: InputSource>(
    product: &Product,
    clause: &Clause,
    world: &mut W,
) -> Result<Vec<u16>, W::Halt> {
    if let Some(stopped) = not_let_through(product, clause, world)? {
        return Ok(vec![clause.first + stopped]);
    }
    refusals(clause, world)
}

fn not_let_through<W: InputSource>(
    product: &Product,
    clause: &Clause,
    world: &mut W,
) -> Result<Option<u16>, W::Halt> {
    if !is_granted(product, &clause.allow, world)? {
        return Ok(Some(Clause::NOT_GRANTED));
    }
    let unmet = match clause.when {
        Some(when) => !world.condition(when)?,
        None => false,
    };
    Ok(unmet.then_some(Clause::UNMET))
}

fn is_granted<W: InputSource>(
    product: &Product,
    allow: &AllowedUsers,
    world: &mut W,
) -> Result<bool, W::Halt> {
    let AllowedUsers::AnyOf(granted) = allow else {
        return Ok(true);
    };
    for granted in granted {
        let enough = match granted {
            GrantedRole::Role(role) => has_role(product, world, Person::User, *role)?,
            GrantedRole::Holds(role) => world
                .input(DecisionInput::Holds(Person::User, *role))?
                .is_yes(),
            GrantedRole::Listed(fact) => fact_value(product, world, *fact)?.is_yes(),
        };
        if enough {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether an effect follows.
pub(crate) fn follows<W: InputSource>(effect: &Effect, world: &mut W) -> Result<bool, W::Halt> {
    effect.when.map_or(Ok(true), |when| world.condition(when))
}
