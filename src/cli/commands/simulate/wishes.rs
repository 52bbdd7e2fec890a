//! The options that name changes, in the order in which they stand on the command line.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches};
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

/// The changes of a simulation. Derived options would not keep the order between one option and another.
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

/// The option with a name and a value.
const SET: &str = "set";
/// Words of the command line, whatever a rule file calls the changes that they look for.
const GRANT: &str = stringify!(grant);
const REVOKE: &str = stringify!(revoke);

/// The options with what they say of themselves.
const OPTIONS: [(&str, &str, &str); 4] = [
    (
        GRANT,
        "ROLE",
        "Makes the change that gives this role (may be repeated)",
    ),
    (
        REVOKE,
        "ROLE",
        "Makes the change that takes this role (may be repeated)",
    ),
    (
        SET,
        "SETTING=VALUE",
        "Makes the change that sets this setting (may be repeated)",
    ),
    (
        "change",
        "CHANGE ARGS [of TARGET]",
        "Makes a change by its own words, done to the user or to TARGET (may be repeated)",
    ),
];

impl Args for Wishes {
    fn augment_args(command: Command) -> Command {
        OPTIONS
            .iter()
            .fold(command, |command, (name, value, help)| {
                let option = Arg::new(*name)
                    .long(*name)
                    .value_name(*value)
                    .help(*help)
                    .action(ArgAction::Append);
                command.arg(match *name {
                    SET => option.value_parser(name_and_value),
                    _ => option,
                })
            })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Wishes {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut wishes: Vec<(usize, Wish)> = Vec::new();
        for (name, ..) in OPTIONS {
            let places = matches.indices_of(name).into_iter().flatten();
            if name == SET {
                let settings = matches.get_many::<(String, String)>(name);
                let set =
                    |(setting, value): &(String, String)| Wish::Set(setting.clone(), value.clone());
                wishes.extend(places.zip(settings.into_iter().flatten().map(set)));
                continue;
            }
            let wish = match name {
                GRANT => Wish::Grant,
                REVOKE => Wish::Revoke,
                _ => Wish::Change,
            };
            let words = matches.get_many::<String>(name).into_iter().flatten();
            wishes.extend(places.zip(words.cloned().map(wish)));
        }
        wishes.sort_by_key(|(place, _)| *place);
        Ok(Self(wishes.into_iter().map(|(_, wish)| wish).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
