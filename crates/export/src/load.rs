//! Rules and firm, found where the other commands find them.

use std::io;
use std::path::Path;

use clio_rules::{Day, Firm, FirmLoader, Rulebook};

use crate::{ExportError, Options};

/// The firm that the options name, on its day and with its readings.
pub(crate) fn firm(options: &Options) -> Result<Firm, ExportError> {
    let rulebook = match &options.rules {
        Some(folder) => Rulebook::from_folder(folder)?,
        None if Rulebook::is_in("rules") => Rulebook::from_folder("rules")?,
        None => Rulebook::builtin()?,
    };
    let mut loader = FirmLoader::new(&rulebook);
    if let Some(day) = options.on.or_else(today) {
        loader = loader.on(day);
    }
    let beside = Path::new("firm.yaml");
    let firm = match options.firm.as_deref() {
        Some(file) if file == Path::new("-") => {
            loader.from_reader("standard input", io::stdin().lock())?
        }
        Some(file) => loader.from_file(file)?,
        None if beside.try_exists().unwrap_or(true) => loader.from_file(beside)?,
        None => loader.example()?,
    };
    let with_reading =
        |firm: Firm, (name, choice): &(String, bool)| firm.with_reading(None, name, *choice);
    Ok(options.readings.iter().try_fold(firm, with_reading)?)
}

/// Today in the time zone of this computer, as the other commands know it.
fn today() -> Option<Day> {
    let today = jiff::ZonedDateTime::now().date();
    let [month, day] = [today.month(), today.day()].map(i8::unsigned_abs);
    Day::new(today.year().unsigned_abs(), month, day)
}
