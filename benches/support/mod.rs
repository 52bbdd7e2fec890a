//! What the benchmarks ask about.

#![allow(dead_code, reason = "each benchmark uses its own part of it")]

pub(crate) mod hub;

use clio_rules::{
    ActionHandle, Change, ChangeHandle, Firm, Rulebook, Seat, User, UserHandle, Verdict,
};

/// Numbers that look random and are the same in every run.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        ((self.next() >> 32) as usize * bound) >> 32
    }

    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

/// Every seat there can be in Manage beside the primary subscriber's, and none.
fn manage_seats() -> Vec<Option<Seat>> {
    let mut seats = vec![None];
    for held in 0..16 {
        for rates in ["all", "own", "none"] {
            for hours in ["all", "own"] {
                for replies in ["false", "true"] {
                    let roles = ["administrator", "accounts", "reports", "billing"];
                    let held = (0..4).filter(|bit| held >> bit & 1 == 1);
                    let seat = held.fold(Seat::new("manage"), |seat, bit| seat.role(roles[bit]));
                    seats.push(Some(
                        seat.setting("billing_rate_visibility", rates)
                            .setting("activity_hours_visibility", hours)
                            .setting("receives_bill_reminder_replies", replies),
                    ));
                }
            }
        }
    }
    seats
}

/// A firm of everybody that the shipped rules can tell apart: each set of roles with each value of each setting, or no
/// seat; each level, or none; enabled and disabled.
pub(crate) fn everybody(rulebook: &Rulebook) -> Firm {
    let first = Seat::new("manage").role("primary_subscriber");
    let mut users = vec![
        User::new("first")
            .seat(first)
            .seat(Seat::new("grow").role("admin")),
    ];
    for seat in manage_seats() {
        for level in [None, Some("normal"), Some("admin")] {
            for enabled in [true, false] {
                let mut user = User::new(format!("user-{:04}", users.len()));
                for seat in seat
                    .iter()
                    .cloned()
                    .chain(level.map(|l| Seat::new("grow").role(l)))
                {
                    user = user.seat(seat);
                }
                users.push(if enabled { user } else { user.disabled() });
            }
        }
    }
    Firm::of_users(rulebook, "Everybody", users).expect("a firm of everybody")
}

/// A question, small enough for millions of them to be read as fast as they are asked.
#[derive(Clone, Copy)]
pub(crate) struct Query {
    pub(crate) user: u16,
    pub(crate) target: u16,
    pub(crate) action: u16,
}

impl Query {
    /// The target of an action without one.
    pub(crate) const NOBODY: u16 = u16::MAX;
}

/// Every question that there is about a firm, by the handles that its numbers stand for.
pub(crate) struct Queries {
    pub(crate) users: Vec<UserHandle>,
    /// Each action with each value of each fact.
    pub(crate) actions: Vec<ActionHandle>,
    pub(crate) names: Vec<(String, String)>,
    pub(crate) on_target: Vec<bool>,
}

impl Queries {
    pub(crate) fn of(rulebook: &Rulebook, firm: &Firm) -> Self {
        let users = firm.users().map(|id| firm.user(id).expect("known"));
        let mut queries = Self {
            users: users.collect(),
            actions: Vec::new(),
            names: Vec::new(),
            on_target: Vec::new(),
        };
        for product in rulebook.products() {
            for entry in rulebook.catalogue(product).expect("known").actions {
                let handle = rulebook.action(Some(product), &entry.id).expect("known");
                let mut variants = vec![handle];
                for fact in &entry.facts {
                    let with = |handle: &ActionHandle| {
                        let with = |value| handle.with_fact(rulebook, &fact.id, value);
                        let variants = fact.values.iter().map(|value| with(value).expect("known"));
                        variants.collect::<Vec<_>>()
                    };
                    variants = variants.iter().flat_map(with).collect();
                }
                let name = (product.to_owned(), entry.id.clone());
                queries.names.extend(variants.iter().map(|_| name.clone()));
                queries
                    .on_target
                    .extend(variants.iter().map(|_| entry.on_target));
                queries.actions.extend(variants);
            }
        }
        queries
    }

    /// All users, all actions, all targets, in random order.
    pub(crate) fn every(&self) -> Vec<Query> {
        let mut every = Vec::new();
        let users = 0..self.users.len() as u16;
        for (action, on_target) in (0..).zip(&self.on_target) {
            for user in users.clone() {
                let query = |target| Query {
                    user,
                    target,
                    action,
                };
                if *on_target {
                    every.extend(users.clone().map(query))
                } else {
                    every.push(query(Query::NOBODY))
                }
            }
        }
        Random::new(1).shuffle(&mut every);
        every
    }

    /// So many questions, as many about one action as about any other.
    pub(crate) fn some(&self, many: usize) -> Vec<Query> {
        let mut random = Random::new(4);
        let mut one = || {
            let action = random.below(self.actions.len());
            let [user, target] = [(); 2].map(|()| random.below(self.users.len()) as u16);
            Query {
                user,
                target: if self.on_target[action] {
                    target
                } else {
                    Query::NOBODY
                },
                action: action as u16,
            }
        };
        (0..many).map(|_| one()).collect()
    }

    /// The handles of a question.
    #[inline]
    pub(crate) fn handles(&self, query: Query) -> (UserHandle, ActionHandle, Option<UserHandle>) {
        let target = self.users.get(usize::from(query.target)).copied();
        (
            self.users[usize::from(query.user)],
            self.actions[usize::from(query.action)],
            target,
        )
    }
}

/// A firm after a change that gives somebody a role.
pub(crate) fn after_a_change(firm: &Firm) -> Firm {
    let pairs = firm
        .users()
        .flat_map(|user| firm.users().take(9).map(move |target| (user, target)));
    let mut verdicts = pairs.filter_map(|(user, target)| {
        let change = Change::new(user, "grant").role("billing").target(target);
        firm.judge(&change).ok()
    });
    let alters = |verdict: &Verdict| verdict.is_accepted() && !verdict.altered.is_empty();
    let verdict = verdicts
        .find(alters)
        .expect("somebody can be given the role");
    firm.after(&verdict).expect("it is about this state")
}

/// Every change with everything that it can take.
pub(crate) fn changes(rulebook: &Rulebook) -> Vec<ChangeHandle> {
    let mut handles = Vec::new();
    for product in rulebook.products() {
        let catalogue = rulebook.catalogue(product).expect("known");
        for change in &catalogue.changes {
            let plain = rulebook.change(Some(product), &change.id).expect("known");
            let takes = |argument: &str| change.takes.iter().any(|taken| taken == argument);
            if takes("role") {
                let roles = catalogue.roles.iter();
                handles.extend(roles.filter_map(|role| plain.with_role(rulebook, &role.id).ok()));
            } else if takes("setting") {
                for setting in &catalogue.settings {
                    let with =
                        |value: &String| plain.with_setting(rulebook, &setting.id, value).ok();
                    handles.extend(setting.values.iter().filter_map(with));
                }
            } else {
                handles.push(plain);
            }
        }
    }
    handles
}

/// A firm of so many users with roles, settings and levels at random.
pub(crate) fn large_firm(rulebook: &Rulebook, users: usize) -> Firm {
    let mut random = Random::new(3);
    let seats: Vec<Seat> = manage_seats().into_iter().flatten().collect();
    let one = |number: usize| {
        let user = User::new(format!("u{number:07}"));
        if number == 0 {
            let first = Seat::new("manage").role("primary_subscriber");
            return user.seat(first).seat(Seat::new("grow").role("admin"));
        }
        let level = ["normal", "admin"][random.below(2)];
        let mut user = user.seat(Seat::new("grow").role(level));
        if random.below(10) > 0 {
            user = user.seat(seats[random.below(seats.len())].clone());
        }
        if random.below(20) == 0 {
            user.disabled()
        } else {
            user
        }
    };
    Firm::of_users(rulebook, "Large", (0..users).map(one)).expect("a large firm")
}
