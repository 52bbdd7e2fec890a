//! The subject of requests: a firm under its rules.

use super::ask::TestBench;
use super::error::{AskFailure, ErrorReply};
use super::questions::ProtocolQuestion;
use super::reply::{AnswerReply, Exchange, Reply};
use super::request::Request;
use super::sources::LoadedSources;
use crate::answer::{Answer, Question};
use crate::finding::{AskError, Finding, names};
use crate::firm::Firm;
use crate::rulebook::Properties;
use crate::rulebook::Rulebook;

/// The subject of requests: a firm, and the product for requests that name none.
#[derive(Debug, Clone)]
pub struct World<'w> {
    firm: &'w Firm,
    product: Option<&'w str>,
    pub(super) sources: LoadedSources<'w>,
    pub(super) bench: Option<&'w dyn TestBench>,
}

impl<'w> World<'w> {
    /// A firm under its rules.
    pub fn new(firm: &'w Firm) -> Self {
        Self {
            firm,
            product: None,
            sources: LoadedSources::default(),
            bench: None,
        }
    }

    /// Sets the product for requests that name none.
    #[must_use]
    pub fn product(mut self, product: &'w str) -> Self {
        self.product = Some(product);
        self
    }

    /// Adds other rules under a name, so that requests can compare with them.
    #[must_use]
    pub fn with_rules(mut self, name: impl Into<String>, rulebook: &'w Rulebook) -> Self {
        self.sources.rules.insert(name.into(), rulebook);
        self
    }

    /// Adds another state of the firm under a name, so that requests can compare with it.
    #[must_use]
    pub fn with_firm(mut self, name: impl Into<String>, firm: &'w Firm) -> Self {
        self.sources.firms.insert(name.into(), firm);
        self
    }

    /// Adds properties under a name, so that requests can prove them.
    #[must_use]
    pub fn with_properties(mut self, name: impl Into<String>, properties: &'w Properties) -> Self {
        self.sources.properties.insert(name.into(), properties);
        self
    }

    /// Sets what runs the suites of requests.
    #[must_use]
    pub fn with_tests(mut self, bench: &'w dyn TestBench) -> Self {
        self.bench = Some(bench);
        self
    }

    /// The value for the named product, or for each product.
    pub(super) fn each_product<T>(
        &self,
        named: Option<&str>,
        of: impl Fn(&'w str) -> Option<T>,
    ) -> Result<Vec<T>, Finding> {
        let rulebook = self.firm.rulebook();
        match named {
            None => Ok(rulebook.products().filter_map(of).collect()),
            Some(product) => {
                let known = rulebook.products().find(|known| *known == product);
                let found = known.and_then(of).map(|found| vec![found]);
                found.ok_or_else(|| {
                    let unknown = Finding::new(&names::UNKNOWN_PRODUCT, None, &[&product]);
                    unknown.with_nearest(product, rulebook.products())
                })
            }
        }
    }

    /// The same world with the firm in another state.
    pub(super) fn with<'f>(&self, firm: &'f Firm) -> World<'f>
    where
        'w: 'f,
    {
        World {
            firm,
            product: self.product,
            sources: self.sources.clone(),
            bench: self.bench,
        }
    }

    /// The firm.
    pub fn firm(&self) -> &'w Firm {
        self.firm
    }

    /// The product of a request: the one it names, or the default.
    pub fn meant<'a>(&self, named: Option<&'a str>) -> Option<&'a str>
    where
        'w: 'a,
    {
        named.or(self.product)
    }

    /// The question with its product.
    pub(super) fn question<'q>(&'q self, asked: &'q Question<'_>) -> Question<'q> {
        let question = Question::new(&*asked.user, &*asked.action);
        let (product, target) = (asked.product.as_deref(), asked.target.as_deref());
        self.about(question, product, target, &asked.facts)
    }

    /// The question with product, target and facts.
    pub(super) fn about<'q, T: AsRef<str>>(
        &'q self,
        question: Question<'q>,
        product: Option<&'q str>,
        target: Option<&'q str>,
        facts: &'q [(T, T)],
    ) -> Question<'q> {
        let product = self.meant(product).into_iter();
        let question = product.fold(question, Question::product);
        let question = target.into_iter().fold(question, Question::target);
        facts.iter().fold(question, |question, (name, value)| {
            question.fact(name.as_ref(), value.as_ref())
        })
    }

    /// Asks a question.
    ///
    /// # Errors
    /// [`AskFailure`] when the question cannot be asked. That is never a denial.
    ///
    /// ```
    /// use clio_rules::protocol::{WhoCanRequest, World};
    /// use clio_rules::{Firm, Rulebook};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let who = World::new(&firm).ask(WhoCanRequest::of("create_bill"))?;
    /// assert!(who.yes);
    /// assert_eq!(&*who.reply.allowed[0].user, "nadia");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn ask<Q: ProtocolQuestion>(&self, question: Q) -> Result<Exchange<Q>, AskFailure> {
        Ok(question.ask(self)?.to(question))
    }

    /// Answers a request.
    ///
    /// # Errors
    /// [`AskFailure`] when the question cannot be asked.
    pub fn try_answer(&self, request: &Request) -> Result<AnswerReply, AskFailure> {
        Ok(request.body.ask(self)?.answer(request.clone()))
    }

    /// Answers a request. An error is a reply as well.
    pub fn answer(&self, request: &Request) -> Reply {
        match self.try_answer(request) {
            Ok(answer) => Reply::Answer(answer),
            Err(failure) => Reply::Error(ErrorReply {
                id: request.id.clone(),
                ..failure.reply()
            }),
        }
    }

    /// Decides by handles, which is faster than by names. Unknown names are reported before any other error.
    ///
    /// # Errors
    /// [`AskError`] when the question cannot be asked.
    pub fn decide<'a>(
        &self,
        product: Option<&str>,
        user: &str,
        action: &str,
        target: Option<&str>,
        facts: impl IntoIterator<Item = (&'a str, &'a str), IntoIter: Clone>,
    ) -> Result<Answer<'w>, AskError> {
        let product = product.or(self.product);
        let named = (user, action, target);
        let (user, action, target) = self.firm.handles(product, named, facts.into_iter())?;
        self.firm.decide(user, action, target)
    }
}
