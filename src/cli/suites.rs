//! The suites of fixtures that a command runs.

use clio_rules::fixtures::Suites;
use clio_rules::{Finding, LoadError, Rulebook, codes};

use super::failure::CommandFailure;
use super::files::{FileArg, STANDARD_INPUT, only_one_is_standard};
use super::terminal::Terminal;

/// Where suites of fixtures are looked for.
pub(crate) const FIXTURES: &str = "fixtures";

/// The suites that are named, else those of the folder here, else the built-in ones, if the rules are about the same products.
/// Says so where they were not named.
pub(crate) fn suites_from(
    paths: &[FileArg],
    rulebook: &Rulebook,
    terminal: &mut Terminal,
) -> Result<Suites, CommandFailure> {
    if !paths.is_empty() {
        only_one_is_standard("input", suite_ends(paths))?;
        return Ok(suites_at(paths)?);
    }
    if Suites::is_in(FIXTURES) {
        terminal.note("fixtures: ./fixtures");
        return Ok(Suites::from_folder(FIXTURES)?);
    }
    if !Rulebook::builtin()?.products().eq(rulebook.products()) {
        let found = Finding::new(&codes::NO_SUITE, None, &[&format!("./{FIXTURES}")]);
        let help = "the built-in fixtures are about other rules; name suites of these rules, or the folder they are in, behind the \
                    command, or put them into ./fixtures; a suite is a YAML file with `suite:` and `tests:`";
        return Err(found.with_help(help).into());
    }
    terminal.note("fixtures: the built-in ones");
    Ok(Suites::builtin()?)
}

/// The suites that are named.
pub(crate) fn suites_at(paths: &[FileArg]) -> Result<Suites, LoadError> {
    let suites = Suites::from_paths(paths.iter().filter_map(FileArg::path))?;
    if paths.iter().any(FileArg::is_standard) {
        return suites.and_reader(STANDARD_INPUT, std::io::stdin());
    }
    Ok(suites)
}

/// Suites as ends of standard input.
pub(crate) fn suite_ends(paths: &[FileArg]) -> impl Iterator<Item = (&'static str, bool)> {
    let names = std::iter::once("a suite").chain(std::iter::repeat("another suite"));
    let standard = paths.iter().filter(|path| path.is_standard());
    names.zip(standard.map(|_| true))
}
