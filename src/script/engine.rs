//! The Rhai engine: without any packages, with inputs instead of variables, and with every limit set.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rhai::{
    Array, Dynamic, Engine, EvalAltResult, INT, ImmutableString, OptimizationLevel, Position,
    Variant,
};

use super::failure::kind;

use crate::limits::Limits;
use crate::value::Value;
use crate::vocabulary::{Person, Read, Vocabulary};

/// The most nested brackets, blocks and operators in a script. It fits the stack of any thread, so it is not configurable.
const EXPRESSION_DEPTH: usize = 40;
/// The same inside functions. Each call starts counting anew.
const FUNCTION_DEPTH: usize = 24;
/// The most nested calls of functions. With these three limits, a 2 MB stack suffices even without optimisation.
const CALL_DEPTH: usize = 6;

/// A person in a script: only the name under which its members are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct ScriptPerson(pub(super) Person);

/// A thing in a script: only the kind under whose name its members are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct ScriptThing(u16);

/// Shared between the engine's callbacks and the current run.
#[derive(Default)]
pub(super) struct SharedRun {
    run: Mutex<RunState>,
    used: AtomicU64,
}

/// What one run knows, and which input it found missing.
#[derive(Default)]
pub(super) struct RunState {
    pub(super) vocabulary: Arc<Vocabulary>,
    pub(super) known: Vec<(Read, Value)>,
    pub(super) missing: Option<Read>,
}

type Error = Box<EvalAltResult>;
type Answer = Result<Option<Dynamic>, Error>;

impl SharedRun {
    /// The state of the run. Every run resets it, so a panic elsewhere cannot leave it broken.
    pub(super) fn run(&self) -> MutexGuard<'_, RunState> {
        self.run.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Operations of all runs so far.
    #[cfg(test)]
    pub(super) fn used(&self) -> u64 {
        self.used.load(Ordering::Relaxed)
    }

    fn count(&self) -> u64 {
        self.used.fetch_add(1, Ordering::Relaxed).saturating_add(1)
    }

    fn variable(&self, name: &str) -> Answer {
        if let Some(person) = Person::ALL.into_iter().find(|person| person.name() == name) {
            return Ok(Some(Dynamic::from(ScriptPerson(person))));
        }
        let mut run = self.run();
        if let Some(thing) = run.vocabulary.thing(name) {
            return Ok(Some(Dynamic::from(ScriptThing(thing))));
        }
        match run.vocabulary.variable(name) {
            Some(number) => run.read(Read::Variable(number)).map(Some),
            None => Ok(None),
        }
    }

    fn member_of_thing(&self, thing: u16, name: &str) -> Result<Dynamic, Error> {
        let mut run = self.run();
        let vocabulary = &run.vocabulary;
        let thing = vocabulary.thing_name(thing);
        let above = thing.and_then(|thing| vocabulary.thing(&format!("{thing}.{name}")));
        if let Some(above) = above {
            return Ok(Dynamic::from(ScriptThing(above)));
        }
        match thing.and_then(|thing| vocabulary.member_of_thing(thing, name)) {
            Some(number) => run.read(Read::Variable(number)),
            None => Err(no_member(name)),
        }
    }

    fn member(&self, person: Person, name: &str) -> Result<Dynamic, Error> {
        let mut run = self.run();
        if let Some((thing, _)) = run.vocabulary.thing_of(person, name) {
            return Ok(Dynamic::from(ScriptThing(thing)));
        }
        match run.vocabulary.member(name) {
            Some(number) => run.read(Read::Member(person, number)),
            None => Err(no_member(name)),
        }
    }
}

fn no_member(name: &str) -> Error {
    EvalAltResult::ErrorPropertyNotFound(name.to_owned(), Position::NONE).into()
}

impl RunState {
    fn read(&mut self, read: Read) -> Result<Dynamic, Error> {
        let known = self.known.iter().find(|(known, _)| *known == read);
        let Some((&(_, value), domain)) = known.zip(self.vocabulary.domain(read)) else {
            self.missing = Some(read);
            // A script cannot catch this error, unlike all others.
            return Err(EvalAltResult::ErrorTerminated(Dynamic::UNIT, Position::NONE).into());
        };
        Ok(if domain.is_flag() {
            Dynamic::from(value.is_yes())
        } else {
            Dynamic::from(ImmutableString::from(domain.word(value)))
        })
    }
}

/// An engine whose scripts can read only what the current run knows.
pub(super) fn engine(run: &Arc<SharedRun>, limits: &Limits) -> Engine {
    let mut engine = Engine::new_raw();
    engine.set_optimization_level(OptimizationLevel::None);
    bound(&mut engine, limits);
    register(&mut engine);

    let shared = Arc::clone(run);
    #[expect(
        deprecated,
        reason = "the name marks the call as volatile, not as going away"
    )]
    engine.on_var(move |name, index, _| match index {
        0 => shared.variable(name),
        _ => Ok(None), // a local, which the parser has already found
    });
    let shared = Arc::clone(run);
    engine.register_indexer_get(move |whom: &mut ScriptPerson, name: ImmutableString| {
        shared.member(whom.0, &name)
    });
    let shared = Arc::clone(run);
    engine.register_indexer_get(move |thing: &mut ScriptThing, name: ImmutableString| {
        shared.member_of_thing(thing.0, &name)
    });
    let (shared, most) = (Arc::clone(run), limits.script_operations);
    engine.on_progress(move |_| (shared.count() > most).then_some(Dynamic::UNIT));
    engine
}

fn bound(engine: &mut Engine, limits: &Limits) {
    engine
        .set_max_expr_depths(EXPRESSION_DEPTH, FUNCTION_DEPTH)
        .set_max_call_levels(CALL_DEPTH)
        .set_max_variables(limits.script_variables.max(1))
        .set_max_functions(limits.script_functions.max(1))
        .set_max_operations(limits.script_run_operations.max(1))
        .set_max_string_size(limits.script_string_bytes.max(1))
        // The engine already refuses a literal list whose length equals the limit, so the limit is one higher.
        .set_max_array_size(limits.script_elements.saturating_add(1))
        .set_max_map_size(1);
}

/// Adds the functions that conditions may use and that a raw engine lacks.
fn register(engine: &mut Engine) {
    engine.register_type_with_name::<ScriptPerson>("person");
    engine.register_type_with_name::<ScriptThing>("thing");
    engine.register_iterator::<Array>();
    engine.register_fn(rhai::OP_CONTAINS, |list: &mut Array, item: Dynamic| {
        list.iter().try_fold(false, |found, element| {
            Ok::<_, Error>(found | is_same(element, &item)?)
        })
    });
    refuse::<bool, ImmutableString>(engine);
    refuse::<bool, INT>(engine);
    refuse::<INT, ImmutableString>(engine);
    refuse::<ScriptPerson, bool>(engine);
    refuse::<ScriptPerson, ImmutableString>(engine);
    refuse::<ScriptPerson, INT>(engine);
    refuse_pair::<ScriptPerson, ScriptPerson>(engine);
    refuse::<ScriptThing, bool>(engine);
    refuse::<ScriptThing, ImmutableString>(engine);
    refuse::<ScriptThing, INT>(engine);
    refuse::<ScriptThing, ScriptPerson>(engine);
    refuse_pair::<ScriptThing, ScriptThing>(engine);
    // Without this, the engine's own operators would run, and values of different kinds would merely be unequal.
    // With this, we also have to define the operators with one operand.
    engine.register_fn("!", |flag: bool| !flag);
    engine.register_fn("-", |number: INT| {
        number
            .checked_neg()
            .ok_or_else(|| Error::from("this cannot be calculated"))
    });
    engine.set_fast_operators(false);
}

/// A comparison of values of different kinds can never hold. It fails instead of being silently false.
fn refuse<A: Variant + Clone, B: Variant + Clone>(engine: &mut Engine) {
    refuse_pair::<A, B>(engine);
    refuse_pair::<B, A>(engine);
}

fn refuse_pair<A: Variant + Clone, B: Variant + Clone>(engine: &mut Engine) {
    for sign in ["==", "!="] {
        engine.register_fn(sign, |one: A, other: B| -> Result<bool, Error> {
            is_same(&Dynamic::from(one), &Dynamic::from(other))
        });
    }
}

/// Equality of the values that a script can hold.
fn is_same(one: &Dynamic, other: &Dynamic) -> Result<bool, Error> {
    if let (Ok(one), Ok(other)) = (one.as_bool(), other.as_bool()) {
        return Ok(one == other);
    }
    if let (Ok(one), Ok(other)) = (one.as_int(), other.as_int()) {
        return Ok(one == other);
    }
    if let (Ok(one), Ok(other)) = (
        one.as_immutable_string_ref(),
        other.as_immutable_string_ref(),
    ) {
        return Ok(*one == *other);
    }
    let kinds = (kind(one.type_name()), kind(other.type_name()));
    Err(format!("{} and {} cannot be compared", kinds.0, kinds.1).into())
}

/// Every operator that a script can use, for the test that checks the list. A script can call only functions of its own file.
#[cfg(test)]
pub(crate) fn callable() -> &'static [&'static str] {
    &[
        "!", "!=", "!in", "%", "%=", "&&", "*", "*=", "+", "+=", "-", "-=", "/", "/=", "<", "<=",
        "==", ">", ">=", "in", "||",
    ]
}
