//! One firm with things, asked everything by everybody.

use clio_rules::direct::{Direct, DirectAnswer};
use clio_rules::{ActionHandle, Answer, Firm, Question, UserHandle};
use fastrand::Rng;

use super::brought::Facts;
use super::cedar::Entitled;
use super::firm::{Member, Thing, ThingFirm};
use super::tally::ThingTally;
use super::{OfKind, ThingWalk};
use crate::Failed;
use crate::asked::Asked;
use crate::difference::Difference;
use crate::model::Word;
use crate::sides::Said;
use crate::walk::Stop;

/// A firm and the same for the scripts and for Cedar.
pub(super) struct Room<'w> {
    walk: &'w ThingWalk<'w>,
    data: &'w ThingFirm,
    firm: Firm,
    twin: Firm,
    cedar: Entitled<'w>,
    named: Vec<Named<'w>>,
}

/// A thing as questions name it.
struct Named<'w> {
    of_kind: &'w OfKind,
    id: String,
    is_stored: bool,
    /// What the question says of it.
    facts: Facts,
    /// What Cedar is asked about.
    seen: Thing,
}

impl<'w> Room<'w> {
    /// Builds the firm. Cedar is told of the firm that `altered` makes of it.
    pub(super) fn new(
        walk: &'w ThingWalk<'w>,
        data: &'w ThingFirm,
        seed: u64,
        altered: fn(&mut ThingFirm),
    ) -> Result<Self, Failed> {
        let text = data.text(walk.model);
        let mut other = data.clone();
        altered(&mut other);
        let (named, brought) = named(walk, &other, seed);
        Ok(Self {
            firm: Firm::from_text(&walk.rulebook, "firm.yaml", &text)?,
            twin: Firm::from_text(&walk.twin, "firm.yaml", &text)?,
            cedar: walk.policies.of_firm(walk.model, &other, &brought)?,
            walk,
            data,
            named,
        })
    }

    /// Asks everything.
    pub(super) fn ask(&self, direct: &Direct) -> Result<ThingTally, Stop> {
        let mut tally = ThingTally {
            firms: 1,
            groups: self.data.groups.len() as u64,
            things: self.data.things.len() as u64,
            ..ThingTally::default()
        };
        for named in &self.named {
            for asked in &named.of_kind.actions {
                for person in &self.data.people {
                    let is_allowed = self.compare(direct, (person, asked, named))?;
                    tally.decisions += 1;
                    tally.allowed += u64::from(is_allowed);
                    tally.with_facts += u64::from(!named.facts.is_empty());
                    tally.brought += u64::from(!named.is_stored);
                }
            }
        }
        self.complete(tally)
    }

    /// The tally with how many other questions there are about the same things, once it is certain that none was skipped.
    fn complete(&self, tally: ThingTally) -> Result<ThingTally, Stop> {
        let (mut asked, mut space) = (0, 0);
        let people = self.data.people.len() as u64;
        for of_kind in &self.walk.kinds {
            let stored = self.data.of_kind(Some(&of_kind.kind)).count() as u64;
            let each = people * of_kind.actions.len() as u64;
            let drawn = of_kind.bringable.count() as u64;
            asked += each * (stored * (1 + drawn) + drawn);
            // A thing that the firm does not have is named with at least one fact.
            let combinations = of_kind.bringable.combinations;
            space += u128::from(each) * (u128::from(stored + 1) * combinations - 1);
        }
        if tally.decisions != asked {
            let words = format!(
                "{} questions were asked, and there are {asked}",
                tally.decisions
            );
            return Err(Stop::Failed(Failed::new(words)));
        }
        Ok(ThingTally {
            left_out: space - u128::from(asked),
            ..tally
        })
    }

    /// Asks one question of all, by handles and by names. Whether it is allowed.
    fn compare(
        &self,
        direct: &Direct,
        (person, asked, named): (&Member, &Asked, &Named<'_>),
    ) -> Result<bool, Stop> {
        let table = self.by_handles(person, asked, named)?;
        let question = question(&self.walk.model.product, &person.id, asked, named);
        let by_names = self.firm.answer(&question)?;
        let scripts = direct.ask(&self.twin, &question)?;
        let declared = named.facts.iter().filter(|(fact, _)| !fact.contains('.'));
        let declared: Facts = declared.cloned().collect();
        let asks = (&*person.id, asked, &named.seen);
        let cedar = self.cedar.allows(self.data, asks, &declared)?;
        let table = Said::Decided(table);
        let agree = table.is_said_by(&scripts) && table.yes() == cedar;
        if !agree {
            let difference = self.difference((person, asked, named), &table, scripts, cedar);
            return Err(Stop::Difference(Box::new(difference)));
        }
        if !Said::Decided(by_names).is_said_by(&scripts) {
            let words = format!("by names the answer is another one: {question:?}");
            return Err(Stop::Failed(Failed::new(words)));
        }
        Ok(cedar)
    }

    fn by_handles(
        &self,
        person: &Member,
        asked: &Asked,
        named: &Named<'_>,
    ) -> Result<Answer<'_>, Failed> {
        let (rulebook, product) = (&self.walk.rulebook, Some(&*self.walk.model.product));
        let user: UserHandle = self.firm.user(&person.id)?;
        let action = rulebook.action(product, &asked.id)?;
        let give = |action: ActionHandle, (fact, value): &(Word, Word)| {
            action.with_fact(rulebook, fact, value)
        };
        let action = named.facts.iter().try_fold(action, give)?;
        if !named.is_stored {
            return Ok(self.firm.decide(user, action, None)?);
        }
        let thing = self.firm.thing(product, &named.of_kind.kind, &named.id)?;
        Ok(self.firm.decide_on(user, action, thing)?)
    }

    fn difference(
        &self,
        (person, asked, named): (&Member, &Asked, &Named<'_>),
        table: &Said<'_>,
        scripts: DirectAnswer,
        cedar: bool,
    ) -> Difference {
        let model = self.walk.model;
        let said = Asked {
            words: named.facts.clone(),
            ..asked.clone()
        };
        let readings = self.data.readings.choices(model);
        Difference {
            product: model.product.to_string(),
            asked: said.to_string(),
            is_change: false,
            user: format!("{}: {}", person.id, person.kind),
            target: Some(named.id.clone()),
            readings: readings
                .map(|(id, choice)| (id.to_owned(), choice))
                .collect(),
            table: table.in_words(),
            scripts: scripts.into(),
            cedar: Some(cedar),
        }
    }
}

/// Everything that questions name, and the things that Cedar knows only because of them.
fn named<'w>(walk: &'w ThingWalk<'_>, firm: &ThingFirm, seed: u64) -> (Vec<Named<'w>>, Vec<Thing>) {
    let mut rng = Rng::with_seed(!seed);
    let (mut all, mut brought) = (Vec::new(), Vec::new());
    for of_kind in &walk.kinds {
        let unknown = Thing::silent(format!("new_{}", of_kind.kind), &of_kind.kind);
        let stored = firm.of_kind(Some(&of_kind.kind));
        for (thing, is_stored) in stored.map(|thing| (thing, true)).chain([(&unknown, false)]) {
            let named = |facts, seen: &Thing| Named {
                of_kind,
                id: thing.id.clone(),
                is_stored,
                facts,
                seen: seen.clone(),
            };
            all.extend(is_stored.then(|| named(Facts::new(), thing)));
            for (number, facts) in of_kind.bringable.drawn(&mut rng).into_iter().enumerate() {
                let id = format!("{}^{number}", thing.id);
                let bringable = &of_kind.bringable;
                let seen = bringable.applied(walk.model, firm, (thing, &id), &facts);
                all.extend(seen.first().map(|seen| named(facts, seen)));
                brought.extend(seen);
            }
        }
    }
    (all, brought)
}

fn question<'q>(
    product: &'q str,
    user: &'q str,
    asked: &'q Asked,
    named: &'q Named<'_>,
) -> Question<'q> {
    let question = Question::new(user, &*asked.id).product(product);
    let facts = named.facts.iter();
    facts.fold(question.target(&*named.id), |question, (fact, value)| {
        question.fact(&**fact, &**value)
    })
}
