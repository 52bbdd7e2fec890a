use super::right::Admission;
use super::{Keys, KeysError, Right, new_key};

fn keys(text: &str) -> Result<Keys, KeysError> {
    Keys::from_text("keys.yaml", text)
}

#[test]
fn a_new_key_opens_what_its_lines_say() {
    let new = new_key("a").unwrap();
    let keys = keys(&format!("keys:\n{}", new.lines)).unwrap();
    let client = keys.client(new.key.as_bytes()).unwrap();
    assert_eq!(client.name, "a");
    assert!(client.may(Right::Evaluate) && client.may(Right::Search) && !client.may(Right::Ask));
    assert!(client.knows(None) && client.knows(Some("x")));
    assert!(keys.client(b"").is_none());
    assert!(keys.client(new.key.to_uppercase().as_bytes()).is_none());
}

#[test]
fn tenants_of_a_key_are_those_that_are_named() {
    let new = new_key("a").unwrap();
    let keys = keys(&format!("keys:\n{}    tenants: [x, \"\"]\n", new.lines)).unwrap();
    let client = keys.client(new.key.as_bytes()).unwrap();
    assert!(client.knows(Some("x")) && client.knows(None) && !client.knows(Some("y")));
}

#[test]
fn a_wrong_file_is_refused() {
    let error = |text: &str| keys(text).unwrap_err();
    let line = new_key("a").unwrap().lines;
    let other = new_key("b").unwrap().lines;
    assert!(matches!(error("keys: []"), KeysError::Empty));
    assert!(matches!(error(""), KeysError::Empty));
    assert!(matches!(
        error(&format!("keys:\n{line}{}", other.replace("\"b\"", "a"))),
        KeysError::Twice(_)
    ));
    assert!(matches!(
        error(&format!("keys:\n{line}{}", line.replace("\"a\"", "b"))),
        KeysError::SameKey(..)
    ));
    for hash in [
        "0",
        "sha256:",
        "sha256:00",
        &format!("sha256:{}", "+1".repeat(32)),
        &format!("md5:{}", "00".repeat(32)),
    ] {
        let text = format!("keys:\n  - {{ name: a, hash: \"{hash}\", may: [] }}\n");
        assert!(matches!(error(&text), KeysError::Hash(_)), "{hash}");
    }
    let unknown = error("keys:\n  - nmae: a\n").to_string();
    assert!(
        unknown.contains("keys.yaml:2:5") && unknown.contains("did you mean `name`?"),
        "{unknown}"
    );
    assert!(
        error("keys:\n  - { name: a, hash: x, may: [fly] }\n")
            .to_string()
            .contains("fly")
    );
}

#[test]
fn every_path_that_answers_questions_takes_a_right() {
    for (path, route) in crate::http::ROUTES {
        let is_open = route == crate::http::Route::OpenApi;
        assert_eq!(
            matches!(Admission::of(path), Admission::Right(_)),
            !is_open,
            "{path}"
        );
    }
    assert_eq!(Admission::of("/metrics"), Admission::Right(Right::Metrics));
    assert_eq!(Admission::of("/nothing"), Admission::AnyKey);
}
