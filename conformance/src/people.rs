//! The people of the firms: of each kind one who asks and is asked about, and a second of the same kind.

use clio_rules::{Firm, Rulebook, User};

use crate::Failed;
use crate::kinds::{Kind, kinds};
use crate::model::Model;

/// Everybody who can occur in a product, and how they form firms.
pub(crate) struct People {
    /// The kinds that a firm may have many of.
    pub(crate) others: Vec<Kind>,
    /// The kinds of which each firm has exactly one person; one firm for each. Where there is none, one firm without.
    pub(crate) owners: Vec<Kind>,
}

/// A person of a firm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Person {
    /// The one whose kind has no second person.
    Owner(usize),
    /// The first of a kind.
    First(usize),
    /// The second of a kind.
    Second(usize),
}

impl People {
    /// Everybody of a product.
    pub(crate) fn of(model: &Model) -> Self {
        let (owners, others) = kinds(model)
            .into_iter()
            .partition(|kind| kind.is_owner(model));
        Self { others, owners }
    }

    /// How many firms it takes.
    pub(crate) fn firms(&self) -> usize {
        self.owners.len().max(1)
    }

    /// Everybody of one firm, in the order of its users.
    pub(crate) fn of_firm(&self, firm: usize) -> Vec<Person> {
        let owner = self.owners.get(firm).map(|_| Person::Owner(firm));
        let others = 0..self.others.len();
        let pairs = others.flat_map(|kind| [Person::First(kind), Person::Second(kind)]);
        owner.into_iter().chain(pairs).collect()
    }

    /// Everybody of all firms, each once.
    pub(crate) fn everybody(&self) -> Vec<Person> {
        let owners = (0..self.owners.len()).map(Person::Owner);
        let others = 0..self.others.len();
        let pairs = others.flat_map(|kind| [Person::First(kind), Person::Second(kind)]);
        owners.chain(pairs).collect()
    }

    /// The kind of a person.
    pub(crate) fn kind(&self, person: Person) -> &Kind {
        match person {
            Person::Owner(number) => &self.owners[number],
            Person::First(number) | Person::Second(number) => &self.others[number],
        }
    }

    /// The same person with every setting at its default.
    pub(crate) fn with_usual_settings(&self, person: Person, model: &Model) -> Person {
        let usual = self.kind(person).with_usual_settings(model);
        let find = |kinds: &[Kind]| kinds.iter().position(|kind| *kind == usual);
        match person {
            Person::Owner(number) => Person::Owner(find(&self.owners).unwrap_or(number)),
            Person::First(number) => Person::First(find(&self.others).unwrap_or(number)),
            Person::Second(number) => Person::Second(find(&self.others).unwrap_or(number)),
        }
    }

    /// One firm with everybody in it.
    pub(crate) fn firm(
        &self,
        number: usize,
        model: &Model,
        rulebook: &Rulebook,
    ) -> Result<Firm, Failed> {
        let users = self
            .of_firm(number)
            .into_iter()
            .map(|person| self.user(person, model));
        Ok(Firm::of_users(rulebook, "Everybody", users)?)
    }

    fn user(&self, person: Person, model: &Model) -> User {
        let kind = self.kind(person);
        let user = kind.user(&person.id(), model);
        let elsewhere = matches!(person, Person::Second(_)).then(|| (model.elsewhere)(kind));
        elsewhere.flatten().into_iter().fold(user, User::seat)
    }
}

impl Person {
    /// The id of the user, in firms and in Cedar alike.
    pub(crate) fn id(self) -> String {
        match self {
            Self::Owner(number) => format!("owner_{number}"),
            Self::First(number) => format!("first_{number}"),
            Self::Second(number) => format!("second_{number}"),
        }
    }

    /// Where the person stands among the users of their firm.
    pub(crate) fn position(self, people: &People) -> usize {
        let first = usize::from(!people.owners.is_empty());
        match self {
            Self::Owner(_) => 0,
            Self::First(number) => first + 2 * number,
            Self::Second(number) => first + 2 * number + 1,
        }
    }
}
