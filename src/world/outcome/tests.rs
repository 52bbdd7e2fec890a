//! Compares the outcome for people who are asked about one by one with the outcome in a firm.

use std::collections::BTreeSet;
use std::convert::Infallible;

use pretty_assertions::assert_eq;

use super::*;
use crate::change::resolve::ResolvedChange;
use crate::firm::is_enabled;
use crate::tests::dice::cases;
use crate::tests::generated;
use crate::vocabulary::Person;
use crate::{Firm, Rulebook};

/// A firm of which everything is known.
struct WholeFirm<'f> {
    firm: &'f Firm,
    compiled: &'f CompiledProduct,
    resolved: ResolvedChange,
}

impl ChangeScene for WholeFirm<'_> {
    type Who = u32;
    type Halt = Infallible;

    fn who(&self, whose: AlteredPerson) -> Result<u32, Infallible> {
        let ResolvedChange {
            product,
            user,
            target,
            ..
        } = self.resolved;
        Ok(match whose {
            AlteredPerson::Person(Person::User) => user,
            AlteredPerson::Person(Person::Target) => target.user().unwrap(),
            AlteredPerson::Holder(role) => self.firm.roster.holder(product, role).unwrap(),
        })
    }

    fn part(&self, who: u32, part: UserPart) -> Result<Value, Infallible> {
        let words = self.firm.roster.profile(self.resolved.product, who);
        Ok(self.compiled.layout.part(part).read(words))
    }

    fn is_enabled(&self, who: u32) -> Result<bool, Infallible> {
        Ok(is_enabled(
            self.firm.roster.profile(self.resolved.product, who),
        ))
    }

    fn input(&self, input: DecisionInput) -> Result<Value, Infallible> {
        let (layout, product) = (&self.compiled.layout, &self.compiled.product);
        let bits = self.firm.change_bits(self.compiled, &self.resolved);
        Ok(bits.read(layout.slot(input, &[], product)))
    }
}

/// Makes every change between any two people of a firm in both ways. Returns how many were accepted, refused and
/// broke an invariant.
fn compare(firm: &Firm) -> [usize; 3] {
    let mut counts = [0; 3];
    for (product, compiled) in firm.rulebook.compiled().iter().enumerate() {
        for bound in BoundChange::all(compiled) {
            for user in 0..firm.roster.len() as u32 {
                for target in 0..firm.roster.len() as u32 {
                    let resolved = bound.by(product, [user, target]);
                    let ids = [user, target].map(|user| firm.roster.id(user));
                    let named = bound.named(compiled, ids[0], ids[1]);
                    assert_eq!(firm.resolve_change(&named).unwrap(), resolved);
                    if compiled
                        .ground(&firm.change_bits(compiled, &resolved))
                        .is_some()
                    {
                        continue;
                    }
                    let scene = WholeFirm {
                        firm,
                        compiled,
                        resolved,
                    };
                    let outcome = firm.outcome(compiled, &resolved).unwrap();
                    let rulings = outcome.judged.rulings.to_vec();
                    let Ok(in_scene) = bound.outcome(compiled, &scene);
                    match in_scene {
                        SceneOutcome::Refused(by) => {
                            assert_eq!((false, by), (outcome.judged.accepted, rulings));
                            counts[1] += 1;
                        }
                        SceneOutcome::Broken(by) => {
                            assert_eq!((false, vec![by]), (outcome.judged.accepted, rulings));
                            counts[2] += 1;
                        }
                        SceneOutcome::Accepted(done) => {
                            assert_eq!(
                                (true, vec![done.ruling]),
                                (outcome.judged.accepted, rulings)
                            );
                            assert_eq!(done.effects, outcome.effects.to_vec());
                            let altered = outcome.alterations.iter();
                            let altered = altered.map(|one| (one.user, one.what, one.to));
                            assert_eq!(done.altered, altered.collect::<Vec<_>>());
                            let parts: BTreeSet<UserPart> =
                                done.altered.iter().map(|one| one.1).collect();
                            assert!(parts.is_subset(&bound.parts(compiled)), "{named:?}");
                            counts[0] += 1;
                        }
                    }
                }
            }
        }
    }
    counts
}

#[test]
fn what_comes_of_a_change_is_what_comes_of_it_in_a_firm() {
    let builtin = Rulebook::builtin().unwrap();
    let mut all = compare(&Firm::example(&builtin).unwrap());
    for seed in 0..cases(3, 30) {
        let generated = generated::rulebook(seed);
        let Ok(rulebook) = Rulebook::from_texts([("p.yaml", generated.rules.as_str())]) else {
            continue;
        };
        for firm in generated::firms(&generated).iter().take(2) {
            let firm = Firm::from_text(&rulebook, "firm.yaml", firm).unwrap();
            for (sum, count) in all.iter_mut().zip(compare(&firm)) {
                *sum += count;
            }
        }
    }
    assert!(all[0] > 1_000 && all[1] > 1_000, "{all:?}");
    // The owner of this house has to be enabled, but ownership can be passed to somebody who is not.
    let house = include_str!("../../../tests/cases/loads/a_house/rules/door.yaml");
    let rulebook = Rulebook::from_texts([("door.yaml", house)]).unwrap();
    let firm = "firm: House\nusers:\n- {id: a, door: {roles: [owner]}}\n- {id: b, enabled: false, door: {roles: []}}\n";
    let firm = Firm::from_text(&rulebook, "firm.yaml", firm).unwrap();
    let [accepted, _, broken] = compare(&firm);
    assert!(accepted > 0 && broken > 0, "{accepted} {broken}");
}
