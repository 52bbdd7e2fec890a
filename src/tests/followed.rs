//! The help of a finding is a way out: whoever follows it no longer gets the finding.
//!
//! Where the help says what to write, it is followed here by rule, in every case. Elsewhere a case has a `followed.txt`:
//! which lines make way for which others. `tests/cases/README.md` tells how to write one.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::cases::{cases, codes_in, codes_of_cases, found, report};
use crate::{Code, Finding};

#[test]
fn whoever_follows_a_help_no_longer_gets_the_finding() {
    let mut followed = BTreeSet::new();
    for case in cases(Path::new("tests/cases")) {
        let before = codes_in(&fs::read_to_string(case.join("expected.txt")).unwrap());
        if case.join("mended").is_dir() {
            followed.extend(before);
            continue;
        }
        let Ok(steps) = fs::read_to_string(case.join("followed.txt")) else {
            continue;
        };
        let (_folder, copy) = copy_of(&case);
        follow(&copy, &steps);
        let report = report(&copy);
        let left: Vec<_> = before.intersection(&codes_in(&report)).copied().collect();
        assert!(
            left.is_empty(),
            "{}: {left:?} left in {report}",
            case.display()
        );
        followed.extend(before);
    }
    let expected = codes_of_cases();
    let with_help = Code::all().filter(|code| code.help().is_some());
    let missing: Vec<_> = with_help
        .map(Code::name)
        .filter(|name| expected.contains(name) && !followed.contains(name))
        .collect();
    assert_eq!(missing, Vec::<&str>::new(), "a help that nobody follows");
}

/// Every suggested name, and every key that is missing with an example, is put into its place, in all cases.
#[test]
fn what_a_help_says_to_write_can_be_written() {
    let mut followed = 0;
    for case in cases(Path::new("tests/cases")) {
        for finding in findings_of(&case) {
            let Some(text) = finding.place().and_then(|_| written(&finding)) else {
                continue;
            };
            let (_folder, copy) = copy_of(&case);
            let name = finding.place().unwrap().source().name().to_owned();
            let file = Path::new(&name).strip_prefix(&case).unwrap().to_owned();
            fs::write(copy.join(file), text).unwrap();
            let left = findings_of(&copy);
            let is_left = |left: &Finding| {
                left.code() == finding.code()
                    && left.message() == finding.message()
                    && left.place().map(crate::Place::line)
                        == finding.place().map(crate::Place::line)
            };
            assert!(!left.iter().any(is_left), "{}: {finding}", case.display());
            followed += 1;
        }
    }
    assert!(followed > 50, "only {followed} were followed");
}

/// The text of a finding's file after its help, where the help says what to write.
fn written(finding: &Finding) -> Option<String> {
    let (help, place) = (finding.help()?, finding.place()?);
    let text = place.source().text();
    let (start, end) = (place.span().start as usize, place.span().end as usize);
    let (before, covered, after) = (&text[..start], &text[start..end], &text[end..]);
    if let Some(name) = help
        .strip_prefix("did you mean `")
        .and_then(|rest| rest.strip_suffix("`?"))
    {
        let quote = covered
            .chars()
            .next()
            .filter(|first| "\"'".contains(*first));
        let quote = quote.map(String::from).unwrap_or_default();
        return Some(format!("{before}{quote}{name}{quote}{after}"));
    }
    if let Some(names) = help.strip_prefix("known here: ") {
        let first = names.split(", ").next()?;
        return Some(format!("{before}{first}{after}"));
    }
    let entry = help
        .strip_prefix("add `")?
        .strip_suffix("`, indented like the other keys here")?;
    let indent = " ".repeat(place.column() as usize - 1);
    Some(format!("{before}{entry}\n{indent}{covered}{after}"))
}

/// Makes the alterations of a `followed.txt`.
fn follow(copy: &Path, steps: &str) {
    let mut lines = steps.lines().peekable();
    let mut alterations = Vec::new();
    while let Some(line) = lines.next() {
        if let Some(file) = line.strip_prefix("remove ") {
            fs::remove_file(copy.join(file)).unwrap();
        } else if let Some(files) = line.strip_prefix("rename ") {
            let (from, to) = files.split_once(' ').unwrap();
            fs::rename(copy.join(from), copy.join(to)).unwrap();
        } else if let Some(file) = line.strip_prefix("utf-8 ") {
            let text = decoded(&fs::read(copy.join(file)).unwrap());
            fs::write(copy.join(file), text).unwrap();
        } else {
            let (file, number) = line.rsplit_once(':').unwrap();
            let mut of = |sign: &str| {
                let mut block = Vec::new();
                while let Some(line) = lines.next_if(|line| line.starts_with(sign)) {
                    block.push(line[sign.len()..].to_owned());
                }
                block
            };
            let (old, new) = (of("- "), of("+ "));
            alterations.push((file.to_owned(), number.parse::<usize>().unwrap(), old, new));
        }
    }
    // From the last line to the first, so that numbers stay right.
    for (file, number, old, new) in alterations.into_iter().rev() {
        let path = copy.join(file);
        let text = fs::read_to_string(&path).unwrap();
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let range = number - 1..number - 1 + old.len();
        assert_eq!(lines[range.clone()], old, "{}:{number}", path.display());
        lines.splice(range, new);
        fs::write(&path, lines.join("\n")).unwrap();
    }
}

/// The text of a file in Latin-1, or in an encoding of more bytes for a character as long as it holds ASCII characters only.
fn decoded(bytes: &[u8]) -> String {
    let is_padding = |byte: &&u8| [0, 0xfe, 0xff].contains(*byte);
    let bytes = bytes.iter().filter(|byte| !is_padding(byte));
    bytes.map(|byte| char::from(*byte)).collect()
}

/// A copy of a case in a folder of its own, which goes with the first.
fn copy_of(case: &Path) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder
        .path()
        .join(case.strip_prefix("tests/cases").unwrap());
    for part in ["", "rules"] {
        let files = fs::read_dir(case.join(part)).into_iter().flatten();
        for file in files.map(|entry| entry.unwrap().path()) {
            if file.is_file() {
                fs::create_dir_all(copy.join(part)).unwrap();
                fs::copy(&file, copy.join(file.strip_prefix(case).unwrap())).unwrap();
            }
        }
    }
    (folder, copy)
}

fn findings_of(case: &Path) -> Vec<Finding> {
    let found = found(case).into_iter();
    found.flat_map(|(_, findings)| findings).collect()
}
