//! Products with many roles: properties about them are decided within a few states.

use pretty_assertions::assert_eq;

use super::*;

/// This many roles, each of which allows its own action and one shared action, and as many roles with a single
/// holder.
fn large(roles: usize, of_one: usize) -> Rulebook {
    let names: Vec<String> = (0..roles).map(|number| format!("r{number}")).collect();
    let single: Vec<String> = (0..of_one).map(|number| format!("s{number}")).collect();
    let mut text =
        "product: door\ntitle: Door\ndocument: {title: D, sections: {s: S}}\nroles:\n".to_owned();
    for name in &names {
        writeln!(text, "  {name}: {{title: R, basis: stated, section: s}}").unwrap();
    }
    for name in &single {
        writeln!(text, "  {name}: {{title: R, basis: stated, section: s, holders: {{count: exactly one, enabled: true}}}}").unwrap();
    }
    text += "grounds:\n  user_disabled: {because: b, basis: stated, section: s}\n  user_has_no_seat: {because: b, basis: stated, section: s}\n  target_has_no_seat: {because: b, basis: stated, section: s}\n";
    text += "refusals:\n  not_oneself: {when: same_user, because: No}\n";
    writeln!(text, "actions:\n  - group: G\n    section: s\n    basis: stated\n    actions:\n      enter: {{title: E, allow: [{}]}}", names.join(", ")).unwrap();
    for name in &names {
        writeln!(text, "      do_{name}: {{title: D, allow: {name}}}").unwrap();
    }
    // Everybody may drop all their roles at once, except the role that gives roles.
    let changes = [
        (
            "changes:\n",
            "grant",
            &names[..],
            "allow: r0\n    unless: not_oneself",
            "give: role, to: target",
        ),
        (
            "",
            "drop",
            &names[1..],
            "allow: everyone",
            "take: role, from: target",
        ),
    ];
    for (head, id, roles, who, does) in changes {
        let roles = roles.join(", ");
        writeln!(text, "{head}  {id}:\n    title: C\n    section: s\n    basis: stated\n    takes: {{role: [{roles}]}}\n    {who}\n    does: [{{{does}}}]").unwrap();
    }
    text += "bulk:\n  title: B\n  of: [grant, drop]\n  section: s\n  basis: stated\n  all_or_nothing: {basis: stated}\n  contradiction: {rule: opposites, because: b, basis: stated}\n";
    Rulebook::from_texts([("door.yaml", text.as_str())]).unwrap_or_else(|error| panic!("{error}"))
}

const PROPERTIES: &str = "  alone:\n    title: T\n    alone: gains nothing\n  one:\n    title: T\n    always: {role: r1, holders: at most one}\n  some:\n    title: T\n    always: {role: r0, holders: at least one}\n  enter:\n    title: T\n    whoever: {holds: r7}\n    can: enter\n";

#[test]
fn what_is_decided_of_few_roles_is_decided_of_many_in_a_few_states() {
    let results_of = |rulebook: &Rulebook| -> Vec<(Option<bool>, usize)> {
        let proven = prove(rulebook, PROPERTIES);
        proven.iter().map(|one| (one.holds, one.states)).collect()
    };
    for (roles, of_one) in [(8, 0), (8, 2), (32, 0), (24, 24)] {
        let results = results_of(&large(roles, of_one));
        let decided: Vec<Option<bool>> = results.iter().map(|one| one.0).collect();
        assert_eq!(
            decided,
            [Some(true), Some(false), Some(true), Some(true)],
            "{roles} {of_one}"
        );
        for (_, states) in &results {
            assert!(*states < 60 * roles, "{roles} {of_one}: {results:?}");
        }
    }
}
