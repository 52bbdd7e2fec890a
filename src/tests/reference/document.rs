//! The document, taken apart: chapters, headings, tables and what stands in code.

use std::path::Path;

/// What stands under a heading.
pub(super) struct DocumentPart {
    /// The heading of the second level that it is under.
    pub(super) chapter: String,
    /// Its own heading; that of its chapter where it stands at the chapter's top.
    pub(super) heading: String,
    /// The rows of its tables, without those of the heads.
    pub(super) tables: Vec<DocumentTable>,
}

/// A table: its head, and its rows.
pub(super) struct DocumentTable {
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

pub(super) fn text() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    std::fs::read_to_string(path).expect("the reference is there")
}

/// The text without its fenced blocks, and these alone.
pub(super) fn prose_and_blocks() -> (String, String) {
    let (mut prose, mut blocks, mut inside) = (String::new(), String::new(), false);
    for line in text().lines() {
        if line.starts_with("```") {
            inside = !inside;
            continue;
        }
        let into = if inside { &mut blocks } else { &mut prose };
        into.push_str(line);
        into.push('\n');
    }
    (prose, blocks)
}

/// All parts in order.
pub(super) fn parts() -> Vec<DocumentPart> {
    let (prose, _) = prose_and_blocks();
    let mut parts: Vec<DocumentPart> = Vec::new();
    let mut chapter = String::new();
    let mut in_table = false;
    for line in prose.lines() {
        let chapter_head = line.strip_prefix("## ");
        if let Some(heading) = chapter_head.or(line.strip_prefix("### ")) {
            if chapter_head.is_some() {
                heading.clone_into(&mut chapter);
            }
            parts.push(DocumentPart {
                chapter: chapter.clone(),
                heading: heading.to_owned(),
                tables: Vec::new(),
            });
        }
        let is_row = line.starts_with('|');
        if let (true, Some(part)) = (is_row, parts.last_mut()) {
            match part.tables.last_mut() {
                Some(table) if in_table => table.rows.push(cells(line)),
                _ => part.tables.push(DocumentTable {
                    head: cells(line),
                    rows: Vec::new(),
                }),
            }
        }
        in_table = is_row;
    }
    for table in parts.iter_mut().flat_map(|part| &mut part.tables) {
        table.rows.retain(|row| !row[0].starts_with("---"));
    }
    parts
}

/// The part with this heading.
pub(super) fn part(heading: &str) -> DocumentPart {
    let mut parts = parts().into_iter();
    let found = parts.find(|part| part.heading == heading);
    found.unwrap_or_else(|| panic!("there is no heading {heading:?}"))
}

fn cells(row: &str) -> Vec<String> {
    let row = row.trim().trim_matches('|');
    row.split('|').map(|cell| cell.trim().to_owned()).collect()
}

/// What stands in code in a text: between backticks or `<code>`.
pub(super) fn spans(text: &str) -> Vec<String> {
    let text = text.replace("<code>", "`").replace("</code>", "`");
    let spans = text.split('`').skip(1).step_by(2);
    spans.map(|span| span.replace("&#124;", "|")).collect()
}
