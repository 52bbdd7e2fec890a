//! Firm files as they usually are, read in one sweep.
//!
//! Nothing is reported from here: where anything is wrong or unusual, there is no firm, and the whole file is read by
//! the reader that says what is wrong with it. A firm that comes from here is the one that reader would have made.

use std::borrow::Cow;
use std::sync::Arc;

use super::read::USERS;
use super::watch::Watch;
use crate::finding::{Finding, Findings, firm as codes};
use crate::firm::Firm;
use crate::firm::assemble::{Assembler, SeatEntry, UserEntry, unplaced};
use crate::rulebook::Rulebook;
use crate::text::{Source, Span};
use crate::yaml::{Piece, Quick};

/// A reading that the firm chose: its product, its name, and the choice.
type Choice<'t> = (&'t str, &'t str, bool);

/// What stands beside the users: the firm's name, and its choices of readings.
type Root<'t> = (Cow<'t, str>, Vec<Choice<'t>>);

struct Reading<'t, 'r> {
    rulebook: &'r Rulebook,
    pieces: Quick<'t>,
    assembler: Assembler<'r>,
    /// What the assembler finds; anything means that there is no firm.
    findings: Findings,
    /// Room for the seats of the user at hand, and for more of them.
    seats: Vec<SeatEntry<'t>>,
    spare: Vec<SeatEntry<'t>>,
    /// Bytes of one user, or of everything else, at most.
    longest: usize,
    /// Where the user at hand starts, or what stands outside of users.
    start: usize,
    /// Bytes of the file.
    size: usize,
}

/// Users after which it is guessed how many there will be.
const SOME: usize = 1_000;

/// Why there is no firm: something in front of this offset is wrong or not written as usual.
pub(super) struct Odd {
    pub(super) at: usize,
    /// Whether it is that there are too many users, which needs no closer look.
    pub(super) is_full: bool,
}

/// The firm; none where the file has to be looked at more closely.
pub(super) fn firm(
    rulebook: &Rulebook,
    source: &Arc<Source>,
    watch: &mut Watch<'_>,
) -> Result<Firm, Odd> {
    watch.start();
    let limits = rulebook.limits();
    let none = Odd {
        at: 0,
        is_full: false,
    };
    let mut reading = Reading {
        rulebook,
        pieces: Quick::new(source.text(), limits).ok_or(none)?,
        assembler: Assembler::new(rulebook, Some(source)),
        findings: Findings::new(),
        seats: Vec::new(),
        spare: Vec::new(),
        // The other reader counts events, of which there are fewer than bytes.
        longest: limits.events_per_user.min(limits.events) / 2,
        start: 0,
        size: source.text().len(),
    };
    let root = reading.root(watch);
    let is_full = |finding: &Finding| finding.code() == &codes::TOO_MANY_USERS;
    let odd = Odd {
        at: reading.pieces.at(),
        is_full: reading.findings.iter().any(is_full),
    };
    let firm = root.and_then(|root| reading.finish(root)).ok_or(odd)?;
    watch.end();
    Ok(firm)
}

/// Keeps a part, unless there was one before.
fn first<T>(place: &mut Option<T>, part: T) -> Option<()> {
    place.replace(part).is_none().then_some(())
}

impl<'t> Reading<'t, '_> {
    fn root(&mut self, watch: &mut Watch<'_>) -> Option<Root<'t>> {
        let (mut name, mut users, mut readings) = (None, None, None);
        self.next_is(&Piece::MapStart)?;
        while let Some(key) = self.key()? {
            match key {
                USERS => first(&mut users, self.users(watch)?)?,
                "firm" => first(&mut name, self.text()?)?,
                "readings" => first(&mut readings, self.readings()?)?,
                _ => return None,
            }
        }
        users?;
        let is_whole = self.pieces.is_done();
        Some((name?, readings.unwrap_or_default())).filter(|_| is_whole)
    }

    fn finish(mut self, (name, readings): Root<'t>) -> Option<Firm> {
        let firm = self
            .assembler
            .finish(&name, Span::default(), &mut self.findings);
        let mut firm = Some(firm).filter(|_| self.findings.is_empty())?;
        for (product, reading, choice) in readings {
            firm = firm.with_reading(Some(product), reading, choice).ok()?;
        }
        Some(firm)
    }

    fn users(&mut self, watch: &mut Watch<'_>) -> Option<()> {
        self.next_is(&Piece::ListStart)?;
        let mut users = 0;
        loop {
            self.start = self.pieces.at();
            match self.piece()? {
                Piece::MapStart => self.user()?,
                Piece::End => return Some(()),
                Piece::ListStart | Piece::Text(..) => return None,
            }
            if !self.findings.is_empty() {
                return None;
            }
            users += 1;
            if users == SOME {
                self.assembler
                    .expect(users * (self.size / self.pieces.at()));
            }
            watch.user(self.pieces.at());
        }
    }

    fn user(&mut self) -> Option<()> {
        let (mut id, mut name, mut enabled) = (None, None, None);
        let mut seats = std::mem::take(&mut self.seats);
        self.spare.append(&mut seats);
        while let Some(key) = self.key()? {
            match key {
                "id" => first(&mut id, self.text()?)?,
                "name" => first(&mut name, self.text()?)?,
                "enabled" => first(&mut enabled, self.flag()?)?,
                _ => {
                    let product = self.rulebook.product_number(key)?;
                    if seats.iter().any(|seat| seat.product == product) {
                        return None;
                    }
                    seats.push(self.seat(product)?);
                }
            }
        }
        let entry = UserEntry {
            id: unplaced(id?),
            name,
            enabled: enabled.unwrap_or(true),
            seats,
        };
        self.assembler.add(&entry, &mut self.findings);
        self.seats = entry.seats;
        Some(())
    }

    fn seat(&mut self, product: usize) -> Option<SeatEntry<'t>> {
        let mut seat = self.spare.pop().unwrap_or_default();
        seat.product = product;
        seat.roles.clear();
        seat.settings.clear();
        let mut roles = None;
        self.next_is(&Piece::MapStart)?;
        while let Some(key) = self.key()? {
            if key == "roles" {
                first(&mut roles, self.roles(&mut seat)?)?;
            } else {
                if seat.settings.iter().any(|(known, _)| known.value == key) {
                    return None;
                }
                let value = unplaced(self.text()?);
                seat.settings.push((unplaced(key), value));
            }
        }
        Some(seat)
    }

    fn roles(&mut self, seat: &mut SeatEntry<'t>) -> Option<()> {
        self.next_is(&Piece::ListStart)?;
        loop {
            match self.piece()? {
                Piece::Text(role, _) => seat.roles.push(unplaced(role)),
                Piece::End => return Some(()),
                Piece::MapStart | Piece::ListStart => return None,
            }
        }
    }

    fn readings(&mut self) -> Option<Vec<Choice<'t>>> {
        let mut choices: Vec<Choice<'t>> = Vec::new();
        self.next_is(&Piece::MapStart)?;
        while let Some(product) = self.key()? {
            if choices.iter().any(|(known, ..)| *known == product) {
                return None;
            }
            let before = choices.len();
            self.next_is(&Piece::MapStart)?;
            while let Some(reading) = self.key()? {
                let is_known = |(of, known, _): &Choice<'t>| (*of, *known) == (product, reading);
                if choices.iter().any(is_known) {
                    return None;
                }
                choices.push((product, reading, self.flag()?));
            }
            // Of a product without choices, nothing would tell that it stands here twice.
            if choices.len() == before {
                return None;
            }
        }
        Some(choices)
    }

    /// The next piece; none where the user at hand, or what stands outside of users, becomes too long.
    fn piece(&mut self) -> Option<Piece<'t>> {
        let piece = self.pieces.next()?;
        (self.pieces.at() - self.start < self.longest).then_some(piece)
    }

    fn next_is(&mut self, piece: &Piece<'t>) -> Option<()> {
        (self.piece()? == *piece).then_some(())
    }

    /// The next key of a map; none inside at the map's end.
    fn key(&mut self) -> Option<Option<&'t str>> {
        match self.piece()? {
            Piece::Text(Cow::Borrowed(key), _) => Some(Some(key)),
            Piece::End => Some(None),
            _ => None,
        }
    }

    fn text(&mut self) -> Option<Cow<'t, str>> {
        match self.piece()? {
            Piece::Text(text, _) => Some(text),
            _ => None,
        }
    }

    fn flag(&mut self) -> Option<bool> {
        match self.piece()? {
            Piece::Text(Cow::Borrowed("true"), true) => Some(true),
            Piece::Text(Cow::Borrowed("false"), true) => Some(false),
            _ => None,
        }
    }
}
