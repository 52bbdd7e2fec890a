//! The differences of each person with their consequences, computed once for each kind of people.

use std::collections::HashSet;
use std::sync::Arc;

use hashbrown::HashMap;
use smallvec::SmallVec;

use super::access::{GainedLost, gained_and_lost};
use super::conflicts::conflicts;
use super::ends::role_ends;
use super::kinds::{PersonKind, PersonKinds};
use super::ledger::LedgerEntry;
use super::pairs::{PeoplePairs, SharedIds};
use super::parts::{Outside, OutsideKind, ProductRole, SettingChange, SharedDifference};
use super::stages::plans;
use super::thing_steps::thing_steps;
use super::things::{groups, things};
use super::{FirmDifference, NameChange, ReadingChange, Unplanned, UserDifference};
use crate::analyse::on_things;
use crate::explore::layout::{Layout, Word};
use crate::finding::{AskError, foreign};
use crate::firm::{Firm, has_seat, is_enabled};
use crate::link::product::{ReadingId, UserPart};
use crate::value::Value;

/// What people may do on things is looked at for those with these ids alone, where some are given.
pub(super) fn difference(
    firms: [&Firm; 2],
    only: Option<&HashSet<&str>>,
) -> Result<FirmDifference, AskError> {
    let [old, new] = firms;
    if old.rulebook.stamp() != new.rulebook.stamp() {
        return Err(foreign("rulebook"));
    }
    let pairs = PeoplePairs::of(firms);
    let mut ids = SharedIds::of(firms, &pairs);
    let products = 0..old.rulebook.compiled().len();
    let products: Vec<KindDifferences> = products
        .map(|number| KindDifferences::of(firms, number, (&pairs, &mut ids)))
        .collect::<Result<_, _>>()?;
    let entries = entries(&pairs, &products);
    let mut users = users(firms, &products, (&pairs, &mut ids));
    let readings = readings(firms);
    let is_other = !readings.is_empty() || users.iter().any(|user| !user.outside.is_empty());
    let stages = plans(firms, is_other, entries, &mut users, (&pairs, &mut ids))?;
    let (mut groups, mut things) = (groups(firms), things(firms));
    let mut unplanned = Unplanned(stages.unplanned);
    let is_same_people = users.is_empty() && !is_other;
    let of_things = (&mut *groups, &mut *things);
    let of_things = thing_steps(firms, of_things, is_same_people, &mut unplanned)?;
    // The people of the new state are there by permitted changes alone, or only after something else.
    let is_led_to = !is_other && unplanned.is_none();
    let is_led_to = is_led_to && users.iter().all(|user| user.impossible.is_empty());
    let (mut steps, mut then) = (of_things.before, stages.then);
    steps.extend(stages.steps);
    if is_led_to { &mut steps } else { &mut then }.extend(of_things.after);
    let firm = (old.name() != new.name()).then(|| NameChange {
        from: old.name().to_owned(),
        to: new.name().to_owned(),
    });
    let mut difference = FirmDifference {
        equal: false,
        firm,
        readings,
        conflicts: conflicts(firms),
        groups,
        things,
        on_things: on_things::difference(firms, only)?,
        users,
        steps,
        then,
        unplanned,
    };
    difference.equal = difference.is_empty();
    Ok(difference)
}

fn readings([old, new]: [&Firm; 2]) -> Vec<ReadingChange> {
    let mut changes = Vec::new();
    for (number, compiled) in old.rulebook.compiled().iter().enumerate() {
        for (at, reading) in compiled.product.readings.iter().enumerate() {
            let field = Layout::reading(ReadingId::from(at));
            let [from, to] = [old, new].map(|firm| field.read(firm.readings_of(number)).is_yes());
            if from != to {
                changes.push(ReadingChange {
                    product: Arc::clone(&compiled.product.id),
                    reading: Arc::clone(&reading.id),
                    from,
                    to,
                });
            }
        }
    }
    changes
}

/// The people of a product by kind, and the differences of each kind.
struct KindDifferences {
    kinds: PersonKinds,
    /// By kind.
    differences: Vec<KindDifference>,
    accesses: Vec<GainedLost>,
}

/// The differences of a kind, in one product.
#[derive(Default)]
struct KindDifference {
    outside: SmallVec<[OutsideKind; 2]>,
    given: Vec<ProductRole>,
    taken: Vec<ProductRole>,
    settings: Vec<SettingChange>,
    /// The alterations that changes would have to make.
    values: Vec<(UserPart, Value)>,
}

impl KindDifferences {
    fn of(
        firms: [&Firm; 2],
        number: usize,
        (pairs, ids): (&PeoplePairs, &mut SharedIds<'_>),
    ) -> Result<Self, AskError> {
        let kinds = PersonKinds::of(firms, pairs, number);
        let differences = kinds
            .all
            .iter()
            .map(|kind| KindDifference::of(firms, number, kind));
        Ok(Self {
            differences: differences.collect(),
            accesses: gained_and_lost(firms, number, &kinds, (pairs, ids))?,
            kinds,
        })
    }

    /// The differences of the person at a place.
    fn difference(&self, place: u32) -> Option<&KindDifference> {
        self.differences.get(self.kinds.at(place) as usize)
    }
}

impl KindDifference {
    fn of(firms: [&Firm; 2], number: usize, kind: &PersonKind) -> Self {
        let mut difference = Self::default();
        let [Some(before), Some(after)] = kind.words(firms, number) else {
            return difference;
        };
        let words = [before, after];
        if before == after {
            return difference;
        }
        // Being enabled is the same in every product, so it is listed once.
        let enabled = match (number, words.map(is_enabled)) {
            (0, [false, true]) => Some(OutsideKind::Enabled),
            (0, [true, false]) => Some(OutsideKind::Disabled),
            _ => None,
        };
        difference.outside.extend(enabled);
        match words.map(has_seat) {
            [true, true] => difference.compare_seats(firms[0], number, words),
            [false, true] => difference.outside.push(OutsideKind::SeatGiven),
            [true, false] => difference.outside.push(OutsideKind::SeatTaken),
            [false, false] => {}
        }
        difference
    }

    fn compare_seats(&mut self, firm: &Firm, number: usize, words: [&[Word]; 2]) {
        let Some(compiled) = firm.rulebook.product(number) else {
            return;
        };
        let product = &compiled.product;
        for part in product.parts() {
            let [from, to] = words.map(|words| compiled.layout.part(part).read(words));
            let Some(id) = product.part_id(part).filter(|_| from != to) else {
                continue;
            };
            let (product_id, id) = (Arc::clone(&product.id), Arc::clone(id));
            self.values.push((part, to));
            if let UserPart::Setting(_) = part {
                let word = |value| product.part_word(part, value).into();
                self.settings.push(SettingChange {
                    product: product_id,
                    setting: id,
                    from: word(from),
                    to: word(to),
                });
                continue;
            }
            let list = if to.is_yes() {
                &mut self.given
            } else {
                &mut self.taken
            };
            list.push(ProductRole {
                product: product_id,
                role: id,
            });
        }
    }
}

/// The alterations that changes would have to make to users of the old state, person by person.
fn entries(pairs: &PeoplePairs, products: &[KindDifferences]) -> Vec<LedgerEntry> {
    let mut entries = Vec::new();
    for (place, [old, _]) in (0..).zip(pairs.all()) {
        let Some(user) = old else { continue };
        for (product, of) in products.iter().enumerate() {
            let values = of.difference(place).map_or(&[][..], |found| &found.values);
            let of_product = values.iter().map(|(what, to)| LedgerEntry {
                key: (product, user, *what),
                to: *to,
            });
            entries.extend(of_product);
        }
    }
    entries
}

/// All people with differences, without steps.
fn users(
    firms: [&Firm; 2],
    products: &[KindDifferences],
    (pairs, ids): (&PeoplePairs, &mut SharedIds<'_>),
) -> Vec<UserDifference> {
    let mut known: HashMap<SmallVec<[u32; 4]>, Arc<SharedDifference>> = HashMap::new();
    let mut users = Vec::new();
    for place in 0..pairs.len() as u32 {
        let kinds = products.iter().map(|product| product.kinds.at(place));
        let kinds: SmallVec<[u32; 4]> = kinds.collect();
        let altered = known
            .entry_ref(&kinds)
            .or_insert_with(|| Arc::new(altered(products, &kinds)));
        let outside = outside(firms, pairs, place, products);
        let ends = role_ends(firms, pairs.get(place).unwrap_or_default());
        if outside.is_empty() && ends.is_empty() && !altered.is_any() {
            continue;
        }
        users.push(UserDifference {
            place,
            user: ids.id(pairs, place),
            name: ids.name(pairs, place),
            outside: outside.into(),
            ends: ends.into(),
            altered: Arc::clone(altered),
            steps: Box::default(),
            impossible: Box::default(),
        });
    }
    users
}

/// The differences of people who have these kinds in the products.
fn altered(products: &[KindDifferences], kinds: &[u32]) -> SharedDifference {
    let mut altered = SharedDifference::default();
    for (of, kind) in products.iter().zip(kinds) {
        if let Some(found) = of.differences.get(*kind as usize) {
            altered.roles.given.extend_from_slice(&found.given);
            altered.roles.taken.extend_from_slice(&found.taken);
            altered.settings.extend_from_slice(&found.settings);
        }
        if let Some([gained, lost]) = of.accesses.get(*kind as usize) {
            altered.gained.push(Arc::clone(gained));
            altered.lost.push(Arc::clone(lost));
        }
    }
    for lists in [&mut altered.gained, &mut altered.lost] {
        lists.retain(|list| !list.is_empty());
    }
    altered
}

fn outside(
    [old, new]: [&Firm; 2],
    pairs: &PeoplePairs,
    place: u32,
    products: &[KindDifferences],
) -> Vec<Outside> {
    let one = |kind, product: Option<&Arc<str>>| Outside {
        kind,
        product: product.map(Arc::clone),
        from: None,
        to: None,
    };
    let (before, after) = match pairs.get(place) {
        Some([Some(before), Some(after)]) => (before, after),
        Some([None, Some(_)]) => return vec![one(OutsideKind::Added, None)],
        _ => return vec![one(OutsideKind::Removed, None)],
    };
    let mut all = Vec::new();
    let [from, to] = [old.roster.name_of(before), new.roster.name_of(after)];
    if from != to {
        all.push(Outside {
            from: Some(from.to_owned()),
            to: Some(to.to_owned()),
            ..one(OutsideKind::Renamed, None)
        });
    }
    for (of, compiled) in products.iter().zip(old.rulebook.compiled()) {
        let kinds = of.difference(place).map_or(&[][..], |found| &found.outside);
        for kind in kinds {
            let is_seat = matches!(kind, OutsideKind::SeatGiven | OutsideKind::SeatTaken);
            let product = is_seat.then_some(&compiled.product.id);
            all.push(one(*kind, product));
        }
    }
    all
}
