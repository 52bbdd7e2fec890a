//! Verdicts: whether a change is accepted, every reason, every effect, and the firm after it.

use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use super::judge::Outcome;
use super::request::{Bulk, Change};
use crate::explore::compile::Compiled;
use crate::firm::{Alteration, Firm, What, WriteError};
use crate::link::product::{Basis, EffectId, Ruling, RulingId};

/// Whether a change is permitted: the ruling that accepts it, or all that refuse it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Judged {
    pub(crate) accepted: bool,
    pub(crate) rulings: Vec<RulingId>,
    /// Whether the other option of any one reading would turn it.
    pub(crate) turned: bool,
}

/// What comes of a change: accepted or rejected, why, and what follows.
///
/// Its JSON has the keys of the request and of the answer: `verdict`, `effects`, `basis`, `rule`, `reason`, `place` (`file:line`), `section`,
/// `where`; of a rejected one `reasons`; of an accepted one `altered`.
#[derive(Debug, Clone, Serialize)]
pub struct Verdict {
    #[serde(flatten)]
    request: Request,
    verdict: Word,
    effects: Vec<Arc<str>>,
    basis: Basis,
    rule: Arc<str>,
    reason: Arc<str>,
    place: String,
    section: Arc<str>,
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    site: Option<Arc<str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<Reason>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    altered: Vec<Altered>,
    #[serde(skip)]
    alterations: Vec<Alteration>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    Accept,
    Reject,
}

/// What was asked for, in the words of the request.
#[derive(Debug, Clone, Default, Serialize)]
struct Request {
    #[serde(skip_serializing_if = "Option::is_none")]
    product: Option<Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    setting: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Self>,
}

impl Request {
    fn of(change: &Change) -> Self {
        Self {
            product: None,
            user: None,
            change: Some(change.change.clone()),
            role: change.role.clone(),
            setting: change.setting.clone(),
            value: change.value.clone(),
            target: change.target.clone(),
            parts: Vec::new(),
        }
    }

    fn by(self, product: &Arc<str>, user: &str) -> Self {
        Self {
            product: Some(Arc::clone(product)),
            user: Some(user.to_owned()),
            ..self
        }
    }
}

/// One ground for a rejection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<usize>,
    rule: Arc<str>,
    reason: Arc<str>,
    basis: Basis,
    place: String,
    section: Arc<str>,
}

impl Reason {
    fn of(compiled: &Compiled, ruling: &Ruling, turned: bool, part: Option<usize>) -> Self {
        Self {
            part,
            rule: Arc::clone(&ruling.rule),
            reason: Arc::clone(&ruling.reason),
            basis: ruling.basis.weaker(turned_basis(turned)),
            place: ruling.place.file_and_line(),
            section: compiled.product.heading(ruling.section).into(),
        }
    }

    /// Which part of a bulk change it refuses, counted from 1.
    pub fn part(&self) -> Option<usize> {
        self.part
    }

    /// Id of the rule that refuses.
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// The reason in plain words.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Whether the source document says so.
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// Where the rule stands, as `file:line`.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The heading of the section of the source document.
    pub fn section(&self) -> &str {
        &self.section
    }
}

/// Something that is different after an accepted change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Altered {
    /// Id of the user whose seat is altered.
    pub user: String,
    /// The role or setting.
    pub what: Arc<str>,
    /// What it was; of a role, `true` where it was held.
    pub from: String,
    /// What it is.
    pub to: String,
}

fn turned_basis(turned: bool) -> Basis {
    if turned {
        Basis::Inferred
    } else {
        Basis::Stated
    }
}

impl Verdict {
    pub(super) fn of_change(
        firm: &Firm,
        compiled: &Compiled,
        change: &Change,
        outcome: Outcome,
    ) -> Self {
        let request = Request::of(change).by(&compiled.product.id, &change.user);
        let Outcome {
            judged,
            effects,
            alterations,
        } = outcome;
        let reasons = reasons(compiled, &judged, None).collect();
        let spoke = judged
            .rulings
            .first()
            .and_then(|ruling| compiled.ruling(*ruling));
        let basis = spoke
            .map_or(Basis::Inferred, |ruling| ruling.basis)
            .weaker(turned_basis(judged.turned));
        Self::new(compiled, request, judged.accepted, spoke, basis, reasons).followed_by(
            firm,
            compiled,
            &effects,
            alterations,
        )
    }

    pub(super) fn of_bulk(
        firm: &Firm,
        compiled: &Compiled,
        bulk: &Bulk,
        judged: Vec<Judged>,
        effects: Vec<EffectId>,
        alterations: Vec<Alteration>,
    ) -> Self {
        let parts = bulk.parts.iter().map(Request::of).collect();
        let request = Request {
            parts,
            ..Request::default()
        }
        .by(&compiled.product.id, &bulk.user);
        let accepted = judged.iter().all(|part| part.accepted);
        let reasons: Vec<Reason> = (1..)
            .zip(&judged)
            .flat_map(|(number, part)| reasons(compiled, part, Some(number)))
            .collect();
        let of_bulk = compiled.product.bulk.as_ref().map(|bulk| bulk.accepted);
        let first_refused = judged
            .iter()
            .find(|part| !part.accepted)
            .and_then(|part| part.rulings.first().copied());
        let spoke = if accepted { of_bulk } else { first_refused };
        let spoke = spoke.and_then(|ruling| compiled.ruling(ruling));
        let basis = judged
            .iter()
            .map(|part| {
                let basis = part
                    .rulings
                    .first()
                    .and_then(|ruling| compiled.ruling(*ruling))
                    .map(|ruling| ruling.basis);
                basis
                    .unwrap_or(Basis::Inferred)
                    .weaker(turned_basis(part.turned))
            })
            .fold(
                spoke.map_or(Basis::Inferred, |ruling| ruling.basis),
                Basis::weaker,
            );
        Self::new(compiled, request, accepted, spoke, basis, reasons).followed_by(
            firm,
            compiled,
            &effects,
            alterations,
        )
    }

    /// A rejection is `stated` where any of its grounds is; an acceptance has the basis given.
    fn new(
        compiled: &Compiled,
        request: Request,
        accepted: bool,
        spoke: Option<&Ruling>,
        basis: Basis,
        reasons: Vec<Reason>,
    ) -> Self {
        let strongest = reasons.iter().map(|reason| reason.basis).min();
        Self {
            request,
            verdict: if accepted { Word::Accept } else { Word::Reject },
            effects: Vec::new(),
            basis: strongest.unwrap_or(basis),
            rule: spoke.map_or_else(|| "".into(), |ruling| Arc::clone(&ruling.rule)),
            reason: spoke.map_or_else(|| "".into(), |ruling| Arc::clone(&ruling.reason)),
            place: spoke
                .map(|ruling| ruling.place.file_and_line())
                .unwrap_or_default(),
            section: spoke
                .map_or("", |ruling| compiled.product.heading(ruling.section))
                .into(),
            site: spoke.and_then(|ruling| ruling.site.clone()),
            reasons,
            altered: Vec::new(),
            alterations: Vec::new(),
        }
    }

    fn followed_by(
        self,
        firm: &Firm,
        compiled: &Compiled,
        effects: &[EffectId],
        alterations: Vec<Alteration>,
    ) -> Self {
        let effects = effects
            .iter()
            .filter_map(|effect| compiled.product.effects.get(effect.index()));
        Self {
            effects: effects.map(|effect| Arc::clone(&effect.id)).collect(),
            altered: alterations
                .iter()
                .filter_map(|altered| in_words(firm, compiled, *altered))
                .collect(),
            alterations,
            ..self
        }
    }

    /// Whether it is accepted.
    pub fn is_accepted(&self) -> bool {
        self.verdict == Word::Accept
    }

    /// Id of the product.
    pub fn product(&self) -> &str {
        self.request.product.as_deref().unwrap_or_default()
    }

    /// Ids of the effects, in the order of the rule file.
    pub fn effects(&self) -> Vec<&str> {
        self.effects.iter().map(|effect| &**effect).collect()
    }

    /// Every ground of a rejection; none of an acceptance.
    pub fn reasons(&self) -> &[Reason] {
        &self.reasons
    }

    /// Id of the rule that accepted, or of the first that refused.
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// The reason in plain words.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Of an acceptance that of the change's rule; a rejection is `stated` where any of its grounds is. `inferred` where the
    /// other option of any one reading would turn it.
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// Where the rule stands, as `file:line`.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The heading of the section of the source document.
    pub fn section(&self) -> &str {
        &self.section
    }

    /// Where in the product it is done; only of what is accepted.
    pub fn site(&self) -> Option<&str> {
        self.site.as_deref()
    }

    /// What is different afterwards.
    pub fn altered(&self) -> &[Altered] {
        &self.altered
    }
}

impl Firm {
    /// The firm as it is after an accepted change; unchanged after a rejected one.
    pub fn after(&self, verdict: &Verdict) -> Self {
        self.altered(&verdict.alterations)
    }

    /// Writes an accepted change into the file that this firm was read from. Only what changes is touched: comments,
    /// order and layout of the rest survive. A rejected change writes nothing.
    ///
    /// # Errors
    /// [`WriteError`] when the file cannot be read or written, or was changed by somebody else; it is as it was then.
    pub fn write_change(
        &self,
        path: impl AsRef<Path>,
        verdict: &Verdict,
    ) -> Result<(), WriteError> {
        if verdict.alterations.is_empty() {
            return Ok(());
        }
        self.write(path.as_ref(), &verdict.alterations)
    }
}

fn reasons<'c>(
    compiled: &'c Compiled,
    judged: &'c Judged,
    part: Option<usize>,
) -> impl Iterator<Item = Reason> + 'c {
    let refused = judged.rulings.iter().filter(|_| !judged.accepted);
    let rulings = refused.filter_map(|ruling| compiled.ruling(*ruling));
    rulings.map(move |ruling| Reason::of(compiled, ruling, judged.turned, part))
}

fn in_words(firm: &Firm, compiled: &Compiled, altered: Alteration) -> Option<Altered> {
    let words = firm.roster.profile(altered.product, altered.user);
    let user = firm.roster.id(altered.user).to_owned();
    let (what, from, to) = match altered.what {
        What::Role(role) => {
            let held = compiled.layout.role(role).read(words).is_yes();
            let id = Arc::clone(&compiled.product.role(role)?.id);
            (id, held.to_string(), altered.to.is_yes().to_string())
        }
        What::Setting(id) => {
            let setting = compiled.product.setting(id)?;
            let from = compiled.layout.setting(id).read(words);
            (
                Arc::clone(&setting.id),
                setting.domain.word(from).to_owned(),
                setting.domain.word(altered.to).to_owned(),
            )
        }
    };
    Some(Altered {
        user,
        what,
        from,
        to,
    })
}
