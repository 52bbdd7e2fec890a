//! Commands that people paste into a shell.

use crate::shell;

/// The options that a printed command is given, so that it asks by the same rules and about the same firm.
///
/// ```
/// use clio_rules::protocol::{HowCanRequest, World};
/// use clio_rules::render::{CommandOptions, Renderer};
/// use clio_rules::{Firm, Question, Rulebook};
///
/// let firm = Firm::example(&Rulebook::builtin()?)?;
/// let world = World::new(&firm);
/// let plans = world.ask(HowCanRequest(Question::new("wren", "create_bill")))?;
/// let options = CommandOptions::default().option("firm", "our firm.yaml").writable(true);
/// let mut text = Vec::new();
/// Renderer::of(&world).commands(&options).text(&plans, &mut text)?;
/// let text = String::from_utf8(text)?;
/// let run = "clio-rules change nadia grant billing wren --product manage --firm 'our firm.yaml' --write";
/// assert!(text.contains(run), "{text}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CommandOptions {
    options: Vec<(String, String)>,
    is_writable: bool,
}

impl CommandOptions {
    /// Adds an option by its name without the dashes, `rules` or `firm` for example, and its value.
    #[must_use]
    pub fn option(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.options.push((name.into(), value.into()));
        self
    }

    /// Says whether a command can write what it changes into the firm file. Without that, changes that build on each other are
    /// shown as one command.
    #[must_use]
    pub fn writable(mut self, is_writable: bool) -> Self {
        self.is_writable = is_writable;
        self
    }

    /// Whether commands can write what they change.
    pub(super) fn is_writable(&self) -> bool {
        self.is_writable
    }

    /// Whether the firm came from standard input, so that no later command finds it there.
    pub(super) fn is_firm_gone(&self) -> bool {
        let mut options = self.options.iter();
        options.any(|(name, value)| name == "firm" && value == STANDARD_INPUT)
    }

    /// A command of this program with these options. `operands` are what it is about.
    pub(super) fn line(
        &self,
        command: &str,
        operands: &[&str],
        product: Option<&str>,
        switch: Option<&str>,
    ) -> String {
        let product = product.map(|product| ("product", product));
        let options = self.options.iter();
        let options = options.map(|(name, value)| (name.as_str(), value.as_str()));
        let options = product.into_iter().chain(options).map(|(name, value)| {
            if value.starts_with('-') && value != STANDARD_INPUT {
                shell::command([format!("--{name}={value}")])
            } else {
                format!("--{name} {}", shell::command([value]))
            }
        });
        let switch = switch.map(|switch| format!("--{switch}"));
        let options: Vec<String> = options.chain(switch).collect();
        let quoted = shell::command(operands);
        let parts = match (
            options.join(" "),
            operands.iter().any(|word| word.starts_with('-')),
        ) {
            // Behind two dashes, nothing is an option.
            (options, true) => [options, "--".to_owned(), quoted],
            (options, false) => [quoted, options, String::new()],
        };
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        let start = format!("clio-rules {command}");
        parts.fold(start, |line, part| format!("{line} {part}"))
    }

    /// A command that makes a change, and writes it where that can be.
    pub(super) fn change(&self, words: &[&str], product: Option<&str>) -> String {
        self.line(
            "change",
            words,
            product,
            self.is_writable.then_some("write"),
        )
    }

    /// One command that answers these requests, each in the firm after those before it.
    pub(super) fn batch(&self, requests: &[String]) -> String {
        let requests = shell::command(requests);
        let batch = self.line("batch", &[], None, Some("apply"));
        format!("printf '%s\\n' {requests} | {batch}")
    }
}

/// The name of standard input on a command line.
const STANDARD_INPUT: &str = "-";

/// Words in a row, as changes are written: ids with spaces or quotes in them stand between quotes.
///
/// ```
/// assert_eq!(clio_rules::render::quoted_words(["grant", "billing", "ada b"]), "grant billing 'ada b'");
/// ```
pub fn quoted_words<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> String {
    shell::join(words)
}
