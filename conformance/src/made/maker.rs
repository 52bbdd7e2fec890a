//! Makes a rulebook from a seed: what it declares first, then what stands on that.

use fastrand::Rng;

use super::book::{Book, Clause, Parameter, Refusal, Role, Scope};
use super::condition::Conditions;
use super::function::LEVELS;
use crate::model::{Arguments, Owner, Setting, Word};

/// Seats that differ: every set of roles with every combination of settings. It bounds what there is to ask.
const MOST_SEATS: usize = 16;

/// A rulebook in the making.
pub(crate) struct Maker {
    pub(super) rng: Rng,
    pub(super) book: Book,
    /// What the changes take and do, before their rules are made.
    pub(super) planned: Vec<(Arguments, String)>,
}

impl Book {
    /// The rulebook of a seed.
    pub(crate) fn of_seed(seed: u64) -> Self {
        let mut maker = Maker {
            rng: Rng::with_seed(seed),
            book: Self::default(),
            planned: Vec::new(),
        };
        maker.declare();
        maker.brings();
        maker.several(0..=3, Maker::plan);
        maker.several(0..=4, Maker::function);
        maker.several(0..=4, Maker::refusal);
        maker.several(1..=4, Maker::group);
        maker.changes();
        maker.several(0..=3, Maker::effect);
        maker.book.use_facts();
        maker.book
    }
}

impl Maker {
    fn several(&mut self, times: std::ops::RangeInclusive<usize>, make: fn(&mut Self)) {
        for _ in 0..self.rng.usize(times) {
            make(self);
        }
    }

    /// Roles, settings, readings and facts.
    fn declare(&mut self) {
        let roles = self.rng.usize(2..=4);
        let role = |number| Role {
            id: format!("role_{number}").into(),
            brings: Vec::new(),
        };
        self.book.roles = (0..roles).map(role).collect();
        let ids: Vec<Word> = self.book.roles.iter().map(|role| role.id.clone()).collect();
        if self.rng.u8(..4) == 0 {
            self.book.levels = ids[..self.rng.usize(2..=roles.min(3))].to_vec();
        }
        if self.rng.u8(..3) == 0
            && let Some(last) = ids.get(self.book.levels.len()..).and_then(<[Word]>::last)
        {
            let is_enabled = self.rng.bool();
            let role = last.clone();
            self.book.owner = Some(Owner { role, is_enabled });
        }
        if self.rng.bool() {
            self.book.shared = self.some_words();
        }
        self.book.settings = (0..self.rng.usize(0..=2))
            .map(|n| self.valued("setting", n))
            .collect();
        while self.seats() > MOST_SEATS && self.book.settings.pop().is_some() {}
        let readings = 0..self.rng.usize(0..=2);
        self.book.readings = readings.map(|n| format!("reading_{n}").into()).collect();
        self.book.facts = (0..self.rng.usize(0..=2))
            .map(|n| self.valued("fact", n))
            .collect();
        self.several(0..=2, Maker::kind);
    }

    /// Something with a few values; different ones share them.
    pub(super) fn valued(&mut self, what: &str, number: usize) -> Setting {
        let mut values: Vec<Word> = match self.rng.u8(..3) {
            0 => ["false", "true"].map(Word::from).to_vec(),
            1 if !self.book.shared.is_empty() => self.book.shared.clone(),
            _ => self.some_words(),
        };
        // Those of the list that is shared keep their order, by which they are told apart from own ones.
        if values != self.book.shared {
            self.rng.shuffle(&mut values);
        }
        Setting {
            id: format!("{what}_{number}").into(),
            values,
        }
    }

    /// Two or three words.
    pub(super) fn some_words(&mut self) -> Vec<Word> {
        let first = self.rng.usize(..2);
        let words = first..first + self.rng.usize(2..=3);
        words.map(|n| format!("word_{n}").into()).collect()
    }

    fn seats(&self) -> usize {
        let levels = self.book.levels.len();
        let free = self.book.roles.len() - levels;
        let settings = self.book.settings.iter();
        settings.fold((1 << free) * levels.max(1), |all, one| {
            all * one.values.len()
        })
    }

    /// A role may bring those before it, but for the one that one person holds.
    fn brings(&mut self) {
        let nobody = Scope::default();
        for number in 1..self.book.roles.len() {
            for brought in 0..number {
                let id = self.book.roles[brought].id.clone();
                let is_owner = self
                    .book
                    .owner
                    .as_ref()
                    .is_some_and(|owner| owner.role == id);
                if is_owner || self.rng.u8(..3) > 0 {
                    continue;
                }
                let is_bound = !self.book.readings.is_empty() && self.rng.bool();
                let when = is_bound.then(|| self.condition(&nobody));
                self.book.roles[number].brings.push((id, when));
            }
        }
    }

    /// A condition over what may be read.
    pub(super) fn condition(&mut self, scope: &Scope) -> String {
        let mut conditions = Conditions {
            rng: &mut self.rng,
            book: &self.book,
            scope,
            level: LEVELS,
            takes: &Parameter::Nothing,
        };
        conditions.any()
    }

    /// What a function or a refusal may read: more makes it fit in fewer places.
    pub(super) fn some_scope(&mut self) -> Scope {
        let facts = self.book.facts.iter().map(|fact| fact.id.clone());
        let facts: Vec<Word> = facts.filter(|_| self.rng.u8(..3) == 0).collect();
        let target = self.rng.bool();
        let mut arguments = Vec::new();
        if target && facts.is_empty() && !self.planned.is_empty() && self.rng.u8(..3) == 0 {
            let (taken, _) = &self.planned[self.rng.usize(..self.planned.len())];
            arguments = taken.names();
        }
        let mut thing = None;
        if !target && !self.book.kinds.is_empty() && self.rng.bool() {
            let kinds = &self.book.kinds;
            thing = Some(kinds[self.rng.usize(..kinds.len())].id.clone());
        }
        Scope {
            user: true,
            target,
            thing,
            facts,
            arguments,
        }
    }

    fn refusal(&mut self) {
        let scope = self.some_scope();
        let refusal = Refusal {
            id: format!("refusal_{}", self.book.refusals.len()).into(),
            when: self.condition(&scope),
            scope,
        };
        self.book.refusals.push(refusal);
    }

    /// Who may, under which condition, and what refuses.
    pub(super) fn clause(&mut self, scope: &Scope) -> Clause {
        let fitting = self.book.refusals.iter();
        let fitting = fitting.filter(|refusal| refusal.scope.is_in(scope));
        let mut unless: Vec<Word> = fitting.map(|refusal| refusal.id.clone()).collect();
        self.rng.shuffle(&mut unless);
        unless.truncate(self.rng.usize(0..=3));
        let allow = self.allow(scope);
        let when = self.rng.bool().then(|| self.condition(scope));
        Clause {
            allow,
            when,
            unless,
        }
    }

    fn allow(&mut self, scope: &Scope) -> String {
        let roles = self.book.roles.iter();
        let mut granted: Vec<String> = roles.map(|role| role.id.to_string()).collect();
        let chain = scope
            .thing
            .iter()
            .flat_map(|kind| self.book.chain(kind, kind));
        for (name, kind) in chain {
            granted.extend(kind.lists.iter().map(|list| format!("{name}.{}", list.id)));
        }
        self.rng.shuffle(&mut granted);
        granted.truncate(self.rng.usize(1..=3));
        for role in &mut granted {
            if !role.contains('.') && self.rng.u8(..4) == 0 {
                *role = format!("{{ holds: {role} }}");
            }
        }
        match granted.as_slice() {
            _ if self.rng.u8(..3) == 0 => "everyone".to_owned(),
            [only] => only.clone(),
            several => format!("[{}]", several.join(", ")),
        }
    }
}
