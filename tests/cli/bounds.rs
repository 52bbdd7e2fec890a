//! Hostile files of 100 MB, and of nearly as much as their kind may have: each is refused or answered within 200 MB of memory and a
//! few seconds.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// The size of a hostile file, and what is just below the limits of smaller kinds.
const HUGE: usize = 100_000_000;
const RULE_FILE: usize = 1 << 20;
const SCRIPT: usize = 256 << 10;
const FIXTURE: usize = 16 << 20;
/// Wrong lines, each of which is answered.
const WRONG: usize = 64 << 10;

/// Most memory, in MB.
const MEMORY: u64 = 200;
/// Most time of computing.
const TIME: Duration = Duration::from_secs(5);

/// What stands in front, what is repeated, and what stands behind.
type Shape = (&'static str, &'static [u8], &'static [u8], &'static [u8]);

const USERS: &[u8] = b"firm: F\nusers:\n  - id: ada\n    manage: {roles: [primary_subscriber]}\n";

/// Shapes that any YAML file can have.
const YAML: &[Shape] = &[
    ("one endless word", b"", b"a", b""),
    ("a huge text", b"firm: ", b"a", b"\nusers: []\n"),
    (
        "a huge text in quotes",
        b"firm: \"",
        b"a",
        b"\"\nusers: []\n",
    ),
    ("a quote that never ends", b"firm: \"", b"a", b""),
    (
        "a huge text with escapes",
        b"firm: \"",
        b"\\u00e9",
        b"\"\nusers: []\n",
    ),
    ("a huge text of lines", b"firm: |\n", b"  a\n", b""),
    ("a huge folded text", b"firm: >\n", b"  a\n\n", b""),
    ("a huge number", b"firm: ", b"9", b""),
    ("brackets", b"", b"[", b""),
    ("brackets under a key", b"users: ", b"[", b""),
    ("braces", b"", b"{", b""),
    ("objects", b"", b"{\"a\":", b""),
    ("arrays", b"{\"users\":", b"[", b""),
    ("dashes in a line", b"", b"- ", b""),
    ("question marks", b"", b"? ", b""),
    ("spaces", b"firm:", b" ", b"x"),
    ("line ends", b"", b"\n", b""),
    ("windows line ends", b"", b"\r\n", b""),
    ("carriage returns", b"", b"\r", b""),
    ("tabs", b"firm:", b"\t", b"x"),
    ("comments", b"", b"# c\n", b""),
    ("one comment", b"", b"#", b""),
    ("the same key", b"", b"a: b\n", b""),
    ("anchors", b"", b"a: &a b\n", b""),
    ("aliases", b"users:\n", b"- *a\n", b""),
    ("tags", b"", b"!a ", b""),
    ("a huge tag", b"!", b"a", b""),
    ("documents", b"", b"---\n", b""),
    ("ends of documents", b"", b"...\n", b""),
    ("commas", b"[", b"a,", b"]"),
    ("commas under a key", b"users: [", b"a,", b"]"),
    ("maps in a line", b"firm: F\nusers: [", b"{id: a},", b"]"),
    ("words in a list", b"firm: F\nusers:\n", b"- a\n", b""),
    ("empty maps", b"firm: F\nusers:\n", b"- {}\n", b""),
    ("dashes", b"firm: F\nusers:\n", b"-\n", b""),
    ("NULs", b"", b"\0", b""),
    ("a NUL at the end", b"", b"# c\n", b"\0"),
    ("bytes that are no UTF-8", b"", b"\xff", b""),
    ("such a byte at the end", b"", b"a", b"\xff"),
    ("byte order marks", b"", b"\xef\xbb\xbf", b""),
    ("a mark in front", b"\xef\xbb\xbf", b"# c\n", b""),
    (
        "letters of two bytes",
        b"firm: \"",
        b"\xc3\xa9",
        b"\"\nusers: []\n",
    ),
    ("colons", b"", b":", b""),
    ("quotes", b"", b"\"", b""),
    ("apostrophes", b"", b"'", b""),
    ("bars", b"", b"|\n", b""),
];

/// Shapes of firms in particular: of users, roles, seats, settings and readings.
const FIRMS: &[Shape] = &[
    ("a huge id", b"firm: F\nusers:\n  - id: \"", b"a", b"\"\n"),
    (
        "a huge name",
        b"firm: F\nusers:\n  - id: ada\n    name: \"",
        b"a",
        b"\"\n",
    ),
    (
        "roles",
        b"firm: F\nusers:\n  - id: ada\n    manage: {roles: [",
        b"a,",
        b"]}\n",
    ),
    (
        "known roles",
        b"firm: F\nusers:\n  - id: ada\n    manage: {roles: [",
        b"billing,",
        b"]}\n",
    ),
    (
        "roles in lines",
        b"firm: F\nusers:\n  - id: ada\n    manage:\n      roles:\n",
        b"      - a\n",
        b"",
    ),
    (
        "settings",
        b"firm: F\nusers:\n  - id: ada\n    manage:\n",
        b"      a: b\n",
        b"",
    ),
    (
        "seats",
        b"firm: F\nusers:\n  - id: ada\n",
        b"    manage: {}\n",
        b"",
    ),
    (
        "names",
        b"firm: F\nusers:\n  - id: ada\n",
        b"    name: b\n",
        b"",
    ),
    ("the same user", b"firm: F\nusers:\n", b"- {id: a}\n", b""),
    (
        "an unknown role",
        b"firm: F\nusers:\n",
        b"- {id: a, manage: {roles: [x]}}\n",
        b"",
    ),
    (
        "readings",
        b"firm: F\nusers: []\nreadings:\n",
        b"  a: {}\n",
        b"",
    ),
    ("comments behind a user", USERS, b"#\n", b""),
    ("users of an object", b"{\"users\":[", b"\"a\",", b"]}"),
    ("keys of a user", b"{\"users\":[{", b"\"id\":\"a\",", b"}]}"),
    ("a huge text of an object", b"{\"firm\":\"", b"a", b"\"}"),
    (
        "spaces in an object",
        b"{\"firm\":\"F\",",
        b" ",
        b"\"users\":[]}",
    ),
];

/// Lines of JSON, and records of comma-separated values.
const LINES: &[Shape] = &[
    ("one endless line", b"", b"a", b""),
    ("one endless text", b"{\"user\":\"", b"a", b"\"}"),
    ("arrays", b"{\"id\":", b"[", b""),
    ("objects", b"", b"{\"id\":", b""),
    ("NULs", b"", b"\0", b""),
    ("byte order marks", b"", b"\xef\xbb\xbf", b""),
    ("numbers", b"", b"9", b""),
];

const RECORDS: &[Shape] = &[
    ("an endless header", b"", b"user,", b""),
    ("an endless cell", b"user,action\n", b"a", b""),
    ("an endless cell in quotes", b"user,action\n\"", b"a\n", b""),
    ("a cell of quotes", b"user,action\n\"", b"\"\"", b""),
    ("quotes", b"user,action\n", b"\"", b""),
    ("commas", b"user,action\n", b",", b""),
    ("carriage returns", b"user,action\n", b"\r", b""),
];

/// Lines that are each answered with what is wrong with them: their time is that of so many answers, and nothing of them is kept.
const WRONG_LINES: &[Shape] = &[
    ("blank lines", b"", b"\n", b""),
    ("lines of NULs", b"", b"\0\n", b""),
    ("bytes that are no UTF-8", b"", b"\xff\n", b""),
];

const WRONG_RECORDS: &[Shape] = &[
    ("lines of commas", b"user,action\n", b",\n", b""),
    (
        "quotes that never end, line by line",
        b"user,action\n",
        b"\"a,b\n",
        b"",
    ),
    ("bytes that are no UTF-8", b"user,action\n", b"\xff,\n", b""),
];

const SCRIPTS: &[Shape] = &[
    ("brackets", b"fn f() { ", b"(", b" }"),
    ("one endless text", b"fn f() { \"", b"a", b"\" }"),
    ("a text that never ends", b"fn f() { \"", b"a", b""),
    ("a list", b"fn f() { 1 in [", b"1,", b"] }"),
    ("lists", b"fn f() { ", b"[", b" }"),
    (
        "else after else",
        b"fn f() { if true { true }",
        b" else if true { true }",
        b" }",
    ),
    (
        "cases",
        b"fn f() { switch 1 {",
        b" 1 => true,",
        b" _ => true } }",
    ),
    ("and after and", b"fn f() { true", b" && true", b" }"),
    ("nots", b"fn f() { ", b"!", b"true }"),
    ("sums", b"fn f() { 1", b"+1", b" == 1 }"),
    ("functions", b"", b"fn f() { true }\n", b""),
    ("statements", b"fn f() { ", b"let x = 1; ", b"true }"),
    ("comments", b"", b"/*", b""),
    ("comment lines", b"", b"//\n", b""),
    ("numbers", b"fn f() { ", b"9", b" }"),
    ("loops", b"fn f() { ", b"loop { ", b""),
    ("blocks", b"fn f() { ", b"{", b""),
    ("calls", b"fn f(x) { ", b"f(", b""),
    ("members", b"fn f() { user", b".a", b" }"),
    ("signs", b"", b"$", b""),
    ("letters", b"", b"a", b""),
    ("line ends", b"", b"\n", b""),
    ("NULs", b"", b"\0", b""),
    ("bytes that are no UTF-8", b"", b"\xff", b""),
];

/// Writes a shape of so many bytes.
fn write(path: &Path, (_, start, again, end): &Shape, size: usize) {
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path).unwrap());
    file.write_all(start).unwrap();
    for _ in 0..size.saturating_sub(start.len() + end.len()) / again.len() {
        file.write_all(again).unwrap();
    }
    file.write_all(end).unwrap();
    file.flush().unwrap();
}

/// How long a run computed, how much memory it had at most, in MB, and its exit code.
struct Took {
    time: Duration,
    memory: u64,
    code: Option<i32>,
}

/// Runs the program and watches it: the system counts the most memory that a process had, and how long it computed, which is the
/// same however busy the machine is.
fn watch(folder: &Path, arguments: &[&str], input: Option<&Path>) -> Took {
    let stdin = input.map_or_else(Stdio::null, |path| File::open(path).unwrap().into());
    let mut child = Command::new(env!("CARGO_BIN_EXE_clio-rules"))
        .args(arguments)
        .current_dir(folder)
        .stdin(stdin)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let said =
        |file: &str| std::fs::read_to_string(format!("/proc/{}/{file}", child.id())).unwrap();
    let mut memory = 0;
    let computed = loop {
        let status = said("status");
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak.and_then(|peak| peak.trim().strip_suffix(" kB")?.parse().ok());
        memory = peak.unwrap_or(0).max(memory);
        // Behind the name, which may hold anything: the state, and 11 and 12 further on the hundredths of a second.
        let stat = said("stat");
        let words: Vec<&str> = stat
            .rsplit(')')
            .next()
            .unwrap()
            .split_whitespace()
            .collect();
        if words[0] == "Z" {
            break words[11].parse::<u64>().unwrap() + words[12].parse::<u64>().unwrap();
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    Took {
        time: Duration::from_millis(computed * 10),
        memory: memory >> 10,
        code: child.wait().unwrap().code(),
    }
}

/// Tries every shape in a file of a name with a command, and reports all that are over the bounds.
fn hold(
    kind: &str,
    shapes: &[&[Shape]],
    size: usize,
    name: &str,
    arguments: &[&str],
    is_input: bool,
) {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path();
    let file = folder.join(name);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    if name.starts_with("rules/") {
        std::fs::write(
            folder.join("rules/manage.yaml"),
            include_str!("../../rules/manage.yaml"),
        )
        .unwrap();
    }

    let mut over = String::new();
    for shape in shapes.iter().flat_map(|shapes| shapes.iter()) {
        write(&file, shape, size);
        let took = watch(folder, arguments, is_input.then_some(file.as_path()));
        let seconds = took.time.as_secs_f64();
        let line = format!(
            "{kind}, {size} bytes, {}: {seconds:.2} s, {} MB, exit {:?}",
            shape.0, took.memory, took.code
        );
        println!("{line}");
        if took.time > TIME || took.memory > MEMORY || took.code.is_none_or(|code| code > 2) {
            writeln!(over, "{line}").unwrap();
        }
    }
    assert!(over.is_empty(), "over {MEMORY} MB or {TIME:?}:\n{over}");
}

#[test]
#[cfg_attr(
    debug_assertions,
    ignore = "the bounds are those of an optimised build: cargo test --release"
)]
fn firms() {
    let can = ["can", "ada", "create_bill", "--firm", "firm.yaml"];
    hold("firm", &[YAML, FIRMS], HUGE, "firm.yaml", &can, false);
}

/// In which order people stand on a list does not matter: this one runs against that of the users.
#[test]
#[cfg_attr(
    debug_assertions,
    ignore = "the bounds are those of an optimised build: cargo test --release"
)]
fn long_lists() {
    const PEOPLE: usize = 600_000;
    let dir = tempfile::tempdir().unwrap();
    let mut firm = String::from_utf8(USERS.to_vec()).unwrap();
    for user in 0..PEOPLE {
        writeln!(firm, "  - {{ id: u{user}, manage: {{}} }}").unwrap();
    }
    firm += "things:\n  matter:\n    - id: m1\n      access:\n";
    for user in (0..PEOPLE).rev() {
        writeln!(firm, "        - u{user}").unwrap();
    }
    std::fs::write(dir.path().join("firm.yaml"), firm).unwrap();
    let can = ["can", "u1", "open_matter", "m1", "--firm", "firm.yaml"];
    let took = watch(dir.path(), &can, None);
    let seconds = took.time.as_secs_f64();
    println!("a list of {PEOPLE}: {seconds:.2} s, {} MB", took.memory);
    assert_eq!(took.code, Some(0));
    assert!(took.time <= TIME && took.memory <= MEMORY);
}

#[test]
#[cfg_attr(
    debug_assertions,
    ignore = "the bounds are those of an optimised build: cargo test --release"
)]
fn rule_files() {
    let check = ["check", "--rules", "rules"];
    for size in [HUGE, RULE_FILE] {
        hold(
            "rule file",
            &[YAML],
            size,
            "rules/hostile.yaml",
            &check,
            false,
        );
    }
}

#[test]
#[cfg_attr(
    debug_assertions,
    ignore = "the bounds are those of an optimised build: cargo test --release"
)]
fn scripts() {
    let check = ["check", "--rules", "rules"];
    for size in [HUGE, SCRIPT] {
        hold(
            "script",
            &[SCRIPTS],
            size,
            "rules/manage.rhai",
            &check,
            false,
        );
    }
}

#[test]
#[cfg_attr(
    debug_assertions,
    ignore = "the bounds are those of an optimised build: cargo test --release"
)]
fn fixtures_and_bulk_changes() {
    for size in [HUGE, FIXTURE] {
        hold(
            "fixture",
            &[YAML],
            size,
            "suite.yaml",
            &["test", "suite.yaml"],
            false,
        );
        let change = ["change", "tomas", "--file", "changes.yaml"];
        hold("bulk change", &[YAML], size, "changes.yaml", &change, false);
    }
}

#[test]
#[cfg_attr(
    debug_assertions,
    ignore = "the bounds are those of an optimised build: cargo test --release"
)]
fn batches() {
    let csv = ["batch", "--format", "csv"];
    hold("lines", &[LINES], HUGE, "lines", &["batch"], true);
    hold(
        "lines",
        &[WRONG_LINES],
        RULE_FILE,
        "lines",
        &["batch"],
        true,
    );
    hold("records", &[RECORDS], HUGE, "records", &csv, true);
    hold("records", &[WRONG_RECORDS], WRONG, "records", &csv, true);
}
