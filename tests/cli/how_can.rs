use serde_json::json;

use crate::program::{EXAMPLE, Folder, prints};

#[test]
fn plans_come_with_the_lines_to_run_and_exit_with_0() {
    let stdout = "\
2 ways by which Wren Abernathy (wren) may create_bill in Clio Manage

plan 1
  step 1   Grant a permission: grant billing wren; by Nadia Hartley (nadia), or by tomas, priya, marek
  follows  Messages about card payments start
  opens    Wren Abernathy: Delete a bill, Delete a payment, Choose how bills are made and 8 more
  run      clio-rules change nadia grant billing wren --product manage

plan 2
  step 1  Grant a permission: grant administrator wren; by Nadia Hartley (nadia), or by tomas, priya, marek
  opens   Wren Abernathy: Add court rules, Delete many matters at once, Delete many contacts at once and 53 more
  run     clio-rules change nadia grant administrator wren --product manage
";
    prints(["how-can", "wren", "create_bill"], 0, stdout, EXAMPLE);
}

#[test]
fn where_no_change_helps_it_says_why_and_exits_with_1() {
    let stdout = "\
no way: Greta Vance (greta) may not create_bill in Clio Manage

  This person is disabled and can do nothing until they are enabled again; no permission change alters that
";
    prints(["how-can", "greta", "create_bill"], 1, stdout, EXAMPLE);
}

#[test]
fn what_is_allowed_already_is_one_plan_without_steps() {
    let folder = Folder::new();
    let run = folder.run(["how-can", "tomas", "create_bill", "--format", "json"]);
    run.prints_json(
        0,
        json!({
            "ask": "how_can",
            "product": "manage",
            "user": "tomas",
            "action": "create_bill",
            "yes": true,
            "plans": [{"steps": [], "by": [], "effects": [], "also_opens": [], "closes": []}],
            "would_take": [],
            "turned_by": [],
        }),
        EXAMPLE,
    );
}

#[test]
fn a_misspelt_name_is_no_answer() {
    let stderr = format!(
        "{EXAMPLE}\
error[unknown-user]: nobody in this firm has the id `wern`
 |
 = help: did you mean `wren`?

`clio-rules explain unknown-user` says more
"
    );
    prints(["how-can", "wern", "create_bill"], 2, "", &stderr);
}

const UNIVERSITY: [&str; 4] = ["--rules", "univ/rules", "--firm", "univ/firm.yaml"];

fn university() -> Folder {
    let policy = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rulebooks/arbac/univ/");
    let text = |name: &str| std::fs::read_to_string(format!("{policy}{name}")).unwrap();
    Folder::new()
        .with("univ/rules/arbac.yaml", text("rules/arbac.yaml"))
        .with("univ/firm.yaml", text("firm.yaml"))
}

#[test]
fn a_search_that_is_cut_off_is_not_decided_and_exits_with_2() {
    let folder = university();
    let ask = |more: &[&str]| {
        let words = ["how-can", "stud", "reach_professor"]
            .iter()
            .chain(&UNIVERSITY);
        folder.run(words.chain(more).copied()).done()
    };
    let done = ask(&["--states", "3"]);
    let told = "\
not decided: whether stud can come to reach_professor in University

  the search was cut off after 3 states; fewer than 6 changes do not lead there
  `--states` allows more
";
    let told = told.replace(
        "fewer than 6",
        &format!("fewer than {}", least(&done.stdout)),
    );
    assert_eq!((done.status, done.stdout.as_str()), (2, told.as_str()));
    let done = ask(&["--time", "0s"]);
    assert!(
        done.stdout.contains("cut off after 0ns") && done.stdout.contains("`--time` allows more"),
        "{}",
        done.stdout
    );
    assert_eq!(done.status, 2);
    let json = ask(&["--states", "3", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(
        told["cut_off"],
        json!({"by": "states", "limit": 3, "states": 3})
    );
    assert_eq!((json.status, &told["plans"]), (2, &json!([])));
    assert!(
        told["least_changes"]
            .as_u64()
            .is_some_and(|least| (2..=6).contains(&least))
    );
}

/// What is said that a plan takes at the least.
fn least(told: &str) -> usize {
    let (_, rest) = told.split_once("fewer than ").unwrap();
    let least = rest.split(' ').next().unwrap().parse().unwrap();
    assert!((2..=6).contains(&least), "{least}");
    least
}

#[test]
fn plans_that_were_found_before_a_search_was_cut_off_are_shown() {
    let folder = university();
    let shown = |states: usize| {
        let states = states.to_string();
        let words = ["how-can", "hand", "reach_dept_chair", "--states", &states];
        folder.run(words.iter().chain(&UNIVERSITY).copied()).done()
    };
    // The least within which a plan is found is too little to look for others.
    let (mut undecided, mut states) = (0, 4_096);
    while states - undecided > 1 {
        let middle = undecided + (states - undecided) / 2;
        match shown(middle).status {
            0 => states = middle,
            status => {
                assert_eq!(status, 2, "{middle}");
                undecided = middle;
            }
        }
    }
    let part = shown(states);
    assert_eq!(part.status, 0, "{}", part.stdout);
    assert!(part.stdout.contains("plan 1\n  step 1"), "{}", part.stdout);
    let more = format!(
        "\nthere may be more: the search was cut off after {states} states; `--states` allows more\n"
    );
    assert!(part.stdout.ends_with(&more), "{}", part.stdout);
}
