//! Random actions, permission changes and effects.

use super::book::{Action, Change, Effect, Group, PASS_ON, Refusal, Rule, Rules, Scope};
use super::maker::Maker;
use crate::model::{Arguments, Word};

/// The refusal that keeps a role with enabled people.
const NO_DISABLED: &str = "no_disabled";

impl Maker {
    /// Adds a group of actions.
    pub(super) fn group(&mut self) {
        let mut on_target = self.rng.bool();
        let facts = self.book.facts.iter().map(|fact| fact.id.clone());
        let mut facts: Vec<Word> = facts.filter(|_| self.rng.bool()).collect();
        let kinds = &self.book.kinds;
        let mut thing = None;
        // The first group is about people, so that every rulebook has something to ask of them.
        if !self.book.groups.is_empty() && !kinds.is_empty() && self.rng.u8(..3) > 0 {
            let kind = &kinds[self.rng.usize(..kinds.len())];
            thing = Some(kind.id.clone());
            on_target = false;
            let taken = kind.taken.iter().map(|taken| taken.fact.id.clone());
            facts.extend(taken.filter(|_| self.rng.bool()));
        }
        let scope = Scope {
            user: true,
            target: on_target,
            thing: thing.clone(),
            facts: facts.clone(),
            arguments: Vec::new(),
        };
        let number = self.book.groups.len();
        let rules = self.rules(&scope, &format!("{number}"));
        let actions = (0..self.rng.usize(1..=2)).map(|action| {
            let own = self.rng.u8(..3) == 0;
            Action {
                id: format!("action_{number}_{action}").into(),
                rules: own.then(|| self.rules(&scope, &format!("{number}_{action}"))),
            }
        });
        let actions = actions.collect();
        self.book.groups.push(Group {
            on_target,
            thing,
            facts,
            rules,
            actions,
        });
    }

    fn rules(&mut self, scope: &Scope, name: &str) -> Rules {
        if self.rng.bool() {
            return Rules::One(self.clause(scope));
        }
        let rules = (0..self.rng.usize(1..=3)).map(|number| Rule {
            id: format!("rule_{name}_{number}").into(),
            whom: self.whom(scope.target),
            clause: self.clause(scope),
        });
        Rules::Several(rules.collect())
    }

    fn whom(&mut self, on_target: bool) -> Option<&'static str> {
        let words = [None, Some("others"), Some("self"), Some("anyone")];
        words[self.rng.usize(..words.len())].filter(|_| on_target)
    }

    /// Plans a change, so that it is known which arguments there are.
    pub(super) fn plan(&mut self) {
        let planned = self.alteration();
        self.planned.extend(planned);
    }

    /// Adds the changes that are planned; where one person holds a role, mostly one that passes it on.
    pub(super) fn changes(&mut self) {
        for (arguments, does) in self.planned.clone() {
            let clause = self.clause(&scope_of(&arguments));
            let id = format!("change_{}", self.book.changes.len()).into();
            self.book.changes.push(Change {
                id,
                arguments,
                clause,
                does: vec![does],
            });
        }
        if self.rng.u8(..3) > 0 {
            self.pass_on();
        }
    }

    /// What a change takes and does.
    fn alteration(&mut self) -> Option<(Arguments, String)> {
        let owner = self.book.owner.as_ref().map(|owner| &owner.role);
        let roles = self.book.roles.iter().map(|role| &role.id);
        let mut roles: Vec<Word> = roles.filter(|id| Some(*id) != owner).cloned().collect();
        self.rng.shuffle(&mut roles);
        roles.truncate(self.rng.usize(1..=2));
        let mut settings: Vec<Word> = self.book.settings.iter().map(|s| s.id.clone()).collect();
        settings.truncate(self.rng.usize(1..=2));
        let whom = if self.rng.u8(..4) == 0 {
            "user"
        } else {
            "target"
        };
        let role = roles.first()?;
        // On a seat with levels no role is taken by an argument, and no level at all.
        let (keeps, is_level) = (
            !self.book.levels.is_empty(),
            self.book.levels.contains(role),
        );
        match self.rng.usize(..5) {
            0 if !keeps => Some((
                Arguments::Role(roles),
                format!("{{ take: role, from: {whom} }}"),
            )),
            1 if !is_level => {
                let does = format!("{{ take: {role}, from: {whom} }}");
                Some((Arguments::Nothing, does))
            }
            2 => {
                let does = format!("{{ give: {role}, to: {whom} }}");
                Some((Arguments::Nothing, does))
            }
            3 if !settings.is_empty() => {
                let does = format!("{{ set: setting, of: {whom}, to: value }}");
                Some((Arguments::Setting(settings), does))
            }
            _ => Some((
                Arguments::Role(roles),
                format!("{{ give: role, to: {whom} }}"),
            )),
        }
    }

    /// The change that passes on what one person holds. It never leaves a firm with none, two or a disabled one, so that
    /// its rules alone decide.
    fn pass_on(&mut self) {
        let Some(owner) = self.book.owner.clone() else {
            return;
        };
        let mut clause = self.clause(&scope_of(&Arguments::Nothing));
        clause.allow = format!("{{ holds: {} }}", owner.role);
        if owner.is_enabled {
            self.book.refusals.push(Refusal {
                id: NO_DISABLED.into(),
                when: "!target.enabled".to_owned(),
                scope: scope_of(&Arguments::Nothing),
            });
            clause.unless.push(NO_DISABLED.into());
        }
        self.book.changes.push(Change {
            id: PASS_ON.into(),
            arguments: Arguments::Nothing,
            clause,
            does: vec![
                format!("{{ take: {}, from: user }}", owner.role),
                format!("{{ give: {}, to: target }}", owner.role),
            ],
        });
    }

    /// Adds an effect.
    pub(super) fn effect(&mut self) {
        let all = &self.book.changes;
        let number = self.rng.usize(..=all.len());
        let after = all.get(number);
        let scope = after.map_or(scope_of(&Arguments::Nothing), |change| {
            scope_of(&change.arguments)
        });
        let after = after.map(|change| change.id.clone());
        let when = self.rng.bool().then(|| self.condition(&scope));
        let set = self.book.settings.first().filter(|_| after.is_some());
        let does = set.and_then(|set| {
            let value = set.values.first()?;
            Some(format!("{{ set: {}, of: target, to: {value} }}", set.id))
        });
        let id = format!("effect_{}", self.book.effects.len()).into();
        self.book.effects.push(Effect {
            id,
            after,
            when,
            does: does.into_iter().collect(),
        });
    }
}

/// What the conditions of a change may read.
fn scope_of(arguments: &Arguments) -> Scope {
    Scope {
        user: true,
        target: true,
        thing: None,
        facts: Vec::new(),
        arguments: arguments.names(),
    }
}
