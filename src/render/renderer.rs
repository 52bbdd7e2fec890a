//! The face of the stage: one object that turns replies into every form.

use std::any::Any;
use std::io::{self, Write};

use askama::{Template, Values};

use super::commands::CommandOptions;
use super::terminal::COLOURED;
use crate::protocol::World;
use crate::text::cell::CsvCells;

/// Shows replies to people.
///
/// Everything can be shown without a world; with one, people, products and actions have their names beside their ids.
///
/// ```
/// use clio_rules::protocol::{WhoCanRequest, World};
/// use clio_rules::render::Renderer;
/// use clio_rules::{Firm, Rulebook};
///
/// let firm = Firm::example(&Rulebook::builtin()?)?;
/// let world = World::new(&firm);
/// let who = world.ask(WhoCanRequest {
///     target: Some("wren".to_owned()),
///     ..WhoCanRequest::of("edit_user_profile")
/// })?;
/// let mut text = Vec::new();
/// Renderer::of(&world).text(&who, &mut text)?;
/// let text = String::from_utf8(text)?;
/// assert!(text.contains(" users may edit_user_profile of Wren Abernathy (wren) in Clio Manage\n"), "{text}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Renderer<'w> {
    world: Option<&'w World<'w>>,
    commands: Option<&'w CommandOptions>,
    is_coloured: bool,
    is_timed: bool,
    cells: CsvCells,
}

/// A reply that can be shown as text, for a terminal.
pub trait RenderText {
    /// Writes it; [`Renderer::text`] is the usual way here.
    ///
    /// # Errors
    /// What the stream says.
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()>;
}

/// A reply that can be shown as Markdown, for a pull request or a wiki.
pub trait RenderMarkdown {
    /// Writes it; [`Renderer::markdown`] is the usual way here.
    ///
    /// # Errors
    /// What the stream says.
    fn write_markdown(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()>;
}

/// A reply that can be written as comma-separated values.
pub trait RenderCsv {
    /// Writes it; [`Renderer::csv`] is the usual way here.
    ///
    /// # Errors
    /// What the stream says.
    fn write_csv(&self, cells: CsvCells, to: &mut dyn Write) -> io::Result<()>;
}

/// A reply that can be shown as a page that stands alone: no script, nothing from the network.
pub trait RenderPage {
    /// Writes it; [`Renderer::page`] is the usual way here.
    ///
    /// # Errors
    /// What the stream says.
    fn write_page(&self, to: &mut dyn Write) -> io::Result<()>;
}

/// What can be written in SARIF, for code scanning and editors.
pub trait RenderSarif {
    /// Writes it; [`Renderer::sarif`] is the usual way here.
    ///
    /// # Errors
    /// What the stream says.
    fn write_sarif(&self, to: &mut dyn Write) -> io::Result<()>;
}

/// What can be written as workflow commands, which GitHub shows beside the lines of a pull request.
pub trait RenderGithub {
    /// Writes it; [`Renderer::github`] is the usual way here.
    ///
    /// # Errors
    /// What the stream says.
    fn write_github(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()>;
}

/// A reply that can be written as XML, for CI systems.
pub trait RenderXml {
    /// Writes it; [`Renderer::xml`] is the usual way here.
    ///
    /// # Errors
    /// What the stream says.
    fn write_xml(&self, to: &mut dyn Write) -> io::Result<()>;
}

impl<'w> Renderer<'w> {
    /// Shows replies of this world.
    pub fn of(world: &'w World<'w>) -> Self {
        Self {
            world: Some(world),
            ..Self::default()
        }
    }

    /// Shows text in colours, or without.
    #[must_use]
    pub fn coloured(self, is_coloured: bool) -> Self {
        Self {
            is_coloured,
            ..self
        }
    }

    /// Gives these options to every command that is shown to be run.
    #[must_use]
    pub fn commands(self, commands: &'w CommandOptions) -> Self {
        Self {
            commands: Some(commands),
            ..self
        }
    }

    /// The options of commands that are shown to be run.
    pub(super) fn command_options(&self) -> CommandOptions {
        self.commands.cloned().unwrap_or_default()
    }

    /// Says how long proofs took, or leaves it out: it differs from run to run.
    #[must_use]
    pub fn timed(self, is_timed: bool) -> Self {
        Self { is_timed, ..self }
    }

    /// Writes cells of comma-separated values for spreadsheets, or as they are.
    ///
    /// ```
    /// use clio_rules::protocol::{ReviewRequest, World};
    /// use clio_rules::render::{CsvCells, Renderer};
    /// use clio_rules::{Firm, Rulebook, Seat, User};
    ///
    /// let ada = User::new("ada").name("=1+1").seat(Seat::new("manage").role("primary_subscriber"));
    /// let firm = Firm::of_users(&Rulebook::builtin()?, "One", [ada])?;
    /// let review = World::new(&firm).ask(ReviewRequest::default())?.reply;
    /// for (cells, name) in [(CsvCells::Shown, ",'=1+1,"), (CsvCells::Raw, ",=1+1,")] {
    ///     let mut text = Vec::new();
    ///     Renderer::default().cells(cells).csv(&review, &mut text)?;
    ///     assert!(String::from_utf8(text)?.contains(name));
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn cells(self, cells: CsvCells) -> Self {
        Self { cells, ..self }
    }

    /// Whether times are wanted.
    pub(super) fn is_timed(&self) -> bool {
        self.is_timed
    }

    /// Shows a reply as text.
    ///
    /// # Errors
    /// What the stream says.
    pub fn text<R: RenderText + ?Sized>(self, reply: &R, to: &mut dyn Write) -> io::Result<()> {
        reply.write_text(self, to)
    }

    /// Shows a reply as Markdown.
    ///
    /// # Errors
    /// What the stream says.
    pub fn markdown<R: RenderMarkdown + ?Sized>(
        self,
        reply: &R,
        to: &mut dyn Write,
    ) -> io::Result<()> {
        reply.write_markdown(self, to)
    }

    /// Writes a reply as comma-separated values.
    ///
    /// # Errors
    /// What the stream says.
    pub fn csv<R: RenderCsv + ?Sized>(self, reply: &R, to: &mut dyn Write) -> io::Result<()> {
        reply.write_csv(self.cells, to)
    }

    /// Shows a reply as a page.
    ///
    /// # Errors
    /// What the stream says.
    pub fn page<R: RenderPage + ?Sized>(self, reply: &R, to: &mut dyn Write) -> io::Result<()> {
        reply.write_page(to)
    }

    /// Writes annotations in SARIF 2.1.0.
    ///
    /// # Errors
    /// What the stream says.
    pub fn sarif<R: RenderSarif + ?Sized>(self, reply: &R, to: &mut dyn Write) -> io::Result<()> {
        reply.write_sarif(to)
    }

    /// Writes annotations as GitHub's workflow commands.
    ///
    /// # Errors
    /// What the stream says.
    pub fn github<R: RenderGithub + ?Sized>(self, reply: &R, to: &mut dyn Write) -> io::Result<()> {
        reply.write_github(self, to)
    }

    /// Writes a reply as XML.
    ///
    /// # Errors
    /// What the stream says.
    ///
    /// ```
    /// use clio_rules::Rulebook;
    /// use clio_rules::fixtures::{Options, Suites};
    /// use clio_rules::render::Renderer;
    ///
    /// let report = Suites::builtin()?.run(&Rulebook::builtin()?, &Options::default())?;
    /// let mut junit = Vec::new();
    /// Renderer::default().xml(&report, &mut junit)?;
    /// assert!(String::from_utf8(junit)?.contains(" failures=\"0\" "));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn xml<R: RenderXml + ?Sized>(self, reply: &R, to: &mut dyn Write) -> io::Result<()> {
        reply.write_xml(to)
    }

    /// Fills a template in, and ends its last line.
    pub(super) fn fill<T: Template>(self, template: &T, to: &mut dyn Write) -> io::Result<()> {
        template.write_into_with_values(to, &self)?;
        to.write_all(b"\n")
    }

    /// What somebody is called.
    pub(super) fn name<'a>(&'a self, id: &'a str) -> &'a str {
        let name = self.world.and_then(|world| world.firm().name_of(id));
        name.unwrap_or(id)
    }

    /// What somebody is called, with the id in brackets where it is another one.
    pub(super) fn named(&self, id: &str) -> String {
        match self.name(id) {
            name if name == id => id.to_owned(),
            name => format!("{name} ({id})"),
        }
    }

    /// What the target of an action is called, a person or a thing, with the id in brackets where it is another one.
    pub(super) fn named_target(&self, product: &str, action: &str, target: &str) -> String {
        match self.target(product, action, target) {
            title if title == target => target.to_owned(),
            title => format!("{title} ({target})"),
        }
    }

    /// What the target of an action is called, a person or a thing.
    pub(super) fn target<'a>(&'a self, product: &str, action: &str, target: &'a str) -> &'a str {
        let product = Some(product).filter(|product| !product.is_empty());
        let firm = self.world.map(|world| world.firm());
        let title = firm.and_then(|firm| firm.target_title(product, action, target));
        title.unwrap_or(target)
    }

    /// What a thing is called that is named without an action, with its id in brackets where it is another one.
    pub(super) fn named_thing(&self, id: &str) -> String {
        let firm = self.world.map(|world| world.firm());
        let title = firm.and_then(|firm| firm.thing_title(id));
        match title {
            Some(title) if title != id => format!("{title} ({id})"),
            _ => id.to_owned(),
        }
    }

    /// The word between an action and its target: `of` somebody, `on` a thing.
    pub(super) fn preposition(&self, product: &str, action: &str) -> &'static str {
        let firm = self.world.map(|world| world.firm());
        let things = firm.and_then(|firm| firm.things_count(product, action));
        if things.is_some() { "on" } else { "of" }
    }

    /// How many targets there could be: users, or things of the kind that an action is done to, and the word for them.
    pub(super) fn targets(&self, product: &str, action: &str) -> String {
        let firm = self.world.map(|world| world.firm());
        let things = firm.and_then(|firm| firm.things_count(product, action));
        match things {
            Some((count, kind)) => format!("{count} ({kind})"),
            None => format!("{} users", self.users()),
        }
    }

    /// What a product is called.
    pub(super) fn product<'a>(&'a self, id: &'a str) -> &'a str {
        let title = self
            .world
            .and_then(|world| world.firm().rulebook().title(id));
        title.unwrap_or(id)
    }

    /// What an action is called.
    pub(super) fn action(&self, product: &str, action: &str) -> Option<&'w str> {
        self.world?.firm().rulebook().action_title(product, action)
    }

    /// What a change is called.
    pub(super) fn change(&self, product: &str, change: &str) -> Option<&'w str> {
        self.world?.firm().rulebook().change_title(product, change)
    }

    /// What an effect is called.
    pub(super) fn effect(&self, product: &str, effect: &str) -> Option<&'w str> {
        self.world?.firm().rulebook().effect_title(product, effect)
    }

    /// Characters of the longest id of a user.
    pub(super) fn widest_user(&self) -> usize {
        let users = self
            .world
            .into_iter()
            .flat_map(|world| world.firm().users());
        let widths = users.map(|id| id.chars().count());
        widths.max().unwrap_or_default()
    }

    /// How many users there are.
    pub(super) fn users(&self) -> usize {
        self.world.map_or(0, |world| world.firm().users().count())
    }

    /// Whether a change has to say of which product it is.
    pub(super) fn has_products(&self) -> bool {
        let rulebook = self.world.map(|world| world.firm().rulebook());
        rulebook.is_none_or(|rulebook| rulebook.products().count() != 1)
    }
}

/// What templates find beside their reply.
impl Values for Renderer<'_> {
    fn get_value<'a>(&'a self, key: &str) -> Option<&'a dyn Any> {
        (key == COLOURED).then_some(&self.is_coloured)
    }
}
