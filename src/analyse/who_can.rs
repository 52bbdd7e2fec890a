//! Who can: every user of a firm who is allowed to do an action, and the missing inputs of the others.

use std::sync::Arc;

use hashbrown::HashMap;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::listed::{IteratorList, PairMap};
use super::missing::{MissingInput, SeatedQuestion};
use crate::answer::{Answer, Question};
use crate::finding::AskError;
use crate::firm::{ChosenUsers, Firm};
use crate::link::product::{Action, DecisionInput, Product, RulingId};
use crate::value::Value;
use crate::vocabulary::Person;
use crate::world::kinds::UserKinds;
use crate::world::question::{QuestionSubject, ResolvedQuestion};

/// Who may do something, and who may not.
///
/// Its JSON has the keys `product`, `action`, `target`, `facts`, `allowed` and `denied`; an entry of `allowed` has `user`, `rule`, `reason`,
/// `basis`, `place` and `where`, one of `denied` has `missing` as well, which is what would have to be different, together.
/// Users stand in the order of the firm.
pub struct WhoCan<'f> {
    firm: &'f Firm,
    product: &'f Product,
    action: &'f Action,
    target: Option<&'f str>,
    facts: Vec<(String, String)>,
    kinds: Vec<UserKind<'f>>,
    users: UserKinds,
    chosen: ChosenUsers,
    allowed: usize,
}

/// The result shared by users of one kind.
struct UserKind<'f> {
    answer: Answer<'f>,
    missing: Arc<[MissingInput]>,
}

/// A user who is allowed.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct WhoCanAllowed<'f> {
    /// Id of the user.
    pub user: &'f str,
    /// The answer, with its rule.
    #[serde(flatten, serialize_with = "in_words")]
    pub answer: Answer<'f>,
}

/// A user who is denied.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct WhoCanDenied<'w> {
    /// Id of the user.
    pub user: &'w str,
    /// The answer, with its rule.
    #[serde(flatten, serialize_with = "in_words")]
    pub answer: Answer<'w>,
    /// The smallest set of inputs that would have to differ together. Empty when nothing allows it.
    pub missing: &'w [MissingInput],
}

/// Writes an answer in the words of a decision.
pub(super) fn in_words<S: Serializer>(
    answer: &Answer<'_>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry("rule", answer.rule())?;
    map.serialize_entry("reason", answer.reason())?;
    map.serialize_entry("basis", &answer.basis())?;
    map.serialize_entry("place", &answer.place().file_and_line())?;
    map.serialize_entry("section", answer.section())?;
    if let Some(site) = answer.site() {
        map.serialize_entry("where", site)?;
    }
    map.end()
}

impl Firm {
    /// Lists who may do an action: everybody who is allowed, and for everybody else the missing inputs. The user of
    /// the question is ignored; [`Question::of_everybody`] has none.
    ///
    /// Users with equal profiles are answered together, so a large firm costs little more than listing its users.
    ///
    /// # Errors
    /// [`AskError`] when the question cannot be asked.
    ///
    /// ```
    /// use clio_rules::{Firm, Question, Rulebook};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let who = firm.who_can(&Question::of_everybody("create_bill"))?;
    /// assert!(who.allowed().any(|allowed| allowed.user == "nadia"));
    /// let wren = who.denied().find(|denied| denied.user == "wren").expect("she may not");
    /// assert_eq!(wren.missing[0].to_string(), "user holds billing");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn who_can(&self, question: &Question<'_>) -> Result<WhoCan<'_>, AskError> {
        let asked = self.resolve_question(question, QuestionSubject::EveryUser)?;
        let mut of_thing = asked.facts_by_user(self);
        let users = UserKinds::by(self.roster.len(), |user| {
            Some((
                self.tables.class(asked.product, user),
                asked.target == Some(user),
                of_thing(user),
            ))
        });
        let mut lacks = MissingCache {
            firm: self,
            asked,
            known: HashMap::new(),
        };
        let firsts = users.iter().filter_map(|users| users.first());
        let kinds = firsts
            .map(|user| lacks.kind_of(*user))
            .collect::<Result<Vec<_>, _>>()?;
        let is_allowed = |kind: &UserKind<'_>| kind.answer.is_allowed();
        let counts = kinds.iter().zip(users.iter());
        let allowed = counts.filter(|(kind, _)| is_allowed(kind));
        Ok(WhoCan {
            firm: self,
            product: &asked.compiled.product,
            action: asked.declared,
            target: asked.target_id(self),
            facts: question.given(),
            allowed: allowed.map(|(_, users)| users.len()).sum(),
            kinds,
            users,
            chosen: ChosenUsers::default(),
        })
    }
}

impl<'f> WhoCan<'f> {
    /// The same of these users only.
    ///
    /// # Errors
    /// [`AskError`] for an unknown id, and where there is none.
    ///
    /// ```
    /// use clio_rules::{Firm, Question, Rulebook};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let who = firm.who_can(&Question::of_everybody("create_bill"))?.only(&["wren", "nadia"])?;
    /// assert_eq!(who.counts(), (1, 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn only<S: AsRef<str>>(mut self, users: &[S]) -> Result<Self, AskError> {
        self.chosen = self.firm.chosen(Some(users))?;
        self.allowed = self.allowed().count();
        Ok(self)
    }

    /// Every user with the result of their kind.
    fn users(&self) -> impl Iterator<Item = (&'f str, &UserKind<'f>)> {
        let firm = self.firm;
        let users = firm.numbers_of(&self.chosen, 0);
        users.filter_map(move |user| {
            let kind = self.users.of_user(user)?;
            Some((firm.roster.id(user), self.kinds.get(kind as usize)?))
        })
    }

    /// The details of each kind of user.
    #[cfg(feature = "protocol")]
    pub(crate) fn kinds(&self) -> impl Iterator<Item = (Answer<'f>, &Arc<[MissingInput]>)> {
        self.kinds.iter().map(|kind| (kind.answer, &kind.missing))
    }

    /// Every user behind the first `behind` of the firm, in its order, with the number of their kind.
    #[cfg(feature = "protocol")]
    pub(crate) fn users_by_kind(&self, behind: usize) -> impl Iterator<Item = (&'f str, usize)> {
        let firm = self.firm;
        let users = firm.numbers_of(&self.chosen, behind);
        users.filter_map(move |user| {
            let kind = self.users.of_user(user)?;
            Some((firm.roster.id(user), kind as usize))
        })
    }

    /// Id of the product.
    pub fn product(&self) -> &'f str {
        &self.product.id
    }

    /// Id of the action.
    pub fn action(&self) -> &'f str {
        &self.action.id
    }

    /// Id of the user or the thing it is done to.
    pub fn target(&self) -> Option<&'f str> {
        self.target
    }

    /// All allowed users.
    pub fn allowed(&self) -> impl Iterator<Item = WhoCanAllowed<'f>> {
        let allowed = self.users().filter(|(_, kind)| kind.answer.is_allowed());
        allowed.map(|(user, kind)| WhoCanAllowed {
            user,
            answer: kind.answer,
        })
    }

    /// All denied users.
    pub fn denied(&self) -> impl Iterator<Item = WhoCanDenied<'_>> {
        let denied = self.users().filter(|(_, kind)| !kind.answer.is_allowed());
        denied.map(|(user, kind)| WhoCanDenied {
            user,
            answer: kind.answer,
            missing: &kind.missing,
        })
    }

    /// The number of allowed users, and the number of all users.
    pub fn counts(&self) -> (usize, usize) {
        (self.allowed, self.chosen.count(self.users.users()))
    }
}

/// The key of users who miss the same inputs: their inputs, the grounds, and whether they are the target.
type MissingKey = (Vec<Value>, Vec<RulingId>, Option<bool>);

/// Computes missing inputs once for all users with the same key.
struct MissingCache<'f> {
    firm: &'f Firm,
    asked: ResolvedQuestion<'f>,
    known: HashMap<MissingKey, Arc<[MissingInput]>>,
}

impl<'f> MissingCache<'f> {
    fn kind_of(&mut self, user: u32) -> Result<UserKind<'f>, AskError> {
        let target = self.asked.target;
        let handle = self.asked.handle_for(self.firm, user);
        let numbers = [user, target.unwrap_or(user)];
        let answer = self.firm.answer_of(&handle, numbers, target.is_some())?;
        let missing = if answer.is_allowed() {
            Arc::default()
        } else {
            self.missing(user)?
        };
        Ok(UserKind { answer, missing })
    }

    fn missing(&mut self, user: u32) -> Result<Arc<[MissingInput]>, AskError> {
        let ResolvedQuestion {
            compiled, decider, ..
        } = self.asked;
        let seated = SeatedQuestion::of(self.firm, &self.asked, user);
        let axes = decider.axes().iter().map(|axis| axis.input);
        let levels = compiled
            .product
            .levels
            .iter()
            .map(|level| DecisionInput::Holds(Person::User, *level));
        let values = axes.chain(levels).map(|input| seated.is(input)).collect();
        let same = self.asked.is_of_oneself(user);
        let telling = (values, seated.grounds().collect(), same);
        if let Some(missing) = self.known.get(&telling) {
            return Ok(Arc::clone(missing));
        }
        let missing: Arc<[MissingInput]> = seated.to_allow()?.unwrap_or_default().into();
        self.known.insert(telling, Arc::clone(&missing));
        Ok(missing)
    }
}

impl Serialize for WhoCan<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("product", self.product())?;
        map.serialize_entry("action", self.action())?;
        if let Some(target) = self.target() {
            map.serialize_entry("target", target)?;
        }
        if !self.facts.is_empty() {
            map.serialize_entry("facts", &PairMap(&self.facts))?;
        }
        map.serialize_entry("allowed", &IteratorList(|| self.allowed()))?;
        map.serialize_entry("denied", &IteratorList(|| self.denied()))?;
        map.end()
    }
}

impl std::fmt::Debug for WhoCan<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "WhoCan({}, {} of {})",
            self.action(),
            self.allowed,
            self.users.users()
        )
    }
}
