//! The answer of one side, and the aspects in which two answers can differ.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::link::product::{Basis, Product, Ruling};

/// The content of an answer or a verdict, without places and numbers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct ComparedAnswer {
    pub(super) yes: bool,
    pub(super) rules: Vec<Arc<str>>,
    pub(super) reasons: Vec<Arc<str>>,
    pub(super) basis: Basis,
    /// The bases that reasons have of their own.
    pub(super) reason_bases: Vec<Basis>,
    pub(super) sections: Vec<Arc<str>>,
    pub(super) site: Option<Arc<str>>,
    pub(super) needs: Vec<Arc<str>>,
    pub(super) effects: Vec<Arc<str>>,
    /// Whose role or setting gets which value, in words.
    pub(super) altered: Vec<Arc<str>>,
}

/// The aspect in which two rulebooks differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ChangeKind {
    /// Something has another id, and is otherwise as it was.
    Renamed,
    /// The decision: something is allowed or accepted that was not, or the other way round.
    Decision,
    /// Another effect follows.
    Effects,
    /// An accepted change alters something else.
    Altered,
    /// Another role counts as held.
    Brings,
    /// Another rule decides.
    Rule,
    /// The reason is another one.
    Reason,
    /// Another role is named as the one that is missing.
    Needs,
    /// The basis was `stated` and is `inferred`, or the other way round.
    Basis,
    /// It comes from another section of the source document.
    Section,
    /// The place in the product is another one.
    Where,
    /// A declaration differs.
    Declared,
    /// A rule of an action says something else to those who are denied, while the decision is the same.
    Alone,
    /// An effect is declared otherwise.
    Effect,
    /// A conflict differs.
    Conflict,
    /// Advice differs.
    Advice,
    /// A property is another promise.
    Property,
    /// A title differs.
    Title,
}

impl ChangeKind {
    /// The word of JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Renamed => "renamed",
            Self::Decision => "decision",
            Self::Effects => "effects",
            Self::Altered => "altered",
            Self::Brings => "brings",
            Self::Rule => "rule",
            Self::Reason => "reason",
            Self::Needs => "needs",
            Self::Basis => "basis",
            Self::Section => "section",
            Self::Where => "where",
            Self::Declared => "declared",
            Self::Alone => "alone",
            Self::Effect => "effect",
            Self::Conflict => "conflict",
            Self::Advice => "advice",
            Self::Property => "property",
            Self::Title => "title",
        }
    }
}

/// The contents for one kind of difference.
type AspectText<'t> = (ChangeKind, &'t dyn Fn(&ComparedAnswer) -> String);

/// One way in which two sides differ.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct DifferenceAspect {
    pub(super) kind: ChangeKind,
    pub(super) from: String,
    pub(super) to: String,
}

impl ComparedAnswer {
    /// A yes or no without words.
    pub(super) fn flag(yes: bool) -> Self {
        Self::saying(yes, Vec::new())
    }

    /// A yes or no with what rules say.
    pub(super) fn saying(yes: bool, rules: Vec<Arc<str>>) -> Self {
        Self {
            yes,
            rules,
            reasons: Vec::new(),
            basis: Basis::Stated,
            reason_bases: Vec::new(),
            sections: Vec::new(),
            site: None,
            needs: Vec::new(),
            effects: Vec::new(),
            altered: Vec::new(),
        }
    }

    /// The content of rulings that decide together.
    pub(super) fn of(product: &Product, rulings: &[&Ruling], yes: bool, turned: bool) -> Self {
        let basis = rulings.iter().map(|ruling| ruling.basis).min();
        let needs = rulings.iter().flat_map(|ruling| &ruling.needs);
        let mut sections: Vec<Arc<str>> = rulings
            .iter()
            .map(|ruling| product.heading(ruling.section).into())
            .collect();
        sections.dedup();
        Self {
            yes,
            rules: rulings
                .iter()
                .map(|ruling| Arc::clone(&ruling.rule))
                .collect(),
            reasons: rulings
                .iter()
                .map(|ruling| Arc::clone(&ruling.reason))
                .collect(),
            basis: if turned {
                Basis::Inferred
            } else {
                basis.unwrap_or(Basis::Inferred)
            },
            reason_bases: rulings.iter().filter_map(|r| r.reason_basis).collect(),
            sections,
            site: rulings.first().and_then(|ruling| ruling.site.clone()),
            needs: needs.map(|role| product.role_name(*role).into()).collect(),
            effects: Vec::new(),
            altered: Vec::new(),
        }
    }

    /// `stated`, or `stated; the reason is inferred` where its words have a basis of their own.
    fn words_of_basis(&self) -> String {
        let own = self.reason_bases.iter();
        let own: String = own
            .filter(|basis| **basis != self.basis)
            .map(|basis| format!("; the reason is {basis}"))
            .collect();
        format!("{}{own}", self.basis)
    }

    /// How it differs from the answer of the new side. When the decision itself differs, nothing else is listed. A
    /// question that a side cannot be asked is denied there.
    pub(super) fn aspects(
        sides: [Option<&Self>; 2],
        [no, yes]: [&str; 2],
    ) -> Vec<DifferenceAspect> {
        let word = |answer: Option<&Self>| {
            if answer.is_some_and(|answer| answer.yes) {
                yes.to_owned()
            } else {
                no.to_owned()
            }
        };
        let [from, to] = sides.map(word);
        if from != to {
            let kind = ChangeKind::Decision;
            return vec![DifferenceAspect { kind, from, to }];
        }
        let [Some(old), Some(new)] = sides else {
            return Vec::new();
        };
        let site = |answer: &Self| answer.site.as_deref().unwrap_or("nowhere").to_owned();
        let words: [AspectText<'_>; 8] = [
            (ChangeKind::Effects, &|answer| listed(&answer.effects)),
            (ChangeKind::Altered, &|answer| listed(&answer.altered)),
            (ChangeKind::Rule, &|answer| listed(&answer.rules)),
            (ChangeKind::Reason, &|answer| answer.reasons.join("; ")),
            (ChangeKind::Needs, &|answer| listed(&answer.needs)),
            (ChangeKind::Basis, &Self::words_of_basis),
            (ChangeKind::Section, &|answer| answer.sections.join("; ")),
            (ChangeKind::Where, &site),
        ];
        // A new reason is enough: the rule and the missing roles follow from it.
        let is_told = |kind: ChangeKind| match kind {
            ChangeKind::Rule | ChangeKind::Needs => old.reasons == new.reasons,
            _ => true,
        };
        let words = words.into_iter().filter(|(kind, _)| is_told(*kind));
        let aspects = words.filter_map(|(kind, of)| {
            let (from, to) = (of(old), of(new));
            (from != to).then_some(DifferenceAspect { kind, from, to })
        });
        aspects.collect()
    }
}

/// Names as a list in one line.
pub(super) fn listed(names: &[Arc<str>]) -> String {
    match names {
        [] => "nothing".to_owned(),
        names => names.join(", "),
    }
}
