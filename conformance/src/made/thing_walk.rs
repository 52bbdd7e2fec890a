//! Actions on things: every way to ask the tables, beside the scripts.
//!
//! The scripts are asked twice. About a thing of the firm they find the same facts as the tables. About a thing that the question
//! brings along, in a firm without groups and things, they hear what a plain reading of the firm file says of it: so what is
//! looked up of things is checked as well as the tables.

use std::collections::BTreeSet;

use clio_rules::direct::{Direct, DirectAnswer};
use clio_rules::{Ability, AskError, Firm, FirmLoader, Question, Rulebook};
use fastrand::Rng;

use super::book::{Action, Book, Group, PRODUCT};
use super::thing_firm::{DAY, FirmThing, ThingFirm};
use crate::Failed;
use crate::difference::Difference;
use crate::kinds::every_value;
use crate::model::Word;
use crate::people::People;
use crate::sides::{Answer, Sides, borrowed};
use crate::tally::Tally;
use crate::walk::Stop;

/// How many firms a rulebook with things is asked about.
const FIRMS: u64 = 2;

type Facts = Vec<(Word, Word)>;

/// A firm with things, as tables and as scripts have it.
struct ThingWalk<'b> {
    book: &'b Book,
    model: ThingFirm,
    rulebook: Rulebook,
    direct: Direct,
    firm: Firm,
    twin: Firm,
    /// The firm of the scripts without groups and things.
    bare: Firm,
    rng: Rng,
    tally: Tally,
}

/// An action on things, with its facts that are not about the thing.
struct Asked<'b> {
    group: &'b Group,
    action: &'b Action,
    facts: Facts,
}

/// Asks every action on things, about a few firms.
pub(super) fn compare(book: &Book, people: &People, sides: &Sides) -> Result<Tally, Stop> {
    let mut tally = Tally::default();
    if book.groups.iter().all(|group| group.thing.is_none()) {
        return Ok(tally);
    }
    for seed in 0..FIRMS {
        let model = ThingFirm::of_chance(seed, book, people);
        let mut walk = ThingWalk::new(book, model, sides)?;
        walk.ask()?;
        tally += walk.tally;
    }
    Ok(tally)
}

fn loaded(rulebook: &Rulebook, text: &str) -> Result<Firm, Failed> {
    let day = DAY.parse().map_err(|_| Failed::new("the day is no day"))?;
    let loader = FirmLoader::new(rulebook).on(day);
    Ok(loader.from_text("firm.yaml", text)?)
}

impl<'b> ThingWalk<'b> {
    fn new(book: &'b Book, model: ThingFirm, sides: &Sides) -> Result<Self, Failed> {
        let rulebook = Rulebook::from_texts(borrowed(&sides.tables))?;
        let of_scripts = Rulebook::from_texts(borrowed(&sides.scripts))?;
        let text = model.text(book);
        Ok(Self {
            book,
            firm: loaded(&rulebook, &text)?,
            twin: loaded(&of_scripts, &text)?,
            bare: loaded(&of_scripts, &model.people_alone())?,
            direct: Direct::from_texts(borrowed(&sides.scripts))?,
            model,
            rulebook,
            rng: Rng::with_seed(1),
            tally: Tally::default(),
        })
    }

    fn ask(&mut self) -> Result<(), Stop> {
        let model = self.model.clone();
        for group in &self.book.groups {
            let Some(kind) = &group.thing else { continue };
            let things: Vec<&FirmThing> = model.things.iter().filter(|t| t.kind == *kind).collect();
            let own = self.book.facts.iter();
            let own = own.filter(|fact| group.facts.contains(&fact.id));
            let own = every_value(own.map(|fact| (&fact.id, fact.values.as_slice())));
            for action in &group.actions {
                for facts in &own {
                    let asked = Asked {
                        group,
                        action,
                        facts: facts.clone(),
                    };
                    self.ask_one_by_one(&asked, &things)?;
                    self.ask_for_all(&asked, &things)?;
                }
            }
            self.ask_on_each(&things)?;
        }
        Ok(())
    }

    /// Every user about every thing: by names and by handles, as it stands in the firm, overlaid, and brought along.
    fn ask_one_by_one(&mut self, asked: &Asked<'_>, things: &[&FirmThing]) -> Result<(), Stop> {
        for (user, _) in self.model.people.clone() {
            for thing in things {
                let question = asked.question(&user).target(&*thing.id);
                let words = self.firm.answer(&question);
                let words = answer(words.as_ref().map(|a| (a.is_allowed(), a.rule())));
                let handles = self.by_handles(asked, &user, thing, &[]);
                let known = self.known(asked, &user, thing);
                let brought = with(asked.question(&user).target("brought"), &known);
                let here = Place(asked, &user, &thing.id);
                self.same(&here, "by handles", &handles, &words)?;
                let scripts = self.direct.ask(&self.twin, &question);
                self.same(&here, "", &words, &of_scripts(scripts))?;
                // A thing of which nothing can be known cannot be brought along.
                if !known.is_empty() {
                    let scripts = self.direct.ask(&self.bare, &brought);
                    self.same(&here, "as read plainly", &words, &of_scripts(scripts))?;
                }
                self.tally.count(false, words.yes);
                self.ask_with_facts(asked, &user, thing, known)?;
            }
        }
        Ok(())
    }

    /// The same with some facts of chance: over those of the thing, and of a thing that the question brings along.
    fn ask_with_facts(
        &mut self,
        asked: &Asked<'_>,
        user: &str,
        thing: &FirmThing,
        mut known: Facts,
    ) -> Result<(), Stop> {
        self.rng.shuffle(&mut known);
        known.truncate(self.rng.usize(1..=2));
        for (fact, value) in &mut known {
            let values = self.book.values_of(&thing.kind, fact);
            if !values.is_empty() {
                *value = values[self.rng.usize(..values.len())].clone();
            }
        }
        for target in [&*thing.id, "brought"] {
            let question = with(asked.question(user).target(target), &known);
            let words = self.firm.answer(&question);
            let words = answer(words.as_ref().map(|a| (a.is_allowed(), a.rule())));
            let scripts = of_scripts(self.direct.ask(&self.twin, &question));
            let how = format!("with {known:?}");
            let here = Place(asked, user, target);
            self.same(&here, &how, &words, &scripts)?;
            if target == &*thing.id {
                let handles = self.by_handles(asked, user, thing, &known);
                self.same(&here, &how, &handles, &words)?;
            }
            self.tally.count(false, words.yes);
        }
        Ok(())
    }

    fn by_handles(
        &self,
        asked: &Asked<'_>,
        user: &str,
        thing: &FirmThing,
        facts: &[(Word, Word)],
    ) -> Answer {
        let decided = || {
            let mut action = self.rulebook.action(Some(PRODUCT), &asked.action.id)?;
            for (fact, value) in asked.facts.iter().chain(facts) {
                action = action.with_fact(&self.rulebook, fact, value)?;
            }
            let of_firm = self.firm.thing(Some(PRODUCT), &thing.kind, &thing.id)?;
            self.firm.decide_on(self.firm.user(user)?, action, of_firm)
        };
        answer(decided().as_ref().map(|a| (a.is_allowed(), a.rule())))
    }

    /// What a question has to bring so that a firm without things knows as much.
    fn known(&self, asked: &Asked<'_>, user: &str, thing: &FirmThing) -> Facts {
        let known = self.model.known(self.book, user, thing).into_iter();
        let mut known: Facts = known.map(|(name, word)| (name.into(), word)).collect();
        let taken = self.book.kinds.iter().flat_map(|kind| &kind.taken);
        for taken in taken.filter(|taken| asked.group.facts.contains(&taken.fact.id)) {
            let word = self.model.taken(self.book, user, thing, taken);
            known.extend(word.map(|word| (taken.fact.id.clone(), word)));
        }
        known
    }

    /// Who can, and where can, beside the scripts one by one. Where one of these cannot be asked, they cannot either.
    fn ask_for_all(&mut self, asked: &Asked<'_>, things: &[&FirmThing]) -> Result<(), Stop> {
        let users: Vec<Word> = self.model.people.iter().map(|(id, _)| id.clone()).collect();
        for thing in things {
            let everybody = asked.question("").target(&*thing.id);
            let got = self.firm.who_can(&everybody);
            let got = got.map(|who| who.allowed().map(|one| one.user.to_owned()).collect());
            let each = users.iter().map(|user| (user, &thing.id));
            let expected = self
                .allowed(asked, each)
                .map(|all| ids(&all, |(user, _)| user));
            self.same(
                &Place(asked, "anybody", &thing.id),
                "who-can",
                &list(got),
                &list(expected),
            )?;
        }
        for user in &users {
            let got = self.firm.where_can(&asked.question(user));
            let got = got.map(|all| all.allowed().map(|one| one.target.to_owned()).collect());
            let each = things.iter().map(|thing| (user, &thing.id));
            let expected = self
                .allowed(asked, each)
                .map(|all| ids(&all, |(_, thing)| thing));
            self.same(
                &Place(asked, user, "anything"),
                "where-can",
                &list(got),
                &list(expected),
            )?;
        }
        Ok(())
    }

    /// What can, on each thing.
    fn ask_on_each(&mut self, things: &[&FirmThing]) -> Result<(), Stop> {
        for (user, _) in &self.model.people {
            for thing in things {
                let Ok(what) = self.firm.what_can_on(user, Some(PRODUCT), &thing.id) else {
                    continue;
                };
                let denied = what.denied.iter().map(|one| (one, false));
                for (one, yes) in what.actions.iter().map(|one| (one, true)).chain(denied) {
                    let question = Question::new(&**user, &*one.action).target(&*thing.id);
                    let question = with(question.product(PRODUCT), &words(one));
                    let scripts = of_scripts(self.direct.ask(&self.twin, &question));
                    let table = answer(Ok((yes, &*one.grounds.rule)));
                    if table != scripts {
                        let asked = format!("what-can --on: {} {:?}", one.action, one.facts);
                        return Err(differ(asked, user, &thing.id, table, scripts));
                    }
                }
            }
        }
        Ok(())
    }

    /// Those to which the scripts say yes.
    fn allowed<'a>(
        &self,
        asked: &Asked<'_>,
        each: impl Iterator<Item = (&'a Word, &'a Word)>,
    ) -> Result<Vec<(&'a Word, &'a Word)>, AskError> {
        let mut allowed = Vec::new();
        for (user, thing) in each {
            let question = asked.question(user).target(&**thing);
            if self.direct.ask(&self.twin, &question)?.is_yes() {
                allowed.push((user, thing));
            }
        }
        Ok(allowed)
    }

    fn same(&self, place: &Place<'_>, how: &str, one: &Answer, other: &Answer) -> Result<(), Stop> {
        if one == other {
            return Ok(());
        }
        let Place(asked, user, thing) = place;
        let asked = format!("{} {:?} {how}", asked.action.id, asked.facts);
        let kind = self.model.people.iter().find(|(id, _)| **id == **user);
        let user = kind.map_or_else(|| user.to_string(), |(id, kind)| format!("{kind} ({id})"));
        Err(differ(asked, &user, thing, one.clone(), other.clone()))
    }
}

/// What is asked, by whom, and about which thing.
struct Place<'p>(&'p Asked<'p>, &'p str, &'p str);

impl Asked<'_> {
    fn question<'q>(&self, user: &'q str) -> Question<'q> {
        let question = Question::new(user, self.action.id.to_string()).product(PRODUCT);
        with(question, &self.facts)
    }
}

fn with<'q>(question: Question<'q>, facts: &[(Word, Word)]) -> Question<'q> {
    facts.iter().fold(question, |question, (fact, value)| {
        question.fact(fact.to_string(), value.to_string())
    })
}

fn words(ability: &Ability) -> Facts {
    let facts = ability.facts.iter();
    let facts = facts.map(|(fact, value)| (fact.as_str().into(), value.as_str().into()));
    facts.collect()
}

fn ids<T>(all: &[T], id: impl Fn(&T) -> &Word) -> Vec<String> {
    all.iter().map(|one| id(one).to_string()).collect()
}

/// A list as an answer: yes where there is one, with the ids.
fn list(ids: Result<Vec<String>, AskError>) -> Answer {
    match ids {
        Ok(ids) => {
            let ids: BTreeSet<String> = ids.into_iter().collect();
            Answer {
                yes: true,
                rules: ids.into_iter().collect(),
            }
        }
        Err(error) => answer(Err(&error)),
    }
}

/// An answer by a rule; an error is a no with its words.
fn answer(answer: Result<(bool, &str), &AskError>) -> Answer {
    let (yes, rule) = match answer {
        Ok((yes, rule)) => (yes, rule.to_owned()),
        Err(error) => (false, error.to_string()),
    };
    Answer {
        yes,
        rules: vec![rule],
    }
}

fn of_scripts(scripts: Result<DirectAnswer, AskError>) -> Answer {
    match scripts {
        Ok(answer) => answer.into(),
        Err(error) => answer(Err(&error)),
    }
}

fn differ(asked: String, user: &str, thing: &str, table: Answer, scripts: Answer) -> Stop {
    Stop::Difference(Box::new(Difference {
        product: PRODUCT.to_owned(),
        asked,
        is_change: false,
        user: user.to_owned(),
        target: Some(thing.to_owned()),
        readings: Vec::new(),
        table,
        scripts,
        cedar: None,
    }))
}
