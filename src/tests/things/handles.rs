//! Changes of lists, properties and groups by handles, beside the same changes by names.

use pretty_assertions::assert_eq;

use super::model::FirmModel;
use super::rulebook;
use crate::finding::AskError;
use crate::tests::dice::Dice;
use crate::{Change, ChangeHandle, ChangeTarget, Firm, Judgement};

/// The handles of a change, looked up in a firm.
fn handles(firm: &Firm, change: &Change) -> Result<(ChangeHandle, ChangeTarget), AskError> {
    let rulebook = firm.rulebook();
    let mut handle = rulebook.change(None, &change.change)?;
    if let Some(thing) = &change.thing {
        let kind = if change.change == "lock" {
            "issue"
        } else {
            "repository"
        };
        handle = handle.with_thing(rulebook, firm.thing(None, kind, thing)?)?;
    }
    if let Some(list) = &change.list {
        handle = handle.with_list(rulebook, list)?;
    }
    if let Some(value) = &change.value {
        handle = handle.with_value(rulebook, &value.0)?;
    }
    if let Some(group) = &change.group {
        handle = handle.with_group(rulebook, firm.group(group)?)?;
    }
    let target = match change.target.as_deref() {
        None => ChangeTarget::Nobody,
        Some(id) => match firm.group(id) {
            Ok(group) => group.into(),
            Err(_) => firm.user(id)?.into(),
        },
    };
    Ok((handle, target))
}

/// The outcome by handles that were looked up in an earlier state of the firm.
fn by_handles<'f>(
    firm: &'f Firm,
    earlier: &Firm,
    change: &Change,
) -> Result<Judgement<'f>, AskError> {
    let (handle, target) = handles(earlier, change)?;
    firm.validate(earlier.user(&change.user)?, handle, target)
}

#[test]
fn handles_say_of_things_and_groups_what_names_say() {
    let rulebook = rulebook();
    let (mut accepted, mut rejected, mut errors) = (0, 0, 0);
    for seed in 0..60 {
        let model = FirmModel::by_chance(seed);
        let dice = &mut Dice(seed);
        let first = Firm::from_text(&rulebook, "firm.yaml", &model.text()).unwrap();
        let mut firm = first.clone();
        for _ in 0..60 {
            let change = model.any_change(dice);
            let judgement = by_handles(&firm, &first, &change);
            let verdict = match firm.judge(&change) {
                Ok(verdict) => verdict,
                Err(error) => {
                    assert_eq!(judgement.unwrap_err().code(), error.code(), "{change:?}");
                    errors += 1;
                    continue;
                }
            };
            let judgement = judgement.unwrap();
            assert_eq!(judgement.is_accepted(), verdict.is_accepted(), "{change:?}");
            let effects = verdict.effects.iter().map(|effect| &**effect);
            assert!(judgement.effects().eq(effects), "{change:?}");
            assert_eq!(judgement.basis(), verdict.grounds.basis);
            let altered = verdict.altered.len() + verdict.altered_things.len();
            assert_eq!(judgement.altered(), altered, "{change:?}");
            assert_eq!(judgement.reasons().next(), Some(&*verdict.grounds.reason));
            if verdict.is_accepted() {
                accepted += 1;
                firm = firm.after(&verdict).unwrap();
            } else {
                let rules = verdict.reasons.iter().map(|reason| &*reason.grounds.rule);
                assert!(judgement.rules().eq(rules), "{change:?}");
                rejected += 1;
            }
        }
    }
    let counts = (accepted, rejected, errors);
    assert!(
        accepted > 600 && rejected > 600 && errors > 10,
        "{counts:?}"
    );
}

#[test]
fn handles_that_do_not_fit_are_errors() {
    let rulebook = rulebook();
    let text = "firm: One
users:
  - { id: ann, hub: { roles: [owner] } }
  - { id: ben, hub: {} }
groups: { core: [ben], all: [core] }
things: { repository: [{ id: web }], issue: [{ id: i1, repository: web }] }
";
    let firm = Firm::from_text(&rulebook, "firm.yaml", text).unwrap();
    let other = Firm::from_text(&rulebook, "firm.yaml", text).unwrap();
    let code = |error: AskError| error.code().name();
    let ann = firm.user("ann").unwrap();
    let change = |id| rulebook.change(None, id).unwrap();
    let thing = |firm: &Firm, kind, id| firm.thing(None, kind, id).unwrap();
    let web = thing(&firm, "repository", "web");
    let refused = |changed: Result<ChangeHandle, AskError>| code(changed.unwrap_err());
    let issue = thing(&firm, "issue", "i1");
    let share = change("share").with_thing(&rulebook, web).unwrap();
    let core = firm.group("core").unwrap();
    assert_eq!(
        refused(change("share").with_thing(&rulebook, issue)),
        "missing-thing"
    );
    assert_eq!(
        refused(change("join").with_thing(&rulebook, web)),
        "unexpected-argument"
    );
    assert_eq!(
        refused(share.with_group(&rulebook, core)),
        "unexpected-argument"
    );
    assert_eq!(
        refused(share.with_value(&rulebook, "north")),
        "unexpected-argument"
    );
    assert_eq!(
        refused(share.with_list(&rulebook, "admin")),
        "list-not-changed"
    );
    assert_eq!(
        refused(change("move").with_value(&rulebook, "east")),
        "unknown-value"
    );
    assert_eq!(code(firm.group("cor").unwrap_err()), "unknown-group");
    let asked =
        |change, target: ChangeTarget| code(firm.validate(ann, change, target).unwrap_err());
    let full = share.with_list(&rulebook, "write").unwrap();
    assert_eq!(asked(share, ann.into()), "missing-argument");
    assert_eq!(asked(full, ChangeTarget::Nobody), "missing-target");
    let open_up = change("open_up").with_thing(&rulebook, web).unwrap();
    assert_eq!(asked(open_up, ann.into()), "unexpected-target");
    assert_eq!(asked(open_up, core.into()), "unexpected-target");
    assert_eq!(
        asked(change("open_up"), ChangeTarget::Nobody),
        "missing-argument"
    );
    let elsewhere = change("open_up").with_thing(&rulebook, thing(&other, "repository", "web"));
    assert_eq!(
        asked(elsewhere.unwrap(), ChangeTarget::Nobody),
        "foreign-handle"
    );
    assert_eq!(
        asked(full, other.group("core").unwrap().into()),
        "foreign-handle"
    );
    let join = change("join").with_group(&rulebook, core).unwrap();
    assert_eq!(
        asked(join, firm.group("all").unwrap().into()),
        "group-in-itself"
    );
    // What is chosen later leaves the thing as it is.
    assert!(firm.validate(ann, full, core).is_ok());
    let moved = change("move").with_thing(&rulebook, web).unwrap();
    let moved = moved.with_value(&rulebook, "north").unwrap();
    assert_eq!(
        firm.validate(ann, moved, ChangeTarget::Nobody)
            .unwrap()
            .altered(),
        1
    );
}

/// A group is not done what is done to a user.
#[test]
fn changes_of_people_are_done_to_no_group() {
    let firm = Firm::example(&crate::Rulebook::builtin().unwrap()).unwrap();
    let grant = firm.rulebook().change(Some("manage"), "grant").unwrap();
    let grant = grant.with_role(firm.rulebook(), "billing").unwrap();
    let group = firm.group("litigation").unwrap();
    let error = firm.validate(firm.user("tomas").unwrap(), grant, group);
    assert_eq!(error.unwrap_err().code().name(), "unknown-user");
}
