use std::fmt::Write;

use super::*;
use crate::{Firm, Question, Rulebook, Seat, User};
use pretty_assertions::assert_eq;

const DOOR: &str = include_str!("../../../tests/cases/loads/a_small_rulebook/rules/door.yaml");

/// A rulebook with this many roles, settings of 1 to 40 values, readings, and an action for each.
fn large(roles: usize, settings: usize, readings: usize) -> String {
    let mut more_roles = String::new();
    for n in 0..roles {
        writeln!(
            more_roles,
            "  r{n}: {{ title: R, basis: stated, section: doors }}"
        )
        .unwrap();
    }
    let mut more = "settings:\n".to_owned();
    for n in 0..settings {
        let values = (0..=n % 40)
            .map(|v| format!("v{v}"))
            .collect::<Vec<_>>()
            .join(", ");
        writeln!(
            more,
            "  s{n}: {{ title: S, values: [{values}], default: v0, basis: stated, section: doors }}"
        )
        .unwrap();
    }
    more += "readings:\n";
    for n in 0..readings {
        writeln!(
            more,
            "  q{n}: {{ question: Q, default: false, section: doors }}"
        )
        .unwrap();
    }
    let mut actions = String::new();
    for n in 0..roles {
        writeln!(actions, "      by_r{n}: {{ title: A, allow: r{n} }}").unwrap();
    }
    for n in 0..settings {
        let last = n % 40;
        writeln!(actions, "      by_s{n}: {{ title: A, allow: everyone, when: user.s{n} == \"v{last}\", because: No }}").unwrap();
    }
    for n in 0..readings {
        writeln!(
            actions,
            "      by_q{n}: {{ title: A, allow: everyone, when: q{n}, because: No }}"
        )
        .unwrap();
    }
    DOOR.replacen("roles:\n", &format!("roles:\n{more_roles}"), 1)
        .replacen("grounds:", &format!("{more}\ngrounds:"), 1)
        + actions.as_str()
}

fn fields(layout: &Layout) -> Vec<BitField> {
    let own = [Layout::SEAT, Layout::ENABLED];
    own.into_iter()
        .chain(layout.roles.iter().copied())
        .chain(layout.settings.iter().copied())
        .collect()
}

#[test]
fn fields_never_overlap_and_never_lie_across_words() {
    let rulebook = Rulebook::from_texts([("door.yaml", &*large(150, 90, 70))]).unwrap();
    let [compiled] = rulebook.compiled() else {
        unreachable!("one product")
    };
    let layout = &compiled.layout;
    assert!(layout.words() > 3, "{} words", layout.words());
    let mut taken = vec![0; layout.words()];
    for field in fields(layout) {
        assert!(
            u32::from(field.shift) + u32::from(field.width) <= Word::BITS,
            "{field:?}"
        );
        let mut bits = vec![0; layout.words()];
        field.write(&mut bits, Value(u16::MAX));
        for (taken, bits) in taken.iter_mut().zip(&bits) {
            assert_eq!(*taken & bits, 0, "{field:?}");
            *taken |= bits;
        }
    }
    assert_eq!(Layout::reading_words(&compiled.product), 3);
    let readings: std::collections::HashSet<BitField> =
        (0..70_usize).map(|n| Layout::reading(n.into())).collect();
    assert_eq!(readings.len(), 70);
}

#[test]
fn what_is_written_is_read_and_nothing_else_changes() {
    let rulebook = Rulebook::from_texts([("door.yaml", &*large(150, 90, 70))]).unwrap();
    let layout = &rulebook.compiled()[0].layout;
    let fields = fields(layout);
    for ground in [0, Word::MAX] {
        for field in &fields {
            let mut words = vec![ground; layout.words()];
            for value in [
                Value(0),
                Value(1),
                Value(field.mask()),
                Value(field.mask() / 2),
            ] {
                let before: Vec<Value> = fields
                    .iter()
                    .filter(|other| *other != field)
                    .map(|other| other.read(&words))
                    .collect();
                let value = Value(value.0 & field.mask());
                field.write(&mut words, value);
                assert_eq!(field.read(&words), value, "{field:?}");
                let after: Vec<Value> = fields
                    .iter()
                    .filter(|other| *other != field)
                    .map(|other| other.read(&words))
                    .collect();
                assert_eq!(before, after, "{field:?}");
            }
        }
    }
    // Words that are not there read as nothing and are not written.
    let far = BitField {
        word: 9,
        shift: 0,
        width: 1,
    };
    far.write(&mut [0], Value::YES);
    assert_eq!(far.read(&[Word::MAX]), Value::NO);
}

#[test]
fn people_with_more_than_64_bits_are_answered_by_the_right_ones() {
    let (roles, settings, readings) = (150, 90, 70);
    let rulebook =
        Rulebook::from_texts([("door.yaml", &*large(roles, settings, readings))]).unwrap();
    for (role, setting, reading) in [
        (0, 0, 0),
        (61, 39, 63),
        (62, 38, 64),
        (63, 79, 65),
        (64, 80, 69),
        (149, 89, 1),
    ] {
        let seat = Seat::new("door")
            .role(format!("r{role}"))
            .setting(format!("s{setting}"), format!("v{}", setting % 40));
        let firm = Firm::of_users(&rulebook, "House", [User::new("ada").seat(seat)]).unwrap();
        let firm = firm
            .with_reading(None, &format!("q{reading}"), true)
            .unwrap();
        let allows = |action: String| {
            firm.ask(&Question::new("ada", action))
                .unwrap()
                .is_allowed()
        };
        for n in 0..roles {
            assert_eq!(allows(format!("by_r{n}")), n == role, "r{n}");
        }
        for n in 0..settings {
            // A setting of one value always has it.
            assert_eq!(
                allows(format!("by_s{n}")),
                n == setting || n % 40 == 0,
                "s{n}"
            );
        }
        for n in 0..readings {
            assert_eq!(allows(format!("by_q{n}")), n == reading, "q{n}");
        }
    }
}

#[test]
fn every_value_of_a_fact_has_bits_of_its_own() {
    let rules = DOOR.replacen(
        "      open: Open the door\n",
        "      open:
        title: Open the door
        facts:
          one: { values: [a, b, c], default: b }
          two: { values: [true, false] }
          three: { values: [a, b, c, d, e], default: e }
        allow: everyone
        when: one == \"c\" && two && three == \"d\"
        because: No
",
        1,
    );
    let rulebook = Rulebook::from_texts([("door.yaml", &*rules)]).unwrap();
    let firm = Firm::of_users(
        &rulebook,
        "House",
        [User::new("ada").seat(Seat::new("door"))],
    )
    .unwrap();
    let mut allowed = Vec::new();
    for one in ["a", "b", "c"] {
        for two in ["true", "false"] {
            for three in ["a", "b", "c", "d", "e"] {
                let question = Question::new("ada", "open")
                    .fact("three", three)
                    .fact("one", one)
                    .fact("two", two);
                if firm.ask(&question).unwrap().is_allowed() {
                    allowed.push((one, two, three));
                }
            }
        }
    }
    assert_eq!(allowed, [("c", "true", "d")]);
    let silent = firm
        .ask(&Question::new("ada", "open").fact("two", "true"))
        .unwrap();
    assert!(!silent.is_allowed());
}

/// Seat, whether somebody is enabled, two roles, and what is added: sixteen bits are half a word.
#[test]
fn a_profile_of_sixteen_bits_fits_half_a_word() {
    for (roles, settings, bits) in [
        (1, 1, 5),
        (12, 1, 16),
        (13, 1, 17),
        // The second setting has two values, which take a bit.
        (11, 2, 16),
        (12, 2, 17),
        // So many that the last word has room again.
        (28, 1, 32),
        (30, 1, 34),
    ] {
        let text = large(roles, settings, 1);
        let rulebook = Rulebook::from_texts([("door.yaml", &*text)]).unwrap();
        let layout = &rulebook.compiled()[0].layout;
        assert_eq!(layout.words(), 1 + (bits - 1) / 32, "{bits} bits");
        assert_eq!(layout.is_short(), bits <= 16, "{bits} bits");
    }
}
