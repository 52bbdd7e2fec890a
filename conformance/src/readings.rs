//! Every combination of a product's readings.

use clio_rules::Firm;

use crate::Failed;
use crate::model::Model;

/// One combination, as a number: a bit for each reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Readings(pub(crate) usize);

impl Readings {
    /// How many combinations there are.
    pub(crate) fn count(model: &Model) -> usize {
        1 << model.readings.len()
    }

    /// Each reading with its choice.
    pub(crate) fn choices(self, model: &Model) -> impl Iterator<Item = (&str, bool)> {
        let readings = model.readings.iter().enumerate();
        readings.map(move |(bit, reading)| (&**reading, self.0 >> bit & 1 == 1))
    }

    /// The firm with these readings.
    pub(crate) fn of_firm(self, model: &Model, firm: &Firm) -> Result<Firm, Failed> {
        let mut choices = self.choices(model);
        let choose = |firm: Firm, (reading, choice)| {
            firm.with_reading(Some(&model.product), reading, choice)
        };
        Ok(choices.try_fold(firm.clone(), choose)?)
    }
}
