//! Who holds what, and through which role.

use std::io::{self, Write};

use clio_rules::{Review, ReviewPerson, ReviewProduct, ReviewSeat};

use super::super::words;
use crate::cli::page::HtmlText;

pub(super) fn section(review: &Review, page: &mut Vec<u8>) -> io::Result<()> {
    writeln!(
        page,
        "<section id=\"people\">\n<h2>Who holds what</h2>\n<p class=\"muted\"><b class=\"held\">held</b> itself, or <i>brought</i> by the role that is named. Settings stand there where they are not at their default.</p>"
    )?;
    writeln!(
        page,
        "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Who holds what\">\n<table class=\"list\">\n<caption>Who holds what, and through which role</caption>\n<thead><tr><th scope=\"col\">Person</th>"
    )?;
    for product in &review.products {
        let title = HtmlText(&product.title);
        write!(
            page,
            "<th scope=\"col\">{title}</th><th scope=\"col\">May do</th>"
        )?;
    }
    writeln!(page, "</tr></thead>\n<tbody>")?;
    for person in &review.people {
        row(review, person, page)?;
    }
    writeln!(page, "</tbody>\n</table>\n</div>\n</section>")
}

fn row(review: &Review, person: &ReviewPerson, page: &mut Vec<u8>) -> io::Result<()> {
    let (name, id) = (HtmlText(&person.name), HtmlText(&person.user));
    let (class, tag) = if person.enabled {
        ("", "")
    } else {
        (" class=\"off\"", " <span class=\"tag\">disabled</span>")
    };
    write!(
        page,
        "<tr{class}><th scope=\"row\"><bdi>{name}</bdi>{tag}<br><code>{id}</code></th>"
    )?;
    for product in &review.products {
        let mut seats = person.seats.iter();
        match seats.find(|seat| seat.product == product.product) {
            Some(seat) => cells(product, seat, page)?,
            None => write!(page, "<td class=\"muted\">no seat</td><td></td>")?,
        }
    }
    writeln!(page, "</tr>")
}

fn cells(product: &ReviewProduct, seat: &ReviewSeat, page: &mut Vec<u8>) -> io::Result<()> {
    write!(page, "<td>")?;
    let mut parts = Vec::new();
    for role in &seat.holds {
        let title = HtmlText(words::role(product, role));
        parts.push(format!("<b class=\"held\">{title}</b>"));
    }
    for brought in &seat.brought {
        let title = HtmlText(words::role(product, &brought.role));
        let by = HtmlText(words::role(product, &brought.by));
        parts.push(format!("<i>{title}</i> <small>through {by}</small>"));
    }
    for setting in &seat.settings {
        let setting = format!("{} = {}", setting.setting, setting.value);
        parts.push(format!("<code>{}</code>", HtmlText(&setting)));
    }
    if parts.is_empty() {
        parts.push("<span class=\"muted\">a seat, no role</span>".to_owned());
    }
    let (can, of) = (seat.can, product.actions.len());
    let percent = (can * 100).checked_div(of).unwrap_or_default();
    write!(
        page,
        "{}</td><td class=\"can\">{can} of {of}<span class=\"bar\"><i style=\"width:{percent}%\"></i></span></td>",
        parts.join(", ")
    )
}
