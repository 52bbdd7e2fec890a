//! Tenants: each has one firm under its rules, which is swapped as a whole.

use std::collections::HashMap;
use std::sync::Arc;

use arc_swap::{ArcSwap, Guard};
use clio_rules::protocol::World;
use clio_rules::{Firm, Rulebook};

use crate::authzen::names::Names;

/// One consistent set of rules and firm. It never changes: a reload makes another one.
#[derive(Debug)]
pub struct Loaded {
    firm: Firm,
    digest: Box<str>,
    names: Names,
}

impl Loaded {
    /// A firm under its rules, with a digest of what the firm holds.
    pub fn new(firm: Firm) -> Self {
        let digest = firm.state();
        Self::with_digest(firm, digest)
    }

    /// A firm under its rules, with a digest of the files they come from.
    pub fn with_digest(firm: Firm, digest: impl Into<Box<str>>) -> Self {
        Self {
            names: Names::of(firm.rulebook()),
            firm,
            digest: digest.into(),
        }
    }

    /// The firm.
    pub fn firm(&self) -> &Firm {
        &self.firm
    }

    /// The rules.
    pub fn rulebook(&self) -> &Rulebook {
        self.firm.rulebook()
    }

    /// The names that the rules declare.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// The digest of rules and firm, which every answer carries.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The subject of requests of the protocol.
    pub fn world(&self) -> World<'_> {
        World::new(&self.firm)
    }
}

/// Somebody whose questions are answered from a firm of their own.
#[derive(Debug)]
pub struct Tenant {
    current: ArcSwap<Loaded>,
}

impl Tenant {
    /// A tenant with what is loaded first.
    pub fn new(loaded: Loaded) -> Self {
        Self {
            current: ArcSwap::from_pointee(loaded),
        }
    }

    /// What counts now. A request takes it once, so that all of its answers come from one set.
    pub fn current(&self) -> Guard<Arc<Loaded>> {
        self.current.load()
    }

    /// Replaces what counts. Requests that have begun are answered from what they began with.
    pub fn replace(&self, loaded: Loaded) {
        self.current.store(Arc::new(loaded));
    }
}

/// All tenants: one without a name, and those under `/t/NAME`.
#[derive(Debug, Default)]
pub struct Tenants {
    unnamed: Option<Arc<Tenant>>,
    named: HashMap<Box<str>, Arc<Tenant>>,
}

impl Tenants {
    /// One tenant without a name.
    pub fn of_one(tenant: Tenant) -> Self {
        Self {
            unnamed: Some(Arc::new(tenant)),
            named: HashMap::new(),
        }
    }

    /// Adds a tenant under a name.
    #[must_use]
    pub fn with(mut self, name: impl Into<Box<str>>, tenant: Tenant) -> Self {
        self.named.insert(name.into(), Arc::new(tenant));
        self
    }

    /// Puts a tenant under a name, or in the place of the one without a name.
    pub fn insert(&mut self, name: Option<&str>, tenant: Arc<Tenant>) {
        match name {
            None => self.unnamed = Some(tenant),
            Some(name) => drop(self.named.insert(name.into(), tenant)),
        }
    }

    /// The tenant with this name, or the one without a name.
    pub fn find(&self, name: Option<&str>) -> Option<&Arc<Tenant>> {
        match name {
            None => self.unnamed.as_ref(),
            Some(name) => self.named.get(name),
        }
    }

    /// All tenants, each with its name.
    pub fn iter(&self) -> impl Iterator<Item = (Option<&str>, &Arc<Tenant>)> {
        let unnamed = self.unnamed.iter().map(|tenant| (None, tenant));
        let named = self.named.iter();
        unnamed.chain(named.map(|(name, tenant)| (Some(&**name), tenant)))
    }
}
