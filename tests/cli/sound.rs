//! What `check` calls sound answers every question: generated rulebooks beside every command that asks.

use serde_json::{Value, json};

use crate::generated::{Chance, Generated, firms, rulebook};
use crate::program::{Done, Folder};

/// A generated rulebook in a folder, with what there is to ask.
struct Case {
    folder: Folder,
    generated: Generated,
    users: Vec<String>,
    /// Each action with whether it is on a target, and with its facts that have no default.
    actions: Vec<(String, bool, Vec<String>)>,
}

/// A firm of a few people of different kinds.
fn small_firm(of: &Generated) -> String {
    let firm = firms(of).swap_remove(0);
    let lines = firm.lines().enumerate().filter(|(number, line)| {
        let is_head = *number < 2 || line.contains("the_boss");
        is_head || (number - 2) % 7 == 0
    });
    lines.map(|(_, line)| format!("{line}\n")).collect()
}

/// Properties of every kind about its first actions and roles.
fn properties(of: &Generated, actions: &[&str], chance: &mut Chance) -> String {
    let roles: Vec<&String> = of.levels.iter().chain(&of.options).collect();
    let mut text = "product: p\nproperties:\n".to_owned();
    let mut add = |says: String| {
        let number = text.matches("title").count();
        text += &format!("  p{number}:\n    title: T\n    {says}\n");
    };
    for action in actions {
        let role = roles[chance.below(roles.len())];
        add(format!("can: {action}"));
        add(format!("cannot: {action}"));
        add(format!("nobody: {{ can: {action}, lacks: {role} }}"));
        add(format!(
            "whoever: {{ cannot: {action} }}\n    lacks: {role}"
        ));
        let other = actions[chance.below(actions.len())];
        if other != *action {
            add(format!("whoever: {{ can: {action} }}\n    can: {other}"));
        }
    }
    add("whoever: { makes: [grant, revoke] }\n    with: { mode: on }".to_owned());
    add(format!(
        "whoever: {{ makes: set }}\n    holds: {}",
        roles[0]
    ));
    add("alone: gains nothing".to_owned());
    add(format!(
        "always: {{ role: {}, holders: at most one }}",
        roles[roles.len() - 1]
    ));
    add(format!(
        "always: {{ role: {}, holders: at least one }}",
        of.options[0]
    ));
    text
}

/// The case of a seed; none where `check` finds something wrong.
fn case(seed: u64) -> Option<Case> {
    let generated = rulebook(seed);
    let folder = Folder::new()
        .with("rules/p.yaml", &generated.rules)
        .with("firm.yaml", small_firm(&generated));
    let checked = folder
        .run(["check", "--rules", "rules", "--firm", "firm.yaml"])
        .done();
    if checked.status != 0 {
        return None;
    }
    let firm = folder.read("firm.yaml");
    let users = firm.lines().filter_map(|line| line.split("id: ").nth(1));
    let users = users
        .map(|rest| rest.split(',').next().unwrap().to_owned())
        .collect();
    let loaded = clio_rules::Rulebook::from_folder(folder.path().join("rules")).unwrap();
    let actions = loaded
        .catalogue("p")
        .unwrap()
        .actions
        .into_iter()
        .map(|action| {
            let open = action.facts.iter().filter(|fact| fact.default.is_none());
            let facts = open
                .map(|fact| format!("{}={}", fact.id, fact.values[0]))
                .collect();
            (action.id, action.on_target, facts)
        });
    let actions = actions.collect();
    Some(Case {
        folder,
        generated,
        users,
        actions,
    })
}

impl Case {
    fn ask(&self, words: &[&str]) -> Done {
        self.folder.run(words.iter().copied()).done()
    }

    /// Asks, and demands an answer.
    fn answers(&self, words: &[&str]) {
        let done = self.ask(words);
        assert!(
            matches!(done.status, 0 | 1) && !done.stderr.contains("error["),
            "{words:?}: {}\n{}\n{}",
            done.status,
            done.stderr,
            self.generated.rules
        );
    }
}

#[test]
fn no_question_dies_on_rules_that_check_calls_sound() {
    let mut cases = 0;
    for seed in 100..108 {
        let Some(case) = case(seed) else { continue };
        cases += 1;
        let user = case.users[1].as_str();
        let option = case.generated.options[0].as_str();
        for words in [
            &["matrix"][..],
            &["access"],
            &["review", "--format", "json"],
            &["review", "--html", "review.html"],
            &["what-can", user],
            &["simulate", user, "--grant", option],
            &["change", user, "set", "mode", "off", user],
            &["prove", "--rules", "rules"],
            &["diff", "rules", "rules"],
            &["diff", "--firm", "firm.yaml", "firm.yaml"],
        ] {
            case.answers(words);
        }
        for (action, on_target, facts) in &case.actions {
            let target = on_target.then(|| case.users[0].as_str());
            let given: Vec<&str> = facts.iter().flat_map(|fact| ["--fact", fact]).collect();
            let asked = [&[user, action.as_str()][..], target.as_slice(), &given].concat();
            for command in ["can", "why-not", "how-can"] {
                case.answers(&[&[command][..], &asked].concat());
            }
            let of_all = [&["who-can", action.as_str()][..], target.as_slice(), &given].concat();
            case.answers(&of_all);
            case.answers(&[&of_all[..], &["--not"]].concat());
            if *on_target {
                let on_whom = [&["where-can", user, action.as_str()][..], &given].concat();
                case.answers(&on_whom);
            }
        }
    }
    assert!(cases > 5, "{cases}");
}

/// Every counterexample, taken as it is shown: its firm is read, its questions and changes are asked, and come out as it says.
#[test]
fn each_counterexample_can_be_asked_as_it_is_shown() {
    let (mut questions, mut steps, mut facts, mut after) = (0, 0, 0, 0);
    for seed in 100..108 {
        let Some(case) = case(seed) else { continue };
        let actions: Vec<&str> = case
            .actions
            .iter()
            .map(|action| action.0.as_str())
            .collect();
        let text = properties(&case.generated, &actions, &mut Chance(seed));
        let folder = case.folder.with("mine.yaml", text);
        let done = folder
            .run(["prove", "mine.yaml", "--rules", "rules", "--format", "json"])
            .done();
        assert!(matches!(done.status, 0 | 1), "{}", done.stderr);
        let shown = folder
            .run(["prove", "mine.yaml", "--rules", "rules"])
            .done()
            .stdout;
        let mut folder = folder;
        for property in done.lines()[0]["properties"].as_array().unwrap() {
            let example = &property["counterexample"];
            assert_eq!(
                example.is_null(),
                property["holds"] == json!(true),
                "{property}"
            );
            if example.is_null() {
                continue;
            }
            folder = folder.with("it.yaml", example["firm"].as_str().unwrap());
            let asked = |folder: &Folder, key: &str| {
                let asked = example[key].as_array().cloned().unwrap_or_default();
                for one in &asked {
                    let line = one["question"].to_string();
                    let batch = folder.run(["batch", "--rules", "rules", "--firm", "it.yaml"]);
                    let reply = batch.stdin(&*line).done().lines().remove(0);
                    assert_eq!(reply["decision"], one["decision"], "{property}");
                    let drawn = format!("{line} -> {}", one["decision"].as_str().unwrap());
                    assert!(shown.contains(&drawn), "{drawn}\n{shown}");
                }
                asked
            };
            let before = asked(&folder, "asked");
            questions += before.len();
            facts += before
                .iter()
                .filter(|one| one["question"].get("facts").is_some())
                .count();
            for step in example["steps"].as_array().unwrap() {
                assert!(shown.contains(&step.to_string()), "{step}\n{shown}");
                let batch = folder.run(["batch", "--rules", "rules", "--firm", "it.yaml"]);
                let verdict = batch.stdin(step.to_string()).done().lines().remove(0);
                assert_eq!(verdict["verdict"], "accept", "{property}");
                let word = |key: &str| step.get(key).and_then(Value::as_str);
                let words = ["role", "setting", "value", "target"];
                let words = words.into_iter().filter_map(word);
                let head = ["change", word("user").unwrap(), word("change").unwrap()];
                let change: Vec<&str> = head.into_iter().chain(words).collect();
                let options = ["--rules", "rules", "--firm", "it.yaml", "--write"];
                let done = folder.run(change.into_iter().chain(options)).done();
                assert_eq!(done.status, 0, "{}", done.stderr);
                steps += 1;
            }
            after += asked(&folder, "asked_after").len();
        }
    }
    assert!(
        questions > 40 && steps > 10 && facts > 10 && after > 2,
        "{questions} {steps} {facts} {after}"
    );
}
