//! The one place that writes to the terminal, to pipes and to files behind `>`.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::path::Path;

use anstream::{AutoStream, ColorChoice as Colours};
use clap::ColorChoice;
use clio_rules::protocol::World;
use clio_rules::render::{
    CommandOptions, RenderCsv, RenderGithub, RenderMarkdown, RenderPage, RenderSarif, RenderText,
    Renderer,
};
use serde::Serialize;

use super::format::{CsvArgs, OutputFormat};

/// Bytes that are written at once.
const BUFFERED: usize = 1 << 16;

/// Standard output and standard error, with their colours.
pub(crate) struct Terminal {
    out: BufWriter<ClosableStream<Stdout>>,
    /// Whether standard output has colours.
    is_coloured: bool,
    /// Files that were written, whatever becomes of the answer.
    written: Vec<String>,
    /// What commands that are printed are given.
    commands: CommandOptions,
    /// Whether standard error has colours.
    pub(crate) has_coloured_errors: bool,
}

impl Terminal {
    /// A terminal with colours where they are wanted.
    pub(crate) fn new(color: ColorChoice) -> Self {
        match color {
            ColorChoice::Auto => Colours::Auto,
            ColorChoice::Always => Colours::Always,
            ColorChoice::Never => Colours::Never,
        }
        .write_global();
        Self {
            is_coloured: AutoStream::choice(&io::stdout()) != Colours::Never,
            written: Vec::new(),
            commands: CommandOptions::default(),
            has_coloured_errors: AutoStream::choice(&io::stderr()) != Colours::Never,
            out: BufWriter::with_capacity(
                BUFFERED,
                ClosableStream {
                    to: io::stdout(),
                    is_closed: false,
                },
            ),
        }
    }

    /// Remembers that a file was written, for whoever does not see the answer.
    pub(crate) fn remember_written(&mut self, file: &Path) {
        self.written.push(format!("`{}`", file.display()));
    }

    /// The files that were written.
    pub(crate) fn written(&self) -> &[String] {
        &self.written
    }

    /// Gives these options to commands that are printed.
    pub(crate) fn print_commands_with(&mut self, options: CommandOptions) {
        self.commands = options;
    }

    /// Prints a value as JSON on a line of its own.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, value)?;
        self.write_all(b"\n")
    }

    /// How replies of a world are shown here.
    fn renderer<'w>(&self, world: Option<&'w World<'w>>) -> Renderer<'w> {
        world
            .map_or_else(Renderer::default, Renderer::of)
            .coloured(self.is_coloured)
            // Time differs from run to run: it is for people who watch, and never in what is kept.
            .timed(io::stdout().is_terminal())
    }

    /// Shows a reply as text or as JSON.
    pub(crate) fn show(
        &mut self,
        world: Option<&World<'_>>,
        reply: &(impl RenderText + Serialize),
        format: OutputFormat,
    ) -> io::Result<()> {
        match format {
            OutputFormat::Json => self.json(reply),
            OutputFormat::Text => self.text(world, reply),
        }
    }

    /// Shows a reply as text.
    pub(crate) fn text<R: RenderText + ?Sized>(
        &mut self,
        world: Option<&World<'_>>,
        reply: &R,
    ) -> io::Result<()> {
        let commands = self.commands.clone();
        let renderer = self.renderer(world).commands(&commands);
        self.until_closed(|to| renderer.text(reply, to))
    }

    /// Shows a reply as Markdown.
    pub(crate) fn markdown<R: RenderMarkdown + ?Sized>(
        &mut self,
        world: Option<&World<'_>>,
        reply: &R,
    ) -> io::Result<()> {
        let renderer = self.renderer(world);
        self.until_closed(|to| renderer.markdown(reply, to))
    }

    /// Writes a reply as comma-separated values.
    pub(crate) fn csv<R: RenderCsv + ?Sized>(&mut self, reply: &R, csv: CsvArgs) -> io::Result<()> {
        self.until_closed(|to| {
            to.write_all(csv.mark())?;
            Renderer::default().cells(csv.cells()).csv(reply, to)
        })
    }

    /// Writes a reply as a page.
    pub(crate) fn page<R: RenderPage + ?Sized>(&mut self, reply: &R) -> io::Result<()> {
        self.until_closed(|to| Renderer::default().page(reply, to))
    }

    /// Writes what reviewers see in SARIF.
    pub(crate) fn sarif<R: RenderSarif + ?Sized>(&mut self, reply: &R) -> io::Result<()> {
        self.until_closed(|to| Renderer::default().sarif(reply, to))
    }

    /// Writes what reviewers see as GitHub's workflow commands.
    pub(crate) fn github<R: RenderGithub + ?Sized>(&mut self, reply: &R) -> io::Result<()> {
        self.until_closed(|to| Renderer::default().github(reply, to))
    }

    /// Writes until nobody reads any more, which is no failure.
    fn until_closed(
        &mut self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let written = write(&mut OpenTerminal(self));
        if self.is_closed() { Ok(()) } else { written }
    }

    /// Whether nobody reads the output any more.
    pub(crate) fn is_closed(&self) -> bool {
        self.out.get_ref().is_closed
    }

    /// Says something beside the answer, on standard error. Whether anybody hears it does not change the answer.
    pub(crate) fn note(&mut self, text: &str) {
        let _ = self.out.flush();
        let _ = writeln!(io::stderr(), "{text}");
    }
}

impl Write for Terminal {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A terminal that refuses to write once nobody reads, so that long answers end there.
struct OpenTerminal<'t>(&'t mut Terminal);

impl Write for OpenTerminal<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.is_closed() {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A stream whose reader may go away: what is written then is dropped, and the exit code stays that of the answer.
struct ClosableStream<W> {
    to: W,
    is_closed: bool,
}

impl<W: Write> Write for ClosableStream<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_closed {
            return Ok(bytes.len());
        }
        match self.to.write(bytes) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(bytes.len())
            }
            written => written,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.to.flush() {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(())
            }
            flushed => flushed,
        }
    }
}
