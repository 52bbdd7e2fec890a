//! Which inputs can be read where: every cell of the reference's table, tried.

use pretty_assertions::assert_eq;

use super::document::{part, spans};
use super::rule_file;
use crate::finding::rules::READS_UNDECLARED;
use crate::link::product::DecisionInput;
use crate::{Rulebook, Severity};

/// Places in which conditions stand, as rows of the table are called.
const PLACES: [&str; 8] = [
    "what a role brings",
    "an action",
    "an action with `target: user`",
    "an action with `target: KIND`",
    "a change",
    "an advice",
    "an effect after a change",
    "an effect after `nothing changed`",
];

/// What is read, as columns are called, and a condition that reads it.
const INPUTS: [(&str, &str); 7] = [
    ("`user.member`", "user.member"),
    ("`target.member`", "target.member"),
    ("`same_user`", "same_user"),
    ("reading", "some_reading"),
    ("fact", "some_fact"),
    ("`KIND.LIST`", "some_kind.some_list"),
    ("`role`", "role == \"member\""),
];

/// A rule file with a condition in each place.
fn with_conditions(conditions: [&str; 8]) -> String {
    let [
        brings,
        action,
        on_person,
        on_thing,
        change,
        advice,
        effect,
        nothing,
    ] = conditions;
    let rest = format!(
        "\
actions:
  - group: All
    section: all
    basis: stated
    allow: member
    because: Because
    facts: {{ some_fact: {{ values: [false, true] }} }}
    actions:
      alone: {{ title: Alone, when: '{action}', because: Because }}
      to_somebody: {{ title: To somebody, target: user, when: '{on_person}', because: Because }}
      to_something: {{ title: To something, target: some_kind, when: '{on_thing}', because: Because }}
changes:
  grant:
    title: Grant
    section: all
    basis: stated
    takes: {{ role: [member] }}
    allow: chief
    when: '{change}'
    because: Because
    does: [{{ give: role, to: target }}]
advice:
  advised: {{ title: Advised, should: '{advice}', because: Because, basis: stated, section: all }}
effects:
  follows: {{ title: Follows, after: grant, when: '{effect}', basis: stated, section: all }}
  stays: {{ title: Stays, after: nothing changed, when: '{nothing}', basis: stated, section: all }}
"
    );
    let chief = "chief: { title: Chief, basis: stated, section: all";
    let bringing = format!("{chief}, brings: [{{ roles: member, when: '{brings}' }}]");
    rule_file(&rest).replace(chief, &bringing)
}

/// Whether a condition can stand in a place.
fn can_stand(place: usize, condition: &str) -> bool {
    let mut conditions = ["some_reading"; 8];
    conditions[place] = condition;
    let text = with_conditions(conditions);
    let Err(error) = Rulebook::from_texts([("rules.yaml", text.as_str())]) else {
        return true;
    };
    let errors = error
        .findings()
        .iter()
        .filter(|finding| finding.severity() == Severity::Error);
    let codes: Vec<&str> = errors.map(|finding| finding.code().name()).collect();
    assert_eq!(codes, [READS_UNDECLARED.name()], "{text}\n{error}");
    false
}

#[test]
fn every_cell_of_what_can_be_read_where_is_true() {
    let table = part("Where which of them can be read").tables.remove(0);
    let inputs = INPUTS.map(|(name, _)| name.to_owned());
    assert_eq!(table.head[1..], inputs);
    let places: Vec<&String> = table.rows.iter().map(|row| &row[0]).collect();
    assert_eq!(places, PLACES);
    for (place, row) in table.rows.iter().enumerate() {
        let tried = INPUTS.map(|(_, condition)| {
            if can_stand(place, condition) {
                "yes"
            } else {
                "no"
            }
        });
        assert_eq!(row[1..], tried, "{}", PLACES[place]);
    }
}

/// How the reference writes an input.
fn written(input: DecisionInput) -> &'static str {
    use crate::vocabulary::Person::{Target, User};
    match input {
        DecisionInput::Holds(User, _) => "user.ROLE",
        DecisionInput::Setting(User, _) => "user.SETTING",
        DecisionInput::Enabled(User) => "user.enabled",
        DecisionInput::Holds(Target, _) => "target.ROLE",
        DecisionInput::Setting(Target, _) => "target.SETTING",
        DecisionInput::Enabled(Target) => "target.enabled",
        DecisionInput::SameUser => "same_user",
        DecisionInput::Reading(_) => "READING",
        DecisionInput::Fact(_) => "FACT",
        DecisionInput::Argument(argument) => argument.name(),
    }
}

/// The compiler holds `written` to the inputs that there are, and this holds the reference to it.
#[test]
fn every_input_is_listed() {
    use crate::link::product::{Argument, FactId, ReadingId, RoleId, SettingId};
    use crate::vocabulary::Person;
    let of_people = Person::ALL.into_iter().flat_map(|person| {
        [
            DecisionInput::Holds(person, RoleId(0)),
            DecisionInput::Setting(person, SettingId(0)),
            DecisionInput::Enabled(person),
        ]
    });
    let others = [
        DecisionInput::SameUser,
        DecisionInput::Reading(ReadingId(0)),
        DecisionInput::Fact(FactId(0)),
    ];
    let inputs = of_people
        .chain(others)
        .chain(Argument::READ.map(DecisionInput::Argument));
    // What is read of a thing is a fact that the thing gives.
    let of_things = [
        "KIND.PROPERTY",
        "KIND.LIST",
        "KIND.KIND.PROPERTY",
        "KIND.KIND.LIST",
        "target.KIND.LIST",
    ];
    let expected: Vec<&str> = inputs
        .map(written)
        .flat_map(|name| {
            let behind = if name == "FACT" { &of_things[..] } else { &[] };
            [name].into_iter().chain(behind.iter().copied())
        })
        .collect();
    let rows = part("What a condition can read").tables.remove(0).rows;
    let listed: Vec<String> = rows.iter().flat_map(|row| spans(&row[0])).collect();
    assert_eq!(listed, expected);
}
