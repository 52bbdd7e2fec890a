//! Rules of another product, and what they promise.

use super::{HOUSE, Way, attempt, door, program};

/// What `check` says of a promise of the door.
fn promise(code: &'static str, before: &str, after: &str) -> Way {
    let attempt = |words: &str| {
        let seats = "seats:\n  hold: exactly one of [guest, owner]\n\ngrounds:";
        let promise = format!(
            "properties:\n  promised:\n    title: It is promised\n    {words}\n    basis: stated\n    section: doors\n"
        );
        let rules = [door().replacen("grounds:", seats, 1), promise].concat();
        attempt("check --rules r").with("r/door.yaml", &rules)
    };
    program(code, attempt(before), attempt(after))
}

/// Two changes that do the same to their target.
const CHANGES: &str = "changes:
  crown: { title: Crown, section: doors, basis: stated, allow: owner, does: [{ give: owner, to: target }] }
  enthrone: { title: Enthrone, section: doors, basis: stated, allow: owner, does: [{ give: owner, to: target }] }
";

pub(super) fn ways() -> Vec<Way> {
    let of_door = |run| {
        attempt(run)
            .with("r/door.yaml", &door())
            .with("house.yaml", HOUSE)
    };
    let of_two = |run| {
        let gate = door().replacen("product: door", "product: gate", 1);
        of_door(run).with("r/gate.yaml", &gate)
    };
    let mine = |second: &str| {
        let part = |id: &str| {
            format!(
                "- product: door\n  properties: {{ {id}: {{ title: Opens, whoever: {{ holds: owner }}, can: open }} }}\n"
            )
        };
        of_door("prove mine.yaml --rules r")
            .with("mine.yaml", &[part("mine"), part(second)].concat())
    };
    let simulated = |change: &str| {
        let request = format!(r#"{{"ask":"simulate","user":"ben","changes":[{{{change}}}]}}"#);
        of_door("batch --rules r --firm house.yaml")
            .with("r/door.yaml", &(door() + CHANGES))
            .stdin(&request)
    };
    let asserted = |who: &str, expected: &str| {
        let suite = format!(
            "suite: Doors\nproduct: door\nfirm: ../house.yaml\ntests:\n  - test: The door\n    users: {who}\n    actions: open\n    {expected}: {who}\n"
        );
        let without_seat = HOUSE.replace("    door: {}\n", "");
        of_door("sources fixtures --rules r")
            .with("house.yaml", &without_seat)
            .with("fixtures/doors.yaml", &suite)
    };
    let of_hub = |run| {
        attempt(run)
            .with(
                "r/hub.yaml",
                include_str!("../../cases/things/sound/rules/hub.yaml"),
            )
            .with(
                "hub.yaml",
                include_str!("../../cases/things/sound/firm.yaml"),
            )
    };
    let in_a_file = "firm: Two\nusers:\n  - { id: bo, hub: {} }\nthings:\n  repository: { file: repositories.jsonl }\n";
    vec![
        program(
            "file-apart",
            of_hub("can bo push core --rules r --firm -").stdin(in_a_file),
            of_hub("can bo push core --rules r --firm two.yaml")
                .with("two.yaml", in_a_file)
                .with("repositories.jsonl", "{\"id\":\"core\",\"write\":\"bo\"}\n"),
        ),
        program(
            "missing-thing",
            of_hub("can bo push --rules r --firm hub.yaml"),
            of_hub("can bo push core --rules r --firm hub.yaml"),
        ),
        program(
            "ambiguous-product",
            of_two("can ada open --rules r --firm house.yaml"),
            of_two("can ada open --rules r --firm house.yaml --product door"),
        ),
        program(
            "example-does-not-fit",
            of_door("can ada open --rules r"),
            of_door("can ada open --rules r --firm house.yaml"),
        ),
        promise(
            "property-broken",
            "whoever: { can: open }\n    holds: guest",
            "whoever: { can: open }\n    holds: owner",
        ),
        promise(
            "property-vacuous",
            "whoever: { holds: [guest, owner] }\n    can: open",
            "whoever: { holds: owner }\n    can: open",
        ),
        program("property-twice", mine("mine"), mine("other")),
        program(
            "several-changes-do",
            simulated(r#""grant":"owner""#),
            simulated(r#""change":"crown""#),
        ),
        program(
            "stated-without-fixture",
            asserted("ben", "deny"),
            asserted("ada", "allow"),
        ),
    ]
}
