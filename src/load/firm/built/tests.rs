//! Code and file say the same of the same users, over odd users made by chance.

use std::collections::BTreeSet;

use super::super::LoadError;
use super::*;
use crate::Loader;
use crate::tests::dice::Dice;
use pretty_assertions::assert_eq;

/// Texts that are unusual somewhere: some that no file can hold, some that only look like it.
const ODD: &[&str] = &[
    "",
    " ",
    "\t",
    "\n",
    "a\tb",
    "a\nb",
    "\r",
    "a\r\nb",
    "\0",
    "a\u{7}b",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "a\u{2029}",
    "\u{feff}",
    "\u{feff}x",
    "x\u{feff}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{202e}x",
    "\u{200b}",
    "\u{a0}",
    "\u{3000}",
    "null",
    "~",
    "true",
    "no",
    "- x",
    "a: b",
    "a:",
    ":",
    "#c",
    "a #c",
    "'",
    "it's",
    "\"",
    "\\",
    "\\n",
    "{",
    "[a",
    "]",
    "*a",
    "&a",
    "!t",
    "%",
    "@",
    "`",
    "|",
    ">",
    "?",
    "? a",
    "---",
    "...",
    "--- a",
    "<<",
    "0x1F",
    "012",
    "1e3",
    "é",
    "𝒳",
    " x",
    "x ",
    "users",
    "id",
    "roles",
];

/// What users are made of, by chance: mostly what is there, and now and then something odd.
struct Makings {
    dice: Dice,
    oddities: usize,
    /// Of so many texts one is odd.
    rarely: usize,
}

impl Makings {
    fn text(&mut self, usual: &[&str]) -> String {
        if self.dice.roll(self.rarely) > 0 {
            return self.dice.one(usual).to_owned();
        }
        self.oddities += 1;
        match self.dice.roll(12) {
            0 => "x".repeat(self.dice.roll(9_000)),
            1 => "it's é ".repeat(self.dice.roll(1_500)),
            2 => "x\n".repeat(self.dice.roll(200)) + "x",
            3 => format!("{}\u{85}", "x".repeat(self.dice.roll(5_000))),
            _ => self.dice.one(ODD).to_owned(),
        }
    }

    /// A product or setting. YAML has no keys of more than a thousand characters, escapes included; and a seat of a
    /// file has other keys than this one, which no product and no setting can be called.
    fn key(&mut self, usual: &[&str]) -> String {
        let key: String = self.text(usual).chars().take(90).collect();
        if ["id", "roles"].contains(&key.as_str()) {
            "other".to_owned()
        } else {
            key
        }
    }

    fn user(&mut self, ids: &[&str]) -> User {
        let mut user = User::new(self.text(ids));
        if self.dice.roll(3) == 0 {
            user = user.name(self.text(&["Ada Moss", "Ben", "Cid"]));
        }
        if self.dice.roll(8) == 0 {
            user = user.disabled();
        }
        let seats = self.dice.one(&[0, 1, 1, 1, 2]);
        (0..seats).fold(user, |user, _| user.seat(self.seat()))
    }

    fn seat(&mut self) -> Seat {
        let product = self.key(&["manage", "manage", "manage", "grow"]);
        let roles: &[&str] = match product.as_str() {
            "grow" => &["normal", "admin"],
            _ => &["billing", "reports", "accounts"],
        };
        let count = match product.as_str() {
            "grow" => 1,
            _ => self.dice.roll(3),
        };
        let mut seat = (0..count).fold(Seat::new(product), |seat, _| seat.role(self.text(roles)));
        for _ in 0..self.dice.one(&[0, 0, 0, 1, 2]) {
            let name = self.key(&["billing_rate_visibility", "receives_bill_reminder_replies"]);
            let value = match name.as_str() {
                "receives_bill_reminder_replies" => self.text(&["true", "false"]),
                _ => self.text(&["own", "all"]),
            };
            seat = seat.setting(name, value);
        }
        seat
    }

    fn firm(&mut self) -> (String, Vec<User>) {
        let name = self.text(&["Moss", "Hartley Moss LLP"]);
        let owner = Seat::new("manage").role("primary_subscriber");
        let mut users = match self.dice.roll(10) {
            0 => Vec::new(),
            _ => vec![User::new(self.text(&["ada"])).seat(owner)],
        };
        for id in ["ben", "cid", "dan"].into_iter().take(self.dice.roll(4)) {
            let ids = if self.dice.roll(20) == 0 { "ada" } else { id };
            users.push(self.user(&[ids]));
        }
        (name, users)
    }
}

/// The users as the text of a firm file, written as plainly as can be, whatever they are.
fn in_a_file(name: &str, users: &[User]) -> String {
    let quoted = |text: &str| {
        let escaped = text.chars().map(|c| match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' | '_' => c.to_string(),
            c => format!("\\U{:08X}", u32::from(c)),
        });
        format!("\"{}\"", escaped.collect::<String>())
    };
    let mut text = format!("firm: {}\nusers:\n", quoted(name));
    if users.is_empty() {
        text = text.replace("users:", "users: []");
    }
    for user in users {
        text += &format!(
            "  - id: {}\n    enabled: {}\n",
            quoted(&user.id),
            user.enabled
        );
        if let Some(name) = &user.name {
            text += &format!("    name: {}\n", quoted(name));
        }
        for seat in &user.seats {
            let roles: Vec<String> = seat.roles.iter().map(|role| quoted(role)).collect();
            let settings = seat.settings.iter();
            let settings = settings.map(|(name, value)| (quoted(name), quoted(value)));
            text += &format!(
                "    {}:\n      roles: [{}]\n",
                quoted(&seat.product),
                roles.join(", ")
            );
            settings.for_each(|(name, value)| text += &format!("      {name}: {value}\n"));
        }
    }
    text
}

fn codes(result: &Result<Firm, LoadError>) -> BTreeSet<&'static str> {
    let found = result.as_ref().err().into_iter();
    let found = found.flat_map(|error| error.findings().iter());
    found.map(|finding| finding.code().name()).collect()
}

/// The firm of a text is this firm, names included.
fn reads_back(firm: &Firm, text: &str) {
    let read = Firm::from_text(firm.rulebook(), "firm.yaml", text);
    let read = read.unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert!(read.is_as(firm), "{text}");
    assert_eq!(read.name(), firm.name());
    for user in firm.users() {
        assert_eq!(read.name_of(user), firm.name_of(user));
    }
}

#[test]
fn code_accepts_what_a_file_can_hold_and_refuses_the_rest_with_the_same_findings() {
    let rulebook = Rulebook::builtin().unwrap();
    let (mut accepted, mut odd, mut seen) = (0, 0, BTreeSet::new());
    for seed in 0..3_000 {
        let mut makings = Makings {
            dice: Dice(seed),
            oddities: 0,
            rarely: 6 + seed as usize % 40,
        };
        let (name, users) = makings.firm();
        let text = in_a_file(&name, &users);
        let built = Firm::of_users(&rulebook, &name, users);
        let read = Firm::from_text(&rulebook, "firm.yaml", &text);
        let (here, there) = (codes(&built), codes(&read));
        assert_eq!(
            built.is_ok(),
            read.is_ok(),
            "seed {seed}: {here:?} {there:?}\n{text}"
        );
        // What is no YAML is not looked at any further in a file.
        assert!(
            there.is_subset(&here),
            "seed {seed}: {here:?} {there:?}\n{text}"
        );
        seen.extend(there);
        if let Ok(firm) = built {
            reads_back(&firm, &text);
            reads_back(&firm, &firm.to_yaml());
            accepted += 1;
            odd += usize::from(makings.oddities > 0);
        }
    }
    println!("3000 firms: {accepted} accepted, {odd} of them odd; {seen:?}");
    assert!(
        accepted > 800 && odd > 100,
        "{accepted} accepted, {odd} odd"
    );
    let all = [
        "complex-key",
        "control-character",
        "direction-character",
        "duplicate-key",
        "duplicate-role",
        "duplicate-user",
        "empty-value",
        "invisible-in-id",
        "levels-not-one",
        "line-break",
        "no-holder",
        "unknown-product",
        "unknown-role",
        "unknown-setting",
        "unknown-value",
    ];
    let unseen: Vec<&str> = all
        .into_iter()
        .filter(|code| !seen.contains(code))
        .collect();
    assert_eq!(unseen, [""; 0]);
}

#[test]
fn what_is_wrong_is_said_with_its_user() {
    let rulebook = Rulebook::builtin().unwrap();
    let ada = || User::new("ada");
    for (user, expected) in [
        (
            User::new("a\0"),
            "error[control-character]: the invisible character U+0000 stands here, in the id of user 2; delete it, or put a space",
        ),
        (
            User::new(" "),
            "error[empty-value]: a value is missing here, in the id of user 2; a user has an empty id: give them one",
        ),
        (
            ada()
                .seat(Seat::new("grow").role("normal"))
                .seat(Seat::new("grow").role("admin")),
            "error[duplicate-key]: `grow` stands here a second time, in user 2; remove one of the two",
        ),
        (
            ada().seat(Seat::new("manage").setting("a", "b").setting("a", "b")),
            "error[duplicate-key]: `a` stands here a second time, in user 2; remove one of the two",
        ),
    ] {
        let error = Firm::of_users(&rulebook, "Moss", [User::new("ben"), user]).unwrap_err();
        let first = error.findings().iter().next().unwrap();
        assert_eq!(first.to_string(), expected);
    }
}

const SIGNS: &[&str] = &["x", "é", "'", "x ", "\t"];

/// Under tight limits as well: what is accepted is what can be written and read back.
#[test]
fn limits_of_files_are_limits_of_code() {
    let rules = include_str!("../../../../tests/cases/loads/a_house/rules/door.yaml");
    let within = |limits: &Limits| {
        let rulebook = Loader::new()
            .limits(limits)
            .rulebook_from_texts([("door.yaml", rules)]);
        rulebook.unwrap()
    };
    let wide = within(&Limits::DEFAULT);
    let mut refused = BTreeSet::new();
    let mut accepted = 0;
    for seed in 0..600 {
        let mut dice = Dice(seed);
        let mut limits = Limits::DEFAULT;
        match seed % 5 {
            0 => limits.text_bytes = 1_000,
            1 => limits.events_per_user = 8 + dice.roll(20),
            2 => limits.firm_bytes = 200 + dice.roll(400),
            3 => limits.users = 3,
            _ => limits.firm_events = 40 + dice.roll(40),
        }
        // A tab is written as an escape; only names may hold one.
        let mut text = |most: usize, signs: &[&'static str]| {
            let one = dice.one(signs);
            one.repeat(dice.roll(most)) + "x"
        };
        let long = if seed % 10 == 0 { 900 } else { 60 };
        let owner = Seat::new("door").role("owner").setting("hours", "night");
        let mut users = vec![User::new("olga").seat(owner)];
        for number in 0..seed % 4 {
            let id = format!("{number}{}", text(long, &SIGNS[..4]));
            let seat = Seat::new("door").role("guest").setting("gets_mail", "true");
            users.push(User::new(id).name(text(long, SIGNS)).seat(seat));
        }
        let whole = Firm::of_users(&wide, "House", users.clone()).unwrap();
        let tight = within(&limits);
        let read = Firm::from_text(&tight, "firm.yaml", &whole.to_yaml());
        let built = Firm::of_users(&tight, "House", users);
        assert_eq!(
            codes(&built),
            codes(&read),
            "seed {seed}: {limits:?}\n{}",
            whole.to_yaml()
        );
        accepted += usize::from(built.is_ok());
        refused.extend(codes(&built));
        if let Err(error) = &built {
            assert!(
                error
                    .findings()
                    .iter()
                    .all(|finding| finding.place().is_none())
            );
        }
    }
    let all = [
        "file-too-large",
        "text-too-long",
        "too-many-events",
        "too-many-users",
    ];
    assert_eq!(refused, BTreeSet::from(all));
    assert!(accepted > 200, "{accepted}");
}
