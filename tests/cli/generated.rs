// Rule files by chance, for tests that hold over every rulebook. It is read by the tests of the library too, so it needs nothing
// but the standard library.

/// Numbers that look random and are the same every time.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn below(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn yes(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }
}

/// What a generated rulebook consists of.
pub(crate) struct Generated {
    pub(crate) rules: String,
    /// Of these, every seat has one.
    pub(crate) levels: Vec<String>,
    pub(crate) options: Vec<String>,
    /// Whether there is the role `boss`, which exactly one holds.
    pub(crate) has_boss: bool,
}

const FACTS: [&str; 3] = ["place", "time", "kind"];

/// A rulebook of chance: with levels or without, with roles beside them, a role of one holder, roles that bring others, a setting, a
/// reading, facts with and without defaults, said by groups, by actions or by both, and actions with and without a target.
pub(crate) fn rulebook(seed: u64) -> Generated {
    let mut chance = Chance(seed);
    for _ in 0..4 {
        chance.below(2);
    }
    let levels: Vec<String> = (0..[0, 2, 3][chance.below(3)])
        .map(|number| format!("level{number}"))
        .collect();
    let options: Vec<String> = (0..=2 - levels.len() / 2 + chance.below(2))
        .map(|number| format!("option{number}"))
        .collect();
    let has_boss = chance.yes(3);
    let mut roles: Vec<String> = levels.iter().chain(&options).cloned().collect();
    let mut rules =
        "product: p\ntitle: P\ndocument: { title: D, sections: { s: S } }\nroles:\n".to_owned();
    for (number, role) in roles.iter().enumerate() {
        rules += &format!("  {role}:\n    title: The {role}\n    basis: stated\n    section: s\n");
        if number > 0 && chance.yes(5) {
            let brought = chance.below(number);
            let when = if chance.yes(2) {
                "\n        when: reading"
            } else {
                ""
            };
            rules += &format!("    brings:\n      - roles: {}{when}\n", roles[brought]);
        }
    }
    if has_boss {
        let enabled = chance.yes(2);
        rules += &format!(
            "  boss:\n    title: Boss\n    basis: stated\n    section: s\n    holders: {{ count: exactly one, enabled: {enabled} }}\n    moves_by: hand_on\n"
        );
        roles.push("boss".to_owned());
    }
    if !levels.is_empty() {
        rules += &format!(
            "seats: {{ hold: \"exactly one of [{}]\" }}\n",
            levels.join(", ")
        );
    }
    rules += "settings:\n  mode: { title: Mode, values: [on, off], default: on, basis: stated, section: s }\n";
    rules += "readings:\n  reading: { question: Is it so?, default: true, section: s }\n";
    rules += "grounds:\n  user_disabled: { because: b, basis: stated, section: s }\n  user_has_no_seat: { because: b, basis: stated, section: s }\n  target_has_no_seat: { because: b, basis: stated, section: s }\n";
    rules += "actions:\n";
    for group in 0..1 + chance.below(2) {
        group_of(&mut rules, group, &roles, &mut chance);
    }
    rules += &changes(&roles, &options, &levels, has_boss, &mut chance);
    Generated {
        rules,
        levels,
        options,
        has_boss,
    }
}

fn group_of(rules: &mut String, group: usize, roles: &[String], chance: &mut Chance) {
    let on_target = chance.yes(2);
    *rules += &format!("  - group: G{group}\n    section: s\n    basis: stated\n");
    if on_target {
        *rules += "    target: user\n";
    }
    let shared: Vec<&str> = FACTS.iter().copied().filter(|_| chance.yes(3)).collect();
    facts(rules, "    ", &shared, chance);
    *rules += "    actions:\n";
    for action in 0..1 + chance.below(3) {
        let own: Vec<&str> = FACTS.iter().copied().filter(|_| chance.yes(3)).collect();
        let allow = match chance.below(4) {
            0 => "everyone".to_owned(),
            1 => format!("{{ holds: {} }}", roles[chance.below(roles.len())]),
            2 => roles[chance.below(roles.len())].clone(),
            _ => {
                let first = chance.below(roles.len());
                let second = (first + 1) % roles.len();
                if first == second {
                    roles[first].clone()
                } else {
                    format!("[{}, {}]", roles[first], roles[second])
                }
            }
        };
        *rules += &format!(
            "      do{group}{action}:\n        title: Do {group} {action}\n        allow: {allow}\n"
        );
        facts(rules, "        ", &own, chance);
        let mut known = shared.clone();
        known.extend(&own);
        let when: Vec<String> = (0..1 + chance.below(4))
            .map(|_| literal(roles, &known, on_target, chance))
            .collect();
        let mut joined = String::new();
        for (number, literal) in when.iter().enumerate() {
            joined += ["", " && ", " || "][if number == 0 { 0 } else { 1 + chance.below(2) }];
            joined += literal;
        }
        *rules += &format!("        when: |\n          {joined}\n        because: It is not so\n");
    }
}

fn facts(rules: &mut String, indent: &str, facts: &[&str], chance: &mut Chance) {
    if facts.is_empty() {
        return;
    }
    *rules += &format!("{indent}facts:\n");
    for fact in facts {
        let default = ["", ", default: x", ", default: y"][chance.below(3)];
        *rules += &format!("{indent}  {fact}: {{ values: [x, y]{default} }}\n");
    }
}

fn literal(roles: &[String], facts: &[&str], on_target: bool, chance: &mut Chance) -> String {
    let role = &roles[chance.below(roles.len())];
    let literal = match chance.below(if on_target { 11 } else { 7 }) {
        0..=2 => format!("user.{role}"),
        3 => "user.mode == \"on\"".to_owned(),
        4 => "reading".to_owned(),
        5 | 6 => match facts {
            [] => format!("user.{role}"),
            facts => format!("{} == \"x\"", facts[chance.below(facts.len())]),
        },
        7 | 8 => format!("target.{role}"),
        9 => "target.mode == user.mode".to_owned(),
        _ => "same_user".to_owned(),
    };
    if chance.yes(3) {
        format!("!({literal})")
    } else {
        literal
    }
}

fn changes(
    roles: &[String],
    options: &[String],
    levels: &[String],
    has_boss: bool,
    chance: &mut Chance,
) -> String {
    let mut changes = "changes:\n".to_owned();
    let who = |chance: &mut Chance| roles[chance.below(roles.len())].clone();
    let mut change = |id: &str, takes: &str, allow: String, does: &str| {
        changes += &format!(
            "  {id}:\n    title: {id}\n    section: s\n    basis: stated\n    {takes}allow: {allow}\n    does:\n{does}"
        );
    };
    let options = options.join(", ");
    let takes = format!("takes: {{ role: [{options}] }}\n    ");
    change(
        "grant",
        &takes,
        who(chance),
        "      - give: role\n        to: target\n",
    );
    // Where seats have levels, a role is taken by its name.
    let (takes, role) = match levels {
        [] => (takes.as_str(), "role"),
        _ => ("", "option0"),
    };
    let does = format!("      - take: {role}\n        from: target\n");
    change("revoke", takes, who(chance), &does);
    if !levels.is_empty() {
        let takes = format!("takes: {{ role: [{}] }}\n    ", levels.join(", "));
        change(
            "level",
            &takes,
            who(chance),
            "      - give: role\n        to: target\n",
        );
    }
    if has_boss {
        let does =
            "      - take: boss\n        from: user\n      - give: boss\n        to: target\n";
        change("hand_on", "", "boss".to_owned(), does);
    }
    let takes = "takes: { setting: [mode], value: a value of setting }\n    ";
    change(
        "set",
        takes,
        "everyone".to_owned(),
        "      - set: setting\n        of: target\n        to: value\n",
    );
    changes
}

/// A firm of each kind of person who can be: every set of roles with one level where there are any, each setting, enabled or not.
/// Where there is a boss, there is a firm for each kind of boss.
pub(crate) fn firms(of: &Generated) -> Vec<String> {
    let kinds = kinds(of);
    let person = |id: String,
                  (roles, setting, enabled): &(Vec<&str>, &str, bool),
                  boss: &[&str]| {
        let roles = [roles.as_slice(), boss].concat().join(", ");
        format!(
            "  - {{ id: {id}, enabled: {enabled}, p: {{ roles: [{roles}], mode: {setting} }} }}\n"
        )
    };
    let all: String = kinds
        .iter()
        .enumerate()
        .map(|(number, kind)| person(format!("u{number}"), kind, &[]))
        .collect();
    let head = format!("firm: F\nusers:\n{all}");
    if !of.has_boss {
        return vec![head];
    }
    let bosses = kinds.iter().filter(|kind| kind.2);
    bosses
        .map(|kind| format!("{head}{}", person("the_boss".to_owned(), kind, &["boss"])))
        .collect()
}

fn kinds(of: &Generated) -> Vec<(Vec<&str>, &str, bool)> {
    let levels: Vec<Option<&str>> = match of.levels.as_slice() {
        [] => vec![None],
        levels => levels.iter().map(|level| Some(level.as_str())).collect(),
    };
    let mut kinds = Vec::new();
    for level in levels {
        for set in 0..1_usize << of.options.len() {
            let options = of.options.iter().enumerate();
            let options = options.filter(|(number, _)| set >> number & 1 == 1);
            let options = options.map(|(_, option)| option.as_str());
            let roles: Vec<&str> = level.into_iter().chain(options).collect();
            for setting in ["on", "off"] {
                for enabled in [true, false] {
                    kinds.push((roles.clone(), setting, enabled));
                }
            }
        }
    }
    kinds
}
