//! Every state of a firm of two people, as words, and the firm of each.

use super::*;

/// The inputs of one firm and question, by the names of exact conditions.
pub(super) type State = BTreeMap<String, String>;

/// A name with its possible values.
pub(super) type Choice = (String, Vec<String>);

const FLAG: [&str; 2] = ["false", "true"];

fn flag(name: String) -> Choice {
    (name, FLAG.map(str::to_owned).to_vec())
}

pub(super) fn products<'r>(rulebooks: Sides<&'r Rulebook>, id: &str) -> Vec<&'r Product> {
    let found = rulebooks.map(|rulebook| {
        let number = rulebook.product_number(id)?;
        Some(&*rulebook.product(number)?.product)
    });
    found.into_iter().flatten().collect()
}

pub(super) fn add(
    choices: &mut Vec<Choice>,
    name: String,
    words: impl IntoIterator<Item = String>,
) {
    if !choices.iter().any(|(known, _)| *known == name) {
        choices.push((name.clone(), Vec::new()));
    }
    let (_, known) = choices
        .iter_mut()
        .find(|(known, _)| *known == name)
        .unwrap();
    for word in words {
        if !known.contains(&word) {
            known.push(word);
        }
    }
}

/// All inputs that make up a firm of two people and its readings.
pub(super) fn choices(products: &[&Product], has_target: bool) -> Vec<Choice> {
    let mut choices = Vec::new();
    let mut people = vec!["user"];
    if has_target {
        people.push("target");
        choices.push(flag("same_user".to_owned()));
        choices.push(flag("target is enabled".to_owned()));
    }
    for product in products {
        for who in &people {
            for role in &product.roles {
                let words = FLAG.map(str::to_owned);
                add(&mut choices, format!("{who} holds {}", role.id), words);
            }
            for setting in &product.settings {
                let words = setting.domain.words().map(str::to_owned);
                add(&mut choices, format!("{who}.{}", setting.id), words);
            }
        }
        for reading in &product.readings {
            add(
                &mut choices,
                reading.id.to_string(),
                FLAG.map(str::to_owned),
            );
        }
    }
    choices
}

/// The holder's settings, which no other person's questions read.
pub(super) fn of_holder(products: &[&Product]) -> Vec<Choice> {
    let mut choices = Vec::new();
    for setting in products.iter().flat_map(|product| &product.settings) {
        let words = setting.domain.words().map(str::to_owned);
        add(&mut choices, format!("holder.{}", setting.id), words);
    }
    choices
}

pub(super) fn states(choices: &[Choice]) -> Vec<State> {
    let mut states = vec![State::new()];
    for (name, words) in choices {
        let with = |state: &State| {
            let state = state.clone();
            let states = words.iter().map(move |word| {
                let mut state = state.clone();
                state.insert(name.clone(), word.clone());
                state
            });
            states.collect::<Vec<_>>()
        };
        states = states.iter().flat_map(with).collect();
    }
    // When user and target are the same person, both names have the same value.
    states.retain(|state| {
        let same = state.get("same_user").is_some_and(|same| same == "true");
        let mut target = state.iter().filter_map(|(name, word)| {
            let twin = name
                .strip_prefix("target")
                .map(|rest| format!("user{rest}"))?;
            Some((twin, word))
        });
        !same
            || target.all(|(twin, word)| match state.get(&twin) {
                Some(known) => known == word,
                None => word == "true",
            })
    });
    states
}

/// The firm of a state on one side, without what that side does not know. `None` when its rules refuse it.
pub(super) fn firm(rulebook: &Rulebook, id: &str, state: &State) -> Option<Firm> {
    let product = &rulebook.product(rulebook.product_number(id)?)?.product;
    let is = |name: String| state.get(&name).is_some_and(|word| word == "true");
    let same = is("same_user".to_owned());
    let mut people = vec!["user"];
    people.extend((state.contains_key("same_user") && !same).then_some("target"));
    let mut users = Vec::new();
    let seat_of = |who: &str, mut seat: Seat| {
        for setting in &product.settings {
            let word = state.get(&format!("{who}.{}", setting.id));
            let known = word.filter(|word| setting.domain.find(word).is_some());
            if let Some(word) = known {
                seat = seat.setting(&*setting.id, word.as_str());
            }
        }
        seat
    };
    for who in &people {
        let held = product.roles.iter();
        let held = held.filter(|role| is(format!("{who} holds {}", role.id)));
        let seat = held.fold(Seat::new(id), |seat, role| seat.role(&*role.id));
        let user = User::new(*who).seat(seat_of(who, seat));
        let is_disabled = *who == "target" && !is("target is enabled".to_owned());
        users.push(if is_disabled { user.disabled() } else { user });
    }
    let left = product.roles.iter().filter(|role| {
        let held = |who: &&str| is(format!("{who} holds {}", role.id));
        role.holders.is_some() && !people.iter().any(held)
    });
    let left: Vec<&str> = left.map(|role| &*role.id).collect();
    if !left.is_empty() {
        let mut seat = left
            .iter()
            .fold(Seat::new(id), |seat, role| seat.role(*role));
        let levels = product.levels.iter().map(|level| product.role_name(*level));
        let levels: Vec<&str> = levels.collect();
        if !levels.is_empty() && !levels.iter().any(|level| left.contains(level)) {
            seat = seat.role(levels[0]);
        }
        users.push(User::new("holder").seat(seat_of("holder", seat)));
    }
    let mut firm = Firm::of_users(rulebook, "Made up", users).ok()?;
    for reading in &product.readings {
        let choice = is(reading.id.to_string());
        firm = firm.with_reading(Some(id), &reading.id, choice).unwrap();
    }
    Some(firm)
}
