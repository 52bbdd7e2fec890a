//! Actions: joins each action with its group and links its rules.

use std::fmt::Display;

use super::condition::ConditionScope;
use super::merge::{MergedAction, list, merge};
use super::names::Linker;
use super::product::{
    Action, ActionGroup, ActionId, Basis, FactId, FactSource, FactUse, KindId, Rule, RuleTargets,
    RulingId, RulingKind, SectionId,
};
use super::rulings::{ClauseOwner, ClauseParts, rulings_of};
use crate::finding::{names as unknown, rules as codes};
use crate::read::rule_file::{ActionDeclaration, AllowEntry, GroupEntry, RuleEntry};
use crate::value::Value;
use crate::yaml::{Condition, OneOrMany, Text};

/// The most actions of a product.
const MOST_ACTIONS: usize = 1_000_000;

/// The most bits for the facts of one action: one word without the bit for "user and target are the same".
const FACT_BITS: u32 = 63;

/// The most combinations of values of an action's facts without a default. A listing of everything has to list each of them.
const MOST_CHOICES: usize = 100_000;

impl Linker<'_> {
    pub(super) fn actions(&mut self, groups: &[GroupEntry]) {
        for group in groups {
            self.named_rules(
                group.rules.as_deref(),
                group.allow.as_ref(),
                group.when.as_ref(),
                group.unless.as_ref(),
            );
            let number = self.product.groups.len();
            self.product.groups.push(ActionGroup {
                title: group.group.value.as_str().into(),
            });
            for (id, entry) in &group.actions.0 {
                if let ActionDeclaration::Fields(own) = entry {
                    self.named_rules(
                        own.rules.as_deref(),
                        own.allow.as_ref(),
                        own.when.as_ref(),
                        own.unless.as_ref(),
                    );
                }
                self.action(number, &merge(group, id, entry));
            }
            self.group_in_vain(group);
        }
    }

    /// Checks `rules`, which stand alone, and their ids.
    fn named_rules(
        &mut self,
        rules: Option<&[RuleEntry]>,
        allow: Option<&AllowEntry>,
        when: Option<&Condition>,
        unless: Option<&OneOrMany<Text>>,
    ) {
        let Some(rules) = rules else { return };
        let unless = unless.and_then(|unless| unless.0.first());
        let beside = [
            ("allow", allow.map(|allow| allow.span)),
            ("when", when.map(|when| when.span)),
            ("unless", unless.map(|name| name.span)),
        ];
        for (key, span) in beside {
            if let Some(span) = span {
                self.report(&codes::RULES_AND_ALLOW, span, &[&key]);
            }
        }
        for rule in rules {
            self.id(&rule.rule, "a rule");
            self.rule_id(&rule.rule.value, rule.rule.span);
        }
    }

    fn action(&mut self, group: usize, merged: &MergedAction<'_>) {
        let id = merged.id;
        self.id(id, "an action");
        if let Some(first) = self.product.names.actions.get(id.value.as_str()) {
            let first = self
                .product
                .action(*first)
                .map(|action| action.place.clone());
            let finding = self.finding(&codes::DUPLICATE_ACTION, id.span, &[&id.value]);
            self.push(match first {
                Some(first) => finding.with_label(first, "first here"),
                None => finding,
            });
            return;
        }
        self.rule_id(&id.value, id.span);
        let number = ActionId::from(self.product.actions.len());
        self.product
            .names
            .actions
            .insert(id.value.as_str().into(), number);
        let is_on_user = |target: &&Text| target.value == "user";
        let on_target = merged.target.filter(is_on_user).is_some();
        let on_thing = merged.target.filter(|target| !is_on_user(target));
        let on_thing = on_thing.and_then(|target| self.kind_of_target(target));
        let facts = self.facts_of(merged, on_thing);
        let first_ruling = RulingId::from(self.product.rulings.len());
        let (rules, silent) = self.rules_of(merged, on_target, &facts);
        let place = self.place(id.span);
        self.product.actions.push(Action {
            id: id.value.as_str().into(),
            title: merged.title.value.as_str().into(),
            group,
            place,
            on_target,
            on_thing,
            needs_thing: on_thing.is_some() && !self.is_taken_from_thing(&facts),
            facts,
            first_ruling,
            rules,
            silent,
        });
        let count = self.product.actions.len();
        self.within(count, MOST_ACTIONS, "actions", id.span);
    }

    /// The facts an action takes, each with its bits in the word that comes with a question.
    fn facts_of(&mut self, merged: &MergedAction<'_>, on_thing: Option<KindId>) -> Vec<FactUse> {
        let mut facts = Vec::new();
        let mut shift = 1_u32;
        let mut choices = 1_usize;
        for (fact, default) in self.taken_facts(merged, on_thing) {
            let Some(domain) = self.product.fact(fact).map(|fact| fact.domain.clone()) else {
                continue;
            };
            if default.is_none() {
                choices = choices.saturating_mul(domain.len());
            }
            // A fact with one value needs no bit but counts as one, because a question also keeps one bit for each given fact.
            let width = bits(domain.len()).max(1);
            if shift % u32::BITS + width > u32::BITS {
                shift = shift.next_multiple_of(u32::BITS);
            }
            facts.push(FactUse {
                fact,
                default,
                shift: shift.min(u32::from(u8::MAX)) as u8,
            });
            shift += width;
        }
        if shift > FACT_BITS + 1 {
            self.report(
                &codes::FACTS_TOO_WIDE,
                merged.id.span,
                &[&merged.id.value, &(shift - 1), &FACT_BITS],
            );
        } else if choices > MOST_CHOICES {
            self.report(
                &codes::FACTS_TOO_MANY_CHOICES,
                merged.id.span,
                &[&merged.id.value, &choices, &MOST_CHOICES],
            );
        }
        facts
    }

    /// Whether a fact among these says what matters of a thing to whoever names none.
    fn is_taken_from_thing(&self, facts: &[FactUse]) -> bool {
        let mut sources = facts.iter().filter_map(|used| self.product.fact(used.fact));
        sources.any(|fact| matches!(fact.source, FactSource::Taken(..)))
    }

    /// The facts that an action takes: those it declares, then those of the thing it is done to. Each has its value where
    /// nobody says anything, if there is one.
    fn taken_facts(
        &mut self,
        merged: &MergedAction<'_>,
        on_thing: Option<KindId>,
    ) -> Vec<(FactId, Option<Value>)> {
        let mut taken = Vec::new();
        for (id, entry) in &merged.facts {
            let Some(fact) = self.product.names.facts.get(id.value.as_str()).copied() else {
                continue;
            };
            let declared = self.product.fact(fact);
            let source = declared.map(|fact| fact.source);
            let kind = source.and_then(FactSource::kind);
            let default = entry.default.as_ref();
            let default =
                default.and_then(|word| declared.and_then(|fact| fact.domain.find(&word.value)));
            taken.push((fact, default));
            if kind.is_some() && kind != on_thing {
                let owner = format!("`{}`", merged.id.value);
                self.report(&codes::THING_OUT_OF_REACH, id.span, &[&id.value, &owner]);
            }
        }
        let of_thing = on_thing.into_iter();
        let of_thing = of_thing.flat_map(|kind| self.product.facts_of_kind(kind));
        taken.extend(of_thing.map(|(fact, value)| (fact, Some(value))));
        taken
    }

    fn rules_of(
        &mut self,
        merged: &MergedAction<'_>,
        on_target: bool,
        facts: &[FactUse],
    ) -> (Vec<Rule>, u16) {
        let scope = ConditionScope {
            owner: format!("the action `{}`", merged.id.value),
            user: true,
            target: on_target,
            facts: facts.iter().map(|used| used.fact).collect::<Vec<FactId>>(),
            arguments: Vec::new(),
            taken: Vec::new(),
        };
        let mut rules = Vec::new();
        let mut first = 0;
        let mut clauses = self.clauses_of(merged, on_target);
        if !self.fit(clauses.iter().map(|(_, parts, _)| parts), merged.id) {
            clauses.clear();
        }
        for (whom, parts, speaker) in clauses {
            self.needs_because(parts.when, parts.because.is_some());
            let clause = self.clause(&parts, &speaker, &scope, first);
            first += rulings_of(&clause);
            rules.push(Rule { whom, clause });
        }
        let (basis, section) =
            self.source_of(merged.id, merged.basis, merged.section, !rules.is_empty());
        let place = self.place(merged.id.span);
        let speaker = ClauseOwner {
            rule: &merged.id.value,
            place,
            basis,
            section,
            site: None,
        };
        self.speak(
            &speaker,
            RulingKind::Silent,
            "no rule speaks about this case".to_owned(),
            Vec::new(),
            None,
        );
        self.no_gap(&rules, on_target, merged.id);
        (rules, first)
    }

    /// The clauses of an action in the order in which they are tried.
    fn clauses_of<'f>(
        &mut self,
        merged: &MergedAction<'f>,
        on_target: bool,
    ) -> Vec<(RuleTargets, ClauseParts<'f>, ClauseOwner<'f>)> {
        if let Some(rules) = merged.rules {
            return rules
                .iter()
                .map(|rule| self.named_rule(merged, rule, on_target))
                .collect();
        }
        let Some(allow) = merged.allow else {
            self.report(&codes::MISSING_ALLOW, merged.id.span, &[&merged.id.value]);
            return Vec::new();
        };
        let parts = ClauseParts {
            allow,
            when: merged.when,
            because: merged.because,
            unless: merged.unless,
        };
        let (basis, section) = self.source_of(merged.id, merged.basis, merged.section, false);
        let place = self.place(merged.id.span);
        vec![(
            RuleTargets::Anyone,
            parts,
            ClauseOwner {
                rule: &merged.id.value,
                place,
                basis,
                section,
                site: merged.site,
            },
        )]
    }

    fn named_rule<'f>(
        &mut self,
        merged: &MergedAction<'f>,
        rule: &'f RuleEntry,
        on_target: bool,
    ) -> (RuleTargets, ClauseParts<'f>, ClauseOwner<'f>) {
        let whom = rule.whom.as_ref().map_or(RuleTargets::Anyone, |whom| {
            self.whom(whom, merged, on_target)
        });
        let parts = ClauseParts {
            allow: &rule.allow,
            when: rule.when.as_ref(),
            because: rule.because.as_ref(),
            unless: list(rule.unless.as_ref()),
        };
        let basis = rule.basis.as_ref().or(merged.basis);
        let section = rule.section.as_ref().or(merged.section);
        let (basis, section) = self.source_of(&rule.rule, basis, section, false);
        let place = self.place(rule.rule.span);
        let site = rule.r#where.as_ref().or(merged.site);
        (
            whom,
            parts,
            ClauseOwner {
                rule: &rule.rule.value,
                place,
                basis,
                section,
                site,
            },
        )
    }

    fn whom(&mut self, word: &Text, merged: &MergedAction<'_>, on_target: bool) -> RuleTargets {
        if !on_target {
            let on = merged.target.map_or_else(
                || "nobody".to_owned(),
                |kind| format!("a thing of the kind `{}`", kind.value),
            );
            let words: [&dyn Display; 2] = [&merged.id.value, &on];
            let finding = self.finding(&codes::WHOM_WITHOUT_TARGET, word.span, &words);
            self.push(match merged.target {
                Some(_) => finding.with_help("remove `whom`: a thing is nobody"),
                None => finding,
            });
        }
        RuleTargets::named(&word.value).unwrap_or_else(|| {
            let expected = "`others`, `self` or `anyone`";
            self.unknown(&unknown::UNKNOWN_WORD, word, RuleTargets::WORDS, &expected);
            RuleTargets::Anyone
        })
    }

    /// Basis and section. A missing one is reported if it is required.
    pub(super) fn source_of(
        &mut self,
        id: &Text,
        basis: Option<&Text>,
        section: Option<&Text>,
        optional: bool,
    ) -> (Basis, SectionId) {
        if basis.is_none() && !optional {
            self.report(&codes::MISSING_BASIS, id.span, &[&id.value]);
        }
        if section.is_none() && !optional {
            self.report(&codes::MISSING_SECTION, id.span, &[&id.value]);
        }
        let basis = basis.map_or(Basis::Inferred, |basis| self.basis(basis));
        let section = section.map_or(SectionId(0), |section| self.section(section));
        (basis, section)
    }

    /// Reports if the rules of an action on a target do not cover both others and oneself.
    fn no_gap(&mut self, rules: &[Rule], on_target: bool, id: &Text) {
        let speaks = |whom| {
            rules
                .iter()
                .any(|rule| rule.whom == RuleTargets::Anyone || rule.whom == whom)
        };
        for (whom, words) in [
            (RuleTargets::Others, "others"),
            (RuleTargets::Oneself, "oneself"),
        ] {
            if on_target && !rules.is_empty() && !speaks(whom) {
                self.report(&codes::WHOM_LEAVES_GAP, id.span, &[&id.value, &words]);
            }
        }
    }
}

/// How many bits this many values need.
pub(crate) fn bits(values: usize) -> u32 {
    usize::BITS - values.saturating_sub(1).leading_zeros()
}
