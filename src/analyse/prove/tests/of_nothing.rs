//! Properties that speak about nothing: they hold, and are warned of.

use pretty_assertions::assert_eq;

use super::*;

#[test]
fn a_property_of_nothing_is_warned_of_at_its_place() {
    let rules = rules(&mut Dice(7))
        + "properties:\n  strangers_open:\n    title: Strangers who hold the house open it\n    whoever: {holds: owner, lacks: keeper}\n    can: open\n    basis: stated\n    section: doors\n";
    let rulebook = rulebook(&rules);
    let findings = rulebook.check_properties();
    let finding = findings.iter().next().unwrap();
    assert_eq!(finding.code().name(), "property-vacuous");
    assert_eq!(finding.severity(), crate::Severity::Warning);
    assert_eq!(
        finding.message(),
        "the property `strangers_open` of Door holds of nothing: nobody can be so: user holds owner and lacks keeper"
    );
    assert_eq!(
        finding.help(),
        Some("correct whom or what it speaks about, or remove the property")
    );
    let place = finding.place().unwrap();
    assert_eq!(place.source().slice(place.span()), "strangers_open");
    assert_eq!(findings.iter().count(), 1);
}

#[test]
fn properties_over_changes_that_nobody_can_make_are_of_nothing() {
    let (changes, _) = TAIL.split_once("bulk:").unwrap();
    let never = changes.replace(
        "allow: keeper",
        "allow: keeper\n    unless: [not_oneself, not_others]",
    );
    let refusals = HEAD.replace(
        "actions:\n  - group",
        "  not_others:\n    when: \"!same_user\"\n    because: Not others\nactions:\n  - group",
    );
    let properties = "  hours:\n    title: T\n    whoever: {makes: set_hours}\n    holds: keeper\n  \
         house:\n    title: T\n    whoever: {makes: [set_hours, pass_on]}\n    holds: owner\n  \
         guests:\n    title: T\n    always: {role: guest, holders: at most one}\n  \
         owners:\n    title: T\n    always: {role: owner, holders: at most one}\n  \
         alone:\n    title: T\n    alone: gains nothing\n";
    let vacuous = |rules: &str| {
        let proven = prove(&rulebook(rules), properties);
        let results = proven.iter().filter(|one| one.is_proven()).map(|one| {
            let because = one.because.as_deref().unwrap_or("-");
            format!("{}: {because}", one.name)
        });
        results.collect::<Vec<String>>()
    };
    assert_eq!(
        vacuous(&format!("{refusals}changes:{never}")),
        [
            "hours: nobody can be so: set_hours is accepted of user",
            "house: -",
            "guests: no change that is accepted alters who holds guest",
            "owners: -",
        ]
    );
    let nothing = HEAD.replace("    moves_by: pass_on\n", "");
    let properties = "  owners:\n    title: T\n    always: {role: owner, holders: at most one}\n  \
         alone:\n    title: T\n    alone: gains nothing\n";
    let rulebook = rulebook(&nothing);
    let proven = prove(&rulebook, properties);
    let because: Vec<Option<&str>> = proven.iter().map(|one| one.because.as_deref()).collect();
    assert_eq!(
        because,
        [
            Some("no change that is accepted alters who holds owner"),
            Some("no change that is accepted alters what an action looks at"),
        ]
    );
}

#[test]
fn nothing_that_is_shipped_is_promised_of_nothing() {
    let rulebook = Rulebook::builtin().unwrap();
    let proof = rulebook.prove();
    for proven in &proof.properties {
        assert!(
            !proven.vacuous && proven.because.is_none(),
            "{}",
            proven.name
        );
    }
    assert!(proof.properties.len() > 10);
    // Each is proven by a walk or an induction that takes time and checks something.
    for proven in &proof.properties {
        assert!(proven.states > 0 && !proven.took.0.is_zero());
    }
}
