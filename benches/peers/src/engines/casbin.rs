//! casbin, in a process of its own: it and clio-rules need the same version of Rhai built in two ways.

use std::error::Error;
use std::process::Command;

use serde_json::{Value, json};

use crate::engine::Engine;
use crate::firm::{Level, Person};
use crate::process::Process;
use crate::queries::Questions;

pub(crate) fn whole(questions: &Questions) -> Result<Box<dyn Engine>, Box<dyn Error>> {
    start("casbin, whole", &told(questions, false))
}

pub(crate) fn sliced(questions: &Questions) -> Result<Box<dyn Engine>, Box<dyn Error>> {
    start("casbin, sliced by action", &told(questions, true))
}

/// Starts it, and tells it everything.
pub(crate) fn start(name: &'static str, told: &Value) -> Result<Box<dyn Engine>, Box<dyn Error>> {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/casbin/Cargo.toml");
    let mut command = Command::new(env!("CARGO"));
    command.args([
        "run",
        "--quiet",
        "--release",
        "--locked",
        "--manifest-path",
        manifest,
    ]);
    Process::start(name, command, told)
}

fn told(questions: &Questions, is_sliced: bool) -> Value {
    let roles: Vec<[&str; 2]> = questions.people.iter().flat_map(held).collect();
    // What is asked with several values of a fact is still one action; its number is as good with each.
    let actions: Vec<&str> = questions.asked.iter().map(|asked| &*asked.action).collect();
    let queries = questions.queries.iter().zip(questions.named());
    let queries = queries.map(|(query, named)| {
        let fact = named.fact.map_or("", |(_, value)| value);
        (
            query.asked,
            [named.user, named.target.unwrap_or_default(), fact],
        )
    });
    json!({
        "is_sliced": is_sliced,
        "roles": roles,
        "actions": actions,
        "queries": queries.collect::<Vec<_>>(),
    })
}

/// What a person is in: person, role. Somebody disabled is only a person to whom things can be done.
fn held(person: &Person) -> Vec<[&str; 2]> {
    let mut roles = Vec::new();
    if let Some(manage) = &person.manage {
        roles.push("manage_person");
        if person.enabled {
            roles.push("manage_seat");
            roles.extend(manage.roles().map(|role| match role {
                "billing" => "billing_itself",
                role => role,
            }));
            roles.extend(match manage.rates {
                "all" => Some("rates_all"),
                "own" => Some("rates_own"),
                _ => None,
            });
            roles.extend((manage.hours == "all").then_some("hours_all"));
        }
    }
    if let Some(level) = person.grow {
        roles.push("grow_person");
        if person.enabled {
            roles.push("grow_seat");
            roles.extend((level == Level::Admin).then_some("grow_admin"));
        }
    }
    roles.into_iter().map(|role| [&*person.id, role]).collect()
}
