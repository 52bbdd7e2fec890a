use super::*;
use crate::explore::layout::{Layout, Word, WordOrigin};
use crate::link::product::ReadingId;
use crate::vocabulary::Person;
use crate::{Change, Firm, Limits, Loader, Question, Rulebook};
use pretty_assertions::assert_eq;

const RECORDS: [(&str, &str); 2] = [
    (
        "records.yaml",
        include_str!("../../../tests/rulebooks/records/rules/records.yaml"),
    ),
    (
        "records.rhai",
        include_str!("../../../tests/rulebooks/records/rules/records.rhai"),
    ),
];

/// The bits in which the axes of a decider have the values of one cell.
#[derive(Default)]
struct Packed {
    user: Vec<Word>,
    target: Vec<Word>,
    firm: Vec<Word>,
    question: [Word; 2],
}

impl Packed {
    fn of<T>(decider: &Decider<T>, values: &HashMap<DecisionInput, Value>) -> Self {
        let mut packed = Self {
            user: vec![0; 8],
            target: vec![0; 8],
            firm: vec![0; 8],
            question: [0; 2],
        };
        for axis in decider.axes() {
            let InputSlot { origin, field } = axis.slot;
            let words = match origin {
                WordOrigin::Profile(Person::User) => &mut packed.user[..],
                WordOrigin::Profile(Person::Target) => &mut packed.target[..],
                WordOrigin::Firm => &mut packed.firm[..],
                WordOrigin::Question => &mut packed.question[..],
            };
            field.write(words, values[&axis.input]);
        }
        packed
    }

    fn bits(&self) -> QuestionBits<'_> {
        QuestionBits {
            user: &self.user,
            target: &self.target,
            firm: &self.firm,
            question: self.question,
        }
    }
}

/// Compares every cell with the tree, whatever the table was made from; returns how many there were.
fn every_cell<T>(decider: &Decider<T>) -> usize
where
    T: YesOrNo + Clone + Eq + Hash + std::fmt::Debug,
{
    let size: usize = decider.axes().iter().map(|axis| axis.width).product();
    for cell in 0..size {
        let mut rest = cell;
        let mut values = HashMap::new();
        for axis in decider.axes() {
            values.insert(axis.input, Value((rest % axis.width) as u16));
            rest /= axis.width;
        }
        let walked = |values: &HashMap<DecisionInput, Value>| {
            let leaf = decider.tree().walk(|input| Ok::<_, ()>(values[&input]));
            leaf.unwrap().unwrap().clone()
        };
        let answer = walked(&values);
        let readings = values
            .keys()
            .filter(|input| matches!(input, DecisionInput::Reading(_)));
        let turned = readings.into_iter().any(|reading| {
            let mut other = values.clone();
            other.insert(*reading, Value::from(!values[reading].is_yes()));
            walked(&other).is_yes() != answer.is_yes()
        });
        let packed = Packed::of(decider, &values);
        assert_eq!(
            decider.decide(&packed.bits()),
            Some(TableOutcome {
                answer: &answer,
                turned
            })
        );
    }
    size
}

#[test]
fn every_cell_of_every_table_is_what_its_tree_says() {
    let tight = Limits {
        table_cells: 1,
        ..Limits::default()
    };
    let builtin = crate::load::builtin::RULES;
    let mut cells = 0;
    for (limits, rulebook) in [
        (None, Rulebook::builtin()),
        (None, Rulebook::from_texts(RECORDS)),
        (
            Some(1),
            Loader::new()
                .limits(&tight)
                .rulebook_from_texts(builtin.iter().copied()),
        ),
        (
            Some(1),
            Loader::new().limits(&tight).rulebook_from_texts(RECORDS),
        ),
    ] {
        for compiled in rulebook.unwrap().compiled() {
            let count = |size: usize, is_table: Option<usize>| {
                assert_eq!(is_table, (limits.is_none() || size == 1).then_some(size));
                size
            };
            for decider in &compiled.deciders {
                cells += count(every_cell(decider), decider.cells());
            }
            for judge in &compiled.judges {
                cells += count(every_cell(judge), judge.cells());
            }
            for effect in &compiled.effects {
                cells += count(every_cell(effect), effect.cells());
            }
        }
    }
    assert!(cells > 500, "only {cells} cells");
}

#[test]
fn a_wrong_cell_is_noticed() {
    let rulebook = Rulebook::builtin().unwrap();
    let deciders = rulebook.compiled().iter().flat_map(|c| &c.deciders);
    let mut tables = deciders.filter(|d| d.table.as_ref().is_some_and(|t| t.outcomes.len() > 1));
    let mut wrong = tables.next().unwrap().clone();
    let table = wrong.table.as_mut().unwrap();
    table.cells[0] = (table.cells[0] + 1) % table.outcomes.len() as u16;
    assert!(std::panic::catch_unwind(|| every_cell(&wrong)).is_err());
}

#[test]
fn walking_answers_as_tables_do() {
    let limits = Limits {
        table_cells: 1,
        ..Limits::default()
    };
    let walking = Loader::new()
        .limits(&limits)
        .rulebook_from_texts(crate::load::builtin::RULES.iter().copied())
        .unwrap();
    let rulebook = Rulebook::builtin().unwrap();
    let mut asked = 0;
    for choice in [true, false] {
        let firm = |rulebook: &Rulebook| {
            let firm = Firm::example(rulebook).unwrap();
            firm.with_reading(None, "administrator_opens_every_area", choice)
                .unwrap()
        };
        let (by_table, by_walk) = (firm(&rulebook), firm(&walking));
        let users: Vec<&str> = by_table.users().collect();
        for compiled in rulebook.compiled() {
            for action in &compiled.product.actions {
                for user in &users {
                    let question = Question::new(*user, &*action.id).product(&*compiled.product.id);
                    let questions: Vec<Question> = if action.on_target {
                        users
                            .iter()
                            .map(|target| question.clone().target(*target))
                            .collect()
                    } else {
                        vec![question]
                    };
                    for question in questions {
                        assert_eq!(
                            by_table.ask(&question).unwrap(),
                            by_walk.ask(&question).unwrap()
                        );
                        asked += 1;
                    }
                }
            }
        }
        for (user, target) in users
            .iter()
            .flat_map(|user| users.iter().map(move |target| (*user, *target)))
        {
            for change in [
                Change::new(user, "revoke").role("billing").target(target),
                Change::new(user, "set_visibility")
                    .setting("billing_rate_visibility", "none")
                    .target(target),
                Change::new(user, "transfer_ownership").target(target),
                Change::new(user, "assign").role("admin").target(target),
            ] {
                let json =
                    |firm: &Firm| serde_json::to_string(&firm.judge(&change).unwrap()).unwrap();
                assert_eq!(json(&by_table), json(&by_walk));
                asked += 1;
            }
        }
    }
    assert!(asked > 4_000, "only {asked} questions");
}

#[test]
fn a_reading_that_nothing_reads_turns_nothing() {
    let rulebook = Rulebook::builtin().unwrap();
    let manage = rulebook
        .compiled()
        .iter()
        .find(|compiled| *compiled.product.id == *"manage")
        .unwrap();
    let number = manage.product.names.actions["view_firm_feed"];
    let decider = &manage.deciders[manage.of_action[number.index()] as usize];
    let readings: Vec<DecisionInput> = decider
        .axes()
        .iter()
        .map(|axis| axis.input)
        .filter(|input| matches!(input, DecisionInput::Reading(_)))
        .collect();
    let feed = manage.product.names.readings["firm_feed_is_open"];
    assert_eq!(readings, [DecisionInput::Reading(feed)]);
    assert_ne!(Layout::reading(feed), Layout::reading(ReadingId(0)));
}

/// What follows from a change is a plain yes or no, and a reading turns it as it turns an answer.
#[test]
fn a_reading_that_changes_a_yes_into_a_no_turns_it_with_a_table_and_without() {
    let mut builder = crate::explore::tree::TreeBuilder::new();
    let (no, yes) = (builder.leaf(false), builder.leaf(true));
    let reading = DecisionInput::Reading(ReadingId(0));
    let if_same = builder.ask(reading, vec![no, yes]);
    let root = builder.ask(DecisionInput::SameUser, vec![yes, if_same]);
    let tree = builder.finish(root);
    for cells in [0, 64] {
        let slot = |input| match input {
            DecisionInput::SameUser => InputSlot {
                origin: WordOrigin::Question,
                field: Layout::SAME_USER,
            },
            _ => InputSlot {
                origin: WordOrigin::Firm,
                field: Layout::reading(ReadingId(0)),
            },
        };
        let decider = Decider::new(
            tree.clone(),
            cells,
            &mut GatherFinder::default(),
            |_| 2,
            slot,
        );
        assert_eq!(decider.cells(), (cells > 0).then_some(4));
        assert!(decider.can_be_yes());
        for (same, open, answer, turned) in [
            (0, 0, true, false),
            (0, 1, true, false),
            (1, 0, false, true),
            (1, 1, true, true),
        ] {
            let bits = QuestionBits {
                user: &[],
                target: &[],
                firm: &[open],
                question: [same, 0],
            };
            let outcome = decider.decide(&bits);
            let expected = TableOutcome {
                answer: &answer,
                turned,
            };
            assert_eq!(outcome, Some(expected), "{cells} cells, {same} {open}");
        }
    }
}
