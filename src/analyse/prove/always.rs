//! Properties over sequences: the number of holders of a role, by induction over one change.
//!
//! If a sequence of accepted changes breaks a property that held at first, one of these changes breaks it, starting
//! from a firm in which it held. So it is enough to look at one change, or one bulk change, in every firm that has
//! the property.

use super::counterexample::BrokenFirm;
use super::input::{OtherHolder, ProofInput, ThingFrame};
use super::made_change::all;
use super::options::{ChangeOption, ChangeOptions};
use super::search::{PathEnd, PathEnding, ProofFirm, SearchResult};
use super::state::ProofState;
use super::subject::{ProofSubject, UndecidedReason};
use crate::explore::Path;
use crate::explore::layout::Word;
use crate::firm::{Firm, is_enabled};
use crate::link::product::{AlwaysClaim, HolderCount, RoleId, UserPart};
use crate::world::settled::KnownRoles;

/// Most parts of one bulk change that are tried: the range of a byte.
pub(super) const MOST_PARTS: usize = 250;

/// The changes that were checked.
pub(super) struct InductionExtent {
    pub(super) searched: SearchResult,
    /// Relevant changes with their arguments.
    pub(super) changes: usize,
}

pub(super) fn prove(
    subject: ProofSubject<'_>,
    always: AlwaysClaim,
) -> Result<InductionExtent, UndecidedReason> {
    let mut all = all(subject)?;
    all.retain(|made| {
        made.parts(subject.compiled)
            .contains(&UserPart::Role(always.role))
    });
    let changes = all.len();
    let all = all.into_iter().map(ChangeOption::of_users);
    let options = ChangeOptions::of(subject.compiled, all.collect());
    let mut searched = SearchResult::default();
    search(subject, always, &options, 1, &mut searched)?;
    let options = options.in_bulk(subject.compiled);
    // A person who is neither the user nor the holder of a role with a single holder can be left out, together with
    // the part of the change that affects them. One part remains for each person who cannot be left out, or two parts
    // that create holders. Roles that nothing here reads may be held by the user instead, so nobody has to stay for
    // them.
    let counted = |role: &&RoleId| {
        let is_level = subject.compiled.product.levels.contains(role);
        **role == always.role || is_level || options.looks_at(subject.compiled, **role)
    };
    let parts = 1 + subject.of_one.iter().filter(counted).count();
    if parts > MOST_PARTS {
        return Err(UndecidedReason::TooManyChanges);
    }
    for parts in 2..=parts.max(2) as u8 {
        if searched.broken.is_some() {
            break;
        }
        search(subject, always, &options, parts, &mut searched)?;
    }
    Ok(InductionExtent { searched, changes })
}

fn search(
    subject: ProofSubject<'_>,
    always: AlwaysClaim,
    options: &ChangeOptions,
    parts: u8,
    searched: &mut SearchResult,
) -> Result<(), UndecidedReason> {
    let other = OtherHolder {
        role: always.role,
        enabled: always.enabled,
    };
    let frame = ThingFrame::default();
    let run = |path: &Path<ProofInput>| {
        let mut state = ProofState::new(subject, &frame, path);
        // At most one other holder matters. With more holders, or with one where one is enough, the property cannot
        // break.
        let is_there =
            always.holders != HolderCount::AtLeast && path.read(ProofInput::Other)?.is_yes();
        if is_there {
            state = state.with_other(other);
        }
        let role = UserPart::Role(always.role);
        let matters = |_, what| what == role;
        let Some((parts, altered)) =
            state.choose(options, parts, &|what| what == role, &matters)?
        else {
            return Ok(PathEnd::Idle);
        };
        let (mut before, mut after) = (0, 0);
        for who in state.people() {
            let held = state.holds(who, always.role)?;
            let now = altered
                .iter()
                .find(|one| (one.0, one.1) == (who, role))
                .map_or(held, |(_, _, to)| to.is_yes());
            let counts = !always.enabled || (held || now) && state.enabled(who)?;
            before += usize::from(held && counts);
            after += usize::from(now && counts);
        }
        let ending = PathEnding::of(&state, is_there.then_some(other), &parts);
        Ok(
            match [before, after].map(|count| always.holders.permits(count)) {
                [false, _] => PathEnd::Idle,
                [true, true] => PathEnd::Kept(ending),
                [true, false] => PathEnd::Broken(ending, ()),
            },
        )
    };
    subject.search(options.made.len(), searched, run, |staged, ()| {
        stage(staged, always)
    })
}

/// Counts in the firm itself.
fn stage(
    staged: &ProofFirm<'_>,
    always: AlwaysClaim,
) -> Result<Option<BrokenFirm>, UndecidedReason> {
    let before = count(&staged.firm, staged.subject, always);
    let Some(step) = staged.step() else {
        return Err(UndecidedReason::NotSo);
    };
    let Some(after) = step.made(&staged.firm) else {
        return Err(UndecidedReason::NotSo);
    };
    let after = count(&after, staged.subject, always);
    // People left open by the path may hold the role as well, if its level is the last one possible.
    if !always.holders.permits(before) || always.holders.permits(after) {
        return Ok(None);
    }
    let role = staged.subject.compiled.product.role_name(always.role);
    let kind = if always.enabled {
        " who is enabled"
    } else {
        ""
    };
    let holders = match after {
        0 => format!("nobody{kind} holds {role}"),
        1 => format!("1 person{kind} holds {role}"),
        _ => format!("{after} people hold {role}"),
    };
    Ok(Some(BrokenFirm {
        firm: staged.firm.clone(),
        steps: vec![step],
        asked: Vec::new(),
        asked_after: Vec::new(),
        end: holders,
        is_smallest: true,
    }))
}

fn count(firm: &Firm, subject: ProofSubject<'_>, always: AlwaysClaim) -> usize {
    let Some(product) = firm.rulebook().product_number(&subject.compiled.product.id) else {
        return 0;
    };
    let field = subject.compiled.layout.role(always.role);
    let counts =
        |words: &[Word]| field.read(words).is_yes() && (!always.enabled || is_enabled(words));
    let profiles = firm.roster.profiles(product);
    profiles.filter(|(_, words)| counts(words)).count()
}
