//! Approvals: each step is validated as one of whoever approves, and written into the firm file.

use clio_rules::Firm;

use super::offer::{by, made};
use super::problem::Problem;
use super::store::{Approval, Task, TaskStatus, random};
use crate::clock::Timestamp;
use crate::http::App;
use crate::tenant::Tenant;

/// Whose decision about a task it is.
pub(super) struct TaskDecision<'d> {
    pub(super) app: &'d App,
    pub(super) tenant: &'d Tenant,
    pub(super) name: Option<&'d str>,
    pub(super) id: &'d str,
    pub(super) user: &'d str,
}

impl TaskDecision<'_> {
    /// Makes the changes of a task.
    pub(super) fn approve(&self) -> Result<Task, Problem> {
        let requests = self.app.access_requests().ok_or(Problem::UnknownTask)?;
        let _one_at_a_time = requests.approving();
        let task = self.pending()?;
        let loaded = self.tenant.current();
        if made(loaded.firm(), &task.denial.steps, self.user).is_none() {
            return Err(Problem::NotAnApprover);
        }
        let file = requests.file(self.name).ok_or(Problem::CannotApply)?;
        let written = self.write(loaded.firm(), &task, file);
        let is_whole = written == task.denial.steps.len();
        if written == 0 && !is_whole {
            return Err(Problem::CannotApply);
        }
        let is_loaded = self.app.operation().reloader.reload(self.name).is_ok();
        if !is_whole || !is_loaded {
            return self.end(TaskStatus::Failed, None);
        }
        let approval = Approval {
            id: format!("apr_{}", random().ok_or(Problem::CannotApply)?),
            approved_at: Timestamp::now(),
            approved_until: task.until,
            approved_by: self.user.to_owned(),
        };
        self.end(TaskStatus::Approved, Some(approval))
    }

    /// Leaves everything as it is. Whoever may make the changes may decline to.
    pub(super) fn deny(&self) -> Result<Task, Problem> {
        let task = self.pending()?;
        let loaded = self.tenant.current();
        match made(loaded.firm(), &task.denial.steps, self.user) {
            Some(_) => self.end(TaskStatus::Denied, None),
            None => Err(Problem::NotAnApprover),
        }
    }

    /// Ends a task for whoever asked.
    pub(super) fn cancel(&self) -> Result<Task, Problem> {
        self.pending()?;
        self.end(TaskStatus::Cancelled, None)
    }

    /// Writes the steps, one after the other, and counts those that are in the file.
    fn write(&self, firm: &Firm, task: &Task, file: &std::path::Path) -> usize {
        let mut now = firm.clone();
        for (written, step) in task.denial.steps.iter().enumerate() {
            let after = now.judge(&by(step, self.user)).ok().and_then(|verdict| {
                now.write_change(file, &verdict).ok()?;
                now.after(&verdict).ok()
            });
            match after {
                Some(after) => now = after,
                None => return written,
            }
        }
        task.denial.steps.len()
    }

    /// The task, as long as it has not ended.
    fn pending(&self) -> Result<Task, Problem> {
        let requests = self.app.access_requests().ok_or(Problem::UnknownTask)?;
        let mut store = requests.store();
        let task = store.task(self.name, self.id).ok_or(Problem::UnknownTask)?;
        match task.status {
            TaskStatus::Pending => Ok(task.clone()),
            _ => Err(Problem::TaskState),
        }
    }

    fn end(&self, status: TaskStatus, approval: Option<Approval>) -> Result<Task, Problem> {
        let requests = self.app.access_requests().ok_or(Problem::UnknownTask)?;
        let mut store = requests.store();
        let task = store.task(self.name, self.id).ok_or(Problem::UnknownTask)?;
        if task.status != TaskStatus::Pending {
            return Err(Problem::TaskState);
        }
        (task.status, task.approval) = (status, approval);
        Ok(task.clone())
    }
}
