//! clio-rules, by handles and by names.

use std::error::Error;
use std::ops::Range;

use clio_rules::{ActionHandle, AskError, Firm, Question, Rulebook, UserHandle};

use crate::engine::{Engine, Role};
use crate::firm;
use crate::queries::{Named, Questions};

/// Names resolved once, then asked with handles.
pub(crate) struct Handles {
    firm: Firm,
    queries: Vec<(UserHandle, ActionHandle, Option<UserHandle>)>,
}

/// Names resolved at every question.
pub(crate) struct Names {
    firm: Firm,
    queries: Vec<Question<'static>>,
}

pub(crate) fn handles(questions: &Questions) -> Result<Box<dyn Engine>, Box<dyn Error>> {
    let rulebook = Rulebook::builtin()?;
    let firm = firm::firm(&rulebook, &questions.people)?;
    let people = questions.people.iter();
    let users: Vec<UserHandle> = people
        .map(|person| firm.user(&person.id))
        .collect::<Result<_, _>>()?;
    let actions: Vec<ActionHandle> = questions
        .asked
        .iter()
        .map(|asked| {
            let action = rulebook.action(None, &asked.action)?;
            match &asked.fact {
                Some((fact, value)) => action.with_fact(&rulebook, fact, value),
                None => Ok(action),
            }
        })
        .collect::<Result<_, _>>()?;
    let queries = questions.queries.iter().map(|query| {
        let target = query.target.map(|target| users[target as usize]);
        (
            users[query.user as usize],
            actions[query.asked as usize],
            target,
        )
    });
    let queries = queries.collect();
    Ok(Box::new(Handles { firm, queries }))
}

pub(crate) fn names(questions: &Questions) -> Result<Box<dyn Engine>, Box<dyn Error>> {
    let rulebook = Rulebook::builtin()?;
    let firm = firm::firm(&rulebook, &questions.people)?;
    let queries = questions.named().map(question).collect();
    Ok(Box::new(Names { firm, queries }))
}

impl Engine for Handles {
    fn name(&self) -> &'static str {
        "clio-rules by handles"
    }

    fn role(&self) -> Role {
        Role::Ours
    }

    fn answer(&mut self, queries: Range<usize>, answers: &mut [bool]) {
        for ((user, action, target), answer) in self.queries[queries].iter().zip(answers) {
            *answer = allowed(
                self.firm
                    .decide(*user, *action, *target)
                    .map(|a| a.is_allowed()),
            );
        }
    }
}

impl Engine for Names {
    fn name(&self) -> &'static str {
        "clio-rules by names"
    }

    fn role(&self) -> Role {
        Role::Ours
    }

    fn answer(&mut self, queries: Range<usize>, answers: &mut [bool]) {
        for (question, answer) in self.queries[queries].iter().zip(answers) {
            *answer = by_names(&self.firm, question);
        }
    }
}

fn question(named: Named<'_>) -> Question<'static> {
    let mut question = Question::new(named.user.to_owned(), named.action.to_owned());
    if let Some(target) = named.target {
        question = question.target(target.to_owned());
    }
    if let Some((fact, value)) = named.fact {
        question = question.fact(fact.to_owned(), value.to_owned());
    }
    question
}

/// The one way in which a question by names is put.
fn by_names(firm: &Firm, question: &Question<'_>) -> bool {
    allowed(firm.answer(question).map(|answer| answer.is_allowed()))
}

fn allowed(answer: Result<bool, AskError>) -> bool {
    answer.expect("every query can be asked")
}
