//! What a line of `batch` may be, and what it may not.

use crate::batch::{batch, error, is_error};
use crate::program::Folder;
use pretty_assertions::assert_eq;

#[test]
fn keys_are_strict() {
    let ask = |rest: &str| format!(r#"{{"user":"wren","action":"open_matter"{rest}}}"#);
    is_error(
        &ask(r#","tarqet":"wren""#),
        "unknown-key",
        "there is no key `tarqet` here",
    );
    is_error(
        &ask(r#","user":"wren""#),
        "duplicate-key",
        "`user` stands here a second time",
    );
    is_error(
        &ask(r#","us\u0065r":"wren""#),
        "duplicate-key",
        "`user` stands here a second time",
    );
    is_error(
        &ask(r#","facts":{"matter_access":"listed","matter_access":"listed"}"#),
        "duplicate-key",
        "`matter_access` stands here a second time",
    );
    is_error(
        &ask(r#","facts":{"matter_acess":"listed"}"#),
        "unknown-fact",
        "the action `open_matter` takes no fact `matter_acess`",
    );
    is_error(
        &ask(r#","role":"billing""#),
        "unknown-key",
        "there is no key `role` here",
    );
    is_error(
        r#"{"user":"tomas","parts":[{"change":"grant","role":"billing","target":"wren"},{"change":"grant","role":"billing","target":"wren","user":"wren"}]}"#,
        "unknown-key",
        "there is no key `user` here, in part 2",
    );
    is_error(
        r#"{"user":"tomas","parts":[{"change":"grant","change":"grant"}]}"#,
        "duplicate-key",
        "`change` stands here a second time, in part 1",
    );
    is_error(
        r#"{"action":"create_bill"}"#,
        "missing-key",
        "the key `user` is missing here",
    );
}

#[test]
fn a_line_asks_exactly_one_thing() {
    is_error(
        r#"{"user":"wren"}"#,
        "not-one-question",
        "a request asks exactly one thing: this one asks nothing",
    );
    is_error(
        r#"{"user":"tomas","action":"create_bill","change":"grant"}"#,
        "not-one-question",
        "a request asks exactly one thing: this one has `action` and `change`",
    );
    is_error(
        r#"{"user":"tomas","parts":[]}"#,
        "empty-bulk",
        "this bulk change has no parts",
    );
}

#[test]
fn a_line_says_which_question_and_which_version_it_is() {
    is_error(
        r#"{"ask":"who_kan","action":"create_bill"}"#,
        "unknown-question",
        "there is no question `who_kan`",
    );
    is_error(
        r#"{"ask":"who_can","user":"wren","action":"create_bill"}"#,
        "unknown-key",
        "there is no key `user` here",
    );
    is_error(
        r#"{"v":2,"user":"wren","action":"create_bill"}"#,
        "unknown-version",
        "this program speaks version 1 of the protocol, and the request is of version 2",
    );
}

#[test]
fn types_are_strict() {
    let user = |value: &str| format!(r#"{{"action":"create_bill","user":{value}}}"#);
    let wrong = |line: &str, message: &str| is_error(line, "wrong-type", message);
    wrong(
        &user("7"),
        "`user` has to be a text, and a number stands here",
    );
    wrong(
        &user("null"),
        "`user` has to be a text, and null stands here",
    );
    wrong(
        &user("true"),
        "`user` has to be a text, and a flag stands here",
    );
    wrong(
        &user("[]"),
        "`user` has to be a text, and a list stands here",
    );
    wrong(
        "[]",
        "a request has to be an object, and a list stands here",
    );
    wrong(
        "7",
        "a request has to be an object, and a number stands here",
    );
    wrong(
        r#"{"user":"wren","action":"open_matter","facts":[]}"#,
        "`facts` has to be an object, and a list stands here",
    );
    wrong(
        r#"{"user":"wren","action":"open_matter","facts":{"matter_access":1}}"#,
        "`matter_access` has to be a text or a flag, and a number stands here",
    );
    wrong(
        r#"{"user":"wren","parts":{}}"#,
        "`parts` has to be a list, and an object stands here",
    );
    wrong(
        r#"{"user":"wren","parts":["grant"]}"#,
        "a part has to be an object, and a text stands here, in part 1",
    );
}

#[test]
fn what_is_not_json_says_where() {
    is_error(
        r#"{"user":"wren",}"#,
        "not-json",
        "this is not JSON: trailing comma at column 16",
    );
    is_error(
        r#"{"user":"wren"} {}"#,
        "not-json",
        "this is not JSON: trailing characters at column 17",
    );
    is_error(
        r#"{"user":"\ud800","action":"create_bill"}"#,
        "not-json",
        "this is not JSON: unexpected end of hex escape at column 8",
    );
}

#[test]
fn bytes_that_are_no_text_and_lines_that_never_end_are_bounded() {
    let (code, _) = error(b"{\"user\":\"\xff\"}");
    assert_eq!(code, "not-utf8");
    let long = "x".repeat((1 << 20) + 1);
    let (status, answers) = batch(format!(
        "{long}\n{{\"user\":\"wren\",\"action\":\"create_bill\"}}"
    ));
    assert_eq!(status, 2);
    assert_eq!(answers[0]["error"]["code"], "line-too-long");
    assert_eq!(answers[1]["decision"], "deny");
}

#[test]
fn nesting_without_end_is_no_trouble() {
    let deep = "[".repeat(500_000);
    let (code, _) = error(format!("{{\"id\":{deep}"));
    assert_eq!(code, "not-json");
}

#[test]
fn a_line_is_bounded_to_the_byte() {
    let asked = "{\"user\":\"wren\",\"action\":\"create_bill\"}";
    for (bytes, is_asked) in [(1 << 20, true), ((1 << 20) + 1, false)] {
        let (_, answers) = batch(format!("{}{asked}", " ".repeat(bytes - asked.len())));
        assert_eq!(answers[0].get("error").is_none(), is_asked, "{bytes} bytes");
    }
}

/// The format of many lines, their header, and each of them by its number.
type Flood = (&'static str, String, fn(usize) -> String);

/// Where so many people work that names near to one are not found at once.
fn with_many_people() -> Folder {
    let people = (0..2_000).map(|number| format!("  - id: person_{number:04}\n"));
    let firm = format!("firm: Many\nusers:\n{}", people.collect::<String>());
    Folder::new().with("firm.yaml", firm)
}

#[test]
fn a_flood_of_unknown_names_gets_help_at_its_start_alone_whoever_answers_it() {
    let folder = with_many_people();
    let floods: [Flood; 4] = [
        ("jsonl", String::new(), |n| {
            format!(
                "{{\"user\":\"persom_{:04}\",\"action\":\"create_bill\"}}\n",
                n % 1_000
            )
        }),
        ("jsonl", String::new(), |n| {
            format!(
                "{{\"user\":\"person_0001\",\"target\":\"{:x>99}\",\"action\":\"edit_user_profile\"}}\n",
                n
            )
        }),
        ("jsonl", String::new(), |n| {
            format!(
                "{{\"user\":\"person_0001\",\"change\":\"grant\",\"role\":\"billing\",\"target\":\"Person {n}\"}}\n"
            )
        }),
        ("csv", "user,action\n".to_owned(), |n| {
            format!("persom_{:04},create_bill\n", n % 1_000)
        }),
    ];
    for (place, (format, header, line)) in floods.into_iter().enumerate() {
        let lines: String = (0..3_000).map(line).collect();
        let lines = format!("{header}{lines}");
        let answers = |jobs: &str| {
            let arguments = [
                "batch",
                "--firm",
                "firm.yaml",
                "--format",
                format,
                "--jobs",
                jobs,
            ];
            let done = folder.run(arguments).stdin(&lines).done();
            assert_eq!(done.status, 2);
            done.stdout
        };
        let alone = answers("1");
        assert!(
            alone == answers("2") && alone == answers("5"),
            "flood {place}"
        );
        let helped: Vec<bool> = alone
            .lines()
            .map(|line| line.contains("did you mean"))
            .collect();
        let last = helped.iter().rposition(|is_helped| *is_helped);
        assert!(
            last.is_none_or(|last| last < 2_000),
            "flood {place}: {last:?}"
        );
        // Names of many letters that are near none are known as such at once.
        assert_eq!(last.is_none(), place == 1, "flood {place}");
        assert!(helped.len() >= 3_000);
    }
}
