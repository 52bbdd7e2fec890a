//! What is different since the last review.

use std::io::{self, Write};

use clio_rules::{ReviewPersonChange, ReviewSince};

use super::super::words::{self, Names, people};
use crate::cli::page::Escaped;

pub(super) fn section(
    since: &ReviewSince,
    names: &Names<'_>,
    page: &mut Vec<u8>,
) -> io::Result<()> {
    let then = people(since.users);
    writeln!(
        page,
        "<section id=\"since\">\n<h2>Since the last review</h2>\n<p class=\"muted\">Then there were {then}.</p>"
    )?;
    let joined: Vec<String> = since
        .joined
        .iter()
        .map(|user| names.of_user(user))
        .collect();
    let left = since.left.iter().map(|person| names.of_user(&person.user));
    let left: Vec<String> = left.collect();
    for (word, list) in [("New", joined), ("Here no more", left)] {
        if !list.is_empty() {
            let list = list.join(", ");
            let list = Escaped(&list);
            writeln!(page, "<p><strong>{word}:</strong> <bdi>{list}</bdi></p>")?;
        }
    }
    for reading in &since.readings {
        let reading = words::alteration(reading);
        writeln!(
            page,
            "<p><strong>The firm reads differently:</strong> {}</p>",
            Escaped(&reading)
        )?;
    }
    if since.altered.is_empty() {
        return writeln!(
            page,
            "<p>For nobody who was here then anything is different.</p>\n</section>"
        );
    }
    writeln!(
        page,
        "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"What is different for whom\">\n<table class=\"list\">\n<caption>What is different for whom</caption>\n<thead><tr><th scope=\"col\">Person</th><th scope=\"col\">Holds and is</th><th scope=\"col\">May do more</th><th scope=\"col\">May do less</th></tr></thead>\n<tbody>"
    )?;
    for person in &since.altered {
        row(person, names, page)?;
    }
    writeln!(page, "</tbody>\n</table>\n</div>\n</section>")
}

fn row(person: &ReviewPersonChange, names: &Names<'_>, page: &mut Vec<u8>) -> io::Result<()> {
    let name = names.of_user(&person.user);
    write!(
        page,
        "<tr><th scope=\"row\"><bdi>{}</bdi></th>",
        Escaped(&name)
    )?;
    let altered = person.altered.iter().map(words::alteration).collect();
    let gained = person.gained.iter().map(words::shift).collect();
    let lost = person.lost.iter().map(words::shift).collect();
    let lists: [Vec<String>; 3] = [altered, gained, lost];
    for list in lists {
        write!(page, "<td>")?;
        for line in &list {
            write!(page, "<div>{}</div>", Escaped(line))?;
        }
        write!(page, "</td>")?;
    }
    writeln!(page, "</tr>")
}
