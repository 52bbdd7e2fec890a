//! What rules declare that decides nothing: conflicts, advice, properties, sections, and where declarations come from.

use super::compared_answer::ChangeKind;
use super::declared::{DeclarationLine, listed};
use crate::link::product::{
    ActionId, Basis, ChangeId, Conclusion, HolderCount, Premise, PremiseValue, Product,
    PropertyClaim, RoleId, RuleTargets, SectionId, Traits,
};

/// All such lines of a product.
pub(super) fn lines(product: &Product) -> Vec<DeclarationLine> {
    let mut lines = TermLines {
        product,
        lines: Vec::new(),
    };
    lines.document();
    lines.sources();
    lines.facts();
    lines.conflicts();
    lines.advice();
    lines.properties();
    lines.lines
}

/// What stands before the title, the reason and the basis of something.
const WORDS: [&str; 3] = ["what ", "the reason of ", "the basis of "];

/// Whether a line is about the words of something, and not about what it is.
pub(super) fn is_about_words(what: &str) -> bool {
    WORDS.iter().any(|words| what.starts_with(words))
}

struct TermLines<'p> {
    product: &'p Product,
    lines: Vec<DeclarationLine>,
}

impl TermLines<'_> {
    fn is(&mut self, kind: ChangeKind, what: String, is: String) {
        self.line(kind, what, is, false);
    }

    fn part(&mut self, kind: ChangeKind, what: String, is: String) {
        self.line(kind, what, is, true);
    }

    fn line(&mut self, kind: ChangeKind, what: String, is: String, is_part: bool) {
        self.lines.push(DeclarationLine {
            kind,
            what,
            is,
            is_part,
        });
    }

    /// The document, its sections, and the headings that actions stand under.
    fn document(&mut self) {
        let product = self.product;
        let title = product.document.to_string();
        self.is(
            ChangeKind::Title,
            "what the document is called".to_owned(),
            title,
        );
        for section in &product.sections {
            let what = format!("what the section {} is called", section.id);
            self.is(ChangeKind::Section, what, section.heading.to_string());
        }
        for action in &product.actions {
            if let Some(group) = product.groups.get(action.group) {
                let what = format!("the heading above the action {}", action.id);
                self.part(ChangeKind::Title, what, group.title.to_string());
            }
        }
    }

    /// The sections that declarations come from, and the hint who usually holds a role.
    fn sources(&mut self) {
        let product = self.product;
        for role in &product.roles {
            self.section(&format!("the role {}", role.id), role.section);
            let usually = role.holders.as_ref().and_then(|it| it.usually.clone());
            if let Some(usually) = usually {
                let what = format!("who usually holds {}", role.id);
                self.is(ChangeKind::Declared, what, usually.to_string());
            }
        }
        for setting in &product.settings {
            self.section(&format!("the setting {}", setting.id), setting.section);
        }
        for reading in &product.readings {
            self.section(&format!("the reading {}", reading.id), reading.section);
        }
    }

    fn section(&mut self, of: &str, section: SectionId) {
        let what = format!("the section of {of}");
        let heading = self.product.heading(section).to_owned();
        self.part(ChangeKind::Section, what, heading);
    }

    /// The values that facts have where a question does not say.
    fn facts(&mut self) {
        for action in &self.product.actions {
            for used in &action.facts {
                let Some((fact, default)) = self.product.fact(used.fact).zip(used.default) else {
                    continue;
                };
                let what = format!(
                    "{} where a question about {} says nothing",
                    fact.id, action.id
                );
                let word = fact.domain.word(default).to_owned();
                self.part(ChangeKind::Declared, what, word);
            }
        }
    }

    fn conflicts(&mut self) {
        let product = self.product;
        for conflict in &product.conflicts {
            let both = actions(product, &conflict.both);
            let except = match conflict.except.as_slice() {
                [] => String::new(),
                except => format!(", except {}", roles(product, except)),
            };
            let what = format!("the conflict {}", conflict.id);
            self.is(
                ChangeKind::Conflict,
                what.clone(),
                format!("{both}{except}"),
            );
            let because = &conflict.because;
            self.words(ChangeKind::Conflict, &what, &conflict.title, Some(because));
            self.source(
                ChangeKind::Conflict,
                &what,
                (Some(conflict.basis), conflict.section),
            );
        }
    }

    fn advice(&mut self) {
        for advice in &self.product.advice {
            let what = format!("the advice {}", advice.id);
            self.words(
                ChangeKind::Advice,
                &what,
                &advice.title,
                Some(&advice.because),
            );
            let from = (Some(advice.basis), Some(advice.section));
            self.source(ChangeKind::Advice, &what, from);
        }
    }

    fn properties(&mut self) {
        for property in &self.product.properties {
            let what = format!("the property {}", property.id);
            let claim = claimed(self.product, &property.claim);
            self.is(ChangeKind::Property, what.clone(), claim);
            self.words(ChangeKind::Property, &what, &property.title, None);
            self.source(
                ChangeKind::Property,
                &what,
                (property.basis, property.section),
            );
        }
    }

    fn words(&mut self, kind: ChangeKind, of: &str, title: &str, because: Option<&str>) {
        self.is(kind, format!("what {of} is called"), title.to_owned());
        if let Some(because) = because {
            self.is(kind, format!("the reason of {of}"), because.to_owned());
        }
    }

    fn source(
        &mut self,
        kind: ChangeKind,
        of: &str,
        (basis, section): (Option<Basis>, Option<SectionId>),
    ) {
        let basis = basis.map_or("no basis", Basis::word);
        let section = section.map_or("no section", |section| self.product.heading(section));
        let is = format!("{basis}, from {section}");
        self.is(kind, format!("the basis of {of}"), is);
    }
}

fn actions(product: &Product, actions: &[ActionId]) -> String {
    let actions = actions.iter().filter_map(|id| product.action(*id));
    listed(actions.map(|action| &*action.id))
}

fn changes(product: &Product, changes: &[ChangeId]) -> String {
    let changes = changes.iter().filter_map(|id| product.change(*id));
    listed(changes.map(|change| &*change.id))
}

fn roles(product: &Product, roles: &[RoleId]) -> String {
    listed(roles.iter().map(|role| product.role_name(*role)))
}

/// A claim in one line, by the keys of rule files.
fn claimed(product: &Product, claim: &PropertyClaim) -> String {
    match claim {
        PropertyClaim::Whoever(premise, conclusion) => format!(
            "whoever {{{}}}: {}",
            of_premise(product, premise),
            of_conclusion(product, conclusion)
        ),
        PropertyClaim::Nobody(premise) => format!("nobody {{{}}}", of_premise(product, premise)),
        PropertyClaim::Always(always) => {
            let (role, holders) = (
                product.role_name(always.role),
                HolderCount::words(always.holders),
            );
            let enabled = if always.enabled {
                " who is enabled"
            } else {
                ""
            };
            format!("always {holders} {role}{enabled}")
        }
        PropertyClaim::Alone => "alone: gains nothing".to_owned(),
    }
}

fn of_premise(product: &Product, premise: &Premise) -> String {
    let mut parts = of_traits(product, &premise.user);
    add(
        &mut parts,
        "can",
        actions(product, &premise.can),
        premise.can.is_empty(),
    );
    add(
        &mut parts,
        "cannot",
        actions(product, &premise.cannot),
        premise.cannot.is_empty(),
    );
    add(
        &mut parts,
        "makes",
        changes(product, &premise.makes),
        premise.makes.is_empty(),
    );
    let on = match premise.on {
        None => None,
        Some(RuleTargets::Anyone) => Some("anyone"),
        Some(RuleTargets::Others) => Some("others"),
        Some(RuleTargets::Oneself) => Some("self"),
    };
    parts.extend(on.map(|on| format!("on {on}")));
    of_target(product, &premise.target, &mut parts);
    parts.join("; ")
}

fn of_conclusion(product: &Product, conclusion: &Conclusion) -> String {
    let mut parts = of_traits(product, &conclusion.user);
    add(
        &mut parts,
        "can",
        actions(product, &conclusion.can),
        conclusion.can.is_empty(),
    );
    add(
        &mut parts,
        "cannot",
        actions(product, &conclusion.cannot),
        conclusion.cannot.is_empty(),
    );
    of_target(product, &conclusion.target, &mut parts);
    parts.join("; ")
}

fn of_target(product: &Product, target: &Traits, parts: &mut Vec<String>) {
    let target = of_traits(product, target);
    if !target.is_empty() {
        parts.push(format!("target {{{}}}", target.join("; ")));
    }
}

fn of_traits(product: &Product, traits: &Traits) -> Vec<String> {
    let mut parts = Vec::new();
    add(
        &mut parts,
        "holds",
        roles(product, &traits.holds),
        traits.holds.is_empty(),
    );
    add(
        &mut parts,
        "lacks",
        roles(product, &traits.lacks),
        traits.lacks.is_empty(),
    );
    for (of, value) in &traits.with {
        let (id, word) = match of {
            PremiseValue::Setting(setting) => {
                let setting = product.setting(*setting);
                setting.map_or(("?", "?"), |it| (&*it.id, it.domain.word(*value)))
            }
            PremiseValue::Reading(reading) => {
                let word = if value.is_yes() { "true" } else { "false" };
                product
                    .reading(*reading)
                    .map_or(("?", word), |it| (&*it.id, word))
            }
            PremiseValue::Fact(fact) => {
                let fact = product.fact(*fact);
                fact.map_or(("?", "?"), |it| (&*it.id, it.domain.word(*value)))
            }
        };
        parts.push(format!("with {id} {word}"));
    }
    parts
}

fn add(parts: &mut Vec<String>, key: &str, list: String, is_empty: bool) {
    if !is_empty {
        parts.push(format!("{key} {list}"));
    }
}
