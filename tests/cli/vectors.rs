//! The vectors under `tests/vectors`: requests of the protocol with their replies, which every door runs. Here they are kept current
//! (`BLESS=1` writes the replies anew), and run by the library and by `batch`.

mod file;
mod made;
mod world;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use clio_rules::fixtures::SuiteBench;
use clio_rules::protocol::{Session, World};
use pretty_assertions::assert_eq;
use serde_json::Value;

use crate::program::Folder;
use file::{ASKED, DOCUMENTED, FIXTURES, REFUSED, SESSIONS, Vector, VectorFile};
use world::{LoadedWorld, Worlds};

const FILES: [&str; 5] = [ASKED, DOCUMENTED, FIXTURES, REFUSED, SESSIONS];
const HOW_TO: &str = "BLESS=1 cargo test --test cli vectors_are_kept writes";

/// The replies of the library to the requests of a vector, in order.
fn by_library(world: &LoadedWorld, vector: &Vector) -> Vec<Value> {
    let bench = SuiteBench::default();
    let asked = World::new(&world.firm).with_tests(&bench);
    let parsed = |reply: String| serde_json::from_str(&reply).unwrap();
    let texts = vector.exchanges.iter().map(|exchange| &*exchange.request);
    if !vector.is_session {
        return texts.map(|text| parsed(asked.answer_text(text))).collect();
    }
    let mut session = Session::new(asked);
    texts
        .map(|text| parsed(session.answer_text(text)))
        .collect()
}

/// The replies of `batch`, where each request is a line.
fn by_batch(folder: &Folder, on: &str, vectors: &[&Vector], more: &[&str]) -> Vec<Value> {
    let fixed = [
        "batch",
        "--rules",
        "rules",
        "--firm",
        "firm.yaml",
        "--on",
        on,
    ];
    let arguments = fixed.iter().chain(more).copied();
    let exchanges = vectors.iter().flat_map(|vector| &vector.exchanges);
    let lines: Vec<&str> = exchanges.map(|exchange| &*exchange.request).collect();
    let done = folder.run(arguments).stdin(lines.join("\n")).done();
    let mut replies = done.lines();
    for reply in &mut replies {
        // The number of the line is what `batch` adds to an error.
        if reply.get("error").is_some() {
            assert!(reply.as_object_mut().unwrap().remove("line").is_some());
        }
    }
    replies
}

/// The replies of the library to all vectors, which are worked out once.
fn all_by_library() -> &'static [Vec<Value>] {
    static REPLIES: OnceLock<Vec<Vec<Value>>> = OnceLock::new();
    REPLIES.get_or_init(|| {
        let (worlds, vectors) = (Worlds::read(), everything());
        let replied = |vector: &Vector| by_library(worlds.named(&vector.world), vector);
        vectors.iter().map(replied).collect()
    })
}

/// The replies of `batch` to all vectors: to those of a world in one run, and to each session in one of its own.
fn all_by_batch(worlds: &Worlds, vectors: &[Vector]) -> Vec<Vec<Value>> {
    let mut replies = vec![Vec::new(); vectors.len()];
    for world in worlds.all() {
        let folder = world.folder();
        let of_world = (0..).zip(vectors);
        let of_world = of_world.filter(|(_, vector)| vector.world == world.name);
        let (sessions, single): (Vec<_>, Vec<_>) =
            of_world.partition(|(_, vector)| vector.is_session);
        let asked: Vec<&Vector> = single.iter().map(|(_, vector)| *vector).collect();
        let answers = by_batch(&folder, &world.on, &asked, &[]);
        assert_eq!(answers.len(), single.len());
        for ((place, _), answer) in single.iter().zip(answers) {
            replies[*place] = vec![answer];
        }
        for (place, session) in sessions {
            replies[place] = by_batch(&folder, &world.on, &[session], &["--apply"]);
        }
    }
    replies
}

/// The vectors to which somebody replied otherwise.
fn noticed<'v>(vectors: &'v [Vector], replies: &[Vec<Value>]) -> Vec<&'v Vector> {
    assert_eq!(vectors.len(), replies.len());
    let pairs = vectors.iter().zip(replies);
    let wrong = pairs.filter(|(vector, replies)| vector.replies() != **replies);
    wrong.map(|(vector, _)| vector).collect()
}

/// All replies are right, and each would be noticed that is not.
#[track_caller]
fn are_as_written(replies: &[Vec<Value>]) {
    let vectors = everything();
    assert!(vectors.len() > 500, "{}", vectors.len());
    assert_eq!(noticed(&vectors, replies), Vec::<&Vector>::new());
    let altered = altered(&vectors);
    assert_eq!(noticed(&altered, replies).len(), altered.len());
}

/// Every vector with a reply that is not the right one: one word of it is another.
fn altered(vectors: &[Vector]) -> Vec<Vector> {
    let mut altered = vectors.to_vec();
    for vector in &mut altered {
        let reply = &mut vector.exchanges.last_mut().unwrap().reply;
        let word = match reply.get("error") {
            Some(_) => &mut reply["error"]["code"],
            None => &mut reply["yes"],
        };
        *word = match word {
            Value::Bool(yes) => Value::Bool(!*yes),
            _ => Value::from("another-code"),
        };
    }
    altered
}

fn everything() -> Vec<Vector> {
    FILES
        .iter()
        .flat_map(|name| VectorFile::read(name).vectors)
        .collect()
}

#[test]
fn vectors_are_kept_current() {
    let worlds = Worlds::read();
    let is_blessed = std::env::var_os("BLESS").is_some();
    for (name, made) in [
        (DOCUMENTED, made::from_document()),
        (FIXTURES, made::from_fixtures(&worlds)),
    ] {
        let kept = VectorFile::read(name).vectors;
        let requests = |vectors: &[Vector]| -> Vec<Vec<String>> {
            vectors.iter().map(Vector::requests).collect()
        };
        if is_blessed {
            VectorFile::write(name, made);
        } else {
            assert_eq!(requests(&kept), requests(&made), "{HOW_TO} {name}");
        }
    }
    let mut size = 0;
    for name in FILES {
        let kept = VectorFile::read(name);
        if is_blessed {
            let mut vectors = kept.vectors;
            for vector in &mut vectors {
                let replies = by_library(worlds.named(&vector.world), vector);
                vector.set_replies(replies);
            }
            VectorFile::write(name, vectors);
        } else {
            assert_eq!(kept.text(), VectorFile::read_text(name), "{HOW_TO} {name}");
        }
        size += VectorFile::read_text(name).len();
    }
    assert!(size < 2_000_000, "{size} bytes are too many to keep");
}

#[test]
fn every_question_and_every_error_that_a_request_can_meet_stand_there() {
    let vectors = everything();
    let exchanges = || vectors.iter().flat_map(|vector| &vector.exchanges);
    let words: BTreeSet<String> = exchanges()
        .filter(|exchange| exchange.reply.get("error").is_none())
        .map(|exchange| exchange.word())
        .collect();
    assert_eq!(words, made::every_word());
    let met: BTreeSet<String> = exchanges()
        .filter(|exchange| exchange.reply.get("error").is_some())
        .flat_map(|exchange| {
            let more = exchange.reply["more"].as_array().unwrap().iter();
            more.chain([&exchange.reply["error"]])
        })
        .map(|error| error["code"].as_str().unwrap().to_owned())
        .collect();
    let missed: BTreeSet<String> = made::codes_of_requests()
        .difference(&met)
        .cloned()
        .collect();
    let elsewhere = made::MET_ELSEWHERE
        .iter()
        .map(|(code, _)| (*code).to_owned());
    assert_eq!(missed, elsewhere.collect());
    let worlds: BTreeSet<&str> = vectors.iter().map(|vector| &*vector.world).collect();
    assert_eq!(worlds, Worlds::read().names());
}

#[test]
fn the_library_replies_as_the_vectors_say() {
    are_as_written(all_by_library());
}

#[test]
fn batch_replies_as_the_vectors_say() {
    are_as_written(&all_by_batch(&Worlds::read(), &everything()));
}
