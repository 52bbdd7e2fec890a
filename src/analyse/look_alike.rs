//! Ids that people cannot tell apart: they differ in capital letters, in spaces, in how Unicode writes the same letter, or in
//! letters that look the same.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use unicode_normalization::UnicodeNormalization;
use unicode_security::skeleton;

use crate::finding::{Finding, Findings, characters::LOOK_ALIKE_IDS};
use crate::firm::Firm;
use crate::link::product::Product;
use crate::rulebook::Rulebook;
use crate::text::Place;
use crate::value::Domain;

impl Rulebook {
    /// Ids of these rules that people cannot tell apart, each as a warning that names both.
    ///
    /// ```
    /// use clio_rules::Rulebook;
    ///
    /// assert!(Rulebook::builtin()?.check_ids().is_empty());
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn check_ids(&self) -> Findings {
        let mut findings = Findings::new();
        let products = || self.compiled().iter().map(|compiled| &compiled.product);
        let ids = products().map(|product| (&*product.id, Some(&product.place)));
        report("products", ids, &mut findings);
        products().for_each(|product| ids_of(product, &mut findings));
        findings
    }
}

impl Firm {
    /// Ids of users, of groups and of things of one kind that people cannot tell apart, each as a warning that names both. Loading does not look for them: it takes
    /// as long as a load of a large firm.
    ///
    /// ```
    /// use clio_rules::{Firm, Rulebook, Seat, User};
    ///
    /// let ada = User::new("ada").seat(Seat::new("manage").role("primary_subscriber"));
    /// let firm = Firm::of_users(&Rulebook::builtin()?, "Two Adas", [ada, User::new("Ada")])?;
    /// assert_eq!(
    ///     firm.check_ids().to_string(),
    ///     "warning[look-alike-ids]: people cannot tell `Ada` from `ada`: both are users; give one of them another id"
    /// );
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn check_ids(&self) -> Findings {
        let mut findings = Findings::new();
        report("users", self.users().map(|id| (id, None)), &mut findings);
        let groups = self.things.groups.iter();
        report("groups", groups.map(|(id, _)| (id, None)), &mut findings);
        let mut seen = HashSet::new();
        for (product, kind, things) in self.things.kinds() {
            let product = self.rulebook.product(product);
            let kind = product.and_then(|compiled| compiled.product.kind(kind));
            // Several products may know the things of one kind.
            let Some(kind) = kind.filter(|kind| seen.insert(&*kind.id)) else {
                continue;
            };
            let ids = (0..things.len() as u32).map(|number| (things.id(number), None));
            report(
                &format!("things of the kind `{}`", kind.id),
                ids,
                &mut findings,
            );
        }
        findings
    }
}

fn ids_of(product: &Product, findings: &mut Findings) {
    /// Ids of one kind, each with its place.
    macro_rules! report_all {
        ($($what:literal: $list:ident),* $(,)?) => {
            $(
                let ids = product.$list.iter().map(|one| (&*one.id, Some(&one.place)));
                report($what, ids, findings);
            )*
        };
    }
    report_all! {
        "sections": sections,
        "roles": roles,
        "settings": settings,
        "readings": readings,
        "facts": facts,
        "actions": actions,
        "changes": changes,
        "effects": effects,
        "properties": properties,
    }
    let source = product.place.source();
    let places: Vec<Place> = product
        .conflicts
        .iter()
        .map(|conflict| source.place(conflict.span))
        .collect();
    let conflicts = product.conflicts.iter().zip(&places);
    let conflicts = conflicts.map(|(conflict, place)| (&*conflict.id, Some(place)));
    report("conflicts", conflicts, findings);
    let mut values = |id: &str, domain: &Domain, place: &Place| {
        let words = domain.words().map(|word| (word, Some(place)));
        report(&format!("values of `{id}`"), words, findings);
    };
    for setting in &product.settings {
        values(&setting.id, &setting.domain, &setting.place);
    }
    for fact in &product.facts {
        values(&fact.id, &fact.domain, &fact.place);
    }
}

/// Reports each id that looks like one before it.
fn report<'i>(
    what: &str,
    ids: impl Iterator<Item = (&'i str, Option<&'i Place>)>,
    findings: &mut Findings,
) {
    let mut seen = SeenIds::default();
    for (id, place) in ids {
        let Some((earlier, first)) = seen.insert(id, place) else {
            continue;
        };
        let finding = Finding::new(&LOOK_ALIKE_IDS, place.cloned(), &[&id, &earlier, &what]);
        let other = first.filter(|first| Some(*first) != place);
        findings.push(match other {
            Some(other) => finding.with_label(other.clone(), format!("`{earlier}` is here")),
            None => finding,
        });
    }
}

/// An id, and where it is declared.
type PlacedId<'i> = (&'i str, Option<&'i Place>);

/// Ids by how they look. Only hashes are kept of that: there may be a million ids.
#[derive(Default)]
struct SeenIds<'i> {
    hasher: RandomState,
    by_look: HashMap<(Look, u64), PlacedId<'i>>,
}

/// In what two ids are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Look {
    /// `Al` looks like `A1`.
    AsWritten,
    /// `Ada` looks like `ada`.
    InSmallLetters,
}

impl<'i> SeenIds<'i> {
    /// Adds an id. Gives one from before that looks the same.
    fn insert(&mut self, id: &'i str, place: Option<&'i Place>) -> Option<PlacedId<'i>> {
        let mut alike = None;
        for look in [Look::AsWritten, Look::InSmallLetters] {
            let shape = look.of(id);
            let key = (look, self.hasher.hash_one(&shape));
            match self.by_look.get(&key) {
                Some(known) if look.of(known.0) == shape => alike = alike.or(Some(*known)),
                // Two shapes with one hash: the second is not looked for, which is rarer than anything that happens.
                Some(_) => {}
                None => drop(self.by_look.insert(key, (id, place))),
            }
        }
        alike
    }
}

impl Look {
    /// What somebody sees of an id: letters that look alike are one letter.
    fn of(self, id: &str) -> String {
        let plain: String = id.nfkc().collect();
        let plain = plain.trim();
        match self {
            Self::AsWritten => skeleton(plain).collect(),
            Self::InSmallLetters => skeleton(&plain.to_lowercase()).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
