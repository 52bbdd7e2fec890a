//! Completions, in the shells themselves.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use pretty_assertions::assert_eq;

use crate::program::Folder;

/// How long a shell may take, on a machine that does other things too.
const PATIENCE: Duration = Duration::from_secs(120);

/// Ids that a shell would take apart, and a name with a tab in it.
const AWKWARD: &str = "\
firm: Awkward
users:
  - id: boss
    manage: { roles: [primary_subscriber, administrator] }
  - id: \"quinn o'neil $(touch hit)\"
    manage: {}
";

/// What is typed, with a tab wherever the shell is to go on, and the line that it comes to.
const TYPED: &[(&str, &str)] = &[
    ("can wr\t create_b\t", "can wren create_bill"),
    ("who-c\t create_b\t --no\t", "who-can create_bill --not"),
    (
        "change tom\t gra\t bil\t wr\t",
        "change tomas grant billing wren",
    ),
    (
        "simulate wr\t --gra\t bil\t --b\t tom\t",
        "simulate wren --grant billing --by tomas",
    ),
    (
        "can wren open_m\t --fact matter_access=l\t",
        "can wren open_matter --fact matter_access=listed",
    ),
    ("explain unknown-us\t", "explain unknown-user"),
    ("matrix --prod\t gr\t", "matrix --product grow"),
    (
        "can --firm awk\t qui\t create_b\t",
        "can --firm awkward.yaml \"quinn o'neil \\$(touch hit)\" create_bill",
    ),
];

#[test]
fn every_shell_gets_a_script_that_asks_the_program() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let done = Folder::new().run(["completions", shell]).done();
        assert_eq!((done.status, done.stderr.as_str()), (0, ""));
        assert!(done.stdout.contains("CLIO_RULES_COMPLETE"), "{shell}");
    }
}

#[test]
fn bash_completes_commands_options_and_ids() {
    completes(
        "bash",
        "bash --noprofile --norc -i",
        "source <(clio-rules completions bash); bind 'set enable-bracketed-paste off'",
        |(typed, _)| !typed.contains("="),
    );
}

#[test]
#[ignore = "needs zsh"]
fn zsh_completes_commands_options_and_ids() {
    completes(
        "zsh",
        "zsh -f -i",
        "autoload -Uz compinit; compinit -D -u; source <(clio-rules completions zsh); unset zle_bracketed_paste",
        |_| true,
    );
}

#[test]
#[ignore = "needs fish"]
fn fish_completes_commands_options_and_ids() {
    let folder = awkward();
    for (typed, whole) in TYPED {
        // Each tab is asked about with what is typed up to it; what stands behind the last offer is what fish would insert.
        let mut line = "clio-rules ".to_owned();
        for part in typed.split_inclusive('\t') {
            let Some(start) = part.strip_suffix('\t') else {
                line += part;
                continue;
            };
            line += start;
            let mut fish = Command::new("fish");
            fish.env("TYPED", &line).args([
                "-N",
                "-c",
                "clio-rules completions fish | source; complete -C $TYPED",
            ]);
            let output = in_path(&mut fish, &folder);
            let offers: Vec<&str> = output
                .lines()
                .filter_map(|offer| offer.split('\t').next())
                .collect();
            assert_eq!(offers.len(), 1, "{line}: {output}");
            let word = line.rfind(' ').map_or(0, |space| space + 1);
            line.truncate(word);
            line += &quoted(offers[0]);
        }
        assert_eq!(
            run_line(&line, &folder),
            run_line(&format!("clio-rules {whole}"), &folder)
        );
    }
    assert!(!folder.path().join("hit").exists());
}

/// Types every line into an interactive shell, runs what it comes to, and compares with the line written out.
#[track_caller]
fn completes(name: &str, shell: &str, prepare: &str, is_tried: fn(&(&str, &str)) -> bool) {
    let folder = awkward();
    let mut screen = Screen::open(shell, &folder);
    screen.type_in(&format!("PS1='ready: '; {prepare}; echo pre''pared\n"));
    screen.wait_for("prepared");
    let mut tried = 0;
    for (typed, whole) in TYPED.iter().filter(|case| is_tried(case)) {
        tried += 1;
        screen.type_in(&format!(
            "clio-rules {typed} > out-{tried}; echo fin''ished-{tried}\n"
        ));
        screen.wait_for(&format!("finished-{tried}"));
        let expected = run_line(&format!("clio-rules {whole}"), &folder);
        let got = folder.read(&format!("out-{tried}"));
        assert_eq!(got, expected, "{name}: {typed:?}\n{}", screen.shown);
    }
    assert!(tried > 5);
    assert!(!folder.path().join("hit").exists());
}

fn awkward() -> Folder {
    Folder::new().with("awkward.yaml", AWKWARD)
}

/// What a line prints when a shell runs it.
fn run_line(line: &str, folder: &Folder) -> String {
    in_path(Command::new("bash").args(["-c", line]), folder)
}

fn quoted(word: &str) -> String {
    if word.contains([' ', '\'', '$']) {
        format!("'{}'", word.replace('\'', "'\\''"))
    } else {
        word.to_owned()
    }
}

/// Runs a command in the folder, with the program on its path; what it prints.
fn in_path(command: &mut Command, folder: &Folder) -> String {
    let output = prepared(command, folder).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn prepared<'c>(command: &'c mut Command, folder: &Folder) -> &'c mut Command {
    let program = Path::new(env!("CARGO_BIN_EXE_clio-rules"));
    let path = std::env::var("PATH").unwrap();
    command
        .current_dir(folder.path())
        .env(
            "PATH",
            format!("{}:{path}", program.parent().unwrap().display()),
        )
        .env("HOME", folder.path())
        .env("TERM", "xterm")
        .env_remove("CLICOLOR_FORCE")
}

/// An interactive shell behind a terminal of its own.
struct Screen {
    child: std::process::Child,
    arrives: mpsc::Receiver<Vec<u8>>,
    shown: String,
}

impl Screen {
    fn open(shell: &str, folder: &Folder) -> Self {
        let mut command = Command::new("script");
        command
            .args(["-qfec", shell, "/dev/null"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut child = prepared(&mut command, folder).spawn().unwrap();
        let mut output = child.stdout.take().unwrap();
        let (send, arrives) = mpsc::channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                if send.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            child,
            arrives,
            shown: String::new(),
        }
    }

    fn type_in(&mut self, keys: &str) {
        let keyboard = self.child.stdin.as_mut().unwrap();
        keyboard.write_all(keys.as_bytes()).unwrap();
        keyboard.flush().unwrap();
    }

    #[track_caller]
    fn wait_for(&mut self, text: &str) {
        while !self.shown.contains(text) {
            let Ok(bytes) = self.arrives.recv_timeout(PATIENCE) else {
                panic!("waited for {text:?}, and saw\n{}", self.shown);
            };
            self.shown += &String::from_utf8_lossy(&bytes);
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
