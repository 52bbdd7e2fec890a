//! Firm files as people lay them out, with the places of everything that a change may touch.

use std::collections::BTreeMap;
use std::ops::Range;

use clio_rules::{Firm, ProductEntry};

use super::asking;
use super::choices::Choices;

/// A firm file.
#[derive(Debug, Default)]
pub struct Page {
    /// Its text.
    pub text: String,
    /// The seats in it, by user and product.
    pub seats: BTreeMap<(String, String), Seat>,
}

/// Where a seat stands.
#[derive(Debug, Default, Clone)]
pub struct Seat {
    /// All of it; in lines of its own up to the end of the last.
    pub place: Range<usize>,
    /// Its entries by their keys: from the key to the end of the value, in lines of its own up to the end of the last.
    pub entries: BTreeMap<String, Range<usize>>,
}

/// How lines end.
const ENDS: &[&str] = &["\n", "\r\n"];

/// How a file is laid out.
struct Writer<'c, 'b> {
    page: Page,
    choices: &'c mut Choices<'b>,
    products: Vec<ProductEntry>,
    end: &'static str,
    indent: usize,
    notes: usize,
    has_notes: bool,
}

/// An entry of a seat: its key, and one value or a list.
enum Value {
    Word(String, bool),
    Roles(Vec<String>),
}

impl Page {
    /// The file of a firm, laid out as the choices have it.
    pub fn of(firm: &Firm, choices: &mut Choices<'_>) -> Self {
        let mut writer = Writer {
            page: Self::default(),
            products: asking::catalogue(firm.rulebook()),
            end: ENDS[choices.below(ENDS.len())],
            indent: *choices.pick(&[2, 4]),
            notes: 0,
            has_notes: choices.flag(),
            choices,
        };
        match writer.choices.below(4) {
            0 => writer.json(firm),
            _ => writer.yaml(firm),
        }
        writer.page
    }
}

impl Writer<'_, '_> {
    fn push(&mut self, text: &str) {
        self.page.text.push_str(text);
    }

    fn at(&self) -> usize {
        self.page.text.len()
    }

    fn spaces(&mut self, levels: usize) {
        let spaces = " ".repeat(levels * self.indent);
        self.push(&spaces);
    }

    /// Ends a line, with a note on it now and then.
    fn ends(&mut self) {
        if self.has_notes && self.choices.below(3) == 2 {
            self.notes += 1;
            let note = format!("  # note {}: keep \"this\", [and] this: too", self.notes);
            self.push(&note);
        }
        let end = self.end;
        self.push(end);
        if self.has_notes && self.choices.below(8) == 7 {
            self.notes += 1;
            let indent = *self.choices.pick(&["", "    ", "            "]);
            let note = format!("{indent}# line {}: roles: [nobody]{end}", self.notes);
            self.push(&note);
        }
    }

    /// A word as one may write it.
    fn word(&mut self, word: &str) -> String {
        match self.choices.below(4) {
            0 => format!("'{word}'"),
            1 => format!("\"{word}\""),
            _ => word.to_owned(),
        }
    }

    fn yaml(&mut self, firm: &Firm) {
        let title = quoted(firm.name());
        self.push(&format!("firm: {title}"));
        self.ends();
        self.push("users:");
        self.ends();
        let level = self.choices.below(2);
        for user in firm.users() {
            self.spaces(level);
            let dash = format!("-{}", " ".repeat(self.indent - 1));
            self.push(&dash);
            match self.choices.below(4) {
                0 => {
                    self.flow_user(firm, user, false);
                    self.ends();
                }
                _ => self.block_user(firm, user, level + 1),
            }
        }
        if self.choices.below(4) == 0 {
            let kept = self.page.text.trim_end_matches(['\n', '\r']).len();
            self.page.text.truncate(kept);
            for seat in self.page.seats.values_mut() {
                seat.place.end = seat.place.end.min(kept);
                seat.entries
                    .values_mut()
                    .for_each(|entry| entry.end = entry.end.min(kept));
            }
        }
    }

    fn json(&mut self, firm: &Firm) {
        let title = quoted(firm.name());
        let gap = *self.choices.pick(&["", " ", "\n", "\n  "]);
        self.push(&format!("{{\"firm\": {title},{gap}\"users\": [{gap}"));
        for (number, user) in firm.users().enumerate() {
            if number > 0 {
                self.push(",");
                self.push(gap);
            }
            self.flow_user(firm, user, true);
        }
        self.push(gap);
        self.push("]}");
    }

    /// Keys of a user other than seats, with their values.
    fn about(firm: &Firm, user: &str) -> Vec<(&'static str, String)> {
        let mut about = vec![("id", quoted(user))];
        let name = firm.name_of(user).unwrap_or(user);
        if name != user {
            about.push(("name", quoted(name)));
        }
        if !is_enabled(firm, user) {
            about.push(("enabled", "false".to_owned()));
        }
        about
    }

    fn flow_user(&mut self, firm: &Firm, user: &str, is_json: bool) {
        let gap = *self.choices.pick(&["", " "]);
        self.push("{");
        self.push(gap);
        for (number, (key, value)) in Self::about(firm, user).into_iter().enumerate() {
            let comma = if number > 0 { ", " } else { "" };
            let key = key_of(key, is_json);
            self.push(&format!("{comma}{key}: {value}"));
        }
        for product in self.products.clone() {
            if let Some(entries) = self.entries(firm, user, &product) {
                let key = key_of(&product.id, is_json);
                self.push(&format!(", {key}: "));
                let seat = self.flow_seat(&entries, is_json);
                self.keep(user, &product, seat);
            }
        }
        self.push(gap);
        self.push("}");
    }

    fn block_user(&mut self, firm: &Firm, user: &str, level: usize) {
        for (number, (key, value)) in Self::about(firm, user).into_iter().enumerate() {
            if number > 0 {
                self.spaces(level);
            }
            self.push(&format!("{key}: {value}"));
            self.ends();
        }
        for product in self.products.clone() {
            let Some(entries) = self.entries(firm, user, &product) else {
                continue;
            };
            self.spaces(level);
            self.push(&format!("{}:", product.id));
            let seat = if entries.is_empty() || self.choices.below(3) == 0 {
                self.push(" ");
                let seat = self.flow_seat(&entries, false);
                self.ends();
                seat
            } else {
                self.block_seat(&entries, level + 1)
            };
            self.keep(user, &product, seat);
        }
    }

    fn keep(&mut self, user: &str, product: &ProductEntry, seat: Seat) {
        self.page
            .seats
            .insert((user.to_owned(), product.id.clone()), seat);
    }

    fn flow_seat(&mut self, entries: &[(String, Value)], is_json: bool) -> Seat {
        let mut seat = Seat::default();
        let gap = *self.choices.pick(&["", " "]);
        let start = self.at();
        self.push("{");
        self.push(gap);
        for (number, (key, value)) in entries.iter().enumerate() {
            if number > 0 {
                self.push(", ");
            }
            let start = self.at();
            let key = key_of(key, is_json);
            self.push(&format!("{key}: "));
            self.flow_value(value, is_json);
            seat.entries
                .insert(entries[number].0.clone(), start..self.at());
        }
        self.push(gap);
        self.push("}");
        seat.place = start..self.at();
        seat
    }

    fn flow_value(&mut self, value: &Value, is_json: bool) {
        match value {
            Value::Word(word, is_flag) => {
                let word = match (is_flag, is_json) {
                    (true, _) => word.clone(),
                    (false, true) => quoted(word),
                    (false, false) => self.word(word),
                };
                self.push(&word);
            }
            Value::Roles(roles) => {
                let roles: Vec<String> = roles
                    .iter()
                    .map(|role| {
                        if is_json {
                            quoted(role)
                        } else {
                            self.word(role)
                        }
                    })
                    .collect();
                let between = *self.choices.pick(&[",", ", ", " , "]);
                // A comma without a space behind it stays part of a plain word only in JSON.
                let between = if is_json { between } else { ", " };
                self.push(&format!("[{}]", roles.join(between)));
            }
        }
    }

    fn block_seat(&mut self, entries: &[(String, Value)], level: usize) -> Seat {
        let mut seat = Seat::default();
        let start = self.at();
        self.ends();
        for (key, value) in entries {
            self.spaces(level);
            let start = self.at();
            self.push(&format!("{key}:"));
            match value {
                Value::Roles(roles) if !roles.is_empty() && self.choices.flag() => {
                    self.ends();
                    let deeper = self.choices.below(2);
                    for role in roles {
                        self.spaces(level + deeper);
                        let role = self.word(role);
                        self.push(&format!("- {role}"));
                        self.ends();
                    }
                }
                value => {
                    self.push(" ");
                    self.flow_value(value, false);
                    self.ends();
                }
            }
            seat.entries.insert(key.clone(), start..self.at());
        }
        seat.place = start..self.at();
        seat
    }

    /// What a seat says; none where there is none.
    fn entries(
        &mut self,
        firm: &Firm,
        user: &str,
        product: &ProductEntry,
    ) -> Option<Vec<(String, Value)>> {
        let shape = shape(firm, user);
        let seat = shape.get(&product.id)?;
        let mut entries = Vec::new();
        let roles = firm.roles(&product.id, user).expect("both are there");
        if !roles.is_empty() || product.roles.is_empty() || self.choices.below(4) == 3 {
            entries.push((
                "roles".to_owned(),
                Value::Roles(roles.into_iter().map(str::to_owned).collect()),
            ));
        }
        for setting in &product.settings {
            // What is as usual is written down now and then as well.
            if seat.get(&setting.id).is_some() || self.choices.below(4) == 3 {
                let value = firm
                    .setting(&product.id, user, &setting.id)
                    .expect("all are there");
                let value = value.unwrap_or_default().to_owned();
                let is_flag = matches!(value.as_str(), "true" | "false");
                entries.push((setting.id.clone(), Value::Word(value, is_flag)));
            }
        }
        if entries.len() > 1 && self.choices.flag() {
            entries.reverse();
        }
        Some(entries)
    }
}

fn shape(firm: &Firm, user: &str) -> serde_json::Value {
    let shape = serde_json::to_value(firm).expect("a firm is a value");
    let users = shape["users"].as_array().expect("it has users");
    users
        .iter()
        .find(|entry| entry["id"] == user)
        .expect("it is one of them")
        .clone()
}

fn is_enabled(firm: &Firm, user: &str) -> bool {
    shape(firm, user).get("enabled").is_none()
}

fn key_of(key: &str, is_json: bool) -> String {
    if is_json { quoted(key) } else { key.to_owned() }
}

/// Between double quotes JSON is YAML.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text is a value")
}
