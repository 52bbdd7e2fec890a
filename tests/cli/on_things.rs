//! Who may do what on things, in the words of a difference, a simulation and a review.

use pretty_assertions::{assert_eq, assert_str_eq};

use crate::program::Folder;

const RULES: &str = "\
product: hub
title: Hub
document: { title: Handbook, sections: { all: All } }
roles:
  owner: { title: Owner, basis: stated, section: all }
things:
  repository:
    title: Repository
    lists:
      write: { brings: read }
      read: { default: everyone }
grounds:
  user_disabled: { because: Disabled, basis: stated, section: all }
  user_has_no_seat: { because: No seat, basis: stated, section: all }
  target_has_no_seat: { because: No seat, basis: stated, section: all }
actions:
  - group: Repositories
    section: all
    basis: stated
    target: repository
    actions:
      look: { title: Look at it, allow: [repository.read, owner] }
      push: { title: Push to it, allow: [repository.write, owner] }
changes:
  grant:
    title: Grant
    section: all
    basis: stated
    takes: { role: [owner] }
    allow: owner
    does: [{ give: role, to: target }]
  share:
    title: Share
    section: all
    basis: stated
    target: [user, group]
    takes: { thing: repository, list: [read, write] }
    allow: owner
    does: [{ add: target, to: list }]
";

const FIRM: &str = "\
firm: Hosts
users:
  - { id: ada, hub: { roles: [owner] } }
  - { id: dev, name: Dev Elopa, hub: {} }
  - { id: off, enabled: false, hub: {} }
groups:
  engineering: [ada]
  nobody: []
things:
  repository:
    - { id: web, title: Web shop, read: [off], write: [engineering] }
    - { id: api, read: [], write: [engineering] }
    - { id: wiki }
";

fn folder() -> Folder {
    Folder::new()
        .with("rules/hub.yaml", RULES)
        .with("firm.yaml", FIRM)
        .with("later.yaml", FIRM.replace("[ada]", "[ada, dev]"))
}

#[test]
fn a_difference_says_who_gains_what_and_through_which_group() {
    let done = folder()
        .run(["diff", "--firm", "firm.yaml", "later.yaml"])
        .done();
    assert_str_eq!(
        done.stdout,
        "\
different: 0 people

The firm
  group  engineering; members: [ada] -> [ada, dev]

On things
  gained by  Dev Elopa (dev): look, push on repository web, api (through the group engineering on repository.write)
"
    );
    assert_eq!(done.status, 1);
    let markdown = [
        "diff",
        "--firm",
        "later.yaml",
        "firm.yaml",
        "--format",
        "markdown",
    ];
    let done = folder().run(markdown).done();
    let line = "- lost by: Dev Elopa (dev): `look, push` on repository web, api (through the group engineering on repository.write)";
    assert!(done.stdout.contains(line), "{}", done.stdout);
}

#[test]
fn a_simulation_says_who_would_gain_what() {
    let done = folder().run(["simulate", "dev", "--grant", "owner"]).done();
    let gained = "

gained by Dev Elopa (dev) on repository Web shop (web), api
  look  Look at it
  push  Push to it

gained by Dev Elopa (dev) on repository wiki
  push  Push to it
";
    assert!(done.stdout.ends_with(gained), "{}", done.stdout);
}

#[test]
fn a_review_says_who_may_do_what_and_who_is_named_without_effect() {
    let done = folder().run(["review"]).done();
    let things = "

Repository: 3 things
  Web shop, api  ada: Look at it, Push to it
  wiki           ada: Look at it, Push to it
  wiki           Dev Elopa: Look at it (repository.read is open to everyone)

named without effect
  off          is disabled: on read of the repository web
  nobody       a group that nobody is in
  nobody       a group that no list and no other group names
";
    let told = done
        .stdout
        .split_once("actions")
        .map_or("", |(_, told)| told);
    for line in things.lines().filter(|line| !line.is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let is_line = |told: &str| told.split_whitespace().eq(words.iter().copied());
        assert!(
            told.lines().any(is_line),
            "{line} is not in {}",
            done.stdout
        );
    }
    let with_page = folder();
    with_page.run(["review", "--html", "page.html"]).done();
    let page = std::fs::read_to_string(with_page.path().join("page.html")).unwrap();
    let markdown = folder()
        .run(["review", "--format", "markdown"])
        .done()
        .stdout;
    for text in [markdown, page] {
        for words in [
            "Web shop, api",
            "a group that nobody is in",
            "Named without effect",
        ] {
            assert!(text.contains(words), "{text}");
        }
    }
    let csv = folder().run(["review", "--format", "csv"]).done().stdout;
    let line = "hub,dev,Dev Elopa,true,look,,things,repository wiki,allow,,repository.read is open to everyone,,,,,\n";
    assert!(csv.replace('\r', "").contains(line), "{csv}");
    let since = folder()
        .run(["review", "--since", "firm.yaml", "--firm", "later.yaml"])
        .done();
    for line in [
        "The group engineering; members: [ada] -> [ada, dev]",
        "gained by Dev Elopa: look, push on repository web, api (through the group engineering on repository.write)",
    ] {
        assert!(since.stdout.contains(line), "{}", since.stdout);
    }
}

#[test]
fn a_change_of_a_list_is_shown_and_written() {
    let folder = folder();
    let share = ["change", "ada", "share", "web", "write", "dev", "--write"];
    let done = folder.run(share).done();
    assert_eq!(done.status, 0, "{}", done.stderr);
    for line in ["  web  write: + dev", "written to firm.yaml"] {
        assert!(done.stdout.contains(line), "{}", done.stdout);
    }
    let written = FIRM.replace(
        "write: [engineering] }\n    - { id: api",
        "write: [engineering, dev] }\n    - { id: api",
    );
    assert_str_eq!(folder.read("firm.yaml"), written);
    let again = folder.run(share).done();
    assert!(
        again
            .stdout
            .contains("nothing written, firm.yaml is as it was"),
        "{}",
        again.stdout
    );
    assert_str_eq!(folder.read("firm.yaml"), written);
    let push = folder.run(["can", "dev", "push", "web"]).done();
    assert_eq!(push.status, 0, "{}", push.stdout);
    let plans = folder.run(["how-can", "off", "push", "api"]).done();
    assert_ne!(plans.status, 0, "{}", plans.stdout);
    let plans = folder.run(["how-can", "dev", "push", "api"]).done();
    assert!(
        plans.stdout.contains("share api write dev"),
        "{}",
        plans.stdout
    );
}
