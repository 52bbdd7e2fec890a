//! Firms for any rulebook, and firms of chance.

use clio_rules::{Firm, ProductEntry, Rulebook, Seat, User};

use super::asking::catalogue;
use super::choices::Choices;

/// Ids and names as people might write them.
pub const IDS: &[&str] = &[
    "ada", "ben", "cyd", "dot", "eve", "fay", "gus", "ida", "jon", "kai",
];
const NAMES: &[&str] = &[
    "Ada",
    "Ada Lovelace",
    "O'Neil: \"Ed\"",
    "12",
    "true",
    "~",
    "- a",
    "# no comment",
    "é 𝒳",
    " spaced ",
    "a: b",
    "{x}",
    "*a",
    "&a",
    "!t",
    "0x1F",
    "tab\tbed",
    "two\nlines",
    "null",
    "%",
];

/// Firms in which every user holds one role, some none, and one is disabled; as far as the rules let there be such firms.
pub fn some_firms(rulebook: &Rulebook) -> Vec<Firm> {
    let products = catalogue(rulebook);
    let most = products
        .iter()
        .map(|product| product.roles.len())
        .max()
        .unwrap_or(0)
        .min(6);
    let user = |number: usize, first: usize| {
        let user = User::new(IDS[number % IDS.len()]);
        let user = if number == most + 1 {
            user.disabled()
        } else {
            user
        };
        products
            .iter()
            .fold(user, |user, product| match product.roles.len() {
                0 => user.seat(Seat::new(&product.id)),
                many => user
                    .seat(Seat::new(&product.id).role(&product.roles[(number + first) % many].id)),
            })
    };
    let bare = || {
        products.iter().fold(User::new("zoe"), |user, product| {
            user.seat(Seat::new(&product.id))
        })
    };
    let candidates = (0..most.max(1)).flat_map(|first| {
        let everyone: Vec<User> = (0..most + 2).map(|number| user(number, first)).collect();
        let alone = vec![user(0, first)];
        let pair = vec![user(0, first), bare()];
        [everyone, pair, alone]
    });
    let firms = candidates.filter_map(|users| Firm::of_users(rulebook, "Firm", users).ok());
    let mut firms: Vec<Firm> = firms.take(2).collect();
    firms.extend(Firm::of_users(rulebook, "Nobody", [User::new("zed")]));
    firms
}

/// A firm of up to ten people, as the choices have it; none where the rules refuse it.
///
/// In every product that has such a role one person holds what exactly one person may hold, so that few firms are refused.
pub fn firm(rulebook: &Rulebook, choices: &mut Choices<'_>) -> Option<Firm> {
    let products = catalogue(rulebook);
    let many = 2 + choices.below(IDS.len() - 2);
    let users = (0..many).map(|number| {
        let mut user = User::new(IDS[number]);
        if choices.flag() {
            user = user.name(*choices.pick(NAMES));
        }
        let is_first = number == 0;
        if !is_first && choices.below(5) == 4 {
            user = user.disabled();
        }
        for product in &products {
            if is_first || choices.below(4) < 3 {
                user = user.seat(seat(product, is_first, choices));
            }
        }
        user
    });
    let users: Vec<User> = users.collect();
    Firm::of_users(rulebook, NAMES[choices.below(NAMES.len())], users).ok()
}

fn seat(product: &ProductEntry, is_first: bool, choices: &mut Choices<'_>) -> Seat {
    let mut seat = Seat::new(&product.id);
    // Where there are levels, a seat has one of them; they are the products without settings here.
    if product.settings.is_empty() {
        return seat.role(&choices.pick(&product.roles).id);
    }
    for role in &product.roles {
        let holds = match role.moves_by {
            Some(_) => is_first,
            None => choices.flag(),
        };
        if holds {
            seat = seat.role(&role.id);
        }
    }
    for setting in &product.settings {
        if choices.flag() {
            seat = seat.setting(&setting.id, choices.pick(&setting.values).as_str());
        }
    }
    seat
}
