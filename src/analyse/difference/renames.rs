//! Finds what was only renamed, so that it is compared under its new name.
//!
//! What is gone and what is new are taken for one where both are declared alike, and only if that is proven to be right or
//! leaves fewer differences: either no decision, no verdict, no declaration and no property differs any more, or both
//! have the same title and the list of differences is shorter.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::compared_answer::ChangeKind;
use super::{RuleChange, terms};
use crate::explore::compile::CompiledProduct;
use crate::link::NameKind;
use crate::link::product::Product;

/// Something with its old id and its new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rename {
    pub(super) kind: NameKind,
    pub(super) old: Arc<str>,
    pub(super) new: Arc<str>,
    /// Whether both have the same title.
    has_title: bool,
}

/// What an id is declared as, without the id.
struct NamedDeclaration {
    kind: NameKind,
    id: Arc<str>,
    title: String,
    is: String,
}

/// What may have been renamed.
pub(super) fn candidates(old: &Product, new: &Product) -> Vec<Rename> {
    let sides = [declarations(old), declarations(new)];
    let ids = sides.each_ref().map(|side| {
        let ids = side.iter().map(|one| (one.kind, Arc::clone(&one.id)));
        ids.collect::<BTreeSet<_>>()
    });
    let [gone, come] = [0_usize, 1].map(|side| {
        let (all, other) = (sides.get(side), ids.get(1 - side));
        let is_only = |one: &&NamedDeclaration| {
            other.is_some_and(|other| !other.contains(&(one.kind, Arc::clone(&one.id))))
        };
        all.into_iter()
            .flatten()
            .filter(is_only)
            .collect::<Vec<_>>()
    });
    let mut renames = with_one_title(&gone, &come);
    let is_paired = |one: &NamedDeclaration, of: fn(&Rename) -> &Arc<str>| {
        let mut known = renames.iter();
        known.any(|rename| rename.kind == one.kind && *of(rename) == one.id)
    };
    let left = gone.iter().filter(|one| !is_paired(one, |it| &it.old));
    let gone: Vec<DeclarationKey<'_>> = left.map(|one| one.key()).collect();
    let left = come.iter().filter(|one| !is_paired(one, |it| &it.new));
    let come: Vec<DeclarationKey<'_>> = left.map(|one| one.key()).collect();
    renames.extend(in_order(&gone, &come));
    renames
}

/// Pairs that no third declaration could belong to, by what they are called and declared as.
fn with_one_title(gone: &[&NamedDeclaration], come: &[&NamedDeclaration]) -> Vec<Rename> {
    let is_alike = |one: &NamedDeclaration, other: &NamedDeclaration| {
        one.kind == other.kind && one.title == other.title && one.is == other.is
    };
    let only = |one: &NamedDeclaration, all: &[&NamedDeclaration]| {
        all.iter().filter(|other| is_alike(one, other)).count() == 1
    };
    let titled = gone.iter().filter(|one| !one.title.is_empty());
    let alone = titled.filter(|one| only(one, gone) && only(one, come));
    alone
        .filter_map(|one| {
            let other = come.iter().find(|other| is_alike(one, other))?;
            Some(Rename {
                kind: one.kind,
                old: Arc::clone(&one.id),
                new: Arc::clone(&other.id),
                has_title: true,
            })
        })
        .collect()
}

/// A kind and what is declared, with the id.
type DeclarationKey<'d> = (NameKind, &'d str, &'d Arc<str>);

/// Pairs in the order of the rule files, where as many are gone as have come.
fn in_order(gone: &[DeclarationKey<'_>], come: &[DeclarationKey<'_>]) -> Vec<Rename> {
    let kinds: BTreeSet<NameKind> = gone.iter().map(|(kind, ..)| *kind).collect();
    let of_kind = |all: &[DeclarationKey<'_>], wanted: NameKind| {
        let all = all.iter().filter(|(kind, ..)| *kind == wanted);
        let all = all.map(|(_, is, id)| ((*is).to_owned(), Arc::clone(id)));
        all.collect::<Vec<_>>()
    };
    let mut renames = Vec::new();
    for kind in kinds {
        let (old, new) = (of_kind(gone, kind), of_kind(come, kind));
        let are_alike = old
            .iter()
            .map(|(is, _)| is)
            .eq(new.iter().map(|(is, _)| is));
        if are_alike {
            let pairs = old.into_iter().zip(new);
            renames.extend(pairs.map(|((_, old), (_, new))| Rename {
                kind,
                old,
                new,
                has_title: false,
            }));
        }
    }
    renames
}

impl NamedDeclaration {
    fn key(&self) -> DeclarationKey<'_> {
        (self.kind, &self.is, &self.id)
    }
}

impl Rename {
    /// A product that only its id tells from another one.
    pub(super) fn of_products(old: &Product, new: &Product) -> Self {
        Self {
            kind: NameKind::Product,
            old: Arc::clone(&old.id),
            new: Arc::clone(&new.id),
            has_title: old.title == new.title,
        }
    }

    /// Those of a list with the same title on both sides.
    pub(super) fn titled(all: &[Self]) -> Vec<Self> {
        all.iter().filter(|one| one.has_title).cloned().collect()
    }
}

/// The product of the old side under the new names.
pub(super) fn renamed(compiled: &CompiledProduct, renames: &[Rename]) -> CompiledProduct {
    let of = |kind: NameKind, id: &str| {
        let mut all = renames.iter();
        let known = all.find(|rename| rename.kind == kind && *rename.old == *id);
        known.map(|rename| Arc::clone(&rename.new))
    };
    CompiledProduct {
        product: Arc::new(compiled.product.renamed(of)),
        ..compiled.clone()
    }
}

/// Whether nothing but words differs.
pub(super) fn are_only_words(changes: &[RuleChange]) -> bool {
    let is_word = |change: &RuleChange| match change.kind {
        ChangeKind::Title
        | ChangeKind::Reason
        | ChangeKind::Basis
        | ChangeKind::Section
        | ChangeKind::Where => true,
        ChangeKind::Conflict | ChangeKind::Advice | ChangeKind::Property => {
            let what = change.what.as_deref().unwrap_or_default();
            terms::is_about_words(what)
        }
        _ => false,
    };
    changes.iter().all(is_word)
}

fn declarations(product: &Product) -> Vec<NamedDeclaration> {
    let mut all = Vec::new();
    let mut add = |kind: NameKind, id: &Arc<str>, title: &str, is: String| {
        all.push(NamedDeclaration {
            kind,
            id: Arc::clone(id),
            title: title.to_owned(),
            is,
        });
    };
    for role in &product.roles {
        let holders = role.holders.as_ref().map(|holders| holders.enabled);
        add(
            NameKind::Role,
            &role.id,
            &role.title,
            format!("{holders:?}"),
        );
    }
    for setting in &product.settings {
        let words: Vec<&str> = setting.domain.words().collect();
        add(
            NameKind::Setting,
            &setting.id,
            &setting.title,
            words.join(","),
        );
    }
    for reading in &product.readings {
        let default = reading.default.to_string();
        add(NameKind::Reading, &reading.id, &reading.question, default);
    }
    for fact in &product.facts {
        let words: Vec<&str> = fact.domain.words().collect();
        add(NameKind::Fact, &fact.id, "", words.join(","));
    }
    for action in &product.actions {
        let form = format!("{} {}", action.on_target, action.facts.len());
        add(NameKind::Action, &action.id, &action.title, form);
    }
    for change in &product.changes {
        let takes = format!("{:?}", change.takes);
        add(NameKind::Change, &change.id, &change.title, takes);
    }
    for effect in &product.effects {
        add(NameKind::Effect, &effect.id, &effect.title, String::new());
    }
    for conflict in &product.conflicts {
        add(
            NameKind::Conflict,
            &conflict.id,
            &conflict.title,
            String::new(),
        );
    }
    for advice in &product.advice {
        add(NameKind::Advice, &advice.id, &advice.title, String::new());
    }
    for property in &product.properties {
        add(
            NameKind::Property,
            &property.id,
            &property.title,
            String::new(),
        );
    }
    all
}
