//! The program itself: help, keys, checks, variables, signals.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use super::client::{Client, text};

fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_clio-rules-serve"));
    program.stdin(Stdio::null()).env_clear();
    program
}

fn run(arguments: &[&str]) -> (Output, String, String) {
    let output = program().args(arguments).output().unwrap();
    let [out, err] =
        [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
    (output, out, err)
}

/// A program that listens, and where.
struct Listening {
    child: Child,
    address: std::net::SocketAddr,
    log: BufReader<std::process::ChildStderr>,
}

fn listening(mut program: Command) -> Listening {
    let mut child = program
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut log = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    log.read_line(&mut line).unwrap();
    let address = line
        .trim_end()
        .trim_end_matches(['"', '}'])
        .rsplit("//")
        .next()
        .unwrap();
    let address = address
        .parse()
        .unwrap_or_else(|_| panic!("no address in {line}"));
    Listening {
        child,
        address,
        log,
    }
}

#[test]
fn help_has_every_option_and_examples() {
    let (output, out, _) = run(&["--help"]);
    assert!(output.status.success());
    let options = [
        "--rules",
        "--firm",
        "--reading",
        "--listen",
        "--public-url",
        "--tls-cert",
        "--tls-key",
        "--keys",
        "--decision-log",
        "--config",
        "--no-page",
        "--new-key",
        "--insecure-no-tls",
        "--max-body-bytes",
        "Examples:",
        "curl",
    ];
    for option in options {
        assert!(out.contains(option), "{option}");
    }
}

#[test]
fn a_new_key_is_printed_apart_from_the_lines_for_the_file() {
    let (output, out, err) = run(&["--new-key", "billing \"desk\""]);
    assert!(output.status.success());
    let key = err.lines().next().unwrap().rsplit(' ').next().unwrap();
    assert!(
        key.starts_with("clio_rules_") && key.len() == 11 + 64,
        "{key}"
    );
    assert!(!out.contains(key), "the file never has the key");
    let keys =
        clio_rules_serve::keys::Keys::from_text("keys.yaml", &format!("keys:\n{out}")).unwrap();
    assert_eq!(
        keys.client(key.as_bytes()).unwrap().name,
        "billing \"desk\""
    );
    // Variables of a server stand in nobody's way.
    let again = program()
        .args(["--new-key", "billing"])
        .env("CLIO_RULES_SERVE_RULES", "rules")
        .output()
        .unwrap();
    assert!(again.status.success());
    assert_ne!(out.as_bytes(), again.stdout);
}

#[test]
fn other_computers_are_let_in_only_with_protection_or_a_word() {
    let refused = |arguments: &[&str], wanted: &str| {
        let (output, _, err) = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(err.contains(wanted), "{err}");
    };
    refused(&["--listen", "0.0.0.0:0", "--check"], "--insecure-no-tls");
    refused(
        &["--listen", "0.0.0.0:0", "--check", "--insecure-no-tls"],
        "--insecure-no-keys",
    );
    refused(
        &["--listen", "[::]:0", "--check", "--insecure-no-keys"],
        "--insecure-no-tls",
    );
    let (output, _, err) = run(&[
        "--listen",
        "0.0.0.0:0",
        "--check",
        "--insecure-no-tls",
        "--insecure-no-keys",
    ]);
    assert!(output.status.success(), "{err}");
}

#[test]
fn variables_and_the_file_say_the_same_and_options_go_first() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("server.yaml");
    std::fs::write(
        &file,
        "listen: 127.0.0.1:0\npublic_url: https://file.example\nlog_format: json\n",
    )
    .unwrap();
    let url = |program: Command| {
        let mut listening = listening(program);
        let reply = Client::at(listening.address).get("/.well-known/authzen-configuration", &[]);
        listening.child.kill().unwrap();
        listening.child.wait().unwrap();
        reply.json()["policy_decision_point"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let with_file = || {
        let mut program = program();
        program.args(["--config", text(&file)]);
        program
    };
    assert_eq!(url(with_file()), "https://file.example");
    let with_variable = || {
        let mut program = with_file();
        program.env("CLIO_RULES_SERVE_PUBLIC_URL", "https://variable.example");
        program
    };
    assert_eq!(url(with_variable()), "https://variable.example");
    let mut with_option = with_variable();
    with_option.args(["--public-url", "https://option.example/"]);
    assert_eq!(url(with_option), "https://option.example");
    let mut by_variable = program();
    by_variable.env("CLIO_RULES_SERVE_CONFIG", &file);
    assert_eq!(url(by_variable), "https://file.example");
}

#[test]
fn a_wrong_key_in_the_file_is_named_with_its_place_and_its_neighbour() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("server.yaml");
    std::fs::write(
        &file,
        "listen: 127.0.0.1:0\ntenants:\n  one:\n    frim: firm.yaml\n",
    )
    .unwrap();
    let (output, _, err) = run(&["--config", text(&file), "--check"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err.contains("server.yaml:4:5")
            && err.contains("`frim`")
            && err.contains("did you mean `firm`?"),
        "{err}"
    );
}

#[test]
fn everything_wrong_with_rules_is_told_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("door.yaml"),
        "product: door\nactoins: []\n",
    )
    .unwrap();
    let (output, _, err) = run(&["--rules", text(folder.path()), "--check"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err.contains("unknown-key"), "{err}");
}

#[cfg(unix)]
#[test]
fn signals_stop_it_within_its_time() {
    for signal in ["TERM", "INT"] {
        let mut program = program();
        program.args(["--listen", "127.0.0.1:0"]);
        let mut listening = listening(program);
        let mut client = Client::at(listening.address);
        assert_eq!(client.ask("tomas", "create_bill").status, 200);
        let id = listening.child.id().to_string();
        let start = Instant::now();
        assert!(
            Command::new("kill")
                .args(["-s", signal, &id])
                .status()
                .unwrap()
                .success()
        );
        let status = listening.child.wait().unwrap();
        assert!(status.success(), "{status}");
        assert!(
            start.elapsed() < Duration::from_secs(2),
            "{:?}",
            start.elapsed()
        );
        assert!(client.is_closed());
        let mut rest = String::new();
        listening.log.read_to_string(&mut rest).unwrap();
        assert!(rest.contains("stopping"), "{rest}");
    }
}

#[test]
fn the_log_is_text_or_json() {
    for (format, start) in [("text", "20"), ("json", "{\"timestamp\":\"")] {
        let mut program = program();
        program.args([
            "--listen",
            "127.0.0.1:0",
            "--log-format",
            format,
            "--log-level",
            "debug",
        ]);
        let mut listening = listening(program);
        Client::at(listening.address).get("/healthz", &[("X-Request-ID", "r-1")]);
        let mut line = String::new();
        while !line.contains("/healthz") {
            line.clear();
            assert!(listening.log.read_line(&mut line).unwrap() > 0);
        }
        assert!(line.starts_with(start) && line.contains("r-1"), "{line}");
        listening.child.kill().unwrap();
        listening.child.wait().unwrap();
    }
}
