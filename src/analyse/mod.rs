//! Every query that asks more than one question: it uses tables, and never runs scripts.

mod ability;
mod allowed_things;
mod crowd;
mod difference;
mod every_thing;
mod firm_difference;
mod how_can;
mod idle;
mod join;
mod listed;
#[cfg(feature = "protocol")]
mod look_alike;
mod missing;
mod on_things;
pub(crate) mod overview;
mod prove;
mod review;
mod search_stop;
mod simulate;
mod targets;
mod warnings;
mod what_can;
mod where_can;
mod who_can;
mod why_not;

pub use ability::Ability;
pub use allowed_things::AllowedThings;
pub use difference::{ChangeKind, RuleChange, RulebookDifference};
pub use firm_difference::{
    Accesses, DifferenceAccess, DifferenceStep, EntryTerm, FirmDifference, Impossible,
    MemberEndChange, NameChange, OnWhom, Outside, OutsideKind, OwnConflictChange,
    OwnConflictChangeKind, ProductRole, ReadingChange, RoleChanges, RoleEndChange, SettingChange,
    ThingChange, ThingChangeKind, ThingPartChange, Unplanned, UserDifference,
};
pub use how_can::{ClosestRefusal, Plan, Plans, StepMakers};
pub use join::{
    JoinAction, JoinCell, JoinFact, JoinFollower, JoinForm, JoinKinds, JoinProfile, JoinTables,
    JoinTarget, JoinThing,
};
pub use missing::MissingInput;
pub use on_things::{
    AccessOnThings, AccessPath, ActionOnThing, ListStanding, ThingAccess, UserActions,
};
pub use prove::{Counterexample, Method, Proof, ProofAnswer, ProofStep, PropertyResult, TimeTaken};
pub use review::{
    IdleEntries, IdleList, IdleReason, Review, ReviewAccess, ReviewAction, ReviewAnswer,
    ReviewBroughtRole, ReviewConflict, ReviewDormant, ReviewEnding, ReviewEndingPlace, ReviewKind,
    ReviewKindAction, ReviewNote, ReviewPerson, ReviewProduct, ReviewReading, ReviewRole,
    ReviewRow, ReviewSeat, ReviewSetting, ReviewShare, ReviewStep, ReviewTargets, ReviewThing,
    ReviewThings, ReviewValue,
};
pub use simulate::{Shift, Shifts, SimulatedStep, Simulation, SimulationResult};
pub use targets::{Targets, TargetsInBrief};
pub use what_can::WhatCan;
pub use where_can::{WhereCan, WhereCanAllowed};
pub use who_can::{WhoCan, WhoCanAllowed, WhoCanDenied};
pub use why_not::{WhyNot, WhyNotRule};

#[cfg(test)]
mod tests;
