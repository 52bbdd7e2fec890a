//! Case files: folders with rules, sometimes a firm, and exactly what is reported about them.
//!
//! `tests/cases/README.md` tells how to add one. `BLESS=1 cargo test --lib cases` writes what is reported
//! into every `expected.txt`; read the difference before keeping it.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use pretty_assertions::assert_eq;

use crate::text::character::seen;
use crate::{Code, Day, Finding, Findings, FirmLoader, Place, Rulebook};

/// So that a walk that finds nothing is no success.
const AT_LEAST: usize = 250;

#[test]
fn every_case_says_what_is_expected() {
    let cases = cases(Path::new("tests/cases"));
    assert!(cases.len() >= AT_LEAST, "only {} cases ran", cases.len());
    if std::env::var_os("BLESS").is_some_and(|bless| bless == "1") {
        for case in &cases {
            fs::write(case.join("expected.txt"), report(case)).unwrap();
        }
    }
    let wrong: Vec<_> = cases.iter().filter_map(|case| difference(case)).collect();
    for (case, expected, report) in &wrong {
        assert_eq!(expected, report, "{}", case.display());
    }
}

/// The help of a finding is a way out: where it was followed, nothing is left to say.
#[test]
fn what_is_mended_as_the_help_says_has_no_findings() {
    let cases = cases(Path::new("tests/cases"));
    let mended: Vec<PathBuf> = cases.iter().map(|case| case.join("mended")).collect();
    let mended: Vec<&PathBuf> = mended.iter().filter(|folder| folder.is_dir()).collect();
    assert!(mended.len() > 20, "only {} were mended", mended.len());
    for folder in mended {
        let rulebook = Rulebook::from_folder(folder).unwrap();
        let mut report = String::new();
        write_findings("", rulebook.warnings(), &mut report);
        write_findings("", &rulebook.check_idle_parts(), &mut report);
        assert_eq!(report, "\n\n", "{}", folder.display());
    }
}

#[test]
fn a_case_with_another_expectation_fails() {
    let folder = tempfile::tempdir().unwrap();
    let case = folder.path().join("family/name");
    fs::create_dir_all(case.join("rules")).unwrap();
    fs::write(case.join("rules/door.yaml"), "product: door\n").unwrap();
    assert!(difference(&case).is_some(), "without expected.txt");
    let report = report(&case);
    fs::write(case.join("expected.txt"), &report).unwrap();
    assert_eq!(difference(&case), None);
    fs::write(case.join("expected.txt"), report.replacen(':', "", 1)).unwrap();
    assert!(difference(&case).is_some(), "one character less");
}

#[test]
#[should_panic(expected = "nobody reads")]
fn a_file_that_nobody_reads_fails() {
    let folder = tempfile::tempdir().unwrap();
    let case = folder.path().join("family/name");
    fs::create_dir_all(&case).unwrap();
    fs::write(case.join("frim.yaml"), "").unwrap();
    cases(folder.path());
}

/// The codes that some case is expected to give.
pub(crate) fn codes_of_cases() -> BTreeSet<&'static str> {
    let cases = cases(Path::new("tests/cases"));
    let expected = cases
        .iter()
        .map(|case| fs::read_to_string(case.join("expected.txt")).unwrap_or_default());
    codes_in(&expected.collect::<String>())
}

/// The codes of the findings in a report.
pub(super) fn codes_in(report: &str) -> BTreeSet<&'static str> {
    let is_given = |name: &&str| report.contains(&format!("[{name}]: "));
    Code::all().map(Code::name).filter(is_given).collect()
}

/// Every folder two levels down, sorted.
pub(super) fn cases(root: &Path) -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = folders(root)
        .iter()
        .flat_map(|family| folders(family))
        .collect();
    cases.sort();
    for entry in cases.iter().flat_map(|case| entries(case)) {
        let name = entry.file_name().unwrap().to_string_lossy();
        assert!(
            [
                "rules",
                "mended",
                "followed.txt",
                "firm.yaml",
                "records.jsonl",
                "records.txt",
                "expected.txt"
            ]
            .contains(&&*name),
            "{}: a file that nobody reads",
            entry.display()
        );
    }
    cases
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    entries(folder)
        .into_iter()
        .filter(|entry| entry.is_dir())
        .collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// What is expected and what is report, where they differ.
fn difference(case: &Path) -> Option<(PathBuf, String, String)> {
    let expected = fs::read_to_string(case.join("expected.txt"))
        .unwrap_or_else(|_| "there is no expected.txt".to_owned());
    let report = report(case);
    (expected != report).then(|| (case.to_owned(), expected, report))
}

/// The report about a case: whether its files load, and everything that was found.
pub(super) fn report(case: &Path) -> String {
    let mut report = String::new();
    for (heading, findings) in found(case) {
        write_findings(&heading, &findings, &mut report);
    }
    // Places are relative to the folder of the case.
    report.replace(&format!("{}/", case.display()), "")
}

/// What was found in the files of a case, each part with its heading.
pub(super) fn found(case: &Path) -> Vec<(String, Findings)> {
    let is_of = |family: &str| case.parent().is_some_and(|folder| folder.ends_with(family));
    let rules = case.join("rules");
    let has_rules = rules.is_dir();
    let rulebook = if has_rules {
        Rulebook::from_folder(&rules)
    } else {
        Rulebook::builtin()
    };
    let rulebook = match rulebook {
        Ok(rulebook) => rulebook,
        Err(error) => return vec![("rules refused".to_owned(), error.findings().clone())],
    };
    let mut found = Vec::new();
    if has_rules {
        found.push(("rules load".to_owned(), rulebook.warnings().clone()));
    }
    if is_of("idle") {
        found.push(("idle parts".to_owned(), rulebook.check_idle_parts()));
    }
    if is_of("characters") && has_rules {
        found.push(("ids of rules".to_owned(), rulebook.check_ids()));
    }
    let firm = case.join("firm.yaml");
    let mut loader = FirmLoader::new(&rulebook);
    if is_of("dates") {
        loader = loader.on(Day::new(2026, 6, 30).unwrap());
    }
    match firm.is_file().then(|| loader.from_file(&firm)) {
        None => {}
        Some(Err(error)) => found.push(("firm refused".to_owned(), error.findings().clone())),
        Some(Ok(loaded)) => {
            let users = loaded.users().count();
            found.push((format!("firm loads: {users} users"), Findings::new()));
            if is_of("characters") {
                found.push(("ids of the firm".to_owned(), loaded.check_ids()));
            }
            if is_of("dates") {
                let warnings = loaded.placed(&firm, loaded.warnings());
                found.push(("on 2026-06-30".to_owned(), warnings));
            }
        }
    }
    found
}

fn write_findings(heading: &str, findings: &Findings, report: &mut String) {
    writeln!(report, "{heading}").unwrap();
    for finding in findings.iter() {
        write_finding(finding, report);
    }
    if findings.beyond() > 0 {
        writeln!(report, "\nand {} more", findings.beyond()).unwrap();
    }
}

fn write_finding(finding: &Finding, report: &mut String) {
    writeln!(report, "\n{finding}").unwrap();
    if let Some(place) = finding.place() {
        draw(place, report);
    }
    for label in finding.labels() {
        writeln!(report, "  = {}: {}", label.place, label.text).unwrap();
        draw(&label.place, report);
    }
}

/// The line of a place with a caret under every character of it; tabs are drawn as arrows.
fn draw(place: &Place, report: &mut String) {
    let (text, span) = (place.source().text(), place.span());
    assert!(
        span.start <= span.end,
        "{place}: the place ends before it starts"
    );
    let covered = text.get(span.start as usize..span.end as usize);
    let covered = covered.unwrap_or_else(|| panic!("{place}: the place is no part of the text"));
    let line = text
        .lines()
        .nth(place.line() as usize - 1)
        .unwrap_or_default();
    let before = place.column() as usize - 1;
    let first_line = covered.lines().next().unwrap_or_default();
    let more = if covered.trim_end().contains('\n') {
        " …"
    } else {
        ""
    };
    let carets = "^".repeat(first_line.chars().count().max(1));
    let shown: String = line.chars().map(visible).collect();
    writeln!(
        report,
        "  | {shown}\n  | {}{carets}{more}",
        " ".repeat(before)
    )
    .unwrap();
}

fn visible(c: char) -> char {
    match c {
        '\t' => '→',
        c => seen(c),
    }
}
