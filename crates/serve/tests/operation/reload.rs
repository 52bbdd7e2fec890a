//! Files that change are loaded, checked, tested and swapped in; what is wrong changes nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clio_rules_serve::Server;
use tempfile::TempDir;

use super::client::{Client, number, replace, server, text, wait_until};

const RULES: &str = include_str!("house/rules/door.yaml");
const FIRM: &str = include_str!("house/firm.yaml");
const TESTS: &str = include_str!("house/fixtures/door.yaml");

/// A folder with rules, firm and tests, and a server that answers from it.
struct House {
    folder: TempDir,
    server: Server,
}

impl House {
    fn new(has_tests: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("rules")).unwrap();
        fs::write(path("rules/door.yaml"), RULES).unwrap();
        fs::write(path("firm.yaml"), FIRM).unwrap();
        if has_tests {
            fs::create_dir(path("fixtures")).unwrap();
            fs::write(path("fixtures/door.yaml"), TESTS).unwrap();
            fs::write(path("fixtures/firm.yaml"), FIRM).unwrap();
        }
        let options = [
            "--rules",
            text(&path("rules")),
            "--firm",
            text(&path("firm.yaml")),
        ]
        .map(str::to_owned);
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        let server = server(&options);
        Self { folder, server }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn may(&self, user: &str) -> bool {
        Client::to(&self.server).ask(user, "open_door").decision()
    }

    fn digest(&self) -> String {
        let reply = Client::to(&self.server).ask("ada", "open_door");
        reply.header("x-rules-digest").expect("a digest").to_owned()
    }

    fn readiness(&self) -> serde_json::Value {
        Client::to(&self.server).get("/readyz", &[]).json()
    }

    /// Waits until a reload was refused at this stage.
    fn is_refused(&self, stage: &str) -> serde_json::Value {
        wait_until("it is refused", || {
            self.readiness()["stale"][0]["stage"] == stage
        });
        self.readiness()
    }
}

fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from));
    replace(path, &text.replace(from, to));
}

#[test]
fn a_changed_firm_is_answered_from() {
    let house = House::new(true);
    assert!(!house.may("ben"));
    let before = house.digest();
    edit(
        &house.path("firm.yaml"),
        "ben, door: {}",
        "ben, door: { roles: [keeper] }",
    );
    wait_until("ben may", || house.may("ben"));
    assert_ne!(house.digest(), before);
    edit(
        &house.path("firm.yaml"),
        "ben, door: { roles: [keeper] }",
        "ben, door: {}",
    );
    wait_until("ben may not", || !house.may("ben"));
    assert_eq!(
        house.digest(),
        before,
        "the same files have the same digest"
    );
    assert_eq!(house.readiness()["ready"], true);
}

#[test]
fn changed_rules_are_answered_from() {
    let house = House::new(false);
    edit(
        &house.path("rules/door.yaml"),
        "allow: keeper",
        "allow: everyone",
    );
    wait_until("ben may", || house.may("ben"));
}

#[test]
fn a_rule_file_that_comes_or_goes_is_a_change() {
    let house = House::new(false);
    let other = RULES
        .replace("product: door", "product: gate")
        .replace("open_door", "shut_gate");
    fs::write(house.path("rules/gate.yaml"), other).unwrap();
    let asked = || {
        Client::to(&house.server).post(
            "/v1/ask",
            r#"{"ask":"can","user":"ada","action":"shut_gate"}"#,
            &[],
        )
    };
    wait_until("it is known", || asked().status == 200);
    fs::remove_file(house.path("rules/gate.yaml")).unwrap();
    wait_until("it is unknown", || asked().status == 404);
}

#[test]
fn wrong_rules_change_nothing_and_strangers_hear_only_the_code() {
    let house = House::new(false);
    let before = house.digest();
    edit(
        &house.path("rules/door.yaml"),
        "allow: keeper",
        "allow: secret_keper",
    );
    let told = house.is_refused("rules");
    assert_eq!(told["ready"], true);
    assert_eq!(told["stale"][0]["codes"][0], "unknown-role");
    let text = told.to_string();
    assert!(
        !text.contains("keper") && !text.contains("door.yaml"),
        "{text}"
    );
    assert!(house.may("ada") && house.digest() == before);
    assert_eq!(
        number(
            &house.server,
            "clio_rules_reload_failed{of=\"firm\",tenant=\"\"}"
        ),
        1
    );
    edit(&house.path("rules/door.yaml"), "secret_keper", "everyone");
    wait_until("ben may", || house.may("ben"));
    assert!(house.readiness()["stale"].is_null());
    assert_eq!(
        number(
            &house.server,
            "clio_rules_reload_failed{of=\"firm\",tenant=\"\"}"
        ),
        0
    );
    assert_eq!(
        number(
            &house.server,
            "clio_rules_reloads_total{of=\"firm\",tenant=\"\"}"
        ),
        1
    );
}

#[test]
fn rules_that_fail_their_tests_change_nothing() {
    let house = House::new(true);
    edit(
        &house.path("rules/door.yaml"),
        "allow: keeper",
        "allow: everyone",
    );
    house.is_refused("tests");
    assert!(!house.may("ben"));
    // The tests are watched as well: once they agree, the same rules are good.
    edit(
        &house.path("fixtures/door.yaml"),
        "deny: ben",
        "# deny: ben",
    );
    wait_until("ben may", || house.may("ben"));
}

#[test]
fn a_half_written_file_is_waited_for() {
    let house = House::new(false);
    let whole = FIRM.replace("ben, door: {}", "ben, door: { roles: [keeper] }");
    let start = std::time::Instant::now();
    // Every part is a sound firm, without whoever comes later.
    for end in [whole.find("  - { id: ben").unwrap(), whole.len()] {
        fs::write(house.path("firm.yaml"), &whole[..end]).unwrap();
        std::thread::sleep(Duration::from_millis(100));
        if start.elapsed() < Duration::from_millis(250) {
            let asked = Client::to(&house.server).post(
                "/v1/ask",
                r#"{"user":"ben","action":"open_door"}"#,
                &[],
            );
            assert_eq!(asked.status, 200, "ben is still known");
        }
    }
    wait_until("ben may", || house.may("ben"));
}

#[test]
fn a_file_that_is_gone_for_a_while_is_missed_by_nobody() {
    let house = House::new(false);
    fs::rename(house.path("firm.yaml"), house.path("away.yaml")).unwrap();
    house.is_refused("firm");
    assert!(house.may("ada"));
    fs::rename(house.path("away.yaml"), house.path("firm.yaml")).unwrap();
    wait_until("all is well", || house.readiness()["stale"].is_null());
}

#[test]
fn a_touched_file_is_no_change() {
    let house = House::new(true);
    let before = house.digest();
    replace(&house.path("firm.yaml"), FIRM);
    std::thread::sleep(Duration::from_millis(1_500));
    assert_eq!(house.digest(), before);
    assert_eq!(
        number(
            &house.server,
            "clio_rules_reloads_total{of=\"firm\",tenant=\"\"}"
        ),
        0
    );
}

#[cfg(unix)]
#[test]
fn a_link_that_is_turned_to_another_folder_is_a_change() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for (name, allow) in [("one", "allow: keeper"), ("two", "allow: everyone")] {
        fs::create_dir_all(path(name)).unwrap();
        fs::write(
            path(name).join("door.yaml"),
            RULES.replace("allow: keeper", allow),
        )
        .unwrap();
    }
    fs::write(path("firm.yaml"), FIRM).unwrap();
    std::os::unix::fs::symlink(path("one"), path("rules")).unwrap();
    let server = server(&[
        "--rules",
        text(&path("rules")),
        "--firm",
        text(&path("firm.yaml")),
    ]);
    assert!(!Client::to(&server).ask("ben", "open_door").decision());
    std::os::unix::fs::symlink(path("two"), path("next")).unwrap();
    fs::rename(path("next"), path("rules")).unwrap();
    wait_until("ben may", || {
        Client::to(&server).ask("ben", "open_door").decision()
    });
}

#[test]
fn a_program_that_wrote_a_file_can_have_it_at_once() {
    let house = House::new(false);
    edit(
        &house.path("firm.yaml"),
        "ben, door: {}",
        "ben, door: { roles: [keeper] }",
    );
    house.server.operation().reloader.reload(None).unwrap();
    assert!(house.may("ben"));
    replace(&house.path("firm.yaml"), "firm: House\nusers: 7\n");
    assert!(house.server.operation().reloader.reload(None).is_err());
    assert!(house.may("ben"));
}

#[test]
fn nothing_starts_with_wrong_files() {
    use clap::Parser;
    use clio_rules_serve::config::{Options, Settings};
    let house = House::new(true);
    fs::write(
        house.path("fixtures/door.yaml"),
        TESTS
            .replace("allow: ada", "deny: ada")
            .replace("deny: ben", ""),
    )
    .unwrap();
    let rules = house.path("rules");
    let firm = house.path("firm.yaml");
    let options = Options::parse_from([
        "x",
        "--listen",
        "127.0.0.1:0",
        "--rules",
        text(&rules),
        "--firm",
        text(&firm),
    ]);
    let error = Server::start(Settings::resolve(options).unwrap()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "1 of 1 tests fail; the first is `The keeper opens`"
    );
}
