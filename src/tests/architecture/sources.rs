//! The Rust files of this crate as text: their modules, the paths they name, the types they define.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A file below `src`.
pub(super) struct File {
    /// Its path from `src`, for instance `firm/roster.rs`.
    pub(super) name: String,
    pub(super) text: String,
}

impl File {
    /// Whether it holds tests, which may know everything.
    pub(super) fn is_test(&self) -> bool {
        let mut parts = self.name.trim_end_matches(".rs").split('/');
        parts.any(|part| part == "tests")
    }

    /// Whether it is the face or the entrance, which name stages for others.
    pub(super) fn is_face(&self) -> bool {
        ["lib.rs", "main.rs"].contains(&self.name.as_str())
    }

    /// The lines of code: comments are left out.
    pub(super) fn code(&self) -> impl Iterator<Item = &str> {
        let lines = self.text.lines();
        lines.map(|line| line.split("//").next().unwrap_or_default())
    }

    /// Its module, one part a level: `["firm", "roster"]`.
    pub(super) fn module(&self) -> Vec<String> {
        let path = self.name.trim_end_matches(".rs");
        let path = path.strip_suffix("/mod").unwrap_or(path);
        match path {
            "lib" | "main" => Vec::new(),
            _ => path.split('/').map(str::to_owned).collect(),
        }
    }

    /// The stage it belongs to: the first part of its module.
    pub(super) fn stage(&self) -> String {
        self.module().into_iter().next().unwrap_or_default()
    }

    /// Every path that it takes from this crate, from the crate's root on: those of its `use` lines and those that stand in code.
    pub(super) fn named(&self) -> BTreeSet<Vec<String>> {
        let code: Vec<&str> = self.code().collect();
        let code = code.join("\n");
        let mut paths = Vec::new();
        for statement in code.split(';') {
            if let Some(tree) = use_tree(statement) {
                expand("", tree, &mut paths);
            }
        }
        for root in ["crate::", "clio_rules::", "super::"] {
            for (at, _) in code.match_indices(root) {
                let is_inside =
                    code[..at].ends_with(|c: char| c.is_alphanumeric() || ":_$".contains(c));
                let end = code[at..].find(|c: char| !(c.is_alphanumeric() || "_:".contains(c)));
                if !is_inside {
                    paths.push(code[at..end.map_or(code.len(), |end| at + end)].to_owned());
                }
            }
        }
        paths
            .iter()
            .filter_map(|path| self.absolute(path))
            .collect()
    }

    /// A path from the crate's root; none where it leads out of the crate.
    fn absolute(&self, path: &str) -> Option<Vec<String>> {
        let mut parts = path
            .split("::")
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .peekable();
        let mut absolute = match parts.peek()? {
            &"crate" | &"clio_rules" => {
                parts.next();
                Vec::new()
            }
            &"self" => {
                parts.next();
                self.module()
            }
            &"super" => self.module(),
            _ => return None,
        };
        while parts.next_if_eq(&"super").is_some() {
            absolute.pop()?;
        }
        absolute.extend(parts.map(str::to_owned));
        (!absolute.is_empty()).then_some(absolute)
    }

    /// Names of the types and traits that it defines.
    pub(super) fn types(&self) -> Vec<String> {
        let code: Vec<&str> = self.code().collect();
        let code = code.join("\n");
        let words: Vec<&str> = code.split_whitespace().collect();
        let defined = words.windows(2).filter_map(|pair| match pair {
            ["struct" | "enum" | "trait" | "union", name] => Some(*name),
            _ => None,
        });
        let name = |word: &str| {
            word.split(|c: char| !c.is_alphanumeric())
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        let is_type = |name: &String| name.starts_with(|c: char| c.is_uppercase());
        defined.map(name).filter(is_type).collect()
    }
}

/// What stands behind the `use` of a statement.
fn use_tree(statement: &str) -> Option<&str> {
    let at = statement.rfind("use ").filter(|at| {
        let before = statement[..*at].trim_end();
        before.is_empty() || before.ends_with(['}', ')', ']', '{']) || before.ends_with("pub")
    })?;
    Some(statement[at + "use ".len()..].trim())
}

/// Every path of a tree such as `crate::{a::{B, C}, d}`.
fn expand(prefix: &str, tree: &str, paths: &mut Vec<String>) {
    let mut depth = 0;
    let parts = tree.split(|c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        match part.split_once('{') {
            Some((before, rest)) => {
                let inner = rest.rsplit_once('}').map_or(rest, |(inner, _)| inner);
                expand(&format!("{prefix}{}", before.trim()), inner, paths);
            }
            None => {
                let path = part.split(" as ").next().unwrap_or_default().trim();
                let path = path.trim_end_matches("::self");
                paths.push(format!("{prefix}{path}"));
            }
        }
    }
}

/// The folder of the sources.
pub(super) fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every Rust file below `src`.
pub(super) fn all() -> Vec<File> {
    below(&src())
}

/// Every Rust file of the repository, with its path from there.
pub(super) fn of_repository() -> Vec<File> {
    below(Path::new(env!("CARGO_MANIFEST_DIR")))
}

fn below(root: &Path) -> Vec<File> {
    let mut names = BTreeSet::new();
    collect(root, root, &mut names);
    let read = |name: String| {
        let text = std::fs::read_to_string(root.join(&name)).expect("it can be read");
        File { name, text }
    };
    names.into_iter().map(read).collect()
}

/// What is built, and what is hidden, is left out.
fn collect(root: &Path, folder: &Path, names: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("it is a folder") {
        let path = entry.expect("it can be read").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            if name != "target" && !name.starts_with('.') {
                collect(root, &path, names);
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(root).expect("it is below the root");
            names.insert(name.to_string_lossy().into_owned());
        }
    }
}

/// The stage of every name that the crate's root hands on: whoever takes it from there takes it from its stage.
pub(super) fn handed_on(files: &[File]) -> BTreeMap<String, String> {
    let face = files
        .iter()
        .find(|file| file.name == "lib.rs")
        .expect("there is a face");
    let code: Vec<&str> = face.code().collect();
    let mut paths = Vec::new();
    for statement in code.join("\n").split(';') {
        if let Some(tree) = use_tree(statement) {
            expand("", tree, &mut paths);
        }
    }
    let stage_and_name = |path: &String| {
        let path = path.trim_start_matches("crate::");
        let (stage, _) = path.split_once("::")?;
        Some((path.rsplit("::").next()?.to_owned(), stage.to_owned()))
    };
    paths.iter().filter_map(stage_and_name).collect()
}
