//! A bit for each user and matter, worked out beforehand: how fast it could be.

use std::error::Error;
use std::ops::Range;

use super::firm::Matters;
use crate::engine::{Engine, Role};

struct Bits {
    bits: Vec<u64>,
    /// The number of the bit of each query.
    queries: Vec<usize>,
}

pub(crate) fn bits(matters: &Matters) -> Result<Box<dyn Engine>, Box<dyn Error>> {
    let people = matters.size.people;
    let mut bits = vec![0; (people * matters.lists.len()).div_ceil(64)];
    let mut open = |user: usize, matter: usize| {
        let bit = matter * people + user;
        bits[bit / 64] |= 1 << (bit % 64);
    };
    for (matter, list) in matters.lists.iter().enumerate() {
        let Some(list) = list else {
            (0..people).for_each(|user| open(user, matter));
            continue;
        };
        list.people.iter().for_each(|user| open(*user, matter));
        for group in &list.groups {
            let members = matters.members(*group);
            members.into_iter().for_each(|user| open(user, matter));
        }
    }
    let queries = matters.queries.iter();
    let queries = queries
        .map(|(user, matter)| matter * people + user)
        .collect();
    Ok(Box::new(Bits { bits, queries }))
}

impl Engine for Bits {
    fn name(&self) -> &'static str {
        "a bit for each user and matter"
    }

    fn role(&self) -> Role {
        Role::Bound
    }

    fn answer(&mut self, queries: Range<usize>, answers: &mut [bool]) {
        for (bit, answer) in self.queries[queries].iter().zip(answers) {
            *answer = self.bits[bit / 64] >> (bit % 64) & 1 == 1;
        }
    }
}
