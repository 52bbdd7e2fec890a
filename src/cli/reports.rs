//! Reports in files, beside the answer. They never take the place of what the run reads.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clio_rules::fixtures::write_report;
use clio_rules::render::{RenderPage, Renderer};
use clio_rules::{Finding, codes};

use super::failure::CommandFailure;
use super::files::{FileArg, only_one_is_standard};
use super::terminal::Terminal;

/// The files that a run writes, each with what is written there.
pub(crate) struct ReportFiles<'f>(Vec<(&'static str, &'f FileArg)>);

impl<'f> ReportFiles<'f> {
    /// Those that are asked for.
    pub(crate) fn of<const N: usize>(files: [(&'static str, Option<&'f FileArg>); N]) -> Self {
        let asked = files.into_iter();
        Self(
            asked
                .filter_map(|(what, file)| Some((what, file?)))
                .collect(),
        )
    }

    /// Refuses several for standard output. A report there takes the place of the answer, unless a format is chosen for that.
    pub(crate) fn check_streams(&self, has_format: bool) -> Result<(), Finding> {
        let reports = self.0.iter();
        let reports = reports.map(|(what, file)| (*what, file.is_standard()));
        only_one_is_standard(
            "output",
            reports.chain([("the answer in another format", has_format)]),
        )
    }

    /// Whether a report is written to standard output.
    pub(crate) fn take_standard_output(&self) -> bool {
        self.0.iter().any(|(_, file)| file.is_standard())
    }

    /// Refuses a report in the place of a file that was read, or of another report.
    pub(crate) fn keep_apart_from(&self, inputs: &[PathBuf]) -> Result<(), Finding> {
        let mut taken: Vec<(&Path, String)> = inputs
            .iter()
            .map(|input| (input.as_path(), "this run reads that file".to_owned()))
            .collect();
        for (what, file) in &self.0 {
            let Some(path) = file.path() else {
                continue;
            };
            if let Some((_, why)) = taken.iter().find(|(other, _)| is_same_file(path, other)) {
                let words: [&dyn std::fmt::Display; 3] = [what, &path.display(), why];
                return Err(Finding::new(&codes::OUTPUT_IN_USE, None, &words));
            }
            taken.push((path, format!("{what} is written there")));
        }
        Ok(())
    }
}

/// Whether two paths lead to one file, also through links. Files that are not there yet are the same where their folder and
/// name are; pipes and devices are no files.
fn is_same_file(one: &Path, other: &Path) -> bool {
    if one.is_file() && other.is_file() {
        return same_file::is_same_file(one, other).unwrap_or(false);
    }
    let place = |path: &Path| {
        let folder = path.parent().filter(|folder| *folder != Path::new(""));
        let folder = folder.unwrap_or(Path::new(".")).canonicalize().ok()?;
        Some(folder.join(path.file_name()?))
    };
    !one.exists() && !other.exists() && place(one).is_some_and(|here| place(other) == Some(here))
}

/// Writes a text to a file, completely or not at all.
pub(crate) fn write_text(
    file: &FileArg,
    text: &str,
    terminal: &mut Terminal,
) -> Result<(), CommandFailure> {
    match file {
        FileArg::Standard => terminal.write_all(text.as_bytes())?,
        FileArg::Named(path) => {
            write_report(path, text)?;
            terminal.remember_written(path);
        }
    }
    Ok(())
}

/// Writes a reply as a page.
pub(crate) fn write_page<R: RenderPage + ?Sized>(
    file: &FileArg,
    reply: &R,
    terminal: &mut Terminal,
) -> Result<(), CommandFailure> {
    let mut page = Vec::new();
    Renderer::default().page(reply, &mut page)?;
    let page = String::from_utf8(page).map_err(io::Error::other)?;
    write_text(file, &page, terminal)
}
