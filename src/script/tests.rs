//! What conditions may say, what they answer, and that nothing else gets through.

use std::sync::Arc;

use super::*;
use crate::finding::Findings;
use crate::limits::Limits;
use crate::text::Source;
use crate::value::{Domain, Value};
use crate::vocabulary::{Person, Read, Vocabulary};

mod answers;
mod callable;
mod escapes;
mod findings;
mod mutations;

/// A small product: two variables of words, two flags, two roles, one setting.
fn vocabulary() -> Arc<Vocabulary> {
    let mut vocabulary = Vocabulary::default();
    vocabulary.add_variable("same_user", Domain::Flag);
    vocabulary.add_variable("role", Domain::of(["billing", "reports"]));
    vocabulary.add_variable(
        "matter_access",
        Domain::of(["open", "listed", "not_listed"]),
    );
    vocabulary.add_variable("feed_is_open", Domain::Flag);
    vocabulary.add_member("enabled", Domain::Flag);
    vocabulary.add_member("billing", Domain::Flag);
    vocabulary.add_member("visibility", Domain::of(["all", "own", "none"]));
    Arc::new(vocabulary)
}

fn file(text: &str) -> FileOrigin {
    FileOrigin(Source::new("test.rhai", text))
}

fn compile(sandbox: &Sandbox, functions: &str, condition: &str) -> Result<Script, Findings> {
    let vocabulary = vocabulary();
    let mut findings = Findings::new();
    let library = (!functions.is_empty())
        .then(|| sandbox.functions(&file(functions), &vocabulary, &mut findings));
    let library = match library {
        Some(None) => return Err(findings),
        Some(library) => library,
        None => None,
    };
    let script = sandbox.condition(
        &file(condition),
        library.as_ref(),
        &vocabulary,
        &mut findings,
    );
    script.ok_or(findings)
}

/// Everything known, from the words for the variables in order and for the user's members.
fn everything(words: [&str; 7]) -> Vec<(Read, Value)> {
    let vocabulary = vocabulary();
    let variables = (0..4).map(Read::Variable);
    let members = (0..3).map(|n| Read::Member(Person::User, n));
    let targets = (0..3).map(|n| Read::Member(Person::Target, n));
    let value = |read, word: &str| vocabulary.domain(read).and_then(|domain| domain.find(word));
    let words = words.into_iter().chain(["true", "false", "none"]);
    let reads = variables.chain(members).chain(targets);
    reads
        .zip(words)
        .filter_map(|(read, word)| Some((read, value(read, word)?)))
        .collect()
}

/// A condition's answer where everybody is somebody: another user, the role billing, a listed
/// matter, an open feed; the user enabled, with billing, seeing all; the target enabled, without.
fn answer_of(functions: &str, condition: &str) -> Result<bool, RunStop> {
    let sandbox = Sandbox::new(&Limits::default());
    let known = everything(["false", "billing", "listed", "true", "true", "true", "all"]);
    match compile(&sandbox, functions, condition) {
        Ok(script) => sandbox.run(&script, &known),
        Err(findings) => panic!("`{condition}` does not compile:\n{findings}"),
    }
}

fn findings_of(functions: &str, condition: &str) -> Findings {
    match compile(&Sandbox::new(&Limits::default()), functions, condition) {
        Ok(_) => Findings::new(),
        Err(findings) => findings,
    }
}

/// The failure of a condition that compiles.
fn failure_of(functions: &str, condition: &str) -> ScriptFailure {
    match answer_of(functions, condition) {
        Err(RunStop::Failed(failure)) => failure,
        other => panic!("`{condition}` gives {other:?}"),
    }
}

fn codes_of(findings: &Findings) -> Vec<&str> {
    findings
        .iter()
        .map(|finding| finding.code().name())
        .collect()
}
