//! The options that name changes, in the order in which they stand on the command line.

use std::convert::Infallible;

use clap::{ArgMatches, Args, Command, Error, FromArgMatches};
use clio_rules::ValueWord;
use clio_rules::protocol::WishRequest;

use crate::cli::options::name_and_value;

/// One change, as an option names it.
#[derive(Debug, Clone)]
enum Wish {
    Grant(String),
    Revoke(String),
    Set(String, String),
    Change(String),
}

/// The options, each of whose values is a wish.
#[derive(Debug, Args)]
struct Options {
    /// Makes the change that gives this role (may be repeated)
    #[arg(long, value_name = "ROLE", value_parser = |role: &str| wish(Wish::Grant, role))]
    grant: Vec<Wish>,
    /// Makes the change that takes this role (may be repeated)
    #[arg(long, value_name = "ROLE", value_parser = |role: &str| wish(Wish::Revoke, role))]
    revoke: Vec<Wish>,
    /// Makes the change that sets this setting (may be repeated)
    #[arg(long, value_name = "SETTING=VALUE", value_parser = set)]
    set: Vec<Wish>,
    /// Makes a change by its own words, done to the user or to TARGET (may be repeated)
    #[arg(long, value_name = "CHANGE ARGS [of TARGET]", value_parser = |words: &str| wish(Wish::Change, words))]
    change: Vec<Wish>,
}

fn wish(of: fn(String) -> Wish, words: &str) -> Result<Wish, Infallible> {
    Ok(of(words.to_owned()))
}

fn set(words: &str) -> Result<Wish, String> {
    name_and_value(words).map(|(setting, value)| Wish::Set(setting, value))
}

/// The changes of a simulation. Derived options alone would not keep the order between one option and another.
#[derive(Debug, Clone, Default)]
pub(super) struct Wishes(Vec<Wish>);

impl Wishes {
    /// The changes as they are asked.
    pub(super) fn requests(&self) -> Vec<WishRequest> {
        let wishes = self.0.iter().cloned();
        let none = WishRequest::default;
        wishes
            .map(|wish| match wish {
                Wish::Grant(role) => WishRequest {
                    grant: Some(role),
                    ..none()
                },
                Wish::Revoke(role) => WishRequest {
                    revoke: Some(role),
                    ..none()
                },
                Wish::Set(setting, value) => WishRequest {
                    set: Some(setting),
                    value: Some(ValueWord(value)),
                    ..none()
                },
                Wish::Change(words) => WishRequest {
                    words: Some(words),
                    ..none()
                },
            })
            .collect()
    }
}

impl Args for Wishes {
    fn augment_args(command: Command) -> Command {
        Options::augment_args(command)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Options::augment_args_for_update(command)
    }
}

impl FromArgMatches for Wishes {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut wishes: Vec<(usize, Wish)> = Vec::new();
        for id in matches.ids() {
            // Whatever holds values of another type is another option.
            if let Ok(Some(values)) = matches.try_get_many::<Wish>(id.as_str()) {
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
