//! Deciding about the rows of a table, some at a time.

use std::ops::Range;
use std::sync::Arc;

use arrow_array::{Array, RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use clio_rules::{Answer, Finding, Firm, Question, codes};

use super::TableError;
use super::answers::AnswerTable;
use super::capsule::BatchReader;
use super::columns::QuestionColumns;
use super::facts::FactColumn;
use super::lookups::{ActionColumns, ActionKinds, ActionLookup, PeopleLookup, ThingLookup};
use super::words::{NULL, WordColumn};

/// So many rows are answered at a time: few enough to stay in the caches, enough to share the work of a batch.
const ROWS: usize = 1 << 16;

/// The answers of a firm to the questions of a stream.
pub(super) struct DecisionReader {
    questions: BatchReader,
    columns: QuestionColumns,
    decider: Decider,
    /// The batch that is being answered, and the first row that is not.
    current: Option<(RecordBatch, usize)>,
}

/// A firm, and what was looked up in it.
pub(super) struct Decider {
    firm: Arc<Firm>,
    kinds: Arc<ActionKinds>,
    words: QuestionWords,
    people: PeopleLookup,
    targets: PeopleLookup,
    things: ThingLookup,
    actions: ActionLookup,
    answers: AnswerTable,
}

/// The columns of some questions as numbers.
struct QuestionWords {
    user: WordColumn,
    action: WordColumn,
    product: WordColumn,
    target: WordColumn,
    facts: FactColumn,
}

/// The numbers of a row.
#[derive(Clone, Copy)]
struct RowNumbers {
    user: u32,
    action: u32,
    product: u32,
    target: u32,
    facts: u32,
}

impl DecisionReader {
    pub(super) fn new(decider: Decider, questions: BatchReader, columns: QuestionColumns) -> Self {
        Self {
            questions,
            columns,
            decider,
            current: None,
        }
    }

    /// The answers to some rows of a batch, with the columns that are handed on.
    fn answered(
        &mut self,
        batch: &RecordBatch,
        rows: Range<usize>,
    ) -> Result<RecordBatch, ArrowError> {
        let read = self.decider.read(batch, &self.columns, rows.clone());
        read.map_err(|error| match error {
            TableError::Columns(message) | TableError::Type(message) => {
                ArrowError::InvalidArgumentError(message)
            }
        })?;
        self.decider.decide();
        let kept = self.columns.kept.iter();
        let kept = kept.map(|place| batch.column(*place).slice(rows.start, rows.len()));
        let answers = self.decider.answers.columns()?;
        RecordBatch::try_new(
            Arc::clone(&self.columns.answers),
            kept.chain(answers).collect(),
        )
    }

    fn next_batch(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        loop {
            let (batch, start) = match self.current.take() {
                Some(current) => current,
                None => match self.questions.next() {
                    Some(batch) => (batch?, 0),
                    None => return Ok(None),
                },
            };
            let end = batch.num_rows().min(start + ROWS);
            if start == end {
                continue;
            }
            let answered = self.answered(&batch, start..end)?;
            if end < batch.num_rows() {
                self.current = Some((batch, end));
            }
            return Ok(Some(answered));
        }
    }
}

impl Iterator for DecisionReader {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_batch().transpose()
    }
}

impl RecordBatchReader for DecisionReader {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.columns.answers)
    }
}

impl Decider {
    pub(super) fn new(firm: &Arc<Firm>, kinds: Arc<ActionKinds>) -> Self {
        Self {
            firm: Arc::clone(firm),
            kinds,
            words: QuestionWords {
                user: WordColumn::new(),
                action: WordColumn::new(),
                product: WordColumn::new(),
                target: WordColumn::new(),
                facts: FactColumn::default(),
            },
            people: PeopleLookup::default(),
            targets: PeopleLookup::default(),
            things: ThingLookup::default(),
            actions: ActionLookup::default(),
            answers: AnswerTable::default(),
        }
    }

    /// Reads rows of a batch as numbers.
    fn read(
        &mut self,
        batch: &RecordBatch,
        columns: &QuestionColumns,
        rows: Range<usize>,
    ) -> Result<(), TableError> {
        let column = |place: Option<usize>| place.map(|place| batch.column(place));
        let words = &mut self.words;
        words.user.read(column(Some(columns.user)), rows.clone())?;
        words
            .action
            .read(column(Some(columns.action)), rows.clone())?;
        words.product.read(column(columns.product), rows.clone())?;
        words.target.read(column(columns.target), rows.clone())?;
        words.facts.read(column(columns.facts), rows)?;
        self.people.begin(&words.user);
        self.targets.begin(&words.target);
        self.things.begin(&words.target);
        self.actions.begin(words.of_action());
        self.answers.begin();
        Ok(())
    }

    /// Decides about all rows that were read.
    fn decide(&mut self) {
        let firm = Arc::clone(&self.firm);
        for row in 0..self.words.user.rows.len() {
            let Some(numbers) = self.words.row(row) else {
                break;
            };
            match self.looked_up(&firm, numbers) {
                Some(answer) => self.answers.push(&answer),
                None => self.ask(&firm, numbers),
            }
        }
    }

    /// The answer where every name is known and the question is a usual one.
    #[inline]
    fn looked_up<'f>(&mut self, firm: &'f Firm, row: RowNumbers) -> Option<Answer<'f>> {
        let words = &self.words;
        let user = self.people.find(firm, &words.user, row.user)?;
        let key = [row.product, row.action, row.facts];
        let plan = self
            .actions
            .find((firm.rulebook(), &self.kinds), words.of_action(), key)?;
        let answer = match plan.kind {
            _ if row.target == NULL => firm.decide(user, plan.handle, None),
            None => {
                let target = self.targets.find(firm, &words.target, row.target)?;
                firm.decide(user, plan.handle, Some(target))
            }
            // What a question says of a thing comes before what the firm says, and may be about a thing that the firm does not have.
            Some(_) if plan.has_facts => return None,
            Some(kind) => {
                let key = [kind, row.target];
                let thing = self.things.find((firm, &self.kinds), &words.target, key)?;
                firm.decide_on(user, plan.handle, thing)
            }
        };
        answer.ok()
    }

    /// Asks by names, which says what is wrong where something is.
    #[inline(never)]
    fn ask(&mut self, firm: &Firm, row: RowNumbers) {
        let words = &self.words;
        for (number, name) in [(row.user, "user"), (row.action, "action")] {
            if number == NULL {
                let finding = Finding::new(
                    &codes::WRONG_TYPE,
                    None,
                    &[&format!("`{name}`"), &"a text", &"null"],
                );
                self.answers.push_error(&finding);
                return;
            }
        }
        let mut question = Question::new(words.user.word(row.user), words.action.word(row.action));
        if row.product != NULL {
            question = question.product(words.product.word(row.product));
        }
        if row.target != NULL {
            question = question.target(words.target.word(row.target));
        }
        match words.facts.set(row.facts) {
            None => {}
            Some(Err(finding)) => {
                self.answers.push_error(finding);
                return;
            }
            Some(Ok(facts)) => {
                for (name, value) in facts {
                    question = question.fact(&**name, &**value);
                }
            }
        }
        match firm.answer(&question) {
            Ok(answer) => self.answers.push(&answer),
            Err(error) => self.answers.push_error(error.finding()),
        }
    }
}

impl QuestionWords {
    fn of_action(&self) -> ActionColumns<'_> {
        ActionColumns {
            product: &self.product,
            action: &self.action,
            facts: &self.facts,
        }
    }

    #[inline]
    fn row(&self, row: usize) -> Option<RowNumbers> {
        Some(RowNumbers {
            user: *self.user.rows.get(row)?,
            action: *self.action.rows.get(row)?,
            product: *self.product.rows.get(row)?,
            target: *self.target.rows.get(row)?,
            facts: *self.facts.rows.get(row)?,
        })
    }
}
