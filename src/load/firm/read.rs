//! Reading a firm file, user by user.

use std::borrow::Cow;
use std::sync::Arc;

use super::conflicts::{self, ConflictEntries};
use super::firm_text::FirmText;
use super::list_entry::{ListEntry, owned};
use super::rows::{GroupEntries, RowsBeside, ThingEntries};
use super::things;
use super::watch::ProgressWatch;
use crate::finding::{Finding, Findings, names as unknown, yaml as codes};
use crate::firm::Firm;
use crate::firm::assemble::{Assembler, NamedEntry, SeatEntry, SpannedStr, UserEntry};
use crate::limits::Limits;
use crate::rulebook::Rulebook;
use crate::text::{Source, Span, Spanned};
use crate::yaml::{
    self, Decode, DecodeContext, Flag, KeyedEntries, Map, Node, NodeContent, Text, record,
};

/// The key under which users are listed.
pub(super) const USERS: &str = "users";

record! {
    /// A firm: who works here, with which seats, roles and settings.
    pub(crate) struct FirmFile {
        /// What the firm is called.
        firm: Text,
        /// Everybody who works here.
        users: Vec<IgnoredUser>,
        /// For each product, this firm's choice where the source document leaves a question open.
        readings: Option<KeyedEntries<KeyedEntries<Flag>>>,
        /// For each product, what one person of this firm should not hold both of, beside the conflicts of the rules.
        conflicts: Option<ConflictEntries>,
        /// Groups of people and of groups, by id. Lists of things can name them.
        groups: Option<GroupEntries>,
        /// The things that actions are done to, by kind.
        things: Option<ThingEntries>,
    }
}

/// A user in the tree of the file. Users are handed over one by one, so the tree holds nothing of them.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct IgnoredUser;

impl Decode for IgnoredUser {
    fn decode(_: &Node, _: &mut DecodeContext<'_>) -> Option<Self> {
        Some(Self)
    }
}

pub(super) fn firm(
    text: FirmText<'_>,
    watch: &mut ProgressWatch<'_>,
    findings: &mut Findings,
) -> Option<Firm> {
    let source = text.source;
    watch.start();
    let rulebook = text.rulebook;
    let mut assembler = Assembler::new(rulebook, text.day, Some(source));
    let mut on_user = |node: Node, findings: &mut Findings| {
        watch.user(node.span.end as usize);
        match user(&node, rulebook, &mut DecodeContext { source, findings }) {
            Some(entry) => assembler.add(&entry, findings),
            None => assembler.miss(),
        }
    };
    let root = users(source, rulebook.limits(), findings, &mut on_user)?;
    watch.end();
    let file = FirmFile::decode(&root, &mut DecodeContext { source, findings })?;
    let listed = key_of_users(&root);
    let mut firm = assembler.finish(&file.firm.value, listed, findings);
    if let Some(entries) = &file.conflicts {
        firm = conflicts::declare(firm, entries, source, findings);
    }
    let beside = RowsBeside::of(file.groups, file.things);
    firm = things::declare(firm, &beside, text, findings);
    readings(firm, file.readings.as_ref(), source, findings)
}

/// Hands over the users of a file one by one, and returns what stands beside them.
pub(super) fn users(
    source: &Arc<Source>,
    limits: &Limits,
    findings: &mut Findings,
    on_user: &mut dyn FnMut(Node, &mut Findings),
) -> Option<Node> {
    yaml::read_streamed(source, USERS, limits, findings, on_user)
}

/// A firm with the readings that are chosen beside the users of a file.
pub(super) fn choose(
    firm: Firm,
    root: &Node,
    source: &Arc<Source>,
    findings: &mut Findings,
) -> Option<Firm> {
    let file = FirmFile::decode(root, &mut DecodeContext { source, findings })?;
    readings(firm, file.readings.as_ref(), source, findings)
}

/// Reads the YAML and nothing more.
pub(super) fn yaml(source: &Arc<Source>, limits: &Limits, findings: &mut Findings) {
    yaml::read_streamed(source, USERS, limits, findings, &mut |_, _| {});
}

/// The key under which users are listed: it stands for all of them.
fn key_of_users(root: &Node) -> Span {
    let entry = match &root.content {
        NodeContent::Map(map) => map.get(USERS),
        _ => None,
    };
    entry.map_or(root.span, |entry| entry.key.span)
}

/// The firm's own choices of readings.
fn readings(
    mut firm: Firm,
    readings: Option<&KeyedEntries<KeyedEntries<Flag>>>,
    source: &Arc<Source>,
    findings: &mut Findings,
) -> Option<Firm> {
    for (product, choices) in readings.into_iter().flat_map(|readings| &readings.0) {
        for (reading, choice) in &choices.0 {
            match firm.with_reading(Some(&product.value), &reading.value, choice.value) {
                Ok(with) => firm = with,
                Err(error) => {
                    let span = if error.code() == &unknown::UNKNOWN_PRODUCT {
                        product.span
                    } else {
                        reading.span
                    };
                    findings.push(error.into_finding().at(source.place(span)));
                }
            }
        }
    }
    Some(firm)
}

/// One item of `users`.
pub(super) fn user<'n>(
    node: &'n Node,
    rulebook: &Rulebook,
    cx: &mut DecodeContext<'_>,
) -> Option<UserEntry<'n>> {
    let map = cx.map(node)?;
    let mut seats = Vec::new();
    let mut sound = true;
    for entry in &map.entries {
        match entry.key.value.as_str() {
            "id" | "name" | "enabled" => {}
            key => match rulebook.product_number(key) {
                Some(number) => match seat(number, &entry.value, cx) {
                    Some(seat) => seats.push(seat),
                    None => sound = false,
                },
                // The load is refused; what else is wrong with this user is reported all the same.
                None => unknown_key(&entry.key, &entry.value, rulebook, cx),
            },
        }
    }
    let id: Option<Text> = cx.field(map, "id", node.head());
    let name: Option<Option<Text>> = cx.field(map, "name", node.head());
    let enabled: Option<Option<Flag>> = cx.field(map, "enabled", node.head());
    let entry = UserEntry {
        id: owned(id?),
        name: name?.map(|name| Cow::Owned(name.value)),
        enabled: enabled?.is_none_or(|enabled| enabled.value),
        seats,
    };
    sound.then_some(entry)
}

/// A key that is neither the user's own nor a product: a map was meant as a seat.
fn unknown_key(key: &Text, value: &Node, rulebook: &Rulebook, cx: &mut DecodeContext<'_>) {
    let place = Some(cx.place(key.span));
    let is_seat = matches!(value.content, NodeContent::Map(_));
    let finding = if is_seat {
        Finding::new(&unknown::UNKNOWN_PRODUCT, place, &[&key.value])
    } else {
        Finding::new(&codes::UNKNOWN_KEY, place, &[&key.value])
    };
    cx.findings.push_with(finding, |finding| {
        let known: Vec<&str> = ["id", "name", "enabled"]
            .into_iter()
            .chain(rulebook.products())
            .collect();
        finding
            .with_help(format!("known here: {}", known.join(", ")))
            .with_nearest(&key.value, known)
    });
}

fn seat<'n>(number: usize, node: &'n Node, cx: &mut DecodeContext<'_>) -> Option<SeatEntry<'n>> {
    let map = cx.map(node)?;
    let roles: Option<Option<Vec<ListEntry>>> = cx.field(map, "roles", node.head());
    let settings = settings(map, cx);
    Some(SeatEntry {
        product: number,
        roles: roles?.into_iter().flatten().map(NamedEntry::from).collect(),
        settings: settings?,
        span: node.head(),
    })
}

/// Whatever is not `roles` is a setting; whether it exists is checked when the firm is assembled.
fn settings<'n>(
    map: &'n Map,
    cx: &mut DecodeContext<'_>,
) -> Option<Vec<(SpannedStr<'n>, SpannedStr<'n>)>> {
    let mut settings = Some(Vec::new());
    let entries = map.entries.iter();
    for entry in entries.filter(|entry| entry.key.value != "roles") {
        let key = Spanned::new(Cow::Borrowed(entry.key.value.as_str()), entry.key.span);
        match (Text::decode(&entry.value, cx), &mut settings) {
            (Some(value), Some(settings)) => settings.push((key, owned(value))),
            _ => settings = None,
        }
    }
    settings
}
