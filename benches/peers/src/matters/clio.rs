//! clio-rules, by handles and by names.

use std::error::Error;
use std::fmt::Write;
use std::ops::Range;

use clio_rules::{ActionHandle, Firm, LoadError, Question, Rulebook, ThingHandle, UserHandle};

use super::firm::{Entries, Matters, group, matter, user};
use crate::engine::{Engine, Role};

struct Handles {
    firm: Firm,
    action: ActionHandle,
    queries: Vec<(UserHandle, ThingHandle)>,
}

struct Names {
    firm: Firm,
    queries: Vec<Question<'static>>,
}

pub(crate) fn handles(matters: &Matters) -> Result<Box<dyn Engine>, Box<dyn Error>> {
    let firm = firm(matters)?;
    let handles = matters.queries.iter().map(|(of, on)| {
        let thing = firm.thing(Some("manage"), "matter", &matter(*on))?;
        Ok((firm.user(&user(*of))?, thing))
    });
    let queries = handles.collect::<Result<_, Box<dyn Error>>>()?;
    let action = firm.rulebook().action(Some("manage"), "open_matter")?;
    Ok(Box::new(Handles {
        firm,
        action,
        queries,
    }))
}

pub(crate) fn names(matters: &Matters) -> Result<Box<dyn Engine>, Box<dyn Error>> {
    let queries = matters.queries.iter();
    let question =
        |(of, on): &(usize, usize)| Question::new(user(*of), "open_matter").target(matter(*on));
    Ok(Box::new(Names {
        firm: firm(matters)?,
        queries: queries.map(question).collect(),
    }))
}

impl Engine for Handles {
    fn name(&self) -> &'static str {
        "clio-rules by handles"
    }

    fn role(&self) -> Role {
        Role::Ours
    }

    fn answer(&mut self, queries: Range<usize>, answers: &mut [bool]) {
        for ((user, thing), answer) in self.queries[queries].iter().zip(answers) {
            let decided = self.firm.decide_on(*user, self.action, *thing);
            *answer = decided.expect("every query can be asked").is_allowed();
        }
    }
}

impl Engine for Names {
    fn name(&self) -> &'static str {
        "clio-rules by names"
    }

    fn role(&self) -> Role {
        Role::Ours
    }

    fn answer(&mut self, queries: Range<usize>, answers: &mut [bool]) {
        for (question, answer) in self.queries[queries].iter().zip(answers) {
            let decided = self.firm.answer(question);
            *answer = decided.expect("every query can be asked").is_allowed();
        }
    }
}

/// The firm as its file has it. Somebody owns the account, of whom nothing is asked.
fn firm(matters: &Matters) -> Result<Firm, LoadError> {
    // Writing to a string cannot fail.
    let mut text = "firm: Matters\ngroups:\n".to_owned();
    let list = |entries: &Entries| entries.ids().collect::<Vec<_>>().join(", ");
    for (number, members) in matters.groups.iter().enumerate() {
        let _ = writeln!(text, "  {}: [{}]", group(number), list(members));
    }
    text.push_str("things:\n  matter:\n");
    for (number, entries) in matters.lists.iter().enumerate() {
        let access = entries.as_ref();
        let access = access.map_or(String::new(), |entries| {
            format!(", access: [{}]", list(entries))
        });
        let _ = writeln!(text, "    - {{ id: {}{access} }}", matter(number));
    }
    text.push_str("users:\n  - { id: owner, manage: { roles: [primary_subscriber] } }\n");
    for number in 0..matters.size.people {
        let _ = writeln!(text, "  - {{ id: {}, manage: {{}} }}", user(number));
    }
    Firm::from_text(&Rulebook::builtin()?, "firm.yaml", &text)
}
