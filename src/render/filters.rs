//! What templates can do with a text: `{{ "3 users"|yes }}`. Colours are there where the reader wants them.

use std::borrow::Borrow;
use std::fmt::Display;

use askama::filters::Safe;
use askama::{Result, Values, filter_fn};

use super::github::CommandProperty;
use super::markdown::CodeSpan;
#[cfg(feature = "testing")]
use super::terminal::LABEL;
use super::terminal::{HEADING, NO, PaintedLabel, PaintedRows, PaintedText, SafeLines, YES};

/// For an answer: yes or no.
#[filter_fn]
pub(super) fn answer<T: Display, B: Borrow<bool>>(
    text: T,
    values: &dyn Values,
    good: B,
) -> Result<Safe<PaintedText<T>>> {
    let style = if *good.borrow() { YES } else { NO };
    Ok(Safe(PaintedText::of(style, text, values)))
}

/// For yes.
#[filter_fn]
pub(super) fn yes<T: Display>(text: T, values: &dyn Values) -> Result<Safe<PaintedText<T>>> {
    Ok(Safe(PaintedText::of(YES, text, values)))
}

/// For no.
#[filter_fn]
pub(super) fn no<T: Display>(text: T, values: &dyn Values) -> Result<Safe<PaintedText<T>>> {
    Ok(Safe(PaintedText::of(NO, text, values)))
}

/// For headings.
#[filter_fn]
pub(super) fn heading<T: Display>(text: T, values: &dyn Values) -> Result<Safe<PaintedText<T>>> {
    Ok(Safe(PaintedText::of(HEADING, text, values)))
}

#[cfg(feature = "testing")]
/// For what names the things beside it.
#[filter_fn]
pub(super) fn label<T: Display>(text: T, values: &dyn Values) -> Result<Safe<PaintedText<T>>> {
    Ok(Safe(PaintedText::of(LABEL, text, values)))
}

/// For one of several labels that stand one below the other: `{{ label|label_of(width) }}`.
#[filter_fn]
pub(super) fn label_of<'l, B: Borrow<usize>>(
    label: &'l str,
    values: &dyn Values,
    width: B,
) -> Result<Safe<PaintedLabel<'l>>> {
    Ok(Safe(PaintedLabel::of(label, *width.borrow(), values)))
}

/// Lines of a label, a tab and a text, with their texts in one column: `{% filter rows %}…{% endfilter %}`. What is filled in
/// has gone through the door by then.
#[filter_fn]
pub(super) fn rows<T: Display>(lines: T, values: &dyn Values) -> Result<Safe<PaintedRows>> {
    Ok(Safe(PaintedRows::of(lines.to_string(), values)))
}

/// On a terminal, a text whose lines stay lines. What strangers wrote has gone through the door before it became a part of it.
#[filter_fn]
pub(super) fn lines<T: Display>(text: T, _: &dyn Values) -> Result<Safe<SafeLines<T>>> {
    Ok(Safe(SafeLines(text)))
}

/// In Markdown, an id in a code span.
#[filter_fn]
pub(super) fn code<T: Display>(id: T, _: &dyn Values) -> Result<Safe<CodeSpan<T>>> {
    Ok(Safe(CodeSpan(id)))
}

/// In a workflow command, the value of a property.
#[filter_fn]
pub(super) fn property<T: Display>(text: T, _: &dyn Values) -> Result<Safe<CommandProperty<T>>> {
    Ok(Safe(CommandProperty(text)))
}
