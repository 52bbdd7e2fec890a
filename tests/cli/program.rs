//! The builder: a folder, files in it, and a run of the program whose every output is compared.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use pretty_assertions::{assert_eq, assert_str_eq};
use tempfile::TempDir;

/// How many cases a long test tries: as `tests::dice::cases` of the library.
pub(crate) fn cases<T>(few: T, all: T) -> T {
    let is_whole = std::env::var_os("CLIO_RULES_TEST_CASES").is_some_and(|value| value == "all");
    if is_whole { all } else { few }
}

/// Said on standard error where no firm file was named.
pub(crate) const EXAMPLE: &str = "firm: the built-in example firm\n";

/// A folder of its own for a run.
pub(crate) struct Folder {
    path: PathBuf,
    /// Taken away with the last use; none for a folder that belongs to another one.
    _dir: Option<TempDir>,
}

/// A run of the program that is being put together.
pub(crate) struct Run<'f> {
    folder: &'f Folder,
    arguments: Vec<String>,
    stdin: Vec<u8>,
    env: Vec<(String, String)>,
}

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    /// Without the line that says that the built-in rules answer.
    pub(crate) stderr: String,
    /// Whether that line was there.
    pub(crate) is_by_built_in_rules: bool,
}

/// What is said first on standard error where no rules were named and none are in the folder.
const BUILT_IN_RULES: &str = "rules: the built-in ones\n";

impl Folder {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self {
            path: dir.path().to_owned(),
            _dir: Some(dir),
        }
    }

    /// A folder that is there already.
    pub(crate) fn at(path: PathBuf) -> Self {
        Self { path, _dir: None }
    }

    /// The same with a file in it.
    pub(crate) fn with(self, name: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    /// The same with the rule files that come with this crate.
    pub(crate) fn with_rules(self) -> Self {
        ["manage.yaml", "manage.rhai", "grow.yaml"]
            .iter()
            .fold(self, |folder, name| {
                let name = format!("rules/{name}");
                let text = shipped(&name);
                folder.with(&name, text)
            })
    }

    /// The same with the example firm as `firm.yaml`.
    pub(crate) fn with_firm(self) -> Self {
        self.with("firm.yaml", shipped("fixtures/firm.yaml"))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The text of a file in it.
    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// Names of the files in it, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.path()).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// A run in this folder.
    pub(crate) fn run<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Run<'_> {
        Run {
            folder: self,
            arguments: arguments.into_iter().map(str::to_owned).collect(),
            stdin: Vec::new(),
            env: Vec::new(),
        }
    }
}

impl Run<'_> {
    /// Gives it something on standard input.
    pub(crate) fn stdin(mut self, text: impl AsRef<[u8]>) -> Self {
        self.stdin = text.as_ref().to_vec();
        self
    }

    /// Sets a variable of its environment.
    pub(crate) fn env(mut self, name: &str, value: impl Into<String>) -> Self {
        self.env.push((name.to_owned(), value.into()));
        self
    }

    /// Starts it.
    pub(crate) fn start(&self) -> Child {
        Command::new(env!("CARGO_BIN_EXE_clio-rules"))
            .args(&self.arguments)
            .current_dir(self.folder.path())
            .env_remove("CLICOLOR_FORCE")
            .env_remove("GITHUB_WORKSPACE")
            .envs(self.env.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Runs it to its end.
    pub(crate) fn done(self) -> Done {
        let mut child = self.start();
        let mut stdin = child.stdin.take().unwrap();
        let text = self.stdin;
        // Beside the reading, so that neither waits for the other. A run may end without reading all of it.
        let writing = std::thread::spawn(move || drop(stdin.write_all(&text)));
        let output = child.wait_with_output().unwrap();
        writing.join().unwrap();
        Done::of(output)
    }

    /// Runs it and compares everything.
    #[track_caller]
    pub(crate) fn prints(self, status: i32, stdout: &str, stderr: &str) {
        let done = self.done();
        assert_str_eq!(done.stderr, stderr);
        assert_str_eq!(done.stdout, stdout);
        assert_eq!(done.status, status);
    }

    /// Runs it and compares everything; its output is one line of JSON.
    #[track_caller]
    pub(crate) fn prints_json(self, status: i32, stdout: serde_json::Value, stderr: &str) {
        let done = self.done();
        assert_str_eq!(done.stderr, stderr);
        assert_eq!(done.lines(), [stdout]);
        assert_eq!(done.status, status);
    }
}

/// What stands on standard error, without the line that says that the built-in rules answer.
pub(crate) fn errors(stderr: &[u8]) -> String {
    let stderr = std::str::from_utf8(stderr).unwrap();
    let lines = stderr.split_inclusive('\n');
    lines.filter(|line| *line != BUILT_IN_RULES).collect()
}

impl Done {
    /// What a process left.
    pub(crate) fn of(output: std::process::Output) -> Self {
        let is_by_built_in_rules = output.stderr.starts_with(BUILT_IN_RULES.as_bytes());
        Self {
            status: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            is_by_built_in_rules,
            stderr: errors(&output.stderr),
        }
    }

    /// Its output as lines of JSON.
    #[track_caller]
    pub(crate) fn lines(&self) -> Vec<serde_json::Value> {
        let lines = self.stdout.lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

/// A run in an empty folder: the built-in rules, the example firm.
#[track_caller]
pub(crate) fn prints<'a>(
    arguments: impl IntoIterator<Item = &'a str>,
    status: i32,
    stdout: &str,
    stderr: &str,
) {
    Folder::new().run(arguments).prints(status, stdout, stderr);
}

/// The text of a file of this repository.
pub(crate) fn shipped(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(root.join(name)).unwrap()
}

/// `rules/manage.yaml:LINE` of the first line that starts with this, spaces in front left aside.
#[track_caller]
pub(crate) fn in_manage(starts: &str) -> String {
    in_file("rules/manage.yaml", starts)
}

/// As `in_manage`, of any file.
#[track_caller]
pub(crate) fn in_file(name: &str, starts: &str) -> String {
    let text = shipped(name);
    let at = text
        .lines()
        .position(|line| line.trim_start().starts_with(starts));
    let line = at.unwrap_or_else(|| panic!("no line of {name} starts with `{starts}`")) + 1;
    format!("{name}:{line}")
}
