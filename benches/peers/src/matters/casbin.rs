//! casbin with domains: each matter is one. Whoever may open it has the role `listed` there, directly or through groups. A domain
//! knows its own links only, so that it has those of the groups on its list as well.

use std::collections::BTreeSet;
use std::error::Error;

use serde_json::json;

use super::firm::{Matters, group, matter, user};
use crate::engine::Engine;
use crate::engines::casbin::start;

const LISTED: &str = "listed";

pub(crate) fn by_domain(matters: &Matters) -> Result<Box<dyn Engine>, Box<dyn Error>> {
    let lists = 0..matters.lists.len();
    let links: Vec<[String; 3]> = lists.flat_map(|number| links(matters, number)).collect();
    let queries = matters.queries.iter();
    let queries: Vec<[String; 2]> = queries.map(|(of, on)| [user(*of), matter(*on)]).collect();
    let told = json!({ "links": links, "domains": queries });
    start("casbin, a domain for each matter", &told)
}

/// Who is in what, in the domain of a matter.
fn links(matters: &Matters, number: usize) -> Vec<[String; 3]> {
    let domain = matter(number);
    let link = |id: String, into: &str| [id, into.to_owned(), domain.clone()];
    let Some(list) = &matters.lists[number] else {
        let people = 0..matters.size.people;
        return people.map(|number| link(user(number), LISTED)).collect();
    };
    let listed = list.ids().map(|id| link(id, LISTED));
    let mut groups = BTreeSet::new();
    list.groups
        .iter()
        .for_each(|group| with_inner(matters, *group, &mut groups));
    let members = groups.into_iter().flat_map(|number| {
        let members = matters.groups[number].ids();
        members.map(move |id| link(id, &group(number)))
    });
    listed.chain(members).collect()
}

/// A group and those in it.
fn with_inner(matters: &Matters, group: usize, all: &mut BTreeSet<usize>) {
    if all.insert(group) {
        let inner = matters.groups[group].groups.iter();
        inner.for_each(|group| with_inner(matters, *group, all));
    }
}
