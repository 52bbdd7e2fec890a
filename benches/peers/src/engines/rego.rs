//! regorus: the module is compiled to its virtual machine's code once, and one machine answers all; people are built once
//! and shared by the inputs that speak of them.

use std::error::Error;
use std::ops::Range;
use std::sync::Arc;

use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use regorus::{Engine as Interpreter, Value};

use crate::engine::{Engine, Role};
use crate::firm::Person;
use crate::queries::Questions;

const RULES: &str = include_str!("../../rego/rules.rego");
const DATA: &str = include_str!("../../rego/data.json");
const ENTRY: &str = "data.clio.allow";

struct Machine {
    machine: RegoVM,
    inputs: Vec<Value>,
}

pub(crate) fn machine(questions: &Questions) -> Result<Box<dyn Engine>, Box<dyn Error>> {
    let data = Value::from_json_str(DATA)?;
    let mut interpreter = Interpreter::new();
    interpreter.add_policy("rules.rego".to_owned(), RULES.to_owned())?;
    interpreter.add_data(data.clone())?;
    let compiled = interpreter.compile_with_entrypoint(&ENTRY.into())?;
    let program = Compiler::compile_from_policy(&compiled, &[ENTRY])?;
    let mut machine = RegoVM::new();
    machine.load_program(program);
    machine.set_data(data)?;
    machine.set_max_instructions(usize::MAX);
    let inputs = inputs(questions);
    Ok(Box::new(Machine { machine, inputs }))
}

impl Engine for Machine {
    fn name(&self) -> &'static str {
        "regorus (RVM)"
    }

    fn role(&self) -> Role {
        Role::Peer
    }

    fn answer(&mut self, queries: Range<usize>, answers: &mut [bool]) {
        for (input, answer) in self.inputs[queries].iter().zip(answers) {
            self.machine.set_input(input.clone());
            let value = self.machine.execute().expect("every query can be asked");
            *answer = value == Value::Bool(true);
        }
    }
}

fn inputs(questions: &Questions) -> Vec<Value> {
    let people: Vec<Value> = questions.people.iter().map(person).collect();
    let text = |text: &str| Value::String(Arc::from(text));
    let key = ["action", "user", "target", "fact"].map(text);
    let [action, user, target, fact] = key;
    let asked: Vec<(Value, Option<Value>)> = questions
        .asked
        .iter()
        .map(|asked| {
            let value = asked.fact.as_ref().map(|(_, value)| text(value));
            (text(&asked.action), value)
        })
        .collect();
    let input = |query: &crate::queries::Query| {
        let (name, value) = &asked[query.asked as usize];
        let entries = [
            Some((action.clone(), name.clone())),
            Some((user.clone(), people[query.user as usize].clone())),
            query
                .target
                .map(|number| (target.clone(), people[number as usize].clone())),
            value.as_ref().map(|value| (fact.clone(), value.clone())),
        ];
        object(entries.into_iter().flatten())
    };
    questions.queries.iter().map(input).collect()
}

/// A person as an input holds them: their roles, and their seats as roles.
fn person(person: &Person) -> Value {
    let mut roles = Vec::new();
    let mut entries = vec![
        ("id", person.id.as_str().into()),
        ("enabled", person.enabled.into()),
    ];
    if let Some(manage) = &person.manage {
        roles.push("manage_seat");
        roles.extend(manage.roles());
        entries.push(("rates", manage.rates.into()));
        entries.push(("hours", manage.hours.into()));
    }
    if let Some(level) = person.grow {
        roles.extend(["grow_seat", level.id()]);
    }
    let roles = roles.into_iter().map(|role| (role.into(), true.into()));
    entries.push(("roles", object(roles)));
    object(
        entries
            .into_iter()
            .map(|(name, value)| (name.into(), value)),
    )
}

fn object(entries: impl Iterator<Item = (Value, Value)>) -> Value {
    let mut object = Value::new_object();
    let inside = object.as_object_mut().expect("it is an object");
    inside.extend(entries);
    object
}
