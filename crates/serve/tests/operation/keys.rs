//! Keys: who may ask what.

use std::path::PathBuf;

use clio_rules_serve::Server;
use clio_rules_serve::keys::new_key;
use tempfile::TempDir;

use super::client::{Client, EVALUATION, Reply, question, replace, server, text, wait_until};

/// A server whose file has a key with each of these rights.
struct Guarded {
    server: Server,
    file: PathBuf,
    _folder: TempDir,
}

/// A key and its entry in the file.
fn key(name: &str, may: &str) -> (String, String) {
    let new = new_key(name).unwrap();
    let entry = new.lines.replace("[evaluate, search]", may);
    (new.key, entry)
}

fn guarded(entries: &[&str], more: &[&str]) -> Guarded {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys.yaml");
    std::fs::write(&file, format!("keys:\n{}", entries.concat())).unwrap();
    let options: Vec<&str> = ["--keys", text(&file)]
        .iter()
        .chain(more)
        .copied()
        .collect();
    Guarded {
        server: server(&options),
        file: file.clone(),
        _folder: folder,
    }
}

fn ask(server: &Server, path: &str, authorization: Option<&str>) -> Reply {
    let headers: Vec<(&str, &str)> = authorization
        .iter()
        .map(|key| ("Authorization", *key))
        .collect();
    let mut client = Client::to(server);
    match path {
        EVALUATION => client.post(path, &question("wren", "create_bill"), &headers),
        "/v1/ask" => client.post(path, r#"{"user":"wren","action":"create_bill"}"#, &headers),
        "/access/v1/search/action" => {
            let search = r#"{"subject":{"type":"user","id":"wren"},"resource":{"type":"product","id":"manage"}}"#;
            client.post(path, search, &headers)
        }
        _ => client.get(path, &headers),
    }
}

#[test]
fn without_a_key_nothing_is_answered_and_the_reply_says_how() {
    let (_, entry) = key("billing", "[evaluate]");
    let guarded = guarded(&[&entry], &[]);
    let reply = Client::to(&guarded.server).post(EVALUATION, "{}", &[("X-Request-ID", "r-1")]);
    assert_eq!(reply.status, 401);
    assert_eq!(
        reply.header("www-authenticate"),
        Some("Bearer realm=\"clio-rules\"")
    );
    assert_eq!(reply.header("x-request-id"), Some("r-1"));
    let reply = ask(&guarded.server, EVALUATION, Some("Bearer clio_rules_0"));
    assert_eq!(reply.status, 401);
    assert!(
        reply
            .header("www-authenticate")
            .unwrap()
            .contains("invalid_token")
    );
}

#[test]
fn a_key_is_taken_with_and_without_the_word_bearer() {
    let (key, entry) = key("billing", "[evaluate]");
    let guarded = guarded(&[&entry], &[]);
    for shown in [
        format!("Bearer {key}"),
        format!("bearer  {key}"),
        key.clone(),
    ] {
        assert!(!ask(&guarded.server, EVALUATION, Some(&shown)).decision());
    }
    for wrong in [
        format!("Basic {key}"),
        format!("{key}0"),
        key[..key.len() - 1].to_owned(),
        String::new(),
    ] {
        assert_eq!(
            ask(&guarded.server, EVALUATION, Some(&wrong)).status,
            401,
            "{wrong}"
        );
    }
    let twice = [
        ("Authorization", key.as_str()),
        ("Authorization", key.as_str()),
    ];
    let reply = Client::to(&guarded.server).post(EVALUATION, "{}", &twice);
    assert_eq!(reply.status, 401);
}

#[test]
fn a_key_may_ask_what_its_entry_says_and_nothing_else() {
    let paths = [
        (EVALUATION, "[evaluate]"),
        ("/access/v1/search/action", "[search]"),
        ("/v1/ask", "[ask]"),
        ("/v1/firm", "[firm]"),
        ("/metrics", "[metrics]"),
    ];
    let keys: Vec<(String, String)> = paths.iter().map(|(path, may)| key(path, may)).collect();
    let entries: Vec<&str> = keys.iter().map(|(_, entry)| entry.as_str()).collect();
    let guarded = guarded(&entries, &[]);
    for ((key, _), (own, _)) in keys.iter().zip(paths) {
        for (path, _) in paths {
            let reply = ask(&guarded.server, path, Some(key));
            let expected = if path == own { 200 } else { 403 };
            assert_eq!(
                reply.status, expected,
                "{path} with the key for {own}: {reply:?}"
            );
            let challenge = reply.header("www-authenticate").unwrap_or_default();
            assert_eq!(challenge.contains("insufficient_scope"), path != own);
        }
    }
}

#[test]
fn what_is_not_declared_open_takes_a_key() {
    let (key, entry) = key("billing", "[evaluate]");
    let guarded = guarded(&[&entry], &[]);
    for path in ["/healthz", "/readyz", "/.well-known/authzen-configuration"] {
        assert_eq!(ask(&guarded.server, path, None).status, 200, "{path}");
        assert_eq!(
            ask(&guarded.server, path, Some("wrong")).status,
            200,
            "{path}"
        );
    }
    for path in [
        "/nothing",
        "/v1/nothing",
        "/access/v1",
        "/t/nobody/healthz",
        "//v1/ask",
        "/%761/ask",
    ] {
        let reply = ask(&guarded.server, path, None);
        assert!(matches!(reply.status, 401 | 404), "{path}: {reply:?}");
        assert!(
            reply.status == 401 || path == "/t/nobody/healthz",
            "{path}: {reply:?}"
        );
    }
    assert_eq!(ask(&guarded.server, "/nothing", Some(&key)).status, 404);
}

#[test]
fn strangers_learn_whether_it_is_ready_and_nothing_more() {
    let (key, entry) = key("watch", "[metrics]");
    let guarded = guarded(&[&entry], &[]);
    assert_eq!(
        ask(&guarded.server, "/readyz", None).body,
        r#"{"ready":true}"#
    );
    let seen = ask(&guarded.server, "/readyz", Some(&key)).json();
    assert_eq!(seen["firms"][0]["digest"].as_str().map(str::len), Some(64));
}

#[test]
fn a_key_that_is_taken_out_of_the_file_is_refused_and_a_broken_file_changes_nothing() {
    let (one, one_entry) = key("one", "[evaluate]");
    let (other, other_entry) = key("other", "[evaluate]");
    let guarded = guarded(&[&one_entry], &[]);
    let status = |key: &str| ask(&guarded.server, EVALUATION, Some(key)).status;
    assert_eq!((status(&one), status(&other)), (200, 401));
    replace(&guarded.file, "keys:\n  - name: one\n    hush: 1\n");
    wait_until("it is told", || {
        ask(&guarded.server, "/readyz", None)
            .body
            .contains(r#""stage":"keys""#)
    });
    assert_eq!((status(&one), status(&other)), (200, 401));
    replace(&guarded.file, &format!("keys:\n{other_entry}"));
    wait_until("the other key counts", || status(&other) == 200);
    assert_eq!(status(&one), 401);
    assert_eq!(
        ask(&guarded.server, "/readyz", None).body,
        r#"{"ready":true}"#
    );
}
