//! The one place that writes to the terminal, to pipes and to files behind `>`.

use std::fmt::{self, Display};
use std::io::{self, BufWriter, Stdout, Write};

use anstream::{AutoStream, ColorChoice as Colours};
use clap::ColorChoice;
use clap::builder::styling::{AnsiColor, Effects, Style};
use serde::Serialize;

/// Bytes that are written at once.
const BUFFERED: usize = 1 << 16;

/// Standard output and standard error, with their colours.
pub(crate) struct Terminal {
    out: BufWriter<ClosableStream<Stdout>>,
    /// The colours of standard output.
    pub(crate) paint: TextPaint,
    /// The colours of standard error.
    pub(crate) error_paint: TextPaint,
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
        let coloured = |choice: Colours| TextPaint {
            on: choice != Colours::Never,
        };
        Self {
            paint: coloured(AutoStream::choice(&io::stdout())),
            error_paint: coloured(AutoStream::choice(&io::stderr())),
            out: BufWriter::with_capacity(
                BUFFERED,
                ClosableStream {
                    to: io::stdout(),
                    is_closed: false,
                },
            ),
        }
    }

    /// Prints a value as JSON on a line of its own.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, value)?;
        self.write_all(b"\n")
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

/// Colours, or none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextPaint {
    on: bool,
}

impl TextPaint {
    /// Whether there are colours at all.
    pub(crate) fn is_on(self) -> bool {
        self.on
    }

    /// For yes and for no.
    pub(crate) fn answer<T: Display>(self, yes: bool, text: T) -> StyledText<T> {
        let colour = if yes {
            AnsiColor::Green
        } else {
            AnsiColor::Red
        };
        self.with(colour.on_default().effects(Effects::BOLD), text)
    }

    /// For headings.
    pub(crate) fn heading<T: Display>(self, text: T) -> StyledText<T> {
        self.with(Style::new().bold(), text)
    }

    /// For what names the things beside it.
    pub(crate) fn label<T: Display>(self, text: T) -> StyledText<T> {
        self.with(Style::new().dimmed(), text)
    }

    fn with<T: Display>(self, style: Style, text: T) -> StyledText<T> {
        let style = if self.on { style } else { Style::new() };
        StyledText { style, text }
    }
}

/// A text in a style.
pub(crate) struct StyledText<T> {
    style: Style,
    text: T,
}

impl<T: Display> Display for StyledText<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{:#}", self.style, self.text, self.style)
    }
}
