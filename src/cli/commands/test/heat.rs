//! Coverage as a page of its own: totals, a heat map of the action matrix, and what is missing.

use std::io::{self, Write};

use clio_rules::fixtures::{Coverage, CoverageGroup, CoverageKind, CoverageMap};

use crate::cli::commands::matrix::html::open;
use crate::cli::page::{HtmlText, close};

const STYLE: &str = include_str!("heat.css");

/// The page. It needs no script and nothing from the network.
pub(super) fn page(coverage: &Coverage) -> io::Result<String> {
    let mut page = Vec::new();
    open("What the fixtures assert", STYLE, &mut page)?;
    totals(coverage, &mut page)?;
    for map in &coverage.maps {
        heat_map(map, &mut page)?;
    }
    for kind in &coverage.kinds {
        missing(kind, &mut page)?;
    }
    close(&mut page)?;
    String::from_utf8(page).map_err(io::Error::other)
}

fn totals(coverage: &Coverage, page: &mut Vec<u8>) -> io::Result<()> {
    write!(page, "<table class=\"totals\">\n<thead><tr>")?;
    for head in ["Kind", "Asserted", "Of", "Percent"] {
        write!(page, "<th scope=\"col\">{head}</th>")?;
    }
    writeln!(page, "</tr></thead>\n<tbody>")?;
    for kind in &coverage.kinds {
        let (asserted, all, percent) = (kind.asserted(), kind.items.len(), kind.percent);
        let class = if asserted == all { "c2" } else { "c0" };
        writeln!(
            page,
            "<tr><th scope=\"row\">{}</th><td>{asserted}</td><td>{all}</td><td class=\"{class}\">{percent} %</td></tr>",
            kind.kind
        )?;
    }
    writeln!(page, "</tbody>\n</table>")
}

fn heat_map(map: &CoverageMap, page: &mut Vec<u8>) -> io::Result<()> {
    writeln!(page, "<section>\n<h2>{}</h2>", HtmlText(&map.title))?;
    writeln!(
        page,
        "<p>How many answers are asserted for a user who holds one role and no other, but for their level where seats have levels.</p>"
    )?;
    writeln!(
        page,
        "<div class=\"wide\" tabindex=\"0\">\n<table class=\"heat\">\n<thead><tr><th scope=\"col\">Action</th>"
    )?;
    for role in &map.roles {
        writeln!(page, "<th scope=\"col\">{}</th>", HtmlText(holding(role)))?;
    }
    writeln!(page, "</tr></thead>")?;
    for group in &map.groups {
        heat_group(map, group, page)?;
    }
    writeln!(page, "</table>\n</div>\n</section>")
}

fn heat_group(map: &CoverageMap, group: &CoverageGroup, page: &mut Vec<u8>) -> io::Result<()> {
    let (columns, title) = (map.roles.len() + 1, HtmlText(&group.group));
    writeln!(
        page,
        "<tbody>\n<tr class=\"group\"><th colspan=\"{columns}\" scope=\"rowgroup\">{title}</th></tr>"
    )?;
    for row in &group.rows {
        let (action, title) = (HtmlText(&row.action), HtmlText(&row.title));
        write!(
            page,
            "<tr><th scope=\"row\">{title}<br><code>{action}</code></th>"
        )?;
        for (role, checks) in map.roles.iter().zip(&row.checks) {
            let (role, warmth) = (HtmlText(holding(role)), warmth(*checks));
            write!(
                page,
                "<td class=\"c{warmth}\" title=\"{action}, {role}: {checks} asserted\">{checks}</td>"
            )?;
        }
        writeln!(page, "</tr>")?;
    }
    writeln!(page, "</tbody>")
}

fn holding(role: &str) -> &str {
    if role == "-" { "no role" } else { role }
}

/// The step of colour for a number of answers.
fn warmth(checks: usize) -> u8 {
    match checks {
        0 => 0,
        1 => 1,
        2..=4 => 2,
        _ => 3,
    }
}

fn missing(kind: &CoverageKind, page: &mut Vec<u8>) -> io::Result<()> {
    if kind.missing().next().is_none() {
        return Ok(());
    }
    let heading = format!("{} that no fixture asserts", kind.kind);
    writeln!(page, "<section>\n<h2>{}</h2>\n<ul>", HtmlText(&heading))?;
    for item in kind.missing() {
        let (what, place) = (HtmlText(&item.what), HtmlText(&item.place));
        writeln!(page, "<li>{what}<code>{place}</code></li>")?;
    }
    writeln!(page, "</ul>\n</section>")
}
