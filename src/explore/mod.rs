//! Exploring: running a decision over every path it can take, once, when a rulebook loads.
//!
//! A decision is run with nothing known. When it asks for an input that has no value yet, the run
//! stops, the input takes each of its values in turn, and the decision is run again. What comes out
//! is a decision tree; no script is needed after that.

pub(crate) mod asking_source;
mod changes;
pub(crate) mod code;
pub(crate) mod compile;
mod explorer;
pub(crate) mod gather;
pub(crate) mod index;
pub(crate) mod layout;
pub(crate) mod lookup;
pub(crate) mod semantics;
pub(crate) mod table;
pub(crate) mod tree;

use hashbrown::HashMap;
use std::hash::Hash;

use crate::value::Value;
use tree::{Tree, TreeBuilder};

/// Why a run ended without an answer.
pub(crate) enum Halt<Q, E> {
    /// It asked for an input that is not known yet.
    Ask(Q),
    /// It failed.
    Fail(E),
}

/// The known inputs of one path, in the order in which they were asked.
pub(crate) struct Path<Q> {
    asked: Vec<(Q, Value)>,
    values: HashMap<Q, Value>,
}

impl<Q: Copy + Eq + Hash> Path<Q> {
    fn new() -> Self {
        Self {
            asked: Vec::new(),
            values: HashMap::new(),
        }
    }

    /// The value of a question on this path, or the halt that asks it.
    pub(crate) fn read<E>(&self, question: Q) -> Result<Value, Halt<Q, E>> {
        self.values
            .get(&question)
            .copied()
            .ok_or(Halt::Ask(question))
    }

    /// Questions and answers in the order in which they were asked.
    pub(crate) fn asked(&self) -> &[(Q, Value)] {
        &self.asked
    }

    fn enter(&mut self, question: Q, value: Value) {
        self.asked.push((question, value));
        self.values.insert(question, value);
    }

    fn leave(&mut self) {
        if let Some((question, _)) = self.asked.pop() {
            self.values.remove(&question);
        }
    }
}

/// Why something could not be explored.
pub(crate) enum ExplorationError<Q, E> {
    /// It fails on a path.
    Fails { path: Vec<(Q, Value)>, error: E },
    /// It has more paths than the limit.
    TooManyPaths,
}

/// One question on the way down, with the nodes that its first answers lead to.
struct TreeFork<Q> {
    question: Q,
    width: usize,
    next: Vec<u32>,
}

/// A tree, and how many paths were run to find it.
pub(crate) struct ExploredTree<Q, T> {
    pub(crate) tree: Tree<Q, T>,
    pub(crate) paths: usize,
}

/// Runs a decision over every path. `width` gives the number of values of a question.
///
/// The stack of forks lives on the heap: a rule that reads thousands of inputs is only slow, never a crash.
pub(crate) fn explore<Q, T, E>(
    limit: usize,
    width: impl Fn(Q) -> usize,
    mut run: impl FnMut(&Path<Q>) -> Result<T, Halt<Q, E>>,
) -> Result<ExploredTree<Q, T>, ExplorationError<Q, E>>
where
    Q: Copy + Eq + Hash,
    T: Clone + Eq + Hash,
{
    let mut builder = TreeBuilder::new();
    let mut path = Path::new();
    let mut forks: Vec<TreeFork<Q>> = Vec::new();
    let mut paths = 0;
    loop {
        if paths >= limit || builder.len() >= limit {
            return Err(ExplorationError::TooManyPaths);
        }
        let node = match run(&path) {
            Ok(leaf) => {
                paths += 1;
                builder.leaf(leaf)
            }
            Err(Halt::Ask(question)) => {
                forks.push(TreeFork {
                    question,
                    width: width(question).max(1),
                    next: Vec::new(),
                });
                path.enter(question, Value(0));
                continue;
            }
            Err(Halt::Fail(error)) => {
                let path = path.asked().to_vec();
                return Err(ExplorationError::Fails { path, error });
            }
        };
        if let Some(root) = climb(node, &mut forks, &mut path, &mut builder) {
            return Ok(ExploredTree {
                tree: builder.finish(root),
                paths,
            });
        }
    }
}

/// Hands a finished node to the fork above, and closes forks that are complete. The root, when all are.
fn climb<Q, T>(
    mut node: u32,
    forks: &mut Vec<TreeFork<Q>>,
    path: &mut Path<Q>,
    builder: &mut TreeBuilder<Q, T>,
) -> Option<u32>
where
    Q: Copy + Eq + Hash,
    T: Clone + Eq + Hash,
{
    loop {
        let Some(fork) = forks.last_mut() else {
            return Some(node);
        };
        path.leave();
        fork.next.push(node);
        if fork.next.len() < fork.width {
            path.enter(fork.question, Value(fork.next.len() as u16));
            return None;
        }
        let question = fork.question;
        let next = std::mem::take(&mut fork.next);
        forks.pop();
        node = builder.ask(question, next);
    }
}

#[cfg(test)]
mod tests;
