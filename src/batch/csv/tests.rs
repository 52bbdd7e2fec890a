use pretty_assertions::assert_eq;

use super::super::cut::StreamCut;
use super::super::line::InputLines;
use super::record::split;
use super::*;
use crate::text::record::QuoteError;

/// Numbers that look random and are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    /// Text of the signs that mean something, and of others.
    fn text(&mut self, signs: &[&str], most: usize) -> String {
        let many = self.below(most);
        (0..many).map(|_| signs[self.below(signs.len())]).collect()
    }
}

fn cells(record: &str) -> Result<Vec<String>, QuoteError> {
    let mut cells = Vec::new();
    split(record, b',', &mut cells)?;
    Ok(cells.into_iter().map(|cell| cell.into_owned()).collect())
}

/// The cells of all records of a text; none where one of them cannot be read.
fn table(text: &str) -> Option<Vec<Vec<String>>> {
    let lines = InputLines::new(
        text.as_bytes(),
        StreamCut::records(b','),
        usize::MAX,
        1,
        false,
    );
    let lines = lines.filter(|line| !line.text().unwrap().is_empty());
    lines.map(|line| cells(line.text().unwrap()).ok()).collect()
}

#[test]
fn cells_are_those_that_the_library_reads() {
    let mut random = Random(1);
    let mut read = 0;
    for _ in 0..50_000 {
        let text = random.text(&["a", "\"", ",", "\n", "ä", "\"\"", "\",\""], 12);
        let Some(table) = table(&text) else { continue };
        let mut reader = ::csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let theirs: Vec<Vec<String>> = reader
            .records()
            .map(|record| record.unwrap().iter().map(str::to_owned).collect())
            .collect();
        assert_eq!(theirs, table, "{text:?}");
        read += table.len();
    }
    assert!(read > 10_000, "only {read}");
}

#[test]
fn quotes_that_no_spreadsheet_writes_are_refused() {
    assert_eq!(
        cells("a,\"b\"\"c\",,\"d,\ne\"").unwrap(),
        ["a", "b\"c", "", "d,\ne"]
    );
    assert_eq!(cells("a,\"b"), Err(QuoteError::NeverClosed));
    assert_eq!(cells("a,\"b\"c,d"), Err(QuoteError::TextBehind));
    assert_eq!(cells("a,b\"c\",d"), Err(QuoteError::InTheMiddle));
}

/// Gives no more than a few bytes at once.
struct Slow<'b>(&'b [u8], Random);

impl io::Read for Slow<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let many = (1 + self.1.below(7)).min(to.len()).min(self.0.len());
        let (now, later) = self.0.split_at(many);
        to[..many].copy_from_slice(now);
        self.0 = later;
        Ok(many)
    }
}

/// Numbers and texts of the lines of a stream, however it comes in.
fn streamed(text: &str, cut: StreamCut, seed: u64) -> Vec<(u64, String)> {
    let mut chunks = ChunkReader::new(Slow(text.as_bytes(), Random(seed)), cut, 1 << 20);
    let mut chunk = LineChunk::default();
    let mut lines = Vec::new();
    while chunks.read(&mut chunk).unwrap() {
        lines.extend(
            chunk
                .lines()
                .map(|line| (line.number, line.text().unwrap().to_owned())),
        );
    }
    lines
}

#[test]
fn a_stream_has_the_same_lines_however_it_comes_in() {
    let mut random = Random(2);
    let mut over_several = 0;
    for seed in 0..3_000 {
        let text = random.text(&["a", "\"", "\"", ",", "\n", "\r\n", "bc"], 40);
        for cut in [StreamCut::Lines, StreamCut::records(b',')] {
            let lines = InputLines::new(text.as_bytes(), cut, usize::MAX, 1, false);
            let whole: Vec<(u64, String)> = lines
                .map(|line| (line.number, line.text().unwrap().to_owned()))
                .collect();
            assert_eq!(streamed(&text, cut, seed), whole, "{text:?}");
            over_several += whole.iter().filter(|(_, line)| line.contains('\n')).count();
        }
    }
    assert!(over_several > 500, "only {over_several}");
}

#[test]
fn a_record_is_numbered_by_its_first_line() {
    let text = "a\n\"b\nc\",d\n\ne";
    let lines = streamed(text, StreamCut::records(b','), 3);
    let numbers: Vec<u64> = lines.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, [1, 2, 4, 5]);
}
