use pretty_assertions::assert_eq;

use crate::{Change, Firm, Rulebook};

const USERS: &str = "\
users:
  - id: june
    manage: { roles: [primary_subscriber] }
  - id: pilar
    manage: { roles: [accounts, billing] }
";

/// As firm files usually are, and with a text that only the close reader reads.
const WRITTEN: [&str; 2] = ["One person bills", ">-\n        One person\n        bills"];

fn text(title: &str, more: &str) -> String {
    format!(
        "\
firm: House
{USERS}conflicts:
  manage:
    makes_and_edits:
      title: {title}
      both: [create_bill, edit_bill]
      except: [administrator, reports]
      because: 'Two should see it: always'
      note: Of the partners
{more}"
    )
}

fn rulebook() -> Rulebook {
    Rulebook::builtin().unwrap()
}

fn load(text: &str) -> Firm {
    Firm::from_text(&rulebook(), "firm.yaml", text)
        .unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn held(firm: &Firm, user: &str) -> Vec<String> {
    let held = firm.conflicts(user).unwrap();
    held.iter().map(|held| held.conflict.to_string()).collect()
}

#[test]
fn both_readers_declare_the_same() {
    let firms = WRITTEN.map(|title| load(&text(title, "")));
    for firm in &firms {
        assert_eq!(
            held(firm, "pilar"),
            ["bills_and_payouts", "makes_and_edits"]
        );
        assert_eq!(held(firm, "june"), Vec::<String>::new());
    }
    let of_pilar = |firm: &Firm| firm.conflicts("pilar").unwrap();
    assert_eq!(of_pilar(&firms[0]), of_pilar(&firms[1]));
    let own = &of_pilar(&firms[0])[1];
    assert_eq!(
        serde_json::to_value(own).unwrap(),
        serde_json::json!({
            "user": "pilar",
            "product": "manage",
            "conflict": "makes_and_edits",
            "title": "One person bills",
            "both": ["create_bill", "edit_bill"],
            "because": "Two should see it: always",
            "basis": "inferred",
            "place": "firm.yaml:9",
        })
    );
    assert_eq!(own.section, None);
}

/// What is written loads as the same firm, and so does its JSON.
#[test]
fn a_firm_keeps_its_conflicts() {
    let more = "      basis: stated\n      section: permissions\n";
    let firm = load(&text(WRITTEN[0], more));
    assert_eq!(
        firm.conflicts("pilar").unwrap()[1].section.as_deref(),
        Some("Change user permissions in Clio Manage")
    );
    let in_json = serde_json::to_string(&firm).unwrap();
    for written in [firm.to_yaml(), in_json] {
        let read = load(&written);
        assert_eq!(read.to_yaml(), firm.to_yaml());
        assert_eq!(
            serde_json::to_value(&read).unwrap(),
            serde_json::to_value(&firm).unwrap()
        );
        let bare = |firm: &Firm| {
            let mut held = serde_json::to_value(firm.conflicts("pilar").unwrap()).unwrap();
            held[1].as_object_mut().unwrap().remove("place");
            held
        };
        assert_eq!(bare(&read), bare(&firm));
    }
    let change = Change::new("june", "revoke")
        .role("billing")
        .target("pilar");
    let after = firm.apply(&change).unwrap().firm;
    assert_eq!(held(&after, "pilar"), Vec::<String>::new());
    let again = after
        .judge(&Change::new("june", "grant").role("billing").target("pilar"))
        .unwrap();
    let newly: Vec<&str> = again.conflicts.iter().map(|held| &*held.conflict).collect();
    assert_eq!(newly, ["bills_and_payouts", "makes_and_edits"]);
    let with_reading = firm.with_reading(None, "firm_feed_is_open", false).unwrap();
    assert_eq!(held(&with_reading, "pilar"), held(&firm, "pilar"));
}

/// A change that is written into the file leaves what the firm declares as it stands there.
#[test]
fn a_written_change_keeps_the_conflicts() {
    let folder = tempfile::tempdir().unwrap();
    for title in WRITTEN {
        let (path, text) = (folder.path().join("firm.yaml"), text(title, ""));
        std::fs::write(&path, &text).unwrap();
        let firm = Firm::from_file(&rulebook(), &path).unwrap();
        let change = Change::new("june", "revoke")
            .role("billing")
            .target("pilar");
        let verdict = firm.judge(&change).unwrap();
        firm.write_change(&path, &verdict).unwrap();
        let written = std::fs::read_to_string(&path).unwrap();
        assert_eq!(written, text.replace("[accounts, billing]", "[accounts]"));
    }
}

#[test]
fn what_is_wrong_with_them_is_found_by_both_readers() {
    let cases = [
        (
            "makes_and_edits:",
            "bills_and_payouts:",
            "conflict-taken",
            9,
        ),
        ("makes_and_edits:", "Makes:", "not-an-id", 9),
        ("makes_and_edits:", "everyone:", "reserved-name", 9),
        (
            "  manage:\n    makes",
            "  manege:\n    makes",
            "unknown-product",
            8,
        ),
        ("edit_bill]", "edit_bil]", "unknown-action", 11),
        ("edit_bill]", "edit_user_login]", "conflict-needs-more", 11),
        (", edit_bill]", "]", "conflict-not-two", 9),
        ("administrator, reports", "admin", "unknown-role", 12),
        ("      both:", "      of:", "unknown-key", 11),
    ];
    for (from, to, code, line) in cases {
        let broken = text(WRITTEN[0], "").replacen(from, to, 1);
        assert_ne!(broken, text(WRITTEN[0], ""), "{from}");
        let error = Firm::from_text(&rulebook(), "firm.yaml", &broken).unwrap_err();
        let first = error.findings().iter().next().unwrap();
        let at = first.place().map(|place| place.line());
        assert_eq!(
            (first.code().name(), at),
            (code, Some(line)),
            "{error}\n{broken}"
        );
    }
    let unknown = ["      basis: sure\n", "      section: nowhere\n"].map(|more| {
        let error = Firm::from_text(&rulebook(), "firm.yaml", &text(WRITTEN[0], more)).unwrap_err();
        error.findings().iter().next().unwrap().code().name()
    });
    assert_eq!(unknown, ["unknown-word", "unknown-section"]);
}
