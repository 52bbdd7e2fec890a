//! Smaller rulebooks: what is not needed for a difference is left out.

use super::book::{Book, Clause, Group, Rule, Rules};

impl Book {
    /// The smallest rulebook that is reached by leaving things out while something still holds of it.
    pub(crate) fn shrunk(self, still: impl Fn(&Self) -> bool) -> Self {
        let mut smallest = self;
        while let Some(smaller) = smallest.smaller().into_iter().find(|one| still(one)) {
            smallest = smaller;
        }
        smallest
    }

    /// The rulebooks that lack one thing. Not all of them load.
    fn smaller(&self) -> Vec<Self> {
        let mut all = Vec::new();
        all.extend(self.without_one(|book| &mut book.groups));
        all.extend(self.without_one(|book| &mut book.changes));
        all.extend(self.without_one(|book| &mut book.effects));
        for group in 0..self.groups.len() {
            all.extend(self.without_one(|book| &mut book.groups[group].actions));
            all.extend(self.without_one(|book| &mut book.groups[group].facts));
        }
        all.extend(self.with_less_rules());
        all.extend(self.with_less_said());
        all.extend(self.without_one(|book| &mut book.refusals));
        all.extend(self.without_one(|book| &mut book.functions));
        for role in 0..self.roles.len() {
            all.extend(self.without_one(|book| &mut book.roles[role].brings));
        }
        all.extend(self.without_one(|book| &mut book.settings));
        all.extend(self.without_one(|book| &mut book.readings));
        all.extend(self.without_one(|book| &mut book.facts));
        for kind in 0..self.kinds.len() {
            all.extend(self.without_one(|book| &mut book.kinds[kind].properties));
            all.extend(self.without_one(|book| &mut book.kinds[kind].taken));
            for list in 0..self.kinds[kind].lists.len() {
                all.extend(self.without_one(|book| &mut book.kinds[kind].lists[list].brings));
            }
            all.extend(self.without_one(|book| &mut book.kinds[kind].lists));
        }
        all.extend(self.without_one(|book| &mut book.kinds));
        all.extend(self.without_one(|book| &mut book.roles));
        all
    }

    /// The rulebooks that lack one entry of a list.
    fn without_one<T>(&self, list: impl Fn(&mut Self) -> &mut Vec<T>) -> Vec<Self> {
        let length = list(&mut self.clone()).len();
        let without = |number| {
            let mut book = self.clone();
            list(&mut book).remove(number);
            book
        };
        (0..length).map(without).collect()
    }

    /// The rulebooks in which an action has one rule less, or those of its group, or its group has those of the action.
    fn with_less_rules(&self) -> Vec<Self> {
        let mut all = Vec::new();
        for (number, rules) in self.clone().rules_mut().iter_mut().enumerate() {
            for rule in 0..rules.len() {
                let mut book = self.clone();
                book.rules_mut()[number].remove(rule);
                all.push(book);
            }
        }
        for (group, of_group) in self.groups.iter().enumerate() {
            for (action, own) in of_group.actions.iter().enumerate() {
                if let Some(rules) = &own.rules {
                    let mut book = self.clone();
                    book.groups[group].actions[action].rules = None;
                    all.push(book.clone());
                    book.groups[group].rules = rules.clone();
                    all.push(book);
                }
            }
        }
        all
    }

    /// The rulebooks in which one clause says less.
    fn with_less_said(&self) -> Vec<Self> {
        let mut all = Vec::new();
        for (number, clause) in self.clone().clauses_mut().iter().enumerate() {
            let mut change = |alter: &dyn Fn(&mut Clause)| {
                let mut book = self.clone();
                alter(book.clauses_mut()[number]);
                all.push(book);
            };
            if clause.when.is_some() {
                change(&|clause| clause.when = None);
            }
            for refusal in 0..clause.unless.len() {
                change(&|clause| {
                    clause.unless.remove(refusal);
                });
            }
            if clause.allow != EVERYONE {
                change(&|clause| clause.allow = EVERYONE.to_owned());
            }
        }
        all
    }

    /// Lists of rules.
    fn rules_mut(&mut self) -> Vec<&mut Vec<Rule>> {
        let several = |rules| match rules {
            &mut Rules::Several(ref mut rules) => Some(rules),
            Rules::One(_) => None,
        };
        let groups = self.groups.iter_mut();
        let all = groups.flat_map(|group| {
            let own = group.actions.iter_mut();
            let own = own.filter_map(|action| action.rules.as_mut());
            own.chain([&mut group.rules])
        });
        all.filter_map(several).collect()
    }

    /// Everything that says who may: of actions, then of changes.
    pub(crate) fn clauses_mut(&mut self) -> Vec<&mut Clause> {
        let groups = self.groups.iter_mut();
        let of_actions = groups.flat_map(Group::clauses_mut);
        let of_changes = self.changes.iter_mut().map(|change| &mut change.clause);
        of_actions.chain(of_changes).collect()
    }
}

impl Group {
    /// Everything that says who may do its actions.
    pub(crate) fn clauses_mut(&mut self) -> Vec<&mut Clause> {
        let own = self.actions.iter_mut();
        let own = own.filter_map(|action| action.rules.as_mut());
        let all = own.chain([&mut self.rules]).flat_map(|rules| match rules {
            Rules::One(clause) => vec![clause],
            Rules::Several(rules) => rules.iter_mut().map(|rule| &mut rule.clause).collect(),
        });
        all.collect()
    }
}

/// Whoever has a seat.
const EVERYONE: &str = "everyone";
