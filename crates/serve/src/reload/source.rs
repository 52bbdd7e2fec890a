//! Where the rules and the firm of a tenant come from, and how they are loaded.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use clio_rules::fixtures::{Options, Suites};
use clio_rules::protocol::Status;
use clio_rules::{Firm, FirmLoader, Loader, Rulebook};
use sha2::{Digest, Sha256};

use super::LoadFailure;
use crate::clock;
use crate::config::{Limits, ReadingChoice, TenantOptions};
use crate::tenant::Loaded;

/// Where the rules and the firm of one tenant come from.
#[derive(Debug, Clone)]
pub struct TenantSource {
    options: TenantOptions,
    limits: clio_rules::Limits,
}

/// What came of a load, and the files that it read.
pub(super) struct Load {
    pub(super) outcome: Result<Loaded, LoadFailure>,
    pub(super) files: BTreeSet<PathBuf>,
}

impl TenantSource {
    /// A source with these files. No search for one question takes longer than the server gives it.
    pub fn new(options: TenantOptions, limits: &Limits) -> Self {
        Self {
            options,
            limits: clio_rules::Limits {
                search_time: limits.answer_time,
                ..clio_rules::Limits::DEFAULT
            },
        }
    }

    /// The firm file, which changes may be written into.
    pub fn firm_file(&self) -> Option<&Path> {
        self.options.firm.as_deref()
    }

    /// Loads rules and firm, and runs the tests.
    ///
    /// # Errors
    /// [`LoadFailure`] with everything that is wrong.
    pub fn load(&self) -> Result<Loaded, LoadFailure> {
        self.load_with_files().outcome
    }

    /// The files that are known before anything is loaded.
    pub(super) fn files(&self) -> BTreeSet<PathBuf> {
        let rules = self.options.rules.iter();
        let in_rules = rules.clone().flat_map(Rulebook::files_in);
        rules
            .cloned()
            .chain(in_rules)
            .chain(self.options.firm.clone())
            .chain(self.fixtures())
            .collect()
    }

    pub(super) fn load_with_files(&self) -> Load {
        let mut files = self.files();
        let things = self.options.firm.as_deref().map(files_of_things);
        files.extend(things.into_iter().flatten());
        let outcome = self.loaded(&mut files);
        Load { outcome, files }
    }

    fn loaded(&self, files: &mut BTreeSet<PathBuf>) -> Result<Loaded, LoadFailure> {
        let loader = Loader::new().limits(&self.limits);
        let rulebook = match &self.options.rules {
            Some(folder) => loader.rulebook_from_folder(folder),
            None => loader.builtin_rulebook(),
        };
        let rulebook = rulebook.map_err(LoadFailure::Rules)?;
        let of_today = FirmLoader::new(&rulebook);
        let of_today = clock::today().map_or(of_today, |day| of_today.on(day));
        let firm = match &self.options.firm {
            Some(file) => of_today.from_file(file),
            None => of_today.example(),
        };
        let mut firm = firm.map_err(LoadFailure::Firm)?;
        for ReadingChoice { name, choice } in &self.options.reading {
            firm = firm
                .with_reading(None, name, *choice)
                .map_err(LoadFailure::Reading)?;
        }
        let digest = digest(&firm, files);
        if let Some(folder) = self.fixtures() {
            test(&loader, &rulebook, &folder, files)?;
        }
        Ok(Loaded::with_digest(firm, digest))
    }

    /// The folder of tests: the one that is named, or `fixtures` beside the folder of rules.
    fn fixtures(&self) -> Option<PathBuf> {
        if self.options.no_fixtures {
            return None;
        }
        let beside = || {
            let rules = fs::canonicalize(self.options.rules.as_ref()?).ok()?;
            let folder = rules.parent()?.join("fixtures");
            Suites::is_in(&folder).then_some(folder)
        };
        self.options.fixtures.clone().or_else(beside)
    }
}

/// A digest of everything that answers come from: the bytes of the files, and what the firm is today. Tests are no part of it.
fn digest(firm: &Firm, files: &BTreeSet<PathBuf>) -> String {
    let mut sum = Sha256::new();
    sum.update(concat!("clio-rules ", env!("CARGO_PKG_VERSION"), "\n"));
    for file in files.iter().filter(|path| path.is_file()) {
        add(
            &mut sum,
            file.file_name().unwrap_or_default().as_encoded_bytes(),
        );
        // A file that goes meanwhile is seen by its stamp, and what was loaded is thrown away.
        let _ = add_file(&mut sum, file);
    }
    add(&mut sum, firm.state().as_bytes());
    hex(&sum.finalize())
}

/// Bytes of any length, so that no two lists of bytes come to the same sum.
fn add(sum: &mut Sha256, bytes: &[u8]) {
    sum.update((bytes.len() as u64).to_le_bytes());
    sum.update(bytes);
}

fn add_file(sum: &mut Sha256, path: &Path) -> io::Result<()> {
    let mut file = fs::File::open(path)?;
    sum.update(file.metadata()?.len().to_le_bytes());
    let mut part = vec![0; 64 << 10];
    loop {
        match io::Read::read(&mut file, &mut part)? {
            0 => return Ok(()),
            length => sum.update(part.get(..length).unwrap_or_default()),
        }
    }
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or_default();
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

/// Runs the tests of a folder against new rules.
fn test(
    loader: &Loader,
    rulebook: &Rulebook,
    folder: &Path,
    files: &mut BTreeSet<PathBuf>,
) -> Result<(), LoadFailure> {
    let suites = loader
        .suites_from_paths([folder])
        .map_err(LoadFailure::Fixtures)?;
    let report = suites.run(rulebook, &Options::default());
    files.extend(suites.files());
    let report = report.map_err(LoadFailure::Fixtures)?;
    if report.totals.failed == 0 {
        return Ok(());
    }
    let mut tests = report.suites.iter().flat_map(|suite| &suite.tests);
    let first = tests.find(|test| test.status == Status::Failed);
    Err(LoadFailure::Tests {
        failed: report.totals.failed,
        total: report.totals.passed + report.totals.failed,
        first: first.map(|test| test.test.clone()).unwrap_or_default(),
    })
}

/// The files beside a firm file that its things stand in. What looks like the name of a file is taken for one: watching a file too
/// many does no harm.
fn files_of_things(firm: &Path) -> Vec<PathBuf> {
    let folder = firm.parent().unwrap_or(Path::new(""));
    let text = fs::read(firm).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let names = text.match_indices("file").filter_map(|(at, word)| {
        let rest = text.get(at + word.len()..)?.trim_start_matches(['"', '\'']);
        let value = rest.trim_start().strip_prefix(':')?.trim_start();
        let first = value.chars().next()?;
        let (value, ends): (&str, &[char]) = match first {
            '"' | '\'' => (value.get(1..)?, &['"', '\'', '\n']),
            _ => (value, &['}', ',', '\n', '#']),
        };
        let name = value.split(ends).next()?.trim();
        (!name.is_empty()).then(|| folder.join(name))
    });
    names.take(1_000).collect()
}
