//! Decision trees: questions over finite values, and what follows from the answers.

use hashbrown::{HashMap, HashSet};
use std::hash::Hash;

use crate::value::Value;
use crate::vocabulary::Read;

/// A decision tree in which equal parts stand once and no question is asked whose answer does not matter.
///
/// Equal functions over questions asked in the same order therefore have equal trees.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Tree<Q, T> {
    nodes: Vec<TreeNode<Q, T>>,
    root: u32,
}

/// A condition, explored: what it reads, and what follows.
pub(crate) type ConditionTree = Tree<Read, bool>;

/// A node of a tree.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum TreeNode<Q, T> {
    /// What follows.
    Leaf(T),
    /// Ask, and go on at the node that belongs to the answer.
    Ask(Q, Box<[u32]>),
}

impl<Q: Copy + Eq + Hash, T> Tree<Q, T> {
    /// Follows the answers to a leaf; an answer outside of its domain leads nowhere, and neither does an error.
    pub(crate) fn walk<E>(
        &self,
        answer: impl FnMut(Q) -> Result<Value, E>,
    ) -> Result<Option<&T>, E> {
        let leaf = self.walk_to(answer)?;
        Ok(leaf.and_then(|leaf| self.leaf(leaf)))
    }

    /// The number of the node that the answers lead to.
    pub(crate) fn walk_to<E>(
        &self,
        mut answer: impl FnMut(Q) -> Result<Value, E>,
    ) -> Result<Option<u32>, E> {
        let mut at = self.root;
        loop {
            match self.nodes.get(at as usize) {
                Some(TreeNode::Leaf(_)) => return Ok(Some(at)),
                Some(TreeNode::Ask(question, next)) => {
                    match next.get(usize::from(answer(*question)?.0)) {
                        Some(node) => at = *node,
                        None => return Ok(None),
                    }
                }
                None => return Ok(None),
            }
        }
    }

    /// The leaf with this number.
    pub(crate) fn leaf(&self, number: u32) -> Option<&T> {
        match self.nodes.get(number as usize) {
            Some(TreeNode::Leaf(leaf)) => Some(leaf),
            _ => None,
        }
    }

    /// The questions it asks, each once, in the order in which they were met.
    pub(crate) fn questions(&self) -> Vec<Q> {
        let mut seen = HashSet::new();
        let asked = self.nodes.iter().rev().filter_map(|node| match node {
            TreeNode::Ask(question, _) => Some(*question),
            TreeNode::Leaf(_) => None,
        });
        asked.filter(|question| seen.insert(*question)).collect()
    }

    /// What can follow, each once.
    pub(crate) fn leaves(&self) -> impl Iterator<Item = &T> {
        self.nodes.iter().filter_map(|node| match node {
            TreeNode::Leaf(leaf) => Some(leaf),
            TreeNode::Ask(..) => None,
        })
    }
}

/// One way through a tree: each question with the answers that stay on it.
pub(crate) type Way<Q> = Vec<(Q, Vec<Value>)>;

impl<Q: Copy, T> Tree<Q, T> {
    /// The ways to the wanted leaves. Returns `None` if there are more than `limit`.
    pub(crate) fn ways(&self, wanted: impl Fn(&T) -> bool, limit: usize) -> Option<Vec<Way<Q>>> {
        let mut ways = Vec::new();
        let mut open = vec![(self.root, Vec::new())];
        while let Some((at, way)) = open.pop() {
            match self.nodes.get(at as usize)? {
                TreeNode::Leaf(leaf) if wanted(leaf) => ways.push(way),
                TreeNode::Leaf(_) => {}
                TreeNode::Ask(question, next) => {
                    // Answers that lead to the same node are one step; the last is pushed first, to come out last.
                    let mut targets: Vec<u32> = Vec::new();
                    next.iter().for_each(|node| {
                        if !targets.contains(node) {
                            targets.push(*node)
                        }
                    });
                    for target in targets.into_iter().rev() {
                        let leads = (0..).zip(next).filter(|(_, node)| **node == target);
                        let mut longer: Way<Q> = way.clone();
                        longer.push((*question, leads.map(|(value, _)| Value(value)).collect()));
                        open.push((target, longer));
                    }
                }
            }
            if ways.len() > limit || open.len() > limit * 64 {
                return None;
            }
        }
        Some(ways)
    }
}

impl<Q: Copy, T> Tree<Q, T> {
    /// Whether some possible answers lead to a wanted leaf. Each answer is judged on its own.
    pub(crate) fn can_lead(
        &self,
        wanted: impl Fn(&T) -> bool,
        is_possible: impl Fn(Q, Value) -> bool,
    ) -> bool {
        let mut is_seen = vec![false; self.nodes.len()];
        let mut open = vec![self.root];
        while let Some(at) = open.pop() {
            match is_seen.get_mut(at as usize) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            match self.nodes.get(at as usize) {
                Some(TreeNode::Leaf(leaf)) if wanted(leaf) => return true,
                Some(TreeNode::Ask(question, next)) => {
                    let possible = (0..)
                        .zip(next.iter())
                        .filter(|(value, _)| is_possible(*question, Value(*value)))
                        .map(|(_, node)| *node);
                    open.extend(possible);
                }
                _ => {}
            }
        }
        false
    }
}

impl<Q: Copy + PartialEq, T> Tree<Q, T> {
    /// The rest of a way to a wanted leaf, without those of some questions that can have any answer as well.
    pub(crate) fn shortened(
        &self,
        mut way: Way<Q>,
        wanted: impl Fn(&T) -> bool,
        is_left_out: impl Fn(&Q) -> bool,
    ) -> Way<Q> {
        let mut at = 0;
        while at < way.len() {
            let mut less = way.clone();
            let (question, _) = less.remove(at);
            if is_left_out(&question) && self.is_wanted_within(&less, &wanted) {
                way = less;
            } else {
                at += 1;
            }
        }
        way
    }

    /// Whether all reachable leaves are wanted if the questions of a way have the answers that it gives, and all other
    /// questions may have any answer.
    pub(crate) fn is_wanted_within(
        &self,
        way: &[(Q, Vec<Value>)],
        wanted: impl Fn(&T) -> bool,
    ) -> bool {
        let mut seen: HashSet<u32> = HashSet::from([self.root]);
        let mut open = vec![self.root];
        while let Some(at) = open.pop() {
            match self.nodes.get(at as usize) {
                Some(TreeNode::Leaf(leaf)) if !wanted(leaf) => return false,
                Some(TreeNode::Ask(question, next)) => {
                    let values = way.iter().find(|(known, _)| known == question);
                    let leads = |value| values.is_none_or(|(_, values)| values.contains(&value));
                    let next = (0..).zip(next).filter(|(value, _)| leads(Value(*value)));
                    open.extend(
                        next.map(|(_, node)| *node)
                            .filter(|node| seen.insert(*node)),
                    );
                }
                _ => {}
            }
        }
        true
    }
}

/// What the way to a leaf costs, and how it goes on.
type PathStep = Option<(u64, Option<usize>)>;

impl<Q: Copy, T> Tree<Q, T> {
    /// The cheapest way to a wanted leaf, as questions with answers. Among equally cheap ways, it is the one that asks its first
    /// question with a price earliest. Returns `None` if no wanted leaf can be reached. No way asks a question twice.
    pub(crate) fn cheapest(
        &self,
        wanted: impl Fn(&T) -> bool,
        cost: impl Fn(Q, Value) -> u64,
    ) -> Option<Vec<(Q, Value)>> {
        let mut steps: Vec<PathStep> = Vec::with_capacity(self.nodes.len());
        // Children stand before their parents.
        for node in &self.nodes {
            let step = match node {
                TreeNode::Leaf(leaf) => wanted(leaf).then_some((0, None)),
                TreeNode::Ask(question, next) => {
                    let ways = next.iter().enumerate().filter_map(|(value, child)| {
                        let (rest, _) = steps.get(*child as usize).copied().flatten()?;
                        let here = cost(*question, Value(value as u16));
                        // Of two ways with one price, the one that pays here comes first.
                        Some((here.saturating_add(rest), here == 0, value))
                    });
                    ways.min().map(|(cost, _, value)| (cost, Some(value)))
                }
            };
            steps.push(step);
        }
        let mut way = Vec::new();
        let mut at = self.root as usize;
        while let (_, Some(value)) = steps.get(at).copied().flatten()? {
            let Some(TreeNode::Ask(question, next)) = self.nodes.get(at) else {
                return None;
            };
            way.push((*question, Value(value as u16)));
            at = *next.get(value)? as usize;
        }
        Some(way)
    }
}

/// Builds a tree from its leaves upwards, sharing equal nodes.
pub(crate) struct TreeBuilder<Q, T> {
    nodes: Vec<TreeNode<Q, T>>,
    numbers: HashMap<TreeNode<Q, T>, u32>,
}

impl<Q: Copy + Eq + Hash, T: Clone + Eq + Hash> TreeBuilder<Q, T> {
    pub(crate) fn new() -> Self {
        Self {
            nodes: Vec::new(),
            numbers: HashMap::new(),
        }
    }

    pub(crate) fn leaf(&mut self, leaf: T) -> u32 {
        self.number(TreeNode::Leaf(leaf))
    }

    /// A question; where every answer leads to the same node, that node.
    pub(crate) fn ask(&mut self, question: Q, next: Vec<u32>) -> u32 {
        match next.split_first() {
            Some((first, rest)) if rest.iter().all(|node| node == first) => *first,
            _ => self.number(TreeNode::Ask(question, next.into())),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The tree below a node, without what is not reached from it.
    pub(crate) fn finish(self, root: u32) -> Tree<Q, T> {
        Tree {
            nodes: self.nodes,
            root,
        }
        .trimmed()
    }

    fn number(&mut self, node: TreeNode<Q, T>) -> u32 {
        if let Some(number) = self.numbers.get(&node) {
            return *number;
        }
        let number = self.nodes.len() as u32;
        self.nodes.push(node.clone());
        self.numbers.insert(node, number);
        number
    }
}

impl<Q: Copy + Eq + Hash, T: Clone> Tree<Q, T> {
    /// Drops nodes that the root does not reach. Children stand before their parents, and stay so.
    fn trimmed(&self) -> Self {
        let reached = self.reached();
        let mut moved = HashMap::new();
        let mut nodes = Vec::with_capacity(reached.len());
        for (at, node) in (0..).zip(&self.nodes) {
            if reached.contains(&at) {
                moved.insert(at, nodes.len() as u32);
                nodes.push(node.renumbered(&moved));
            }
        }
        let root = moved.get(&self.root).copied().unwrap_or_default();
        Self { nodes, root }
    }

    fn reached(&self) -> HashSet<u32> {
        let mut reached = HashSet::from([self.root]);
        let numbered: Vec<_> = (0..).zip(&self.nodes).collect();
        for (at, node) in numbered.into_iter().rev() {
            if let (true, TreeNode::Ask(_, next)) = (reached.contains(&at), node) {
                reached.extend(next.iter().copied());
            }
        }
        reached
    }
}

impl<Q: Copy, T: Clone> TreeNode<Q, T> {
    fn renumbered(&self, moved: &HashMap<u32, u32>) -> Self {
        match self {
            Self::Leaf(leaf) => Self::Leaf(leaf.clone()),
            Self::Ask(question, next) => {
                let next = next
                    .iter()
                    .map(|node| moved.get(node).copied().unwrap_or_default());
                Self::Ask(*question, next.collect())
            }
        }
    }
}

#[cfg(test)]
mod tests;
