//! Pages in files.

use std::io;
use std::path::Path;

use clio_rules::fixtures::write_report;
use clio_rules::render::{RenderPage, Renderer};

use super::failure::CommandFailure;

/// Writes a reply as a page into a file. The file is written completely or not at all.
pub(crate) fn write_page<R: RenderPage + ?Sized>(
    file: &Path,
    reply: &R,
) -> Result<(), CommandFailure> {
    let mut page = Vec::new();
    Renderer::default().page(reply, &mut page)?;
    let page = String::from_utf8(page).map_err(io::Error::other)?;
    Ok(write_report(file, &page)?)
}
