//! `prove`: checks the properties of rule files over all states, and never over samples.

mod alone;
mod alone_on_things;
mod always;
mod counterexample;
mod decisions;
mod gain;
mod input;
mod made_change;
mod options;
mod path_things;
mod people;
mod people_names;
mod proof;
mod search;
mod standing;
mod state;
mod subject;
mod thing_change;
mod thing_firm;
mod things;
mod view;

use std::fmt::Display;
use std::time::Instant;

use crate::explore::compile::CompiledProduct;
use crate::finding::{AskError, Finding, Findings, foreign, property as codes};
use crate::link::product::{Product, Property, PropertyClaim, RoleId};
use crate::rulebook::{Properties, Rulebook};

pub use counterexample::{Counterexample, ProofAnswer, ProofStep};
pub use proof::{Method, Proof, PropertyResult, TimeTaken};
use search::{MOST_ROLES, SearchResult};
use subject::{ProofSubject, UndecidedReason};

impl Rulebook {
    /// Checks every property that the rule files declare, over all firms of any size and every sequence of accepted changes.
    ///
    /// It always ends. A property that takes more states than [`Limits::proof_states`](crate::Limits::proof_states)
    /// or more time than [`Limits::search_time`](crate::Limits::search_time) is [not
    /// decided](crate::PropertyResult::undecided), and the others are still proven. A violation found within the
    /// limits counts. When its smallest counterexample would take more, [`Counterexample::smallest`] reports that a
    /// smaller one may exist.
    ///
    /// ```
    /// let rulebook = clio_rules::Rulebook::builtin()?;
    /// let proof = rulebook.prove();
    /// assert!(proof.holds());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn prove(&self) -> Proof {
        let compiled = self.compiled().iter();
        let declared = compiled.flat_map(|compiled| {
            let properties = compiled.product.properties.iter();
            properties.map(move |property| (compiled, property))
        });
        self.proof_of(declared)
    }

    /// Checks the properties of a file as [`Rulebook::prove`] does, in its order. The properties of the rule files
    /// are left out.
    ///
    /// # Errors
    /// [`AskError`] when the properties were read for another rulebook.
    ///
    /// ```
    /// use clio_rules::{Firm, Properties, Rulebook};
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
    /// let broken = proof.properties.iter().find(|property| property.is_broken()).expect("one is");
    /// assert_eq!(broken.name, "everybody_invites");
    /// let counterexample = broken.counterexample.as_ref().expect("it is broken");
    /// assert_eq!(counterexample.end, "user may not invite_users");
    /// let asked = &counterexample.asked[0];
    /// let firm = Firm::from_text(&rulebook, "firm.yaml", &counterexample.firm)?;
    /// assert!(!asked.is_allowed() && !firm.ask(&asked.question)?.is_allowed());
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
        Ok(self.proof_of(listed))
    }

    #[cfg(feature = "testing")]
    /// One property of the rule files, by the number of its product and its own.
    pub(crate) fn prove_declared(
        &self,
        product: usize,
        number: usize,
    ) -> Result<PropertyResult, AskError> {
        let compiled = self.product(product).ok_or_else(|| foreign("rulebook"))?;
        let property = compiled
            .product
            .properties
            .get(number)
            .ok_or_else(|| foreign("rulebook"))?;
        Ok(self.prove_one(compiled, property).0)
    }

    fn proof_of<'a>(
        &self,
        properties: impl Iterator<Item = (&'a CompiledProduct, &'a Property)>,
    ) -> Proof {
        let proven = properties.map(|(compiled, property)| self.prove_one(compiled, property).0);
        Proof {
            properties: proven.collect(),
        }
    }

    /// The findings about the properties of the rule files: errors for broken ones, warnings for undecided ones and
    /// for those that hold only vacuously.
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
                let (proven, undecided) = self.prove_one(compiled, property);
                let (title, place) = (&compiled.product.title, property.place.clone());
                if let Some(undecided) = undecided {
                    findings.push(undecided);
                } else if let Some(broken) = &proven.counterexample {
                    let words: [&dyn Display; 3] = [&property.id, title, &broken.end];
                    findings.report(&codes::PROPERTY_BROKEN, place, &words);
                } else if let Some(because) = &proven.because {
                    let words: [&dyn Display; 3] = [&property.id, title, &because];
                    findings.report(&codes::PROPERTY_VACUOUS, place, &words);
                }
            }
        }
        findings
    }

    /// The result of a property, and the reason if it is not decided.
    fn prove_one(
        &self,
        compiled: &CompiledProduct,
        property: &Property,
    ) -> (PropertyResult, Option<Finding>) {
        let started = Instant::now();
        let of_one: Vec<RoleId> = compiled
            .product
            .single_holders()
            .map(|(role, _)| role)
            .collect();
        let limits = self.limits();
        let budget = limits.budget(limits.proof_states);
        let subject = ProofSubject {
            rulebook: self,
            compiled,
            of_one: &of_one,
            budget: &budget,
        };
        let (searched, changes, why) = match search(subject, &property.claim) {
            Ok((searched, changes)) => (searched, changes, None),
            Err(why) => (SearchResult::default(), None, Some(why)),
        };
        let product = &compiled.product;
        let undecided = why.map(|why| undecided(self, (compiled, property), why));
        let is_decided = undecided.is_none();
        let because = vacuity(product, &property.claim, &searched).filter(|_| is_decided);
        let result = PropertyResult {
            name: property.id.to_string(),
            product: product.id.to_string(),
            title: property.title.to_string(),
            holds: is_decided.then_some(searched.broken.is_none()),
            method: Method::of(&property.claim),
            states: budget.states(),
            changes,
            basis: property.basis,
            section: property
                .section
                .map(|section| product.heading(section).to_owned()),
            place: property.place.file_and_line(),
            vacuous: because.is_some(),
            because,
            undecided: undecided.as_ref().map(Into::into),
            cut_off: budget.met(),
            counterexample: searched.broken.map(Into::into),
            took: TimeTaken(started.elapsed()),
        };
        (result, undecided)
    }
}

/// The result of a claim, with the changes that an induction covers.
fn search(
    subject: ProofSubject<'_>,
    claim: &PropertyClaim,
) -> Result<(SearchResult, Option<usize>), UndecidedReason> {
    let by_induction =
        |induction: always::InductionExtent| (induction.searched, Some(induction.changes));
    let by_walk = |searched: SearchResult| (searched, None);
    Ok(match claim {
        PropertyClaim::Whoever(premise, conclusion) => {
            by_walk(decisions::prove(subject, premise, Some(conclusion))?)
        }
        PropertyClaim::Nobody(premise) => by_walk(decisions::prove(subject, premise, None)?),
        PropertyClaim::Always(always) => by_induction(always::prove(subject, *always)?),
        PropertyClaim::Alone => by_induction(alone::prove(subject)?),
    })
}

fn undecided(
    rulebook: &Rulebook,
    (compiled, property): (&CompiledProduct, &Property),
    why: UndecidedReason,
) -> Finding {
    let (why, way_out) = match why {
        UndecidedReason::CutOff(by) => (
            by.to_string(),
            "allow for more with `--states` and `--time` (`Limits::proof_states`, `Limits::search_time`), or name fewer actions or \
             changes in one property and make several of it",
        ),
        UndecidedReason::TooManyChanges => (
            "more changes can be made at once than are tried".to_owned(),
            "let fewer changes be part of a bulk change, or divide the product into several",
        ),
        UndecidedReason::TooManyRoles => (
            format!("more than {MOST_ROLES} roles are levels, or have exactly one holder"),
            "declare fewer such roles, or divide the product into several",
        ),
        UndecidedReason::ChangeElsewhere { product, change } => {
            let other = rulebook.product(product).map(|other| &other.product);
            let change = other.and_then(|other| other.changes.get(change));
            let title = other.map_or("", |other| &other.title);
            let change = change.map_or("", |change| &change.id);
            (
                format!(
                    "`{change}` of {title} alters groups or things that are read here, and its rules are not followed"
                ),
                "give the two products groups and kinds of things of their own, or hold to the property with tests of changes",
            )
        }
        UndecidedReason::NotSo => (
            "what was found in the rules is not so in a firm".to_owned(),
            "this is a mistake in the program: please report it with the rule files",
        ),
    };
    let words: [&dyn Display; 3] = [&property.id, &compiled.product.title, &why];
    let place = Some(property.place.clone());
    let finding = Finding::new(&codes::PROPERTY_NOT_DECIDED, place, &words);
    finding.with_help(way_out)
}

/// The reason why a property holds only vacuously, if it does. A promise that a kind of person does not exist is
/// never vacuous.
fn vacuity(product: &Product, claim: &PropertyClaim, searched: &SearchResult) -> Option<String> {
    if searched.broken.is_some() || searched.met {
        return None;
    }
    Some(match claim {
        PropertyClaim::Nobody(_) => return None,
        PropertyClaim::Whoever(premise, _) => {
            format!(
                "nobody can be so: {}",
                people_names::whoever(product, premise)
            )
        }
        PropertyClaim::Always(always) => {
            let role = product.role_name(always.role);
            format!("no change that is accepted alters who holds {role}")
        }
        PropertyClaim::Alone => {
            "no change that is accepted alters what an action looks at".to_owned()
        }
    })
}

#[cfg(test)]
mod tests;
