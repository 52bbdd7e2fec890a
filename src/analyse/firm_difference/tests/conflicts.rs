//! A firm's own conflicts: whatever is different of them is told, and the state is another one.

use std::sync::LazyLock;

use super::*;
use pretty_assertions::assert_eq;

const FIRM: &str = "firm: Two
users:
  - id: ada
    manage: { roles: [primary_subscriber] }
";

const CONFLICT: &str = "conflicts:
  manage:
    bills_and_reports:
      title: Bills and reports
      both: [create_bill, generate_reports]
      except: administrator
      because: One person should not do both
";

/// Firms are compared under one rulebook.
static RULES: LazyLock<Rulebook> = LazyLock::new(builtin);

fn firm_with(conflicts: &str) -> Firm {
    Firm::from_text(&RULES, "firm.yaml", &format!("{FIRM}{conflicts}")).unwrap()
}

fn told(old: &Firm, new: &Firm) -> Vec<(String, OwnConflictChangeKind)> {
    let difference = old.difference(new).unwrap();
    assert_eq!(difference.equal, difference.conflicts.is_empty());
    assert_eq!(difference.equal, old.state() == new.state());
    let conflicts = difference.conflicts.iter();
    conflicts
        .map(|change| (change.conflict.to_string(), change.kind))
        .collect()
}

#[test]
fn every_difference_of_a_conflict_is_told() {
    use OwnConflictChangeKind::{Added, Altered, Removed};
    let id = || "bills_and_reports".to_owned();
    let (without, with) = (firm_with(""), firm_with(CONFLICT));
    assert_eq!(told(&without, &with), [(id(), Added)]);
    assert_eq!(told(&with, &without), [(id(), Removed)]);
    assert_eq!(told(&with, &firm_with(CONFLICT)), []);
    for (from, to) in [
        ("Bills and reports", "Both"),
        ("create_bill", "edit_bill"),
        ("except: administrator", "except: accounts"),
        ("      except: administrator\n", ""),
        ("One person", "Nobody"),
        ("do both\n", "do both\n      basis: stated\n"),
        ("do both\n", "do both\n      section: permissions\n"),
    ] {
        let altered = CONFLICT.replace(from, to);
        assert_ne!(altered, CONFLICT);
        let altered = firm_with(&altered);
        assert_eq!(told(&with, &altered), [(id(), Altered)], "{to}");
        assert_eq!(told(&altered, &with), [(id(), Altered)], "{to}");
    }
}

#[test]
fn the_conflicts_of_one_product_stay_with_it() {
    let mut difference = firm_with("").difference(&firm_with(CONFLICT)).unwrap();
    difference.keep_product("grow");
    assert!(difference.equal);
}
