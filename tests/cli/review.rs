//! `review`: the access review in every form.

use pretty_assertions::assert_eq;
use serde_json::Value;

use crate::program::{EXAMPLE, Folder, prints};

const GROW: &str = "\
Hartley Moss LLP: 14 people, 2 disabled, 1 without a seat

Clio Grow: 8 seats, 2 disabled, 15 actions
  Normal  held by 5
  Admin   held by 3

one change away from
  Admin  Tomas Lindgren, Otto Brandt, Wren Abernathy, Bea Navarro, Greta Vance; by Assign a level (assign admin), made by Nadia Hartley, Priya Moss

dormant: held by people who are disabled
  Hugo Petit  Admin
";

#[test]
fn text_is_short() {
    prints(["review", "--product", "grow"], 0, GROW, EXAMPLE);
}

#[test]
fn csv_has_a_line_for_each_answer_and_json_the_same() {
    let folder = Folder::new();
    let done = folder.run(["review", "--format", "csv"]).done();
    let mut lines = csv::Reader::from_reader(done.stdout.as_bytes());
    let records: Vec<csv::StringRecord> = lines.records().map(Result::unwrap).collect();
    let json = folder.run(["review", "--format", "json"]).done();
    let review: &Value = &json.lines()[0];
    let mut expected = 0;
    for product in review["products"].as_array().unwrap() {
        for row in product["rows"].as_array().unwrap() {
            let users = row["users"].as_array().unwrap().len();
            for note in row["notes"].as_array().unwrap() {
                let note = &product["notes"][note.as_u64().unwrap() as usize - 1];
                expected += users * note["answers"].as_array().unwrap().len();
            }
        }
    }
    let on_things = records.iter().filter(|line| &line[6] == "things");
    assert_eq!(on_things.count(), things_lines(review));
    assert_eq!(records.len(), expected + things_lines(review));
    assert!(expected > 900, "{expected}");
    let wren = records
        .iter()
        .find(|line| &line[1] == "wren" && &line[4] == "create_bill");
    let wren: Vec<&str> = wren.unwrap().iter().skip(5).take(6).collect();
    assert_eq!(
        wren,
        ["", "deny", "", "deny", "create_bill", "needs billing"]
    );
}

/// How many lines there are for actions of people on things.
fn things_lines(review: &Value) -> usize {
    let list = |value: &Value, key: &str| value[key].as_array().unwrap().clone();
    let products = list(review, "products");
    let kinds = products.iter().flat_map(|product| list(product, "kinds"));
    let things = kinds.flat_map(|kind| list(&kind, "things"));
    let access = things.flat_map(|alike| list(&alike, "access"));
    let lines = access.map(|who| list(&who, "users").len() * list(&who, "actions").len());
    let lines = lines.sum();
    assert!(lines > 20, "{lines}");
    lines
}

#[test]
fn markdown_says_who_may_do_what() {
    let words = ["review", "--format", "markdown", "--product", "grow"];
    let markdown = Folder::new().run(words).done().stdout;
    for part in [
        "# Access review: Hartley Moss LLP\n",
        "| Admin | 3 | 0 |\n",
        "| See the reports | 2 | Nadia Hartley, Priya Moss |\n",
        "| Zeno Hartley | zeno | yes | no seat |\n",
    ] {
        assert!(markdown.contains(part), "{part}\n{markdown}");
    }
}

#[test]
fn since_says_what_is_different() {
    let folder = Folder::new().with_firm();
    let old = folder.read("firm.yaml");
    let new = old
        .replace("    manage: {}\n", "    manage: {roles: [billing]}\n")
        .replace(
            "[primary_subscriber, billing]",
            "[primary_subscriber, billing, accounts]",
        )
        .replace("  - id: zeno", "  - id: xeno");
    let folder = folder.with("old.yaml", old).with("firm.yaml", new);
    let words = ["review", "--since", "old.yaml", "--html", "review.html"];
    let done = folder.run(words).done();
    assert_eq!(done.status, 0, "{}", done.stderr);
    let (_, since) = done.stdout.split_once("\nsince the last review\n").unwrap();
    let refused = "no permitted change makes it so: accounts: false -> true; whoever makes such changes is refused: ";
    let (nadia, others) = since.split_once('\n').unwrap();
    assert!(
        nadia.starts_with(&format!(
            "  Nadia Hartley   given accounts in Clio Manage; {refused}"
        )),
        "{nadia}"
    );
    assert_eq!(
        others,
        "  Wren Abernathy  given billing in Clio Manage; gains 12 actions\n  Zeno Hartley    is new\n  Zeno Hartley    is gone\n"
    );
    let page = folder.read("review.html");
    assert!(page.contains("<h2>Since the last review</h2>"));
    for part in [
        "<bdi>Wren Abernathy</bdi></th><td><div>given billing in Clio Manage</div></td>",
        "<div>Create a bill</div>",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(page.contains(&refused.replace('>', "&gt;")));
    let same = folder.run(["review", "--since", "firm.yaml"]).done().stdout;
    assert!(
        same.ends_with("since the last review\n  nothing  everything is as it was\n"),
        "{same}"
    );
}

#[test]
fn the_page_of_every_rulebook_stands_alone() {
    let folder = Folder::new()
        .with(
            "records/records.yaml",
            crate::program::shipped("tests/rulebooks/records/rules/records.yaml"),
        )
        .with(
            "records/records.rhai",
            crate::program::shipped("tests/rulebooks/records/rules/records.rhai"),
        )
        .with(
            "records.yaml",
            crate::program::shipped("tests/rulebooks/records/fixtures/firm.yaml"),
        )
        .with("nobody.yaml", "firm: Nobody\nusers: []\n");
    let records = ["--rules", "records", "--firm", "records.yaml"];
    for firm in [&[][..], &["--firm", "nobody.yaml"], &records] {
        let words = ["review", "--html", "r.html"].iter().chain(firm).copied();
        let done = folder.run(words).done();
        assert_eq!(done.status, 0, "{firm:?} {}", done.stderr);
        let page = folder.read("r.html");
        for foreign in [
            "<script", "<link", "@import", "url(", "src=", "http:", "https:",
        ] {
            assert!(!page.contains(foreign), "{foreign}");
        }
        assert!(page.contains("default-src 'none'; style-src 'unsafe-inline'"));
        assert!(
            page.starts_with("<!doctype html>\n<html lang=\"en\">") && page.ends_with("</html>\n")
        );
    }
    let page = folder.read("r.html");
    assert!(
        page.contains("Write a record, status = archived"),
        "an action stands there for each value of its fact"
    );
}

#[test]
fn what_cannot_be_reviewed_is_said() {
    let folder = Folder::new();
    for (words, message) in [
        (&["review", "--product", "grwo"][..], "did you mean `grow`?"),
        (&["review", "--since", "no.yaml"], "no.yaml"),
        (
            &["review", "--html", "no/such/folder/r.html"],
            "no/such/folder/r.html",
        ),
    ] {
        let done = folder.run(words.iter().copied()).done();
        assert_eq!(done.status, 2, "{words:?}");
        assert!(done.stderr.contains(message), "{}", done.stderr);
    }
    let users: String = (0..5_001)
        .map(|user| format!("  - id: u{user}\n"))
        .collect();
    let folder = folder.with("large.yaml", format!("firm: Large\nusers:\n{users}"));
    let done = folder
        .run(["review", "--firm", "large.yaml", "--html", "r.html"])
        .done();
    assert_eq!(done.status, 2);
    assert!(
        done.stderr
            .contains("a review of 5001 users is larger than 5000 users"),
        "{}",
        done.stderr
    );
    assert_eq!(folder.names(), ["large.yaml"]);
}

#[test]
fn conflicts_stand_there_where_rules_declare_some() {
    let rules = crate::program::shipped("tests/cases/loads/promises_of_every_kind/rules/door.yaml");
    let firm = "firm: House\nusers:\n  - id: ada\n    door: {roles: [guest]}\n  - id: ben\n    name: Ben\n    door: {roles: [owner]}\n";
    let folder = Folder::new()
        .with("rules/door.yaml", &rules)
        .with("firm.yaml", firm);
    let shown = |folder: &Folder| {
        let done = folder.run(["review", "--html", "r.html"]).done();
        (done.stdout, folder.read("r.html"))
    };
    let (text, page) = shown(&folder);
    assert!(
        text.ends_with("\nshould not be in one hand\n  One person keeps keys and doors  nobody; trusted with both: Ben\n"),
        "{text}"
    );
    assert!(page.contains("<strong><bdi>Nobody holds both.</bdi></strong> Open the door and Lock the door; trusted with both: Owner (Ben)."));
    let folder = folder.with(
        "rules/door.yaml",
        rules.replace("    except: [owner]\n", ""),
    );
    let (text, page) = shown(&folder);
    assert!(
        text.ends_with("\nshould not be in one hand\n  One person keeps keys and doors  Ben\n"),
        "{text}"
    );
    assert!(page.contains("<div class=\"item warn\"><h3>One person keeps keys and doors</h3><p><strong><bdi>Held by Ben.</bdi></strong>"));
    let (_, without) = shown(&Folder::new());
    assert_eq!(
        without.contains("id=\"conflicts\""),
        clio_rules::Rulebook::builtin()
            .unwrap()
            .products()
            .any(|product| {
                let rulebook = clio_rules::Rulebook::builtin().unwrap();
                !rulebook.catalogue(product).unwrap().conflicts.is_empty()
            })
    );
}

/// Whoever is trusted with a conflict, and what disabled people still hold, stands in every form.
#[test]
fn every_form_names_the_trusted_and_the_dormant() {
    let folder = Folder::new().with(
        "firm.yaml",
        crate::program::shipped("fixtures/firms/own_policy.yaml"),
    );
    let printed = |words: &[&str]| folder.run(["review"].iter().chain(words).copied()).done();
    let text = printed(&[]).stdout;
    for part in [
        "\ndormant: held by people who are disabled\n  Tessa Boyle  Billing\n",
        "  One person takes payments and deletes them                 Ravi Menon, Noor Haddad; trusted with both: June Calloway\n",
        "  One person makes bills and pays money out                  nobody; trusted with both: June Calloway, Ravi Menon\n",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let markdown = printed(&["--format", "markdown"]).stdout;
    for part in [
        "### Dormant: held by people who are disabled\n\n- Tessa Boyle: Billing\n",
        "- One person takes payments and deletes them: Ravi Menon, Noor Haddad; trusted with both: June Calloway\n",
    ] {
        assert!(markdown.contains(part), "{part}\n{markdown}");
    }
    let json = printed(&["--format", "json"]).lines();
    let manage = &json[0]["products"][1];
    assert_eq!(
        manage["dormant"],
        serde_json::json!([{ "user": "tessa", "roles": ["billing"] }])
    );
    let conflicts = manage["conflicts"].as_array().unwrap();
    let own = conflicts
        .iter()
        .find(|one| one["conflict"] == "payments_taken_and_deleted")
        .unwrap();
    assert_eq!(
        (&own["users"], &own["trusted"]),
        (
            &serde_json::json!(["ravi", "noor"]),
            &serde_json::json!(["june"])
        )
    );
    let csv = printed(&["--format", "csv"]).stdout;
    let mut lines = csv::Reader::from_reader(csv.as_bytes());
    let records: Vec<csv::StringRecord> = lines.records().map(Result::unwrap).collect();
    let last = |user: &str| {
        let line = records
            .iter()
            .find(|line| &line[0] == "manage" && &line[1] == user)
            .unwrap();
        line.iter().skip(13).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(last("tessa"), ["billing", "", ""]);
    assert_eq!(
        last("ravi"),
        [
            "",
            "payments_taken_and_deleted books_and_rates",
            "bills_and_payouts payouts_and_reports"
        ]
    );
    assert_eq!(
        last("june"),
        [
            "",
            "books_and_rates",
            "bills_and_payouts payouts_and_reports payments_taken_and_deleted"
        ]
    );
    assert_eq!(printed(&["--html", "r.html"]).status, 0);
    let page = folder.read("r.html");
    for part in [
        "<h2>Dormant</h2>",
        "<bdi>Tessa Boyle</bdi> <span class=\"muted\">in Clio Manage</span></h3><p>Billing</p>",
        "trusted with both: Primary subscriber (June Calloway)",
        "payments_taken_and_deleted at firm.yaml:",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn some_people_are_reviewed_and_the_firm_stays_whole() {
    let folder = Folder::new().with("department.txt", "wren\n\n  hugo\n");
    let all = folder.run(["review", "--product", "grow"]).done().stdout;
    let words = ["review", "--product", "grow", "--only", "@department.txt"];
    let some = folder.run(words).done();
    let stdout = all
        .replace("without a seat\n", "without a seat; 2 of them are reviewed here\n")
        .lines()
        .map(|line| match line.split_once("Tomas Lindgren, Otto Brandt, ") {
            Some((before, _)) => format!("{before}Wren Abernathy; by Assign a level (assign admin), made by nadia, priya\n"),
            None => format!("{line}\n"),
        })
        .collect::<String>();
    assert_eq!((some.status, some.stdout), (0, stdout));
    let words = [
        "review",
        "--only",
        "wren,hugo",
        "--only",
        "bea",
        "--format",
        "csv",
    ];
    let csv = folder.run(words).done().stdout;
    let users = csv
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').nth(1));
    let users: std::collections::BTreeSet<&str> = users.collect();
    assert_eq!(
        users.into_iter().collect::<Vec<_>>(),
        ["bea", "hugo", "wren"]
    );
}

/// Ids from a file or from standard input; a page never takes the place of that file.
#[test]
fn ids_stand_in_a_file() {
    let folder = Folder::new().with("ids", "wren\nnadia\n");
    for command in [
        &["access", "--product", "grow"][..],
        &["who-can", "create_bill"],
    ] {
        let run = |only: &str| {
            let words = command.iter().copied().chain(["--only", only]);
            folder.run(words).stdin("wren\nnadia\n").done()
        };
        let done = run("wren,nadia");
        assert_eq!(done.status, 0);
        assert_eq!(run("@ids").stdout, done.stdout);
        assert_eq!(run("@-").stdout, done.stdout);
        let done = run("@nothing");
        assert_eq!(done.status, 2);
        assert!(done.stderr.contains("cannot-read"), "{}", done.stderr);
    }
    let done = folder
        .run(["review", "--only", "@ids", "--html", "ids"])
        .done();
    assert_eq!(done.status, 2);
    assert!(done.stderr.contains("output-in-use"), "{}", done.stderr);
    let words = ["review", "--only", "@-", "--firm", "-"];
    let done = folder.run(words).done();
    assert!(done.stderr.contains("stream-in-use"), "{}", done.stderr);
}
