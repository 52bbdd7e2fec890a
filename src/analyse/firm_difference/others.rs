//! What people gain and lose on each other. For one action, people are alike when they agree in everything its rules
//! read.

use std::sync::Arc;

use hashbrown::HashMap;
use smallvec::SmallVec;

use super::super::ability::ActionWithFacts;
use super::kinds::{FirstPlaces, KindOnWhom, PersonKind, PersonKinds, keep_first, may, side_of};
use super::pairs::{Pair, PeoplePairs, SharedIds};
use crate::analyse::search_stop::too_large;
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::Word;
use crate::finding::AskError;
use crate::firm::Firm;
use crate::link::product::DecisionInput;
use crate::vocabulary::Person;
use crate::world::kinds::UserKinds;

/// What each kind gains and loses on other people, by one action.
pub(super) struct PeopleAccess {
    /// By kind, the number of its entry in `ways`.
    of_kind: Vec<u32>,
    /// The first entry is neither a gain nor a loss.
    ways: Vec<[Option<KindOnWhom>; 2]>,
}

impl PeopleAccess {
    pub(super) fn of(
        firms: [&Firm; 2],
        number: usize,
        kinds: &PersonKinds,
        asked: &ActionWithFacts,
        (pairs, ids): (&PeoplePairs, &mut SharedIds<'_>),
    ) -> Result<Self, AskError> {
        let compiled = firms[0].compiled(number)?;
        let [actors, targets] = [Person::User, Person::Target]
            .map(|person| AlikePeople::of(firms, number, kinds, &read(compiled, asked, person)));
        let most = firms[0].rulebook.limits().difference_ways;
        let (by, on) = (actors.all.len(), targets.all.len());
        if by.saturating_mul(on) > most.saturating_mul(most) {
            let declared = compiled.product.action(asked.action);
            let action = declared.map_or("?", |declared| &declared.id);
            return Err(too_large(action, by.max(on), most));
        }
        let others_read = firms[0].readings_of(number) != firms[1].readings_of(number);
        let work = OthersSearch {
            firms,
            asked,
            pairs,
            others_read,
        };
        let on_others: Vec<OthersAccess> = actors
            .all
            .iter()
            .map(|actor| work.on_others(actor, &targets.all, ids))
            .collect();
        let mut on_people = Self {
            of_kind: Vec::with_capacity(kinds.all.len()),
            ways: vec![[None, None]],
        };
        let mut known = HashMap::new();
        for (number, kind) in (0..).zip(&kinds.all) {
            let both = (actors.at(number), targets.at(number));
            let way = known.entry((kind.is_there(), both)).or_insert_with(|| {
                let (actor, target) = both;
                let on_others = on_others.get(actor as usize);
                let on_self = side_of(may(firms, asked, kind.one, Some(kind.one)));
                let with_own = on_others
                    .filter(|_| kind.is_there())
                    .and_then(|others| others.side(target));
                let way = [0, 1].map(|side| {
                    let of = on_others?.sides.get(side)?;
                    let on_oneself = on_self == Some(side);
                    let count =
                        of.count + usize::from(on_oneself) - usize::from(with_own == Some(side));
                    (count > 0).then(|| KindOnWhom {
                        count,
                        on_oneself,
                        first: Arc::clone(&of.first),
                    })
                });
                if way.iter().any(Option::is_some) {
                    on_people.ways.push(way);
                    on_people.ways.len() as u32 - 1
                } else {
                    0
                }
            });
            on_people.of_kind.push(*way);
        }
        Ok(on_people)
    }

    /// The key of kinds that gain and lose the same.
    pub(super) fn key(&self, kind: usize) -> u32 {
        self.of_kind.get(kind).copied().unwrap_or_default()
    }

    /// The targets on whom a kind gains or loses it.
    pub(super) fn on(&self, kind: usize, side: usize) -> Option<&KindOnWhom> {
        let way = self.ways.get(self.key(kind) as usize)?;
        way.get(side)?.as_ref()
    }
}

/// The bits of a profile that an action reads about the user or the target, with seat and enabled.
fn read(compiled: &CompiledProduct, asked: &ActionWithFacts, of: Person) -> Vec<Word> {
    let inputs = compiled
        .decider(asked.action)
        .into_iter()
        .flat_map(|decider| decider.tree().questions());
    let of_person = inputs.filter(|input| input.person() == Some(of));
    compiled
        .layout
        .mask(of_person.filter_map(DecisionInput::part))
}

/// People who agree in everything that an action reads about them.
#[derive(Default)]
struct AlikeGroup {
    count: usize,
    first: FirstPlaces,
    is_altered: bool,
    is_there: bool,
}

/// All people, grouped by what an action reads about them as user or as target.
struct AlikePeople {
    all: Vec<AlikeGroup>,
    /// By kind, the number of the group.
    numbers: UserKinds,
}

/// The inputs that an action reads about a person.
type ReadWords = SmallVec<[Word; 2]>;

impl AlikePeople {
    fn of(firms: [&Firm; 2], number: usize, kinds: &PersonKinds, bits: &[Word]) -> Self {
        let read = |words: &[Word]| -> ReadWords {
            let read = words.iter().zip(bits).map(|(word, bits)| word & bits);
            read.collect()
        };
        let reads = |kind: &PersonKind| kind.words(firms, number).map(|words| words.map(read));
        let of_number = |kind: u32| kinds.all.get(kind as usize);
        let numbers = UserKinds::by(kinds.all.len(), |kind| of_number(kind).map(reads));
        let group = |members: &[u32]| {
            let mut group = AlikeGroup::default();
            for kind in members.iter().filter_map(|kind| of_number(*kind)) {
                let [before, after] = reads(kind);
                group.is_altered = before != after;
                group.is_there = kind.is_there();
                group.count += kind.count;
                for place in &kind.first {
                    keep_first(&mut group.first, *place);
                }
            }
            group
        };
        Self {
            all: numbers.iter().map(group).collect(),
            numbers,
        }
    }

    /// The number of the group of a kind.
    fn at(&self, kind: u32) -> u32 {
        self.numbers.of_user(kind).unwrap_or_default()
    }
}

/// What a group gains and loses on others.
struct OthersAccess {
    sides: [SideAccess; 2],
    /// By group of targets, whether it is gained or lost on them.
    of_targets: Vec<Option<bool>>,
}

struct SideAccess {
    count: usize,
    first: Arc<[(u32, Arc<str>)]>,
}

impl OthersAccess {
    fn side(&self, target: u32) -> Option<usize> {
        let is_lost = self.of_targets.get(target as usize).copied().flatten();
        is_lost.map(usize::from)
    }
}

struct OthersSearch<'a> {
    firms: [&'a Firm; 2],
    asked: &'a ActionWithFacts,
    pairs: &'a PeoplePairs,
    others_read: bool,
}

impl OthersSearch<'_> {
    /// What the people of a group gain and lose on others. People who were added or removed are not a gain or loss
    /// for others.
    fn on_others(
        &self,
        actor: &AlikeGroup,
        targets: &[AlikeGroup],
        ids: &mut SharedIds<'_>,
    ) -> OthersAccess {
        let mut counts = [0, 0];
        let mut first = [FirstPlaces::new(), FirstPlaces::new()];
        let mut of_targets = Vec::with_capacity(targets.len());
        for target in targets {
            let side = self.side(actor, target);
            of_targets.push(side.map(|side| side == 1));
            let Some((count, first)) =
                side.and_then(|side| counts.get_mut(side).zip(first.get_mut(side)))
            else {
                continue;
            };
            *count += target.count;
            for place in &target.first {
                keep_first(first, *place);
            }
        }
        let [gained, lost] = first.map(|first| {
            let named = first
                .iter()
                .map(|place| (*place, ids.id(self.pairs, *place)));
            named.collect::<Arc<[_]>>()
        });
        let [gains, losses] = counts;
        OthersAccess {
            sides: [
                SideAccess {
                    count: gains,
                    first: gained,
                },
                SideAccess {
                    count: losses,
                    first: lost,
                },
            ],
            of_targets,
        }
    }

    /// Whether people of a group gain or lose it on others of another group, or of their own.
    fn side(&self, actor: &AlikeGroup, target: &AlikeGroup) -> Option<usize> {
        if !target.is_there || !(self.others_read || actor.is_altered || target.is_altered) {
            return None;
        }
        let [user, other] = two(actor, target)?;
        let pair = |place: u32| -> Option<Pair> { self.pairs.get(place) };
        side_of(may(self.firms, self.asked, pair(user)?, pair(other)))
    }
}

/// A pair of different people, one of each group. `None` when there is no such pair.
fn two(actor: &AlikeGroup, target: &AlikeGroup) -> Option<[u32; 2]> {
    let user = *actor.first.first()?;
    let other = target.first.iter().find(|other| **other != user);
    match other {
        Some(other) => Some([user, *other]),
        None => Some([*actor.first.get(1)?, user]),
    }
}
