//! The three answers to one question: the table's, the scripts', and Cedar's.

use clio_rules::direct::{Direct, DirectAnswer};
use clio_rules::{ActionHandle, Change, ChangeHandle, Firm, Question, Rulebook, UserHandle};

use crate::Failed;
use crate::asked::Asked;
use crate::model::Model;

/// Rule files and scripts, as pairs of name and text.
pub(crate) type Texts = Vec<(String, String)>;

/// What is compared; tests replace one of the three.
#[derive(Clone)]
pub(crate) struct Sides {
    /// What becomes tables.
    pub(crate) tables: Texts,
    /// What runs as scripts.
    pub(crate) scripts: Texts,
    /// The policies of each product.
    pub(crate) policies: Vec<(&'static str, String)>,
}

impl Sides {
    /// The rules and policies as they are shipped.
    pub(crate) fn shipped() -> Self {
        let is_rules = |name: &str| {
            name.starts_with("rules/") && (name.ends_with(".yaml") || name.ends_with(".rhai"))
        };
        let files = clio_rules::starter::files().filter(|(name, _)| is_rules(name));
        let texts: Texts = files.map(|(name, text)| (name.to_owned(), text)).collect();
        Self {
            tables: texts.clone(),
            scripts: texts,
            policies: vec![
                ("manage", include_str!("../cedar/manage.cedar").to_owned()),
                ("grow", include_str!("../cedar/grow.cedar").to_owned()),
            ],
        }
    }

    /// The policies of a product.
    pub(crate) fn policies(&self, product: &str) -> Result<&str, Failed> {
        let found = self.policies.iter().find(|(id, _)| *id == product);
        let text = found.map(|(_, text)| text.as_str());
        text.ok_or_else(|| Failed::new(format!("there are no policies for {product}")))
    }
}

/// Names and texts as the loaders take them.
pub(crate) fn borrowed(texts: &Texts) -> impl Iterator<Item = (&str, &str)> {
    texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
}

/// Something that can be asked, resolved once.
pub(crate) enum Handle {
    /// An action with its facts.
    Action(ActionHandle),
    /// A change with its arguments.
    Change(ChangeHandle),
}

impl Handle {
    /// Resolves what is asked.
    pub(crate) fn of(model: &Model, rulebook: &Rulebook, asked: &Asked) -> Result<Self, Failed> {
        let product = Some(model.product);
        let words = asked.words.iter();
        if !asked.is_change {
            let mut facts = words;
            let action = rulebook.action(product, &asked.id)?;
            let give = |action: ActionHandle, (fact, value): &(&str, &str)| {
                action.with_fact(rulebook, fact, value)
            };
            return Ok(Self::Action(facts.try_fold(action, give)?));
        }
        let change = rulebook.change(product, &asked.id)?;
        Ok(Self::Change(match asked.words.as_slice() {
            [] => change,
            [("role", role)] => change.with_role(rulebook, role)?,
            [(_, setting), (_, value)] => change.with_setting(rulebook, setting, value)?,
            other => return Err(Failed::new(format!("{}: cannot fill {other:?}", asked.id))),
        }))
    }

    /// The table's answer.
    pub(crate) fn table(
        &self,
        firm: &Firm,
        user: UserHandle,
        target: Option<UserHandle>,
    ) -> Result<Answer, Failed> {
        match (self, target) {
            (Self::Action(action), target) => {
                let answer = firm.decide(user, *action, target)?;
                Ok(Answer {
                    yes: answer.is_allowed(),
                    rules: vec![answer.rule().to_owned()],
                })
            }
            (Self::Change(change), Some(target)) => {
                let judgement = firm.validate(user, *change, target)?;
                let rules = judgement.rules().map(str::to_owned).collect();
                Ok(Answer {
                    yes: judgement.is_accepted(),
                    rules,
                })
            }
            (Self::Change(_), None) => Err(Failed::new("a change needs a target")),
        }
    }
}

/// Yes or no, and the rules that said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) yes: bool,
    pub(crate) rules: Vec<String>,
}

impl From<DirectAnswer> for Answer {
    fn from(answer: DirectAnswer) -> Self {
        Self {
            yes: answer.is_yes(),
            rules: answer.rules().to_vec(),
        }
    }
}

/// The answer of the scripts.
pub(crate) fn scripts(
    direct: &Direct,
    firm: &Firm,
    product: &str,
    asked: &Asked,
    (user, target): (&str, Option<&str>),
) -> Result<Answer, Failed> {
    if asked.is_change {
        let change = Change::new(user, asked.id.as_str()).product(product);
        let change = target.into_iter().fold(change, Change::target);
        let change = match asked.words.as_slice() {
            [("role", role)] => change.role(*role),
            [(_, setting), (_, value)] => change.setting(*setting, *value),
            _ => change,
        };
        return Ok(direct.judge(firm, &change)?.into());
    }
    let question = Question::new(user, asked.id.as_str()).product(product);
    let question = target.into_iter().fold(question, Question::target);
    let mut facts = asked.words.iter();
    let question = facts.try_fold(question, |question, (fact, value)| {
        Ok::<_, Failed>(question.fact(*fact, *value))
    })?;
    Ok(direct.ask(firm, &question)?.into())
}
