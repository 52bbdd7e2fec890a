//! Denials that can be asked about, and tasks: in memory, within bounds, each until it expires.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use clio_rules::{Change, Question};
use serde::Serialize;

use crate::authzen::AskedNumbers;
use crate::clock::Timestamp;
use crate::reload::hex;

/// The most denials and the most tasks that are kept.
const MOST: usize = 10_000;
/// How long a denial can be asked about.
pub(super) const DENIAL_TIME: Duration = Duration::from_secs(10 * 60);
/// How long a task is kept.
pub(super) const TASK_TIME: Duration = Duration::from_secs(24 * 60 * 60);

/// How a task stands. It ends once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskStatus {
    /// It waits for somebody who may make the changes.
    Pending,
    /// The changes were made.
    Approved,
    /// Somebody who may make the changes does not want to.
    Denied,
    /// Whoever asked does not want it any more.
    Cancelled,
    /// The changes could not all be made.
    Failed,
}

/// A denial that permitted changes could turn.
#[derive(Debug, Clone)]
pub(super) struct DeniedQuestion {
    pub(super) tenant: Option<String>,
    /// The question, in the words of the rules.
    pub(super) question: Question<'static>,
    /// Numbers of subject, action and resource as the request had them, and of each part of its context.
    pub(super) asked: AskedNumbers,
    /// The changes, each as somebody who may make it.
    pub(super) steps: Vec<Change>,
    /// Those who may make all of them.
    pub(super) approvers: Vec<String>,
    pub(super) until: Timestamp,
}

/// A task.
#[derive(Debug, Clone)]
pub(super) struct Task {
    pub(super) denial: DeniedQuestion,
    pub(super) status: TaskStatus,
    pub(super) until: Timestamp,
    /// Who approved it, when, and under which name of the approval.
    pub(super) approval: Option<Approval>,
}

/// An approval.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Approval {
    pub(super) id: String,
    pub(super) approved_at: Timestamp,
    pub(super) approved_until: Timestamp,
    pub(super) approved_by: String,
}

/// Entries by ids that nobody can guess.
#[derive(Debug)]
struct ExpiringEntries<T> {
    all: HashMap<String, (T, Instant)>,
}

impl<T> Default for ExpiringEntries<T> {
    fn default() -> Self {
        Self {
            all: HashMap::new(),
        }
    }
}

impl<T> ExpiringEntries<T> {
    /// Keeps an entry for a time; none where there are too many, or the system has no random bytes.
    fn add(&mut self, kind: &str, entry: T, time: Duration) -> Option<String> {
        let now = Instant::now();
        if self.all.len() >= MOST {
            self.all.retain(|_, (_, end)| *end > now);
        }
        if self.all.len() >= MOST {
            return None;
        }
        let id = format!("{kind}_{}", random()?);
        self.all.insert(id.clone(), (entry, now + time));
        Some(id)
    }

    fn get(&mut self, id: &str) -> Option<&mut T> {
        let now = Instant::now();
        let found = self.all.get_mut(id);
        found.filter(|(_, end)| *end > now).map(|(entry, _)| entry)
    }
}

/// 32 digits that nobody can guess.
pub(super) fn random() -> Option<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).ok()?;
    Some(hex(&bytes))
}

/// Everything that is kept.
#[derive(Debug, Default)]
pub(super) struct RequestStore {
    denials: ExpiringEntries<DeniedQuestion>,
    tasks: ExpiringEntries<Task>,
}

impl RequestStore {
    /// Keeps a denial, under the id of its evaluation.
    pub(super) fn deny(&mut self, denial: DeniedQuestion) -> Option<String> {
        self.denials.add("eval", denial, DENIAL_TIME)
    }

    /// A denial that has not expired.
    pub(super) fn denial(&mut self, id: &str) -> Option<&DeniedQuestion> {
        self.denials.get(id).map(|denial| &*denial)
    }

    /// Makes a task.
    pub(super) fn begin(&mut self, denial: DeniedQuestion) -> Option<String> {
        let task = Task {
            denial,
            status: TaskStatus::Pending,
            until: Timestamp::after(TASK_TIME),
            approval: None,
        };
        self.tasks.add("arq", task, TASK_TIME)
    }

    /// A task of a tenant.
    pub(super) fn task(&mut self, tenant: Option<&str>, id: &str) -> Option<&mut Task> {
        let task = self.tasks.get(id);
        task.filter(|task| task.denial.tenant.as_deref() == tenant)
    }
}
