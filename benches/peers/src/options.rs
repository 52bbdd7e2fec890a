//! The command line.

use std::path::PathBuf;

pub(crate) const USAGE: &str = "\
Asks clio-rules and its peers the same questions, compares all answers, then times them.

usage: clio-rules-peers [--quick] [--flip] [--matters] [--rounds N] [--format text|json] [--json FILE]

  --quick        a small firm and few rounds: does it work at all?
  --flip         invert one answer of one engine: the comparison must fail
  --matters      only who opens which matter, and not what the rules say of people
  --rounds N     rounds that are timed (default 15)
  --format json  print JSON instead of the table
  --json FILE    write JSON to a file as well

SpiceDB takes part in the smallest firm with matters, where `npm ci` was run in benches/peers/spicedb.

exit: 0 all answers are equal, 1 some differ, 2 it could not be run";

pub(crate) struct Options {
    pub(crate) is_quick: bool,
    pub(crate) flips: bool,
    pub(crate) only_matters: bool,
    pub(crate) rounds: usize,
    pub(crate) prints_json: bool,
    pub(crate) json: Option<PathBuf>,
}

/// What the words ask for; none where they ask for help.
pub(crate) fn read(words: impl IntoIterator<Item = String>) -> Result<Option<Options>, String> {
    let mut options = Options {
        is_quick: false,
        flips: false,
        only_matters: false,
        rounds: 0,
        prints_json: false,
        json: None,
    };
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
        match &*word {
            "--quick" => options.is_quick = true,
            "--matters" => options.only_matters = true,
            "--flip" => options.flips = true,
            "--rounds" => options.rounds = rounds(&value()?)?,
            "--json" => options.json = Some(value()?.into()),
            "--format" => options.prints_json = is_json(&value()?)?,
            "--help" | "-h" => return Ok(None),
            _ => return Err(format!("{word} is no option")),
        }
    }
    if options.rounds == 0 {
        options.rounds = if options.is_quick { 3 } else { 15 };
    }
    Ok(Some(options))
}

fn rounds(word: &str) -> Result<usize, String> {
    let rounds = word.parse().ok().filter(|rounds| *rounds > 0);
    rounds.ok_or_else(|| format!("{word} is no number of rounds"))
}

fn is_json(word: &str) -> Result<bool, String> {
    match word {
        "json" => Ok(true),
        "text" => Ok(false),
        _ => Err(format!("{word} is no format")),
    }
}
