//! The options that name changes, in the order in which they stand on the command line.

use std::convert::Infallible;

use clap::{ArgMatches, Args, Command, Error, FromArgMatches};
use clio_rules::Simulation;

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
    /// A simulation with these changes.
    pub(super) fn of(&self, user: &str) -> Simulation {
        let simulation = Simulation::of(user);
        self.0
            .iter()
            .fold(simulation, |simulation, wish| match wish {
                Wish::Grant(role) => simulation.grant(role),
                Wish::Revoke(role) => simulation.revoke(role),
                Wish::Set(setting, value) => simulation.set(setting, value),
                Wish::Change(words) => simulation.change(words),
            })
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
