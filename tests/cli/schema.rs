//! `schema`: what editors complete and check with.

use pretty_assertions::assert_eq;

use crate::program::{Folder, shipped};

#[test]
fn schemas_are_those_kept_beside_the_rules() {
    for kind in ["rulebook", "firm", "fixture", "properties"] {
        let expected = shipped(&format!("rules/{kind}.schema.json"));
        Folder::new().run(["schema", kind]).prints(0, &expected, "");
    }
}

#[test]
fn the_firm_schema_follows_the_rules_that_are_loaded() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rulebooks/records/rules");
    let done = Folder::new()
        .run(["schema", "firm", "--rules", folder])
        .done();
    let schema: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    let user = &schema["properties"]["users"]["items"]["properties"];
    assert!(user["records"].is_object() && user["manage"].is_null());
    assert_eq!(done.status, 0);
}
