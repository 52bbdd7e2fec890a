//! The options that name changes, in the order in which they stand on the command line.

use std::convert::Infallible;

use clap::{ArgMatches, Args, Command, Error, FromArgMatches};
use clio_rules::ValueWord;
use clio_rules::protocol::WishRequest;

use crate::cli::completion::{IdKind, ids};
use crate::cli::options::name_and_value;

/// One change, as an option names it.
#[derive(Debug, Clone)]
enum WishOption {
    Grant(String),
    Revoke(String),
    Set(String, String),
    Change(String),
}

/// The options, each of whose values is a wish.
#[derive(Debug, Args)]
struct WishOptions {
    /// Makes the change that gives this role (may be repeated)
    #[arg(long, value_name = "ROLE", add = ids(IdKind::Role), value_parser = |role: &str| wish(WishOption::Grant, role))]
    grant: Vec<WishOption>,
    /// Makes the change that takes this role (may be repeated)
    #[arg(long, value_name = "ROLE", add = ids(IdKind::Role), value_parser = |role: &str| wish(WishOption::Revoke, role))]
    revoke: Vec<WishOption>,
    /// Makes the change that sets this setting (may be repeated)
    #[arg(long, value_name = "SETTING=VALUE", add = ids(IdKind::Setting), value_parser = set)]
    set: Vec<WishOption>,
    /// Makes a change by its own words, done to the user or to TARGET (may be repeated)
    #[arg(long, value_name = "CHANGE ARGS [of TARGET]", value_parser = |words: &str| wish(WishOption::Change, words))]
    change: Vec<WishOption>,
}

fn wish(of: fn(String) -> WishOption, words: &str) -> Result<WishOption, Infallible> {
    Ok(of(words.to_owned()))
}

fn set(words: &str) -> Result<WishOption, String> {
    name_and_value(words).map(|(setting, value)| WishOption::Set(setting, value))
}

/// The changes of a simulation. Derived options alone would not keep the order between one option and another.
#[derive(Debug, Clone, Default)]
pub(super) struct WishArgs(Vec<WishOption>);

impl WishArgs {
    /// The changes as they are asked.
    pub(super) fn requests(&self) -> Vec<WishRequest> {
        let wishes = self.0.iter().cloned();
        let none = WishRequest::default;
        wishes
            .map(|wish| match wish {
                WishOption::Grant(role) => WishRequest {
                    grant: Some(role),
                    ..none()
                },
                WishOption::Revoke(role) => WishRequest {
                    revoke: Some(role),
                    ..none()
                },
                WishOption::Set(setting, value) => WishRequest {
                    set: Some(setting),
                    value: Some(ValueWord(value)),
                    ..none()
                },
                WishOption::Change(words) => WishRequest {
                    words: Some(words),
                    ..none()
                },
            })
            .collect()
    }
}

impl Args for WishArgs {
    fn augment_args(command: Command) -> Command {
        WishOptions::augment_args(command)
    }

    fn augment_args_for_update(command: Command) -> Command {
        WishOptions::augment_args_for_update(command)
    }
}

impl FromArgMatches for WishArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut wishes: Vec<(usize, WishOption)> = Vec::new();
        for id in matches.ids() {
            // Whatever holds values of another type is another option.
            if let Ok(Some(values)) = matches.try_get_many::<WishOption>(id.as_str()) {
                let places = matches.indices_of(id.as_str()).into_iter().flatten();
                wishes.extend(places.zip(values.cloned()));
            }
        }
        wishes.sort_by_key(|(place, _)| *place);
        Ok(Self(wishes.into_iter().map(|(_, wish)| wish).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
