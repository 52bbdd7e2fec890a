//! The ends of replies, kept: whatever follows the question is the same for equal answers.

use std::io;

use clio_rules::Answer;

use super::reply::{Answered, Product, go_on};

/// How many ends are kept, as a power of two. A firm's daily questions come to a few dozen answers.
const BITS: u32 = 10;
/// Ends that are longer are made anew each time, so that those kept do not fill the memory.
const LONGEST: usize = 4 << 10;

/// Ends of replies by the codes of their answers. Two whose codes fall together take turns.
pub(super) struct Tails {
    kept: Vec<Option<Tail>>,
}

/// The end of a reply.
struct Tail {
    code: u64,
    /// The product first.
    bytes: Vec<u8>,
    /// Where it goes on behind the product.
    behind_product: usize,
}

impl Tails {
    /// None yet.
    pub(super) fn new() -> Self {
        Self {
            kept: std::iter::repeat_with(|| None).take(1 << BITS).collect(),
        }
    }

    /// Ends a reply. The product is said where the question does not name it.
    pub(super) fn write(
        &mut self,
        answer: &Answer<'_>,
        names_product: bool,
        out: &mut Vec<u8>,
    ) -> io::Result<()> {
        let code = answer.code();
        // The factor of Fibonacci hashing: neighbouring codes come far apart.
        let place = code.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - BITS);
        let place = self.kept.get_mut(place as usize);
        if let Some(Some(tail)) = &place
            && tail.code == code
        {
            tail.write(names_product, out);
            return Ok(());
        }
        let tail = Tail::of(answer)?;
        tail.write(names_product, out);
        if let Some(place) = place.filter(|_| tail.bytes.len() <= LONGEST) {
            *place = Some(tail);
        }
        Ok(())
    }
}

impl Tail {
    fn of(answer: &Answer<'_>) -> io::Result<Self> {
        let mut bytes = Vec::new();
        go_on(
            &mut bytes,
            &Product {
                product: answer.product(),
            },
        )?;
        // The brace that closes the product's object.
        bytes.pop();
        let behind_product = bytes.len();
        go_on(&mut bytes, &Answered(answer))?;
        bytes.push(b'\n');
        bytes.shrink_to_fit();
        Ok(Self {
            code: answer.code(),
            bytes,
            behind_product,
        })
    }

    fn write(&self, names_product: bool, out: &mut Vec<u8>) {
        let start = if names_product {
            self.behind_product
        } else {
            0
        };
        out.extend_from_slice(self.bytes.get(start..).unwrap_or_default());
    }
}
