//! Lines of JSON that answer: the keys of what was asked, then those of the answer.

use std::io;

use clio_rules::{Answer, Finding, Verdict};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::value::RawValue;

use super::object::Object;
use super::tails::Tail;

/// Starts a reply with the entries of what was asked, as they were written; it is not closed yet.
pub(super) fn echo(object: &Object<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    for (number, (key, value)) in object.entries().enumerate() {
        out.push(if number == 0 { b'{' } else { b',' });
        serde_json::to_writer(&mut *out, key)?;
        out.push(b':');
        out.extend_from_slice(value.get().as_bytes());
    }
    Ok(())
}

/// Goes on with the entries of another object, and closes.
pub(super) fn go_on(out: &mut Vec<u8>, object: &impl Serialize) -> io::Result<()> {
    let start = out.len();
    serde_json::to_writer(&mut *out, object)?;
    if let Some(brace) = out.get_mut(start) {
        *brace = b',';
    }
    Ok(())
}

/// What an answer's reply ends with: the product, where the question names none, then the rest.
pub(super) fn tail(answer: &Answer<'_>) -> io::Result<Tail> {
    let mut bytes = Vec::new();
    let product = answer.product();
    go_on(&mut bytes, &Product { product })?;
    // The brace that closes the product's object.
    bytes.pop();
    let of_product = bytes.len();
    go_on(&mut bytes, &Answered(answer))?;
    bytes.push(b'\n');
    Ok(Tail::with_product(bytes, of_product))
}

/// The product, where none was named.
#[derive(Serialize)]
struct Product<'a> {
    product: &'a str,
}

/// An answer, but for the product.
pub(super) struct Answered<'a>(pub(super) &'a Answer<'a>);

/// A verdict on a change or a bulk change.
pub(super) struct Judged<'a> {
    pub(super) verdict: &'a Verdict,
    pub(super) names_product: bool,
}

/// A line that could not be asked.
pub(super) struct Refused<'a> {
    pub(super) number: u64,
    pub(super) id: Option<&'a RawValue>,
    pub(super) finding: &'a Finding,
}

impl Serialize for Answered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(answer) = self;
        let mut map = serializer.serialize_map(None)?;
        let word = if answer.is_allowed() { "allow" } else { "deny" };
        map.serialize_entry("decision", word)?;
        map.serialize_entry("basis", &answer.basis())?;
        map.serialize_entry("rule", answer.rule())?;
        map.serialize_entry("reason", answer.reason())?;
        let place = answer.place();
        map.serialize_entry("place", &format_args!("{}:{}", place.file(), place.line()))?;
        map.serialize_entry("section", answer.section())?;
        if let Some(site) = answer.site() {
            map.serialize_entry("where", site)?;
        }
        let needs: Vec<&str> = answer.needs().collect();
        if !needs.is_empty() {
            map.serialize_entry("needs", &needs)?;
        }
        map.end()
    }
}

impl Serialize for Judged<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { verdict, .. } = self;
        let mut map = serializer.serialize_map(None)?;
        if !self.names_product {
            map.serialize_entry("product", verdict.product())?;
        }
        let word = if verdict.is_accepted() {
            "accept"
        } else {
            "reject"
        };
        map.serialize_entry("verdict", word)?;
        map.serialize_entry("effects", &verdict.effects())?;
        map.serialize_entry("basis", &verdict.basis())?;
        map.serialize_entry("rule", verdict.rule())?;
        map.serialize_entry("reason", verdict.reason())?;
        map.serialize_entry("place", verdict.place())?;
        map.serialize_entry("section", verdict.section())?;
        if let Some(site) = verdict.site() {
            map.serialize_entry("where", site)?;
        }
        if !verdict.reasons().is_empty() {
            map.serialize_entry("reasons", verdict.reasons())?;
        }
        if !verdict.altered().is_empty() {
            map.serialize_entry("altered", verdict.altered())?;
        }
        if !verdict.conflicts().is_empty() {
            map.serialize_entry("conflicts", verdict.conflicts())?;
        }
        map.end()
    }
}

impl Serialize for Refused<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("line", &self.number)?;
        map.serialize_entry("error", &Wrong(self.finding))?;
        if let Some(id) = self.id {
            map.serialize_entry("id", id)?;
        }
        map.end()
    }
}

/// What is wrong with a line.
struct Wrong<'a>(&'a Finding);

impl Serialize for Wrong<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", self.0.code().name())?;
        map.serialize_entry("message", self.0.message())?;
        if let Some(help) = self.0.help() {
            map.serialize_entry("help", help)?;
        }
        map.end()
    }
}
