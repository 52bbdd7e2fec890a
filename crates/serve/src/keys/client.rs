//! Who shows a key.

use super::Right;

/// A client with a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// Its name, for logs.
    pub name: String,
    /// What it may ask.
    pub may: Vec<Right>,
    /// The tenants that it may ask about; none for all. The tenant without a name is `""`.
    pub tenants: Option<Vec<String>>,
}

impl Client {
    /// Whether it may ask this.
    pub fn may(&self, right: Right) -> bool {
        self.may.contains(&right)
    }

    /// Whether it may ask about this tenant.
    pub fn knows(&self, tenant: Option<&str>) -> bool {
        let tenants = self.tenants.as_deref();
        tenants.is_none_or(|tenants| {
            tenants
                .iter()
                .any(|name| name == tenant.unwrap_or_default())
        })
    }
}
