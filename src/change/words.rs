//! Changes as words: `grant billing wren`.

use super::request::Change;
use super::resolve::find_change;
use crate::finding::{AskError, ask as codes, error, names as unknown};
use crate::link::product::{Argument, ChangeTargets};
use crate::rulebook::{CHANGES, Rulebook};
use crate::shell;

impl Rulebook {
    /// Names of the arguments that a change takes, in the order of the rule file. Without a product, exactly one
    /// product has to declare the change.
    ///
    /// # Errors
    /// [`AskError`] when there is no such change. Its help names the nearest one.
    ///
    /// ```
    /// let rulebook = clio_rules::Rulebook::builtin()?;
    /// assert_eq!(rulebook.arguments(None, "set_visibility")?, ["setting", "value"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn arguments(
        &self,
        product: Option<&str>,
        change: &str,
    ) -> Result<Vec<&'static str>, AskError> {
        let words = self.words_of_change(product, change)?;
        let arguments = words.into_iter();
        Ok(arguments.filter(|word| *word != TARGET).collect())
    }

    /// Whether a change is done to somebody. An unknown one is taken for one that is.
    pub(crate) fn change_has_target(&self, product: Option<&str>, change: &str) -> bool {
        let words = self.words_of_change(product, change);
        words.map_or(true, |words| words.contains(&TARGET))
    }

    /// The words of a change behind its name: its arguments in the order of the rule file, then the target, if it has one.
    fn words_of_change(
        &self,
        product: Option<&str>,
        change: &str,
    ) -> Result<Vec<&'static str>, AskError> {
        let knows =
            |product: &crate::link::product::Product| product.names.changes.contains_key(change);
        let code = &unknown::UNKNOWN_CHANGE;
        let number = self.product_of(product, change, code, knows, CHANGES)?;
        let compiled = self
            .product(number)
            .ok_or_else(|| error(code, &[&change, &""]))?;
        let (_, declared) = find_change(&compiled.product, change)?;
        let target = declared.targets != ChangeTargets::NOBODY;
        let takes = declared.takes.iter().map(|argument| argument.name());
        Ok(takes.chain(target.then_some(TARGET)).collect())
    }
}

/// What stands behind the arguments.
const TARGET: &str = "target";

impl Change {
    /// A change that `user` asks for, from its name, its arguments in the order of the rule file, and its target.
    ///
    /// # Errors
    /// [`AskError`] when there is no such change, or the words are too few or too many for it.
    ///
    /// ```
    /// use clio_rules::{Change, Rulebook};
    ///
    /// let rulebook = Rulebook::builtin()?;
    /// let change = Change::from_words(&rulebook, None, "tomas", &["grant", "billing", "wren"])?;
    /// assert_eq!(change, Change::new("tomas", "grant").role("billing").target("wren"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_words(
        rulebook: &Rulebook,
        product: Option<&str>,
        user: &str,
        words: &[&str],
    ) -> Result<Self, AskError> {
        let (name, rest) = words.split_first().unwrap_or((&"", &[]));
        let names = rulebook.words_of_change(product, name)?;
        if names.len() != rest.len() {
            return Err(wrong_words(name, &names, rest.len()));
        }
        let mut change = Self::new(user, *name);
        change.product = product.map(str::to_owned);
        for (name, word) in names.iter().zip(rest) {
            // The names come from the rule file, so no others can appear.
            if change.argument(name, *word).is_err() {
                change.target = Some((*word).to_owned());
            }
        }
        Ok(change)
    }

    /// A change from its words in a row, of which those with spaces in them stand between quotes.
    pub(crate) fn from_line(
        rulebook: &Rulebook,
        product: Option<&str>,
        user: &str,
        line: &str,
    ) -> Result<Self, AskError> {
        let words = shell::split(line);
        let words: Vec<&str> = words.iter().map(|word| &**word).collect();
        Self::from_words(rulebook, product, user, &words)
    }

    /// The change as words in a row, as [`Change::from_line`] reads them.
    ///
    /// # Errors
    /// [`AskError`] when there is no such change.
    pub(crate) fn line(&self, rulebook: &Rulebook) -> Result<String, AskError> {
        let names = rulebook.arguments(self.product.as_deref(), &self.change)?;
        let arguments = names.iter().map(|name| {
            let argument = Argument::named(name)?;
            self.names().word(argument)
        });
        let words: Vec<&str> = std::iter::once(Some(self.change.as_str()))
            .chain(arguments)
            .chain([self.target.as_deref()])
            .flatten()
            .collect();
        Ok(shell::join(words))
    }
}

fn wrong_words(change: &str, names: &[&str], given: usize) -> AskError {
    let places: Vec<String> = names.iter().map(|name| name.to_uppercase()).collect();
    let takes = match places.len() {
        1 => "1 word".to_owned(),
        several => format!("{several} words"),
    };
    error(&codes::WRONG_WORDS, &[&change, &takes, &given])
        .with_help(format!("write `{change} {}`", places.join(" ")))
        .into()
}
