//! Bulk changes from files: a list of changes, each as words in a row or as a map.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use crate::change::{Bulk, Change};
use crate::disk;
use crate::finding::{AskError, Findings, LoadError, ask as codes};
use crate::firm::Firm;
use crate::limits::Limits;
use crate::rulebook::Rulebook;
use crate::text::{Source, Span};
use crate::yaml::{self, Decode, DecodeContext, Node, NodeContent, Text, record};

record! {
    /// A change with its words by name.
    pub(crate) struct PartEntry {
        /// Which change.
        change: Text,
        /// The role that is given or taken.
        role: Option<Text>,
        /// The setting that is set.
        setting: Option<Text>,
        /// Its new value, or that of the property of the thing.
        value: Option<Text>,
        /// The thing that it is about.
        thing: Option<Text>,
        /// The list of the thing.
        list: Option<Text>,
        /// The group that it is about.
        group: Option<Text>,
        /// The user or group it is done to.
        target: Option<Text>,
    }
}

/// One item of the list.
enum ChangeItem {
    Words(Text),
    Map(Box<PartEntry>),
}

impl Decode for ChangeItem {
    fn decode(node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self> {
        match node.content {
            NodeContent::Map(_) => {
                PartEntry::decode(node, cx).map(|entry| Self::Map(Box::new(entry)))
            }
            _ => Text::decode(node, cx).map(Self::Words),
        }
    }
}

impl ChangeItem {
    fn span(&self) -> Span {
        match self {
            Self::Words(words) => words.span,
            Self::Map(entry) => entry.change.span,
        }
    }

    fn into_change(
        self,
        rulebook: &Rulebook,
        product: &str,
        user: &str,
    ) -> Result<Change, AskError> {
        match self {
            Self::Words(words) => Change::from_line(rulebook, Some(product), user, &words.value),
            Self::Map(entry) => Ok(entry.into_change(user)),
        }
    }
}

impl Bulk {
    /// Reads a bulk change by `user` from a file, and checks every name in it: a YAML list of changes such as
    /// `- grant billing wren` or `- {change: grant, role: billing, target: wren}`.
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found, each with its place.
    ///
    /// ```no_run
    /// use clio_rules::{Bulk, Firm, Rulebook};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let verdict = firm.judge_bulk(&Bulk::from_file(&firm, None, "tomas", "changes.yaml")?)?;
    /// println!("{}", verdict.grounds.reason);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_file(
        firm: &Firm,
        product: Option<&str>,
        user: &str,
        path: impl AsRef<Path>,
    ) -> Result<Self, LoadError> {
        let mut findings = Findings::new();
        let limit = firm.rulebook().limits().fixture_bytes;
        let source = disk::read_text(path.as_ref(), limit, &mut findings);
        checked(firm, product, user, source, findings)
    }

    /// Reads a bulk change from a stream, such as standard input, to its end, as [`Bulk::from_file`] reads a file. `name` is what
    /// messages call it.
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found, each with its place.
    pub fn from_reader(
        firm: &Firm,
        product: Option<&str>,
        user: &str,
        (name, reader): (&str, impl Read),
    ) -> Result<Self, LoadError> {
        let mut findings = Findings::new();
        let limit = firm.rulebook().limits().fixture_bytes;
        let source = disk::read_stream(name, reader, limit, &mut findings);
        checked(firm, product, user, source, findings)
    }
}

fn checked(
    firm: &Firm,
    product: Option<&str>,
    user: &str,
    source: Option<Arc<Source>>,
    mut findings: Findings,
) -> Result<Bulk, LoadError> {
    let bulk = source.and_then(|source| read(firm, product, user, &source, &mut findings));
    match bulk {
        Some(bulk) if !findings.has_errors() => Ok(bulk),
        _ => Err(LoadError::new(findings)),
    }
}

fn read(
    firm: &Firm,
    product: Option<&str>,
    user: &str,
    source: &Arc<Source>,
    findings: &mut Findings,
) -> Option<Bulk> {
    let node = yaml::read_long(source, &limits(firm), findings)?;
    if matches!(&node.content, NodeContent::List(list) if list.items.is_empty()) {
        findings.report(&codes::EMPTY_BULK, source.place(node.span), &[]);
        return None;
    }
    let parts = Vec::<ChangeItem>::decode(&node, &mut DecodeContext { source, findings })?;
    // These two concern the whole, and have no place in the file.
    let asked = firm
        .bulk_product(product)
        .and_then(|number| Ok((number, firm.user_number(user)?)));
    let (number, by) = asked
        .map_err(|error| findings.push(error.into_finding()))
        .ok()?;
    let compiled = firm.rulebook().product(number)?;
    let product = &*compiled.product.id;
    let mut bulk = Bulk::new(user).product(product);
    for part in parts {
        // The nearest name of each wrong one takes a while to find.
        if findings.errors() > firm.rulebook().limits().errors {
            break;
        }
        let place = source.place(part.span());
        let change = part.into_change(firm.rulebook(), product, user);
        let checked = change.and_then(|change| {
            firm.resolve_part(number, by, change.names())
                .map(|_| change)
        });
        match checked {
            Ok(change) => bulk = bulk.part(change),
            Err(error) => findings.push(error.into_finding().at(place)),
        }
    }
    Some(bulk)
}

/// The limits of a list of changes: as many events as the longest list takes whose parts are all maps.
fn limits(firm: &Firm) -> Limits {
    let limits = firm.rulebook().limits();
    let whole = limits.bulk_parts.saturating_mul(events_per_part(firm));
    Limits {
        events: limits.events.max(whole),
        ..limits.clone()
    }
}

/// Events of one part at most: its map, and a key with a value for the change, each of its arguments and its target.
fn events_per_part(firm: &Firm) -> usize {
    let products = firm.rulebook().compiled().iter();
    let changes = products.flat_map(|compiled| &compiled.product.changes);
    let most = changes.map(|change| change.takes.len()).max().unwrap_or(0);
    2 + 2 * (most + 2)
}

impl PartEntry {
    fn into_change(self, user: &str) -> Change {
        let mut change = Change::new(user, self.change.value);
        let word = |text: Option<Text>| text.map(|text| text.value);
        change.role = word(self.role);
        change.setting = word(self.setting);
        change.thing = word(self.thing);
        change.list = word(self.list);
        change.group = word(self.group);
        change.target = word(self.target);
        change.value = self.value.map(|value| value.value.as_str().into());
        change
    }
}

#[cfg(test)]
mod tests;
