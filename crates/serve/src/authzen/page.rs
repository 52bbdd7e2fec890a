//! Pages of results, and the tokens by which the next one is asked for.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::json::{Json, Member, member};
use super::request::{RequestError, object};
use crate::json::whole_number;

/// Which results of a search are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageRequest {
    /// The most results; none where the request leaves that to the server.
    pub(super) limit: Option<usize>,
    /// The id of the last result of the page before.
    pub(super) after: Option<String>,
}

/// The parts of a token, in hexadecimal: the number of the query, the limit, and the id of the last result.
const QUERY: usize = 16;
const LIMIT: usize = 16;

/// A number that tells one query from another. It is the same in every process of one version of this program.
pub(super) fn query_number(query: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    query.hash(&mut hasher);
    hasher.finish()
}

impl PageRequest {
    /// The page that a body asks for, of this query.
    pub(super) fn of(body: &[Member<'_>], query: u64) -> Result<Self, RequestError> {
        let page = object(body, "page")?.unwrap_or_default();
        let given = limit(page)?;
        let Some(token) = member(page, "token") else {
            return Ok(Self {
                limit: given,
                after: None,
            });
        };
        let token = token
            .text()
            .ok_or_else(|| RequestError("`page.token` has to be a text".to_owned()))?;
        // The token that ends a search begins it: some clients always send the last one.
        if token.is_empty() {
            return Ok(Self {
                limit: given,
                after: None,
            });
        }
        let (number, limit, after) = parts(token)
            .ok_or_else(|| RequestError("`page.token` is not one of this server".to_owned()))?;
        if number != query {
            return Err(RequestError(
                "`page.token` belongs to another query: ask as for the first page".to_owned(),
            ));
        }
        if given.is_some() && given != limit {
            return Err(RequestError(
                "`page.limit` is not that of the first page".to_owned(),
            ));
        }
        Ok(Self {
            limit,
            after: Some(after),
        })
    }

    /// The token of the page behind this result.
    pub(super) fn token(&self, query: u64, last: &str) -> String {
        use std::fmt::Write as _;
        let mut token = format!("{query:016x}{:016x}", self.limit.unwrap_or(0));
        for byte in last.bytes() {
            // Memory takes whatever is written.
            let _ = write!(token, "{byte:02x}");
        }
        token
    }
}

/// The limit of a page. 0 leaves it to the server, since a page of nothing would never end.
fn limit(page: &[Member<'_>]) -> Result<Option<usize>, RequestError> {
    let wrong = || RequestError("`page.limit` has to be a whole number from 0".to_owned());
    let limit = match member(page, "limit") {
        None => return Ok(None),
        Some(Json::Number(number)) => whole_number(number).ok_or_else(wrong)?,
        Some(_) => return Err(wrong()),
    };
    Ok(Some(limit).filter(|limit| *limit > 0))
}

fn parts(token: &str) -> Option<(u64, Option<usize>, String)> {
    let (query, rest) = token.split_at_checked(QUERY)?;
    let (limit, after) = rest.split_at_checked(LIMIT)?;
    let limit = usize::from_str_radix(limit, 16).ok()?;
    let bytes: Vec<u8> = (0..after.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(after.get(at..at + 2)?, 16).ok())
        .collect::<Option<_>>()?;
    let query = u64::from_str_radix(query, 16).ok()?;
    Some((
        query,
        Some(limit).filter(|limit| *limit > 0),
        String::from_utf8(bytes).ok()?,
    ))
}
