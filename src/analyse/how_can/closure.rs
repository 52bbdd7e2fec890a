//! Closure: whether an answer could be reached if each kind had any number of people and nobody ever lost anything.
//! If not, no plan exists. Unlike the relaxation, it keeps together what one person has at one time. So it rules out
//! more, and takes longer.

use hashbrown::HashMap;

use super::PlanGoal;
use super::people::{FirmPeople, ProfileWords};
use crate::analyse::search_stop::SearchStop;
use crate::budget::Budget;
use crate::explore::layout::Word;
use crate::firm::Firm;
use crate::link::product::RoleId;

/// The person that a possible profile belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum ProfileOwner {
    /// One of the two people of the question.
    Asked(usize),
    /// Somebody else. There may be any number of them: this is one, and the other value another one.
    One,
    Another,
}

/// All profiles that people can come to have.
struct PossiblePeople {
    people: Vec<(ProfileOwner, Vec<Word>)>,
    known: HashMap<(ProfileOwner, ProfileWords), ()>,
}

impl PossiblePeople {
    fn add(
        &mut self,
        ask: &PlanGoal<'_>,
        budget: &Budget,
        whose: ProfileOwner,
        words: &[Word],
    ) -> Result<(), SearchStop> {
        let kind = ask
            .relevant
            .matter(words, matches!(whose, ProfileOwner::Asked(_)));
        if self.known.insert((whose, kind), ()).is_none() {
            budget.take_state()?;
            self.people.push((whose, words.to_vec()));
        }
        Ok(())
    }

    fn add_like(
        &mut self,
        ask: &PlanGoal<'_>,
        budget: &Budget,
        whose: ProfileOwner,
        words: &[Word],
    ) -> Result<(), SearchStop> {
        match whose {
            ProfileOwner::Asked(_) => self.add(ask, budget, whose, words),
            ProfileOwner::One | ProfileOwner::Another => {
                self.add(ask, budget, ProfileOwner::One, words)?;
                self.add(ask, budget, ProfileOwner::Another, words)
            }
        }
    }
}

/// The share of the budget that this may use. When it is used up, the search itself continues.
const PARTS: u32 = 4;

/// Whether permitted changes might lead to an answer. `false` is a proof that they do not.
pub(super) fn may_lead(
    firm: &Firm,
    ask: &PlanGoal<'_>,
    everybody: &FirmPeople,
) -> Result<bool, SearchStop> {
    match may_lead_within(&ask.budget.part(PARTS), firm, ask, everybody) {
        Err(SearchStop::CutOff(_)) => Ok(true),
        known => known,
    }
}

fn may_lead_within(
    budget: &Budget,
    firm: &Firm,
    ask: &PlanGoal<'_>,
    everybody: &FirmPeople,
) -> Result<bool, SearchStop> {
    let mut pool = PossiblePeople {
        people: Vec::new(),
        known: HashMap::new(),
    };
    let words = |user: &u32| firm.roster.profile(ask.product, *user);
    for (number, user) in everybody.asked.iter().enumerate() {
        pool.add(ask, budget, ProfileOwner::Asked(number), words(user))?;
    }
    for first in everybody.kinds.iter().filter_map(|kind| kind.first()) {
        pool.add_like(ask, budget, ProfileOwner::One, words(first))?;
    }
    loop {
        let before = pool.people.len();
        let crowd = of_pool(firm, ask, &pool);
        if is_there(&crowd, ask, &pool) {
            return Ok(true);
        }
        for crowd in held_by_any(crowd, ask, budget)? {
            try_all(&crowd, ask, budget, &mut pool)?;
        }
        if pool.people.len() == before {
            return Ok(false);
        }
    }
}

/// A firm made of all possible profiles.
fn of_pool(firm: &Firm, ask: &PlanGoal<'_>, pool: &PossiblePeople) -> Firm {
    let products = firm.rulebook.compiled().iter();
    let empty: Vec<usize> = products.map(|compiled| compiled.layout.words()).collect();
    let people = (0_u32..).zip(&pool.people).map(|(number, (_, words))| {
        let all = empty.iter().enumerate().flat_map(|(product, length)| {
            let words = (product == ask.product).then_some(words);
            words.cloned().unwrap_or_else(|| vec![0; *length])
        });
        (number.to_string(), all.collect())
    });
    firm.of_people(people)
}

/// The same firm for each choice of the possible holders of a role that is looked up.
fn held_by_any(crowd: Firm, ask: &PlanGoal<'_>, budget: &Budget) -> Result<Vec<Firm>, SearchStop> {
    let mut firms = vec![crowd];
    for role in &ask.relevant.looked_up {
        let mut held: Vec<Firm> = Vec::new();
        for firm in &firms {
            let users = 0..firm.roster.len() as u32;
            for user in users.filter(|user| holds(firm, ask, *role, *user)) {
                budget.work()?;
                held.push(firm.clone().with_holder(ask.product, *role, user));
            }
        }
        if !held.is_empty() {
            firms = held;
        }
    }
    Ok(firms)
}

fn holds(firm: &Firm, ask: &PlanGoal<'_>, role: RoleId, user: u32) -> bool {
    let words = firm.roster.profile(ask.product, user);
    ask.compiled.layout.role(role).read(words).is_yes()
}

/// Makes every change between any two people, and keeps the resulting profiles.
fn try_all(
    crowd: &Firm,
    ask: &PlanGoal<'_>,
    budget: &Budget,
    pool: &mut PossiblePeople,
) -> Result<(), SearchStop> {
    let people: Vec<ProfileOwner> = pool.people.iter().map(|(whose, _)| *whose).collect();
    for (target, whose) in (0..).zip(&people) {
        for (user, by) in (0..).zip(&people) {
            if is_idle(*by, *whose, user == target) {
                continue;
            }
            for one in &ask.relevant.moves {
                budget.work()?;
                let resolved = one.bound.by(ask.product, [user, target]);
                let outcome = crowd.outcome(ask.compiled, &resolved)?;
                let mut altered: Vec<u32> =
                    outcome.alterations.iter().map(|one| one.user).collect();
                altered.sort_unstable();
                altered.dedup();
                for person in altered {
                    let words = crowd.words_after(ask.product, person, &outcome.alterations);
                    if let Some(whose) = people.get(person as usize) {
                        pool.add_like(ask, budget, *whose, &words)?;
                    }
                }
            }
        }
    }
    Ok(())
}

/// Whether a pair can be skipped: one person cannot be in two states at once, and of two equal people the second is
/// needed only as a target of the first.
fn is_idle(by: ProfileOwner, whose: ProfileOwner, is_same: bool) -> bool {
    match (by, whose) {
        (ProfileOwner::Asked(by), ProfileOwner::Asked(whose)) => by == whose && !is_same,
        (_, ProfileOwner::Another) | (ProfileOwner::Another, ProfileOwner::Asked(_)) => true,
        _ => false,
    }
}

/// Whether any state of the user with any state of the target has the answer.
fn is_there(crowd: &Firm, ask: &PlanGoal<'_>, pool: &PossiblePeople) -> bool {
    let of = |number: usize| {
        let people = (0..).zip(&pool.people);
        let those = people.filter(move |(_, (whose, _))| *whose == ProfileOwner::Asked(number));
        those.map(|(user, _)| user)
    };
    match ask.has_target() {
        false => of(0).any(|user| ask.is_allowed(crowd, [user, user])),
        true if ask.is_of_oneself() => of(0).any(|user| ask.is_allowed(crowd, [user, user])),
        true => of(0).any(|user| of(1).any(|target| ask.is_allowed(crowd, [user, target]))),
    }
}
