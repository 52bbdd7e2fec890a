//! Who can: every user of a firm for whom an action is allowed, and what the others miss.

use std::sync::Arc;

use hashbrown::HashMap;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::listed::{IteratorList, PairMap};
use super::missing::{MissingInput, SeatedQuestion};
use crate::answer::{Answer, Question};
use crate::explore::compile::{ActionRuling, CompiledProduct};
use crate::explore::table::Decider;
use crate::finding::AskError;
use crate::finding::foreign;
use crate::firm::Firm;
use crate::firm::profiles::ProfileClass;
use crate::link::product::{Action, DecisionInput, Product, RulingId};
use crate::rulebook::ActionHandle;
use crate::value::Value;
use crate::vocabulary::Person;

/// Who may do something, and who may not.
///
/// Its JSON has the keys `product`, `action`, `target`, `facts`, `allowed` and `denied`; an entry of `allowed` has `user`, `rule`, `reason`,
/// `basis`, `place` and `where`, one of `denied` has `missing` as well, which is what would have to be different, together.
/// Users stand in the order of the firm.
pub struct WhoCan<'f> {
    firm: &'f Firm,
    product: &'f Product,
    action: &'f Action,
    target: Option<u32>,
    facts: Vec<(String, String)>,
    kinds: Vec<UserKind<'f>>,
    /// By user.
    of_users: Vec<u32>,
    allowed: usize,
}

/// What users of one kind have in common.
struct UserKind<'f> {
    answer: Answer<'f>,
    missing: Arc<[MissingInput]>,
}

/// A user for whom it is allowed.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct WhoCanAllowed<'f> {
    /// Id of the user.
    pub user: &'f str,
    #[serde(flatten)]
    answer: AnswerWords<'f>,
}

/// A user for whom it is denied.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct WhoCanDenied<'w> {
    /// Id of the user.
    pub user: &'w str,
    #[serde(flatten)]
    answer: AnswerWords<'w>,
    /// The fewest things that would have to be different, together; none where nothing allows it.
    pub missing: &'w [MissingInput],
}

/// An answer in the words of a decision.
#[derive(Clone, Copy, Debug)]
pub(super) struct AnswerWords<'f>(pub(super) Answer<'f>);

impl Serialize for AnswerWords<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("rule", self.0.rule())?;
        map.serialize_entry("reason", self.0.reason())?;
        map.serialize_entry("basis", &self.0.basis())?;
        map.serialize_entry("place", &self.0.place().file_and_line())?;
        map.serialize_entry("section", self.0.section())?;
        if let Some(site) = self.0.site() {
            map.serialize_entry("where", site)?;
        }
        map.end()
    }
}

impl<'f> WhoCanAllowed<'f> {
    /// The answer, with its rule.
    pub fn answer(&self) -> Answer<'f> {
        self.answer.0
    }
}

impl<'w> WhoCanDenied<'w> {
    /// The answer, with its rule.
    pub fn answer(&self) -> Answer<'w> {
        self.answer.0
    }
}

impl Firm {
    /// Who may do an action: everybody for whom it is allowed, and for everybody else what is missing. The user of the
    /// question does not count; [`Question::of_everybody`] has none.
    ///
    /// Users with equal profiles are answered together, so that the cost of a large firm is that of walking through it.
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
        let product = question.product.as_deref();
        let mut handle = self.rulebook.action(product, &question.action)?;
        let target = match &question.target {
            Some(target) => Some(self.user_number(target).map_err(AskError::of_target)?),
            None => None,
        };
        for (name, value) in &question.facts {
            handle = handle.with_fact(&self.rulebook, name, value)?;
        }
        let (product, action) = self.fitting(handle, target)?;
        let facts = question.facts.iter();
        let mut who = WhoCan {
            firm: self,
            product,
            action,
            target,
            facts: facts
                .map(|(name, value)| (name.to_string(), value.to_string()))
                .collect(),
            kinds: Vec::new(),
            of_users: Vec::with_capacity(self.roster.len()),
            allowed: 0,
        };
        who.ask(handle)?;
        Ok(who)
    }
}

impl<'f> WhoCan<'f> {
    fn ask(&mut self, handle: ActionHandle) -> Result<(), AskError> {
        let no_such = || foreign("rulebook");
        let place = self.firm.rulebook.place_of(handle.number);
        let (product, action) = place.ok_or_else(no_such)?;
        let compiled = self.firm.compiled(product)?;
        let decider = compiled.decider(action).ok_or_else(no_such)?;
        let mut lacks = MissingCache {
            firm: self.firm,
            compiled,
            decider,
            known: HashMap::new(),
        };
        let mut known: HashMap<(Option<ProfileClass>, bool), u32> = HashMap::new();
        for user in 0..self.firm.roster.len() as u32 {
            let class = self.firm.tables.class(product, user);
            let key = (class, self.target == Some(user));
            let kind = match known.get(&key) {
                Some(kind) => *kind,
                None => {
                    let next = self.kinds.len() as u32;
                    let kind = self.kind_of(user, product, handle, &mut lacks)?;
                    self.kinds.push(kind);
                    known.insert(key, next);
                    next
                }
            };
            self.of_users.push(kind);
            let allowed = |kind: &UserKind<'_>| kind.answer.is_allowed();
            self.allowed += usize::from(self.kind(kind).is_some_and(allowed));
        }
        Ok(())
    }

    fn kind_of(
        &self,
        user: u32,
        product: usize,
        handle: ActionHandle,
        lacks: &mut MissingCache<'f>,
    ) -> Result<UserKind<'f>, AskError> {
        let firm = self.firm;
        let numbers = [user, self.target.unwrap_or(user)];
        let code = firm.code(&handle, numbers, self.target.is_some());
        let code = code.ok_or_else(|| foreign("rulebook"))?;
        let answer = Answer::new(&firm.rulebook, handle.number, code);
        let missing = match answer.is_allowed() {
            true => Arc::default(),
            false => {
                let bits = firm.bits(product, user, self.target, handle.facts.bits);
                let same = self.target.map(|target| target == user);
                let scene =
                    SeatedQuestion::of(lacks.firm, lacks.compiled, self.action, &bits, same);
                lacks.of(&scene, same)?
            }
        };
        Ok(UserKind { answer, missing })
    }

    fn kind(&self, number: u32) -> Option<&UserKind<'f>> {
        self.kinds.get(number as usize)
    }

    /// Every user with what is known of their kind.
    fn users(&self) -> impl Iterator<Item = (&'f str, &UserKind<'f>)> {
        let firm = self.firm;
        let users = (0..).zip(&self.of_users);
        users.filter_map(move |(user, kind)| Some((firm.roster.id(user), self.kind(*kind)?)))
    }

    /// What there is to say of each kind of user.
    #[cfg(feature = "protocol")]
    pub(crate) fn kinds(&self) -> impl Iterator<Item = (Answer<'f>, &Arc<[MissingInput]>)> {
        self.kinds.iter().map(|kind| (kind.answer, &kind.missing))
    }

    /// Every user, in the order of the firm, with the number of their kind.
    #[cfg(feature = "protocol")]
    pub(crate) fn users_by_kind(&self) -> impl Iterator<Item = (&'f str, usize)> {
        let firm = self.firm;
        let users = (0..).zip(&self.of_users);
        users.map(move |(user, kind)| (firm.roster.id(user), *kind as usize))
    }

    /// Id of the product.
    pub fn product(&self) -> &'f str {
        &self.product.id
    }

    /// Id of the action.
    pub fn action(&self) -> &'f str {
        &self.action.id
    }

    /// Id of the user it is done to.
    pub fn target(&self) -> Option<&'f str> {
        self.target.map(|target| self.firm.roster.id(target))
    }

    /// Everybody for whom it is allowed.
    pub fn allowed(&self) -> impl Iterator<Item = WhoCanAllowed<'f>> {
        let allowed = self.users().filter(|(_, kind)| kind.answer.is_allowed());
        allowed.map(|(user, kind)| WhoCanAllowed {
            user,
            answer: AnswerWords(kind.answer),
        })
    }

    /// Everybody for whom it is denied.
    pub fn denied(&self) -> impl Iterator<Item = WhoCanDenied<'_>> {
        let denied = self.users().filter(|(_, kind)| !kind.answer.is_allowed());
        denied.map(|(user, kind)| WhoCanDenied {
            user,
            answer: AnswerWords(kind.answer),
            missing: &kind.missing,
        })
    }

    /// For how many users it is allowed, and how many there are.
    pub fn counts(&self) -> (usize, usize) {
        (self.allowed, self.of_users.len())
    }
}

/// What tells apart users who miss different things: inputs, grounds, and whether they are the target.
type MissingKey = (Vec<Value>, Vec<RulingId>, Option<bool>);

/// What users miss, worked out once for all who are told apart by nothing.
struct MissingCache<'f> {
    firm: &'f Firm,
    compiled: &'f CompiledProduct,
    decider: &'f Decider<ActionRuling>,
    known: HashMap<MissingKey, Arc<[MissingInput]>>,
}

impl MissingCache<'_> {
    fn of(
        &mut self,
        scene: &SeatedQuestion<'_>,
        same: Option<bool>,
    ) -> Result<Arc<[MissingInput]>, AskError> {
        let axes = self.decider.axes().iter().map(|axis| axis.input);
        let levels = self.compiled.product.levels.iter();
        let levels = levels.map(|level| DecisionInput::Holds(Person::User, *level));
        let values = axes.chain(levels).map(|input| scene.is(input)).collect();
        let telling = (values, scene.grounds().collect(), same);
        if let Some(missing) = self.known.get(&telling) {
            return Ok(Arc::clone(missing));
        }
        let missing: Arc<[MissingInput]> = scene.to_allow(self.decider)?.unwrap_or_default().into();
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
            self.of_users.len()
        )
    }
}
