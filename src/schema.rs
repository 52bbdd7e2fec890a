//! JSON Schemas of the files that people write and of what programs send, from the types that read them.

use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::link::product::Product;
use crate::load::firm::{FirmFile, ThingFile};
use crate::read::rule_file::{FirmConflictDeclaration, PropertyFile, RuleFile};
use crate::rulebook::Rulebook;
use crate::testing::fixture::file::FixtureFile;
use crate::value::{Day, Domain};
use crate::yaml::{OneOrMany, Text};

/// A kind of file that people write, or of what programs send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaKind {
    /// The rules of one product.
    Rulebook,
    /// Who works at a firm.
    Firm,
    /// What the rules are expected to say.
    Fixture,
    /// What is promised of the rules, beside the rule files.
    Properties,
    /// What can be asked, as JSON.
    #[cfg(feature = "protocol")]
    Request,
    /// What is answered, as JSON.
    #[cfg(feature = "protocol")]
    Reply,
}

impl SchemaKind {
    /// All kinds of files.
    pub const ALL: [Self; 4] = [Self::Rulebook, Self::Firm, Self::Fixture, Self::Properties];

    /// What programs send.
    #[cfg(feature = "protocol")]
    pub const MESSAGES: [Self; 2] = [Self::Request, Self::Reply];

    /// The name of the schema, and the first part of its file's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rulebook => "rulebook",
            Self::Firm => "firm",
            Self::Fixture => "fixture",
            Self::Properties => "properties",
            #[cfg(feature = "protocol")]
            Self::Request => "request",
            #[cfg(feature = "protocol")]
            Self::Reply => "reply",
        }
    }
}

impl Rulebook {
    /// The JSON Schema of a kind. That of firm files knows the roles and settings of this rulebook.
    ///
    /// ```
    /// use clio_rules::{Rulebook, SchemaKind};
    ///
    /// let schema = Rulebook::builtin()?.schema(SchemaKind::Firm);
    /// assert_eq!(schema["title"], "clio-rules firm file");
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn schema(&self, kind: SchemaKind) -> Value {
        match kind {
            SchemaKind::Rulebook => schema_of::<RuleFile>("clio-rules rule file"),
            SchemaKind::Firm => self.firm_schema(),
            SchemaKind::Fixture => schema_of::<FixtureFile>("clio-rules fixture file"),
            SchemaKind::Properties => {
                schema_of::<OneOrMany<PropertyFile>>("clio-rules file of properties")
            }
            #[cfg(feature = "protocol")]
            SchemaKind::Request => crate::protocol::request_schema(),
            #[cfg(feature = "protocol")]
            SchemaKind::Reply => crate::protocol::reply_schema(),
        }
    }

    fn firm_schema(&self) -> Value {
        let mut schema = schema_of::<FirmFile>("clio-rules firm file");
        let products = || self.compiled().iter().map(|compiled| &compiled.product);
        let text = Text::json_schema(&mut SchemaGenerator::default()).to_value();
        let mut user = Map::new();
        user.insert(
            "id".to_owned(),
            described(
                "A name for use in questions, unique in the firm.",
                text.clone(),
            ),
        );
        user.insert(
            "name".to_owned(),
            described("The person's name; without it, the id stands for it.", text),
        );
        user.insert(
            "enabled".to_owned(),
            described(
                "Whether the person may do anything at all.",
                json!({ "type": "boolean", "default": true }),
            ),
        );
        user.extend(products().map(|product| (product.id.to_string(), seat(product))));
        let readings: Map<String, Value> = products()
            .map(|product| (product.id.to_string(), readings(product)))
            .collect();
        if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
            properties.insert("users".to_owned(), described("Everybody who works here.", json!({
                "type": "array",
                "items": { "type": "object", "properties": user, "required": ["id"], "additionalProperties": false },
            })));
            properties.insert("readings".to_owned(), described(
                "For each product, this firm's choice where the source document leaves a question open.",
                json!({ "type": "object", "properties": readings, "additionalProperties": false }),
            ));
            let conflicts: Map<String, Value> = products()
                .map(|product| (product.id.to_string(), conflicts(product)))
                .collect();
            properties.insert("conflicts".to_owned(), described(
                "For each product, what one person of this firm should not hold both of, beside the conflicts of the rules.",
                json!({ "type": "object", "properties": conflicts, "additionalProperties": false }),
            ));
        }
        if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
            properties.insert("things".to_owned(), things(self));
        }
        if let Some(schema) = schema.as_object_mut() {
            schema.remove("$defs");
        }
        schema
    }
}

/// The things of a firm, with the properties and lists of each kind by name. A kind that several products have takes what any
/// of them knows.
fn things(rulebook: &Rulebook) -> Value {
    let ids = ids_schema();
    let text = Text::json_schema(&mut SchemaGenerator::default()).to_value();
    let mut kinds: Map<String, Value> = Map::new();
    for compiled in rulebook.compiled() {
        let product = &compiled.product;
        for kind in &product.kinds {
            let mut parts = Map::new();
            let id = described(
                "A name for use in questions, unique among things of this kind.",
                text.clone(),
            );
            parts.insert("id".to_owned(), id);
            let title = described(
                "What people call it; without it, the id stands for it.",
                text.clone(),
            );
            parts.insert("title".to_owned(), title);
            if let Some(whole) = kind.part_of.and_then(|whole| product.kind(whole)) {
                let words = format!("The {} that it is part of.", whole.id);
                parts.insert(whole.id.to_string(), described(&words, text.clone()));
            }
            for property in &kind.properties {
                let domain = product.fact(property.fact).map(|fact| &fact.domain);
                let values = json!({ "enum": domain.map(values).unwrap_or_default() });
                parts.insert(property.id.to_string(), described(&property.title, values));
            }
            for list in &kind.lists {
                parts.insert(list.id.to_string(), described(&list.title, ids.clone()));
            }
            let known = kinds.entry(kind.id.to_string());
            let thing = known.or_insert_with(|| {
                json!({ "anyOf": [
                    { "type": "array", "items": { "type": "object", "properties": {}, "required": ["id"], "additionalProperties": false } },
                    ThingFile::json_schema(&mut SchemaGenerator::default()).to_value(),
                ] })
            });
            if let Some(known) = thing
                .pointer_mut("/anyOf/0/items/properties")
                .and_then(Value::as_object_mut)
            {
                known.extend(parts);
            }
        }
    }
    described(
        "The things that actions are done to, by kind.",
        json!({ "type": "object", "properties": kinds, "additionalProperties": false }),
    )
}

/// One id, or a list of ids.
fn ids_schema() -> Value {
    let text = Text::json_schema(&mut SchemaGenerator::default()).to_value();
    let entry = json!({ "anyOf": [text, ending(&text)] });
    json!({ "anyOf": [text, ending(&text), { "type": "array", "items": entry, "uniqueItems": true }] })
}

/// An entry of a list that stands there until a day.
fn ending(id: &Value) -> Value {
    let until = Day::json_schema(&mut SchemaGenerator::default()).to_value();
    let until = described("The last day on which it holds.", until);
    json!({ "type": "object", "properties": { "id": id, "until": until }, "required": ["id", "until"], "additionalProperties": false })
}

fn schema_of<T: JsonSchema>(title: &str) -> Value {
    let mut schema = SchemaGenerator::default().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), json!(title));
    let mut schema = schema.to_value();
    refuse_null(&mut schema);
    schema
}

/// A key that may be left out may not be empty: `null` in a file is a value that is missing.
fn refuse_null(schema: &mut Value) {
    match schema {
        Value::Array(all) => all.iter_mut().for_each(refuse_null),
        Value::Object(entries) => {
            if let Some(Value::Array(types)) = entries.get_mut("type") {
                types.retain(|one| one != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    entries.insert("type".to_owned(), only);
                }
            }
            if let Some(Value::Array(any)) = entries.get_mut("anyOf") {
                any.retain(|one| one.get("type").is_none_or(|one| one != "null"));
                if let [Value::Object(only)] = any.as_slice() {
                    let only = only.clone();
                    entries.remove("anyOf");
                    for (key, value) in only {
                        entries.entry(key).or_insert(value);
                    }
                }
            }
            entries.values_mut().for_each(refuse_null);
        }
        _ => {}
    }
}

/// A seat: its roles and settings by name, so that editors complete them.
fn seat(product: &Product) -> Value {
    let roles: Vec<&str> = product.roles.iter().map(|role| &*role.id).collect();
    let mut properties = Map::new();
    let text = Text::json_schema(&mut SchemaGenerator::default()).to_value();
    let item = json!({ "anyOf": [{ "enum": roles }, ending(&text)] });
    let mut list = json!({ "type": "array", "items": item, "uniqueItems": true });
    if !product.levels.is_empty() {
        let levels: Vec<&str> = product
            .levels
            .iter()
            .map(|role| product.role_name(*role))
            .collect();
        let item = json!({ "anyOf": [{ "enum": levels }, ending(&text)] });
        // Of several levels, all but one have ended.
        let level = json!({ "enum": levels });
        list = json!({ "type": "array", "items": item, "minItems": 1, "contains": level, "minContains": 0, "maxContains": 1 });
    }
    properties.insert(
        "roles".to_owned(),
        described("The roles that this person holds.", list),
    );
    for setting in &product.settings {
        let default = match setting.domain {
            Domain::Flag => json!(setting.default.is_yes()),
            Domain::Words(_) => json!(setting.domain.word(setting.default)),
        };
        let values = json!({ "enum": values(&setting.domain), "default": default });
        properties.insert(setting.id.to_string(), described(&setting.title, values));
    }
    let seat = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    described(
        &format!("A seat in {}; without it, there is none.", product.title),
        seat,
    )
}

fn values(domain: &Domain) -> Vec<Value> {
    match domain {
        Domain::Flag => vec![json!(false), json!(true)],
        Domain::Words(words) => words.iter().map(|word| json!(**word)).collect(),
    }
}

fn readings(product: &Product) -> Value {
    let of_product = product.readings.iter().map(|reading| {
        let flag = json!({ "type": "boolean", "default": reading.default });
        (reading.id.to_string(), described(&reading.question, flag))
    });
    json!({ "type": "object", "properties": of_product.collect::<Map<_, _>>(), "additionalProperties": false })
}

/// The firm's own conflicts in a product, with its actions and roles by name.
fn conflicts(product: &Product) -> Value {
    let mut conflict = SchemaGenerator::default()
        .into_root_schema_for::<FirmConflictDeclaration>()
        .to_value();
    let alone = product.actions.iter().filter(|action| {
        let has_answer = action.facts.iter().all(|fact| fact.default.is_some());
        !action.on_target && has_answer
    });
    let actions: Vec<&str> = alone.map(|action| &*action.id).collect();
    let roles: Vec<&str> = product.roles.iter().map(|role| &*role.id).collect();
    let pair = json!({ "type": "array", "items": { "enum": actions }, "minItems": 2, "maxItems": 2, "uniqueItems": true });
    let roles = json!({ "anyOf": [{ "enum": roles }, { "type": "array", "items": { "enum": roles }, "uniqueItems": true }] });
    if let Some(schema) = conflict.as_object_mut() {
        for unused in ["$defs", "$schema", "title"] {
            schema.remove(unused);
        }
        let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
        if let Some(properties) = properties {
            for (key, named) in [("both", pair), ("except", roles)] {
                let text = properties.get(key).and_then(|key| key.get("description"));
                let text = text.and_then(Value::as_str).unwrap_or_default();
                properties.insert(key.to_owned(), described(text, named));
            }
        }
    }
    json!({ "type": "object", "additionalProperties": conflict })
}

fn described(description: &str, schema: Value) -> Value {
    let mut described = Map::from_iter([("description".to_owned(), json!(description))]);
    if let Value::Object(schema) = schema {
        described.extend(schema);
    }
    Value::Object(described)
}

#[cfg(test)]
mod tests;
