//! What is exported: every table with its columns. `docs/export.md` says what they mean.

use clio_rules::{DecisionWord, Firm, JoinAction, JoinTables, JoinTarget};

use crate::ExportError;
use crate::table::ColumnType::{Flag, Number, Text};
use crate::table::{Column, Row, Rows, Table, Value};

/// Cells of all actions; more than that is no table to join.
const MOST_CELLS: u64 = 50_000_000;

/// Every table by its name, with its columns: the one place that says what there is.
pub(crate) const TABLES: [(&str, &[Column]); 11] = [
    (
        "source",
        &[("firm", Text), ("state", Text), ("program", Text)],
    ),
    (
        "users",
        &[("user_id", Text), ("name", Text), ("enabled", Flag)],
    ),
    (
        "people",
        &[("product", Text), ("user_id", Text), ("profile", Number)],
    ),
    (
        "profiles",
        &[
            ("profile", Number),
            ("product", Text),
            ("enabled", Flag),
            ("seat", Flag),
            ("roles", Text),
            ("settings", Text),
        ],
    ),
    (
        "actions",
        &[
            ("action_id", Number),
            ("product", Text),
            ("action", Text),
            ("done_to", Text),
            ("form", Number),
            ("reads", Number),
        ],
    ),
    (
        "kinds",
        &[
            ("action_id", Number),
            ("profile", Number),
            ("user_kind", Number),
            ("target_kind", Number),
        ],
    ),
    (
        "forms",
        &[
            ("form", Number),
            ("product", Text),
            ("thing_kind", Text),
            ("bits", Number),
            ("needs", Number),
            ("needs_thing", Flag),
        ],
    ),
    (
        "facts",
        &[
            ("form", Number),
            ("fact", Text),
            ("value", Text),
            ("place", Number),
            ("mask", Number),
            ("bits", Number),
            ("of_thing", Flag),
            ("closes", Number),
        ],
    ),
    (
        "followers",
        &[
            ("form", Number),
            ("place", Number),
            ("mask", Number),
            ("list", Number),
            ("lists", Number),
            ("listed", Number),
            ("not_listed", Number),
        ],
    ),
    (
        "things",
        &[
            ("form", Number),
            ("thing", Text),
            ("user_id", Text),
            ("known", Number),
            ("bits", Number),
        ],
    ),
    (
        "decisions",
        &[
            ("action_id", Number),
            ("user_kind", Number),
            ("target_kind", Number),
            ("same_user", Flag),
            ("facts", Number),
            ("product", Text),
            ("action", Text),
            ("decision", Text),
            ("rule", Text),
            ("basis", Text),
            ("reason", Text),
            ("place", Text),
            ("section", Text),
        ],
    ),
];

/// The tables of a firm, by product. Numbers of profiles, actions and forms go through all products.
pub(crate) struct FirmTables<'f> {
    firm: &'f Firm,
    products: Vec<ProductTables<'f>>,
}

/// The tables of one product, and where its numbers begin.
struct ProductTables<'f> {
    join: JoinTables<'f>,
    profiles: i64,
    forms: i64,
}

/// An action with its number.
pub(crate) struct NumberedAction<'t> {
    number: i64,
    of: &'t ProductTables<'t>,
    action: JoinAction<'t>,
}

impl<'f> FirmTables<'f> {
    /// Looks at everybody of a firm.
    pub(crate) fn new(firm: &'f Firm) -> Self {
        let (mut profiles, mut forms) = (0, 0);
        let ids = firm.rulebook().products();
        let products = ids.filter_map(|id| {
            let of = ProductTables {
                join: firm.join_tables(id)?,
                profiles,
                forms,
            };
            profiles += of.join.profiles().count() as i64;
            forms += of.join.forms().count() as i64;
            Some(of)
        });
        Self {
            firm,
            products: products.collect(),
        }
    }

    /// The actions of all products.
    ///
    /// # Errors
    /// [`ExportError::TooManyCells`].
    pub(crate) fn actions(&self) -> Result<Vec<NumberedAction<'_>>, ExportError> {
        let all = self.products.iter();
        let all = all.flat_map(|of| of.join.actions().map(move |action| (of, action)));
        let numbered =
            (0..)
                .zip(all)
                .map(|(number, (of, action))| NumberedAction { number, of, action });
        let actions: Vec<_> = numbered.collect();
        let cells = actions.iter().map(|one| one.action.most_cells());
        let (cells, most) = (cells.fold(0, u64::saturating_add), MOST_CELLS);
        if cells > most {
            return Err(ExportError::TooManyCells { cells, most });
        }
        Ok(actions)
    }

    /// Every table with its rows.
    pub(crate) fn all<'t>(&'t self, actions: &'t [NumberedAction<'t>]) -> Vec<Table<'t>> {
        let table = |(name, columns)| Table::new(name, columns, move || self.rows(name, actions));
        TABLES.map(table).into()
    }

    /// The rows of a table.
    fn rows<'t>(&'t self, table: &str, actions: &'t [NumberedAction<'t>]) -> Rows<'t> {
        let products = self.products.iter();
        match table {
            "source" => Box::new(std::iter::once(self.source())),
            "users" => Box::new(self.users()),
            "people" => Box::new(products.flat_map(ProductTables::people)),
            "profiles" => Box::new(products.flat_map(ProductTables::profiles)),
            "forms" => Box::new(products.flat_map(ProductTables::forms)),
            "facts" => Box::new(products.flat_map(ProductTables::facts)),
            "followers" => Box::new(products.flat_map(ProductTables::followers)),
            "things" => Box::new(products.flat_map(ProductTables::things)),
            "actions" => Box::new(actions.iter().map(NumberedAction::row)),
            "kinds" => Box::new(actions.iter().flat_map(NumberedAction::kinds)),
            _ => Box::new(actions.iter().flat_map(NumberedAction::decisions)),
        }
    }

    fn source(&self) -> Row<'_> {
        let program = concat!("clio-rules ", env!("CARGO_PKG_VERSION"));
        vec![
            self.firm.name().into(),
            self.firm.state().into(),
            program.into(),
        ]
    }

    fn users(&self) -> impl Iterator<Item = Row<'_>> {
        self.firm.users().map(|id| {
            let name = self.firm.name_of(id).unwrap_or(id);
            let enabled = self.firm.is_enabled(id).unwrap_or_default();
            vec![id.into(), name.into(), enabled.into()]
        })
    }
}

impl<'f> ProductTables<'f> {
    fn profile(&self, number: u32) -> Value<'static> {
        (self.profiles + i64::from(number)).into()
    }

    fn form(&self, number: u32) -> Value<'static> {
        (self.forms + i64::from(number)).into()
    }

    fn people(&self) -> impl Iterator<Item = Row<'_>> {
        let product = self.join.product();
        let people = self.join.people();
        people.map(move |(user, profile)| vec![product.into(), user.into(), self.profile(profile)])
    }

    fn profiles(&self) -> impl Iterator<Item = Row<'_>> {
        self.join.profiles().map(|profile| {
            let settings = profile.settings.iter();
            let settings: Vec<String> = settings
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            vec![
                self.profile(profile.number),
                self.join.product().into(),
                profile.is_enabled.into(),
                profile.has_seat.into(),
                profile.roles.join(", ").into(),
                settings.join(", ").into(),
            ]
        })
    }

    fn forms(&self) -> impl Iterator<Item = Row<'_>> {
        self.join.forms().map(|form| {
            vec![
                self.form(form.number),
                self.join.product().into(),
                form.kind.into(),
                form.bits.into(),
                form.needs.into(),
                form.needs_thing.into(),
            ]
        })
    }

    fn facts(&self) -> impl Iterator<Item = Row<'_>> {
        self.join.facts().map(|fact| {
            vec![
                self.form(fact.form),
                fact.fact.into(),
                fact.value.into(),
                fact.place.into(),
                fact.mask.into(),
                fact.bits.into(),
                fact.is_of_thing.into(),
                fact.closes.into(),
            ]
        })
    }

    fn followers(&self) -> impl Iterator<Item = Row<'_>> {
        self.join.followers().map(|follower| {
            vec![
                self.form(follower.form),
                follower.place.into(),
                follower.mask.into(),
                follower.list.into(),
                follower.lists.into(),
                follower.listed.into(),
                follower.not_listed.into(),
            ]
        })
    }

    fn things(&self) -> impl Iterator<Item = Row<'_>> {
        self.join.things().map(|thing| {
            vec![
                self.form(thing.form),
                thing.thing.into(),
                thing.user.into(),
                thing.known.into(),
                thing.bits.into(),
            ]
        })
    }
}

impl NumberedAction<'_> {
    fn row(&self) -> Row<'_> {
        let done_to = match self.action.target() {
            JoinTarget::User => "user",
            JoinTarget::Thing(_) => "thing",
            _ => "nothing",
        };
        vec![
            self.number.into(),
            self.of.join.product().into(),
            self.action.id().into(),
            done_to.into(),
            self.of.form(self.action.form()),
            self.action.reads().into(),
        ]
    }

    fn kinds(&self) -> impl Iterator<Item = Row<'_>> {
        self.action.kinds().map(|kinds| {
            vec![
                self.number.into(),
                self.of.profile(kinds.profile),
                kinds.user.into(),
                kinds.target.into(),
            ]
        })
    }

    fn decisions(&self) -> impl Iterator<Item = Row<'_>> {
        self.action.cells().map(|cell| {
            let answer = cell.answer;
            let decision = if answer.is_allowed() {
                DecisionWord::Allow
            } else {
                DecisionWord::Deny
            };
            vec![
                self.number.into(),
                cell.user.into(),
                cell.target.into(),
                cell.is_same.into(),
                cell.facts.into(),
                answer.product().into(),
                answer.action().into(),
                decision.word().into(),
                answer.rule().into(),
                answer.basis().to_string().into(),
                answer.reason().into(),
                answer.place().file_and_line().into(),
                answer.section().into(),
            ]
        })
    }
}
