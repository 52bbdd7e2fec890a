//! The shipped products: rules, model and policies of each, made ready to be walked.

use crate::Failed;
use crate::asked::everything;
use crate::cedar::{self, Cedar};
use crate::model::{Model, grow, manage};
use crate::opinion::Opinion;
use crate::people::People;
use crate::reach::Reach;
use crate::sides::Sides;
use crate::things::{ThingWalk, hosting};
use crate::walk::Walk;

/// A product as the description of the domain has it.
pub(crate) struct Described {
    pub(crate) model: Model,
    schema: &'static str,
    pub(crate) policies: String,
}

impl Described {
    /// Clio Manage.
    pub(crate) fn manage() -> Self {
        Self {
            model: manage(),
            schema: include_str!("../cedar/manage.cedarschema"),
            policies: include_str!("../cedar/manage.cedar").to_owned(),
        }
    }

    /// Clio Grow.
    pub(crate) fn grow() -> Self {
        Self {
            model: grow(),
            schema: include_str!("../cedar/grow.cedarschema"),
            policies: include_str!("../cedar/grow.cedar").to_owned(),
        }
    }

    /// Code hosting, a product of somebody else.
    pub(crate) fn hosting() -> Self {
        Self {
            model: hosting::model(),
            schema: include_str!("../cedar/hosting.cedarschema"),
            policies: include_str!("../cedar/hosting.cedar").to_owned(),
        }
    }

    /// What compares it with rules in firms with things.
    pub(crate) fn thing_walk<'a>(&'a self, sides: &'a Sides) -> Result<ThingWalk<'a>, Failed> {
        let schema = cedar::schema(self.schema)?;
        ThingWalk::new(&self.model, schema, &self.policies, sides)
    }

    /// The walk that compares it with rules.
    pub(crate) fn walk<'a>(&'a self, sides: &'a Sides, reach: Reach) -> Result<Walk<'a>, Failed> {
        let schema = cedar::schema(self.schema)?;
        let (model, people) = (&self.model, People::of(&self.model));
        let asked = everything(model, cedar::names(&schema))?;
        let cedar = Cedar::new(model, &schema, &self.policies, &people, &asked)?;
        let opinion = Opinion::new(model, cedar, &people, asked.len(), reach);
        Walk::new(model, people, asked, sides, Some(opinion), reach)
    }
}
