use super::*;
use pretty_assertions::assert_eq;

/// The schemas under `rules/` and `docs/` are what the types say; `BLESS=1` writes them anew.
#[test]
fn the_schemas_that_are_kept_are_current() {
    let rulebook = Rulebook::builtin().expect("built in");
    let mut all: Vec<_> = SchemaKind::ALL.map(|kind| (kind, "rules")).to_vec();
    #[cfg(feature = "protocol")]
    all.extend(SchemaKind::MESSAGES.map(|kind| (kind, "docs")));
    for (kind, folder) in all {
        let path = format!(
            "{}/{folder}/{}.schema.json",
            env!("CARGO_MANIFEST_DIR"),
            kind.name()
        );
        let current = format!("{:#}\n", rulebook.schema(kind));
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, &current).expect("the folder can be written");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(
            kept, current,
            "BLESS=1 cargo test schema writes {path} anew"
        );
    }
}

#[test]
fn the_firm_schema_knows_roles_and_values() {
    let schema = Rulebook::builtin()
        .expect("built in")
        .schema(SchemaKind::Firm);
    let user = &schema["properties"]["users"]["items"]["properties"];
    assert_eq!(
        user["manage"]["properties"]["billing_rate_visibility"]["enum"],
        json!(["all", "own", "none"])
    );
    assert_eq!(user["grow"]["properties"]["roles"]["maxContains"], json!(1));
}

#[test]
fn the_rulebook_schema_refuses_unknown_keys_everywhere() {
    let schema = Rulebook::builtin()
        .expect("built in")
        .schema(SchemaKind::Rulebook);
    let definitions = schema["$defs"].as_object().expect("it has definitions");
    let records = definitions
        .iter()
        .filter(|(_, definition)| definition["properties"].is_object());
    let open: Vec<&String> = records
        .filter(|(_, record)| record["additionalProperties"] != json!(false))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(open, Vec::<&String>::new());
}
