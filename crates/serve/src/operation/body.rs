//! Bodies of requests, within their limits.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use hyper::body::{Body, Incoming};

use super::refusal::Refusal;
use crate::config::Limits;

/// Reads a body to its end.
///
/// # Errors
/// [`Refusal`] when it is too large, too slow, or does not come to an end.
pub(super) async fn read(mut body: Incoming, limits: &Limits) -> Result<Bytes, Refusal> {
    let known = body.size_hint().lower();
    if known > limits.body_bytes as u64 {
        return Err(Refusal::BodyTooLarge);
    }
    let read = read_frames(&mut body, limits.body_bytes);
    within(limits.body_time, read)
        .await
        .unwrap_or(Err(Refusal::BodyTooSlow))
}

async fn read_frames(body: &mut Incoming, most: usize) -> Result<Bytes, Refusal> {
    let mut whole = Whole::default();
    let mut body = Pin::new(body);
    while !body.is_end_stream() {
        let Some(frame) = poll_fn(|cx| body.as_mut().poll_frame(cx)).await else {
            break;
        };
        let frame = frame.map_err(|_| Refusal::BodyBroken)?;
        if let Ok(part) = frame.into_data() {
            whole.add(part, most)?;
        }
    }
    Ok(whole.bytes())
}

/// The parts of a body that have come. A body in one part, as most are, is not copied.
#[derive(Default)]
struct Whole {
    first: Bytes,
    all: BytesMut,
}

impl Whole {
    fn add(&mut self, part: Bytes, most: usize) -> Result<(), Refusal> {
        if self.first.len().max(self.all.len()) + part.len() > most {
            return Err(Refusal::BodyTooLarge);
        }
        if self.first.is_empty() {
            self.first = part;
            return Ok(());
        }
        if self.all.is_empty() {
            self.all.extend_from_slice(&self.first);
        }
        self.all.extend_from_slice(&part);
        Ok(())
    }

    fn bytes(self) -> Bytes {
        if self.all.is_empty() {
            self.first
        } else {
            self.all.freeze()
        }
    }
}

/// What comes of a future within a time; none if it takes longer. What is ready at once never waits for a clock.
pub(super) async fn within<F: Future>(time: Duration, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut sleep = None;
    poll_fn(|cx| {
        if let Poll::Ready(output) = future.as_mut().poll(cx) {
            return Poll::Ready(Some(output));
        }
        let sleep = sleep.get_or_insert_with(|| Box::pin(tokio::time::sleep(time)));
        sleep.as_mut().poll(cx).map(|()| None)
    })
    .await
}
