//! Random functions: bodies that remember, count, go through lists, leave early and try.

use super::book::{Function, Parameter, Scope};
use super::condition::{Conditions, is_flag};
use super::maker::Maker;

/// Levels of functions that call each other; a condition may call the highest.
pub(super) const LEVELS: usize = 3;

impl Maker {
    /// Adds a function.
    pub(super) fn function(&mut self) {
        let number = self.book.functions.len();
        let kinds = self.book.kinds.len();
        let takes = match self.rng.u8(..5) {
            0 | 1 => Parameter::Person,
            2 if kinds > 0 => {
                let kind = &self.book.kinds[self.rng.usize(..kinds)];
                Parameter::Thing(kind.id.clone())
            }
            _ => Parameter::Nothing,
        };
        let scope = if takes == Parameter::Nothing {
            self.some_scope()
        } else {
            Scope::default()
        };
        let level = self.rng.usize(..LEVELS);
        let mut conditions = Conditions {
            rng: &mut self.rng,
            book: &self.book,
            scope: &scope,
            level,
            takes: &takes,
        };
        let body = body(&mut conditions);
        self.book.functions.push(Function {
            name: format!("fn_{number}").into(),
            takes,
            scope,
            level,
            body,
        });
    }
}

/// Statements, the last of which is the answer.
fn body(conditions: &mut Conditions<'_>) -> String {
    let mut flag = || conditions.flag(1);
    let (one, two, three) = (flag(), flag(), flag());
    match conditions.rng.usize(..7) {
        0 => format!(
            "    let found = {one};\n    if found {{\n        return {two};\n    }}\n    {three}\n"
        ),
        1 => format!(
            "    let count = 0;\n    if {one} {{ count += 1; }}\n    if {two} {{ count += 1; }}\n    if {three} {{ count += 1; }}\n    count {}\n",
            [">= 2", "== 1", "< 3", "!= 0", "% 2 == 1"][conditions.rng.usize(..5)]
        ),
        2 => over_values(conditions, &two),
        3 => format!(
            "    let found = false;\n    try {{\n        found = {one};\n    }} catch {{\n        found = true;\n    }}\n    found || {two}\n"
        ),
        4 => format!(
            "    let left = 2;\n    while left > 0 {{\n        left -= 1;\n        if {one} {{ break; }}\n    }}\n    if left == 0 {{ {two} }} else {{ {three} }}\n"
        ),
        5 => format!("    if {one} {{\n        {two}\n    }} else {{\n        {three}\n    }}\n"),
        _ => format!("    // What it comes to.\n    {}\n", conditions.flag(2)),
    }
}

/// A list of values, gone through one by one.
fn over_values(conditions: &mut Conditions<'_>, otherwise: &str) -> String {
    let book = conditions.book;
    let words = book.settings.iter().find(|setting| !is_flag(setting));
    let who = match (conditions.takes, conditions.scope.user) {
        (Parameter::Person, _) => Some("person"),
        (Parameter::Nothing, true) => Some("user"),
        _ => None,
    };
    let (Some(setting), Some(who)) = (words, who) else {
        return format!("    {otherwise}\n");
    };
    let values: Vec<String> = setting.values.iter().map(|v| format!("\"{v}\"")).collect();
    let most = conditions.rng.usize(1..=values.len());
    format!(
        "    for value_{0} in [{1}] {{\n        if {who}.{0} == value_{0} {{\n            return {2};\n        }}\n    }}\n    {otherwise}\n",
        setting.id,
        values[..most].join(", "),
        conditions.flag(1)
    )
}
