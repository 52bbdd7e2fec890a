//! Writing an accepted change into a firm file: only what changes is touched.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::FirmLoader;
use super::entry::{EntryEditor, EntryToEdit};
use super::quick::UserPlace;
use super::same::{self, LocatedUsers};
use crate::change::Verdict;
use crate::disk;
use crate::explore::compile::CompiledProduct;
use crate::finding::disk::reason;
use crate::finding::{Code, Finding, Findings, WriteError, disk as codes};
use crate::firm::{Alteration, Firm, by_user};
use crate::link::product::UserPart;
use crate::text::Source;
use crate::yaml::{self, Node, TextEdit};

impl Firm {
    /// Writes an accepted change into the file that this firm was read from. Only what changes is touched: comments,
    /// order and layout of the rest survive. What stands in the file has to be the state that was judged, even where
    /// the change alters nothing and nothing is written.
    ///
    /// # Errors
    /// [`WriteError`] when the verdict is a rejection or about another state, when the file cannot be read or written, or
    /// was changed by somebody else; it is as it was then.
    pub fn write_change(
        &self,
        path: impl AsRef<Path>,
        verdict: &Verdict,
    ) -> Result<(), WriteError> {
        self.can_apply(verdict)?;
        // A change alters people, or things and groups.
        if !verdict.things.is_empty() {
            return self.write_altered_things(path.as_ref(), &verdict.things);
        }
        self.write(path.as_ref(), &verdict.alterations)
    }

    /// Writes alterations of people into the file that this firm was read from, in one step.
    pub(crate) fn write(&self, path: &Path, alterations: &[Alteration]) -> Result<(), WriteError> {
        let name = path.display().to_string();
        if alterations.is_empty() {
            if disk::is_special(path) {
                return Self::write_failed(
                    &codes::CANNOT_WRITE,
                    &[&name, &"it is no regular file"],
                );
            }
            let source = self.source_at(path)?;
            return match same::locate(self, &source, &[]) {
                Some(_) => Ok(()),
                None => Self::write_failed(&codes::CHANGED_MEANWHILE, &[&name]),
            };
        }
        let _lock = self.locked(path)?;
        let source = self.source_at(path)?;
        match self.edits(&source, alterations) {
            Ok(edits) => self.replace(path, &source, &edits),
            Err(code) => Self::write_failed(code, &[&name]),
        }
    }

    pub(super) fn write_failed(
        code: &'static Code,
        words: &[&dyn std::fmt::Display],
    ) -> Result<(), WriteError> {
        Err(WriteError::from(Finding::new(code, None, words)))
    }

    /// A lock: no other process of this program may write the file until it is replaced.
    pub(super) fn locked(&self, path: &Path) -> Result<disk::FolderLock, WriteError> {
        let name = path.display().to_string();
        let failed = |why: &dyn std::fmt::Display| {
            let words: [&dyn std::fmt::Display; 2] = [&name, why];
            WriteError::from(Finding::new(&codes::CANNOT_WRITE, None, &words))
        };
        // A pipe would be waited for, with the lock held.
        if disk::is_special(path) {
            return Err(failed(&"it is no regular file"));
        }
        disk::lock_beside(path).map_err(|error| failed(&reason(&error)))
    }

    /// Puts sorted edits of what stands in a file into its place.
    pub(super) fn replace(
        &self,
        path: &Path,
        source: &Source,
        edits: &[TextEdit],
    ) -> Result<(), WriteError> {
        let name = path.display().to_string();
        let limit = self.rulebook.limits().firm_bytes;
        let mark = if source.is_marked() { yaml::BOM } else { "" };
        let fits =
            |pieces: &Vec<&str>| pieces.iter().map(|piece| piece.len()).sum::<usize>() <= limit;
        let pieces = yaml::pieces(source.text(), edits)
            .map(|pieces| [vec![mark], pieces].concat())
            .filter(fits);
        let Some(pieces) = pieces else {
            return Self::write_failed(&codes::EDIT_FAILED, &[&name]);
        };
        // Programs that do not know our lock may have changed the file in the meantime.
        let is_still = || disk::has_bytes(path, &[mark, source.text()]).unwrap_or(false);
        match disk::replace(path, &pieces, is_still) {
            Ok(true) => Ok(()),
            Ok(false) => Self::write_failed(&codes::CHANGED_MEANWHILE, &[&name]),
            Err(error) => Self::write_failed(&codes::CANNOT_WRITE, &[&name, &reason(&error)]),
        }
    }

    /// What stands in the file now.
    pub(super) fn source_at(&self, path: &Path) -> Result<Arc<Source>, WriteError> {
        let mut findings = Findings::new();
        let limit = self.rulebook.limits().firm_bytes;
        disk::read_text(path, limit, &mut findings).ok_or_else(|| {
            let words: [&dyn std::fmt::Display; 2] = [&path.display(), &"it is no text"];
            let unread = || Finding::new(&codes::CANNOT_READ, None, &words);
            findings.into_iter().next().unwrap_or_else(unread).into()
        })
    }

    /// Sorted edits of a file that reads as this firm, after which it reads as the firm after alterations.
    fn edits(
        &self,
        source: &Arc<Source>,
        alterations: &[Alteration],
    ) -> Result<Vec<TextEdit>, &'static Code> {
        let mut altered = by_user(alterations);
        altered.sort_unstable_by_key(|(user, _)| *user);
        let users: Vec<u32> = altered.iter().map(|(user, _)| *user).collect();
        let located = same::locate(self, source, &users).ok_or(&codes::CHANGED_MEANWHILE)?;
        let after = self.altered(alterations);
        let edits = match located {
            LocatedUsers::Places(places) => {
                let apart = self.apart(&after, source, &places, &altered);
                apart.or_else(|| {
                    let nodes = same::closely(self, source, &users)?;
                    after.whole(source, &nodes, &altered)
                })
            }
            LocatedUsers::Nodes(nodes) => after.whole(source, &nodes, &altered),
        };
        edits.ok_or(&codes::EDIT_FAILED)
    }

    /// Edits that make a file this firm, read again as a whole.
    fn whole(
        &self,
        source: &Arc<Source>,
        nodes: &[(u32, Node)],
        altered: &[(u32, Vec<Alteration>)],
    ) -> Option<Vec<TextEdit>> {
        let mut edits = Vec::new();
        for ((user, node), (of, alterations)) in nodes.iter().zip(altered) {
            let alterations = Some(alterations).filter(|_| user == of)?;
            edits.extend(self.user_edits(source, node, *user, alterations)?);
        }
        let edits = yaml::sorted(edits);
        let text = yaml::pieces(source.text(), &edits)?.concat();
        let text = Source::new(source.name(), text);
        let loader = FirmLoader::new(&self.rulebook).on_day_of(self.day());
        let text = loader.text(&text, Path::new(source.name()).parent());
        let reread = loader.of_text(text, &mut |_| {}).ok()?;
        let is_whole = nodes.len() == altered.len() && reread.is_as(self);
        is_whole.then_some(edits)
    }

    /// The same for a file that is written as usual: its entries are edited and read again without the rest of the file.
    fn apart(
        &self,
        after: &Self,
        source: &Arc<Source>,
        places: &[(u32, UserPlace)],
        altered: &[(u32, Vec<Alteration>)],
    ) -> Option<Vec<TextEdit>> {
        let entries = to_edit(places, altered)?;
        let ending = yaml::line_ending(source.text());
        in_parts(&entries, |entries| {
            EntryEditor::new(self, after, source, ending).edits(entries)
        })
    }

    /// Edits that make the entry of a user what it is in this firm.
    pub(super) fn user_edits(
        &self,
        source: &Source,
        node: &Node,
        user: u32,
        alterations: &[Alteration],
    ) -> Option<Vec<TextEdit>> {
        let mut edits = Vec::new();
        for (number, compiled) in self.rulebook.compiled().iter().enumerate() {
            let of_product = alterations.iter().filter(|a| a.product == number);
            let whats: BTreeSet<UserPart> = of_product.map(|altered| altered.what).collect();
            if !whats.is_empty() {
                let seat = node.get(&compiled.product.id)?;
                edits.extend(self.seat_edits(source, seat, compiled, number, user, &whats));
            }
        }
        Some(edits)
    }

    /// Edits that make one seat of a file what it is in this firm.
    fn seat_edits(
        &self,
        source: &Source,
        seat: &Node,
        compiled: &CompiledProduct,
        number: usize,
        user: u32,
        whats: &BTreeSet<UserPart>,
    ) -> Vec<TextEdit> {
        let (layout, product) = (&compiled.layout, &compiled.product);
        let words = self.roster.profile(number, user);
        let mut edits = Vec::new();
        if whats.iter().any(|what| matches!(what, UserPart::Role(_))) {
            let roles = self.written_roles(compiled, number, user);
            let roles: Vec<String> = roles.iter().map(ToString::to_string).collect();
            let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
            edits.extend(yaml::set_list_entry(source, seat, "roles", &roles));
        }
        for what in whats {
            let UserPart::Setting(id) = what else {
                continue;
            };
            let Some(setting) = product.setting(*id) else {
                continue;
            };
            let value = setting.domain.word(layout.setting(*id).read(words));
            edits.extend(yaml::set_entry(source, seat, &setting.id, value));
        }
        edits
    }

    /// Whether two firms have the same people and the same readings, so that they accept the same changes.
    pub(crate) fn is_as(&self, other: &Self) -> bool {
        self.readings == other.readings && self.has_people_of(other) && self.ends == other.ends
    }

    /// Whether two firms have the same people with the same seats, in the same order.
    pub(crate) fn has_people_of(&self, other: &Self) -> bool {
        self.roster.len() == other.roster.len()
            && self.roster.ids().eq(other.roster.ids())
            && (0..self.rulebook.compiled().len()).all(|product| {
                self.roster
                    .profiles(product)
                    .eq(other.roster.profiles(product))
            })
    }
}

/// Users where they stand, each with what is altered about them.
fn to_edit<'a>(
    places: &'a [(u32, UserPlace)],
    altered: &'a [(u32, Vec<Alteration>)],
) -> Option<Vec<EntryToEdit<'a>>> {
    let mut entries = Vec::with_capacity(altered.len());
    for ((user, place), (of, alterations)) in places.iter().zip(altered) {
        let alterations = Some(alterations).filter(|_| user == of)?;
        entries.push(EntryToEdit {
            user: *user,
            place,
            alterations,
        });
    }
    (entries.len() == altered.len()).then_some(entries)
}

/// So many entries are edited together: enough that starting costs little for each of them, and few enough that all cores have
/// something to do.
const TOGETHER: usize = 256;

/// Works on many things in parts, on all cores where threads are available.
fn in_parts<T: Sync, R: Send>(
    all: &[T],
    some: impl Fn(&[T]) -> Option<Vec<R>> + Send + Sync,
) -> Option<Vec<R>> {
    #[cfg(feature = "parallel")]
    if all.len() > TOGETHER {
        use rayon::prelude::*;
        let parts: Option<Vec<Vec<R>>> = all.par_chunks(TOGETHER).map(some).collect();
        return parts.map(|parts| parts.into_iter().flatten().collect());
    }
    let parts: Option<Vec<Vec<R>>> = all.chunks(TOGETHER).map(some).collect();
    parts.map(|parts| parts.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests;
