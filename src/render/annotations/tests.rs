use pretty_assertions::assert_eq;
use serde_json::Value;

use super::Annotations;
use crate::render::Renderer;
use crate::{Code, Finding, Source, Span};

fn log(annotations: &Annotations) -> Value {
    let mut log = Vec::new();
    Renderer::default()
        .sarif(annotations, &mut log)
        .expect("memory takes all");
    serde_json::from_slice(&log).expect("it is JSON")
}

/// Every code there is, in a file and in none, is a rule with its explanation. That such logs are sound by the schema of the
/// standard, tests in `conformance/` hold.
#[test]
fn every_code_is_a_rule_of_its_log() {
    let source = Source::new("rules/a b.yaml", "one\ntwo {0}\n");
    for place in [Some(source.place(Span::new(4, 11))), None] {
        let words: [&dyn std::fmt::Display; 3] = [&"{0}", &"}\u{202e}", &"[x](y)"];
        let found: Vec<Finding> = Code::all()
            .map(|code| Finding::new(code, place.clone(), &words))
            .collect();
        let log = log(&Annotations::of_findings(&found, 7));
        let driver = &log["runs"][0]["tool"]["driver"];
        let rules = match place {
            Some(_) => &driver["rules"],
            None => &driver["notifications"],
        };
        let rules = rules.as_array().expect("a list");
        assert_eq!(rules.len(), Code::all().count());
        for rule in rules {
            let code = Code::find(rule["id"].as_str().expect("a text")).expect("a code");
            let explanation = code.explanation().replace('{', "{{").replace('}', "}}");
            assert_eq!(rule["fullDescription"]["text"], explanation);
            let help = rule["help"]["text"].as_str().expect("a text");
            assert!(help.starts_with(&explanation), "{help}");
            assert!(code.help().is_none() || help.len() > explanation.len());
        }
        let notes = log["runs"][0]["invocations"][0]["toolExecutionNotifications"]
            .as_array()
            .expect("a list");
        let last = notes.last().expect("one");
        assert_eq!(last["message"]["text"], "and 7 more");
    }
}

#[test]
fn a_place_of_several_lines_has_no_columns_in_a_command() {
    let source = Source::new("a.yaml", "one\ntwo\nthree\n");
    let finding = Finding::new(
        &crate::codes::UNKNOWN_KEY,
        Some(source.place(Span::new(1, 6))),
        &[&"x"],
    )
    .with_help("do");
    let annotations = Annotations::of_findings([&finding], 2);
    let mut text = Vec::new();
    Renderer::default()
        .github(&annotations, &mut text)
        .expect("memory takes all");
    assert_eq!(
        String::from_utf8(text).expect("text"),
        "\
::error file=a.yaml,line=1,endLine=2,title=unknown-key::there is no key `x` here%0Ado
::notice::and 2 more
1 error
"
    );
}
