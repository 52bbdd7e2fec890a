//! Searches that are cut off: nothing is decided that was not searched to the end.

use pretty_assertions::assert_eq;

use super::*;

/// Two properties, the first of which takes more states than the second.
const TWO: &str = "properties:\n  open_means_guest:\n    title: Guests\n    whoever: {can: [watch, open]}\n    holds: guest\n    basis: stated\n    section: doors\n  all_open:\n    title: Everybody opens\n    can: open\n    basis: stated\n    section: doors\n";

#[test]
fn what_is_cut_off_is_not_decided_and_the_others_are_proven_all_the_same() {
    let rules = rules(&mut Dice(7)) + TWO;
    let load = |limits: &Limits| {
        Loader::new()
            .limits(limits)
            .rulebook_from_texts([("door.yaml", rules.as_str())])
            .unwrap()
    };
    let few = load(&Limits {
        proof_states: 3,
        ..Limits::DEFAULT
    });
    let proof = few.prove();
    let [guests, all] = &*proof.properties else {
        panic!("two properties");
    };
    assert!(!guests.is_proven() && !guests.is_broken() && !proof.holds());
    assert_eq!((guests.states, all.is_broken()), (3, true));
    let why = guests.undecided.as_ref().unwrap();
    assert_eq!(why.code, "property-not-decided");
    assert_eq!(
        why.message,
        "the property `open_means_guest` of Door is not decided: the search was cut off after 3 states"
    );
    assert!(
        why.help
            .as_ref()
            .unwrap()
            .contains("`--states` and `--time`")
    );
    let json = serde_json::to_value(guests).unwrap();
    assert_eq!(json["holds"], Value::Null);
    assert_eq!(json["undecided"]["code"], "property-not-decided");
    assert_eq!(
        json["cut_off"],
        serde_json::json!({"by": "states", "limit": 3, "states": 3})
    );
    let findings = few.check_properties();
    let messages = findings
        .iter()
        .map(|finding| (finding.code(), finding.severity()));
    let expected = [
        (
            &crate::codes::PROPERTY_NOT_DECIDED,
            crate::Severity::Warning,
        ),
        (&crate::codes::PROPERTY_BROKEN, crate::Severity::Error),
    ];
    assert_eq!(messages.collect::<Vec<_>>(), expected);
    let proof = load(&Limits::DEFAULT).prove();
    assert!(
        proof
            .properties
            .iter()
            .all(|property| property.undecided.is_none())
    );
}

/// Without time, nothing is decided and the search stops.
#[test]
fn no_property_goes_on_when_its_time_is_over() {
    let limits = Limits {
        search_time: std::time::Duration::ZERO,
        ..Limits::DEFAULT
    };
    let rulebook = Loader::new()
        .limits(&limits)
        .rulebook_from_folder("rules")
        .unwrap();
    let proof = rulebook.prove();
    for property in &proof.properties {
        let by = property.cut_off.unwrap().by;
        assert_eq!(
            by,
            crate::SearchBound::Time {
                seconds: std::time::Duration::ZERO
            }
        );
        assert!(property.undecided.is_some() && property.states == 0);
    }
    assert_eq!(proof.properties.len(), 19);
}
