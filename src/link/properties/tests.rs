use pretty_assertions::assert_eq;

use crate::link::product::{
    Conclusion, HolderCount, Premise, PremiseValue, Product, PropertyClaim, RuleTargets, Traits,
};
use crate::{Properties, Rulebook};

const DOOR: &str =
    include_str!("../../../tests/cases/loads/promises_of_every_kind/rules/door.yaml");

fn house() -> Rulebook {
    Rulebook::from_texts([("door.yaml", DOOR)]).unwrap()
}

/// The property that these lines declare, or the findings: each code with its message.
fn linked(lines: &[&str]) -> Result<PropertyClaim, Vec<String>> {
    let rulebook = house();
    let lines: String = lines.iter().map(|line| format!("    {line}\n")).collect();
    let text = format!("product: door\nproperties:\n  mine:\n    title: Mine\n{lines}");
    match Properties::from_text(&rulebook, "mine.yaml", &text) {
        Ok(properties) => Ok(properties.list[0].1.claim.clone()),
        Err(error) => {
            let findings = error.findings().iter();
            Err(findings
                .map(|found| format!("{}: {}", found.code().name(), found.message()))
                .collect())
        }
    }
}

/// Traits as they would be written.
fn traits(product: &Product, traits: &Traits) -> String {
    let roles = |list: &[crate::link::product::RoleId]| {
        let names = list.iter().map(|role| product.role_name(*role).to_string());
        names.collect::<Vec<_>>().join(" ")
    };
    let with = traits.with.iter().map(|(given, value)| {
        let id = match given {
            PremiseValue::Setting(setting) => &product.settings[setting.index()].id,
            PremiseValue::Reading(reading) => &product.readings[reading.index()].id,
            PremiseValue::Fact(fact) => &product.facts[fact.index()].id,
        };
        format!("{id}={}", product.domain_of(*given).unwrap().word(*value))
    });
    let with = with.collect::<Vec<_>>().join(" ");
    format!(
        "[{}] not [{}] with [{with}]",
        roles(&traits.holds),
        roles(&traits.lacks)
    )
}

fn actions(product: &Product, list: &[crate::link::product::ActionId]) -> String {
    let ids = list
        .iter()
        .map(|action| &*product.actions[action.index()].id);
    ids.collect::<Vec<_>>().join(" ")
}

fn premise(product: &Product, premise: &Premise) -> String {
    let makes: Vec<&str> = premise
        .makes
        .iter()
        .map(|change| &*product.changes[change.index()].id)
        .collect();
    format!(
        "{} can [{}] cannot [{}] makes [{}] on {:?} who is {}",
        traits(product, &premise.user),
        actions(product, &premise.can),
        actions(product, &premise.cannot),
        makes.join(" "),
        premise.on,
        traits(product, &premise.target),
    )
}

fn conclusion(product: &Product, conclusion: &Conclusion) -> String {
    format!(
        "{} can [{}] cannot [{}] to {}",
        traits(product, &conclusion.user),
        actions(product, &conclusion.can),
        actions(product, &conclusion.cannot),
        traits(product, &conclusion.target),
    )
}

#[test]
fn promises_are_linked_as_they_are_written() {
    let rulebook = house();
    let product = &rulebook.compiled()[0].product;
    let linked: Vec<String> = product
        .properties
        .iter()
        .map(|property| match &property.claim {
            PropertyClaim::Whoever(of, then) => {
                format!("{} => {}", premise(product, of), conclusion(product, then))
            }
            PropertyClaim::Nobody(of) => format!("nobody {}", premise(product, of)),
            PropertyClaim::Always(always) => format!(
                "{} {:?} {}",
                product.role_name(always.role),
                always.holders,
                always.enabled
            ),
            PropertyClaim::Alone => "alone".to_owned(),
        })
        .collect();
    const NOTHING: &str = "[] not [] with []";
    assert_eq!(
        linked,
        [
            format!(
                "{NOTHING} can [open] cannot [] makes [] on None who is {NOTHING} => {NOTHING} can [lock] cannot [] to {NOTHING}"
            ),
            format!(
                "[] not [guest] with [hours=night is_open=false weather=rain] can [lock open] cannot [] makes [] on None who is {NOTHING} => [owner] not [] with [] can [] cannot [] to {NOTHING}"
            ),
            format!(
                "{NOTHING} can [] cannot [] makes [] on None who is {NOTHING} => {NOTHING} can [] cannot [ring] to {NOTHING}"
            ),
            format!(
                "nobody {NOTHING} can [show_out] cannot [] makes [] on Some(Others) who is [owner] not [] with [hours=day]"
            ),
            format!(
                "{NOTHING} can [] cannot [] makes [grant] on Some(Others) who is {NOTHING} => [owner] not [] with [hours=day] can [] cannot [] to [] not [owner] with []"
            ),
            "owner Exactly true".to_owned(),
            "alone".to_owned(),
        ]
    );
    let [conflict] = &product.conflicts[..] else {
        panic!("one conflict")
    };
    assert_eq!(actions(product, &conflict.both), "open lock");
    assert_eq!(product.role_name(conflict.except[0]), "owner");
}

#[test]
fn a_property_speaks_about_those_whom_any_part_of_it_names() {
    for lines in [
        &["whoever: { holds: guest }", "can: open"][..],
        &["whoever: { lacks: guest }", "lacks: owner"],
        &["whoever: { with: { hours: day } }", "cannot: open"],
        &["whoever: { cannot: open }", "lacks: owner"],
        &["whoever: { can: open }", "with: { hours: day }"],
        &["whoever: { makes: grant }", "holds: owner"],
        &["whoever: { target: { holds: guest } }", "cannot: show_out"],
        &["whoever: { target: { lacks: guest } }", "cannot: show_out"],
        &[
            "whoever: { target: { with: { hours: day } } }",
            "cannot: show_out",
        ],
        &["whoever: { can: show_out }", "target: { holds: guest }"],
        &["whoever: { can: show_out }", "target: { lacks: guest }"],
        &[
            "whoever: { can: show_out }",
            "target: { with: { hours: day } }",
        ],
        &["cannot: show_out", "target: { lacks: owner }"],
        &["holds: owner"],
        &["with: { is_open: true }"],
        &["always: { role: owner, holders: at most one }"],
        &["alone: gains nothing"],
    ] {
        assert!(linked(lines).is_ok(), "{lines:?}: {:?}", linked(lines));
    }
}

#[test]
fn what_is_done_to_a_person_is_done_to_anybody_unless_it_says_to_whom() {
    let on = |lines: &[&str]| match linked(lines) {
        Ok(PropertyClaim::Whoever(premise, _) | PropertyClaim::Nobody(premise)) => premise.on,
        other => panic!("{lines:?}: {other:?}"),
    };
    for (lines, whom) in [
        (
            &["whoever: { can: show_out }", "holds: owner"][..],
            Some(RuleTargets::Anyone),
        ),
        (
            &["whoever: { can: show_out, on: self }", "holds: owner"],
            Some(RuleTargets::Oneself),
        ),
        (
            &["whoever: { can: show_out, on: others }", "holds: owner"],
            Some(RuleTargets::Others),
        ),
        (
            &["whoever: { can: show_out, on: anyone }", "holds: owner"],
            Some(RuleTargets::Anyone),
        ),
        (
            &["whoever: { cannot: show_out }", "lacks: owner"],
            Some(RuleTargets::Anyone),
        ),
        (
            &["whoever: { holds: guest, on: self }", "can: show_out"],
            Some(RuleTargets::Oneself),
        ),
        (
            &["whoever: { holds: guest }", "cannot: [open, show_out]"],
            Some(RuleTargets::Anyone),
        ),
        (
            &["whoever: { makes: grant }", "holds: owner"],
            Some(RuleTargets::Anyone),
        ),
        (
            &["nobody: { can: show_out, on: self }"],
            Some(RuleTargets::Oneself),
        ),
        (&["nobody: { makes: grant }"], Some(RuleTargets::Anyone)),
        (&["nobody: { can: [open, lock] }"], None),
        (&["whoever: { can: open }", "holds: owner"], None),
    ] {
        assert_eq!(on(lines), whom, "{lines:?}");
    }
}

#[test]
fn parts_that_say_nothing_are_no_property() {
    let nothing = |key: &str| format!("property-empty-premise: `{key}` names nobody in particular");
    let silent =
        "property-says-nothing: the property `mine` says nothing that could be true or false";
    for (lines, found) in [
        (&["holds: []"][..], vec![silent.to_owned()]),
        (&["with: {}"], vec![silent.to_owned()]),
        (
            &["whoever: { can: show_out }", "target: {}"],
            vec![silent.to_owned()],
        ),
        (
            &[
                "whoever: { can: show_out }",
                "target: { holds: [], lacks: [], with: {} }",
            ],
            vec![silent.to_owned()],
        ),
        (
            &["whoever: { target: {} }", "holds: owner"],
            vec![nothing("whoever")],
        ),
        (
            &["whoever: { holds: [], can: [], makes: [] }", "holds: owner"],
            vec![nothing("whoever")],
        ),
        (
            &["nobody: { lacks: [], with: {} }"],
            vec![nothing("nobody")],
        ),
    ] {
        assert_eq!(linked(lines).unwrap_err(), found, "{lines:?}");
    }
}

/// A conclusion is not allowed beside a claim of another kind.
#[test]
fn what_follows_is_a_kind_of_its_own() {
    for (key, line) in [
        ("holds", "holds: owner"),
        ("lacks", "lacks: owner"),
        ("can", "can: open"),
        ("cannot", "cannot: open"),
        ("with", "with: { hours: day }"),
        ("target", "target: { holds: guest }"),
    ] {
        let found = linked(&["nobody: { can: show_out }", line]).unwrap_err();
        let message =
            format!("property-two-kinds: `{key}` and `nobody` cannot stand in one property");
        assert_eq!(found, [message]);
    }
}

#[test]
fn a_contradiction_is_found_in_every_part() {
    let about = |name: &str, one: &str, other: &str| {
        format!(
            "property-contradicts-itself: `{name}` stands under `{one}` and under `{other}`, which nobody can be"
        )
    };
    let roles = about("guest", "holds", "lacks");
    let does = about("open", "can", "cannot");
    for (lines, found) in [
        (
            &[
                "whoever: { holds: [guest, owner], lacks: guest }",
                "can: open",
            ][..],
            &roles,
        ),
        (
            &[
                "whoever: { can: open, cannot: [lock, open] }",
                "holds: owner",
            ],
            &does,
        ),
        (&["holds: guest", "lacks: [owner, guest]"], &roles),
        (&["can: open", "cannot: open"], &does),
        (
            &[
                "whoever: { can: show_out }",
                "target: { holds: guest, lacks: guest }",
            ],
            &roles,
        ),
        (
            &["nobody: { can: show_out, target: { holds: guest, lacks: guest } }"],
            &roles,
        ),
    ] {
        assert_eq!(
            linked(lines).unwrap_err(),
            std::slice::from_ref(found),
            "{lines:?}"
        );
    }
    assert!(linked(&["holds: guest", "lacks: owner", "can: open", "cannot: lock"]).is_ok());
}

#[test]
fn numbers_of_holders_are_what_their_words_say() {
    for (holding, words, permitted) in [
        (
            HolderCount::Exactly,
            "exactly one",
            [false, true, false, false],
        ),
        (
            HolderCount::AtLeast,
            "at least one",
            [false, true, true, true],
        ),
        (
            HolderCount::AtMost,
            "at most one",
            [true, true, false, false],
        ),
    ] {
        assert_eq!(holding.words(), words);
        assert_eq!([0, 1, 2, 3].map(|count| holding.permits(count)), permitted);
        let line = format!("always: {{ role: guest, holders: {words} }}");
        let Ok(PropertyClaim::Always(always)) = linked(&[&line]) else {
            panic!("{words}")
        };
        assert_eq!((always.holders, always.enabled), (holding, false));
    }
}
