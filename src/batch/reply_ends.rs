//! The ends of replies, kept: whatever follows the question is the same for equal answers.

use std::io;

use crate::answer::Answer;
use crate::protocol::can_end;

/// How many ends are kept, as a power of two. A firm's daily questions come to a few dozen answers.
const BITS: u32 = 10;
/// Ends that are longer are made anew each time, so that those kept do not fill the memory.
const LONGEST: usize = 4 << 10;

/// Ends of replies by the codes of their answers. Two whose codes fall together take turns.
pub(super) struct ReplyEnds {
    /// Each with the code of its answers.
    kept: Vec<Option<(u64, ReplyEnd)>>,
}

/// The end of a reply.
pub(super) struct ReplyEnd {
    bytes: Box<[u8]>,
    /// How many of them, in front, say the product.
    of_product: usize,
}

impl ReplyEnds {
    /// None yet.
    pub(super) fn new() -> Self {
        Self {
            kept: std::iter::repeat_with(|| None).take(1 << BITS).collect(),
        }
    }

    /// Ends a reply, as it is made where it is not kept. The product is said where the question does not name it.
    pub(super) fn write(
        &mut self,
        answer: &Answer<'_>,
        names_product: bool,
        out: &mut Vec<u8>,
        make: impl FnOnce(&Answer<'_>) -> io::Result<ReplyEnd>,
    ) -> io::Result<()> {
        let code = answer.code();
        // The factor of Fibonacci hashing: neighbouring codes come far apart.
        let place = code.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - BITS);
        let place = self.kept.get_mut(place as usize);
        if let Some(Some((of, tail))) = &place
            && *of == code
        {
            tail.write(names_product, out);
            return Ok(());
        }
        let tail = make(answer)?;
        tail.write(names_product, out);
        if let Some(place) = place.filter(|_| tail.bytes.len() <= LONGEST) {
            *place = Some((code, tail));
        }
        Ok(())
    }
}

impl ReplyEnd {
    /// What an answer's reply ends with: the product, where the question names none, then the rest.
    pub(super) fn of_answer(answer: &Answer<'_>) -> io::Result<Self> {
        let mut bytes = can_end(answer, false)?;
        let of_product = bytes.len() - can_end(answer, true)?.len();
        bytes.push(b'\n');
        Ok(Self::with_product(bytes, of_product))
    }

    /// An end that is the same whether or not the question names the product.
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        Self::with_product(bytes, 0)
    }

    /// An end of which so many bytes say the product.
    fn with_product(bytes: Vec<u8>, of_product: usize) -> Self {
        Self {
            bytes: bytes.into(),
            of_product,
        }
    }

    fn write(&self, names_product: bool, out: &mut Vec<u8>) {
        let start = if names_product { self.of_product } else { 0 };
        out.extend_from_slice(self.bytes.get(start..).unwrap_or_default());
    }
}
