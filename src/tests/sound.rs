//! Generated rulebooks that load, beside every list of the library: none of them dies.

use std::collections::BTreeSet;

use pretty_assertions::assert_eq;

use super::generated;
use crate::{Firm, Question, Rulebook};

#[test]
fn every_list_of_a_rulebook_that_loads_can_be_had() {
    let (mut loaded, mut open_facts) = (0, 0);
    for seed in 200..240 {
        let generated = generated::rulebook(seed);
        let Ok(rulebook) = Rulebook::from_texts([("p.yaml", generated.rules.as_str())]) else {
            continue;
        };
        loaded += 1;
        let firm = &generated::firms(&generated)[0];
        let firm = Firm::from_text(&rulebook, "firm.yaml", firm).unwrap();
        firm.review().unwrap();
        let actions = rulebook.catalogue("p").unwrap().actions;
        let matrix = firm.matrix("p").unwrap();
        assert!(firm.access("p").unwrap().rows().count() > 3);
        let users: Vec<&str> = firm.users().collect();
        let listed = firm.what_can(users[0], None).unwrap();
        let rows = matrix.groups.iter().flat_map(|group| &group.rows);
        let rows: BTreeSet<&str> = rows.map(|row| row.action.as_str()).collect();
        let all = listed.actions.iter().chain(&listed.denied);
        assert_eq!(all.map(|one| &*one.action).collect::<BTreeSet<_>>(), rows);
        for ability in listed.actions.iter().chain(&listed.denied) {
            open_facts += usize::from(!ability.facts.is_empty());
            let question = Question::new(users[0], &*ability.action);
            let facts = ability.facts.iter();
            let question = facts.fold(question, |question, (name, value)| {
                question.fact(name.clone(), value.clone())
            });
            let mut declared = actions.iter().filter(|one| *one.id == *ability.action);
            let question = if declared.next().unwrap().on_target {
                firm.where_can(&question).unwrap();
                question.target(users[1])
            } else {
                question
            };
            firm.answer(&question).unwrap();
            firm.why_not(&question).unwrap();
            firm.who_can(&question).unwrap();
        }
    }
    assert!(loaded > 30 && open_facts > 20, "{loaded} {open_facts}");
}
