//! Firms with things: a wrong rule, policy, group or list is found, and what went in is named.

use super::*;
use crate::things::firm::ThingFirm;
use crate::things::tally::ThingTally;
use crate::things::{End, ThingDefect};

impl Bench {
    /// Asks everything of some firms, of which Cedar is told as `altered` leaves them.
    fn things(&self, firms: u64, altered: fn(&mut ThingFirm)) -> Result<ThingTally, End> {
        let walk = self.described.thing_walk(&self.sides)?;
        walk.run_altered(1, firms, &Progress::hidden(), altered)
    }

    fn defect(&self, altered: fn(&mut ThingFirm)) -> ThingDefect {
        match self.things(60, altered) {
            Err(End::Defect(defect)) => *defect,
            other => panic!("nothing was found: {other:?}"),
        }
    }
}

/// Leaves the firm as it is.
fn same(_: &mut ThingFirm) {}

#[test]
fn all_agree_on_things_and_both_answers_occur() {
    for bench in [Bench::manage(), Bench::hosting()] {
        let tally = bench.things(40, same).expect("they agree");
        assert_eq!(tally.firms, 40);
        assert!(tally.groups > 60 && tally.things > 60, "{tally}");
        assert!(tally.allowed * 20 > tally.decisions, "{tally}");
        assert!(tally.allowed * 20 < tally.decisions * 19, "{tally}");
        assert!(tally.with_facts > tally.decisions / 2, "{tally}");
        assert!(tally.brought > 0 && tally.left_out > 0, "{tally}");
    }
}

/// Of a matter, a question can say four things about `matter_access` and three about the list that this follows from. Where the
/// firm does not have it, it has to say one.
#[test]
fn what_is_left_out_is_counted() {
    let tally = Bench::manage().things(40, same).expect("they agree");
    let each = 7 * 2;
    assert_eq!(tally.decisions, each * (tally.things * 4 + tally.firms * 3));
    let space = each * (tally.things * 12 + tally.firms * 11);
    assert_eq!(tally.left_out, u128::from(space - tally.decisions));
}

const ON_MATTERS: [&str; 2] = ["      open_matter:\n", "      delete_matter:\n"];

#[test]
fn a_wrong_table_is_found() {
    let [from, to] = [
        "listed: listed, not_listed: not_listed",
        "listed: not_listed, not_listed: listed",
    ];
    let bench = ON_MATTERS
        .into_iter()
        .fold(Bench::manage(), |bench, action| {
            bench.flip_tables(action, from, to)
        });
    let found = bench.defect(same);
    assert_eq!(found.difference.pairs(), TABLE_ALONE);
    assert_eq!(found.difference.asked, "delete_matter");
}

#[test]
fn rules_that_are_wrong_in_tables_and_scripts_are_found() {
    let [from, to] = ["open: everyone, listed", "open: not_listed, listed"];
    let bench = ON_MATTERS
        .into_iter()
        .fold(Bench::manage(), |bench, action| {
            bench
                .flip_tables(action, from, to)
                .flip_scripts(action, from, to)
        });
    let found = bench.defect(same);
    assert_eq!(found.difference.pairs(), CEDAR_ALONE);
    assert!(!found.difference.table.yes);
}

#[test]
fn a_policy_that_takes_a_missing_list_for_an_empty_one_is_found() {
    let found = Bench::manage()
        .flip_policies("@id(\"matters\")", "else true", "else false")
        .defect(same);
    assert_eq!(found.difference.pairs(), CEDAR_ALONE);
    assert_eq!(found.difference.cedar, Some(false));
}

#[test]
fn a_policy_that_puts_the_firm_before_the_question_is_found() {
    let found = Bench::manage()
        .flip_policies(
            "@id(\"matters\")",
            "if context has matter_access\n",
            "if context has matter_access && !(resource is Matter)\n",
        )
        .defect(same);
    assert_eq!(found.difference.pairs(), CEDAR_ALONE);
    assert!(found.difference.asked.contains(" matter_access="));
}

#[test]
fn a_policy_that_forgets_what_a_list_brings_is_found() {
    let found = Bench::hosting()
        .flip_policies(
            "@id(\"closed_conversations\")",
            "resource has repository.maintain && ",
            "false && ",
        )
        .defect(same);
    assert_eq!(found.difference.pairs(), CEDAR_ALONE);
    assert!(found.difference.asked.starts_with("comment"));
}

/// Each policy of code hosting decides something that no other one does.
#[test]
fn a_policy_that_is_missing_is_found() {
    let policies = Bench::hosting().described.policies;
    let ids = policies.split("@id(\"").skip(1);
    let ids: Vec<&str> = ids
        .filter_map(|rest| Some(rest.split_once('"')?.0))
        .collect();
    assert!(ids.len() > 25, "{ids:?}");
    let not_found = ids.into_iter().filter(|id| {
        let mut bench = Bench::hosting();
        let start = format!("@id(\"{id}\")");
        let (before, rest) = policies.split_once(&start).expect("it is there");
        let (_, after) = rest.split_once(";\n").expect("it ends");
        bench.described.policies = format!("{before}{after}");
        !matches!(bench.things(100, same), Err(End::Defect(_)))
    });
    assert_eq!(not_found.collect::<Vec<_>>(), Vec::<&str>::new());
}

#[test]
fn a_script_that_forgets_the_organisation_is_found() {
    let found = Bench::hosting()
        .flip_scripts("fn may_administer", " || repo.organisation.owner", "")
        .defect(same);
    assert_eq!(found.difference.pairs(), SCRIPTS_ALONE);
}

/// Empties the first list of every matter.
fn without_lists(firm: &mut ThingFirm) {
    for thing in &mut firm.things {
        thing
            .lists
            .iter_mut()
            .take(1)
            .for_each(|(_, list)| list.clear());
    }
}

/// Drops the lists on which nobody stands.
fn without_empty_lists(firm: &mut ThingFirm) {
    for thing in &mut firm.things {
        thing.lists.retain(|(_, list)| !list.is_empty());
    }
}

/// Takes groups out of groups, so that only people are in them.
fn without_nesting(firm: &mut ThingFirm) {
    for group in &mut firm.groups {
        group.members.retain(|member| member.starts_with('u'));
    }
}

#[test]
fn a_wrong_list_is_found() {
    for bench in [Bench::manage(), Bench::hosting()] {
        assert_eq!(bench.defect(without_lists).difference.pairs(), CEDAR_ALONE);
    }
}

#[test]
fn an_empty_list_is_not_a_missing_one() {
    let found = Bench::manage().defect(without_empty_lists);
    assert_eq!(found.difference.pairs(), CEDAR_ALONE);
    assert_eq!(found.difference.cedar, Some(true));
}

#[test]
fn who_is_in_a_group_through_another_one_matters() {
    for bench in [Bench::manage(), Bench::hosting()] {
        assert_eq!(
            bench.defect(without_nesting).difference.pairs(),
            CEDAR_ALONE
        );
    }
}

#[test]
fn a_list_that_only_the_rules_know_is_an_error() {
    let bench = Bench::manage().flip_tables(
        "\n  matter:\n    title: Matter\n",
        "    lists:\n",
        "    lists:\n      blocked: { title: Who is kept out }\n",
    );
    match bench.things(1, same) {
        Err(End::Failed(failed)) => {
            let words = failed.to_string();
            assert!(words.contains("only the rules:\n"), "{words}");
            assert!(words.contains("list of matter for many blocked"), "{words}");
        }
        other => panic!("it was not noticed: {other:?}"),
    }
}

#[test]
fn the_report_names_the_firm_and_how_to_repeat_it() {
    let found = Bench::manage().defect(without_lists);
    let words = found.to_string();
    for part in [
        "the answers differ in manage: table and Cedar, scripts and Cedar\n",
        "\n  target   matter_",
        &format!("repeated by --firms 1 --seed {}:\n", found.seed),
        "\n--- firm.yaml\nfirm: By chance\n",
    ] {
        assert!(words.contains(part), "{part:?} is missing in\n{words}");
    }
    assert!(words.ends_with(&found.firm));
}
