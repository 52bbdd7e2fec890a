//! A table of bits, as bare as it gets: one load for what is known of the user, one of the target, one of the answer.

use std::collections::HashMap;
use std::error::Error;
use std::ops::Range;

use super::by_match;
use crate::engine::{Engine, Role};
use crate::firm::{Manage, Person};
use crate::queries::Questions;

struct Bits {
    /// An answer for each thing that can be asked, kind of user and class of target.
    table: Vec<u64>,
    /// Of each user in each product, the number of their kind.
    kinds: Vec<u8>,
    /// Of each user in each product, their class as a target; the last are for no target at all.
    classes: Vec<u8>,
    queries: Vec<Packed>,
}

/// Users and targets by their places in `kinds` and `classes`; what is asked, shifted to its place in the number of a cell.
struct Packed {
    user: u32,
    target: u32,
    asked: u32,
}

/// Two bits for the target's class, and one that says that it is the user.
const TARGET_BITS: u32 = 3;
const SELF: u32 = 1 << 2;
const KIND_BITS: u32 = 8;

const PRODUCTS: [&str; 2] = ["manage", "grow"];

pub(crate) fn bits(questions: &Questions) -> Result<Box<dyn Engine>, Box<dyn Error>> {
    let (kinds, samples) = kinds(&questions.people)?;
    let product_of = |asked: u32| {
        let product = &questions.asked[asked as usize].product;
        u32::from(*product != PRODUCTS[0])
    };
    let nobody = questions.people.len() as u32;
    let queries = questions.queries.iter().map(|query| {
        let product = product_of(query.asked);
        Packed {
            user: query.user << 1 | product,
            target: query.target.unwrap_or(nobody) << 1 | product,
            asked: query.asked << (KIND_BITS + TARGET_BITS),
        }
    });
    let classes = questions.people.iter().flat_map(classes).chain([0, 0]);
    Ok(Box::new(Bits {
        table: table(questions, &samples),
        kinds,
        classes: classes.collect(),
        queries: queries.collect(),
    }))
}

/// The kind of each user and product, and one user of each kind.
type Kinds<'p> = (Vec<u8>, [Vec<&'p Person>; 2]);

/// Users of one kind are answered alike in a product.
fn kinds(people: &[Person]) -> Result<Kinds<'_>, Box<dyn Error>> {
    let mut samples: [Vec<&Person>; 2] = Default::default();
    let mut numbers: HashMap<_, u8> = HashMap::new();
    let mut kinds = Vec::new();
    for person in people {
        let manage = person.manage.clone().map(|seat| Manage {
            replies: false,
            ..seat
        });
        let keys = [(manage, None), (None, person.grow)];
        for (product, key) in keys.into_iter().enumerate() {
            let next = u8::try_from(samples[product].len())?;
            let kind = *numbers
                .entry((product, person.enabled, key))
                .or_insert(next);
            if kind == next {
                samples[product].push(person);
            }
            kinds.push(kind);
        }
    }
    Ok((kinds, samples))
}

/// What each product's rules see of a target: whether they have a seat, and whether they are the primary subscriber.
fn classes(person: &Person) -> [u8; 2] {
    let manage = u8::from(person.manage.is_some());
    let grow = u8::from(person.grow.is_some());
    [manage | u8::from(person.is_primary_subscriber()) << 1, grow]
}

/// Every answer, given by the match once.
fn table(questions: &Questions, samples: &[Vec<&Person>; 2]) -> Vec<u64> {
    let mut table = vec![0; (questions.asked.len() << (KIND_BITS + TARGET_BITS)) / 64];
    for (number, asked) in questions.asked.iter().enumerate() {
        let Some(need) = by_match::need(&asked.action) else {
            continue;
        };
        let product = usize::from(asked.product != PRODUCTS[0]);
        let fact = asked.fact.as_ref().map(|(_, value)| value.as_str());
        let of_class = |class: u32| {
            let people = questions.people.iter();
            people
                .rev()
                .find(|person| class != 0 && u32::from(classes(person)[product]) == class)
        };
        for (kind, user) in samples[product].iter().enumerate() {
            for class in 0..1 << TARGET_BITS {
                let is_self = class & SELF != 0;
                if by_match::may(user, need, of_class(class & !SELF), is_self, fact) {
                    let cell = (number << KIND_BITS | kind) << TARGET_BITS | class as usize;
                    table[cell / 64] |= 1 << (cell % 64);
                }
            }
        }
    }
    table
}

impl Bits {
    fn is_allowed(&self, query: &Packed) -> bool {
        let kind = u32::from(self.kinds[query.user as usize]);
        let class = u32::from(self.classes[query.target as usize]);
        let same = u32::from(query.user == query.target) * SELF;
        let cell = query.asked | kind << TARGET_BITS | same | class;
        self.table[cell as usize / 64] >> (cell % 64) & 1 == 1
    }
}

impl Engine for Bits {
    fn name(&self) -> &'static str {
        "a bare table of bits"
    }

    fn role(&self) -> Role {
        Role::Bound
    }

    fn answer(&mut self, queries: Range<usize>, answers: &mut [bool]) {
        for (query, answer) in self.queries[queries].iter().zip(answers) {
            *answer = self.is_allowed(query);
        }
    }
}
