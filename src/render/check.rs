//! `check`: how much is wrong, and what there is.

use std::io::{self, Write};

use askama::Template;

use super::filters;
use super::renderer::{RenderText, Renderer};
use super::terminal::Rows;
use super::words::counted;
use crate::protocol::{CensusReply, CheckReply};
use crate::{Census, Severity};

#[derive(Template)]
#[template(path = "check.txt")]
struct CheckText<'r> {
    counted: CountedCheck<'r>,
}

impl CheckText<'_> {
    fn summary(&self) -> String {
        let (errors, warnings) = (self.counted.errors, self.counted.warnings);
        let counts = [(errors, "error"), (warnings, "warning")];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts.map(|(count, what)| counted(count, what)).collect();
        if counts.is_empty() {
            "nothing wrong".to_owned()
        } else {
            counts.join(" and ")
        }
    }
}

fn census_rows(census: &CensusReply) -> Rows<'_> {
    let products = census.products.iter();
    let products = products.map(|product| (&*product.product, in_words(product)));
    let firm = census.firm.as_ref().zip(census.users);
    let firm = firm.map(|(firm, users)| ("firm", format!("{firm}, {}", counted(users, "user"))));
    let suites = census
        .suites
        .map(|suites| ("fixtures", counted(suites, "suite")));
    products.chain(firm).chain(suites).collect()
}

fn in_words(product: &Census) -> String {
    let Census {
        stated, inferred, ..
    } = product;
    let rules = counted(product.rules, "rule");
    let (scripts, paths) = (
        counted(product.scripts, "script"),
        counted(product.paths, "path"),
    );
    let (tables, cells) = (
        counted(product.tables, "table"),
        counted(product.cells, "cell"),
    );
    let mut counts = vec![
        counted(product.roles, "role"),
        counted(product.actions, "action"),
        format!("{rules} ({stated} stated, {inferred} inferred)"),
        format!("{scripts} over {paths}"),
        format!("{tables} of {cells}"),
    ];
    if product.walked > 0 {
        // Their tables would be too large: answers are the same, and take a little longer.
        counts.push(format!("{} walked", counted(product.walked, "tree")));
    }
    counts.join(", ")
}

/// What was checked, where the caller knows how many errors and warnings there are beyond those that the reply keeps.
#[derive(Debug, Clone, Copy)]
pub struct CountedCheck<'r> {
    /// The reply.
    pub reply: &'r CheckReply,
    /// How many errors there are.
    pub errors: usize,
    /// How many warnings there are.
    pub warnings: usize,
}

impl RenderText for CountedCheck<'_> {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        let counted = *self;
        renderer.fill(&CheckText { counted }, to)
    }
}

impl RenderText for CheckReply {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        let errors = self.findings.iter();
        let errors = errors.filter(|finding| finding.severity == Severity::Error);
        let errors = errors.count();
        let counted = CountedCheck {
            reply: self,
            errors,
            warnings: self.findings.len() + self.beyond - errors,
        };
        counted.write_text(renderer, to)
    }
}
