//! Which files of a folder are read: one rule for rule files, scripts and suites.
//!
//! A file is read when it stands directly in the folder, its name has one of the endings (in small or large letters) and does
//! not begin with a dot, and it is not, by its name, a copy of another file that is read. What is not read although it looks
//! like one of the kind is told.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{TEMPORARY, read_bytes};
use crate::finding::{Finding, Findings, disk as codes};

/// A kind of file that a folder is read for.
#[derive(Debug)]
pub(crate) struct FileKind {
    /// What messages call one, and several.
    pub(crate) nouns: [&'static str; 2],
    /// Endings of its names, in small letters.
    pub(crate) endings: &'static [&'static str],
    /// The keys at the top of a text by which it is known.
    pub(crate) keys: &'static [&'static str],
    /// A key at the top that no text of the kind has.
    pub(crate) foreign_key: &'static str,
}

/// Files that are larger are not looked into to see of what kind they are.
const LOOKED_INTO: usize = 1 << 20;
/// How deep folders in folders are searched, and how many entries of them.
const DEPTH: usize = 4;
const ENTRIES: usize = 10_000;

/// The files of a folder with one of these endings that are read, sorted by name.
pub(crate) fn list(
    folder: &Path,
    endings: &[&str],
    limit: usize,
    findings: &mut Findings,
) -> Option<Vec<PathBuf>> {
    match entries(folder).map(|all| chosen(&all, endings)) {
        Ok(files) if files.len() > limit => {
            let folder = folder.display();
            findings.push(Finding::new(
                &codes::TOO_MANY_FILES,
                None,
                &[&folder, &files.len(), &limit],
            ));
            None
        }
        Ok(files) => Some(files),
        Err(error) => {
            let named = folder.display();
            let unread = Finding::cannot_read(&named, &error);
            findings.push(match error.kind() {
                io::ErrorKind::NotADirectory => unread.with_help("name the folder it is in"),
                _ => unread,
            });
            None
        }
    }
}

/// Whether a folder holds a file of a kind that is read, or something that looks like one. A folder that cannot be listed
/// counts as holding one.
pub(crate) fn holds(folder: &Path, endings: &[&str], kind: &FileKind) -> bool {
    match entries(folder) {
        Ok(all) => !chosen(&all, endings).is_empty() || !left_out(folder, kind).is_empty(),
        Err(error) => error.kind() != io::ErrorKind::NotFound,
    }
}

/// The files of a folder with one of these endings that are read; none where it cannot be listed.
pub(crate) fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    entries(folder).map_or_else(|_| Vec::new(), |all| chosen(&all, endings))
}

/// A warning for each thing in a folder that looks like a file of the kind, or like a folder of them, and is not read.
pub(crate) fn left_out(folder: &Path, kind: &FileKind) -> Findings {
    let all = entries(folder).unwrap_or_default();
    let names = plain_names(&all, kind.endings);
    let mut findings = Findings::new();
    for path in &all {
        if let Some((why, help)) = why_not_read(path, &names, kind) {
            let words: [&dyn std::fmt::Display; 2] = [&path.display(), &why];
            findings.push(Finding::new(&codes::NOT_READ, None, &words).with_help(help));
        }
    }
    findings
}

/// Whether a name has one of these endings.
pub(crate) fn has_ending(name: &str, endings: &[&str]) -> bool {
    let ending = Path::new(name).extension().and_then(|it| it.to_str());
    ending.is_some_and(|ending| endings.iter().any(|it| it.eq_ignore_ascii_case(ending)))
}

/// Everything directly in a folder, sorted by name.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let paths = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = paths.collect::<io::Result<Vec<PathBuf>>>()?;
    paths.sort();
    Ok(paths)
}

fn chosen(all: &[PathBuf], endings: &[&str]) -> Vec<PathBuf> {
    let names = plain_names(all, endings);
    let is_chosen = |path: &&PathBuf| {
        let name = name(path);
        names.contains(&name) && copied(&name, &names).is_none() && path.is_file()
    };
    all.iter().filter(is_chosen).cloned().collect()
}

fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// The names with one of the endings that do not begin with a dot.
fn plain_names(all: &[PathBuf], endings: &[&str]) -> BTreeSet<String> {
    let names = all.iter().map(|path| name(path));
    names
        .filter(|name| !name.starts_with('.') && has_ending(name, endings))
        .collect()
}

/// Of which of the other files a name says that it is a copy: `a copy.yaml`, `a (1).yaml`, `a - Copy (2).yaml`,
/// `Copy of a.yaml` beside `a.yaml`.
fn copied<'n>(name: &str, names: &'n BTreeSet<String>) -> Option<&'n String> {
    let (stem, ending) = name.rsplit_once('.')?;
    names.iter().find(|other| {
        let Some((original, other_ending)) = other.rsplit_once('.') else {
            return false;
        };
        let is_marked = stem.strip_prefix(original).is_some_and(is_copy_mark);
        ending == other_ending && (is_marked || stem.strip_prefix("Copy of ") == Some(original))
    })
}

/// Whether systems put this behind the name of a copy.
fn is_copy_mark(mark: &str) -> bool {
    let words: Vec<String> = mark
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let is_count = |mark: &str| {
        let count = mark.strip_prefix(" (").and_then(|it| it.strip_suffix(')'));
        count.is_some_and(|count| !count.is_empty() && count.bytes().all(|it| it.is_ascii_digit()))
    };
    mark.starts_with(' ')
        && match words.as_slice() {
            [] => is_count(mark),
            [only] => only == "copy",
            [another, copy] => another == "another" && copy == "copy",
            many => many.windows(2).any(|two| two == ["conflicted", "copy"]),
        }
}

/// Why something that looks like a file of the kind is not read, and what helps.
fn why_not_read(
    path: &Path,
    names: &BTreeSet<String>,
    kind: &FileKind,
) -> Option<(String, String)> {
    let (name, [one, many]) = (name(path), kind.nouns);
    let is_link = path.is_symlink();
    if path.is_dir() {
        let inside = (!name.starts_with('.') && !is_link).then(|| inside(path, kind))?;
        let help = format!("name this folder as well, or move its {many} up");
        let noun = if inside == 1 { one } else { many };
        return (inside > 0).then(|| {
            (
                format!("it is a folder in the folder ({inside} {noun} in it)"),
                help,
            )
        });
    }
    if !has_ending(&name, kind.endings) {
        return why_by_text(path, &name, kind);
    }
    if name.starts_with("._") {
        let why = format!("macOS keeps it beside a file on disks of other systems; it is no {one}");
        return Some((why, "delete it".to_owned()));
    }
    if let Some(shown) = name.strip_prefix('.') {
        let help = format!("delete it, or call it `{shown}`");
        return Some(("its name begins with a dot".to_owned(), help));
    }
    if let Some(original) = copied(&name, names) {
        let why = format!("by its name it is a copy of `{original}`");
        return Some((why, "delete it, or give it a name of its own".to_owned()));
    }
    (!path.is_file()).then(|| {
        let why = "it is no file, or a link that leads to none".to_owned();
        (why, "delete it, or put a file in its place".to_owned())
    })
}

/// The same for a file without the ending: what editors keep of such files, and texts that read like one.
fn why_by_text(path: &Path, name: &str, kind: &FileKind) -> Option<(String, String)> {
    let [one, _] = kind.nouns;
    let endings = kind.endings.iter().map(|ending| format!("`.{ending}`"));
    let endings = endings.collect::<Vec<_>>().join(" or ");
    if name.starts_with(TEMPORARY) {
        return None;
    }
    let backups = [
        "~", ".bak", ".old", ".orig", ".rej", ".save", ".swp", ".tmp",
    ];
    let backed_up = backups.iter().find_map(|ending| name.strip_suffix(ending));
    let locked = name
        .strip_prefix('#')
        .and_then(|name| name.strip_suffix('#'));
    if backed_up
        .or(locked)
        .is_some_and(|name| has_ending(name, kind.endings))
    {
        let why = "by its name a program keeps it as a backup".to_owned();
        return Some((
            why,
            format!("delete it, or call it something that ends in {endings}"),
        ));
    }
    looks_like(path, kind).then(|| {
        let why = format!("it reads like a {one}, and its name does not end in {endings}");
        let help = "call it so (JSON may be in such a file), or move it elsewhere".to_owned();
        (why, help)
    })
}

/// How many files below a folder are of the kind.
fn inside(folder: &Path, kind: &FileKind) -> usize {
    let (mut count, mut left) = (0, ENTRIES);
    let mut folders = vec![(folder.to_owned(), DEPTH)];
    while let Some((folder, depth)) = folders.pop() {
        for path in entries(&folder).unwrap_or_default() {
            left = match left.checked_sub(1) {
                Some(left) => left,
                None => return count,
            };
            let name = name(&path);
            if name.starts_with('.') || path.is_symlink() {
                continue;
            }
            if path.is_dir() && depth > 1 {
                folders.push((path, depth - 1));
            } else if has_ending(&name, kind.endings) && looks_like(&path, kind) {
                count += 1;
            }
        }
    }
    count
}

/// Whether a text reads like one of the kind, judged by the keys at its top.
fn looks_like(path: &Path, kind: &FileKind) -> bool {
    let bytes = if path.is_file() {
        read_bytes(path, LOOKED_INTO).unwrap_or_default()
    } else {
        Vec::new()
    };
    if bytes.len() > LOOKED_INTO {
        return false;
    }
    let text = String::from_utf8_lossy(&bytes);
    let keys = keys_at_top(&text);
    kind.keys.iter().all(|key| keys.contains(key)) && !keys.contains(&kind.foreign_key)
}

/// The keys at the top of YAML, or of JSON.
fn keys_at_top(text: &str) -> BTreeSet<&str> {
    if text.trim_start().starts_with('{') {
        return keys_of_json(text);
    }
    let keys = text.lines().filter_map(|line| line.split_once(':'));
    keys.map(|(key, _)| key).collect()
}

fn keys_of_json(text: &str) -> BTreeSet<&str> {
    let (mut keys, mut depth, mut rest) = (BTreeSet::new(), 0_usize, text);
    while let Some((mark, behind)) = next_mark(rest, &['{', '}', '[', ']', '"']) {
        rest = behind;
        match mark {
            '{' | '[' => depth += 1,
            '"' => {
                let (word, behind) = word_of_json(rest);
                rest = behind;
                if depth == 1 && rest.trim_start().starts_with(':') {
                    keys.insert(word);
                }
            }
            _ => depth = depth.saturating_sub(1),
        }
    }
    keys
}

/// A text between quotes, whose first was read, and what comes behind it.
fn word_of_json(text: &str) -> (&str, &str) {
    let mut rest = text;
    while let Some((mark, behind)) = next_mark(rest, &['"', '\\']) {
        if mark == '"' {
            let word = text.len() - behind.len() - 1;
            return (text.get(..word).unwrap_or_default(), behind);
        }
        let mut escaped = behind.chars();
        escaped.next();
        rest = escaped.as_str();
    }
    (text, "")
}

/// The next of some characters, and what comes behind it.
fn next_mark<'t>(text: &'t str, marks: &[char]) -> Option<(char, &'t str)> {
    let mut from = text.get(text.find(marks)?..)?.chars();
    let mark = from.next()?;
    Some((mark, from.as_str()))
}

#[cfg(test)]
mod tests;
