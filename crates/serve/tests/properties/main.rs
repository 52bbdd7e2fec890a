//! Runs the property of `fuzz/README.md` on the stable toolchain: over its corpus, and over changes of that which are the same in every
//! run.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

mod targets;

use std::path::Path;

/// Numbers that look drawn (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % end.max(1) as u64).unwrap()
    }
}

/// Pieces that break readers.
const PIECES: [&[u8]; 14] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b"null",
    b"\\u0000",
    b"\\ud800",
    b"1e400",
    b"\xff",
    b"\r\n",
    b"\r\n\r\n",
    b":",
    b"\0",
];

/// One of some inputs, with changes behind its first line, where that is a path.
fn changed(dice: &mut Dice, known: &[Vec<u8>]) -> Vec<u8> {
    let mut input = known[dice.below(known.len())].clone();
    let line = input.iter().position(|byte| *byte == b'\n');
    let first = line
        .filter(|_| input.starts_with(b"/"))
        .map_or(0, |line| line + 1);
    for _ in 0..=dice.below(4) {
        let at = first + dice.below(input.len() + 1 - first);
        match dice.below(5) {
            0 => input.truncate(at),
            1 => drop(input.splice(at..at, PIECES[dice.below(PIECES.len())].iter().copied())),
            2 if at < input.len() => input[at] = u8::try_from(dice.below(256)).unwrap(),
            3 if at < input.len() => drop(input.remove(at)),
            _ => {
                let other = &known[dice.below(known.len())];
                let from = dice.below(other.len());
                drop(input.splice(at..at, other[from..].iter().copied()));
            }
        }
    }
    input
}

/// Shows the input where the property does not hold, so that it can be put into the corpus.
struct Shown<'i>(&'i [u8]);

impl Drop for Shown<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("door does not hold for b\"{}\"", self.0.escape_ascii());
        }
    }
}

#[test]
fn door() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/door");
    let files = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    let corpus: Vec<Vec<u8>> = files
        .iter()
        .map(|file| std::fs::read(file).unwrap())
        .collect();
    assert!(corpus.len() > 10 && corpus.iter().map(Vec::len).sum::<usize>() < 100_000);
    let times: usize = std::env::var("PROPERTY_RUNS").map_or(1, |times| times.parse().unwrap());
    let mut dice = Dice(0x5eed_0003);
    let made = (0..400 * times).map(|_| changed(&mut dice, &corpus));
    for input in corpus.clone().into_iter().chain(made) {
        let shown = Shown(&input);
        targets::door::holds(&input);
        drop(shown);
    }
}
