//! A firm as the text of a firm file.

use std::fmt::Write;

use crate::explore::compile::CompiledProduct;
use crate::explore::layout::{Layout, Word};
use crate::firm::{Firm, profile};
use crate::link::product::{Conflict, Product, ReadingId, SettingId};
use crate::yaml::write_scalar;

impl Firm {
    /// The text of a firm file that loads as this firm. Defaults are left out.
    ///
    /// ```
    /// use clio_rules::{Firm, Rulebook, Seat, User};
    ///
    /// let rulebook = Rulebook::builtin()?;
    /// let firm = Firm::of_users(&rulebook, "Sole", [User::new("ada").seat(Seat::new("grow").role("admin"))])?;
    /// assert_eq!(firm.to_yaml(), "firm: Sole\nusers:\n  - id: ada\n    grow:\n      roles: [admin]\n");
    /// assert_eq!(Firm::from_text(&rulebook, "firm.yaml", &firm.to_yaml())?.users().count(), 1);
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn to_yaml(&self) -> String {
        let users = self.roster.len() as u32;
        let heading = if users == 0 { "users: []" } else { "users:" };
        let mut text = format!("firm: {}\n{heading}\n", write_scalar(self.name()));
        for user in 0..users {
            self.write_user(user, &mut text);
        }
        let mut chosen = String::new();
        let all = self.rulebook.compiled().iter().enumerate();
        for (number, compiled) in all {
            let choices = choices(compiled, self.readings_of(number));
            if !choices.is_empty() {
                push(
                    &mut chosen,
                    format_args!("  {}:\n{choices}", compiled.product.id),
                );
            }
        }
        if !chosen.is_empty() {
            push(&mut text, format_args!("readings:\n{chosen}"));
        }
        let mut own = String::new();
        for (number, compiled) in self.rulebook.compiled().iter().enumerate() {
            let conflicts: String = self
                .roster
                .conflicts(number)
                .map(|conflict| conflict_text(&compiled.product, conflict))
                .collect();
            if !conflicts.is_empty() {
                push(
                    &mut own,
                    format_args!("  {}:\n{conflicts}", compiled.product.id),
                );
            }
        }
        if !own.is_empty() {
            push(&mut text, format_args!("conflicts:\n{own}"));
        }
        text
    }

    fn write_user(&self, user: u32, text: &mut String) {
        let (id, name) = (self.roster.id(user), self.roster.name_of(user));
        push(text, format_args!("  - id: {}\n", write_scalar(id)));
        if name != id {
            push(text, format_args!("    name: {}\n", write_scalar(name)));
        }
        if !profile::is_enabled(self.roster.profile(0, user)) {
            text.push_str("    enabled: false\n");
        }
        for (number, compiled) in self.rulebook.compiled().iter().enumerate() {
            let words = self.roster.profile(number, user);
            if profile::has_seat(words) {
                let seat = seat(compiled, words);
                let id = &compiled.product.id;
                if seat.is_empty() {
                    push(text, format_args!("    {id}: {{}}\n"))
                } else {
                    push(text, format_args!("    {id}:\n{seat}"))
                }
            }
        }
    }
}

/// The lines of a seat; none where everything is at its default.
fn seat(compiled: &CompiledProduct, words: &[Word]) -> String {
    let (layout, product) = (&compiled.layout, &compiled.product);
    let roles: Vec<&str> = profile::roles(layout, product, words)
        .map(|role| product.role_name(role))
        .collect();
    let mut text = String::new();
    if !roles.is_empty() {
        push(
            &mut text,
            format_args!("      roles: [{}]\n", roles.join(", ")),
        );
    }
    for (number, setting) in product.settings.iter().enumerate() {
        let value = layout.setting(SettingId::from(number)).read(words);
        if value != setting.default {
            let word = setting.domain.word(value);
            let word = if setting.domain.is_flag() {
                word.to_owned()
            } else {
                write_scalar(word)
            };
            push(&mut text, format_args!("      {}: {word}\n", setting.id));
        }
    }
    text
}

/// The lines of the readings that are not as the rule file has them.
fn choices(compiled: &CompiledProduct, words: &[Word]) -> String {
    let mut text = String::new();
    for (number, reading) in compiled.product.readings.iter().enumerate() {
        let choice = Layout::reading(ReadingId::from(number))
            .read(words)
            .is_yes();
        if choice != reading.default {
            push(&mut text, format_args!("    {}: {choice}\n", reading.id));
        }
    }
    text
}

/// The lines of one of the firm's own conflicts.
fn conflict_text(product: &Product, conflict: &Conflict) -> String {
    let words = conflict.in_words(product);
    let mut text = format!("    {}:\n", conflict.id);
    let mut line = |key: &str, value: &str| push(&mut text, format_args!("      {key}: {value}\n"));
    line("title", &write_scalar(words.title));
    line("both", &format!("[{}]", words.both.join(", ")));
    if !words.except.is_empty() {
        line("except", &format!("[{}]", words.except.join(", ")));
    }
    line("because", &write_scalar(words.because));
    for (key, value) in [("basis", words.basis), ("section", words.section)] {
        if let Some(value) = value {
            line(key, value);
        }
    }
    text
}

fn push(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing into a text does not fail.
    let _ = text.write_fmt(line);
}
