//! Suites that requests bring or name, run for them.

use std::collections::BTreeMap;

use super::fixture::{Options, Suites};
use crate::load::Loader;
use crate::protocol::{AskFailure, Report, SourceTexts, TestBench, TestRequest};
use crate::rulebook::Rulebook;

/// Runs the suites of requests: suites loaded before, by their names, and suites inside a request. It reads no file.
///
/// ```
/// use clio_rules::fixtures::SuiteBench;
/// use clio_rules::protocol::World;
/// use clio_rules::{Firm, Rulebook};
///
/// let firm = Firm::example(&Rulebook::builtin()?)?;
/// let bench = SuiteBench::default();
/// let request = r#"{"ask": "test", "fixtures": {
///     "a.yaml": "suite: A\nproduct: grow\nfirm: firm.yaml\ntests: [{test: T, actions: view_reports, allow: ada}]",
///     "firm.yaml": "firm: One\nusers: [{id: ada, grow: {roles: [admin]}}]"
/// }}"#;
/// assert!(World::new(&firm).with_tests(&bench).answer_text(request).contains(r#""passed":1"#));
/// # Ok::<(), clio_rules::LoadError>(())
/// ```
#[derive(Debug, Default)]
pub struct SuiteBench<'s> {
    loaded: BTreeMap<String, &'s Suites>,
}

impl<'s> SuiteBench<'s> {
    /// Names a suite, so that requests can run it.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, suites: &'s Suites) -> Self {
        self.loaded.insert(name.into(), suites);
        self
    }
}

impl TestBench for SuiteBench<'_> {
    fn run(&self, rulebook: &Rulebook, request: &TestRequest) -> Result<Report, AskFailure> {
        let filter = request.filter.iter();
        let options = filter.fold(Options::default(), |options, text| options.filter(text));
        match &request.fixtures {
            SourceTexts::Loaded(name) => {
                let suites = SourceTexts::loaded(&self.loaded, name)?;
                Ok(suites.run(rulebook, &options)?)
            }
            SourceTexts::Files(files) => {
                let texts = files.iter().map(|(name, text)| (&**name, &**text));
                let loader = Loader::new().limits(rulebook.limits());
                let suites = loader.suites_from_texts(texts)?;
                Ok(suites.run(rulebook, &options)?)
            }
        }
    }
}
