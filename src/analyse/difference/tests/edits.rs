//! Edits every key of rule files, one at a time: rules that still load are equal only where no user could meet the edit.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{HOUSE, RECORDS};
use crate::analyse::{ChangeKind, RulebookDifference};
use crate::finding::Findings;
use crate::limits::Limits;
use crate::rulebook::Rulebook;
use crate::tests::dice::cases;
use crate::text::Source;
use crate::yaml::{Node, NodeContent, TextEdit, apply, read, remove_entry, write_scalar};

/// Rules with everything that the other files have not.
const REST: &str = include_str!("rest.yaml");

/// Keys whose edits leave rules equal, and why.
const UNSEEN: [(&str, &str); 2] = [
    ("note", "a remark for readers of the file"),
    ("facts.*.title", "no answer, no list and no page shows it"),
];

/// Keys of free text.
const PROSE: [&str; 7] = [
    "title", "question", "because", "reason", "group", "where", "note",
];

/// A rule file with its script.
struct RuleTexts {
    name: &'static str,
    yaml: &'static str,
    script: Option<&'static str>,
}

fn files() -> Vec<RuleTexts> {
    let file = |name, yaml, script| RuleTexts { name, yaml, script };
    let grow = include_str!("../../../../rules/grow.yaml");
    let manage = include_str!("../../../../rules/manage.yaml");
    let script = include_str!("../../../../rules/manage.rhai");
    vec![
        file("rest", REST, None),
        file("door", HOUSE, None),
        file("records", RECORDS[0].1, Some(RECORDS[1].1)),
        file("grow", grow, None),
        file("manage", manage, Some(script)),
    ]
}

impl RuleTexts {
    fn loaded(&self, yaml: &str, script: Option<&str>) -> Option<Rulebook> {
        let names = [format!("{}.yaml", self.name), format!("{}.rhai", self.name)];
        let script = script.map(|script| (names[1].as_str(), script));
        Rulebook::from_texts([(names[0].as_str(), yaml)].into_iter().chain(script)).ok()
    }

    fn root(&self) -> (Arc<Source>, Node) {
        let source = Source::new(self.name, self.yaml);
        let root = read(&source, &Limits::DEFAULT, &mut Findings::new()).unwrap();
        (source, root)
    }
}

/// One edit: the path of the key, and the text of the file after it.
struct KeyEdit {
    path: Vec<String>,
    text: String,
}

/// Walks a rule file and edits each of its values, and removes each of its keys.
struct KeyEditor<'s> {
    source: &'s Arc<Source>,
    /// Names that can stand for each other, list by list.
    names: Vec<Vec<String>>,
    edits: Vec<KeyEdit>,
}

fn keys(node: Option<&Node>) -> Vec<String> {
    match node.map(|node| &node.content) {
        Some(NodeContent::Map(map)) => map.entries.iter().map(|it| it.key.value.clone()).collect(),
        _ => Vec::new(),
    }
}

impl<'s> KeyEditor<'s> {
    fn of(source: &'s Arc<Source>, root: &Node) -> Self {
        let mut names: Vec<Vec<String>> = [
            "roles", "settings", "readings", "refusals", "changes", "effects",
        ]
        .iter()
        .map(|key| keys(root.get(key)))
        .collect();
        names.push(keys(root.get("document").and_then(|it| it.get("sections"))));
        let mut actions = Vec::new();
        if let Some(NodeContent::List(groups)) = root.get("actions").map(|node| &node.content) {
            groups
                .items
                .iter()
                .for_each(|group| actions.extend(keys(group.get("actions"))));
        }
        names.push(actions);
        let fixed: [&[&str]; 6] = [
            &["stated", "inferred"],
            &["true", "false"],
            &["others", "self", "anyone"],
            &["exactly one", "at least one", "at most one"],
            &["user", "target"],
            &["everyone"],
        ];
        names.extend(fixed.map(|words| words.iter().map(|word| (*word).to_owned()).collect()));
        Self {
            source,
            names,
            edits: Vec::new(),
        }
    }

    fn walk(&mut self, node: &Node, path: &[String]) {
        let below = |key: &str| [path, &[key.to_owned()]].concat();
        match &node.content {
            NodeContent::Map(map) => {
                for entry in &map.entries {
                    let path = below(&entry.key.value);
                    let edits = remove_entry(self.source, node, &entry.key.value);
                    self.add(&path, edits);
                    self.walk(&entry.value, &path);
                }
            }
            NodeContent::List(list) => {
                let texts: Vec<String> = list
                    .items
                    .iter()
                    .filter_map(Node::as_text)
                    .map(str::to_owned)
                    .collect();
                if texts.len() > 1 {
                    self.names.push(texts);
                }
                list.items.iter().for_each(|item| self.walk(item, path));
            }
            NodeContent::Scalar(scalar) => self.scalar(node, &scalar.text, path),
            NodeContent::Empty => {}
        }
    }

    fn scalar(&mut self, node: &Node, text: &str, path: &[String]) {
        let key = path.last().map_or("", String::as_str);
        let above = path.iter().rev().nth(1).map_or("", String::as_str);
        let is_prose = PROSE.contains(&key) || ["actions", "sections"].contains(&above);
        let others: Vec<String> = if is_prose {
            vec![format!("{text} indeed")]
        } else if key == "rule" {
            vec![format!("{text}_anew")]
        } else if ["when", "should"].contains(&key) {
            vec![format!("!({text})")]
        } else {
            let lists = self
                .names
                .iter()
                .filter(|names| names.iter().any(|it| it == text));
            let others = lists.flatten().filter(|other| *other != text);
            others.cloned().collect()
        };
        for other in others {
            let edit = TextEdit::replace(node.span, write_scalar(&other));
            self.add(path, vec![edit]);
        }
    }

    fn add(&mut self, path: &[String], edits: Vec<TextEdit>) {
        let text = apply(self.source.text(), edits).unwrap();
        let path = path.to_vec();
        // The only key of a map stays.
        if text == self.source.text() {
            return;
        }
        self.edits.push(KeyEdit { path, text });
    }
}

fn is_unseen(path: &[String]) -> bool {
    UNSEEN.iter().any(|(key, _)| {
        let parts: Vec<&str> = key.split('.').collect();
        let end = path.iter().rev().zip(parts.iter().rev());
        path.len() >= parts.len() && end.into_iter().all(|(is, key)| *key == "*" || is == key)
    })
}

fn difference(old: &Rulebook, new: &Rulebook) -> RulebookDifference {
    old.difference(new).unwrap()
}

#[test]
fn rules_are_equal_only_where_nobody_could_meet_the_edit() {
    let mut equal = BTreeSet::new();
    let mut tried: BTreeMap<String, usize> = BTreeMap::new();
    for file in files() {
        let old = file.loaded(file.yaml, file.script).unwrap();
        let (source, root) = file.root();
        let mut editor = KeyEditor::of(&source, &root);
        editor.walk(&root, &[]);
        // Of each key some edits are enough, and one where it stands for nothing else.
        let most = match file.name {
            "manage" => cases(0, 6),
            _ => cases(0, usize::MAX),
        };
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for KeyEdit { path, text } in editor.edits {
            let key = path.last().cloned().unwrap_or_default();
            let count = seen.entry(key.clone()).or_default();
            if *count >= most && path.iter().all(|key| tried.contains_key(key)) {
                continue;
            }
            let Some(new) = file.loaded(&text, file.script) else {
                continue;
            };
            *count += 1;
            for key in &path {
                *tried.entry(key.clone()).or_default() += 1;
            }
            if difference(&old, &new).equal != is_unseen(&path) {
                equal.insert(format!("{}: {}", file.name, path.join(".")));
            }
        }
    }
    assert_eq!(equal, BTreeSet::new());
    for key in [
        "title",
        "because",
        "reason",
        "basis",
        "section",
        "where",
        "group",
        "question",
        "default",
        "values",
        "holders",
        "usually",
        "brings",
        "when",
        "should",
        "allow",
        "unless",
        "rule",
        "whom",
        "facts",
        "takes",
        "give",
        "to",
        "from",
        "of",
        "after",
        "both",
        "except",
        "whoever",
        "nobody",
        "holds",
        "lacks",
        "can",
        "cannot",
        "makes",
        "with",
        "on",
        "target",
        "role",
        "enabled",
        "all_or_nothing",
        "contradiction",
        "note",
        "sections",
    ] {
        assert!(
            tried.get(key).is_some_and(|count| *count > 0),
            "no edit of `{key}` loads"
        );
    }
}

/// A text with one word in place of another, wherever it stands as a word.
fn with_word(text: &str, old: &str, new: &str) -> String {
    let is_word = |letter: Option<char>| letter.is_some_and(|it| it.is_alphanumeric() || it == '_');
    let mut result = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(old) {
        let (before, after) = (&rest[..at], &rest[at + old.len()..]);
        let is_whole = !is_word(before.chars().next_back()) && !is_word(after.chars().next());
        result.extend([before, if is_whole { new } else { old }]);
        rest = after;
    }
    result + rest
}

#[test]
fn what_was_only_renamed_is_found() {
    for file in files() {
        let old = file.loaded(file.yaml, file.script).unwrap();
        let (_, root) = file.root();
        let mut found = 0;
        for kind in [
            "roles",
            "settings",
            "readings",
            "changes",
            "effects",
            "conflicts",
            "advice",
            "properties",
        ] {
            for id in keys(root.get(kind)).into_iter().take(4) {
                let name = format!("{id}_anew");
                let [yaml, script] = [Some(file.yaml), file.script]
                    .map(|text| text.map(|text| with_word(text, &id, &name)));
                let Some(new) = file.loaded(&yaml.unwrap(), script.as_deref()) else {
                    continue;
                };
                let changes = difference(&old, &new).changes;
                let renamed = changes
                    .iter()
                    .filter(|change| change.kind == ChangeKind::Renamed);
                let renamed: BTreeSet<(&str, &str)> = renamed
                    .map(|change| (change.from.as_str(), change.to.as_str()))
                    .collect();
                assert_eq!(
                    renamed,
                    BTreeSet::from([(id.as_str(), name.as_str())]),
                    "{} {kind}: {changes:#?}",
                    file.name
                );
                // The word may stand in titles and reasons too.
                let is_word = |kind| {
                    matches!(
                        kind,
                        ChangeKind::Title
                            | ChangeKind::Reason
                            | ChangeKind::Effects
                            | ChangeKind::Renamed
                    )
                };
                assert!(
                    changes
                        .iter()
                        .all(|change| is_word(change.kind) || change.what.is_some()),
                    "{} {kind} {id}: {changes:#?}",
                    file.name
                );
                found += 1;
            }
        }
        assert!(found > 2, "{}: {found}", file.name);
    }
}

/// The edits of a small file, and how they are said.
fn changed(edits: &[(&str, &str)]) -> Vec<String> {
    let text = edits.iter().fold(REST.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        with_word(&text, from, to)
    });
    let [old, new] = [REST, &text].map(|text| Rulebook::from_texts([("rest.yaml", text)]).unwrap());
    let difference = difference(&old, &new);
    super::lines_of(&difference)
}

#[test]
fn a_new_name_with_other_edits_is_found_and_they_stand_under_it() {
    let renamed = [("clerk", "desk"), ("Clerk", "Desk")];
    assert_eq!(
        changed(&renamed),
        [
            "the role Renamed clerk -> desk",
            "what the role desk is called Title Clerk -> Desk",
            "what the property selling_takes_a_clerk is called Property Whoever sells is a clerk or the boss -> Whoever sells is a desk or the boss",
        ]
    );
    let said = changed(&[
        ("clerk", "desk"),
        ("allow: boss # lock", "allow: desk # lock"),
    ]);
    assert_eq!(said[0], "the role Renamed clerk -> desk");
    assert!(
        said.iter()
            .any(|line| line.starts_with("lock Decision deny -> allow: people with Clerk")),
        "{said:#?}"
    );
    // Nobody with the new role may do what those with the old one might: it is another role.
    let other = changed(&[
        ("  clerk:", "  desk:"),
        ("title: Clerk", "title: Desk"),
        ("roles: clerk", "roles: desk"),
        ("[boss, clerk]", "[boss]"),
        ("holds: clerk", "holds: desk"),
        ("role: [clerk, night]", "role: [desk, night]"),
        ("user.clerk", "user.desk"),
    ]);
    assert!(
        !other.iter().any(|line| line.contains("Renamed")),
        "{other:#?}"
    );
}

#[test]
fn roles_with_one_title_are_told_apart() {
    let said = changed(&[
        ("title: Clerk", "title: Boss"),
        ("allow: boss # lock", "allow: clerk # lock"),
    ]);
    assert!(
        said.iter()
            .any(|line| line.starts_with("lock Decision deny -> allow: people with Boss (clerk)")),
        "{said:#?}"
    );
}
