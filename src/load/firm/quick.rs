//! Firm files as they usually are, read in one sweep.
//!
//! This reader reports nothing. If anything is wrong or unusual, it returns no firm, and the close reader reads the whole file and
//! reports what is wrong. A firm from this reader equals the one that the close reader would make.

use std::borrow::Cow;
use std::ops::Range;

use super::conflicts::{self, ConflictEntries};
use super::firm_text::FirmText;
use super::pieces::{BoundedPieces, first};
use super::read::USERS;
use super::rows::RowsBeside;
use super::things;
use super::watch::ProgressWatch;
use crate::finding::{Findings, firm as codes};
use crate::firm::Firm;
use crate::firm::assemble::{Assembler, NamedEntry, SeatEntry, UserEntry, unplaced};
use crate::rulebook::Rulebook;
use crate::text::Span;
use crate::yaml::{Decode, DecodeContext, ItemLayout, Node, Piece};

/// A reading that the firm chose: its product, its name, and the choice.
type Choice<'t> = (&'t str, &'t str, bool);

/// What stands beside the users: the firm's name, its choices of readings, and its own conflicts.
pub(super) struct FirmHeader<'t> {
    name: Cow<'t, str>,
    readings: Vec<Choice<'t>>,
    /// The firm's own conflicts, as they are written.
    conflicts: Option<Node>,
    /// Its groups and its things.
    beside: RowsBeside<'t>,
}

/// Receives users one by one.
pub(super) trait UserVisitor {
    /// Takes a user. `None` stops the reading.
    fn take(&mut self, user: &UserEntry<'_>, stands: &UserPlace) -> Option<()>;

    /// Announces how many users to expect.
    fn expect(&mut self, _: usize) {}
}

/// Where the entry of a user stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UserPlace {
    /// In lines: all lines up to the next user. In brackets: the brackets and what is in them.
    pub(super) bytes: Range<usize>,
    pub(super) layout: ItemLayout,
    /// The entry may grow by fewer bytes than this.
    pub(super) room: usize,
}

struct QuickFirmReader<'t, 'r, U> {
    rulebook: &'r Rulebook,
    pieces: BoundedPieces<'t>,
    on_user: &'r mut U,
    /// Room for the seats of the user at hand, and for more of them.
    seats: Vec<SeatEntry<'t>>,
    spare: Vec<SeatEntry<'t>>,
    /// Bytes of the file.
    size: usize,
}

/// After this many users, their total number is estimated.
const SOME: usize = 1_000;

/// Why there is no firm.
pub(super) enum QuickReadError {
    /// Something before this offset is wrong or unusual.
    Odd(usize),
    /// There are too many users at this offset, so that the close reader is not needed.
    Full(usize),
    /// The file is written as usual, and this is everything that is wrong with it.
    Wrong(Findings),
}

/// Makes a firm of users.
struct AssemblingVisitor<'a> {
    assembler: Assembler<'a>,
    /// If there is any finding, there is no firm.
    findings: Findings,
}

impl UserVisitor for AssemblingVisitor<'_> {
    fn take(&mut self, user: &UserEntry<'_>, _: &UserPlace) -> Option<()> {
        self.assembler.add(user, &mut self.findings);
        self.findings.is_empty().then_some(())
    }

    fn expect(&mut self, users: usize) {
        self.assembler.expect(users);
    }
}

/// The firm. The error says that the close reader is needed.
pub(super) fn firm(
    text: FirmText<'_>,
    watch: &mut ProgressWatch<'_>,
) -> Result<Firm, QuickReadError> {
    let source = text.source;
    watch.start();
    let mut users = AssemblingVisitor {
        assembler: Assembler::new(text.rulebook, text.day, Some(source)),
        findings: Findings::new(),
    };
    let root = sweep(text.rulebook, source.text(), watch, &mut users);
    let AssemblingVisitor {
        assembler,
        mut findings,
    } = users;
    let (root, at) = match root {
        Ok(root) => (Some(root), source.text().len()),
        Err(at) => (None, at),
    };
    if findings
        .iter()
        .any(|found| found.code() == &codes::TOO_MANY_USERS)
    {
        return Err(QuickReadError::Full(at));
    }
    let firm = root.and_then(|root| {
        let firm = assembler.finish(&root.name, Span::default(), &mut findings);
        let firm = root.choose(Some(firm).filter(|_| findings.is_empty())?)?;
        root.declare(firm, text, &mut findings)
    });
    let firm = firm.ok_or(QuickReadError::Odd(at))?;
    if findings.has_errors() {
        return Err(QuickReadError::Wrong(findings));
    }
    watch.end();
    Ok(firm)
}

/// Reads a text in one sweep. The error is the offset at which the sweep stopped.
pub(super) fn sweep<'t>(
    rulebook: &Rulebook,
    text: &'t str,
    watch: &mut ProgressWatch<'_>,
    on_user: &mut impl UserVisitor,
) -> Result<FirmHeader<'t>, usize> {
    let mut reading = QuickFirmReader {
        rulebook,
        pieces: BoundedPieces::new(text, rulebook.limits()).ok_or(0_usize)?,
        on_user,
        seats: Vec::new(),
        spare: Vec::new(),
        size: text.len(),
    };
    let root = reading.root(watch);
    root.ok_or_else(|| reading.pieces.quick.at())
}

impl FirmHeader<'_> {
    /// A firm with these choices of readings. There is none if a product has no such reading.
    pub(super) fn choose(&self, mut firm: Firm) -> Option<Firm> {
        for (product, reading, choice) in &self.readings {
            firm = firm.with_reading(Some(product), reading, *choice).ok()?;
        }
        Some(firm)
    }

    /// The firm with its own conflicts, groups and things. There is none if they are not written as such; other mistakes in them
    /// are findings.
    fn declare(&self, mut firm: Firm, text: FirmText<'_>, findings: &mut Findings) -> Option<Firm> {
        let source = text.source;
        if let Some(node) = &self.conflicts {
            let entries = ConflictEntries::decode(node, &mut DecodeContext { source, findings })?;
            firm = conflicts::declare(firm, &entries, source, findings);
        }
        Some(things::declare(firm, &self.beside, text, findings))
    }
}

impl<'t, U: UserVisitor> QuickFirmReader<'t, '_, U> {
    fn root(&mut self, watch: &mut ProgressWatch<'_>) -> Option<FirmHeader<'t>> {
        let (mut name, mut users, mut readings) = (None, None, None);
        let (mut conflicts, mut beside) = (None, RowsBeside::default());
        self.pieces.next_is(&Piece::MapStart)?;
        while let Some(key) = self.pieces.key()? {
            match key {
                USERS => first(&mut users, self.users(watch)?)?,
                "firm" => first(&mut name, self.pieces.text()?)?,
                "readings" => first(&mut readings, self.readings()?)?,
                "conflicts" => first(&mut conflicts, self.pieces.node()?)?,
                "groups" => first(&mut beside.groups, self.pieces.groups()?)?,
                "things" => first(&mut beside.things, self.pieces.kinds()?)?,
                _ => return None,
            }
        }
        users?;
        let is_whole = self.pieces.quick.is_done();
        let root = FirmHeader {
            name: name?,
            readings: readings.unwrap_or_default(),
            conflicts,
            beside,
        };
        Some(root).filter(|_| is_whole)
    }

    fn users(&mut self, watch: &mut ProgressWatch<'_>) -> Option<()> {
        self.pieces.next_is(&Piece::ListStart)?;
        let mut users = 0;
        loop {
            self.pieces.begin();
            match self.pieces.piece()? {
                Piece::MapStart => self.user()?,
                Piece::End => return Some(()),
                Piece::ListStart | Piece::Text(..) => return None,
            }
            users += 1;
            if users == SOME {
                self.on_user
                    .expect(users * (self.size / self.pieces.quick.at()));
            }
            watch.user(self.pieces.quick.at());
        }
    }

    fn user(&mut self) -> Option<()> {
        let (mut id, mut name, mut enabled) = (None, None, None);
        let start = self.pieces.quick.item_start();
        let mut seats = std::mem::take(&mut self.seats);
        self.spare.append(&mut seats);
        while let Some(key) = self.pieces.key()? {
            match key {
                "id" => first(&mut id, self.pieces.text()?)?,
                "name" => first(&mut name, self.pieces.text()?)?,
                "enabled" => first(&mut enabled, self.pieces.flag()?)?,
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
        let stands = UserPlace {
            bytes: start..self.pieces.quick.item_end(),
            layout: self.pieces.quick.item_layout(),
            room: self.pieces.room(),
        };
        let taken = self.on_user.take(&entry, &stands);
        self.seats = entry.seats;
        taken
    }

    fn seat(&mut self, product: usize) -> Option<SeatEntry<'t>> {
        let mut seat = self.spare.pop().unwrap_or_default();
        seat.product = product;
        seat.roles.clear();
        seat.settings.clear();
        let mut roles = None;
        self.pieces.next_is(&Piece::MapStart)?;
        while let Some(key) = self.pieces.key()? {
            if key == "roles" {
                first(&mut roles, self.roles(&mut seat)?)?;
            } else {
                if seat.settings.iter().any(|(known, _)| known.value == key) {
                    return None;
                }
                let value = unplaced(self.pieces.text()?);
                seat.settings.push((unplaced(key), value));
            }
        }
        Some(seat)
    }

    fn roles(&mut self, seat: &mut SeatEntry<'t>) -> Option<()> {
        self.pieces.next_is(&Piece::ListStart)?;
        loop {
            match self.pieces.piece()? {
                Piece::Text(role, _) => seat.roles.push(NamedEntry {
                    name: unplaced(role),
                    until: None,
                }),
                Piece::End => return Some(()),
                Piece::MapStart => seat.roles.push(self.pieces.ending()?),
                Piece::ListStart => return None,
            }
        }
    }

    fn readings(&mut self) -> Option<Vec<Choice<'t>>> {
        let mut choices: Vec<Choice<'t>> = Vec::new();
        self.pieces.next_is(&Piece::MapStart)?;
        while let Some(product) = self.pieces.key()? {
            if choices.iter().any(|(known, ..)| *known == product) {
                return None;
            }
            let before = choices.len();
            self.pieces.next_is(&Piece::MapStart)?;
            while let Some(reading) = self.pieces.key()? {
                let is_known = |(of, known, _): &Choice<'t>| (*of, *known) == (product, reading);
                if choices.iter().any(is_known) {
                    return None;
                }
                choices.push((product, reading, self.pieces.flag()?));
            }
            // A product without choices leaves no trace, so a second one would go unnoticed.
            if choices.len() == before {
                return None;
            }
        }
        Some(choices)
    }
}
