//! What tables and scripts say to one question.

use clio_rules::direct::{Direct, DirectAnswer};
use clio_rules::{
    ActionHandle, Change, ChangeHandle, Firm, Judgement, Question, Rulebook, UserHandle,
};

use crate::Failed;
use crate::asked::Asked;
use crate::model::{Model, Word};

/// Rule files and scripts, as pairs of name and text.
pub(crate) type Texts = Vec<(String, String)>;

/// What becomes tables and what runs as scripts: the same, but in tests.
#[derive(Clone)]
pub(crate) struct Sides {
    pub(crate) tables: Texts,
    pub(crate) scripts: Texts,
}

impl Sides {
    /// The same rules for both.
    pub(crate) fn of(texts: Texts) -> Self {
        Self {
            tables: texts.clone(),
            scripts: texts,
        }
    }

    /// The rules as they are shipped.
    pub(crate) fn shipped() -> Self {
        let is_rules = |name: &str| {
            name.starts_with("rules/") && (name.ends_with(".yaml") || name.ends_with(".rhai"))
        };
        let files = clio_rules::starter::files().filter(|(name, _)| is_rules(name));
        let files = files.map(|(name, text)| (name.to_owned(), text.to_owned()));
        Self::of(files.collect())
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
        let product = Some(&*model.product);
        if !asked.is_change {
            let mut facts = asked.words.iter();
            let action = rulebook.action(product, &asked.id)?;
            let give = |action: ActionHandle, (fact, value): &(Word, Word)| {
                action.with_fact(rulebook, fact, value)
            };
            return Ok(Self::Action(facts.try_fold(action, give)?));
        }
        let change = rulebook.change(product, &asked.id)?;
        Ok(Self::Change(match asked.words.as_slice() {
            [] => change,
            [(name, role)] if &**name == "role" => change.with_role(rulebook, role)?,
            [(_, setting), (_, value)] => change.with_setting(rulebook, setting, value)?,
            other => return Err(Failed::new(format!("{}: cannot fill {other:?}", asked.id))),
        }))
    }

    /// The table's answer.
    pub(crate) fn table<'f>(
        &self,
        firm: &'f Firm,
        user: UserHandle,
        target: Option<UserHandle>,
    ) -> Result<Said<'f>, Failed> {
        Ok(match (self, target) {
            (Self::Action(action), target) => Said::Decided(firm.decide(user, *action, target)?),
            (Self::Change(change), Some(target)) => {
                Said::Judged(Box::new(firm.validate(user, *change, target)?))
            }
            (Self::Change(_), None) => return Err(Failed::new("a change needs a target")),
        })
    }
}

/// What a table said, not yet in words.
pub(crate) enum Said<'f> {
    Decided(clio_rules::Answer<'f>),
    Judged(Box<Judgement<'f>>),
}

impl Said<'_> {
    /// Whether it is allowed or accepted.
    pub(crate) fn yes(&self) -> bool {
        match self {
            Self::Decided(answer) => answer.is_allowed(),
            Self::Judged(judgement) => judgement.is_accepted(),
        }
    }

    /// Whether the scripts said the same, by the same rules.
    pub(crate) fn is_said_by(&self, scripts: &DirectAnswer) -> bool {
        let rules = scripts.rules().iter().map(String::as_str);
        self.yes() == scripts.is_yes()
            && match self {
                Self::Decided(answer) => rules.eq([answer.rule()]),
                Self::Judged(judgement) => rules.eq(judgement.rules()),
            }
    }

    /// In words.
    pub(crate) fn in_words(&self) -> Answer {
        let rules = match self {
            Self::Decided(answer) => vec![answer.rule().to_owned()],
            Self::Judged(judgement) => judgement.rules().map(str::to_owned).collect(),
        };
        Answer {
            yes: self.yes(),
            rules,
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
) -> Result<DirectAnswer, Failed> {
    if asked.is_change {
        let change = Change::new(user, &*asked.id).product(product);
        let change = target.into_iter().fold(change, Change::target);
        let change = match asked.words.as_slice() {
            [(_, role)] => change.role(&**role),
            [(_, setting), (_, value)] => change.setting(&**setting, &**value),
            _ => change,
        };
        return Ok(direct.judge(firm, &change)?);
    }
    let question = Question::new(user, &*asked.id).product(product);
    let question = target.into_iter().fold(question, Question::target);
    let facts = asked.words.iter();
    let question = facts.fold(question, |question, (fact, value)| {
        question.fact(&**fact, &**value)
    });
    Ok(direct.ask(firm, &question)?)
}
