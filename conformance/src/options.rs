//! The command line.

use crate::reach::Reach;

const USAGE: &str = "usage: clio-rules-conformance [--quick | --whole] [--seed N] [--rulebooks N] [--firms N]

  --quick        of questions about two people, only those in which both have default settings
  --whole        ask Cedar every question, also where its policies cannot tell two apart
  --seed N       the seed of the first rulebook and firm that is made (1); each one after it has the next
  --rulebooks N  how many rulebooks are made (300)
  --firms N      how many firms with things are made for each product (200)";

/// What was asked for.
pub(crate) struct Options {
    /// How much of the space of the shipped rulebooks is walked.
    pub(crate) reach: Reach,
    /// The seed of the first made rulebook and firm; each one after it has the next.
    pub(crate) seed: u64,
    /// How many rulebooks are made.
    pub(crate) rulebooks: u64,
    /// How many firms with things are made for each product.
    pub(crate) firms: u64,
}

impl Options {
    /// Reads the arguments; how they are used is the error.
    pub(crate) fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self {
            reach: Reach::Usual,
            seed: 1,
            rulebooks: 300,
            firms: 200,
        };
        while let Some(argument) = arguments.next() {
            let mut number = || arguments.next().and_then(|text| text.parse().ok());
            match argument.as_str() {
                "--quick" => options.reach = Reach::Quick,
                "--whole" => options.reach = Reach::Whole,
                "--seed" => options.seed = number().ok_or(USAGE)?,
                "--rulebooks" => options.rulebooks = number().ok_or(USAGE)?,
                "--firms" => options.firms = number().ok_or(USAGE)?,
                _ => return Err(USAGE.to_owned()),
            }
        }
        Ok(options)
    }
}
