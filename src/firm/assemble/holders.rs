//! Checks who holds the roles that exactly one user holds.

use super::Assembler;
use crate::explore::compile::CompiledProduct;
use crate::finding::{Findings, firm as codes};
use crate::firm::profile;
use crate::link::product::RoleId;
use crate::text::Span;

impl Assembler<'_> {
    /// Checks the firm as a whole. `users` is where its list of users stands.
    pub(super) fn check_holders(&mut self, users: Span, findings: &mut Findings) {
        for (number, compiled) in self.rulebook.compiled().iter().enumerate() {
            if self.roster.has_seats(number) {
                self.holders_of(number, compiled, users, findings);
            }
        }
    }

    fn holders_of(
        &mut self,
        number: usize,
        compiled: &CompiledProduct,
        users: Span,
        findings: &mut Findings,
    ) {
        for (role_number, role) in compiled.product.roles.iter().enumerate() {
            let Some(holders) = &role.holders else {
                continue;
            };
            let role_id = RoleId::from(role_number);
            let found = self.holders.remove(&(number, role_id)).unwrap_or_default();
            match found.as_slice() {
                [(user, span)] => {
                    self.roster.set_holder(number, role_id, *user);
                    let enabled = profile::is_enabled(self.roster.profile(number, *user));
                    if holders.enabled && !enabled {
                        let id = self.roster.id(*user);
                        self.report(&codes::HOLDER_DISABLED, *span, &[&id, &role.id], findings);
                    }
                }
                [] if self.is_missing_some => {}
                [] => {
                    let finding = self.finding(&codes::NO_HOLDER, users, &[&role.id]);
                    findings.push(
                        match self.usual_holder(number, holders.usually.as_deref()) {
                            Some(help) => finding.with_help(help),
                            None => finding,
                        },
                    );
                }
                many => self.too_many(&role.id, many, findings),
            }
        }
    }

    fn too_many(&self, role: &str, holders: &[(u32, Span)], findings: &mut Findings) {
        for (user, span) in holders.iter().take(Findings::KEPT) {
            let finding = self.finding(&codes::TOO_MANY_HOLDERS, *span, &[&holders.len(), &role]);
            let finding = match self.source {
                Some(_) => finding,
                None => finding.of_user(self.roster.id(*user)),
            };
            let others = holders.iter().filter(|(other, _)| other != user).take(3);
            let finding = others.fold(finding, |finding, (other, span)| match self.source {
                Some(source) => finding.with_label(
                    source.place(*span),
                    format!("held by `{}`", self.roster.id(*other)),
                ),
                None => finding,
            });
            findings.push(finding);
        }
    }

    /// Who usually holds it: the hint of the rule file, and the name of the first user with a seat.
    fn usual_holder(&self, product: usize, usually: Option<&str>) -> Option<String> {
        let (first, _) = self
            .roster
            .profiles(product)
            .find(|(_, words)| profile::has_seat(words))?;
        let id = self.roster.id(first);
        usually.map(|usually| format!("it is usually {usually}: here that is `{id}`"))
    }
}
