use std::io::{self, Write};
use std::sync::mpsc::{Receiver, Sender, channel};

use bytes::Bytes;
use serde_json::{Value, json};

use super::log::LogCounts;
use super::writer::LineTarget;
use super::{DecisionEntry, DecisionLog};
use crate::clock::Timestamp;

fn entry(question: &'static str) -> DecisionEntry {
    DecisionEntry {
        tenant: None,
        path: "/v1/ask",
        client: None,
        request_id: "r".into(),
        digest: "d".into(),
        question: Bytes::from_static(question.as_bytes()),
        answer: Bytes::from_static(b"{}"),
        rules: vec!["rule".into()],
    }
}

/// A disk that writes only when it is let.
struct Gate {
    reached: Sender<()>,
    open: Receiver<io::Result<()>>,
    lines: Sender<Vec<u8>>,
}

impl Write for Gate {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _ = self.reached.send(());
        self.open.recv().unwrap_or(Ok(()))?;
        let _ = self.lines.send(bytes.to_vec());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A log whose disk is a gate.
struct Gated {
    log: DecisionLog,
    reached: Receiver<()>,
    open: Sender<io::Result<()>>,
    lines: Receiver<Vec<u8>>,
}

impl Gated {
    fn new(share: f64, waiting: usize) -> Self {
        let (open, opened) = channel();
        let (sent, lines) = channel();
        let (reach, reached) = channel();
        let gate = Gate {
            reached: reach,
            open: opened,
            lines: sent,
        };
        let target = LineTarget::of(Box::new(gate), None);
        Self {
            log: DecisionLog::to(target, share, waiting).unwrap(),
            reached,
            open,
            lines,
        }
    }

    /// A log whose writer has one line and waits for the disk.
    fn stuck(waiting: usize) -> Self {
        let gated = Self::new(1.0, waiting);
        gated.log.record(entry("{}"));
        gated.reached.recv().unwrap();
        gated
    }
}

fn counts(log: &DecisionLog) -> [u64; 3] {
    let LogCounts {
        written,
        dropped,
        failed,
        ..
    } = log.counts();
    [written, dropped, failed].map(crate::metrics::Count::get)
}

#[test]
fn a_line_is_one_line_whatever_the_bodies_are() {
    for (question, expected) in [
        ("{\"a\":\r\n [1,\n\"\\n\"]}", json!({ "a": [1, "\n"] })),
        ("{\"a\":", json!("{\"a\":")),
        ("a\nb", json!("a b")),
        ("", json!("")),
    ] {
        let line = String::from_utf8(entry(question).line(Timestamp::now())).unwrap();
        assert_eq!(line.matches('\n').count(), 1, "{line}");
        assert!(line.ends_with("}\n"), "{line}");
        let read: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(read["question"], expected);
    }
}

#[test]
fn what_finds_the_queue_full_is_dropped_and_counted_and_nobody_waits() {
    let Gated {
        log, open, lines, ..
    } = Gated::stuck(4);
    (0..10).for_each(|_| log.record(entry("{}")));
    assert_eq!(counts(&log), [0, 6, 0]);
    drop(open);
    drop(log);
    let written: Vec<u8> = lines.iter().flatten().collect();
    assert_eq!(written.iter().filter(|byte| **byte == b'\n').count(), 5);
}

#[test]
fn memory_of_what_waits_is_bounded() {
    let Gated { log, open, .. } = Gated::stuck(1_000);
    let large: &'static str = Box::leak(" ".repeat(4 << 20).into_boxed_str());
    (0..10).for_each(|_| log.record(entry(large)));
    assert_eq!(counts(&log), [0, 7, 0]);
    drop(open);
}

#[test]
fn lines_that_cannot_be_written_are_counted() {
    let Gated { log, open, .. } = Gated::stuck(10);
    open.send(Err(io::Error::other("full"))).unwrap();
    while counts(&log)[2] == 0 {
        std::thread::yield_now();
    }
    assert_eq!(counts(&log), [0, 0, 1]);
    drop(open);
}

#[test]
fn a_share_is_chosen_without_a_pattern() {
    let Gated { log, open, .. } = Gated::new(0.1, 10);
    let due: Vec<usize> = (0..10_000).filter(|_| log.is_due()).collect();
    assert!((800..1_200).contains(&due.len()), "{}", due.len());
    // Neither every tenth, nor always the same distance.
    let distances: std::collections::BTreeSet<usize> =
        due.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(distances.len() > 20, "{distances:?}");
    drop(open);
}

#[test]
fn a_log_that_is_off_wants_nothing() {
    let log = DecisionLog::default();
    assert!(!log.is_due());
    log.record(entry("{}"));
    assert_eq!(counts(&log), [0, 0, 0]);
}
