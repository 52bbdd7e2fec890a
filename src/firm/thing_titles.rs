//! What people call things, for whoever shows answers.

use super::Firm;

impl Firm {
    /// What people call the target of an action: the title of a thing, or the name of a person; none of what the firm does not
    /// have.
    pub(crate) fn target_title(
        &self,
        product: Option<&str>,
        action: &str,
        target: &str,
    ) -> Option<&str> {
        let handle = self.rulebook.find_action(product, action)?;
        let (number, _) = self.rulebook.place_of(handle.number)?;
        let (_, declared) = self.rulebook.declared(handle).ok()?;
        let Some(kind) = declared.on_thing else {
            return self.name_of(target);
        };
        let things = self.things.of_kind(number, kind)?;
        Some(things.title(things.find(target)?))
    }

    /// What people call the only thing with this id, which may have its kind in front.
    pub(crate) fn thing_title(&self, id: &str) -> Option<&str> {
        let things = self.things_named(None, id).ok()?;
        let thing = things.first()?;
        let of_kind = self.things.of_kind(thing.product, thing.kind)?;
        Some(of_kind.title(thing.number))
    }

    /// The number of things of the kind that an action is done to, and what people call the kind; none for other actions.
    pub(crate) fn things_count(&self, product: &str, action: &str) -> Option<(usize, &str)> {
        let product = Some(product).filter(|product| !product.is_empty());
        let handle = self.rulebook.find_action(product, action)?;
        let (number, _) = self.rulebook.place_of(handle.number)?;
        let (product, declared) = self.rulebook.declared(handle).ok()?;
        let kind = declared.on_thing?;
        let things = self.things.of_kind(number, kind);
        Some((
            things.map_or(0, |things| things.len()),
            &product.kind(kind)?.title,
        ))
    }
}
