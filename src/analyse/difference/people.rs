//! People made up for one path, so that a side can be asked about them.

use super::firms::FirmConstraints;
use super::joint::{JointInput, JointPerson, JointProduct};
use crate::firm::{Firm, Seat, User};
use crate::link::product::Product;
use crate::rulebook::Rulebook;
use crate::value::Value;

/// Ids of those who are made up. The third one holds what exactly one has to hold and nobody else does.
pub(super) const USER: &str = "user";
pub(super) const TARGET: &str = "target";
pub(super) const HOLDER: &str = "holder";

/// The people of one path, with what is known of them in the names of both sides.
pub(super) struct JointPeople<'p, 'r> {
    joint: &'p JointProduct<'r>,
    firms: &'p FirmConstraints,
    known: Vec<(JointInput, u16)>,
    /// Whether user and target are one.
    pub(super) same: bool,
}

impl<'p, 'r> JointPeople<'p, 'r> {
    /// People of whom this is known, and nothing else that matters.
    pub(super) fn of(
        joint: &'p JointProduct<'r>,
        firms: &'p FirmConstraints,
        path: &[(JointInput, Value)],
    ) -> Self {
        let known: Vec<(JointInput, u16)> =
            path.iter().map(|(var, value)| (*var, value.0)).collect();
        let same = known.contains(&(JointInput::SameUser, 1));
        Self {
            joint,
            firms,
            known,
            same,
        }
    }

    /// The firm of these people on one side; none where its rules refuse it.
    pub(super) fn firm(&self, side: usize, rulebook: &Rulebook) -> Option<Firm> {
        let product = &self.joint.side(side)?.product;
        let mut people = vec![(JointPerson::User, USER)];
        if !self.same {
            people.push((JointPerson::Target, TARGET));
        }
        let left = self.left(&people);
        if !left.is_empty() {
            people.push((JointPerson::Holder, HOLDER));
        }
        let users = people.iter().map(|(who, id)| {
            let user = User::new(*id);
            let user = match self.value(JointInput::Enabled(*who)) {
                Some(0) if *who == JointPerson::Target => user.disabled(),
                _ => user,
            };
            user.seat(self.seat(side, product, *who, &left))
        });
        let firm = Firm::of_users(rulebook, "Made up", users).ok()?;
        let readings = self.known.iter().filter_map(|(var, value)| match var {
            JointInput::Reading(reading) => Some((*reading, *value == 1)),
            _ => None,
        });
        let mut firm = firm;
        for (reading, choice) in readings {
            if self.joint.readings.to(side, reading).is_some() {
                let reading = self.joint.readings.word(reading);
                firm = firm.with_reading(Some(&product.id), reading, choice).ok()?;
            }
        }
        Some(firm)
    }

    fn value(&self, var: JointInput) -> Option<u16> {
        let known = self.known.iter().find(|(known, _)| *known == var);
        known.map(|(_, value)| *value)
    }

    fn holds(&self, who: JointPerson, role: u16) -> bool {
        self.value(JointInput::Holds(who, role)) == Some(1)
    }

    /// What exactly one has to hold and none of these does.
    fn left(&self, people: &[(JointPerson, &str)]) -> Vec<u16> {
        let holders = self.firms.holders.iter().map(|(role, _)| *role);
        let is_left = |role: &u16| !people.iter().any(|(who, _)| self.holds(*who, *role));
        holders.filter(is_left).collect()
    }

    /// The roles of somebody. Where seats have levels and none is known, the first that nothing speaks against.
    fn roles(&self, who: JointPerson, left: &[u16]) -> Vec<u16> {
        let mut roles: Vec<u16> = match who {
            JointPerson::Holder => left.to_vec(),
            _ => {
                let all = 0..self.joint.roles.words.len() as u16;
                all.filter(|role| self.holds(who, *role)).collect()
            }
        };
        let levels = &self.firms.levels;
        if !roles.iter().any(|role| levels.contains(role)) {
            let strange = self.firms.strange.concat();
            let is_free = |level: &&u16| self.value(JointInput::Holds(who, **level)) != Some(0);
            let plain = |level: &&u16| !self.firms.is_holder(**level) && !strange.contains(level);
            let free = || levels.iter().filter(is_free);
            roles.extend(free().find(plain).or_else(|| free().next()));
        }
        roles
    }

    /// The seat of somebody on one side.
    fn seat(&self, side: usize, product: &Product, who: JointPerson, left: &[u16]) -> Seat {
        let roles = self.roles(who, left);
        let known = roles
            .iter()
            .filter(|role| self.joint.roles.to(side, **role).is_some());
        let seat = known.fold(Seat::new(&*product.id), |seat, role| {
            seat.role(self.joint.roles.word(*role))
        });
        let settings = self.known.iter().filter_map(|(var, value)| match var {
            JointInput::Setting(whose, setting) if *whose == who => {
                let value = self.joint.setting(side, *setting, *value)?;
                let number = self.joint.settings.to(side, *setting)?;
                let declared = product.settings.get(usize::from(number))?;
                Some((&*declared.id, declared.domain.word(value)))
            }
            _ => None,
        });
        settings.fold(seat, |seat, (setting, word)| seat.setting(setting, word))
    }
}
