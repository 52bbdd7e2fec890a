use pretty_assertions::assert_eq;

use super::{CsvCells, CsvDoor};

fn written(cells: CsvCells, texts: &[&str]) -> String {
    let mut out = Vec::new();
    let mut door = CsvDoor::new(&mut out, cells);
    door.record(texts).expect("memory takes all");
    door.finish().expect("memory takes all");
    String::from_utf8(out).expect("text")
}

#[test]
fn nothing_is_computed() {
    for text in [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "\u{feff}=1",
        "\u{200d}-1",
        "＝1",
        "--1",
    ] {
        let cell = written(CsvCells::Shown, &[text]);
        assert!(cell.trim_start_matches('"').starts_with('\''), "{cell}");
    }
    assert_eq!(
        written(
            CsvCells::Shown,
            &["=cmd|' /C calc'!A0", "a=b", "", "-", "=\"x\""]
        ),
        "'=cmd|' /C calc'!A0,a=b,,-,\"'=\"\"x\"\"\"\n"
    );
}

#[test]
fn a_record_is_a_line() {
    assert_eq!(written(CsvCells::Shown, &["a\nb", "c,d"]), "a b,\"c,d\"\n");
}

#[test]
fn programs_get_cells_as_they_are() {
    let texts = ["=1+1", "a\nb", "\u{202e}"];
    let text = written(CsvCells::Raw, &texts);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let record = reader.records().next().expect("one").expect("read");
    assert_eq!(record.iter().collect::<Vec<_>>(), texts);
}
