//! What is suspicious in a firm that is sound: advice that users do not follow, what disabled people still hold and which
//! lists they stand on, and entries that have ended.

use super::on_things::DormantEntry;
use super::review::DormantRoles;
use crate::finding::{Finding, Findings, firm as codes};
use crate::firm::Firm;

impl Firm {
    /// What is suspicious in this firm: who is not as the rules advise, which roles are dormant because their holders
    /// are disabled, which of these stand on lists that would open something to them, and which entries have ended. Each finding names its user; [`Firm::placed`] finds where they stand in the firm's file.
    ///
    /// ```
    /// use clio_rules::{Firm, Rulebook};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let first = firm.warnings().iter().next().map(ToString::to_string);
    /// assert_eq!(
    ///     first.as_deref(),
    ///     Some("warning[dormant-roles]: `hugo` is disabled and still holds `admin` in Clio Grow; \
    ///     take what they hold away, or their seat, if they are not to come back"),
    /// );
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn warnings(&self) -> Findings {
        let mut findings = Findings::new();
        for product in 0..self.rulebook.compiled().len() {
            self.unmet_in(product, &mut findings);
            self.dormant_in(product, &mut findings);
            self.dormant_entries_in(product, &mut findings);
        }
        self.ended().for_each(|(finding, _)| findings.push(finding));
        findings
    }

    fn unmet_in(&self, product: usize, findings: &mut Findings) {
        let Some(compiled) = self.rulebook.product(product) else {
            return;
        };
        if compiled.product.advice.is_empty() {
            return;
        }
        for (user, words) in self.roster.profiles(product) {
            for unmet in self.unmet(product, user, words, |_| true) {
                let words: [&dyn std::fmt::Display; 3] =
                    [&unmet.user, &compiled.product.title, &unmet.because];
                let advice = compiled.product.advice.iter();
                let mut advice = advice.filter(|advice| advice.id == unmet.advice);
                let finding = Finding::new(&codes::ADVICE_UNMET, None, &words);
                findings.push(match advice.next() {
                    Some(advice) => finding.with_label(advice.place.clone(), &*advice.title),
                    None => finding,
                });
            }
        }
    }

    fn dormant_in(&self, product: usize, findings: &mut Findings) {
        let Ok(dormant) = DormantRoles::of(self, product) else {
            return;
        };
        let title = self.rulebook.product(product);
        let title = title.map_or("", |compiled| &compiled.product.title);
        for (user, roles) in dormant.held() {
            let roles: Vec<String> = roles.iter().map(|role| format!("`{role}`")).collect();
            let roles = roles.join(" and ");
            let words: [&dyn std::fmt::Display; 3] = [&self.roster.id(user), &roles, &title];
            findings.push(Finding::new(&codes::DORMANT_ROLES, None, &words));
        }
    }

    fn dormant_entries_in(&self, product: usize, findings: &mut Findings) {
        let Some(compiled) = self.rulebook.product(product) else {
            return;
        };
        let entries = DormantEntry::all(self, product).unwrap_or_default();
        for DormantEntry {
            user,
            action,
            thing,
        } in entries
        {
            let action = compiled.product.action(action);
            let kind = compiled.product.kind(thing.kind);
            let things = self.things.of_kind(product, thing.kind);
            if let (Some(action), Some(kind), Some(things)) = (action, kind, things) {
                let words: [&dyn std::fmt::Display; 5] = [
                    &self.roster.id(user),
                    &action.id,
                    &kind.id,
                    &things.id(thing.number),
                    &compiled.product.title,
                ];
                findings.push(Finding::new(&codes::DORMANT_ENTRIES, None, &words));
            }
        }
    }
}

#[cfg(test)]
mod tests;
