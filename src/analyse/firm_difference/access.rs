//! What people may do in one state of a firm and not in the other, computed once for each kind of people.

use std::borrow::Cow;
use std::sync::Arc;

use hashbrown::HashMap;
use serde::de::Deserializer;
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use super::super::ability::{self, ActionWithFacts};
use super::kinds::{KindOnWhom, NAMED, PersonKind, PersonKinds, may, side_of};
use super::others::PeopleAccess;
use super::pairs::{PeoplePairs, SharedIds};
use crate::analyse::search_stop::too_large;
use crate::answer::FactMap;
use crate::finding::AskError;
use crate::firm::Firm;

/// An action that somebody may do in exactly one of two states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DifferenceAccess<'d> {
    /// Id of the product.
    pub product: Cow<'d, str>,
    /// Id of the action.
    pub action: Cow<'d, str>,
    /// The facts it applies to, for an action with facts that have no default.
    #[serde(
        default,
        skip_serializing_if = "<[_]>::is_empty",
        serialize_with = "FactMap::serialize",
        deserialize_with = "given"
    )]
    #[cfg_attr(
        feature = "schema",
        schemars(!default, with = "Option<FactMap>")
    )]
    pub facts: Cow<'d, [(String, String)]>,
    /// The targets, for an action that has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<OnWhom<'d>>,
}

/// Facts that are kept.
fn given<'de, 'd, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Cow<'d, [(String, String)]>, D::Error> {
    FactMap::deserialize(deserializer).map(Cow::Owned)
}

/// The targets of an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OnWhom<'d> {
    /// Ids of the first few, in the order of the firm.
    pub users: Vec<Cow<'d, str>>,
    /// The number of targets.
    pub count: usize,
}

/// What somebody gains or loses, in the order of the rule files. People who are alike share it.
#[derive(Clone, Copy)]
pub struct Accesses<'d> {
    /// By product.
    lists: &'d [SharedAccess],
    place: u32,
    user: &'d str,
}

impl<'d> Accesses<'d> {
    pub(super) fn new(lists: &'d [SharedAccess], place: u32, user: &'d str) -> Self {
        Self { lists, place, user }
    }

    /// The number of actions.
    pub fn len(&self) -> usize {
        self.lists.iter().map(|list| list.len()).sum()
    }

    /// Whether there are no actions.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = DifferenceAccess<'d>> + use<'d> {
        let (place, user) = (self.place, self.user);
        let all = self.lists.iter().flat_map(|list| list.iter());
        all.map(move |access| access.of(place, user))
    }
}

impl<'d> IntoIterator for Accesses<'d> {
    type Item = DifferenceAccess<'d>;
    type IntoIter = Box<dyn Iterator<Item = DifferenceAccess<'d>> + 'd>;

    fn into_iter(self) -> Self::IntoIter {
        Box::new(self.iter())
    }
}

impl PartialEq for Accesses<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl std::fmt::Debug for Accesses<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Serialize for Accesses<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

/// What people of a kind gain or lose in one product.
pub(super) type SharedAccess = Arc<[KindAccess]>;

/// An action that people of a kind gain or lose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KindAccess {
    what: Arc<ActionWords>,
    on: Option<KindOnWhom>,
}

/// An action in words.
#[derive(Debug, PartialEq, Eq)]
struct ActionWords {
    product: Arc<str>,
    action: Arc<str>,
    facts: Vec<(String, String)>,
}

/// What one person gains or loses, as it was read from JSON.
impl From<DifferenceAccess<'_>> for KindAccess {
    fn from(access: DifferenceAccess<'_>) -> Self {
        let on = access.on.map(|on| KindOnWhom {
            count: on.count,
            on_oneself: false,
            first: on
                .users
                .iter()
                .map(|id| (u32::MAX, Arc::from(&**id)))
                .collect(),
        });
        let what = Arc::new(ActionWords {
            product: (&*access.product).into(),
            action: (&*access.action).into(),
            facts: access.facts.into_owned(),
        });
        Self { what, on }
    }
}

impl KindAccess {
    pub(super) fn product(&self) -> &str {
        &self.what.product
    }

    /// The entry for one person of the kind.
    fn of<'d>(&'d self, place: u32, user: &'d str) -> DifferenceAccess<'d> {
        DifferenceAccess {
            product: Cow::Borrowed(&self.what.product),
            action: Cow::Borrowed(&self.what.action),
            facts: Cow::Borrowed(&self.what.facts),
            on: self.on.as_ref().map(|on| on.of(place, user)),
        }
    }
}

impl KindOnWhom {
    fn of<'d>(&'d self, place: u32, user: &'d str) -> OnWhom<'d> {
        let others = self.first.iter().filter(|(other, _)| *other != place);
        let mut users: Vec<Cow<'d, str>> =
            others.clone().map(|(_, id)| Cow::Borrowed(&**id)).collect();
        if self.on_oneself {
            let at = others.take_while(|(other, _)| *other < place).count();
            users.insert(at, Cow::Borrowed(user));
        }
        users.truncate(NAMED);
        OnWhom {
            users,
            count: self.count,
        }
    }
}

/// What people of each kind gain, and what they lose.
pub(super) type GainedLost = [SharedAccess; 2];

/// Computes what each kind of people of a product gains and loses.
pub(super) fn gained_and_lost(
    firms: [&Firm; 2],
    number: usize,
    kinds: &PersonKinds,
    (pairs, ids): (&PeoplePairs, &mut SharedIds<'_>),
) -> Result<Vec<GainedLost>, AskError> {
    let [old, new] = firms;
    let nothing: SharedAccess = Arc::new([]);
    let are_read_alike = old.readings_of(number) == new.readings_of(number);
    let is_altered = |kind: &PersonKind| {
        let [before, after] = kind.words(firms, number);
        before != after
    };
    if are_read_alike && !kinds.all.iter().any(is_altered) {
        return Ok(vec![[Arc::clone(&nothing), nothing]; kinds.all.len()]);
    }
    let asked = asked(old, number)?;
    let questions = KindQuestions::of(firms, number, kinds, &asked, (pairs, ids))?;
    let descriptions = describe_all(old, number, &asked)?;
    let mut known: HashMap<Vec<u32>, GainedLost> = HashMap::new();
    let mut lists = Vec::with_capacity(kinds.all.len());
    for kind in 0..kinds.all.len() {
        let key = questions.key(kind);
        let list = known.entry_ref(&key).or_insert_with(|| {
            [0, 1].map(|side| {
                let all = questions.of_asked.iter().zip(&descriptions);
                let found = all.filter_map(|(question, what)| {
                    let found = questions.all.get(*question)?.of(kind, side)?;
                    let what = Arc::clone(what);
                    Some(KindAccess { what, on: found })
                });
                found.collect()
            })
        });
        lists.push(list.clone());
    }
    Ok(lists)
}

/// All questions about each kind. Actions decided by the same table are asked once.
struct KindQuestions {
    all: Vec<KindAnswers>,
    /// For each action, the number of its question.
    of_asked: Vec<usize>,
}

/// The result of one question, for each kind.
enum KindAnswers {
    /// Whether it is gained or lost.
    Alone(Vec<Option<usize>>),
    /// The targets.
    OnPeople(PeopleAccess),
}

impl KindAnswers {
    /// The key of kinds that gain and lose the same.
    fn key(&self, kind: usize) -> u32 {
        match self {
            Self::Alone(sides) => {
                let side = sides.get(kind).copied().flatten();
                side.map_or(0, |side| side as u32 + 1)
            }
            Self::OnPeople(people) => people.key(kind),
        }
    }

    /// Whether a kind gains or loses it, and the targets.
    fn of(&self, kind: usize, side: usize) -> Option<Option<KindOnWhom>> {
        match self {
            Self::Alone(sides) => (sides.get(kind).copied()? == Some(side)).then_some(None),
            Self::OnPeople(people) => people.on(kind, side).cloned().map(Some),
        }
    }
}

impl KindQuestions {
    fn of(
        firms: [&Firm; 2],
        number: usize,
        kinds: &PersonKinds,
        asked: &[ActionWithFacts],
        (pairs, ids): (&PeoplePairs, &mut SharedIds<'_>),
    ) -> Result<Self, AskError> {
        let compiled = firms[0].compiled(number)?;
        let mut known = HashMap::new();
        let mut questions = Self {
            all: Vec::new(),
            of_asked: Vec::with_capacity(asked.len()),
        };
        for asked in asked {
            let decider = compiled.of_action.get(asked.action.index());
            let next = questions.all.len();
            let key = (decider, asked.on_target, asked.handle.facts);
            let question = *known.entry(key).or_insert(next);
            questions.of_asked.push(question);
            if question != next {
                continue;
            }
            questions.all.push(if asked.on_target {
                KindAnswers::OnPeople(PeopleAccess::of(firms, number, kinds, asked, (pairs, ids))?)
            } else {
                let sides = kinds
                    .all
                    .iter()
                    .map(|kind| side_of(may(firms, asked, kind.one, None)));
                KindAnswers::Alone(sides.collect())
            });
        }
        Ok(questions)
    }

    fn key(&self, kind: usize) -> Vec<u32> {
        self.all.iter().map(|answered| answered.key(kind)).collect()
    }
}

fn describe_all(
    firm: &Firm,
    number: usize,
    asked: &[ActionWithFacts],
) -> Result<Vec<Arc<ActionWords>>, AskError> {
    let product = &firm.compiled(number)?.product;
    let descriptions = asked.iter().map(|asked| {
        let declared = product.action(asked.action);
        Arc::new(ActionWords {
            product: Arc::clone(&product.id),
            action: declared.map_or_else(|| "?".into(), |declared| Arc::clone(&declared.id)),
            facts: asked.facts.clone(),
        })
    });
    Ok(descriptions.collect())
}

/// Every action with its facts, in no more ways than the limit allows.
fn asked(firm: &Firm, number: usize) -> Result<Vec<ActionWithFacts>, AskError> {
    let product = &firm.compiled(number)?.product;
    let most = firm.rulebook.limits().difference_ways;
    let all = ability::in_general(firm, number)?;
    for ways in all.chunk_by(|one, other| one.action == other.action) {
        let declared = ways.first().and_then(|asked| product.action(asked.action));
        if let Some(declared) = declared.filter(|_| ways.len() > most) {
            return Err(too_large(&declared.id, ways.len(), most));
        }
    }
    Ok(all)
}
