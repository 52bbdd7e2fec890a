//! A firm file that cannot be written, and what gives way.

use std::fs;

use clio_rules::{Change, Firm, Limits, Loader, Rulebook, Verdict, WriteError};

use super::{Way, error, library};

const MOSS: &str = "firm: Moss
users:
  - id: ada
    manage: { roles: [primary_subscriber] }
  - id: ben
    enabled: true
    manage: { roles: [billing] }
";

/// What ben holds after the change.
const HELD: &str = "[billing, reports]";

fn judged(firm: &Firm) -> Verdict {
    let grant = Change::new("ada", "grant").role("reports").target("ben");
    firm.judge(&grant).unwrap()
}

/// A file, and the firm that was read from it.
struct Written {
    folder: tempfile::TempDir,
    firm: Firm,
}

impl Written {
    fn by(rulebook: &Rulebook) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("firm.yaml");
        fs::write(&path, MOSS).unwrap();
        let firm = Firm::from_file(rulebook, &path).unwrap();
        Self { folder, firm }
    }

    fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("firm.yaml")
    }

    /// Makes the change that was judged, and expects it in the file.
    fn change(&self, firm: &Firm) -> Result<(), WriteError> {
        firm.write_change(self.path(), &judged(firm))?;
        assert!(fs::read_to_string(self.path()).unwrap().contains(HELD));
        Ok(())
    }
}

fn read_only(stays: bool) -> String {
    let written = Written::by(&Rulebook::builtin().unwrap());
    let mut permissions = fs::metadata(written.path()).unwrap().permissions();
    let usual = permissions.clone();
    permissions.set_readonly(true);
    fs::set_permissions(written.path(), permissions).unwrap();
    if !stays {
        fs::set_permissions(written.path(), usual).unwrap();
    }
    error(written.change(&written.firm))
}

/// Somebody else writes the file, and the change is made in the firm of either side.
fn written_by_others(again: bool) -> String {
    let rulebook = Rulebook::builtin().unwrap();
    let written = Written::by(&rulebook);
    let theirs = format!("{MOSS}  - id: cid\n    manage: {{}}\n");
    fs::write(written.path(), theirs).unwrap();
    if !again {
        return error(written.change(&written.firm));
    }
    let firm = Firm::from_file(&rulebook, written.path()).unwrap();
    let changed = written.change(&firm);
    let text = fs::read_to_string(written.path()).unwrap();
    assert!(text.contains("id: cid"), "{text}");
    error(changed)
}

/// With one role more, this user takes one event too many.
fn tight() -> Written {
    let fits = |events_per_user| {
        let limits = Limits {
            events_per_user,
            ..Limits::DEFAULT
        };
        let rulebook = Loader::new().limits(&limits).builtin_rulebook().unwrap();
        let is_read = Firm::from_text(&rulebook, "firm.yaml", MOSS).is_ok();
        is_read.then(|| Written::by(&rulebook))
    };
    (1..100).find_map(fits).unwrap()
}

/// By hand, with fewer words for the same.
fn by_hand() -> String {
    let written = tight();
    let expected = written.firm.after(&judged(&written.firm)).unwrap();
    let text = MOSS
        .replace("    enabled: true\n", "")
        .replace("[billing]", HELD);
    fs::write(written.path(), text).unwrap();
    let read = Firm::from_file(written.firm.rulebook(), written.path());
    if let Ok(read) = &read {
        assert!(*read == expected, "the change, and nothing else");
    }
    error(read)
}

pub(super) fn ways() -> Vec<Way> {
    vec![
        library("cannot-write", || read_only(true), || read_only(false)),
        library(
            "changed-meanwhile",
            || written_by_others(false),
            || written_by_others(true),
        ),
        library(
            "edit-failed",
            || {
                let written = tight();
                error(written.change(&written.firm))
            },
            by_hand,
        ),
    ]
}
