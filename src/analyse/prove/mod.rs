//! `prove`: what rule files promise, checked over all states and never over samples.

mod alone;
mod always;
mod counterexample;
mod decisions;
mod made;
mod people;
mod scene;
mod search;
mod told;

use std::fmt::Display;
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::explore::compile::Compiled;
use crate::finding::AskError;
use crate::finding::foreign;
use crate::finding::{Finding, Findings, property as codes};
use crate::link::product::{Basis, Claim, Product, Property, RoleId};
use crate::rulebook::Properties;
use crate::rulebook::Rulebook;

pub use counterexample::{Counterexample, Step as ProofStep};
use search::{MOST_ROLES, Room, Searched, Undecided};

/// What came of the properties of a rulebook, in the order in which they are declared.
#[derive(Debug, Clone, Serialize)]
pub struct Proof {
    properties: Vec<Proven>,
}

/// What came of one property.
#[derive(Debug, Clone, Serialize)]
pub struct Proven {
    name: String,
    product: String,
    title: String,
    holds: bool,
    method: Method,
    states: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<Basis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<String>,
    place: String,
    #[serde(flatten)]
    vacuity: Option<Vacuity>,
    counterexample: Option<Counterexample>,
    #[serde(skip)]
    took: Duration,
}

/// Why a property holds of nothing.
#[derive(Debug, Clone, Serialize)]
struct Vacuity {
    vacuous: bool,
    because: String,
}

/// How a property was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// Every path of the decisions was walked, over all that they look at.
    Walk,
    /// It was shown that no single change, alone or with others at once, can break it in any firm that has it.
    Induction,
}

impl Proof {
    /// Whether every property holds.
    pub fn holds(&self) -> bool {
        self.properties.iter().all(Proven::holds)
    }

    /// Each property, as declared: product by product, first those of the rule file.
    pub fn properties(&self) -> &[Proven] {
        &self.properties
    }
}

impl Proven {
    /// Id of the property.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Id of the product it is about.
    pub fn product(&self) -> &str {
        &self.product
    }

    /// What it promises.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Whether it holds.
    pub fn holds(&self) -> bool {
        self.holds
    }

    /// How that is known.
    pub fn method(&self) -> Method {
        self.method
    }

    /// States that were looked at: each stands for all firms that agree with it in everything the rules look at on the way.
    pub fn states(&self) -> usize {
        self.states
    }

    /// Of an induction: changes with their words that were looked at.
    pub fn changes(&self) -> Option<usize> {
        self.changes
    }

    /// Where it stands, as `file:line`.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Of a property that holds only because it speaks of nothing that can be: what cannot be. In JSON, `vacuous` is `true` and
    /// `because` has the words; neither is there otherwise.
    ///
    /// ```
    /// use clio_rules::{Properties, Rulebook};
    ///
    /// let text = "
    /// product: manage
    /// properties:
    ///   outsiders_edit_bills:
    ///     title: Whoever owns the account without administering it can edit bills
    ///     whoever: { holds: primary_subscriber, lacks: administrator }
    ///     can: edit_bill
    /// ";
    /// let rulebook = Rulebook::builtin()?;
    /// let proof = rulebook.prove_only(&Properties::from_text(&rulebook, "mine.yaml", text)?)?;
    /// let property = &proof.properties()[0];
    /// assert!(property.holds());
    /// assert_eq!(
    ///     property.vacuous(),
    ///     Some("nobody can be so: user holds primary_subscriber and lacks administrator")
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn vacuous(&self) -> Option<&str> {
        self.vacuity
            .as_ref()
            .map(|vacuity| vacuity.because.as_str())
    }

    /// A firm in which it is broken; none where it holds.
    pub fn counterexample(&self) -> Option<&Counterexample> {
        self.counterexample.as_ref()
    }

    /// How long it took. It is no part of the JSON, which is the same every time.
    pub fn took(&self) -> Duration {
        self.took
    }
}

impl Rulebook {
    /// Checks every property that the rule files declare, over all firms of any size and every sequence of accepted changes.
    ///
    /// # Errors
    /// [`AskError`] when a property takes more states than [`Limits::proof_states`](crate::Limits::proof_states): it is
    /// refused, never tried on some of them. A property that is broken within the limit is broken; where its smallest
    /// counterexample would take more, [`Counterexample::is_smallest`] tells that it is not known to be that.
    ///
    /// ```
    /// let rulebook = clio_rules::Rulebook::builtin()?;
    /// let proof = rulebook.prove()?;
    /// assert!(proof.holds());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn prove(&self) -> Result<Proof, AskError> {
        let compiled = self.compiled().iter();
        let declared = compiled.flat_map(|compiled| {
            let properties = compiled.product.properties.iter();
            properties.map(move |property| (compiled, property))
        });
        self.proof_of(declared)
    }

    /// As [`Rulebook::prove`], of the properties of a file, in its order; those of the rule files are left out.
    ///
    /// # Errors
    /// [`AskError`] as there, and when the properties were read for another rulebook.
    ///
    /// ```
    /// use clio_rules::{Properties, Rulebook};
    ///
    /// let text = "
    /// product: grow
    /// properties:
    ///   admins_invite:
    ///     title: Whoever is an admin can invite people
    ///     whoever: { holds: admin }
    ///     can: invite_users
    ///   everybody_invites:
    ///     title: Everybody can invite people
    ///     can: invite_users
    /// ";
    /// let rulebook = Rulebook::builtin()?;
    /// let properties = Properties::from_text(&rulebook, "mine.yaml", text)?;
    /// let proof = rulebook.prove_only(&properties)?;
    /// let broken = proof.properties().iter().find(|property| !property.holds()).expect("one does not");
    /// assert_eq!(broken.name(), "everybody_invites");
    /// let counterexample = broken.counterexample().expect("it is broken");
    /// assert_eq!(counterexample.firm().users().count(), 1);
    /// assert_eq!(counterexample.end(), "user may not invite_users");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn prove_only(&self, properties: &Properties) -> Result<Proof, AskError> {
        if properties.stamp != self.stamp() {
            return Err(foreign("rulebook"));
        }
        let listed = properties.list.iter().filter_map(|(product, property)| {
            let compiled = self.compiled().get(*product)?;
            Some((compiled, property))
        });
        self.proof_of(listed)
    }

    #[cfg(feature = "testing")]
    /// One property that the rule files declare, by the numbers of its product and in there.
    pub(crate) fn prove_declared(&self, product: usize, number: usize) -> Result<Proven, AskError> {
        let compiled = self.product(product);
        let compiled = compiled.ok_or_else(|| foreign("rulebook"))?;
        let property = compiled.product.properties.get(number);
        let property = property.ok_or_else(|| foreign("rulebook"))?;
        let proven = self.prove_one(compiled, property);
        proven.map_err(|why| self.undecided(compiled, property, why))
    }

    fn proof_of<'a>(
        &self,
        properties: impl Iterator<Item = (&'a Compiled, &'a Property)>,
    ) -> Result<Proof, AskError> {
        let proven = properties.map(|(compiled, property)| {
            let proven = self.prove_one(compiled, property);
            proven.map_err(|why| self.undecided(compiled, property, why))
        });
        let properties = proven.collect::<Result<_, _>>()?;
        Ok(Proof { properties })
    }

    /// What is wrong with the properties that the rule files declare: those that are broken, and those that could not be checked.
    /// Those that hold of nothing that can be are warned of.
    ///
    /// ```
    /// let rulebook = clio_rules::Rulebook::builtin()?;
    /// assert!(rulebook.check_properties().is_empty());
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn check_properties(&self) -> Findings {
        let mut findings = Findings::new();
        for compiled in self.compiled() {
            for property in &compiled.product.properties {
                match self.prove_one(compiled, property) {
                    Err(why) => {
                        findings.push(self.undecided(compiled, property, why).into_finding())
                    }
                    Ok(proven) => {
                        let (title, place) = (&compiled.product.title, property.place.clone());
                        if let Some(broken) = proven.counterexample() {
                            let words: [&dyn Display; 3] = [&property.id, title, &broken.end()];
                            findings.report(&codes::PROPERTY_BROKEN, place, &words);
                        } else if let Some(because) = proven.vacuous() {
                            let words: [&dyn Display; 3] = [&property.id, title, &because];
                            findings.report(&codes::PROPERTY_VACUOUS, place, &words);
                        }
                    }
                }
            }
        }
        findings
    }

    fn prove_one(&self, compiled: &Compiled, property: &Property) -> Result<Proven, Undecided> {
        let started = Instant::now();
        let roles = compiled.product.roles.iter().enumerate();
        let of_one = roles.filter(|(_, role)| role.holders.is_some());
        let of_one: Vec<RoleId> = of_one.map(|(number, _)| RoleId::from(number)).collect();
        let room = Room {
            rulebook: self,
            compiled,
            of_one: &of_one,
        };
        let by_induction = |induction: always::Induction| {
            (
                Method::Induction,
                Some(induction.changes),
                induction.searched,
            )
        };
        let by_walk = |searched: Searched| (Method::Walk, None, searched);
        let (method, changes, searched) = match &property.claim {
            Claim::Whoever(premise, conclusion) => {
                by_walk(decisions::prove(room, premise, Some(conclusion))?)
            }
            Claim::Nobody(premise) => by_walk(decisions::prove(room, premise, None)?),
            Claim::Always(always) => by_induction(always::prove(room, *always)?),
            Claim::Alone => by_induction(alone::prove(room)?),
        };
        let product = &compiled.product;
        Ok(Proven {
            name: property.id.to_string(),
            product: product.id.to_string(),
            title: property.title.to_string(),
            holds: searched.broken.is_none(),
            method,
            states: searched.states,
            changes,
            basis: property.basis,
            section: property
                .section
                .map(|section| product.heading(section).to_owned()),
            place: property.place.file_and_line(),
            vacuity: vacuity(product, &property.claim, &searched),
            counterexample: searched.broken,
            took: started.elapsed(),
        })
    }

    fn undecided(&self, compiled: &Compiled, property: &Property, why: Undecided) -> AskError {
        let (why, way_out) = match why {
            Undecided::TooLarge => {
                let most = self.limits().proof_states;
                (
                    format!("there are more than {most} states, which is the limit"),
                    "name fewer actions or changes in one property, or make several of it; or allow for more states, with `prove \
                     --states` or `Limits::proof_states`",
                )
            }
            Undecided::TooManyRoles => (
                format!("more than {MOST_ROLES} roles are levels, or have exactly one holder"),
                "declare fewer such roles, or divide the product into several",
            ),
            Undecided::NotSo => (
                "what was found in the rules is not so in a firm".to_owned(),
                "this is a mistake in the program: please report it with the rule files",
            ),
        };
        let words: [&dyn Display; 3] = [&property.id, &compiled.product.title, &why];
        let place = Some(property.place.clone());
        let finding = Finding::new(&codes::PROPERTY_NOT_DECIDED, place, &words);
        finding.with_help(way_out).into()
    }
}

/// Why a property that holds holds of nothing, where it does. That there is nobody of a kind is never empty: it is what is promised.
fn vacuity(product: &Product, claim: &Claim, searched: &Searched) -> Option<Vacuity> {
    if searched.broken.is_some() || searched.met {
        return None;
    }
    let because = match claim {
        Claim::Nobody(_) => return None,
        Claim::Whoever(premise, _) => {
            format!("nobody can be so: {}", told::whoever(product, premise))
        }
        Claim::Always(always) => {
            let role = product.role_name(always.role);
            format!("no change that is accepted alters who holds {role}")
        }
        Claim::Alone => "no change that is accepted alters what an action looks at".to_owned(),
    };
    Some(Vacuity {
        vacuous: true,
        because,
    })
}

#[cfg(test)]
mod tests;
