//! A firm as the text of a firm file.

use std::fmt::Write;

use crate::firm::{EntryShape, Firm, SeatShape, SettingShape, ThingShape, UserShape};
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
        self.write_things(&mut text);
        text
    }

    fn write_things(&self, text: &mut String) {
        let mut groups = self.group_shapes().peekable();
        if groups.peek().is_some() {
            text.push_str("groups:\n");
        }
        for (id, members) in groups {
            let members = listed(&members);
            push(text, format_args!("  {}: {members}\n", write_scalar(id)));
        }
        let kinds = self.kinds_of_things();
        if !kinds.is_empty() {
            text.push_str("things:\n");
        }
        for (kind, of) in kinds {
            push(text, format_args!("  {}:\n", write_scalar(kind)));
            for thing in self.thing_shapes(&of) {
                write_thing(&thing, text);
            }
        }
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
                push(text, format_args!("      roles: {}\n", listed(roles)));
            }
            for (setting, value) in &settings.0 {
                push(
                    text,
                    format_args!("      {setting}: {}\n", value_text(value)),
                );
            }
        }
    }
}

fn write_thing(thing: &ThingShape<'_>, text: &mut String) {
    push(text, format_args!("    - id: {}\n", write_scalar(thing.id)));
    let mut line = |key: &str, value: &str| {
        push(text, format_args!("      {}: {value}\n", write_scalar(key)));
    };
    if let Some(title) = thing.title {
        line("title", &write_scalar(title));
    }
    if let Some((kind, id)) = thing.whole {
        line(kind, &write_scalar(id));
    }
    for (property, value) in &thing.properties {
        line(property, &value_text(value));
    }
    for (list, entries) in &thing.lists {
        line(list, &listed(entries));
    }
}

fn value_text(value: &SettingShape<'_>) -> String {
    match value {
        SettingShape::Flag(flag) => flag.to_string(),
        SettingShape::Word(word) => write_scalar(word),
    }
}

/// Entries of a list in brackets.
fn listed(entries: &[EntryShape<'_>]) -> String {
    let texts = entries.iter().map(|entry| match entry {
        EntryShape::Id(id) => write_scalar(id),
        EntryShape::Until { id, until } => {
            format!("{{ id: {}, until: {until} }}", write_scalar(id))
        }
    });
    format!("[{}]", texts.collect::<Vec<_>>().join(", "))
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
