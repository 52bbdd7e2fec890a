//! Requests that are made from what is there: the examples of the document, and the fixtures.

use std::collections::BTreeSet;
use std::path::Path;

use clio_rules::{Change, Rulebook};
use serde_json::{Map, Value, json};
use serde_yaml::Value as Yaml;

use super::file::{Exchange, Vector};
use super::world::{LoadedWorld, Worlds};
use crate::program::shipped;

/// Codes that no vector meets, each with the reason.
pub(super) const MET_ELSEWHERE: &[(&str, &str)] = &[
    (
        "ambiguous-product",
        "no two products of a world share a name",
    ),
    ("ambiguous-thing", "no two kinds of a world share an id"),
    ("bulk-too-large", "its request is too large to keep"),
    (
        "difference-cut-off",
        "only rules that no vector has differ so much",
    ),
    (
        "difference-too-large",
        "only rules that no vector has differ so much",
    ),
    (
        "duplicate-fact",
        "a fact that stands twice is a key that does",
    ),
    ("foreign-handle", "requests have no handles"),
    ("kind-not-declared", "it stands in files of rules"),
    ("line-too-long", "its request is too large to keep"),
    ("no-test-bench", "every door runs tests"),
    ("not-csv", "requests are JSON"),
    ("not-in-state", "requests have no handles"),
    ("rejected-verdict", "requests have no verdicts"),
    ("review-too-large", "no firm of the vectors is so large"),
    (
        "several-changes-do",
        "no rulebook of the vectors has two such changes",
    ),
    ("unknown-code", "codes are no words of requests"),
    ("unknown-list", "it stands in files of rules"),
    ("unknown-property-of-thing", "it stands in files of rules"),
    ("unknown-values", "it stands in files of rules"),
];

/// The codes that the page for embedders lists for requests.
pub(super) fn codes_of_requests() -> BTreeSet<String> {
    let text = shipped("docs/embedding.md");
    let sections = text.split("\n**").filter(|section| {
        [
            "Questions and changes**",
            "Names, in requests",
            "Lines of `batch`",
        ]
        .iter()
        .any(|start| section.starts_with(start))
    });
    let rows = sections.flat_map(|section| section.lines());
    let codes = rows.filter_map(|row| row.strip_prefix("| `")?.split_once('`'));
    codes.map(|(code, _)| code.to_owned()).collect()
}

/// The words of all questions, as the error about one that is none lists them.
pub(super) fn every_word() -> BTreeSet<String> {
    let rulebook = Rulebook::builtin().unwrap();
    let firm = clio_rules::Firm::example(&rulebook).unwrap();
    let world = clio_rules::protocol::World::new(&firm);
    let reply: Value = serde_json::from_str(&world.answer_text(r#"{"ask": "-"}"#)).unwrap();
    let help = reply["error"]["help"].as_str().unwrap();
    let listed = help.strip_prefix("the questions are ").unwrap();
    listed.split(", ").map(str::to_owned).collect()
}

/// The examples of the document. Those of `apply` are one session, as they are read.
pub(super) fn from_document() -> Vec<Vector> {
    let text = shipped("docs/protocol.md");
    let mut vectors = Vec::new();
    for section in text.split("\n### ") {
        let requests = section.split("```json request\n").skip(1);
        let texts = requests.map(|rest| rest.split_once("```").unwrap().0);
        let values = texts.map(|text| serde_json::from_str::<Value>(text).unwrap());
        let single: Vec<Vector> = values.map(|value| Vector::of("shipped", &value)).collect();
        if section.starts_with("`apply`") {
            let exchanges: Vec<Exchange> =
                single.into_iter().flat_map(|one| one.exchanges).collect();
            vectors.push(Vector {
                world: "shipped".to_owned(),
                is_session: true,
                exchanges,
            });
        } else {
            vectors.extend(single);
        }
    }
    vectors
}

/// What the fixtures ask of the firms of the worlds: of each test its first question, or its first two where it asks several.
pub(super) fn from_fixtures(worlds: &Worlds) -> Vec<Vector> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut vectors = Vec::new();
    for world in worlds.all() {
        let beside = root.join(&world.firm_path);
        let folders = [
            beside.parent().unwrap().to_owned(),
            beside.with_file_name("fixtures"),
        ];
        let mut files: Vec<_> = folders
            .iter()
            .filter_map(|folder| std::fs::read_dir(folder).ok())
            .flatten()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
            .collect();
        files.sort();
        for path in files {
            let suite: Yaml =
                serde_yaml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            let Some(tests) = suite["tests"].as_sequence() else {
                continue;
            };
            let is_of_world = |test: &&Yaml| {
                let firm = text_of(test, &suite, "firm").unwrap_or_default();
                let named = path.with_file_name(firm).canonicalize();
                let is_as_loaded =
                    test.get("readings").is_none() && suite.get("readings").is_none();
                is_as_loaded && named.ok() == beside.canonicalize().ok()
            };
            for test in tests.iter().filter(is_of_world) {
                let requests = requests(world, &suite, test);
                vectors.extend(requests.iter().map(|one| Vector::of(&world.name, one)));
            }
        }
    }
    vectors.dedup();
    vectors
}

/// What a key of a test says, or of its suite.
fn text_of<'y>(test: &'y Yaml, suite: &'y Yaml, key: &str) -> Option<&'y str> {
    let said = test.get(key).or_else(|| suite.get(key));
    said.and_then(Yaml::as_str)
}

/// The words of a key that holds one or a list.
fn words_of(test: &Yaml, key: &str) -> Vec<String> {
    match test.get(key) {
        Some(Yaml::Sequence(all)) => all.iter().filter_map(word).collect(),
        Some(one) => word(one).into_iter().collect(),
        None => Vec::new(),
    }
}

fn word(value: &Yaml) -> Option<String> {
    match value {
        Yaml::String(word) => Some(word.clone()),
        Yaml::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The requests of a test.
fn requests(world: &LoadedWorld, suite: &Yaml, test: &Yaml) -> Vec<Value> {
    let product = text_of(test, suite, "product").map(str::to_owned);
    let mut requests = questions_in_words(test);
    let users = words_of(test, "users");
    let named = if users.is_empty() {
        [words_of(test, "deny"), words_of(test, "allow")].concat()
    } else {
        users.clone()
    };
    let targets = words_of(test, "targets");
    for (number, user) in named.iter().take(2).enumerate() {
        let actions = words_of(test, "actions");
        let Some(action) = actions.get(number % actions.len().max(1)) else {
            continue;
        };
        let mut request = Map::new();
        request.insert("user".to_owned(), json!(user));
        request.insert("action".to_owned(), json!(action));
        if let Some(target) = targets.get(number % targets.len().max(1)) {
            request.insert("target".to_owned(), json!(target));
        }
        requests.push(request);
    }
    let facts = test
        .get("facts")
        .and_then(|facts| serde_json::to_value(facts).ok());
    for request in &mut requests {
        if let Some(facts) = &facts {
            request.insert("facts".to_owned(), texts(facts));
        }
        if let Some(product) = &product {
            request.insert("product".to_owned(), json!(product));
        }
    }
    let changes = users
        .first()
        .map(|user| changes(world, product, user, test));
    let asked = requests.into_iter().map(Value::Object);
    asked.chain(changes.into_iter().flatten()).collect()
}

/// The same with every value as a text, which is what a request holds.
fn texts(facts: &Value) -> Value {
    let entries = facts.as_object().into_iter().flatten();
    let texts = entries.map(|(name, value)| {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        (name.clone(), json!(text))
    });
    Value::Object(texts.collect())
}

/// The questions that a test asks in words: `why_not: USER ACTION TARGET`.
fn questions_in_words(test: &Yaml) -> Vec<Map<String, Value>> {
    const KEYS: &[(&str, &[&str])] = &[
        ("explain", &["user", "action", "target"]),
        ("why_not", &["user", "action", "target"]),
        ("how_can", &["user", "action", "target"]),
        ("who_can", &["action", "target"]),
        ("what_can", &["user"]),
        ("where_can", &["user", "action"]),
    ];
    let mut requests = Vec::new();
    for (ask, names) in KEYS {
        let Some(line) = test.get(*ask).and_then(Yaml::as_str) else {
            continue;
        };
        let words = shlex::split(line).unwrap();
        let asked = std::iter::once(("ask".to_owned(), json!(ask)));
        let named = names.iter().zip(words);
        requests.push(
            asked
                .chain(named.map(|(name, word)| ((*name).to_owned(), json!(word))))
                .collect(),
        );
    }
    requests
}

/// The first permission change of a test, and its bulk change, where their words are right.
fn changes(world: &LoadedWorld, product: Option<String>, user: &str, test: &Yaml) -> Vec<Value> {
    let rulebook = world.firm.rulebook();
    let change = |line: &String| {
        let words = shlex::split(line)?;
        let words: Vec<&str> = words.iter().map(|word| &**word).collect();
        Change::from_words(rulebook, product.as_deref(), user, &words).ok()
    };
    let is_simulated = test.get("simulate").is_some();
    let lines = words_of(test, "changes");
    let single = lines
        .iter()
        .take(1)
        .filter(|_| !is_simulated)
        .filter_map(change);
    let mut requests: Vec<Value> = single
        .map(|one| serde_json::to_value(one).unwrap())
        .collect();
    let parts = words_of(test, "bulk");
    let parts: Option<Vec<Value>> = parts
        .iter()
        .map(|line| {
            let mut part = serde_json::to_value(change(line)?).unwrap();
            let entries = part.as_object_mut().unwrap();
            entries.retain(|key, _| key != "user" && key != "product");
            Some(part)
        })
        .collect();
    if let Some(parts) = parts.filter(|parts| (1..40).contains(&parts.len())) {
        let mut request = json!({"user": user, "parts": parts});
        if let Some(product) = &product {
            request["product"] = json!(product);
        }
        requests.push(request);
    }
    requests
}
