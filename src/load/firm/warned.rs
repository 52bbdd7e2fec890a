//! Where the users that findings are about stand in the file of their firm.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use super::entry;
use super::same::{self, LocatedUsers};
use crate::disk;
use crate::finding::{Finding, Findings, SubjectRole};
use crate::firm::Firm;
use crate::firm::ends::EntryEnd;
use crate::text::{Place, Source, Span};
use crate::yaml::Node;

impl Firm {
    /// Findings about users of this firm, each with the place of its user in the file that the firm was read from, or of the
    /// entry that has ended. Where the file does not read as this firm any more, they stay without places.
    ///
    /// ```
    /// use clio_rules::{Firm, Rulebook};
    ///
    /// let firm = Firm::from_file(&Rulebook::builtin()?, "fixtures/firm.yaml")?;
    /// let findings = firm.placed("fixtures/firm.yaml", firm.warnings());
    /// let place = findings.iter().next().and_then(|finding| finding.place());
    /// assert_eq!(place.map(|place| place.file_and_line()).as_deref(), Some("fixtures/firm.yaml:110"));
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn placed(&self, path: impl AsRef<Path>, findings: Findings) -> Findings {
        let limit = self.rulebook.limits().firm_bytes;
        match disk::read_text(path.as_ref(), limit, &mut Findings::new()) {
            Some(source) if !findings.is_empty() => self.placed_in(&source, findings),
            _ => findings,
        }
    }

    fn placed_in(&self, source: &Arc<Source>, findings: Findings) -> Findings {
        let mut users: Vec<u32> = findings
            .iter()
            .filter_map(|one| self.user_of(one))
            .collect();
        users.sort_unstable();
        users.dedup();
        let spans = self.id_spans(source, &users);
        let ends = self.places_of_ends(source);
        findings.map(|finding| {
            if let Some(place) = ends.get(finding.message()) {
                return finding.at(place.clone());
            }
            let user = self.user_of(&finding);
            match user.and_then(|user| spans.get(&user)) {
                Some(span) => finding.at(source.place(*span)),
                None => finding,
            }
        })
    }

    /// Where the ends of entries that have ended are written, by what is found about them.
    fn places_of_ends(&self, source: &Arc<Source>) -> HashMap<String, Place> {
        let mut files = HashMap::new();
        let limit = self.rulebook.limits().firm_bytes;
        let mut place = |end: EntryEnd| match self.ends.file(end.file) {
            None => Some(source.place(end.span)),
            Some(name) => {
                let read = || disk::read_text(Path::new(name), limit, &mut Findings::new());
                let file = files.entry(end.file).or_insert_with(read).as_ref();
                file.map(|file| file.place(end.span))
            }
        };
        let mut ended = self.ended().peekable();
        // Looking for places takes a pass over the file.
        if ended.peek().is_none() || same::locate(self, source, &[]).is_none() {
            return HashMap::new();
        }
        ended
            .filter_map(|(finding, end)| Some((finding.message().to_owned(), place(end)?)))
            .collect()
    }

    /// The user that a finding is about.
    fn user_of(&self, finding: &Finding) -> Option<u32> {
        let subject = finding.subject()?;
        let is_user = subject.role == SubjectRole::User;
        self.roster
            .find(subject.name.as_deref().filter(|_| is_user)?)
    }

    /// Where the ids of users are written.
    fn id_spans(&self, source: &Arc<Source>, users: &[u32]) -> BTreeMap<u32, Span> {
        let of_node = |(user, node): (u32, Node)| Some((user, node.get("id")?.span));
        match same::locate(self, source, users) {
            None => BTreeMap::new(),
            Some(LocatedUsers::Nodes(nodes)) => nodes.into_iter().filter_map(of_node).collect(),
            Some(LocatedUsers::Places(places)) => {
                let limits = self.rulebook.limits();
                let places = places.into_iter();
                places
                    .filter_map(|(user, place)| {
                        Some((user, entry::id_span(source, &place, limits)?))
                    })
                    .collect()
            }
        }
    }
}
