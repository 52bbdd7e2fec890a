//! What can never matter, beside every person, firm, fact and reading asked one by one.

mod brute;
mod made;

use pretty_assertions::assert_eq;

use crate::tests::dice::cases;
use crate::{Limits, Loader, Rulebook};

fn codes(rulebook: &Rulebook) -> Vec<&'static str> {
    let idle = rulebook.check_idle_parts();
    idle.iter().map(|finding| finding.code().name()).collect()
}

#[test]
fn sound_rulebooks_have_no_idle_parts() {
    for folder in [
        "rules",
        "tests/rulebooks/records/rules",
        "tests/rulebooks/arbac/univ/rules",
    ] {
        let rulebook = Rulebook::from_folder(folder).unwrap();
        assert_eq!(codes(&rulebook), Vec::<&str>::new(), "{folder}");
    }
}

/// Its effects follow changes of things, which alter nothing that people hold.
#[test]
fn effects_of_changes_of_things_are_not_idle() {
    let hub = ("hub.yaml", include_str!("../../tests/things/hub.yaml"));
    let rulebook = Rulebook::from_texts([hub]).unwrap();
    assert_eq!(codes(&rulebook), Vec::<&str>::new());
    // Nobody shares with themselves.
    let never = hub.1.replace(
        "list == \"write\" && !target.repository.write\n    basis",
        "list == \"write\" && same_user\n    basis",
    );
    let rulebook = Rulebook::from_texts([("hub.yaml", never.as_str())]).unwrap();
    assert_eq!(codes(&rulebook), ["effect-never"]);
}

#[test]
fn roles_that_a_published_policy_does_nothing_with_are_told() {
    for policy in ["p2", "p4", "p7"] {
        let folder = format!("tests/rulebooks/arbac/{policy}/rules");
        let found = codes(&Rulebook::from_folder(folder).unwrap());
        let others = found.iter().filter(|code| **code != "unused-role");
        assert_eq!((found.is_empty(), others.count()), (false, 0), "{policy}");
    }
}

#[test]
fn a_search_that_is_cut_off_says_so() {
    let folder = "tests/cases/idle/rule_behind_one/rules";
    let few = |proof_states| {
        let limits = Limits {
            proof_states,
            ..Limits::DEFAULT
        };
        let rulebook = Loader::new().limits(&limits).rulebook_from_folder(folder);
        codes(&rulebook.unwrap())
    };
    assert_eq!(few(1), ["idle-parts-cut-off"]);
    let mut most = few(1_000_000);
    assert_eq!(most, ["rule-never-decides"]);
    // With more states nothing is said that is not so, and in the end nothing is left open.
    for states in 2..200 {
        let found = few(states);
        let is_open = found.contains(&"idle-parts-cut-off");
        most.retain(|code| is_open || found.contains(code));
        let others = found.iter().filter(|code| **code != "idle-parts-cut-off");
        assert!(others.into_iter().all(|code| *code == "rule-never-decides"));
    }
    assert_eq!(most, ["rule-never-decides"]);
}

#[test]
fn generated_rulebooks_are_told_what_brute_force_finds() {
    let mut told = std::collections::BTreeMap::new();
    let mut silent = 0;
    for seed in 0..cases(2, 60) {
        let made = made::MadeRulebook::of(seed);
        let expected = brute::idle_parts(&made);
        let found = made.found();
        assert_eq!(found, expected, "seed {seed}\n{}", made.yaml());
        silent += usize::from(found.is_empty());
        for (code, _) in found {
            *told.entry(code).or_insert(0) += 1;
        }
    }
    // Every kind was met where all seeds are tried, so that a search that finds nothing is no success.
    let kinds = [
        "action-never-allowed",
        "because-never-shown",
        "change-never-accepted",
        "conflict-never-held",
        "effect-never",
        "refusal-never-refuses",
        "rule-never-decides",
        "unused-fact",
        "unused-reading",
        "unused-role",
        "unused-setting",
        "when-stops-nobody",
    ];
    let met = kinds
        .iter()
        .filter(|code| told.contains_key(**code))
        .count();
    assert!(met >= cases(6, kinds.len()), "only {told:?}");
    assert!(silent >= cases(0, 1), "{told:?}");
}
