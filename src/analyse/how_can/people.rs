//! The sample: a firm of the two people in question and a few people of every other kind.

use hashbrown::HashMap;

use super::moves::RelevantInputs;
use crate::explore::layout::Word;
use crate::firm::profiles::ProfileClass;
use crate::firm::{Firm, has_seat};
use crate::world::kinds::UserKinds;
use crate::world::question::ResolvedQuestion;

/// The relevant part of a person's profile.
pub(super) type ProfileWords = Vec<Word>;

/// Everybody of a firm, by kind.
pub(super) struct FirmPeople {
    /// The user, and the target if that is somebody else.
    pub(super) asked: Vec<u32>,
    /// The others with a seat.
    pub(super) kinds: UserKinds,
}

impl FirmPeople {
    pub(super) fn of(
        firm: &Firm,
        question: &ResolvedQuestion<'_>,
        relevant: &RelevantInputs,
    ) -> Self {
        let mut asked: Vec<u32> = question.user.into_iter().chain(question.target).collect();
        asked.dedup();
        let mut of_classes: HashMap<Option<ProfileClass>, usize> = HashMap::new();
        let mut of_kinds: HashMap<ProfileWords, usize> = HashMap::new();
        let kinds = UserKinds::by(firm.roster.len(), |other| {
            let words = firm.roster.profile(question.product, other);
            let is_other = !asked.contains(&other) && has_seat(words);
            let known =
                is_other.then(|| of_classes.entry(firm.tables.class(question.product, other)));
            known.map(|known| {
                *known.or_insert_with(|| {
                    let next = of_kinds.len();
                    *of_kinds
                        .entry(relevant.matter(words, false))
                        .or_insert(next)
                })
            })
        });
        Self { asked, kinds }
    }

    /// A sample with this many people of each kind.
    pub(super) fn sample(&self, firm: &Firm, copies: usize) -> SampleFirm {
        let mut users = self.asked.clone();
        let mut kind_of = vec![None; users.len()];
        for (number, kind) in (0..).zip(self.kinds.iter()) {
            users.extend(kind.iter().take(copies));
            kind_of.resize(users.len(), Some(number));
        }
        SampleFirm {
            firm: firm.excerpt(&users),
            is_all: self.kinds.iter().all(|kind| kind.len() <= copies),
            asked: self.asked.len(),
            users,
            kind_of,
        }
    }
}

/// The sample: a firm that begins with the people in question.
pub(super) struct SampleFirm {
    pub(super) firm: Firm,
    /// Whether it contains everybody with a seat.
    pub(super) is_all: bool,
    /// The number of people in question.
    pub(super) asked: usize,
    /// By number in the sample, the number in the whole firm.
    pub(super) users: Vec<u32>,
    /// By number in the sample, the kind. `None` for the people in question.
    pub(super) kind_of: Vec<Option<u32>>,
}

impl SampleFirm {
    pub(super) fn len(&self) -> u32 {
        self.users.len() as u32
    }

    /// The user and the target of the question, by their numbers in the sample.
    pub(super) fn question(&self, has_target: bool) -> [u32; 2] {
        [0, if has_target { self.asked as u32 - 1 } else { 0 }]
    }
}
