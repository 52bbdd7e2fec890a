//! Changes as words: `grant billing wren`.

use super::request::Change;
use super::resolve::find_change;
use crate::finding::{AskError, ask as codes, error, names as unknown};
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
        let knows =
            |product: &crate::link::product::Product| product.names.changes.contains_key(change);
        let code = &unknown::UNKNOWN_CHANGE;
        let number = self.product_of(product, change, code, knows, CHANGES)?;
        let compiled = self
            .product(number)
            .ok_or_else(|| error(code, &[&change, &""]))?;
        let (_, declared) = find_change(&compiled.product, change)?;
        Ok(declared
            .takes
            .iter()
            .map(|argument| argument.name())
            .collect())
    }
}

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
        let names = rulebook.arguments(product, name)?;
        let Some((target, arguments)) = rest
            .split_last()
            .filter(|(_, arguments)| arguments.len() == names.len())
        else {
            return Err(wrong_words(name, &names, rest.len()));
        };
        let mut change = Self::new(user, *name).target(*target);
        change.product = product.map(str::to_owned);
        for (name, word) in names.iter().zip(arguments) {
            // The argument names come from the rule file, so no others can appear.
            let _ = change.argument(name, *word);
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
        let arguments = names.iter().map(|name| match *name {
            "role" => self.role.as_deref(),
            "setting" => self.setting.as_deref(),
            _ => self.value.as_deref(),
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
    let places: Vec<String> = names
        .iter()
        .chain(&["target"])
        .map(|name| name.to_uppercase())
        .collect();
    let takes = match places.len() {
        1 => "1 word".to_owned(),
        several => format!("{several} words"),
    };
    error(&codes::WRONG_WORDS, &[&change, &takes, &given])
        .with_help(format!("write `{change} {}`", places.join(" ")))
        .into()
}
