//! What a change takes: its arguments, and what each of them can be.

use std::sync::Arc;

use super::product::{Argument, LinkedChange, Product, RoleId, SettingId};

/// What a change takes.
#[derive(Default)]
pub(super) struct ChangeParameters {
    pub(super) arguments: Vec<Argument>,
    pub(super) roles: Vec<RoleId>,
    pub(super) settings: Vec<SettingId>,
}

impl ChangeParameters {
    pub(super) fn of(change: &LinkedChange) -> Self {
        Self {
            arguments: change.takes.clone(),
            roles: change.roles.clone(),
            settings: change.settings.clone(),
        }
    }

    /// The words that each argument can be.
    pub(super) fn words(&self, product: &Product) -> Vec<(Argument, Arc<str>)> {
        let roles = self.roles.iter().filter_map(|role| product.role(*role));
        let roles = roles.map(|role| (Argument::Role, Arc::clone(&role.id)));
        let settings = || self.settings.iter().filter_map(|id| product.setting(*id));
        let ids = settings().map(|setting| (Argument::Setting, Arc::clone(&setting.id)));
        let values = settings().flat_map(|setting| setting.domain.words());
        let values = values.map(|word| (Argument::Value, word.into()));
        roles.chain(ids).chain(values).collect()
    }
}
