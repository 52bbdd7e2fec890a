//! Files that mean harm, and files of chance.

use pretty_assertions::assert_eq;

use super::*;

fn tight() -> Limits {
    Limits {
        events: 1_000,
        events_per_user: 50,
        depth: 8,
        ..Limits::default()
    }
}

fn refusal(text: &str) -> String {
    let mut findings = Findings::new();
    let node = read(&Source::new("f", text), &tight(), &mut findings);
    assert_eq!(node, None);
    findings.to_string()
}

#[test]
fn depth_is_bounded_in_every_style() {
    let block: String = (0..20).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
    for text in ["[".repeat(9), "- ".repeat(9) + "a", block, "{a: ".repeat(9)] {
        assert!(refusal(&text).contains("more than 8 levels"), "{text:?}");
    }
    for text in [
        "[".repeat(1 << 20),
        "{".repeat(1 << 20),
        "- ".repeat(1 << 20),
    ] {
        let found = refusal(&text);
        assert!(
            ["too-deep", "too-many-events", "yaml-syntax"]
                .iter()
                .any(|code| found.contains(code)),
            "{found}"
        );
    }
}

#[test]
fn events_are_bounded_where_the_parser_would_wait_for_a_bracket() {
    let many = "a,".repeat(1 << 19);
    for text in [
        format!("[{many}]"),
        format!("a: [{many}]"),
        format!("- [{many}]"),
        format!("a:\n  [{many}]"),
        format!("? [{many}]"),
        format!("a:\n{}", "- b\n".repeat(2_000)),
        format!("- [{}", "*a ".repeat(1 << 18)),
        format!("- [{}", "? ".repeat(1 << 18)),
        format!("- [!{}", "!b a,".repeat(1 << 18)),
    ] {
        let found = refusal(&text);
        assert!(
            ["too-many-events", "yaml-syntax", "yaml-tag"]
                .iter()
                .any(|code| found.contains(code)),
            "{found}"
        );
    }
    assert!(refusal(&format!("- [{many}]")).contains("the limit `events`"));
}

#[test]
fn each_streamed_item_has_its_own_bound() {
    let users = "  - {a: b, c: d}\n".repeat(500);
    let (root, items, findings) = streams(&format!("users:\n{users}"), &tight());
    assert_eq!(
        (root.is_some(), items.len(), findings.as_str()),
        (true, 500, "")
    );
    let json = format!("{{\"users\": [{}1]}}", "{\"a\": \"b\"},".repeat(5_000));
    assert_eq!(streams(&json, &tight()).1.len(), 5_001);
    let (root, items, findings) = streams(
        &format!("users:\n  - a\n  - [{}]\n", "a,".repeat(60)),
        &tight(),
    );
    assert_eq!((root.is_some(), items.len()), (false, 1));
    assert!(
        findings.contains("the limit `events_per_user`"),
        "{findings}"
    );
}

/// A small generator of chance, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

const SEEDS: &[&str] = &[
    "# c\nproduct: manage\nroles:\n  billing:\n    title: 'Billing é'\n    when: |\n      a && b\n\n      c\n  - x\n",
    "a: [b, 'c', \"d\\n\\u00e9\", {e: f}]\nb:\n- a\n- - b\n  - c # d\n-\n",
    "a: >-\n  folded\n  text\nb: plain\n  more\nc: ~\nd: {e: , f}\r\ng: ''\r\n",
    "{\"users\": [{\"id\": \"a\", \"roles\": [\"b\"]}, 12], \"x\": null}",
    "%YAML 1.2\n---\n? a\n: &b !c d\n...\n---\n*b\n",
];

const BITS: &[&str] = &[
    ":",
    ": ",
    "- ",
    "-",
    "?",
    "? ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "#",
    " #",
    "&",
    "*",
    "!",
    "|",
    ">",
    "'",
    "\"",
    "%",
    "@",
    "`",
    "\\",
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "  ",
    "\n  ",
    "é",
    "𝒳",
    "\u{feff}",
    "\u{2028}",
    "\0",
    "---",
    "...",
    "<<",
    "~",
    "null",
    "|2-",
    "\\x4",
    "\\U0010FFFF",
    "a",
    "0",
];

fn mutated(chance: &mut Chance) -> String {
    let mut text: Vec<char> = chance.pick(SEEDS).chars().collect();
    for _ in 0..=chance.below(6) {
        let at = chance.below(text.len() + 1);
        let until = (at + chance.below(4)).min(text.len());
        let bit: Vec<char> = chance.pick(BITS).chars().collect();
        match chance.below(3) {
            0 => drop(text.splice(at..until, bit)),
            1 => drop(text.splice(at..at, bit)),
            _ => drop(text.drain(at..until)),
        }
    }
    text.into_iter().collect()
}

fn random(chance: &mut Chance) -> String {
    (0..chance.below(40)).map(|_| chance.pick(BITS)).collect()
}

/// Every span lies in the text, and what is written in one line plainly is what was read.
fn check(source: &Source, node: &Node) {
    assert!(
        source
            .text()
            .get(node.span.start as usize..node.span.end as usize)
            .is_some(),
        "{source:?} {node:?}"
    );
    let slice = source.slice(node.span);
    match &node.content {
        NodeContent::Scalar(Scalar { text, style }) => match style {
            TextStyle::Plain => {
                if !slice.contains(['\n', '\r']) {
                    assert_eq!(slice, text, "{:?}", source.text());
                }
            }
            TextStyle::SingleQuoted => {
                assert!(slice.starts_with('\'') && slice.ends_with('\'') && slice.len() > 1)
            }
            TextStyle::DoubleQuoted => {
                assert!(slice.starts_with('"') && slice.ends_with('"') && slice.len() > 1)
            }
            TextStyle::Literal => assert!(slice.starts_with('|'), "{:?} {slice:?}", source.text()),
            TextStyle::Folded => assert!(slice.starts_with('>'), "{:?} {slice:?}", source.text()),
        },
        NodeContent::List(list) => list.items.iter().for_each(|item| {
            assert!(
                node.span.start <= item.span.start && item.span.end <= node.span.end,
                "{:?} {node:?}",
                source.text()
            );
            check(source, item);
        }),
        NodeContent::Map(map) => map.entries.iter().for_each(|entry| {
            assert!(
                node.span.start <= entry.key.span.start && entry.value.span.end <= node.span.end,
                "{:?} {node:?}",
                source.text()
            );
            assert!(
                entry.key.span.end <= entry.value.span.start,
                "{:?} {node:?}",
                source.text()
            );
            check(source, &entry.value);
        }),
        NodeContent::Empty => assert!(slice.is_empty() || slice == "~" || slice == "null"),
    }
}

#[test]
fn chance_never_makes_it_panic_and_spans_slice_back() {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let mut read_well = 0;
    for round in 0..20_000 {
        let text = if round % 3 == 0 {
            random(&mut chance)
        } else {
            mutated(&mut chance)
        };
        let source = Source::new("f", text);
        let mut findings = Findings::new();
        if let Some(node) = read(&source, &Limits::default(), &mut findings) {
            check(&source, &node);
            read_well += 1;
        }
        assert!(
            findings
                .iter()
                .all(|finding| finding.to_string().lines().count() == 1)
        );
        let mut findings = Findings::new();
        read_streamed(&source, "users", &tight(), &mut findings, &mut |item, _| {
            check(&source, &item)
        });
    }
    assert!(
        read_well > 2_000,
        "too few of the texts were YAML: {read_well}"
    );
}

#[test]
fn chance_bytes_are_refused_or_read() {
    let mut chance = Chance(42);
    for _ in 0..2_000 {
        let bytes: Vec<u8> = (0..chance.below(60))
            .map(|_| chance.below(256) as u8)
            .collect();
        let mut findings = Findings::new();
        let source = crate::yaml::decode_text("f", bytes, 1_000, &mut findings);
        assert_eq!(source.is_none(), findings.has_errors());
        if let Some(source) = source {
            read(&source, &tight(), &mut findings);
        }
    }
}

/// Whatever the list looks like: after the edit it holds what was asked, and the comments of what stays.
#[test]
fn edits_of_chance_read_back_as_asked() {
    let mut chance = Chance(7);
    for _ in 0..5_000 {
        let text = a_list(&mut chance);
        let source = Source::new("f", text);
        let mut findings = Findings::new();
        let root = read(&source, &Limits::default(), &mut findings);
        let root = root.unwrap_or_else(|| panic!("{}: {findings}", source.text()));
        let wanted: Vec<&str> = ["a", "b", "c", "d d", "e", "g, h"]
            .into_iter()
            .filter(|_| chance.below(2) == 0)
            .collect();
        let edits = crate::yaml::edit::set_items(&source, root.get("r").unwrap(), &wanted);
        let edited =
            crate::yaml::apply(source.text(), edits).unwrap_or_else(|| panic!("{}", source.text()));
        let again = read(
            &Source::new("f", edited.as_str()),
            &Limits::default(),
            &mut findings,
        );
        let again = again
            .unwrap_or_else(|| panic!("{}\n=> {wanted:?}\n{edited}\n{findings}", source.text()));
        let NodeContent::List(list) = &again.get("r").unwrap().content else {
            panic!("{edited}")
        };
        let mut found: Vec<&str> = list.items.iter().filter_map(Node::as_text).collect();
        found.sort_unstable();
        assert_eq!(found, wanted, "{}\n{edited}", source.text());
        assert_eq!(
            again.get("z").and_then(Node::as_text),
            Some("y"),
            "{edited}"
        );
        assert_eq!(
            source.text().matches("# stays").count(),
            edited.matches("# stays").count(),
            "{edited}"
        );
    }
}

/// A file with a list under `r`, in one of many layouts.
fn a_list(chance: &mut Chance) -> String {
    let items: Vec<&str> = ["a", "'b'", "c", "\"d d\"", "e"]
        .into_iter()
        .filter(|_| chance.below(3) > 0)
        .collect();
    let end = chance.pick(&["\n", "\r\n"]);
    let last = chance.pick(&["", end]);
    let note = chance.pick(&["", " # note"]);
    if items.is_empty() || chance.below(2) == 0 {
        let gap = chance.pick(
            &[
                ", ",
                ",",
                " , ",
                &format!(", # note{end}    "),
                &format!(",{end}  "),
            ]
            .map(|gap| gap.to_owned().leak() as &str),
        );
        let trail = if items.is_empty() {
            ""
        } else {
            chance.pick(&["", ",", " "])
        };
        let body = items.join(gap);
        return format!("z: y # stays{end}r: [{body}{trail}]{note}{last}");
    }
    let indent = chance.pick(&["", "  ", "    "]);
    let mut text = format!("z: y # stays{end}r:{note}{end}");
    for (n, item) in items.iter().enumerate() {
        let above = chance.pick(
            &["", &format!("{indent}# stays{end}"), end]
                .map(|above| above.to_owned().leak() as &str),
        );
        let ending = if n + 1 == items.len() { last } else { end };
        text += &format!(
            "{above}{indent}-{} {item}{note}{ending}",
            chance.pick(&["", "  "])
        );
    }
    text
}
