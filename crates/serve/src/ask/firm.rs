//! Who and what a firm is, page by page.

use std::borrow::Cow;
use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::{Response, StatusCode};
use clio_rules::Firm;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::http::reply::{JSON, error, reply};
use crate::json::whole_number;
use crate::tenant::Loaded;

/// What a query asks for.
#[derive(Debug, PartialEq, Eq)]
struct FirmQuery<'q> {
    of: FirmPart<'q>,
    after: Option<Cow<'q, str>>,
    limit: Option<usize>,
}

/// What is listed.
#[derive(Debug, PartialEq, Eq)]
enum FirmPart<'q> {
    Users,
    Groups,
    Things(Cow<'q, str>),
}

/// A page of a firm, in the shape of a firm file.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FirmReply<'f> {
    /// The name of the firm.
    firm: &'f str,
    /// The digest of rules and firm.
    digest: &'f str,
    /// How many users there are.
    users: usize,
    /// How many groups there are.
    groups: usize,
    /// How many things of each kind there are.
    things: BTreeMap<&'f str, usize>,
    /// What is listed: `users`, `groups` or `things`.
    of: &'f str,
    /// The entries of this page, as a firm file has them.
    entries: Vec<Value>,
    /// If more follow, the `after` of the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl<'q> FirmQuery<'q> {
    fn of(query: &'q str) -> Result<Self, String> {
        let (mut of, mut kind) = (Cow::Borrowed("users"), None);
        let (mut after, mut limit) = (None, None);
        for (key, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*key {
                "of" => of = value,
                "kind" => kind = Some(value),
                "after" => after = Some(value),
                "limit" => {
                    let number = whole_number(&value).filter(|limit| *limit > 0);
                    limit = Some(number.ok_or("`limit` has to be a whole number from 1")?);
                }
                other => return Err(format!("`{other}` is none of of, kind, after and limit")),
            }
        }
        let of = match (&*of, kind) {
            (_, Some(kind)) => FirmPart::Things(kind),
            ("users", None) => FirmPart::Users,
            ("groups", None) => FirmPart::Groups,
            (other, None) => return Err(format!("`{other}` is neither users nor groups")),
        };
        Ok(Self { of, after, limit })
    }
}

/// Lists users or groups of a firm, as `of` says, or things of a `kind`; with `after` and `limit`.
pub fn firm(loaded: &Loaded, query: &str, most: usize) -> Response<Body> {
    let query = match FirmQuery::of(query) {
        Ok(query) => query,
        Err(wrong) => return error(StatusCode::BAD_REQUEST, wrong),
    };
    let firm = loaded.firm();
    let names = loaded.names();
    if let FirmPart::Things(kind) = &query.of
        && names.properties(kind).is_none()
    {
        return error(
            StatusCode::NOT_FOUND,
            format!("there is no kind of thing `{kind}`"),
        );
    }
    let limit = query.limit.unwrap_or(most).min(most);
    let after = query.after.as_deref();
    let (of, page) = match &query.of {
        FirmPart::Users => (
            "users",
            page(firm.users(), after, limit, |from| {
                values(firm.user_records(), from, limit)
            }),
        ),
        FirmPart::Groups => (
            "groups",
            page(firm.groups(), after, limit, |from| {
                values(firm.group_records(), from, limit)
            }),
        ),
        FirmPart::Things(kind) => {
            let ids = firm.things_of_kind(kind);
            (
                "things",
                page(ids, after, limit, |from| {
                    values(firm.thing_records(kind), from, limit)
                }),
            )
        }
    };
    let Some((entries, next)) = page else {
        return error(StatusCode::NOT_FOUND, "`after` is not there");
    };
    let listed = FirmReply {
        firm: firm.name(),
        digest: loaded.digest(),
        users: firm.users().count(),
        groups: firm.group_count(),
        things: counts(firm, names.kinds()),
        of,
        entries,
        next,
    };
    match serde_json::to_vec(&listed) {
        Ok(body) => reply(StatusCode::OK, JSON, body),
        Err(wrong) => error(StatusCode::INTERNAL_SERVER_ERROR, wrong.to_string()),
    }
}

/// How many things of each kind there are.
fn counts<'f>(firm: &Firm, kinds: impl Iterator<Item = &'f str>) -> BTreeMap<&'f str, usize> {
    kinds
        .map(|kind| (kind, firm.things_of_kind(kind).count()))
        .collect()
}

/// The entries of a page, and the id behind which the next one begins.
type Page = (Vec<Value>, Option<String>);

fn page<'f>(
    mut ids: impl Iterator<Item = &'f str>,
    after: Option<&str>,
    limit: usize,
    entries: impl FnOnce(usize) -> Vec<Value>,
) -> Option<Page> {
    let from = match after {
        None => 0,
        Some(after) => ids.by_ref().position(|id| id == after)? + 1,
    };
    let mut rest = ids.skip(limit - 1);
    let last = rest.next();
    let next = last.filter(|_| rest.next().is_some()).map(str::to_owned);
    Some((entries(from), next))
}

fn values(all: impl Iterator<Item = impl Serialize>, from: usize, limit: usize) -> Vec<Value> {
    let some = all.skip(from).take(limit);
    some.filter_map(|entry| serde_json::to_value(entry).ok())
        .collect()
}
