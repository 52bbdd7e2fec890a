//! People by chance laid over a firm, beside the firm that an edit makes of them.

use pretty_assertions::assert_eq;

use crate::tests::dice::{Dice, cases};
use crate::{ActionEntry, Firm, LoadError, Question, Rulebook, Seat, User, codes};

/// The words that seats are made of by chance.
struct Words {
    ids: Vec<String>,
    products: Vec<SeatWords>,
}

/// What a seat in a product can say: settings with their values.
struct SeatWords {
    product: String,
    roles: Vec<String>,
    settings: Vec<(String, Vec<String>)>,
}

impl Words {
    fn of(firm: &Firm, more: &[&str]) -> Self {
        let rulebook = firm.rulebook();
        let catalogues = rulebook.products().filter_map(|id| rulebook.catalogue(id));
        let products = catalogues.map(|product| {
            let roles = product.roles.into_iter().map(|role| role.id);
            let settings = product.settings.into_iter();
            let settings = settings.map(|setting| (setting.id, setting.values));
            SeatWords {
                product: product.id,
                roles: roles.collect(),
                settings: settings.collect(),
            }
        });
        Self {
            ids: firm
                .users()
                .chain(more.iter().copied())
                .map(str::to_owned)
                .collect(),
            products: products.collect(),
        }
    }

    fn id(&self, dice: &mut Dice) -> &str {
        &self.ids[dice.roll(self.ids.len())]
    }

    fn user(&self, dice: &mut Dice, id: &str) -> User {
        let mut user = User::new(id);
        if dice.roll(6) == 0 {
            user = user.disabled();
        }
        for SeatWords {
            product,
            roles,
            settings,
        } in &self.products
        {
            if dice.roll(4) == 0 {
                continue;
            }
            let mut seat = Seat::new(product);
            for role in roles {
                if dice.roll(roles.len().max(3)) == 0 {
                    seat = seat.role(role);
                }
            }
            for (setting, values) in settings {
                if dice.roll(settings.len().max(2)) == 0 {
                    seat = seat.setting(setting, &*values[dice.roll(values.len())]);
                }
            }
            if dice.roll(30) == 0 {
                seat = seat.role("no_such_role");
            }
            if dice.roll(30) == 0 {
                seat = seat.setting("no_such_setting", "true");
            }
            user = user.seat(seat);
        }
        user
    }
}

/// The firm that an edit makes of the same people.
fn edited(firm: &Firm, users: &[User]) -> Result<Firm, LoadError> {
    let edit = users.iter().fold(firm.edit(), |edit, user| {
        if firm.find_user(&user.id).is_some() {
            edit.change(user.clone())
        } else {
            edit.insert(user.clone())
        }
    });
    edit.apply()
}

/// What is wrong, in any order: an edit looks at those who are there before those who are added.
fn wrong(error: &LoadError) -> Vec<(String, String)> {
    let findings = error.findings().iter();
    let words = findings.map(|finding| (finding.code().name().to_owned(), finding.message()));
    let mut words: Vec<_> = words
        .map(|(code, message)| (code, message.to_string()))
        .collect();
    words.sort();
    words
}

/// A question by chance about an action: sometimes with too little or too much.
fn question<'w>(
    dice: &mut Dice,
    words: &'w Words,
    firm: &Firm,
    product: &'w str,
    action: &'w ActionEntry,
    user: &str,
) -> Question<'w> {
    let mut question = Question::new(user.to_owned(), &*action.id).product(product);
    let thing = action.on_thing.as_deref().and_then(|kind| {
        let all: Vec<&str> = firm.things_of_kind(kind).collect();
        (!all.is_empty()).then(|| all[dice.roll(all.len())].to_owned())
    });
    if let Some(thing) = thing {
        question = question.target(thing);
    } else if action.on_target != (dice.roll(20) == 0) {
        question = question.target(words.id(dice));
    }
    for fact in &action.facts {
        if dice.roll(3) == 0 {
            question = question.fact(&*fact.id, &*fact.values[dice.roll(fact.values.len())]);
        }
    }
    question
}

fn answers_alike(firm: &Firm, more: &[&str], turns: usize) {
    let words = Words::of(firm, more);
    let rulebook = firm.rulebook();
    let products: Vec<_> = rulebook
        .products()
        .filter_map(|id| rulebook.catalogue(id))
        .collect();
    let mut dice = Dice(7);
    let (mut refused, mut answered, mut unasked) = (0, [0, 0], 0);
    for _ in 0..turns {
        let mut users: Vec<User> = Vec::new();
        for _ in 0..=dice.roll(2) {
            let id = words.id(&mut dice).to_owned();
            users.retain(|user| user.id != id);
            users.push(words.user(&mut dice, &id));
        }
        let (overlay, edited) = match (firm.overlay(users.clone()), edited(firm, &users)) {
            (Ok(overlay), Ok(edited)) => (overlay, edited),
            (Err(overlaid), Err(edited)) => {
                assert_eq!(wrong(&overlaid), wrong(&edited), "{users:?}");
                refused += 1;
                continue;
            }
            (overlaid, edited) => panic!("{users:?}: {overlaid:?}, {edited:?}"),
        };
        for product in &products {
            for action in &product.actions {
                let user = match dice.roll(4) {
                    0 => words.id(&mut dice).to_owned(),
                    _ => users[dice.roll(users.len())].id.clone(),
                };
                let question = question(&mut dice, &words, firm, &product.id, action, &user);
                match (overlay.answer(&question), edited.answer(&question)) {
                    (Ok(overlaid), Ok(edited)) => {
                        assert_eq!(overlaid, edited, "{question:?} {users:?}");
                        answered[usize::from(overlaid.is_allowed())] += 1;
                    }
                    (Err(overlaid), Err(edited)) => {
                        let words = |error: crate::AskError| {
                            (error.code().name(), error.message().to_string())
                        };
                        assert_eq!(words(overlaid), words(edited), "{question:?} {users:?}");
                        unasked += 1;
                    }
                    (overlaid, edited) => {
                        panic!("{question:?} {users:?}: {overlaid:?}, {edited:?}")
                    }
                }
            }
        }
    }
    let [denied, allowed] = answered;
    assert!(
        denied > turns && allowed > turns && unasked > 0,
        "{denied} {allowed} {unasked}"
    );
    assert!(refused < turns, "{refused}");
}

#[test]
fn an_overlay_answers_as_the_edited_firm_does() {
    let firm = Firm::example(&Rulebook::builtin().unwrap()).unwrap();
    answers_alike(&firm, &["una", "ivo"], cases(300, 3_000));
}

#[test]
fn things_groups_and_their_lists_count_in_an_overlay_too() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rulebooks/organisation");
    let rulebook = Rulebook::from_folder(format!("{folder}/rules")).unwrap();
    let firm = Firm::from_file(&rulebook, format!("{folder}/firm.yaml")).unwrap();
    answers_alike(&firm, &["una", "core"], cases(100, 1_000));
}

#[test]
fn a_role_of_one_holder_is_not_taken_from_them() {
    let firm = Firm::example(&Rulebook::builtin().unwrap()).unwrap();
    let taken = User::new("una").seat(Seat::new("manage").role("primary_subscriber"));
    let error = firm.overlay([taken]).unwrap_err();
    let codes: Vec<_> = error
        .findings()
        .iter()
        .map(|finding| finding.code())
        .collect();
    assert_eq!(codes, [&codes::TOO_MANY_HOLDERS; 2]);
}

#[test]
fn of_several_with_one_id_the_last_counts() {
    let firm = Firm::example(&Rulebook::builtin().unwrap()).unwrap();
    let seat = |role: &str| User::new("una").seat(Seat::new("manage").role(role));
    let overlay = firm.overlay([seat("reports"), seat("billing")]).unwrap();
    let create_bill = Question::new("una", "create_bill");
    assert!(overlay.answer(&create_bill).unwrap().is_allowed());
    let overlay = firm.overlay([seat("billing"), seat("reports")]).unwrap();
    assert!(!overlay.answer(&create_bill).unwrap().is_allowed());
}
