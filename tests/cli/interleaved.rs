//! Many makers at once, through the program: verdicts of `batch` that are applied later, and processes that write.

use std::process::Child;

use clio_rules::{AppliedChange, Change, Firm, Rulebook};
use pretty_assertions::assert_eq;
use serde_json::{Value, json};

use crate::kept::Chance;
use crate::program::{Folder, cases};

/// Those who can be makers and targets, the busiest first.
const PEOPLE: [&str; 9] = [
    "nadia", "tomas", "priya", "marek", "leila", "sami", "otto", "wren", "greta",
];
const ROLES: [&str; 4] = ["administrator", "administrator", "billing", "reports"];

/// One change: who asks for it, and its words as on the command line.
#[derive(Debug, Clone)]
struct Asked {
    user: &'static str,
    words: Vec<&'static str>,
}

impl Asked {
    fn by_chance(chance: &mut Chance) -> Self {
        let mut one = |of: &[&'static str]| of[(chance.next() * of.len() as f64) as usize];
        let (maker, other) = (one(&["few", "few", "few", "all"]), one(&PEOPLE));
        let user = if maker == "few" {
            one(&PEOPLE[..4])
        } else {
            other
        };
        let target = one(&PEOPLE);
        let words = match one(&["grant", "grant", "revoke", "hand", "level", "see"]) {
            "hand" => vec!["transfer_ownership", target],
            "level" => vec!["assign", one(&["admin", "normal"]), target],
            "see" => {
                let value = one(&["own", "all"]);
                vec!["set_visibility", "billing_rate_visibility", value, target]
            }
            change => vec![change, one(&ROLES), target],
        };
        let user = if words.len() == 2 {
            one(&PEOPLE[..2])
        } else {
            user
        };
        Self { user, words }
    }

    fn change(&self, firm: &Firm) -> Change {
        Change::from_words(firm.rulebook(), None, self.user, &self.words).unwrap()
    }

    fn line(&self) -> Value {
        let mut line = json!({"user": self.user, "change": self.words[0]});
        let (target, arguments) = self.words[1..].split_last().unwrap();
        line["target"] = json!(target);
        match arguments {
            [setting, value] => {
                line["setting"] = json!(setting);
                line["value"] = json!(value);
            }
            [role] => line["role"] = json!(role),
            _ => {}
        }
        line
    }

    fn write_in(&self, folder: &Folder) -> Child {
        let words = self.words.iter().copied();
        let start = ["change", self.user];
        let words = start.into_iter().chain(words).chain(["--write"]);
        folder.run(words).start()
    }
}

fn firm_of(text: &str) -> Firm {
    Firm::from_text(&Rulebook::builtin().unwrap(), "firm.yaml", text).unwrap()
}

fn owners(firm: &Firm) -> usize {
    let owns = |user: &&str| {
        let roles = firm.roles("manage", user).unwrap();
        roles.contains(&"primary_subscriber")
    };
    firm.users().filter(owns).count()
}

/// What `batch` promises: every line is judged in the firm as it was loaded, and nothing is applied. Its verdicts are about
/// that one state, so that they may contradict each other, and each is judged again when it is applied.
#[test]
fn verdicts_of_one_batch_cannot_be_combined_into_a_broken_firm() {
    let folder = Folder::new().with_firm();
    let text = folder.read("firm.yaml");
    let firm = firm_of(&text);
    let mut chance = Chance(0xBA7C4);
    let asked: Vec<Asked> = (0..600).map(|_| Asked::by_chance(&mut chance)).collect();
    let answers = |asked: &[Asked]| {
        let lines: Vec<String> = asked.iter().map(|one| one.line().to_string()).collect();
        let done = folder.run(["batch"]).stdin(lines.join("\n")).done();
        assert_eq!((done.status, done.stderr.as_str()), (0, ""));
        done.lines()
    };
    let verdicts = answers(&asked);
    let mut backwards = asked.clone();
    backwards.reverse();
    let mut again = answers(&backwards);
    again.reverse();
    assert_eq!(verdicts, again, "one line has to do with another");
    assert_eq!(folder.read("firm.yaml"), text);
    let is_accepted = |verdict: &Value| verdict["verdict"] == "accept";
    for (one, verdict) in asked.iter().zip(&verdicts) {
        let here = firm.judge(&one.change(&firm)).unwrap();
        assert_eq!(here.is_accepted(), is_accepted(verdict), "{one:?}");
    }

    let both = asked.into_iter().zip(&verdicts);
    let accepted = both.filter(|(_, verdict)| is_accepted(verdict));
    let mut accepted: Vec<Asked> = accepted.map(|(one, _)| one).collect();
    let (mut applied, mut rejected) = (0, 0);
    for _ in 0..20 {
        for at in (1..accepted.len()).rev() {
            accepted.swap(at, (chance.next() * (at + 1) as f64) as usize);
        }
        let mut now = firm.clone();
        for one in &accepted {
            let AppliedChange { verdict, firm } = now.apply(&one.change(&now)).unwrap();
            *(if verdict.is_accepted() {
                &mut applied
            } else {
                &mut rejected
            }) += 1;
            now = firm;
            assert_eq!(owners(&now), 1, "{one:?}");
        }
        firm_of(&now.to_yaml());
    }
    println!("of what batch accepted, {applied} were applied and {rejected} were not any more");
    assert!(applied > 200 && rejected > 200, "{applied} {rejected}");
}

/// Every order of some things.
fn orders(of: &[usize]) -> Vec<Vec<usize>> {
    if of.is_empty() {
        return vec![Vec::new()];
    }
    let first = |at: usize| {
        let mut rest = of.to_vec();
        let first = rest.remove(at);
        let orders = orders(&rest).into_iter();
        orders.map(move |order| std::iter::once(first).chain(order).collect())
    };
    (0..of.len()).flat_map(first).collect()
}

/// The firm after some changes in this order, all of which have to be accepted, with every state on the way.
fn one_by_one(firm: &Firm, asked: &[Asked], order: &[usize]) -> Option<Vec<Firm>> {
    let mut states = vec![firm.clone()];
    for at in order {
        let now = states.last()?;
        let applied = now.apply(&asked[*at].change(now)).ok()?;
        applied.verdict.is_accepted().then_some(())?;
        states.push(applied.firm);
    }
    Some(states)
}

#[test]
fn processes_that_write_at_once_are_as_if_they_came_one_after_the_other() {
    let folder = Folder::new().with_firm();
    let mut chance = Chance(0x717E);
    let (mut written, mut rejected, mut told) = (0, 0, 0);
    for round in 0..cases(20, 60) {
        let before = firm_of(&folder.read("firm.yaml"));
        let asked: Vec<Asked> = (0..4).map(|_| Asked::by_chance(&mut chance)).collect();
        let runs: Vec<Child> = asked.iter().map(|one| one.write_in(&folder)).collect();
        let (mut accepted, mut refused) = (Vec::new(), Vec::new());
        for (at, run) in runs.into_iter().enumerate() {
            let done = run.wait_with_output().unwrap();
            let error = crate::program::errors(&done.stderr);
            match done.status.code() {
                Some(0) => accepted.push(at),
                Some(1) => refused.push(at),
                _ if error.starts_with("error[changed-meanwhile]: ") => told += 1,
                code => panic!("{code:?}: {error}"),
            }
        }
        let after = firm_of(&folder.read("firm.yaml"));
        assert_eq!(owners(&after), 1, "round {round}");
        // There is an order in which all that were accepted are, and whoever was rejected was so in some state of it.
        let explains = |order: &Vec<usize>| {
            let states = one_by_one(&before, &asked, order)?;
            let is_rejected = |at: &usize| {
                let one = &asked[*at];
                let rejects = |firm: &Firm| {
                    let verdict = firm.judge(&one.change(firm)).unwrap();
                    !verdict.is_accepted()
                };
                states.iter().any(rejects)
            };
            let is_same = states.last()?.to_yaml() == after.to_yaml();
            (is_same && refused.iter().all(is_rejected)).then_some(())
        };
        let orders = orders(&accepted);
        assert!(
            orders.iter().any(|order| explains(order).is_some()),
            "round {round}: {asked:?}, of which {accepted:?} were accepted\n{}",
            after.to_yaml()
        );
        assert_eq!(folder.names(), ["firm.yaml"]);
        written += accepted.len();
        rejected += refused.len();
    }
    println!("four writers at once: {written} accepted, {rejected} rejected, {told} told");
    assert!(
        written > cases(20, 60) && rejected > cases(13, 40),
        "{written} {rejected}"
    );
}
