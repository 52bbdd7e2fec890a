//! Several firms under one roof.

use super::client::{Client, question, text};
use clap::Parser;
use clio_rules_serve::Server;
use clio_rules_serve::config::{Options, Settings};
use clio_rules_serve::keys::new_key;

const FIRM: &str = "firm: One\nusers:\n  - { id: ada, manage: { roles: [primary_subscriber] } }\n  - { id: ben, manage: { roles: [BEN] } }\n";

#[test]
fn each_tenant_has_its_firm_and_a_key_only_its_tenants() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("one.yaml"), FIRM.replace("BEN", "billing")).unwrap();
    std::fs::write(path("two.yaml"), FIRM.replace("BEN", "")).unwrap();
    let [one, all] = ["one", "all"].map(|name| new_key(name).unwrap());
    let keys = format!("keys:\n{}    tenants: [one]\n{}", one.lines, all.lines);
    std::fs::write(path("keys.yaml"), keys).unwrap();
    let config = "listen: 127.0.0.1:0\nkeys: keys.yaml\ntenants:\n  one: { firm: one.yaml }\n  two: { firm: two.yaml }\n";
    std::fs::write(path("server.yaml"), config).unwrap();
    let options = Options::parse_from(["clio-rules-serve", "--config", text(&path("server.yaml"))]);
    let server = Server::start(Settings::resolve(options).unwrap()).unwrap();

    let ask = |tenant: &str, key: &str| {
        let body = question("ben", "create_bill");
        let path = format!("{tenant}/access/v1/evaluation");
        Client::to(&server).post(&path, &body, &[("Authorization", key)])
    };
    assert!(ask("/t/one", &one.key).decision());
    assert!(ask("/t/one", &all.key).decision());
    assert!(!ask("/t/two", &all.key).decision());
    // Whether there is such a tenant is nothing that a key without it learns.
    assert_eq!(ask("/t/two", &one.key).status, 403);
    assert_eq!(ask("/t/six", &one.key).status, 403);
    assert_eq!(ask("/t/six", &all.key).status, 404);
    // Only tenants with names were given, so that there is none without.
    assert_eq!(ask("", &one.key).status, 403);
    assert_eq!(ask("", &all.key).status, 404);
    assert_ne!(
        ask("/t/one", &all.key).header("x-rules-digest"),
        ask("/t/two", &all.key).header("x-rules-digest")
    );
}
