//! A firm as the text of a firm file.

use std::fmt::Write;

use crate::firm::{Firm, SeatShape, SettingShape, UserShape};
use crate::link::product::{Conflict, Product};
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
        let readings = self.chosen_readings();
        if !readings.is_empty() {
            text.push_str("readings:\n");
        }
        for (product, choices) in readings {
            push(&mut text, format_args!("  {product}:\n"));
            for (reading, choice) in choices {
                push(&mut text, format_args!("    {reading}: {choice}\n"));
            }
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
        let UserShape {
            id,
            name,
            enabled,
            seats,
        } = self.shape(user);
        push(text, format_args!("  - id: {}\n", write_scalar(id)));
        if let Some(name) = name {
            push(text, format_args!("    name: {}\n", write_scalar(name)));
        }
        if !enabled {
            text.push_str("    enabled: false\n");
        }
        for (product, SeatShape { roles, settings }) in &seats.0 {
            if roles.is_empty() && settings.0.is_empty() {
                push(text, format_args!("    {product}: {{}}\n"));
                continue;
            }
            push(text, format_args!("    {product}:\n"));
            if !roles.is_empty() {
                let roles: Vec<String> = roles.iter().map(ToString::to_string).collect();
                push(text, format_args!("      roles: [{}]\n", roles.join(", ")));
            }
            for (setting, value) in &settings.0 {
                let word = match value {
                    SettingShape::Flag(flag) => flag.to_string(),
                    SettingShape::Word(word) => write_scalar(word),
                };
                push(text, format_args!("      {setting}: {word}\n"));
            }
        }
    }
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
