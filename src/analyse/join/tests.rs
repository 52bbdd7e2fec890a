use hashbrown::HashMap;

use super::*;
use crate::answer::Question;
use crate::rulebook::Rulebook;

/// The rule of a cell, by user, target, whether they are the same, and the bits of its facts.
type RuleByCell<'f> = HashMap<(u32, u32, bool, i64), &'f str>;

/// The answer that the tables give, put together as a database does it; none where the question cannot be asked.
fn joined<'f>(
    tables: &JoinTables<'f>,
    actions: &[(JoinAction<'_>, RuleByCell<'f>)],
    (user, action, target): (&str, &str, Option<&str>),
    facts: &[(&str, &str)],
) -> Option<&'f str> {
    let profile = |id: &str| tables.people().find(|(user, _)| *user == id);
    let (action, cells) = actions.iter().find(|(one, _)| one.id() == action)?;
    let form = tables.forms().nth(action.form() as usize)?;
    let kinds = |id: &str| action.kinds().nth(profile(id)?.1 as usize);
    let (mut bits, mut known) = (form.bits, 0);
    let (mut target_kind, mut is_same) = (0, false);
    match (action.target(), target) {
        (JoinTarget::User, Some(target)) => {
            target_kind = kinds(target)?.target;
            is_same = user == target;
        }
        (JoinTarget::Thing(_), Some(thing)) => {
            let rows = tables
                .things()
                .filter(|row| (row.form, row.thing) == (form.number, thing));
            let rows: Vec<_> = rows.collect();
            let own = rows.iter().find(|row| row.user == Some(user));
            let row = own.or_else(|| rows.iter().find(|row| row.user.is_none()))?;
            (bits, known) = (row.bits, row.known);
        }
        (JoinTarget::Nothing, None) => {}
        (JoinTarget::Thing(_), None) if !form.needs_thing => {}
        _ => return None,
    }
    let (mut given, mut mask, mut places, mut closes) = (0, 0, 0, 0);
    for (fact, value) in facts {
        let mut all = tables.facts();
        let row =
            all.find(|row| (row.form, row.fact, row.value) == (form.number, *fact, *value))?;
        given |= row.bits;
        mask |= row.mask;
        places |= row.place;
        closes |= row.closes;
    }
    bits = (bits & !mask | given) & !(closes & !mask);
    known |= places;
    for follower in tables
        .followers()
        .filter(|follower| follower.form == form.number)
    {
        let is_said = places & follower.list != 0 || given & follower.lists != 0;
        if is_said && places & follower.place == 0 {
            let stands = bits & follower.lists != 0;
            let value = if stands {
                follower.listed
            } else {
                follower.not_listed
            };
            bits = bits & !follower.mask | value;
            known |= follower.place;
        }
    }
    let key = (
        kinds(user)?.user,
        target_kind,
        is_same,
        bits & action.reads(),
    );
    cells
        .get(&key)
        .copied()
        .filter(|_| form.needs & !known == 0)
}

#[test]
fn joining_answers_as_asking_does() {
    let firm = Firm::example(&Rulebook::builtin().unwrap()).unwrap();
    let mut asked = 0;
    for product in ["grow", "manage"] {
        let tables = firm.join_tables(product).unwrap();
        let with_cells = tables.actions().map(|action| {
            let cells = action.cells().map(|cell| {
                let key = (cell.user, cell.target, cell.is_same, cell.facts);
                (key, cell.answer.rule())
            });
            let cells: RuleByCell<'_> = cells.collect();
            assert!(cells.len() as u64 <= action.most_cells());
            (action, cells)
        });
        let actions: Vec<_> = with_cells.collect();
        for (action, _) in &actions {
            let targets: Vec<Option<&str>> = match action.target() {
                JoinTarget::Nothing => vec![None],
                JoinTarget::User => firm.users().map(Some).collect(),
                JoinTarget::Thing(kind) => {
                    let things = tables.things().filter(|row| row.form == action.form());
                    assert_eq!(kind, "matter");
                    things.map(|row| Some(row.thing)).chain([None]).collect()
                }
            };
            let facts: Vec<_> = tables
                .facts()
                .filter(|fact| fact.form == action.form())
                .collect();
            let alone = facts.iter().map(|fact| vec![(fact.fact, fact.value)]);
            let pairs = facts.iter().flat_map(|one| {
                let others = facts.iter().filter(|other| other.place > one.place);
                others.map(|other| vec![(one.fact, one.value), (other.fact, other.value)])
            });
            let given: Vec<_> = alone.chain(pairs).chain([vec![]]).collect();
            for user in firm.users() {
                for target in &targets {
                    for facts in &given {
                        let mut question = Question::new(user, action.id()).product(product);
                        question.target = target.map(Into::into);
                        for (fact, value) in facts {
                            question = question.fact(*fact, *value);
                        }
                        let answer = firm.answer(&question).ok().map(|answer| answer.rule());
                        let found = joined(&tables, &actions, (user, action.id(), *target), facts);
                        assert_eq!(found, answer, "{question:?}");
                        asked += 1;
                    }
                }
            }
        }
    }
    assert!(asked > 5_000, "{asked}");
}

#[test]
fn a_profile_says_what_its_people_are() {
    let firm = Firm::example(&Rulebook::builtin().unwrap()).unwrap();
    for product in ["grow", "manage"] {
        let tables = firm.join_tables(product).unwrap();
        let profiles: Vec<_> = tables.profiles().collect();
        for (user, number) in tables.people() {
            let profile = &profiles[number as usize];
            assert_eq!(profile.number, number);
            assert_eq!(profile.is_enabled, firm.is_enabled(user).unwrap());
            let person = firm.person(user).unwrap();
            let seat = person.seats.iter().find(|seat| seat.product == product);
            assert_eq!(profile.has_seat, seat.is_some());
            let roles = seat.map_or(&[][..], |seat| &seat.roles);
            assert_eq!(profile.roles, roles);
            for (name, value) in seat.iter().flat_map(|seat| &seat.settings) {
                assert!(profile.settings.contains(&(name, value)));
            }
        }
    }
    assert!(firm.join_tables("payroll").is_none());
}
