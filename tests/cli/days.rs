//! Firms as of a day: `--on`, in every command that loads one.

use pretty_assertions::assert_eq;

use crate::program::Folder;

const FIRM: &str = "\
firm: Ends
users:
  - id: june
    manage: { roles: [primary_subscriber] }
  - id: pilar
    manage:
      # what pilar does
      roles: [accounts, { id: billing, until: 2026-11-30 }] # for now
groups:
  team: [{ id: pilar, until: 2026-12-15 }]
things:
  matter: { file: data/matters.csv }
";

const MATTERS: &str = "id,title,access\nm1,Ombre v. Vale,team\nm2,Open,\nm3,Closed,-\n";

fn folder() -> Folder {
    let folder = Folder::new().with("firm.yaml", FIRM);
    folder.with("data/matters.csv", MATTERS)
}

/// What cannot be asked exits with 2, and says so.
fn assert_refused(folder: &Folder, asked: &[&str], what: &str) {
    let refused = folder.run(asked.iter().copied()).done();
    assert_eq!(refused.status, 2);
    assert!(refused.stderr.contains(what), "{}", refused.stderr);
}

#[test]
fn a_question_is_answered_as_of_a_day() {
    let folder = folder();
    let can = |on: &str| {
        let asked = ["can", "pilar", "create_bill", "--on", on];
        folder.run(asked).done().status
    };
    assert_eq!([can("2026-11-30"), can("2026-12-01")], [0, 1]);
    let opens = |matter: &str, on: &str| {
        let asked = ["can", "pilar", "open_matter", matter, "--on", on];
        folder.run(asked).done().status
    };
    let on = |on: &str| ["m1", "m2", "m3"].map(|matter| opens(matter, on));
    assert_eq!(on("2026-12-15"), [0, 0, 1]);
    assert_eq!(on("2026-12-16"), [1, 0, 1]);
    let asked = ["can", "pilar", "create_bill", "--on", "2026-02-30"];
    assert_refused(&folder, &asked, "write a day as YYYY-MM-DD");
    let twice = [
        "can",
        "pilar",
        "create_bill",
        "--on",
        "2026-02-01",
        "--on",
        "2026-02-02",
    ];
    assert_refused(&folder, &twice, "--on takes one day here");
}

/// Far from both days, so that it holds for long.
#[test]
fn without_a_day_it_is_today() {
    let firm = FIRM.replace("2026-11-30", "9999-12-31");
    let folder = folder().with("firm.yaml", firm.replace("2026-12-15", "2020-01-01"));
    assert_eq!(folder.run(["can", "pilar", "create_bill"]).done().status, 0);
    assert_eq!(
        folder
            .run(["can", "pilar", "open_matter", "m1"])
            .done()
            .status,
        1
    );
    let stdin = FIRM
        .split("groups:")
        .next()
        .unwrap()
        .replace("2026-11-30", "2020-01-01");
    let asked = ["can", "pilar", "create_bill", "--firm", "-"];
    assert_eq!(folder.run(asked).stdin(stdin).done().status, 1);
}

#[test]
fn what_can_takes_a_thing_and_a_day() {
    let folder = folder();
    let asked = ["what-can", "pilar", "--on", "m1", "--on", "2026-12-15"];
    let done = folder.run(asked).done();
    assert!(done.stdout.contains("open_matter"), "{}", done.stdout);
    let asked = ["what-can", "pilar", "--on", "2026-12-16", "--on", "m1"];
    let done = folder.run(asked).done();
    assert!(
        !done.stdout.contains("open_matter  Open a matter\n"),
        "{}",
        done.stdout
    );
    let asked = ["what-can", "pilar", "--on", "m1", "--on", "m2"];
    assert_refused(&folder, &asked, "--on takes one thing here");
}

#[test]
fn check_tells_what_has_ended_and_review_what_ends_soon() {
    let folder = folder();
    let done = folder.run(["check", "--on", "2026-12-16"]).done();
    assert!(done.stdout.starts_with("2 warnings\n"), "{}", done.stdout);
    for place in ["firm.yaml:8:47", "firm.yaml:10:30"] {
        assert!(done.stderr.contains(place), "{}", done.stderr);
    }
    let done = folder.run(["check", "--on", "2026-11-30"]).done();
    assert!(
        done.stdout.starts_with("nothing wrong\n"),
        "{}",
        done.stdout
    );
    let ending = "\
ends within 30 days
  pilar  Billing in Clio Manage, until 2026-11-30: today is the last day
  pilar  in the group team, until 2026-12-15: 15 days left
";
    let done = folder.run(["review", "--on", "2026-11-30"]).done();
    assert!(done.stdout.contains(ending), "{}", done.stdout);
    let done = folder
        .run(["review", "--on", "2026-11-30", "--format", "markdown"])
        .done();
    let line = "- pilar: Billing in Clio Manage, until 2026-11-30: today is the last day";
    assert!(done.stdout.contains(line), "{}", done.stdout);
    let done = folder
        .run(["review", "--on", "2026-12-14", "--html", "-"])
        .done();
    assert!(
        done.stdout
            .contains("in the group team, until 2026-12-15: one day left")
    );
    assert!(!done.stdout.contains("until 2026-11-30"));
    let done = folder
        .run(["review", "--on", "2026-11-30", "--format", "json"])
        .done();
    let ending = &done.lines()[0]["ending"];
    assert_eq!(ending[0]["entry"]["role"]["role"], "billing");
    assert_eq!(ending[1]["entry"]["group"]["group"], "team");
    assert_eq!(ending[1]["days"], 15);
}

#[test]
fn two_days_of_one_firm_file_are_compared() {
    let folder = folder();
    let days = [
        "diff",
        "--firm",
        "firm.yaml",
        "--on",
        "2026-11-30",
        "--on",
        "2026-12-01",
    ];
    let done = folder.run(days).done();
    assert_eq!(done.status, 1);
    assert!(
        done.stdout.contains("june revoke billing pilar"),
        "{}",
        done.stdout
    );
    let days = "diff --firm firm.yaml --on 2026-12-15 --on 2026-12-16";
    let done = folder.run(days.split(' ')).done();
    let lost = "lost by  pilar: delete_matter, open_matter on matter m1 (through the group team on matter.access)\n";
    assert!(done.stdout.contains(lost), "{}", done.stdout);
    let same = [
        "diff",
        "--firm",
        "firm.yaml",
        "--on",
        "2026-11-01",
        "--on",
        "2026-11-30",
    ];
    assert_eq!(folder.run(same).done().status, 0);
    let two = [
        "diff",
        "--firm",
        "firm.yaml",
        "firm.yaml",
        "--on",
        "2026-11-30",
    ];
    assert_eq!(folder.run(two).done().status, 0);
    let json = [
        "diff",
        "--firm",
        "firm.yaml",
        "--on",
        "2026-11-30",
        "--on",
        "2026-12-01",
        "--format",
        "json",
    ];
    let names = &folder.run(json).done().lines()[0];
    assert_eq!(names["old"], "firm.yaml on 2026-11-30");
    assert_eq!(names["new"], "firm.yaml on 2026-12-01");
    for wrong in [
        &["diff", "--firm", "firm.yaml", "--on", "2026-11-30"][..],
        &["diff", "--firm", "firm.yaml"],
        &["diff", "old", "new", "--on", "2026-11-30"],
        &[
            "diff",
            "--firm",
            "firm.yaml",
            "--on",
            "2026-11-30",
            "--on",
            "2026-11-29",
            "--on",
            "2026-11-28",
        ],
    ] {
        assert_eq!(
            folder.run(wrong.iter().copied()).done().status,
            2,
            "{wrong:?}"
        );
    }
}

/// The same people may do the same, and still the two files differ.
#[test]
fn an_entry_that_ends_on_another_day_is_named_in_every_form() {
    let later = FIRM.replace("until: 2026-11-30", "until: 2027-01-31");
    let later = later.replace("{ id: pilar, until: 2026-12-15 }", "pilar");
    let folder = folder().with("later.yaml", later);
    let run = |more: &str| {
        let asked = format!("diff --firm firm.yaml later.yaml --on 2026-11-01{more}");
        let done = folder.run(asked.split(' ')).done();
        assert_eq!(done.status, 1);
        done
    };
    let text = run("").stdout;
    let rows = [
        "The firm\n  group  team; end of pilar in members: until 2026-12-15 -> no end\n",
        "pilar\n  end  billing in Clio Manage: until 2026-11-30 -> until 2027-01-31\n",
    ];
    for row in rows {
        assert!(text.contains(row), "{text}");
    }
    let markdown = run(" --format markdown").stdout;
    for row in [
        "end of pilar in members: until 2026-12-15 -> no end",
        "`billing` in Clio Manage: until 2026-11-30 -> until 2027-01-31",
    ] {
        assert!(markdown.contains(row), "{markdown}");
    }
    let json = &run(" --format json").lines()[0];
    let pilar = &json["users"][0];
    assert_eq!(json["equal"], false);
    assert_eq!(pilar["ends"][0]["role"], "billing");
    assert_eq!(pilar["ends"][0]["from"]["until"], "2026-11-30");
    assert_eq!(pilar["ends"][0]["to"]["until"], "2027-01-31");
    let team = &json["groups"][0];
    assert_eq!(team["ends"][0]["member"], "pilar");
    assert_eq!(team["ends"][0]["to"], "no_end");
    let review = "review --firm later.yaml --since firm.yaml --on 2026-11-01 --format markdown";
    let review = folder.run(review.split(' ')).done().stdout;
    for row in ["end of pilar in members", "end billing in Clio Manage"] {
        assert!(review.contains(row), "{review}");
    }
}

#[test]
fn a_change_is_written_on_a_day_and_touches_nothing_else() {
    let folder = folder();
    let revoke = [
        "change",
        "june",
        "revoke",
        "billing",
        "pilar",
        "--on",
        "2026-11-30",
        "--write",
    ];
    let done = folder.run(revoke).done();
    assert_eq!(done.status, 0, "{}", done.stderr);
    let expected = FIRM.replace("accounts, { id: billing, until: 2026-11-30 }", "accounts");
    assert_eq!(folder.read("firm.yaml"), expected);
    let folder = self::folder();
    let grant = [
        "change",
        "june",
        "grant",
        "billing",
        "pilar",
        "--on",
        "2026-12-01",
        "--write",
    ];
    let done = folder.run(grant).done();
    assert_eq!(done.status, 0, "{}", done.stderr);
    let expected = FIRM.replace("{ id: billing, until: 2026-11-30 }", "billing");
    assert_eq!(folder.read("firm.yaml"), expected);
}

/// No report replaces a file that was read.
#[test]
fn a_page_does_not_replace_a_file_of_things() {
    let folder = folder();
    let review = ["review", "--html", "data/matters.csv"];
    let done = folder.run(review).done();
    assert_eq!(done.status, 2);
    assert!(done.stderr.contains("[output-in-use]"), "{}", done.stderr);
    assert_eq!(folder.read("data/matters.csv"), MATTERS);
}

#[test]
fn a_suite_says_on_which_day_its_firms_are_looked_at() {
    let suite = |on: &str, expected: &str| {
        format!(
            "suite: Ends\nproduct: manage\nfirm: ../firm.yaml\n{on}tests:\n  - test: Bills\n    users: pilar\n    actions: create_bill\n    {expected}: pilar\n  - test: A matter\n    users: pilar\n    actions: open_matter\n    targets: m1\n    {expected}: pilar\n"
        )
    };
    let run = |on: &str, expected: &str| {
        let folder = folder().with("fixtures/ends.yaml", suite(on, expected));
        folder.run(["test"]).done()
    };
    assert_eq!(run("on: 2026-11-30\n", "allow").status, 0);
    assert_eq!(run("on: 2026-12-16\n", "deny").status, 0);
    assert_eq!(run("on: 2026-12-16\n", "allow").status, 1);
    let silent = run("", "allow");
    assert_eq!(silent.status, 2);
    assert!(silent.stderr.contains("[day-wanted]"), "{}", silent.stderr);
    let odd = run("on: 2026-02-30\n", "allow");
    assert!(odd.stderr.contains("[not-a-day]"), "{}", odd.stderr);
}
