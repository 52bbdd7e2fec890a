use std::io;

use pretty_assertions::assert_eq;

use super::*;
use crate::{Limits, Loader, Rulebook};

fn firm(limits: &Limits) -> Firm {
    let rulebook = Loader::new().limits(limits).builtin_rulebook().unwrap();
    Firm::example(&rulebook).unwrap()
}

fn answer(firm: &Firm, questions: &str) -> (bool, String) {
    let mut replies = Vec::new();
    let batch = Batch::new(World::new(firm));
    let all_asked = batch.answer(questions.as_bytes(), &mut replies).unwrap();
    (all_asked, String::from_utf8(replies).unwrap())
}

const KNOWN: &str = "{\"user\":\"wren\",\"action\":\"create_bill\"}\n";
const UNKNOWN: &str = "{\"user\":\"wern\",\"action\":\"create_bill\"}\n";

#[test]
fn the_limits_of_the_rulebook_bound_lines_and_searches() {
    let wide = firm(&Limits::DEFAULT);
    assert!(answer(&wide, UNKNOWN).1.contains("did you mean `wren`?"));
    let fits = Limits {
        line_bytes: KNOWN.len() - 1,
        name_steps: 0,
        ..Limits::DEFAULT
    };
    let (all_asked, replies) = answer(&firm(&fits), &[KNOWN, UNKNOWN].concat());
    assert!(!all_asked);
    let (first, second) = replies.split_once('\n').unwrap();
    assert!(first.contains("\"decision\":\"deny\""), "{first}");
    assert!(second.contains("\"unknown-user\""), "{second}");
    assert!(!second.contains("did you mean"), "{second}");
    let tight = Limits {
        line_bytes: KNOWN.len() - 2,
        ..Limits::DEFAULT
    };
    let (all_asked, replies) = answer(&firm(&tight), &["{}\n", KNOWN, "{}\n"].concat());
    assert!(!all_asked);
    let replies: Vec<&str> = replies.lines().collect();
    assert_eq!(replies.len(), 3);
    assert!(replies[1].contains("\"line\":2,"), "{}", replies[1]);
    assert!(replies[1].contains("\"line-too-long\""), "{}", replies[1]);
    assert!(!replies[2].contains("line-too-long"), "{}", replies[2]);
}

/// Fails where it is read, and where it is written to.
struct Broken;

impl io::Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::ErrorKind::ConnectionReset.into())
    }
}

impl io::Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn what_ends_a_batch_says_whether_it_was_reading_writing_or_the_header() {
    let firm = Firm::example(&Rulebook::builtin().unwrap()).unwrap();
    let mut session = Session::new(World::new(&firm));
    assert!(matches!(
        answer_in_session(&mut session, Broken, io::sink()),
        Err(BatchError::Reading(_))
    ));
    for format in [BatchFormat::Jsonl, BatchFormat::Csv] {
        let batch = Batch::new(World::new(&firm)).format(format);
        let questions = match format {
            BatchFormat::Jsonl => KNOWN,
            BatchFormat::Csv => "user,action\n",
        };
        assert!(matches!(
            batch.answer(Broken, io::sink()),
            Err(BatchError::Reading(_))
        ));
        assert!(matches!(
            batch.answer(questions.as_bytes(), Broken),
            Err(BatchError::Writing(_))
        ));
    }
    let table = Batch::new(World::new(&firm)).format(BatchFormat::Csv);
    let refused = table.answer("user,acton\n".as_bytes(), io::sink());
    let Err(BatchError::Header(finding)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(finding.code(), &crate::codes::UNKNOWN_KEY);
}

/// Reads one set of replies and goes away.
struct OnlyOne<'l>(&'l mut u64);

impl ReplyWriter for OnlyOne<'_> {
    fn write_replies(&mut self, _: &[u8], lines: u64) -> io::Result<bool> {
        *self.0 += lines;
        Ok(false)
    }
}

#[test]
fn a_reader_that_goes_away_ends_the_batch_without_an_error() {
    let firm = Firm::example(&Rulebook::builtin().unwrap()).unwrap();
    let lines = 100_000;
    let batch = Batch::new(World::new(&firm)).jobs(NonZero::<usize>::MIN);
    let mut read = 0;
    let all_asked = batch.answer(KNOWN.repeat(lines).as_bytes(), OnlyOne(&mut read));
    assert!(all_asked.unwrap());
    assert!((1..lines as u64).contains(&read), "{read}");
}

/// The quick way of a plain line and the strict way of every other one say the same, whatever is asked of whom.
#[test]
fn both_ways_give_the_same_reply() {
    let firm = firm(&Limits::DEFAULT);
    let users: Vec<String> = firm.users().map(str::to_owned).collect();
    let mut lines = Vec::new();
    for product in firm.rulebook().compiled() {
        for action in &product.product.actions {
            for user in &users {
                let target = users.first().filter(|_| action.on_target);
                for named in [None, Some(&product.product.id)] {
                    lines.push(serde_json::json!({
                        "product": named, "user": user, "action": &action.id, "target": target,
                    }));
                }
            }
        }
    }
    let is_there = |line: &serde_json::Value| {
        let mut line = line.as_object().unwrap().clone();
        line.retain(|_, value| !value.is_null());
        serde_json::Value::from(line)
    };
    let plain: Vec<serde_json::Value> = lines.iter().map(is_there).collect();
    let strict = plain.iter().map(|line| {
        let mut line = line.clone();
        line["ask"] = "can".into();
        line
    });
    let text = |lines: &mut dyn Iterator<Item = String>| lines.collect::<Vec<_>>().join("\n");
    let quick = text(&mut plain.iter().map(ToString::to_string));
    let strict = text(&mut strict.map(|line| line.to_string()));
    let (quick, strict) = (answer(&firm, &quick).1, answer(&firm, &strict).1);
    assert!(quick.contains("\"elsewhere\""));
    let without = |reply: &str| {
        let mut reply: serde_json::Value = serde_json::from_str(reply).unwrap();
        reply.as_object_mut().unwrap().remove("ask");
        reply
    };
    for (quick, strict) in quick.lines().zip(strict.lines()) {
        assert_eq!(without(quick), without(strict));
    }
}
