//! Which rules answer is said by every command that asks some: the built-in ones, those of the folder, or those that were named.

use crate::program::Folder;

/// A run of every command that asks rules.
const RUNS: [&str; 18] = [
    "can wren create_bill",
    "who-can create_bill",
    "what-can wren",
    "where-can tomas edit_user_profile",
    "how-can wren create_bill",
    "why-not wren create_bill",
    "review",
    "simulate tomas --change transfer_ownership",
    "change tomas grant billing wren",
    "test",
    "sources",
    "check",
    "matrix",
    "access",
    "prove",
    "diff --firm firm.yaml firm.yaml",
    "batch",
    "schema firm",
];

const LOCAL: &str = "rules: ./rules\n";

#[test]
fn every_command_says_which_rules_answer() {
    let firm = crate::program::shipped("fixtures/firm.yaml");
    let without = Folder::new().with("firm.yaml", &firm);
    let local = Folder::new().with("firm.yaml", &firm).with_rules();
    for run in RUNS {
        let words: Vec<&str> = run.split(' ').collect();
        let built_in = without.run(words.clone()).done();
        assert!(built_in.is_by_built_in_rules, "{run}: {}", built_in.stderr);
        let found = local.run(words.clone()).done();
        assert!(found.stderr.starts_with(LOCAL), "{run}: {}", found.stderr);
        assert_eq!(found.stdout, built_in.stdout, "{run}");
        let named = [&words[..], &["--rules", "rules"]].concat();
        let named = local.run(named).done();
        assert!(!named.is_by_built_in_rules, "{run}");
        assert!(!named.stderr.contains(LOCAL), "{run}: {}", named.stderr);
    }
}
