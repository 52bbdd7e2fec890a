//! Edits by chance, beside firms that are built anew from the same users.

use std::collections::HashMap;

use pretty_assertions::assert_eq;

use crate::finding::Code;
use crate::tests::dice::Dice;
use crate::{Change, Firm, LoadError, Rulebook, Seat, User, UserHandle, codes};

/// The users of a firm as an edit should leave them.
#[derive(Clone)]
struct Model {
    users: Vec<User>,
    /// What each user's handle is, by a number that nobody else gets.
    people: Vec<usize>,
    met: usize,
}

impl Model {
    fn of(firm: &Firm) -> Self {
        let users: Vec<User> = firm.people().collect();
        Self {
            people: (0..users.len()).collect(),
            met: users.len(),
            users,
        }
    }

    fn place(&self, id: &str) -> Option<usize> {
        self.users.iter().position(|user| user.id == id)
    }
}

fn seat(dice: &mut Dice) -> Seat {
    let roles = dice.some(&["billing", "reports", "accounts", "administrator"], 3);
    let mut seat = roles.into_iter().fold(Seat::new("manage"), Seat::role);
    if dice.roll(3) == 0 {
        let value = dice.one(&["own", "none"]);
        seat = seat.setting("billing_rate_visibility", value);
    }
    seat
}

fn user(dice: &mut Dice, id: &str) -> User {
    let mut user = User::new(id);
    if dice.roll(3) == 0 {
        user = user.name(dice.one(&["Una Quill", "Ivo", "it's \u{e9}"]));
    }
    if dice.roll(5) == 0 {
        user = user.disabled();
    }
    if dice.roll(4) > 0 {
        let mut seat = seat(dice);
        if dice.roll(20) == 0 {
            seat = seat.role("primary_subscriber");
        }
        user = user.seat(seat);
    }
    match dice.roll(6) {
        0 => user.seat(Seat::new("grow").role(dice.one(&["normal", "admin"]))),
        1 if dice.roll(10) == 0 => user.seat(Seat::new("grow")),
        _ => user,
    }
}

const IDS: [&str; 12] = [
    "wren", "otto", "sami", "nadia", "bea", "zeno", "una", "ivo", "eve", "tom", "kim", "lou",
];

/// Some steps by chance, on the firm and on the model; none where a step is about somebody who is not there.
fn some_steps(dice: &mut Dice, firm: &Firm, model: &mut Model) -> (Result<Firm, LoadError>, bool) {
    let mut edit = firm.edit();
    let mut are_known = true;
    for _ in 0..=dice.roll(4) {
        let id = dice.one(&IDS);
        let place = model.place(id);
        match (dice.roll(5), place) {
            (0, _) => {
                let user = user(dice, id);
                edit = edit.insert(user.clone());
                model.users.push(user);
                model.people.push(model.met);
                model.met += 1;
            }
            (1, place) => {
                let user = user(dice, id);
                edit = edit.change(user.clone());
                are_known &= place.map(|place| model.users[place] = user).is_some();
            }
            (2, place) => {
                edit = edit.remove(id);
                are_known &= place.is_some();
                if let Some(place) = place {
                    model.users.remove(place);
                    model.people.remove(place);
                }
            }
            (step, place) => {
                edit = if step == 3 {
                    edit.disable(id)
                } else {
                    edit.enable(id)
                };
                are_known &= place
                    .map(|place| model.users[place].enabled = step == 4)
                    .is_some();
            }
        }
        // An id that two people have is refused, whatever comes after.
        if model.users.iter().filter(|user| user.id == id).count() > 1 {
            break;
        }
    }
    (edit.apply(), are_known)
}

/// Every decision by handles, those of the first firm and of the ones that followed included, is that of the firm that is built anew.
fn decides_alike(
    edited: &Firm,
    anew: &Firm,
    handles: &HashMap<usize, UserHandle>,
    people: &[usize],
) {
    let rulebook = edited.rulebook();
    let actions = [
        ("manage", "create_bill", false),
        ("manage", "view_others_billing_rates", false),
        ("manage", "edit_user_profile", true),
        ("grow", "edit_user_permission", true),
    ];
    let actions = actions.map(|(product, action, on_target)| {
        (rulebook.action(Some(product), action).unwrap(), on_target)
    });
    for (position, person) in people.iter().enumerate() {
        let (old, fresh) = (handles[person], anew.user_at(position).unwrap());
        assert_eq!(
            edited.user_at(position),
            Some(old),
            "a handle is the same in all states"
        );
        assert_eq!(edited.id_of(old).unwrap(), anew.id_of(fresh).unwrap());
        for (action, on_target) in actions {
            if !on_target {
                let (one, other) = (
                    edited.decide(old, action, None),
                    anew.decide(fresh, action, None),
                );
                assert_eq!(one.unwrap().code(), other.unwrap().code());
                continue;
            }
            for (place, target) in people.iter().enumerate() {
                let one = edited.decide(old, action, Some(handles[target]));
                let other = anew.decide(fresh, action, anew.user_at(place));
                assert_eq!(one.unwrap().code(), other.unwrap().code());
            }
        }
    }
    // Whoever is not there gets no answer.
    let (create_bill, _) = actions[0];
    let (edit_profile, _) = actions[2];
    for (_, gone) in handles
        .iter()
        .filter(|(person, _)| !people.contains(person))
    {
        let code = |answer: Result<crate::Answer<'_>, crate::AskError>| answer.unwrap_err().code();
        assert_eq!(
            code(edited.decide(*gone, create_bill, None)),
            &codes::NOT_IN_STATE
        );
        let first = edited.user_at(0).unwrap();
        let target = edited.decide(first, edit_profile, Some(*gone));
        assert_eq!(code(target), &codes::NOT_IN_STATE);
        let change = rulebook.change(Some("manage"), "grant").unwrap();
        let change = change.with_role(rulebook, "billing").unwrap();
        let judged = edited.validate(first, change, *gone);
        assert_eq!(judged.unwrap_err().code(), &codes::NOT_IN_STATE);
        assert_eq!(
            edited.id_of(*gone).unwrap_err().code(),
            &codes::NOT_IN_STATE
        );
    }
}

fn codes_of(result: &Result<Firm, LoadError>) -> Vec<&'static str> {
    let mut codes: Vec<_> = match result {
        Ok(_) => Vec::new(),
        Err(error) => error
            .findings()
            .iter()
            .map(|one| one.code().name())
            .collect(),
    };
    codes.sort_unstable();
    codes
}

/// A firm with the groups and lists of the example firm, of those of its people who are still there.
fn with_things(firm: &Firm, example: &Firm, model: &Model) -> Firm {
    let ids: Vec<&str> = example.users().collect();
    let there = |id: &&str| {
        let person = ids.iter().position(|known| known == id);
        person.is_none_or(|person| model.people.contains(&person))
    };
    let left = |names: &[&str]| {
        let names: Vec<&str> = names.iter().copied().filter(there).collect();
        format!("[{}]", names.join(", "))
    };
    let text = format!(
        "{}\ngroups: {{ litigation: {}, partners: {}, estates_team: {} }}\nthings:\n  matter:\n    - {{ id: ombre_v_vale, title: Ombre v. Vale, access: {} }}\n    - {{ id: hale_estate, title: Estate of Iris Hale, access: [estates_team] }}\n    - {{ id: kestrel_merger, title: Kestrel merger, access: [partners] }}\n    - {{ id: rowan_lease, title: Rowan Street lease }}\n",
        firm.to_yaml(),
        left(&["tomas", "wren"]),
        left(&["nadia", "priya"]),
        left(&["freya", "partners"]),
        left(&["litigation", "otto"]),
    );
    Firm::from_text(firm.rulebook(), firm.name(), &text).unwrap()
}

/// No group of the firm is called like somebody who is added.
#[test]
fn nobody_gets_the_id_of_a_group() {
    let firm = Firm::example(&Rulebook::builtin().unwrap()).unwrap();
    let edited = firm.edit().insert(User::new("litigation")).apply();
    assert_eq!(codes_of(&edited), ["group-taken"]);
}

#[test]
fn an_edited_firm_is_the_firm_that_is_built_anew_from_the_same_users() {
    let rulebook = Rulebook::builtin().unwrap();
    let example = Firm::example(&rulebook).unwrap();
    let example = example
        .with_reading(None, "firm_feed_is_open", false)
        .unwrap();
    let (mut accepted, mut refused, mut gone) = (0, 0, 0);
    for seed in 0..60 {
        let mut dice = Dice(seed);
        let (mut firm, mut model) = (example.clone(), Model::of(&example));
        // The handle of everybody who ever was, by person.
        let mut handles: HashMap<usize, UserHandle> = HashMap::new();
        let note = |firm: &Firm, model: &Model, handles: &mut HashMap<usize, UserHandle>| {
            for (position, person) in model.people.iter().enumerate() {
                let handle = firm.user_at(position).unwrap();
                assert_eq!(*handles.entry(*person).or_insert(handle), handle);
            }
        };
        note(&firm, &model, &mut handles);
        for _ in 0..25 {
            let (mut after, before) = (model.clone(), (firm.clone(), firm.state()));
            let (edited, are_known) = some_steps(&mut dice, &firm, &mut after);
            assert!(
                firm == before.0 && firm.state() == before.1,
                "nothing changes in its place"
            );
            let anew = Firm::of_users(&rulebook, firm.name(), after.users.clone());
            if !are_known {
                assert!(codes_of(&edited).contains(&"unknown-user"), "seed {seed}");
                continue;
            }
            assert_eq!(codes_of(&edited), codes_of(&anew), "seed {seed}");
            let (Ok(edited), Ok(anew)) = (edited, anew) else {
                refused += 1;
                continue;
            };
            let anew = with_things(&anew, &example, &after);
            let anew = anew.with_reading(None, "firm_feed_is_open", false).unwrap();
            assert!(edited == anew, "seed {seed}");
            assert_eq!(edited.state(), anew.state());
            assert_eq!(edited.to_yaml(), anew.to_yaml());
            assert!(edited.people().eq(anew.people()));
            note(&edited, &after, &mut handles);
            decides_alike(&edited, &anew, &handles, &after.people);
            accepted += 1;
            gone += handles.len() - after.people.len();
            (firm, model) = (edited, after);
        }
    }
    assert!(
        accepted > 150 && refused > 150 && gone > 100,
        "{accepted} {refused} {gone}"
    );
}

/// Two states that come from one know nothing of each other's people.
#[test]
fn a_handle_of_one_branch_is_nobody_in_another() {
    let rulebook = Rulebook::builtin().unwrap();
    let firm = Firm::example(&rulebook).unwrap();
    let administrator = || Seat::new("manage").role("administrator");
    let with = |id: &str, seat: Seat| {
        firm.edit()
            .insert(User::new(id).seat(seat))
            .apply()
            .unwrap()
    };
    let (one, other) = (
        with("una", administrator()),
        with("ivo", Seat::new("manage")),
    );
    let (una, ivo) = (one.user("una").unwrap(), other.user("ivo").unwrap());
    assert_ne!(una, ivo);
    let action = rulebook.action(Some("manage"), "create_bill").unwrap();
    assert!(one.decide(una, action, None).unwrap().is_allowed());
    assert!(!other.decide(ivo, action, None).unwrap().is_allowed());
    for (firm, stranger) in [(&one, ivo), (&other, una), (&firm, una), (&firm, ivo)] {
        let error = firm.decide(stranger, action, None).unwrap_err();
        assert_eq!(error.code().name(), "not-in-state");
        assert_eq!(error.subject().unwrap().role, crate::SubjectRole::User);
    }
    // Removing everybody else leaves una her handle; somebody new with her id is somebody else.
    let again = one
        .edit()
        .remove("una")
        .insert(User::new("una"))
        .apply()
        .unwrap();
    assert_ne!(again.user("una").unwrap(), una);
    assert_eq!(again.id_of(una).unwrap_err().code(), &codes::NOT_IN_STATE);
    assert_eq!(
        one.edit()
            .remove("zeno")
            .apply()
            .unwrap()
            .user("una")
            .unwrap(),
        una
    );
    // A firm that began without anybody gives nobody's handle twice either.
    let empty = Firm::of_users(&rulebook, "Nobody", []).unwrap();
    let with = |id: &str| empty.edit().insert(User::new(id)).apply().unwrap();
    let (one, other) = (with("una"), with("ivo"));
    assert!(other.id_of(one.user("una").unwrap()).is_err());
}

#[test]
fn verdicts_of_the_state_before_an_edit_are_stale_and_its_conflicts_stay() {
    let rulebook = Rulebook::builtin().unwrap();
    let text = Firm::example(&rulebook).unwrap().to_yaml()
        + "conflicts:\n  manage:\n    ours:\n      title: Ours\n      both: [create_bill, run_reports]\n      because: We say so\n";
    let text = text.replace("run_reports", "run_global_export");
    let firm = Firm::from_text(&rulebook, "firm.yaml", &text).unwrap();
    let grant = Change::new("tomas", "grant").role("billing").target("wren");
    let verdict = firm.judge(&grant).unwrap();
    let edited = firm.edit().disable("zeno").apply().unwrap();
    let stale = edited.after(&verdict).unwrap_err();
    assert_eq!(stale.code(), &codes::STALE_VERDICT);
    assert_eq!(stale.subject().unwrap().role, crate::SubjectRole::State);
    assert!(edited.to_yaml().contains("    ours:\n"));
    // Without steps nothing is edited, and an edit that is taken back is the same firm in another state.
    assert!(firm.edit().apply().unwrap().after(&verdict).is_ok());
    let back = edited
        .edit()
        .change(firm.person("zeno").unwrap())
        .apply()
        .unwrap();
    assert!(back == firm);
    assert_eq!(
        back.after(&verdict).unwrap_err().code(),
        &codes::STALE_VERDICT
    );
    // A change after an edit, and an edit after a change.
    let granted = edited.apply(&grant).unwrap().firm;
    assert!(
        granted
            .roles("manage", "wren")
            .unwrap()
            .contains(&"billing")
    );
    let removed = granted.edit().remove("otto").apply().unwrap();
    assert!(
        removed
            .roles("manage", "wren")
            .unwrap()
            .contains(&"billing")
    );
    assert!(removed.person("otto").is_err());
    // Other rules hold other firms.
    assert!(Firm::from_text(&Rulebook::builtin().unwrap(), "firm.yaml", &text).unwrap() != firm);
    assert!(Firm::from_text(&rulebook, "firm.yaml", &text).unwrap() == firm);
    assert!(
        Firm::from_text(&rulebook, "firm.yaml", &text.replace("We say so", "No")).unwrap() != firm
    );
}

#[test]
fn a_refused_edit_says_whom_each_finding_is_about() {
    let firm = Firm::example(&Rulebook::builtin().unwrap()).unwrap();
    let billing = |role: &str| Seat::new("manage").role(role);
    let refused: [(Result<Firm, LoadError>, &Code, &str); 8] = [
        (
            firm.edit().insert(User::new("wren")).apply(),
            &codes::DUPLICATE_USER,
            "wren",
        ),
        (
            firm.edit().disable("wern").apply(),
            &codes::UNKNOWN_USER,
            "wern",
        ),
        (
            firm.edit().remove("zeno").enable("zeno").apply(),
            &codes::UNKNOWN_USER,
            "zeno",
        ),
        (
            firm.edit().remove("nadia").apply(),
            &codes::NO_HOLDER,
            "primary_subscriber",
        ),
        (
            firm.edit().disable("nadia").apply(),
            &codes::HOLDER_DISABLED,
            "nadia",
        ),
        (
            firm.edit()
                .change(User::new("wren").seat(billing("biling")))
                .apply(),
            &codes::UNKNOWN_ROLE,
            "biling",
        ),
        (
            firm.edit()
                .insert(User::new("una").seat(billing("primary_subscriber")))
                .apply(),
            &codes::TOO_MANY_HOLDERS,
            "primary_subscriber",
        ),
        (
            firm.edit()
                .change(User::new("wren").seat(Seat::new("grow")))
                .apply(),
            &codes::LEVELS_NOT_ONE,
            "wren",
        ),
    ];
    for (refused, code, name) in refused {
        let error = refused.unwrap_err();
        let finding = error.findings().iter().next().unwrap();
        assert_eq!(finding.code(), code);
        let subject = finding.subject().unwrap();
        assert_eq!(subject.name.as_deref(), Some(name), "{finding}");
    }
    // Two people with the same mistake are two findings.
    let wrong = |id: &str| User::new(id).seat(billing("biling"));
    let error = firm
        .edit()
        .change(wrong("wren"))
        .change(wrong("otto"))
        .apply()
        .unwrap_err();
    let users: Vec<_> = error
        .findings()
        .iter()
        .map(|one| one.subject().unwrap().user.clone())
        .collect();
    let mut users = users.into_iter().flatten().collect::<Vec<_>>();
    users.sort_unstable();
    assert_eq!(users, ["otto", "wren"]);
    // The one who holds the role hands it on in one edit.
    let mut nadia = firm.person("nadia").unwrap();
    for seat in &mut nadia.seats {
        seat.roles.retain(|role| role != "primary_subscriber");
    }
    let tomas = User::new("tomas").seat(billing("primary_subscriber"));
    let handed = firm.edit().change(nadia).change(tomas).apply().unwrap();
    assert!(handed.edit().remove("nadia").apply().is_ok());
    assert!(handed.edit().remove("tomas").apply().is_err());
}
