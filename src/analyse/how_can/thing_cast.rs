//! Who takes part in plans about a thing: people and groups, the first few of those who are alike.
//!
//! Two people are alike at the start if they agree in everything of a seat that the answer or a change can depend on, and stand
//! themselves in the same groups and on the same lists. Two groups are alike if the same people and groups are in them, and they
//! stand in the same groups and on the same lists. Swapping two who are alike leaves the firm as it is, so a plan with one of them
//! stands for the plan with the other, as long as no step has named either.

use hashbrown::HashMap;

use super::moves::RelevantInputs;
use super::people::ProfileWords;
use super::thing_state::ThingState;
use crate::firm::ends::ListMember;
use crate::firm::profiles::ProfileClass;
use crate::firm::things::{NumberedThing, ThingListEntries};
use crate::firm::{Firm, ThingAlteration};

/// The number of a kind of people or groups who are alike at the start.
type KindNumber = u32;

/// Whoever may take part.
pub(super) struct ThingCast {
    product: usize,
    /// The first few people of each kind, in the order of the firm.
    pub(super) people: Vec<u32>,
    /// The first few groups of each kind, in the order of the firm.
    groups: Vec<u32>,
    kinds: HashMap<ListMember, KindNumber>,
}

/// What the cast is chosen for.
pub(super) struct CastWanted<'w> {
    pub(super) product: usize,
    pub(super) asked: u32,
    /// The thing in question, and those above it.
    pub(super) things: &'w [NumberedThing],
    pub(super) relevant: &'w RelevantInputs,
    /// Whether it matters who of the others stands in which groups and on which lists.
    pub(super) reads_lists: bool,
    /// Groups that changes can be about.
    pub(super) groups: Vec<u32>,
    /// How many of each kind take part at most.
    pub(super) copies: usize,
}

/// A place where somebody stands themselves: a list of one of the things, or a group.
type PlaceNumber = usize;

/// What a person is known by: themselves if they are asked about, else what matters of their seat, by its number, and where they
/// stand.
type PersonKey = (Option<u32>, usize, Vec<PlaceNumber>);

/// What a group is known by: where it stands, and who is in it.
type GroupKey = (Vec<PlaceNumber>, Vec<u32>, Vec<u32>, Vec<u32>);

/// What tells those apart in a later state who were alike at the start.
type StateKey = (KindNumber, Option<ListMember>, ProfileWords, Vec<bool>);

impl ThingCast {
    pub(super) fn of(firm: &Firm, wanted: CastWanted<'_>) -> Self {
        let mut cast = Self {
            product: wanted.product,
            people: Vec::new(),
            groups: Vec::new(),
            kinds: HashMap::new(),
        };
        let places = places(firm, &wanted);
        cast.add_people(firm, &wanted, &places);
        cast.add_groups(firm, &wanted, &places);
        cast
    }

    fn add_people(
        &mut self,
        firm: &Firm,
        wanted: &CastWanted<'_>,
        places: &HashMap<ListMember, Vec<PlaceNumber>>,
    ) {
        let mut kinds: HashMap<PersonKey, (KindNumber, usize)> = HashMap::new();
        let mut of_classes: HashMap<Option<ProfileClass>, usize> = HashMap::new();
        let mut of_seats: HashMap<ProfileWords, usize> = HashMap::new();
        for user in 0..firm.roster.len() as u32 {
            let is_asked = user == wanted.asked;
            let class = firm.tables.class(wanted.product, user);
            let seat = *of_classes.entry(class).or_insert_with(|| {
                let words = firm.roster.profile(wanted.product, user);
                let next = of_seats.len();
                let words = wanted.relevant.matter(words, false);
                *of_seats.entry(words).or_insert(next)
            });
            let stands = places.get(&ListMember::User(user));
            let stands = stands.filter(|_| wanted.reads_lists);
            let key = (
                is_asked.then_some(user),
                seat,
                stands.cloned().unwrap_or_default(),
            );
            let next = kinds.len() as KindNumber;
            let (kind, many) = kinds.entry(key).or_insert((next, 0));
            *many += 1;
            if *many <= wanted.copies {
                self.people.push(user);
                self.kinds.insert(ListMember::User(user), *kind);
            }
        }
    }

    fn add_groups(
        &mut self,
        firm: &Firm,
        wanted: &CastWanted<'_>,
        places: &HashMap<ListMember, Vec<PlaceNumber>>,
    ) {
        let groups = &firm.things.groups;
        let mut kinds: HashMap<GroupKey, (KindNumber, usize)> = HashMap::new();
        for group in &wanted.groups {
            let member = ListMember::Group(*group);
            let entries = groups.entries(*group).cloned().unwrap_or_default();
            let mut users = entries.users;
            users.retain(|user| wanted.reads_lists || *user == wanted.asked);
            let stands = places.get(&member).cloned().unwrap_or_default();
            let key = (stands, groups.above(*group).to_vec(), entries.groups, users);
            let next = kinds.len() as KindNumber;
            let (kind, many) = kinds.entry(key).or_insert((next, 0));
            *many += 1;
            if *many <= wanted.copies {
                self.groups.push(*group);
                self.kinds.insert(member, *kind);
            }
        }
    }

    /// The kind that somebody is of at the start.
    pub(super) fn kind(&self, member: ListMember) -> Option<KindNumber> {
        self.kinds.get(&member).copied()
    }

    /// The people who stand for all others in a state.
    pub(super) fn first_people(&self, state: &ThingState, relevant: &RelevantInputs) -> Vec<u32> {
        self.firsts(state, relevant, &self.people, ListMember::User, 1)
    }

    /// The groups that stand for all others in a state: two of each kind, because one can be put into the other.
    pub(super) fn first_groups(&self, state: &ThingState, relevant: &RelevantInputs) -> Vec<u32> {
        self.firsts(state, relevant, &self.groups, ListMember::Group, 2)
    }

    fn firsts(
        &self,
        state: &ThingState,
        relevant: &RelevantInputs,
        all: &[u32],
        member: fn(u32) -> ListMember,
        many: usize,
    ) -> Vec<u32> {
        let mut seen: HashMap<StateKey, usize> = HashMap::new();
        let mut firsts = all.to_vec();
        firsts.retain(|number| {
            let count = seen
                .entry(self.key(state, relevant, member(*number)))
                .or_default();
            *count += 1;
            *count <= many
        });
        firsts
    }

    fn key(&self, state: &ThingState, relevant: &RelevantInputs, member: ListMember) -> StateKey {
        let words = match member {
            ListMember::User(user) => {
                relevant.matter(state.firm.roster.profile(self.product, user), false)
            }
            ListMember::Group(_) => ProfileWords::new(),
        };
        let stands = state.end.things.iter().map(|altered| match altered {
            ThingAlteration::Property { .. } => false,
            ThingAlteration::List { to, .. } => {
                to.as_ref().is_some_and(|entries| entries.has_entry(member))
            }
            ThingAlteration::Group { to, .. } => to.has_entry(member),
        });
        let kind = self.kind(member).unwrap_or(KindNumber::MAX);
        let own = state.named.contains(&member).then_some(member);
        (kind, own, words, stands.collect())
    }
}

/// Where everybody stands themselves: on which lists of the things, and in which groups.
fn places(firm: &Firm, wanted: &CastWanted<'_>) -> HashMap<ListMember, Vec<PlaceNumber>> {
    let mut places: HashMap<ListMember, Vec<PlaceNumber>> = HashMap::new();
    let mut add = |number: PlaceNumber, entries: ThingListEntries<'_>| {
        for member in entries.members() {
            places.entry(member).or_default().push(number);
        }
    };
    let lists = wanted.things.iter().flat_map(|thing| {
        let things = firm.things.of_kind(thing.product, thing.kind);
        things.into_iter().flat_map(|all| all.lists(thing.number))
    });
    let mut number = 0;
    for list in lists {
        list.into_iter().for_each(|entries| add(number, entries));
        number += 1;
    }
    for group in &wanted.groups {
        let entries = firm.things.groups.entries(*group);
        let entries = entries.map(ThingListEntries::from);
        entries.into_iter().for_each(|entries| add(number, entries));
        number += 1;
    }
    places
}
