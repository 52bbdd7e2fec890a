//! A made rulebook as rule file and script.

use std::fmt::{self, Display, Write};

use super::book::{
    Action, Book, Change, Clause, Effect, Group, PASS_ON, PRODUCT, Parameter, Role, Rules,
};
use super::kind::{TakenFact, ThingKind};
use crate::model::{Arguments, Setting, Word};
use crate::sides::Texts;

/// What every entry says of where it comes from.
const SOURCE: &str = "basis: stated, section: all";

const HEAD: &str = "product: made
title: Made

document:
  title: Nothing
  sections:
    all: All of it

grounds:
  user_disabled: { because: Disabled, basis: inferred, section: all }
  user_has_no_seat: { because: No seat, basis: inferred, section: all }
  target_has_no_seat: { because: No seat there, basis: inferred, section: all }
";

impl Book {
    /// The files, by name.
    pub(crate) fn texts(&self) -> Texts {
        let mut texts = vec![(format!("{PRODUCT}.yaml"), self.rules())];
        if !self.functions.is_empty() {
            texts.push((format!("{PRODUCT}.rhai"), self.script()));
        }
        texts
    }

    fn rules(&self) -> String {
        let mut to = Yaml(HEAD.to_owned());
        to.list("roles", &self.roles, |to, role| to.role(self, role));
        if !self.levels.is_empty() {
            to.line(0, "seats:");
            to.line(
                2,
                format_args!("hold: exactly one of [{}]", self.levels.join(", ")),
            );
        }
        if !self.shared.is_empty() {
            to.line(
                0,
                format_args!("\nvalues:\n  {SHARED}: {}", Listed(&self.shared)),
            );
        }
        to.list("things", &self.kinds, |to, kind| to.kind(self, kind));
        to.list("settings", &self.settings, |to, one| to.setting(self, one));
        to.list("readings", &self.readings, Yaml::reading);
        to.list("refusals", &self.refusals, |to, refusal| {
            to.line(2, format_args!("{}:", refusal.id));
            to.condition(4, Some(&refusal.when));
            to.line(4, "because: It is refused");
        });
        to.list("actions", &self.groups, |to, group| to.group(self, group));
        to.list("changes", &self.changes, Yaml::change);
        to.list("effects", &self.effects, Yaml::effect);
        to.0
    }

    fn script(&self) -> String {
        let functions = self.functions.iter().map(|function| {
            let parameter = match function.takes {
                Parameter::Nothing => "",
                Parameter::Person => "person",
                Parameter::Thing(_) => "thing",
            };
            format!(
                "fn {}({parameter}) {{\n{}}}\n",
                function.name, function.body
            )
        });
        functions.collect::<Vec<_>>().join("\n")
    }
}

/// The id of the list of values that is shared.
const SHARED: &str = "common";

struct Yaml(String);

impl Yaml {
    fn line(&mut self, indent: usize, line: impl Display) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "{:indent$}{line}", "");
    }

    fn list<T>(&mut self, key: &str, list: &[T], mut write: impl FnMut(&mut Self, &T)) {
        if list.is_empty() {
            return;
        }
        self.line(0, format_args!("\n{key}:"));
        for one in list {
            write(self, one);
        }
    }

    fn source(&mut self, indent: usize) {
        for line in SOURCE.split(", ") {
            self.line(indent, line);
        }
    }

    fn condition(&mut self, indent: usize, when: Option<&String>) {
        if let Some(when) = when {
            self.line(indent, format_args!("when: '{when}'"));
        }
    }

    fn role(&mut self, book: &Book, role: &Role) {
        self.line(2, format_args!("{}:", role.id));
        self.line(4, "title: A role");
        self.source(4);
        if !role.brings.is_empty() {
            self.line(4, "brings:");
        }
        for (brought, when) in &role.brings {
            self.line(6, format_args!("- roles: {brought}"));
            self.condition(8, when.as_ref());
        }
        if let Some(owner) = book.owner.as_ref().filter(|owner| owner.role == role.id) {
            self.line(4, "holders:");
            self.line(6, "count: exactly one");
            self.line(6, format_args!("enabled: {}", owner.is_enabled));
            if book.changes.iter().any(|change| &*change.id == PASS_ON) {
                self.line(4, format_args!("moves_by: {PASS_ON}"));
            }
        }
    }

    fn values(&mut self, book: &Book, indent: usize, one: &Setting) {
        if one.values == book.shared {
            self.line(indent, format_args!("values: {SHARED}"));
        } else {
            self.line(indent, format_args!("values: {}", Listed(&one.values)));
        }
    }

    fn kind(&mut self, book: &Book, kind: &ThingKind) {
        self.line(2, format_args!("{}:", kind.id));
        self.line(4, "title: A thing");
        if let Some(whole) = &kind.part_of {
            self.line(4, format_args!("part_of: {whole}"));
            if *whole == kind.id {
                self.line(4, format_args!("depth: {}", kind.depth));
            }
        }
        if !kind.properties.is_empty() {
            self.line(4, "properties:");
        }
        for one in &kind.properties {
            self.line(6, format_args!("{}:", one.id));
            self.values(book, 8, one);
            if let Some(usual) = one.values.first() {
                self.line(8, format_args!("default: {usual}"));
            }
        }
        if !kind.lists.is_empty() {
            self.line(4, "lists:");
        }
        for list in &kind.lists {
            self.line(6, format_args!("{}:", list.id));
            self.line(8, "title: A list");
            if !list.brings.is_empty() {
                self.line(8, format_args!("brings: {}", Listed(&list.brings)));
            }
            if list.is_single {
                self.line(8, "holds: one");
            }
            if list.is_open {
                self.line(8, "default: everyone");
            }
        }
    }

    fn taken(&mut self, book: &Book, taken: &TakenFact) {
        self.line(6, format_args!("{}:", taken.fact.id));
        self.values(book, 8, &taken.fact);
        if let Some(usual) = &taken.default {
            self.line(8, format_args!("default: {usual}"));
        }
        let [open, listed, not_listed] = &taken.words;
        let list = &taken.list;
        self.line(
            8,
            format_args!(
                "from: {{ list: {list}, open: {open}, listed: {listed}, not_listed: {not_listed} }}"
            ),
        );
    }

    fn setting(&mut self, book: &Book, setting: &Setting) {
        self.line(2, format_args!("{}:", setting.id));
        self.line(4, "title: A setting");
        self.values(book, 4, setting);
        if let Some(usual) = setting.values.first() {
            self.line(4, format_args!("default: {usual}"));
        }
        self.source(4);
    }

    fn reading(&mut self, reading: &Word) {
        self.line(2, format_args!("{reading}:"));
        self.line(4, "question: Is it so?");
        self.line(4, "default: true");
        self.line(4, "section: all");
    }

    fn group(&mut self, book: &Book, group: &Group) {
        self.line(2, "- group: A group");
        self.source(4);
        if group.on_target {
            self.line(4, "target: user");
        }
        if let Some(thing) = &group.thing {
            self.line(4, format_args!("target: {thing}"));
        }
        if !group.facts.is_empty() {
            self.line(4, "facts:");
        }
        for fact in book
            .facts
            .iter()
            .filter(|fact| group.facts.contains(&fact.id))
        {
            self.line(6, format_args!("{}:", fact.id));
            self.values(book, 8, fact);
        }
        let taken = book.kinds.iter().flat_map(|kind| &kind.taken);
        for taken in taken.filter(|taken| group.facts.contains(&taken.fact.id)) {
            self.taken(book, taken);
        }
        self.rules(4, &group.rules);
        self.line(4, "actions:");
        for action in &group.actions {
            self.action(action);
        }
    }

    fn action(&mut self, action: &Action) {
        let Some(rules) = &action.rules else {
            return self.line(6, format_args!("{}: An action", action.id));
        };
        self.line(6, format_args!("{}:", action.id));
        self.line(8, "title: An action");
        self.rules(8, rules);
    }

    fn rules(&mut self, indent: usize, rules: &Rules) {
        let rules = match rules {
            Rules::One(clause) => return self.clause(indent, clause),
            Rules::Several(rules) => rules,
        };
        self.line(indent, "rules:");
        for rule in rules {
            self.line(indent + 2, format_args!("- rule: {}", rule.id));
            if let Some(whom) = rule.whom {
                self.line(indent + 4, format_args!("whom: {whom}"));
            }
            self.clause(indent + 4, &rule.clause);
        }
    }

    fn clause(&mut self, indent: usize, clause: &Clause) {
        self.line(indent, format_args!("allow: {}", clause.allow));
        if clause.when.is_some() {
            self.condition(indent, clause.when.as_ref());
            self.line(indent, "because: It does not hold");
        }
        if !clause.unless.is_empty() {
            self.line(indent, format_args!("unless: {}", Listed(&clause.unless)));
        }
    }

    fn change(&mut self, change: &Change) {
        self.line(2, format_args!("{}:", change.id));
        self.line(4, "title: A change");
        self.source(4);
        match &change.arguments {
            Arguments::Nothing => {}
            Arguments::Role(roles) => {
                self.line(4, "takes:");
                self.line(6, format_args!("role: {}", Listed(roles)));
            }
            Arguments::Setting(settings) => {
                self.line(4, "takes:");
                self.line(6, format_args!("setting: {}", Listed(settings)));
                self.line(6, "value: a value of setting");
            }
        }
        self.clause(4, &change.clause);
        self.does(&change.does);
    }

    fn effect(&mut self, effect: &Effect) {
        let after = effect.after.as_deref().unwrap_or("nothing changed");
        self.line(2, format_args!("{}:", effect.id));
        self.line(4, "title: An effect");
        self.line(4, format_args!("after: {after}"));
        self.condition(4, effect.when.as_ref());
        self.source(4);
        self.does(&effect.does);
    }

    fn does(&mut self, does: &[String]) {
        if !does.is_empty() {
            self.line(4, "does:");
        }
        for one in does {
            self.line(6, format_args!("- {one}"));
        }
    }
}

/// `[one, other]`
struct Listed<'w>(&'w [Word]);

impl Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}]", self.0.join(", "))
    }
}
