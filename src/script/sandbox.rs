//! The sandbox: compiles and runs scripts.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use rhai::{AST, Dynamic, Engine, ParseError, Scope};

use super::check::{self, Signatures};
use super::engine::{RunState, SharedRun, engine};
use super::failure::{RunStop, ScriptFailure, failure, kind, spelling, syntax};
use super::lexeme::{Lexemes, ScriptPosition, lexemes};
use super::origin::ScriptOrigin;
use super::uncalled::{self, DefinedFunction, UncalledFunction};
use crate::finding::{Finding, Findings, script as codes};
use crate::limits::Limits;
use crate::vocabulary::{KnownReads, Vocabulary};

/// Compiles and runs scripts. Each load has its own, because the operations of all runs of a load have one limit.
pub(crate) struct Sandbox {
    engine: Engine,
    shared: Arc<SharedRun>,
    /// Held during a run, so that threads take turns.
    turn: Mutex<()>,
    limits: Limits,
}

/// The compiled functions of a `.rhai` file. It is cheap to clone.
#[derive(Clone)]
pub(crate) struct Functions(Arc<FunctionLibrary>);

struct FunctionLibrary {
    text: String,
    ast: AST,
    signatures: Signatures,
    defined: Vec<DefinedFunction>,
}

/// A compiled condition. It is cheap to clone. Two conditions are equal if they have the same text, functions and
/// vocabulary, so that they always answer alike.
#[derive(Clone)]
pub(crate) struct Script(Arc<CompiledCondition>);

struct CompiledCondition {
    text: String,
    ast: AST,
    functions: Option<Functions>,
    /// The functions that it calls; of no use where there are none.
    calls: Vec<String>,
    vocabulary: Arc<Vocabulary>,
}

impl Sandbox {
    /// A sandbox that has not run anything.
    pub(crate) fn new(limits: &Limits) -> Self {
        let shared = Arc::new(SharedRun::default());
        Self {
            engine: engine(&shared, limits),
            shared,
            turn: Mutex::new(()),
            limits: limits.clone(),
        }
    }

    /// Compiles the functions of a `.rhai` file. Its top level may hold only functions and comments.
    /// Returns `None`, with findings, if anything is wrong.
    pub(crate) fn functions(
        &self,
        file: &dyn ScriptOrigin,
        vocabulary: &Arc<Vocabulary>,
        findings: &mut Findings,
    ) -> Option<Functions> {
        let compile = |text: &str| self.engine.compile(text);
        let (lexemes, ast) = self.read(file, vocabulary, compile, findings)?;
        let signatures = check::functions(&lexemes.list, file, vocabulary, findings)?;
        let text = file.text().to_owned();
        Some(Functions(Arc::new(FunctionLibrary {
            text,
            ast,
            signatures,
            defined: uncalled::defined(&lexemes.list),
        })))
    }

    /// Compiles a condition: one expression that may call those functions.
    pub(crate) fn condition(
        &self,
        text: &dyn ScriptOrigin,
        functions: Option<&Functions>,
        vocabulary: &Arc<Vocabulary>,
        findings: &mut Findings,
    ) -> Option<Script> {
        let compile = |text: &str| self.engine.compile_expression(text);
        let (lexemes, ast) = self.read(text, vocabulary, compile, findings)?;
        let signatures = functions.map(|functions| &functions.0.signatures);
        check::condition(&lexemes.list, text, signatures, vocabulary, findings)?;
        let ast = match functions {
            Some(functions) => functions.0.ast.merge(&ast),
            None => ast,
        };
        Some(Script(Arc::new(CompiledCondition {
            text: text.text().to_owned(),
            ast,
            calls: functions.map_or_else(Vec::new, |_| uncalled::calls(&lexemes.list)),
            functions: functions.cloned(),
            vocabulary: Arc::clone(vocabulary),
        })))
    }

    /// Runs a condition with the known inputs.
    pub(crate) fn run(&self, script: &Script, known: &KnownReads) -> Result<bool, RunStop> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        *self.shared.run() = RunState {
            vocabulary: Arc::clone(&script.0.vocabulary),
            known: known.to_vec(),
            missing: None,
        };
        let answer = self
            .engine
            .eval_ast_with_scope::<Dynamic>(&mut Scope::new(), &script.0.ast);
        if let Some(missing) = self.shared.run().missing.take() {
            return Err(RunStop::Unknown(missing));
        }
        let value = answer.map_err(|error| RunStop::Failed(failure(*error, &self.limits)))?;
        value.as_bool().map_err(|name| {
            RunStop::Failed(ScriptFailure::new(
                &codes::SCRIPT_NOT_BOOLEAN,
                kind(name),
                ScriptPosition::START,
            ))
        })
    }

    /// Operations of all runs so far.
    #[cfg(test)]
    pub(crate) fn operations_used(&self) -> u64 {
        self.shared.used()
    }

    /// The checks for every script: its size, its words, and the engine's parser.
    fn read(
        &self,
        origin: &dyn ScriptOrigin,
        vocabulary: &Vocabulary,
        compile: impl Fn(&str) -> Result<AST, ParseError>,
        findings: &mut Findings,
    ) -> Option<(Lexemes, AST)> {
        let text = origin.text();
        if text.len() > self.limits.script_bytes {
            let words: [&dyn fmt::Display; 2] = [&text.len(), &self.limits.script_bytes];
            findings.report(&codes::SCRIPT_TOO_LONG, origin.place_at(1, 1), &words);
            return None;
        }
        let lexemes = lexemes(&self.engine, text);
        check::words(&lexemes, origin, vocabulary, findings)?;
        match compile(text) {
            Ok(ast) => Some((lexemes, ast)),
            Err(error) => {
                let (code, message, at) = syntax(&error, &self.limits);
                let place = origin.place_at(at.line, at.column);
                let finding = Finding::new(code, Some(place), &[&message]);
                findings.push(match spelling(&error) {
                    Some(help) => finding.with_help(help),
                    None => finding,
                });
                None
            }
        }
    }
}

impl Functions {
    /// The functions that none of these conditions calls, directly or through others.
    pub(crate) fn uncalled<'f>(
        &'f self,
        conditions: impl Iterator<Item = &'f Script>,
    ) -> Vec<UncalledFunction<'f>> {
        let calls = conditions.flat_map(|script| &script.0.calls);
        uncalled::uncalled(&self.0.defined, calls.map(String::as_str))
    }
}

impl PartialEq for Functions {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.text == other.0.text
    }
}

impl PartialEq for Script {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || self.0.text == other.0.text
                && self.0.functions == other.0.functions
                && (Arc::ptr_eq(&self.0.vocabulary, &other.0.vocabulary)
                    || self.0.vocabulary == other.0.vocabulary)
    }
}

impl Eq for Script {}

impl Hash for Script {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.text.hash(state);
    }
}

impl fmt::Debug for Functions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Functions({} bytes)", self.0.text.len())
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Script({})", self.0.text)
    }
}
