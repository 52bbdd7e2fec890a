//! The door of XML, and the one report that is written in it: JUnit's form, which CI systems show.
//!
//! It has the attributes that the schema of Jenkins' readers lists and no others: its xUnit plugin refuses a report with more. So
//! the file stands at the suite, although GitLab would show it at each case.

use std::fmt;
use std::io::{self, Write};

use askama::Template;
use askama::filters::Escaper;

use super::harmless::write_safely;
use super::renderer::{RenderXml, Renderer};
use super::report::failures_of_test;
use crate::protocol::{Report, RunTime, Status};

/// Makes a text fit for XML: nothing in it is a tag or ends an attribute, and it holds no character that XML cannot hold.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct XmlDoor;

impl Escaper for XmlDoor {
    fn write_escaped_str<W: fmt::Write>(&self, dest: W, text: &str) -> fmt::Result {
        let is_special = |c| matches!(c, '&' | '<' | '>' | '"' | '\'');
        write_safely(dest, text, is_special, |dest, c| {
            write!(dest, "&#{};", u32::from(c))
        })
    }
}

#[derive(Template)]
#[template(path = "junit.xml")]
struct JunitReport<'r> {
    report: &'r Report,
}

/// Seconds, as the schema wants them of suites: it allows three digits behind the point.
fn milliseconds(time: RunTime) -> String {
    format!("{:.3}", time.0.as_secs_f64())
}

/// Seconds of a case, most of which take less than a millisecond.
fn microseconds(time: &RunTime) -> String {
    format!("{:.6}", time.0.as_secs_f64())
}

impl RenderXml for Report {
    fn write_xml(&self, to: &mut dyn Write) -> io::Result<()> {
        Renderer::default().fill(&JunitReport { report: self }, to)
    }
}

#[cfg(test)]
mod tests;
