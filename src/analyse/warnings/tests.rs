use std::path::Path;

use pretty_assertions::assert_eq;

use crate::{Firm, Rulebook};

fn own_policy() -> Firm {
    Firm::from_file(
        &Rulebook::builtin().unwrap(),
        "fixtures/firms/own_policy.yaml",
    )
    .unwrap()
}

/// Codes with the users they are about, and what stands at their place.
fn found(firm: &Firm, path: &Path) -> Vec<(String, String)> {
    let findings = firm.placed(path, firm.warnings());
    let found = findings.iter().map(|finding| {
        let at = finding
            .place()
            .map(|place| place.source().slice(place.span()).to_owned());
        (finding.code().name().to_owned(), at.unwrap_or_default())
    });
    found.collect()
}

const EXPECTED: [(&str, &str); 4] = [
    ("dormant-roles", "tessa"),
    ("advice-unmet", "cole"),
    ("advice-unmet", "tessa"),
    ("dormant-roles", "tessa"),
];

fn expected() -> Vec<(String, String)> {
    EXPECTED
        .map(|(code, at)| (code.to_owned(), at.to_owned()))
        .to_vec()
}

/// In the order of products, and of users in each.
#[test]
fn every_warning_stands_where_its_user_does() {
    let path = Path::new("fixtures/firms/own_policy.yaml");
    assert_eq!(found(&own_policy(), path), expected());
    let codes: Vec<&str> = own_policy()
        .warnings()
        .iter()
        .map(|one| one.code().name())
        .collect();
    assert_eq!(
        codes,
        [
            "dormant-roles",
            "advice-unmet",
            "advice-unmet",
            "dormant-roles"
        ]
    );
    let texts: Vec<String> = own_policy()
        .warnings()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(
        texts[0].contains("`tessa` is disabled and still holds `admin` in Clio Grow"),
        "{texts:?}"
    );
    assert!(
        texts[1].contains("`cole` is not as the rules of Clio Manage advise: Whoever gets"),
        "{texts:?}"
    );
}

/// As lines, as JSON, as brackets, and in a file that only the close reader reads.
#[test]
fn places_are_found_however_the_file_is_written() {
    let rulebook = Rulebook::builtin().unwrap();
    let firm = own_policy();
    let json = serde_json::to_string(&firm).unwrap();
    let pretty = serde_json::to_string_pretty(&firm).unwrap();
    let lines = firm.to_yaml();
    let folded = lines.replace(
        "name: Cole Whitaker",
        "name: >-\n      Cole\n      Whitaker",
    );
    assert_ne!(folded, lines);
    let windows = lines.replace('\n', "\r\n");
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut tried = Vec::new();
    for (number, text) in [json, pretty, lines, folded, windows].iter().enumerate() {
        let path = folder.join(format!("firm{number}.yaml"));
        std::fs::write(&path, text).unwrap();
        let read = Firm::from_file(&rulebook, &path).unwrap();
        let bare = |(code, at): (String, String)| (code, at.trim_matches('"').to_owned());
        let found: Vec<_> = found(&read, &path).into_iter().map(bare).collect();
        tried.push((found, found_elsewhere(&read, folder)));
    }
    for (found, elsewhere) in tried {
        assert_eq!(found, expected());
        assert!(
            elsewhere.iter().all(|(_, at)| at.is_empty()),
            "{elsewhere:?}"
        );
    }
}

/// A file that is not there, and one of other people, have no places.
fn found_elsewhere(firm: &Firm, folder: &Path) -> Vec<(String, String)> {
    let none = found(firm, &folder.join("none.yaml"));
    none.into_iter()
        .chain(found(firm, Path::new("fixtures/firm.yaml")))
        .collect()
}
