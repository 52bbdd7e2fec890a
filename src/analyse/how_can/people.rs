//! People: the two who are asked about, and a few of each kind of everybody else, in a firm of their own.

use hashbrown::HashMap;

use super::moves::RelevantInputs;
use crate::explore::layout::Word;
use crate::firm::profiles::ProfileClass;
use crate::firm::{Firm, has_seat};

/// What somebody is, as far as it matters.
pub(super) type ProfileWords = Vec<Word>;

/// Everybody of a firm, by kind.
pub(super) struct UserKinds {
    /// The user, and the target where that is somebody else.
    pub(super) asked: Vec<u32>,
    /// The others with a seat, by kind, in the order of the firm.
    pub(super) kinds: Vec<Vec<u32>>,
}

impl UserKinds {
    pub(super) fn of(
        firm: &Firm,
        product: usize,
        relevant: &RelevantInputs,
        user: u32,
        target: Option<u32>,
    ) -> Self {
        let mut asked = vec![user];
        asked.extend(target.filter(|target| *target != user));
        let mut of_classes: HashMap<Option<ProfileClass>, usize> = HashMap::new();
        let mut of_kinds: HashMap<ProfileWords, usize> = HashMap::new();
        let mut kinds: Vec<Vec<u32>> = Vec::new();
        for other in 0..firm.roster.len() as u32 {
            let words = firm.roster.profile(product, other);
            if asked.contains(&other) || !has_seat(words) {
                continue;
            }
            let number = *of_classes
                .entry(firm.tables.class(product, other))
                .or_insert_with(|| {
                    let next = of_kinds.len();
                    *of_kinds
                        .entry(relevant.matter(words, false))
                        .or_insert(next)
                });
            match kinds.get_mut(number) {
                Some(kind) => kind.push(other),
                None => kinds.push(vec![other]),
            }
        }
        Self { asked, kinds }
    }

    /// A sample with so many of each kind.
    pub(super) fn sample(&self, firm: &Firm, copies: usize) -> SampleFirm {
        let mut users = self.asked.clone();
        let mut kind_of = vec![None; users.len()];
        for (number, kind) in self.kinds.iter().enumerate() {
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

/// Those who stand for everybody: a firm whose first are those who are asked about.
pub(super) struct SampleFirm {
    pub(super) firm: Firm,
    /// Whether nobody with a seat is left out.
    pub(super) is_all: bool,
    /// How many are asked about.
    pub(super) asked: usize,
    /// By number here, the number in the whole firm.
    pub(super) users: Vec<u32>,
    /// By number here, the kind; none of those who are asked about.
    pub(super) kind_of: Vec<Option<usize>>,
}

impl SampleFirm {
    pub(super) fn len(&self) -> u32 {
        self.users.len() as u32
    }

    /// The user and the target that a question is about, by their numbers here.
    pub(super) fn question(&self, has_target: bool) -> [u32; 2] {
        [0, if has_target { self.asked as u32 - 1 } else { 0 }]
    }
}
