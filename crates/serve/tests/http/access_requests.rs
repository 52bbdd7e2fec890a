//! Access requests: a denial becomes a task, somebody who may approves it, the firm file has the change, and the question is allowed.

use std::path::PathBuf;

use clap::Parser;
use clio_rules_serve::Server as Whole;
use clio_rules_serve::config::{Options, Settings};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::client::{Reply, request, send};

/// A server with a firm file of its own.
struct House {
    server: Whole,
    firm: PathBuf,
    _folder: TempDir,
}

impl House {
    fn with(options: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
        let firm = folder.path().join("firm.yaml");
        std::fs::copy(format!("{root}/fixtures/firm.yaml"), &firm).expect("a copy");
        let path = firm.display().to_string();
        let always = [
            "clio-rules-serve",
            "--listen",
            "127.0.0.1:0",
            "--firm",
            &path,
        ];
        let options = Options::parse_from(always.iter().chain(options));
        let settings = Settings::resolve(options).expect("settings");
        Self {
            server: Whole::start(settings).expect("it starts"),
            firm,
            _folder: folder,
        }
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Reply {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let headers = [("Content-Type", "application/json")];
        let bytes = request(method, path, &headers, body.as_bytes());
        send(self.server.address(), &bytes).expect("a reply")
    }

    fn evaluate(&self, asked: &Value) -> Value {
        self.call("POST", "/access/v1/evaluation", asked).json()
    }

    /// A task about this question: its path.
    fn task(&self, asked: &Value) -> String {
        let reply = self.call(
            "POST",
            "/access/v1/requests",
            &submission(asked, &self.evaluate(asked)),
        );
        assert_eq!(reply.status, 202, "{}", reply.body);
        let task = reply.json()["task"].clone();
        assert_eq!(task["status"], "pending");
        let address = task["status_endpoint"].as_str().expect("an address");
        assert_eq!(reply.header("location"), Some(address));
        let base = format!("http://{}", self.server.address());
        address
            .strip_prefix(&base)
            .expect("an address of this server")
            .to_owned()
    }

    fn decide(&self, task: &str, step: &str, user: &str) -> Reply {
        let subject = json!({"subject": {"type": "user", "id": user}});
        self.call("POST", &format!("{task}/{step}"), &subject)
    }

    fn status(&self, task: &str) -> Value {
        let reply = self.call("GET", task, &Value::Null);
        assert_eq!(reply.status, 200, "{}", reply.body);
        reply.json()["task"]["status"].clone()
    }
}

/// Wren would like to make bills.
fn bills() -> Value {
    json!({
        "subject": {"type": "user", "id": "wren"}, "action": {"name": "create_bill"},
        "resource": {"type": "product", "id": "manage"}, "context": {"ip": "::1"},
    })
}

/// The request for a denial.
fn submission(asked: &Value, denial: &Value) -> Value {
    let mut request = asked.clone();
    request["context"]["business_justification"] = json!("The bills of May");
    request["denial"] = json!({
        "evaluation_id": denial["context"]["evaluation_id"],
        "expires_at": denial["context"]["access_request"]["expires_at"],
        "reason": denial["context"]["reason"],
    });
    request
}

#[test]
fn an_approved_request_turns_the_answer() {
    let house = House::with(&["--access-requests"]);
    let denial = house.evaluate(&bills());
    assert_eq!(denial["decision"], false);
    let offer = &denial["context"]["access_request"];
    assert_eq!(
        offer["plan"]["steps"],
        json!(["grant billing wren"]),
        "{denial}"
    );
    assert!(
        offer["endpoint"]
            .as_str()
            .is_some_and(|url| url.ends_with("/access/v1/requests"))
    );
    let task = house.task(&bills());
    let awaiting =
        house.call("GET", &task, &Value::Null).json()["task"]["progress"]["awaiting"].clone();
    let awaiting: Vec<String> = serde_json::from_value(awaiting).expect("ids");
    assert!(
        awaiting.contains(&"tomas".to_owned()) && !awaiting.contains(&"wren".to_owned()),
        "{awaiting:?}"
    );
    // Whoever may not make the change does not approve it, the one who asks included.
    for user in ["wren", "ines", "nobody"] {
        let refused = house.decide(&task, "approve", user);
        assert_eq!(refused.status, 403, "{user}");
        assert_eq!(
            refused.header("content-type"),
            Some("application/problem+json")
        );
    }
    assert_eq!(house.status(&task), "pending");
    let approved = house.decide(&task, "approve", "tomas");
    assert_eq!(approved.status, 200, "{}", approved.body);
    let approved = approved.json();
    assert_eq!(approved["task"]["status"], "approved");
    assert_eq!(approved["result"]["mode"], "reevaluate");
    assert_eq!(approved["result"]["decision"], true);
    assert_eq!(approved["result"]["approval"]["approved_by"], "tomas");
    let mut again = bills();
    again["context"]["approval"] = approved["result"]["approval"].clone();
    assert_eq!(house.evaluate(&again), json!({"decision": true}));
    let text = std::fs::read_to_string(&house.firm).expect("the file");
    let rules = clio_rules::Rulebook::builtin().expect("rules");
    let firm = clio_rules::Firm::from_text(&rules, "firm.yaml", &text).expect("a firm");
    assert!(
        firm.roles("manage", "wren")
            .expect("roles")
            .contains(&"billing")
    );
    // A task ends once.
    for step in ["approve", "deny", "cancel"] {
        assert_eq!(house.decide(&task, step, "tomas").status, 409, "{step}");
    }
}

#[test]
fn requests_can_be_denied_and_cancelled() {
    let house = House::with(&["--access-requests"]);
    let task = house.task(&bills());
    assert_eq!(house.decide(&task, "deny", "wren").status, 403);
    assert_eq!(
        house.decide(&task, "deny", "tomas").json()["task"]["status"],
        "denied"
    );
    let task = house.task(&bills());
    let cancelled = house.call("POST", &format!("{task}/cancel"), &Value::Null);
    assert_eq!(cancelled.json()["task"]["status"], "cancelled");
    assert_eq!(house.status(&task), "cancelled");
    assert_eq!(house.evaluate(&bills())["decision"], false);
}

#[test]
fn a_request_is_bound_to_its_denial() {
    let house = House::with(&["--access-requests"]);
    let denial = house.evaluate(&bills());
    let good = submission(&bills(), &denial);
    let refused = |request: &Value| {
        let reply = house.call("POST", "/access/v1/requests", request);
        assert_eq!(reply.status, 400, "{request}");
        reply.json()["type"].as_str().expect("a type").to_owned()
    };
    let binding = "urn:openid:authzen:access-request:error:invalid_denial_binding";
    for (at, value) in [
        ("/subject/id", json!("ines")),
        ("/action/name", json!("delete_bill")),
        ("/resource/id", json!("grow")),
        ("/context/ip", json!("::2")),
        (
            "/denial/evaluation_id",
            json!("eval_00000000000000000000000000000000"),
        ),
        ("/denial/expires_at", json!("2099-01-01T00:00:00Z")),
        ("/denial", json!({})),
    ] {
        let mut other = good.clone();
        *other.pointer_mut(at).expect("it is there") = value;
        assert_eq!(refused(&other), binding, "{at}");
    }
    let malformed = "urn:openid:authzen:access-request:error:invalid_request";
    assert_eq!(refused(&json!({})), malformed);
    assert_eq!(house.call("POST", "/access/v1/requests", &good).status, 202);
    for path in ["/access/v1/requests/arq_0", "/access/v1/requests/"] {
        assert_eq!(house.call("GET", path, &Value::Null).status, 404, "{path}");
    }
    assert_eq!(
        house
            .call("GET", "/access/v1/requests", &Value::Null)
            .status,
        405
    );
}

/// A change that the firm no longer allows is not made.
#[test]
fn an_approval_counts_in_the_firm_as_it_is() {
    let house = House::with(&["--access-requests"]);
    let task = house.task(&bills());
    let text = std::fs::read_to_string(&house.firm).expect("the file");
    std::fs::write(&house.firm, text.replace("Wren Abernathy", "Wren A.")).expect("it is written");
    // The file is not what was loaded, or is loaded anew: either way nothing is lost.
    let reply = house.decide(&task, "approve", "tomas");
    assert!([200, 409].contains(&reply.status), "{}", reply.body);
    let text = std::fs::read_to_string(&house.firm).expect("the file");
    assert!(text.contains("Wren A."), "{text}");
}

#[test]
fn there_is_none_unless_somebody_wants_it() {
    let house = House::with(&[]);
    assert_eq!(house.evaluate(&bills()), json!({"decision": false}));
    assert_eq!(
        house.call("POST", "/access/v1/requests", &bills()).status,
        404
    );
    let metadata = "/.well-known/authzen-configuration";
    let of = |house: &House| house.call("GET", metadata, &Value::Null).json();
    assert!(of(&house).get("access_request_endpoint").is_none());
    let house = House::with(&["--access-requests"]);
    assert!(of(&house)["access_request_endpoint"].is_string());
    assert_eq!(
        of(&house)["capabilities"],
        json!(["urn:openid:authzen:capability:access-request"])
    );
    // What no change of the rules could turn is a denial and nothing else.
    let mut unknown = bills();
    unknown["subject"]["id"] = json!("nobody");
    assert_eq!(house.evaluate(&unknown), json!({"decision": false}));
}
