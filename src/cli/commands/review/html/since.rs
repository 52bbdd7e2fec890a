//! What is different since the last review.

use std::io::{self, Write};

use clio_rules::{Accesses, FirmDifference, UserDifference};

use super::super::words::{self, ReviewNames};
use crate::cli::page::HtmlText;
use crate::cli::rows::short;

pub(super) fn section(
    since: &FirmDifference,
    names: &ReviewNames<'_>,
    page: &mut Vec<u8>,
) -> io::Result<()> {
    writeln!(
        page,
        "<section id=\"since\">\n<h2>Since the last review</h2>"
    )?;
    for line in words::of_firm(since) {
        writeln!(page, "<p>{}</p>", HtmlText(&line))?;
    }
    if since.users.is_empty() {
        return writeln!(page, "<p>For nobody anything is different.</p>\n</section>");
    }
    writeln!(
        page,
        "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"What is different for whom\">\n<table class=\"list\">\n<caption>What is different for whom</caption>\n<thead><tr><th scope=\"col\">Person</th><th scope=\"col\">Holds and is</th><th scope=\"col\">May do more</th><th scope=\"col\">May do less</th></tr></thead>\n<tbody>"
    )?;
    for user in &since.users {
        row(user, names, page)?;
    }
    writeln!(page, "</tbody>\n</table>\n</div>\n</section>")
}

fn row(user: &UserDifference, names: &ReviewNames<'_>, page: &mut Vec<u8>) -> io::Result<()> {
    let name = short(&user.name);
    write!(
        page,
        "<tr><th scope=\"row\"><bdi>{}</bdi></th>",
        HtmlText(&name)
    )?;
    let mut altered = words::altered(user, names);
    altered.extend(user.impossible.iter().map(words::impossible));
    let told = |list: Accesses<'_>| -> Vec<String> {
        list.iter()
            .map(|access| words::access(&access, names))
            .collect()
    };
    for list in [altered, told(user.gained()), told(user.lost())] {
        write!(page, "<td>")?;
        for line in &list {
            write!(page, "<div>{}</div>", HtmlText(line))?;
        }
        write!(page, "</td>")?;
    }
    writeln!(page, "</tr>")
}
