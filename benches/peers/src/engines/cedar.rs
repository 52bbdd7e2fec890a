//! cedar-policy: policies, schema, people and requests are parsed and built once.
//!
//! Whole: all policies at every request. Sliced: of each action, only the policies that can apply to it.

use std::error::Error;
use std::ops::Range;
use std::str::FromStr;

use cedar_policy::{
    ActionConstraint, Authorizer, Context, Decision, Entities, Entity, EntityUid, PolicySet,
    Request, RestrictedExpression, Schema, ValidationMode, Validator,
};

use crate::engine::{Engine, Role};
use crate::firm::Person;
use crate::queries::{Named, Questions};

const SCHEMA: &str = include_str!("../../cedar/schema.cedarschema");
const POLICIES: &str = include_str!("../../cedar/policies.cedar");
const ROLES: &str = include_str!("../../cedar/entities.json");

struct Whole {
    policies: PolicySet,
    common: Common,
}

struct Sliced {
    /// One set for each thing that can be asked.
    slices: Vec<PolicySet>,
    /// Of each query, the number of its slice.
    slice_of: Vec<u32>,
    common: Common,
}

struct Common {
    authorizer: Authorizer,
    entities: Entities,
    requests: Vec<Request>,
}

pub(crate) fn whole(questions: &Questions) -> Result<Box<dyn Engine>, Box<dyn Error>> {
    let (policies, common) = load(questions)?;
    Ok(Box::new(Whole { policies, common }))
}

pub(crate) fn sliced(questions: &Questions) -> Result<Box<dyn Engine>, Box<dyn Error>> {
    let (policies, common) = load(questions)?;
    let asked = questions.asked.iter();
    let slices = asked.map(|asked| slice(&policies, &common.entities, &asked.action));
    Ok(Box::new(Sliced {
        slices: slices.collect::<Result<_, _>>()?,
        slice_of: questions.queries.iter().map(|query| query.asked).collect(),
        common,
    }))
}

impl Engine for Whole {
    fn name(&self) -> &'static str {
        "cedar-policy, whole"
    }

    fn role(&self) -> Role {
        Role::Peer
    }

    fn answer(&mut self, queries: Range<usize>, answers: &mut [bool]) {
        for (request, answer) in self.common.requests[queries].iter().zip(answers) {
            *answer = self.common.is_allowed(request, &self.policies);
        }
    }
}

impl Engine for Sliced {
    fn name(&self) -> &'static str {
        "cedar-policy, sliced by action"
    }

    fn role(&self) -> Role {
        Role::Peer
    }

    fn answer(&mut self, queries: Range<usize>, answers: &mut [bool]) {
        let requests = &self.common.requests[queries.clone()];
        let slices = &self.slice_of[queries];
        for ((request, slice), answer) in requests.iter().zip(slices).zip(answers) {
            *answer = self
                .common
                .is_allowed(request, &self.slices[*slice as usize]);
        }
    }
}

impl Common {
    fn is_allowed(&self, request: &Request, policies: &PolicySet) -> bool {
        let response = self
            .authorizer
            .is_authorized(request, policies, &self.entities);
        response.decision() == Decision::Allow
    }
}

fn load(questions: &Questions) -> Result<(PolicySet, Common), Box<dyn Error>> {
    let (schema, _) = Schema::from_cedarschema_str(SCHEMA)?;
    let policies = PolicySet::from_str(POLICIES)?;
    let checked = Validator::new(schema.clone()).validate(&policies, ValidationMode::Strict);
    if !checked.validation_passed() {
        return Err(checked.to_string().into());
    }
    let people = questions
        .people
        .iter()
        .map(entity)
        .collect::<Result<Vec<_>, _>>()?;
    let firm = Entity::new_no_attrs(uid("Firm", FIRM)?, [].into());
    let products = ["manage", "grow"].map(|id| uid("Product", id));
    let products = products
        .into_iter()
        .collect::<Result<Vec<_>, _>>()?
        .into_iter();
    let people = people.into_iter().chain([firm]);
    let people = people.chain(products.map(|product| Entity::new_no_attrs(product, [].into())));
    let entities =
        Entities::from_json_str(ROLES, Some(&schema))?.add_entities(people, Some(&schema))?;
    let requests = questions.named().map(|named| request(named, &schema));
    let common = Common {
        authorizer: Authorizer::new(),
        entities,
        requests: requests.collect::<Result<_, _>>()?,
    };
    Ok((policies, common))
}

const FIRM: &str = "everybody";

fn uid(kind: &str, id: &str) -> Result<EntityUid, Box<dyn Error>> {
    Ok(EntityUid::from_type_name_and_id(
        kind.parse()?,
        cedar_policy::EntityId::new(id),
    ))
}

/// A person, with what they hold as parents.
fn entity(person: &Person) -> Result<Entity, Box<dyn Error>> {
    let mut parents = Vec::new();
    let mut attributes = vec![("enabled", RestrictedExpression::new_bool(person.enabled))];
    if let Some(manage) = &person.manage {
        parents.push(uid("Product", "manage")?);
        for role in manage.roles() {
            let kind = match role {
                "primary_subscriber" | "administrator" => "Role",
                _ => "Permission",
            };
            parents.push(uid(kind, role)?);
        }
        let word = |word: &str| RestrictedExpression::new_string(word.to_owned());
        attributes.push(("billing_rate_visibility", word(manage.rates)));
        attributes.push(("activity_hours_visibility", word(manage.hours)));
    }
    if let Some(level) = person.grow {
        parents.push(uid("Product", "grow")?);
        parents.push(uid("Level", level.id())?);
    }
    let attributes = attributes
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value));
    Ok(Entity::new(
        uid("User", &person.id)?,
        attributes.collect(),
        parents.into_iter().collect(),
    )?)
}

/// A request, checked against the schema here and not again when it is answered.
fn request(named: Named<'_>, schema: &Schema) -> Result<Request, Box<dyn Error>> {
    let resource = match named.target {
        Some(target) => uid("User", target)?,
        None => uid("Firm", FIRM)?,
    };
    let fact = named.fact.into_iter();
    let context = Context::from_pairs(fact.map(|(fact, value)| {
        (
            fact.to_owned(),
            RestrictedExpression::new_string(value.to_owned()),
        )
    }))?;
    let (user, action) = (uid("User", named.user)?, uid("Action", named.action)?);
    Ok(Request::new(user, action, resource, context, Some(schema))?)
}

/// The policies that can apply to an action.
fn slice(
    policies: &PolicySet,
    entities: &Entities,
    action: &str,
) -> Result<PolicySet, Box<dyn Error>> {
    let action = uid("Action", action)?;
    let mut slice = PolicySet::new();
    for policy in policies.policies() {
        let applies = match policy.action_constraint() {
            ActionConstraint::Any => true,
            ActionConstraint::Eq(named) => named == action,
            ActionConstraint::In(groups) => groups
                .iter()
                .any(|group| *group == action || entities.is_ancestor_of(group, &action)),
        };
        if applies {
            slice.add(policy.clone())?;
        }
    }
    Ok(slice)
}
