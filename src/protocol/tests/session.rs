//! Sessions: what is applied counts for what is asked next, and nothing else does.

use pretty_assertions::assert_eq;
use serde_json::json;

use super::{example, parsed};
use crate::protocol::{Session, World};
use crate::{Finding, codes};

#[test]
fn a_session_answers_in_the_state_that_changes_left() {
    let firm = example();
    let mut session = Session::new(World::new(&firm));
    let mut of = |json: &str| parsed(&session.answer_text(json));
    let may = r#"{"user":"wren","action":"create_bill"}"#;
    let grant = |more: &str| {
        format!(
            r#"{{"ask":"apply","user":"tomas","change":"grant","role":"billing","target":"wren"{more}}}"#
        )
    };
    assert_eq!(of(may)["decision"], "deny");
    let rejected =
        of(r#"{"ask":"apply","user":"wren","change":"grant","role":"billing","target":"wren"}"#);
    assert_eq!(
        (&rejected["yes"], &rejected["state"]),
        (&json!(false), &json!(firm.state()))
    );
    let applied = of(&grant(&format!(r#","if_state":"{}""#, firm.state())));
    assert_eq!(
        (&applied["verdict"], &applied["written"]),
        (&json!("accept"), &json!(false))
    );
    assert_eq!(of(may)["decision"], "allow");
    // Meant for the firm as it was before, whatever asks.
    let stale = format!(r#","if_state":"{}""#, firm.state());
    assert_eq!(of(&grant(&stale))["error"]["code"], "stale-verdict");
    for asked in [
        r#"{"user":"tomas","change":"grant","role":"billing","target":"wren""#,
        r#"{"user":"tomas","parts":[{"change":"grant","role":"billing","target":"wren"}]"#,
    ] {
        assert_eq!(
            of(&format!("{asked}{stale}}}"))["error"]["code"],
            "stale-verdict"
        );
        let now = format!(r#"{asked},"if_state":{}}}"#, applied["state"]);
        assert_eq!(of(&now)["yes"], true, "{now}");
    }
    let both = r#"{"ask":"apply","user":"tomas","change":"grant","parts":[{"change":"grant"}]}"#;
    assert_eq!(of(both)["error"]["code"], "not-one-question");
    let beside = r#"{"ask":"apply","user":"tomas","role":"billing","parts":[]}"#;
    assert_eq!(of(beside)["error"]["code"], "unknown-key");
    // Where nobody keeps the firm, nothing is applied, and it is no denial.
    let refused = parsed(&World::new(&firm).answer_text(&grant("")));
    assert_eq!(refused["error"]["code"], "nothing-is-applied");
}

#[test]
fn what_cannot_be_stored_is_not_applied() {
    let firm = example();
    let grant =
        r#"{"ask":"apply","user":"tomas","change":"grant","role":"billing","target":"wren"}"#;
    let mut stored = Vec::new();
    let mut session = Session::new(World::new(&firm)).stored_by(|firm, verdict| {
        if stored.is_empty() {
            stored.push((firm.state(), verdict.altered.to_vec()));
            return Ok(());
        }
        Err(Finding::new(&codes::CANNOT_WRITE, None, &[&"firm.yaml", &"full"]).into())
    });
    let written = parsed(&session.answer_text(grant));
    assert_eq!(written["written"], true);
    // What alters nothing is not written, and rejections are not stored.
    let of_wren = grant.replace("tomas", "wren");
    assert_eq!(parsed(&session.answer_text(&of_wren))["written"], false);
    let state = session.firm().state();
    let revoke = grant.replace("grant", "revoke");
    assert_eq!(
        parsed(&session.answer_text(&revoke))["error"]["code"],
        "cannot-write"
    );
    assert_eq!(session.firm().state(), state);
    drop(session);
    let [(before, altered)] = &*stored else {
        panic!("one change is stored");
    };
    assert_eq!((before, altered.len()), (&firm.state(), 1));
}
