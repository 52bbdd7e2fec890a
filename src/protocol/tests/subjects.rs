//! Errors say which word of a request they are about.

use pretty_assertions::assert_eq;
use serde_json::{Value, json};

use super::{example, parsed};
use crate::protocol::World;

#[test]
fn an_error_says_which_word_it_is_about() {
    let firm = example();
    let subject = |json: &str| {
        let error = parsed(&World::new(&firm).answer_text(json))["error"].clone();
        error["subject"].clone()
    };
    for (json, expected) in [
        (
            r#"{"user":"wern","action":"create_bill"}"#,
            json!({"role": "user", "name": "wern"}),
        ),
        (
            r#"{"user":"wren","action":"creat_bill"}"#,
            json!({"role": "action", "name": "creat_bill"}),
        ),
        (
            r#"{"user":"tomas","action":"edit_user_profile","target":"wern"}"#,
            json!({"role": "target", "name": "wern"}),
        ),
        (
            r#"{"ask":"who_can","action":"edit_user_profile","target":"wern"}"#,
            json!({"role": "target", "name": "wern"}),
        ),
        (
            r#"{"ask":"explain","user":"tomas","action":"edit_user_profile","target":"wern"}"#,
            json!({"role": "target", "name": "wern"}),
        ),
        (
            r#"{"user":"tomas","action":"edit_user_profile"}"#,
            json!({"role": "target"}),
        ),
        (
            r#"{"product":"mange","user":"wren","action":"create_bill"}"#,
            json!({"role": "product", "name": "mange"}),
        ),
        (
            r#"{"user":"wren","action":"open_matter","facts":{"acess":"listed"}}"#,
            json!({"role": "fact", "name": "acess"}),
        ),
        (
            r#"{"user":"wren","action":"open_matter","facts":{"matter_access":"lsted"}}"#,
            json!({"role": "fact", "name": "lsted"}),
        ),
        (
            r#"{"user":"tomas","change":"grnt","role":"billing","target":"wren"}"#,
            json!({"role": "change", "name": "grnt"}),
        ),
        (
            r#"{"user":"tomas","change":"grant","role":"biling","target":"wren"}"#,
            json!({"role": "argument", "name": "biling"}),
        ),
        (
            r#"{"user":"tomas","change":"grant","target":"wren"}"#,
            json!({"role": "argument", "name": "role"}),
        ),
        (
            r#"{"user":"tomas","change":"grant","role":"billing","target":"wern"}"#,
            json!({"role": "target", "name": "wern"}),
        ),
        (
            r#"{"user":"tomas","parts":[{"change":"grant","role":"billing","target":"wren"},{"change":"grant","role":"billing","target":"wern"}]}"#,
            json!({"role": "target", "name": "wern", "part": 2}),
        ),
        (r#"{"user":"tomas","parts":[]}"#, Value::Null),
        ("nonsense", Value::Null),
    ] {
        assert_eq!(subject(json), expected, "{json}");
    }
    // What stands in a file has a place instead.
    let of_file = parsed(&World::new(&firm).answer_text(
        r#"{"ask":"diff_firm","old":{"firm.yaml":"firm: One\nusers: [{id: ada, manage: {roles: [biling]}}]"}}"#,
    ));
    assert!(
        of_file["error"]["place"].is_string() && of_file["error"].get("subject").is_none(),
        "{of_file}"
    );
}
