//! What a line asks.

use std::borrow::Cow;
use std::collections::HashSet;

use clio_rules::{Bulk, Change, Finding, codes};
use serde_json::value::RawValue;

use super::object::{Object, value};

/// Every key that may stand in a line.
const KEYS: &[&str] = &[
    "id", "product", "user", "action", "target", "facts", "change", "role", "setting", "value",
    "parts",
];
/// The keys that say what is asked, and the keys that stand with each.
const FORMS: [(&str, &[&str]); 3] = [
    (
        "action",
        &["id", "product", "user", "action", "target", "facts"],
    ),
    (
        "change",
        &[
            "id", "product", "user", "change", "role", "setting", "value", "target",
        ],
    ),
    ("parts", &["id", "product", "user", "parts"]),
];
/// The keys of a part.
const PART: &[&str] = &["change", "role", "setting", "value", "target"];

/// A line's question.
pub(super) struct Asked<'j> {
    pub(super) product: Option<Cow<'j, str>>,
    pub(super) user: Cow<'j, str>,
    pub(super) about: About<'j>,
}

/// What it is about.
pub(super) enum About<'j> {
    Action(OfAction<'j>),
    Change(Change),
    Bulk(Bulk),
}

/// An action with its target and facts.
pub(super) struct OfAction<'j> {
    pub(super) action: Cow<'j, str>,
    pub(super) target: Option<Cow<'j, str>>,
    pub(super) facts: Vec<(String, Cow<'j, str>)>,
}

impl<'j> Asked<'j> {
    /// Reads what an object asks. `product` is meant where the object names none.
    pub(super) fn of(object: &Object<'j>, product: Option<&'j str>) -> Result<Self, Finding> {
        object.has_only(KEYS)?;
        let form = form(object)?;
        let named = object.text("product")?;
        let product = named.or(product.map(Cow::Borrowed));
        let user = object.needed("user")?;
        let about = match form {
            "action" => About::Action(OfAction {
                action: object.needed("action")?,
                target: object.text_or_null("target")?,
                facts: facts(object)?,
            }),
            "change" => {
                let change = change(object, &user)?;
                About::Change(match &product {
                    Some(product) => change.product(&**product),
                    None => change,
                })
            }
            _ => About::Bulk(bulk(object, &user, product.as_deref())?),
        };
        Ok(Self {
            product,
            user,
            about,
        })
    }
}

/// The one key that says what is asked; no key of another form stands with it.
fn form(object: &Object<'_>) -> Result<&'static str, Finding> {
    let forms: Vec<_> = FORMS
        .iter()
        .filter(|(form, _)| object.raw(form).is_some())
        .collect();
    let [(form, keys)] = forms.as_slice() else {
        let names: Vec<String> = forms.iter().map(|(form, _)| format!("`{form}`")).collect();
        let has = match names.as_slice() {
            [] => "this one asks nothing".to_owned(),
            several => format!("this one has {}", several.join(" and ")),
        };
        return Err(Finding::new(&codes::NOT_ONE_QUESTION, None, &[&has]));
    };
    let stranger = object.entries().find(|(key, _)| !keys.contains(key));
    match stranger {
        Some((key, _)) => {
            let help = format!("with `{form}` the keys are {}", keys.join(", "));
            Err(Finding::new(&codes::UNKNOWN_KEY, None, &[&key]).with_help(help))
        }
        None => Ok(form),
    }
}

fn facts<'j>(object: &Object<'j>) -> Result<Vec<(String, Cow<'j, str>)>, Finding> {
    let Some(raw) = object.raw("facts") else {
        return Ok(Vec::new());
    };
    let given = Object::read(raw.get(), "`facts`")?;
    let mut seen = HashSet::new();
    let mut facts = Vec::new();
    for (name, raw) in given.entries() {
        if !seen.insert(name) {
            return Err(Finding::new(&codes::DUPLICATE_KEY, None, &[&name]));
        }
        facts.push((name.to_owned(), value(name, raw)?));
    }
    Ok(facts)
}

fn change(object: &Object<'_>, user: &str) -> Result<Change, Finding> {
    let mut change = Change::new(user, object.needed("change")?);
    if let Some(target) = object.text_or_null("target")? {
        change = change.target(target);
    }
    let arguments = [
        ("role", object.text("role")?),
        ("setting", object.text("setting")?),
        ("value", object.value("value")?),
    ];
    for (name, word) in arguments {
        if let Some(word) = word {
            // These three are the names of arguments that there are.
            let _ = change.argument(name, word);
        }
    }
    Ok(change)
}

fn bulk(object: &Object<'_>, user: &str, product: Option<&str>) -> Result<Bulk, Finding> {
    let mut bulk = Bulk::new(user);
    if let Some(product) = product {
        bulk = bulk.product(product);
    }
    for (number, raw) in (1..).zip(object.objects("parts")?) {
        let part = part(raw, user);
        bulk = bulk.part(part.map_err(|finding| finding.and(&format!("in part {number}")))?);
    }
    Ok(bulk)
}

fn part(raw: &RawValue, user: &str) -> Result<Change, Finding> {
    let object = Object::read(raw.get(), "a part")?;
    object.has_only(PART)?;
    change(&object, user)
}
