use pretty_assertions::assert_eq;

use super::TableRecords;
use crate::text::Source;

/// The cells of every record, and whether the last one is wrong.
fn records(text: &str) -> Vec<Result<Vec<String>, &'static str>> {
    let source = Source::new("table.csv", text);
    let mut all = Vec::new();
    for record in TableRecords::of(text) {
        let is_wrong = record.is_err();
        all.push(record.map_err(|(_, what)| what).map(|cells| {
            let sound = |cell: &crate::firm::assemble::SpannedStr<'_>| {
                let written = source.slice(cell.span);
                let unquoted = written
                    .strip_prefix('"')
                    .and_then(|cell| cell.strip_suffix('"'));
                let unquoted = unquoted.map(|cell| cell.replace("\"\"", "\""));
                assert_eq!(unquoted.as_deref().unwrap_or(written), &*cell.value);
                cell.value.to_string()
            };
            cells.iter().map(sound).collect()
        }));
        if is_wrong {
            break;
        }
    }
    all
}

#[test]
fn records_are_lines_and_cells_stand_between_commas() {
    let cases: [(&str, &[&[&str]]); 9] = [
        ("", &[]),
        ("\n\r\n  \n", &[]),
        ("a", &[&["a"]]),
        ("a,b\nc,d\n", &[&["a", "b"], &["c", "d"]]),
        ("a,\r\n,b\r\n", &[&["a", ""], &["", "b"]]),
        ("\"a,\nb\",\"\"\n", &[&["a,\nb", ""]]),
        ("\"say \"\"yes\"\"\"\r\nb", &[&["say \"yes\""], &["b"]]),
        ("é,ü\n", &[&["é", "ü"]]),
        (",", &[&["", ""]]),
    ];
    for (text, expected) in cases {
        let expected: Vec<_> = expected
            .iter()
            .map(|cells| Ok(cells.iter().map(ToString::to_string).collect()))
            .collect();
        assert_eq!(records(text), expected, "{text:?}");
    }
}

#[test]
fn quotes_that_no_spreadsheet_writes_are_wrong() {
    for text in ["\"a", "a\"b\"", "\"a\"b", "\"a\"\"", "a,\"b\nc,d"] {
        assert!(records(text).pop().unwrap().is_err(), "{text:?}");
    }
}

#[test]
fn the_header_says_what_separates_cells() {
    let semicolons = "id;readers\nd1;\"ann;ben\"\nd2;ann,ben\n";
    let tabs = "id\treaders\nd1\tann;ben\nd2\tann,ben\n";
    for text in [semicolons, tabs] {
        let expected = [["id", "readers"], ["d1", "ann;ben"], ["d2", "ann,ben"]];
        let expected = expected.map(|cells| Ok(cells.map(str::to_owned).to_vec()));
        assert_eq!(records(text), expected);
    }
}
