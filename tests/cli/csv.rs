//! `batch --format csv`: tables in, tables out.

use pretty_assertions::{assert_eq, assert_str_eq};

use crate::batch::batch;
use crate::program::{Done, EXAMPLE, Folder, in_manage};

/// What a table of questions comes to.
#[track_caller]
fn table(text: impl AsRef<[u8]>) -> Done {
    let folder = Folder::new();
    folder.run(["batch", "--format", "csv"]).stdin(text).done()
}

/// The answers to a table, each by its columns.
struct Answers {
    status: i32,
    header: csv::StringRecord,
    records: Vec<csv::StringRecord>,
}

impl Answers {
    #[track_caller]
    fn to(text: impl AsRef<[u8]>) -> Self {
        let done = table(text);
        assert_eq!(done.stderr, EXAMPLE);
        let mut reader = csv::Reader::from_reader(done.stdout.as_bytes());
        Self {
            status: done.status,
            header: reader.headers().unwrap().clone(),
            records: reader.records().map(Result::unwrap).collect(),
        }
    }

    #[track_caller]
    fn cell(&self, record: usize, column: &str) -> &str {
        let place = self.header.iter().position(|name| name == column);
        let place = place.unwrap_or_else(|| panic!("no column {column} in {:?}", self.header));
        &self.records[record][place]
    }

    /// Line, code and message of a record that could not be asked.
    #[track_caller]
    fn error(&self, record: usize) -> (&str, &str, &str) {
        let cell = |column| self.cell(record, column);
        (cell("line"), cell("error.code"), cell("error.message"))
    }
}

#[test]
fn a_table_comes_back_with_its_answers() {
    let done =
        table("product,user,action\nmanage,wren,create_bill\nmanage,\"wren\",share_calendars\n");
    assert_eq!((done.status, done.stderr.as_str()), (0, EXAMPLE));
    let [bill, calendars] = ["create_bill:", "share_calendars:"].map(in_manage);
    let expected = format!(
        "\
product,user,action,decision,basis,rule,reason,reason_basis,place,section,where,needs,line,error.code,error.message,error.help
manage,wren,create_bill,deny,stated,create_bill,needs billing,,{bill},Change user permissions in Clio Manage,,billing,,,,
manage,\"wren\",share_calendars,allow,stated,share_calendars,open to everyone with a seat,,{calendars},Understand account roles in Clio Manage,,,,,,
"
    );
    assert_str_eq!(done.stdout, expected);
}

#[test]
fn columns_say_what_keys_say_in_json() {
    let answers = Answers::to(
        "id,user,action,change,role,setting,value,target,facts.matter_access\r
\"1, with a \"\"comma\"\"\",wren,open_matter,,,,,,not_listed\r
2,wren,open_matter,,,,,,\r
3,tomas,edit_user_profile,,,,,wren,\r
4,tomas,,grant,billing,,,wren,\r
5,tomas,,set_visibility,,billing_rate_visibility,own,wren,\r
6,nadia,,grant,billing,,,nadia,\r
7,nadia,,transfer_ownership,,,,tomas,\r
",
    );
    assert_eq!((answers.status, answers.records.len()), (0, 7));
    let column = |name| {
        (0..7)
            .map(|record| answers.cell(record, name))
            .collect::<Vec<_>>()
    };
    assert_eq!(answers.cell(0, "id"), "1, with a \"comma\"");
    assert_eq!(column("product"), ["manage"; 7]);
    assert_eq!(
        column("decision"),
        ["deny", "allow", "allow", "", "", "", ""]
    );
    assert_eq!(
        column("verdict"),
        ["", "", "", "accept", "accept", "reject", "accept"]
    );
    assert_eq!(answers.cell(3, "effects"), "payment_notifications_start");
    assert_eq!(answers.cell(4, "altered.from"), "all");
    assert_eq!(answers.cell(4, "altered.to"), "own");
    assert_eq!(
        answers.cell(5, "reasons.rule"),
        "nobody_edits_their_own_permissions; nobody_edits_the_primary_subscriber"
    );
    assert_eq!(answers.cell(6, "altered.user"), "nadia; nadia; tomas");
}

#[test]
fn tables_and_lines_say_the_same() {
    let users = ["nadia", "tomas", "wren", "leila", "zeno", "nobody"];
    let actions = [
        "create_bill",
        "view_reports",
        "edit_user_profile",
        "open_matter",
        "fly",
    ];
    let (mut records, mut lines) = ("user,action,target\n".to_owned(), String::new());
    for user in users {
        for action in actions {
            for target in ["", "wren", "nadia"] {
                records += &format!("{user},{action},{target}\n");
                let target = match target {
                    "" => "null".to_owned(),
                    target => format!("\"{target}\""),
                };
                lines += &format!(
                    "{{\"user\":\"{user}\",\"action\":\"{action}\",\"target\":{target}}}\n"
                );
            }
        }
    }
    let answers = Answers::to(records);
    let (status, replies) = batch(lines);
    assert_eq!(
        (answers.status, answers.records.len()),
        (status, replies.len())
    );
    for (record, reply) in replies.iter().enumerate() {
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        for key in [
            "decision", "rule", "reason", "basis", "place", "section", "where", "product",
        ] {
            assert_eq!(answers.cell(record, key), text(&reply[key]), "{reply}");
        }
        for key in ["code", "message", "help"] {
            let column = format!("error.{key}");
            assert_eq!(
                answers.cell(record, &column),
                text(&reply["error"][key]),
                "{reply}"
            );
        }
    }
}

#[test]
fn a_carriage_return_in_a_cell_ends_no_record_of_the_answers() {
    let answers = Answers::to("user,action\nwr\ren,create_bill\n");
    assert_eq!(answers.error(0).1, "unknown-user");
    assert_eq!(answers.cell(0, "user"), "wr en");
    let raw = Folder::new()
        .run(["batch", "--format", "csv", "--raw-csv"])
        .stdin("user,action\nwr\ren,create_bill\n")
        .done();
    assert!(raw.stdout.contains("\n\"wr\ren\",create_bill,"), "{raw:?}");
}

/// Each alteration has its place in every cell, as in the reply to a line of JSON.
#[test]
fn what_changes_alter_of_things_has_columns() {
    const HUB: &str = include_str!("../../src/tests/things/hub.yaml");
    const FIRM: &str = "\
firm: One
users:
  - { id: ann, hub: { roles: [owner] } }
  - { id: ben, hub: {} }
  - { id: =1+1, hub: {} }
groups: { core: [ben], all: [core] }
things:
  repository:
    - { id: web, admin: [ann], office: north, archived: true, read: [ben, core] }
";
    let folder = Folder::new().with("rules/hub.yaml", HUB);
    let folder = folder.with("firm.yaml", FIRM);
    let table = "user,change,thing,list,value,group,target\n\
        ann,share,web,write,,,ben\nann,move,web,,south,,\nann,keep_for,web,,,,=1+1\n\
        ann,join,,,,all,ben\nann,leave,,,,core,ben\nben,move,web,,south,,\n";
    let done = folder.run(["batch", "--format", "csv"]).stdin(table).done();
    let mut reader = csv::Reader::from_reader(done.stdout.as_bytes());
    let header = reader.headers().unwrap().clone();
    let records: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), 6, "{done:?}");
    let cells = |record: usize| {
        let named = header.iter().zip(&records[record]);
        let of_things =
            named.filter(|(name, cell)| name.starts_with("altered_things.") && !cell.is_empty());
        let cells =
            of_things.map(|(name, cell)| format!("{}: {cell}", &name["altered_things.".len()..]));
        cells.collect::<Vec<_>>().join("\n")
    };
    let list = |name: &str, added: &str, removed: &str| {
        let removed = if removed.is_empty() {
            String::new()
        } else {
            format!("removed: {removed}\n")
        };
        format!(
            "kind: repository\nthing: web\nlist: {name}\nadded: {added}\n{removed}was_open: false\nis_open: false"
        )
    };
    assert_eq!(cells(0), list("write", "ben", ""));
    assert_eq!(
        cells(1),
        "kind: repository; repository\nthing: web; web\ngroup: ; \nproperty: office; archived\nfrom: north; true\nto: south; false\nlist: ; \nadded: ; \nremoved: ; \nwas_open: ; \nis_open: ; "
    );
    // A spreadsheet does not compute a name that begins like a formula.
    assert_eq!(cells(2), list("read", "'=1+1", "ben, core"));
    assert_eq!(cells(3), "group: all\nadded: ben");
    assert_eq!(cells(4), "group: core\nremoved: ben");
    assert_eq!(cells(5), "");
    let verdicts = records.iter().map(|record| &record[8]);
    assert_eq!(&header[8], "verdict");
    let expected = ["accept", "accept", "accept", "accept", "accept", "reject"];
    assert_eq!(verdicts.collect::<Vec<_>>(), expected);
    assert!(
        done.stdout
            .lines()
            .next()
            .unwrap()
            .ends_with("altered_things.is_open")
    );
}

#[test]
fn a_record_that_cannot_be_asked_does_not_stop_the_run() {
    let answers = Answers::to(
        "\u{feff}user,action,change,role\n\nwern,create_bill,,\n  \nwren,create_bill,,\nwren,create_bill\nwren,\"create\n_bill\"x,,\n,create_bill,,\nwren,,,\nwren,create_bill,grant,\nwren,create_bill,,billing\nwren,create_bill,,",
    );
    assert_eq!(answers.status, 2);
    let errors: Vec<_> = (0..9).map(|record| answers.error(record)).collect();
    assert_eq!(
        errors,
        [
            ("3", "unknown-user", "nobody in this firm has the id `wern`"),
            ("", "", ""),
            (
                "6",
                "not-csv",
                "this record cannot be read: it has 2 cells, and the header 4 columns"
            ),
            (
                "7",
                "not-csv",
                "this record cannot be read: something stands behind the quote that ends a cell"
            ),
            ("9", "missing-key", "the key `user` is missing here"),
            (
                "10",
                "not-one-question",
                "a request asks exactly one thing: this one asks nothing"
            ),
            (
                "11",
                "not-one-question",
                "a request asks exactly one thing: this one has `action` and `change`"
            ),
            ("12", "unknown-key", "there is no key `role` here"),
            ("", "", ""),
        ]
    );
    assert_eq!(answers.cell(0, "error.help"), "did you mean `wren`?");
    assert_eq!(answers.cell(0, "user"), "wern");
    assert_eq!(answers.cell(2, "user"), "");
    assert_eq!(
        answers.cell(4, "error.help"),
        "fill the cell in that column"
    );
    assert_eq!(answers.cell(8, "decision"), "deny");
}

#[test]
fn a_table_that_was_cut_off_says_so() {
    let answers = Answers::to("user,action\nwren,create_bill\nwren,\"create_bi");
    assert_eq!(answers.status, 2);
    assert_eq!(
        answers.error(1),
        (
            "3",
            "not-csv",
            "this record cannot be read: a quote is never closed"
        )
    );
    assert!(answers.cell(1, "error.help").contains("was it cut off?"));
}

#[test]
fn a_quote_that_never_ends_is_bounded() {
    let long = "x".repeat((1 << 20) + 1);
    let answers = Answers::to(format!(
        "user,action\n\"{long}\",create_bill\nwren,create_bill\n"
    ));
    assert_eq!(answers.status, 2);
    assert_eq!(answers.error(0).1, "line-too-long");
    assert_eq!(answers.cell(1, "decision"), "deny");
}

#[test]
fn a_header_that_asks_nothing_answers_nothing() {
    let wrong = |header: &str, code: &str, help: &str| {
        let done = table(format!("{header}\nwren,create_bill\n"));
        assert_eq!((done.status, done.stdout.as_str()), (2, ""), "{header}");
        assert!(
            done.stderr.contains(&format!("error[{code}]: ")),
            "{}",
            done.stderr
        );
        assert!(done.stderr.contains(help), "{}", done.stderr);
    };
    wrong("usr,action", "unknown-key", "did you mean `user`?");
    wrong(
        "user,parts",
        "unknown-key",
        "bulk changes are asked in lines of JSON",
    );
    wrong("user,user,action", "duplicate-key", "");
    wrong(
        "action,target",
        "missing-key",
        "give the header a column `user`",
    );
    wrong(
        "user,target",
        "not-one-question",
        "give the header a column `action`, `change` or both",
    );
    wrong("user,\"action", "not-csv", "");
}

#[test]
fn no_table_is_no_answers() {
    for text in ["", "\n \n"] {
        let done = table(text);
        assert_eq!((done.status, done.stdout.as_str()), (0, ""));
    }
    let done = table("user,action");
    assert_eq!((done.status, done.stdout.lines().count()), (0, 1));
}
