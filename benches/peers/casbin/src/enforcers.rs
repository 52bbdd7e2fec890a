//! Model and policy are read once, people are put into roles once, and what a query needs is shared, not made anew.

use std::collections::HashMap;
use std::error::Error;

use casbin::rhai::{Dynamic, ImmutableString};
use casbin::{CoreApi, DefaultModel, EnforceArgs, Enforcer, FileAdapter, Filter, MgmtApi};

use crate::{Matters, People};

const MODEL: &str = include_str!("../model.conf");
/// Read where it stands: of casbin's adapters, the one for files is the one that filters.
const POLICY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/policy.csv");

const MATTERS: &str = include_str!("../matters.conf");
const MATTERS_POLICY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/matters.csv");

/// One enforcer that tries every line of the policy until one allows; or one for each action, which read only the lines of
/// that action. These share one role manager.
pub struct Enforcers(Vec<Enforcer>);

/// A query: the number of its enforcer; sub, act, target, fact, or sub, dom, act.
pub struct Prepared {
    enforcer: usize,
    words: Vec<Dynamic>,
}

impl Enforcers {
    pub fn of_people(told: &People) -> Result<Self, Box<dyn Error>> {
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        Ok(Self(runtime.block_on(enforcers(told))?))
    }

    pub fn of_matters(told: &Matters) -> Result<Self, Box<dyn Error>> {
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        Ok(Self(vec![runtime.block_on(by_domain(told))?]))
    }

    pub fn answer(&self, queries: &[Prepared], answers: &mut [bool]) -> casbin::Result<()> {
        for (query, answer) in queries.iter().zip(answers) {
            *answer = self.0[query.enforcer].enforce(Words(&query.words))?;
        }
        Ok(())
    }
}

async fn enforcers(told: &People) -> casbin::Result<Vec<Enforcer>> {
    let whole = whole(told).await?;
    if !told.is_sliced {
        return Ok(vec![whole]);
    }
    let mut slices = Vec::new();
    for action in &told.actions {
        slices.push(slice(&whole, action).await?);
    }
    Ok(slices)
}

async fn whole(told: &People) -> casbin::Result<Enforcer> {
    let model = DefaultModel::from_str(MODEL).await?;
    let mut enforcer = Enforcer::new(model, FileAdapter::new(POLICY)).await?;
    enforcer.enable_auto_save(false);
    let lines = told.roles.iter().map(|line| line.to_vec()).collect();
    enforcer.add_grouping_policies(lines).await?;
    Ok(enforcer)
}

/// Links go to the role manager itself: the policy would keep each of them a second time, and nothing reads that.
async fn by_domain(told: &Matters) -> casbin::Result<Enforcer> {
    let model = DefaultModel::from_str(MATTERS).await?;
    let mut enforcer = Enforcer::new(model, FileAdapter::new(MATTERS_POLICY)).await?;
    let roles = enforcer.get_role_manager();
    for [member, into, domain] in &told.links {
        roles.write().add_link(member, into, Some(domain));
    }
    enforcer.enable_auto_save(false);
    Ok(enforcer)
}

async fn slice(whole: &Enforcer, action: &str) -> casbin::Result<Enforcer> {
    let model = DefaultModel::from_str(MODEL).await?;
    let mut slice = Enforcer::new_raw(model, FileAdapter::new(POLICY)).await?;
    slice.enable_auto_build_role_links(false);
    let of_action = Filter {
        p: vec!["", action],
        g: vec!["nobody: the roles are shared"],
    };
    slice.load_filtered_policy(of_action).await?;
    slice.set_role_manager(whole.get_role_manager())?;
    Ok(slice)
}

/// Words that casbin takes as they are: those of a tuple would be copied letter by letter at every query.
struct Words<'w>(&'w [Dynamic]);

impl EnforceArgs for Words<'_> {
    fn try_into_vec(self) -> casbin::Result<Vec<Dynamic>> {
        Ok(self.0.to_vec())
    }

    /// Only an enforcer that remembers answers asks for it, and none does here.
    fn cache_key(&self) -> u64 {
        0
    }
}

/// Every query, with each word made once however often it is used.
pub fn prepare(told: &People) -> Vec<Prepared> {
    let mut words = Shared::default();
    let queries = told
        .queries
        .iter()
        .map(|(action, [sub, target, fact])| Prepared {
            enforcer: if told.is_sliced { *action } else { 0 },
            words: words.all([sub, &told.actions[*action], target, fact]),
        });
    queries.collect()
}

/// The same for matters.
pub fn prepare_matters(told: &Matters) -> Vec<Prepared> {
    let mut words = Shared::default();
    let queries = told.domains.iter().map(|[sub, dom]| Prepared {
        enforcer: 0,
        words: words.all([sub, dom, "open_matter"]),
    });
    queries.collect()
}

/// Words that were made once.
#[derive(Default)]
struct Shared<'w>(HashMap<&'w str, ImmutableString>);

impl<'w> Shared<'w> {
    fn all<const N: usize>(&mut self, words: [&'w str; N]) -> Vec<Dynamic> {
        let mut shared = |word: &'w str| {
            let known = self.0.entry(word).or_insert_with(|| word.into());
            known.clone().into()
        };
        words.map(&mut shared).into()
    }
}
