//! Annotations as workflow commands, which GitHub shows beside the lines of a pull request.

use std::io::{self, Write};

use askama::Template;

use super::{Annotation, Annotations};
use crate::render::filters;
use crate::render::renderer::{RenderGithub, Renderer};

#[derive(Template)]
#[template(path = "annotations.github")]
struct WorkflowCommands<'r> {
    annotations: &'r Annotations,
}

impl Annotation {
    fn command(&self) -> &'static str {
        if self.is_error() { "error" } else { "warning" }
    }

    fn properties(&self) -> Vec<(&'static str, String)> {
        let mut properties = Vec::new();
        if let Some(place) = &self.place {
            properties.push(("file", place.file.clone()));
            properties.push(("line", place.line.to_string()));
            match (place.column, place.end) {
                // Columns count only within a line.
                (_, Some((end, _))) if end != place.line => {
                    properties.push(("endLine", end.to_string()));
                }
                (Some(column), end) => {
                    properties.push(("col", column.to_string()));
                    properties.extend(end.map(|(_, end)| ("endColumn", end.to_string())));
                }
                (None, _) => {}
            }
        }
        properties.push(("title", self.title.clone()));
        properties
    }

    fn text(&self) -> String {
        match &self.help {
            Some(help) => format!("{}\n{help}", self.message),
            None => self.message.clone(),
        }
    }
}

impl RenderGithub for Annotations {
    fn write_github(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        renderer.fill(&WorkflowCommands { annotations: self }, to)
    }
}
