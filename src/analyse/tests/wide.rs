//! A firm in which no two people are alike, however many there are, and how the cost of answers grows with it.

use crate::analyse::crowd::taken_looks;
use crate::{Firm, Rulebook, Seat, Simulation, User};

/// Settings with so many values that no two people need be alike; one of them decides to whom something may be done.
pub(in crate::analyse) fn rulebook() -> Rulebook {
    let values: Vec<String> = (0..32).map(|value| format!("v{value}")).collect();
    let values = values.join(", ");
    let settings = (0..4).map(|setting| {
        format!("  s{setting}: {{title: S, values: [{values}], default: v0, basis: stated, section: all}}\n")
    });
    let settings: String = settings.collect();
    let text = format!(
        "\
product: wide
title: Wide
document: {{title: Wide, sections: {{all: All}}}}
roles:
  boss: {{title: Boss, basis: stated, section: all}}
  clerk: {{title: Clerk, basis: stated, section: all}}
settings:
{settings}grounds:
  user_disabled: {{because: Disabled, basis: inferred, section: all}}
  user_has_no_seat: {{because: No seat, basis: inferred, section: all}}
  target_has_no_seat: {{because: No seat, basis: inferred, section: all}}
actions:
  - group: All
    basis: stated
    section: all
    actions:
      open: {{title: Open the door, allow: boss}}
      edit:
        title: Edit somebody
        target: user
        allow: [boss, clerk]
        when: target.boss || user.s0 == target.s0
        because: They are of another group
changes:
  grant:
    title: Grant
    section: all
    basis: stated
    takes: {{role: [boss, clerk]}}
    allow: boss
    does:
      - {{give: role, to: target}}
  set_it:
    title: Set
    section: all
    basis: stated
    takes: {{setting: [s0, s1, s2, s3], value: a value of setting}}
    allow: boss
    does:
      - {{set: setting, of: target, to: value}}
"
    );
    Rulebook::from_texts([("wide.yaml", text.as_str())]).unwrap()
}

/// This many users, each with different settings. Another `shift` gives everybody other settings.
pub(in crate::analyse) fn firm(rulebook: &Rulebook, users: usize, shift: usize) -> Firm {
    let users = (0..users).map(|user| {
        let role = if user == 0 { "boss" } else { "clerk" };
        let seat = Seat::new("wide").role(role);
        let values = (0..4).map(|setting| (setting, (user + shift) >> (5 * setting) & 31));
        let seat = values.fold(seat, |seat, (setting, value)| {
            seat.setting(format!("s{setting}"), format!("v{value}"))
        });
        User::new(format!("u{user}")).seat(seat)
    });
    Firm::of_users(rulebook, "Wide", users).unwrap()
}

#[test]
fn what_changes_for_whom_is_looked_for_once_for_each_and_not_for_each_two() {
    let rulebook = rulebook();
    let looked = |users| {
        let firm = firm(&rulebook, users, 0);
        taken_looks();
        let simulated = firm.simulate(&Simulation::of("u5").grant("boss")).unwrap();
        // Now everybody outside the group can edit them as well, and they can still edit everybody.
        assert!(simulated.gained.0.len() > users * 9 / 10);
        let simulated = taken_looks();
        firm.what_can("u5", None).unwrap();
        (simulated, taken_looks())
    };
    let [few, many] = [500, 2_000].map(looked);
    assert!(few.0 >= 500 && few.1 >= 500, "{few:?}");
    assert!(many.0 <= 4 * few.0 + few.0 / 10, "{few:?} {many:?}");
    assert!(many.1 <= 4 * few.1 + few.1 / 10, "{few:?} {many:?}");
}
