//! How groups stand to things: rules about a change that is done to a group read it.

use super::kind_things::KindThings;
use super::things::FirmThings;
use crate::link::product::{FactSource, Product};
use crate::value::Value;

impl FirmThings {
    /// The value of a fact for a group and a thing of its kind; none where it does not say whether the group stands on a list.
    pub(crate) fn value_of_group(
        &self,
        product: &Product,
        source: FactSource,
        group: u32,
        at: (&KindThings, u32),
    ) -> Option<Value> {
        let FactSource::List(path, number) = source else {
            return None;
        };
        let (things, thing) = self.above(path.above, at)?;
        let list = product.kind_at(path)?.lists.get(number)?;
        let stands = things.list(thing, number).map_or(list.is_open, |entries| {
            // The group is that one, or in it.
            let mut groups = entries.groups.iter();
            groups.any(|outer| self.groups.would_close_circle(group, *outer))
        });
        Some(Value::from(stands))
    }
}
