//! Random conditions: nested, and made of everything that a condition may read where it stands.

use fastrand::Rng;

use super::book::{Book, Parameter, Scope};
use super::kind::ThingKind;
use crate::model::{Setting, Word};

/// How deep conditions nest.
const DEPTH: usize = 3;

/// Makes conditions for one place.
pub(crate) struct Conditions<'m> {
    pub(crate) rng: &'m mut Rng,
    pub(crate) book: &'m Book,
    pub(crate) scope: &'m Scope,
    /// Functions of lower levels may be called.
    pub(crate) level: usize,
    /// Where it is about something that is handed to it, that may be read, and nothing of the question.
    pub(crate) takes: &'m Parameter,
}

/// Something that can be read: its name, and its values where it is more than yes or no.
type Readable = (String, Vec<Word>);

impl Conditions<'_> {
    /// A condition of any depth.
    pub(crate) fn any(&mut self) -> String {
        let depth = self.rng.usize(0..=DEPTH);
        self.flag(depth)
    }

    /// An expression that is yes or no; it can stand between operators.
    pub(crate) fn flag(&mut self, depth: usize) -> String {
        let Some(depth) = depth.checked_sub(1) else {
            return self.leaf();
        };
        match self.rng.usize(..9) {
            0 | 1 => format!("({} && {})", self.flag(depth), self.flag(depth)),
            2 | 3 => format!("({} || {})", self.flag(depth), self.flag(depth)),
            4 => format!("!({})", self.flag(depth)),
            5 => self.choice(depth),
            6 => self.switch(depth),
            7 => {
                let sign = self.one_of(&["==", "!="]);
                format!("(({}) {sign} ({}))", self.flag(depth), self.flag(depth))
            }
            _ => self.leaf(),
        }
    }

    fn one_of(&mut self, words: &[&'static str]) -> &'static str {
        words[self.rng.usize(..words.len())]
    }

    /// `if … else …`, with one or two tests.
    fn choice(&mut self, depth: usize) -> String {
        let other = if self.rng.bool() {
            format!("if {} {{ {} }} else ", self.flag(depth), self.flag(depth))
        } else {
            String::new()
        };
        format!(
            "(if {} {{ {} }} else {other}{{ {} }})",
            self.flag(depth),
            self.flag(depth),
            self.flag(depth)
        )
    }

    /// `switch … { … }` over something that has words, or is yes or no.
    fn switch(&mut self, depth: usize) -> String {
        let Some((name, values)) = self.readable() else {
            return self.choice(depth);
        };
        let labels: Vec<String> = if values.is_empty() {
            vec!["true".to_owned(), "false".to_owned()]
        } else {
            values.iter().map(|value| format!("\"{value}\"")).collect()
        };
        let mut cases = Vec::new();
        let mut labels = labels.as_slice();
        while let [first, rest @ ..] = labels {
            let (label, left) = match rest {
                [second, left @ ..] if self.rng.u8(..4) == 0 => {
                    (format!("{first} | {second}"), left)
                }
                _ => (first.clone(), rest),
            };
            if self.rng.u8(..4) == 0 {
                cases.push(format!(
                    "{label} if {} => {}",
                    self.flag(0),
                    self.flag(depth)
                ));
            }
            cases.push(format!("{label} => {}", self.flag(depth)));
            labels = left;
            // What is left over falls to the last case.
            if self.rng.u8(..3) == 0 {
                break;
            }
        }
        cases.push(format!("_ => {}", self.flag(0)));
        format!("(switch {name} {{ {} }})", cases.join(", "))
    }

    /// One thing that is read, or a call.
    fn leaf(&mut self) -> String {
        if self.rng.u8(..4) == 0
            && let Some(call) = self.call()
        {
            return call;
        }
        match self.readable() {
            Some((name, values)) if values.is_empty() => self.of_flag(name),
            Some((name, values)) => self.of_word(&name, &values),
            None => self.one_of(&["true", "false"]).to_owned(),
        }
    }

    fn of_flag(&mut self, name: String) -> String {
        match self.rng.usize(..8) {
            0 => format!("!{name}"),
            1 => format!("({name} == {})", self.rng.bool()),
            2 => match self.readable() {
                Some((other, values)) if values.is_empty() => format!("({name} != {other})"),
                _ => name,
            },
            _ => name,
        }
    }

    fn of_word(&mut self, name: &str, values: &[Word]) -> String {
        let one = &values[self.rng.usize(..values.len())];
        let two = &values[self.rng.usize(..values.len())];
        match self.rng.usize(..7) {
            0 => format!("({name} != \"{one}\")"),
            1 => format!("({name} in [\"{one}\", \"{two}\"])"),
            2 => format!("({name} !in [\"{one}\", \"{two}\"])"),
            3 => format!("(\"{one}\" == {name})"),
            4 => match self.readable() {
                // Words that share no value cannot be compared.
                Some((other, theirs)) if theirs.iter().any(|value| values.contains(value)) => {
                    format!("({name} == {other})")
                }
                _ => format!("({name} == \"{one}\")"),
            },
            _ => format!("({name} == \"{one}\")"),
        }
    }

    /// Something that may be read here.
    pub(crate) fn readable(&mut self) -> Option<Readable> {
        let mut all = self.readings();
        match self.takes {
            Parameter::Nothing => all.extend(self.of_question()),
            Parameter::Person => all.extend(self.of_somebody("person")),
            Parameter::Thing(_) => all.extend(self.of_things()),
        }
        let number = (!all.is_empty()).then(|| self.rng.usize(..all.len()))?;
        Some(all.swap_remove(number))
    }

    fn readings(&self) -> Vec<Readable> {
        let readings = self.book.readings.iter();
        readings
            .map(|reading| (reading.to_string(), Vec::new()))
            .collect()
    }

    fn of_question(&self) -> Vec<Readable> {
        let mut all = Vec::new();
        if self.scope.user {
            all.extend(self.of_somebody("user"));
        }
        if self.scope.target {
            all.extend(self.of_somebody("target"));
            all.push(("same_user".to_owned(), Vec::new()));
        }
        let taken = self.book.kinds.iter().flat_map(|kind| &kind.taken);
        let facts = self.book.facts.iter();
        let facts = facts.chain(taken.map(|taken| &taken.fact));
        let facts = facts.filter(|fact| self.scope.facts.contains(&fact.id));
        all.extend(facts.map(|fact| (fact.id.to_string(), words_of(fact))));
        all.extend(self.arguments());
        all.extend(self.of_things());
        all
    }

    /// The things that may be read here: the name and kind of each.
    fn things(&self) -> Vec<(String, &ThingKind)> {
        let book = self.book;
        match (self.takes, &self.scope.thing) {
            (Parameter::Thing(kind), _) => {
                let mut chain = book.chain(kind, "thing");
                // One that is part of its own kind may be the highest: nothing above it can be read.
                if chain.iter().filter(|(_, one)| one.id == *kind).count() > 1 {
                    chain.truncate(1);
                }
                chain
            }
            (Parameter::Nothing, Some(kind)) => book.chain(kind, kind),
            _ => Vec::new(),
        }
    }

    /// What is known of things that may be read here.
    fn of_things(&self) -> Vec<Readable> {
        let of_thing = |(name, kind): (String, &ThingKind)| {
            let properties = kind.properties.iter();
            let properties = properties.map(|one| (format!("{name}.{}", one.id), words_of(one)));
            let lists = kind.lists.iter();
            let lists = lists.map(|list| (format!("{name}.{}", list.id), Vec::new()));
            properties.chain(lists).collect::<Vec<_>>()
        };
        self.things().into_iter().flat_map(of_thing).collect()
    }

    fn arguments(&self) -> Vec<Readable> {
        let book = self.book;
        let names = self.scope.arguments.iter();
        let values = |name: &&str| -> Vec<Word> {
            match *name {
                "role" => book.roles.iter().map(|role| role.id.clone()).collect(),
                "setting" => book.settings.iter().map(|one| one.id.clone()).collect(),
                // Which values there are depends on the setting: those that are words somewhere.
                _ => book.settings.iter().flat_map(words_of).collect(),
            }
        };
        let all = names.map(|name| ((*name).to_owned(), values(name)));
        all.filter(|(_, values)| !values.is_empty()).collect()
    }

    fn of_somebody(&self, who: &str) -> Vec<Readable> {
        let roles = self.book.roles.iter();
        let roles = roles.map(|role| (format!("{who}.{}", role.id), Vec::new()));
        let settings = self.book.settings.iter();
        let settings = settings.map(|one| (format!("{who}.{}", one.id), words_of(one)));
        let enabled = (format!("{who}.enabled"), Vec::new());
        roles.chain(settings).chain([enabled]).collect()
    }

    /// A call of a function that reads no more than may be read here.
    fn call(&mut self) -> Option<String> {
        let fits = |scope: &Scope| scope.is_in(self.scope);
        let functions = self.book.functions.iter();
        let functions = functions.filter(|one| one.level < self.level && fits(&one.scope));
        let all: Vec<_> = functions.collect();
        let one = *all.get(self.rng.usize(..all.len().max(1)))?;
        let handed = match &one.takes {
            Parameter::Nothing => String::new(),
            Parameter::Person => self.somebody()?.to_owned(),
            Parameter::Thing(kind) => {
                let things = self.things().into_iter();
                let fitting = things.filter(|(_, one)| one.id == *kind);
                let mut names: Vec<String> = fitting.map(|(name, _)| name).collect();
                let number = (!names.is_empty()).then(|| self.rng.usize(..names.len()))?;
                names.swap_remove(number)
            }
        };
        Some(format!("{}({handed})", one.name))
    }

    /// A person that can be handed on.
    fn somebody(&mut self) -> Option<&'static str> {
        match self.takes {
            Parameter::Person => Some("person"),
            Parameter::Thing(_) => None,
            Parameter::Nothing if self.scope.target && self.rng.bool() => Some("target"),
            Parameter::Nothing => self.scope.user.then_some("user"),
        }
    }
}

/// The values of what has words; none where it is yes or no.
fn words_of(one: &Setting) -> Vec<Word> {
    if is_flag(one) {
        Vec::new()
    } else {
        one.values.clone()
    }
}

/// Whether it is yes or no.
pub(crate) fn is_flag(one: &Setting) -> bool {
    one.values.iter().any(|value| &**value == "true")
}
