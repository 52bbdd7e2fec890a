//! A folder in which the blocks of a document are tried, one after the other.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::block::{Block, Kind, Whether};

const PROGRAM: &str = env!("CARGO_BIN_EXE_clio-rules");

/// A shell session whose folder stays from one command to the next.
pub(super) struct Session {
    folder: PathBuf,
    /// Files that `check` does not find by itself: some later command has to name them.
    unread: Vec<String>,
    /// Functions shown for the next part of a rule file.
    functions: Option<(String, String)>,
}

impl Session {
    pub(super) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            unread: Vec::new(),
            functions: None,
        }
    }

    /// What a block says once it was tried: a console block with the outputs that its commands really have, any other as it
    /// is. A file that does not do what its block says ends the test.
    pub(super) fn tried(&mut self, block: &Block<'_>) -> String {
        match &block.kind {
            Kind::Console => return self.replayed(block.text),
            Kind::File(path) => self.write(path, block.text.to_owned()),
            Kind::More(path) => {
                let before = self.read(path);
                self.write(path, before + block.text);
            }
            Kind::Part(path, whether) => self.part(path, block.text, whether),
            Kind::Other => {}
        }
        block.text.to_owned()
    }

    /// Whether every file that was shown was read by some command.
    pub(super) fn ends(&self) {
        assert_eq!(
            self.unread,
            Vec::<String>::new(),
            "no command names these files"
        );
    }

    /// What a command prints, standard error included, as a person sees it.
    fn run(&mut self, command: &str) -> String {
        self.unread.retain(|file| !command.contains(file.as_str()));
        if let Some(folder) = command.strip_prefix("cd ") {
            self.folder = self.folder.join(folder.trim());
            return String::new();
        }
        let programs = Path::new(PROGRAM).parent().expect("it stands in a folder");
        let path = std::env::var("PATH").unwrap_or_default();
        let output = Command::new("sh")
            .args(["-c", &format!("{{ {command}\n}} 2>&1")])
            .current_dir(&self.folder)
            .env("PATH", format!("{}:{path}", programs.display()))
            .output()
            .expect("there is a shell");
        String::from_utf8(output.stdout).expect("the output is text")
    }

    fn replayed(&mut self, block: &str) -> String {
        let mut replayed = String::new();
        let mut lines = block.lines().peekable();
        while let Some(line) = lines.next() {
            let Some(command) = line.strip_prefix("$ ") else {
                continue;
            };
            let mut command = command.to_owned();
            if command.contains("<<'END'") {
                for line in lines.by_ref() {
                    command.push('\n');
                    command.push_str(line);
                    if line == "END" {
                        break;
                    }
                }
            }
            replayed.push_str(&format!("$ {command}\n"));
            replayed.push_str(&self.run(&command));
        }
        replayed
    }

    fn read(&self, path: &str) -> String {
        let path = self.folder.join(path);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Writes a file that was shown. Rules, firm and fixtures are checked at once; another file waits for its command.
    fn write(&mut self, path: &str, text: String) {
        let whole = self.folder.join(path);
        std::fs::create_dir_all(whole.parent().expect("it is in a folder"))
            .expect("it can be made");
        std::fs::write(&whole, text).expect("it can be written");
        // A script comes before the rule file that uses it.
        if path.ends_with(".rhai") {
            return;
        }
        if path == "firm.yaml" || path.starts_with("rules/") || path.starts_with("fixtures/") {
            let (code, said) = check(&self.folder);
            assert_eq!(code, Some(0), "after {path} was written: {said}");
        } else {
            self.unread.push(path.to_owned());
        }
    }

    /// Tries a part of a rule file: a copy of the file in which the part stands for what is there under its keys.
    fn part(&mut self, path: &str, text: &str, whether: &Whether) {
        if path.ends_with(".rhai") {
            self.functions = Some((path.to_owned(), text.to_owned()));
            return;
        }
        let whole = with_part(&self.read(path), text);
        let place = crate::program::Folder::new().with(path, &whole);
        let place = match self.functions.take() {
            Some((script, functions)) => place.with(&script, functions),
            None => place,
        };
        let (code, said) = check(place.path());
        match whether {
            Whether::Loads => {
                let is_sound = code == Some(0) || code == Some(1) && leaves_only(&said, LEFT_OVER);
                assert!(is_sound, "{said}\n{whole}");
            }
            Whether::Wrong(finding) => {
                assert_ne!(code, Some(0), "nothing is wrong with\n{whole}");
                assert!(said.contains(&format!("[{finding}]")), "{said}\n{whole}");
            }
        }
    }
}

/// What a part of a file leaves without use when it stands for all that uses it.
const LEFT_OVER: &[&str] = &[
    "unused-kind",
    "unused-reading",
    "unused-part",
    "unused-role",
    "unused-setting",
];

/// Whether something was found, and nothing but findings with these codes.
fn leaves_only(said: &str, codes: &[&str]) -> bool {
    let is_finding = |line: &&str| line.starts_with("warning[") || line.starts_with("error[");
    let mut found = said.lines().filter(is_finding).peekable();
    let is_left = |line: &str| {
        let mut codes = codes.iter();
        codes.any(|code| line.starts_with(&format!("warning[{code}]: ")))
    };
    found.peek().is_some() && found.all(is_left)
}

/// Checks all that is in a folder, and counts what is only suspicious as wrong.
fn check(folder: &Path) -> (Option<i32>, String) {
    let output = Command::new(PROGRAM)
        .args(["check", "--deny-warnings"])
        .current_dir(folder)
        .output()
        .expect("the program runs");
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.code(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}

/// A rule file in which what stands under the keys of a part is what the part says.
fn with_part(file: &str, part: &str) -> String {
    let own = sections(part);
    let kept = sections(file)
        .into_iter()
        .filter(|(key, _)| !own.iter().any(|(other, _)| other == key));
    kept.chain(own.iter().cloned())
        .map(|(_, text)| text)
        .collect()
}

/// The top-level keys of a YAML text, each with its lines. Comments and blank lines in front belong to the key before.
fn sections(text: &str) -> Vec<(String, String)> {
    let mut sections: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let key = line.split_once(':').map(|(key, _)| key);
        match (key, sections.last_mut()) {
            (Some(key), _) if !line.starts_with([' ', '#', '-']) => {
                sections.push((key.to_owned(), format!("{line}\n")));
            }
            (_, Some((_, text))) => text.push_str(&format!("{line}\n")),
            (_, None) => sections.push((String::new(), format!("{line}\n"))),
        }
    }
    sections
}
