//! Properties of rule files, of files of their own, and of another rulebook.

use pretty_assertions::assert_eq;

use super::*;

#[test]
fn a_broken_property_of_a_rule_file_is_a_finding_with_its_place() {
    let rules = rules(&mut Dice(7))
        + "properties:\n  all_open:\n    title: Everybody opens\n    can: open\n    basis: stated\n    section: doors\n";
    let rulebook = rulebook(&rules);
    let findings = rulebook.check_properties();
    let finding = findings.iter().next().unwrap();
    assert_eq!(finding.code().name(), "property-broken");
    assert_eq!(
        finding.message(),
        "the property `all_open` of Door does not hold: user may not open"
    );
    let place = finding.place().unwrap();
    assert_eq!(place.source().slice(place.span()), "all_open");
}

#[test]
fn a_file_of_properties_has_ids_of_its_own() {
    let rules = rules(&mut Dice(7))
        + "properties:\n  all_open:\n    title: Everybody opens\n    can: open\n    basis: stated\n    section: doors\n";
    let rulebook = rulebook(&rules);
    let read = |text: &str| Properties::from_text(&rulebook, "mine.yaml", text);
    let again = "product: door\nproperties: {all_open: {title: Again, can: open}}";
    let proof = rulebook.prove_only(&read(again).unwrap()).unwrap();
    let proven: Vec<&str> = proof.properties.iter().map(|it| &*it.title).collect();
    assert_eq!(proven, ["Again"]);
    let parts: String = ["One", "Two"]
        .map(|title| {
            format!("- product: door\n  properties: {{mine: {{title: {title}, can: open}}}}\n")
        })
        .concat();
    let refused = read(&parts).unwrap_err();
    let twice = refused.findings().iter().next().unwrap();
    assert_eq!(
        twice.to_string(),
        "mine.yaml:4:16: error[property-twice]: the property `mine` of Door is declared twice; give one of the two another id"
    );
    let first = &twice.labels()[0];
    assert_eq!(first.place.to_string(), "mine.yaml:2:16");
}

#[test]
fn properties_of_another_rulebook_are_not_proven() {
    let (one, other) = (
        rulebook(&rules(&mut Dice(7))),
        rulebook(&rules(&mut Dice(7))),
    );
    let properties = Properties::from_text(
        &one,
        "mine.yaml",
        "product: door\nproperties: {p: {title: P, can: open}}",
    )
    .unwrap();
    assert_eq!((properties.len(), properties.is_empty()), (1, false));
    assert!(one.prove_only(&properties).is_ok());
    assert_eq!(
        other.prove_only(&properties).unwrap_err().code(),
        &crate::codes::FOREIGN_HANDLE
    );
}

/// Every property of two shapes about the roles of another rulebook, compared with all possible people.
#[test]
fn properties_of_another_rulebook_hold_exactly_where_nobody_breaks_them() {
    const RECORDS: [(&str, &str); 2] = [
        (
            "records.yaml",
            include_str!("../../../../tests/rulebooks/records/rules/records.yaml"),
        ),
        (
            "records.rhai",
            include_str!("../../../../tests/rulebooks/records/rules/records.rhai"),
        ),
    ];
    let rulebook = Rulebook::from_texts(RECORDS).unwrap();
    let roles = ["owner", "reader", "admin"];
    let mut sample = Vec::new();
    for set in 0..8 {
        let held: Vec<&str> = (0..3)
            .filter(|n| set >> n & 1 == 1)
            .map(|n| roles[n])
            .collect();
        let seat = held
            .iter()
            .fold(Seat::new("records"), |seat, role| seat.role(*role));
        let firm = Firm::of_users(&rulebook, "One", [User::new("one").seat(seat)]).unwrap();
        for status in ["active", "archived"] {
            for soft in ["true", "false"] {
                let may = |action: &'static str| {
                    let question = Question::new("one", action);
                    let question = match action {
                        "write" => question.fact("status", status),
                        "delete" => question.fact("soft", soft),
                        _ => question,
                    };
                    firm.answer(&question).unwrap().is_allowed()
                };
                let can: Vec<&str> = ["read", "write", "delete"]
                    .into_iter()
                    .filter(|a| may(a))
                    .collect();
                sample.push((held.clone(), status, soft, can));
            }
        }
    }
    let (mut text, mut by_hand) = (String::from("product: records\nproperties:\n"), Vec::new());
    for action in ["read", "write", "delete"] {
        for role in roles {
            for status in ["active", "archived"] {
                for soft in ["true", "false"] {
                    let name = format!("{action}_{role}_{status}_{soft}");
                    let with = format!("with: {{status: {status}, soft: {soft}}}");
                    write!(
                        text,
                        "  a_{name}:\n    title: T\n    whoever: {{can: {action}, {with}}}\n    holds: {role}\n  \
                         b_{name}:\n    title: T\n    whoever: {{holds: {role}, {with}}}\n    can: {action}\n"
                    )
                    .unwrap();
                    let here = || {
                        sample
                            .iter()
                            .filter(|sample| (sample.1, sample.2) == (status, soft))
                    };
                    by_hand.push(
                        here()
                            .all(|sample| !sample.3.contains(&action) || sample.0.contains(&role)),
                    );
                    by_hand.push(
                        here()
                            .all(|sample| !sample.0.contains(&role) || sample.3.contains(&action)),
                    );
                }
            }
        }
    }
    let properties = Properties::from_text(&rulebook, "mine.yaml", &text).unwrap();
    let proof = rulebook.prove_only(&properties).unwrap();
    let held: Vec<bool> = proof
        .properties
        .iter()
        .map(PropertyResult::is_proven)
        .collect();
    assert_eq!(held, by_hand);
    assert!(held.iter().filter(|held| **held).count() > 10 && !proof.holds());
    for counterexample in proof
        .properties
        .iter()
        .filter_map(|property| property.counterexample.as_ref())
    {
        assert_eq!(
            (
                reread(&rulebook, counterexample).firm.users().count(),
                counterexample.steps.len()
            ),
            (1, 0)
        );
    }
}
