//! Paths as programs for reviewers want them.

use std::env;
use std::path::{Component, Path, PathBuf};

use clio_rules::render::Annotations;

/// The folder in which GitHub's runner has checked the repository out.
const CHECKED_OUT: &str = "GITHUB_WORKSPACE";

/// The same with paths from the top of the repository, where that is known, else from the current folder.
pub(crate) fn in_repository(annotations: Annotations) -> Annotations {
    let here = env::current_dir().unwrap_or_default();
    let top = env::var_os(CHECKED_OUT).map(PathBuf::from);
    let top = top.and_then(|top| top.canonicalize().ok());
    let top = top.filter(|top| here.starts_with(top));
    let top = top.as_deref().unwrap_or(&here);
    annotations.with_paths(|file| from_top(&here.join(file), top))
}

/// A path below a folder as seen from there, with slashes; another one in full.
fn from_top(path: &Path, top: &Path) -> String {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    let Ok(inside) = plain.strip_prefix(top) else {
        return plain.display().to_string();
    };
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
