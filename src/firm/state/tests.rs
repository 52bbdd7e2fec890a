use std::collections::BTreeSet;

use pretty_assertions::assert_eq;

use crate::{Bulk, Change, Firm, Rulebook};

const RULES: &str = "
product: door
title: Door
document: {title: House rules, sections: {doors: Doors}}
roles:
  keeper: {title: Keeper, basis: stated, section: doors}
settings:
  hours: {title: Hours, values: [day, night], default: day, basis: stated, section: doors}
readings:
  is_open: {question: Is it open?, default: true, section: doors}
grounds:
  user_disabled: {because: Disabled, basis: inferred, section: doors}
  user_has_no_seat: {because: No key, basis: inferred, section: doors}
  target_has_no_seat: {because: No key, basis: inferred, section: doors}
actions:
  - group: Doors
    basis: stated
    section: doors
    actions:
      open: {title: Open, allow: keeper}
";

fn firm(rest: &str) -> Firm {
    let rulebook = Rulebook::from_texts([("door.yaml", RULES)]).unwrap();
    Firm::from_text(&rulebook, "firm.yaml", &format!("firm: {rest}")).unwrap()
}

/// The word is kept by programs, so that it has to stay what it is.
#[test]
fn a_state_has_the_same_word_in_every_process() {
    let small =
        firm("One\nusers: [{id: ada, door: {roles: [keeper]}}, {id: bo, name: Bo Nine Letters}]");
    assert_eq!(small.state(), "88b86060d461ae88ecfbb643755fedd4");
    assert_eq!(small.clone().state(), small.state());
}

#[test]
fn whatever_a_firm_holds_tells_its_states_apart() {
    let words = [
        "One\nusers: [{id: ada, door: {}}, {id: bo, door: {}}]",
        "Two\nusers: [{id: ada, door: {}}, {id: bo, door: {}}]",
        "One\nusers: [{id: bo, door: {}}, {id: ada, door: {}}]",
        "One\nusers: [{id: ada, name: A, door: {}}, {id: bo, door: {}}]",
        "One\nusers: [{id: ada, door: {}}, {id: bo}]",
        "One\nusers: [{id: ada, enabled: false, door: {}}, {id: bo, door: {}}]",
        "One\nusers: [{id: ada, door: {roles: [keeper]}}, {id: bo, door: {}}]",
        "One\nusers: [{id: ada, door: {}}, {id: bo, door: {roles: [keeper]}}]",
        "One\nusers: [{id: ada, door: {hours: night}}, {id: bo, door: {}}]",
        "One\nusers: [{id: ada, door: {}}, {id: bo, door: {}}]\nreadings: {door: {is_open: false}}",
        "One\nusers: [{id: ada, door: {}}]",
        "One\nusers: [{id: ad, door: {}}, {id: abo, door: {}}]",
    ];
    let states: BTreeSet<String> = words.iter().map(|rest| firm(rest).state()).collect();
    assert_eq!(states.len(), words.len());
    // The same content in another layout is the same state.
    let spelt = "One\nusers:\n  - door: {roles: []}\n    id: ada\n  - {id: bo, name: bo, enabled: true, door: {hours: day}}";
    assert_eq!(firm(spelt).state(), firm(words[0]).state());
}

#[test]
fn a_change_makes_another_state_and_taking_it_back_the_old_one() {
    let firm = Firm::example(&Rulebook::builtin().unwrap()).unwrap();
    let change = |change: &str| Change::new("tomas", change).role("billing").target("wren");
    let after = firm.apply(&change("grant")).unwrap().firm;
    assert_ne!(after.state(), firm.state());
    let back = after.apply(&change("revoke")).unwrap().firm;
    assert_eq!(back.state(), firm.state());
    let closed = firm
        .with_reading(Some("manage"), "firm_feed_is_open", false)
        .unwrap();
    assert_ne!(closed.state(), firm.state());
    assert_eq!(
        firm.apply(&change("revoke")).unwrap().firm.state(),
        firm.state()
    );
}

#[test]
fn what_is_meant_for_another_state_is_stale() {
    let firm = Firm::example(&Rulebook::builtin().unwrap()).unwrap();
    let grant = || Change::new("tomas", "grant").role("billing").target("wren");
    let bulk = || Bulk::new("tomas").part(grant());
    let after = firm.apply(&grant().if_state(firm.state())).unwrap().firm;
    assert!(
        firm.judge_bulk(&bulk().if_state(firm.state()))
            .unwrap()
            .is_accepted()
    );
    for error in [
        after.judge(&grant().if_state(firm.state())).unwrap_err(),
        after
            .judge_bulk(&bulk().if_state(firm.state()))
            .unwrap_err(),
        after.apply(&grant().if_state("")).unwrap_err(),
    ] {
        assert_eq!(error.code(), &crate::codes::STALE_VERDICT);
    }
}
