//! Valid files of each kind, which are changed.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// A valid file.
pub(crate) struct Seed {
    pub(crate) name: String,
    pub(crate) value: Value,
    /// The texts of the files that it needs beside itself.
    pub(crate) beside: Vec<(String, String)>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn seed(path: &str, beside: &[&str]) -> Seed {
    let yaml = text(path);
    let value = serde_yaml::from_str(yaml.trim_start_matches('\u{feff}'));
    Seed {
        name: path.to_owned(),
        value: value.unwrap_or_else(|error| panic!("{path}: {error}")),
        beside: beside
            .iter()
            .map(|path| ((*path).to_owned(), text(path)))
            .collect(),
    }
}

/// A seed of a value that stands in no file.
fn written(name: &str, value: Value) -> Seed {
    Seed {
        name: name.to_owned(),
        value,
        beside: Vec::new(),
    }
}

pub(crate) fn rules() -> Vec<Seed> {
    let cases = [
        "a_house",
        "a_role_that_is_passed_on",
        "advice_and_a_reason_of_its_own",
        "bulk",
        "promises_of_every_kind",
    ];
    let mut seeds: Vec<Seed> = cases
        .iter()
        .map(|case| {
            let folder = format!("tests/cases/loads/{case}/rules");
            let script = format!("{folder}/door.rhai");
            let beside: &[&str] = if root().join(&script).exists() {
                &[&script]
            } else {
                &[]
            };
            seed(&format!("{folder}/door.yaml"), beside)
        })
        .collect();
    seeds.push(seed(
        "tests/rulebooks/records/rules/records.yaml",
        &["tests/rulebooks/records/rules/records.rhai"],
    ));
    seeds.push(seed("rules/grow.yaml", &[]));
    seeds.push(seed("rules/manage.yaml", &["rules/manage.rhai"]));
    seeds
}

/// The promises of the rules that are built in, as files of their own. They are new promises there, so they need new ids.
pub(crate) fn properties() -> Vec<Seed> {
    ["rules/manage.yaml", "rules/grow.yaml"]
        .map(|path| {
            let rules = seed(path, &[]).value;
            let renamed = rules["properties"].as_object().into_iter().flatten();
            let renamed = renamed.map(|(id, property)| (format!("{id}_again"), property.clone()));
            let renamed: serde_json::Map<_, _> = renamed.collect();
            written(
                path,
                json!({"product": rules["product"], "properties": renamed}),
            )
        })
        .into_iter()
        .filter(|seed| {
            seed.value["properties"]
                .as_object()
                .is_some_and(|it| !it.is_empty())
        })
        .collect()
}

pub(crate) fn firms() -> Vec<Seed> {
    [
        "fixtures/firm.yaml",
        "fixtures/firms/own_policy.yaml",
        "tests/cases/loads/firm_with_everything/firm.yaml",
        "tests/cases/loads/firm_with_ids_that_look_like_numbers/firm.yaml",
    ]
    .iter()
    .map(|path| seed(path, &[]))
    .collect()
}

/// Every suite that comes with the program, with all that they name beside it.
pub(crate) fn fixtures() -> Vec<Seed> {
    let mut files = Vec::new();
    let mut folders = vec![root().join("fixtures"), root().join("rules")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path
                .strip_prefix(root())
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            files.extend((!name.ends_with(".json")).then_some(name));
        }
    }
    files.sort();
    let is_suite =
        |name: &&String| name.starts_with("fixtures/") && text(name).contains("\ntests:");
    let (suites, beside): (Vec<&String>, Vec<&String>) = files.iter().partition(is_suite);
    let beside: Vec<&str> = beside.iter().map(|name| name.as_str()).collect();
    suites.iter().map(|suite| seed(suite, &beside)).collect()
}

/// Each way to ask.
pub(crate) fn requests() -> Vec<Seed> {
    [
        json!({"id": [1, {"two": null}], "v": 1, "product": "manage", "user": "tomas", "action": "edit_user_profile", "target": "wren"}),
        json!({"user": "wren", "action": "open_matter", "facts": {"matter_access": "not_listed"}}),
        json!({"ask": "explain", "user": "wren", "action": "create_bill"}),
        json!({"ask": "why_not", "user": "tomas", "action": "edit_user_profile", "target": "nadia"}),
        json!({"user": "tomas", "change": "grant", "role": "billing", "target": "wren"}),
        json!({"user": "tomas", "change": "set_visibility", "setting": "billing_rate_visibility", "value": "own", "target": "wren"}),
        json!({"id": "b", "user": "tomas", "parts": [{"change": "grant", "role": "billing", "target": "wren"}, {"change": "revoke", "role": "reports", "target": "otto"}]}),
        json!({"ask": "apply", "user": "tomas", "change": "grant", "role": "billing", "target": "wren"}),
        json!({"ask": "apply", "user": "tomas", "parts": [{"change": "grant", "role": "billing", "target": "tomas"}]}),
        json!({"ask": "who_can", "product": "manage", "action": "create_bill", "after": "tomas", "limit": 3}),
        json!({"ask": "what_can", "product": "manage", "user": "tomas"}),
        json!({"ask": "where_can", "product": "manage", "user": "tomas", "action": "edit_user_profile", "after": "tomas", "limit": 3}),
        json!({"ask": "simulate", "user": "wren", "changes": [{"grant": "billing"}, {"set": "billing_rate_visibility", "value": "own"}]}),
        json!({"ask": "simulate", "product": "manage", "user": "tomas", "changes": [{"change": "transfer_ownership"}], "by": "nadia"}),
        json!({"ask": "simulate", "user": "wren", "changes": [{"revoke": "reports"}, {"words": "revoke reports of otto"}], "by": "otto"}),
        json!({"ask": "how_can", "user": "wren", "action": "create_bill"}),
        json!({"ask": "access", "product": "grow", "after": "nadia", "limit": 2}),
        json!({"ask": "matrix", "product": "grow"}),
        json!({"ask": "review", "product": "grow", "old": "spring"}),
        json!({"ask": "diff", "old": "before", "new": "before"}),
        json!({"ask": "diff_firm", "old": {"firm.yaml": "firm: One"}, "new": {"firm.yaml": "firm: One"}}),
        json!({"ask": "prove", "promises": {"mine.yaml": "product: grow"}}),
        json!({"ask": "test", "fixtures": "ours", "filter": "x"}),
        json!({"ask": "check"}),
        json!({"ask": "catalogue", "product": "grow"}),
    ]
    .into_iter()
    .map(|value| written(&value.to_string(), value.clone()))
    .collect()
}
