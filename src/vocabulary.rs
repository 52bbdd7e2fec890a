//! What a condition may read: the variables of a product and the members of a person.

use hashbrown::HashMap;

use crate::value::{Domain, Value};

/// The person whose member is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Person {
    /// Who asks.
    User,
    /// Whom it is done to.
    Target,
}

impl Person {
    pub(crate) const ALL: [Self; 2] = [Self::User, Self::Target];

    /// The name that scripts know this person by.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Target => "target",
        }
    }
}

/// One thing that a condition read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Read {
    /// A variable, by its number in the vocabulary: `same_user`, a reading, a fact, an argument.
    Variable(u16),
    /// A member of a person, by its number in the vocabulary: a role, a setting, `enabled`.
    Member(Person, u16),
}

/// Reads with the values they returned.
pub(crate) type KnownReads = [(Read, Value)];

/// A name with the values it may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct VocabularyEntry {
    pub(crate) name: String,
    pub(crate) domain: Domain,
}

/// Every name that a product's conditions may read, numbered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Vocabulary {
    variables: NumberedEntries,
    members: NumberedEntries,
    /// Names of the kinds of things. What a script reads of a thing is a variable, as `matter.status`.
    things: Vec<String>,
}

/// Numbered names, found in one step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct NumberedEntries {
    list: Vec<VocabularyEntry>,
    numbers: HashMap<String, u16>,
}

impl Vocabulary {
    /// Adds a variable and returns its number.
    pub(crate) fn add_variable(&mut self, name: &str, domain: Domain) -> u16 {
        self.variables.add(name, domain)
    }

    /// Adds a member that both persons have and returns its number.
    pub(crate) fn add_member(&mut self, name: &str, domain: Domain) -> u16 {
        self.members.add(name, domain)
    }

    /// Adds a kind of thing, whose variables have its name before a dot.
    pub(crate) fn add_thing(&mut self, name: &str) {
        self.things.push(name.to_owned());
    }

    /// Names of the kinds of things.
    pub(crate) fn thing_names(&self) -> impl Iterator<Item = &str> {
        self.things.iter().map(String::as_str)
    }

    /// The number of a kind of thing.
    pub(crate) fn thing(&self, name: &str) -> Option<u16> {
        let place = self.things.iter().position(|thing| thing == name)?;
        u16::try_from(place).ok()
    }

    /// The name under which a script reads how a person stands to things of a kind: `target.matter`. None where rules do not
    /// read that.
    pub(crate) fn thing_of(&self, person: Person, kind: &str) -> Option<(u16, String)> {
        let name = format!("{}.{kind}", person.name());
        Some((self.thing(&name)?, name))
    }

    /// The number of the variable that a script reads as a member of a thing.
    pub(crate) fn member_of_thing(&self, thing: &str, member: &str) -> Option<u16> {
        self.variable(&format!("{thing}.{member}"))
    }

    /// The name of a kind of thing.
    pub(crate) fn thing_name(&self, thing: u16) -> Option<&str> {
        self.things.get(usize::from(thing)).map(String::as_str)
    }

    /// Names of the members of a kind of thing, and of the kinds above it.
    pub(crate) fn members_of_thing(&self, thing: &str) -> impl Iterator<Item = &str> {
        let names = self.variable_names().chain(self.thing_names());
        let own = names.filter_map(move |name| name.strip_prefix(thing)?.strip_prefix('.'));
        own.filter(|name| !name.contains('.'))
    }

    pub(crate) fn variable(&self, name: &str) -> Option<u16> {
        self.variables.numbers.get(name).copied()
    }

    pub(crate) fn member(&self, name: &str) -> Option<u16> {
        self.members.numbers.get(name).copied()
    }

    /// Whether a product declares this name, be it one that no script can read.
    pub(crate) fn declares(&self, name: &str) -> bool {
        let known = self.variable(name).or_else(|| self.member(name));
        known.or_else(|| self.thing(name)).is_some()
    }

    /// Names of all variables.
    pub(crate) fn variable_names(&self) -> impl Iterator<Item = &str> {
        self.variables.list.iter().map(|word| word.name.as_str())
    }

    /// Names of all members.
    pub(crate) fn member_names(&self) -> impl Iterator<Item = &str> {
        self.members.list.iter().map(|word| word.name.as_str())
    }

    /// The values a read may have; none for an unknown number.
    pub(crate) fn domain(&self, read: Read) -> Option<&Domain> {
        self.word(read).map(|word| &word.domain)
    }

    /// How a script writes a read: `same_user`, `user.billing`.
    pub(crate) fn written(&self, read: Read) -> String {
        let name = self.word(read).map_or("?", |word| word.name.as_str());
        match read {
            Read::Variable(_) => name.to_owned(),
            Read::Member(person, _) => format!("{}.{name}", person.name()),
        }
    }

    /// Whether a word is a value of any variable or member.
    pub(crate) fn has_value(&self, word: &str) -> bool {
        let all = self.variables.list.iter().chain(&self.members.list);
        all.into_iter()
            .any(|known| known.domain.find(word).is_some())
    }

    fn word(&self, read: Read) -> Option<&VocabularyEntry> {
        match read {
            Read::Variable(n) => self.variables.list.get(usize::from(n)),
            Read::Member(_, n) => self.members.list.get(usize::from(n)),
        }
    }
}

impl NumberedEntries {
    fn add(&mut self, name: &str, domain: Domain) -> u16 {
        let number = self.list.len() as u16;
        self.list.push(VocabularyEntry {
            name: name.to_owned(),
            domain,
        });
        self.numbers.insert(name.to_owned(), number);
        number
    }
}
