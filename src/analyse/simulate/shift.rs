//! Abilities that users have in one firm and not in the other.

use std::borrow::Cow;
use std::sync::Arc;

use hashbrown::HashSet;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use crate::analyse::ability::{self, Ability, ActionWithFacts};
use crate::analyse::crowd::{Crowd, CrowdPart};
use crate::analyse::targets::Targets;
use crate::explore::compile::CompiledProduct;
use crate::finding::AskError;
use crate::firm::{Firm, has_seat};
use crate::world::kinds::UserKinds;

/// An ability that users gain or lose together.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Shift {
    /// Ids of the users, in the order of the firm.
    pub users: Arc<[Arc<str>]>,
    /// The ability they gain or lose. An action with a target lists the targets gained or lost, and the rule that
    /// decides afterwards.
    pub ability: Ability,
}

/// The abilities that users gain or lose. JSON lists them one user at a time.
#[derive(Debug, Clone, Default)]
pub struct Shifts(pub Vec<Shift>);

impl Shifts {
    fn by_user(&self) -> impl Iterator<Item = UserShift<'_>> {
        self.0.iter().flat_map(|shift| {
            shift.users.iter().map(|user| UserShift {
                user: Cow::Borrowed(user),
                ability: Cow::Borrowed(&shift.ability),
            })
        })
    }
}

/// They are equal when their JSON is equal.
impl PartialEq for Shifts {
    fn eq(&self, other: &Self) -> bool {
        self.by_user().eq(other.by_user())
    }
}

impl Eq for Shifts {}

#[derive(PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct UserShift<'s> {
    /// Id of the user.
    user: Cow<'s, str>,
    #[serde(flatten)]
    ability: Cow<'s, Ability>,
}

impl Serialize for Shifts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.by_user())
    }
}

impl<'de> Deserialize<'de> for Shifts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let all = Vec::<UserShift<'_>>::deserialize(deserializer)?;
        let shift = |of_user: UserShift<'_>| Shift {
            users: [Arc::from(&*of_user.user)].into(),
            ability: of_user.ability.into_owned(),
        };
        Ok(Self(all.into_iter().map(shift).collect()))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Shifts {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Shifts".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Vec::<UserShift<'_>>::json_schema(generator)
    }
}

/// Two firms of the same users side by side, in one product.
pub(in crate::analyse) struct Sides<'f> {
    before: &'f Firm,
    after: &'f Firm,
    product: usize,
    compiled: &'f CompiledProduct,
    /// Whose seats differ.
    altered: &'f [u32],
    crowd: Crowd,
    pub(in crate::analyse) gained: Shifts,
    pub(in crate::analyse) lost: Shifts,
}

/// Users who get equal answers: the first of them, and the ids of all.
type AlikeUsers = (u32, Arc<[Arc<str>]>);

impl<'f> Sides<'f> {
    pub(in crate::analyse) fn new(
        before: &'f Firm,
        after: &'f Firm,
        product: usize,
        altered: &'f [u32],
    ) -> Result<Self, AskError> {
        Ok(Self {
            before,
            after,
            product,
            compiled: before.compiled(product)?,
            altered,
            crowd: Crowd::of(before, product, altered),
            gained: Shifts::default(),
            lost: Shifts::default(),
        })
    }

    /// Everything that anybody gains or loses. A user who was not altered can only gain or lose actions on altered
    /// targets: an answer depends only on its two people.
    pub(in crate::analyse) fn compare(&mut self) -> Result<(), AskError> {
        let all = ability::in_general(self.before, self.product)?;
        let everybody = self.crowd.all();
        for user in self.altered {
            let alone = Arc::from([Arc::from(self.before.roster.id(*user))]);
            let alone: AlikeUsers = (*user, alone);
            for asked in &all {
                if asked.on_target {
                    self.on_targets(&alone, asked, &everybody)
                } else {
                    self.alone(&alone, asked)?
                }
            }
        }
        let among = self.crowd.only(self.altered);
        let on_target: Vec<&ActionWithFacts> = all.iter().filter(|asked| asked.on_target).collect();
        for alike in self.others() {
            for asked in &on_target {
                self.on_targets(&alike, asked, &among);
            }
        }
        Ok(())
    }

    /// The gain or loss of a user, for an action without a target.
    fn alone(
        &mut self,
        (user, users): &AlikeUsers,
        asked: &ActionWithFacts,
    ) -> Result<(), AskError> {
        let people = [*user, *user];
        let before = self.before.answer_of(&asked.handle, people, false)?;
        let after = self.after.answer_of(&asked.handle, people, false)?;
        if before.is_allowed() != after.is_allowed() {
            let shift = Shift {
                users: Arc::clone(users),
                ability: Ability::new(self.compiled, asked, after),
            };
            if after.is_allowed() {
                self.gained.0.push(shift)
            } else {
                self.lost.0.push(shift)
            }
        }
        Ok(())
    }

    /// The gain or loss of equal users on these targets.
    fn on_targets(&mut self, alike: &AlikeUsers, asked: &ActionWithFacts, among: &CrowdPart) {
        let (user, _) = alike;
        let allowed = |firm| self.crowd.allowed(firm, &asked.handle, *user, among);
        let (before, after) = (allowed(self.before), allowed(self.after));
        let only_then = |now: &CrowdPart, then: &CrowdPart| -> CrowdPart {
            let is_new = |kind: &u32| now.binary_search(kind).is_err();
            then.iter().copied().filter(is_new).collect()
        };
        let gained = self.shift(alike, asked, &only_then(&before, &after));
        let lost = self.shift(alike, asked, &only_then(&after, &before));
        self.gained.0.extend(gained);
        self.lost.0.extend(lost);
    }

    /// The gain or loss on some targets. `None` when there are none.
    fn shift(
        &self,
        (user, users): &AlikeUsers,
        asked: &ActionWithFacts,
        part: &CrowdPart,
    ) -> Option<Shift> {
        let (_, answer) = self.crowd.first(self.after, &asked.handle, *user, part)?;
        let mut ability = Ability::new(self.compiled, asked, answer);
        ability.targets = Some(Targets::of(self.after, &self.crowd, *user, part));
        Some(Shift {
            users: Arc::clone(users),
            ability,
        })
    }

    /// Everybody with a seat who was not altered. Equal users are grouped with the first of them.
    fn others(&self) -> Vec<AlikeUsers> {
        let firm = self.before;
        let altered: HashSet<u32> = self.altered.iter().copied().collect();
        let kinds = UserKinds::by(firm.roster.len(), |user| {
            let seated = has_seat(firm.roster.profile(self.product, user));
            let is_other = seated && !altered.contains(&user);
            is_other.then(|| firm.tables.class(self.product, user))
        });
        let with_ids = kinds.iter().filter_map(|users| {
            let ids = users.iter().map(|user| Arc::from(firm.roster.id(*user)));
            Some((*users.first()?, ids.collect()))
        });
        with_ids.collect()
    }
}
