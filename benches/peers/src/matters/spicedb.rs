//! SpiceDB, in a process of its own that has it as a library. It comes from a package of npm, and takes part where that was installed.

use std::error::Error;
use std::path::Path;
use std::process::Command;

use serde_json::json;

use super::firm::{Entries, Matters, Size, group, matter, user};
use crate::engine::Engine;
use crate::process::Process;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/spicedb");
const SCHEMA: &str = include_str!("../../spicedb/matters.zed");

/// Whether `npm ci` was run in its folder.
pub(crate) fn is_installed() -> bool {
    Path::new(FOLDER).join("node_modules").is_dir()
}

/// Whether it is asked about a firm of this size. With 1,000 matters its store in memory was seen to take more than a hundredth of a
/// second for a check, so that comparing all answers would take minutes.
pub(crate) fn takes_part(size: Size) -> bool {
    is_installed() && size.people * size.matters <= 20_000
}

pub(crate) fn spicedb(matters: &Matters) -> Result<Box<dyn Engine>, Box<dyn Error>> {
    let mut command = Command::new("node");
    command.arg("peer.js").current_dir(FOLDER);
    let groups = matters.groups.iter().enumerate();
    let groups =
        groups.flat_map(|(number, members)| of(["group", &group(number), "member"], members));
    let lists = matters.lists.iter().enumerate();
    let lists = lists.flat_map(|(number, list)| {
        let on = matter(number);
        let access = ["matter", &on, "access"];
        match list {
            Some(entries) => of(access, entries),
            None => vec![relationship(access, ["user", "*", ""])],
        }
    });
    let relationships: Vec<[String; 6]> = groups.chain(lists).collect();
    let queries = matters.queries.iter();
    let queries: Vec<[String; 2]> = queries.map(|(of, on)| [user(*of), matter(*on)]).collect();
    let told = json!({ "schema": SCHEMA, "relationships": relationships, "queries": queries });
    Process::start("SpiceDB", command, &told)
}

/// Each of these stands in a relation to something.
fn of(to: [&str; 3], entries: &Entries) -> Vec<[String; 6]> {
    let people = entries.people.iter();
    let people = people.map(|number| relationship(to, ["user", &user(*number), ""]));
    let groups = entries.groups.iter();
    let groups = groups.map(|number| relationship(to, ["group", &group(*number), "member"]));
    people.chain(groups).collect()
}

/// Type, id and relation of both.
fn relationship(to: [&str; 3], subject: [&str; 3]) -> [String; 6] {
    let [kind, id, relation] = to.map(str::to_owned);
    let [of, who, through] = subject.map(str::to_owned);
    [kind, id, relation, of, who, through]
}
