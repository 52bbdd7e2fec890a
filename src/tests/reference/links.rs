//! Links of the documents: each leads to a file that is there, and to a heading that is in it.

use std::collections::BTreeSet;
use std::path::Path;

use pretty_assertions::assert_eq;

const DOCUMENTS: [&str; 2] = ["docs/rules.md", "docs/first-rulebook.md"];

fn text(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The anchors that headings get where Markdown is shown: lower case, without signs, with a dash for each space.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let kept = |c: char| c.is_alphanumeric() || c == '-' || c == '_' || c == ' ';
    headings
        .map(|line| line.trim_start_matches('#').trim().to_lowercase())
        .map(|heading| heading.chars().filter(|c| kept(*c)).collect::<String>())
        .map(|heading| heading.replace(' ', "-"))
        .collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut astray = Vec::new();
    for document in DOCUMENTS {
        let own = text(document);
        for link in own.split("](").skip(1) {
            let link = link.split(')').next().unwrap_or_default();
            if link.starts_with("https://") {
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let there = match file {
                "" => own.clone(),
                "../README.md" => text("README.md"),
                file => text(&format!("docs/{file}")),
            };
            if !anchor.is_empty() && !anchors(&there).contains(anchor) {
                astray.push(format!("{document}: {link}"));
            }
        }
    }
    assert_eq!(astray, Vec::<String>::new());
}

/// No two headings of the reference share an anchor, so that a link says which is meant.
#[test]
fn every_heading_has_an_anchor_of_its_own() {
    let own = text(DOCUMENTS[0]);
    let headings = own.lines().filter(|line| line.starts_with("##"));
    assert_eq!(anchors(&own).len(), headings.count() + 1);
}
