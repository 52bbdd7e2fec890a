//! Many makers at once: each judges in some state of a firm and applies later, when the state may be another one.
//!
//! The ordinary run takes 20,000 interleavings. A million take a minute or two, or three without optimisation:
//!
//! ```text
//! INTERLEAVINGS=1000000 cargo test --release --lib -- interleaved --nocapture
//! ```

use crate::analyse::overview::ProductEntry;
use crate::explore::compile::CompiledProduct;
use crate::firm::is_enabled;
use crate::link::product::RoleId;
use crate::tests::dice::Dice;
use crate::{AskError, Bulk, Change, Firm, Rulebook, Verdict};

const HOUSE: &str = include_str!("../../../../tests/cases/loads/a_house/rules/door.yaml");
const OF_HOUSE: &str = include_str!("../../../../tests/cases/loads/a_house/firm.yaml");

/// The counts of a run.
#[derive(Debug, Default)]
struct Seen {
    applied: usize,
    rejected: usize,
    stale: usize,
    /// Verdicts that were refused as stale and would have broken the firm.
    would_break: usize,
    /// Verdicts that were refused as stale and would now be rejections.
    would_be_rejected: usize,
    in_bulk: usize,
    readings: usize,
}

/// Checks by the profiles that each role with a single holder has one, who is enabled, and that each seat has one
/// level.
fn holds(firm: &Firm) -> bool {
    let mut products = firm.rulebook().compiled().iter().enumerate();
    let of_product = |(number, compiled): (usize, &CompiledProduct)| {
        let (layout, product) = (&compiled.layout, &compiled.product);
        let has = |role: RoleId, user: u32| {
            let words = firm.roster.profile(number, user);
            layout.role(role).read(words).is_yes()
        };
        let users = 0..firm.roster.len() as u32;
        let has_level = |user: u32| {
            let held = product.levels.iter().filter(|level| has(**level, user));
            let seat = crate::firm::has_seat(firm.roster.profile(number, user));
            product.levels.is_empty() || held.count() == usize::from(seat)
        };
        let has_holder = |role: RoleId| {
            let holders: Vec<u32> = users.clone().filter(|user| has(role, *user)).collect();
            let known = firm.roster.holder(number, role);
            let enabled = |user: u32| is_enabled(firm.roster.profile(number, user));
            matches!(holders.as_slice(), [one] if enabled(*one) && known == Some(*one))
        };
        let alone = product.roles.iter().enumerate();
        let mut alone = alone.filter(|(_, role)| role.holders.is_some());
        alone.all(|(at, _)| has_holder(RoleId::from(at))) && users.clone().all(has_level)
    };
    products.all(of_product)
}

/// The firm can be written to a file and reads back as the same firm.
fn can_be_written(firm: &Firm) -> bool {
    let again = Firm::from_text(firm.rulebook(), "firm.yaml", &firm.to_yaml());
    again.is_ok_and(|again| again.is_as(firm))
}

/// A random request: mostly by somebody who may do something.
struct Makers {
    products: Vec<ProductEntry>,
    dice: Dice,
}

enum Asked {
    One(Change),
    Many(Bulk),
}

impl Asked {
    fn judge(&self, firm: &Firm) -> Result<Verdict, AskError> {
        match self {
            Self::One(change) => firm.judge(change),
            Self::Many(bulk) => firm.judge_bulk(bulk),
        }
    }
}

impl Makers {
    fn somebody(&mut self, firm: &Firm, product: usize) -> String {
        let users: Vec<&str> = firm.users().collect();
        let product = &self.products[product].id;
        let mut user = self.dice.one(&users);
        for _ in 0..2 {
            if firm.roles(product, user).unwrap().is_empty() {
                user = self.dice.one(&users);
            }
        }
        user.to_owned()
    }

    /// The target to whom a change hands on a role with a single holder.
    fn holder(&self, firm: &Firm, product: usize) -> Option<String> {
        let product = self.products.get(product)?;
        let role = product.roles.iter().find(|role| role.moves_by.is_some())?;
        let holds = |user: &&str| firm.roles(&product.id, user).unwrap().contains(&&*role.id);
        firm.users().find(holds).map(str::to_owned)
    }

    fn change(&mut self, firm: &Firm, product: usize, in_bulk: bool) -> Option<Change> {
        let user = match self.dice.roll(3) {
            0 => self
                .holder(firm, product)
                .unwrap_or_else(|| self.somebody(firm, product)),
            _ => self.somebody(firm, product),
        };
        let target = self.somebody(firm, product);
        let Self { products, dice } = self;
        let product = products.get(product)?;
        let changes: Vec<_> = product.changes.iter().collect();
        let declared = dice.one(&changes);
        if in_bulk && !declared.in_bulk {
            return None;
        }
        let mut change = Change::new(user, &declared.id);
        change = change.product(&product.id).target(target);
        if declared.takes.iter().any(|takes| takes == "role") {
            let roles: Vec<&str> = product.roles.iter().map(|role| &*role.id).collect();
            change = change.role(dice.one(&roles));
        }
        if declared.takes.iter().any(|takes| takes == "setting") {
            let settings: Vec<_> = product.settings.iter().collect();
            let setting = dice.one(&settings);
            let values: Vec<&str> = setting.values.iter().map(String::as_str).collect();
            change = change.setting(&setting.id, dice.one(&values));
        }
        Some(change)
    }

    fn asked(&mut self, firm: &Firm) -> Option<Asked> {
        let product = self.dice.roll(self.products.len());
        let is_bulk = self.products[product].bulk.is_some() && self.dice.roll(4) == 0;
        if !is_bulk {
            return self.change(firm, product, false).map(Asked::One);
        }
        let user = match self.dice.roll(2) {
            0 => self
                .holder(firm, product)
                .unwrap_or_else(|| self.somebody(firm, product)),
            _ => self.somebody(firm, product),
        };
        let bulk = Bulk::new(&user).product(&self.products[product].id);
        let parts = 1 + self.dice.roll(3);
        let parts = (0..parts).filter_map(|_| self.change(firm, product, true));
        Some(Asked::Many(parts.fold(bulk, Bulk::part)))
    }

    /// A random choice of a random reading.
    fn reading(&mut self, firm: &Firm) -> Option<Firm> {
        let product = self.dice.roll(self.products.len());
        let product = &self.products[product];
        let reading = self.dice.roll(product.readings.len().max(1));
        let reading = &product.readings.get(reading)?.id;
        let choice = self.dice.roll(2) == 0;
        firm.with_reading(Some(&product.id), reading, choice).ok()
    }
}

/// A verdict that somebody keeps for later.
struct Pending {
    asked: Asked,
    verdict: Verdict,
    /// The state in which it was given, counted independently of the firm.
    state: usize,
}

/// A shared firm, and its state, counted independently.
struct Shared {
    firm: Firm,
    state: usize,
}

impl Shared {
    /// One interleaving: verdicts are given and applied in any order.
    fn interleave(&mut self, makers: &mut Makers, seen: &mut Seen) {
        let mut pending: Vec<Pending> = Vec::new();
        let mut to_judge = 3 + makers.dice.roll(6);
        while to_judge > 0 || !pending.is_empty() {
            if to_judge > 0 && (pending.is_empty() || makers.dice.roll(5) > 1) {
                to_judge -= 1;
                pending.extend(self.judge(makers));
                continue;
            }
            if makers.dice.roll(20) == 0
                && let Some(with) = makers.reading(&self.firm)
            {
                self.state += usize::from(!with.is_as(&self.firm));
                self.firm = with;
                seen.readings += 1;
            }
            let at = makers.dice.roll(pending.len());
            self.apply(&pending.swap_remove(at), seen);
        }
    }

    fn judge(&self, makers: &mut Makers) -> Option<Pending> {
        let asked = makers.asked(&self.firm)?;
        let verdict = asked.judge(&self.firm).ok()?;
        let state = self.state;
        Some(Pending {
            asked,
            verdict,
            state,
        })
    }

    fn apply(&mut self, one: &Pending, seen: &mut Seen) {
        let verdict = &one.verdict;
        let is_now = one.state == self.state;
        match self.firm.after(verdict) {
            Ok(after) => {
                assert!(is_now && verdict.is_accepted(), "{verdict:?}");
                assert!(holds(&after), "{verdict:?}\n{}", after.to_yaml());
                self.state += usize::from(!after.is_as(&self.firm));
                self.firm = after;
                seen.applied += 1;
                seen.in_bulk += usize::from(matches!(one.asked, Asked::Many(_)));
            }
            Err(error) if is_now => {
                let code = error.code().name();
                assert_eq!((code, verdict.is_accepted()), ("rejected-verdict", false));
                seen.rejected += 1;
            }
            Err(error) => {
                assert_eq!(error.code().name(), "stale-verdict");
                seen.stale += 1;
                let anyway = self.firm.altered(&verdict.alterations);
                seen.would_break += usize::from(!holds(&anyway));
                let now = one.asked.judge(&self.firm);
                let is_accepted = now.is_ok_and(|verdict| verdict.is_accepted());
                seen.would_be_rejected += usize::from(verdict.is_accepted() && !is_accepted);
            }
        }
    }
}

/// Firms with everything that a change can break: single holders, levels, effects, and a bulk change that can hand a
/// role on.
fn starts() -> Vec<Firm> {
    let builtin = Rulebook::builtin().unwrap();
    let in_bulk = crate::load::builtin::RULES.iter().map(|(name, text)| {
        let text = text.replace(
            "of: [grant, revoke]",
            "of: [grant, revoke, transfer_ownership]",
        );
        (*name, text)
    });
    let in_bulk: Vec<(&str, String)> = in_bulk.collect();
    let in_bulk = in_bulk.iter().map(|(name, text)| (*name, text.as_str()));
    let in_bulk = Rulebook::from_texts(in_bulk).unwrap();
    let house = Rulebook::from_texts([("door.yaml", HOUSE)]).unwrap();
    vec![
        Firm::example(&builtin).unwrap(),
        Firm::example(&in_bulk).unwrap(),
        Firm::from_text(&house, "firm.yaml", OF_HOUSE).unwrap(),
    ]
}

#[test]
fn whoever_judges_and_applies_in_whatever_order_the_invariants_hold() {
    let runs: usize = std::env::var("INTERLEAVINGS").map_or(20_000, |runs| runs.parse().unwrap());
    let starts = starts();
    let mut seen = Seen::default();
    for (number, start) in starts.iter().enumerate() {
        let rulebook = start.rulebook();
        let products = rulebook.products();
        let mut makers = Makers {
            products: products.filter_map(|id| rulebook.catalogue(id)).collect(),
            dice: Dice(number as u64),
        };
        let new = || Shared {
            firm: start.clone(),
            state: 0,
        };
        let mut shared = new();
        for run in 0..runs.div_ceil(starts.len()) {
            // The firm is kept from one interleaving to the next, and now and then restarts.
            if run % 100 == 0 {
                assert!(can_be_written(&shared.firm), "{}", shared.firm.to_yaml());
                shared = new();
            }
            shared.interleave(&mut makers, &mut seen);
        }
        assert!(can_be_written(&shared.firm), "{}", shared.firm.to_yaml());
    }
    println!("{runs} interleavings: {seen:?}");
    let often = [seen.applied, seen.rejected, seen.stale];
    let rare = [seen.would_be_rejected, seen.in_bulk, seen.readings];
    assert!(often.iter().all(|count| count * 4 > runs), "{seen:?}");
    assert!(rare.iter().all(|count| count * 100 > runs), "{seen:?}");
    assert!(seen.would_break * 1_000 > runs, "{seen:?}");
}
